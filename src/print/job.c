#include "print/job.h"

#include "base/err.h"

static const char *const names[JOB_STATE_COUNT] = {
	[JOB_STATE_INTENT] = "intent",
	[JOB_STATE_RENDERED] = "rendered",
	[JOB_STATE_SUBMITTED] = "submitted",
	[JOB_STATE_ASK] = "ask",
	[JOB_STATE_CONFIRMED] = "confirmed",
	[JOB_STATE_FAILED] = "failed",
	[JOB_STATE_CANCELLED] = "cancelled",
};

#define BIT(state) (1u << JOB_STATE_##state)

/* From each state, where a row may go. A submitted one may learn more and stay. */
static const unsigned moves[JOB_STATE_COUNT] = {
	[JOB_STATE_INTENT] = BIT(RENDERED) | BIT(FAILED) | BIT(CANCELLED),
	[JOB_STATE_RENDERED] = BIT(SUBMITTED) | BIT(FAILED) | BIT(CANCELLED),
	[JOB_STATE_SUBMITTED] = BIT(SUBMITTED) | BIT(ASK) | BIT(FAILED) | BIT(CANCELLED),
	[JOB_STATE_ASK] = BIT(CONFIRMED) | BIT(FAILED),
};

const char *job_state_name(enum job_state state)
{
	return names[state];
}

enum job_state job_state_from_name(const char *name)
{
	for (int state = 0; state < JOB_STATE_COUNT; state++)
		if (g_strcmp0(names[state], name) == 0)
			return (enum job_state)state;
	return JOB_STATE_COUNT;
}

bool job_state_may_move(enum job_state from, enum job_state to)
{
	return from < JOB_STATE_COUNT && to < JOB_STATE_COUNT && (moves[from] & (1u << to)) != 0;
}

static const struct store_column columns[] = {
	STORE_COLUMN(TEXT, struct job, id),
	STORE_COLUMN(TEXT, struct job, case_id),
	STORE_COLUMN(TEXT, struct job, kind),
	STORE_COLUMN(TEXT, struct job, number),
	STORE_COLUMN(INTEGER, struct job, copy),
	STORE_COLUMN(TEXT, struct job, reason),
	STORE_COLUMN(BLOB, struct job, data),
	STORE_COLUMN(TEXT, struct job, printer),
	STORE_COLUMN(TEXT, struct job, state),
	STORE_COLUMN(INTEGER, struct job, job),
	STORE_COLUMN(INTEGER, struct job, pages),
	STORE_COLUMN(TEXT, struct job, pdf),
	STORE_COLUMN(TEXT, struct job, message),
	STORE_COLUMN(INTEGER, struct job, created_ms),
	STORE_COLUMN(INTEGER, struct job, updated_ms),
	STORE_COLUMNS_END,
};
static const struct store_shape shape = {sizeof(struct job), columns};

void job_free(struct job *job)
{
	if (job == NULL)
		return;
	store_row_clear(&shape, job);
	g_free(job);
}

GPtrArray *job_list(struct store *store, enum job_state state, int64_t most, GError **error)
{
	return store_rows(store, STATEMENT_PRINT_JOB_BY_STATE,
		STORE_VALUES(
			STORE_TEXT("state", job_state_name(state)), STORE_INTEGER("most", most)),
		&shape, error);
}

static struct job *read_one(struct store *store, enum statement statement,
	const struct store_value *values, const char *none, GError **error)
{
	struct job *job = g_new0(struct job, 1);
	bool found = false;
	bool read = store_row(store, (int)statement, values, &shape, job, &found, error);
	if (read && found)
		return job;
	if (read)
		err_set(error, ERR_CODE_NOT_FOUND, "%s", none);
	g_free(job);
	return NULL;
}

struct job *job_get(struct store *store, const char *id, GError **error)
{
	return read_one(store, STATEMENT_PRINT_JOB_GET, STORE_VALUES(STORE_TEXT("id", id)),
		"没有这份单据", error);
}

struct job *job_of_case(
	struct store *store, const char *case_number, const char *kind, GError **error)
{
	return read_one(store, STATEMENT_PRINT_JOB_OF_CASE,
		STORE_VALUES(STORE_TEXT("case", case_number), STORE_TEXT("kind", kind)),
		"这个办件还没有出过这种单据", error);
}

struct moving {
	struct job *job;
	enum job_state to;
	const struct job_change *change;
	int64_t now_ms;
};

static bool do_move(struct store *store, void *data, GError **error)
{
	const struct moving *moving = data;
	const struct job_change *change = moving->change;
	int64_t changed = 0;
	if (!store_run_counted(store, STATEMENT_PRINT_JOB_MOVE,
		    STORE_VALUES(STORE_TEXT("id", moving->job->id),
			    STORE_TEXT("from", moving->job->state),
			    STORE_TEXT("to", job_state_name(moving->to)),
			    STORE_TEXT("printer", change->printer), STORE_TEXT("pdf", change->pdf),
			    STORE_TEXT("message", change->message),
			    STORE_INTEGER("job", change->job),
			    STORE_INTEGER("pages", change->pages),
			    STORE_INTEGER("now_ms", moving->now_ms)),
		    &changed, error))
		return false;
	return changed == 1 || err_set(error, ERR_CODE_STALE, "这份单据的状态已经变了");
}

static void replace(char **member, const char *value)
{
	if (value == NULL || *member == value)
		return;
	char *copy = g_strdup(value);
	g_free(*member);
	*member = copy;
}

bool job_move(struct store *store, struct job *job, enum job_state to,
	const struct job_change *change, int64_t now_ms, GError **error)
{
	static const struct job_change nothing = {0};
	struct moving moving = {job, to, change != NULL ? change : &nothing, now_ms};
	g_return_val_if_fail(job_state_may_move(job_state_from_name(job->state), to), false);
	if (!store_write(store, do_move, &moving, error))
		return false;
	replace(&job->state, job_state_name(to));
	replace(&job->printer, moving.change->printer);
	replace(&job->pdf, moving.change->pdf);
	replace(&job->message, moving.change->message);
	job->job = moving.change->job != 0 ? moving.change->job : job->job;
	job->pages = moving.change->pages != 0 ? moving.change->pages : job->pages;
	job->updated_ms = now_ms;
	store_ring(store);
	return true;
}
