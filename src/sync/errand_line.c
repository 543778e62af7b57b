/* The line's own errands: enrolment, the block of numbers, the journal, updates. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "sync/errand.h"

#define MOST_FACTS 200
#define PATIENCE_S 25

static struct http_request post_of(const char *bytes, size_t size)
{
	return (struct http_request){.method = "POST",
		.bytes = bytes,
		.size = size,
		.upload_offset = -1,
		.upload_length = -1};
}

/* The window that an errand of the whole home speaks for: the first; of a block: that lacks one. */
static const struct outbox_window *pick(const GPtrArray *windows, bool unleased)
{
	for (guint i = 0; i < windows->len; i++) {
		const struct outbox_window *window = windows->pdata[i];
		if (!unleased || !window->leased)
			return window;
	}
	return NULL;
}

static void post_window(struct errand *errand, const char *path, bool enrol)
{
	const struct errand_office *office = errand->office;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) windows = outbox_windows(office->store, &error);
	const struct outbox_window *window = windows == NULL ? NULL : pick(windows, !enrol);
	if (windows != NULL && window == NULL)
		err_set_next(&error, ERR_CODE_INCOMPLETE, "本机还没有设窗口", "请管理员先添加窗口");
	if (error != NULL) {
		errand_end_error(errand, error);
		return;
	}
	size_t size = 0;
	g_autofree char *bytes =
		wire_enrol(store_id_text(office->store), window->hall, window->code,
			enrol ? window->name : "", enrol ? office->config->secret : "", &size);
	struct http_request request = post_of(bytes, size);
	errand_send(errand, &request, path);
}

static void post_journal(struct errand *errand, int64_t most)
{
	const struct errand_office *office = errand->office;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows =
		most == 0 ? g_ptr_array_new()
			  : journal_after(office->store, errand->command.seq, most, &error);
	if (rows == NULL) {
		errand_end_error(errand, error);
		return;
	}
	size_t size = 0;
	g_autofree char *bytes = wire_journal(store_id_text(office->store), rows, &size);
	struct http_request request = post_of(bytes, size);
	errand_send(errand, &request, "/v1/journal");
}

static void get_updates(struct errand *errand)
{
	int wait_s = errand->command.patient ? PATIENCE_S : 0;
	g_autofree char *path =
		g_strdup_printf("/v1/updates?after=%" PRId64 "&wait=%d&supply=%" PRId64,
			errand->command.cursor, wait_s, errand->command.supply);
	struct http_request request = {.method = "GET",
		.upload_offset = -1,
		.upload_length = -1,
		.most_seconds = wait_s + 60,
		.quiet_seconds = wait_s + 10};
	errand_send(errand, &request, path);
}

void errand_line(struct errand *errand)
{
	switch (errand->command.task) {
	case SYNC_TASK_ENROL:
		post_window(errand, "/v1/enrol", true);
		break;
	case SYNC_TASK_BLOCK:
		post_window(errand, "/v1/number-blocks", false);
		break;
	case SYNC_TASK_HOLD:
		errand_hold(errand);
		break;
	case SYNC_TASK_HEAD:
		post_journal(errand, 0);
		break;
	case SYNC_TASK_JOURNAL:
		post_journal(errand, MOST_FACTS);
		break;
	default:
		get_updates(errand);
	}
}

/* ---- answers ---- */

static void enrolled(struct errand *errand, const json_t *body)
{
	g_autoptr(GError) error = NULL;
	const char *token = json_text(body, "token", "");
	if (token[0] == '\0' || strlen(token) > 200 || strpbrk(token, "\r\n\t \"") != NULL)
		errand_garbage(errand);
	else if (!sync_config_keep_token(store_home(errand->office->store), token, &error))
		errand_end_error(errand, error);
	else
		errand_end(errand, SYNC_OUTCOME_DONE, NULL);
}

struct block_work {
	const struct outbox_window *window;
	int64_t first, last;
};

static bool keep_block(struct store *store, void *data, GError **error)
{
	const struct block_work *work = data;
	return outbox_keep_block(store, work->window, work->first, work->last, error);
}

static void leased(struct errand *errand, const json_t *body)
{
	struct store *store = errand->office->store;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) windows = outbox_windows(store, &error);
	struct block_work work = {.window = windows == NULL ? NULL : pick(windows, true)};
	if (windows != NULL && !wire_block(body, &work.first, &work.last)) {
		errand_garbage(errand);
		return;
	}
	if (windows != NULL &&
		(work.window == NULL || store_write(store, keep_block, &work, &error)))
		errand_end(errand, SYNC_OUTCOME_DONE, NULL);
	else
		errand_end_error(errand, error);
}

struct anchor_work {
	int64_t seq;
	struct digest hash;
};

static bool anchor(struct store *store, void *data, GError **error)
{
	const struct anchor_work *work = data;
	return journal_anchor(
		store, work->seq, &work->hash, clock_now_ms(&(struct clock){0}), error);
}

/* The head is ours, or this is a fork: the hub holds what we never wrote. */
static void receipted(struct errand *errand, const json_t *body)
{
	struct store *store = errand->office->store;
	g_autoptr(GError) error = NULL;
	struct anchor_work work = {0};
	if (!wire_head(body, store_id_text(store), &work.seq, &work.hash)) {
		errand_garbage(errand);
		return;
	}
	if (work.seq > 0 && !store_write(store, anchor, &work, &error)) {
		errand_end_error(errand, error);
		return;
	}
	struct sync_answer answer = {.request = errand->command.request, .seq = work.seq};
	errand->done(errand->data, errand, &answer);
}

struct update_work {
	const struct courier_ports *ports;
	const struct wire_update *update;
};

static bool take_update(struct store *store, void *data, GError **error)
{
	const struct update_work *work = data;
	const char *bytes = work->update->document;
	return work->ports->update(
		       work->ports->data, work->update->cursor, bytes, strlen(bytes), error) &&
	       outbox_updates_cursor(store, work->update->cursor, error);
}

static bool keep_fault(struct store *store, void *data, GError **error)
{
	const struct wire_update *update = ((const struct update_work *)data)->update;
	return outbox_keep_fault(store, update->cursor, update->document,
		err_sentence(ERR_CODE_HUB_ANSWER), clock_now_ms(&(struct clock){0}), error);
}

/* One update nobody can read must not stand before all others for ever; a store that fails must. */
static bool take_in(struct errand *errand, const struct wire_update *update, GError **error)
{
	struct store *store = errand->office->store;
	struct update_work work = {.ports = errand->office->ports, .update = update};
	g_autoptr(GError) problem = NULL;
	if (store_write(store, take_update, &work, &problem))
		return true;
	if (!errand_is_own_failure(problem))
		return store_write(store, keep_fault, &work, error);
	g_propagate_error(error, g_steal_pointer(&problem));
	return false;
}

static void updates_came(struct errand *errand, const json_t *body)
{
	g_autoptr(GError) error = NULL;
	struct sync_answer answer = {.request = errand->command.request};
	g_autoptr(GArray) updates = wire_updates(body, errand->command.cursor, &answer.cursor);
	if (updates == NULL) {
		errand_garbage(errand);
		return;
	}
	answer.count = updates->len;
	answer.supply = json_integer_or(body, "supply", 0);
	for (guint i = 0; i < updates->len; i++)
		if (!take_in(errand, &g_array_index(updates, struct wire_update, i), &error)) {
			errand_end_error(errand, error);
			return;
		}
	errand->done(errand->data, errand, &answer);
}

void errand_line_answered(struct errand *errand, const json_t *body)
{
	switch (errand->command.task) {
	case SYNC_TASK_ENROL:
		enrolled(errand, body);
		break;
	case SYNC_TASK_BLOCK:
		leased(errand, body);
		break;
	case SYNC_TASK_UPDATES:
		updates_came(errand, body);
		break;
	default:
		receipted(errand, body);
	}
}
