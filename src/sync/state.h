/*
 * When to send what: a pure state machine. It is told what happened (what the store holds, which
 * answer came, what time it is) and says what to do next (send this, write that down). It reads no
 * clock, no store and no network; its random numbers come from the seed it is given, so that every
 * schedule can be played again. Losing it loses nothing: a new one, told what the store holds, goes
 * on from there (D9, D10).
 *
 * What it keeps:
 * - Three end states (D7): sent, refused (reason kept, never tried again by itself), waiting
 *   (back-off with jitter). No network and an expired login are waiting.
 * - Order within a bundle: its images, the bundle, its messages in their order (D6). Each bundle is
 * a lane of its own: one that cannot be sent stops nobody else (D8).
 * - Facts in order, one batch at a time, after the heads of both sides were compared. A fork stops
 *   everything.
 */
#ifndef SYNC_STATE_H
#define SYNC_STATE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "base/autoptr.h"

#define SYNC_MOST_FLIGHTS 6
#define SYNC_FIRST_BACKOFF_MS 1000
#define SYNC_MOST_BACKOFF_MS (5 * 60 * 1000)
/* The line itself is tried more often than a single entry: one small question. */
#define SYNC_MOST_LINE_BACKOFF_MS (60 * 1000)

/* What can be under way. Those before BLOB are the line's own, one of each at a time. */
enum sync_task {
	SYNC_TASK_ENROL,   /* the one-time code becomes a token */
	SYNC_TASK_HEAD,	   /* heads are compared: the first question on every connection */
	SYNC_TASK_BLOCK,   /* a block of case numbers */
	SYNC_TASK_JOURNAL, /* the next batch of facts */
	SYNC_TASK_HOLD,	   /* a case is being worked on here, or no longer */
	SYNC_TASK_UPDATES, /* what departments did */
	SYNC_TASK_SUPPLY,  /* versions, calendars, authorisations: looked at, fetched, pushed */
	SYNC_TASK_BLOB,	   /* an image of a bundle */
	SYNC_TASK_BUNDLE,
	SYNC_TASK_MESSAGE,
	SYNC_TASK_CUSTODY, /* a case of another window is asked for */
	SYNC_TASK_COUNT,
};
#define SYNC_LINE_TASKS SYNC_TASK_BLOB

/* What an answer means; made from status and body by wire_outcome. */
enum sync_outcome {
	SYNC_OUTCOME_DONE,
	SYNC_OUTCOME_REFUSED,	  /* the hub understood and said no */
	SYNC_OUTCOME_LATER,	  /* this one did not work now: 5xx, garbage, cut off */
	SYNC_OUTCOME_UNREACHABLE, /* nobody is there: no address, no connection */
	SYNC_OUTCOME_AUTH,	  /* 401: waiting, with its own sentence */
	SYNC_OUTCOME_FORK,	  /* the hub's journal of this store differs */
	SYNC_OUTCOME_STALE,	  /* the hub wants facts from an earlier seq */
};

/* A row of the outbox that waits. */
struct sync_entry {
	enum sync_task task; /* BLOB, BUNDLE, MESSAGE or CUSTODY */
	char *id;	     /* of the bundle or message; the digest of an image */
	char *bundle;	     /* "" belongs to none */
	int64_t order;	     /* of messages of one bundle */
	int64_t attempts;
	int64_t next_ms; /* not before; 0 at once */
};
struct sync_entry *sync_entry_new(enum sync_task task, const char *id, const char *bundle,
	int64_t order, int64_t attempts, int64_t next_ms);
void sync_entry_free(struct sync_entry *entry);
AUTOPTR(sync_entry, sync_entry_free)

/* What the store and the configuration say, whole. */
struct sync_view {
	bool has_hub;
	bool has_token;
	bool has_secret; /* a one-time enrolment code is there */
	bool needs_block;
	bool needs_hold;
	bool has_bureau;     /* the bureau's token is there: this home pushes what it publishes */
	int64_t supply_mark; /* of a bureau: changes with what it would push */
	bool forked;
	int64_t first_seq; /* of this store's own facts */
	int64_t head_seq;  /* the last fact */
	int64_t sent_seq;  /* the hub has receipted up to here */
	int64_t updates_cursor;
	GPtrArray *entries; /* struct sync_entry, borrowed during the step */
};

struct sync_answer {
	uint32_t request; /* of the command; an unknown one is ignored */
	enum sync_outcome outcome;
	const char *reason; /* a clerk's sentence; NULL when done (SUPPLY: what stands wrong) */
	int64_t seq;	    /* HEAD, JOURNAL, STALE: up to where the hub holds facts */
	int64_t cursor;	    /* UPDATES: where to go on */
	int64_t count;	    /* UPDATES: how many came; SUPPLY: how many things changed sides */
	int64_t supply;	    /* UPDATES: the stamp of the hub's supply, 0 not told */
};

enum sync_event_kind {
	SYNC_EVENT_LOADED, /* view */
	SYNC_EVENT_ANSWER, /* answer */
	SYNC_EVENT_TIME,   /* only the time has passed */
	SYNC_EVENT_NUDGE, /* somebody wants it now: every back-off ends, updates are asked afresh */
};

struct sync_event {
	enum sync_event_kind kind;
	int64_t now_ms;
	const struct sync_view *view;
	const struct sync_answer *answer;
};

enum sync_command_kind {
	SYNC_COMMAND_SEND,   /* request, task, id, bundle; seq: JOURNAL from behind it; cursor,
				patient */
	SYNC_COMMAND_SETTLE, /* task, id, bundle, state, reason, attempts, next_ms */
	SYNC_COMMAND_CURSOR, /* seq: the hub has receipted up to here */
	SYNC_COMMAND_LINE,   /* online, reason (trouble), forked, contact */
	SYNC_COMMAND_CANCEL, /* request: its answer no longer matters */
};

enum sync_state {
	SYNC_STATE_WAITING,
	SYNC_STATE_SENT,
	SYNC_STATE_REFUSED,
};
/* "waiting" …, static: the words of the outbox tables. */
const char *sync_state_word(enum sync_state state);

struct sync_command {
	enum sync_command_kind kind;
	enum sync_task task;
	uint32_t request;
	char *id;
	char *bundle;
	char *reason; /* "" none */
	enum sync_state state;
	int64_t attempts;
	int64_t next_ms;
	int64_t seq;
	int64_t cursor;
	int64_t supply; /* UPDATES: the stamp that is known */
	bool patient;	/* UPDATES: the hub may wait for news */
	bool online;
	bool forked;
	bool contact; /* an exchange worked just now */
};

struct sync;

/* patient: updates are asked by long poll (an agent), else once and at once (`sync --once`). */
struct sync *sync_new(uint64_t seed, bool patient);
void sync_free(struct sync *sync);
AUTOPTR(sync, sync_free)

/*
 * One step. The commands in their order (struct sync_command, owned by the array); those that write
 * come before those that send. When a write of theirs fails, drop the machine and begin a new one.
 */
GPtrArray *sync_step(struct sync *sync, const struct sync_event *event);

/* When to come back with SYNC_EVENT_TIME; INT64_MAX: only when something happens. */
int64_t sync_next_ms(const struct sync *sync);

/*
 * True when nothing more can be done now: all that could be sent is settled or backs off, and
 * updates have been asked for since the last nudge (or cannot be).
 */
bool sync_is_settled(const struct sync *sync);

/* True from an answer of the hub until an exchange gets none. */
bool sync_is_online(const struct sync *sync);

#endif
