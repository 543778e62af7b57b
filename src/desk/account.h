/* Accounts and passwords, shared by login.c, account.c and demo.c. */
#ifndef DESK_ACCOUNT_H
#define DESK_ACCOUNT_H

#include "desk/desk.h"

struct account_row {
	char *name;
	char *display;
	char *roles;
	char *password;
	int64_t disabled;
	int64_t failures;
	int64_t locked_until_ms;
};
extern const struct store_shape account_shape;

/* *ret_found false: no such account, no error. store_row_clear(&account_shape, …). */
bool account_get(struct desk *desk, const char *name, struct account_row *ret_row, bool *ret_found,
	GError **error);

/* "clerk supervisor" and the bits of enum desk_role. g_free. */
char *roles_to_words(unsigned roles);
unsigned roles_from_words(const char *words);

/* yescrypt; g_free. */
char *password_hash(const char *password, GError **error);
bool password_matches(const char *password, const char *hash);

/* NULL is fine. */
void desk_window_free(struct desk_window *window);

#endif
