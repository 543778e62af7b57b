/*
 * `yichuang print DOC CASE`: a paper of a case once more, to a printer or as a file for reading.
 */
#ifndef PRINT_AGAIN_H
#define PRINT_AGAIN_H

#include <stdbool.h>
#include <glib.h>

struct again {
	const char *home;
	const char *kind;
	const char *case_number; /* or its local id */
	const char *user;	 /* who acts; NULL the demo clerk of a demo home */
	const char *secret_file; /* holds the user's password, 0600; NULL only in a demo home */
	const char *reason;	 /* why once more */
	const char *printer;	 /* NULL: chosen by kind */
};

/*
 * Writes the latest paper of this kind into a file, marked 副本: for reading, not counted, nothing
 * is written to the store. ERR_CODE_NOT_FOUND when there was none; errors of document_render.
 */
bool again_to_file(const struct again *again, const char *path, int *ret_pages, GError **error);

/*
 * Asks the desk for one more counted copy (its permission, reason and fact), and works until it is
 * with the printer. *ret_state and *ret_message (g_free) are then those of its row: `ask` when the
 * clerk has to look, `submitted` while the printer is busy, `failed` with the reason. Errors of the
 * desk: PERMISSION, NOT_FOUND, INCOMPLETE (no reason).
 */
bool again_to_printer(const struct again *again, char **ret_job, char **ret_state,
	char **ret_message, GError **error);

#endif
