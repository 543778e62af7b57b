/* Pages → cairo: a PDF file, or an image for tests. */
#ifndef PRINT_PAINT_H
#define PRINT_PAINT_H

#include <stdint.h>
#include <cairo.h>
#include <glib.h>

#include "print/page.h"

/* Draws one page onto a context whose unit is the point. */
void paint_page(cairo_t *cairo, const struct pages *pages, guint page);

/* What stands in the PDF's metadata; strings borrowed. */
struct paint_about {
	const char *title;
	const char *id;
	int64_t created_ms;
};

/* Writes PATH (by way of PATH.part, 0600, synced). ERR_CODE_IO, STORE_FULL. */
bool paint_pdf(const struct pages *pages, const char *path, const struct paint_about *about,
	GError **error);

/*
 * For papers that are drawn elsewhere (certificates): opens a one-page surface; paint_close writes
 * it out as paint_pdf does. NULL with ERR_CODE_IO.
 */
cairo_surface_t *paint_open(const char *path, double width, double height,
	const struct paint_about *about, GError **error);
bool paint_close(cairo_surface_t *surface, const char *path, GError **error);

#endif
