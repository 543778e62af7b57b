/* An empty home for tests of the store, and the checks they share. */
#ifndef SUPPORT_STORE_HOME_H
#define SUPPORT_STORE_HOME_H

#include "base/err.h"
#include "store/journal.h"
#include "support/home.h"

/* cmocka fixtures: *state is the path of a new home. */
int support_store_set_up(void **state);
int support_store_tear_down(void **state);

/* Opened for writing; fails the test. store_close. */
struct store *support_store_open(const char *home);

/* Fails the test unless *error has that code, and clears it. */
void support_assert_code(GError **error, enum err_code code);

/* What journal_verify reports; fails the test when it cannot be run. */
struct journal_report support_journal_verify(struct store *store);

/* For store_write: appends the struct fact that data points to. */
bool support_append(struct store *store, void *data, GError **error);

#endif
