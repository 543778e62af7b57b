#include <string.h>

#include "desk/private.h"

static bool insert_bundle(struct desk *desk, const char *case_id, const char *id,
	const char *department, const json_t *document, GError **error)
{
	size_t size = 0;
	g_autofree char *bytes = json_frozen(document, &size);
	if (!store_run(desk->store, STATEMENT_BUNDLE_INSERT,
		    STORE_VALUES(STORE_TEXT("id", id), STORE_TEXT("case_id", case_id),
			    STORE_TEXT("department", department), STORE_BLOB("bytes", bytes, size),
			    STORE_TEXT("state", "waiting"),
			    STORE_INTEGER("now_ms", desk_now_ms(desk)),
			    STORE_INTEGER("sent_ms", 0)),
		    error))
		return false;
	const json_t *materials = json_object_get(document, "materials");
	for (size_t i = 0; i < json_array_size(materials); i++) {
		const char *digest = json_text(json_array_get(materials, i), "digest", "");
		if (*digest != '\0' && !store_run(desk->store, STATEMENT_BUNDLE_BLOB_PUT,
					       STORE_VALUES(STORE_TEXT("bundle", id),
						       STORE_TEXT("digest", digest)),
					       error))
			return false;
	}
	return true;
}

/* Moves the department's items on and collects them for the fact. */
static json_t *move_items(
	struct desk *desk, const struct dispatch *dispatch, const char *department, GError **error)
{
	g_autoptr(json_t) items = json_array();
	for (guint i = 0; i < dispatch->rows->len; i++) {
		struct item_row *row = dispatch->rows->pdata[i];
		if (strcmp(row->department, department) != 0)
			continue;
		if (!item_move_row(row, ITEM_MOVE_DISPATCHED, ITEM_BY_WINDOW, error))
			return NULL;
		row->version_no = 0; /* versions count what the department does, as the hub does */
		if (!item_put(desk, dispatch->view->id, row, error))
			return NULL;
		json_array_append_new(items, item_to_json(row));
	}
	return g_steal_pointer(&items);
}

static bool dispatch_one(struct desk *desk, const struct dispatch *dispatch,
	const struct item_row *first, const json_t *fields, GError **error)
{
	const char *department = first->department;
	g_autofree char *id = desk_new_id();
	const struct bundle_input input = {
		.view = dispatch->view,
		.parties = dispatch->parties,
		.fields = fields,
		.id = id,
		.department = department,
		.token_digest = dispatch->token_digest,
		.taken_in_ms = dispatch->taken_in_ms,
		.rows = dispatch->rows,
	};
	g_autoptr(json_t) document = document_bundle(desk, &input);
	g_autofree char *name = g_strdup(first->department_name);
	json_t *items = move_items(desk, dispatch, department, error);
	if (items == NULL)
		return false;
	return insert_bundle(desk, dispatch->view->id, id, department, document, error) &&
	       desk_fact_window(desk, "dispatched", dispatch->view->id, -1,
		       json_pack("{s:s,s:s,s:s,s:s,s:o}", "bundle", id, "department_code",
			       department, "department", name, "number", dispatch->view->number,
			       "items", items),
		       error);
}

bool dispatch_all(struct desk *desk, const struct dispatch *dispatch, GError **error)
{
	g_autoptr(json_t) fields = document_fields(desk, dispatch->view->id, error);
	if (fields == NULL)
		return false;
	for (guint i = 0; i < dispatch->rows->len; i++) {
		const struct item_row *row = dispatch->rows->pdata[i];
		bool waits = *row->department == '\0'; /* no route covers it: it waits visibly */
		if (waits || item_state_from_name(row->state) != ITEM_STATE_TAKEN_IN)
			continue;
		if (!dispatch_one(desk, dispatch, row, fields, error))
			return false;
	}
	return true;
}

bool message_send(struct desk *desk, const char *bundle, const char *kind, int item,
	json_t *body_take, GError **error)
{
	g_autoptr(json_t) body = body_take != NULL ? body_take : json_object();
	g_autofree char *id = desk_new_id();
	g_autofree char *at = time_dup_utc(desk_now_ms(desk));
	json_object_set_new(body, "id", json_string(id));
	json_object_set_new(body, "kind", json_string(kind));
	json_object_set_new(body, "at", json_string(at));
	json_object_set_new(body, "by", json_string(desk->display));
	if (*bundle != '\0') {
		json_object_set_new(body, "bundle", json_string(bundle));
		json_object_set_new(body, "item", json_integer(item));
	}
	size_t size = 0;
	g_autofree char *bytes = json_frozen(body, &size);
	return store_run(desk->store, STATEMENT_MESSAGE_INSERT,
		STORE_VALUES(STORE_TEXT("id", id), STORE_TEXT("bundle", bundle),
			STORE_TEXT("kind", kind), STORE_BLOB("bytes", bytes, size),
			STORE_INTEGER("now_ms", desk_now_ms(desk))),
		error);
}

/* Whether the frozen document of a bundle has the item. */
static bool has_item(const struct bundle_row *bundle, int item)
{
	size_t size = 0, i;
	const char *bytes = g_bytes_get_data(bundle->bytes, &size);
	g_autoptr(json_t) document = json_read(bytes, size, "要件包", NULL);
	json_t *entry;
	json_array_foreach(json_object_get(document, "items"), i, entry)
	{
		if (json_integer_or(entry, "item", -1) == item)
			return true;
	}
	return false;
}

char *bundle_of(
	struct desk *desk, const char *case_id, const char *department, int item, GError **error)
{
	g_autoptr(GPtrArray) bundles = store_rows(desk->store, STATEMENT_BUNDLE_OF_CASE,
		STORE_VALUES(STORE_TEXT("case_id", case_id)), &bundle_shape, error);
	if (bundles == NULL)
		return NULL;
	const struct bundle_row *found = NULL;
	for (guint i = 0; i < bundles->len; i++) {
		const struct bundle_row *bundle = bundles->pdata[i];
		if (strcmp(bundle->department, department) == 0 &&
			(found == NULL || (item >= 0 && has_item(bundle, item))))
			found = bundle;
	}
	return g_strdup(found == NULL ? "" : found->id);
}

bool department_tell(struct desk *desk, const struct case_whole *whole, const struct item_row *row,
	const char *kind, const char *text, GError **error)
{
	g_autofree char *bundle =
		bundle_of(desk, whole->file.id, row->department, (int)row->item, error);
	if (bundle == NULL)
		return false;
	return *bundle == '\0' || message_send(desk, bundle, kind, (int)row->item,
					  json_pack("{s:s}", "reason", text), error);
}
