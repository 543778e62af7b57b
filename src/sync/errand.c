#include "sync/errand.h"

#include <string.h>

#include "base/err.h"
#include "sync/errand_supply.h"

void errand_free(struct errand *errand)
{
	if (errand->number != 0)
		http_cancel(errand->office->http, errand->number);
	g_clear_pointer(&errand->bytes, g_bytes_unref);
	g_free(errand->etag);
	hold_clear(&errand->hold);
	supply_work_free(errand->supply);
	g_free(errand->command.id);
	g_free(errand->command.bundle);
	g_free(errand);
}

void errand_end(struct errand *errand, enum sync_outcome outcome, const char *reason)
{
	struct sync_answer answer = {
		.request = errand->command.request, .outcome = outcome, .reason = reason};
	errand->done(errand->data, errand, &answer);
}

void errand_end_error(struct errand *errand, const GError *error)
{
	errand_end(errand, err_is(error, ERR_CODE_FORK) ? SYNC_OUTCOME_FORK : SYNC_OUTCOME_LATER,
		error->message);
}

void errand_garbage(struct errand *errand)
{
	g_autoptr(GError) error = NULL;
	err_set(&error, ERR_CODE_HUB_ANSWER, NULL);
	errand_end_error(errand, error);
}

bool errand_is_own_failure(const GError *error)
{
	return error->domain != ERR_DOMAIN || error->code == ERR_CODE_IO ||
	       (error->code >= ERR_CODE_STORE_OPEN && error->code <= ERR_CODE_STORE);
}

static bool is_line(const struct errand *errand)
{
	return errand->command.task < SYNC_LINE_TASKS;
}

/* The seq of a stale answer goes with it, anything else needs only its sentence. */
static void not_done(struct errand *errand, enum sync_outcome outcome, const char *reason,
	const struct wire_reply *reply)
{
	struct sync_answer answer = {
		.request = errand->command.request,
		.outcome = outcome,
		.reason = reason,
		.seq = outcome == SYNC_OUTCOME_STALE ? wire_stale_seq(reply) : 0,
	};
	if (outcome == SYNC_OUTCOME_STALE && answer.seq < 0)
		errand_garbage(errand);
	else
		errand->done(errand->data, errand, &answer);
}

/* Not there yet, or further on than we thought: no refusals, but places to go on from. */
static bool is_place_of_blob(const struct errand *errand, const struct http_answer *http)
{
	return errand->command.task == SYNC_TASK_BLOB &&
	       ((http->status == 404 && http->size == 0) ||
		       (http->status == 409 && http->upload_offset >= 0));
}

static void answered(void *data, const struct http_answer *http)
{
	struct errand *errand = data;
	errand->number = 0;
	if (errand->command.task == SYNC_TASK_SUPPLY) {
		errand_supply_answered(errand, http);
		return;
	}
	if (is_place_of_blob(errand, http)) {
		errand_blob_answered(errand, http);
		return;
	}
	struct wire_reply reply = {.status = http->status,
		.connected = http->connected,
		.bytes = http->bytes,
		.size = http->size};
	g_autoptr(json_t) body = NULL;
	g_autofree char *reason = NULL;
	enum sync_outcome outcome = wire_outcome(errand->command.task, &reply, &body, &reason);
	/* A hub that will not hear of it needs not be told again. */
	bool told = outcome == SYNC_OUTCOME_DONE || outcome == SYNC_OUTCOME_REFUSED;
	if (errand->command.task == SYNC_TASK_HOLD && told)
		errand_hold_told(errand);
	else if (outcome != SYNC_OUTCOME_DONE)
		not_done(errand, outcome, reason, &reply);
	else if (errand->command.task == SYNC_TASK_BLOB)
		errand_blob_answered(errand, http);
	else if (errand->command.task == SYNC_TASK_CUSTODY)
		errand_custody_answered(errand, http, body);
	else if (is_line(errand))
		errand_line_answered(errand, body);
	else
		errand_end(errand, SYNC_OUTCOME_DONE, NULL);
}

void errand_send(struct errand *errand, struct http_request *request, const char *path)
{
	const struct sync_config *config = errand->office->config;
	g_autofree char *url = g_strconcat(config->url, path, NULL);
	request->url = url;
	request->ca = config->ca;
	if (request->token == NULL)
		request->token = config->token;
	errand->number = http_send(errand->office->http, request, answered, errand);
}

static void put_frozen(struct errand *errand)
{
	g_autoptr(GError) error = NULL;
	const struct sync_command *command = &errand->command;
	g_autoptr(GBytes) bytes =
		outbox_bytes(errand->office->store, command->task, command->id, &error);
	if (bytes == NULL) {
		errand_end_error(errand, error);
		return;
	}
	gsize size = 0;
	struct http_request request = {.method = "PUT", .upload_offset = -1, .upload_length = -1};
	request.bytes = g_bytes_get_data(bytes, &size);
	request.size = size;
	g_autofree char *path = command->task == SYNC_TASK_BUNDLE
					? g_strconcat("/v1/bundles/", command->id, NULL)
					: g_strconcat("/v1/bundles/", command->bundle, "/messages/",
						  command->id, NULL);
	errand_send(errand, &request, path);
}

void errand_begin(struct errand *errand)
{
	if (errand->command.task == SYNC_TASK_SUPPLY)
		errand_supply(errand);
	else if (is_line(errand))
		errand_line(errand);
	else if (errand->command.task == SYNC_TASK_BLOB)
		errand_blob(errand);
	else if (errand->command.task == SYNC_TASK_CUSTODY)
		errand_custody(errand);
	else
		put_frozen(errand);
}
