#include "desk/theme_hold.h"

/* Themes a clerk goes back and forth between; more are forgotten together. */
#define MOST_HELD 16

static void clear(void *data)
{
	struct theme_hold *hold = data;
	theme_free(hold->theme);
	definitions_free(hold->definitions);
}

void theme_hold_drop(void *hold)
{
	if (hold != NULL)
		g_rc_box_release_full(hold, clear);
}

/* Routes and confirmations of the hall are read with a theme, and may change while it is held. */
static void forget_outdated(struct desk *desk)
{
	g_autofree char *now = catalogue_revision(desk->store);
	if (desk->themes != NULL && g_strcmp0(now, desk->themes_revision) != 0)
		g_hash_table_remove_all(desk->themes);
	g_free(desk->themes_revision);
	desk->themes_revision = g_steal_pointer(&now);
}

struct theme_hold *theme_hold_get(
	struct desk *desk, const char *list, int version, const char *theme, GError **error)
{
	g_autofree char *key = g_strdup_printf("%s/%d/%s", list, version, theme);
	if (desk->themes == NULL)
		desk->themes =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, theme_hold_drop);
	forget_outdated(desk);
	struct theme_hold *hold = g_hash_table_lookup(desk->themes, key);
	if (hold != NULL)
		return g_rc_box_acquire(hold);
	struct theme_hold read = {0};
	if (!catalogue_open_theme(
		    desk->store, list, version, theme, &read.theme, &read.definitions, error))
		return NULL;
	hold = g_rc_box_dup(sizeof read, &read);
	if (g_hash_table_size(desk->themes) >= MOST_HELD)
		g_hash_table_remove_all(desk->themes);
	g_hash_table_insert(desk->themes, g_steal_pointer(&key), g_rc_box_acquire(hold));
	return hold;
}
