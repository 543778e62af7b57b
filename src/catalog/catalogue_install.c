/* What `init` does with the shipped data. */
#include "catalog/catalogue_rows.h"

struct installing {
	struct catalog_set *set;
	struct catalog_faults *faults;
	struct catalogue_act act;
};

static bool shelve_described(struct store *store, const char *list, int64_t now_ms, GError **error)
{
	g_autoptr(GPtrArray) themes = catalogue_themes(store, list, 0, error);
	for (guint i = 0; themes != NULL && i < themes->len; i++) {
		const struct theme_hit *theme = themes->pdata[i];
		if (theme->described &&
			!catalogue_shelf(store, list, theme->theme, true, "", now_ms, error))
			return false;
	}
	return themes != NULL;
}

/* One transaction: a home has all of the shipped data or none. */
static bool install(struct store *store, void *data, GError **error)
{
	struct installing *installing = data;
	const struct catalogue_act *act = &installing->act;
	g_auto(GStrv) lists = NULL;
	if (!catalogue_import_set(store, installing->set, act, installing->faults, &lists, error))
		return false;
	for (char **list = lists; *list != NULL; list++)
		if (!catalogue_submit_checked(store, *list, act, error) ||
			!catalogue_publish(store, *list, act, NULL, error))
			return false;
	for (guint i = 0; i < installing->set->shelves->len; i++) {
		const struct catalog_shelf *shelf = installing->set->shelves->pdata[i];
		if (shelf->on_shelf &&
			(!catalogue_authorise(store, shelf->list, NULL, true, act, error) ||
				!shelve_described(store, shelf->list, act->now_ms, error)))
			return false;
	}
	return true;
}

bool catalogue_install(struct store *store, const char *dir, int64_t now_ms,
	struct catalog_faults *faults, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) own = faults == NULL ? catalog_faults_new() : NULL;
	struct installing installing = {
		.set = set,
		.faults = faults == NULL ? own : faults,
		.act = {.author = "", .filing = "", .effective_from = "", .now_ms = now_ms},
	};
	catalog_set_add_path(set, installing.faults, dir);
	return store_write(store, install, &installing, error);
}
