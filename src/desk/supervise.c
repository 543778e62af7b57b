/* Silence and slowness of a department: deemed acceptance (row 5) and reminders (催办). */
#include <string.h>

#include "base/text.h"
#include "desk/act_item.h"
#include "desk/timer.h"

/* ---- deemed acceptance ---- */

/* When the department received the item's bundle; MOVE while it still has time to answer. */
static bool silent_since(struct item_work *work, const struct case_whole *whole,
	const struct item_row *row, int64_t *ret_ms, GError **error)
{
	struct bundle_row bundle = {0};
	bool found = false;
	g_autofree char *id =
		bundle_of(work->desk, whole->file.id, row->department, (int)row->item, error);
	if (id == NULL ||
		!store_row(work->desk->store, STATEMENT_BUNDLE_GET,
			STORE_VALUES(STORE_TEXT("id", id)), &bundle_shape, &bundle, &found, error))
		return false;
	*ret_ms = found ? bundle.received_ms : 0;
	if (found)
		store_row_clear(&bundle_shape, &bundle);
	struct civil_date due;
	if (*ret_ms == 0)
		return err_set_next(error, ERR_CODE_MOVE, "没有部门签收的记录，不能按视为受理办理",
			"请先联系部门签收");
	if (!calendar_add(desk_calendar(work->desk), civil_date_of_ms(*ret_ms), TIMER_SILENCE_DAYS,
		    &due, error))
		return false;
	if (civil_date_compare(due, desk_today(work->desk)) < 0)
		return true;
	g_autofree char *day = civil_date_dup_text(due);
	return err_set(error, ERR_CODE_MOVE, "部门答复的期限到%s为止，还没有过", day);
}

static bool deem(struct item_work *work, struct case_whole *whole, GError **error)
{
	struct item_row *row = item_wanted(whole, work->item, error);
	int64_t since_ms = 0;
	g_autofree char *basis = text_clean(work->input, false);
	if (row == NULL || !item_move_row(row, ITEM_MOVE_DEEMED_ACCEPTED, ITEM_BY_LAW, error) ||
		!silent_since(work, whole, row, &since_ms, error))
		return false;
	row->accepted_ms = since_ms;
	const struct item_act act = {.kind = item_move_word(ITEM_MOVE_DEEMED_ACCEPTED),
		.by = ITEM_BY_LAW,
		.authority = AUTHORITY_LAW,
		.happened_ms = since_ms};
	return item_write(
		       work->desk, whole, row, &act, json_pack("{s:s}", "basis", basis), error) &&
	       department_tell(work->desk, whole, row, "order", basis, error);
}

bool desk_deem(struct desk *desk, const char *case_id, int item, const char *basis, GError **error)
{
	if (basis == NULL || *basis == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "确认视为受理要写明依据");
	struct item_work work = {
		.desk = desk, .case_id = case_id, .item = item, .input = basis, .run = deem};
	return item_work_run(&work, DESK_ACT_LAPSE, error);
}

/* ---- reminders ---- */

static bool is_with_department(enum item_state state)
{
	return state == ITEM_STATE_DISPATCHED || state == ITEM_STATE_RECEIVED ||
	       state == ITEM_STATE_ACCEPTED || state == ITEM_STATE_SUSPENDED ||
	       state == ITEM_STATE_WAITING;
}

/* A reminder changes nothing of the item, so its fact carries no item. */
static bool remind_one(struct item_work *work, struct case_whole *whole, const struct item_row *row,
	const char *text, GError **error)
{
	return desk_fact_window(work->desk, "reminded", whole->file.id, (int)row->item,
		       json_pack("{s:s,s:s,s:s,s:s}", "name", row->name, "department",
			       row->department_name, "reason", text, "number", whole->file.number),
		       error) &&
	       department_tell(work->desk, whole, row, "reminder", text, error);
}

static bool may_be_reminded(const struct item_row *row)
{
	return is_with_department(item_state_from_name(row->state)) && *row->department != '\0';
}

static bool remind_all(
	struct item_work *work, struct case_whole *whole, const char *text, GError **error)
{
	int reminded = 0;
	for (guint i = 0; i < whole->items->len; i++) {
		const struct item_row *row = whole->items->pdata[i];
		if (!row->taken || !may_be_reminded(row))
			continue;
		if (!remind_one(work, whole, row, text, error))
			return false;
		reminded++;
	}
	return reminded > 0 || err_set_next(error, ERR_CODE_MOVE, "这个办件没有部门可催",
				       "请打开办件看各事项走到哪一步");
}

static bool remind(struct item_work *work, struct case_whole *whole, GError **error)
{
	g_autofree char *text = text_clean(work->input, false);
	if (work->item < 0)
		return remind_all(work, whole, text, error);
	const struct item_row *row = item_wanted(whole, work->item, error);
	if (row == NULL)
		return false;
	if (!may_be_reminded(row))
		return err_set(error, ERR_CODE_MOVE, "“%s”现在是“%s”，没有部门可催", row->name,
			item_state_name(item_state_from_name(row->state)));
	return remind_one(work, whole, row, text, error);
}

bool desk_remind(struct desk *desk, const char *case_id, int item, const char *text, GError **error)
{
	if (text == NULL || *text == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "催办要写明催什么");
	struct item_work work = {
		.desk = desk, .case_id = case_id, .item = item, .input = text, .run = remind};
	return item_work_run(&work, DESK_ACT_REMIND, error);
}
