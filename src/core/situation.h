/*
 * The applicant's situation (情形): what the answers and the chosen items make of a theme — items,
 * one checklist, one form, what is still to be asked, and what blocks (R03, R05, R09–R13).
 */
#ifndef CORE_SITUATION_H
#define CORE_SITUATION_H

#include "core/theme.h"

/* Why an item of the theme is in or out. */
enum item_standing {
	ITEM_STANDING_IN,
	ITEM_STANDING_OUT_BY_ANSWER, /* its condition does not hold */
	ITEM_STANDING_OUT_BY_CHOICE, /* the applicant does not take it (R11) */
	ITEM_STANDING_UNDECIDED,     /* a question or a 二选一 choice is still open */
	ITEM_STANDING_NOT_OFFERED,   /* abolished, or guided only */
};

struct situation_item {
	const struct theme_item *item; /* borrowed from the theme */
	const struct service *service; /* borrowed; NULL not described */
	enum item_standing standing;
	bool fixed; /* cannot be deselected: 并行办理 */
};

/* One distinct material of the situation, with all who need it (R13). */
struct situation_material {
	const struct material *material; /* borrowed */
	enum necessity necessity;	 /* the strictest of its users */
	int originals;			 /* the most any user needs, one a holder at least */
	int copies;			 /* the sum of its users */
	bool image;
	GArray *items;		  /* int: indexes of the items that need it */
	GPtrArray *review_points; /* borrowed char*, without repeats */
	char *original_holder;	  /* department code, "" the window (owned) */
	GPtrArray *holders;	  /* borrowed char*: all who must hold one each, no repeats */
};

/* One field of the one form (R12). */
struct situation_field {
	const struct field *field; /* borrowed */
	bool required;
	GArray *items; /* int: indexes of the items that need it */
};

struct situation_block {
	const char *reason; /* borrowed */
	const char *remedy; /* borrowed */
	const char *question;
};

struct situation {
	GPtrArray *items;     /* struct situation_item, all of the theme in order */
	GPtrArray *materials; /* struct situation_material, of the items that are in */
	GPtrArray *fields;    /* struct situation_field, likewise */
	GPtrArray *questions; /* const struct question*, asked or to be asked now, in order */
	GPtrArray *open;      /* const struct question*, of those the ones without an answer */
	GPtrArray *blocks;    /* struct situation_block; not empty: the theme cannot go on */
	GPtrArray *conflicts; /* char*: sentences about 二选一 groups and exclusions not met */
};

/*
 * answers: question id → option id (const char*); answers to questions that are not asked are
 * ignored. deselected: set of item indexes (GINT_TO_POINTER) the applicant does not take; NULL
 * none. A question is asked when its condition holds by the answers to the questions before it. In
 * a 二选一 group of which no question decides, the item not deselected is taken; more than one left
 * is a conflict. Never fails; what is open or wrong stands in the result.
 */
struct situation *situation_new(const struct theme *theme, const struct definitions *definitions,
	GHashTable *answers, GHashTable *deselected);
void situation_free(struct situation *situation);

/* True when nothing is open, blocked or in conflict and at least one item is in. */
bool situation_is_settled(const struct situation *situation);

AUTOPTR(situation, situation_free)

#endif
