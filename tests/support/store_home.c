#include "support/store_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int support_store_set_up(void **state)
{
	*state = support_home_new();
	return 0;
}

int support_store_tear_down(void **state)
{
	support_home_free(*state);
	return 0;
}

struct store *support_store_open(const char *home)
{
	GError *error = NULL;
	struct store *store = store_open(home, STORE_MODE_WRITE, &error);
	if (store == NULL)
		fail_msg("%s", error->message);
	return store;
}

void support_assert_code(GError **error, enum err_code code)
{
	if (!err_is(*error, code))
		fail_msg("not %s: %s", err_name(code), *error ? (*error)->message : "no error");
	g_clear_error(error);
}

struct journal_report support_journal_verify(struct store *store)
{
	struct journal_report report = {0};
	GError *error = NULL;
	if (!journal_verify(store, &report, &error))
		fail_msg("%s", error->message);
	return report;
}

bool support_append(struct store *store, void *data, GError **error)
{
	return journal_append(store, data, NULL, error);
}
