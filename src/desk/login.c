#include <crypt.h>
#include <string.h>

#include "desk/account.h"
#include "desk/private.h"

/* Failures after which an account is locked, and for how long. */
#define MOST_FAILURES 5
#define LOCK_MS ((int64_t)5 * 60 * 1000)

bool password_matches(const char *password, const char *hash)
{
	void *work = NULL;
	int size = 0;
	const char *again = crypt_ra(password, hash, &work, &size);
	bool same = again != NULL && *again != '*' && strcmp(again, hash) == 0;
	g_free(work);
	return same;
}

char *password_hash(const char *password, GError **error)
{
	char *setting = crypt_gensalt_ra("$y$", 0, NULL, 0);
	void *work = NULL;
	int size = 0;
	const char *hash = setting != NULL ? crypt_ra(password, setting, &work, &size) : NULL;
	char *copy = hash != NULL && *hash != '*' ? g_strdup(hash) : NULL;
	g_free(work);
	free(setting);
	if (copy == NULL)
		err_set(error, ERR_CODE_INTERNAL, "口令无法加密");
	return copy;
}

struct attempt {
	struct desk *desk;
	const struct account_row *account;
	const char *window;
	bool right;
};

static bool note_attempt(struct store *store, void *data, GError **error)
{
	struct attempt *attempt = data;
	struct desk *desk = attempt->desk;
	int64_t failures = attempt->right ? 0 : attempt->account->failures + 1;
	int64_t until_ms = failures >= MOST_FAILURES ? desk_now_ms(desk) + LOCK_MS : 0;
	if (!store_run(store, STATEMENT_USER_SET_FAILURES,
		    STORE_VALUES(STORE_TEXT("name", attempt->account->name),
			    STORE_INTEGER("failures", until_ms ? 0 : failures),
			    STORE_INTEGER("until_ms", until_ms)),
		    error))
		return false;
	const struct fact fact = {
		.kind = attempt->right ? "login" : "login_refused",
		.item = -1,
		.time_ms = desk_now_ms(desk),
		.actor = attempt->account->name,
		.window = attempt->window,
		.authority = AUTHORITY_WINDOW,
		.source = FACT_SOURCE_DIRECT,
		.body = json_object(),
	};
	bool done = journal_append(store, &fact, NULL, error);
	json_decref((json_t *)fact.body);
	return done;
}

static struct desk_window *window_dup(const struct desk_window *from)
{
	struct desk_window *window = g_new0(struct desk_window, 1);
	window->code = g_strdup(from->code);
	window->hall = g_strdup(from->hall);
	window->hall_name = g_strdup(from->hall_name);
	window->name = g_strdup(from->name);
	return window;
}

static struct desk_window *find_window(struct desk *desk, const char *code, GError **error)
{
	g_autoptr(GPtrArray) windows = desk_windows(desk, error);
	if (windows == NULL)
		return NULL;
	for (guint i = 0; i < windows->len; i++) {
		const struct desk_window *window = windows->pdata[i];
		if (code == NULL || strcmp(window->code, code) == 0)
			return window_dup(window);
	}
	err_set_next(error, ERR_CODE_NOT_FOUND,
		code == NULL ? "本机还没有登记窗口" : "没有登记这个窗口", "请管理员先登记窗口");
	return NULL;
}

/* Takes the window. */
static void enter(struct desk *desk, const struct account_row *account, struct desk_window *window)
{
	desk_logout(desk);
	row_set(&desk->user, account->name);
	row_set(&desk->display, account->display);
	desk->roles = roles_from_words(account->roles);
	desk->window = window;
}

static bool may_enter(
	struct desk *desk, const struct account_row *account, bool found, GError **error)
{
	if (!found)
		return err_set(error, ERR_CODE_LOGIN, NULL);
	if (account->disabled)
		return err_set_next(error, ERR_CODE_PERMISSION, "这个账号已停用", "请找管理员启用");
	if (account->locked_until_ms > desk_now_ms(desk)) {
		g_autofree char *until = civil_time_dup_clock(account->locked_until_ms);
		g_autofree char *sentence =
			g_strdup_printf("口令连续输错%d次，账号锁到%s", MOST_FAILURES, until);
		return err_set_next(
			error, ERR_CODE_PERMISSION, sentence, "请稍后再试，或请管理员改口令");
	}
	return true;
}

/*
 * The window one sits at. Of a home without any an administrator enrols the first: they enter
 * without.
 */
static struct desk_window *window_for(
	struct desk *desk, const struct account_row *account, const char *code, GError **error)
{
	g_autoptr(GError) cause = NULL;
	struct desk_window *window = find_window(desk, code, &cause);
	bool first = window == NULL && code == NULL && err_is(cause, ERR_CODE_NOT_FOUND) &&
		     (roles_from_words(account->roles) & DESK_ROLE_ADMIN) != 0;
	if (first) {
		char none[] = "";
		return window_dup(&(struct desk_window){none, none, none, none});
	}
	if (window == NULL)
		g_propagate_error(error, g_steal_pointer(&cause));
	return window;
}

static bool log_in(struct desk *desk, const struct account_row *account, const char *password,
	const char *window_code, GError **error)
{
	struct desk_window *window = window_for(desk, account, window_code, error);
	if (window == NULL)
		return false;
	struct attempt attempt = {
		.desk = desk,
		.account = account,
		.window = window->code,
		.right = password == NULL || password_matches(password, account->password),
	};
	bool noted = desk_write(desk, note_attempt, &attempt, error);
	if (noted && attempt.right) {
		enter(desk, account, window);
		return true;
	}
	desk_window_free(window);
	return noted ? err_set(error, ERR_CODE_LOGIN, NULL) : false;
}

bool desk_login(struct desk *desk, const char *user, const char *password, const char *window,
	GError **error)
{
	struct account_row account = {0};
	bool found = false;
	if (!account_get(desk, user, &account, &found, error))
		return false;
	bool done = may_enter(desk, &account, found, error) &&
		    log_in(desk, &account, password != NULL ? password : "", window, error);
	store_row_clear(&account_shape, &account);
	return done;
}

bool desk_login_demo(struct desk *desk, const char *user, GError **error)
{
	if (!desk_is_demo(desk))
		return err_set_next(error, ERR_CODE_PERMISSION,
			"只有演示的数据目录可以不用口令登录", "请用口令登录");
	struct account_row account = {0};
	bool found = false;
	if (!account_get(desk, user, &account, &found, error))
		return false;
	bool done = may_enter(desk, &account, found, error) &&
		    log_in(desk, &account, NULL, NULL, error);
	store_row_clear(&account_shape, &account);
	return done;
}

void desk_logout(struct desk *desk)
{
	row_set(&desk->user, "");
	row_set(&desk->display, "");
	desk->roles = 0;
	desk_window_free(desk->window);
	desk->window = NULL;
}

bool desk_check_password(struct desk *desk, const char *password, GError **error)
{
	struct account_row account = {0};
	bool found = false;
	if (!account_get(desk, desk->user, &account, &found, error))
		return false;
	struct attempt attempt = {
		.desk = desk,
		.account = &account,
		.window = desk->window != NULL ? desk->window->code : "",
		.right = found && password_matches(password, account.password),
	};
	bool done = may_enter(desk, &account, found, error) &&
		    (attempt.right || desk_write(desk, note_attempt, &attempt, error)) &&
		    (attempt.right || err_set(error, ERR_CODE_LOGIN, NULL));
	store_row_clear(&account_shape, &account);
	return done;
}

const char *desk_user(const struct desk *desk)
{
	return desk->user;
}

const char *desk_user_display(const struct desk *desk)
{
	return desk->display;
}

const struct desk_window *desk_window(const struct desk *desk)
{
	return desk->window;
}

bool desk_has_role(const struct desk *desk, enum desk_role role)
{
	return (desk->roles & role) != 0;
}
