#include "hub/fact.h"

#include "base/err.h"
#include "core/date.h"
#include "hub/bind.h"
#include "hub/hub.h"
#include "hub/model.h"

#define SALT_SIZE 16
#define MOST_BODY (1 << 20)

/* The members of a fact as they stand in its JSON, borrowed. */
struct wire_fact {
	int64_t seq, item, time_ms, happened_ms;
	const char *kind, *case_id, *actor, *os_user, *window, *authority, *source;
	const char *previous, *hash, *body_digest, *salt, *body;
};

static bool bind_fact(
	const json_t *value, const char *where, struct wire_fact *wire, GError **error)
{
	const struct bind binds[] = {BIND_NEED_INTEGER("seq", &wire->seq, 1, INT64_MAX - 1),
		BIND_NEED_TEXT("kind", &wire->kind, 64), BIND_TEXT("case", &wire->case_id, 64),
		BIND_INTEGER("item", &wire->item, -1, 9999), BIND_NEED_TIME("time", &wire->time_ms),
		BIND_TIME("happened", &wire->happened_ms), BIND_TEXT("actor", &wire->actor, 200),
		BIND_TEXT("os_user", &wire->os_user, 200), BIND_TEXT("window", &wire->window, 64),
		BIND_NEED_TEXT("authority", &wire->authority, 64),
		BIND_NEED_TEXT("source", &wire->source, 64),
		BIND_NEED_DIGEST("previous", &wire->previous),
		BIND_NEED_DIGEST("hash", &wire->hash),
		BIND_NEED_DIGEST("body_digest", &wire->body_digest),
		BIND_TEXT("salt", &wire->salt, 2 * SALT_SIZE),
		BIND_TEXT("body", &wire->body, MOST_BODY), BIND_END};
	return bind_object(value, where, binds, error);
}

static GBytes *digest_bytes(const char *text)
{
	struct digest digest = {{0}};
	(void)digest_from_text(text, &digest);
	return g_bytes_new(digest.bytes, DIGEST_SIZE);
}

static bool bytes_are(GBytes *bytes, const struct digest *digest)
{
	return g_bytes_get_size(bytes) == DIGEST_SIZE &&
	       memcmp(g_bytes_get_data(bytes, NULL), digest->bytes, DIGEST_SIZE) == 0;
}

static void fill(struct journal_row *row, const struct wire_fact *wire, const char *store)
{
	*row = (struct journal_row){
		.store = g_strdup(store),
		.seq = wire->seq,
		.kind = g_strdup(wire->kind),
		.case_id = g_strdup(wire->case_id),
		.item = wire->item,
		.time_ms = wire->time_ms,
		.happened_ms = wire->happened_ms,
		.actor = g_strdup(wire->actor),
		.os_user = g_strdup(wire->os_user),
		.window = g_strdup(wire->window),
		.authority = g_strdup(wire->authority),
		.source = g_strdup(wire->source),
		.previous = digest_bytes(wire->previous),
		.hash = digest_bytes(wire->hash),
		.body_digest = digest_bytes(wire->body_digest),
	};
}

static bool read_body(
	const struct wire_fact *wire, const char *where, struct journal_row *row, GError **error)
{
	if (wire->body == NULL)
		return true;
	uint8_t salt[SALT_SIZE];
	if (wire->salt == NULL || !digest_unhex(wire->salt, salt, sizeof salt))
		return err_set(error, ERR_CODE_INVALID, "%s.salt 要是 32 位十六进制", where);
	size_t size = strlen(wire->body);
	struct digest digest = journal_body_digest(salt, sizeof salt, wire->body, size);
	if (!bytes_are(row->body_digest, &digest))
		return err_set(error, ERR_CODE_INVALID, "%s 的内容与摘要不符", where);
	row->salt = g_bytes_new(salt, sizeof salt);
	row->body = g_bytes_new(wire->body, size);
	return true;
}

bool fact_read(const json_t *value, const char *where, const char *store,
	struct journal_row *ret_row, GError **error)
{
	struct wire_fact wire = {.item = -1, .actor = "", .os_user = "", .window = ""};
	*ret_row = (struct journal_row){0};
	if (!bind_fact(value, where, &wire, error))
		return false;
	fill(ret_row, &wire, store);
	struct digest hash = journal_hash(ret_row);
	if (!bytes_are(ret_row->hash, &hash))
		return err_set(error, ERR_CODE_INVALID, "%s 的散列值不对", where);
	return read_body(&wire, where, ret_row, error);
}

void fact_clear(struct journal_row *row)
{
	store_row_clear(&journal_row_shape, row);
}

static json_t *digest_json(GBytes *bytes)
{
	struct digest digest = {{0}};
	char text[DIGEST_TEXT_SIZE];
	if (bytes != NULL && g_bytes_get_size(bytes) == DIGEST_SIZE)
		memcpy(digest.bytes, g_bytes_get_data(bytes, NULL), DIGEST_SIZE);
	digest_to_text(&digest, text);
	return json_string(text);
}

static json_t *salt_json(GBytes *salt)
{
	if (salt == NULL)
		return json_null();
	gsize size = 0;
	const void *data = g_bytes_get_data(salt, &size);
	g_autofree char *hex = digest_hex(data, size);
	return json_string(hex);
}

json_t *fact_json(const struct journal_row *row)
{
	g_autofree char *time = hub_time_text(row->time_ms);
	g_autofree char *happened = row->happened_ms != 0 ? hub_time_text(row->happened_ms) : NULL;
	return json_pack("{s:s, s:I, s:s, s:s?, s:I, s:s, s:s?, s:s, s:s, s:s, s:s, s:s, s:o, s:o, "
			 "s:o, s:o, s:o}",
		"store", row->store, "seq", (json_int_t)row->seq, "kind", row->kind, "case",
		row->case_id, "item", (json_int_t)row->item, "time", time, "happened", happened,
		"actor", row->actor, "os_user", row->os_user, "window", row->window, "authority",
		row->authority, "source", row->source, "previous", digest_json(row->previous),
		"hash", digest_json(row->hash), "body_digest", digest_json(row->body_digest),
		"salt", salt_json(row->salt), "body", model_bytes_text(row->body));
}
