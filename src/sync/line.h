/* The tasks of the line itself: when each may be tried again and what is wrong with it. Used by
 * state.c only; pure. */
#ifndef SYNC_LINE_H
#define SYNC_LINE_H

#include "sync/state.h"

/* How often the bureau's supply is looked at without being told of news. */
#define LINE_SUPPLY_MS (60 * 60 * 1000)

struct line_task {
	int64_t failures;
	int64_t next_ms;
	char *trouble; /* NULL none */
};

struct line {
	struct line_task tasks[SYNC_LINE_TASKS];
	bool told; /* a LINE command was given, and how things stood then */
	int64_t told_ms;
	char *told_trouble;
};
void line_clear(struct line *line);

/* It worked; trouble is what nevertheless stands wrong (NULL nothing). */
void line_good(struct line *line, enum sync_task task, const char *trouble);

/* It did not: tried again after a back-off. */
void line_bad(struct line *line, enum sync_task task, const char *reason, int64_t now_ms,
	uint64_t *random);

/* Every back-off ends. */
void line_hurry(struct line *line);

/* The first sentence of what is wrong, "" none. */
const char *line_trouble(const struct line *line, const struct sync_view *view);

/*
 * True when this has not been told yet, which it now is; a mere contact is told at most every ten
 * seconds.
 */
bool line_is_news(struct line *line, const char *trouble, bool contact, int64_t now_ms);

/* A bureau's home that is no window: nothing but the supply goes over its line. */
bool line_is_bureau_only(const struct sync_view *view);

/* The first question on a connection. */
enum sync_task line_first_task(const struct sync_view *view);

/* When the bureau's supply is looked at: at every connect, hourly, and when there is news. */
struct line_supply {
	int64_t stamp;	   /* of the hub's supply as last told, 0 never */
	int64_t looked_ms; /* 0: to be looked at */
	bool again;	   /* news came while a look was under way */
};

/* There is something new, here or at the hub; flying: a look is under way. */
void line_supply_news(struct line_supply *supply, bool flying);

/* A look has ended well. */
void line_supply_looked(struct line_supply *supply, int64_t now_ms);
bool line_supply_is_due(const struct line_supply *supply, int64_t now_ms);

#endif
