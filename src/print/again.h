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
	const char *reason;	 /* why once more */
	const char *printer;	 /* NULL: chosen by kind */
};

/*
 * Writes the latest paper of this kind into a file, marked 副本: for reading, not counted, nothing
 * is written to the store. ERR_CODE_NOT_FOUND when there was none; errors of document_render.
 */
bool again_to_file(const struct again *again, const char *path, int *ret_pages, GError **error);

#endif
