/*
 * The desk: one call a use case = permission, rule, one transaction of state and fact. Knows no
 * screen, no network and no paper: what has to be sent or printed is a row the agent finds.
 *
 * A struct desk is an open store with a clock and whoever is logged in. It belongs to one thread.
 * Every function that can fail returns false or NULL with a GError whose message is a sentence for
 * the clerk; nothing is changed then, unless its header says so.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/clock.h"
#include "store/journal.h"
#include "store/store.h"

enum desk_role {
	DESK_ROLE_CLERK = 1 << 0,      /* 窗口人员 */
	DESK_ROLE_SUPERVISOR = 1 << 1, /* 大厅主管 */
	DESK_ROLE_BUREAU = 1 << 2,     /* 数据局管理员 */
	DESK_ROLE_ADMIN = 1 << 3,      /* 本机管理员 */
};

struct desk;

/* Opens the home; nobody is logged in yet. Errors as store_open. */
struct desk *desk_open(const char *home, enum store_mode mode, GError **error);
void desk_close(struct desk *desk);
AUTOPTR(desk, desk_close)

/* The store, borrowed; for the agent, the printing worker and the catalogue. */
struct store *desk_store(const struct desk *desk);

/* UTC milliseconds by the desk's clock. */
int64_t desk_now_ms(const struct desk *desk);

/* Sets the clock to stand at now_ms; only in a demo or practice home (hall 0000), else PERMISSION.
 */
bool desk_set_now(struct desk *desk, int64_t now_ms, GError **error);

/* True for a home whose hall is 0000. */
bool desk_is_demo(struct desk *desk);

/* ---- who is there (login.c) ---- */

struct desk_window {
	char *code;
	char *hall;
	char *hall_name;
	char *name;
};

/* The enrolled windows, struct desk_window, owned by the array. */
GPtrArray *desk_windows(struct desk *desk, GError **error);

/*
 * Logs in at a window (NULL: the only or first one; of a home without any an administrator enters
 * without, to enrol it). Five failures lock the account for five
 * minutes. Facts: login, login_refused. Errors: LOGIN, PERMISSION (locked or disabled), NOT_FOUND
 * (window).
 */
bool desk_login(struct desk *desk, const char *user, const char *password, const char *window,
	GError **error);

/* Acts as the user without a password: demo homes only (contract of `--as`). */
bool desk_login_demo(struct desk *desk, const char *user, GError **error);
void desk_logout(struct desk *desk);

/* True when the password is that of whoever is logged in (unlocking, re-authentication). */
bool desk_check_password(struct desk *desk, const char *password, GError **error);

/* Borrowed; "" when nobody is logged in. */
const char *desk_user(const struct desk *desk);
const char *desk_user_display(const struct desk *desk);
const struct desk_window *desk_window(const struct desk *desk); /* NULL: nobody is logged in */
bool desk_has_role(const struct desk *desk, enum desk_role role);

struct desk_account {
	char *name;
	char *display;
	char *roles;
	int64_t disabled;
};

/* Accounts (admin role; the very first account of a home needs none). */
bool desk_user_add(struct desk *desk, const char *name, const char *display, unsigned roles,
	const char *password, GError **error);
bool desk_user_password(struct desk *desk, const char *name, const char *password, GError **error);
bool desk_user_disable(struct desk *desk, const char *name, bool disable, GError **error);
GPtrArray *desk_users(struct desk *desk, GError **error);
bool desk_window_add(struct desk *desk, const struct desk_window *window, GError **error);

/*
 * A supervisor has looked at the clock, which ran back or stands outside the calendar: numbers may
 * be drawn for the rest of this civil day. Fact clock_confirmed.
 */
bool desk_clock_confirm(struct desk *desk, GError **error);

/* The password of every demo account, static. */
const char *desk_demo_password(void);

/* Makes the demo home's windows, accounts and settings after store_create and catalogue_install. */
bool desk_demo_seed(struct desk *desk, GError **error);

#endif
