#include "sync/lanes.h"

#include <string.h>

struct lane {
	char *key;
	uint64_t number; /* first come, first served */
	int64_t due_ms;	 /* under which it stands in the order */
	GQueue entries;	 /* struct sync_entry in their order */
	char *flying;	 /* key of the entry under way, NULL none */
};

struct lanes {
	GHashTable *by_key; /* owns */
	GTree *order;	    /* lanes that have something and fly nothing, by due_ms and number */
	uint64_t last_number;
};

static gint compare(gconstpointer a, gconstpointer b)
{
	const struct lane *left = a, *right = b;
	if (left->due_ms != right->due_ms)
		return left->due_ms < right->due_ms ? -1 : 1;
	return (left->number > right->number) - (left->number < right->number);
}

static void entry_free(void *entry)
{
	sync_entry_free(entry);
}

static void lane_free(void *data)
{
	struct lane *lane = data;
	g_queue_clear_full(&lane->entries, entry_free);
	g_free(lane->flying);
	g_free(lane->key);
	g_free(lane);
}

struct lanes *lanes_new(void)
{
	struct lanes *lanes = g_new0(struct lanes, 1);
	lanes->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, lane_free);
	lanes->order = g_tree_new(compare);
	return lanes;
}

void lanes_free(struct lanes *lanes)
{
	g_tree_unref(lanes->order);
	g_hash_table_unref(lanes->by_key);
	g_free(lanes);
}

void lanes_clear(struct lanes *lanes)
{
	g_tree_remove_all(lanes->order);
	g_hash_table_remove_all(lanes->by_key);
}

static char *key_of(const struct sync_entry *entry)
{
	return g_strdup_printf("%d %s %s", (int)entry->task, entry->bundle, entry->id);
}

/* What belongs to no bundle is a lane of its own. */
static const char *lane_key(const struct sync_entry *entry)
{
	return entry->bundle[0] != '\0' ? entry->bundle : entry->id;
}

static struct lane *find(struct lanes *lanes, const struct sync_entry *entry)
{
	struct lane *lane = g_hash_table_lookup(lanes->by_key, lane_key(entry));
	if (lane != NULL)
		return lane;
	lane = g_new0(struct lane, 1);
	lane->key = g_strdup(lane_key(entry));
	lane->number = ++lanes->last_number;
	g_queue_init(&lane->entries);
	g_hash_table_insert(lanes->by_key, lane->key, lane);
	return lane;
}

static void take_out(struct lanes *lanes, struct lane *lane)
{
	g_tree_remove(lanes->order, lane);
}

static void put_in(struct lanes *lanes, struct lane *lane)
{
	const struct sync_entry *first = g_queue_peek_head(&lane->entries);
	if (lane->flying != NULL)
		return;
	if (first == NULL) {
		g_hash_table_remove(lanes->by_key, lane->key);
		return;
	}
	lane->due_ms = first->next_ms;
	g_tree_insert(lanes->order, lane, lane);
}

static gint by_place(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct sync_entry *left = a, *right = b;
	if (left->task != right->task)
		return left->task < right->task ? -1 : 1;
	if (left->order != right->order)
		return left->order < right->order ? -1 : 1;
	return strcmp(left->id, right->id);
}

void lanes_put(struct lanes *lanes, struct sync_entry *entry_take)
{
	struct lane *lane = find(lanes, entry_take);
	g_autofree char *key = key_of(entry_take);
	if (g_strcmp0(lane->flying, key) == 0) {
		sync_entry_free(entry_take);
		return;
	}
	take_out(lanes, lane);
	g_queue_insert_sorted(&lane->entries, entry_take, by_place, NULL);
	put_in(lanes, lane);
}

void lanes_fly(struct lanes *lanes, const struct sync_entry *entry)
{
	struct lane *lane = find(lanes, entry);
	take_out(lanes, lane);
	g_free(lane->flying);
	lane->flying = key_of(entry);
}

void lanes_land(struct lanes *lanes, const struct sync_entry *entry)
{
	struct lane *lane = find(lanes, entry);
	take_out(lanes, lane);
	g_clear_pointer(&lane->flying, g_free);
	put_in(lanes, lane);
}

void lanes_drop(struct lanes *lanes, const struct sync_entry *entry)
{
	struct lane *lane = g_hash_table_lookup(lanes->by_key, lane_key(entry));
	if (lane == NULL)
		return;
	take_out(lanes, lane);
	g_hash_table_remove(lanes->by_key, lane->key);
}

int64_t lanes_due_ms(const struct lanes *lanes)
{
	GTreeNode *first = g_tree_node_first(lanes->order);
	return first == NULL ? INT64_MAX : ((const struct lane *)g_tree_node_key(first))->due_ms;
}

struct sync_entry *lanes_take(struct lanes *lanes)
{
	GTreeNode *first = g_tree_node_first(lanes->order);
	if (first == NULL)
		return NULL;
	struct lane *lane = g_tree_node_key(first);
	take_out(lanes, lane);
	struct sync_entry *entry = g_queue_pop_head(&lane->entries);
	lane->flying = key_of(entry);
	return entry;
}

void lanes_hurry(struct lanes *lanes)
{
	GHashTableIter iter;
	void *value = NULL;
	g_tree_remove_all(lanes->order);
	g_hash_table_iter_init(&iter, lanes->by_key);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct lane *lane = value;
		for (GList *link = lane->entries.head; link != NULL; link = link->next)
			((struct sync_entry *)link->data)->next_ms = 0;
		lane->due_ms = 0;
		if (lane->flying == NULL && lane->entries.head != NULL)
			g_tree_insert(lanes->order, lane, lane);
	}
}
