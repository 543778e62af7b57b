/*
 * 材料: the one checklist (R13, R15, R17). Enter takes the paper under the cursor, a digit notes
 * which review point it fails, a function key every other way of having it. The same key again
 * takes it back.
 */
#include "core/words.h"
#include "screens/screens.h"
#include "widgets/list.h"

struct material_screen {
	char *case_id;
	struct case_view *view;
	struct list_view rows;
};

static void material_close(struct app *app, void *data)
{
	(void)app;
	struct material_screen *screen = data;
	case_view_free(screen->view);
	g_free(screen->case_id);
	g_free(screen);
}

static const struct case_material *selected(const struct material_screen *screen)
{
	if (screen->rows.selected < 0 || screen->rows.selected >= (int)screen->view->materials->len)
		return NULL;
	return screen->view->materials->pdata[screen->rows.selected];
}

static void *material_open(struct app *app, const char *argument, GError **error)
{
	struct case_view *view = screens_hold(app, argument, error);
	if (view == NULL)
		return NULL;
	struct material_screen *screen = g_new0(struct material_screen, 1);
	screen->case_id = g_strdup(view->id);
	screen->view = view;
	return screen;
}

static bool material_recalc(struct app *app, void *data, GError **error)
{
	struct material_screen *screen = data;
	if (!screens_reload(app, screen->case_id, &screen->view, error))
		return false;
	list_view_recount(&screen->rows, (int)screen->view->materials->len);
	return true;
}

static char *count_words(const struct situation_material *use)
{
	GString *words = g_string_new(NULL);
	if (use->originals > 0)
		g_string_append_printf(words, "原%d ", use->originals);
	if (use->copies > 0)
		g_string_append_printf(words, "复%d ", use->copies);
	if (use->image)
		g_string_append(words, "图");
	return g_string_free(words, FALSE);
}

static char *state_words(const struct case_material *material)
{
	switch (material->status) {
	case MATERIAL_STATUS_UNFIT:
		return g_strdup_printf("不符：%s", material->note);
	case MATERIAL_STATUS_DEFERRED:
		return g_strdup_printf("容缺 承诺 %s", material->promise_due);
	case MATERIAL_STATUS_WAIVED:
		return g_strdup_printf("免交 证照号 %s", material->certificate_no);
	default:
		return g_strdup(material_status_name(material->status));
	}
}

static enum style style_of(enum material_status status)
{
	static const enum style styles[MATERIAL_STATUS_COUNT] = {
		[MATERIAL_STATUS_MISSING] = STYLE_NORMAL,
		[MATERIAL_STATUS_RECEIVED] = STYLE_GOOD,
		[MATERIAL_STATUS_UNFIT] = STYLE_BAD,
		[MATERIAL_STATUS_DEFERRED] = STYLE_WARN,
		[MATERIAL_STATUS_DECLARED] = STYLE_WARN,
		[MATERIAL_STATUS_WAIVED] = STYLE_GOOD,
		[MATERIAL_STATUS_REUSED] = STYLE_GOOD};
	return styles[status];
}

static void render_row(const struct material_screen *screen, struct area area, int row, int index)
{
	const struct case_material *material = screen->view->materials->pdata[index];
	bool here = index == screen->rows.selected;
	enum style style = here ? STYLE_SELECTED : STYLE_NORMAL;
	g_autofree char *counts = count_words(material->use);
	g_autofree char *state = state_words(material);
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_text(area, row, 1, here ? style : style_of(material->status),
		material_status_mark(material->status));
	area_cell(area, row, 3, 32, style, material->use->material->name);
	area_cell(area, row, 36, 11, style, counts);
	area_cell(area, row, 48, 8, style, necessity_name(material->use->necessity));
	area_cell(
		area, row, 57, area.columns - 58, here ? style : style_of(material->status), state);
}

static int render_points(const struct case_material *material, struct area area)
{
	int row = 1, number = 1;
	for (guint i = 0; i < material->use->review_points->len; i++) {
		g_autofree char *line = g_strdup_printf(
			"%d %s", number++, (const char *)material->use->review_points->pdata[i]);
		row += area_wrapped(area, row, 3, area.columns - 4, STYLE_NORMAL, line);
	}
	if (number == 1)
		area_text(area, row++, 3, STYLE_DIM,
			"没有特别的审查要点：看是否齐全、是否符合法定形式。");
	return row;
}

static void render_users(const struct material_screen *screen, const struct case_material *material,
	struct area area, int row)
{
	GString *users = g_string_new("用于 ");
	for (guint i = 0; i < material->use->items->len; i++) {
		int index = g_array_index(material->use->items, int, i);
		const struct theme_item *item = screen->view->theme->items->pdata[index];
		g_string_append_printf(users, "%s%s", i > 0 ? "、" : "", item->name);
	}
	const struct material *about = material->use->material;
	if (about->issuer[0] != '\0')
		g_string_append_printf(users, "  出具 %s", about->issuer);
	if (about->certificate[0] != '\0')
		g_string_append_printf(users, "  可用电子证照 %s", about->certificate);
	if (about->basis[0] != '\0' && !g_str_equal(about->basis, "general"))
		g_string_append_printf(users, "  依据 %s", about->basis);
	row += area_wrapped(area, row, 1, area.columns - 2, STYLE_DIM, users->str);
	g_string_free(users, TRUE);
	if (material->label[0] != '\0')
		area_format(area, row++, 1, STYLE_NORMAL, "标签 %s", material->label);
	if (about->note[0] != '\0')
		area_wrapped(area, row, 1, area.columns - 2, STYLE_DIM, about->note);
}

static void render_footing(const struct material_screen *screen, struct area area)
{
	area_rule(area, 0, STYLE_DIM, '-');
	const struct case_material *material = selected(screen);
	if (material == NULL) {
		area_text(area, 1, 1, STYLE_DIM, "这种情形不用交材料，Ctrl+右 去审查。");
		return;
	}
	area_text(area, 0, 1, STYLE_TITLE, " 审查要点（按数字记不符） ");
	int row = render_points(material, area);
	render_users(screen, material, area, row);
}

/* A wide screen has the review points beside the checklist, a narrow one below it. */
static void material_render(const void *data, struct area area)
{
	const struct material_screen *screen = data;
	screens_spine(area, 0, screen->view, CASE_STEP_MATERIAL);
	bool wide = area.columns >= APP_WIDE;
	int width = wide ? 78 : area.columns, foot = wide ? 0 : MIN(9, area.rows / 2);
	struct area rows = area_part(area, 2, 0, area.rows - 2 - foot, width);
	int top = list_view_top(&screen->rows, rows.rows);
	for (int i = 0; i < rows.rows && top + i < screen->rows.count; i++)
		render_row(screen, rows, i, top + i);
	if (wide) {
		struct area beside = area_part(area, 2, width, area.rows - 2, area.columns);
		screens_divide(beside);
		render_footing(screen, area_part(beside, 0, 1, beside.rows, beside.columns));
	} else {
		render_footing(screen, area_part(area, -foot, 0, foot, area.columns));
	}
}

static unsigned set(
	struct app *app, struct material_screen *screen, const struct material_input *input)
{
	const struct case_material *material = selected(screen);
	if (material == NULL)
		return EFFECT_NONE;
	GError *error = NULL;
	bool good = desk_material_set(
		app_desk(app), screen->case_id, material->use->material->code, input, &error);
	if (good && input->status == MATERIAL_STATUS_RECEIVED)
		list_view_action(&screen->rows, ACTION_DOWN, 10);
	return screens_done(app, good, error);
}

/* Sets the status, or takes it back when the material has it already. */
static unsigned toggle(struct app *app, struct material_screen *screen, enum material_status status)
{
	const struct case_material *material = selected(screen);
	if (material != NULL && material->status == status)
		status = MATERIAL_STATUS_MISSING;
	return set(app, screen,
		&(struct material_input){.status = status, .originals = -1, .copies = -1});
}

static unsigned set_with(struct app *app, struct material_screen *screen,
	enum material_status status, const char *text)
{
	struct material_input input = {.status = status, .originals = -1, .copies = -1};
	if (status == MATERIAL_STATUS_UNFIT)
		input.note = text;
	else if (status == MATERIAL_STATUS_DEFERRED)
		input.promise_due = text;
	else
		input.certificate_no = text;
	return set(app, screen, &input);
}

static unsigned unfit_answered(struct app *app, void *data, const char *text)
{
	return set_with(app, data, MATERIAL_STATUS_UNFIT, text);
}

static unsigned defer_answered(struct app *app, void *data, const char *text)
{
	return set_with(app, data, MATERIAL_STATUS_DEFERRED, text);
}

static unsigned waive_answered(struct app *app, void *data, const char *text)
{
	return set_with(app, data, MATERIAL_STATUS_WAIVED, text);
}

static unsigned ask(struct app *app, struct material_screen *screen, const char *title,
	const char *question, unsigned (*done)(struct app *, void *, const char *))
{
	const struct case_material *material = selected(screen);
	if (material == NULL)
		return EFFECT_NONE;
	g_autofree char *named = g_strdup_printf("%s：%s", title, material->use->material->name);
	app_ask(app, &(struct prompt){
			     .title = named, .question = question, .done = done, .data = screen});
	return EFFECT_NONE;
}

/* A label is written on the paper or its cover: it is shown, and scanning it opens this case. */
static unsigned show_label(struct app *app, struct material_screen *screen)
{
	const struct case_material *material = selected(screen);
	if (material == NULL)
		return EFFECT_NONE;
	if (material->label[0] == '\0')
		app_say(app, SAY_NOTE, "收到材料时自动给标签，按回车收到后再看");
	else
		app_say(app, SAY_GOOD, "材料标签 %s：写在或贴在材料上，扫它就回到这个办件",
			material->label);
	return EFFECT_NONE;
}

static unsigned material_action(struct app *app, void *data, enum action action)
{
	struct material_screen *screen = data;
	if (list_view_action(&screen->rows, action, 10))
		return EFFECT_RENDER;
	switch (action) {
	case ACTION_RECEIVE:
		return toggle(app, screen, MATERIAL_STATUS_RECEIVED);
	case ACTION_DECLARE:
		return toggle(app, screen, MATERIAL_STATUS_DECLARED);
	case ACTION_REUSE:
		return toggle(app, screen, MATERIAL_STATUS_REUSED);
	case ACTION_DEFER:
		return ask(app, screen, "容缺", "承诺哪一天前补交？（年-月-日，如 2026-11-27）",
			defer_answered);
	case ACTION_WAIVE:
		return ask(app, screen, "免交", "电子证照号？", waive_answered);
	case ACTION_LABEL:
		return show_label(app, screen);
	case ACTION_UNFIT:
		return ask(app, screen, "不符", "哪里不符合要求？", unfit_answered);
	default:
		return screens_step_action(app, screen->view, CASE_STEP_MATERIAL, action);
	}
}

static unsigned material_text(struct app *app, void *data, const struct key_event *event)
{
	struct material_screen *screen = data;
	if (event->key == KEY_SCAN_) {
		app_open_code(app, event->text);
		return EFFECT_NONE;
	}
	const struct case_material *material = selected(screen);
	int point = event->text[0] - '1';
	if (event->key != KEY_TEXT_ || material == NULL || point < 0 ||
		point >= (int)material->use->review_points->len)
		return EFFECT_NONE;
	return set_with(
		app, screen, MATERIAL_STATUS_UNFIT, material->use->review_points->pdata[point]);
}

static bool material_wants_text(const void *data)
{
	(void)data;
	return false;
}

const struct screen_ops screen_material = {
	.name = "material",
	.context = CONTEXT_MATERIAL,
	.title = "材料",
	.law = "窗口只作形式审查：是否齐全、是否符合法定形式（操作规程第十四条）。同一材料只收一次"
	       "，各事项共用。"
	       "原件由窗口留存，部门用电子件（第十八条）。非关键材料可凭承诺容缺。",
	.open = material_open,
	.close = material_close,
	.recalc = material_recalc,
	.render = material_render,
	.action = material_action,
	.text = material_text,
	.wants_text = material_wants_text,
};
