/* Is the chain whole? And up to where has the hub receipted it? */
#include "store/engine.h"
#include "store/journal.h"

#define BATCH 512

struct anchor_row {
	int64_t seq;
	GBytes *hash;
	int64_t time_ms;
};
static const struct store_column anchor_columns[] = {STORE_COLUMN(INTEGER, struct anchor_row, seq),
	STORE_COLUMN(BLOB, struct anchor_row, hash),
	STORE_COLUMN(INTEGER, struct anchor_row, time_ms), STORE_COLUMNS_END};
static const struct store_shape anchor_shape = {sizeof(struct anchor_row), anchor_columns};

void journal_report_clear(struct journal_report *report)
{
	g_clear_pointer(&report->kind, g_free);
}

static bool is_digest(GBytes *bytes, const struct digest *digest)
{
	return bytes != NULL && g_bytes_get_size(bytes) == DIGEST_SIZE &&
	       memcmp(g_bytes_get_data(bytes, NULL), digest->bytes, DIGEST_SIZE) == 0;
}

static void note(
	struct journal_report *report, enum journal_fault fault, int64_t seq, const char *kind)
{
	report->fault = fault;
	report->seq = seq;
	report->kind = g_strdup(kind);
}

static bool body_is_whole(const struct journal_row *row)
{
	gsize salt_size = 0, size = 0;
	const void *salt = g_bytes_get_data(row->salt, &salt_size);
	const void *body = g_bytes_get_data(row->body, &size);
	struct digest digest = journal_body_digest(salt, salt_size, body, size);
	return is_digest(row->body_digest, &digest);
}

static bool check_body(struct store *store, const struct journal_row *row,
	struct journal_report *report, GError **error)
{
	if (row->body != NULL && row->salt != NULL) {
		if (!body_is_whole(row))
			note(report, JOURNAL_FAULT_BODY, row->seq, row->kind);
		return true;
	}
	int64_t erased = 0;
	if (row->case_id != NULL && !store_integer(store, STATEMENT_FACT_ERASED_LATER,
					    STORE_VALUES(STORE_TEXT("case_id", row->case_id),
						    STORE_INTEGER("seq", row->seq)),
					    0, &erased, error))
		return false;
	if (erased > 0)
		report->erased++;
	else
		note(report, JOURNAL_FAULT_BODY, row->seq, row->kind);
	return true;
}

/* head is the fact before; it becomes this one. */
static bool check_row(struct store *store, const struct journal_row *row, struct journal_head *head,
	struct journal_report *report, GError **error)
{
	if (row->seq != head->seq + 1) {
		note(report, JOURNAL_FAULT_GAP, head->seq + 1, NULL);
		return true;
	}
	report->facts++;
	struct digest hash = journal_hash(row);
	if (!is_digest(row->previous, &head->hash) || !is_digest(row->hash, &hash)) {
		note(report, JOURNAL_FAULT_CHANGED, row->seq, row->kind);
		return true;
	}
	*head = (struct journal_head){.seq = row->seq, .hash = hash};
	return check_body(store, row, report, error);
}

static bool check_chain(struct store *store, struct journal_report *report, GError **error)
{
	struct journal_head head = {0};
	for (;;) {
		g_autoptr(GPtrArray) rows = journal_after(store, head.seq, BATCH, error);
		if (rows == NULL)
			return false;
		for (guint i = 0; i < rows->len && report->fault == JOURNAL_FAULT_NONE; i++)
			if (!check_row(store, rows->pdata[i], &head, report, error))
				return false;
		if (rows->len < BATCH || report->fault != JOURNAL_FAULT_NONE)
			return true;
	}
}

/* A body without its fact: the end of the chain was cut off. Bodies are read first: facts only
 * grow. */
static bool check_end(struct store *store, struct journal_report *report, GError **error)
{
	int64_t last = 0;
	struct journal_head head;
	if (!store_integer(store, STATEMENT_FACT_BODY_LAST, STORE_NO_VALUES, 0, &last, error) ||
		!journal_head(store, &head, error))
		return false;
	if (report->fault == JOURNAL_FAULT_NONE && last > head.seq)
		note(report, JOURNAL_FAULT_GAP, head.seq + 1, NULL);
	return true;
}

static bool hash_at(struct store *store, int64_t seq, GBytes **ret_hash, GError **error)
{
	struct hash_row {
		GBytes *hash;
	} row;
	static const struct store_column columns[] = {
		STORE_COLUMN(BLOB, struct hash_row, hash), STORE_COLUMNS_END};
	static const struct store_shape shape = {sizeof(struct hash_row), columns};
	bool found = false;
	if (!store_row(store, STATEMENT_FACT_HASH, STORE_VALUES(STORE_INTEGER("seq", seq)), &shape,
		    &row, &found, error))
		return false;
	*ret_hash = found ? row.hash : NULL;
	return true;
}

/* What the hub receipted must still be here, and be the same. */
static bool check_anchor(struct store *store, struct journal_report *report, GError **error)
{
	struct anchor_row anchor;
	bool found = false;
	if (!store_row(store, STATEMENT_ANCHOR_LAST, STORE_NO_VALUES, &anchor_shape, &anchor,
		    &found, error))
		return false;
	if (!found)
		return true;
	report->anchored_seq = anchor.seq;
	report->anchored_ms = anchor.time_ms;
	g_autoptr(GBytes) ours = NULL;
	bool good = hash_at(store, anchor.seq, &ours, error);
	if (good && report->fault == JOURNAL_FAULT_NONE && ours == NULL)
		note(report, JOURNAL_FAULT_SHORT, anchor.seq, NULL);
	else if (good && report->fault == JOURNAL_FAULT_NONE && !g_bytes_equal(ours, anchor.hash))
		note(report, JOURNAL_FAULT_CHANGED, anchor.seq, NULL);
	store_row_clear(&anchor_shape, &anchor);
	return good;
}

bool journal_verify(struct store *store, struct journal_report *ret_report, GError **error)
{
	struct journal_report report = {0};
	if (!check_chain(store, &report, error) || !check_end(store, &report, error) ||
		!check_anchor(store, &report, error)) {
		journal_report_clear(&report);
		return false;
	}
	*ret_report = report;
	return true;
}

bool journal_anchor(
	struct store *store, int64_t seq, const struct digest *hash, int64_t now_ms, GError **error)
{
	g_autoptr(GBytes) ours = NULL;
	if (!hash_at(store, seq, &ours, error))
		return false;
	if (!is_digest(ours, hash))
		return err_set(error, ERR_CODE_FORK, NULL);
	return store_run(store, STATEMENT_ANCHOR_PUT,
		STORE_VALUES(STORE_INTEGER("seq", seq),
			STORE_BLOB("hash", hash->bytes, DIGEST_SIZE),
			STORE_INTEGER("time_ms", now_ms)),
		error);
}
