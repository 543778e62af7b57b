/* init: a home with the shipped lists and calendars. */
#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "cli/catalog.h"
#include "cli/cli.h"

/* The shipped data is looked at before anything is made: a home is whole or not there. */
static bool check_data(struct cli *cli, const char *data, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	catalog_set_add_path(set, faults, data);
	catalog_set_finish(set, faults);
	if (faults->errors != 0)
		catalog_say_faults(cli, faults);
	return catalog_faults_settle(faults, error);
}

static bool report(struct cli *cli, GError **error)
{
	struct store *store = cli_store(cli, STORE_MODE_WRITE, error);
	g_autoptr(GPtrArray) lists = store == NULL ? NULL : catalogue_list_all(store, error);
	int themes = 0, on_shelf = 0;
	if (lists == NULL)
		return false;
	for (guint i = 0; i < lists->len; i++) {
		const struct catalogue_entry *entry = lists->pdata[i];
		themes += (int)entry->themes;
		on_shelf += (int)entry->on_shelf;
	}
	g_autofree char *home = text_clean(cli_home(cli), false);
	cli_say(cli, "已建立 %s：清单 %u 份，主题 %d 个，上架 %d 个", home, lists->len, themes,
		on_shelf);
	cli_json(
		cli, json_pack("{s:s,s:s,s:i,s:i,s:i}", "home", home, "store", store_id_text(store),
			     "lists", (int)lists->len, "themes", themes, "on_shelf", on_shelf));
	return true;
}

/* A home that a killed `init` left without lists is completed; any other existing one is refused.
 */
static bool make_home(struct cli *cli, GError **error)
{
	g_autoptr(GError) local = NULL;
	if (store_create(cli_home(cli), cli_now_ms(cli), &local))
		return true;
	struct store *store =
		err_is(local, ERR_CODE_EXISTS) ? cli_store(cli, STORE_MODE_WRITE, NULL) : NULL;
	g_autoptr(GPtrArray) lists = store == NULL ? NULL : catalogue_list_all(store, NULL);
	if (lists != NULL && lists->len == 0)
		return true;
	g_propagate_error(error, g_steal_pointer(&local));
	return false;
}

bool cli_init(struct cli *cli, GError **error)
{
	g_autofree char *data = cli_data_directory();
	if (!check_data(cli, data, error) || !make_home(cli, error))
		return false;
	struct store *store = cli_store(cli, STORE_MODE_WRITE, error);
	return store != NULL && catalogue_install(store, data, cli_now_ms(cli), NULL, error) &&
	       report(cli, error);
}
