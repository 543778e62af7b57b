#include <string.h>

#include "desk/act_item.h"
#include "desk/slip.h"

static struct item_act window_act(const char *kind)
{
	return (struct item_act){.kind = kind, .by = ITEM_BY_WINDOW, .authority = AUTHORITY_WINDOW};
}

static bool confirm_result(struct item_work *work, struct case_whole *whole, GError **error)
{
	struct item_row *row = item_wanted(whole, work->item, error);
	if (row == NULL || !item_move_row(row, ITEM_MOVE_RESULT, ITEM_BY_WINDOW, error))
		return false;
	char label[LABEL_SIZE];
	desk_label(CODE_KIND_RESULT, label);
	row_set(&row->result_label, label);
	const struct item_act act = window_act("result_in");
	return item_write(work->desk, whole, row, &act, json_pack("{s:s}", "label", label), error);
}

bool desk_result_confirm(struct desk *desk, const char *case_id, int item, GError **error)
{
	struct item_work work = {
		.desk = desk, .case_id = case_id, .item = item, .run = confirm_result};
	return item_work_run(&work, DESK_ACT_ISSUE, error);
}

/* ---- certificates ---- */

static const struct case_item *item_in_view(const struct case_view *view, int item)
{
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *at = view->items->pdata[i];
		if (at->item == item)
			return at;
	}
	return NULL;
}

static bool check_issue(const struct item_row *row, GError **error)
{
	enum item_state state = item_state_from_name(row->state);
	bool ready = state == ITEM_STATE_DECIDED || state == ITEM_STATE_RESULT_IN ||
		     state == ITEM_STATE_DELIVERED;
	if (ready && strcmp(row->outcome, "granted") == 0)
		return true;
	g_autofree char *sentence =
		ready ? g_strdup_printf("部门没有同意%s，没有证照可发", row->name)
		      : g_strdup_printf("%s还没有办结", row->name);
	return err_set_next(error, ERR_CODE_MOVE, sentence, "请等部门作出决定");
}

static bool issue(struct item_work *work, struct case_whole *whole, GError **error)
{
	struct desk *desk = work->desk;
	struct item_row *row = item_wanted(whole, work->item, error);
	if (row == NULL || !check_issue(row, error))
		return false;
	g_autoptr(case_view) view = case_view_of_id(desk, work->case_id, error);
	if (view == NULL)
		return false;
	const struct case_item *item = item_in_view(view, work->item);
	json_t *data = slip_certificate(desk, view, item, error);
	if (data == NULL)
		return false;
	const char *given = json_text(json_object_get(data, "result"), "number", "");
	g_autofree char *number = g_strdup(*given != '\0' ? given : row->result_label);
	g_autoptr(json_t) body = json_pack("{s:s,s:s}", "certificate", number, "reprint",
		work->input != NULL ? work->input : "");
	const struct item_act act = window_act("issued");
	return paper_request(desk, work->case_id, "certificate", number, data, work->input,
		       &work->made, error) &&
	       item_write(desk, whole, row, &act, g_steal_pointer(&body), error);
}

bool desk_issue(struct desk *desk, const char *case_id, int item, const char *reprint_reason,
	char **ret_job, GError **error)
{
	struct item_work work = {.desk = desk,
		.case_id = case_id,
		.item = item,
		.input = reprint_reason,
		.run = issue};
	bool done = item_work_run(&work, DESK_ACT_ISSUE, error);
	if (done && ret_job != NULL)
		*ret_job = g_steal_pointer(&work.made);
	g_free(work.made);
	return done;
}
