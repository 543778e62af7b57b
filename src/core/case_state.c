#include "core/item_state.h"

#include "core/word_table.h"

static const struct word_row words[CASE_STATE_COUNT] = {
	[CASE_STATE_DRAFT] = {"draft", "草稿"},
	[CASE_STATE_CORRECTING] = {"correcting", "补正中"},
	[CASE_STATE_TAKEN_IN] = {"taken_in", "已收件"},
	[CASE_STATE_RUNNING] = {"running", "办理中"},
	[CASE_STATE_PICKUP] = {"pickup", "待取件"},
	[CASE_STATE_DELIVERED] = {"delivered", "已送达"},
	[CASE_STATE_WITHDRAWN] = {"withdrawn", "已撤回"},
	[CASE_STATE_LAPSED] = {"lapsed", "逾期未补正"},
	[CASE_STATE_ARCHIVED] = {"archived", "已归档"},
};

WORD_TABLE(case_state, words, CASE_STATE_COUNT)

#define AT(state) (1u << ITEM_STATE_##state)
#define DROPPED (AT(WITHDRAWN) | AT(LAPSED))

/* Each set holds the states that have come at least so far; the dropped are in none. */
#define RESULT_IN (AT(RESULT_IN) | AT(DELIVERED))
#define DECIDED (RESULT_IN | AT(DECIDED) | AT(REFUSED))
#define ACCEPTED (DECIDED | AT(ACCEPTED) | AT(SUSPENDED) | AT(WAITING))
#define RECEIVED (ACCEPTED | AT(RECEIVED) | AT(CORRECTING))
#define CORRECTING_SET (AT(CORRECTING) | AT(CORRECTING_DRAFT))

static size_t count_in(const struct item_view *items, size_t count, unsigned set)
{
	size_t found = 0;
	for (size_t i = 0; i < count; i++)
		found += (set & (1u << items[i].state)) != 0 ? 1 : 0;
	return found;
}

enum case_state case_state_of(const struct item_view *items, size_t count, bool archived)
{
	if (archived)
		return CASE_STATE_ARCHIVED;
	size_t live = count - count_in(items, count, DROPPED);
	if (count == 0)
		return CASE_STATE_DRAFT;
	if (live == 0)
		return count_in(items, count, AT(LAPSED)) > 0 ? CASE_STATE_LAPSED
							      : CASE_STATE_WITHDRAWN;
	if (count_in(items, count, CORRECTING_SET) > 0)
		return CASE_STATE_CORRECTING;
	if (count_in(items, count, AT(DRAFT)) > 0)
		return CASE_STATE_DRAFT;
	if (count_in(items, count, AT(DELIVERED)) == live)
		return CASE_STATE_DELIVERED;
	if (count_in(items, count, RESULT_IN) == live)
		return CASE_STATE_PICKUP;
	return count_in(items, count, RECEIVED) > 0 ? CASE_STATE_RUNNING : CASE_STATE_TAKEN_IN;
}

bool case_may_archive(const struct item_view *items, size_t count)
{
	return count > 0 && count_in(items, count, AT(DELIVERED) | DROPPED) == count;
}

/* ---- progress in words ---- */

/* Departments of live items, and those of them all of whose live items are in `set`. */
static void count_departments(
	const struct item_view *items, size_t count, unsigned set, guint *ret_done, guint *ret_all)
{
	g_autoptr(GHashTable) all = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) behind = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < count; i++) {
		if ((DROPPED & (1u << items[i].state)) != 0)
			continue;
		char *department = (char *)(items[i].department == NULL ? "" : items[i].department);
		g_hash_table_add(all, department);
		if ((set & (1u << items[i].state)) == 0)
			g_hash_table_add(behind, department);
	}
	*ret_all = g_hash_table_size(all);
	*ret_done = *ret_all - g_hash_table_size(behind);
}

static char *running_progress(const struct item_view *items, size_t count)
{
	guint done, all;
	count_departments(items, count, RECEIVED, &done, &all);
	if (done < all)
		return g_strdup_printf("%u/%u部门已签收", done, all);
	count_departments(items, count, ACCEPTED, &done, &all);
	if (done < all)
		return g_strdup_printf("%u/%u部门已受理", done, all);
	size_t live = count - count_in(items, count, DROPPED);
	size_t decided = count_in(items, count, DECIDED);
	if (decided < live)
		return g_strdup_printf("%zu/%zu事项已办结", decided, live);
	return g_strdup_printf("%zu/%zu结果已到窗口", count_in(items, count, RESULT_IN), live);
}

char *case_progress(const struct item_view *items, size_t count, bool archived)
{
	enum case_state state = case_state_of(items, count, archived);
	if (state == CASE_STATE_RUNNING)
		return running_progress(items, count);
	if (state == CASE_STATE_CORRECTING)
		return g_strdup_printf("补正%zu项", count_in(items, count, CORRECTING_SET));
	return g_strdup(case_state_name(state));
}

/* ---- predecessors ---- */

static const struct item_view *find_item(const struct item_view *items, size_t count, int item)
{
	for (size_t i = 0; i < count; i++)
		if (items[i].item == item)
			return &items[i];
	return NULL;
}

static bool stops_others(const struct item_view *item)
{
	return item->denied || item->state == ITEM_STATE_REFUSED ||
	       (DROPPED & (1u << item->state)) != 0;
}

/* depth guards against a circle among predecessors, which the catalogue's lint refuses. */
static int stopped_by(
	const struct item_view *items, size_t count, const struct item_view *item, size_t depth)
{
	for (guint i = 0; item->after != NULL && depth > 0 && i < item->after->len; i++) {
		const struct item_view *before =
			find_item(items, count, g_array_index(item->after, int, i));
		if (before == NULL)
			continue;
		if (stops_others(before))
			return before->item;
		int further = (DECIDED & (1u << before->state)) != 0
				      ? -1
				      : stopped_by(items, count, before, depth - 1);
		if (further >= 0)
			return further;
	}
	return -1;
}

int item_paused_by(const struct item_view *items, size_t count, size_t at)
{
	if (((DECIDED | DROPPED) & (1u << items[at].state)) != 0)
		return -1;
	return stopped_by(items, count, &items[at], count);
}

bool item_predecessors_done(const struct item_view *items, size_t count, size_t at)
{
	const GArray *after = items[at].after;
	for (guint i = 0; after != NULL && i < after->len; i++) {
		const struct item_view *before =
			find_item(items, count, g_array_index(after, int, i));
		if (before != NULL &&
			(stops_others(before) || (DECIDED & (1u << before->state)) == 0))
			return false;
	}
	return true;
}
