#include <string.h>

#include "base/text.h"
#include "desk/act_item.h"
#include "desk/slip.h"

/* Items to hand over: the wanted one, or all whose result is in. */
static GArray *deliverable(const struct case_whole *whole, int item)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(int));
	for (guint i = 0; i < whole->items->len; i++) {
		const struct item_row *row = whole->items->pdata[i];
		int index = (int)row->item;
		bool in = item_state_from_name(row->state) == ITEM_STATE_RESULT_IN;
		if (row->taken && (item < 0 ? in : index == item))
			g_array_append_val(list, index);
	}
	return list;
}

static const struct item_row *still_open(const struct case_whole *whole)
{
	for (guint i = 0; i < whole->items->len; i++) {
		const struct item_row *row = whole->items->pdata[i];
		enum item_state state = item_state_from_name(row->state);
		if (row->taken && state != ITEM_STATE_RESULT_IN && !item_state_is_done(state))
			return row;
	}
	return NULL;
}

static bool check_together(
	const struct case_whole *whole, const struct delivery_input *input, GError **error)
{
	const struct item_row *open = still_open(whole);
	bool post = strcmp(input->way, "post") == 0;
	if (open == NULL || (!post && !whole->file.delivery_together))
		return true;
	g_autofree char *sentence = g_strdup_printf("%s，%s还没有办完",
		post ? "邮寄只在全部办结后寄一次" : "申请人选了全部办结后一次领取", open->name);
	return err_set_next(error, ERR_CODE_MOVE, sentence, "请等其余事项办完，或改为逐项领取");
}

static bool check_delivery(const struct delivery_input *input, GError **error)
{
	if (input->way == NULL || *delivery_way_name(input->way) == '\0')
		return err_set(
			error, ERR_CODE_INVALID, "没有这种送达方式（window post electronic self）");
	if (input->receiver == NULL || *input->receiver == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "请写领取人姓名");
	if (strcmp(input->way, "window") == 0 && !input->signed_for)
		return err_set(error, ERR_CODE_INCOMPLETE, "窗口领取要由领取人签收");
	if (strcmp(input->way, "post") == 0 &&
		(input->courier_no == NULL || *input->courier_no == '\0'))
		return err_set(error, ERR_CODE_INCOMPLETE, "邮寄要写快递单号");
	return true;
}

static bool deliver_one(
	struct item_work *work, struct case_whole *whole, struct item_row *row, GError **error)
{
	const struct delivery_input *input = work->input;
	if (!item_move_row(row, ITEM_MOVE_DELIVERED, ITEM_BY_WINDOW, error))
		return false;
	row->delivered_ms = desk_now_ms(work->desk);
	g_autofree char *receiver = text_clean(input->receiver, false);
	g_autofree char *document = text_clean(input->document, false);
	g_autofree char *courier = text_clean(input->courier_no, false);
	json_t *body = json_pack("{s:s,s:s,s:s,s:s,s:s,s:b}", "way", input->way, "way_name",
		delivery_way_name(input->way), "receiver", receiver, "document", document,
		"courier_no", courier, "signed_for", input->signed_for);
	const struct item_act act = {
		.kind = "delivered", .by = ITEM_BY_WINDOW, .authority = AUTHORITY_WINDOW};
	return item_write(work->desk, whole, row, &act, body, error);
}

static bool deliver(struct item_work *work, struct case_whole *whole, GError **error)
{
	struct desk *desk = work->desk;
	const struct delivery_input *input = work->input;
	if (!check_together(whole, input, error))
		return false;
	g_autoptr(GArray) items = deliverable(whole, work->item);
	if (items->len == 0)
		return err_set_next(
			error, ERR_CODE_MOVE, "还没有到窗口的结果", "请先确认结果已到窗口");
	g_autoptr(case_view) view = case_view_of_id(desk, work->case_id, error);
	if (view == NULL)
		return false;
	for (guint i = 0; i < items->len; i++) {
		struct item_row *row = item_wanted(whole, g_array_index(items, int, i), error);
		if (row == NULL || !deliver_one(work, whole, row, error))
			return false;
	}
	char label[LABEL_SIZE];
	desk_label(CODE_KIND_RESULT, label);
	return strcmp(input->way, "window") != 0 ||
	       paper_request(desk, work->case_id, "delivery", label,
		       slip_delivery(desk, view, label, items, input), NULL, NULL, error);
}

bool desk_deliver(struct desk *desk, const char *case_id, int item,
	const struct delivery_input *input, GError **error)
{
	if (!check_delivery(input, error))
		return false;
	struct item_work work = {
		.desk = desk, .case_id = case_id, .item = item, .input = input, .run = deliver};
	return item_work_run(&work, DESK_ACT_DELIVER, error);
}
