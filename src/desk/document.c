/* Cases and bundles as JSON documents (data/schema). */
#include <string.h>

#include "desk/private.h"

json_t *document_fields(struct desk *desk, const char *case_id, GError **error)
{
	g_autoptr(GPtrArray) pairs = store_rows(desk->store, STATEMENT_CASE_FIELD_ALL,
		STORE_VALUES(STORE_TEXT("case_id", case_id)), &pair_shape, error);
	g_autoptr(GPtrArray) parties =
		pairs == NULL ? NULL
			      : store_rows(desk->store, STATEMENT_PARTY_ALL,
					STORE_VALUES(STORE_TEXT("case_id", case_id)), &party_shape,
					error);
	if (parties == NULL)
		return NULL;
	json_t *fields = json_object();
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair_row *pair = pairs->pdata[i];
		json_object_set_new(fields, pair->field, json_string(pair->value));
	}
	static const char *const suffixes[] = {
		"name", "phone", "identity", "document_no", "credit_code"};
	for (int role = 0; role < PARTY_ROLE_COUNT; role++)
		for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
			g_autofree char *key =
				g_strconcat(party_role_word(role), ".", suffixes[i], NULL);
			const char *value = party_field_value(parties, key);
			if (*value != '\0')
				json_object_set_new(fields, key, json_string(value));
		}
	return fields;
}

static json_t *party_json(const struct party_row *party, bool number, bool phone)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:s}", "role", party->role, "name", party->name,
		"document", number ? party->document : "none", "number",
		number ? party->number : "", "phone", phone ? party->phone : "");
}

static json_t *material_json(const struct case_material *at)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:i,s:i,s:s,s:s,s:s}", "material",
		at->use->material->code, "name", at->use->material->name, "status",
		material_status_word(at->status), "how", at->how, "originals", at->originals,
		"copies", at->copies, "promise_due", at->promise_due, "certificate_no",
		at->certificate_no, "digest", at->digest);
}

static json_t *all_parties(const GPtrArray *parties)
{
	json_t *list = json_array();
	for (guint i = 0; i < parties->len; i++) {
		const struct party_row *party = parties->pdata[i];
		json_t *json = party_json(party, true, true);
		json_object_set_new(json, "missing_reason", json_string(party->missing_reason));
		json_array_append_new(list, json);
	}
	return list;
}

static json_t *all_materials(const struct case_view *view)
{
	json_t *list = json_array();
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *at = view->materials->pdata[i];
		json_t *json = material_json(at);
		json_object_set_new(json, "label", json_string(at->label));
		json_object_set_new(json, "note", json_string(at->note));
		json_object_set_new(json, "by", json_string(at->by));
		json_object_set_new(json, "at_ms", json_integer(at->at_ms));
		json_array_append_new(list, json);
	}
	return list;
}

json_t *document_of_case(
	struct desk *desk, const struct case_view *view, const GPtrArray *parties, GError **error)
{
	json_t *fields = document_fields(desk, view->id, error);
	if (fields == NULL)
		return NULL;
	json_t *answers = json_object();
	GHashTableIter iter;
	gpointer key, value;
	g_hash_table_iter_init(&iter, view->answers);
	while (g_hash_table_iter_next(&iter, &key, &value))
		json_object_set_new(answers, key, json_string(value));
	json_t *left = json_array();
	for (guint i = 0; i < view->theme->items->len; i++)
		if (g_hash_table_contains(view->deselected, GINT_TO_POINTER((int)i)))
			json_array_append_new(left, json_integer(i));
	return json_pack("{s:s,s:i,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:{s:s,s:b},s:I}", "list",
		view->theme->list, "version", view->theme->version, "theme", view->theme->id,
		"theme_name", view->theme->display, "answers", answers, "deselected", left,
		"parties", all_parties(parties), "fields", fields, "materials", all_materials(view),
		"delivery", "way", view->delivery_way, "together", view->delivery_together,
		"created_ms", (json_int_t)view->created_ms);
}

/* ---- a bundle: only what the department's items need (R39) ---- */

static bool is_of(const struct bundle_input *input, int index)
{
	const struct item_row *row = item_find(input->rows, index);
	return row != NULL && strcmp(row->department, input->department) == 0;
}

/* Those of the items that are the department's, as a JSON array. */
static json_t *own_items(const struct bundle_input *input, const GArray *items)
{
	json_t *list = json_array();
	for (guint i = 0; i < items->len; i++) {
		int index = g_array_index(items, int, i);
		if (is_of(input, index))
			json_array_append_new(list, json_integer(index));
	}
	return list;
}

static json_t *bundle_fields(const struct bundle_input *input)
{
	json_t *fields = json_object();
	for (guint i = 0; i < input->view->fields->len; i++) {
		const struct case_field *field = input->view->fields->pdata[i];
		g_autoptr(json_t) items = own_items(input, field->use->items);
		const char *value = json_text(input->fields, field->use->field->key, "");
		if (json_array_size(items) > 0 && *value != '\0')
			json_object_set_new(fields, field->use->field->key, json_string(value));
	}
	return fields;
}

static json_t *bundle_materials(const struct bundle_input *input)
{
	json_t *materials = json_array();
	for (guint i = 0; i < input->view->materials->len; i++) {
		const struct case_material *at = input->view->materials->pdata[i];
		g_autoptr(json_t) items = own_items(input, at->use->items);
		if (json_array_size(items) == 0)
			continue;
		json_t *json = material_json(at);
		json_object_set(json, "items", items);
		json_array_append_new(materials, json);
	}
	return materials;
}

static bool asks(const json_t *fields, const char *role, const char *suffix)
{
	g_autofree char *key = g_strconcat(role, ".", suffix, NULL);
	return json_object_get(fields, key) != NULL;
}

static bool asks_any(const json_t *fields, const char *role)
{
	g_autofree char *prefix = g_strconcat(role, ".", NULL);
	const char *key;
	json_t *value;
	json_object_foreach(
		(json_t *)fields, key, value) if (g_str_has_prefix(key, prefix)) return true;
	return false;
}

/* The applicant's name always; everything else only where the department's form asks for it. */
static json_t *bundle_parties(const struct bundle_input *input, const json_t *fields)
{
	json_t *list = json_array();
	for (guint i = 0; i < input->parties->len; i++) {
		const struct party_row *party = input->parties->pdata[i];
		bool applicant = strcmp(party->role, "applicant") == 0;
		if (!applicant && !asks_any(fields, party->role))
			continue;
		bool number = asks(fields, party->role, "identity") ||
			      asks(fields, party->role, "document_no") ||
			      asks(fields, party->role, "credit_code");
		json_array_append_new(
			list, party_json(party, number, asks(fields, party->role, "phone")));
	}
	return list;
}

static json_t *bundle_items(const struct bundle_input *input)
{
	json_t *list = json_array();
	for (guint i = 0; i < input->view->items->len; i++) {
		const struct case_item *item = input->view->items->pdata[i];
		if (!is_of(input, item->item))
			continue;
		const struct theme_item *row = theme_item_at(input->view->theme, item->item);
		const struct service *service =
			definitions_service(input->view->definitions, row->service);
		g_autofree char *limit =
			slip_limit_words(service == NULL	     ? NULL
					 : service->promised.present ? &service->promised
								     : &service->statutory);
		json_array_append_new(
			list, json_pack("{s:i,s:s,s:s,s:s}", "item", item->item, "name", item->name,
				      "service", row->service, "due", limit));
	}
	return list;
}

json_t *document_bundle(struct desk *desk, const struct bundle_input *input)
{
	const struct case_view *view = input->view;
	json_t *fields = bundle_fields(input);
	json_t *parties = bundle_parties(input, fields);
	g_autofree char *taken_in = time_dup_utc(input->taken_in_ms);
	return json_pack(
		"{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:{s:s,s:i,s:s,s:s},s:s,s:s,s:o,s:o,s:o,s:o}", "id",
		input->id, "case", view->number, "case_id", view->id, "department",
		input->department, "hall", desk->window->hall, "window", desk->window->code,
		"store", store_id_text(desk->store), "theme", "list", view->theme->list, "version",
		view->theme->version, "id", view->theme->id, "name", view->theme->display,
		"taken_in", taken_in, "token_digest", input->token_digest, "items",
		bundle_items(input), "parties", parties, "fields", fields, "materials",
		bundle_materials(input));
}

char *time_dup_utc(int64_t ms)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(ms / 1000);
	g_autofree char *text = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
	return g_strdup_printf("%s.%03dZ", text, (int)(ms % 1000));
}
