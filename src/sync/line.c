#include "sync/line.h"

#include "sync/entry.h"

void line_clear(struct line *line)
{
	for (int i = 0; i < SYNC_LINE_TASKS; i++)
		g_clear_pointer(&line->tasks[i].trouble, g_free);
	g_clear_pointer(&line->told_trouble, g_free);
}

void line_good(struct line *line, enum sync_task task, const char *trouble)
{
	struct line_task *row = &line->tasks[task];
	row->failures = 0;
	row->next_ms = 0;
	g_free(row->trouble);
	row->trouble = g_strdup(trouble);
}

void line_bad(struct line *line, enum sync_task task, const char *reason, int64_t now_ms,
	uint64_t *random)
{
	struct line_task *row = &line->tasks[task];
	row->failures++;
	row->next_ms = now_ms + backoff_ms(random, row->failures, SYNC_MOST_LINE_BACKOFF_MS);
	g_free(row->trouble);
	row->trouble = g_strdup(reason == NULL ? "" : reason);
}

void line_hurry(struct line *line)
{
	for (int i = 0; i < SYNC_LINE_TASKS; i++)
		line->tasks[i].next_ms = 0;
}

const char *line_trouble(const struct line *line, const struct sync_view *view)
{
	for (int i = 0; i < SYNC_LINE_TASKS; i++)
		if (line->tasks[i].trouble != NULL && line->tasks[i].trouble[0] != '\0')
			return line->tasks[i].trouble;
	if (view->has_hub && !view->has_token && !view->has_secret && !view->has_bureau)
		return "本机还没有在中心登记。请管理员在 config.ini 的 [hub] 里写 secret=登记码。";
	return "";
}

bool line_is_news(struct line *line, const char *trouble, bool contact, int64_t now_ms)
{
	static const int64_t most_ms = 10000;
	bool changed = !line->told || g_strcmp0(trouble, line->told_trouble) != 0;
	if (!changed && !(contact && ABS(now_ms - line->told_ms) >= most_ms))
		return false;
	line->told = true;
	line->told_ms = now_ms;
	g_free(line->told_trouble);
	line->told_trouble = g_strdup(trouble);
	return true;
}

bool line_is_bureau_only(const struct sync_view *view)
{
	return view->has_bureau && !view->has_token && !view->has_secret;
}

enum sync_task line_first_task(const struct sync_view *view)
{
	if (line_is_bureau_only(view))
		return SYNC_TASK_SUPPLY;
	return view->has_token ? SYNC_TASK_HEAD : SYNC_TASK_ENROL;
}

void line_supply_news(struct line_supply *supply, bool flying)
{
	supply->looked_ms = 0;
	supply->again = flying;
}

void line_supply_looked(struct line_supply *supply, int64_t now_ms)
{
	supply->looked_ms = supply->again ? 0 : now_ms;
	supply->again = false;
}

bool line_supply_is_due(const struct line_supply *supply, int64_t now_ms)
{
	/* Before the last look: the clock was set back. */
	return supply->looked_ms == 0 || now_ms < supply->looked_ms ||
	       now_ms - supply->looked_ms >= LINE_SUPPLY_MS;
}
