#include "desk/script.h"

#include <string.h>

#include "desk/private.h"

struct script {
	struct desk *desk;
	const json_t *document;
	bool take_in;
	char *case_id;
	char *number;
};

static bool run_answers(struct script *script, GError **error)
{
	const char *question;
	json_t *option;
	json_object_foreach((json_t *)json_object_get(script->document, "answers"), question,
		option) if (!desk_answer(script->desk, script->case_id, question,
				    json_string_value(option), error)) return false;
	const json_t *left = json_object_get(script->document, "deselected");
	for (size_t i = 0; i < json_array_size(left); i++)
		if (!desk_item_take(script->desk, script->case_id,
			    (int)json_integer_value(json_array_get(left, i)), false, error))
			return false;
	return true;
}

static bool run_parties(struct script *script, GError **error)
{
	const json_t *parties = json_object_get(script->document, "parties");
	for (size_t i = 0; i < json_array_size(parties); i++) {
		const json_t *party = json_array_get(parties, i);
		const char *number = json_text(party, "number", "");
		const char *fallback = *number != '\0' ? "identity" : "none";
		const struct party_input input = {
			.role = party_role_from_name(json_text(party, "role", "")),
			.name = json_text(party, "name", ""),
			.phone = json_text(party, "phone", ""),
			.document = document_kind_from_name(json_text(party, "document", fallback)),
			.number = number,
			.missing_reason = json_text(party, "missing_reason", ""),
		};
		if (input.role == PARTY_ROLE_COUNT || input.document == DOCUMENT_KIND_COUNT)
			return err_set(error, ERR_CODE_INVALID,
				"第%d个当事人的角色或证件种类不认识", (int)i + 1);
		if (!desk_party_set(script->desk, script->case_id, (int)i, &input, error))
			return false;
	}
	return true;
}

static bool run_fields(struct script *script, GError **error)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)json_object_get(script->document, "fields"), key, value)
	{
		if (!json_is_string(value))
			return err_set(error, ERR_CODE_INVALID, "字段%s的值要写成文字", key);
		if (!desk_field_set(
			    script->desk, script->case_id, key, json_string_value(value), error)) {
			g_prefix_error(error, "%s：", key);
			return false;
		}
	}
	return true;
}

static bool run_material(struct script *script, const json_t *material, GError **error)
{
	const struct material_input input = {
		.status = material_status_from_word(json_text(material, "status", "received")),
		.how = json_text(material, "how", NULL),
		.originals = (int)json_integer_or(material, "originals", -1),
		.copies = (int)json_integer_or(material, "copies", -1),
		.note = json_text(material, "note", NULL),
		.promise_due = json_text(material, "promise_due", NULL),
		.certificate_no = json_text(material, "certificate_no", NULL),
		.label = json_text(material, "label", NULL),
		.image = json_text(material, "image", NULL),
	};
	const char *code = json_text(material, "material", "");
	if (desk_material_set(script->desk, script->case_id, code, &input, error))
		return true;
	g_prefix_error(error, "%s：", code);
	return false;
}

static bool run_rest(struct script *script, GError **error)
{
	const json_t *materials = json_object_get(script->document, "materials");
	for (size_t i = 0; i < json_array_size(materials); i++)
		if (!run_material(script, json_array_get(materials, i), error))
			return false;
	const json_t *delivery = json_object_get(script->document, "delivery");
	if (json_is_object(delivery) && !desk_delivery_choose(script->desk, script->case_id,
						json_text(delivery, "way", "window"),
						json_flag(delivery, "together", true), error))
		return false;
	return !script->take_in ||
	       desk_take_in(script->desk, script->case_id, &script->number, error);
}

/* The id a key stands for, so that the same document twice is one case. */
static char *id_of_key(const json_t *document)
{
	const char *key = json_text(document, "key", NULL);
	if (key == NULL)
		return desk_new_id();
	g_autofree char *text = g_strconcat("intake ", key, NULL);
	struct digest digest = digest_of(text, strlen(text));
	return digest_hex(digest.bytes, 16);
}

static bool find_known(struct script *script, bool *ret_known, GError **error)
{
	struct file_row file = {0};
	bool found = false;
	if (!store_row(script->desk->store, STATEMENT_CASE_GET,
		    STORE_VALUES(STORE_TEXT("id", script->case_id)), &file_shape, &file, &found,
		    error))
		return false;
	*ret_known = found && file.number != NULL;
	if (*ret_known)
		script->number = g_strdup(file.number);
	if (found)
		file_row_clear(&file);
	return !found || *ret_known ||
	       err_set_next(error, ERR_CODE_EXISTS, "这份文件已有一份没有收件的草稿",
		       "请打开草稿接着办，或先弃稿");
}

static bool run_script(struct store *store, void *data, GError **error)
{
	struct script *script = data;
	const json_t *document = script->document;
	bool known = false;
	g_clear_pointer(&script->case_id, g_free);
	g_clear_pointer(&script->number, g_free);
	script->case_id = id_of_key(document);
	if (!find_known(script, &known, error))
		return false;
	if (known)
		return true;
	g_autofree char *id = desk_draft_new_as(script->desk, json_text(document, "list", ""),
		json_text(document, "theme", ""), script->case_id, error);
	return id != NULL && run_answers(script, error) && run_parties(script, error) &&
	       run_fields(script, error) && run_rest(script, error);
}

bool desk_intake_document(struct desk *desk, const json_t *document, bool take_in,
	char **ret_case_id, char **ret_number, GError **error)
{
	if (!json_is_object(document))
		return err_set(error, ERR_CODE_INVALID, "收件文件应是一个 JSON 对象");
	struct script script = {.desk = desk, .document = document, .take_in = take_in};
	if (!desk_write(desk, run_script, &script, error)) {
		g_free(script.case_id);
		g_free(script.number);
		return false;
	}
	desk_case_release(desk, script.case_id);
	*ret_case_id = script.case_id;
	*ret_number = script.number;
	return true;
}
