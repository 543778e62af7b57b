#include "support/print_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/wait.h>

#include "base/err.h"
#include "base/json.h"

char *print_home_make(void)
{
	g_autofree char *folder = g_dir_make_tmp("print-XXXXXX", NULL);
	char *home = g_build_filename(folder, "home", NULL);
	g_autoptr(GError) error = NULL;
	if (!store_create(home, 1795000000000, &error))
		fail_msg("%s", error->message);
	return home;
}

void print_home_drop(const char *home)
{
	g_autofree char *folder = g_path_get_dirname(home);
	g_free(print_home_shell("rm -rf '%s'", folder));
}

void print_home_config(const char *home, const char *text)
{
	g_autofree char *path = g_build_filename(home, "config.ini", NULL);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

struct asking {
	const struct store_value *values;
};

static bool do_insert(struct store *store, void *data, GError **error)
{
	const struct asking *asking = data;
	return store_run(store, STATEMENT_PRINT_JOB_INSERT, asking->values, error);
}

bool print_home_ask_data(const char *home, const char *id, const char *kind, const char *number,
	int copy, const char *reason, const char *data)
{
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	assert_non_null(store);
	struct asking asking = {STORE_VALUES(STORE_TEXT("id", id), STORE_NULL("case_id"),
		STORE_TEXT("kind", kind), STORE_TEXT("number", number), STORE_INTEGER("copy", copy),
		STORE_TEXT("reason", reason), STORE_BLOB("data", data, strlen(data)),
		STORE_TEXT("printer", ""), STORE_TEXT("actor", ""), STORE_TEXT("window", ""),
		STORE_INTEGER("now_ms", 1795156320000))};
	return store_write(store, do_insert, &asking, NULL);
}

bool print_home_ask(const char *home, const char *id, const char *kind, const char *number,
	int copy, const char *reason)
{
	g_autofree char *path = g_strdup_printf("tests/print/data/%s.json", kind);
	g_autoptr(json_t) value = json_read_file(path, NULL);
	assert_non_null(value);
	g_autofree char *data = json_frozen(value, NULL);
	return print_home_ask_data(home, id, kind, number, copy, reason, data);
}

struct job *print_home_job(const char *home, const char *id)
{
	g_autoptr(store) store = store_open(home, STORE_MODE_READ, NULL);
	struct job *job = job_get(store, id, NULL);
	assert_non_null(job);
	return job;
}

void print_home_set(const char *home, const char *id, enum job_state state)
{
	g_autoptr(job) job = print_home_job(home, id);
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	assert_true(job_move(store, job, state, NULL, 1795156321000, NULL));
}

static char **command(const char *home, va_list words)
{
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
	g_autofree char *program =
		g_build_filename(g_getenv("YICHUANG_BUILD"), "yichuang-print", NULL);
	g_strv_builder_add_many(builder, program, "--home", home, NULL);
	for (const char *word = va_arg(words, const char *); word;
		word = va_arg(words, const char *))
		g_strv_builder_add(builder, word);
	return g_strv_builder_end(builder);
}

int print_home_run(const char *home, char **ret_words, ...)
{
	va_list words;
	va_start(words, ret_words);
	g_auto(GStrv) argv = command(home, words);
	va_end(words);
	g_autofree char *out = NULL, *trouble = NULL;
	int status = -1;
	assert_true(g_spawn_sync(
		NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &trouble, &status, NULL));
	if (ret_words != NULL)
		*ret_words = g_strconcat(out, trouble, NULL);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

GPid print_home_start(const char *home, ...)
{
	va_list words;
	va_start(words, home);
	g_auto(GStrv) argv = command(home, words);
	va_end(words);
	GPid process = 0;
	assert_true(g_spawn_async(
		NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &process, NULL));
	return process;
}

char *print_home_shell(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *line = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	char *argv[] = {(char *)"/bin/bash", (char *)"-c", line, NULL};
	char *out = NULL;
	int status = -1;
	assert_true(g_spawn_sync(
		NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, NULL));
	if (status != 0)
		fail_msg("%s", line);
	return out;
}
