#include "screens/ask.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "widgets/editor.h"

#define LABEL_CELLS 16
#define TEXT_CELLS 60

struct ask_state {
	struct ask ask;
	char *title;
	char *question;
	struct editor editors[ASK_MOST_ROWS];
	int choices[ASK_MOST_ROWS];
	int focus;
};

static const struct ask *pending; /* handed from app_ask_form to open within one call */

static void *ask_open(struct app *app, const char *argument, GError **error)
{
	struct ask_state *state = g_new0(struct ask_state, 1);
	state->ask = *pending;
	state->title = g_strdup(pending->title);
	state->question = g_strdup(pending->question);
	for (int i = 0; i < state->ask.count; i++) {
		editor_init(&state->editors[i], pending->texts[i],
			pending->most == 0 ? 200 : pending->most);
		state->choices[i] = pending->chosen[i];
	}
	return state;
}

static void ask_close(struct app *app, void *data)
{
	struct ask_state *state = data;
	for (int i = 0; i < state->ask.count; i++)
		editor_clear(&state->editors[i]);
	g_free(state->title);
	g_free(state->question);
	g_free(state);
}

static bool is_choice(const struct ask_state *state, int row)
{
	return state->ask.rows[row].choices[0] != NULL;
}

static int choice_count(const struct ask_state *state, int row)
{
	int count = 0;
	while (count < ASK_MOST_CHOICES && state->ask.rows[row].choices[count] != NULL)
		count++;
	return count;
}

static bool is_unanswered(const struct ask_state *state, int row)
{
	return state->ask.rows[row].needed && !is_choice(state, row) &&
	       state->editors[row].text->len == 0;
}

/* Returns the lines it took. */
static int render_choices(const struct ask_state *state, struct area area, int at, int row)
{
	int column = LABEL_CELLS + 4, lines = 1;
	for (int i = 0; i < choice_count(state, row); i++) {
		bool chosen = i == state->choices[row];
		bool here = chosen && row == state->focus;
		g_autofree char *words = g_strdup_printf(
			chosen ? "[%d %s]" : " %d %s ", i + 1, state->ask.rows[row].choices[i]);
		if (column + text_width(words) >= area.columns) {
			column = LABEL_CELLS + 4;
			lines++;
		}
		enum style style = here ? STYLE_SELECTED : chosen ? STYLE_TITLE : STYLE_NORMAL;
		column += area_text(area, at + lines - 1, column, style, words);
	}
	return lines;
}

static int render_row(const struct ask_state *state, struct area area, int at, int row)
{
	bool here = row == state->focus;
	area_text(area, at, 1, STYLE_TITLE, here ? ">" : " ");
	area_cell(area, at, 3, LABEL_CELLS, here ? STYLE_TITLE : STYLE_NORMAL,
		state->ask.rows[row].label);
	if (is_choice(state, row))
		return render_choices(state, area, at, row);
	editor_render(&state->editors[row], area, at, LABEL_CELLS + 4,
		MIN(area.columns - LABEL_CELLS - 6, TEXT_CELLS), here);
	return 1;
}

/* A line longer than its place stands below whole. */
static int render_long(const struct ask_state *state, struct area area, int at)
{
	const char *text = state->editors[state->focus].text->str;
	if (is_choice(state, state->focus) ||
		text_width(text) < MIN(area.columns - LABEL_CELLS - 6, TEXT_CELLS))
		return 0;
	return area_wrapped(area, at, 3, area.columns - 4, STYLE_NORMAL, text);
}

static void ask_render(const void *data, struct area area)
{
	const struct ask_state *state = data;
	area_text(area, 1, 1, STYLE_TITLE, state->title);
	int row = 3;
	if (state->question != NULL)
		row += 1 +
		       area_wrapped(area, row, 1, area.columns - 2, STYLE_NORMAL, state->question);
	for (int i = 0; i < state->ask.count; i++)
		row += render_row(state, area, row, i);
	bool choice = is_choice(state, state->focus), last = state->focus + 1 == state->ask.count;
	const char *hint = state->ask.rows[state->focus].hint;
	row++;
	if (hint[0] != '\0')
		row += area_wrapped(area, row, 3, area.columns - 4, STYLE_DIM, hint);
	row += render_long(state, area, row);
	area_format(area, row, 3, STYLE_DIM, "%s%s", choice ? "按数字选择，" : "",
		last ? "回车登记" : "回车到下一行");
}

static int first_unanswered(const struct ask_state *state)
{
	for (int i = 0; i < state->ask.count; i++)
		if (is_unanswered(state, i))
			return i;
	return -1;
}

static bool quotes(const char *sentence, const char *name)
{
	g_autofree char *quoted = g_strdup_printf("“%s”", name == NULL ? "" : name);
	return strstr(sentence, quoted) != NULL;
}

/* The cursor goes to the row that the sentence names, or is about. */
static void focus_on_fault(struct ask_state *state, const GError *error)
{
	const struct ask *ask = &state->ask;
	if (err_is(error, ERR_CODE_CATALOG) && ask->subject > 0)
		state->focus = ask->subject - 1;
	for (int i = 0; error != NULL && i < ask->count; i++)
		if (quotes(error->message, ask->rows[i].label) ||
			quotes(error->message, ask->members[i]))
			state->focus = i;
}

static unsigned finish(struct app *app, struct ask_state *state)
{
	int missing = first_unanswered(state);
	if (missing >= 0) {
		state->focus = missing;
		app_say(app, SAY_BAD, "%s还没有写", state->ask.rows[missing].label);
		return EFFECT_RENDER;
	}
	struct ask_answer answers[ASK_MOST_ROWS] = {{NULL, 0}};
	for (int i = 0; i < state->ask.count; i++)
		answers[i] = (struct ask_answer){state->editors[i].text->str, state->choices[i]};
	GError *error = NULL;
	if (state->ask.done(app, state->ask.data, answers, &error))
		return EFFECT_BACK;
	focus_on_fault(state, error);
	app_fail(app, error);
	return EFFECT_RENDER;
}

static unsigned focus_on(struct ask_state *state, int row)
{
	state->focus = (row + state->ask.count) % state->ask.count;
	return EFFECT_RENDER;
}

static unsigned turn(struct ask_state *state, int by)
{
	int count = choice_count(state, state->focus);
	state->choices[state->focus] = (state->choices[state->focus] + by + count) % count;
	return EFFECT_RENDER;
}

static unsigned edit(struct ask_state *state, enum action action)
{
	if (!is_choice(state, state->focus))
		return editor_action(&state->editors[state->focus], action) ? EFFECT_RENDER
									    : EFFECT_NONE;
	if (action != ACTION_LEFT && action != ACTION_RIGHT)
		return EFFECT_NONE;
	return turn(state, action == ACTION_LEFT ? -1 : 1);
}

static unsigned ask_action(struct app *app, void *data, enum action action)
{
	struct ask_state *state = data;
	switch (action) {
	case ACTION_BACK:
		return EFFECT_BACK;
	case ACTION_NEXT:
		return state->focus + 1 < state->ask.count ? focus_on(state, state->focus + 1)
							   : finish(app, state);
	case ACTION_DOWN:
	case ACTION_SWITCH:
		return focus_on(state, state->focus + 1);
	case ACTION_UP:
	case ACTION_SWITCH_BACK:
		return focus_on(state, state->focus - 1);
	case ACTION_REDRAW:
	case ACTION_LOCK:
	case ACTION_HELP:
		return EFFECT_UNHANDLED;
	default:
		return edit(state, action);
	}
}

static unsigned ask_text(struct app *app, void *data, const struct key_event *event)
{
	struct ask_state *state = data;
	if (!is_choice(state, state->focus)) {
		editor_insert(&state->editors[state->focus], event->text);
		return EFFECT_RENDER;
	}
	int digit = event->text[0] - '1';
	if (digit >= 0 && digit < choice_count(state, state->focus))
		state->choices[state->focus] = digit;
	return EFFECT_RENDER;
}

const struct screen_ops screen_ask = {
	.name = "ask",
	.context = CONTEXT_ASK,
	.title = "登记",
	.open = ask_open,
	.close = ask_close,
	.render = ask_render,
	.action = ask_action,
	.text = ask_text,
};

void app_ask_form(struct app *app, const struct ask *ask)
{
	pending = ask;
	app_open(app, &screen_ask, NULL);
	pending = NULL;
}
