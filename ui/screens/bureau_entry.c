/* A theme, a service, a material or a field: its rows, and what the keys do with one of them. */
#include <string.h>

#include "base/text.h"
#include "screens/bureau.h"
#include "screens/bureau_read.h"
#include "screens/pick.h"
#include "screens/prompt.h"
#include "screens/screens.h"
#include "widgets/list.h"

#define PANE 76 /* where the second pane begins */
#define SHOWN_ROWS 14

struct entry {
	struct bureau_document document;
	char *title;
	char *state;	 /* 草稿 第2版 */
	GPtrArray *rows; /* struct bureau_row */
	struct list_view view;
	char *path; /* what the open form or list is about */
	char *what;
	json_t *fresh;
	const struct bureau_form *form;
	char *go_to; /* path of the row the cursor goes to when it is read again */
};

static const struct bureau_row *selected(const struct entry *entry)
{
	return entry->view.selected < 0 ? NULL : entry->rows->pdata[entry->view.selected];
}

/* ---- reading ---- */

static void *entry_open(struct app *app, const char *argument, GError **error)
{
	if (!bureau_may_open(app, error))
		return NULL;
	struct entry *entry = g_new0(struct entry, 1);
	bureau_document_init(&entry->document, argument);
	return entry;
}

static void entry_close(struct app *app, void *data)
{
	(void)app;
	struct entry *entry = data;
	bureau_document_clear(&entry->document);
	g_free(entry->title);
	g_free(entry->state);
	g_clear_pointer(&entry->rows, g_ptr_array_unref);
	g_free(entry->path);
	g_free(entry->what);
	json_decref(entry->fresh);
	g_free(entry->go_to);
	g_free(entry);
}

/* True for the row of the question, material or field with that id or code. */
static bool is_of(const struct entry *entry, const struct bureau_row *row, const char *id)
{
	const json_t *value = row->path == NULL ? NULL : bureau_at(entry->document.json, row->path);
	return g_strcmp0(row->opens, id) == 0 ||
	       (row->path != NULL && row->path[0] != '\0' &&
		       strcmp(json_text(value, "id", ""), id) == 0);
}

/* The cursor goes to what was just added, or to what the screen was opened for. */
static void place(struct entry *entry)
{
	const char *focus = entry->document.focus;
	list_view_recount(&entry->view, (int)entry->rows->len);
	for (guint i = 0; i < entry->rows->len; i++) {
		const struct bureau_row *row = entry->rows->pdata[i];
		bool added = entry->go_to != NULL && entry->go_to[0] != '\0' &&
			     g_strcmp0(row->path, entry->go_to) == 0;
		if (added || (focus[0] != '\0' && is_of(entry, row, focus))) {
			entry->view.selected = (int)i;
			break;
		}
	}
	g_clear_pointer(&entry->go_to, g_free);
	entry->document.focus[0] = '\0';
}

static bool entry_recalc(struct app *app, void *data, GError **error)
{
	struct entry *entry = data;
	if (!bureau_document_read(app, &entry->document, error)) {
		if (entry->rows == NULL)
			entry->rows = g_ptr_array_new();
		return false;
	}
	g_clear_pointer(&entry->rows, g_ptr_array_unref);
	entry->rows = bureau_rows(&entry->document);
	g_free(entry->title);
	entry->title = bureau_document_title(app, &entry->document);
	g_clear_pointer(&entry->state, g_free);
	bureau_newest(app, entry->document.list, &entry->state, NULL);
	place(entry);
	return true;
}

/* ---- drawing ---- */

static void render_row(struct area area, int at, const struct bureau_row *row, bool here)
{
	enum style style = here ? STYLE_SELECTED : row->style;
	area_cell(area, at, 0, area.columns, style, here ? ">" : "");
	int column = row->indent;
	if (row->indent == 1) {
		area_cell(area, at, 1, 9, here ? style : STYLE_TITLE, row->label);
		column = 11;
	}
	area_cell(area, at, column, area.columns - column - 1, style, row->text);
}

/* What the keys do here, so that nobody has to look it up. */
static void render_keys(const struct bureau_row *row, struct area area, int at)
{
	const char *first = row->opens_kind != NULL	  ? "回车 打开服务的定义"
			    : row->form != NULL		  ? "回车 改"
			    : row->add != BUREAU_ADD_NONE ? "一组的标题"
							  : "原文，不在这里改";
	g_autofree char *words =
		g_strdup_printf("%s%s%s%s", first, row->add != BUREAU_ADD_NONE ? "  F2 添一条" : "",
			row->removable ? "  F4 删去  Ctrl+上下 移动" : "",
			row->shows_kind != NULL ? "  F6 看共享库里的定义" : "");
	area_wrapped(area, at, 1, area.columns - 2, STYLE_DIM, words);
}

static void render_detail(const struct bureau_row *row, struct area area, int at)
{
	const char *text = row->detail != NULL ? row->detail : row->text;
	area_wrapped(area, at, 1, area.columns - 2, STYLE_NORMAL, text);
}

static void render_head(const struct entry *entry, struct area area)
{
	int begin = entry->state == NULL ? area.columns
					 : area_right(area, 0, STYLE_NORMAL, entry->state);
	g_autofree char *title = text_width(entry->title) > begin - 2
					 ? text_pad(entry->title, begin - 2)
					 : g_strdup(entry->title);
	area_text(area, 0, 1, STYLE_TITLE, title);
	if (entry->document.confirmed != NULL)
		area_text(area, 1, 1, STYLE_NORMAL, entry->document.confirmed);
	area_rule(area, 2, STYLE_DIM, '-');
}

static void entry_render(const void *data, struct area area)
{
	const struct entry *entry = data;
	if (entry->title == NULL)
		return;
	render_head(entry, area);
	bool wide = area.columns >= APP_WIDE;
	int foot = wide ? 0 : 5;
	struct area body = area_part(area, 3, 0, area.rows - 3 - foot, wide ? PANE : area.columns);
	int top = list_view_top(&entry->view, body.rows);
	for (int i = 0; i < body.rows && top + i < entry->view.count; i++)
		render_row(body, i, entry->rows->pdata[top + i], top + i == entry->view.selected);
	const struct bureau_row *row = selected(entry);
	if (row == NULL)
		return;
	struct area rest = wide ? area_part(area, 3, PANE, area.rows - 3, area.columns)
				: area_part(area, -foot, 0, foot, area.columns);
	if (wide)
		screens_divide(rest);
	else
		area_rule(rest, 0, STYLE_DIM, '-');
	rest = wide ? area_part(rest, 0, 1, rest.rows, rest.columns)
		    : area_part(rest, 1, 0, 4, 999);
	int keys = wide ? 2 : 1;
	render_detail(row, area_part(rest, 0, 0, rest.rows - keys, rest.columns), 0);
	render_keys(row, rest, rest.rows - keys);
}

/* ---- changing ---- */

static void remember(struct entry *entry, const struct bureau_row *row,
	const struct bureau_form *form, const char *path)
{
	g_autofree char *copy = g_strdup(path), *what = g_strdup(row->label);
	g_free(entry->path);
	entry->path = g_steal_pointer(&copy);
	g_free(entry->what);
	entry->what = g_steal_pointer(&what);
	json_decref(entry->fresh);
	entry->fresh = json_incref(row->fresh);
	entry->form = form;
}

/* A new question can be answered at once. */
static void complete(struct entry *entry, json_t *after)
{
	if (entry->form != &bureau_form_new_question)
		return;
	json_t *question = bureau_at(after, entry->path);
	json_object_set_new(question, "options",
		json_pack("[{s:s,s:s},{s:s,s:s}]", "id", "yes", "text", "是", "id", "no", "text",
			"否"));
}

static bool form_done(struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	struct entry *entry = data;
	g_autoptr(json_t) after = json_deep_copy(entry->document.json);
	if (!bureau_form_apply(entry->form, after, entry->path, entry->fresh, answers, error))
		return false;
	complete(entry, after);
	if (!bureau_change(app, &entry->document, after, entry->what, error))
		return false;
	g_free(entry->go_to);
	entry->go_to = g_strdup(entry->path);
	return true;
}

static unsigned open_form(struct app *app, struct entry *entry, const struct bureau_row *row,
	const struct bureau_form *form, const char *path)
{
	remember(entry, row, form, path);
	g_autofree char *reach = bureau_document_reach(app, &entry->document);
	g_autofree char *question = g_strdup_printf(
		"%s：%s。%s", entry->title, entry->what, reach == NULL ? "" : reach);
	bureau_form_open(app, form, entry->document.json, entry->path, question, form_done, entry);
	return EFFECT_NONE;
}

static unsigned open_other(struct app *app, struct entry *entry, const char *kind, const char *code)
{
	const char *theme = g_str_equal(entry->document.kind, "theme") ? entry->document.code
								       : entry->document.theme_code;
	g_autofree char *argument = bureau_argument(kind, entry->document.list, code, theme, "");
	app_open(app, &screen_bureau_entry, argument);
	return EFFECT_NONE;
}

static unsigned open_row(struct app *app, struct entry *entry)
{
	const struct bureau_row *row = selected(entry);
	if (row == NULL)
		return EFFECT_NONE;
	if (row->opens_kind != NULL)
		return open_other(app, entry, row->opens_kind, row->opens);
	if (row->form != NULL)
		return open_form(app, entry, row, row->form, row->path);
	if (row->add != BUREAU_ADD_NONE)
		app_say(app, SAY_NOTE, "这是一组的标题；F2 添一条");
	else
		app_say(app, SAY_NOTE, "这是清单的原文，只随新的清单导入而变");
	return EFFECT_NONE;
}

/* ---- adding ---- */

static unsigned changed(struct app *app, struct entry *entry, const json_t *after, const char *what)
{
	GError *error = NULL;
	if (!bureau_change(app, &entry->document, after, what, &error))
		app_fail(app, error);
	return EFFECT_RECALC;
}

/* A use of what was chosen from the shared library, in the commonest way. */
static unsigned add_use(struct app *app, void *data, const char *code)
{
	struct entry *entry = data;
	bool is_material = g_str_has_prefix(entry->path, "materials");
	g_autoptr(json_t) after = json_deep_copy(entry->document.json);
	json_t *use = is_material ? json_pack("{s:s,s:s,s:i,s:i,s:b,s:s}", "material", code,
					    "necessity", "required", "originals", 1, "copies", 1,
					    "image", 1, "basis", "general")
				  : json_pack("{s:s,s:b}", "field", code, "required", 1);
	bureau_put(after, entry->path, use);
	g_free(entry->go_to);
	entry->go_to = g_strdup(entry->path);
	return changed(app, entry, after, is_material ? "材料" : "填写项");
}

/* What an item is: one of the shared services. */
static unsigned set_service(struct app *app, void *data, const char *code)
{
	struct entry *entry = data;
	g_autoptr(json_t) after = json_deep_copy(entry->document.json);
	bureau_item_set_service(
		after, entry->document.theme, (int)json_integer_or(entry->fresh, "index", 0), code);
	g_free(entry->go_to);
	entry->go_to = g_strdup(entry->path);
	return changed(app, entry, after, entry->what);
}

/* What F2 chooses from the shared library, by kind. */
static const struct {
	const char *kind, *title, *hint;
	unsigned (*done)(struct app *app, void *data, const char *code);
} picks[] = {
	{"material", "从材料库添一份材料", "添上的先按必要、原件1、复印件1，回车再改。", add_use},
	{"field", "从字段库添一个填写项", "添上的先按必填，回车再改。", add_use},
	{"service", "这个事项是哪项服务", "服务的材料、填写项、时限随之而来。", set_service},
};

static unsigned pick_use(struct app *app, struct entry *entry, const char *kind)
{
	GError *error = NULL;
	GPtrArray *choices = bureau_library(app, kind, &error);
	if (choices == NULL) {
		app_fail(app, error);
		return EFFECT_NONE;
	}
	gsize which = 0;
	while (!g_str_equal(picks[which].kind, kind))
		which++;
	app_pick(app, &(struct pick){.title = picks[which].title,
			      .hint = picks[which].hint,
			      .choices = choices,
			      .done = picks[which].done,
			      .data = entry});
	return EFFECT_NONE;
}

static unsigned add(struct app *app, struct entry *entry)
{
	const struct bureau_row *row = selected(entry);
	if (row == NULL || row->add == BUREAU_ADD_NONE) {
		app_say(app, SAY_NOTE, "这一行没有可添加的；先移到材料、填写项、问题或条件上");
		return EFFECT_NONE;
	}
	size_t count = json_array_size(bureau_at(entry->document.json, row->into));
	g_autofree char *path = g_strdup_printf("%s/%d", row->into, (int)count);
	switch (row->add) {
	case BUREAU_ADD_MATERIAL:
		remember(entry, row, NULL, path);
		return pick_use(app, entry, "material");
	case BUREAU_ADD_FIELD:
		remember(entry, row, NULL, path);
		return pick_use(app, entry, "field");
	case BUREAU_ADD_SERVICE:
		remember(entry, row, NULL, row->into);
		return pick_use(app, entry, "service");
	case BUREAU_ADD_QUESTION:
		return open_form(app, entry, row, &bureau_form_new_question, path);
	case BUREAU_ADD_OPTION:
		return open_form(app, entry, row, &bureau_form_new_option, path);
	default:
		return open_form(app, entry, row, &bureau_form_sentence, path);
	}
}

static unsigned take_away(struct app *app, struct entry *entry)
{
	const struct bureau_row *row = selected(entry);
	if (row == NULL || !row->removable) {
		app_say(app, SAY_NOTE, "这一行不能删去");
		return EFFECT_NONE;
	}
	g_autoptr(json_t) after = json_deep_copy(entry->document.json);
	g_autofree char *what = g_strdup_printf("删去 %s", row->label);
	bureau_put(after, row->path, NULL);
	return changed(app, entry, after, what);
}

/* Questions are asked, and materials listed, in the order they stand. */
static unsigned move(struct app *app, struct entry *entry, int step)
{
	const struct bureau_row *row = selected(entry);
	g_autoptr(json_t) after = json_deep_copy(entry->document.json);
	g_autofree char *what = NULL, *path = NULL;
	if (row == NULL || !row->removable || !bureau_move(after, row->path, step, &path)) {
		app_say(app, SAY_NOTE, "这一行不能再移");
		return EFFECT_NONE;
	}
	what = g_strdup_printf("移动 %s", row->label);
	g_free(entry->go_to);
	entry->go_to = g_steal_pointer(&path);
	return changed(app, entry, after, what);
}

/* ---- 参考 ---- */

static unsigned vouch_done(struct app *app, void *data, const char *text)
{
	struct entry *entry = data;
	GError *error = NULL;
	if (!bureau_document_confirm(app, &entry->document, text, &error))
		app_fail(app, error);
	else
		app_say(app, SAY_GOOD, "已确认，办事指南、告知单上写明依据和日期");
	return EFFECT_RECALC;
}

static bool can_vouch(struct app *app, const struct entry *entry)
{
	const char *kind = entry->document.kind;
	if (g_str_equal(kind, "theme") || g_str_equal(kind, "service"))
		return true;
	app_say(app, SAY_NOTE, "确认以服务或一件事为单位；请在服务的定义上确认");
	return false;
}

static unsigned vouch(struct app *app, struct entry *entry)
{
	if (!can_vouch(app, entry))
		return EFFECT_NONE;
	g_autofree char *question = g_strdup_printf("%s：材料、时限、收费、填写项已与本地实施清单逐"
						    "项核对一致。写明依据，如实施清单编号。",
		entry->title);
	app_ask(app, &(struct prompt){.title = "确认参考",
			     .question = question,
			     .done = vouch_done,
			     .data = entry});
	return EFFECT_NONE;
}

static unsigned vouch_back(struct app *app, struct entry *entry)
{
	GError *error = NULL;
	if (!can_vouch(app, entry))
		return EFFECT_NONE;
	if (!bureau_document_unconfirm(app, &entry->document, &error))
		app_fail(app, error);
	else
		app_say(app, SAY_GOOD, "已撤回确认，恢复为参考");
	return EFFECT_RECALC;
}

static unsigned show_shared(struct app *app, struct entry *entry)
{
	const struct bureau_row *row = selected(entry);
	if (row != NULL && row->shows_kind != NULL)
		return open_other(app, entry, row->shows_kind, row->opens);
	app_say(app, SAY_NOTE, "材料和填写项的行才有共享定义");
	return EFFECT_NONE;
}

/* To the next heading, or the one before; around the ends. */
static unsigned to_heading(struct entry *entry, int step)
{
	int count = entry->view.count;
	for (int i = 1; i < count; i++) {
		int at = (entry->view.selected + step * i + count * 2) % count;
		if (((struct bureau_row *)entry->rows->pdata[at])->style != STYLE_TITLE)
			continue;
		entry->view.selected = at;
		return EFFECT_RENDER;
	}
	return EFFECT_NONE;
}

static unsigned entry_action(struct app *app, void *data, enum action action)
{
	struct entry *entry = data;
	if (list_view_action(&entry->view, action, SHOWN_ROWS))
		return EFFECT_RENDER;
	switch (action) {
	case ACTION_OPEN:
		return open_row(app, entry);
	case ACTION_ADD:
		return add(app, entry);
	case ACTION_REMOVE:
		return take_away(app, entry);
	case ACTION_MOVE_UP:
		return move(app, entry, -1);
	case ACTION_MOVE_DOWN:
		return move(app, entry, 1);
	case ACTION_SHARED:
		return show_shared(app, entry);
	case ACTION_VOUCH:
		return vouch(app, entry);
	case ACTION_VOUCH_BACK:
		return vouch_back(app, entry);
	case ACTION_SWITCH:
		return to_heading(entry, 1);
	case ACTION_SWITCH_BACK:
		return to_heading(entry, -1);
	case ACTION_UNDO:
		return bureau_undo(app);
	default:
		return EFFECT_UNHANDLED;
	}
}

const struct screen_ops screen_bureau_entry = {
	.name = "bureau-entry",
	.context = CONTEXT_BUREAU_ENTRY,
	.title = "事项和服务的定义",
	.law = "申请条件、设定依据、申报材料、办理时限、流程和审查要点由牵头部门组织联办部门编制（"
	       "操作规程第"
	       "八条）；调整报备案，审批按公布的办（第九条）。共用的服务和材料改一处，用它的各份清"
	       "单都得草"
	       "稿，发布前照旧办。参考内容与本地实施清单核对后，写明依据确认。",
	.open = entry_open,
	.close = entry_close,
	.recalc = entry_recalc,
	.render = entry_render,
	.action = entry_action,
};
