/*
 * The calendar has changed (a new year came, a notice was corrected): the due dates of running
 * cases are counted anew (row 49), and those that were open get their date. What the version of an
 * item counts are acts of departments; this is none, so it stays.
 */
#include <string.h>

#include "desk/private.h"
#include "desk/timer.h"

#define MARK "dues_mark"
#define MOST_CASES 50

struct serial_row {
	int64_t serial;
	char *id;
};

static const struct store_column serial_columns[] = {
	STORE_COLUMN(INTEGER, struct serial_row, serial),
	STORE_COLUMN(TEXT, struct serial_row, id),
	STORE_COLUMNS_END,
};
static const struct store_shape serial_shape = {sizeof(struct serial_row), serial_columns};

struct recount {
	struct desk *desk;
	int64_t after;
	bool more;
	int made;
};

static bool recount_item(struct recount *recount, const struct case_whole *whole,
	struct item_row *row, GError **error)
{
	struct desk *desk = recount->desk;
	g_autofree char *before = g_strdup(*row->due != '\0' ? row->due : row->due_open);
	if (!item_set_due(desk, whole, row, error))
		return false;
	const char *now = *row->due != '\0' ? row->due : row->due_open;
	if (strcmp(before, now) == 0)
		return true;
	recount->made++;
	const struct desk_fact fact = {
		.kind = "due_settled",
		.case_id = whole->file.id,
		.item = (int)row->item,
		.authority = AUTHORITY_LAW,
		.source = FACT_SOURCE_TIMER,
	};
	return item_put(desk, whole->file.id, row, error) &&
	       desk_fact(desk, &fact,
		       json_pack("{s:s,s:s,s:s}", "name", row->name, "before", before, "due", now),
		       error);
}

static bool recount_case(struct recount *recount, const char *id, GError **error)
{
	struct case_whole whole = {0};
	if (!case_whole_read(recount->desk, id, &whole, error))
		return false;
	bool good = true;
	int before = recount->made;
	/* A limit of the theme as a whole may be what was open. */
	bool open = whole.file.due_ms == 0;
	for (guint i = 0; good && i < whole.items->len; i++) {
		struct item_row *row = whole.items->pdata[i];
		if (row->taken && row->accepted_ms > 0)
			good = recount_item(recount, &whole, row, error);
	}
	case_whole_clear(&whole);
	if (good && (open || recount->made > before))
		good = case_settle(recount->desk, id, false, error);
	return good;
}

/* Some cases at a time, so that nobody's saving waits. */
static bool recount_some(struct store *store, void *data, GError **error)
{
	struct recount *recount = data;
	g_autoptr(GPtrArray) rows = store_rows(store, STATEMENT_CASE_DUES_AFTER,
		STORE_VALUES(
			STORE_INTEGER("after", recount->after), STORE_INTEGER("most", MOST_CASES)),
		&serial_shape, error);
	if (rows == NULL)
		return false;
	recount->more = rows->len == MOST_CASES;
	for (guint i = 0; i < rows->len; i++) {
		const struct serial_row *row = rows->pdata[i];
		recount->after = row->serial;
		if (!recount_case(recount, row->id, error))
			return false;
	}
	return true;
}

bool desk_dues_recount(struct desk *desk, int *ret_made, GError **error)
{
	g_autofree char *mark = NULL;
	if (!store_text(desk->store, STATEMENT_CALENDAR_MARK, STORE_NO_VALUES, &mark, error))
		return false;
	g_autofree char *done = store_setting(desk->store, MARK, "");
	if (strcmp(done, mark) == 0)
		return true;
	struct recount recount = {.desk = desk, .more = true};
	while (recount.more)
		if (!store_write(desk->store, recount_some, &recount, error))
			return false;
	*ret_made += recount.made;
	return store_set_setting(desk->store, MARK, mark, error);
}
