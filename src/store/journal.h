/*
 * The journal: facts chained by SM3, appended in the transaction that changes the state, never
 * altered. Bodies and salts stand in a table of their own so that erasing personal data leaves the
 * chain whole (DESIGN section 1).
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "base/digest.h"
#include "base/json.h"
#include "store/store.h"

enum authority {
	AUTHORITY_WINDOW,
	AUTHORITY_DEPARTMENT,
	AUTHORITY_APPLICANT,
	AUTHORITY_BUREAU,
	AUTHORITY_LAW,
	AUTHORITY_COUNT,
};

enum fact_source {
	FACT_SOURCE_DIRECT,
	FACT_SOURCE_PAPER,
	FACT_SOURCE_TELEPHONE,
	FACT_SOURCE_TIMER,
	FACT_SOURCE_COUNT,
};

struct fact {
	const char *kind;    /* "taken_in", "dispatched", …; lower case and underscores */
	const char *case_id; /* local id of the case; NULL a fact of the home */
	int item;	     /* index of the item, -1 none */
	int64_t time_ms;     /* when it was written down */
	int64_t happened_ms; /* when it happened, 0: the same (R43) */
	const char *actor;   /* user name; "" the program itself */
	const char *window;  /* code of the window; "" none */
	enum authority authority;
	enum fact_source source;
	const json_t *body; /* borrowed; an object; frozen on writing */
};

struct journal_head {
	int64_t seq; /* 0: no fact yet */
	struct digest hash;
};

/*
 * Appends inside a store_write of the caller (anything else aborts). The system's user is added.
 * A time before the previous fact's is written as it is: order is by seq, never by clock.
 */
bool journal_append(struct store *store, const struct fact *fact, int64_t *ret_seq, GError **error);

/* The last fact of this store; seq 0 before the first. Errors as store_row. */
bool journal_head(struct store *store, struct journal_head *ret_head, GError **error);

/* A fact as it was written; strings owned by the struct. */
struct journal_row {
	char *store; /* id of the store that wrote it, 32 hex digits; older ones after a restore */
	int64_t seq;
	char *kind;
	char *case_id; /* NULL none */
	int64_t item;
	int64_t time_ms;
	int64_t happened_ms;
	char *actor;
	char *os_user;
	char *window;
	char *authority; /* authority_name */
	char *source;	 /* fact_source_name */
	GBytes *previous;
	GBytes *hash;
	GBytes *body_digest;
	GBytes *salt; /* NULL erased */
	GBytes *body; /* frozen bytes; NULL erased */
};
void journal_row_free(struct journal_row *row);

/* For statements whose columns bear the names of its members; home and hub read facts alike. */
extern const struct store_shape journal_row_shape;

/*
 * The hash of a fact's header, as journal_hash.c writes down byte by byte: from store, seq,
 * previous, time_ms … source and body_digest of the row; and the digest of salt and body.
 */
struct digest journal_hash(const struct journal_row *row);
struct digest journal_body_digest(
	const void *salt, size_t salt_size, const void *body, size_t size);

/* Facts with seq > after in order, at most `most`; or those of one case. Arrays own their rows. */
GPtrArray *journal_after(struct store *store, int64_t after, int64_t most, GError **error);
GPtrArray *journal_of_case(struct store *store, const char *case_id, GError **error);

/* "window" …, "direct" …; static. Back: _COUNT for an unknown name. */
const char *authority_name(enum authority authority);
enum authority authority_from_name(const char *name);
const char *fact_source_name(enum fact_source source);
enum fact_source fact_source_from_name(const char *name);

/* What a verification found. */
enum journal_fault {
	JOURNAL_FAULT_NONE,
	JOURNAL_FAULT_GAP,     /* a seq is missing */
	JOURNAL_FAULT_CHANGED, /* a header or hash does not match */
	JOURNAL_FAULT_BODY, /* a body does not match its digest, or is gone without an `erased` fact
			     */
	JOURNAL_FAULT_SHORT, /* the hub has receipted more than is here */
};

struct journal_report {
	enum journal_fault fault;
	int64_t seq;	      /* of the first fault */
	char *kind;	      /* its kind, NULL when the fact is gone */
	int64_t facts;	      /* facts looked at */
	int64_t erased;	      /* bodies erased by rule */
	int64_t anchored_seq; /* the hub has receipted up to here; 0 nothing */
	int64_t anchored_ms;  /* when */
};
void journal_report_clear(struct journal_report *report);

/* Verifies the whole chain; false only when it could not be read. A fault is a result, not an
 * error. */
bool journal_verify(struct store *store, struct journal_report *ret_report, GError **error);

/* Notes that the hub has receipted the chain up to seq with this hash. ERR_CODE_FORK when ours
 * differs. */
bool journal_anchor(struct store *store, int64_t seq, const struct digest *hash, int64_t now_ms,
	GError **error);

/*
 * Deletes the bodies of a case's facts and every row of state and search index that holds its
 * persons' data, appends an `erased` fact with its rule, optimises the index and truncates the WAL.
 * Run are all statements named erase_* (parameter :case_id) and optimize_* (no parameter); files
 * named by the column `path` (relative to the home) of statements named files_to_erase_* (:case_id)
 * are removed, and so are the copies that migrations left. While another process reads, the
 * truncation is left to store_checkpoint. False: nothing was erased in the store.
 */
bool journal_erase_case(struct store *store, const char *case_id, const char *rule, int64_t now_ms,
	const char *actor, GError **error);

#endif
