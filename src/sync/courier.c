#include "sync/courier.h"

#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "sync/errand_supply.h"
#include "sync/line.h"

#define RECOVER_MS 5000
/* Never longer: somebody may set the clock back. */
#define MOST_SLEEP_MS 60000

struct courier {
	struct store *store;
	struct courier_ports ports;
	bool patient;
	courier_moved *moved;
	void *data;
	struct sync_config *config;
	struct http *http;
	struct errand_office office; /* owns its memo */
	struct sync *sync;
	GPtrArray *errands; /* under way, owned */
	GQueue landed;	    /* struct landed: answers that came while a step was under way */
	bool stepping;
	bool recovering;     /* the timer begins a new machine */
	bool reason_of_line; /* the counts' reason is the line's */
	bool look_again;     /* the store has to be read once this step is over */
	guint timer;
	struct courier_counts counts;
};

struct landed {
	struct sync_answer answer;
	char *reason;
	enum sync_task task;
};

void courier_counts_clear(struct courier_counts *counts)
{
	g_free(counts->reason);
	*counts = (struct courier_counts){0};
}

static int64_t now_ms(void)
{
	return clock_now_ms(&(struct clock){0});
}

static void landed_free(void *data)
{
	struct landed *landed = data;
	g_free(landed->reason);
	g_free(landed);
}

static void errand_release(void *data)
{
	errand_free(data);
}

/* ---- the configuration ---- */

static bool take_config(struct courier *courier, GError **error)
{
	struct sync_config *config = sync_config_read(store_home(courier->store), "hub", error);
	if (config == NULL)
		return false;
	sync_config_free(courier->config);
	courier->config = config;
	courier->office.config = config;
	return true;
}

bool courier_config_changed(const struct courier *courier)
{
	g_autoptr(sync_config) config = sync_config_read(store_home(courier->store), "hub", NULL);
	return config != NULL && !sync_config_equal(config, courier->config);
}

/* A configuration nobody can read is a line that is down, with its sentence. */
static void tell_trouble(struct courier *courier, const char *sentence);

/* ---- a new machine ---- */

static void drop_machine(struct courier *courier)
{
	g_ptr_array_set_size(courier->errands, 0);
	g_queue_clear_full(&courier->landed, landed_free);
	sync_free(courier->sync);
	uint64_t seed = 0;
	digest_random(&seed, sizeof seed);
	courier->sync = sync_new(seed, courier->patient);
}

struct courier *courier_new(struct store *store, const struct courier_ports *ports, bool patient,
	courier_moved *moved, void *data, GError **error)
{
	struct http *http = http_new(error);
	if (http == NULL)
		return NULL;
	struct courier *courier = g_new0(struct courier, 1);
	courier->store = store;
	courier->ports = *ports;
	courier->patient = patient;
	courier->moved = moved;
	courier->data = data;
	courier->http = http;
	courier->config = g_new0(struct sync_config, 1);
	courier->config->url = g_strdup("");
	courier->config->token = g_strdup("");
	courier->config->secret = g_strdup("");
	courier->config->ca = g_strdup("");
	courier->config->bureau = g_strdup("");
	courier->office = (struct errand_office){.store = store,
		.http = http,
		.config = courier->config,
		.ports = &courier->ports,
		.memo = supply_memo_new()};
	courier->errands = g_ptr_array_new_with_free_func(errand_release);
	g_queue_init(&courier->landed);
	drop_machine(courier);
	return courier;
}

void courier_free(struct courier *courier)
{
	if (courier == NULL)
		return;
	if (courier->timer != 0)
		g_source_remove(courier->timer);
	g_ptr_array_unref(courier->errands);
	g_queue_clear_full(&courier->landed, landed_free);
	sync_free(courier->sync);
	supply_memo_free(courier->office.memo);
	http_free(courier->http);
	sync_config_free(courier->config);
	courier_counts_clear(&courier->counts);
	g_free(courier);
}

/* ---- carrying out commands ---- */

struct write_work {
	const GPtrArray *commands;
	int64_t now_ms;
};

static bool write_all(struct store *store, void *data, GError **error)
{
	const struct write_work *work = data;
	for (guint i = 0; i < work->commands->len; i++)
		if (!outbox_write(store, work->commands->pdata[i], work->now_ms, error))
			return false;
	return true;
}

static bool writes_something(const GPtrArray *commands)
{
	for (guint i = 0; i < commands->len; i++) {
		enum sync_command_kind kind =
			((const struct sync_command *)commands->pdata[i])->kind;
		if (kind != SYNC_COMMAND_SEND && kind != SYNC_COMMAND_CANCEL)
			return true;
	}
	return false;
}

static void keep_reason(struct courier *courier, const char *reason, bool of_line)
{
	g_free(courier->counts.reason);
	courier->counts.reason = reason[0] == '\0' ? NULL : g_strdup(reason);
	courier->reason_of_line = of_line;
}

/* A line that is good again takes back its own sentence, not that of an entry. */
static void count(struct courier *courier, const struct sync_command *command)
{
	if (command->kind == SYNC_COMMAND_SETTLE && command->state == SYNC_STATE_SENT)
		courier->counts.sent++;
	else if (command->kind == SYNC_COMMAND_SETTLE)
		keep_reason(courier, command->reason, false);
	else if (command->kind == SYNC_COMMAND_LINE &&
		 (command->reason[0] != '\0' || courier->reason_of_line))
		keep_reason(courier, command->reason, true);
}

static gboolean timer_over(void *data);

static void set_timer(struct courier *courier, int64_t delay_ms)
{
	if (courier->timer != 0)
		g_source_remove(courier->timer);
	courier->timer = delay_ms < 0 ? 0 : g_timeout_add((guint)delay_ms, timer_over, courier);
}

/* What cannot be written down has not happened: begin again from the store a little later. */
static void recover(struct courier *courier, const GError *error)
{
	g_warning("%s", error->message);
	drop_machine(courier);
	courier->recovering = true;
	set_timer(courier, RECOVER_MS);
}

static void came(void *data, struct errand *errand, const struct sync_answer *answer);

static void begin(struct courier *courier, struct sync_command *command)
{
	struct errand *errand = g_new0(struct errand, 1);
	errand->office = &courier->office;
	errand->command = *command;
	errand->command.reason = NULL;
	command->id = NULL;
	command->bundle = NULL;
	errand->done = came;
	errand->data = courier;
	g_ptr_array_add(courier->errands, errand);
	errand_begin(errand);
}

static void cancel(struct courier *courier, uint32_t request)
{
	for (guint i = 0; i < courier->errands->len; i++) {
		const struct errand *errand = courier->errands->pdata[i];
		if (errand->command.request == request) {
			g_ptr_array_remove_index_fast(courier->errands, i);
			return;
		}
	}
}

static bool carry_out(struct courier *courier, GPtrArray *commands)
{
	g_autoptr(GError) error = NULL;
	struct write_work work = {commands, now_ms()};
	if (writes_something(commands) && !store_write(courier->store, write_all, &work, &error)) {
		recover(courier, error);
		return false;
	}
	for (guint i = 0; i < commands->len; i++) {
		struct sync_command *command = commands->pdata[i];
		count(courier, command);
		if (command->kind == SYNC_COMMAND_SEND)
			begin(courier, command);
		else if (command->kind == SYNC_COMMAND_CANCEL)
			cancel(courier, command->request);
	}
	return true;
}

static bool step(struct courier *courier, const struct sync_event *event)
{
	g_autoptr(GPtrArray) commands = sync_step(courier->sync, event);
	return carry_out(courier, commands);
}

static bool load(struct courier *courier)
{
	g_autoptr(GError) error = NULL;
	struct sync_view view = {0};
	/* Another hub or another token: what was learnt of the old line no longer counts. */
	if (courier_config_changed(courier)) {
		drop_machine(courier);
		supply_memo_free(courier->office.memo);
		courier->office.memo = supply_memo_new();
	}
	if (!take_config(courier, &error)) {
		tell_trouble(courier, error->message);
		return false;
	}
	if (!outbox_view(courier->store, courier->config, &view, &error)) {
		recover(courier, error);
		return false;
	}
	struct sync_event event = {.kind = SYNC_EVENT_LOADED, .now_ms = now_ms(), .view = &view};
	bool good = step(courier, &event);
	outbox_view_clear(&view);
	return good;
}

/* What an errand changed beside the outbox must be known before the next request leaves. */
static void learn(struct courier *courier, const struct landed *landed)
{
	if (landed->answer.outcome != SYNC_OUTCOME_DONE)
		return;
	if (landed->task == SYNC_TASK_UPDATES)
		courier->counts.received += landed->answer.count;
	if (landed->task == SYNC_TASK_ENROL)
		(void)take_config(courier, NULL);
	/* What came in made facts and perhaps messages, which go out in the same exchange. */
	if (landed->task == SYNC_TASK_BLOCK || landed->task == SYNC_TASK_HOLD ||
		landed->task == SYNC_TASK_CUSTODY || landed->answer.count > 0)
		courier->look_again = true;
}

static bool land(struct courier *courier, struct landed *landed)
{
	struct sync_event event = {
		.kind = SYNC_EVENT_ANSWER, .now_ms = now_ms(), .answer = &landed->answer};
	learn(courier, landed);
	return step(courier, &event);
}

/* Works off what came meanwhile, then sets the clock for the next time. Never runs inside itself.
 */
static void go_on(struct courier *courier, bool good)
{
	struct landed *landed = NULL;
	courier->stepping = true;
	while (good && (courier->look_again || !g_queue_is_empty(&courier->landed))) {
		if (courier->look_again) {
			courier->look_again = false;
			good = load(courier);
			continue;
		}
		landed = g_queue_pop_head(&courier->landed);
		good = land(courier, landed);
		landed_free(landed);
	}
	courier->stepping = false;
	if (!good)
		return;
	int64_t next = sync_next_ms(courier->sync);
	set_timer(courier, next == INT64_MAX ? -1 : CLAMP(next - now_ms(), 0, MOST_SLEEP_MS));
	courier->moved(courier->data);
}

static void came(void *data, struct errand *errand, const struct sync_answer *answer)
{
	struct courier *courier = data;
	struct landed *landed = g_new0(struct landed, 1);
	landed->answer = *answer;
	landed->reason = g_strdup(answer->reason);
	landed->answer.reason = landed->reason;
	landed->task = errand->command.task;
	g_queue_push_tail(&courier->landed, landed);
	g_ptr_array_remove_fast(courier->errands, errand);
	if (!courier->stepping)
		go_on(courier, true);
}

static gboolean timer_over(void *data)
{
	struct courier *courier = data;
	courier->timer = 0;
	if (courier->recovering) {
		courier->recovering = false;
		courier_look(courier);
		return G_SOURCE_REMOVE;
	}
	courier->stepping = true;
	struct sync_event event = {.kind = SYNC_EVENT_TIME, .now_ms = now_ms()};
	go_on(courier, step(courier, &event));
	return G_SOURCE_REMOVE;
}

static void tell_trouble(struct courier *courier, const char *sentence)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) commands = g_ptr_array_new();
	struct sync_command line = {.kind = SYNC_COMMAND_LINE, .reason = (char *)sentence};
	struct write_work work = {commands, now_ms()};
	g_ptr_array_add(commands, &line);
	count(courier, &line);
	if (!store_write(courier->store, write_all, &work, &error))
		g_warning("%s", error->message);
	drop_machine(courier);
	courier->recovering = true;
	set_timer(courier, 60 * 1000);
}

/* ---- for the agent ---- */

void courier_look(struct courier *courier)
{
	courier->look_again = true;
	if (!courier->stepping)
		go_on(courier, true);
}

void courier_nudge(struct courier *courier)
{
	courier_counts_clear(&courier->counts);
	courier->stepping = true;
	bool good = load(courier);
	struct sync_event event = {.kind = SYNC_EVENT_NUDGE, .now_ms = now_ms()};
	go_on(courier, good && step(courier, &event));
}

bool courier_is_settled(const struct courier *courier)
{
	return courier->landed.length == 0 && sync_is_settled(courier->sync);
}

bool courier_is_alive(const struct courier *courier)
{
	return !courier->recovering;
}

bool courier_is_online(const struct courier *courier)
{
	return sync_is_online(courier->sync);
}

/* Nobody takes the facts of a bureau's home that is no window. */
static int64_t facts_waiting(const struct sync_view *view)
{
	return line_is_bureau_only(view) ? 0 : view->head_seq - view->sent_seq;
}

bool courier_count(struct courier *courier, struct courier_counts *ret_counts, GError **error)
{
	struct sync_view view = {0};
	g_autofree char *refusal = NULL;
	int64_t refused = 0;
	if (!outbox_refused(courier->store, &refused, &refusal, error) ||
		!outbox_view(courier->store, courier->config, &view, error))
		return false;
	*ret_counts = courier->counts;
	ret_counts->refused = refused;
	ret_counts->reason = g_strdup(courier->counts.reason);
	if (ret_counts->reason == NULL && refused > 0)
		ret_counts->reason = g_steal_pointer(&refusal);
	ret_counts->waiting = view.entries->len + facts_waiting(&view);
	outbox_view_clear(&view);
	return true;
}

bool courier_is_waiting(const struct courier *courier)
{
	struct sync_view view = {0};
	if (courier->config->url[0] == '\0' ||
		!outbox_view(courier->store, courier->config, &view, NULL))
		return false;
	bool waiting = view.entries->len > 0 || facts_waiting(&view) > 0;
	outbox_view_clear(&view);
	return waiting && !view.forked;
}
