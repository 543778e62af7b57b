/*
 * The wire format: facts and documents to bytes, answers to values (data/openapi.yaml). Pure. What
 * comes from the hub is foreign text: it is bounded by http.c, checked here and cleaned before it
 * becomes part of a sentence.
 */
#ifndef SYNC_WIRE_H
#define SYNC_WIRE_H

#include "base/digest.h"
#include "base/json.h"
#include "store/journal.h"
#include "sync/state.h"

/* Bytes of one body of facts; a batch ends before it grows beyond. */
#define WIRE_MOST_BATCH (1u << 20)

/* What came back, before anything is understood of it. */
struct wire_reply {
	long status;	   /* HTTP; 0: no whole answer came */
	bool connected;	   /* status 0: the connection stood, the answer did not come */
	const char *bytes; /* zero-terminated; NULL none */
	size_t size;
};

/*
 * The meaning of a reply and, unless done, the clerk's sentence (*ret_reason, g_free; untouched
 * when done). An answer whose body is not what was promised is LATER (HUB_ANSWER). *ret_body is the
 * object of a good answer, NULL where none is promised (json_decref).
 */
enum sync_outcome wire_outcome(
	enum sync_task task, const struct wire_reply *reply, json_t **ret_body, char **ret_reason);

/* The problem document's "seq" of a 409 stale; -1 none. */
int64_t wire_stale_seq(const struct wire_reply *reply);

/* Facts of `store` from the front of rows (struct journal_row) as frozen bytes (g_free). */
char *wire_journal(const char *store, const GPtrArray *rows, size_t *ret_size);

/* {"store","hall","window","window_name","secret"}; an empty member is left out. */
char *wire_enrol(const char *store, const char *hall, const char *window, const char *window_name,
	const char *secret, size_t *ret_size);

/* The head of a journal answer; seq 0 has no hash. False: not what was promised. */
bool wire_head(const json_t *body, const char *store, int64_t *ret_seq, struct digest *ret_hash);

/* The block of numbers; false: not what was promised. */
bool wire_block(const json_t *body, int64_t *ret_first, int64_t *ret_last);

struct wire_update {
	int64_t cursor;
	const char *kind;     /* update, custody; borrowed from the body */
	const char *document; /* frozen bytes, borrowed */
};

/* The updates in their order (struct wire_update, owned); NULL: not what was promised. */
GArray *wire_updates(const json_t *body, int64_t after, int64_t *ret_cursor);

/* "2026-11-21T06:32:05.123Z", g_free. */
char *wire_time(int64_t ms);

#endif
