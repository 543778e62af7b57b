/* Stores' facts: received in order, chain checked, kept for ever. */
#include "base/err.h"
#include "hub/bind.h"
#include "hub/fact.h"
#include "hub/handlers.h"
#include "hub/model.h"
#include "hub/sign.h"

#define MOST_FACTS 500
#define MOST_READ 500

struct head {
	int64_t seq;
	GBytes *hash; /* NULL: no fact yet */
};
static const struct store_column head_columns[] = {STORE_COLUMN(INTEGER, struct head, seq),
	STORE_COLUMN(BLOB, struct head, hash), STORE_COLUMNS_END};
static const struct store_shape head_shape = {sizeof(struct head), head_columns};

static bool read_head(struct hub *hub, const char *store, struct head *ret_head, GError **error)
{
	bool found = false;
	return store_row(hub->store, HUB_STATEMENT_FACT_HEAD,
		STORE_VALUES(STORE_TEXT("store", store)), &head_shape, ret_head, &found, error);
}

static bool is_zero(GBytes *bytes)
{
	static const struct digest zero;
	return memcmp(g_bytes_get_data(bytes, NULL), zero.bytes, DIGEST_SIZE) == 0;
}

struct hash_row {
	GBytes *hash;
};
static const struct store_column hash_columns[] = {
	STORE_COLUMN(BLOB, struct hash_row, hash), STORE_COLUMNS_END};
static const struct store_shape hash_shape = {sizeof(struct hash_row), hash_columns};

/* *ret_same: the fact of that seq which is here has this hash; none here counts as the same. */
static bool same_as_kept(struct hub *hub, const char *store, int64_t seq, GBytes *hash,
	bool *ret_same, GError **error)
{
	struct hash_row row = {0};
	bool found = false;
	if (!store_row(hub->store, HUB_STATEMENT_FACT_HASH,
		    STORE_VALUES(STORE_TEXT("store", store), STORE_INTEGER("seq", seq)),
		    &hash_shape, &row, &found, error))
		return false;
	*ret_same = !found || g_bytes_equal(row.hash, hash);
	if (found)
		store_row_clear(&hash_shape, &row);
	return true;
}

/*
 * The first fact of a restored store names the old store, its last seq and hash. The past it names
 * may differ from the one that is here: to restore is the way out of a fork, and both are kept.
 */
static bool check_restored(const struct journal_row *row, GError **error)
{
	g_autoptr(json_t) body = model_bytes_value(row->body);
	const char *old = "", *hash = "";
	int64_t seq = 0;
	const struct bind binds[] = {BIND_NEED_ID("store", &old),
		BIND_NEED_INTEGER("seq", &seq, 0, INT64_MAX - 1), BIND_NEED_DIGEST("hash", &hash),
		BIND_END};
	struct digest digest;
	if (!bind_object(body, "store_restored", binds, error))
		return false;
	bool same = digest_from_text(hash, &digest) && seq == row->seq - 1 &&
		    memcmp(digest.bytes, g_bytes_get_data(row->previous, NULL), DIGEST_SIZE) == 0;
	return same || err_set(error, ERR_CODE_INVALID, "恢复的第一条与它前面的账本不相接");
}

/* Whether the next fact continues the chain that is here. */
static bool check_next(struct hub *hub, struct request *request, const struct head *head,
	const struct journal_row *row, GError **error)
{
	bool first = head->hash == NULL;
	if (first && row->seq > 1 && g_str_equal(row->kind, "store_restored"))
		return check_restored(row, error);
	if (row->seq != head->seq + 1) {
		request->reply.problem = json_pack("{s:I}", "seq", (json_int_t)head->seq);
		return err_set_next(
			error, ERR_CODE_STALE, "账本中间有缺漏", "请从中心已有的下一条发起");
	}
	if (first ? is_zero(row->previous) : g_bytes_equal(row->previous, head->hash))
		return true;
	return err_set(error, ERR_CODE_FORK, NULL);
}

static bool put_fact(struct hub *hub, const struct journal_row *row, GError **error)
{
	gsize previous_size = 0, digest_size = 0, hash_size = 0;
	const void *previous = g_bytes_get_data(row->previous, &previous_size);
	const void *body_digest = g_bytes_get_data(row->body_digest, &digest_size);
	const void *hash = g_bytes_get_data(row->hash, &hash_size);
	return hub_run(hub, HUB_STATEMENT_FACT_PUT,
		STORE_VALUES(STORE_TEXT("store", row->store), STORE_INTEGER("seq", row->seq),
			STORE_TEXT("kind", row->kind), STORE_TEXT("case_id", row->case_id),
			STORE_INTEGER("item", row->item), STORE_INTEGER("time_ms", row->time_ms),
			STORE_INTEGER("happened_ms", row->happened_ms),
			STORE_TEXT("actor", row->actor), STORE_TEXT("os_user", row->os_user),
			STORE_TEXT("window", row->window), STORE_TEXT("authority", row->authority),
			STORE_TEXT("source", row->source),
			STORE_BLOB("previous", previous, previous_size),
			STORE_BLOB("body_digest", body_digest, digest_size),
			STORE_BLOB("hash", hash, hash_size),
			STORE_INTEGER("received_ms", hub_now_ms(hub))),
		error);
}

static bool put_body(struct hub *hub, const struct journal_row *row, GError **error)
{
	if (row->body == NULL)
		return true;
	gsize salt_size = 0, size = 0;
	const void *salt = g_bytes_get_data(row->salt, &salt_size);
	const void *body = g_bytes_get_data(row->body, &size);
	return hub_run(hub, HUB_STATEMENT_FACT_BODY_PUT,
		STORE_VALUES(STORE_TEXT("store", row->store), STORE_INTEGER("seq", row->seq),
			STORE_BLOB("salt", salt, salt_size), STORE_BLOB("body", body, size)),
		error);
}

/* A fact whose body carries a number tells which case its local case is. */
static bool link_case(
	struct hub *hub, const struct caller *caller, const struct journal_row *row, GError **error)
{
	g_autoptr(json_t) body = model_bytes_value(row->body);
	const char *number = json_text(body, "number", NULL);
	char hall[5];
	if (!model_number_hall(number, hall) || !g_str_equal(hall, caller->hall))
		return true;
	const char *window = row->window[0] != '\0' ? row->window : caller->window;
	return hub_run(hub, HUB_STATEMENT_LINK_PUT,
		       STORE_VALUES(STORE_TEXT("store", row->store),
			       STORE_TEXT("case_id", row->case_id), STORE_TEXT("number", number)),
		       error) &&
	       model_case_put(hub, number, hall, row->store, window, error);
}

/* What the applicant's page shows of the window's own steps. */
static bool note_step(
	struct hub *hub, const struct journal_row *row, const char *number, GError **error)
{
	static const char *const kinds[] = {
		"result_in", "delivered", "withdrawn", "archived", "lapsed", NULL};
	if (!g_strv_contains(kinds, row->kind))
		return true;
	return hub_run(hub, HUB_STATEMENT_STEP_PUT,
		STORE_VALUES(STORE_TEXT("number", number), STORE_INTEGER("item", row->item),
			STORE_TEXT("kind", row->kind),
			STORE_INTEGER("at_ms", row->happened_ms ? row->happened_ms : row->time_ms)),
		error);
}

static bool note_case(
	struct hub *hub, const struct caller *caller, const struct journal_row *row, GError **error)
{
	g_autofree char *number = NULL;
	const struct store_value *local =
		STORE_VALUES(STORE_TEXT("store", row->store), STORE_TEXT("case_id", row->case_id));
	if (row->case_id == NULL)
		return true;
	if (!link_case(hub, caller, row, error) ||
		!store_text(hub->store, HUB_STATEMENT_LINK_NUMBER, local, &number, error))
		return false;
	if (number != NULL &&
		(!note_step(hub, row, number, error) || !model_case_touch(hub, number, error)))
		return false;
	return !g_str_equal(row->kind, "erased") ||
	       hub_run(hub, HUB_STATEMENT_FACT_ERASE, local, error);
}

/* Takes one fact; head goes on with it. A fact that is here already must be the same. */
static bool receive(struct hub *hub, struct request *request, struct head *head,
	const struct journal_row *row, GError **error)
{
	bool same = true;
	if (head->hash != NULL && row->seq <= head->seq) {
		if (!same_as_kept(hub, row->store, row->seq, row->hash, &same, error))
			return false;
		return same || err_set(error, ERR_CODE_FORK, NULL);
	}
	if (!check_next(hub, request, head, row, error) || !put_fact(hub, row, error) ||
		!put_body(hub, row, error) || !note_case(hub, &request->caller, row, error))
		return false;
	g_clear_pointer(&head->hash, g_bytes_unref);
	head->seq = row->seq;
	head->hash = g_bytes_ref(row->hash);
	return true;
}

static bool receive_all(struct hub *hub, struct request *request, const json_t *facts,
	struct head *head, GError **error)
{
	size_t i;
	const json_t *value;
	json_array_foreach((json_t *)facts, i, value)
	{
		g_autofree char *where = g_strdup_printf("facts[%d]", (int)i);
		struct journal_row row;
		bool good = fact_read(value, where, request->caller.store, &row, error) &&
			    receive(hub, request, head, &row, error);
		fact_clear(&row);
		if (!good)
			return false;
	}
	return true;
}

/* The head with its receipt: the signature is over the other members, frozen. */
static json_t *receipt(struct hub *hub, const char *store, const struct head *head)
{
	struct digest digest = {{0}};
	char hash[DIGEST_TEXT_SIZE] = "";
	if (head->hash != NULL) {
		memcpy(digest.bytes, g_bytes_get_data(head->hash, NULL), DIGEST_SIZE);
		digest_to_text(&digest, hash);
	}
	g_autofree char *at = hub_time_text(hub_now_ms(hub));
	json_t *answer = json_pack("{s:s, s:I, s:s, s:s}", "store", store, "seq",
		(json_int_t)head->seq, "hash", hash, "at", at);
	size_t size = 0;
	g_autofree char *bytes = json_frozen(answer, &size);
	g_autofree char *signature = signer_sign(hub->signer, bytes, size);
	json_object_set_new(answer, "signature", json_string(signature));
	return answer;
}

bool hub_journal_receive(struct hub *hub, struct request *request, GError **error)
{
	g_autoptr(json_t) body = request_json(request, error);
	const char *store = "";
	const json_t *facts = NULL;
	const struct bind binds[] = {BIND_NEED_ID("store", &store),
		BIND_NEED_ARRAY("facts", &facts, MOST_FACTS), BIND_END};
	if (body == NULL || !bind_object(body, NULL, binds, error))
		return false;
	if (!g_str_equal(store, request->caller.store))
		return err_set(error, ERR_CODE_PERMISSION, "令牌不属于这台机器");
	struct head head = {0};
	bool good = read_head(hub, store, &head, error) &&
		    receive_all(hub, request, facts, &head, error);
	if (good)
		reply_json(&request->reply, 200, receipt(hub, store, &head));
	g_clear_pointer(&head.hash, g_bytes_unref);
	return good;
}

/* A window reads the stores of its hall only. */
static bool may_read(struct hub *hub, const struct caller *caller, const char *store, bool *ret_may,
	GError **error)
{
	if (caller->kind == CALLER_BUREAU || g_str_equal(caller->store, store)) {
		*ret_may = true;
		return true;
	}
	g_autofree char *lane = NULL;
	if (!store_text(hub->store, HUB_STATEMENT_LANE_OF_STORE,
		    STORE_VALUES(STORE_TEXT("store", store)), &lane, error))
		return false;
	*ret_may = lane != NULL && strncmp(lane, caller->hall, 4) == 0;
	return true;
}

bool hub_journal_read(struct hub *hub, struct request *request, GError **error)
{
	const char *store = request_query(request, "store", "");
	int64_t after = 0;
	bool may = false;
	if (!bind_is_id(store))
		return err_set(error, ERR_CODE_INVALID, "参数 store 要是 32 位小写十六进制");
	if (!request_query_number(request, "after", 0, &after, error) ||
		!may_read(hub, &request->caller, store, &may, error))
		return false;
	if (!may)
		return err_set(error, ERR_CODE_NOT_FOUND, NULL);
	g_autoptr(GPtrArray) rows = store_rows(hub->store, HUB_STATEMENT_FACT_AFTER,
		STORE_VALUES(STORE_TEXT("store", store), STORE_INTEGER("after", after),
			STORE_INTEGER("most", MOST_READ)),
		&journal_row_shape, error);
	if (rows == NULL)
		return false;
	json_t *facts = json_array();
	for (guint i = 0; i < rows->len; i++)
		json_array_append_new(facts, fact_json(rows->pdata[i]));
	reply_json(&request->reply, 200, json_pack("{s:o}", "facts", facts));
	return true;
}
