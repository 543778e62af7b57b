/* yichuang-print: renders papers and hands them to printers. Started by the agent; never by a key.
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "print/again.h"
#include "print/config.h"
#include "print/document.h"
#include "print/spool.h"
#include "print/worker.h"

static const char usage[] =
	"yichuang-print [--home DIR] --once | --worker [--idle SECONDS]\n"
	"yichuang-print [--home DIR] --render KIND DATA.json OUT.pdf [PROFILE] "
	"[--copy N] [--reason TEXT]\n"
	"yichuang-print [--home DIR] print KIND CASE [--reason TEXT] "
	"[--to PRINTER | --pdf OUT.pdf] [--as USER --secret-file FILE] [--json]\n"
	"yichuang-print [--home DIR] printer list | test [PRINTER] [--json]\n";

struct arguments {
	char *home;
	gboolean once, worker, json;
	char *render;
	int idle;
	int copy;
	char *reason;
	char *pdf;
	char *to, *user, *secret_file;
	char *now; /* a global option that means nothing here */
	char **rest;
};

static int report(const GError *error)
{
	fprintf(stderr, "yichuang-print: %s\n", error->message);
	return err_exit_code(error);
}

static char *home_of(const struct arguments *arguments)
{
	if (arguments->home != NULL)
		return g_strdup(arguments->home);
	const char *named = g_getenv("YICHUANG_HOME");
	return named != NULL ? g_strdup(named)
			     : g_build_filename(g_get_user_data_dir(), "yichuang", NULL);
}

/* ---- the worker ---- */

static int run_worker(const struct arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *home = home_of(arguments);
	g_autoptr(worker) worker = worker_open(home, &error);
	if (worker == NULL)
		return report(error);
	int64_t idle_ms = arguments->once ? 0 : (int64_t)arguments->idle * 1000;
	if (!worker_run(worker, idle_ms, &error))
		return report(error);
	const char *sentence = NULL;
	int failed = worker_failed(worker, &sentence);
	/* The agent's worker has told it in the rows; a command's exit status is all it can tell.
	 */
	if (!arguments->once || failed == 0)
		return 0;
	fprintf(stderr, "yichuang-print: %d 份单据没有打成：%s%s\n", failed, sentence,
		strstr(sentence, "待确认") != NULL ? "" : "请改正后在待确认里重打。");
	return 1;
}

/* ---- --render ---- */

static bool render(const struct arguments *arguments, int *ret_pages, GError **error)
{
	struct document_places places;
	document_places_init(&places, arguments->home);
	g_autoptr(json_t) data = json_read_file(arguments->rest[0], error);
	g_autoptr(fonts) fonts = data ? fonts_open(places.fonts, error) : NULL;
	g_autoptr(profile) profile =
		fonts ? document_profile(&places, arguments->rest[2], error) : NULL;
	struct document document = {arguments->render, json_text(data, "document", ""), data,
		MAX(arguments->copy, 1), arguments->reason ? arguments->reason : "",
		json_integer_or(data, "time_ms", 0)};
	bool good = profile != NULL && document_render(&document, &places, fonts, profile,
					       arguments->rest[1], ret_pages, error);
	document_places_clear(&places);
	return good;
}

static int run_render(const struct arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	int pages = 0;
	guint count = arguments->rest ? g_strv_length(arguments->rest) : 0;
	if (count < 2 || count > 3) {
		fputs(usage, stderr);
		return 2;
	}
	if (!render(arguments, &pages, &error))
		return report(error);
	printf(arguments->json ? "{\"pages\":%d}\n" : "共 %d 页\n", pages);
	return 0;
}

/* ---- printers ---- */

static GPtrArray *all_printers(const char *home, char **ret_choice, GError **error)
{
	g_autoptr(config) config = config_read(home, error);
	if (config == NULL)
		return NULL;
	g_autofree char *server = config_server(config);
	GPtrArray *printers = spool_printers(server, NULL);
	*ret_choice = config_choose(config, "default", "", printers, NULL);
	return printers != NULL ? printers : g_ptr_array_new();
}

static void add_printer(
	json_t *list, const char *name, bool ready, const char *sentence, const char *choice)
{
	json_array_append_new(
		list, json_pack("{s:s, s:b, s:s, s:b}", "name", name, "ready", ready, "sentence",
			      sentence, "default", g_strcmp0(name, choice) == 0));
}

static int list_printers(const struct arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *home = home_of(arguments), *choice = NULL;
	g_autoptr(GPtrArray) printers = all_printers(home, &choice, &error);
	if (printers == NULL)
		return report(error);
	g_autoptr(json_t) list = json_array();
	for (guint i = 0; i < printers->len; i++) {
		const struct printer *printer = g_ptr_array_index(printers, i);
		add_printer(list, printer->name, printer->ready, printer->sentence, choice);
	}
	add_printer(list, CONFIG_FOLDER, true, "文件夹打印机，存入 printed", choice);
	if (arguments->json) {
		g_autofree char *text = json_pretty(list);
		fputs(text, stdout);
		return 0;
	}
	size_t index;
	json_t *row;
	json_array_foreach(list, index, row)
	{
		g_autofree char *name = text_pad(json_text(row, "name", ""), 20);
		printf("%s %s %s\n", json_flag(row, "default", false) ? "*" : " ", name,
			json_text(row, "sentence", ""));
	}
	return 0;
}

static json_t *test_data(const char *printer, const char *paper)
{
	static const struct clock system_clock = {0};
	return json_pack("{s:s, s:I, s:s, s:s, s:s, s:b}", "hall", "一窗", "time_ms",
		(json_int_t)clock_now_ms(&system_clock), "case_no", "TEST-PAGE", "printer", printer,
		"paper", paper, "demo", 1);
}

/* Renders the test page into path. */
static bool render_test(const char *home, const char *printer, const char *path,
	struct profile **ret_profile, GError **error)
{
	struct document_places places;
	document_places_init(&places, home);
	g_autoptr(config) config = config_read(home, error);
	g_autofree char *name = config ? config_profile(config, "default") : NULL;
	g_autoptr(fonts) fonts = config ? fonts_open(places.fonts, error) : NULL;
	g_autoptr(profile) profile = fonts ? document_profile(&places, name, error) : NULL;
	g_autoptr(json_t) data = profile ? test_data(printer, profile->name) : NULL;
	struct document document = {"test", "TEST-PAGE", data, 1, "", 0};
	bool good = data && document_render(&document, &places, fonts, profile, path, NULL, error);
	document_places_clear(&places);
	if (good)
		*ret_profile = g_steal_pointer(&profile);
	return good;
}

static bool send_test(const char *home, const char *asked, char **ret_words, GError **error)
{
	g_autoptr(config) config = config_read(home, error);
	if (config == NULL)
		return false;
	g_autofree char *server = config_server(config);
	g_autoptr(GPtrArray) printers = spool_printers(server, NULL);
	g_autofree char *printer = config_choose(config, "default", asked, printers, error);
	if (printer == NULL)
		return false;
	bool folder = strcmp(printer, CONFIG_FOLDER) == 0;
	g_autofree char *where = g_build_filename(home, folder ? "printed" : "spool", NULL);
	g_mkdir_with_parents(where, 0700);
	g_autofree char *path = g_build_filename(where, "TEST-PAGE.pdf", NULL);
	g_autoptr(profile) profile = NULL;
	if (!render_test(home, printer, path, &profile, error))
		return false;
	int job = 0;
	if (!folder &&
		!spool_submit(server, printer, path, "TEST-PAGE", profile, &job, NULL, error))
		return false;
	*ret_words = folder ? g_strdup_printf("已存为 %s", path)
			    : g_strdup_printf("测试页已送往 %s（任务 %d），请看纸", printer, job);
	return true;
}

static int test_printer(const struct arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *home = home_of(arguments), *words = NULL;
	const char *asked = arguments->rest[2] != NULL ? arguments->rest[2] : "";
	if (!g_file_test(home, G_FILE_TEST_IS_DIR))
		err_set(&error, ERR_CODE_HOME_MISSING, NULL);
	else if (send_test(home, asked, &words, &error)) {
		g_autoptr(json_t) answer = json_pack("{s:s}", "sent", words);
		g_autofree char *text = json_pretty(answer);
		if (arguments->json)
			fputs(text, stdout);
		else
			puts(words);
		return 0;
	}
	return report(error);
}

static int run_printer(const struct arguments *arguments)
{
	const char *verb = arguments->rest[1];
	if (g_strcmp0(verb, "list") == 0)
		return list_printers(arguments);
	if (g_strcmp0(verb, "test") == 0)
		return test_printer(arguments);
	fputs(usage, stderr);
	return 2;
}

/* ---- print KIND CASE ---- */

static int save_again(const struct arguments *arguments, const struct again *again)
{
	g_autoptr(GError) error = NULL;
	int pages = 0;
	if (!again_to_file(again, arguments->pdf, &pages, &error))
		return report(error);
	printf(arguments->json ? "{\"pages\":%d}\n" : "共 %d 页\n", pages);
	return 0;
}

static int print_again(const struct arguments *arguments, const struct again *again)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *job = NULL, *state = NULL, *message = NULL;
	if (!again_to_printer(again, &job, &state, &message, &error))
		return report(error);
	g_autoptr(json_t) answer =
		json_pack("{s:s, s:s, s:s}", "job", job, "state", state, "message", message);
	g_autofree char *text = json_pretty(answer);
	if (arguments->json)
		fputs(text, stdout);
	else
		printf("%s %s\n", job, message);
	return strcmp(state, "failed") == 0 ? 1 : 0;
}

static int run_again(const struct arguments *arguments)
{
	g_autofree char *home = home_of(arguments);
	if (g_strv_length(arguments->rest) != 3) {
		fputs(usage, stderr);
		return 2;
	}
	struct again again = {
		.home = home,
		.kind = arguments->rest[1],
		.case_number = arguments->rest[2],
		.user = arguments->user,
		.secret_file = arguments->secret_file,
		.reason = arguments->reason,
		.printer = arguments->to,
	};
	return arguments->pdf != NULL ? save_again(arguments, &again)
				      : print_again(arguments, &again);
}

static int dispatch(const struct arguments *arguments)
{
	bool printer = arguments->rest && g_strcmp0(arguments->rest[0], "printer") == 0;
	if (arguments->render != NULL)
		return run_render(arguments);
	if (arguments->once || arguments->worker)
		return run_worker(arguments);
	if (printer)
		return run_printer(arguments);
	if (arguments->rest && g_strcmp0(arguments->rest[0], "print") == 0)
		return run_again(arguments);
	fputs(usage, stderr);
	return 2;
}

int main(int count, char **words)
{
	struct arguments arguments = {.idle = 60, .copy = 1};
	const GOptionEntry entries[] = {
		{"home", 0, 0, G_OPTION_ARG_FILENAME, &arguments.home, NULL, NULL},
		{"once", 0, 0, G_OPTION_ARG_NONE, &arguments.once, NULL, NULL},
		{"worker", 0, 0, G_OPTION_ARG_NONE, &arguments.worker, NULL, NULL},
		{"idle", 0, 0, G_OPTION_ARG_INT, &arguments.idle, NULL, NULL},
		{"json", 0, 0, G_OPTION_ARG_NONE, &arguments.json, NULL, NULL},
		{"render", 0, 0, G_OPTION_ARG_STRING, &arguments.render, NULL, NULL},
		{"copy", 0, 0, G_OPTION_ARG_INT, &arguments.copy, NULL, NULL},
		{"to", 0, 0, G_OPTION_ARG_STRING, &arguments.to, NULL, NULL},
		{"as", 0, 0, G_OPTION_ARG_STRING, &arguments.user, NULL, NULL},
		{"secret-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments.secret_file, NULL, NULL},
		{"now", 0, 0, G_OPTION_ARG_STRING, &arguments.now, NULL, NULL},
		{"pdf", 0, 0, G_OPTION_ARG_FILENAME, &arguments.pdf, NULL, NULL},
		{"reason", 0, 0, G_OPTION_ARG_STRING, &arguments.reason, NULL, NULL},
		{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.rest, NULL, NULL},
		{0},
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	(void)signal(SIGPIPE, SIG_IGN);
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_add_main_entries(context, entries, NULL);
	int status = 2;
	if (g_option_context_parse(context, &count, &words, NULL))
		status = dispatch(&arguments);
	else
		fputs(usage, stderr);
	g_free(arguments.home);
	g_free(arguments.render);
	g_free(arguments.reason);
	g_free(arguments.pdf);
	g_free(arguments.to);
	g_free(arguments.user);
	g_free(arguments.secret_file);
	g_free(arguments.now);
	g_strfreev(arguments.rest);
	return status;
}
