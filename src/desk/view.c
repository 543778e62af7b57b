#include <string.h>

#include "base/text.h"
#include "core/field.h"
#include "desk/private.h"
#include "desk/theme_hold.h"

/* ---- freeing ---- */

static void party_free(void *data)
{
	struct case_party *party = data;
	g_free(party->name);
	g_free(party->phone);
	g_free(party->number);
	g_free(party->missing_reason);
	g_free(party);
}

static void field_view_free(void *data)
{
	struct case_field *field = data;
	g_free(field->value);
	g_free(field->source);
	g_free(field->problem);
	g_free(field);
}

static void material_view_free(void *data)
{
	struct case_material *material = data;
	g_free(material->how);
	g_free(material->label);
	g_free(material->note);
	g_free(material->promise_due);
	g_free(material->certificate_no);
	g_free(material->digest);
	g_free(material->by);
	g_free(material);
}

static void item_view_free(void *data)
{
	struct case_item *item = data;
	g_free(item->name);
	g_free(item->department);
	g_free(item->department_name);
	g_free(item->acceptance_no);
	g_free(item->due);
	g_free(item->due_words);
	g_free(item->outcome);
	g_free(item->reason);
	g_free(item->result);
	g_free(item->result_label);
	g_free(item);
}

static void bundle_view_free(void *data)
{
	struct case_bundle *bundle = data;
	g_free(bundle->id);
	g_free(bundle->department);
	g_free(bundle->department_name);
	g_free(bundle->state);
	g_free(bundle->reason);
	g_free(bundle);
}

void case_view_free(struct case_view *view)
{
	if (view == NULL)
		return;
	char *const texts[] = {view->id, view->number, view->state, view->progress, view->window,
		view->clerk, view->holder, view->delivery_way, view->joint_due, view->joint_words};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
	GPtrArray *const arrays[] = {view->parties, view->fields, view->materials, view->items,
		view->bundles, view->problems};
	for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
		if (arrays[i] != NULL)
			g_ptr_array_unref(arrays[i]);
	g_clear_pointer(&view->situation, situation_free);
	theme_hold_drop(view->hold);
	g_clear_pointer(&view->answers, g_hash_table_unref);
	g_clear_pointer(&view->deselected, g_hash_table_unref);
	g_free(view);
}

/* ---- reading ---- */

static GPtrArray *rows_of(struct desk *desk, int statement, const char *case_id,
	const struct store_shape *shape, GError **error)
{
	return store_rows(
		desk->store, statement, STORE_VALUES(STORE_TEXT("case_id", case_id)), shape, error);
}

static struct case_view *view_of_file(const struct file_row *file)
{
	struct case_view *view = g_new0(struct case_view, 1);
	view->id = g_strdup(file->id);
	view->number = g_strdup(file->number != NULL ? file->number : "");
	view->state = g_strdup(case_state_name(case_state_from_name(file->state)));
	view->progress = g_strdup(file->progress);
	view->step = case_step_from_word(file->step);
	view->window = g_strdup(file->window);
	view->clerk = g_strdup(file->clerk);
	view->holder = g_strdup(file->holder);
	view->version_no = file->version_no;
	view->joint_extension = (int)file->joint_extension;
	view->created_ms = file->created_ms;
	view->taken_in_ms = file->taken_in_ms;
	view->joint_due = g_strdup("");
	view->joint_words = g_strdup("");
	view->delivery_way = g_strdup(file->delivery_way);
	view->delivery_together = file->delivery_together != 0;
	view->parties = g_ptr_array_new_with_free_func(party_free);
	view->fields = g_ptr_array_new_with_free_func(field_view_free);
	view->materials = g_ptr_array_new_with_free_func(material_view_free);
	view->items = g_ptr_array_new_with_free_func(item_view_free);
	view->bundles = g_ptr_array_new_with_free_func(bundle_view_free);
	view->problems = g_ptr_array_new_with_free_func(g_free);
	view->answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	view->deselected = g_hash_table_new(NULL, NULL);
	return view;
}

static bool read_situation(
	struct desk *desk, struct case_view *view, const struct file_row *file, GError **error)
{
	struct theme_hold *hold =
		theme_hold_get(desk, file->list, (int)file->version, file->theme, error);
	if (hold == NULL)
		return false;
	view->hold = hold;
	view->theme = hold->theme;
	view->definitions = hold->definitions;
	g_autoptr(GPtrArray) answers =
		rows_of(desk, STATEMENT_CASE_ANSWER_ALL, view->id, &answer_shape, error);
	if (answers == NULL)
		return false;
	for (guint i = 0; i < answers->len; i++) {
		const struct answer_row *answer = answers->pdata[i];
		g_hash_table_replace(
			view->answers, g_strdup(answer->question), g_strdup(answer->option));
	}
	g_autoptr(GPtrArray) left =
		rows_of(desk, STATEMENT_CASE_LEFT_ALL, view->id, &integer_shape, error);
	if (left == NULL)
		return false;
	for (guint i = 0; i < left->len; i++)
		g_hash_table_add(view->deselected,
			GINT_TO_POINTER((int)((struct integer_row *)left->pdata[i])->item));
	view->situation =
		situation_new(view->theme, view->definitions, view->answers, view->deselected);
	return true;
}

static void add_parties(struct case_view *view, const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		const struct party_row *row = rows->pdata[i];
		struct case_party *party = g_new0(struct case_party, 1);
		party->role = party_role_from_name(row->role);
		party->name = g_strdup(row->name);
		party->phone = g_strdup(row->phone);
		party->document = document_kind_from_name(row->document);
		party->number = text_mask_number(row->number);
		party->missing_reason = g_strdup(row->missing_reason);
		g_ptr_array_add(view->parties, party);
	}
}

static bool is_masked_field(const struct field *field)
{
	return field->validator == FIELD_VALIDATOR_IDENTITY ||
	       field->validator == FIELD_VALIDATOR_DOCUMENT;
}

static char *field_problem(struct desk *desk, const struct situation_field *use, const char *value)
{
	GError *error = NULL;
	g_autofree char *read = field_read(use->field, value, desk_today(desk), &error);
	if (read != NULL)
		(void)field_check_required(use->field, read, use->required, &error);
	char *problem = g_strdup(error != NULL ? error->message : "");
	g_clear_error(&error);
	return problem;
}

static const char *reason_for_no_number(const GPtrArray *parties, const char *key)
{
	enum party_role role;
	enum party_member member;
	enum document_kind document;
	if (!party_of_field(key, &role, &member, &document) || member != PARTY_MEMBER_NUMBER)
		return "";
	for (guint i = 0; i < parties->len; i++) {
		const struct party_row *party = parties->pdata[i];
		if (strcmp(party->role, party_role_word(role)) == 0)
			return party->missing_reason;
	}
	return "";
}

static void add_fields(
	struct desk *desk, struct case_view *view, const GPtrArray *parties, const GPtrArray *pairs)
{
	for (guint i = 0; i < view->situation->fields->len; i++) {
		const struct situation_field *use = view->situation->fields->pdata[i];
		const char *value = party_field_value(parties, use->field->key);
		const char *source = "typed";
		for (guint k = 0; k < pairs->len; k++) {
			const struct pair_row *pair = pairs->pdata[k];
			if (strcmp(pair->field, use->field->key) == 0) {
				value = pair->value;
				source = pair->source;
			}
		}
		struct case_field *field = g_new0(struct case_field, 1);
		field->use = use;
		field->value =
			is_masked_field(use->field) ? text_mask_number(value) : g_strdup(value);
		field->source = g_strdup(source);
		field->problem =
			*value == '\0' && *reason_for_no_number(parties, use->field->key) != '\0'
				? g_strdup("")
				: field_problem(desk, use, value);
		g_ptr_array_add(view->fields, field);
	}
}

static void fill_material(struct case_material *to, const struct material_row *from)
{
	to->status =
		from != NULL ? material_status_from_word(from->status) : MATERIAL_STATUS_MISSING;
	to->how = g_strdup(from != NULL ? from->how : "");
	to->originals = from != NULL ? (int)from->originals : 0;
	to->copies = from != NULL ? (int)from->copies : 0;
	to->label = g_strdup(from != NULL ? from->label : "");
	to->note = g_strdup(from != NULL ? from->note : "");
	to->promise_due = g_strdup(from != NULL ? from->promise_due : "");
	to->certificate_no = g_strdup(from != NULL ? from->certificate_no : "");
	to->digest = g_strdup(from != NULL ? from->digest : "");
	to->at_ms = from != NULL ? from->at_ms : 0;
	to->by = g_strdup(from != NULL ? from->by : "");
}

static void add_materials(struct case_view *view, const GPtrArray *rows)
{
	for (guint i = 0; i < view->situation->materials->len; i++) {
		const struct situation_material *use = view->situation->materials->pdata[i];
		const struct material_row *found = NULL;
		for (guint k = 0; k < rows->len; k++) {
			const struct material_row *row = rows->pdata[k];
			if (strcmp(row->material, use->material->code) == 0)
				found = row;
		}
		struct case_material *material = g_new0(struct case_material, 1);
		material->use = use;
		fill_material(material, found);
		g_ptr_array_add(view->materials, material);
	}
}

static void add_items_of_draft(struct case_view *view)
{
	for (guint i = 0; i < view->situation->items->len; i++) {
		const struct situation_item *use = view->situation->items->pdata[i];
		const struct department *department =
			definitions_route_item(view->definitions, view->theme->list, use->item);
		struct case_item *item = g_new0(struct case_item, 1);
		item->item = use->item->index;
		item->name = g_strdup(use->item->name);
		item->department = g_strdup(department != NULL ? department->code : "");
		item->department_name =
			g_strdup(department != NULL ? department->name : use->item->dept);
		item->taken = use->standing == ITEM_STANDING_IN;
		item->state = ITEM_STATE_DRAFT;
		item->acceptance_no = g_strdup("");
		item->due = g_strdup("");
		item->due_words = g_strdup("");
		item->outcome = g_strdup("");
		item->reason = g_strdup("");
		item->result = g_strdup("");
		item->result_label = g_strdup("");
		g_ptr_array_add(view->items, item);
	}
}

static struct case_item *item_of_row(struct desk *desk, const struct item_row *row)
{
	struct case_item *item = g_new0(struct case_item, 1);
	item->item = (int)row->item;
	item->name = g_strdup(row->name);
	item->department = g_strdup(row->department);
	item->department_name = g_strdup(row->department_name);
	item->taken = row->taken != 0;
	item->state = item_state_from_name(row->state);
	item->version_no = row->version_no;
	item->acceptance_no = g_strdup(row->acceptance_no);
	item->accepted_ms = row->accepted_ms;
	item->due = g_strdup(*row->due != '\0' ? row->due : row->due_open);
	item->due_words = due_words(
		desk, row->due, row->due_unit, row->due_ms, row->due_open, &item->urgency);
	item->outcome = g_strdup(row->outcome);
	item->reason = g_strdup(row->reason);
	item->relayed = row->relayed != 0;
	item->result = row->result == NULL ? g_strdup("")
					   : g_strndup(g_bytes_get_data(row->result, NULL),
						     g_bytes_get_size(row->result));
	item->result_label = g_strdup(row->result_label);
	item->delivered_ms = row->delivered_ms;
	return item;
}

static bool add_joint(
	struct desk *desk, struct case_view *view, const GPtrArray *rows, GError **error)
{
	struct limit_due due;
	const struct joint_case joint = {
		view->id, view->theme, view->definitions, rows, view->joint_extension};
	if (!joint_due(desk, &joint, &due, error))
		return false;
	g_free(view->joint_due);
	view->joint_due = limit_due_text(&due);
	g_free(view->joint_words);
	view->joint_words = due_words(desk, view->joint_due, limit_unit_word(due.unit), due.ms,
		due.ms != 0 ? "" : view->joint_due, &view->joint_urgency);
	return true;
}

static bool add_items(struct desk *desk, struct case_view *view, GError **error)
{
	if (*view->number == '\0') {
		add_items_of_draft(view);
		return true;
	}
	g_autoptr(GPtrArray) rows =
		rows_of(desk, STATEMENT_CASE_ITEM_ALL, view->id, &item_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++)
		g_ptr_array_add(view->items, item_of_row(desk, rows->pdata[i]));
	return rows != NULL && add_joint(desk, view, rows, error);
}

static bool add_bundles(struct desk *desk, struct case_view *view, GError **error)
{
	g_autoptr(GPtrArray) rows =
		rows_of(desk, STATEMENT_BUNDLE_OF_CASE, view->id, &bundle_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct bundle_row *row = rows->pdata[i];
		const struct department *department =
			definitions_department(view->definitions, row->department);
		struct case_bundle *bundle = g_new0(struct case_bundle, 1);
		bundle->id = g_strdup(row->id);
		bundle->department = g_strdup(row->department);
		bundle->department_name =
			g_strdup(department != NULL ? department->name : row->department);
		bundle->state = g_strdup(row->state);
		bundle->reason = g_strdup(row->reason);
		bundle->received_ms = row->received_ms;
		g_ptr_array_add(view->bundles, bundle);
	}
	return rows != NULL;
}

static bool has_notice(const GPtrArray *notices)
{
	for (guint i = 0; i < notices->len; i++)
		if (strcmp(((struct notice_row *)notices->pdata[i])->kind, "notice") == 0)
			return true;
	return false;
}

static bool fill_view(
	struct desk *desk, struct case_view *view, const struct file_row *file, GError **error)
{
	if (!read_situation(desk, view, file, error))
		return false;
	g_autoptr(GPtrArray) parties =
		rows_of(desk, STATEMENT_PARTY_ALL, view->id, &party_shape, error);
	g_autoptr(GPtrArray) pairs = parties == NULL ? NULL
						     : rows_of(desk, STATEMENT_CASE_FIELD_ALL,
							       view->id, &pair_shape, error);
	g_autoptr(GPtrArray) materials = pairs == NULL ? NULL
						       : rows_of(desk, STATEMENT_CASE_MATERIAL_ALL,
								 view->id, &material_shape, error);
	g_autoptr(GPtrArray) notices = materials == NULL ? NULL
							 : rows_of(desk, STATEMENT_NOTICE_ALL,
								   view->id, &notice_shape, error);
	if (notices == NULL)
		return false;
	add_parties(view, parties);
	add_fields(desk, view, parties, pairs);
	add_materials(view, materials);
	if (!add_items(desk, view, error) || !add_bundles(desk, view, error))
		return false;
	problem_list(desk, view, parties, has_notice(notices));
	return true;
}

struct case_view *case_view_of_id(struct desk *desk, const char *case_id, GError **error)
{
	struct file_row file = {0};
	if (!case_read(desk, case_id, &file, error))
		return NULL;
	struct case_view *view = view_of_file(&file);
	if (!fill_view(desk, view, &file, error))
		g_clear_pointer(&view, case_view_free);
	file_row_clear(&file);
	return view;
}

struct case_view *desk_case_view(struct desk *desk, const char *key, GError **error)
{
	if (!desk_may(desk, DESK_ACT_READ, error))
		return NULL;
	g_autofree char *id = case_find(desk, key, error);
	return id != NULL ? case_view_of_id(desk, id, error) : NULL;
}
