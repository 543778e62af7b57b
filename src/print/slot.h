/*
 * Slots: {{name}} in a template becomes a value of the document's data.
 *
 *   {{name}}           the value; a name that the data lacks is an error
 *   {{name?}}          empty when the data lacks it
 *   {{a.b}} {{a.0.b}}  a member of an object, the first of a list
 *   {{.}} {{#}}        in a loop: the element itself, its number from 1
 *   {{name|filter}}    date 2026年11月20日 · time 2026年11月20日 14:32 · day (of a moment) ·
 *                      mask 110********0011 · mask_name 张* · count, join (of a list) ·
 *                      or_dash (— when empty) · wrap:20 (lines of 20 hanzi, in certificates)
 *
 * Names are looked for in the innermost loop first. Every value passes text_clean.
 */
#ifndef PRINT_SLOT_H
#define PRINT_SLOT_H

#include <stdbool.h>
#include <glib.h>

#include "base/json.h"

/* Where names are looked for; the caller's memory, one on each loop. */
struct slot_scope {
	const json_t *value;
	int number;		     /* of the element, from 1; 0 outside of loops */
	const struct slot_scope *up; /* NULL the document */
};

/* For messages: the template's file and line. */
struct slot_place {
	const char *file;
	int line;
};

/* The value of a name, borrowed; NULL when there is none. name may end with `?`. */
const json_t *slot_find(const struct slot_scope *scope, const char *name);

/*
 * A new string (g_free): text with its slots filled. `escape` makes values safe inside XML. Line
 * feeds of values stay. Errors, ERR_CODE_INVALID naming file and line: unknown name, unknown
 * filter, a slot that is not closed, a value that is no text or number.
 */
char *slot_fill(const char *text, const struct slot_scope *scope, bool escape,
	const struct slot_place *place, GError **error);

/* Fails with the sentence “FILE 第 N 行：what” and the next step of templates. Always false. */
bool slot_fail(GError **error, const struct slot_place *place, const char *what, const char *word);

#endif
