#include "core/process_plan.h"

#include <string.h>

/* Nodes that all wait for the same ones: one line across joins them. */
struct net {
	const GArray *sources; /* borrowed: the `after` of the targets */
	GArray *targets;
	int top, bottom;     /* rows of the highest source and the lowest target */
	int lane;	     /* -1 none: it goes past no row */
	int first_y, last_y; /* of its lines across */
};

struct planning {
	const struct process *process;
	const struct process_measure *measure;
	struct process_plan *plan;
	GPtrArray *rows; /* GArray of int: the nodes of a row from the left */
	GPtrArray *nets; /* struct net */
	int *net_of;	 /* by node: the net that leads to it; -1 none */
	int *entry;	 /* by node: x at which its arrow ends */
	int lanes;
};

static const struct process_node *node_at(const struct planning *planning, int number)
{
	return planning->process->nodes->pdata[number];
}

static struct process_box *box_at(const struct planning *planning, int number)
{
	return &g_array_index(planning->plan->boxes, struct process_box, number);
}

static struct net *net_at(const struct planning *planning, guint number)
{
	return planning->nets->pdata[number];
}

/* ---- rows ---- */

/* The nodes of a layer by their places. */
static GArray *layer_nodes(const struct planning *planning, int layer)
{
	const GPtrArray *nodes = planning->process->nodes;
	int count = 0;
	for (guint i = 0; i < nodes->len; i++)
		count += node_at(planning, (int)i)->layer == layer;
	GArray *found = g_array_sized_new(FALSE, TRUE, sizeof(int), (guint)count);
	g_array_set_size(found, (guint)count);
	for (guint i = 0; i < nodes->len; i++)
		if (node_at(planning, (int)i)->layer == layer)
			g_array_index(found, int, node_at(planning, (int)i)->place) = (int)i;
	return found;
}

/* How many nodes from `at` on belong side by side. */
static guint unit_size(const struct planning *planning, const GArray *nodes, guint at)
{
	int group = node_at(planning, g_array_index(nodes, int, at))->group;
	guint size = 1;
	while (group != 0 && at + size < nodes->len &&
		node_at(planning, g_array_index(nodes, int, at + size))->group == group)
		size++;
	return size;
}

static GArray *add_row(struct planning *planning)
{
	GArray *row = g_array_new(FALSE, FALSE, sizeof(int));
	g_ptr_array_add(planning->rows, row);
	return row;
}

/* Rows of about equal length; alternatives stay together unless they fill more than a row. */
static void split_layer(struct planning *planning, int layer, guint most)
{
	g_autoptr(GArray) nodes = layer_nodes(planning, layer);
	guint wanted = (nodes->len + most - 1) / most;
	guint even = wanted == 0 ? 0 : (nodes->len + wanted - 1) / wanted;
	GArray *row = NULL;
	for (guint at = 0; at < nodes->len;) {
		guint size = MIN(unit_size(planning, nodes, at), most);
		if (row == NULL || row->len >= even || row->len + size > most)
			row = add_row(planning);
		g_array_append_vals(row, &g_array_index(nodes, int, at), size);
		at += size;
	}
}

static void make_rows(struct planning *planning, int most)
{
	g_ptr_array_set_size(planning->rows, 0);
	for (int layer = 0; layer < planning->process->layers; layer++)
		split_layer(planning, layer, (guint)most);
	for (guint i = 0; i < planning->rows->len; i++) {
		const GArray *row = planning->rows->pdata[i];
		for (guint k = 0; k < row->len; k++)
			box_at(planning, g_array_index(row, int, k))->row = (int)i;
	}
}

/* ---- nets and lanes ---- */

static bool same_numbers(const GArray *a, const GArray *b)
{
	return a->len == b->len && memcmp(a->data, b->data, a->len * sizeof(int)) == 0;
}

static void free_net(gpointer data)
{
	struct net *net = data;
	g_array_unref(net->targets);
	g_free(net);
}

static int find_net(const struct planning *planning, const GArray *sources)
{
	for (guint i = 0; i < planning->nets->len; i++)
		if (same_numbers(net_at(planning, i)->sources, sources))
			return (int)i;
	return -1;
}

static void make_nets(struct planning *planning)
{
	for (int i = 0; i < (int)planning->process->nodes->len; i++) {
		const GArray *after = node_at(planning, i)->after;
		planning->net_of[i] = -1;
		if (after->len == 0)
			continue;
		int number = find_net(planning, after);
		if (number < 0) {
			struct net *net = g_new0(struct net, 1);
			net->sources = after;
			net->targets = g_array_new(FALSE, FALSE, sizeof(int));
			number = (int)planning->nets->len;
			g_ptr_array_add(planning->nets, net);
		}
		planning->net_of[i] = number;
		g_array_append_val(net_at(planning, (guint)number)->targets, i);
	}
}

static void span_net(const struct planning *planning, struct net *net)
{
	net->top = G_MAXINT;
	net->bottom = 0;
	for (guint i = 0; i < net->sources->len; i++)
		net->top =
			MIN(net->top, box_at(planning, g_array_index(net->sources, int, i))->row);
	for (guint i = 0; i < net->targets->len; i++)
		net->bottom = MAX(
			net->bottom, box_at(planning, g_array_index(net->targets, int, i))->row);
}

/* The first lane that no other net uses in the rows this one passes. */
static int free_lane(const struct planning *planning, const struct net *net)
{
	for (int lane = 0;; lane++) {
		bool taken = false;
		for (guint i = 0; i < planning->nets->len && !taken; i++) {
			const struct net *other = net_at(planning, i);
			taken = other != net && other->lane == lane && other->top < net->bottom &&
				other->bottom > net->top;
		}
		if (!taken)
			return lane;
	}
}

static void give_lanes(struct planning *planning)
{
	planning->lanes = 0;
	for (guint i = 0; i < planning->nets->len; i++)
		net_at(planning, i)->lane = -1;
	for (guint i = 0; i < planning->nets->len; i++) {
		struct net *net = net_at(planning, i);
		span_net(planning, net);
		if (net->bottom - net->top > 1)
			net->lane = free_lane(planning, net);
		planning->lanes = MAX(planning->lanes, net->lane + 1);
	}
}

/* ---- boxes ---- */

/* Width the boxes of a row of `count` have; what the lanes need at the right is left out. */
static int room_of(const struct planning *planning)
{
	const struct process_measure *measure = planning->measure;
	int lanes = planning->lanes == 0 ? 0 : measure->gap / 2 + planning->lanes * measure->lane;
	return measure->width - lanes;
}

static int box_width(const struct planning *planning, int count)
{
	const struct process_measure *measure = planning->measure;
	int width = (room_of(planning) - measure->gap * (count - 1)) / MAX(count, 1);
	return CLAMP(width, 1, measure->most);
}

/* As many boxes a row as are still readable beside the lanes that this makes necessary. */
static void fit_rows(struct planning *planning)
{
	const struct process_measure *measure = planning->measure;
	int most = MAX((measure->width + measure->gap) / (measure->box + measure->gap), 1);
	for (;; most--) {
		make_rows(planning, most);
		give_lanes(planning);
		if (most == 1 || box_width(planning, most) >= measure->box * 3 / 4)
			return;
	}
}

static int lane_x(const struct planning *planning, const struct net *net)
{
	return room_of(planning) + planning->measure->gap / 2 +
	       (net->lane + 1) * planning->measure->lane - 1;
}

/* Puts the boxes of a row side by side in the middle, all as high as the highest; y comes later. */
static void place_row(struct planning *planning, int number)
{
	const struct process_measure *measure = planning->measure;
	const GArray *row = planning->rows->pdata[number];
	int count = (int)row->len, width = box_width(planning, count), height = 0;
	int x = (room_of(planning) - count * width - (count - 1) * measure->gap) / 2;
	for (int i = 0; i < count; i++)
		height = MAX(
			height, measure->height(measure->data, g_array_index(row, int, i), width));
	for (int i = 0; i < count; i++) {
		struct process_box *box = box_at(planning, g_array_index(row, int, i));
		*box = (struct process_box){number, x, 0, width, height};
		x += width + measure->gap;
	}
}

static void drop_row(struct planning *planning, int number, int y)
{
	const GArray *row = planning->rows->pdata[number];
	int left = 0;
	for (guint i = 0; i < row->len; i++) {
		int node = g_array_index(row, int, i), group = node_at(planning, node)->group;
		struct process_box *box = box_at(planning, node);
		box->y = y;
		struct process_or or = {box->x - planning->measure->gap / 2, y + box->height / 2};
		if (left != 0 && left == group)
			g_array_append_val(planning->plan->ors, or);
		left = group;
	}
}

/* ---- lines between a row and the one above it ---- */

/* A net between two rows: what of it stands there, and the height of its line across. */
struct bus {
	struct net *net;
	int number;
	int least, most; /* x */
	int track;
};

static int middle_of(const struct process_box *box)
{
	return box->x + box->width / 2;
}

/* True when the node is a source of another net than this one. */
static bool feeds_other(const struct planning *planning, int node, int net)
{
	for (guint i = 0; i < planning->nets->len; i++) {
		const GArray *sources = net_at(planning, i)->sources;
		for (guint k = 0; (int)i != net && k < sources->len; k++)
			if (g_array_index(sources, int, k) == node)
				return true;
	}
	return false;
}

/* True when a line of another net comes down from the row above where this one would enter. */
static bool is_taken(const struct planning *planning, int row, int net, int x)
{
	const GArray *above = planning->rows->pdata[row - 1];
	for (guint i = 0; i < above->len; i++) {
		int node = g_array_index(above, int, i);
		if (ABS(middle_of(box_at(planning, node)) - x) < planning->measure->lane &&
			feeds_other(planning, node, net))
			return true;
	}
	return false;
}

/* In the middle of the box, or beside it by as little as keeps clear of other lines. */
static int entry_of(const struct planning *planning, int node)
{
	const struct process_box *box = box_at(planning, node);
	int step = planning->measure->lane;
	for (int away = 0; away < box->width / 2 - step; away += step) {
		if (!is_taken(planning, box->row, planning->net_of[node], middle_of(box) - away))
			return middle_of(box) - away;
		if (!is_taken(planning, box->row, planning->net_of[node], middle_of(box) + away))
			return middle_of(box) + away;
	}
	return middle_of(box);
}

static void widen(struct bus *bus, int x)
{
	bus->least = MIN(bus->least, x);
	bus->most = MAX(bus->most, x);
}

/* What of the net stands right above and right below; false when nothing does. */
static bool measure_bus(const struct planning *planning, struct bus *bus, int row)
{
	const struct net *net = bus->net;
	bool any = false;
	for (guint i = 0; i < net->sources->len; i++) {
		const struct process_box *box =
			box_at(planning, g_array_index(net->sources, int, i));
		if (box->row != row - 1)
			continue;
		widen(bus, middle_of(box));
		any = true;
	}
	for (guint i = 0; i < net->targets->len; i++) {
		int node = g_array_index(net->targets, int, i);
		if (box_at(planning, node)->row != row)
			continue;
		widen(bus, planning->entry[node]);
		any = true;
	}
	if (net->lane >= 0)
		widen(bus, lane_x(planning, net));
	return any;
}

static int by_least(gconstpointer a, gconstpointer b)
{
	const struct bus *one = a, *other = b;
	return one->least != other->least ? one->least - other->least : one->number - other->number;
}

static GArray *buses_of(const struct planning *planning, int row)
{
	GArray *buses = g_array_new(FALSE, FALSE, sizeof(struct bus));
	for (guint i = 0; i < planning->nets->len; i++) {
		struct bus bus = {net_at(planning, i), (int)i, G_MAXINT, G_MININT, 0};
		if (bus.net->top < row && bus.net->bottom >= row &&
			measure_bus(planning, &bus, row))
			g_array_append_val(buses, bus);
	}
	g_array_sort(buses, by_least);
	return buses;
}

/* Lines across that would touch stand below each other; gives the number of tracks. */
static int give_tracks(const struct planning *planning, GArray *buses)
{
	int tracks = 0;
	for (guint i = 0; i < buses->len; i++) {
		struct bus *bus = &g_array_index(buses, struct bus, i);
		for (guint k = 0; k < i; k++) {
			const struct bus *other = &g_array_index(buses, struct bus, k);
			if (other->track == bus->track &&
				other->most + planning->measure->lane > bus->least) {
				bus->track++;
				k = (guint)-1; /* from the beginning, a track lower */
			}
		}
		tracks = MAX(tracks, bus->track + 1);
	}
	return tracks;
}

static void add_line(struct planning *planning, struct process_line line)
{
	g_array_append_val(planning->plan->lines, line);
}

static void draw_bus(struct planning *planning, const struct bus *bus, int row, int top)
{
	struct net *net = bus->net;
	int track = planning->measure->track;
	int y = top + bus->track * track + track / 2;
	net->first_y = net->first_y == 0 ? y : net->first_y;
	net->last_y = y;
	if (bus->most > bus->least)
		add_line(planning, (struct process_line){bus->least, y, bus->most - bus->least, 0,
					   bus->number, false, false});
	for (guint i = 0; i < net->sources->len; i++) {
		const struct process_box *box =
			box_at(planning, g_array_index(net->sources, int, i));
		if (box->row == row - 1)
			add_line(planning, (struct process_line){middle_of(box), top, 0, y - top,
						   bus->number, false, true});
	}
	for (guint i = 0; i < net->targets->len; i++) {
		int node = g_array_index(net->targets, int, i);
		const struct process_box *box = box_at(planning, node);
		if (box->row == row)
			add_line(planning, (struct process_line){planning->entry[node], y, 0,
						   box->y - y, bus->number, true, false});
	}
}

/* The boxes must know their row and x; places the row below its lines and draws them. */
static int draw_row(struct planning *planning, int number, int top)
{
	const struct process_measure *measure = planning->measure;
	const GArray *row = planning->rows->pdata[number];
	g_array_append_val(planning->plan->rows, top);
	place_row(planning, number);
	for (guint i = 0; number > 0 && i < row->len; i++) {
		int node = g_array_index(row, int, i);
		planning->entry[node] = entry_of(planning, node);
	}
	g_autoptr(GArray) buses = buses_of(planning, number);
	int tracks = give_tracks(planning, buses);
	int above = number == 0	  ? 0
		    : tracks == 0 ? measure->track
				  : tracks * measure->track + measure->head;
	drop_row(planning, number, top + above);
	for (guint i = 0; i < buses->len; i++)
		draw_bus(planning, &g_array_index(buses, struct bus, i), number, top);
	return top + above + box_at(planning, g_array_index(row, int, 0))->height;
}

static void draw_lanes(struct planning *planning)
{
	for (guint i = 0; i < planning->nets->len; i++) {
		const struct net *net = net_at(planning, i);
		if (net->lane >= 0)
			add_line(planning,
				(struct process_line){lane_x(planning, net), net->first_y, 0,
					net->last_y - net->first_y, (int)i, false, false});
	}
}

/* ---- the whole ---- */

static struct process_plan *plan_empty(guint nodes)
{
	struct process_plan *plan = g_new0(struct process_plan, 1);
	plan->boxes = g_array_new(FALSE, TRUE, sizeof(struct process_box));
	g_array_set_size(plan->boxes, nodes);
	plan->lines = g_array_new(FALSE, FALSE, sizeof(struct process_line));
	plan->ors = g_array_new(FALSE, FALSE, sizeof(struct process_or));
	plan->rows = g_array_new(FALSE, FALSE, sizeof(int));
	return plan;
}

static void free_row(gpointer data)
{
	g_array_unref(data);
}

struct process_plan *process_plan_new(
	const struct process *process, const struct process_measure *measure)
{
	guint nodes = process->nodes->len;
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
	g_autoptr(GPtrArray) nets = g_ptr_array_new_with_free_func(free_net);
	g_autofree int *net_of = g_new0(int, nodes + 1);
	g_autofree int *entry = g_new0(int, nodes + 1);
	struct planning planning = {.process = process,
		.measure = measure,
		.plan = plan_empty(nodes),
		.rows = rows,
		.nets = nets,
		.net_of = net_of,
		.entry = entry};
	make_nets(&planning);
	fit_rows(&planning);
	int y = 0;
	for (guint i = 0; i < rows->len; i++)
		y = draw_row(&planning, (int)i, y);
	draw_lanes(&planning);
	planning.plan->width = measure->width;
	planning.plan->height = y;
	return planning.plan;
}

void process_plan_free(struct process_plan *plan)
{
	if (plan == NULL)
		return;
	g_array_unref(plan->boxes);
	g_array_unref(plan->lines);
	g_array_unref(plan->ors);
	g_array_unref(plan->rows);
	g_free(plan);
}
