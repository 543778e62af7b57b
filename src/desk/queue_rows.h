/* Rows of lists, shared by queue.c and search.c. */
#ifndef DESK_QUEUE_ROWS_H
#define DESK_QUEUE_ROWS_H

#include "desk/queue.h"

struct queue_row {
	char *id;
	char *number;
	char *applicant;
	char *theme;
	char *state;
	char *progress;
	char *step;
	char *due;
	int64_t due_ms;
	char *due_unit;
	char *promise_due;
	char *holder;
};
extern const struct store_shape queue_shape;

/* An empty array of struct case_row, and one row more for it. */
GPtrArray *queue_rows_new(void);
void queue_rows_add(struct desk *desk, GPtrArray *rows, const struct queue_row *from);

#endif
