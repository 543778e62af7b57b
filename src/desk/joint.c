/* The limit of a theme as a whole, beside those of its items (行政许可法 art. 42). */
#include <string.h>

#include "base/text.h"
#include "desk/act_item.h"

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
	struct limit_input input = {.rule = joint_rule(joint),
		.start_ms = joint_start(joint->items),
		.extension = joint->extension};
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

/* ---- the extension ---- */

/* What may be extended runs, is of licences of several departments, and was not extended before. */
static bool may_extend(
	const struct case_whole *whole, const struct joint_case *joint, int days, GError **error)
{
	int number = 0, most = 0;
	if (!limit_statutory(NATURE_LICENCE, true, &number, &most) ||
		!are_licences_of_several(whole->definitions, whole->items) ||
		joint_rule(joint).unit != LIMIT_UNIT_WORKING_DAY)
		return err_set_next(error, ERR_CODE_MOVE,
			"这个办件不是几个部门联合办理的行政许可，没有全件期限的延长",
			"单个事项的延长由办理部门决定，没有联机的可以转录");
	if (whole->file.joint_extension != 0)
		return err_set_next(error, ERR_CODE_MOVE, "全件期限已经延长过一次",
			"请按延长后的期限督促各部门");
	if (joint_start(whole->items) == 0)
		return err_set_next(error, ERR_CODE_MOVE,
			"全件期限没有在走：还没有受理，或都已办结", "请先看各事项走到哪一步");
	if (days < 1 || days > most)
		return err_set(error, ERR_CODE_INVALID, "可以延长1到%d个工作日", most);
	return true;
}

/* Every department that has not decided hears of it. */
static bool tell_departments(
	struct item_work *work, struct case_whole *whole, const char *text, GError **error)
{
	for (guint i = 0; i < whole->items->len; i++) {
		const struct item_row *row = whole->items->pdata[i];
		bool open = row->taken && is_undecided(item_state_from_name(row->state));
		if (open && !department_tell(work->desk, whole, row, "order", text, error))
			return false;
	}
	return true;
}

static bool extend(struct item_work *work, struct case_whole *whole, GError **error)
{
	const struct extension *asked = work->input;
	const struct joint_case joint = {
		whole->file.id, whole->theme, whole->definitions, whole->items, 0};
	if (!may_extend(whole, &joint, asked->days, error))
		return false;
	g_autofree char *approval = text_clean(asked->approval, false);
	g_autofree char *reason = text_clean(asked->reason, false);
	g_autofree char *text = g_strdup_printf(
		"全件办理期限延长%d个工作日（%s）：%s", asked->days, approval, reason);
	g_autofree char *days = g_strdup_printf("%d", asked->days);
	return store_run(work->desk->store, STATEMENT_CASE_SET_JOINT_EXTENSION,
		       STORE_VALUES(STORE_TEXT("id", whole->file.id),
			       STORE_INTEGER("days", asked->days)),
		       error) &&
	       desk_fact_window(work->desk, "joint_extended", whole->file.id, -1,
		       json_pack("{s:s,s:s,s:s}", "days", days, "approval", approval, "reason",
			       reason),
		       error) &&
	       tell_departments(work, whole, text, error);
}

bool desk_extend_joint(
	struct desk *desk, const char *case_id, const struct extension *extension, GError **error)
{
	if (extension->approval == NULL || *extension->approval == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "延长全件期限要写明谁批准、文号");
	if (extension->reason == NULL || *extension->reason == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "延长全件期限要写明理由，并告知申请人");
	struct item_work work = {
		.desk = desk, .case_id = case_id, .item = -1, .input = extension, .run = extend};
	return item_work_run(&work, DESK_ACT_EXTEND, error);
}
