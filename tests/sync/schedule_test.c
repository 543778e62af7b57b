/*
 * The state machine against a simulated hub and a network that drops, doubles, delays, reorders and
 * truncates, and a home that crashes between any two writes. Every schedule comes from a fixed
 * seed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "sync/state.h"

#define SCHEDULES 20000
#define MOST_BUNDLES 5
#define MOST_MESSAGES 3
#define FACTS 40
#define BATCH 7

/* ---- what is durable in the home ---- */

struct row {
	enum sync_task task;
	char id[24];
	char bundle[24];
	int64_t order;
	enum sync_state state;
	int64_t attempts;
	int64_t next_ms;
	bool poison;	/* the hub will never take it */
	int effects;	/* how often it took effect at the hub */
	int order_seen; /* when, in the hub's order */
};

struct world {
	uint64_t random;
	int64_t now_ms;
	struct row rows[MOST_BUNDLES * (2 + MOST_MESSAGES)];
	int count;
	int64_t facts, sent_seq, hub_seq;
	int64_t cursor, updates, applied[64];
	bool forked;
	bool broken;  /* the network of this moment */
	bool expired; /* the token */
	bool calm;    /* faults have ended */
	int order;
	struct sync *sync;
	GPtrArray *packets;
	int crashes, sends;
};

struct packet {
	struct sync_command command;
	int64_t due_ms;
	bool answer; /* on its way back */
	int epoch;   /* of the home: answers to a process that is gone reach nobody */
	enum sync_outcome outcome;
	int64_t seq, cursor, count;
};

static uint32_t draw(struct world *world, uint32_t below)
{
	world->random ^= world->random << 13;
	world->random ^= world->random >> 7;
	world->random ^= world->random << 17;
	return (uint32_t)(world->random >> 20) % below;
}

static bool chance(struct world *world, uint32_t percent)
{
	return !world->calm && draw(world, 100) < percent;
}

static void packet_free(void *data)
{
	struct packet *packet = data;
	g_free(packet->command.id);
	g_free(packet->command.bundle);
	g_free(packet);
}

static struct row *find(struct world *world, const char *id, const char *bundle)
{
	for (int i = 0; i < world->count; i++)
		if (strcmp(world->rows[i].id, id) == 0 &&
			strcmp(world->rows[i].bundle, bundle) == 0)
			return &world->rows[i];
	return NULL;
}

static void add_row(
	struct world *world, enum sync_task task, const char *id, const char *bundle, int64_t order)
{
	struct row *row = &world->rows[world->count++];
	*row = (struct row){.task = task, .order = order};
	g_strlcpy(row->id, id, sizeof row->id);
	g_strlcpy(row->bundle, bundle, sizeof row->bundle);
}

static void fill(struct world *world)
{
	int bundles = 1 + (int)draw(world, MOST_BUNDLES);
	for (int b = 0; b < bundles; b++) {
		g_autofree char *bundle = g_strdup_printf("bundle%d", b);
		g_autofree char *blob = g_strdup_printf("blob%d", b);
		if (draw(world, 2) == 0)
			add_row(world, SYNC_TASK_BLOB, blob, bundle, 0);
		add_row(world, SYNC_TASK_BUNDLE, bundle, bundle, 0);
		if (draw(world, 6) == 0)
			world->rows[world->count - 1].poison = true;
		int messages = (int)draw(world, MOST_MESSAGES + 1);
		for (int m = 0; m < messages; m++) {
			g_autofree char *id = g_strdup_printf("message%d.%d", b, m);
			add_row(world, SYNC_TASK_MESSAGE, id, bundle, b * 10 + m);
			world->rows[world->count - 1].poison = draw(world, 10) == 0;
		}
	}
	world->facts = draw(world, FACTS);
	world->updates = draw(world, 12);
}

/* ---- the hub ---- */

static enum sync_state bundle_state(struct world *world, const char *bundle)
{
	const struct row *row = find(world, bundle, bundle);
	return row == NULL ? SYNC_STATE_SENT : row->state;
}

static bool hub_has(struct world *world, enum sync_task task, const char *bundle)
{
	for (int i = 0; i < world->count; i++) {
		const struct row *row = &world->rows[i];
		if (row->task == task && strcmp(row->bundle, bundle) == 0 && row->effects == 0)
			return false;
	}
	return true;
}

/* The hub: ids are kept for ever, so a second coming changes nothing. */
static void hub_put(struct world *world, struct packet *packet)
{
	struct row *row = find(world, packet->command.id, packet->command.bundle);
	assert_non_null(row);
	if (row->poison) {
		packet->outcome = SYNC_OUTCOME_REFUSED;
		return;
	}
	if (row->task == SYNC_TASK_BUNDLE)
		assert_true(hub_has(world, SYNC_TASK_BLOB, row->bundle));
	if (row->task == SYNC_TASK_MESSAGE)
		assert_true(hub_has(world, SYNC_TASK_BUNDLE, row->bundle));
	if (row->effects == 0) {
		row->effects = 1;
		row->order_seen = ++world->order;
	}
}

static void hub_journal(struct world *world, struct packet *packet)
{
	if (packet->command.task == SYNC_TASK_JOURNAL) {
		int64_t from = packet->command.seq;
		if (from > world->hub_seq) {
			packet->outcome = SYNC_OUTCOME_STALE;
		} else {
			int64_t to = MIN(from + BATCH, world->facts);
			world->hub_seq = MAX(world->hub_seq, to);
		}
	}
	packet->seq = world->hub_seq;
}

static void hub_updates(struct world *world, struct packet *packet)
{
	packet->cursor = MIN(packet->command.cursor + 3, world->updates);
	packet->count = packet->cursor - packet->command.cursor;
}

static void hub_takes(struct world *world, struct packet *packet)
{
	packet->answer = true;
	packet->outcome = SYNC_OUTCOME_DONE;
	if (world->expired && !world->calm)
		packet->outcome = SYNC_OUTCOME_AUTH;
	else if (chance(world, 8))
		packet->outcome = SYNC_OUTCOME_LATER;
	else if (packet->command.task == SYNC_TASK_HEAD ||
		 packet->command.task == SYNC_TASK_JOURNAL)
		hub_journal(world, packet);
	else if (packet->command.task == SYNC_TASK_UPDATES)
		hub_updates(world, packet);
	else if (packet->command.task >= SYNC_LINE_TASKS)
		hub_put(world, packet);
	/* A truncated answer is garbage whatever the hub did. */
	if (chance(world, 6))
		packet->outcome = SYNC_OUTCOME_LATER;
}

/* ---- the home ---- */

static void begin(struct world *world)
{
	sync_free(world->sync);
	world->sync = sync_new(draw(world, 1000000), true);
}

static void take(struct world *world, GPtrArray *commands);

static void load(struct world *world)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	for (int i = 0; i < world->count; i++) {
		const struct row *row = &world->rows[i];
		bool gone = row->task != SYNC_TASK_BUNDLE &&
			    bundle_state(world, row->bundle) == SYNC_STATE_REFUSED;
		if (row->state == SYNC_STATE_WAITING && !gone)
			g_ptr_array_add(entries, sync_entry_new(row->task, row->id, row->bundle,
							 row->order, row->attempts, row->next_ms));
	}
	struct sync_view view = {
		.has_hub = true,
		.has_token = true,
		.forked = world->forked,
		.first_seq = 1,
		.head_seq = world->facts,
		.sent_seq = world->sent_seq,
		.updates_cursor = world->cursor,
		.entries = entries,
	};
	struct sync_event event = {
		.kind = SYNC_EVENT_LOADED, .now_ms = world->now_ms, .view = &view};
	take(world, sync_step(world->sync, &event));
	for (guint i = 0; i < entries->len; i++)
		sync_entry_free(entries->pdata[i]);
}

static void crash(struct world *world)
{
	world->crashes++;
	begin(world);
}

static void settle(struct world *world, const struct sync_command *command)
{
	struct row *row = find(world, command->id, command->bundle);
	if (row == NULL || (command->task == SYNC_TASK_BUNDLE && row->state != SYNC_STATE_WAITING))
		return;
	assert_true(row->state != SYNC_STATE_SENT);
	row->state = command->state;
	row->attempts = command->attempts;
	row->next_ms = command->next_ms;
	if (row->state == SYNC_STATE_SENT)
		assert_int_equal(row->effects, 1);
	else
		assert_true(command->reason[0] != '\0');
}

static void transmit(struct world *world, struct sync_command *command)
{
	if (command->task == SYNC_TASK_MESSAGE || command->task == SYNC_TASK_BUNDLE) {
		const struct row *row = find(world, command->id, command->bundle);
		assert_true(row->state == SYNC_STATE_WAITING);
	}
	world->sends++;
	int copies = chance(world, 10) ? 2 : 1;
	for (int i = 0; i < copies; i++) {
		struct packet *packet = g_new0(struct packet, 1);
		packet->command = *command;
		packet->command.reason = NULL;
		packet->epoch = world->crashes;
		packet->command.id = g_strdup(command->id);
		packet->command.bundle = g_strdup(command->bundle);
		packet->due_ms = world->now_ms + 1 + draw(world, world->calm ? 5 : 400);
		g_ptr_array_add(world->packets, packet);
	}
}

/* One transaction of writes, then the sends; a crash may come before, between and after. */
static void take(struct world *world, GPtrArray *commands)
{
	bool sending = false;
	guint end = commands->len;
	if (chance(world, 2))
		end = 0;
	for (guint i = 0; i < end; i++) {
		struct sync_command *command = commands->pdata[i];
		assert_false(sending && command->kind != SYNC_COMMAND_SEND);
		if (command->kind == SYNC_COMMAND_SEND) {
			sending = true;
			if (chance(world, 2)) {
				end = i;
				break;
			}
			transmit(world, command);
		} else if (command->kind == SYNC_COMMAND_SETTLE) {
			settle(world, command);
		} else if (command->kind == SYNC_COMMAND_CURSOR) {
			world->sent_seq = command->seq;
		} else if (command->kind == SYNC_COMMAND_LINE) {
			world->forked = command->forked;
		}
	}
	bool crashed = end < commands->len;
	g_ptr_array_unref(commands);
	if (crashed)
		crash(world);
}

static void receive(struct world *world, struct packet *packet)
{
	if (packet->command.task == SYNC_TASK_UPDATES && packet->outcome == SYNC_OUTCOME_DONE)
		/* Known ids change nothing: a doubled answer applies each update once. */
		for (int64_t at = packet->command.cursor; at < packet->cursor; at++)
			if (at >= world->cursor) {
				world->applied[at]++;
				world->cursor = at + 1;
			}
	struct sync_answer answer = {
		.request = packet->command.request,
		.outcome = packet->outcome,
		.reason = packet->outcome == SYNC_OUTCOME_DONE ? NULL : "理由。",
		.seq = packet->seq,
		.cursor = packet->cursor,
		.count = packet->count,
	};
	struct sync_event event = {
		.kind = SYNC_EVENT_ANSWER, .now_ms = world->now_ms, .answer = &answer};
	take(world, sync_step(world->sync, &event));
}

/* ---- the network ---- */

static struct packet *next_packet(struct world *world)
{
	struct packet *best = NULL;
	guint index = 0;
	for (guint i = 0; i < world->packets->len; i++) {
		struct packet *packet = world->packets->pdata[i];
		if (best == NULL || packet->due_ms < best->due_ms) {
			best = packet;
			index = i;
		}
	}
	if (best != NULL)
		(void)g_ptr_array_steal_index_fast(world->packets, index);
	return best;
}

/* What is lost is noticed at the sender as a time-out, later. */
static void lose(struct world *world, struct packet *packet)
{
	packet->answer = true;
	packet->outcome = packet->command.task < SYNC_LINE_TASKS || draw(world, 2) == 0
				  ? SYNC_OUTCOME_UNREACHABLE
				  : SYNC_OUTCOME_LATER;
	packet->due_ms = world->now_ms + 5000;
	packet->count = packet->cursor = 0;
	g_ptr_array_add(world->packets, packet);
}

static void deliver(struct world *world, struct packet *packet)
{
	bool lost = chance(world, world->broken ? 100 : 8);
	bool timed_out = packet->answer && (packet->outcome == SYNC_OUTCOME_UNREACHABLE);
	if (lost && !timed_out && packet->outcome != SYNC_OUTCOME_LATER) {
		lose(world, packet);
		return;
	}
	if (packet->answer) {
		if (packet->epoch == world->crashes)
			receive(world, packet);
		packet_free(packet);
		return;
	}
	hub_takes(world, packet);
	packet->due_ms = world->now_ms + 1 + draw(world, world->calm ? 5 : 400);
	g_ptr_array_add(world->packets, packet);
}

static void weather(struct world *world)
{
	if (draw(world, 40) == 0)
		world->broken = !world->broken;
	if (draw(world, 60) == 0)
		world->expired = !world->expired;
	if (chance(world, 3) && world->facts < FACTS)
		world->facts++;
	if (chance(world, 2))
		crash(world);
	/* The hub's disk was lost and an older copy took its place. */
	if (chance(world, 1) && world->hub_seq > 0)
		world->hub_seq -= draw(world, (uint32_t)world->hub_seq);
	if (chance(world, 5))
		load(world);
	if (chance(world, 2)) {
		struct sync_event event = {.kind = SYNC_EVENT_NUDGE, .now_ms = world->now_ms};
		take(world, sync_step(world->sync, &event));
	}
	/* The clock of a hall's machine is set now and then. */
	if (chance(world, 1))
		world->now_ms += (int64_t)draw(world, 7200000) - 3600000;
}

/* One thing happens: a packet arrives or the time comes. */
static bool tick(struct world *world)
{
	int64_t next = sync_next_ms(world->sync);
	struct packet *packet = next_packet(world);
	if (packet != NULL && packet->due_ms <= next) {
		world->now_ms = MAX(world->now_ms, packet->due_ms);
		deliver(world, packet);
		return true;
	}
	if (packet != NULL)
		g_ptr_array_add(world->packets, packet);
	if (next == INT64_MAX)
		return packet != NULL;
	if (next - world->now_ms < 2 * SYNC_MOST_BACKOFF_MS)
		world->now_ms = MAX(world->now_ms, next);
	struct sync_event event = {.kind = SYNC_EVENT_TIME, .now_ms = world->now_ms};
	take(world, sync_step(world->sync, &event));
	return true;
}

static bool is_drained(struct world *world)
{
	for (int i = 0; i < world->count; i++)
		if (world->rows[i].state == SYNC_STATE_WAITING &&
			bundle_state(world, world->rows[i].bundle) != SYNC_STATE_REFUSED)
			return false;
	return sync_is_settled(world->sync) && world->sent_seq == world->facts &&
	       world->cursor == world->updates;
}

/* ---- what must hold at the end ---- */

static void check_order(struct world *world, const struct row *row)
{
	for (int i = 0; i < world->count; i++) {
		const struct row *other = &world->rows[i];
		bool before = strcmp(row->bundle, other->bundle) == 0 && other->effects == 1 &&
			      (other->task < row->task ||
				      (other->task == row->task && other->order < row->order));
		if (before && row->effects == 1)
			assert_true(other->order_seen < row->order_seen);
	}
}

static void check_end(struct world *world)
{
	assert_int_equal(world->hub_seq, world->facts);
	assert_int_equal(world->sent_seq, world->facts);
	for (int64_t i = 0; i < world->updates; i++)
		assert_int_equal(world->applied[i], 1);
	for (int i = 0; i < world->count; i++) {
		const struct row *row = &world->rows[i];
		bool stuck = row->task == SYNC_TASK_MESSAGE &&
			     bundle_state(world, row->bundle) == SYNC_STATE_REFUSED;
		enum sync_state wanted = row->poison ? SYNC_STATE_REFUSED : SYNC_STATE_SENT;
		assert_int_equal(row->state, stuck ? SYNC_STATE_WAITING : wanted);
		assert_int_equal(row->effects, row->poison || stuck ? 0 : 1);
		check_order(world, row);
	}
}

static void play(uint64_t seed, int *ret_crashes, int *ret_sends)
{
	struct world world = {.random = seed * 7919 + 1, .now_ms = 1772413200000};
	world.packets = g_ptr_array_new_with_free_func(packet_free);
	fill(&world);
	begin(&world);
	load(&world);
	for (int i = 0; i < 150; i++) {
		weather(&world);
		tick(&world);
	}
	world.calm = true;
	world.broken = world.expired = false;
	/* A hub that lost facts is noticed on the next connection. */
	crash(&world);
	load(&world);
	for (int i = 0; i < 20000 && !is_drained(&world); i++)
		tick(&world);
	if (!is_drained(&world))
		fail_msg("seed %d: not drained", (int)seed);
	check_end(&world);
	*ret_crashes += world.crashes;
	*ret_sends += world.sends;
	sync_free(world.sync);
	g_ptr_array_unref(world.packets);
}

static void every_schedule_ends_with_each_effect_once(void **state)
{
	int crashes = 0, sends = 0;
	for (uint64_t seed = 1; seed <= SCHEDULES; seed++)
		play(seed, &crashes, &sends);
	print_message("%d schedules, %d crashes, %d requests\n", SCHEDULES, crashes, sends);
	assert_true(crashes > SCHEDULES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_schedule_ends_with_each_effect_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
