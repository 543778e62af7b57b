/*
 * The subcommands. One row of the table in commands.c a subcommand: words, usage, options, handler;
 * global options stand anywhere. Exit codes: 0 done, 1 refused, failed or invalid, 2 wrong usage.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/json.h"
#include "store/store.h"

struct cli;

/*
 * Runs one subcommand by the arguments of main(); argv[0] is the program. Returns the exit code.
 */
int cli_main(int argc, char **argv);

/*
 * Takes the global options out of argv (order of the rest kept) and tells what is left: the number
 * of words. For ui/main.c, which opens the screen when no word or only `demo` is left.
 */
int cli_words(int argc, char **argv);

/* The home the options and the environment name, a new string: --home, $YICHUANG_HOME, XDG. */
char *cli_home_of(int argc, char **argv);

/* The time of --now in UTC milliseconds, 0 when it is not given. */
int64_t cli_now_of(int argc, char **argv);

/*
 * A handler does the work or sets error; what it prints goes through cli_say, cli_json, cli_bytes.
 * A negative answer that is no error (a code that does not hold) is cli_refuse.
 */
typedef bool cli_handler(struct cli *cli, GError **error);

struct cli_command {
	const char *words;   /* "catalog list" */
	const char *usage;   /* "ID [--version N]" */
	const char *help;    /* one sentence */
	const char *options; /* "version= all": own options, `=` takes a value; "" none */
	int least;	     /* arguments beside the words and options */
	int most;	     /* -1 any number */
	cli_handler *handler;
};

/* The table, ended by words NULL. */
extern const struct cli_command cli_commands[];

/* ---- what handlers use ---- */

/* Positional arguments, borrowed; NULL past the last. */
const char *cli_argument(const struct cli *cli, int index);
int cli_argument_count(const struct cli *cli);

/* Value of an own option, borrowed; "" a given one without value, NULL not given. */
const char *cli_option(const struct cli *cli, const char *name);

/* A whole number within least..most; USAGE otherwise. */
bool cli_integer(const char *text, int least, int most, int *ret_number, GError **error);

/* Whether --json was given, and the home in use (borrowed). */
bool cli_is_json(const struct cli *cli);
const char *cli_home(const struct cli *cli);

/* True when --home or $YICHUANG_HOME named it; true when there is a store in it. */
bool cli_home_is_chosen(const struct cli *cli);
bool cli_home_exists(const struct cli *cli);

/* The user of --as, borrowed; NULL not given. */
const char *cli_user(const struct cli *cli);

/* The file of --secret-file (- is standard input), borrowed; NULL not given. */
const char *cli_secret_file(const struct cli *cli);

/* Now by the system's clock, or by --now (which only demo and practice homes may be given). */
int64_t cli_now_ms(const struct cli *cli);
bool cli_has_now(const struct cli *cli);

/* The store of the home, opened once and closed at the end; borrowed. NULL with error. */
struct store *cli_store(struct cli *cli, enum store_mode mode, GError **error);

/* One line of words: standard output, with --json standard error. */
void cli_say(struct cli *cli, const char *fmt, ...) G_GNUC_PRINTF(2, 3);

/* The one JSON value, printed only with --json; takes the reference. */
void cli_json(struct cli *cli, json_t *value);

/* With --json: {"done":true}, when the command has given no other value. */
void cli_done(struct cli *cli);

/* Bytes to standard output as they are, --json or not. */
void cli_bytes(struct cli *cli, const char *bytes, size_t size);

/* The command ends with exit code 1 although nothing failed. */
void cli_refuse(struct cli *cli);

/* The whole of a file as text, "-" standard input; bounded. NULL with IO. */
char *cli_read(const char *path, size_t *ret_size, GError **error);

/* Directory of the shipped data, g_free: $YICHUANG_DATA, else as place_shipped. */
char *cli_data_directory(void);

/* ---- handlers by file ---- */

cli_handler cli_init;
cli_handler cli_version;

cli_handler cli_catalog_list;
cli_handler cli_catalog_show;
cli_handler cli_catalog_search;
cli_handler cli_catalog_validate;
cli_handler cli_catalog_import;
cli_handler cli_catalog_publish;
cli_handler cli_catalog_change;
cli_handler cli_catalog_submit;
cli_handler cli_catalog_return;
cli_handler cli_catalog_discard;
cli_handler cli_catalog_versions;
cli_handler cli_catalog_authorise;
cli_handler cli_catalog_shelf;
cli_handler cli_catalog_confirm;
cli_handler cli_catalog_unconfirm;
cli_handler cli_catalog_route_list;
cli_handler cli_catalog_route_set;
cli_handler cli_catalog_department_add;
cli_handler cli_catalog_diff;
cli_handler cli_catalog_export;
cli_handler cli_catalog_checklist;
cli_handler cli_catalog_guide;

cli_handler cli_calendar_add;
cli_handler cli_calendar_between;

cli_handler cli_code_check;

cli_handler cli_intake;
cli_handler cli_act;
cli_handler cli_case_list;
cli_handler cli_case_show;
cli_handler cli_case_search;
cli_handler cli_case_outbox;
cli_handler cli_case_papers;
cli_handler cli_report_day;
cli_handler cli_audit_verify;
cli_handler cli_backup;
cli_handler cli_restore;
cli_handler cli_doctor;
cli_handler cli_user_add;
cli_handler cli_user_list;
cli_handler cli_user_password;
cli_handler cli_user_disable;
cli_handler cli_window_add;
cli_handler cli_demo;

#endif
