/* A home for tests of printing: a store in a private folder, papers asked for as the desk asks. */
#ifndef SUPPORT_PRINT_HOME_H
#define SUPPORT_PRINT_HOME_H

#include <glib.h>

#include "print/job.h"

/* A new home (g_free), ends with print_home_drop. */
char *print_home_make(void);
void print_home_drop(const char *home);

void print_home_config(const char *home, const char *text);

/* Asks for a paper with the data of tests/print/data/KIND.json; false when the store refuses. */
bool print_home_ask(const char *home, const char *id, const char *kind, const char *number,
	int copy, const char *reason);

/* The same with data as text. */
bool print_home_ask_data(const char *home, const char *id, const char *kind, const char *number,
	int copy, const char *reason, const char *data);

/* The row now. */
struct job *print_home_job(const char *home, const char *id);

/* Moves a row as the desk or a crash would have left it. */
void print_home_set(const char *home, const char *id, enum job_state state);

/* Runs build/yichuang-print --home HOME WORD… to its end: its exit code; its words when asked for.
 */
int print_home_run(const char *home, char **ret_words, ...) G_GNUC_NULL_TERMINATED;

/* Starts it and gives its process id. */
GPid print_home_start(const char *home, ...) G_GNUC_NULL_TERMINATED;

/* Runs a shell command line of a test; its standard output (g_free), asserts that it succeeded. */
char *print_home_shell(const char *command, ...) G_GNUC_PRINTF(1, 2);

#endif
