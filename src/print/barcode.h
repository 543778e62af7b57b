/*
 * Barcodes as black bars on a grid of modules; where they stand and how large is the layout's
 * business.
 */
#ifndef PRINT_BARCODE_H
#define PRINT_BARCODE_H

#include <glib.h>

#include "base/autoptr.h"

enum barcode_kind {
	BARCODE_KIND_CODE128, /* numbers and labels (DESIGN section 6) */
	BARCODE_KIND_QR,      /* the applicant's page */
};

struct barcode_bar {
	double x, y, width, height; /* in modules */
};

struct barcode {
	enum barcode_kind kind;
	double width, height; /* in modules, without the quiet zone; a Code 128 is 1 high */
	double quiet;	      /* modules to be kept white on each side */
	GArray *bars;	      /* struct barcode_bar */
	int references;
};

/* text: printable ASCII. ERR_CODE_INVALID when it is empty, something else, or too long for the
 * kind. */
struct barcode *barcode_new(enum barcode_kind kind, const char *text, GError **error);

/* Shares it; barcode_free gives one share back. */
struct barcode *barcode_ref(struct barcode *barcode);
void barcode_free(struct barcode *barcode);
AUTOPTR(barcode, barcode_free)

#endif
