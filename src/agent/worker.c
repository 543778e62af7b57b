/* The print worker: run when papers wait; it may crash, then it is run again a little later. */
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>

#include "agent/agent.h"
#include "base/clock.h"

#define FIRST_PAUSE_MS 500
#define MOST_PAUSE_MS 60000

struct worker {
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

struct worker *worker_new(const char *home, const char *program, void (*ended)(void *), void *data)
{
	struct worker *worker = g_new0(struct worker, 1);
	worker->home = g_strdup(home);
	worker->program = g_strdup(program);
	worker->ended = ended;
	worker->data = data;
	return worker;
}

void worker_free(struct worker *worker)
{
	if (worker->watch != 0)
		g_source_remove(worker->watch);
	if (worker->pause != 0)
		g_source_remove(worker->pause);
	if (worker->pid != 0)
		kill(worker->pid, SIGTERM);
	g_free(worker->home);
	g_free(worker->program);
	g_free(worker);
}

static gboolean pause_over(void *data)
{
	struct worker *worker = data;
	worker->pause = 0;
	worker->ended(worker->data);
	return G_SOURCE_REMOVE;
}

/* Even after a good end a short pause: rows may wait for a printer, and asking it again takes time. */
static void begin_pause(struct worker *worker, bool good)
{
	worker->failures = good ? 0 : worker->failures + 1;
	int64_t pause = (int64_t)FIRST_PAUSE_MS << MIN(worker->failures, 8);
	worker->pause = g_timeout_add((guint)MIN(pause, MOST_PAUSE_MS), pause_over, worker);
}

static void child_ended(GPid pid, int status, void *data)
{
	struct worker *worker = data;
	bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	g_spawn_close_pid(pid);
	worker->pid = 0;
	worker->watch = 0;
	if (!good)
		g_warning("print worker ended with %d", status);
	begin_pause(worker, good);
}

void worker_start(struct worker *worker)
{
	if (worker->pid != 0 || worker->pause != 0)
		return;
	char *argv[] = {worker->program, (char *)"--home", worker->home, (char *)"--worker", NULL};
	g_autoptr(GError) error = NULL;
	if (!g_spawn_async(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
		    NULL, NULL, &worker->pid, &error)) {
		g_warning("%s", error->message);
		worker->pid = 0;
		begin_pause(worker, false);
		return;
	}
	worker->watch = g_child_watch_add(worker->pid, child_ended, worker);
}

bool worker_is_running(const struct worker *worker)
{
	return worker->pid != 0;
}
