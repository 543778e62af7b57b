/*
 * The print worker: carries rows of print_job from `intent` to `ask` or `failed`. One a home. It
 * may be killed at any moment; the next one finds in the rows how far things went (job.h).
 *
 * A row is moved to `submitted` before CUPS hears of it. So a `rendered` row was certainly never
 * handed over and is handed over once; a `submitted` row is looked for by its name, and when nobody
 * knows it the clerk is asked, since it may have been printed and forgotten. Nothing is ever handed
 * over twice.
 */
#ifndef PRINT_WORKER_H
#define PRINT_WORKER_H

#include <stdbool.h>
#include <glib.h>

#include "base/autoptr.h"

struct worker;

/* Takes HOME/print.lock; ERR_CODE_HELD when another worker has it. Errors of store_open too. */
struct worker *worker_open(const char *home, GError **error);
void worker_close(struct worker *worker);
AUTOPTR(worker, worker_close)

/*
 * One look at everything: watches what is submitted, hands over what is rendered, renders what is
 * wanted, notes how the printers are. A paper's own failure is written to its row and stops no
 * other. False only when the store fails. *ret_moved: rows that went on; *ret_open: rows that still
 * wait for a printer.
 */
bool worker_pass(struct worker *worker, int *ret_moved, int *ret_open, GError **error);

/* Papers that failed since it was opened; *ret_sentence, borrowed: why the first did. */
int worker_failed(const struct worker *worker, const char **ret_sentence);

/* Passes until nothing has gone on for idle_ms; 0: until a pass moves nothing. */
bool worker_run(struct worker *worker, int64_t idle_ms, GError **error);

#endif
