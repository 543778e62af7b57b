#include "store/journal.h"

#include "store/engine.h"

#define SALT_SIZE 16

static const char *const authority_names[AUTHORITY_COUNT] = {
	"window", "department", "applicant", "bureau", "law"};
static const char *const source_names[FACT_SOURCE_COUNT] = {
	"direct", "paper", "telephone", "timer"};

static const struct store_column row_columns[] = {
	STORE_COLUMN(TEXT, struct journal_row, store),
	STORE_COLUMN(INTEGER, struct journal_row, seq),
	STORE_COLUMN(TEXT, struct journal_row, kind),
	STORE_COLUMN(TEXT, struct journal_row, case_id),
	STORE_COLUMN(INTEGER, struct journal_row, item),
	STORE_COLUMN(INTEGER, struct journal_row, time_ms),
	STORE_COLUMN(INTEGER, struct journal_row, happened_ms),
	STORE_COLUMN(TEXT, struct journal_row, actor),
	STORE_COLUMN(TEXT, struct journal_row, os_user),
	STORE_COLUMN(TEXT, struct journal_row, window),
	STORE_COLUMN(TEXT, struct journal_row, authority),
	STORE_COLUMN(TEXT, struct journal_row, source),
	STORE_COLUMN(BLOB, struct journal_row, previous),
	STORE_COLUMN(BLOB, struct journal_row, hash),
	STORE_COLUMN(BLOB, struct journal_row, body_digest),
	STORE_COLUMN(BLOB, struct journal_row, salt),
	STORE_COLUMN(BLOB, struct journal_row, body),
	STORE_COLUMNS_END,
};
const struct store_shape journal_row_shape = {sizeof(struct journal_row), row_columns};

static int name_index(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return count;
}

const char *authority_name(enum authority authority)
{
	return authority_names[authority];
}

enum authority authority_from_name(const char *name)
{
	return (enum authority)name_index(authority_names, AUTHORITY_COUNT, name);
}

const char *fact_source_name(enum fact_source source)
{
	return source_names[source];
}

enum fact_source fact_source_from_name(const char *name)
{
	return (enum fact_source)name_index(source_names, FACT_SOURCE_COUNT, name);
}

bool journal_head(struct store *store, struct journal_head *ret_head, GError **error)
{
	struct head_row {
		int64_t seq;
		GBytes *hash;
	} row;
	static const struct store_column columns[] = {STORE_COLUMN(INTEGER, struct head_row, seq),
		STORE_COLUMN(BLOB, struct head_row, hash), STORE_COLUMNS_END};
	static const struct store_shape shape = {sizeof(struct head_row), columns};
	bool found = false;
	if (!store_row(store, STATEMENT_FACT_HEAD, STORE_NO_VALUES, &shape, &row, &found, error))
		return false;
	*ret_head = (struct journal_head){0};
	if (found) {
		ret_head->seq = row.seq;
		memcpy(ret_head->hash.bytes, g_bytes_get_data(row.hash, NULL), DIGEST_SIZE);
		store_row_clear(&shape, &row);
	}
	return true;
}

static bool put_fact(struct store *store, const struct journal_row *row,
	const struct digest *previous, const struct digest *body_digest, const struct digest *hash,
	GError **error)
{
	return store_run(store, STATEMENT_FACT_PUT,
		STORE_VALUES(STORE_INTEGER("seq", row->seq), STORE_TEXT("kind", row->kind),
			STORE_TEXT("case_id", row->case_id), STORE_INTEGER("item", row->item),
			STORE_INTEGER("time_ms", row->time_ms),
			STORE_INTEGER("happened_ms", row->happened_ms),
			STORE_TEXT("actor", row->actor), STORE_TEXT("os_user", row->os_user),
			STORE_TEXT("window", row->window), STORE_TEXT("authority", row->authority),
			STORE_TEXT("source", row->source),
			STORE_BLOB("previous", previous->bytes, DIGEST_SIZE),
			STORE_BLOB("body_digest", body_digest->bytes, DIGEST_SIZE),
			STORE_BLOB("hash", hash->bytes, DIGEST_SIZE)),
		error);
}

static bool put_chained(struct store *store, const struct fact *fact,
	const struct journal_head *head, const struct digest *body_digest, GError **error)
{
	g_autoptr(GBytes) previous = g_bytes_new(head->hash.bytes, DIGEST_SIZE);
	g_autoptr(GBytes) digest = g_bytes_new(body_digest->bytes, DIGEST_SIZE);
	/* The row only borrows here: journal_hash reads it. */
	struct journal_row row = {
		.store = (char *)store_id_text(store),
		.seq = head->seq + 1,
		.kind = (char *)fact->kind,
		.case_id = (char *)fact->case_id,
		.item = fact->item,
		.time_ms = fact->time_ms,
		.happened_ms = fact->happened_ms,
		.actor = (char *)(fact->actor ? fact->actor : ""),
		.os_user = (char *)g_get_user_name(),
		.window = (char *)(fact->window ? fact->window : ""),
		.authority = (char *)authority_name(fact->authority),
		.source = (char *)fact_source_name(fact->source),
		.previous = previous,
		.body_digest = digest,
	};
	struct digest hash = journal_hash(&row);
	return put_fact(store, &row, &head->hash, body_digest, &hash, error);
}

static char *frozen_body(const struct fact *fact, size_t *ret_size)
{
	if (fact->body != NULL)
		return json_frozen(fact->body, ret_size);
	*ret_size = 2;
	return g_strdup("{}");
}

bool journal_append(struct store *store, const struct fact *fact, int64_t *ret_seq, GError **error)
{
	if (store->depth == 0 || store->registry != &store_registry_home)
		g_error("a fact is appended inside store_write of a home's store");
	struct journal_head head;
	if (!journal_head(store, &head, error))
		return false;
	uint8_t salt[SALT_SIZE];
	digest_random(salt, sizeof salt);
	size_t size = 0;
	g_autofree char *body = frozen_body(fact, &size);
	struct digest body_digest = journal_body_digest(salt, sizeof salt, body, size);
	if (!put_chained(store, fact, &head, &body_digest, error) ||
		!store_run(store, STATEMENT_FACT_BODY_PUT,
			STORE_VALUES(STORE_INTEGER("seq", head.seq + 1),
				STORE_BLOB("salt", salt, sizeof salt),
				STORE_BLOB("body", body, size)),
			error))
		return false;
	if (ret_seq != NULL)
		*ret_seq = head.seq + 1;
	return true;
}

void journal_row_free(struct journal_row *row)
{
	store_row_free(row);
}

GPtrArray *journal_after(struct store *store, int64_t after, int64_t most, GError **error)
{
	return store_rows(store, STATEMENT_FACT_AFTER,
		STORE_VALUES(STORE_INTEGER("after", after), STORE_INTEGER("most", most)),
		&journal_row_shape, error);
}

GPtrArray *journal_of_case(struct store *store, const char *case_id, GError **error)
{
	return store_rows(store, STATEMENT_FACT_OF_CASE,
		STORE_VALUES(STORE_TEXT("case_id", case_id)), &journal_row_shape, error);
}
