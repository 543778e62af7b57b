/*
 * Certificates: an SVG template of the hall, filled from the department's result and nothing else
 * (DESIGN 7.8: the window composes no certificate).
 */
#ifndef PRINT_CERTIFICATE_H
#define PRINT_CERTIFICATE_H

#include "print/document.h"

/*
 * svg: the template's text; file names it in messages. Only `result.…` of the data is to be had. A
 * value stands between tags or in attributes, always escaped. One page of the SVG's own size.
 */
bool certificate_render(const struct document *document, const char *svg, const char *file,
	const struct fonts *fonts, const char *path, GError **error);

#endif
