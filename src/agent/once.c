/* The subcommand `sync`: a full exchange, by the agent that runs or else by this process. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "agent/agent.h"
#include "base/err.h"
#include "core/date.h"
#include "desk/supply.h"
#include "sync/config.h"

#define MOST_WAIT_MS 120000
#define MOST_REPORT 4096

/* How old the catalogue is (row 70). */
static json_t *catalogue_age(struct desk *desk)
{
	struct desk_supply supply = {0};
	if (!desk_supply_read(desk, &supply, NULL))
		return json_object();
	g_autofree char *checked =
		supply.checked_ms == 0 ? g_strdup("") : civil_time_dup_rfc3339(supply.checked_ms);
	json_t *age = json_pack("{s:s,s:I,s:s,s:s}", "checked", checked, "age_hours",
		(json_int_t)supply.hours, "newest", supply.newest, "trouble", supply.trouble);
	desk_supply_clear(&supply);
	return age;
}

json_t *agent_report(struct desk *desk, const struct courier_counts *counts, bool online)
{
	json_t *report = json_object();
	json_object_set_new(report, "sent", json_integer(counts->sent));
	json_object_set_new(report, "waiting", json_integer(counts->waiting));
	json_object_set_new(report, "refused", json_integer(counts->refused));
	json_object_set_new(report, "received", json_integer(counts->received));
	json_object_set_new(report, "online", json_boolean(online));
	if (counts->reason != NULL)
		json_object_set_new(report, "reason", json_string(counts->reason));
	json_object_set_new(report, "catalogue", catalogue_age(desk));
	return report;
}

/* ---- asking the agent that runs ---- */

static int open_reply(void)
{
	/* Binding to no name gives a name of its own that the agent can answer to. */
	struct sockaddr_un self = {.sun_family = AF_UNIX};
	int reply = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (reply >= 0 && bind(reply, (struct sockaddr *)&self, sizeof self.sun_family) != 0) {
		close(reply);
		return -1;
	}
	return reply;
}

static bool ring_for_report(int reply, const char *home)
{
	struct sockaddr_un bell = {.sun_family = AF_UNIX};
	int folder = open(home, O_PATH | O_DIRECTORY | O_CLOEXEC);
	g_snprintf(bell.sun_path, sizeof bell.sun_path, "/proc/self/fd/%d/bell", folder);
	bool rang = folder >= 0 &&
		    sendto(reply, "S", 1, MSG_NOSIGNAL, (struct sockaddr *)&bell, sizeof bell) == 1;
	if (folder >= 0)
		close(folder);
	return rang;
}

static json_t *ask_agent(const char *home, GError **error)
{
	char bytes[MOST_REPORT];
	int reply = open_reply();
	struct pollfd ready = {.fd = reply, .events = POLLIN};
	ssize_t size = -1;
	if (reply >= 0 && ring_for_report(reply, home) && poll(&ready, 1, MOST_WAIT_MS) == 1)
		size = recv(reply, bytes, sizeof bytes, 0);
	if (reply >= 0)
		close(reply);
	if (size > 0)
		return json_read(bytes, (size_t)size, "", error);
	err_set_next(
		error, ERR_CODE_STORE_BUSY, "后台程序没有回答", "请稍后再试，仍不行请重启后台程序");
	return NULL;
}

/* ---- doing it here ---- */

struct once {
	GMainLoop *loop;
	struct courier *courier;
	int64_t waiting; /* when it was last settled */
};

static gboolean give_up(void *data)
{
	g_main_loop_quit(((struct once *)data)->loop);
	return G_SOURCE_CONTINUE;
}

/* What came in makes facts of its own: they go out, too, as long as there is something to gain. */
static bool has_more_to_send(struct once *once)
{
	struct courier_counts counts = {0};
	if (!courier_count(once->courier, &counts, NULL))
		return false;
	bool more = counts.waiting > 0 && counts.reason == NULL &&
		    counts.waiting != once->waiting && courier_is_online(once->courier);
	once->waiting = counts.waiting;
	courier_counts_clear(&counts);
	return more;
}

static void moved(void *data)
{
	struct once *once = data;
	if (!courier_is_settled(once->courier))
		return;
	if (has_more_to_send(once))
		courier_nudge(once->courier);
	else
		g_main_loop_quit(once->loop);
}

static json_t *run_once(struct once *once, struct desk *desk, GError **error)
{
	struct courier_ports ports;
	struct courier_counts counts = {0};
	agent_ports(desk, &ports);
	once->courier = courier_new(desk_store(desk), &ports, false, moved, once, error);
	if (once->courier == NULL)
		return NULL;
	guint timer = g_timeout_add(MOST_WAIT_MS, give_up, once);
	courier_nudge(once->courier);
	if (!courier_is_settled(once->courier) && courier_is_alive(once->courier))
		g_main_loop_run(once->loop);
	g_source_remove(timer);
	json_t *report = courier_count(once->courier, &counts, error)
				 ? agent_report(desk, &counts, courier_is_online(once->courier))
				 : NULL;
	courier_counts_clear(&counts);
	return report;
}

static json_t *exchange_here(const char *home, GError **error)
{
	g_autoptr(desk) desk = desk_open(home, STORE_MODE_WRITE, error);
	if (desk == NULL)
		return NULL;
	struct once once = {.loop = g_main_loop_new(NULL, FALSE)};
	json_t *report = run_once(&once, desk, error);
	courier_free(once.courier);
	g_main_loop_unref(once.loop);
	return report;
}

/* ---- the command ---- */

static void print_report(const json_t *report, bool json)
{
	if (json) {
		g_autofree char *text = json_pretty(report);
		fputs(text, stdout);
		return;
	}
	printf("已送要件、消息、影像 %lld，等待（含账本）%lld，拒收 %lld，收到 %lld，%s\n",
		(long long)json_integer_or(report, "sent", 0),
		(long long)json_integer_or(report, "waiting", 0),
		(long long)json_integer_or(report, "refused", 0),
		(long long)json_integer_or(report, "received", 0),
		json_flag(report, "online", false) ? "在线" : "离线");
	const json_t *age = json_object_get(report, "catalogue");
	const char *checked = json_text(age, "checked", "");
	printf("清单%s%s\n", checked[0] != '\0' ? "核对于 " : "还没有与中心核对过", checked);
}

static bool judge(const json_t *report, GError **error)
{
	const char *reason = json_text(report, "reason", NULL);
	if (json_integer_or(report, "waiting", 0) == 0 && reason == NULL &&
		json_flag(report, "online", false))
		return true;
	if (reason == NULL)
		return err_set(error, ERR_CODE_UNAVAILABLE, NULL);
	/* The sentence of a reason is whole already. */
	g_set_error_literal(error, ERR_DOMAIN, ERR_CODE_UNAVAILABLE, reason);
	return false;
}

static bool has_hub(const char *home, GError **error)
{
	g_autoptr(sync_config) config = sync_config_read(home, "hub", error);
	if (config == NULL)
		return false;
	return config->url[0] != '\0' ||
	       err_set_next(error, ERR_CODE_UNAVAILABLE, "本机没有设中心，内容只存在本机",
		       "请管理员在 config.ini 里填写中心地址");
}

bool agent_sync(const struct agent_call *call, GError **error)
{
	g_autoptr(GError) held = NULL;
	g_autoptr(agent_lock) lock = agent_lock_take(call->home, &held);
	if (lock == NULL && !err_is(held, ERR_CODE_STORE_BUSY)) {
		g_propagate_error(error, g_steal_pointer(&held));
		return false;
	}
	g_autoptr(json_t) report =
		lock == NULL ? ask_agent(call->home, error) : exchange_here(call->home, error);
	if (report == NULL)
		return false;
	print_report(report, call->json);
	return has_hub(call->home, error) && judge(report, error);
}
