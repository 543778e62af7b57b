/* catalog import, publish, shelf. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "cli/catalog.h"
#include "cli/cli.h"
#include "cli/desk_cli.h"

/* Somebody with the bureau's role, or anybody while the home has no accounts yet (DESIGN section 6,
 * R38). */
static struct desk *open_bureau(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk(cli, error);
	g_autoptr(GPtrArray) users = desk == NULL ? NULL : desk_users(desk, error);
	if (users == NULL)
		return NULL;
	if (users->len == 0)
		return g_steal_pointer(&desk);
	g_autoptr(desk) known = cli_desk_as(cli, "guanli", error);
	if (known == NULL)
		return NULL;
	if (desk_has_role(known, DESK_ROLE_BUREAU))
		return g_steal_pointer(&known);
	err_set_next(error, ERR_CODE_PERMISSION, "清单由数据局管理员维护",
		"请用有数据局管理员角色的账号办理");
	return NULL;
}

static struct catalogue_act act_of(struct cli *cli, struct desk *desk)
{
	const char *author = cli_option(cli, "author");
	const char *filing = cli_option(cli, "filing");
	const char *from = cli_option(cli, "from");
	return (struct catalogue_act){
		.author = author == NULL ? desk_user(desk) : author,
		.filing = filing == NULL ? "" : filing,
		.effective_from = from == NULL ? "" : from,
		.now_ms = desk_now_ms(desk),
	};
}

/* Texts that come from the command line are kept in the store: they must be clean. */
static bool check_act(const struct catalogue_act *act, GError **error)
{
	return (text_is_clean(act->author, false) && text_is_clean(act->filing, false)) ||
	       err_set(error, ERR_CODE_USAGE, "--author 和 --filing 不能有控制字符");
}

static json_t *lists_json(GStrv lists)
{
	json_t *array = json_array();
	for (char **list = lists; list != NULL && *list != NULL; list++)
		json_array_append_new(array, json_string(*list));
	return array;
}

static bool publish_all(
	struct store *store, GStrv lists, const struct catalogue_act *act, GError **error)
{
	for (char **list = lists; *list != NULL; list++)
		if (!catalogue_publish(store, *list, act, NULL, error))
			return false;
	return true;
}

bool cli_catalog_import(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = open_bureau(cli, error);
	if (desk == NULL)
		return false;
	struct store *store = desk_store(desk);
	struct catalogue_act act = act_of(cli, desk);
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	g_autoptr(GPtrArray) paths = g_ptr_array_new();
	g_auto(GStrv) lists = NULL;
	if (!check_act(&act, error))
		return false;
	for (int i = 0; i < cli_argument_count(cli); i++)
		g_ptr_array_add(paths, (gpointer)cli_argument(cli, i));
	g_ptr_array_add(paths, NULL);
	bool done = catalogue_import(
		store, (const char *const *)paths->pdata, &act, faults, &lists, error);
	catalog_say_faults(cli, faults);
	if (!done ||
		(cli_option(cli, "publish") != NULL && !publish_all(store, lists, &act, error)))
		return false;
	for (char **list = lists; *list != NULL; list++)
		cli_say(cli, "%s %s", *list,
			cli_option(cli, "publish") == NULL ? "存为草稿" : "已发布");
	if (lists[0] == NULL)
		cli_say(cli, "清单没有变化");
	cli_json(cli, json_pack("{s:o,s:o}", "lists", lists_json(lists), "faults",
			      catalog_faults_json(faults)));
	return true;
}

bool cli_catalog_publish(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = open_bureau(cli, error);
	if (desk == NULL)
		return false;
	struct store *store = desk_store(desk);
	struct catalogue_act act = act_of(cli, desk);
	const char *list = cli_argument(cli, 0);
	int version = 0;
	if (!check_act(&act, error) || !catalogue_publish(store, list, &act, NULL, error))
		return false;
	if (!catalogue_version_of(store, list, 0, &version, NULL))
		version = 0;
	cli_say(cli, "%s 已发布；施行中的是第 %d 版", list, version);
	cli_json(cli, json_pack("{s:s,s:i}", "list", list, "in_force", version));
	return true;
}

bool cli_catalog_shelf(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = open_bureau(cli, error);
	const char *list = cli_argument(cli, 0);
	bool on = strcmp(cli_argument(cli, 2), "on") == 0;
	if (desk == NULL)
		return false;
	struct store *store = desk_store(desk);
	if (!on && strcmp(cli_argument(cli, 2), "off") != 0)
		return err_set(error, ERR_CODE_USAGE, "最后一个词写 on 或 off");
	g_autofree char *theme = catalog_theme_id(store, list, 0, cli_argument(cli, 1), error);
	if (theme == NULL ||
		!catalogue_shelf(store, list, theme, on, desk_user(desk), desk_now_ms(desk), error))
		return false;
	cli_say(cli, "%s %s %s", list, theme, on ? "已上架" : "已撤下，只供参考");
	cli_json(
		cli, json_pack("{s:s,s:s,s:b}", "list", list, "theme", theme, "on_shelf", (int)on));
	return true;
}
