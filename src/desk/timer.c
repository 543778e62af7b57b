/*
 * What time brings, for the agent to run: promises that fall due, silence of a department. A timer
 * makes its fact once, whoever runs it, and only proposes.
 */
#include "desk/timer.h"

#include <string.h>

#include "desk/private.h"

#define MOST_DUE 200

struct promise_row {
	char *id;
	char *number;
	char *promise_due;
};

static const struct store_column promise_columns[] = {
	STORE_COLUMN(TEXT, struct promise_row, id),
	STORE_COLUMN(TEXT, struct promise_row, number),
	STORE_COLUMN(TEXT, struct promise_row, promise_due),
	STORE_COLUMNS_END,
};
static const struct store_shape promise_shape = {sizeof(struct promise_row), promise_columns};

struct silence_row {
	char *case_id;
	int64_t item;
	char *name;
	int64_t received_ms;
};

static const struct store_column silence_columns[] = {
	STORE_COLUMN(TEXT, struct silence_row, case_id),
	STORE_COLUMN(INTEGER, struct silence_row, item),
	STORE_COLUMN(TEXT, struct silence_row, name),
	STORE_COLUMN(INTEGER, struct silence_row, received_ms),
	STORE_COLUMNS_END,
};
static const struct store_shape silence_shape = {sizeof(struct silence_row), silence_columns};

struct timer {
	struct desk *desk;
	int made;
};

/* Once for (case, item, kind, due date): the setting-like row is the fact's own key. */
static bool fire(struct timer *timer, const char *kind, const char *case_id, int64_t item,
	const char *day, json_t *body_take, GError **error)
{
	g_autoptr(json_t) body = body_take;
	int64_t changed = 0;
	if (!store_run_counted(timer->desk->store, STATEMENT_CASE_TIMER_PUT,
		    STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_INTEGER("item", item),
			    STORE_TEXT("kind", kind), STORE_TEXT("day", day)),
		    &changed, error))
		return false;
	if (changed == 0)
		return true;
	timer->made++;
	const struct desk_fact fact = {
		.kind = kind,
		.case_id = case_id,
		.item = (int)item,
		.authority = AUTHORITY_LAW,
		.source = FACT_SOURCE_TIMER,
	};
	return desk_fact(timer->desk, &fact, g_steal_pointer(&body), error);
}

static bool fire_promises(struct timer *timer, GError **error)
{
	g_autofree char *today = civil_date_dup_text(desk_today(timer->desk));
	g_autoptr(GPtrArray) rows = store_rows(timer->desk->store, STATEMENT_QUEUE_PROMISE_DUE,
		STORE_VALUES(STORE_TEXT("day", today), STORE_INTEGER("most", MOST_DUE)),
		&promise_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct promise_row *row = rows->pdata[i];
		if (!fire(timer, "promise_due", row->id, -1, row->promise_due,
			    json_pack("{s:s,s:s}", "day", row->promise_due, "number", row->number),
			    error))
			return false;
	}
	return rows != NULL;
}

static bool fire_silence(struct timer *timer, GError **error)
{
	struct desk *desk = timer->desk;
	g_autoptr(GPtrArray) rows = store_rows(desk->store, STATEMENT_QUEUE_SILENT,
		STORE_VALUES(STORE_INTEGER("most", MOST_DUE)), &silence_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct silence_row *row = rows->pdata[i];
		struct civil_date due;
		if (!calendar_add(desk_calendar(desk), civil_date_of_ms(row->received_ms),
			    TIMER_SILENCE_DAYS, &due, NULL) ||
			civil_date_compare(due, desk_today(desk)) >= 0)
			continue;
		g_autofree char *day = civil_date_dup_text(due);
		if (!fire(timer, "deemed_acceptance_due", row->case_id, row->item, day,
			    json_pack("{s:s,s:i,s:s}", "name", row->name, "days",
				    TIMER_SILENCE_DAYS, "day", day),
			    error))
			return false;
	}
	return rows != NULL;
}

static bool run_timers(struct store *store, void *data, GError **error)
{
	struct timer *timer = data;
	timer->made = 0;
	return fire_promises(timer, error) && fire_silence(timer, error);
}

bool desk_timers_run(struct desk *desk, int *ret_made, GError **error)
{
	struct timer timer = {desk, 0};
	if (!catalogue_settle(desk->store, desk_now_ms(desk), NULL, error) ||
		!store_write(desk->store, run_timers, &timer, error) ||
		!desk_dues_recount(desk, &timer.made, error))
		return false;
	if (timer.made > 0)
		store_ring(desk->store);
	*ret_made = timer.made;
	return true;
}
