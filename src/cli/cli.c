#include "cli/cli.h"
#include "cli/sibling.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "core/date.h"

struct cli {
	char *home;
	bool chosen; /* the home was named */
	bool json;
	bool help;
	char *user;
	char *secret_file;
	int64_t now_ms; /* 0: the system's clock */
	bool refused;
	bool answered;	      /* the JSON value is printed */
	GPtrArray *words;     /* borrowed from argv: everything that is no global option */
	GPtrArray *arguments; /* borrowed */
	GHashTable *options;  /* name → value, borrowed */
	struct store *store;
};

/* ---- global options ---- */

static bool take_now(struct cli *cli, const char *text, GError **error)
{
	struct civil_date date;
	if (civil_time_from_rfc3339(text, &cli->now_ms))
		return true;
	if (!civil_date_from_text(text, &date))
		return err_set(error, ERR_CODE_USAGE,
			"--now 要写成 2026-11-20 或 2026-11-20T14:32:00+08:00");
	cli->now_ms = civil_date_start_ms(date) + 9 * 60 * 60 * (int64_t)1000;
	return true;
}

static bool take_value(struct cli *cli, const char *name, const char *value, GError **error)
{
	if (strcmp(name, "--now") == 0)
		return take_now(cli, value, error);
	char **place = strcmp(name, "--home") == 0 ? &cli->home
		       : strcmp(name, "--as") == 0 ? &cli->user
						   : &cli->secret_file;
	cli->chosen = cli->chosen || place == &cli->home;
	g_free(*place);
	*place = g_strdup(value);
	return true;
}

/* The global option that takes a value and that `argument` is, with or without `=…`; NULL none. */
static const char *valued(const char *argument)
{
	static const char *const names[] = {"--home", "--as", "--now", "--secret-file"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		size_t size = strlen(names[i]);
		if (strncmp(argument, names[i], size) == 0 &&
			(argument[size] == '\0' || argument[size] == '='))
			return names[i];
	}
	return NULL;
}

/* Takes the global option at argv[*at], advancing over its value; ret_taken false: it is a word. */
static bool take_global(
	struct cli *cli, int argc, char **argv, int *at, bool *ret_taken, GError **error)
{
	const char *argument = argv[*at];
	const char *name = valued(argument);
	*ret_taken = true;
	if (name != NULL) {
		const char *value =
			argument[strlen(name)] == '=' ? argument + strlen(name) + 1 : NULL;
		if (value == NULL && *at + 1 < argc)
			value = argv[++*at];
		if (value == NULL || value[0] == '\0')
			return err_set(error, ERR_CODE_USAGE, "%s 后面缺少值", name);
		return take_value(cli, name, value, error);
	}
	if (strcmp(argument, "--json") == 0)
		cli->json = true;
	else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
		cli->help = true;
	else
		*ret_taken = false;
	return true;
}

static bool take_globals(struct cli *cli, int argc, char **argv, GError **error)
{
	bool ended = false;
	for (int at = 1; at < argc; at++) {
		bool taken = false;
		if (!ended && !take_global(cli, argc, argv, &at, &taken, error))
			return false;
		if (!taken)
			g_ptr_array_add(cli->words, argv[at]);
		ended = ended || strcmp(argv[at], "--") == 0;
	}
	return true;
}

static char *default_home(void)
{
	const char *home = g_getenv("YICHUANG_HOME");
	if (home != NULL && home[0] != '\0')
		return g_strdup(home);
	return g_build_filename(g_get_user_data_dir(), "yichuang", NULL);
}

static struct cli *cli_new(void)
{
	struct cli *cli = g_new0(struct cli, 1);
	cli->home = default_home();
	cli->words = g_ptr_array_new();
	cli->arguments = g_ptr_array_new();
	cli->options = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return cli;
}

static void cli_free(struct cli *cli)
{
	store_close(cli->store);
	g_ptr_array_unref(cli->words);
	g_ptr_array_unref(cli->arguments);
	g_hash_table_unref(cli->options);
	g_free(cli->home);
	g_free(cli->user);
	g_free(cli->secret_file);
	g_free(cli);
}

/* ---- the subcommand ---- */

/* How many words of the command the given words begin with; 0 when they are another command. */
static guint match_words(const struct cli_command *command, const GPtrArray *words)
{
	g_auto(GStrv) wanted = g_strsplit(command->words, " ", -1);
	guint count = g_strv_length(wanted);
	for (guint i = 0; i < count; i++)
		if (i >= words->len || strcmp(wanted[i], words->pdata[i]) != 0)
			return 0;
	return count;
}

static const struct cli_command *find_command(const GPtrArray *words, guint *ret_count)
{
	const struct cli_command *best = NULL;
	*ret_count = 0;
	for (const struct cli_command *command = cli_commands; command->words != NULL; command++) {
		guint count = match_words(command, words);
		if (count > *ret_count) {
			best = command;
			*ret_count = count;
		}
	}
	return best;
}

/* 0 no such option, 1 a flag, 2 one with a value. */
static int option_kind(const struct cli_command *command, const char *name)
{
	g_auto(GStrv) known = g_strsplit(command->options, " ", -1);
	g_autofree char *with_value = g_strconcat(name, "=", NULL);
	if (g_strv_contains((const char *const *)known, with_value))
		return 2;
	return g_strv_contains((const char *const *)known, name) ? 1 : 0;
}

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] != '\0' && !g_ascii_isdigit(word[1]);
}

static bool take_option(
	struct cli *cli, const struct cli_command *command, guint *at, GError **error)
{
	const char *word = cli->words->pdata[*at];
	const char *start = word + strspn(word, "-");
	const char *equals = strchr(start, '=');
	g_autofree char *name =
		equals == NULL ? g_strdup(start) : g_strndup(start, (gsize)(equals - start));
	g_autofree char *shown = text_clean(word, false);
	int kind = option_kind(command, name);
	if (kind == 0 || !g_str_has_prefix(word, "--"))
		return err_set(error, ERR_CODE_USAGE, "%s 没有选项 %s", command->words, shown);
	const char *value = equals == NULL ? "" : equals + 1;
	if (kind == 2 && equals == NULL) {
		if (*at + 1 >= cli->words->len)
			return err_set(error, ERR_CODE_USAGE, "%s 后面缺少值", shown);
		value = cli->words->pdata[++*at];
	}
	g_hash_table_insert(cli->options, g_steal_pointer(&name), (gpointer)value);
	return true;
}

static bool sort_arguments(
	struct cli *cli, const struct cli_command *command, guint from, GError **error)
{
	bool ended = false;
	for (guint at = from; at < cli->words->len; at++) {
		const char *word = cli->words->pdata[at];
		if (!ended && strcmp(word, "--") == 0)
			ended = true;
		else if (!ended && is_option(word)) {
			if (!take_option(cli, command, &at, error))
				return false;
		} else
			g_ptr_array_add(cli->arguments, (gpointer)word);
	}
	int count = (int)cli->arguments->len;
	if (count < command->least || (command->most >= 0 && count > command->most))
		return err_set(error, ERR_CODE_USAGE, "写法是：yichuang %s %s", command->words,
			command->usage);
	return true;
}

static void print_help(FILE *to, const GPtrArray *words)
{
	const char *room = words->len == 0 ? "" : words->pdata[0];
	fprintf(to, "用法：yichuang [--home DIR] [--json] [--as USER] [--now TIME] 子命令 …\n"
		    "不带子命令：打开窗口（需要终端）\n\n");
	for (const struct cli_command *command = cli_commands; command->words != NULL; command++) {
		if (room[0] != '\0' && !g_str_has_prefix(command->words, room))
			continue;
		g_autofree char *line = g_strdup_printf("%s %s", command->words, command->usage);
		g_autofree char *padded = text_pad(line, MAX(44, text_width(line)));
		fprintf(to, "  %s  %s\n", padded, command->help);
	}
	fprintf(to, "\n退出码：0 办成，1 不行或失败，2 写法不对\n");
}

static void print_error(struct cli *cli, const GError *error)
{
	fprintf(stderr, "%s\n", error->message);
	if (!cli->json || cli->answered)
		return;
	json_t *object = json_object();
	const char *code =
		error->domain == ERR_DOMAIN ? err_name((enum err_code)error->code) : "internal";
	json_object_set_new(object, "error", json_string(code));
	json_object_set_new(object, "message", json_string(error->message));
	cli_json(cli, object);
}

static bool run(struct cli *cli, GError **error)
{
	guint count = 0;
	const struct cli_command *command = find_command(cli->words, &count);
	if (cli->help || (cli->words->len == 1 && strcmp(cli->words->pdata[0], "help") == 0)) {
		print_help(stdout, cli->words);
		return true;
	}
	if (command == NULL) {
		g_autofree char *word =
			text_clean(cli->words->len == 0 ? "" : cli->words->pdata[0], false);
		return err_set(error, ERR_CODE_USAGE, "没有子命令 %s", word);
	}
	return sort_arguments(cli, command, count, error) && command->handler(cli, error);
}

int cli_main(int argc, char **argv)
{
	int elsewhere = sibling_exec(argc, argv);
	if (elsewhere >= 0)
		return elsewhere;
	struct cli *cli = cli_new();
	g_autoptr(GError) error = NULL;
	bool done = take_globals(cli, argc, argv, &error) && run(cli, &error);
	int code = done ? cli->refused : 1;
	if (!done) {
		print_error(cli, error);
		code = err_exit_code(error);
	}
	cli_free(cli);
	if (fflush(stdout) != 0 && code == 0)
		code = 1;
	return code;
}

int cli_words(int argc, char **argv)
{
	struct cli *cli = cli_new();
	int count = take_globals(cli, argc, argv, NULL) && !cli->help ? (int)cli->words->len : -1;
	cli_free(cli);
	return count;
}

char *cli_home_of(int argc, char **argv)
{
	struct cli *cli = cli_new();
	take_globals(cli, argc, argv, NULL);
	char *home = g_strdup(cli->home);
	cli_free(cli);
	return home;
}

int64_t cli_now_of(int argc, char **argv)
{
	struct cli *cli = cli_new();
	take_globals(cli, argc, argv, NULL);
	int64_t now_ms = cli->now_ms;
	cli_free(cli);
	return now_ms;
}

/* ---- for handlers ---- */

const char *cli_argument(const struct cli *cli, int index)
{
	return index < (int)cli->arguments->len ? cli->arguments->pdata[index] : NULL;
}

int cli_argument_count(const struct cli *cli)
{
	return (int)cli->arguments->len;
}

const char *cli_option(const struct cli *cli, const char *name)
{
	return g_hash_table_lookup(cli->options, name);
}

const char *cli_secret_file(const struct cli *cli)
{
	return cli->secret_file;
}

void cli_done(struct cli *cli)
{
	if (!cli->answered)
		cli_json(cli, json_pack("{s:b}", "done", true));
}

bool cli_is_json(const struct cli *cli)
{
	return cli->json;
}

const char *cli_home(const struct cli *cli)
{
	return cli->home;
}

bool cli_home_is_chosen(const struct cli *cli)
{
	const char *named = g_getenv("YICHUANG_HOME");
	return cli->chosen || (named != NULL && named[0] != '\0');
}

bool cli_home_exists(const struct cli *cli)
{
	g_autofree char *file = g_build_filename(cli->home, "yichuang.db", NULL);
	return g_file_test(file, G_FILE_TEST_EXISTS);
}

const char *cli_user(const struct cli *cli)
{
	return cli->user;
}

int64_t cli_now_ms(const struct cli *cli)
{
	return clock_now_ms(&(struct clock){.fixed_ms = cli->now_ms});
}

bool cli_has_now(const struct cli *cli)
{
	return cli->now_ms != 0;
}

struct store *cli_store(struct cli *cli, enum store_mode mode, GError **error)
{
	if (cli->store == NULL)
		cli->store = store_open(cli->home, mode, error);
	return cli->store;
}

void cli_say(struct cli *cli, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	g_autofree char *line = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	fprintf(cli->json ? stderr : stdout, "%s\n", line);
}

void cli_json(struct cli *cli, json_t *value)
{
	if (cli->json) {
		g_autofree char *text = json_pretty(value);
		fputs(text, stdout);
		cli->answered = true;
	}
	json_decref(value);
}

void cli_bytes(struct cli *cli, const char *bytes, size_t size)
{
	fwrite(bytes, 1, size, stdout);
	cli->answered = true;
}

void cli_refuse(struct cli *cli)
{
	cli->refused = true;
}
