/* What the keys do with a row: change, add, remove, move, confirm. */
#include "screens/bureau_entry.h"
#include "screens/pick.h"

/* ---- changing ---- */

static void remember(struct bureau_entry *entry, const struct bureau_row *row,
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
static void complete(struct bureau_entry *entry, json_t *after)
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
	struct bureau_entry *entry = data;
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

static unsigned open_form(struct app *app, struct bureau_entry *entry, const struct bureau_row *row,
	const struct bureau_form *form, const char *path)
{
	remember(entry, row, form, path);
	g_autofree char *reach = bureau_document_reach(app, &entry->document);
	g_autofree char *question = g_strdup_printf(
		"%s：%s。%s", entry->title, entry->what, reach == NULL ? "" : reach);
	bureau_form_open(app, form, entry->document.json, entry->path, question, form_done, entry);
	return EFFECT_NONE;
}

static unsigned open_other(
	struct app *app, struct bureau_entry *entry, const char *kind, const char *code)
{
	const char *theme = g_str_equal(entry->document.kind, "theme") ? entry->document.code
								       : entry->document.theme_code;
	g_autofree char *argument = bureau_argument(kind, entry->document.list, code, theme, "");
	app_open(app, &screen_bureau_entry, argument);
	return EFFECT_NONE;
}

static unsigned open_row(struct app *app, struct bureau_entry *entry)
{
	const struct bureau_row *row = bureau_entry_selected(entry);
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

static unsigned changed(
	struct app *app, struct bureau_entry *entry, const json_t *after, const char *what)
{
	GError *error = NULL;
	if (!bureau_change(app, &entry->document, after, what, &error))
		app_fail(app, error);
	return EFFECT_RECALC;
}

/* A use of what was chosen from the shared library, in the commonest way. */
static unsigned add_use(struct app *app, void *data, const char *code)
{
	struct bureau_entry *entry = data;
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
	struct bureau_entry *entry = data;
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

static unsigned pick_use(struct app *app, struct bureau_entry *entry, const char *kind)
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

static unsigned add(struct app *app, struct bureau_entry *entry)
{
	const struct bureau_row *row = bureau_entry_selected(entry);
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

static unsigned take_away(struct app *app, struct bureau_entry *entry)
{
	const struct bureau_row *row = bureau_entry_selected(entry);
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
static unsigned move(struct app *app, struct bureau_entry *entry, int step)
{
	const struct bureau_row *row = bureau_entry_selected(entry);
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
	struct bureau_entry *entry = data;
	GError *error = NULL;
	if (!bureau_document_confirm(app, &entry->document, text, &error))
		app_fail(app, error);
	else
		app_say(app, SAY_GOOD, "已确认，办事指南、告知单上写明依据和日期");
	return EFFECT_RECALC;
}

static bool can_vouch(struct app *app, const struct bureau_entry *entry)
{
	const char *kind = entry->document.kind;
	if (g_str_equal(kind, "theme") || g_str_equal(kind, "service"))
		return true;
	app_say(app, SAY_NOTE, "确认以服务或一件事为单位；请在服务的定义上确认");
	return false;
}

static unsigned vouch(struct app *app, struct bureau_entry *entry)
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

static unsigned vouch_back(struct app *app, struct bureau_entry *entry)
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

static unsigned show_shared(struct app *app, struct bureau_entry *entry)
{
	const struct bureau_row *row = bureau_entry_selected(entry);
	if (row != NULL && row->shows_kind != NULL)
		return open_other(app, entry, row->shows_kind, row->opens);
	app_say(app, SAY_NOTE, "材料和填写项的行才有共享定义");
	return EFFECT_NONE;
}

unsigned bureau_entry_act(struct app *app, struct bureau_entry *entry, enum action action)
{
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
	case ACTION_UNDO:
		return bureau_undo(app);
	default:
		return EFFECT_UNHANDLED;
	}
}
