/*
 * The print journal: one row of print_job is one paper somebody asked for (FEATURES rows 28, 29;
 * D16-D19).
 *
 *   intent ─► rendered ─► submitted ─► ask ─► confirmed     the clerk saw the paper
 *      │          │            │         └───► failed       the clerk says it did not come out
 *      └──────────┴────────────┴──► failed                  the message says why and what to do
 *   intent, rendered, submitted ─► cancelled                the clerk gave it up
 *
 * The desk inserts `intent` in the transaction of its fact, with the frozen data of the page
 * (complete: D16), and answers `ask`. Only the worker moves what lies between; it appends no facts.
 * A reprint is a new row: same kind and number, copy + 1, a reason. `number` is the number of the
 * paper itself: the case number of a receipt, the label of a notice, the number of a certificate;
 * it is printed and never changes. `kind` names the template (printers/templates/KIND.txt, or
 * KIND.svg). After a crash the worker compares the rows `rendered` and `submitted` with the
 * printer's jobs by the ASCII job name, which is the row's id; what may be on paper ends in `ask`,
 * never in a second original.
 */
#ifndef PRINT_JOB_H
#define PRINT_JOB_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "base/autoptr.h"

#include "store/store.h"

enum job_state {
	JOB_STATE_INTENT,
	JOB_STATE_RENDERED,
	JOB_STATE_SUBMITTED,
	JOB_STATE_ASK,
	JOB_STATE_CONFIRMED,
	JOB_STATE_FAILED,
	JOB_STATE_CANCELLED,
	JOB_STATE_COUNT,
};

/* The word of the table ("intent"), static; and back, _COUNT for an unknown one. */
const char *job_state_name(enum job_state state);
enum job_state job_state_from_name(const char *name);

/* True when the move stands in the table above. Pure. */
bool job_state_may_move(enum job_state from, enum job_state to);

/* A row as the worker reads it; strings owned by the struct. */
struct job {
	char *id;
	char *case_id; /* NULL: of no case */
	char *kind;
	char *number;
	int64_t copy;  /* 1 the first original */
	char *reason;  /* of a copy */
	GBytes *data;  /* frozen JSON of the slots */
	char *printer; /* "" the worker chooses by kind */
	char *state;
	int64_t job; /* id of the printer's job, 0 none */
	int64_t pages;
	char *pdf; /* relative to the home; "" not yet */
	char *message;
	int64_t created_ms;
	int64_t updated_ms;
};
void job_free(struct job *job);
AUTOPTR(job, job_free)

/* Rows in a state, oldest first, at most `most`. The array owns them; NULL on error. */
GPtrArray *job_list(struct store *store, enum job_state state, int64_t most, GError **error);

/* One row by id; ERR_CODE_NOT_FOUND. */
struct job *job_get(struct store *store, const char *id, GError **error);

/* What a move writes beside the state; NULL and 0 leave a member as it is. */
struct job_change {
	const char *printer;
	const char *pdf;
	const char *message;
	int64_t job;
	int64_t pages;
};

/* The latest paper of a kind of a case (its number or local id); ERR_CODE_NOT_FOUND. */
struct job *job_of_case(
	struct store *store, const char *case_number, const char *kind, GError **error);

/*
 * Moves a row in a transaction of its own and rings the bell; the members of `job` follow.
 * ERR_CODE_STALE when the row is no longer in the state that `job` says (the clerk was faster).
 */
bool job_move(struct store *store, struct job *job, enum job_state to,
	const struct job_change *change, int64_t now_ms, GError **error);

#endif
