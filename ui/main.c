/*
 * The program at the window: without a subcommand the screen of the home, `demo` the screen of the
 * demo's home with a hub of its own, everything else the command line.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/demo.h"
#include "screen.h"

static bool has_word(int argc, char **argv, const char *word)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], word) == 0)
			return true;
	return false;
}

static bool run_home(int argc, char **argv, GError **error)
{
	g_autofree char *home = cli_home_of(argc, argv);
	return screen_run(
		&(struct screen_options){.home = home, .now_ms = cli_now_of(argc, argv)}, error);
}

static bool run_demo(int argc, char **argv, GError **error)
{
	g_autofree char *home = demo_home(argc, argv);
	int64_t now_ms = cli_now_of(argc, argv);
	struct clock clock = {.fixed_ms = now_ms};
	if (!demo_prepare(home, clock_now_ms(&clock), error))
		return false;
	struct demo_hub *hub = demo_hub_start(home, error);
	if (hub == NULL)
		return false;
	struct screen_options options = {.home = home, .now_ms = now_ms, .login_hint = demo_hint()};
	bool good = screen_run(&options, error);
	demo_hub_stop(hub);
	return good;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	int words = cli_words(argc, argv);
	bool demo = words == 1 && has_word(argc, argv, "demo") && isatty(STDIN_FILENO) &&
		    isatty(STDOUT_FILENO);
	if (words != 0 && !demo)
		return cli_main(argc, argv);
	if (demo ? run_demo(argc, argv, &error) : run_home(argc, argv, &error))
		return 0;
	fprintf(stderr, "%s\n", error->message);
	return err_exit_code(error);
}
