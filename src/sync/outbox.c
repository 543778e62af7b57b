#include "sync/outbox.h"

#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "store/journal.h"
#include "sync/holds.h"
#include "sync/supply_rows.h"

struct entry_row {
	char *id;
	char *bundle;
	int64_t place;
	char *kind;
	int64_t attempts;
	int64_t next_ms;
};

static const struct store_shape entry_shape = {
	sizeof(struct entry_row), (const struct store_column[]){
					  STORE_COLUMN(TEXT, struct entry_row, id),
					  STORE_COLUMN(TEXT, struct entry_row, bundle),
					  STORE_COLUMN(INTEGER, struct entry_row, place),
					  STORE_COLUMN(TEXT, struct entry_row, kind),
					  STORE_COLUMN(INTEGER, struct entry_row, attempts),
					  STORE_COLUMN(INTEGER, struct entry_row, next_ms),
					  STORE_COLUMNS_END,
				  }};

struct line_row {
	int64_t updates_cursor;
	int64_t forked;
};

static const struct store_shape line_shape = {
	sizeof(struct line_row), (const struct store_column[]){
					 STORE_COLUMN(INTEGER, struct line_row, updates_cursor),
					 STORE_COLUMN(INTEGER, struct line_row, forked),
					 STORE_COLUMNS_END,
				 }};

static const struct store_shape window_shape = {
	sizeof(struct outbox_window), (const struct store_column[]){
					      STORE_COLUMN(TEXT, struct outbox_window, code),
					      STORE_COLUMN(TEXT, struct outbox_window, hall),
					      STORE_COLUMN(TEXT, struct outbox_window, name),
					      STORE_COLUMN(INTEGER, struct outbox_window, leased),
					      STORE_COLUMNS_END,
				      }};

struct refused_row {
	int64_t count;
	char *reason;
};

static const struct store_shape refused_shape = {
	sizeof(struct refused_row), (const struct store_column[]){
					    STORE_COLUMN(INTEGER, struct refused_row, count),
					    STORE_COLUMN(TEXT, struct refused_row, reason),
					    STORE_COLUMNS_END,
				    }};

static void entry_free(void *entry)
{
	sync_entry_free(entry);
}

static bool load_entries(
	struct store *store, int statement, enum sync_task task, GPtrArray *entries, GError **error)
{
	g_autoptr(GPtrArray) rows =
		store_rows(store, statement, STORE_NO_VALUES, &entry_shape, error);
	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const struct entry_row *row = rows->pdata[i];
		bool custody = strcmp(row->kind, "custody") == 0;
		g_ptr_array_add(
			entries, sync_entry_new(custody ? SYNC_TASK_CUSTODY : task, row->id,
					 row->bundle, row->place, row->attempts, row->next_ms));
	}
	return true;
}

static bool load_line(struct store *store, struct sync_view *view, GError **error)
{
	struct line_row line = {0};
	bool found = false;
	struct journal_head head = {0};
	if (!store_row(store, STATEMENT_SYNC_LINE_GET, STORE_NO_VALUES, &line_shape, &line, &found,
		    error) ||
		!journal_head(store, &head, error) ||
		!store_integer(store, STATEMENT_SYNC_FIRST_SEQ, STORE_NO_VALUES, 1,
			&view->first_seq, error) ||
		!store_integer(store, STATEMENT_SYNC_CURSOR_GET,
			STORE_VALUES(STORE_TEXT("destination", "hub")), 0, &view->sent_seq, error))
		return false;
	view->head_seq = head.seq;
	view->sent_seq = MAX(view->sent_seq, view->first_seq - 1);
	view->updates_cursor = line.updates_cursor;
	view->forked = line.forked != 0;
	return true;
}

static bool load_blocks(struct store *store, struct sync_view *view, GError **error)
{
	g_autoptr(GPtrArray) windows = outbox_windows(store, error);
	if (windows == NULL)
		return false;
	for (guint i = 0; i < windows->len; i++)
		if (!((const struct outbox_window *)windows->pdata[i])->leased)
			view->needs_block = true;
	return true;
}

static bool load_holds(struct store *store, struct sync_view *view, GError **error)
{
	struct hold hold = {0};
	bool good = holds_next(store, &hold, &view->needs_hold, error);
	hold_clear(&hold);
	return good;
}

static bool load_supply(struct store *store, struct sync_view *view, GError **error)
{
	if (!view->has_bureau)
		return true;
	g_autoptr(GPtrArray) home = supply_rows_home(store, error);
	if (home != NULL)
		view->supply_mark = supply_rows_mark(home);
	return home != NULL;
}

bool outbox_view(struct store *store, const struct sync_config *config, struct sync_view *ret_view,
	GError **error)
{
	struct sync_view view = {
		.has_hub = config->url[0] != '\0',
		.has_token = config->token[0] != '\0',
		.has_secret = config->secret[0] != '\0',
		.has_bureau = config->bureau[0] != '\0',
		.entries = g_ptr_array_new_with_free_func(entry_free),
	};
	bool good =
		load_line(store, &view, error) && load_blocks(store, &view, error) &&
		load_holds(store, &view, error) && load_supply(store, &view, error) &&
		load_entries(store, STATEMENT_SYNC_BLOBS, SYNC_TASK_BLOB, view.entries, error) &&
		load_entries(
			store, STATEMENT_SYNC_BUNDLES, SYNC_TASK_BUNDLE, view.entries, error) &&
		load_entries(
			store, STATEMENT_SYNC_MESSAGES, SYNC_TASK_MESSAGE, view.entries, error);
	if (good)
		*ret_view = view;
	else
		outbox_view_clear(&view);
	return good;
}

void outbox_view_clear(struct sync_view *view)
{
	g_clear_pointer(&view->entries, g_ptr_array_unref);
}

GPtrArray *outbox_windows(struct store *store, GError **error)
{
	return store_rows(store, STATEMENT_SYNC_WINDOWS, STORE_NO_VALUES, &window_shape, error);
}

GBytes *outbox_bytes(struct store *store, enum sync_task task, const char *id, GError **error)
{
	GBytes *bytes = NULL;
	int statement = task == SYNC_TASK_BUNDLE ? STATEMENT_SYNC_BUNDLE_BYTES
						 : STATEMENT_SYNC_MESSAGE_BYTES;
	if (store_blob(store, statement, STORE_VALUES(STORE_TEXT("id", id)), &bytes, error) &&
		bytes == NULL)
		err_set(error, ERR_CODE_NOT_FOUND, NULL);
	return bytes;
}

static bool settle_blob(struct store *store, const struct sync_command *command, GError **error)
{
	return store_run(store, STATEMENT_SYNC_BLOB_SETTLE,
		STORE_VALUES(STORE_TEXT("bundle", command->bundle), STORE_TEXT("id", command->id),
			STORE_TEXT("state", sync_state_word(command->state)),
			STORE_TEXT("reason", command->reason),
			STORE_INTEGER("attempts", command->attempts),
			STORE_INTEGER("next_ms", command->next_ms)),
		error);
}

static bool settle(
	struct store *store, const struct sync_command *command, int64_t now_ms, GError **error)
{
	if (command->task == SYNC_TASK_BLOB)
		return settle_blob(store, command, error);
	int statement = command->task == SYNC_TASK_BUNDLE ? STATEMENT_SYNC_BUNDLE_SETTLE
							  : STATEMENT_SYNC_MESSAGE_SETTLE;
	return store_run(store, statement,
		STORE_VALUES(STORE_TEXT("id", command->id),
			STORE_TEXT("state", sync_state_word(command->state)),
			STORE_TEXT("reason", command->reason),
			STORE_INTEGER("attempts", command->attempts),
			STORE_INTEGER("next_ms", command->next_ms),
			STORE_INTEGER("now_ms", now_ms)),
		error);
}

bool outbox_write(
	struct store *store, const struct sync_command *command, int64_t now_ms, GError **error)
{
	switch (command->kind) {
	case SYNC_COMMAND_SETTLE:
		return settle(store, command, now_ms, error);
	case SYNC_COMMAND_CURSOR:
		return store_run(store, STATEMENT_SYNC_CURSOR_PUT,
			STORE_VALUES(STORE_TEXT("destination", "hub"),
				STORE_INTEGER("seq", command->seq), STORE_INTEGER("at_ms", now_ms)),
			error);
	case SYNC_COMMAND_LINE:
		return store_run(store, STATEMENT_SYNC_LINE_PUT,
			STORE_VALUES(STORE_INTEGER("online", command->online),
				STORE_TEXT("trouble", command->reason),
				STORE_INTEGER("forked", command->forked),
				STORE_INTEGER("contact_ms", command->contact ? now_ms : 0)),
			error);
	default:
		return true;
	}
}

bool outbox_keep_block(struct store *store, const struct outbox_window *window, int64_t first,
	int64_t last, GError **error)
{
	return store_run(store, STATEMENT_SYNC_BLOCK_DROP,
		       STORE_VALUES(STORE_TEXT("hall", window->hall),
			       STORE_TEXT("window", window->code)),
		       error) &&
	       store_run(store, STATEMENT_SYNC_BLOCK_PUT,
		       STORE_VALUES(STORE_TEXT("hall", window->hall),
			       STORE_TEXT("window", window->code), STORE_INTEGER("first", first),
			       STORE_INTEGER("last", last)),
		       error);
}

bool outbox_updates_cursor(struct store *store, int64_t cursor, GError **error)
{
	return store_run(store, STATEMENT_SYNC_UPDATES_CURSOR_PUT,
		STORE_VALUES(STORE_INTEGER("cursor", cursor)), error);
}

bool outbox_keep_fault(struct store *store, int64_t cursor, const char *bytes, const char *fault,
	int64_t now_ms, GError **error)
{
	g_autofree char *id = g_strdup_printf("unread-%" PRId64, cursor);
	return store_run(store, STATEMENT_SYNC_INBOX_FAULT,
		       STORE_VALUES(STORE_TEXT("id", id), STORE_INTEGER("cursor", cursor),
			       STORE_BLOB("bytes", bytes, strlen(bytes)),
			       STORE_TEXT("fault", fault), STORE_INTEGER("at_ms", now_ms)),
		       error) &&
	       outbox_updates_cursor(store, cursor, error);
}

bool outbox_refused(struct store *store, int64_t *ret_count, char **ret_reason, GError **error)
{
	struct refused_row row = {0};
	bool found = false;
	if (!store_row(store, STATEMENT_SYNC_REFUSED, STORE_NO_VALUES, &refused_shape, &row, &found,
		    error))
		return false;
	*ret_count = row.count;
	*ret_reason = row.reason;
	return true;
}

bool outbox_print_due(struct store *store, int64_t *ret_count, GError **error)
{
	return store_integer(store, STATEMENT_SYNC_PRINT_DUE, STORE_NO_VALUES, 0, ret_count, error);
}
