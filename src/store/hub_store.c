#include "store/hub_store.h"

#include "hub_schema.h"
#include "store/engine.h"

/* Tables of the hub's store that nobody updates or deletes from. */
static const char *const guarded[] = {"fact", "store_identity", NULL};

const struct store_registry store_registry_hub = {
	.file = "hub.db",
	.schemas = hub_schema_texts,
	.schema_count = HUB_SCHEMA_COUNT,
	.statements = hub_statement_texts,
	.first = HUB_STATEMENT_FIRST,
	.count = HUB_STATEMENT_COUNT,
	.guarded = guarded,
	.setting_get = HUB_STATEMENT_SETTING_GET,
	.setting_put = HUB_STATEMENT_SETTING_PUT,
	.setting_delete = HUB_STATEMENT_SETTING_DELETE,
	.identity_get = HUB_STATEMENT_STORE_IDENTITY_GET,
	.identity_put = HUB_STATEMENT_STORE_IDENTITY_PUT,
	.secret_put = HUB_STATEMENT_SECRET_PUT,
};

static bool first_of_new(struct store *store, void *data, GError **error)
{
	return engine_new_store(store, *(const int64_t *)data, error);
}

bool hub_store_create(const char *home, int64_t now_ms, GError **error)
{
	return engine_create(&store_registry_hub, home, NULL, first_of_new, &now_ms, error);
}

struct store *hub_store_open(const char *home, enum store_mode mode, GError **error)
{
	return engine_open(&store_registry_hub, home, mode, error);
}
