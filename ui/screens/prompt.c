#include "screens/prompt.h"

#include "widgets/editor.h"

struct prompt_state {
	struct prompt prompt;
	char *title;
	char *question;
	struct editor editor;
};

static const struct prompt *pending; /* handed from app_ask to open within one call */

static void *prompt_open(struct app *app, const char *argument, GError **error)
{
	(void)app, (void)argument, (void)error;
	struct prompt_state *state = g_new0(struct prompt_state, 1);
	state->prompt = *pending;
	state->title = g_strdup(pending->title);
	state->question = g_strdup(pending->question);
	editor_init(&state->editor, pending->initial, 400);
	state->editor.secret = pending->secret;
	return state;
}

static void prompt_close(struct app *app, void *data)
{
	(void)app;
	struct prompt_state *state = data;
	if (state->prompt.free_data != NULL && state->prompt.data != NULL)
		state->prompt.free_data(state->prompt.data);
	g_free(state->title);
	g_free(state->question);
	editor_clear(&state->editor);
	g_free(state);
}

static void prompt_render(const void *data, struct area area)
{
	const struct prompt_state *state = data;
	int row = area.rows / 4;
	area_text(area, row, 2, STYLE_TITLE, state->title);
	row += 2;
	row += area_wrapped(area, row, 2, area.columns - 4, STYLE_NORMAL, state->question);
	if (state->prompt.confirm)
		area_text(area, row + 1, 2, STYLE_NORMAL, "按 1 确定，其他键不做。");
	editor_render(&state->editor, area, row + 3, 2, area.columns - 4, true);
}

static unsigned prompt_answer(struct app *app, struct prompt_state *state, const char *text)
{
	g_autofree char *copy = g_strdup(text);
	struct prompt prompt = state->prompt;
	state->prompt.data = NULL; /* stays ours over the close */
	app_back(app);
	unsigned effects = prompt.done(app, prompt.data, copy);
	if (prompt.free_data != NULL && prompt.data != NULL)
		prompt.free_data(prompt.data);
	return effects | EFFECT_RECALC;
}

static unsigned prompt_action(struct app *app, void *data, enum action action)
{
	struct prompt_state *state = data;
	if (action == ACTION_BACK)
		return EFFECT_BACK;
	if (action == ACTION_NEXT && state->prompt.confirm)
		return EFFECT_BACK; /* the safe answer is the default */
	if (action == ACTION_NEXT)
		return prompt_answer(app, state, state->editor.text->str);
	if (editor_action(&state->editor, action))
		return EFFECT_RENDER;
	return action == ACTION_REDRAW || action == ACTION_LOCK || action == ACTION_HELP
		       ? EFFECT_UNHANDLED
		       : EFFECT_NONE;
}

static unsigned prompt_text(struct app *app, void *data, const struct key_event *event)
{
	struct prompt_state *state = data;
	if (state->prompt.confirm) {
		bool yes = event->key == KEY_TEXT_ && g_str_equal(event->text, "1");
		return yes ? prompt_answer(app, state, "1") : EFFECT_BACK;
	}
	editor_insert(&state->editor, event->text);
	return event->key == KEY_SCAN_ ? prompt_answer(app, state, state->editor.text->str)
				       : EFFECT_RENDER;
}

const struct screen_ops screen_prompt = {
	.name = "prompt",
	.context = CONTEXT_PROMPT,
	.title = "请回答",
	.open = prompt_open,
	.close = prompt_close,
	.render = prompt_render,
	.action = prompt_action,
	.text = prompt_text,
};

void app_ask(struct app *app, const struct prompt *prompt)
{
	pending = prompt;
	app_open(app, &screen_prompt, NULL);
	pending = NULL;
}
