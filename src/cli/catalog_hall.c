/* What a hall makes of the catalogue: catalog authorise, shelf, confirm, unconfirm, route,
 * department. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cli/catalog.h"
#include "cli/cli.h"
#include "cli/desk_cli.h"
#include "desk/bureau.h"

/* ---- gates ---- */

/* The last argument says on or off. */
static bool read_switch(struct cli *cli, bool *ret_on, GError **error)
{
	const char *word = cli_argument(cli, cli_argument_count(cli) - 1);
	*ret_on = strcmp(word, "on") == 0;
	return *ret_on || strcmp(word, "off") == 0 ||
	       err_set(error, ERR_CODE_USAGE, "最后一个词写 on 或 off");
}

static void answer_gate(
	struct cli *cli, const char *theme, const char *key, bool on, const char *words)
{
	const char *list = cli_argument(cli, 0);
	cli_say(cli, "%s %s %s", list, theme == NULL ? "全部主题" : theme, words);
	cli_json(cli, json_pack("{s:s,s:s?,s:b}", "list", list, "theme", theme, key, (int)on));
}

bool cli_catalog_authorise(struct cli *cli, GError **error)
{
	bool on = false, whole = cli_argument_count(cli) == 2;
	const char *list = cli_argument(cli, 0);
	if (!read_switch(cli, &on, error))
		return false;
	g_autoptr(desk) desk = catalog_desk(cli, error);
	g_autofree char *theme = desk == NULL || whole ? NULL
						       : catalog_theme_id(desk_store(desk), list, 0,
								 cli_argument(cli, 1), error);
	if (desk == NULL || (!whole && theme == NULL) ||
		!desk_bureau_authorise(desk, list, theme, on, error))
		return false;
	answer_gate(cli, theme, "authorised", on,
		on ? "已授权本大厅办理" : "已收回授权，不再收件；在办的照旧");
	return true;
}

static bool shelve_list(struct cli *cli, struct desk *desk, bool on, GError **error)
{
	const char *list = cli_argument(cli, 0);
	int count = 0;
	g_autoptr(GPtrArray) left = desk_bureau_shelf_list(desk, list, on, &count, error);
	if (left == NULL)
		return false;
	json_t *array = json_array();
	cli_say(cli, on ? "%s 上架的主题 %d 个" : "%s 撤下主题 %d 个，只供参考", list, count);
	if (left->len > 0)
		cli_say(cli, "没有上架的 %u 个：", left->len);
	for (guint i = 0; i < left->len; i++) {
		const struct shelf_left *one = left->pdata[i];
		cli_say(cli, "  %s %s：%s", one->theme, one->name, one->why);
		json_array_append_new(array, json_pack("{s:s,s:s,s:s}", "theme", one->theme, "name",
						     one->name, "why", one->why));
	}
	cli_json(cli, json_pack("{s:s,s:n,s:b,s:i,s:o}", "list", list, "theme", "on_shelf", (int)on,
			      "count", count, "left_out", array));
	return true;
}

bool cli_catalog_shelf(struct cli *cli, GError **error)
{
	bool on = false;
	const char *list = cli_argument(cli, 0);
	if (!read_switch(cli, &on, error))
		return false;
	g_autoptr(desk) desk = catalog_desk(cli, error);
	if (desk != NULL && cli_argument_count(cli) == 2)
		return shelve_list(cli, desk, on, error);
	g_autofree char *theme = desk == NULL ? NULL
					      : catalog_theme_id(desk_store(desk), list, 0,
							cli_argument(cli, 1), error);
	if (theme == NULL || !desk_bureau_shelf(desk, list, theme, on, error))
		return false;
	answer_gate(cli, theme, "on_shelf", on, on ? "已上架" : "已撤下，只供参考");
	return true;
}

/* ---- confirmation ---- */

/* What `CODE` or `ID NO` names; texts borrowed but for the theme's id. */
struct definition_name {
	const char *kind;
	const char *list;
	const char *code;
	char *theme; /* owned */
};

static bool read_name(
	struct cli *cli, struct desk *desk, struct definition_name *ret_name, GError **error)
{
	const char *first = cli_argument(cli, 0), *second = cli_argument(cli, 1);
	const char *list = cli_option(cli, "list");
	if (second == NULL) {
		*ret_name =
			(struct definition_name){"service", list == NULL ? "" : list, first, NULL};
		return true;
	}
	char *theme = catalog_theme_id(desk_store(desk), first, 0, second, error);
	*ret_name = (struct definition_name){"theme", first, theme, theme};
	return theme != NULL;
}

static void answer_confirmation(
	struct cli *cli, const struct definition_name *name, const char *basis)
{
	cli_say(cli, "%s%s%s %s", name->list, name->list[0] == '\0' ? "" : " ", name->code,
		basis == NULL ? "恢复为参考" : "已确认；内容一改就恢复为参考");
	cli_json(cli,
		json_pack("{s:s,s:s,s:s,s:b,s:s?}", "kind", name->kind, "list", name->list, "code",
			name->code, "confirmed", (int)(basis != NULL), "basis", basis));
}

bool cli_catalog_confirm(struct cli *cli, GError **error)
{
	const char *basis = cli_option(cli, "basis");
	struct definition_name name = {NULL};
	if (basis == NULL)
		return err_set(error, ERR_CODE_USAGE, "请用 --basis 写当地实施清单的编号");
	g_autoptr(desk) desk = catalog_desk(cli, error);
	if (desk == NULL || !read_name(cli, desk, &name, error))
		return false;
	bool done = desk_bureau_confirm(desk, name.kind, name.list, name.code, basis, error);
	if (done)
		answer_confirmation(cli, &name, basis);
	g_free(name.theme);
	return done;
}

bool cli_catalog_unconfirm(struct cli *cli, GError **error)
{
	struct definition_name name = {NULL};
	g_autoptr(desk) desk = catalog_desk(cli, error);
	if (desk == NULL || !read_name(cli, desk, &name, error))
		return false;
	bool done = desk_bureau_unconfirm(desk, name.kind, name.list, name.code, error);
	if (done)
		answer_confirmation(cli, &name, NULL);
	g_free(name.theme);
	return done;
}

/* ---- routes ---- */

static const char *from_word(enum bureau_route_from from)
{
	static const char *const words[] = {
		[BUREAU_ROUTE_NONE] = "none",
		[BUREAU_ROUTE_VERSION] = "version",
		[BUREAU_ROUTE_HALL] = "hall",
	};
	return words[from];
}

static json_t *route_json(const struct bureau_route *route)
{
	return json_pack("{s:s,s:s,s:s,s:b,s:s,s:i,s:s,s:s,s:s,s:i}", "list", route->list, "short",
		route->short_title, "printed", route->printed, "unprinted", (int)route->unprinted,
		"level", route->level, "items", route->items, "department", route->department,
		"department_name", route->department_name, "from", from_word(route->from),
		"waiting", route->waiting);
}

static void say_route(struct cli *cli, const struct bureau_route *route)
{
	g_autofree char *printed =
		*route->level == '\0' ? g_strdup(route->printed)
				      : g_strdup_printf("%s（%s）", route->printed, route->level);
	g_autofree char *cell = text_pad(printed, 40);
	g_autofree char *waiting = route->waiting == 0
					   ? g_strdup("")
					   : g_strdup_printf("  等待 %d 项", route->waiting);
	if (route->from == BUREAU_ROUTE_NONE)
		cli_say(cli, "%s %s %3d 项  没有路由%s%s", route->list, cell, route->items,
			route->unprinted ? "（清单没有印部门）" : "", waiting);
	else
		cli_say(cli, "%s %s %3d 项  %s %s%s%s", route->list, cell, route->items,
			route->department, route->department_name,
			route->from == BUREAU_ROUTE_HALL ? "（本大厅设定）" : "", waiting);
}

bool cli_catalog_route_list(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk(cli, error);
	g_autoptr(GPtrArray) routes =
		desk == NULL ? NULL : desk_bureau_routes(desk, cli_argument(cli, 0), error);
	if (routes == NULL)
		return false;
	json_t *array = json_array();
	for (guint i = 0; i < routes->len; i++) {
		say_route(cli, routes->pdata[i]);
		json_array_append_new(array, route_json(routes->pdata[i]));
	}
	cli_json(cli, array);
	return true;
}

bool cli_catalog_route_set(struct cli *cli, GError **error)
{
	const char *list = cli_argument(cli, 0), *printed = cli_argument(cli, 1);
	const char *code = cli_argument(cli, 2), *level = cli_option(cli, "level");
	bool reset = cli_option(cli, "reset") != NULL;
	int sent = 0;
	if (reset == (code != NULL))
		return err_set(error, ERR_CODE_USAGE, "请写部门代码；恢复清单自己的路由写 --reset");
	g_autoptr(desk) desk = catalog_desk(cli, error);
	code = reset ? "" : code;
	level = level == NULL ? "" : level;
	if (desk == NULL || !desk_bureau_route_set(desk, list, printed, level, code, &sent, error))
		return false;
	if (reset)
		cli_say(cli, "%s 印的%s恢复清单自己的路由", list, printed);
	else
		cli_say(cli, "%s 印的%s通到 %s", list, printed, code);
	if (sent > 0)
		cli_say(cli, "等待的要件包送出 %d 个", sent);
	cli_json(cli, json_pack("{s:s,s:s,s:s,s:s,s:i}", "list", list, "printed", printed, "level",
			      level, "department", code, "sent", sent));
	return true;
}

bool cli_catalog_department_add(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = catalog_desk(cli, error);
	const char *code = cli_argument(cli, 0), *name = cli_argument(cli, 1);
	if (desk == NULL || !desk_bureau_department_add(desk, code, name, error))
		return false;
	cli_say(cli, "已新增部门 %s %s", code, name);
	cli_json(cli, json_pack("{s:s,s:s}", "code", code, "name", name));
	return true;
}
