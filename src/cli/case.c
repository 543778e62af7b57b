/* case list, show, search: what the screen shows, for scripts. */
#include <string.h>

#include "base/err.h"
#include "cli/desk_cli.h"
#include "desk/bureau.h"

static void say_row(struct cli *cli, const struct case_row *row)
{
	cli_say(cli, "%s  %s  %s  %s  %s", row->number[0] == '\0' ? row->id : row->number,
		row->applicant, row->theme, row->state, row->due_words);
}

static bool give_rows(struct cli *cli, GPtrArray *rows)
{
	if (rows == NULL)
		return false;
	json_t *array = json_array();
	for (guint i = 0; i < rows->len; i++) {
		say_row(cli, rows->pdata[i]);
		json_array_append_new(array, cli_case_row_json(rows->pdata[i]));
	}
	g_ptr_array_unref(rows);
	cli_json(cli, json_pack("{s:o}", "cases", array));
	return true;
}

static enum queue_kind kind_of(const char *name)
{
	static const char *const names[QUEUE_KIND_COUNT] = {
		"today", "draft", "correction", "running", "pickup", "overdue", "silent"};
	for (int kind = 0; kind < QUEUE_KIND_COUNT; kind++)
		if (strcmp(names[kind], name) == 0)
			return (enum queue_kind)kind;
	return QUEUE_KIND_COUNT;
}

bool cli_case_list(struct cli *cli, GError **error)
{
	const char *name = cli_argument(cli, 0);
	enum queue_kind kind = kind_of(name == NULL ? "today" : name);
	if (kind == QUEUE_KIND_COUNT)
		return err_set(error, ERR_CODE_USAGE,
			"列表只有 today draft correction running pickup overdue silent");
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	return desk != NULL && give_rows(cli, desk_queue(desk, kind, 0, 1000, error));
}

bool cli_case_search(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	return desk != NULL && give_rows(cli, desk_search(desk, cli_argument(cli, 0), 1000, error));
}

static json_t *timeline_json(struct cli *cli, GPtrArray *events)
{
	json_t *array = json_array();
	for (guint i = 0; i < events->len; i++) {
		const struct case_event *event = events->pdata[i];
		g_autofree char *at = civil_time_dup_text(event->time_ms);
		cli_say(cli, "  %s  %s  %s%s", at, event->authority,
			event->relayed ? "（转录）" : "", event->sentence);
		json_array_append_new(array, cli_event_json(event));
	}
	return array;
}

bool cli_case_show(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	if (desk == NULL)
		return false;
	g_autoptr(case_view) view = desk_case_view(desk, cli_argument(cli, 0), error);
	if (view == NULL)
		return false;
	g_autoptr(GPtrArray) events = desk_case_timeline(desk, view->id, error);
	if (events == NULL)
		return false;
	cli_say(cli, "%s  %s  %s  %s", view->number[0] == '\0' ? view->id : view->number,
		view->theme->name, view->state, view->progress);
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		if (item->taken)
			cli_say(cli, "  %d %s  %s  %s  %s", item->item, item->name,
				item->department[0] == '\0' ? "待路由" : item->department_name,
				item_state_name(item->state), item->due_words);
	}
	json_t *object = cli_case_json(view);
	json_object_set_new(object, "timeline", timeline_json(cli, events));
	cli_json(cli, object);
	return true;
}

static bool give_outbox(struct cli *cli, GPtrArray *rows, int unrouted)
{
	if (rows == NULL)
		return false;
	json_t *array = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct outbox_row *row = rows->pdata[i];
		cli_say(cli, "%s  %s  %s  %s  %s", row->state, row->kind, row->case_number,
			row->target, row->reason);
		json_array_append_new(
			array, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:I}", "id", row->id, "kind",
				       row->kind, "case", row->case_number, "target", row->target,
				       "state", row->state, "reason", row->reason, "attempts",
				       (json_int_t)row->attempts));
	}
	g_ptr_array_unref(rows);
	if (unrouted > 0)
		cli_say(cli, "%d 个事项没有部门路由，还没有送出；用 catalog route set 设定去向",
			unrouted);
	cli_json(cli, json_pack("{s:o,s:i}", "outbox", array, "unrouted", unrouted));
	return true;
}

bool cli_case_outbox(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	int unrouted = desk == NULL ? -1 : desk_bureau_waiting(desk, error);
	return unrouted >= 0 && give_outbox(cli, desk_outbox(desk, error), unrouted);
}

bool cli_case_papers(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	g_autoptr(GPtrArray) rows = desk == NULL ? NULL : desk_papers(desk, false, error);
	if (rows == NULL)
		return false;
	json_t *array = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct paper_row *row = rows->pdata[i];
		cli_say(cli, "%s  %s  %s  第%d份  %s  %s", row->state, row->kind, row->case_number,
			(int)row->copy, row->printer, row->message);
		json_array_append_new(
			array, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:I}", "id", row->id, "kind",
				       row->kind, "case", row->case_number, "state", row->state,
				       "printer", row->printer, "message", row->message, "copy",
				       (json_int_t)row->copy));
	}
	cli_json(cli, json_pack("{s:o}", "papers", array));
	return true;
}

bool cli_report_day(struct cli *cli, GError **error)
{
	struct queue_counts counts;
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	if (desk == NULL || !desk_queue_counts(desk, &counts, error))
		return false;
	json_t *object = json_pack("{s:I,s:I}", "taken_today", (json_int_t)counts.taken_today,
		"deferred", (json_int_t)counts.deferred);
	cli_say(cli, "今日收件 %d  容缺 %d", (int)counts.taken_today, (int)counts.deferred);
	static const char *const words[QUEUE_KIND_COUNT] = {
		"today", "draft", "correction", "running", "pickup", "overdue", "silent"};
	for (int kind = 0; kind < QUEUE_KIND_COUNT; kind++) {
		cli_say(cli, "%s %d", queue_kind_name((enum queue_kind)kind),
			(int)counts.counts[kind]);
		json_object_set_new(
			object, words[kind], json_integer((json_int_t)counts.counts[kind]));
	}
	cli_json(cli, object);
	return true;
}
