/* The values the state machine deals in, and how long it waits. */
#include "sync/entry.h"

const char *sync_state_word(enum sync_state state)
{
	static const char *const words[] = {"waiting", "sent", "refused"};
	return words[state];
}

struct sync_entry *sync_entry_new(enum sync_task task, const char *id, const char *bundle,
	int64_t order, int64_t attempts, int64_t next_ms)
{
	struct sync_entry *entry = g_new0(struct sync_entry, 1);
	*entry = (struct sync_entry){
		.task = task,
		.id = g_strdup(id),
		.bundle = g_strdup(bundle),
		.order = order,
		.attempts = attempts,
		.next_ms = next_ms,
	};
	return entry;
}

void sync_entry_free(struct sync_entry *entry)
{
	if (entry == NULL)
		return;
	g_free(entry->id);
	g_free(entry->bundle);
	g_free(entry);
}

void command_free(void *data)
{
	struct sync_command *command = data;
	g_free(command->id);
	g_free(command->bundle);
	g_free(command->reason);
	g_free(command);
}

static gint by_kind(gconstpointer a, gconstpointer b)
{
	const struct sync_command *left = *(struct sync_command *const *)a;
	const struct sync_command *right = *(struct sync_command *const *)b;
	return (left->kind == SYNC_COMMAND_SEND) - (right->kind == SYNC_COMMAND_SEND);
}

void commands_sort(GPtrArray *commands)
{
	g_ptr_array_sort(commands, by_kind);
}

/* xorshift64*; good enough to spread tries. */
static uint32_t draw(uint64_t *random)
{
	*random ^= *random >> 12;
	*random ^= *random << 25;
	*random ^= *random >> 27;
	return (uint32_t)((*random * UINT64_C(2685821657736338717)) >> 32);
}

/* Half of the doubled time is certain, the other half by chance, so that a hall does not knock at
 * once. */
int64_t backoff_ms(uint64_t *random, int64_t failures, int64_t most)
{
	int64_t shift = MIN(MAX(failures - 1, 0), 20);
	int64_t whole = MIN((int64_t)SYNC_FIRST_BACKOFF_MS << shift, most);
	return whole / 2 + (int64_t)draw(random) % (whole / 2 + 1);
}
