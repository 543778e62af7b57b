/*
 * What the layout makes: pages of marks at fixed places, and on the way there bands, the strips of
 * a document that a page break may fall between. Lengths are points from the upper left corner;
 * tone is 0 black … 1 white. Pure: nothing here knows a file or a printer.
 */
#ifndef PRINT_PAGE_H
#define PRINT_PAGE_H

#include <stdbool.h>
#include <glib.h>

#include "base/autoptr.h"
#include "print/barcode.h"
#include "print/fonts.h"

enum mark_kind {
	MARK_KIND_TEXT,	     /* a layout, or one of its lines, at x, y */
	MARK_KIND_LINE,	     /* from x, y to x + width, y + height */
	MARK_KIND_FILL,	     /* a box of tone */
	MARK_KIND_FRAME,     /* its outline */
	MARK_KIND_SEAL,	     /* a broken circle in the box */
	MARK_KIND_BARS,	     /* a barcode in the box, its quiet zone kept white */
	MARK_KIND_HEAD,	     /* head of an arrow: a filled triangle that points down in the box */
	MARK_KIND_WATERMARK, /* a layout across the page, centred on x, y */
};

struct mark {
	enum mark_kind kind;
	double x, y, width, height;
	double stroke, tone;
	PangoLayout *text;
	int line; /* of the layout; -1 all; of a line x, y is its upper left */
	struct barcode *bars;
};
void mark_free(struct mark *mark);

struct band {
	double height;
	double before;		 /* space above, dropped at the top of a page */
	bool keep;		 /* not to be parted from the next one */
	GPtrArray *marks;	 /* struct mark, relative to the band */
	const struct band *head; /* repeated when a page begins with this band; borrowed */
};
struct band *band_new(double height, double before);
void band_free(struct band *band);

/* Each adds a mark; text and bars are taken. The mark is borrowed, for finer settings. */
struct mark *band_text(struct band *band, PangoLayout *text, double x, double y);
struct mark *band_line(
	struct band *band, double x, double y, double width, double height, double stroke);
struct mark *band_box(
	struct band *band, enum mark_kind kind, double x, double y, double width, double height);
struct mark *band_bars(
	struct band *band, struct barcode *bars, double x, double y, double width, double height);

struct pages {
	double width, height;
	GPtrArray *list; /* GPtrArray of struct mark, one a page */
};
struct pages *pages_new(double width, double height);
void pages_free(struct pages *pages);
AUTOPTR(pages, pages_free)

/* A new page at the end, borrowed. */
GPtrArray *pages_add(struct pages *pages);

/* Puts copies of a band's marks onto a page, moved by x, y. */
void page_put(GPtrArray *page, const struct band *band, double x, double y);

/* Height and width of a layout in points. */
double text_height_of(PangoLayout *text);
double text_width_of(PangoLayout *text);

#endif
