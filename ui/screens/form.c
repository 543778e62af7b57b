/*
 * 表单: the one form (R12). Every field of the situation once; the value under the cursor is being
 * edited and kept when the cursor leaves it, right or wrong, so that nothing typed is lost.
 */
#include "base/text.h"
#include "screens/parties.h"
#include "screens/screens.h"
#include "widgets/editor.h"
#include "widgets/list.h"

#define LABEL_CELLS 22

struct form {
	char *case_id;
	struct case_view *view;
	struct list_view rows;
	struct editor editor;
	bool touched; /* the editor differs from what is stored */
};

static void form_close(struct app *app, void *data)
{
	(void)app;
	struct form *form = data;
	case_view_free(form->view);
	editor_clear(&form->editor);
	g_free(form->case_id);
	g_free(form);
}

static const struct case_field *selected(const struct form *form)
{
	if (form->rows.selected < 0 || form->rows.selected >= (int)form->view->fields->len)
		return NULL;
	return form->view->fields->pdata[form->rows.selected];
}

static void load(struct form *form)
{
	const struct case_field *field = selected(form);
	editor_set(&form->editor, field == NULL ? "" : field->value);
	form->editor.most = field == NULL ? 0 : field->use->field->most;
	form->touched = false;
}

/* The cursor goes to the first field with a problem. */
static void to_problem(struct form *form)
{
	for (guint i = 0; i < form->view->fields->len; i++) {
		const struct case_field *field = form->view->fields->pdata[i];
		if (field->problem[0] != '\0') {
			form->rows.selected = (int)i;
			return;
		}
	}
}

static void *form_open(struct app *app, const char *argument, GError **error)
{
	struct case_view *view = screens_hold(app, argument, error);
	if (view == NULL)
		return NULL;
	struct form *form = g_new0(struct form, 1);
	form->case_id = g_strdup(view->id);
	form->view = view;
	editor_init(&form->editor, "", 200);
	list_view_recount(&form->rows, (int)view->fields->len);
	to_problem(form);
	load(form);
	return form;
}

static bool form_recalc(struct app *app, void *data, GError **error)
{
	struct form *form = data;
	if (!screens_reload(app, form->case_id, &form->view, error))
		return false;
	list_view_recount(&form->rows, (int)form->view->fields->len);
	if (!form->touched)
		load(form);
	return true;
}

static void render_field(const struct form *form, struct area area, int row, int index)
{
	const struct case_field *field = form->view->fields->pdata[index];
	bool here = index == form->rows.selected;
	bool wrong = field->problem[0] != '\0' && field->value[0] != '\0';
	bool missing = field->value[0] == '\0' && field->use->required;
	const char *mark = wrong ? "×" : missing ? "○" : field->value[0] == '\0' ? " " : "√";
	area_text(area, row, 1, wrong ? STYLE_BAD : missing ? STYLE_WARN : STYLE_GOOD, mark);
	area_cell(area, row, 3, LABEL_CELLS, here ? STYLE_TITLE : STYLE_NORMAL,
		field->use->field->label);
	int column = 4 + LABEL_CELLS, cells = area.columns - column - 12;
	if (here)
		editor_render(&form->editor, area, row, column, cells, true);
	else
		area_cell(area, row, column, cells, STYLE_NORMAL, field->value);
	const char *source = g_str_equal(field->source, "case") ? "带入"
			     : !field->use->required		? "可不填"
								: "";
	area_text(area, row, column + cells + 1, STYLE_DIM, source);
}

static void render_hint(const struct form *form, struct area area)
{
	const struct case_field *field = selected(form);
	area_rule(area, 0, STYLE_DIM, '-');
	if (field == NULL) {
		area_text(area, 1, 1, STYLE_DIM, "这种情形没有要填的内容。");
		return;
	}
	int row = 1;
	GStrv options = field->use->field->options;
	GString *choices = g_string_new(NULL);
	for (int i = 0; options != NULL && options[i] != NULL; i++)
		g_string_append_printf(choices, "%d %s  ", i + 1, options[i]);
	if (choices->len > 0)
		row += area_wrapped(area, row, 1, area.columns - 2, STYLE_NORMAL, choices->str);
	g_string_free(choices, TRUE);
	if (field->problem[0] != '\0' && field->value[0] != '\0')
		row += area_wrapped(area, row, 1, area.columns - 2, STYLE_BAD, field->problem);
	if (field->use->field->hint[0] != '\0')
		area_wrapped(area, row, 1, area.columns - 2, STYLE_DIM, field->use->field->hint);
}

/* Beside the form on a wide screen: who takes part, and what is still wrong or missing. */
static void render_beside(const struct form *form, struct area area)
{
	screens_divide(area);
	struct area body = area_part(area, 0, 2, area.rows, area.columns);
	int row = 0;
	area_text(body, row++, 0, STYLE_TITLE, "当事人");
	for (guint i = 0; i < form->view->parties->len; i++) {
		const struct case_party *party = form->view->parties->pdata[i];
		area_format(body, row++, 1, STYLE_NORMAL, "%s %s %s", party_role_name(party->role),
			party->name, party->number);
	}
	area_format(body, ++row, 0, STYLE_TITLE, "还有 %u 处", form->view->problems->len);
	row++;
	for (guint i = 0; i < form->view->problems->len; i++)
		row += area_wrapped(body, row, 1, body.columns - 2, STYLE_NORMAL,
			form->view->problems->pdata[i]);
}

static void form_render(const void *data, struct area area)
{
	const struct form *form = data;
	screens_spine(area, 0, form->view, CASE_STEP_FORM);
	int width = area.columns >= APP_WIDE ? 78 : area.columns, foot = 4;
	struct area rows = area_part(area, 2, 0, area.rows - 2 - foot, width);
	int top = list_view_top(&form->rows, rows.rows);
	for (int i = 0; i < rows.rows && top + i < form->rows.count; i++)
		render_field(form, rows, i, top + i);
	render_hint(form, area_part(area, -foot, 0, foot, width));
	if (width < area.columns)
		render_beside(form, area_part(area, 2, width, area.rows - 2, area.columns));
}

/* Stores what is in the editor; false when it is wrong (it is kept all the same). */
static bool keep(struct app *app, struct form *form)
{
	const struct case_field *field = selected(form);
	if (field == NULL || !form->touched)
		return true;
	GError *error = NULL;
	form->touched = false;
	if (desk_field_set(app_desk(app), form->case_id, field->use->field->key,
		    form->editor.text->str, &error))
		return true;
	app_fail(app, error);
	return false;
}

static unsigned go(struct app *app, struct form *form, enum action action)
{
	keep(app, form);
	list_view_action(&form->rows, action, 10);
	load(form);
	return EFFECT_RECALC;
}

/* Enter: a wrong value keeps the cursor; after the last field the next step. */
static unsigned enter(struct app *app, struct form *form)
{
	if (!keep(app, form))
		return EFFECT_RECALC;
	if (form->rows.selected + 1 >= form->rows.count)
		return app_step(app, form->case_id, CASE_STEP_FORM, +1);
	list_view_action(&form->rows, ACTION_DOWN, 10);
	load(form);
	return EFFECT_RECALC;
}

static unsigned prefill(struct app *app, struct form *form)
{
	GError *error = NULL;
	int filled = 0;
	keep(app, form);
	bool good = desk_form_prefill(app_desk(app), form->case_id, &filled, &error);
	if (good && filled > 0)
		app_say(app, SAY_GOOD, "从以前的办件带入 %d 项，请与申请人核对", filled);
	else if (good)
		app_say(app, SAY_NOTE, "没有可带入的：这位申请人以前没有办件，或要填的都填了");
	return screens_done(app, good, error);
}

static unsigned parties(struct app *app, struct form *form, enum action action)
{
	keep(app, form);
	if (action == ACTION_PARTY_ADD)
		parties_add(app, form->case_id);
	else if (action == ACTION_PARTY_REMOVE)
		parties_remove(app, form->view, form->case_id);
	else
		parties_show_number(app, form->view, form->case_id);
	return EFFECT_NONE;
}

static unsigned form_action(struct app *app, void *data, enum action action)
{
	struct form *form = data;
	switch (action) {
	case ACTION_UP:
	case ACTION_DOWN:
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		return go(app, form, action);
	case ACTION_SWITCH:
		return go(app, form, ACTION_DOWN);
	case ACTION_SWITCH_BACK:
		return go(app, form, ACTION_UP);
	case ACTION_NEXT:
		return enter(app, form);
	case ACTION_PREFILL:
		return prefill(app, form);
	case ACTION_LEFT:
	case ACTION_RIGHT:
	case ACTION_FIRST:
	case ACTION_LAST:
		editor_action(&form->editor, action);
		return EFFECT_RENDER;
	case ACTION_ERASE:
	case ACTION_DELETE:
	case ACTION_CLEAR:
		form->touched |= editor_action(&form->editor, action);
		return EFFECT_RENDER;
	case ACTION_PARTY_ADD:
	case ACTION_PARTY_REMOVE:
	case ACTION_SHOW_NUMBER:
		return parties(app, form, action);
	default:
		keep(app, form);
		return screens_step_action(app, form->view, CASE_STEP_FORM, action);
	}
}

/* A masked value is never edited in part: the first key replaces it. */
static void insert(struct form *form, const char *text)
{
	const struct case_field *field = selected(form);
	if (!form->touched && strchr(form->editor.text->str, '*') != NULL)
		editor_set(&form->editor, "");
	GStrv options = field->use->field->options;
	int digit = text[0] - '1';
	bool choice = field->use->field->type == FIELD_TYPE_CHOICE;
	if (choice && digit >= 0 && digit < (int)g_strv_length(options))
		editor_set(&form->editor, options[digit]);
	else if (!choice)
		editor_insert(&form->editor, text);
	form->touched = true;
}

static unsigned form_text(struct app *app, void *data, const struct key_event *event)
{
	struct form *form = data;
	if (event->key == KEY_SCAN_ && screens_is_code(event->text)) {
		keep(app, form);
		app_open_code(app, event->text);
		return EFFECT_NONE;
	}
	if (selected(form) == NULL)
		return EFFECT_NONE;
	insert(form, event->text);
	return EFFECT_RENDER;
}

const struct screen_ops screen_form = {
	.name = "form",
	.context = CONTEXT_FORM,
	.title = "表单",
	.law = "多表合一、一表申请：每项只填一次，已有的数据带入，由申请人核对（国办发〔2022〕32号 "
	       "三（二））。"
	       "证件号只在需要时显示全号。个人信息保护法第十七条的告知印在告知单上。",
	.open = form_open,
	.close = form_close,
	.recalc = form_recalc,
	.render = form_render,
	.action = form_action,
	.text = form_text,
};
