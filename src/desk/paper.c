#include <string.h>

#include "desk/private.h"
#include "desk/queue.h"

bool paper_insert(
	struct desk *desk, const struct paper_input *paper, char **ret_job, GError **error)
{
	gsize size = 0;
	const void *data = g_bytes_get_data(paper->data, &size);
	g_autofree char *id = desk_new_id();
	g_autofree char *printer = store_setting(desk->store, "printer", "");
	const struct store_value none = STORE_NULL("case_id");
	const struct store_value some = STORE_TEXT("case_id", paper->case_id);
	if (!store_run(desk->store, STATEMENT_PRINT_JOB_INSERT,
		    STORE_VALUES(STORE_TEXT("id", id), paper->case_id != NULL ? some : none,
			    STORE_TEXT("kind", paper->kind), STORE_TEXT("number", paper->number),
			    STORE_INTEGER("copy", paper->copy), STORE_TEXT("reason", paper->reason),
			    STORE_BLOB("data", data, size), STORE_TEXT("printer", printer),
			    STORE_TEXT("actor", desk->user),
			    STORE_TEXT("window", desk->window->code),
			    STORE_INTEGER("now_ms", desk_now_ms(desk))),
		    error))
		return false;
	if (ret_job != NULL)
		*ret_job = g_steal_pointer(&id);
	return true;
}

static bool next_copy(struct desk *desk, const char *case_id, const char *kind, const char *number,
	int64_t *ret_copy, GError **error)
{
	if (!store_integer(desk->store, STATEMENT_OUTBOX_PAPER_COPIES,
		    STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_TEXT("kind", kind),
			    STORE_TEXT("number", number)),
		    0, ret_copy, error))
		return false;
	*ret_copy += 1;
	return true;
}

bool paper_request(struct desk *desk, const char *case_id, const char *kind, const char *number,
	json_t *data_take, const char *reason, char **ret_job, GError **error)
{
	g_autoptr(json_t) data = data_take;
	size_t size = 0;
	char *frozen = json_frozen(data, &size);
	g_autoptr(GBytes) bytes = g_bytes_new_take(frozen, size);
	struct paper_input paper = {
		.case_id = case_id,
		.kind = kind,
		.number = number,
		.copy = 1,
		.reason = reason != NULL ? reason : "",
		.data = bytes,
	};
	if (!next_copy(desk, case_id, kind, number, &paper.copy, error))
		return false;
	if (paper.copy > 1 && *paper.reason == '\0') {
		g_autofree char *sentence =
			g_strdup_printf("%s已经打印过，再打要写理由", paper_kind_name(kind));
		return err_set_next(
			error, ERR_CODE_INCOMPLETE, sentence, "请写明理由，如卡纸、遗失");
	}
	return paper_insert(desk, &paper, ret_job, error);
}

/* ---- answers of the clerk (row 29) ---- */

struct paper_answer {
	struct desk *desk;
	const char *job;
	bool came_out;
	const char *reason;
};

static bool move_job(struct desk *desk, const struct paper_copy_row *row, const char *to,
	const char *message, GError **error)
{
	int64_t changed = 0;
	const struct store_value none = STORE_NULL("message");
	const struct store_value some = STORE_TEXT("message", message);
	if (!store_run_counted(desk->store, STATEMENT_PRINT_JOB_MOVE,
		    STORE_VALUES(STORE_TEXT("id", row->id), STORE_TEXT("from", row->state),
			    STORE_TEXT("to", to), STORE_NULL("printer"), STORE_NULL("pdf"),
			    message != NULL ? some : none, STORE_INTEGER("job", 0),
			    STORE_INTEGER("pages", 0), STORE_INTEGER("now_ms", desk_now_ms(desk))),
		    &changed, error))
		return false;
	return changed == 1 || err_set(error, ERR_CODE_STALE, "这份单据的状态刚刚变了");
}

static bool copy_again(struct desk *desk, const struct paper_copy_row *row, const char *reason,
	char **ret_job, GError **error)
{
	struct paper_input paper = {
		.case_id = *row->case_id != '\0' ? row->case_id : NULL,
		.kind = row->kind,
		.number = row->number,
		.reason = reason,
		.data = row->data,
	};
	return next_copy(desk, row->case_id, row->kind, row->number, &paper.copy, error) &&
	       paper_insert(desk, &paper, ret_job, error);
}

static bool paper_fact(struct desk *desk, const char *kind, const struct paper_copy_row *row,
	const char *reason, GError **error)
{
	return desk_fact_window(desk, kind, *row->case_id != '\0' ? row->case_id : NULL, -1,
		json_pack("{s:s,s:s,s:s,s:I,s:s}", "paper", row->kind, "paper_name",
			paper_kind_name(row->kind), "paper_number", row->number, "copy",
			(json_int_t)row->copy, "reason", reason),
		error);
}

static bool came_out(struct desk *desk, const struct paper_copy_row *row, GError **error)
{
	return move_job(desk, row, "confirmed", NULL, error) &&
	       paper_fact(desk, "printed", row, "", error) &&
	       (strcmp(row->kind, "receipt") != 0 || *row->case_id == '\0' ||
		       store_run(desk->store, STATEMENT_CASE_DROP_TOKEN,
			       STORE_VALUES(STORE_TEXT("id", row->case_id)), error));
}

static bool did_not_come_out(
	struct desk *desk, const struct paper_copy_row *row, const char *reason, GError **error)
{
	if (reason == NULL || *reason == '\0')
		return err_set(
			error, ERR_CODE_INCOMPLETE, "请写明为什么没有打印出来，如卡纸、缺墨");
	if (strcmp(row->state, "failed") != 0 && !move_job(desk, row, "failed", reason, error))
		return false;
	return copy_again(desk, row, reason, NULL, error) &&
	       paper_fact(desk, "print_failed", row, reason, error);
}

static bool answer_paper(struct store *store, void *data, GError **error)
{
	const struct paper_answer *answer = data;
	struct desk *desk = answer->desk;
	if (!desk_may(desk, DESK_ACT_PAPER, error))
		return false;
	struct paper_copy_row row = {0};
	bool found = false;
	if (!store_row(store, STATEMENT_OUTBOX_PAPER_GET,
		    STORE_VALUES(STORE_TEXT("id", answer->job)), &paper_copy_shape, &row, &found,
		    error))
		return false;
	bool done;
	if (!found)
		done = err_set(error, ERR_CODE_NOT_FOUND, "没有这份单据");
	else if (strcmp(row.state, "ask") != 0 && strcmp(row.state, "failed") != 0)
		done = err_set_next(
			error, ERR_CODE_MOVE, "这份单据现在不需要确认", "请在待确认列表里查看");
	else if (answer->came_out && strcmp(row.state, "ask") != 0)
		done = err_set_next(
			error, ERR_CODE_MOVE, "这份单据没有打印成功", "请答“没有出来”，再打一份");
	else if (answer->came_out)
		done = came_out(desk, &row, error);
	else
		done = did_not_come_out(desk, &row, answer->reason, error);
	store_row_clear(&paper_copy_shape, &row);
	return done;
}

bool desk_paper_answer(
	struct desk *desk, const char *job, bool came, const char *reason, GError **error)
{
	struct paper_answer answer = {desk, job, came, reason};
	return desk_write(desk, answer_paper, &answer, error);
}

/* ---- the same paper again (D17) ---- */

struct print_again {
	struct desk *desk;
	const char *case_id;
	const char *kind;
	const char *reason;
	char *job;
};

bool paper_print_again(struct desk *desk, const char *case_id, const char *kind, const char *number,
	const char *reason, char **ret_job, GError **error)
{
	if (reason == NULL || *reason == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "补打要写理由");
	struct paper_copy_row row = {0};
	bool found = false;
	if (!store_row(desk->store, STATEMENT_OUTBOX_PAPER_LAST,
		    STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_TEXT("kind", kind),
			    STORE_TEXT("number", number)),
		    &paper_copy_shape, &row, &found, error))
		return false;
	bool done = found ? copy_again(desk, &row, reason, ret_job, error) &&
				    paper_fact(desk, "reprinted", &row, reason, error)
			  : err_set(error, ERR_CODE_NOT_FOUND, "这个办件还没有%s",
				    paper_kind_name(kind));
	store_row_clear(&paper_copy_shape, &row);
	return done;
}

static bool print_again(struct store *store, void *data, GError **error)
{
	struct print_again *again = data;
	g_clear_pointer(&again->job, g_free);
	return desk_may(again->desk, DESK_ACT_PAPER, error) &&
	       paper_print_again(again->desk, again->case_id, again->kind, "", again->reason,
		       &again->job, error);
}

bool desk_print_request(struct desk *desk, const char *case_id, const char *kind, int item,
	const char *reason, char **ret_job, GError **error)
{
	if (strcmp(kind, "certificate") == 0)
		return desk_issue(desk, case_id, item, reason, ret_job, error);
	if (strcmp(kind, "refusal") == 0)
		return refusal_print(desk, case_id, item, reason, ret_job, error);
	struct print_again again = {desk, case_id, kind, reason, NULL};
	if (!desk_write(desk, print_again, &again, error)) {
		g_free(again.job);
		return false;
	}
	if (ret_job != NULL)
		*ret_job = again.job;
	else
		g_free(again.job);
	return true;
}
