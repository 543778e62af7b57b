#include "core/process.h"

#include <string.h>

static struct process_node *node_at(const struct process *process, int number)
{
	return process->nodes->pdata[number];
}

static void free_node(gpointer data)
{
	struct process_node *node = data;
	g_array_unref(node->after);
	g_free(node);
}

struct process *process_new(void)
{
	struct process *process = g_new0(struct process, 1);
	process->nodes = g_ptr_array_new_with_free_func(free_node);
	return process;
}

void process_free(struct process *process)
{
	if (process == NULL)
		return;
	g_ptr_array_unref(process->nodes);
	g_free(process);
}

int process_add(struct process *process, int item, int group)
{
	struct process_node *node = g_new0(struct process_node, 1);
	node->item = item;
	node->group = group;
	node->after = g_array_new(FALSE, FALSE, sizeof(int));
	g_ptr_array_add(process->nodes, node);
	return (int)process->nodes->len - 1;
}

static bool holds(const GArray *numbers, int number)
{
	for (guint i = 0; i < numbers->len; i++)
		if (g_array_index(numbers, int, i) == number)
			return true;
	return false;
}

void process_link(struct process *process, int before, int node)
{
	int count = (int)process->nodes->len;
	if (before < 0 || node < 0 || before >= count || node >= count)
		return;
	GArray *after = node_at(process, node)->after;
	if (!holds(after, before))
		g_array_append_val(after, before);
}

/* ---- order ---- */

enum visit {
	VISIT_NEW,
	VISIT_OPEN,
	VISIT_DONE,
};

struct settling {
	struct process *process;
	int count;
	enum visit *visits;
	int *order; /* every node after those before it */
	int ordered;
	guint64 *before; /* a row of bits a node: all that comes before it */
	gsize words;	 /* of a row */
};

/* Depth first over what comes before; a link to a node that is still open would close a cycle. */
static void visit(struct settling *settling, int number)
{
	GArray *after = node_at(settling->process, number)->after;
	settling->visits[number] = VISIT_OPEN;
	for (guint i = after->len; i-- > 0;) {
		int before = g_array_index(after, int, i);
		if (settling->visits[before] == VISIT_OPEN)
			g_array_remove_index(after, i);
		else if (settling->visits[before] == VISIT_NEW)
			visit(settling, before);
	}
	settling->visits[number] = VISIT_DONE;
	settling->order[settling->ordered++] = number;
}

static guint64 *row_of(const struct settling *settling, int number)
{
	return settling->before + settling->words * (gsize)number;
}

static bool is_before(const struct settling *settling, int before, int node)
{
	return (row_of(settling, node)[before / 64] >> (before % 64) & 1) != 0;
}

static void gather_before(struct settling *settling, int number)
{
	const GArray *after = node_at(settling->process, number)->after;
	guint64 *row = row_of(settling, number);
	for (guint i = 0; i < after->len; i++) {
		int before = g_array_index(after, int, i);
		const guint64 *other = row_of(settling, before);
		for (gsize word = 0; word < settling->words; word++)
			row[word] |= other[word];
		row[before / 64] |= G_GUINT64_CONSTANT(1) << (before % 64);
	}
}

/* True when another node right before this one waits for `before` already. */
static bool follows_from_others(const struct settling *settling, const GArray *after, int before)
{
	for (guint i = 0; i < after->len; i++)
		if (is_before(settling, before, g_array_index(after, int, i)))
			return true;
	return false;
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	return *(const int *)a - *(const int *)b;
}

static void reduce(const struct settling *settling, int number)
{
	struct process_node *node = node_at(settling->process, number);
	GArray *kept = g_array_new(FALSE, FALSE, sizeof(int));
	for (guint i = 0; i < node->after->len; i++) {
		int before = g_array_index(node->after, int, i);
		if (!follows_from_others(settling, node->after, before))
			g_array_append_val(kept, before);
	}
	g_array_sort(kept, by_number);
	g_array_unref(node->after);
	node->after = kept;
}

/* ---- layers ---- */

static bool lift(struct settling *settling, int number, int layer)
{
	struct process_node *node = node_at(settling->process, number);
	if (node->layer >= layer)
		return false;
	node->layer = layer;
	return true;
}

static bool lift_below(struct settling *settling)
{
	bool changed = false;
	for (int i = 0; i < settling->count; i++) {
		int number = settling->order[i];
		const GArray *after = node_at(settling->process, number)->after;
		for (guint k = 0; k < after->len; k++) {
			int before = g_array_index(after, int, k);
			changed |= lift(
				settling, number, node_at(settling->process, before)->layer + 1);
		}
	}
	return changed;
}

static bool lift_groups(struct settling *settling)
{
	g_autoptr(GHashTable) layers = g_hash_table_new(NULL, NULL);
	bool changed = false;
	for (int i = 0; i < settling->count; i++) {
		const struct process_node *node = node_at(settling->process, i);
		gpointer group = GINT_TO_POINTER(node->group);
		int layer = GPOINTER_TO_INT(g_hash_table_lookup(layers, group));
		g_hash_table_insert(layers, group, GINT_TO_POINTER(MAX(layer, node->layer)));
	}
	for (int i = 0; i < settling->count; i++) {
		int group = node_at(settling->process, i)->group;
		gpointer layer = g_hash_table_lookup(layers, GINT_TO_POINTER(group));
		if (group != 0)
			changed |= lift(settling, i, GPOINTER_TO_INT(layer));
	}
	return changed;
}

static void give_layers(struct settling *settling)
{
	bool changed = true;
	for (int round = 0; changed && round <= settling->count; round++) {
		changed = lift_below(settling);
		changed |= lift_groups(settling);
	}
	if (changed) { /* groups that wait for each other: the links go before */
		for (int i = 0; i < settling->count; i++)
			node_at(settling->process, i)->layer = 0;
		lift_below(settling);
	}
	for (int i = 0; i < settling->count; i++)
		settling->process->layers =
			MAX(settling->process->layers, node_at(settling->process, i)->layer + 1);
}

/* ---- places ---- */

/* A node on its way to its place. */
struct seat {
	int number;
	int group;
	int unit;  /* first node of its group in this layer, else itself */
	int under; /* where what comes before it stands on average, in millionths of the width */
	int unit_under;
};

static int average_place(const struct process *process, int number, const int *sizes)
{
	const struct process_node *node = node_at(process, number);
	gint64 sum = 0;
	for (guint i = 0; i < node->after->len; i++) {
		const struct process_node *before =
			node_at(process, g_array_index(node->after, int, i));
		sum += (before->place * 2 + 1) * G_GINT64_CONSTANT(500000) / sizes[before->layer];
	}
	return node->after->len == 0 ? 0 : (int)(sum / node->after->len);
}

static void join_units(struct seat *seats, int count)
{
	for (int i = 0; i < count; i++) {
		gint64 sum = 0;
		int members = 0;
		for (int k = 0; k < count; k++) {
			bool mine =
				k == i || (seats[i].group != 0 && seats[k].group == seats[i].group);
			if (!mine)
				continue;
			seats[i].unit = MIN(seats[i].unit, seats[k].number);
			sum += seats[k].under;
			members++;
		}
		seats[i].unit_under = (int)(sum / members);
	}
}

static int by_seat(const void *left, const void *right)
{
	const struct seat *a = left, *b = right;
	if (a->unit_under != b->unit_under)
		return a->unit_under < b->unit_under ? -1 : 1;
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	return a->number - b->number;
}

/* Gives the places of one layer; sizes holds those of the layers above, and then its own. */
static void seat_layer(struct process *process, int layer, int *sizes)
{
	g_autofree struct seat *seats = g_new0(struct seat, process->nodes->len);
	int count = 0;
	for (int i = 0; i < (int)process->nodes->len; i++) {
		const struct process_node *node = node_at(process, i);
		if (node->layer == layer)
			seats[count++] = (struct seat){.number = i,
				.group = node->group,
				.unit = i,
				.under = average_place(process, i, sizes)};
	}
	sizes[layer] = count;
	join_units(seats, count);
	qsort(seats, (size_t)count, sizeof seats[0], by_seat);
	for (int i = 0; i < count; i++)
		node_at(process, seats[i].number)->place = i;
}

void process_settle(struct process *process)
{
	struct settling settling = {.process = process, .count = (int)process->nodes->len};
	settling.words = ((gsize)settling.count + 63) / 64;
	g_autofree enum visit *visits = settling.visits = g_new0(enum visit, settling.count + 1);
	g_autofree int *order = settling.order = g_new0(int, settling.count + 1);
	g_autofree guint64 *before = settling.before =
		g_new0(guint64, settling.words * (gsize)settling.count + 1);
	for (int i = 0; i < settling.count; i++)
		if (settling.visits[i] == VISIT_NEW)
			visit(&settling, i);
	for (int i = 0; i < settling.count; i++)
		gather_before(&settling, settling.order[i]);
	for (int i = 0; i < settling.count; i++)
		reduce(&settling, i);
	give_layers(&settling);
	g_autofree int *sizes = g_new0(int, process->layers + 1);
	for (int layer = 0; layer < process->layers; layer++)
		seat_layer(process, layer, sizes);
}
