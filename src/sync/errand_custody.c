/* Custody of another window's case: read it (its etag), ask for it, read it again and take it in.
 */
#include "base/err.h"
#include "sync/errand.h"

enum leg { LEG_READ, LEG_ASK, LEG_IMPORT };

static json_t *wish_of(const struct errand *errand)
{
	gsize size = 0;
	const char *bytes = g_bytes_get_data(errand->bytes, &size);
	return json_read(bytes, size, "", NULL);
}

static void send(struct errand *errand, const char *method, const char *bytes, size_t size)
{
	g_autoptr(json_t) wish = wish_of(errand);
	g_autofree char *number = http_escape(json_text(wish, "case", ""));
	g_autofree char *path =
		g_strconcat("/v1/cases/", number, errand->leg == LEG_ASK ? "/custody" : "", NULL);
	struct http_request request = {
		.method = method,
		.bytes = bytes,
		.size = size,
		.if_match = errand->leg == LEG_ASK ? errand->etag : NULL,
		.upload_offset = -1,
		.upload_length = -1,
	};
	errand_send(errand, &request, path);
}

static void ask(struct errand *errand)
{
	g_autoptr(json_t) wish = wish_of(errand);
	g_autoptr(json_t) body = json_object();
	json_object_set_new(body, "store", json_string(store_id_text(errand->office->store)));
	json_object_set_new(body, "window", json_string(json_text(wish, "window", "")));
	json_object_set_new(body, "clerk", json_string(json_text(wish, "by", "")));
	if (json_is_boolean(json_object_get(wish, "hold")))
		json_object_set(body, "hold", json_object_get(wish, "hold"));
	size_t size = 0;
	g_autofree char *bytes = json_frozen(body, &size);
	errand->leg = LEG_ASK;
	send(errand, "POST", bytes, size);
}

void errand_custody(struct errand *errand)
{
	g_autoptr(GError) error = NULL;
	errand->bytes =
		outbox_bytes(errand->office->store, SYNC_TASK_CUSTODY, errand->command.id, &error);
	if (errand->bytes == NULL) {
		errand_end_error(errand, error);
		return;
	}
	g_autoptr(json_t) wish = wish_of(errand);
	if (json_is_boolean(json_object_get(wish, "hold"))) {
		ask(errand);
		return;
	}
	errand->leg = LEG_READ;
	send(errand, "GET", NULL, 0);
}

/* Taking over holds the case at the hub: told, so that it is let go when nobody works on it here.
 */
static bool note_held(struct errand *errand, GError **error)
{
	g_autoptr(json_t) wish = wish_of(errand);
	struct hold hold = {(char *)json_text(wish, "case", ""),
		(char *)json_text(wish, "window", ""), (char *)"", true};
	return holds_told(errand->office->store, &hold, error);
}

static void take_in(struct errand *errand, const struct http_answer *answer)
{
	g_autoptr(GError) error = NULL;
	const struct courier_ports *ports = errand->office->ports;
	if (ports->case_import(ports->data, answer->bytes, answer->size, &error) &&
		note_held(errand, &error))
		errand_end(errand, SYNC_OUTCOME_DONE, NULL);
	else
		errand_end_error(errand, error);
}

void errand_custody_answered(
	struct errand *errand, const struct http_answer *answer, const json_t *body)
{
	g_autoptr(json_t) wish = wish_of(errand);
	if (errand->leg == LEG_IMPORT) {
		take_in(errand, answer);
	} else if (errand->leg == LEG_READ) {
		errand->etag = g_strdup(
			answer->etag != NULL ? answer->etag : json_text(body, "etag", "*"));
		ask(errand);
	} else if (json_is_boolean(json_object_get(wish, "hold"))) {
		errand_end(errand, SYNC_OUTCOME_DONE, NULL);
	} else {
		errand->leg = LEG_IMPORT;
		send(errand, "GET", NULL, 0);
	}
}

/* ---- telling who works on what ---- */

void errand_hold(struct errand *errand)
{
	struct store *store = errand->office->store;
	g_autoptr(GError) error = NULL;
	bool found = false;
	if (!holds_next(store, &errand->hold, &found, &error)) {
		errand_end_error(errand, error);
		return;
	}
	if (!found) {
		errand_end(errand, SYNC_OUTCOME_DONE, NULL);
		return;
	}
	g_autoptr(json_t) body = json_object();
	json_object_set_new(body, "store", json_string(store_id_text(store)));
	json_object_set_new(body, "window", json_string(errand->hold.window));
	json_object_set_new(body, "clerk", json_string(errand->hold.clerk));
	json_object_set_new(body, "hold", json_boolean(errand->hold.held));
	size_t size = 0;
	g_autofree char *bytes = json_frozen(body, &size);
	g_autofree char *number = http_escape(errand->hold.number);
	g_autofree char *path = g_strconcat("/v1/cases/", number, "/custody", NULL);
	struct http_request request = {.method = "POST",
		.bytes = bytes,
		.size = size,
		.upload_offset = -1,
		.upload_length = -1};
	errand_send(errand, &request, path);
}

void errand_hold_told(struct errand *errand)
{
	g_autoptr(GError) error = NULL;
	if (holds_told(errand->office->store, &errand->hold, &error))
		errand_end(errand, SYNC_OUTCOME_DONE, NULL);
	else
		errand_end_error(errand, error);
}
