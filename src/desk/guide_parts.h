/* The parts of the guide document, one file each; inside of the room only. */
#ifndef DESK_GUIDE_PARTS_H
#define DESK_GUIDE_PARTS_H

#include "desk/guide_document.h"

struct guide_making {
	const struct theme *theme; /* borrowed, likewise below */
	const struct definitions *definitions;
	const struct situation *situation;
	bool narrowed;	   /* to the answers of one situation */
	GHashTable *given; /* question → option, of the questions that are asked */
	bool *shown;	   /* by row: it is in this guide */
};

/* What the guide says of a row: a standing of its own, its service or NULL. */
const struct situation_item *guide_row(const struct guide_making *making, int index);

/* True when a use of a material or field counts in this guide. */
bool guide_uses(const struct guide_making *making, const struct condition *when);

/* A condition in words of the questionnaire; "" always. g_free. */
char *guide_condition_words(const struct theme *theme, const struct condition *condition);

/* A basis for a reader: "" when it says general. Borrowed. */
const char *guide_basis(const char *basis);

/* What is shown beside a definition: 参考，以当地实施清单为准, or 已确认（basis，date）. g_free. */
char *guide_mark(const char *confirmed, const char *confirmed_on);

/* Arrays of the document, new references. */
json_t *guide_items(const struct guide_making *making);
json_t *guide_materials(const struct guide_making *making);
json_t *guide_fields(const struct guide_making *making);
json_t *guide_questions(const struct guide_making *making);
json_t *guide_texts(const GStrv texts);

#endif
