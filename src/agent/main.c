/* yichuang-agent: the agent of a home, and the commands that need the network. */
#include <locale.h>
#include <string.h>

#include "agent/agent.h"
#include "base/err.h"

struct options {
	char *home;
	int idle;
	gboolean json;
	gboolean foreground;
	gboolean once;
	char *unused; /* global options that mean nothing here */
	char **rest;
};

static bool run_agent(const struct options *options, GError **error)
{
	return agent_run(options->home, options->idle, error);
}

static bool run_command(const struct options *options, int count, GError **error)
{
	static const struct {
		const char *name;
		bool (*run)(const struct agent_call *, GError **);
	} commands[] = {
		{"sync", agent_sync},
	};
	struct agent_call call = {options->home, options->json, count - 1, options->rest + 1};
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (strcmp(commands[i].name, options->rest[0]) == 0)
			return commands[i].run(&call, error);
	return err_set(error, ERR_CODE_USAGE, "没有这个子命令");
}

static bool parse(struct options *options, int *argc, char ***argv, GError **error)
{
	const GOptionEntry entries[] = {
		{"home", 0, 0, G_OPTION_ARG_FILENAME, &options->home, "数据目录", "DIR"},
		{"foreground", 0, 0, G_OPTION_ARG_NONE, &options->foreground,
			"由 systemd 看管，不自行结束", NULL},
		{"idle", 0, 0, G_OPTION_ARG_INT, &options->idle,
			"没有事也没有人用多少秒后结束（0 不结束）", "SECONDS"},
		{"json", 0, 0, G_OPTION_ARG_NONE, &options->json, "以 JSON 回答", NULL},
		{"once", 0, 0, G_OPTION_ARG_NONE, &options->once, "sync：收发一次", NULL},
		{"as", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->unused, NULL, NULL},
		{"secret-file", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->unused,
			NULL, NULL},
		{"now", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->unused, NULL, NULL},
		{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rest, "",
			"[sync|review …]"},
		{NULL},
	};
	g_autoptr(GError) problem = NULL;
	GOptionContext *context = g_option_context_new(NULL);
	g_option_context_add_main_entries(context, entries, NULL);
	bool good = g_option_context_parse(context, argc, argv, &problem);
	g_option_context_free(context);
	return good || err_set(error, ERR_CODE_USAGE, "%s", problem->message);
}

/* Where the word review stands, argc when it does not: what follows is review's own to read. */
static int find_review(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "review") == 0)
			return i;
	return argc;
}

static char *default_home(void)
{
	const char *home = g_getenv("YICHUANG_HOME");
	return home != NULL && home[0] != '\0'
		       ? g_strdup(home)
		       : g_build_filename(g_get_user_data_dir(), "yichuang", NULL);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	struct options options = {.idle = -1};
	g_autoptr(GError) error = NULL;
	int review = find_review(argc, argv);
	struct agent_call review_call = {.argc = argc - review - 1, .argv = argv + review + 1};
	if (review < argc)
		argc = review;
	bool good = parse(&options, &argc, &argv, &error);
	if (good && options.home == NULL)
		options.home = default_home();
	review_call.home = options.home;
	review_call.json = options.json;
	if (options.idle < 0)
		options.idle = options.foreground ? 0 : 60;
	int count = options.rest == NULL ? 0 : (int)g_strv_length(options.rest);
	if (good && review_call.argc >= 0)
		good = agent_review(&review_call, &error);
	else if (good)
		good = count == 0 ? run_agent(&options, &error)
				  : run_command(&options, count, &error);
	if (!good)
		fprintf(stderr, "%s\n", error->message);
	g_free(options.home);
	g_free(options.unused);
	g_strfreev(options.rest);
	return err_exit_code(error);
}
