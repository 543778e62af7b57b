/* A home with the shipped catalogue, the demo accounts and a desk that stands at a fixed time. */
#ifndef SUPPORT_DESK_HOME_H
#define SUPPORT_DESK_HOME_H

#include "base/err.h"
#include "base/json.h"
#include "desk/case.h"

/* 2026-11-20 14:32 in UTC+8, a Friday. */
#define SUPPORT_DESK_NOW_MS INT64_C(1795156320000)

/* Made once a process and copied: importing the catalogue takes long. support_home_free. */
char *support_desk_home(void);

/* Opened at that time, logged in as a demo user (NULL: nobody). Fails the test on an error. */
struct desk *support_desk(const char *home, const char *user);

/* data/demo/NAME.json, a new reference. */
json_t *support_demo(const char *name);

/* Takes in that document; *ret_id g_free. Fails the test on an error. The number, g_free. */
char *support_take_in(struct desk *desk, const char *name, char **ret_id);

struct support_fixture {
	char *home;
	struct desk *desk; /* the demo clerk's */
};
int support_desk_set_up(void **state);
int support_desk_tear_down(void **state);

/* The view by a key; fails the test. */
struct case_view *support_view(struct desk *desk, const char *key);

/* An update as the hub would hand it over, applied twice; extra: further members as JSON text. */
void support_update(
	struct desk *desk, const char *bundle, const char *kind, int item, const char *extra);

/* Runs SQL behind the store's back. */
bool support_sql(const char *home, const char *sql);
bool support_count(const char *home, const char *sql, int64_t *ret_count);

/* For tests that include cmocka.h: a call with `&error` that must succeed, or fail with a code. */
#define must(call)                                                                                 \
	do {                                                                                       \
		GError *error = NULL;                                                              \
		if (!(call))                                                                       \
			fail_msg("%s: %s", #call, error ? error->message : "no error");            \
	} while (0)

#define must_fail(call, code_)                                                                     \
	do {                                                                                       \
		GError *error = NULL;                                                              \
		if (call)                                                                          \
			fail_msg("%s succeeded", #call);                                           \
		if (!err_is(error, (code_)))                                                       \
			fail_msg("%s: %s", #call, error ? error->message : "no error");            \
		g_clear_error(&error);                                                             \
	} while (0)

#endif
