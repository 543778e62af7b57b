/* 校验: every fault with file, entry and mend; Enter goes to the entry. */
#include "screens/bureau_faults.h"

#include <string.h>

#include "screens/bureau.h"
#include "screens/screens.h"
#include "widgets/list.h"

struct faults {
	char *list; /* "" all */
	struct catalog_faults *faults;
	GPtrArray *rows; /* struct catalog_fault, errors first, borrowed */
	struct list_view view;
};

/* ---- where an entry leads ---- */

/* The word behind `label` in "主题 1 服务 S-X 材料 M-Y"; NULL none. g_free. */
static char *word_after(const char *entry, const char *label)
{
	g_auto(GStrv) words = g_strsplit(entry, " ", -1);
	for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i++)
		if (strcmp(words[i], label) == 0)
			return g_strdup(words[i + 1]);
	return NULL;
}

char *bureau_fault_theme(const struct catalog_fault *fault)
{
	return word_after(fault->entry, "主题");
}

/* "jiangmen-2020@2（已入库）" → jiangmen-2020. */
static char *list_of(const struct catalog_fault *fault, const char *list)
{
	const char *at = strchr(fault->file, '@');
	if (list[0] != '\0')
		return g_strdup(list);
	return at == NULL ? g_strdup(fault->file)
			  : g_strndup(fault->file, (gsize)(at - fault->file));
}

char *bureau_fault_argument(const struct catalog_fault *fault, const char *list)
{
	g_autofree char *in = list_of(fault, list);
	g_autofree char *theme = bureau_fault_theme(fault);
	g_autofree char *service = word_after(fault->entry, "服务");
	g_autofree char *material = word_after(fault->entry, "材料");
	g_autofree char *field = word_after(fault->entry, "字段");
	g_autofree char *question = word_after(fault->entry, "问题");
	const char *use = material != NULL ? material : field != NULL ? field : "";
	if (service != NULL)
		return bureau_argument("service", in, service, theme == NULL ? "" : theme, use);
	if (theme != NULL)
		return bureau_argument("theme", in, theme, "", question == NULL ? "" : question);
	if (material != NULL)
		return bureau_argument("material", in, material, "", "");
	return field == NULL ? NULL : bureau_argument("field", in, field, "", "");
}

/* ---- the screen ---- */

static void *faults_open(struct app *app, const char *argument, GError **error)
{
	if (!bureau_may_open(app, error))
		return NULL;
	struct faults *screen = g_new0(struct faults, 1);
	screen->list = g_strdup(argument);
	screen->rows = g_ptr_array_new();
	return screen;
}

static void faults_close(struct app *app, void *data)
{
	(void)app;
	struct faults *screen = data;
	g_free(screen->list);
	g_ptr_array_unref(screen->rows);
	g_clear_pointer(&screen->faults, catalog_faults_free);
	g_free(screen);
}

static void add_of(struct faults *screen, enum catalog_gravity gravity)
{
	for (guint i = 0; i < screen->faults->list->len; i++) {
		struct catalog_fault *fault = screen->faults->list->pdata[i];
		if (fault->gravity == gravity)
			g_ptr_array_add(screen->rows, fault);
	}
}

static bool faults_recalc(struct app *app, void *data, GError **error)
{
	struct faults *screen = data;
	struct catalog_faults *faults = catalog_faults_new();
	const char *list = screen->list[0] == '\0' ? NULL : screen->list;
	if (!desk_bureau_check(app_desk(app), list, faults, error)) {
		catalog_faults_free(faults);
		return false;
	}
	g_ptr_array_set_size(screen->rows, 0);
	g_clear_pointer(&screen->faults, catalog_faults_free);
	screen->faults = faults;
	add_of(screen, CATALOG_GRAVITY_ERROR);
	add_of(screen, CATALOG_GRAVITY_WARNING);
	list_view_recount(&screen->view, (int)screen->rows->len);
	return true;
}

static void render_fault(struct area area, int row, const struct catalog_fault *fault, bool here)
{
	bool wrong = fault->gravity == CATALOG_GRAVITY_ERROR;
	enum style style = here ? STYLE_SELECTED : wrong ? STYLE_BAD : STYLE_NORMAL;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_cell(area, row, 2, 6, style, wrong ? "× 错" : "! 注意");
	int entry = area.columns * 2 / 5;
	area_cell(area, row, 9, entry, style, fault->entry);
	area_cell(area, row, 10 + entry, area.columns - 11 - entry, style, fault->what);
}

static void render_chosen(const struct catalog_fault *fault, struct area area)
{
	int row = 1;
	area_rule(area, 0, STYLE_DIM, '-');
	row += area_wrapped(area, row, 1, area.columns - 2, STYLE_NORMAL, fault->what);
	row += area_wrapped(area, row, 1, area.columns - 2, STYLE_TITLE, fault->mend);
	area_format(area, row, 1, STYLE_DIM, "%s  %s", fault->file, fault->entry);
}

static void faults_render(const void *data, struct area area)
{
	const struct faults *screen = data;
	if (screen->faults == NULL)
		return;
	area_format(area, 0, 1, STYLE_TITLE, "校验 %s",
		screen->list[0] == '\0' ? "全部清单的最新版本" : screen->list);
	area_format(area, 0, 40, screen->faults->errors > 0 ? STYLE_BAD : STYLE_GOOD,
		"%s：错 %d 处，注意 %d 处", screen->faults->errors > 0 ? "× 不合格" : "√ 合格",
		screen->faults->errors, screen->faults->warnings);
	area_rule(area, 1, STYLE_DIM, '-');
	int foot = 6;
	struct area body = area_part(area, 2, 0, area.rows - 2 - foot, area.columns);
	int top = list_view_top(&screen->view, body.rows);
	if (screen->view.count == 0)
		area_text(body, 1, 2, STYLE_GOOD, "√ 没有错误，也没有要注意的。按 Esc 返回。");
	for (int i = 0; i < body.rows && top + i < screen->view.count; i++)
		render_fault(
			body, i, screen->rows->pdata[top + i], top + i == screen->view.selected);
	if (screen->view.selected >= 0)
		render_chosen(screen->rows->pdata[screen->view.selected],
			area_part(area, -foot, 0, foot, area.columns));
}

static unsigned go_to(struct app *app, const struct faults *screen)
{
	if (screen->view.selected < 0)
		return EFFECT_BACK;
	const struct catalog_fault *fault = screen->rows->pdata[screen->view.selected];
	g_autofree char *argument = bureau_fault_argument(fault, screen->list);
	if (argument != NULL)
		app_open(app, &screen_bureau_entry, argument);
	else if (g_str_has_prefix(fault->entry, "路由"))
		app_open(app, &screen_route, NULL);
	else
		app_say(app, SAY_NOTE, "这一条说的是整份文件，请按提示改文件后重新导入");
	return EFFECT_NONE;
}

static unsigned faults_action(struct app *app, void *data, enum action action)
{
	struct faults *screen = data;
	if (list_view_action(&screen->view, action, 12))
		return EFFECT_RENDER;
	if (action == ACTION_OPEN)
		return go_to(app, screen);
	/* The ends of the list: the key did what it could. */
	return action == ACTION_PAGE_DOWN ? EFFECT_NONE : EFFECT_UNHANDLED;
}

const struct screen_ops screen_bureau_faults = {
	.name = "bureau-faults",
	.context = CONTEXT_BUREAU_FAULTS,
	.title = "校验",
	.law = "错的不能提交；注意的可以提交，但应当有人看过：怎么答都一样的问题、走不到的事项、没"
	       "有事项要的"
	       "材料、承诺比法定还长的时限、前后打转的事项、没有校验的字段、没有路由的部门。回车到"
	       "所在的那一条去"
	       "改，改完退回来就是新的结果。",
	.open = faults_open,
	.close = faults_close,
	.recalc = faults_recalc,
	.render = faults_render,
	.action = faults_action,
};
