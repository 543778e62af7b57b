/* One act on one item of a case taken in: the frame that relay, result, issue and withdrawal share.
 */
#include "desk/act_item.h"

struct frame {
	struct item_work *work;
	enum desk_act act;
};

static bool run_frame(struct store *store, void *data, GError **error)
{
	struct frame *frame = data;
	struct item_work *work = frame->work;
	struct desk *desk = work->desk;
	struct file_row file = {0};
	if (!case_begin(desk, frame->act, work->case_id, CASE_WANT_TAKEN_IN, &file, error))
		return false;
	file_row_clear(&file);
	struct case_whole whole = {0};
	if (!case_whole_read(desk, work->case_id, &whole, error))
		return false;
	bool done =
		work->run(work, &whole, error) && case_settle(desk, work->case_id, false, error);
	case_whole_clear(&whole);
	return done;
}

bool item_work_run(struct item_work *work, enum desk_act act, GError **error)
{
	struct frame frame = {work, act};
	return desk_write(work->desk, run_frame, &frame, error);
}

struct item_row *item_wanted(const struct case_whole *whole, int item, GError **error)
{
	struct item_row *row = item_find(whole->items, item);
	if (row == NULL || !row->taken)
		err_set(error, ERR_CODE_NOT_FOUND, "这个办件里没有第%d个事项", item + 1);
	return row != NULL && row->taken ? row : NULL;
}
