/*
 * The parts of the layout: one block each to bands. Inside of the room only; layout.h is the door.
 */
#ifndef PRINT_FLOW_H
#define PRINT_FLOW_H

#include "print/layout.h"
#include "print/template.h"

struct flow {
	const struct fonts *fonts;
	const struct profile *profile;
	const struct stamp *stamp;
	const char *file;   /* of the template, for messages */
	double width;	    /* between the margins */
	double room;	    /* height of a following page's body */
	double body;	    /* size of plain text */
	GPtrArray *bands;   /* struct band */
	GPtrArray *marks;   /* struct block of .mark; borrowed */
	struct barcode *qr; /* waits for the .fields beside which it stands */
	char *caption;	    /* of the qr */
	int entries;	    /* numbered entries since the last other block */
	int headings;	    /* so far */
	const char *title;  /* borrowed, for the head of following pages */
	const char *number;
	const char *footer;
};

/* Adds a band and gives it back. */
struct band *flow_band(struct flow *flow, double height, double before);

/* A layout of the given size in times of the plain size, broken at width (< 0: one line). */
PangoLayout *flow_text(
	const struct flow *flow, const char *text, double times, bool bold, double width);

/* Hall and window at the left, Code 128 at the right, a rule below; either may be missing. */
bool flow_header(
	struct flow *flow, const struct block *header, const struct block *code, GError **error);
void flow_title(struct flow *flow, const struct block *block);
bool flow_fields(struct flow *flow, const struct block *block, GError **error);
bool flow_table(struct flow *flow, const struct block *block, GError **error);
/* A process as boxes and arrows; over several pages when it is higher than one. */
bool flow_chart(struct flow *flow, const struct block *block, GError **error);
void flow_sign(struct flow *flow, const struct block *block);
/* sign: signature lines that stand at the seal's left; NULL none. */
void flow_seal(struct flow *flow, const struct block *block, const struct block *sign);

/* Bands → pages, with the head of following pages, footers and marks of every page. */
struct pages *flow_paginate(struct flow *flow);

#endif
