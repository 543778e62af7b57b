/*
 * A theme's guide (办事指南, R06) in lines of text: a screen of its own (screen_brief) and the pane
 * beside the list. What it says is the document of desk/guide_document.h.
 */
#ifndef UI_SCREENS_BRIEF_H
#define UI_SCREENS_BRIEF_H

#include "base/json.h"
#include "surface.h"

/* A guide and its lines at the width they were last drawn at. */
struct brief_page;

/* Takes the document. */
struct brief_page *brief_page_new(json_t *guide_take);
void brief_page_free(struct brief_page *page);

/* The document, borrowed. */
const json_t *brief_page_guide(const struct brief_page *page);

/* Draws from line `first` on; gives the number of lines there are at this width. */
int brief_page_render(struct brief_page *page, int first, struct area area);

#endif
