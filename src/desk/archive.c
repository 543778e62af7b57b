#include <string.h>

#include "desk/act_item.h"

static void gap(GString *gaps, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
static void gap(GString *gaps, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	if (gaps->len > 0)
		g_string_append(gaps, "；");
	g_string_append_vprintf(gaps, fmt, arguments);
	va_end(arguments);
}

static void item_gaps(const struct case_view *view, GString *gaps)
{
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		if (item->taken && !item_state_is_done(item->state))
			gap(gaps, "%s%s", item->name, item_state_name(item->state));
		if (item->taken && item->relayed)
			gap(gaps, "%s的决定是转录的，部门还没有确认", item->name);
	}
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *at = view->materials->pdata[i];
		if (at->status == MATERIAL_STATUS_DEFERRED)
			gap(gaps, "容缺的“%s”还没有补交", at->use->material->name);
	}
}

static bool other_gaps(struct desk *desk, const char *case_id, GString *gaps, GError **error)
{
	int64_t papers = 0, discrepancies = 0;
	const struct store_value where[] = {
		STORE_TEXT("case_id", case_id), {.type = STORE_TYPE_END}};
	if (!store_integer(
		    desk->store, STATEMENT_OUTBOX_PAPER_UNANSWERED, where, 0, &papers, error) ||
		!store_integer(desk->store, STATEMENT_INBOX_FAULTS_OF_CASE, where, 0,
			&discrepancies, error))
		return false;
	if (papers > 0)
		gap(gaps, "有%d份单据没有确认是否打印出来", (int)papers);
	if (discrepancies > 0)
		gap(gaps, "有%d处部门更新不一致", (int)discrepancies);
	return true;
}

static bool archive(struct store *store, void *data, GError **error)
{
	const struct item_work *work = data;
	struct desk *desk = work->desk;
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_ARCHIVE, work->case_id, CASE_WANT_TAKEN_IN, &file, error))
		return false;
	file_row_clear(&file);
	g_autoptr(case_view) view = case_view_of_id(desk, work->case_id, error);
	if (view == NULL)
		return false;
	g_autoptr(GString) gaps = g_string_new(NULL);
	item_gaps(view, gaps);
	if (!other_gaps(desk, work->case_id, gaps, error))
		return false;
	if (gaps->len > 0)
		return err_set(error, ERR_CODE_INCOMPLETE, "还不能归档：%s", gaps->str);
	return desk_fact_window(desk, "archived", work->case_id, -1,
		       json_pack("{s:s}", "number", view->number), error) &&
	       case_settle(desk, work->case_id, true, error);
}

bool desk_archive(struct desk *desk, const char *case_id, GError **error)
{
	struct item_work work = {.desk = desk, .case_id = case_id};
	return desk_write(desk, archive, &work, error);
}
