/* What waits to be sent, papers to answer for, and the status line. */
#include <string.h>

#include "desk/private.h"
#include "desk/queue.h"

#define MOST_ROWS 200
#define DISK_FULL "磁盘满了，正用备用的4MB空间：请马上腾出空间；用完就不能保存"

static const struct store_column outbox_columns[] = {
	STORE_COLUMN(TEXT, struct outbox_row, id),
	STORE_COLUMN(TEXT, struct outbox_row, kind),
	STORE_COLUMN(TEXT, struct outbox_row, case_number),
	STORE_COLUMN(TEXT, struct outbox_row, target),
	STORE_COLUMN(TEXT, struct outbox_row, state),
	STORE_COLUMN(TEXT, struct outbox_row, reason),
	STORE_COLUMN(INTEGER, struct outbox_row, attempts),
	STORE_COLUMN(INTEGER, struct outbox_row, next_ms),
	STORE_COLUMN(INTEGER, struct outbox_row, created_ms),
	STORE_COLUMNS_END,
};
static const struct store_shape outbox_shape = {sizeof(struct outbox_row), outbox_columns};

GPtrArray *desk_outbox(struct desk *desk, GError **error)
{
	if (!desk_may(desk, DESK_ACT_READ, error))
		return NULL;
	return store_rows(desk->store, STATEMENT_OUTBOX_OPEN,
		STORE_VALUES(STORE_INTEGER("most", MOST_ROWS)), &outbox_shape, error);
}

struct retry {
	struct desk *desk;
	const char *id;
};

static bool retry(struct store *store, void *data, GError **error)
{
	const struct retry *again = data;
	const struct store_value where[] = {STORE_TEXT("id", again->id), {.type = STORE_TYPE_END}};
	int64_t bundles = 0, messages = 0;
	if (!desk_may(again->desk, DESK_ACT_RETRY, error) ||
		!store_run_counted(store, STATEMENT_BUNDLE_RETRY, where, &bundles, error) ||
		!store_run_counted(store, STATEMENT_MESSAGE_RETRY, where, &messages, error))
		return false;
	return bundles + messages > 0 ||
	       err_set_next(error, ERR_CODE_NOT_FOUND, "这一项已经送达或不在待发里", "请刷新列表");
}

bool desk_outbox_retry(struct desk *desk, const char *id, GError **error)
{
	struct retry again = {desk, id};
	return desk_write(desk, retry, &again, error);
}

/* ---- papers ---- */

static const struct store_column paper_columns[] = {
	STORE_COLUMN(TEXT, struct paper_row, id),
	STORE_COLUMN(TEXT, struct paper_row, kind),
	STORE_COLUMN(TEXT, struct paper_row, case_id),
	STORE_COLUMN(TEXT, struct paper_row, case_number),
	STORE_COLUMN(TEXT, struct paper_row, state),
	STORE_COLUMN(TEXT, struct paper_row, printer),
	STORE_COLUMN(TEXT, struct paper_row, message),
	STORE_COLUMN(INTEGER, struct paper_row, copy),
	STORE_COLUMN(INTEGER, struct paper_row, created_ms),
	STORE_COLUMNS_END,
};
static const struct store_shape paper_shape = {sizeof(struct paper_row), paper_columns};

GPtrArray *desk_papers(struct desk *desk, bool only_open, GError **error)
{
	if (!desk_may(desk, DESK_ACT_READ, error))
		return NULL;
	GPtrArray *papers = store_rows(desk->store,
		only_open ? STATEMENT_OUTBOX_PAPER_OPEN : STATEMENT_OUTBOX_PAPER_ALL,
		STORE_VALUES(STORE_INTEGER("most", MOST_ROWS)), &paper_shape, error);
	for (guint i = 0; papers != NULL && i < papers->len; i++) {
		struct paper_row *paper = papers->pdata[i];
		g_autofree char *word = g_strdup(paper->kind);
		row_set(&paper->kind, paper_kind_name(word));
	}
	return papers;
}

/* ---- status ---- */

struct line_row {
	int64_t online;
	int64_t last_exchange_ms;
	char *trouble;
	int64_t forked;
};

static const struct store_column line_columns[] = {
	STORE_COLUMN(INTEGER, struct line_row, online),
	STORE_COLUMN(INTEGER, struct line_row, last_exchange_ms),
	STORE_COLUMN(TEXT, struct line_row, trouble),
	STORE_COLUMN(INTEGER, struct line_row, forked),
	STORE_COLUMNS_END,
};
static const struct store_shape line_shape = {sizeof(struct line_row), line_columns};

struct unsent_row {
	int64_t unsent;
	int64_t refused;
	int64_t papers;
	int64_t unrouted;
};

static const struct store_column unsent_columns[] = {
	STORE_COLUMN(INTEGER, struct unsent_row, unsent),
	STORE_COLUMN(INTEGER, struct unsent_row, refused),
	STORE_COLUMN(INTEGER, struct unsent_row, papers),
	STORE_COLUMN(INTEGER, struct unsent_row, unrouted),
	STORE_COLUMNS_END,
};
static const struct store_shape unsent_shape = {sizeof(struct unsent_row), unsent_columns};

struct printer_row {
	char *name;
	int64_t ready;
	char *sentence;
};

static const struct store_column printer_columns[] = {
	STORE_COLUMN(TEXT, struct printer_row, name),
	STORE_COLUMN(INTEGER, struct printer_row, ready),
	STORE_COLUMN(TEXT, struct printer_row, sentence),
	STORE_COLUMNS_END,
};
static const struct store_shape printer_shape = {sizeof(struct printer_row), printer_columns};

static char *printer_words(struct desk *desk)
{
	g_autoptr(GPtrArray) printers = store_rows(
		desk->store, STATEMENT_PRINTER_LIST, STORE_NO_VALUES, &printer_shape, NULL);
	if (printers == NULL || printers->len == 0)
		return g_strdup("打印未知");
	for (guint i = 0; i < printers->len; i++) {
		const struct printer_row *printer = printers->pdata[i];
		if (printer->ready)
			return g_strdup_printf("%s就绪",
				strcmp(printer->name, "folder") == 0 ? "文件夹" : printer->name);
	}
	return g_strdup(((struct printer_row *)printers->pdata[0])->sentence);
}

static char *trouble_words(struct desk *desk, const char *of_line)
{
	if (number_misses_hub(desk))
		return g_strdup("没有中心的设置，不能取号：请管理员在 config.ini 里写上中心地址");
	return g_strdup(of_line != NULL ? of_line : "");
}

bool desk_status_read(struct desk *desk, struct desk_status *ret_status, GError **error)
{
	struct line_row line = {0};
	struct unsent_row unsent = {0};
	bool found = false;
	if (!store_row(desk->store, STATEMENT_LINE_COUNTS, STORE_NO_VALUES, &unsent_shape, &unsent,
		    &found, error) ||
		!store_row(desk->store, STATEMENT_LINE_GET, STORE_NO_VALUES, &line_shape, &line,
			&found, error))
		return false;
	struct desk_status status = {
		.has_hub = *desk->hub != '\0',
		.online = line.online != 0,
		.last_exchange_ms = line.last_exchange_ms,
		.unsent = unsent.unsent,
		.refused = unsent.refused,
		.papers = unsent.papers,
		.unrouted = unsent.unrouted,
		.forked = line.forked != 0,
		.printer = printer_words(desk),
		.trouble = trouble_words(desk, line.trouble),
		.disk = store_ballast_is_laid(store_home(desk->store)) ? "" : DISK_FULL,
	};
	store_row_clear(&line_shape, &line);
	*ret_status = status;
	return true;
}

void desk_status_clear(struct desk_status *status)
{
	g_clear_pointer(&status->printer, g_free);
	g_clear_pointer(&status->trouble, g_free);
}
