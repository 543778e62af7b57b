/* A home with the shipped catalogue, the demo accounts and a desk that stands at a fixed time. */
#ifndef SUPPORT_DESK_HOME_H
#define SUPPORT_DESK_HOME_H

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

#endif
