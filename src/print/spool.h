/*
 * The printers of CUPS: the only file that knows libcups is spool.c. Every call makes its own
 * connection and gives up after a few seconds; a server that is not there is an answer, not a hang.
 * A paper's document id is the job's name, ASCII, and how it is found again: ids of jobs are used
 * twice by a cupsd that lost its state (LIMITS 1f).
 */
#ifndef PRINT_SPOOL_H
#define PRINT_SPOOL_H

#include <stdbool.h>
#include <glib.h>

#include "print/profile.h"

struct printer {
	char *name;
	bool standard;	/* CUPS's own choice */
	bool accepting; /* takes jobs */
	bool ready;	/* paper can come out, as far as it says (D19) */
	char *sentence; /* 就绪, 正在打印, 缺纸，请加纸 …; never "" */
};

/*
 * The printers of the server, as they say they are; empty when it has none. NULL with
 * ERR_CODE_PRINTER when there is no server. server NULL: CUPS_SERVER or the machine's own. The
 * array owns them.
 */
GPtrArray *spool_printers(const char *server, GError **error);

/* Borrowed; NULL when there is none of this name. */
const struct printer *spool_find(const GPtrArray *printers, const char *name);

/*
 * Hands a PDF to a printer under the name `id`. *ret_job is CUPS's id. ERR_CODE_PRINTER: nothing
 * was taken (or what was taken is cancelled); *ret_doubt (may be NULL) is true when even that is
 * not sure.
 */
bool spool_submit(const char *server, const char *printer, const char *pdf, const char *id,
	const struct profile *profile, int *ret_job, bool *ret_doubt, GError **error);

enum spool_state {
	SPOOL_STATE_UNKNOWN, /* no job of this name: never taken, or lost */
	SPOOL_STATE_WAITING,
	SPOOL_STATE_HELD, /* by somebody, or its document never arrived */
	SPOOL_STATE_PRINTING,
	SPOOL_STATE_DONE,
	SPOOL_STATE_CANCELLED,
	SPOOL_STATE_ABORTED,
};

/*
 * What CUPS says of the job named `id`, finished ones included; *ret_job its number, 0 unknown.
 * ERR_CODE_PRINTER when there is no server.
 */
bool spool_look(const char *server, const char *printer, const char *id,
	enum spool_state *ret_state, int *ret_job, GError **error);

/* Takes a job back. ERR_CODE_PRINTER when there is no server or it is too late. */
bool spool_cancel(const char *server, const char *printer, int job, GError **error);

#endif
