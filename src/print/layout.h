/*
 * Blocks → pages: the design of every slip. Pure.
 */
#ifndef PRINT_LAYOUT_H
#define PRINT_LAYOUT_H

#include <stdint.h>
#include <glib.h>

#include "print/fonts.h"
#include "print/page.h"
#include "print/profile.h"

/* What stands on a paper whatever its template says. Strings borrowed and clean. */
struct stamp {
	const char *id;	     /* of the document; "" none */
	int64_t copy;	     /* above 1: marked 补打 第n份; 0: 副本 */
	const char *reason;  /* of the copy */
	bool demo;	     /* marked 演示 on every page */
	const char *missing; /* said at the foot of every page first; "" nothing */
};

/* ERR_CODE_INVALID for a barcode that cannot be, or a table whose columns are wrong (line named).
 */
struct pages *layout_pages(const struct fonts *fonts, const struct profile *profile,
	const struct stamp *stamp, GPtrArray *blocks, const char *file, GError **error);

#endif
