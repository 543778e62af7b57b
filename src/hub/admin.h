/* The administrator's subcommands of yichuang-hub; they may run while the hub runs. */
#ifndef HUB_ADMIN_H
#define HUB_ADMIN_H

#include <stdbool.h>
#include <glib.h>

/* True when there is such a subcommand. */
bool admin_knows(const char *name);

/* Runs words[0] with the words after it; prints its result. USAGE when the words do not fit. */
bool admin_run(const char *home, char **words, GError **error);

/* The lines of --help, static. */
const char *admin_help(void);

#endif
