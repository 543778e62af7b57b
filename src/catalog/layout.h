/*
 * What each kind of catalogue file holds, as tables for the reader. data/README.md shows the same
 * by example, data/schema/ as JSON Schema.
 */
#ifndef CATALOG_LAYOUT_H
#define CATALOG_LAYOUT_H

#include "catalog/reader.h"
#include "core/theme.h"

/* What a guide file says of one theme; moved into the theme by guide_apply. */
struct guide {
	char *theme; /* the theme's id */
	char *display;
	GStrv conditions;
	struct limit_rule joint;
	GPtrArray *items; /* struct theme_item, only what a guide says of them */
	GPtrArray *questions;
	GPtrArray *exclusions;
};
void guide_free(struct guide *guide);

extern const struct shape layout_list;	     /* struct list, of its members only; themes apart */
extern const struct shape layout_theme;	     /* struct theme, the source's own words */
extern const struct shape layout_guide;	     /* struct guide */
extern const struct shape layout_service;    /* struct service */
extern const struct shape layout_material;   /* struct material */
extern const struct shape layout_field;	     /* struct field */
extern const struct shape layout_department; /* struct department */
extern const struct shape layout_route;	     /* struct route */
extern const struct shape layout_shelf;	     /* struct catalog_shelf */

/*
 * A theme of the list `list` (id) with its derived id ("企业-2", "6-7"); the items know their
 * position. Never NULL; faults go to the reader, whose entry names the theme while it is read.
 */
struct theme *layout_read_theme(
	struct reader *reader, const json_t *object, const char *list, int version, int index);

/* The id of a theme object: its audience and printed numbers joined by `-`; a new string. */
char *layout_theme_id(const json_t *object);

/*
 * Moves what the guide says into the theme (its members are left empty). A row that the theme does
 * not have, or named twice, is a fault.
 */
void guide_apply(struct reader *reader, struct guide *guide, struct theme *theme);

/* Reads one guide object and applies it. */
void layout_read_guide(struct reader *reader, const json_t *object, struct theme *theme);

AUTOPTR(guide, guide_free)

#endif
