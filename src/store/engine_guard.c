/*
 * The authorizer: no statement updates, deletes from, drops or alters a guarded table. Bodies of
 * facts may be deleted only while journal_erase_case runs. INSERT OR REPLACE passes here; triggers
 * catch it.
 */
#include "store/engine.h"

static bool is_guarded(const struct store *store, const char *table)
{
	for (const char *const *name = store->registry->guarded; *name != NULL; name++)
		if (g_strcmp0(*name, table) == 0)
			return true;
	return false;
}

static bool is_allowed(const struct store *store, int action, const char *first, const char *second)
{
	switch (action) {
	case SQLITE_DELETE:
		if (store->erasing && strcmp(first, "fact_body") == 0)
			return true;
		return !is_guarded(store, first);
	case SQLITE_UPDATE:
	case SQLITE_DROP_TABLE:
		return !is_guarded(store, first);
	case SQLITE_ALTER_TABLE:
	case SQLITE_DROP_TRIGGER:
		return !is_guarded(store, second);
	case SQLITE_ATTACH:
		return false;
	default:
		return true;
	}
}

static int authorize(void *data, int action, const char *first, const char *second, const char *db,
	const char *trigger)
{
	return is_allowed(data, action, first, second) ? SQLITE_OK : SQLITE_DENY;
}

void engine_guard(struct store *store, bool on)
{
	sqlite3_set_authorizer(store->db, on ? authorize : NULL, store);
}
