/* A theme's guide (办事指南) as paragraphs: a screen of its own (screen_brief) and the pane beside
 * the list. */
#ifndef UI_SCREENS_BRIEF_H
#define UI_SCREENS_BRIEF_H

#include "core/theme.h"
#include "surface.h"

struct paragraph {
	enum style style;
	int indent;
	char *text;
};

/* struct paragraph, owned by the array. Every fact of it is reference (参考): the first one says
 * so. */
GPtrArray *brief_paragraphs(const struct theme *theme, const struct definitions *definitions);

/* Draws from paragraph `first` on. */
void brief_render(const GPtrArray *paragraphs, int first, struct area area);

#endif
