#include "screens/pick.h"

#include "widgets/editor.h"
#include "widgets/list.h"

struct pick_state {
	struct pick pick;
	char *title;
	char *hint;
	struct editor box;
	GPtrArray *shown; /* borrowed struct pick_choice */
	struct list_view rows;
};

static const struct pick *pending; /* handed from app_pick to open within one call */

static void free_choice(gpointer data)
{
	struct pick_choice *choice = data;
	g_free(choice->code);
	g_free(choice->name);
	g_free(choice->about);
	filter_key_clear(&choice->key);
	g_free(choice);
}

GPtrArray *pick_choices_new(void)
{
	return g_ptr_array_new_with_free_func(free_choice);
}

void pick_choices_add(GPtrArray *choices, const char *code, const char *name, const char *about)
{
	struct pick_choice *choice = g_new0(struct pick_choice, 1);
	choice->code = g_strdup(code);
	choice->name = g_strdup(name);
	choice->about = g_strdup(about);
	filter_key_init(&choice->key, name, code);
	g_ptr_array_add(choices, choice);
}

static void narrow(struct pick_state *state)
{
	g_ptr_array_set_size(state->shown, 0);
	for (guint i = 0; i < state->pick.choices->len; i++) {
		struct pick_choice *choice = state->pick.choices->pdata[i];
		if (filter_key_matches(&choice->key, state->box.text->str))
			g_ptr_array_add(state->shown, choice);
	}
	state->rows.selected = 0;
	list_view_recount(&state->rows, (int)state->shown->len);
}

static void *pick_open(struct app *app, const char *argument, GError **error)
{
	(void)app, (void)argument, (void)error;
	struct pick_state *state = g_new0(struct pick_state, 1);
	state->pick = *pending;
	state->title = g_strdup(pending->title);
	state->hint = g_strdup(pending->hint);
	state->shown = g_ptr_array_new();
	editor_init(&state->box, "", 60);
	narrow(state);
	return state;
}

static void pick_close(struct app *app, void *data)
{
	(void)app;
	struct pick_state *state = data;
	g_free(state->title);
	g_free(state->hint);
	g_ptr_array_unref(state->shown);
	g_ptr_array_unref(state->pick.choices);
	editor_clear(&state->box);
	g_free(state);
}

static void render_choice(struct area area, int row, const struct pick_choice *choice, bool here)
{
	enum style style = here ? STYLE_SELECTED : STYLE_NORMAL;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_cell(area, row, 2, 46, style, choice->name);
	area_cell(area, row, 49, area.columns - 50, here ? style : STYLE_DIM, choice->about);
}

static void pick_render(const void *data, struct area area)
{
	const struct pick_state *state = data;
	area_text(area, 0, 1, STYLE_TITLE, state->title);
	area_text(area, 1, 1, STYLE_TITLE, ">");
	editor_render(&state->box, area, 1, 3, area.columns - 4, true);
	area_rule(area, 2, STYLE_DIM, '-');
	int foot = state->hint == NULL ? 0 : 2;
	struct area body = area_part(area, 3, 0, area.rows - 3 - foot, area.columns);
	int top = list_view_top(&state->rows, body.rows);
	if (state->rows.count == 0)
		area_text(body, 1, 2, STYLE_NORMAL, "没有这样的。换个词，或打拼音首字母。");
	for (int i = 0; i < body.rows && top + i < state->rows.count; i++)
		render_choice(
			body, i, state->shown->pdata[top + i], top + i == state->rows.selected);
	if (state->hint != NULL)
		area_wrapped(area, area.rows - foot, 1, area.columns - 2, STYLE_DIM, state->hint);
}

static unsigned choose(struct app *app, struct pick_state *state)
{
	if (state->rows.selected < 0)
		return EFFECT_NONE;
	const struct pick_choice *choice = state->shown->pdata[state->rows.selected];
	g_autofree char *code = g_strdup(choice->code);
	struct pick pick = state->pick;
	app_back(app);
	return pick.done(app, pick.data, code);
}

static unsigned pick_action(struct app *app, void *data, enum action action)
{
	struct pick_state *state = data;
	if (action == ACTION_CHOOSE)
		return choose(app, state);
	if (action == ACTION_PRINT)
		return EFFECT_NONE;
	bool vertical = action != ACTION_FIRST && action != ACTION_LAST;
	if (vertical && list_view_action(&state->rows, action, 16))
		return EFFECT_RENDER;
	if (!editor_action(&state->box, action))
		return EFFECT_UNHANDLED;
	narrow(state);
	return EFFECT_RENDER;
}

static unsigned pick_text(struct app *app, void *data, const struct key_event *event)
{
	(void)app;
	struct pick_state *state = data;
	editor_insert(&state->box, event->text);
	narrow(state);
	return EFFECT_RENDER;
}

const struct screen_ops screen_pick = {
	.name = "pick",
	.context = CONTEXT_PICK,
	.title = "选择",
	.law = "打汉字、全拼或首字母，列表随打随缩；上下键挪动，回车选定。",
	.open = pick_open,
	.close = pick_close,
	.render = pick_render,
	.action = pick_action,
	.text = pick_text,
};

void app_pick(struct app *app, const struct pick *pick)
{
	pending = pick;
	app_open(app, &screen_pick, NULL);
	pending = NULL;
}
