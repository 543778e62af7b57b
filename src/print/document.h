/*
 * A document: a kind, its data, and what makes this copy of it. Rendering is a function of these,
 * the template and the profile: the same bytes in, the same page out (D15, D16).
 *
 * The kind names the template: KIND.txt, a slip in the grammar of print/template.h, or for
 * `certificate` the SVG certificate-FORM.svg that the data's `form` names. Slots of both are
 * described in print/slot.h; which ones each kind needs stands in printers/README.md. Every value
 * is cleaned (text_clean).
 */
#ifndef PRINT_DOCUMENT_H
#define PRINT_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "base/json.h"
#include "print/fonts.h"
#include "print/profile.h"

struct document {
	const char
		*kind; /* notice, receipt, correction, refusal, promise, delivery, certificate … */
	const char *id;	    /* ASCII, stands in the footer and the PDF's metadata; "" none */
	const json_t *data; /* the slots; `demo` true marks every page */
	int64_t copy;	    /* 1 the first; above it: 补打 第n份; 0: 副本, for reading */
	const char *reason; /* of a copy above 1; "" none */
	int64_t created_ms; /* for the PDF's metadata */
};

/* Where things are; all owned. */
struct document_places {
	GStrv printers; /* folders like printers/, the first that has a file wins; NULL-terminated
			 */
	char *fonts;	/* folder of YichuangSans.otf */
};

/*
 * HOME/printers (when home is not NULL), then the shipped folder; the fonts of the shipped folder
 * (base/place.h).
 */
void document_places_init(struct document_places *places, const char *home);
void document_places_clear(struct document_places *places);

/* The profile NAME (NULL: "a4"); ERR_CODE_NOT_FOUND names it. */
struct profile *document_profile(
	const struct document_places *places, const char *name, GError **error);

/*
 * Renders into a PDF file (0600, complete or not there). ret_pages may be NULL. ERR_CODE_NOT_FOUND
 * no template of this kind; ERR_CODE_INVALID the template or its data, naming file and line, or a
 * character that the font lacks; ERR_CODE_IO, STORE_FULL.
 */
bool document_render(const struct document *document, const struct document_places *places,
	const struct fonts *fonts, const struct profile *profile, const char *path, int *ret_pages,
	GError **error);

#endif
