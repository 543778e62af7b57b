#include "sync/supply_rows.h"

#include <string.h>

#include "base/digest.h"
#include "base/err.h"

static const struct store_shape version_shape = {sizeof(struct supply_thing),
	(const struct store_column[]){
		STORE_COLUMN(TEXT, struct supply_thing, list),
		STORE_COLUMN(INTEGER, struct supply_thing, number),
		STORE_COLUMN(TEXT, struct supply_thing, digest),
		STORE_COLUMN(TEXT, struct supply_thing, effective_from),
		STORE_COLUMN(TEXT, struct supply_thing, filing),
		STORE_COLUMN(TEXT, struct supply_thing, author),
		STORE_COLUMNS_END,
	}};

static const struct store_shape calendar_shape = {
	sizeof(struct supply_thing), (const struct store_column[]){
					     STORE_COLUMN(INTEGER, struct supply_thing, number),
					     STORE_COLUMN(TEXT, struct supply_thing, digest),
					     STORE_COLUMNS_END,
				     }};

struct grant_row {
	char *list;
	char *theme;
};

static const struct store_shape grant_shape = {
	sizeof(struct grant_row), (const struct store_column[]){
					  STORE_COLUMN(TEXT, struct grant_row, list),
					  STORE_COLUMN(TEXT, struct grant_row, theme),
					  STORE_COLUMNS_END,
				  }};

struct memory_row {
	char *kind;
	char *list;
	int64_t number;
	char *agreed;
	char *refused;
	char *reason;
};

static const struct store_shape memory_shape = {
	sizeof(struct memory_row), (const struct store_column[]){
					   STORE_COLUMN(TEXT, struct memory_row, kind),
					   STORE_COLUMN(TEXT, struct memory_row, list),
					   STORE_COLUMN(INTEGER, struct memory_row, number),
					   STORE_COLUMN(TEXT, struct memory_row, agreed),
					   STORE_COLUMN(TEXT, struct memory_row, refused),
					   STORE_COLUMN(TEXT, struct memory_row, reason),
					   STORE_COLUMNS_END,
				   }};

static void thing_free(void *thing)
{
	supply_thing_free(thing);
}

static void memory_free(void *memory)
{
	supply_memory_free(memory);
}

static void put(char **place, const char *text)
{
	g_free(*place);
	*place = g_strdup(text);
}

/* ---- what the home has ---- */

static bool add_rows(struct store *store, int statement, const struct store_shape *shape,
	enum supply_kind kind, GPtrArray *things, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(store, statement, STORE_NO_VALUES, shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct supply_thing *row = rows->pdata[i];
		struct supply_thing *thing = supply_thing_new(
			kind, row->list != NULL ? row->list : "", row->number, row->digest);
		if (kind == SUPPLY_KIND_VERSION) {
			put(&thing->effective_from, row->effective_from);
			put(&thing->filing, row->filing);
			put(&thing->author, row->author);
		}
		g_ptr_array_add(things, thing);
	}
	return rows != NULL;
}

/* themes as a GStrv with its NULL; one that is '' stands for all. */
static void add_grant(GPtrArray *things, const char *list, GPtrArray *themes)
{
	bool all = themes->len > 0 && *(const char *)themes->pdata[0] == '\0';
	g_ptr_array_add(themes, NULL);
	g_autofree char *body = supply_grant_body(all, (const char *const *)themes->pdata);
	struct digest digest = digest_of(body, strlen(body));
	g_autofree char *text = digest_dup_text(&digest);
	struct supply_thing *thing = supply_thing_new(SUPPLY_KIND_GRANT, list, 0, text);
	put(&thing->body, body);
	g_ptr_array_add(things, thing);
	g_ptr_array_set_size(themes, 0);
}

/* Rows come by list and theme. */
static bool add_grants(struct store *store, GPtrArray *things, GHashTable *granted, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(
		store, STATEMENT_SYNC_SUPPLY_GRANTS, STORE_NO_VALUES, &grant_shape, error);
	g_autoptr(GPtrArray) themes = g_ptr_array_new();
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct grant_row *row = rows->pdata[i];
		g_ptr_array_add(themes, row->theme);
		bool last = i + 1 == rows->len ||
			    strcmp(((struct grant_row *)rows->pdata[i + 1])->list, row->list) != 0;
		if (last) {
			add_grant(things, row->list, themes);
			g_hash_table_add(granted, g_strdup(row->list));
		}
	}
	return rows != NULL;
}

/* A list of which both sides had a grant once, and now there is no theme: that is a grant of
 * nothing. */
static bool add_empty_grants(
	struct store *store, GPtrArray *things, GHashTable *granted, GError **error)
{
	g_autoptr(GPtrArray) memories = supply_rows_memory(store, error);
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	for (guint i = 0; memories != NULL && i < memories->len; i++) {
		const struct supply_memory *memory = memories->pdata[i];
		if (memory->kind == SUPPLY_KIND_GRANT && memory->agreed[0] != '\0' &&
			!g_hash_table_contains(granted, memory->list))
			add_grant(things, memory->list, none);
	}
	return memories != NULL;
}

GPtrArray *supply_rows_home(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) things = g_ptr_array_new_with_free_func(thing_free);
	g_autoptr(GHashTable) granted =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bool good = add_rows(store, STATEMENT_SYNC_SUPPLY_VERSIONS, &version_shape,
			    SUPPLY_KIND_VERSION, things, error) &&
		    add_rows(store, STATEMENT_SYNC_SUPPLY_CALENDARS, &calendar_shape,
			    SUPPLY_KIND_CALENDAR, things, error) &&
		    add_grants(store, things, granted, error) &&
		    add_empty_grants(store, things, granted, error);
	return good ? g_steal_pointer(&things) : NULL;
}

int64_t supply_rows_mark(const GPtrArray *home)
{
	uint64_t mark = 1;
	for (guint i = 0; i < home->len; i++) {
		const struct supply_thing *thing = home->pdata[i];
		uint64_t one = g_str_hash(thing->digest) * UINT64_C(31) + g_str_hash(thing->list);
		mark += (one * 31 + (uint64_t)thing->number) * UINT64_C(0x9e3779b97f4a7c15);
	}
	return (int64_t)(mark & INT64_MAX);
}

/* ---- what was said before ---- */

static enum supply_kind kind_of(const char *word)
{
	for (enum supply_kind kind = 0; kind < SUPPLY_KIND_COUNT; kind++)
		if (strcmp(supply_kind_word(kind), word) == 0)
			return kind;
	return SUPPLY_KIND_COUNT;
}

GPtrArray *supply_rows_memory(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(
		store, STATEMENT_SYNC_SUPPLY_MEMORY, STORE_NO_VALUES, &memory_shape, error);
	if (rows == NULL)
		return NULL;
	GPtrArray *memories = g_ptr_array_new_with_free_func(memory_free);
	for (guint i = 0; i < rows->len; i++) {
		const struct memory_row *row = rows->pdata[i];
		enum supply_kind kind = kind_of(row->kind);
		if (kind == SUPPLY_KIND_COUNT)
			continue;
		struct supply_memory *memory = supply_memory_new(kind, row->list, row->number);
		put(&memory->agreed, row->agreed);
		put(&memory->refused, row->refused);
		put(&memory->reason, row->reason);
		g_ptr_array_add(memories, memory);
	}
	return memories;
}

GBytes *supply_rows_bytes(struct store *store, const struct supply_thing *thing, GError **error)
{
	GBytes *bytes = NULL;
	int statement = thing->kind == SUPPLY_KIND_VERSION ? STATEMENT_SYNC_SUPPLY_VERSION_BYTES
							   : STATEMENT_SYNC_SUPPLY_CALENDAR_BYTES;
	if (store_blob(store, statement,
		    STORE_VALUES(STORE_TEXT("list", thing->list),
			    STORE_INTEGER("number", thing->number)),
		    &bytes, error) &&
		bytes == NULL)
		err_set(error, ERR_CODE_NOT_FOUND, NULL);
	return bytes;
}

/* ---- writing ---- */

struct saying {
	const struct supply_thing *thing;
	const char *reason; /* NULL: agreed */
	int64_t now_ms;
};

static bool say(struct store *store, void *data, GError **error)
{
	const struct saying *saying = data;
	const struct supply_thing *thing = saying->thing;
	const char *kind = supply_kind_word(thing->kind);
	if (saying->reason == NULL)
		return store_run(store, STATEMENT_SYNC_SUPPLY_AGREE,
			STORE_VALUES(STORE_TEXT("kind", kind), STORE_TEXT("list", thing->list),
				STORE_INTEGER("number", thing->number),
				STORE_TEXT("digest", thing->digest),
				STORE_INTEGER("at_ms", saying->now_ms)),
			error);
	return store_run(store, STATEMENT_SYNC_SUPPLY_REFUSE,
		STORE_VALUES(STORE_TEXT("kind", kind), STORE_TEXT("list", thing->list),
			STORE_INTEGER("number", thing->number), STORE_TEXT("digest", thing->digest),
			STORE_TEXT("reason", saying->reason),
			STORE_INTEGER("at_ms", saying->now_ms)),
		error);
}

bool supply_rows_agree(
	struct store *store, const struct supply_thing *thing, int64_t now_ms, GError **error)
{
	struct saying saying = {thing, NULL, now_ms};
	return store_write(store, say, &saying, error);
}

bool supply_rows_refuse(struct store *store, const struct supply_thing *thing, const char *reason,
	int64_t now_ms, GError **error)
{
	struct saying saying = {thing, reason, now_ms};
	return store_write(store, say, &saying, error);
}

struct looking {
	const GPtrArray *hub;
	const char *trouble;
	int64_t now_ms;
};

static bool look(struct store *store, void *data, GError **error)
{
	const struct looking *looking = data;
	for (guint i = 0; i < looking->hub->len; i++) {
		const struct supply_thing *thing = looking->hub->pdata[i];
		if (thing->kind == SUPPLY_KIND_VERSION &&
			!store_run(store, STATEMENT_CATALOGUE_LIST_SET_HUB_LAST,
				STORE_VALUES(STORE_TEXT("list", thing->list),
					STORE_INTEGER("version", thing->number)),
				error))
			return false;
	}
	return store_run(store, STATEMENT_SYNC_SUPPLY_LOOKED,
		STORE_VALUES(STORE_INTEGER("at_ms", looking->now_ms),
			STORE_TEXT("trouble", looking->trouble)),
		error);
}

bool supply_rows_looked(struct store *store, const GPtrArray *hub, const char *trouble,
	int64_t now_ms, GError **error)
{
	struct looking looking = {hub, trouble, now_ms};
	return store_write(store, look, &looking, error);
}
