#include "desk/account.h"

#include <string.h>

#include "base/text.h"
#include "core/number.h"
#include "desk/private.h"

static const struct store_column account_columns[] = {
	STORE_COLUMN(TEXT, struct account_row, name),
	STORE_COLUMN(TEXT, struct account_row, display),
	STORE_COLUMN(TEXT, struct account_row, roles),
	STORE_COLUMN(TEXT, struct account_row, password),
	STORE_COLUMN(INTEGER, struct account_row, disabled),
	STORE_COLUMN(INTEGER, struct account_row, failures),
	STORE_COLUMN(INTEGER, struct account_row, locked_until_ms),
	STORE_COLUMNS_END,
};
const struct store_shape account_shape = {sizeof(struct account_row), account_columns};

static const struct store_column listed_columns[] = {
	STORE_COLUMN(TEXT, struct desk_account, name),
	STORE_COLUMN(TEXT, struct desk_account, display),
	STORE_COLUMN(TEXT, struct desk_account, roles),
	STORE_COLUMN(INTEGER, struct desk_account, disabled),
	STORE_COLUMNS_END,
};
static const struct store_shape listed_shape = {sizeof(struct desk_account), listed_columns};

static const struct store_column window_columns[] = {
	STORE_COLUMN(TEXT, struct desk_window, code),
	STORE_COLUMN(TEXT, struct desk_window, hall),
	STORE_COLUMN(TEXT, struct desk_window, hall_name),
	STORE_COLUMN(TEXT, struct desk_window, name),
	STORE_COLUMNS_END,
};
static const struct store_shape window_shape = {sizeof(struct desk_window), window_columns};

static const char *const role_words[] = {"clerk", "supervisor", "bureau", "admin"};

char *roles_to_words(unsigned roles)
{
	GString *words = g_string_new(NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(role_words); i++)
		if (roles & 1u << i)
			g_string_append_printf(words, "%s%s", words->len ? " " : "", role_words[i]);
	return g_string_free(words, FALSE);
}

unsigned roles_from_words(const char *words)
{
	unsigned roles = 0;
	g_auto(GStrv) list = g_strsplit(words, " ", -1);
	for (unsigned i = 0; i < G_N_ELEMENTS(role_words); i++)
		if (g_strv_contains((const char *const *)list, role_words[i]))
			roles |= 1u << i;
	return roles;
}

void desk_window_free(struct desk_window *window)
{
	if (window == NULL)
		return;
	g_free(window->code);
	g_free(window->hall);
	g_free(window->hall_name);
	g_free(window->name);
	g_free(window);
}

GPtrArray *desk_windows(struct desk *desk, GError **error)
{
	return store_rows(
		desk->store, STATEMENT_WINDOW_LIST, STORE_NO_VALUES, &window_shape, error);
}

bool account_get(struct desk *desk, const char *name, struct account_row *ret_row, bool *ret_found,
	GError **error)
{
	return store_row(desk->store, STATEMENT_USER_GET, STORE_VALUES(STORE_TEXT("name", name)),
		&account_shape, ret_row, ret_found, error);
}

GPtrArray *desk_users(struct desk *desk, GError **error)
{
	return store_rows(desk->store, STATEMENT_USER_LIST, STORE_NO_VALUES, &listed_shape, error);
}

/* The first account of a home needs nobody's leave: there is nobody yet. */
static bool may_manage(struct desk *desk, GError **error)
{
	int64_t count = 0;
	if (!store_integer(desk->store, STATEMENT_USER_COUNT, STORE_NO_VALUES, 0, &count, error))
		return false;
	return count == 0 || desk_may(desk, DESK_ACT_USERS, error);
}

static bool check_name(const char *name, const char *display, GError **error)
{
	size_t length = strlen(name);
	if (length < 2 || length > 32 ||
		strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != length)
		return err_set_next(error, ERR_CODE_INVALID,
			"用户名要用2到32个小写字母、数字或 - _ .", "请换一个用户名");
	if (*display == '\0' || !text_is_clean(display, false))
		return err_set(error, ERR_CODE_INVALID, "姓名不能为空，也不能有控制字符");
	return true;
}

static bool check_password_form(const char *password, GError **error)
{
	if (g_utf8_strlen(password, -1) < 8)
		return err_set_next(
			error, ERR_CODE_INVALID, "口令至少8个字符", "请换一个长一些的口令");
	return true;
}

struct account_change {
	struct desk *desk;
	int statement;
	const struct store_value *values;
	const char *kind;
	const char *name;
	const char *display;
	const char *roles;
	bool allowed;
};

static bool change_account(struct store *store, void *data, GError **error)
{
	struct account_change *change = data;
	if (!change->allowed && !may_manage(change->desk, error))
		return false;
	int64_t changed = 0;
	if (!store_run_counted(store, change->statement, change->values, &changed, error))
		return false;
	if (changed == 0)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有这个账号");
	json_t *body = json_pack("{s:s}", "user", change->name);
	if (change->roles != NULL)
		json_object_set_new(body, "roles", json_string(change->roles));
	return desk_fact_window(change->desk, change->kind, NULL, -1, body, error);
}

bool desk_user_add(struct desk *desk, const char *name, const char *display, unsigned roles,
	const char *password, GError **error)
{
	if (!check_name(name, display, error) || !check_password_form(password, error))
		return false;
	if (roles == 0)
		return err_set(error, ERR_CODE_INVALID, "至少给一个角色");
	g_autofree char *words = roles_to_words(roles);
	g_autofree char *hash = password_hash(password, error);
	if (hash == NULL)
		return false;
	struct account_change change = {
		.desk = desk,
		.statement = STATEMENT_USER_INSERT,
		.values = STORE_VALUES(STORE_TEXT("name", name), STORE_TEXT("display", display),
			STORE_TEXT("roles", words), STORE_TEXT("password", hash)),
		.kind = "user_added",
		.name = name,
		.roles = words,
	};
	return desk_write(desk, change_account, &change, error);
}

bool desk_user_password(struct desk *desk, const char *name, const char *password, GError **error)
{
	if (!check_password_form(password, error))
		return false;
	g_autofree char *hash = password_hash(password, error);
	if (hash == NULL)
		return false;
	struct account_change change = {
		.desk = desk,
		.statement = STATEMENT_USER_SET_PASSWORD,
		.values = STORE_VALUES(STORE_TEXT("name", name), STORE_TEXT("password", hash)),
		.kind = "user_password",
		.name = name,
		.allowed = *desk->user != '\0' && strcmp(desk->user, name) == 0,
	};
	return desk_write(desk, change_account, &change, error);
}

bool desk_user_disable(struct desk *desk, const char *name, bool disable, GError **error)
{
	if (disable && strcmp(desk->user, name) == 0)
		return err_set_next(
			error, ERR_CODE_INVALID, "不能停用自己的账号", "请另一位管理员来停用");
	struct account_change change = {
		.desk = desk,
		.statement = STATEMENT_USER_SET_DISABLED,
		.values =
			STORE_VALUES(STORE_TEXT("name", name), STORE_INTEGER("disabled", disable)),
		.kind = disable ? "user_disabled" : "user_enabled",
		.name = name,
	};
	return desk_write(desk, change_account, &change, error);
}

struct window_change {
	struct desk *desk;
	const struct desk_window *window;
};

static bool put_window(struct store *store, void *data, GError **error)
{
	const struct window_change *change = data;
	const struct desk_window *window = change->window;
	if (!may_manage(change->desk, error) ||
		!store_run(store, STATEMENT_WINDOW_PUT,
			STORE_VALUES(STORE_TEXT("code", window->code),
				STORE_TEXT("hall", window->hall),
				STORE_TEXT("hall_name", window->hall_name),
				STORE_TEXT("name", window->name)),
			error))
		return false;
	return desk_fact_window(change->desk, "window_enrolled", NULL, -1,
		json_pack("{s:s,s:s,s:s}", "code", window->code, "hall", window->hall, "name",
			window->name),
		error);
}

bool desk_window_add(struct desk *desk, const struct desk_window *window, GError **error)
{
	if (!case_number_is_window(window->code) || !case_number_is_hall(window->hall))
		return err_set_next(error, ERR_CODE_INVALID,
			"窗口号是两位数字或字母（不用 I O S V Z），大厅号是四位数字",
			"请核对后重新登记");
	if (*window->name == '\0' || !text_is_clean(window->name, false) ||
		!text_is_clean(window->hall_name, false))
		return err_set(error, ERR_CODE_INVALID, "窗口和大厅的名称不能为空");
	struct window_change change = {desk, window};
	return desk_write(desk, put_window, &change, error);
}
