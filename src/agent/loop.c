#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "agent/agent.h"
#include "base/clock.h"
#include "base/err.h"
#include "sync/outbox.h"

#define QUIET_MS 2000	/* without work for so long: tidy the store */
#define PATROL_MS 10000 /* a look at clients and at what a lost ring left */
#define MOST_WAITERS 16 /* commands waiting for an exchange to end */

struct agent {
	char *home;
	int idle_s;
	struct desk *desk;
	struct courier *courier;
	struct printing *printing;
	GMainLoop *loop;
	int bell;
	guint quiet;	  /* timer until the store is tidied */
	int64_t version;  /* store_data_version at the last look */
	int64_t alone_ms; /* since when nobody is there, monotonic; 0 somebody is */
	int64_t timed_ms; /* when the desk's timers were run, 0 never */
	GArray *waiters;  /* struct waiter */
};

/* Somebody who rang for a full exchange and wants its report. */
struct waiter {
	struct sockaddr_un address;
	socklen_t size;
};

/* ---- work ---- */

static int64_t papers(struct agent *agent)
{
	g_autoptr(GError) error = NULL;
	int64_t count = 0;
	if (!outbox_print_due(desk_store(agent->desk), &count, &error))
		g_warning("%s", error->message);
	return count;
}

static gboolean tidy(void *data)
{
	struct agent *agent = data;
	g_autoptr(GError) error = NULL;
	agent->quiet = 0;
	if (!store_checkpoint(desk_store(agent->desk), &error))
		g_debug("%s", error->message);
	return G_SOURCE_REMOVE;
}

static void worked(struct agent *agent)
{
	if (agent->quiet != 0)
		g_source_remove(agent->quiet);
	agent->quiet = g_timeout_add(QUIET_MS, tidy, agent);
}

static void look(struct agent *agent)
{
	agent->version = store_data_version(desk_store(agent->desk));
	courier_look(agent->courier);
	if (papers(agent) > 0)
		printing_start(agent->printing);
	worked(agent);
}

static void printing_ended(void *data)
{
	struct agent *agent = data;
	if (papers(agent) > 0)
		printing_start(agent->printing);
}

/* ---- the bell ---- */

static void answer(struct agent *agent, const struct waiter *waiter)
{
	g_autoptr(GError) error = NULL;
	struct courier_counts counts = {0};
	if (!courier_count(agent->courier, &counts, &error)) {
		g_warning("%s", error->message);
		return;
	}
	g_autoptr(json_t) report =
		agent_report(agent->desk, &counts, courier_is_online(agent->courier));
	size_t size = 0;
	g_autofree char *bytes = json_frozen(report, &size);
	(void)sendto(agent->bell, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL,
		(const struct sockaddr *)&waiter->address, waiter->size);
	courier_counts_clear(&counts);
}

static void moved(void *data)
{
	struct agent *agent = data;
	worked(agent);
	if (!courier_is_settled(agent->courier))
		return;
	for (guint i = 0; i < agent->waiters->len; i++)
		answer(agent, &g_array_index(agent->waiters, struct waiter, i));
	g_array_set_size(agent->waiters, 0);
}

/* An `S` from a socket with a name asks for a full exchange and its report. */
static gboolean bell_rang(int bell, GIOCondition condition, void *data)
{
	struct agent *agent = data;
	bool nudge = false;
	char byte = 0;
	struct waiter waiter = {.size = sizeof waiter.address};
	while (recvfrom(bell, &byte, 1, MSG_DONTWAIT, (struct sockaddr *)&waiter.address,
		       &waiter.size) >= 0) {
		if (byte == 'S' && agent->waiters->len < MOST_WAITERS) {
			g_array_append_val(agent->waiters, waiter);
			nudge = true;
		}
		waiter.size = sizeof waiter.address;
	}
	if (nudge)
		courier_nudge(agent->courier);
	look(agent);
	return G_SOURCE_CONTINUE;
}

/* ---- patrol ---- */

static bool is_due(struct agent *agent)
{
	return printing_is_running(agent->printing) || papers(agent) > 0 ||
	       courier_is_waiting(agent->courier);
}

static void end_when_idle(struct agent *agent)
{
	int64_t now = clock_monotonic_ms();
	if (agent_clients(agent->home) != 0 || is_due(agent)) {
		agent->alone_ms = 0;
		return;
	}
	if (agent->alone_ms == 0)
		agent->alone_ms = now;
	if (now - agent->alone_ms >= agent->idle_s * INT64_C(1000))
		g_main_loop_quit(agent->loop);
}

static gboolean patrol(void *data)
{
	struct agent *agent = data;
	agent_timers_run(agent->desk, &agent->timed_ms);
	(void)store_keep_ballast(agent->home);
	if (store_data_version(desk_store(agent->desk)) != agent->version ||
		courier_config_changed(agent->courier))
		look(agent);
	if (agent->idle_s > 0)
		end_when_idle(agent);
	return G_SOURCE_CONTINUE;
}

static gboolean end(void *data)
{
	g_main_loop_quit(((struct agent *)data)->loop);
	return G_SOURCE_CONTINUE;
}

/* ---- life ---- */

static bool open_all(struct agent *agent, GError **error)
{
	agent->desk = desk_open(agent->home, STORE_MODE_WRITE, error);
	if (agent->desk == NULL)
		return false;
	agent->bell = store_bell_listen(agent->home, error);
	if (agent->bell < 0)
		return false;
	struct courier_ports ports;
	agent_ports(agent->desk, &ports);
	/* The desk stays the ports' data; what moved is the agent's matter. */
	struct courier *courier =
		courier_new(desk_store(agent->desk), &ports, true, moved, agent, error);
	agent->courier = courier;
	return courier != NULL;
}

static void close_all(struct agent *agent)
{
	if (agent->quiet != 0)
		g_source_remove(agent->quiet);
	courier_free(agent->courier);
	if (agent->bell >= 0)
		close(agent->bell);
	desk_close(agent->desk);
}

static void serve(struct agent *agent)
{
	g_autofree char *program = agent_sibling("yichuang-print");
	int64_t beat_ms = agent->idle_s > 0 ? MIN(PATROL_MS, agent->idle_s * 500) : PATROL_MS;
	agent->printing = printing_new(agent->home, program, printing_ended, agent);
	agent->loop = g_main_loop_new(NULL, FALSE);
	guint sources[] = {
		g_unix_fd_add(agent->bell, G_IO_IN, bell_rang, agent),
		g_unix_signal_add(SIGTERM, end, agent),
		g_unix_signal_add(SIGINT, end, agent),
		g_timeout_add((guint)beat_ms, patrol, agent),
	};
	agent_timers_run(agent->desk, &agent->timed_ms);
	look(agent);
	g_main_loop_run(agent->loop);
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		g_source_remove(sources[i]);
	printing_free(agent->printing);
	g_main_loop_unref(agent->loop);
}

bool agent_run(const char *home, int idle_s, GError **error)
{
	g_autoptr(agent_lock) lock = agent_lock_take(home, error);
	if (lock == NULL)
		return false;
	struct agent agent = {.home = (char *)home, .idle_s = idle_s, .bell = -1};
	agent.waiters = g_array_new(FALSE, FALSE, sizeof(struct waiter));
	bool good = open_all(&agent, error);
	if (good)
		serve(&agent);
	close_all(&agent);
	g_array_unref(agent.waiters);
	return good;
}
