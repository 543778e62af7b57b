/* The process of a theme: its rows as nodes, its alternatives as groups. */
#include <string.h>

#include "core/process.h"

/* ---- alternatives ---- */

static bool disjoint(const GStrv a, const GStrv b)
{
	for (int i = 0; a != NULL && a[i] != NULL; i++)
		if (b != NULL && g_strv_contains((const char *const *)b, a[i]))
			return false;
	return true;
}

/* A question has one answer: rows that want different ones never come together. */
static bool conditions_exclude(const struct condition *a, const struct condition *b)
{
	for (guint i = 0; a->terms != NULL && i < a->terms->len; i++) {
		const struct condition_term *one = a->terms->pdata[i];
		for (guint k = 0; b->terms != NULL && k < b->terms->len; k++) {
			const struct condition_term *other = b->terms->pdata[k];
			if (strcmp(one->question, other->question) == 0 &&
				disjoint(one->options, other->options))
				return true;
		}
	}
	return false;
}

static bool holds(const GArray *items, int index)
{
	for (guint i = 0; items != NULL && i < items->len; i++)
		if (g_array_index(items, int, i) == index)
			return true;
	return false;
}

bool process_excludes(
	const struct theme *theme, const struct theme_item *a, const struct theme_item *b)
{
	if (a->choice[0] != '\0' && strcmp(a->choice, b->choice) == 0)
		return true;
	for (guint i = 0; theme->exclusions != NULL && i < theme->exclusions->len; i++) {
		const struct exclusion *exclusion = theme->exclusions->pdata[i];
		if (holds(exclusion->items, a->index) && holds(exclusion->items, b->index))
			return true;
	}
	return conditions_exclude(&a->when, &b->when);
}

/* ---- nodes ---- */

struct drawing {
	const struct theme *theme;
	struct process *process;
	bool *shown; /* by row */
	int *group;  /* by row; 0 none */
	int *node;   /* by row; -1 not shown */
	int count;   /* rows */
};

static const struct theme_item *row_at(const struct drawing *drawing, int index)
{
	return drawing->theme->items->pdata[index];
}

/* The first group of which the row excludes all members; a new one when there is none. */
static int group_of(const struct drawing *drawing, int index, int groups)
{
	g_autofree bool *shut = g_new0(bool, groups + 1);
	for (int i = 0; i < index; i++)
		if (drawing->group[i] != 0 && !process_excludes(drawing->theme, row_at(drawing, i),
						      row_at(drawing, index)))
			shut[drawing->group[i]] = true;
	int group = 1;
	while (group <= groups && shut[group])
		group++;
	return group;
}

static void give_groups(struct drawing *drawing)
{
	int groups = 0;
	for (int i = 0; i < drawing->count; i++) {
		if (drawing->shown[i])
			drawing->group[i] = group_of(drawing, i, groups);
		groups = MAX(groups, drawing->group[i]);
	}
}

/* A group of one is none. */
static bool is_alone(const struct drawing *drawing, int index)
{
	for (int i = 0; i < drawing->count; i++)
		if (i != index && drawing->group[i] == drawing->group[index])
			return false;
	return true;
}

static void add_nodes(struct drawing *drawing)
{
	process_add(drawing->process, PROCESS_START, 0);
	for (int i = 0; i < drawing->count; i++) {
		drawing->node[i] = -1;
		if (drawing->shown[i])
			drawing->node[i] = process_add(
				drawing->process, i, is_alone(drawing, i) ? 0 : drawing->group[i]);
	}
}

/* ---- links ---- */

/* Links node to what row `index` waits for, through rows that are not shown; seen stops cycles. */
static void link_row(struct drawing *drawing, int index, int node, bool *seen)
{
	const GArray *after = row_at(drawing, index)->after;
	for (guint i = 0; after != NULL && i < after->len; i++) {
		int before = g_array_index(after, int, i);
		if (before < 0 || before >= drawing->count || seen[before])
			continue;
		seen[before] = true;
		if (drawing->shown[before])
			process_link(drawing->process, drawing->node[before], node);
		else
			link_row(drawing, before, node, seen);
	}
}

/* What waits for nothing follows the start; what nothing waits for goes before the end. */
static void link_ends(struct process *process)
{
	int end = process_add(process, PROCESS_END, 0);
	g_autofree bool *waited = g_new0(bool, process->nodes->len);
	for (int i = 1; i < end; i++) {
		struct process_node *node = process->nodes->pdata[i];
		for (guint k = 0; k < node->after->len; k++)
			waited[g_array_index(node->after, int, k)] = true;
		if (node->after->len == 0)
			process_link(process, 0, i);
	}
	for (int i = 1; i < end; i++)
		if (!waited[i])
			process_link(process, i, end);
	process_link(process, 0, end);
}

struct process *process_of_theme(const struct theme *theme, const bool *shown)
{
	struct drawing drawing = {
		.theme = theme, .process = process_new(), .count = (int)theme->items->len};
	g_autofree bool *kept = drawing.shown = g_new0(bool, drawing.count + 1);
	g_autofree int *group = drawing.group = g_new0(int, drawing.count + 1);
	g_autofree int *node = drawing.node = g_new0(int, drawing.count + 1);
	for (int i = 0; i < drawing.count; i++)
		kept[i] = shown != NULL ? shown[i] : row_at(&drawing, i)->not_offered[0] == '\0';
	give_groups(&drawing);
	add_nodes(&drawing);
	for (int i = 0; i < drawing.count; i++) {
		g_autofree bool *seen = g_new0(bool, drawing.count);
		if (kept[i])
			link_row(&drawing, i, drawing.node[i], seen);
	}
	link_ends(drawing.process);
	process_settle(drawing.process);
	return drawing.process;
}
