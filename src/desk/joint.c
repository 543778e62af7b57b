/* The limit of a theme as a whole, beside those of its items (行政许可法 art. 42). */
#include <string.h>

#include "desk/private.h"

static bool is_undecided(enum item_state state)
{
	return state < ITEM_STATE_REFUSED;
}

static bool are_licences_of_several(const struct definitions *definitions, const GPtrArray *items)
{
	const char *first = NULL;
	for (guint i = 0; i < items->len; i++) {
		const struct item_row *row = items->pdata[i];
		const struct service *service = definitions_service(definitions, row->service);
		if (!row->taken || service == NULL || service->nature != NATURE_LICENCE)
			continue;
		if (first != NULL && strcmp(first, row->department) != 0)
			return true;
		first = row->department;
	}
	return false;
}

/* The theme's own limit, else that of licences which several departments handle jointly. */
static struct limit_rule joint_rule(const struct joint_case *joint)
{
	struct limit_rule rule = joint->theme->joint;
	int extension = 0;
	if (!rule.present && are_licences_of_several(joint->definitions, joint->items)) {
		rule.present = limit_statutory(NATURE_LICENCE, true, &rule.number, &extension);
		rule.unit = LIMIT_UNIT_WORKING_DAY;
	}
	return rule;
}

static int by_start(const void *a, const void *b)
{
	const struct limit_pause *x = a, *y = b;
	return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

/* What does not count for an item does not count for the whole; at the same time only once. */
static bool collect_pauses(
	struct desk *desk, const struct joint_case *joint, GArray *pauses, GError **error)
{
	for (guint i = 0; i < joint->items->len; i++) {
		const struct item_row *row = joint->items->pdata[i];
		if (row->taken && !item_pauses(desk, joint->case_id, (int)row->item, pauses, error))
			return false;
	}
	g_array_sort(pauses, by_start);
	for (guint i = 1; i < pauses->len;) {
		struct limit_pause *before = &g_array_index(pauses, struct limit_pause, i - 1);
		const struct limit_pause *at = &g_array_index(pauses, struct limit_pause, i);
		if (before->to_ms != 0 && at->from_ms > before->to_ms) {
			i++;
			continue;
		}
		before->to_ms =
			before->to_ms == 0 || at->to_ms == 0 ? 0 : MAX(before->to_ms, at->to_ms);
		g_array_remove_index(pauses, i);
	}
	return true;
}

/* It runs from the first acceptance until every item is decided. */
static int64_t joint_start(const GPtrArray *items)
{
	int64_t start_ms = 0;
	bool open = false;
	for (guint i = 0; i < items->len; i++) {
		const struct item_row *row = items->pdata[i];
		if (!row->taken)
			continue;
		open = open || is_undecided(item_state_from_name(row->state));
		if (row->accepted_ms > 0 && (start_ms == 0 || row->accepted_ms < start_ms))
			start_ms = row->accepted_ms;
	}
	return open ? start_ms : 0;
}

bool joint_due(struct desk *desk, const struct joint_case *joint, struct limit_due *ret_due,
	GError **error)
{
	struct limit_input input = {
		.rule = joint_rule(joint), .start_ms = joint_start(joint->items)};
	*ret_due = (struct limit_due){.kind = LIMIT_DUE_NONE};
	if (!input.rule.present || input.start_ms == 0)
		return true;
	g_autoptr(GArray) pauses = g_array_new(FALSE, TRUE, sizeof(struct limit_pause));
	if (!collect_pauses(desk, joint, pauses, error))
		return false;
	input.pauses = (const struct limit_pause *)(const void *)pauses->data;
	input.pause_count = pauses->len;
	*ret_due = limit_compute(&input, desk_calendar(desk));
	return true;
}
