#include "desk/queue.h"

#include <string.h>

#include "desk/private.h"
#include "desk/queue_rows.h"

const char *queue_kind_name(enum queue_kind kind)
{
	static const char *const names[QUEUE_KIND_COUNT] = {
		[QUEUE_KIND_TODAY] = "今日",
		[QUEUE_KIND_DRAFT] = "草稿",
		[QUEUE_KIND_CORRECTION] = "补正",
		[QUEUE_KIND_RUNNING] = "办理中",
		[QUEUE_KIND_PICKUP] = "待取件",
		[QUEUE_KIND_OVERDUE] = "超期",
		[QUEUE_KIND_SILENT] = "待督",
	};
	return (unsigned)kind < QUEUE_KIND_COUNT ? names[kind] : "";
}

static const struct store_column queue_columns[] = {
	STORE_COLUMN(TEXT, struct queue_row, id),
	STORE_COLUMN(TEXT, struct queue_row, number),
	STORE_COLUMN(TEXT, struct queue_row, applicant),
	STORE_COLUMN(TEXT, struct queue_row, theme),
	STORE_COLUMN(TEXT, struct queue_row, state),
	STORE_COLUMN(TEXT, struct queue_row, progress),
	STORE_COLUMN(TEXT, struct queue_row, step),
	STORE_COLUMN(TEXT, struct queue_row, due),
	STORE_COLUMN(INTEGER, struct queue_row, due_ms),
	STORE_COLUMN(TEXT, struct queue_row, due_unit),
	STORE_COLUMN(TEXT, struct queue_row, promise_due),
	STORE_COLUMN(TEXT, struct queue_row, holder),
	STORE_COLUMNS_END,
};
const struct store_shape queue_shape = {sizeof(struct queue_row), queue_columns};

static void case_row_free(void *data)
{
	struct case_row *row = data;
	g_free(row->id);
	g_free(row->number);
	g_free(row->applicant);
	g_free(row->theme);
	g_free(row->state);
	g_free(row->progress);
	g_free(row->due_words);
	g_free(row->holder);
	g_free(row);
}

/* How far it is: a draft stands at a step, a promise is told before the rest. */
static char *progress_words(const struct queue_row *row)
{
	if (*row->number == '\0' && strcmp(row->state, "correcting") != 0)
		return g_strdup_printf("草稿 %s", case_step_name(case_step_from_word(row->step)));
	if (*row->promise_due != '\0')
		return g_strdup_printf(
			"容缺 承诺%s到 %s", row->promise_due + strlen("2026-"), row->progress);
	return g_strdup(row->progress);
}

GPtrArray *queue_rows_new(void)
{
	return g_ptr_array_new_with_free_func(case_row_free);
}

void queue_rows_add(struct desk *desk, GPtrArray *rows, const struct queue_row *from)
{
	struct case_row *row = g_new0(struct case_row, 1);
	int urgency = 0;
	row->id = g_strdup(from->id);
	row->number = g_strdup(from->number);
	row->applicant = g_strdup(from->applicant);
	row->theme = g_strdup(from->theme);
	row->state = g_strdup(case_state_name(case_state_from_name(from->state)));
	row->progress = progress_words(from);
	row->due_words = due_words(desk, from->due, from->due_unit, from->due_ms, "", &urgency);
	row->urgency = urgency;
	row->holder = g_strdup(from->holder);
	g_ptr_array_add(rows, row);
}

static GPtrArray *read_rows(
	struct desk *desk, enum queue_kind kind, int64_t offset, int64_t most, GError **error)
{
	struct store *store = desk->store;
	g_autofree char *day = civil_date_dup_text(desk_today(desk));
	const struct store_value at_most = STORE_INTEGER("most", most);
	const struct store_value from = STORE_INTEGER("offset", offset);
	switch (kind) {
	case QUEUE_KIND_TODAY:
		return store_rows(store, STATEMENT_QUEUE_TODAY,
			STORE_VALUES(STORE_TEXT("day", day), at_most, from), &queue_shape, error);
	case QUEUE_KIND_RUNNING:
		return store_rows(store, STATEMENT_QUEUE_RUNNING, STORE_VALUES(at_most, from),
			&queue_shape, error);
	case QUEUE_KIND_OVERDUE:
		return store_rows(store, STATEMENT_QUEUE_OVERDUE,
			STORE_VALUES(STORE_INTEGER("now_ms", desk_now_ms(desk)), at_most, from),
			&queue_shape, error);
	case QUEUE_KIND_SILENT:
		return store_rows(store, STATEMENT_QUEUE_PROPOSED, STORE_VALUES(at_most, from),
			&queue_shape, error);
	default:
		break;
	}
	enum case_state state = kind == QUEUE_KIND_DRAFT	? CASE_STATE_DRAFT
				: kind == QUEUE_KIND_CORRECTION ? CASE_STATE_CORRECTING
								: CASE_STATE_PICKUP;
	return store_rows(store, STATEMENT_QUEUE_STATE,
		STORE_VALUES(STORE_TEXT("state", case_state_word(state)), at_most, from),
		&queue_shape, error);
}

GPtrArray *desk_queue(
	struct desk *desk, enum queue_kind kind, int64_t offset, int64_t most, GError **error)
{
	if (!desk_may(desk, DESK_ACT_READ, error))
		return NULL;
	g_autoptr(GPtrArray) found = read_rows(desk, kind, offset, most, error);
	if (found == NULL)
		return NULL;
	GPtrArray *rows = queue_rows_new();
	for (guint i = 0; i < found->len; i++)
		queue_rows_add(desk, rows, found->pdata[i]);
	return rows;
}

/* ---- counts ---- */

struct count_row {
	char *state;
	int64_t count;
};

static const struct store_column count_columns[] = {
	STORE_COLUMN(TEXT, struct count_row, state),
	STORE_COLUMN(INTEGER, struct count_row, count),
	STORE_COLUMNS_END,
};
static const struct store_shape count_shape = {sizeof(struct count_row), count_columns};

struct today_row {
	int64_t count;
	int64_t taken;
};

static const struct store_column today_columns[] = {
	STORE_COLUMN(INTEGER, struct today_row, count),
	STORE_COLUMN(INTEGER, struct today_row, taken),
	STORE_COLUMNS_END,
};
static const struct store_shape today_shape = {sizeof(struct today_row), today_columns};

static enum queue_kind kind_of_state(const char *word)
{
	switch (case_state_from_name(word)) {
	case CASE_STATE_DRAFT:
		return QUEUE_KIND_DRAFT;
	case CASE_STATE_CORRECTING:
		return QUEUE_KIND_CORRECTION;
	case CASE_STATE_PICKUP:
		return QUEUE_KIND_PICKUP;
	default:
		return QUEUE_KIND_RUNNING;
	}
}

bool desk_queue_counts(struct desk *desk, struct queue_counts *ret_counts, GError **error)
{
	struct queue_counts counts = {0};
	struct today_row today = {0};
	bool found = false;
	g_autofree char *day = civil_date_dup_text(desk_today(desk));
	if (!desk_may(desk, DESK_ACT_READ, error))
		return false;
	g_autoptr(GPtrArray) states = store_rows(
		desk->store, STATEMENT_QUEUE_COUNTS, STORE_NO_VALUES, &count_shape, error);
	if (states == NULL ||
		!store_row(desk->store, STATEMENT_QUEUE_COUNT_TODAY,
			STORE_VALUES(STORE_TEXT("day", day)), &today_shape, &today, &found,
			error) ||
		!store_integer(desk->store, STATEMENT_QUEUE_COUNT_OVERDUE,
			STORE_VALUES(STORE_INTEGER("now_ms", desk_now_ms(desk))), 0,
			&counts.counts[QUEUE_KIND_OVERDUE], error) ||
		!store_integer(desk->store, STATEMENT_QUEUE_COUNT_PROPOSED, STORE_NO_VALUES, 0,
			&counts.counts[QUEUE_KIND_SILENT], error) ||
		!store_integer(desk->store, STATEMENT_QUEUE_COUNT_DEFERRED, STORE_NO_VALUES, 0,
			&counts.deferred, error))
		return false;
	for (guint i = 0; i < states->len; i++) {
		const struct count_row *row = states->pdata[i];
		counts.counts[kind_of_state(row->state)] += row->count;
	}
	counts.counts[QUEUE_KIND_TODAY] = today.count;
	counts.taken_today = today.taken;
	*ret_counts = counts;
	return true;
}
