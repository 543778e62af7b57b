#include "sync/wire.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"

#define MOST_REASON 200

/* ---- what an answer means ---- */

static char *sentence_of(enum err_code code)
{
	return g_strdup_printf("%s。%s。", err_sentence(code), err_next(code));
}

/* The hub's own words, cleaned and cut; our next step behind them. */
static char *sentence_from(const json_t *problem, enum err_code code)
{
	const char *title = json_text(problem, "title", "");
	if (title[0] == '\0')
		return sentence_of(code);
	g_autofree char *clean = text_clean(title, false);
	if (g_utf8_strlen(clean, -1) > MOST_REASON)
		*g_utf8_offset_to_pointer(clean, MOST_REASON) = '\0';
	bool whole = g_str_has_suffix(clean, "。");
	return whole ? g_strdup(clean) : g_strdup_printf("%s。%s。", clean, err_next(code));
}

static bool is_line_task(enum sync_task task)
{
	return task < SYNC_LINE_TASKS;
}

/* Nothing whole came back. With a connection it may be this one request that the hub cannot bear.
 */
static enum sync_outcome nothing_came(
	enum sync_task task, const struct wire_reply *reply, char **ret_reason)
{
	/* A piece of a version that did not come says nothing about the line. */
	bool line = !reply->connected || (is_line_task(task) && task != SYNC_TASK_SUPPLY);
	*ret_reason = line ? sentence_of(ERR_CODE_UNAVAILABLE)
			   : g_strdup("中心没有答完。已排队重试，长时间不好请告知管理员。");
	return line ? SYNC_OUTCOME_UNREACHABLE : SYNC_OUTCOME_LATER;
}

static json_t *object_of(const struct wire_reply *reply)
{
	if (reply->bytes == NULL || reply->size == 0)
		return NULL;
	json_t *body = json_read(reply->bytes, reply->size, "", NULL);
	if (json_is_object(body))
		return body;
	json_decref(body);
	return NULL;
}

static enum sync_outcome conflict(enum sync_task task, const json_t *problem, char **ret_reason)
{
	const char *code = json_text(problem, "code", "");
	bool journal = task == SYNC_TASK_HEAD || task == SYNC_TASK_JOURNAL;
	if (strcmp(code, "fork") == 0) {
		*ret_reason = sentence_of(ERR_CODE_FORK);
		return SYNC_OUTCOME_FORK;
	}
	if (journal && strcmp(code, "stale") == 0) {
		*ret_reason = sentence_of(ERR_CODE_HUB_ANSWER);
		return SYNC_OUTCOME_STALE;
	}
	*ret_reason = sentence_from(problem, ERR_CODE_HUB_REFUSED);
	return SYNC_OUTCOME_REFUSED;
}

static enum sync_outcome later(enum err_code code, const json_t *problem, char **ret_reason)
{
	*ret_reason = problem == NULL ? sentence_of(code) : sentence_from(problem, code);
	return SYNC_OUTCOME_LATER;
}

static enum sync_outcome not_good(
	enum sync_task task, const struct wire_reply *reply, char **ret_reason)
{
	g_autoptr(json_t) problem = object_of(reply);
	switch (reply->status) {
	case 401:
		*ret_reason = sentence_of(ERR_CODE_HUB_AUTH);
		return SYNC_OUTCOME_AUTH;
	case 408:
	case 412:
	case 425:
	case 429:
		return later(ERR_CODE_UNAVAILABLE, NULL, ret_reason);
	}
	if (reply->status >= 500) {
		*ret_reason = g_strdup_printf(
			"中心出错（%ld）。已排队重试，长时间不好请告知管理员。", reply->status);
		return SYNC_OUTCOME_LATER;
	}
	/* A refusal has to come from the hub itself, not from something between it and us. */
	if (problem == NULL || reply->status < 400)
		return later(ERR_CODE_HUB_ANSWER, NULL, ret_reason);
	if (reply->status == 409)
		return conflict(task, problem, ret_reason);
	*ret_reason =
		sentence_from(problem, reply->status == 423 ? ERR_CODE_HELD : ERR_CODE_HUB_REFUSED);
	return SYNC_OUTCOME_REFUSED;
}

enum sync_outcome wire_outcome(
	enum sync_task task, const struct wire_reply *reply, json_t **ret_body, char **ret_reason)
{
	if (reply->status == 0)
		return nothing_came(task, reply, ret_reason);
	if (reply->status < 200 || reply->status > 299)
		return not_good(task, reply, ret_reason);
	if (task == SYNC_TASK_BLOB && (reply->status == 204 || reply->size == 0))
		return SYNC_OUTCOME_DONE;
	json_t *body = object_of(reply);
	if (body == NULL)
		return later(ERR_CODE_HUB_ANSWER, NULL, ret_reason);
	*ret_body = body;
	return SYNC_OUTCOME_DONE;
}

int64_t wire_stale_seq(const struct wire_reply *reply)
{
	g_autoptr(json_t) problem = object_of(reply);
	return json_integer_or(problem, "seq", -1);
}

/* ---- what is sent ---- */

char *wire_time(int64_t ms)
{
	int64_t seconds = ms / 1000 - (ms % 1000 < 0);
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
	if (time == NULL)
		return g_strdup("");
	g_autofree char *text = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
	return g_strdup_printf("%s.%03dZ", text, (int)(ms - seconds * 1000));
}

static json_t *time_value(int64_t ms)
{
	g_autofree char *text = wire_time(ms);
	return json_string(text);
}

static json_t *digest_value(GBytes *bytes)
{
	struct digest digest = {0};
	gsize size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	if (size == DIGEST_SIZE)
		memcpy(digest.bytes, data, DIGEST_SIZE);
	g_autofree char *text = digest_dup_text(&digest);
	return json_string(text);
}

static json_t *hex_value(GBytes *bytes)
{
	if (bytes == NULL)
		return json_null();
	gsize size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	g_autofree char *hex = digest_hex(data, size);
	return json_string(hex);
}

static json_t *body_value(GBytes *bytes)
{
	if (bytes == NULL)
		return json_null();
	gsize size = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	return json_stringn(data, size);
}

static json_t *fact_value(const struct journal_row *row)
{
	json_t *fact = json_object();
	json_object_set_new(fact, "seq", json_integer(row->seq));
	json_object_set_new(fact, "kind", json_string(row->kind));
	json_object_set_new(
		fact, "case", row->case_id == NULL ? json_null() : json_string(row->case_id));
	json_object_set_new(fact, "item", json_integer(row->item));
	json_object_set_new(fact, "time", time_value(row->time_ms));
	json_object_set_new(fact, "happened",
		row->happened_ms == 0 ? json_string("") : time_value(row->happened_ms));
	json_object_set_new(fact, "actor", json_string(row->actor));
	json_object_set_new(fact, "os_user", json_string(row->os_user));
	json_object_set_new(fact, "window", json_string(row->window));
	json_object_set_new(fact, "authority", json_string(row->authority));
	json_object_set_new(fact, "source", json_string(row->source));
	json_object_set_new(fact, "previous", digest_value(row->previous));
	json_object_set_new(fact, "hash", digest_value(row->hash));
	json_object_set_new(fact, "body_digest", digest_value(row->body_digest));
	json_object_set_new(fact, "salt", hex_value(row->salt));
	json_object_set_new(fact, "body", body_value(row->body));
	return fact;
}

char *wire_journal(const char *store, const GPtrArray *rows, size_t *ret_size)
{
	g_autoptr(json_t) body = json_object();
	json_t *facts = json_array();
	json_object_set_new(body, "store", json_string(store));
	json_object_set_new(body, "facts", facts);
	size_t bytes = 0;
	for (guint i = 0; i < rows->len; i++) {
		const struct journal_row *row = rows->pdata[i];
		bytes += 1024 + (row->body == NULL ? 0 : g_bytes_get_size(row->body));
		if (i > 0 && bytes > WIRE_MOST_BATCH)
			break;
		json_array_append_new(facts, fact_value(row));
	}
	return json_frozen(body, ret_size);
}

char *wire_enrol(const char *store, const char *hall, const char *window, const char *window_name,
	const char *secret, size_t *ret_size)
{
	g_autoptr(json_t) body = json_object();
	json_object_set_new(body, "store", json_string(store));
	json_object_set_new(body, "hall", json_string(hall));
	json_object_set_new(body, "window", json_string(window));
	if (window_name[0] != '\0')
		json_object_set_new(body, "window_name", json_string(window_name));
	if (secret[0] != '\0')
		json_object_set_new(body, "secret", json_string(secret));
	return json_frozen(body, ret_size);
}

/* ---- what comes ---- */

bool wire_head(const json_t *body, const char *store, int64_t *ret_seq, struct digest *ret_hash)
{
	int64_t seq = json_integer_or(body, "seq", -1);
	if (seq < 0 || strcmp(json_text(body, "store", store), store) != 0)
		return false;
	if (seq > 0 && !digest_from_text(json_text(body, "hash", ""), ret_hash))
		return false;
	*ret_seq = seq;
	return true;
}

bool wire_block(const json_t *body, int64_t *ret_first, int64_t *ret_last)
{
	int64_t first = json_integer_or(body, "first", 0), last = json_integer_or(body, "last", 0);
	if (first < 1 || last < first || last > 9999)
		return false;
	*ret_first = first;
	*ret_last = last;
	return true;
}

GArray *wire_updates(const json_t *body, int64_t after, int64_t *ret_cursor)
{
	const json_t *list = json_object_get(body, "updates");
	const json_t *cursor = json_object_get(body, "cursor");
	if (!json_is_array(list) || !json_is_integer(cursor))
		return NULL;
	g_autoptr(GArray) updates = g_array_new(FALSE, FALSE, sizeof(struct wire_update));
	int64_t last = after;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i);
		struct wire_update update = {
			.cursor = json_integer_or(entry, "cursor", -1),
			.kind = json_text(entry, "kind", "update"),
			.document = json_text(entry, "document", NULL),
		};
		if (update.cursor <= last || update.document == NULL)
			return NULL;
		last = update.cursor;
		g_array_append_val(updates, update);
	}
	*ret_cursor = MAX(last, json_integer_value(cursor));
	return g_steal_pointer(&updates);
}
