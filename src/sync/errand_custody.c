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

static void take_in(struct errand *errand, const struct http_answer *answer)
{
	g_autoptr(GError) error = NULL;
	const struct courier_ports *ports = errand->office->ports;
	if (ports->case_import(ports->data, answer->bytes, answer->size, &error))
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
