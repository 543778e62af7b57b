/* 差异 and 版本 of one list: lines to read. */
#include <string.h>

#include "base/text.h"
#include "core/date.h"
#include "screens/bureau.h"
#include "widgets/list.h"

struct page {
	char *list;
	char *title;
	GPtrArray *lines;    /* char * */
	GPtrArray *versions; /* struct catalogue_version, newest first; NULL for differences */
	struct list_view view;
};

static void *page_open(struct app *app, const char *argument, GError **error)
{
	if (!bureau_may_open(app, error))
		return NULL;
	struct page *page = g_new0(struct page, 1);
	page->list = g_strdup(argument);
	page->title = bureau_short_title(app, argument);
	return page;
}

static void page_close(struct app *app, void *data)
{
	(void)app;
	struct page *page = data;
	g_free(page->list);
	g_free(page->title);
	g_clear_pointer(&page->lines, g_ptr_array_unref);
	g_clear_pointer(&page->versions, g_ptr_array_unref);
	g_free(page);
}

static unsigned page_action(struct app *app, void *data, enum action action)
{
	(void)app;
	struct page *page = data;
	if (list_view_action(&page->view, action, 14))
		return EFFECT_RENDER;
	if (action == ACTION_NEXT)
		return EFFECT_BACK;
	return action == ACTION_PAGE_DOWN ? EFFECT_NONE : EFFECT_UNHANDLED;
}

/* ---- 差异 ---- */

/* Without a draft the screen does not open: the sentence says what makes one. */
static void *differences_open(struct app *app, const char *argument, GError **error)
{
	struct page *page = page_open(app, argument, error);
	if (page == NULL)
		return NULL;
	page->lines = desk_bureau_differences(app_desk(app), argument, error);
	if (page->lines == NULL) {
		page_close(app, page);
		return NULL;
	}
	return page;
}

static bool differences_recalc(struct app *app, void *data, GError **error)
{
	struct page *page = data;
	GPtrArray *lines = desk_bureau_differences(app_desk(app), page->list, error);
	if (lines == NULL)
		return false;
	g_ptr_array_unref(page->lines);
	page->lines = lines;
	list_view_recount(&page->view, (int)lines->len);
	return true;
}

static void differences_render(const void *data, struct area area)
{
	const struct page *page = data;
	area_format(area, 0, 1, STYLE_TITLE, "差异 %s  草稿与施行中的版本  %d 处", page->title,
		page->view.count);
	area_rule(area, 1, STYLE_DIM, '-');
	if (page->view.count == 0)
		area_text(area, 3, 2, STYLE_NORMAL,
			"草稿与施行中的版本没有不同。不要这份草稿的，在清单里按 F10 弃稿。");
	int row = 2;
	for (int i = MAX(page->view.selected - 3, 0); i < page->view.count && row < area.rows;
		i++) {
		bool here = i == page->view.selected;
		area_text(area, row, 0, STYLE_TITLE, here ? ">" : " ");
		area_format(area, row, 2, STYLE_DIM, "%3d", i + 1);
		row += area_wrapped(area, row, 6, area.columns - 8,
			here ? STYLE_TITLE : STYLE_NORMAL, page->lines->pdata[i]);
	}
}

const struct screen_ops screen_bureau_differences = {
	.name = "bureau-differences",
	.context = CONTEXT_BUREAU_PAGE,
	.title = "差异",
	.law = "调整要说得清改了什么：每一处一句话，写明哪份清单、哪件事、哪个事项、原来和现在。提"
	       "交、备案前"
	       "逐条看过（操作规程第九条）。",
	.open = differences_open,
	.close = page_close,
	.recalc = differences_recalc,
	.render = differences_render,
	.action = page_action,
};

/* ---- 版本 ---- */

static bool versions_recalc(struct app *app, void *data, GError **error)
{
	struct page *page = data;
	GPtrArray *versions = desk_bureau_versions(app_desk(app), page->list, error);
	if (versions == NULL)
		return false;
	g_clear_pointer(&page->versions, g_ptr_array_unref);
	page->versions = versions;
	list_view_recount(&page->view, (int)versions->len);
	return true;
}

/* The newest first. */
static const struct catalogue_version *version_at(const struct page *page, int row)
{
	return page->versions->pdata[(int)page->versions->len - 1 - row];
}

static void render_version(
	struct area area, int row, const struct catalogue_version *version, bool here)
{
	enum style style = here ? STYLE_SELECTED : STYLE_NORMAL;
	g_autofree char *number = g_strdup_printf("第%d版", (int)version->version);
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_cell(area, row, 2, 8, style, number);
	area_cell(area, row, 11, 11, style, desk_bureau_version_words(version));
	area_cell(area, row, 23, 11, style, version->effective_from);
	area_cell(
		area, row, 35, 22, style, version->filing[0] == '\0' ? "未备案" : version->filing);
	area_cell(area, row, 58, 10, style, version->author);
	g_autofree char *digest = g_strdup_printf("%.8s", version->digest);
	area_cell(area, row, 69, area.columns - 70, style, digest);
}

static int about_line(struct area area, int row, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return row;
	area_text(area, row, 1, STYLE_TITLE, label);
	return row + area_wrapped(area, row, 8, area.columns - 9, STYLE_NORMAL, text);
}

static char *day_of(int64_t ms)
{
	return ms == 0 ? NULL : civil_date_dup_text(civil_date_of_ms(ms));
}

static void render_about(const struct catalogue_version *version, struct area area)
{
	g_autofree char *digest = g_strdup_printf("sm3:%s", version->digest);
	g_autofree char *made = day_of(version->made_ms);
	g_autofree char *published = day_of(version->published_ms);
	g_autofree char *size =
		g_strdup_printf("%d 件事，%d 个事项", (int)version->themes, (int)version->items);
	area_rule(area, 0, STYLE_DIM, '-');
	int row = about_line(area, 1, "内容", size);
	row = about_line(area, row, "存稿", made);
	row = about_line(area, row, "提交", version->submitter);
	row = about_line(area, row, "说明", version->note);
	row = about_line(area, row, "退回", version->returned);
	row = about_line(area, row, "发布", published);
	about_line(area, row, "摘要", digest);
}

static void versions_render(const void *data, struct area area)
{
	const struct page *page = data;
	if (page->versions == NULL)
		return;
	area_format(area, 0, 1, STYLE_TITLE, "版本 %s", page->title);
	area_rule(area, 1, STYLE_DIM, '-');
	static const struct {
		int at;
		const char *title;
	} titles[] = {{2, "版本"}, {11, "状态"}, {23, "施行日期"}, {35, "备案号"}, {58, "作者"},
		{69, "摘要"}};
	for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
		area_text(area, 2, titles[i].at, STYLE_TITLE, titles[i].title);
	int foot = 9;
	struct area body = area_part(area, 3, 0, area.rows - 3 - foot, area.columns);
	int top = list_view_top(&page->view, body.rows);
	for (int i = 0; i < body.rows && top + i < page->view.count; i++)
		render_version(body, i, version_at(page, top + i), top + i == page->view.selected);
	if (page->view.selected >= 0)
		render_about(version_at(page, page->view.selected),
			area_part(area, -foot, 0, foot, area.columns));
}

const struct screen_ops screen_bureau_versions = {
	.name = "bureau-versions",
	.context = CONTEXT_BUREAU_PAGE,
	.title = "版本",
	.law = "每个版本记下作者、备案号、施行日期和内容的摘要；发布后不改，办件始终按收件时的版本"
	       "办（操作规"
	       "程第六条、第九条）。",
	.open = page_open,
	.close = page_close,
	.recalc = versions_recalc,
	.render = versions_render,
	.action = page_action,
};
