/* Withdrawing, supplementing, closing what was not supplemented, and notes. */
#include <string.h>

#include "base/text.h"
#include "desk/act_item.h"
#include "desk/decision.h"

static bool move_by(struct item_work *work, struct case_whole *whole, struct item_row *row,
	enum item_move move, unsigned by, enum authority authority, GError **error)
{
	g_autofree char *text = text_clean(work->input, false);
	if (!item_move_row(row, move, by, error))
		return false;
	if (move != ITEM_MOVE_SUPPLEMENTED)
		row_set(&row->reason, text);
	const struct item_act act = {
		.kind = item_move_word(move), .by = by, .authority = authority};
	return decision_pause(work->desk, whole->file.id, row, move, NULL, desk_now_ms(work->desk),
		       error) &&
	       item_write(work->desk, whole, row, &act, json_pack("{s:s}", "reason", text), error);
}

static bool withdraw(struct item_work *work, struct case_whole *whole, GError **error)
{
	int withdrawn = 0;
	if (work->item >= 0 && item_wanted(whole, work->item, error) == NULL)
		return false;
	for (guint i = 0; i < whole->items->len; i++) {
		struct item_row *row = whole->items->pdata[i];
		enum item_state state = item_state_from_name(row->state);
		bool open = item_move_find(state, ITEM_MOVE_WITHDRAWN) != NULL;
		if (!row->taken || (work->item >= 0 ? row->item != work->item : !open))
			continue;
		if (!move_by(work, whole, row, ITEM_MOVE_WITHDRAWN, ITEM_BY_APPLICANT,
			    AUTHORITY_APPLICANT, error) ||
			!department_tell(work->desk, whole, row, "withdrawal", work->input, error))
			return false;
		withdrawn++;
	}
	return withdrawn > 0 ||
	       err_set_next(error, ERR_CODE_MOVE, "事项都已办结，不能再撤回", "请按办结结果处理");
}

bool desk_withdraw(
	struct desk *desk, const char *case_id, int item, const char *reason, GError **error)
{
	if (reason == NULL || *reason == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "撤回要写明申请人的理由");
	struct item_work work = {
		.desk = desk, .case_id = case_id, .item = item, .input = reason, .run = withdraw};
	return item_work_run(&work, DESK_ACT_WITHDRAW, error);
}

static bool supplement(struct item_work *work, struct case_whole *whole, GError **error)
{
	struct item_row *row = item_wanted(whole, work->item, error);
	return row != NULL &&
	       move_by(work, whole, row, ITEM_MOVE_SUPPLEMENTED, ITEM_BY_WINDOW, AUTHORITY_WINDOW,
		       error) &&
	       department_tell(work->desk, whole, row, "supplement", work->input, error);
}

bool desk_supplement(
	struct desk *desk, const char *case_id, int item, const char *text, GError **error)
{
	if (text == NULL || *text == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "请写明补了什么");
	struct item_work work = {
		.desk = desk, .case_id = case_id, .item = item, .input = text, .run = supplement};
	return item_work_run(&work, DESK_ACT_CORRECT, error);
}

static bool lapse(struct item_work *work, struct case_whole *whole, GError **error)
{
	struct item_row *row = item_wanted(whole, work->item, error);
	return row != NULL &&
	       move_by(work, whole, row, ITEM_MOVE_LAPSED, ITEM_BY_WINDOW, AUTHORITY_WINDOW, error);
}

bool desk_lapse(struct desk *desk, const char *case_id, int item, const char *basis, GError **error)
{
	if (basis == NULL || *basis == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "按逾期未补正办结要写明依据");
	struct item_work work = {
		.desk = desk, .case_id = case_id, .item = item, .input = basis, .run = lapse};
	return item_work_run(&work, DESK_ACT_LAPSE, error);
}

/* ---- notes: cannot conflict, so neither holder nor lease is asked ---- */

struct note {
	struct desk *desk;
	const char *case_id;
	char *text;
};

static bool add_note(struct store *store, void *data, GError **error)
{
	const struct note *note = data;
	struct file_row file = {0};
	if (!desk_may(note->desk, DESK_ACT_NOTE, error) ||
		!case_read(note->desk, note->case_id, &file, error))
		return false;
	json_t *body = json_pack(
		"{s:s,s:s}", "text", note->text, "number", file.number != NULL ? file.number : "");
	file_row_clear(&file);
	return desk_fact_window(note->desk, "noted", note->case_id, -1, body, error);
}

bool desk_note(struct desk *desk, const char *case_id, const char *text, GError **error)
{
	struct note note = {desk, case_id, text_clean(text, true)};
	bool done = (*note.text != '\0' || err_set(error, ERR_CODE_INCOMPLETE, "备注是空的")) &&
		    desk_write(desk, add_note, &note, error);
	g_free(note.text);
	return done;
}
