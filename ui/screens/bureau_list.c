/* One list: its themes with their gates and what the validator says of each. */
#include "screens/bureau_list.h"

#include <string.h>

#include "screens/bureau_faults.h"
#include "screens/screens.h"

#define PANE 80 /* where the second pane begins */
#define SHOWN_ROWS 12

static void free_theme(gpointer data)
{
	struct bureau_theme *theme = data;
	g_free(theme->id);
	g_free(theme->name);
	filter_key_clear(&theme->key);
	g_free(theme);
}

const struct bureau_theme *bureau_list_selected(const struct bureau_list *list)
{
	int at = list->view.selected;
	return at < 0 || at >= (int)list->shown->len ? NULL : list->shown->pdata[at];
}

/* ---- reading ---- */

static void *list_open(struct app *app, const char *argument, GError **error)
{
	if (!bureau_may_open(app, error) || bureau_newest(app, argument, NULL, error) == 0)
		return NULL;
	struct bureau_list *list = g_new0(struct bureau_list, 1);
	list->id = g_strdup(argument);
	list->title = bureau_short_title(app, argument);
	list->shown = g_ptr_array_new();
	editor_init(&list->box, "", 60);
	return list;
}

static void list_close(struct app *app, void *data)
{
	(void)app;
	struct bureau_list *list = data;
	g_free(list->id);
	g_free(list->title);
	g_free(list->state);
	g_free(list->next);
	g_free(list->digest);
	g_free(list->filing);
	g_free(list->checked);
	g_ptr_array_unref(list->shown);
	g_clear_pointer(&list->themes, g_ptr_array_unref);
	g_clear_pointer(&list->faults, catalog_faults_free);
	editor_clear(&list->box);
	g_free(list);
}

static void narrow(struct bureau_list *list)
{
	g_ptr_array_set_size(list->shown, 0);
	for (guint i = 0; i < list->themes->len; i++) {
		struct bureau_theme *theme = list->themes->pdata[i];
		if (filter_key_matches(&theme->key, list->box.text->str))
			g_ptr_array_add(list->shown, theme);
	}
	list_view_recount(&list->view, (int)list->shown->len);
}

/* Which step is next, by the state of the newest version. */
static char *next_words(const struct catalogue_version *last)
{
	g_autofree char *filed = last->filing[0] == '\0'
					 ? g_strdup("未备案")
					 : g_strdup_printf("备案号 %s", last->filing);
	if (strcmp(last->status, "submitted") == 0)
		return g_strdup_printf("%s。下一步：F5 看差异，F8 发布；F7 退回", filed);
	if (strcmp(last->status, "draft") == 0 && last->returned[0] != '\0')
		return g_strdup_printf("退回：%s。下一步：改好 F6 提交", last->returned);
	if (strcmp(last->status, "draft") == 0)
		return g_strdup("还没有提交。下一步：F4 校验，F5 看差异，F6 提交；F10 弃稿");
	return g_strdup_printf(
		"%s，%s 起施行。回车打开一件事，改动存为草稿", filed, last->effective_from);
}

static bool read_state(struct app *app, struct bureau_list *list, GError **error)
{
	g_autoptr(GPtrArray) versions = desk_bureau_versions(app_desk(app), list->id, error);
	if (versions == NULL || versions->len == 0)
		return false;
	const struct catalogue_version *last = versions->pdata[versions->len - 1];
	list->version = (int)last->version;
	list->status = strcmp(last->status, "submitted") == 0 ? BUREAU_SUBMITTED
		       : strcmp(last->status, "draft") == 0   ? BUREAU_DRAFT
							      : BUREAU_PUBLISHED;
	g_free(list->state);
	list->state =
		g_strdup_printf("%s 第%d版 ", desk_bureau_version_words(last), (int)last->version);
	g_free(list->next);
	list->next = next_words(last);
	g_free(list->digest);
	list->digest = g_strdup(last->digest);
	g_free(list->filing);
	list->filing = g_strdup(last->filing);
	return true;
}

static struct bureau_theme *read_theme(
	struct app *app, const struct bureau_list *list, const struct theme_hit *hit)
{
	struct bureau_theme *theme = g_new0(struct bureau_theme, 1);
	theme->id = g_strdup(hit->theme);
	theme->name = g_strdup(hit->name);
	theme->items = (int)hit->items;
	theme->described = hit->described != 0;
	g_autofree char *other = g_strconcat(hit->theme, " ", hit->departments, NULL);
	filter_key_init(&theme->key, hit->name, other);
	if (!desk_bureau_gates(app_desk(app), list->id, hit->theme, &theme->gates, NULL))
		theme->is_new = true; /* no version in force has it yet */
	return theme;
}

static void mark_fault(GHashTable *themes, const struct catalog_fault *fault)
{
	g_autofree char *id = bureau_fault_theme(fault);
	struct bureau_theme *theme = id == NULL ? NULL : g_hash_table_lookup(themes, id);
	if (theme != NULL && fault->gravity == CATALOG_GRAVITY_ERROR)
		theme->errors++;
	else if (theme != NULL)
		theme->warnings++;
}

/* The faults of each theme, by the entry that names it. */
static void mark_faults(struct bureau_list *list)
{
	g_autoptr(GHashTable) themes = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < list->themes->len; i++) {
		struct bureau_theme *theme = list->themes->pdata[i];
		theme->errors = theme->warnings = 0;
		g_hash_table_insert(themes, theme->id, theme);
	}
	for (guint i = 0; list->faults != NULL && i < list->faults->list->len; i++)
		mark_fault(themes, list->faults->list->pdata[i]);
}

static bool list_recalc(struct app *app, void *data, GError **error)
{
	struct bureau_list *list = data;
	if (!read_state(app, list, error))
		return false;
	g_autoptr(GPtrArray) hits =
		catalogue_themes(desk_store(app_desk(app)), list->id, list->version, error);
	if (hits == NULL)
		return false;
	g_ptr_array_set_size(list->shown, 0);
	g_clear_pointer(&list->themes, g_ptr_array_unref);
	list->themes = g_ptr_array_new_with_free_func(free_theme);
	for (guint i = 0; i < hits->len; i++)
		g_ptr_array_add(list->themes, read_theme(app, list, hits->pdata[i]));
	mark_faults(list);
	narrow(list);
	return true;
}

/* The whole list is checked once for each of its states, when the keys rest. */
static unsigned list_rest(struct app *app, void *data)
{
	struct bureau_list *list = data;
	if (list->digest == NULL || g_strcmp0(list->checked, list->digest) == 0)
		return EFFECT_NONE;
	struct catalog_faults *faults = catalog_faults_new();
	if (!desk_bureau_check(app_desk(app), list->id, faults, NULL)) {
		catalog_faults_free(faults);
		return EFFECT_NONE;
	}
	g_clear_pointer(&list->faults, catalog_faults_free);
	list->faults = faults;
	g_free(list->checked);
	list->checked = g_strdup(list->digest);
	mark_faults(list);
	return EFFECT_RENDER;
}

/* ---- drawing ---- */

static const char *gate_mark(bool open, const char *yes, const char *no)
{
	return open ? yes : no;
}

static char *lint_words(const struct bureau_list *list, const struct bureau_theme *theme)
{
	if (list->faults == NULL)
		return g_strdup("");
	if (theme->errors > 0)
		return g_strdup_printf("×错%d", theme->errors);
	if (theme->warnings > 0)
		return g_strdup_printf("!注意%d", theme->warnings);
	return g_strdup(theme->described ? "√合格" : "无指南");
}

static void render_theme(const struct bureau_list *list, struct area area, int row,
	const struct bureau_theme *theme, bool here)
{
	enum style style = here ? STYLE_SELECTED : theme->described ? STYLE_NORMAL : STYLE_DIM;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_cell(area, row, 2, 7, style, theme->id);
	area_cell(area, row, 10, 33, style, theme->name);
	area_cell(area, row, 44, 8, style, gate_mark(theme->gates.published, "√发布", "○未发布"));
	area_cell(area, row, 53, 8, style, gate_mark(theme->gates.authorised, "√授权", "○未授权"));
	area_cell(area, row, 62, 8, style, gate_mark(theme->gates.on_shelf, "√上架", "○未上架"));
	g_autofree char *lint = lint_words(list, theme);
	enum style mark = here			? style
			  : theme->errors > 0	? STYLE_BAD
			  : theme->warnings > 0 ? STYLE_WARN
						: style;
	area_cell(area, row, 71, area.columns - 71, mark, lint);
}

static void render_head(const struct bureau_list *list, struct area area)
{
	area_format(area, 0, 1, STYLE_TITLE, "清单 %s", list->title);
	area_right(
		area, 0, list->status == BUREAU_PUBLISHED ? STYLE_NORMAL : STYLE_WARN, list->state);
	area_cell(area, 1, 1, area.columns - 10, STYLE_NORMAL, list->next);
	area_right(area, 1, STYLE_DIM, "F11 版本 ");
	area_text(area, 2, 1, STYLE_TITLE, "筛选 >");
	editor_render(&list->box, area, 2, 8, MIN(area.columns - 9, 60), true);
	area_rule(area, 3, STYLE_DIM, '-');
}

/* The first shut gate and the key that opens it. */
static const char *shut_words(const struct bureau_theme *theme)
{
	if (!theme->described)
		return "还没有办事指南：回车打开，写明每个事项怎样办，再提交、发布";
	if (!theme->gates.published)
		return "指南在草稿里：提交、发布、到施行日期后才能收件";
	if (!theme->gates.authorised)
		return "没有授权本大厅办理，只供参考：F2 授权";
	return theme->gates.on_shelf ? NULL : "本大厅没有上架，只供参考：F3 上架";
}

/* The first shut gate, then the faults of the theme. */
static void render_about(
	const struct bureau_list *list, const struct bureau_theme *theme, struct area area)
{
	const char *shut = shut_words(theme);
	int row =
		area_wrapped(area, 0, 1, area.columns - 2, shut == NULL ? STYLE_GOOD : STYLE_NORMAL,
			shut == NULL ? "√ 已发布、已授权、已上架，可以收件" : shut);
	for (guint i = 0; list->faults != NULL && i < list->faults->list->len; i++) {
		const struct catalog_fault *fault = list->faults->list->pdata[i];
		g_autofree char *code = bureau_fault_theme(fault);
		if (g_strcmp0(code, theme->id) != 0 || row >= area.rows)
			continue;
		g_autofree char *text = g_strdup_printf("%s。%s", fault->what, fault->mend);
		row += area_wrapped(area, row, 1, area.columns - 2,
			fault->gravity == CATALOG_GRAVITY_ERROR ? STYLE_BAD : STYLE_WARN, text);
	}
}

static void render_beside(const struct bureau_list *list, struct area area)
{
	const struct bureau_theme *theme = bureau_list_selected(list);
	screens_divide(area);
	struct area body = area_part(area, 0, 1, area.rows, area.columns - 1);
	if (theme == NULL)
		return;
	int row = area_wrapped(body, 0, 1, body.columns - 2, STYLE_TITLE, theme->name);
	area_format(body, row, 1, STYLE_NORMAL, "%s  %d 个事项", theme->id, theme->items);
	render_about(list, theme, area_part(body, row + 2, 0, body.rows, body.columns));
}

static void list_render(const void *data, struct area area)
{
	const struct bureau_list *list = data;
	if (list->themes == NULL)
		return;
	render_head(list, area);
	bool wide = area.columns >= APP_WIDE;
	int foot = wide ? 0 : 4;
	struct area body = area_part(area, 4, 0, area.rows - 4 - foot, wide ? PANE : area.columns);
	int top = list_view_top(&list->view, body.rows);
	if (list->view.count == 0)
		area_text(
			body, 1, 2, STYLE_NORMAL, "没有这样的一件事。退格改筛选，或打拼音首字母。");
	for (int i = 0; i < body.rows && top + i < list->view.count; i++)
		render_theme(
			list, body, i, list->shown->pdata[top + i], top + i == list->view.selected);
	if (wide) {
		render_beside(list, area_part(area, 4, PANE, area.rows - 4, area.columns));
		return;
	}
	struct area about = area_part(area, -foot, 0, foot, area.columns);
	area_rule(about, 0, STYLE_DIM, '-');
	if (bureau_list_selected(list) != NULL)
		render_about(list, bureau_list_selected(list),
			area_part(about, 1, 0, foot - 1, about.columns));
}

/* ---- keys ---- */

static unsigned open_theme(struct app *app, const struct bureau_list *list)
{
	const struct bureau_theme *theme = bureau_list_selected(list);
	if (theme == NULL)
		return EFFECT_NONE;
	g_autofree char *argument = bureau_argument("theme", list->id, theme->id, "", "");
	app_open(app, &screen_bureau_entry, argument);
	return EFFECT_NONE;
}

static unsigned list_action(struct app *app, void *data, enum action action)
{
	struct bureau_list *list = data;
	switch (action) {
	case ACTION_OPEN:
		return open_theme(app, list);
	case ACTION_VALIDATE:
		app_open(app, &screen_bureau_faults, list->id);
		return EFFECT_NONE;
	case ACTION_DIFFERENCES:
		app_open(app, &screen_bureau_differences, list->id);
		return EFFECT_NONE;
	case ACTION_VERSIONS:
		app_open(app, &screen_bureau_versions, list->id);
		return EFFECT_NONE;
	case ACTION_UNDO:
		return bureau_undo(app);
	default:
		break;
	}
	bool vertical = action != ACTION_FIRST && action != ACTION_LAST;
	if (vertical && list_view_action(&list->view, action, SHOWN_ROWS))
		return EFFECT_RENDER;
	if (editor_action(&list->box, action)) {
		narrow(list);
		return EFFECT_RENDER;
	}
	return bureau_list_act(app, list, action);
}

static unsigned list_text(struct app *app, void *data, const struct key_event *event)
{
	struct bureau_list *list = data;
	if (event->key == KEY_SCAN_) {
		app_open_code(app, event->text);
		return EFFECT_NONE;
	}
	editor_insert(&list->box, event->text);
	list->view.selected = 0;
	narrow(list);
	return EFFECT_RENDER;
}

const struct screen_ops screen_bureau_list = {
	.name = "bureau-list",
	.context = CONTEXT_BUREAU_LIST,
	.title = "一份清单",
	.law = "一件事要过三道门才能收件：发布（有施行中的版本和办事指南）、授权（数据局授权本大厅"
	       "）、上架（大厅"
	       "自己）。草稿先校验、提交，由牵头部门统一调整并报备案（操作规程第九条），备案号写明"
	       "后发布，定施行"
	       "日期。已收的办件不受影响。",
	.open = list_open,
	.close = list_close,
	.recalc = list_recalc,
	.render = list_render,
	.action = list_action,
	.text = list_text,
	.rest = list_rest,
};
