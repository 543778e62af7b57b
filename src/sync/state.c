#include "sync/state.h"

#include <string.h>

#include "sync/entry.h"
#include "sync/lanes.h"
#include "sync/line.h"

struct flight {
	uint32_t request;
	enum sync_task task;
	struct sync_entry *entry; /* NULL of the line's tasks */
	int64_t since_ms;
	bool patient;
};

struct sync {
	uint64_t random;
	bool patient;
	int64_t now_ms;
	uint32_t last_request;
	struct sync_view view; /* entries NULL: they stand in the lanes */
	bool loaded;
	bool compared; /* the heads agree on this connection */
	bool online;
	bool fresh; /* updates were asked for since the last nudge */
	struct line line;
	struct line_supply supply;
	struct lanes *lanes;
	GPtrArray *flights;
	GPtrArray *commands; /* of the step under way */
};

static void flight_free(void *data)
{
	struct flight *flight = data;
	sync_entry_free(flight->entry);
	g_free(flight);
}

struct sync *sync_new(uint64_t seed, bool patient)
{
	struct sync *sync = g_new0(struct sync, 1);
	sync->random = seed * 2 + 1;
	sync->patient = patient;
	sync->lanes = lanes_new();
	sync->flights = g_ptr_array_new_with_free_func(flight_free);
	return sync;
}

void sync_free(struct sync *sync)
{
	if (sync == NULL)
		return;
	line_clear(&sync->line);
	lanes_free(sync->lanes);
	g_ptr_array_unref(sync->flights);
	g_free(sync);
}

/* ---- small parts ---- */

static struct sync_command *command_add(struct sync *sync, enum sync_command_kind kind)
{
	struct sync_command *command = g_new0(struct sync_command, 1);
	command->kind = kind;
	g_ptr_array_add(sync->commands, command);
	return command;
}

static struct flight *find_flight(const struct sync *sync, enum sync_task task)
{
	for (guint i = 0; i < sync->flights->len; i++) {
		struct flight *flight = sync->flights->pdata[i];
		if (flight->task == task)
			return flight;
	}
	return NULL;
}

static void send(struct sync *sync, enum sync_task task, struct sync_entry *entry_take)
{
	struct flight *flight = g_new0(struct flight, 1);
	*flight = (struct flight){
		.request = ++sync->last_request,
		.task = task,
		.entry = entry_take,
		.since_ms = sync->now_ms,
		.patient = task == SYNC_TASK_UPDATES && sync->patient && sync->fresh,
	};
	g_ptr_array_add(sync->flights, flight);
	struct sync_command *command = command_add(sync, SYNC_COMMAND_SEND);
	command->request = flight->request;
	command->task = task;
	command->id = g_strdup(entry_take == NULL ? "" : entry_take->id);
	command->bundle = g_strdup(entry_take == NULL ? "" : entry_take->bundle);
	command->seq = sync->view.sent_seq;
	command->cursor = sync->view.updates_cursor;
	command->supply = sync->supply.stamp;
	command->patient = flight->patient;
}

/* ---- settling entries ---- */

static void settle(struct sync *sync, const struct sync_entry *entry, enum sync_state state,
	const char *reason)
{
	struct sync_command *command = command_add(sync, SYNC_COMMAND_SETTLE);
	command->task = entry->task;
	command->id = g_strdup(entry->id);
	command->bundle = g_strdup(entry->bundle);
	command->state = state;
	command->reason = g_strdup(reason == NULL ? "" : reason);
	command->attempts = entry->attempts;
	command->next_ms = state == SYNC_STATE_WAITING ? entry->next_ms : 0;
}

/* A bundle without one of its images is no bundle: both are refused, so that the clerk sees it. */
static void refuse(struct sync *sync, const struct sync_entry *entry, const char *reason)
{
	settle(sync, entry, SYNC_STATE_REFUSED, reason);
	if (entry->task == SYNC_TASK_BLOB) {
		struct sync_entry bundle = {.task = SYNC_TASK_BUNDLE,
			.id = entry->bundle,
			.bundle = entry->bundle,
			.attempts = entry->attempts};
		settle(sync, &bundle, SYNC_STATE_REFUSED, reason);
	}
	if (entry->task == SYNC_TASK_BLOB || entry->task == SYNC_TASK_BUNDLE)
		lanes_drop(sync->lanes, entry);
}

static void wait_for(
	struct sync *sync, struct sync_entry *entry, int64_t next_ms, const char *reason)
{
	entry->next_ms = next_ms;
	settle(sync, entry, SYNC_STATE_WAITING, reason);
	lanes_put(sync->lanes, entry);
}

/* ---- the line ---- */

static void task_bad(struct sync *sync, enum sync_task task, const char *reason)
{
	line_bad(&sync->line, task, reason, sync->now_ms, &sync->random);
}

/* The line is gone: everything waits until the heads have been compared again. */
static void line_lost(struct sync *sync, const char *reason)
{
	enum sync_task task = line_first_task(&sync->view);
	bool waits = sync->line.tasks[task].next_ms > sync->now_ms;
	if (!waits || sync->compared)
		task_bad(sync, task, reason);
	sync->compared = false;
	sync->online = false;
}

/* Tells how the line stands when that changed, or after a contact. */
static void tell_line(struct sync *sync, bool contact)
{
	const char *trouble = line_trouble(&sync->line, &sync->view);
	if (!line_is_news(&sync->line, trouble, contact, sync->now_ms))
		return;
	struct sync_command *last = command_add(sync, SYNC_COMMAND_LINE);
	last->online = sync->online;
	last->forked = sync->view.forked;
	last->contact = contact;
	last->reason = g_strdup(trouble);
}

/* ---- answers ---- */

static void receipted(struct sync *sync, int64_t seq)
{
	sync->view.sent_seq = MAX(seq, sync->view.first_seq - 1);
	struct sync_command *command = command_add(sync, SYNC_COMMAND_CURSOR);
	command->seq = sync->view.sent_seq;
}

static void supply_news(struct sync *sync)
{
	line_supply_news(&sync->supply, find_flight(sync, SYNC_TASK_SUPPLY) != NULL);
}

/* The hub answered with nothing although it might have waited: ask less often. */
static void updates_came(
	struct sync *sync, const struct flight *flight, const struct sync_answer *answer)
{
	sync->view.updates_cursor = MAX(answer->cursor, sync->view.updates_cursor);
	if (answer->supply != 0 && answer->supply != sync->supply.stamp) {
		sync->supply.stamp = answer->supply;
		supply_news(sync);
	}
	if (answer->count > 0)
		return;
	sync->fresh = true;
	if (flight->patient && sync->now_ms - flight->since_ms < 1000)
		sync->line.tasks[SYNC_TASK_UPDATES].next_ms = sync->now_ms + 2000;
}

static void line_done(
	struct sync *sync, const struct flight *flight, const struct sync_answer *answer)
{
	line_good(&sync->line, flight->task, answer->reason);
	sync->online = true;
	switch (flight->task) {
	case SYNC_TASK_HEAD:
		sync->compared = true;
		supply_news(sync);
		receipted(sync, answer->seq);
		break;
	case SYNC_TASK_JOURNAL:
		if (answer->seq > sync->view.sent_seq)
			receipted(sync, answer->seq);
		else
			task_bad(sync, SYNC_TASK_JOURNAL,
				"中心没有记下送出的账。已排队重试，长时间不好请告知管理员。");
		break;
	case SYNC_TASK_UPDATES:
		updates_came(sync, flight, answer);
		break;
	case SYNC_TASK_SUPPLY:
		line_supply_looked(&sync->supply, sync->now_ms);
		break;
	case SYNC_TASK_ENROL:
		sync->view.has_token = true;
		break;
	case SYNC_TASK_HOLD:
		sync->view.needs_hold = false;
		break;
	default:
		sync->view.needs_block = false;
	}
}

/* Another place than where we stood: go there; the same place again would go round for ever. */
static void line_stale(
	struct sync *sync, const struct flight *flight, const struct sync_answer *answer)
{
	if (answer->seq != sync->view.sent_seq && answer->seq <= sync->view.head_seq)
		receipted(sync, answer->seq);
	else
		task_bad(sync, flight->task,
			"中心的回答看不懂。已排队重试，长时间不好请告知管理员。");
}

static void line_answered(
	struct sync *sync, const struct flight *flight, const struct sync_answer *answer)
{
	switch (answer->outcome) {
	case SYNC_OUTCOME_DONE:
		line_done(sync, flight, answer);
		break;
	case SYNC_OUTCOME_STALE:
		line_stale(sync, flight, answer);
		break;
	case SYNC_OUTCOME_UNREACHABLE:
	case SYNC_OUTCOME_AUTH:
		line_lost(sync, answer->reason);
		break;
	case SYNC_OUTCOME_FORK:
		break;
	default:
		/* The first question failing means: no line. Anything else has a back-off of its
		 * own. */
		if (flight->task == SYNC_TASK_HEAD || flight->task == SYNC_TASK_ENROL)
			line_lost(sync, answer->reason);
		else
			task_bad(sync, flight->task, answer->reason);
	}
}

static void entry_answered(
	struct sync *sync, struct sync_entry *entry_take, const struct sync_answer *answer)
{
	g_autoptr(sync_entry) entry = entry_take;
	lanes_land(sync->lanes, entry);
	entry->attempts++;
	switch (answer->outcome) {
	case SYNC_OUTCOME_DONE:
		settle(sync, entry, SYNC_STATE_SENT, NULL);
		break;
	case SYNC_OUTCOME_REFUSED:
		refuse(sync, entry, answer->reason);
		break;
	case SYNC_OUTCOME_UNREACHABLE:
	case SYNC_OUTCOME_AUTH:
		line_lost(sync, answer->reason);
		wait_for(sync, g_steal_pointer(&entry), sync->line.tasks[SYNC_TASK_HEAD].next_ms,
			answer->reason);
		break;
	default:
		wait_for(sync, entry,
			sync->now_ms +
				backoff_ms(&sync->random, entry->attempts, SYNC_MOST_BACKOFF_MS),
			answer->reason);
		entry = NULL;
	}
}

static void forked(struct sync *sync, const char *reason)
{
	sync->view.forked = true;
	sync->compared = false;
	sync->line.told = false;
	line_good(&sync->line, SYNC_TASK_HEAD, reason);
}

static void answered(struct sync *sync, const struct sync_answer *answer)
{
	guint index = 0;
	struct flight *flight = NULL;
	while (index < sync->flights->len) {
		flight = sync->flights->pdata[index];
		if (flight->request == answer->request)
			break;
		index++;
	}
	if (index == sync->flights->len)
		return;
	(void)g_ptr_array_steal_index_fast(sync->flights, index);
	bool was_online = sync->online;
	if (answer->outcome == SYNC_OUTCOME_FORK)
		forked(sync, answer->reason);
	if (flight->entry != NULL)
		entry_answered(sync, g_steal_pointer(&flight->entry), answer);
	else
		line_answered(sync, flight, answer);
	sync->line.told = sync->line.told && sync->online == was_online;
	tell_line(sync, answer->outcome == SYNC_OUTCOME_DONE);
	flight_free(flight);
}

/* ---- loading and pumping ---- */

static void load_lanes(struct sync *sync, const GPtrArray *entries)
{
	lanes_clear(sync->lanes);
	for (guint i = 0; i < sync->flights->len; i++) {
		const struct flight *flight = sync->flights->pdata[i];
		if (flight->entry != NULL)
			lanes_fly(sync->lanes, flight->entry);
	}
	for (guint i = 0; i < entries->len; i++) {
		const struct sync_entry *entry = entries->pdata[i];
		lanes_put(sync->lanes, sync_entry_new(entry->task, entry->id, entry->bundle,
					       entry->order, entry->attempts, entry->next_ms));
	}
}

static void loaded(struct sync *sync, const struct sync_view *view)
{
	bool compared = sync->compared && sync->view.has_hub && view->has_hub && !view->forked;
	bool was_forked = sync->view.forked;
	int64_t sent_seq = sync->view.sent_seq, cursor = sync->view.updates_cursor;
	int64_t mark = sync->view.supply_mark;
	bool again = sync->loaded;
	sync->view = *view;
	sync->view.entries = NULL;
	/* What this machine has learnt is not older than what it was told to write down. */
	if (again && compared) {
		sync->view.sent_seq = sent_seq;
		sync->view.updates_cursor = MAX(cursor, view->updates_cursor);
	}
	if (was_forked && !view->forked)
		line_good(&sync->line, SYNC_TASK_HEAD, NULL);
	if (again && mark != view->supply_mark)
		supply_news(sync);
	sync->compared = compared;
	sync->loaded = true;
	load_lanes(sync, view->entries);
	tell_line(sync, false);
}

static void nudged(struct sync *sync)
{
	line_hurry(&sync->line);
	supply_news(sync);
	lanes_hurry(sync->lanes);
	sync->fresh = false;
	struct flight *updates = find_flight(sync, SYNC_TASK_UPDATES);
	if (updates == NULL)
		return;
	command_add(sync, SYNC_COMMAND_CANCEL)->request = updates->request;
	g_ptr_array_remove_fast(sync->flights, updates);
}

static bool has_line(const struct sync *sync)
{
	return sync->loaded && sync->view.has_hub && !sync->view.forked;
}

static bool wants_supply(const struct sync *sync)
{
	return (sync->compared || line_is_bureau_only(&sync->view)) &&
	       line_supply_is_due(&sync->supply, sync->now_ms);
}

static bool wants(const struct sync *sync, enum sync_task task)
{
	const struct sync_view *view = &sync->view;
	if (!has_line(sync))
		return false;
	switch (task) {
	case SYNC_TASK_ENROL:
		return !view->has_token && view->has_secret;
	case SYNC_TASK_HEAD:
		return view->has_token && !sync->compared;
	case SYNC_TASK_BLOCK:
		return sync->compared && view->needs_block;
	case SYNC_TASK_JOURNAL:
		return sync->compared && view->sent_seq < view->head_seq;
	case SYNC_TASK_HOLD: /* of a case the hub knows */
		return sync->compared && view->needs_hold && view->sent_seq >= view->head_seq;
	case SYNC_TASK_UPDATES:
		return sync->compared && (sync->patient || !sync->fresh);
	case SYNC_TASK_SUPPLY:
		return wants_supply(sync);
	default:
		return sync->compared;
	}
}

static bool is_due(const struct sync *sync, int64_t next_ms)
{
	/* Further away than any back-off: the clock was set back. */
	return next_ms <= sync->now_ms || next_ms - sync->now_ms > 2 * SYNC_MOST_BACKOFF_MS;
}

static void pump(struct sync *sync)
{
	for (enum sync_task task = 0; task < SYNC_LINE_TASKS; task++)
		if (wants(sync, task) && find_flight(sync, task) == NULL &&
			is_due(sync, sync->line.tasks[task].next_ms))
			send(sync, task, NULL);
	while (wants(sync, SYNC_TASK_BUNDLE) && sync->flights->len < SYNC_MOST_FLIGHTS) {
		int64_t due = lanes_due_ms(sync->lanes);
		if (due == INT64_MAX || !is_due(sync, due))
			return;
		struct sync_entry *entry = lanes_take(sync->lanes);
		send(sync, entry->task, entry);
	}
}

GPtrArray *sync_step(struct sync *sync, const struct sync_event *event)
{
	sync->commands = g_ptr_array_new_with_free_func(command_free);
	sync->now_ms = event->now_ms;
	if (event->kind == SYNC_EVENT_LOADED)
		loaded(sync, event->view);
	else if (event->kind == SYNC_EVENT_ANSWER)
		answered(sync, event->answer);
	else if (event->kind == SYNC_EVENT_NUDGE)
		nudged(sync);
	pump(sync);
	commands_sort(sync->commands);
	return g_steal_pointer(&sync->commands);
}

/* ---- asking ---- */

int64_t sync_next_ms(const struct sync *sync)
{
	int64_t next = INT64_MAX;
	for (enum sync_task task = 0; task < SYNC_LINE_TASKS; task++)
		if (wants(sync, task) && find_flight(sync, task) == NULL)
			next = MIN(next, sync->line.tasks[task].next_ms);
	/* The supply's hour is asked for in steps that no clock set back can look like. */
	if (has_line(sync) && find_flight(sync, SYNC_TASK_SUPPLY) == NULL)
		next = MIN(next, sync->now_ms + SYNC_MOST_BACKOFF_MS);
	if (wants(sync, SYNC_TASK_BUNDLE) && sync->flights->len < SYNC_MOST_FLIGHTS)
		next = MIN(next, lanes_due_ms(sync->lanes));
	return next;
}

bool sync_is_settled(const struct sync *sync)
{
	if (!sync->loaded)
		return false;
	for (guint i = 0; i < sync->flights->len; i++)
		if (!((const struct flight *)sync->flights->pdata[i])->patient)
			return false;
	return !is_due(sync, sync_next_ms(sync)) || sync_next_ms(sync) == INT64_MAX;
}

bool sync_is_online(const struct sync *sync)
{
	return sync->online;
}
