/* 清单维护: every list with its versions, and what the hall makes of it. */
#include "screens/bureau.h"

#include <string.h>

#include "base/err.h"
#include "screens/screens.h"
#include "widgets/list.h"

/* A list as its row shows it. */
struct line {
	struct catalogue_entry *entry; /* borrowed */
	char *current;		       /* 第1版; 无 */
	char *coming;		       /* 草稿 第2版; 待施行 第2版 2026-12-01; "" */
	char *filing;		       /* of the version in force; "" not filed */
	char *digest;		       /* likewise */
	char *from;		       /* likewise, civil date */
	int authorised;
	int on_shelf;
};

struct bureau {
	GPtrArray *entries;
	GPtrArray *lines;
	struct list_view view;
};

/* ---- shared with the other screens ---- */

bool bureau_may_open(struct app *app, GError **error)
{
	const struct desk *desk = app_desk(app);
	return desk_has_role(desk, DESK_ROLE_BUREAU) || desk_has_role(desk, DESK_ROLE_ADMIN) ||
	       desk_has_role(desk, DESK_ROLE_SUPERVISOR) ||
	       err_set_next(error, ERR_CODE_PERMISSION, "清单由数据局管理员维护，窗口不增不减",
		       "请用有数据局管理员角色的账号登录办理");
}

int bureau_newest(struct app *app, const char *list, char **ret_words, GError **error)
{
	g_autoptr(GPtrArray) versions = desk_bureau_versions(app_desk(app), list, error);
	if (versions == NULL)
		return 0;
	if (versions->len == 0)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有这份清单"), 0;
	const struct catalogue_version *last = versions->pdata[versions->len - 1];
	if (ret_words != NULL)
		*ret_words = g_strdup_printf(
			"%s 第%d版 ", desk_bureau_version_words(last), (int)last->version);
	return (int)last->version;
}

void bureau_foot(struct area area, const char *text)
{
	area_rule(area, 0, STYLE_DIM, '-');
	if (text != NULL)
		area_wrapped(area, 1, 1, area.columns - 2, STYLE_NORMAL, text);
}

/* ---- reading ---- */

static void free_line(gpointer data)
{
	struct line *line = data;
	g_free(line->current);
	g_free(line->coming);
	g_free(line->filing);
	g_free(line->digest);
	g_free(line->from);
	g_free(line);
}

static void count_gates(struct app *app, struct line *line)
{
	const char *list = line->entry->list;
	g_autoptr(GPtrArray) themes = catalogue_themes(desk_store(app_desk(app)), list, 0, NULL);
	for (guint i = 0; themes != NULL && i < themes->len; i++) {
		struct theme_gates gates = {0};
		const struct theme_hit *hit = themes->pdata[i];
		if (!desk_bureau_gates(app_desk(app), list, hit->theme, &gates, NULL))
			continue;
		line->authorised += gates.authorised ? 1 : 0;
		line->on_shelf += gates.on_shelf ? 1 : 0;
	}
}

static void read_version(struct line *line, const struct catalogue_version *version)
{
	const char *words = desk_bureau_version_words(version);
	if (version->version == line->entry->current) {
		line->current = g_strdup_printf("第%d版", (int)version->version);
		line->filing = g_strdup(version->filing);
		line->digest = g_strdup(version->digest);
		line->from = g_strdup(version->effective_from);
	} else if (version->version > line->entry->current) {
		g_free(line->coming);
		line->coming = g_strdup_printf(
			"%s 第%d版 %s", words, (int)version->version, version->effective_from);
	}
}

static struct line *read_line(
	struct app *app, struct catalogue_entry *entry, const GPtrArray *versions)
{
	struct line *line = g_new0(struct line, 1);
	line->entry = entry;
	for (guint i = 0; i < versions->len; i++) {
		const struct catalogue_version *version = versions->pdata[i];
		if (strcmp(version->list, entry->list) == 0)
			read_version(line, version);
	}
	count_gates(app, line);
	return line;
}

static bool bureau_recalc(struct app *app, void *data, GError **error)
{
	struct bureau *bureau = data;
	GPtrArray *entries = catalogue_list_all(desk_store(app_desk(app)), error);
	g_autoptr(GPtrArray) versions =
		entries == NULL ? NULL : desk_bureau_versions(app_desk(app), NULL, error);
	if (versions == NULL) {
		g_clear_pointer(&entries, g_ptr_array_unref);
		return false;
	}
	g_clear_pointer(&bureau->lines, g_ptr_array_unref);
	g_clear_pointer(&bureau->entries, g_ptr_array_unref);
	bureau->entries = entries;
	bureau->lines = g_ptr_array_new_with_free_func(free_line);
	for (guint i = 0; i < entries->len; i++)
		g_ptr_array_add(bureau->lines, read_line(app, entries->pdata[i], versions));
	list_view_recount(&bureau->view, (int)entries->len);
	return true;
}

static void *bureau_open(struct app *app, const char *argument, GError **error)
{
	(void)argument;
	return bureau_may_open(app, error) ? g_new0(struct bureau, 1) : NULL;
}

static void bureau_close(struct app *app, void *data)
{
	(void)app;
	struct bureau *bureau = data;
	g_clear_pointer(&bureau->lines, g_ptr_array_unref);
	g_clear_pointer(&bureau->entries, g_ptr_array_unref);
	g_free(bureau);
}

/* ---- drawing ---- */

/* One cell of a row and of the heading above it. */
struct column {
	const char *title;
	int at;
	int cells;
};

static const struct column columns[] = {{"清单", 2, 9}, {"施行中", 12, 7}, {"草稿、待施行", 20, 27},
	{"主题", 48, 5}, {"事项", 54, 5}, {"授权", 60, 5}, {"上架", 66, 5}, {"备案", 72, 7}};

static void render_head(struct area area)
{
	area_text(area, 0, 1, STYLE_TITLE, "清单维护");
	area_text(area, 0, 11, STYLE_DIM, "改动先存草稿；校验、提交、备案、发布后才施行");
	for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
		area_text(area, 2, columns[i].at, STYLE_TITLE, columns[i].title);
	area_rule(area, 1, STYLE_DIM, '-');
}

static void render_cell(struct area area, int row, int column, enum style style, const char *text)
{
	area_cell(area, row, columns[column].at, columns[column].cells, style, text);
}

static void render_count(struct area area, int row, int column, enum style style, int64_t count)
{
	g_autofree char *text = g_strdup_printf("%4d", (int)count);
	render_cell(area, row, column, style, text);
}

static void render_line(struct area area, int row, const struct line *line, bool here)
{
	enum style style = here ? STYLE_SELECTED : STYLE_NORMAL;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	render_cell(area, row, 0, style, line->entry->short_title);
	render_cell(area, row, 1, style, line->current == NULL ? "无" : line->current);
	render_cell(area, row, 2, here || line->coming == NULL ? style : STYLE_WARN,
		line->coming == NULL ? "" : line->coming);
	render_count(area, row, 3, style, line->entry->themes);
	render_count(area, row, 4, style, line->entry->items);
	render_count(area, row, 5, style, line->authorised);
	render_count(area, row, 6, style, line->on_shelf);
	bool filed = line->filing != NULL && line->filing[0] != '\0';
	render_cell(area, row, 7, style, filed ? "已备案" : "未备案");
}

static void render_about(const struct line *line, struct area area)
{
	const struct catalogue_entry *entry = line->entry;
	int row = 0;
	row += area_wrapped(area, row, 1, area.columns - 2, STYLE_TITLE, entry->title);
	area_format(area, row++, 1, STYLE_NORMAL, "%s  %s  %s", entry->issuer, entry->doc_no,
		entry->date);
	if (line->current == NULL)
		return;
	area_format(area, row++, 1, STYLE_NORMAL, "%s，%s 起施行，%s%s", line->current, line->from,
		line->filing[0] == '\0' ? "未备案" : "备案号 ", line->filing);
	area_format(area, row, 1, STYLE_DIM, "摘要 sm3:%.16s…", line->digest);
}

static void bureau_render(const void *data, struct area area)
{
	const struct bureau *bureau = data;
	if (bureau->lines == NULL)
		return;
	render_head(area);
	int foot = 6;
	struct area body = area_part(area, 3, 0, area.rows - 3 - foot, area.columns);
	int top = list_view_top(&bureau->view, body.rows);
	if (bureau->view.count == 0)
		area_text(
			body, 1, 2, STYLE_NORMAL, "还没有清单。用 yichuang catalog import 导入。");
	for (int i = 0; i < body.rows && top + i < bureau->view.count; i++)
		render_line(
			body, i, bureau->lines->pdata[top + i], top + i == bureau->view.selected);
	struct area about = area_part(area, -foot, 0, foot, area.columns);
	area_rule(about, 0, STYLE_DIM, '-');
	if (bureau->view.selected >= 0)
		render_about(bureau->lines->pdata[bureau->view.selected],
			area_part(about, 1, 0, foot - 1, about.columns));
}

/* ---- keys ---- */

static unsigned open_for(struct app *app, const struct bureau *bureau, const struct screen_ops *ops)
{
	if (bureau->view.selected < 0)
		return EFFECT_NONE;
	const struct line *line = bureau->lines->pdata[bureau->view.selected];
	app_open(app, ops, line->entry->list);
	return EFFECT_NONE;
}

static const struct line *selected(const struct bureau *bureau)
{
	return bureau->view.selected < 0 ? NULL : bureau->lines->pdata[bureau->view.selected];
}

/* Leave for a whole list counts for the themes of its later versions too. */
static bool is_whole(const struct line *line)
{
	return line->entry->themes > 0 && line->authorised >= line->entry->themes;
}

static unsigned authorise_done(struct app *app, void *data, const char *text)
{
	(void)text;
	const struct line *line = selected(data);
	GError *error = NULL;
	bool on = !is_whole(line);
	if (!desk_bureau_authorise(app_desk(app), line->entry->list, NULL, on, &error))
		app_fail(app, error);
	else
		app_say(app, SAY_GOOD,
			on ? "“%s”整份清单已授权本大厅办理"
			   : "“%s”整份清单的授权已收回，不再收件；已收的照办",
			line->entry->short_title);
	return EFFECT_RECALC;
}

static unsigned authorise(struct app *app, struct bureau *bureau)
{
	const struct line *line = selected(bureau);
	if (line == NULL)
		return EFFECT_NONE;
	g_autofree char *question = g_strdup_printf(
		is_whole(line) ? "收回“%s”整份清单 %d 件事在本大厅的授权？窗口随即不能再收。"
			       : "授权本大厅办理“%s”整份清单的 %d 件事，以后版本里的也算？",
		line->entry->short_title, (int)line->entry->themes);
	app_ask(app, &(struct prompt){.title = is_whole(line) ? "收回授权" : "授权",
			     .question = question,
			     .confirm = true,
			     .done = authorise_done,
			     .data = bureau});
	return EFFECT_NONE;
}

static unsigned bureau_action(struct app *app, void *data, enum action action)
{
	struct bureau *bureau = data;
	if (list_view_action(&bureau->view, action, 12))
		return EFFECT_RENDER;
	switch (action) {
	case ACTION_OPEN:
		return open_for(app, bureau, &screen_bureau_list);
	case ACTION_AUTHORISE:
		return authorise(app, bureau);
	case ACTION_VALIDATE:
		app_busy(app, "正在校验全部清单…");
		if (app_open(app, &screen_bureau_faults, ""))
			app_busy(app, NULL);
		return EFFECT_NONE;
	case ACTION_DIFFERENCES:
		return open_for(app, bureau, &screen_bureau_differences);
	case ACTION_VERSIONS:
		return open_for(app, bureau, &screen_bureau_versions);
	case ACTION_ROUTES:
		app_open(app, &screen_route, NULL);
		return EFFECT_NONE;
	default:
		return EFFECT_UNHANDLED;
	}
}

const struct screen_ops screen_bureau = {
	.name = "bureau",
	.context = CONTEXT_BUREAU,
	.title = "清单维护",
	.law = "清单分批发布（操作规程第六条）；施行中的版本不改，办件始终按收件时的版本办。办事指"
	       "南需要调"
	       "整的，由牵头部门统一调整并报备案，审批和窗口不得擅自增减变化（操作规程第九条）。",
	.open = bureau_open,
	.close = bureau_close,
	.recalc = bureau_recalc,
	.render = bureau_render,
	.action = bureau_action,
};
