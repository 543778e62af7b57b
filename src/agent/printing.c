/* The print worker: run when papers wait; it may crash, then it is run again a little later. */
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>

#include "agent/agent.h"
#include "base/clock.h"

#define FIRST_PAUSE_MS 500
#define MOST_PAUSE_MS 60000

struct printing {
	char *home;
	char *program;
	void (*ended)(void *);
	void *data;
	GPid pid; /* 0: does not run */
	guint watch;
	guint pause; /* timer of the back-off */
	int64_t started_ms;
	int failures;
};

struct printing *printing_new(
	const char *home, const char *program, void (*ended)(void *), void *data)
{
	struct printing *printing = g_new0(struct printing, 1);
	printing->home = g_strdup(home);
	printing->program = g_strdup(program);
	printing->ended = ended;
	printing->data = data;
	return printing;
}

void printing_free(struct printing *printing)
{
	if (printing->watch != 0)
		g_source_remove(printing->watch);
	if (printing->pause != 0)
		g_source_remove(printing->pause);
	if (printing->pid != 0)
		kill(printing->pid, SIGTERM);
	g_free(printing->home);
	g_free(printing->program);
	g_free(printing);
}

static gboolean pause_over(void *data)
{
	struct printing *printing = data;
	printing->pause = 0;
	printing->ended(printing->data);
	return G_SOURCE_REMOVE;
}

/* Even after a good end a short pause: rows may wait for a printer, and asking it again takes time.
 */
static void begin_pause(struct printing *printing, bool good)
{
	printing->failures = good ? 0 : printing->failures + 1;
	int64_t pause = (int64_t)FIRST_PAUSE_MS << MIN(printing->failures, 8);
	printing->pause = g_timeout_add((guint)MIN(pause, MOST_PAUSE_MS), pause_over, printing);
}

static void child_ended(GPid pid, int status, void *data)
{
	struct printing *printing = data;
	bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	g_spawn_close_pid(pid);
	printing->pid = 0;
	printing->watch = 0;
	if (!good)
		g_warning("print worker ended with %d", status);
	begin_pause(printing, good);
}

void printing_start(struct printing *printing)
{
	if (printing->pid != 0 || printing->pause != 0)
		return;
	char *argv[] = {
		printing->program, (char *)"--home", printing->home, (char *)"--worker", NULL};
	g_autoptr(GError) error = NULL;
	if (!g_spawn_async(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
		    NULL, NULL, &printing->pid, &error)) {
		g_warning("%s", error->message);
		printing->pid = 0;
		begin_pause(printing, false);
		return;
	}
	printing->watch = g_child_watch_add(printing->pid, child_ended, printing);
}

bool printing_is_running(const struct printing *printing)
{
	return printing->pid != 0;
}
