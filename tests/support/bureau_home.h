/* A home for the tests of the bureau: its desk is the bureau's, and lists are changed in one call.
 */
#ifndef SUPPORT_BUREAU_HOME_H
#define SUPPORT_BUREAU_HOME_H

#include "desk/bureau.h"
#include "support/desk_home.h"

/* The fixture of support_desk_set_up with guanli logged in; support_desk_tear_down. */
int support_bureau_set_up(void **state);

struct desk *support_desk_of(void **state);
void support_log_in(void **state, const char *user);

/* How many facts of a kind there are. */
int support_facts(void **state, const char *kind);

/* Sets the fee of a service as the newest version of a list has it; the lists that got a draft. */
GStrv support_change_fee(void **state, const char *list, const char *code, const char *fee);

#endif
