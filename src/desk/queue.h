/* What the desk has before it: the day's list, searching, the outbox, papers to confirm, the status
 * line. */
#ifndef DESK_QUEUE_H
#define DESK_QUEUE_H

#include "desk/desk.h"

struct case_row {
	char *id;
	char *number; /* "" a draft */
	char *applicant;
	char *theme;
	char *state;	 /* Chinese */
	char *progress;	 /* 3/5部门已受理; 容缺 承诺11-24到 */
	char *due_words; /* 剩2工作日 */
	int64_t urgency; /* 0 calm, 1 soon, 2 overdue */
	char *holder;
};

enum queue_kind {
	QUEUE_KIND_TODAY,      /* taken in today, and drafts of today */
	QUEUE_KIND_DRAFT,      /* all drafts */
	QUEUE_KIND_CORRECTION, /* waiting for the applicant */
	QUEUE_KIND_RUNNING,    /* with departments */
	QUEUE_KIND_PICKUP,     /* results to hand out */
	QUEUE_KIND_OVERDUE,
	QUEUE_KIND_SILENT, /* a timer proposed deemed acceptance: a supervisor confirms or urges */
	QUEUE_KIND_COUNT,
};
const char *queue_kind_name(enum queue_kind kind);

struct queue_counts {
	int64_t counts[QUEUE_KIND_COUNT];
	int64_t taken_today;
	int64_t deferred;
};

/* Rows struct case_row of one list, newest or most urgent first, from `offset`, at most `most`. */
GPtrArray *desk_queue(
	struct desk *desk, enum queue_kind kind, int64_t offset, int64_t most, GError **error);
bool desk_queue_counts(struct desk *desk, struct queue_counts *ret_counts, GError **error);

/*
 * The one box (SCREENS rule 1): cases by number, its beginning or its spoken part (3A0037), label,
 * name, identity number, last four digits; struct case_row. Themes are searched by
 * catalogue_search.
 */
GPtrArray *desk_search(struct desk *desk, const char *text, int64_t most, GError **error);

/* What waits to be sent or was refused. */
struct outbox_row {
	char *id;
	char *kind; /* bundle, message, journal (facts not yet at the hub) */
	char *case_number;
	char *target; /* department's or hub's name */
	char *state;  /* waiting sent refused */
	char *reason;
	int64_t attempts;
	int64_t next_ms;
	int64_t created_ms;
};
GPtrArray *desk_outbox(struct desk *desk, GError **error);

/* Sends a refused or waiting entry again now. */
bool desk_outbox_retry(struct desk *desk, const char *id, GError **error);

/* Papers: jobs the clerk has to answer for, and recent ones. */
struct paper_row {
	char *id;
	char *kind; /* Chinese: 收件回执 */
	char *case_id;
	char *case_number;
	char *state; /* intent rendered submitted ask confirmed failed cancelled */
	char *printer;
	char *message;
	int64_t copy;
	int64_t created_ms;
};
GPtrArray *desk_papers(struct desk *desk, bool only_open, GError **error);

/* Row 29: the clerk says whether it came out. No: the same number again, copy + 1, with the reason.
 */
bool desk_paper_answer(
	struct desk *desk, const char *job, bool came_out, const char *reason, GError **error);

/*
 * Prints a document of a case again (counted copy, reason kept). kind: notice receipt correction …
 * A `refusal` (不予受理通知书) of a refused item is made on the first request, which needs no
 * reason.
 */
bool desk_print_request(struct desk *desk, const char *case_id, const char *kind, int item,
	const char *reason, char **ret_job, GError **error);

/* The status line (SCREENS rule 5). */
struct desk_status {
	bool has_hub; /* a hub is configured */
	bool online;
	int64_t last_exchange_ms; /* 0 never */
	int64_t unsent;
	int64_t refused;
	int64_t papers;	  /* waiting for “did it come out?” */
	int64_t unrouted; /* items taken in that wait for a route (bureau.h) */
	bool forked;
	char *printer;	  /* A4就绪, 缺纸 … in words */
	char *trouble;	  /* of the line: a sentence; "" none */
	const char *disk; /* the disk is full and the ballast freed: a sentence; "" */
};
bool desk_status_read(struct desk *desk, struct desk_status *ret_status, GError **error);
void desk_status_clear(struct desk_status *status);

#endif
