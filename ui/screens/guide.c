/*
 * 情形: the progressive questionnaire (R09) and the items it leaves (R11). One list: the questions
 * asked so far with their answers, then the items. A digit answers the question the cursor is on.
 */
#include "screens/screens.h"
#include "widgets/list.h"

struct guide {
	char *case_id;
	struct case_view *view;
	struct list_view rows; /* questions, then items */
	bool placed;	       /* the cursor was put on the first open question */
};

static void guide_close(struct app *app, void *data)
{
	(void)app;
	struct guide *guide = data;
	case_view_free(guide->view);
	g_free(guide->case_id);
	g_free(guide);
}

static int question_count(const struct guide *guide)
{
	return (int)guide->view->situation->questions->len;
}

static const struct question *selected_question(const struct guide *guide)
{
	if (guide->rows.selected < 0 || guide->rows.selected >= question_count(guide))
		return NULL;
	return guide->view->situation->questions->pdata[guide->rows.selected];
}

static const struct situation_item *selected_item(const struct guide *guide)
{
	int index = guide->rows.selected - question_count(guide);
	if (index < 0 || index >= (int)guide->view->situation->items->len)
		return NULL;
	return guide->view->situation->items->pdata[index];
}

/* The cursor goes to the first question without an answer. */
static void to_open_question(struct guide *guide)
{
	const GPtrArray *questions = guide->view->situation->questions;
	for (guint i = 0; i < questions->len; i++) {
		const struct question *question = questions->pdata[i];
		if (!g_hash_table_contains(guide->view->answers, question->id)) {
			guide->rows.selected = (int)i;
			return;
		}
	}
}

static void *guide_open(struct app *app, const char *argument, GError **error)
{
	struct case_view *view = screens_hold(app, argument, error);
	if (view == NULL)
		return NULL;
	struct guide *guide = g_new0(struct guide, 1);
	guide->case_id = g_strdup(view->id);
	guide->view = view;
	return guide;
}

static bool guide_recalc(struct app *app, void *data, GError **error)
{
	struct guide *guide = data;
	if (!screens_reload(app, guide->case_id, &guide->view, error))
		return false;
	list_view_recount(
		&guide->rows, question_count(guide) + (int)guide->view->situation->items->len);
	if (!guide->placed)
		to_open_question(guide);
	guide->placed = true;
	return true;
}

static const struct option *answer_of(const struct guide *guide, const struct question *question)
{
	return question_option(question, g_hash_table_lookup(guide->view->answers, question->id));
}

static void render_question(const struct guide *guide, struct area area, int row,
	const struct question *question, bool here)
{
	const struct option *answer = answer_of(guide, question);
	enum style style = here ? STYLE_SELECTED : answer == NULL ? STYLE_WARN : STYLE_NORMAL;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	int used = area_format(
		area, row, 1, style, "%s %s", answer == NULL ? "?" : "√", question->text);
	if (answer != NULL)
		area_format(area, row, used + 3, style, "%s%s", answer->text,
			answer->blocks[0] != '\0' ? "  × 不能办理" : "");
}

static const char *standing_mark(const struct situation_item *item)
{
	static const char *const marks[] = {[ITEM_STANDING_IN] = "√",
		[ITEM_STANDING_OUT_BY_ANSWER] = "-",
		[ITEM_STANDING_OUT_BY_CHOICE] = "○",
		[ITEM_STANDING_UNDECIDED] = "?",
		[ITEM_STANDING_NOT_OFFERED] = "×"};
	return marks[item->standing];
}

static const char *standing_words(const struct situation_item *item)
{
	static const char *const words[] = {[ITEM_STANDING_IN] = "",
		[ITEM_STANDING_OUT_BY_ANSWER] = "不需要",
		[ITEM_STANDING_OUT_BY_CHOICE] = "不办",
		[ITEM_STANDING_UNDECIDED] = "待回答",
		[ITEM_STANDING_NOT_OFFERED] = "不受理"};
	return item->standing == ITEM_STANDING_IN && item->fixed ? "并行办理"
								 : words[item->standing];
}

static void render_item(struct area area, int row, const struct situation_item *item, bool here)
{
	enum style style = here					? STYLE_SELECTED
			   : item->standing == ITEM_STANDING_IN ? STYLE_NORMAL
								: STYLE_DIM;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_text(area, row, 1, style, standing_mark(item));
	area_cell(area, row, 3, 36, style, item->item->name);
	area_cell(area, row, 40, 24, style, item->item->dept);
	area_text(area, row, 66, style, standing_words(item));
}

static int render_options(
	const struct guide *guide, struct area area, const struct question *question)
{
	int row = 0;
	area_rule(area, row++, STYLE_DIM, '-');
	const struct option *answer = answer_of(guide, question);
	for (guint i = 0; i < question->options->len; i++) {
		const struct option *option = question->options->pdata[i];
		area_format(area, row++, 1, option == answer ? STYLE_GOOD : STYLE_NORMAL,
			"%u %s%s%s", i + 1, option->text, option->hint[0] != '\0' ? "  " : "",
			option->hint);
	}
	if (question->hint[0] != '\0')
		row += area_wrapped(area, row, 1, area.columns - 2, STYLE_DIM, question->hint);
	return row;
}

static void render_footing(const struct guide *guide, struct area area)
{
	const struct situation *situation = guide->view->situation;
	int row = 0;
	const struct question *question = selected_question(guide);
	if (question != NULL)
		row = render_options(guide, area, question);
	else
		area_rule(area, row++, STYLE_DIM, '-');
	for (guint i = 0; i < situation->blocks->len; i++) {
		const struct situation_block *block = situation->blocks->pdata[i];
		row += area_wrapped(area, row, 1, area.columns - 2, STYLE_BAD, block->reason);
		row += area_wrapped(area, row, 1, area.columns - 2, STYLE_NORMAL, block->remedy);
	}
	for (guint i = 0; i < situation->conflicts->len; i++)
		row += area_wrapped(
			area, row, 1, area.columns - 2, STYLE_WARN, situation->conflicts->pdata[i]);
	if (situation_is_settled(situation))
		area_format(area, row, 1, STYLE_GOOD,
			"√ 情形已定：%u 种材料，%u 个填写项。回车去告知", situation->materials->len,
			situation->fields->len);
}

/* The lines the footing asks for: a short question leaves more room to the list. */
static int footing_rows(const struct guide *guide)
{
	const struct situation *situation = guide->view->situation;
	const struct question *question = selected_question(guide);
	int rows = 2 + 4 * (int)situation->blocks->len + 2 * (int)situation->conflicts->len;
	if (question != NULL)
		rows += (int)question->options->len + (question->hint[0] != '\0' ? 2 : 0);
	return rows;
}

static void render_rows(const struct guide *guide, struct area area)
{
	int top = list_view_top(&guide->rows, area.rows), questions = question_count(guide);
	for (int i = 0; i < area.rows && top + i < guide->rows.count; i++) {
		int index = top + i;
		bool here = index == guide->rows.selected;
		if (index < questions)
			render_question(guide, area, i,
				guide->view->situation->questions->pdata[index], here);
		else
			render_item(area, i,
				guide->view->situation->items->pdata[index - questions], here);
	}
}

/* Beside on a wide screen: what the answers make of the theme so far. */
static void render_beside(const struct guide *guide, struct area area)
{
	const struct situation *situation = guide->view->situation;
	screens_divide(area);
	struct area body = area_part(area, 0, 2, area.rows, area.columns);
	int row = 0;
	area_format(body, row++, 0, STYLE_TITLE, "现在的材料 %u 种", situation->materials->len);
	for (guint i = 0; i < situation->materials->len; i++) {
		const struct situation_material *use = situation->materials->pdata[i];
		area_cell(body, row++, 1, body.columns - 1, STYLE_NORMAL, use->material->name);
	}
	area_format(body, row + 1, 0, STYLE_TITLE, "填写项 %u 个", situation->fields->len);
}

static void guide_render(const void *data, struct area area)
{
	const struct guide *guide = data;
	screens_spine(area, 0, guide->view, CASE_STEP_GUIDE);
	int width = area.columns >= APP_WIDE ? 80 : area.columns;
	int foot = CLAMP(footing_rows(guide), 4, area.rows / 2);
	render_rows(guide, area_part(area, 2, 0, area.rows - 2 - foot, width));
	render_footing(guide, area_part(area, -foot, 0, foot, width));
	if (width < area.columns)
		render_beside(guide, area_part(area, 2, width, area.rows - 2, area.columns));
}

static unsigned answer(struct app *app, struct guide *guide, const char *option)
{
	const struct question *question = selected_question(guide);
	if (question == NULL)
		return EFFECT_NONE;
	GError *error = NULL;
	bool good = desk_answer(app_desk(app), guide->case_id, question->id, option, &error);
	guide->placed = option == NULL; /* an answer moves on to the next open question */
	return screens_done(app, good, error);
}

static unsigned take_item(struct app *app, struct guide *guide)
{
	const struct situation_item *item = selected_item(guide);
	if (item == NULL)
		return EFFECT_NONE;
	GError *error = NULL;
	bool take = item->standing == ITEM_STANDING_OUT_BY_CHOICE;
	bool good = desk_item_take(app_desk(app), guide->case_id, item->item->index, take, &error);
	return screens_done(app, good, error);
}

static unsigned go_on(struct app *app, struct guide *guide)
{
	if (guide->view->situation->open->len > 0) {
		to_open_question(guide);
		app_say(app, SAY_NOTE, "还有问题没有回答，按数字选择");
		return EFFECT_RENDER;
	}
	return app_step(app, guide->case_id, CASE_STEP_GUIDE, +1);
}

static unsigned guide_action(struct app *app, void *data, enum action action)
{
	struct guide *guide = data;
	if (list_view_action(&guide->rows, action, 10))
		return EFFECT_RENDER;
	switch (action) {
	case ACTION_NEXT:
		return go_on(app, guide);
	case ACTION_ERASE:
		return answer(app, guide, NULL);
	case ACTION_TAKE_ITEM:
		return take_item(app, guide);
	default:
		return screens_step_action(app, guide->view, CASE_STEP_GUIDE, action);
	}
}

static unsigned guide_text(struct app *app, void *data, const struct key_event *event)
{
	struct guide *guide = data;
	if (event->key == KEY_SCAN_) {
		app_open_code(app, event->text);
		return EFFECT_NONE;
	}
	const struct question *question = selected_question(guide);
	if (event->key != KEY_TEXT_ || question == NULL)
		return g_str_equal(event->text, " ") ? take_item(app, guide) : EFFECT_NONE;
	int digit = event->text[0] - '1';
	if (digit < 0 || digit >= (int)question->options->len)
		return EFFECT_NONE;
	return answer(app, guide, ((struct option *)question->options->pdata[digit])->id);
}

static bool guide_wants_text(const void *data)
{
	(void)data;
	return false;
}

const struct screen_ops screen_guide = {
	.name = "guide",
	.context = CONTEXT_GUIDE,
	.title = "情形",
	.law = "按申请人的情形确定要办的事项和材料（递进式问卷）。法律规定应当并行办理的事项不能少"
	       "办，其余由申请人自主选择"
	       "（国办发〔2022〕32号 三（二））。数字回答，退格撤回回答，空格或 F3 选或不选事项。",
	.open = guide_open,
	.close = guide_close,
	.recalc = guide_recalc,
	.render = guide_render,
	.action = guide_action,
	.text = guide_text,
	.wants_text = guide_wants_text,
};
