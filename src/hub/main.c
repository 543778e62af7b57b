/* yichuang-hub: joins windows and departments. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "hub/admin.h"
#include "hub/http.h"
#include "hub/work.h"

struct options {
	char *home, *listen, *database, *tls_cert, *tls_key;
	gboolean demo, verbose, version;
	char **words;
};

static void print_usage(FILE *stream)
{
	fprintf(stream,
		"用法：yichuang-hub --home 目录 --listen 地址:端口 [--tls-cert 文件 --tls-key "
		"文件] [--demo] "
		"[--verbose]\n      yichuang-hub --home 目录 命令\n\n命令：\n%s",
		admin_help());
}

static bool parse(int *argc, char ***argv, struct options *options, GError **error)
{
	const GOptionEntry entries[] = {
		{"home", 0, 0, G_OPTION_ARG_FILENAME, &options->home, NULL, NULL},
		{"listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, NULL, NULL},
		{"database", 0, 0, G_OPTION_ARG_STRING, &options->database, NULL, NULL},
		{"tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_cert, NULL, NULL},
		{"tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_key, NULL, NULL},
		{"demo", 0, 0, G_OPTION_ARG_NONE, &options->demo, NULL, NULL},
		{"verbose", 0, 0, G_OPTION_ARG_NONE, &options->verbose, NULL, NULL},
		{"version", 0, 0, G_OPTION_ARG_NONE, &options->version, NULL, NULL},
		{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->words, NULL, NULL},
		{NULL}};
	GOptionContext *context = g_option_context_new(NULL);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_add_main_entries(context, entries, NULL);
	bool good = g_option_context_parse(context, argc, argv, NULL);
	g_option_context_free(context);
	return good || err_set_next(error, ERR_CODE_USAGE, NULL, "用 yichuang-hub --help 查看写法");
}

/* Every thread leaves these to the main one, which waits for them. */
static void block_signals(sigset_t *ret_set)
{
	sigemptyset(ret_set);
	sigaddset(ret_set, SIGTERM);
	sigaddset(ret_set, SIGINT);
	sigaddset(ret_set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, ret_set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void announce(const struct options *options, const struct http *http)
{
	const char *colon = strrchr(options->listen, ':');
	printf("%s://%.*s:%d\n", options->tls_cert != NULL ? "https" : "http",
		(int)(colon - options->listen), options->listen, http_port(http));
	fflush(stdout);
}

static bool serve(const struct options *options, GError **error)
{
	sigset_t signals;
	block_signals(&signals);
	g_autoptr(hub) hub = hub_open(options->home, options->demo, error);
	if (hub == NULL)
		return false;
	struct work *work = work_start(hub);
	const struct http_options http_options = {.listen = options->listen,
		.tls_cert = options->tls_cert,
		.tls_key = options->tls_key,
		.verbose = options->verbose};
	struct http *http = http_start(hub->gate, work, &http_options, error);
	if (http != NULL) {
		announce(options, http);
		int signal_number = 0;
		sigwait(&signals, &signal_number);
		http_quiesce(http);
	}
	work_stop(work);
	if (http != NULL)
		http_stop(http);
	work_free(work);
	return http != NULL;
}

static bool run(const struct options *options, GError **error)
{
	const char *next = "用 yichuang-hub --help 查看写法";
	if (options->home == NULL)
		return err_set_next(error, ERR_CODE_USAGE, "没有给出 --home", next);
	if (options->database != NULL)
		return err_set_next(error, ERR_CODE_USAGE,
			"这个版本的中心只用 SQLite，还不支持 --database", "请去掉 --database");
	if (options->words != NULL)
		return admin_run(options->home, options->words, error);
	if (options->listen == NULL)
		return err_set_next(error, ERR_CODE_USAGE, "没有给出 --listen 或命令", next);
	return serve(options, error);
}

static void options_clear(struct options *options)
{
	g_free(options->home);
	g_free(options->listen);
	g_free(options->database);
	g_free(options->tls_cert);
	g_free(options->tls_key);
	g_strfreev(options->words);
}

static bool asks_help(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (g_str_equal(argv[i], "--help") || g_str_equal(argv[i], "-h"))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	struct options options = {0};
	g_autoptr(GError) error = NULL;
	int exit_code = 0;
	setlocale(LC_ALL, "C.UTF-8");
	if (asks_help(argc, argv)) {
		print_usage(stdout);
		return 0;
	}
	if (!parse(&argc, &argv, &options, &error)) {
		exit_code = err_exit_code(error);
	} else if (options.version) {
		printf("yichuang-hub %s\n", YICHUANG_VERSION);
	} else if (!run(&options, &error)) {
		exit_code = err_exit_code(error);
	}
	if (error != NULL)
		fprintf(stderr, "yichuang-hub: %s\n", error->message);
	options_clear(&options);
	return exit_code;
}
