#include <string.h>
#include <unistd.h>

#include "desk/private.h"

struct lease_row {
	char *window;
	char *clerk;
	int64_t process;
	int64_t process_start;
	int64_t desk;
};

static const struct store_column lease_columns[] = {
	STORE_COLUMN(TEXT, struct lease_row, window),
	STORE_COLUMN(TEXT, struct lease_row, clerk),
	STORE_COLUMN(INTEGER, struct lease_row, process),
	STORE_COLUMN(INTEGER, struct lease_row, process_start),
	STORE_COLUMN(INTEGER, struct lease_row, desk),
	STORE_COLUMNS_END,
};
static const struct store_shape lease_shape = {sizeof(struct lease_row), lease_columns};

/* When a process began, in the kernel's ticks: field 22 of its stat; 0 when there is none. */
static int64_t process_start(int64_t process)
{
	g_autofree char *path = g_strdup_printf("/proc/%" G_GINT64_FORMAT "/stat", process);
	g_autofree char *text = NULL;
	if (!g_file_get_contents(path, &text, NULL, NULL))
		return 0;
	/* The name of the program stands in brackets and may hold anything. */
	const char *rest = strrchr(text, ')');
	for (int field = 2; rest != NULL && field < 22; field++)
		rest = strchr(rest + 1, ' ');
	return rest != NULL ? g_ascii_strtoll(rest + 1, NULL, 10) : 0;
}

static bool lease_is_mine(const struct desk *desk, const struct lease_row *lease)
{
	return lease->process == getpid() && lease->desk == desk->nonce;
}

static bool lease_is_alive(const struct lease_row *lease)
{
	int64_t start = process_start(lease->process);
	return start != 0 && start == lease->process_start;
}

static bool check_lease(struct desk *desk, const char *case_id, GError **error)
{
	struct lease_row lease = {0};
	bool found = false;
	if (!store_row(desk->store, STATEMENT_LEASE_GET,
		    STORE_VALUES(STORE_TEXT("case_id", case_id)), &lease_shape, &lease, &found,
		    error))
		return false;
	bool held = found && !lease_is_mine(desk, &lease) && lease_is_alive(&lease);
	if (held)
		err_set(error, ERR_CODE_HELD, "办件正由%s%s办理", lease.window, lease.clerk);
	store_row_clear(&lease_shape, &lease);
	return !held;
}

static bool check_holder(const struct file_row *file, GError **error)
{
	if (*file->holder == '\0')
		return true;
	g_autofree char *sentence = g_strdup_printf("办件已由%s接办", file->holder);
	return err_set_next(
		error, ERR_CODE_HELD, sentence, "这里可以查看和补打，要续办请先接办回来");
}

static bool check_want(const struct file_row *file, enum case_want want, GError **error)
{
	if (want == CASE_WANT_DRAFT && file->number != NULL)
		return err_set_next(error, ERR_CODE_MOVE, "已经收件，收件时的内容不能再改",
			"需要更正时请用补正、备注或撤回");
	if (want == CASE_WANT_TAKEN_IN && file->number == NULL)
		return err_set_next(error, ERR_CODE_MOVE, "还没有收件", "请先完成收件");
	if (want == CASE_WANT_TAKEN_IN && strcmp(file->state, "archived") == 0)
		return err_set_next(error, ERR_CODE_MOVE, "已经归档", "归档的办件只能查看");
	return true;
}

bool case_read(struct desk *desk, const char *case_id, struct file_row *ret_file, GError **error)
{
	bool found = false;
	if (!store_row(desk->store, STATEMENT_CASE_GET, STORE_VALUES(STORE_TEXT("id", case_id)),
		    &file_shape, ret_file, &found, error))
		return false;
	return found || err_set(error, ERR_CODE_NOT_FOUND, "没有这个办件");
}

bool case_begin(struct desk *desk, enum desk_act act, const char *case_id, enum case_want want,
	struct file_row *ret_file, GError **error)
{
	if (!desk_may(desk, act, error) || !case_read(desk, case_id, ret_file, error))
		return false;
	if (check_holder(ret_file, error) && check_lease(desk, case_id, error) &&
		check_want(ret_file, want, error))
		return true;
	file_row_clear(ret_file);
	return false;
}

bool case_touch(struct desk *desk, const char *case_id, GError **error)
{
	return store_run(desk->store, STATEMENT_CASE_TOUCH,
		STORE_VALUES(STORE_TEXT("id", case_id), STORE_INTEGER("now_ms", desk_now_ms(desk))),
		error);
}

char *case_find(struct desk *desk, const char *key, GError **error)
{
	struct code_result code;
	code_check(key, &code);
	char *id = NULL;
	bool asked = true;
	if (code.kind == CODE_KIND_CASE && code.valid)
		asked = store_text(desk->store, STATEMENT_CASE_ID_BY_NUMBER,
			STORE_VALUES(STORE_TEXT("number", code.value)), &id, error);
	else if (code.valid && code_kind_letter(code.kind) != 0)
		asked = store_text(desk->store, STATEMENT_CASE_ID_BY_LABEL,
			STORE_VALUES(STORE_TEXT("label", code.value)), &id, error);
	else
		id = g_strdup(key);
	if (asked && id == NULL)
		err_set(error, ERR_CODE_NOT_FOUND, "没有找到编号%s的办件", code.value);
	return id;
}

/* ---- holding ---- */

struct hold {
	struct desk *desk;
	const char *case_id;
	bool is_new; /* a draft just made: it is not looked at */
};

static bool put_lease(struct store *store, void *data, GError **error)
{
	const struct hold *hold = data;
	struct desk *desk = hold->desk;
	struct file_row file = {0};
	if (!hold->is_new) {
		if (!case_begin(desk, DESK_ACT_READ, hold->case_id, CASE_WANT_ANY, &file, error))
			return false;
		file_row_clear(&file);
	}
	desk->holds = true;
	return store_run(store, STATEMENT_LEASE_PUT,
		STORE_VALUES(STORE_TEXT("case_id", hold->case_id),
			STORE_TEXT("window", desk->window != NULL ? desk->window->name : ""),
			STORE_TEXT("clerk", desk->display), STORE_INTEGER("process", getpid()),
			STORE_INTEGER("process_start", process_start(getpid())),
			STORE_INTEGER("desk", desk->nonce),
			STORE_INTEGER("now_ms", desk_now_ms(desk))),
		error);
}

bool desk_case_hold(struct desk *desk, const char *case_id, GError **error)
{
	struct hold hold = {desk, case_id, false};
	bool done = store_write(desk->store, put_lease, &hold, error);
	/* The hub is told who works on what (another window may want to take over). */
	if (done)
		store_ring(desk->store);
	return done;
}

bool case_hold_new(struct desk *desk, const char *case_id, GError **error)
{
	struct hold hold = {desk, case_id, true};
	return store_write(desk->store, put_lease, &hold, error);
}

static bool drop_lease(struct store *store, void *data, GError **error)
{
	const struct hold *hold = data;
	return store_run(store, STATEMENT_LEASE_DROP,
		STORE_VALUES(STORE_TEXT("case_id", hold->case_id),
			STORE_INTEGER("process", getpid()),
			STORE_INTEGER("process_start", process_start(getpid())),
			STORE_INTEGER("desk", hold->desk->nonce)),
		error);
}

void desk_case_release(struct desk *desk, const char *case_id)
{
	struct hold hold = {desk, case_id, false};
	(void)store_write(desk->store, drop_lease, &hold, NULL);
	store_ring(desk->store);
}

static bool drop_leases(struct store *store, void *data, GError **error)
{
	const struct desk *desk = data;
	return store_run(store, STATEMENT_LEASE_DROP_ALL,
		STORE_VALUES(STORE_INTEGER("process", getpid()),
			STORE_INTEGER("process_start", process_start(getpid())),
			STORE_INTEGER("desk", desk->nonce)),
		error);
}

void desk_release_all(struct desk *desk)
{
	if (desk->holds)
		(void)store_write(desk->store, drop_leases, desk, NULL);
}
