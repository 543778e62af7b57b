/*
 * What the bureau hands out through the hub: versions of the lists, calendars, authorisations of
 * this hall. Pure: told what the hub shows, what the home has and what was said of it before, the
 * plan says what to fetch, what to push (only a home with the bureau's token), and what is wrong.
 *
 * Its rules:
 * - A version never changes: what is missing here is fetched, one refused here not again until its
 *   digest changes at the hub. The same number with another digest is trouble and stays as it is,
 *   until the hub shows a higher number of that list.
 * - A bureau pushes published versions above the highest that the hub shows.
 * - Of calendars and authorisations the hub's stands, unless it is the bureau's home that has
 *   changed its own since both were the same.
 */
#ifndef SYNC_SUPPLY_H
#define SYNC_SUPPLY_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "base/autoptr.h"

enum supply_kind {
	SUPPLY_KIND_GRANT, /* 授权 */
	SUPPLY_KIND_CALENDAR,
	SUPPLY_KIND_VERSION,
	SUPPLY_KIND_COUNT,
};

/* "grant" "calendar" "version", static: the words of the table supply. */
const char *supply_kind_word(enum supply_kind kind);

/* One thing as one side has it. Strings owned, "" where there is nothing to say. */
struct supply_thing {
	enum supply_kind kind;
	char *list;	/* of a version or a grant */
	int64_t number; /* version or year */
	char *digest;	/* "sm3:…" */
	int64_t size;
	char *effective_from;
	char *filing;
	char *author;
	char *body; /* of a grant: its frozen JSON */
};
struct supply_thing *supply_thing_new(
	enum supply_kind kind, const char *list, int64_t number, const char *digest);
void supply_thing_free(struct supply_thing *thing);
struct supply_thing *supply_thing_copy(const struct supply_thing *thing);
AUTOPTR(supply_thing, supply_thing_free)

/* What was said of a thing before. */
struct supply_memory {
	enum supply_kind kind;
	char *list;
	int64_t number;
	char *agreed;  /* digest that both sides had last, "" never */
	char *refused; /* digest that one side has refused, "" none */
	char *reason;  /* the sentence of the refusal */
};
struct supply_memory *supply_memory_new(enum supply_kind kind, const char *list, int64_t number);
void supply_memory_free(struct supply_memory *memory);

enum supply_act {
	SUPPLY_ACT_AGREE, /* both have it: to be written down */
	SUPPLY_ACT_FETCH,
	SUPPLY_ACT_PUSH,
};

struct supply_step {
	enum supply_act act;
	struct supply_thing *thing; /* a copy of the side's that gives it */
};
void supply_step_free(struct supply_step *step);

/* Arrays borrowed; of struct supply_thing and struct supply_memory. */
struct supply_view {
	const GPtrArray *hub;
	const GPtrArray *home; /* of versions the published ones */
	const GPtrArray *memory;
	bool bureau;	   /* this home has the bureau's token */
	const char *today; /* civil date */
};

struct supply_plan {
	GPtrArray *steps; /* struct supply_step in the order to take them, owned */
	char *trouble;	  /* a sentence of what stands wrong, NULL none */
};
struct supply_plan *supply_plan_new(const struct supply_view *view);
void supply_plan_free(struct supply_plan *plan);
AUTOPTR(supply_plan, supply_plan_free)

/* What a sentence calls it: 清单 jiangmen-2020 第 3 版, 2027 年工作日历, 清单 … 的授权 (g_free). */
char *supply_thing_words(const struct supply_thing *thing);

/* {"all":true} or {"themes":[…]} of sorted ids as frozen JSON (g_free); themes ends with NULL. */
char *supply_grant_body(bool all, const char *const *themes);

#endif
