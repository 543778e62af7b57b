#include "desk/script.h"

#include <string.h>

#include "base/text.h"
#include "desk/private.h"

struct script {
	struct desk *desk;
	const json_t *document;
	bool take_in;
	char *case_id;
	char *number;
	bool filled;   /* everything of the document stands in the draft */
	GError *wrong; /* the first value that is wrong, NULL none */
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

static bool set_party(
	struct desk *desk, const char *case_id, int ordinal, const json_t *party, GError **error)
{
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
	if (input.role == PARTY_ROLE_COUNT)
		return err_set(error, ERR_CODE_INVALID, "第%d个当事人的 role 不认识", ordinal + 1);
	if (input.document == DOCUMENT_KIND_COUNT)
		return err_set(
			error, ERR_CODE_INVALID, "第%d个当事人的 document 不认识", ordinal + 1);
	return desk_party_set(desk, case_id, ordinal, &input, error);
}

bool desk_parties_document(
	struct desk *desk, const char *case_id, const json_t *parties, GError **error)
{
	for (size_t i = 0; i < json_array_size(parties); i++)
		if (!set_party(desk, case_id, (int)i, json_array_get(parties, i), error))
			return false;
	return true;
}

/* A wrong value is kept like a typed one; the first is what the document is refused for. */
static bool run_fields(struct script *script, GError **error)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)json_object_get(script->document, "fields"), key, value)
	{
		g_autoptr(GError) wrong = NULL;
		if (!json_is_string(value))
			return err_set(error, ERR_CODE_INVALID, "字段%s的值要写成文字", key);
		if (!field_set(script->desk, script->case_id, key, json_string_value(value), &wrong,
			    error)) {
			g_prefix_error(error, "%s：", key);
			return false;
		}
		if (wrong != NULL && script->wrong == NULL) {
			g_prefix_error(&wrong, "%s：", key);
			script->wrong = g_steal_pointer(&wrong);
		}
	}
	return true;
}

bool desk_material_document(
	struct desk *desk, const char *case_id, const json_t *material, GError **error)
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
	g_autofree char *shown = text_clean(code, false);
	if (input.status == MATERIAL_STATUS_COUNT)
		return err_set(error, ERR_CODE_INVALID, "材料 %s 的 status 不认识", shown);
	if (desk_material_set(desk, case_id, code, &input, error))
		return true;
	g_prefix_error(error, "%s：", shown);
	return false;
}

static bool run_rest(struct script *script, GError **error)
{
	const json_t *materials = json_object_get(script->document, "materials");
	for (size_t i = 0; i < json_array_size(materials); i++)
		if (!desk_material_document(
			    script->desk, script->case_id, json_array_get(materials, i), error))
			return false;
	const json_t *delivery = json_object_get(script->document, "delivery");
	return !json_is_object(delivery) || desk_delivery_choose(script->desk, script->case_id,
						    json_text(delivery, "way", "window"),
						    json_flag(delivery, "together", true), error);
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

/* Whether the key's case was begun already: taken in (its number), or a draft to go on with. */
static bool find_known(struct script *script, bool *ret_found, GError **error)
{
	struct file_row file = {0};
	if (!store_row(script->desk->store, STATEMENT_CASE_GET,
		    STORE_VALUES(STORE_TEXT("id", script->case_id)), &file_shape, &file, ret_found,
		    error))
		return false;
	if (*ret_found) {
		script->number = g_strdup(file.number);
		file_row_clear(&file);
	}
	return true;
}

static bool draw_up(struct script *script, bool found, GError **error)
{
	const json_t *document = script->document;
	g_autofree char *id =
		found ? g_strdup(script->case_id)
		      : desk_draft_new_as(script->desk, json_text(document, "list", ""),
				json_text(document, "theme", ""), script->case_id, error);
	return id != NULL && run_answers(script, error) &&
	       desk_parties_document(script->desk, script->case_id,
		       json_object_get(document, "parties"), error) &&
	       run_fields(script, error) && run_rest(script, error);
}

static bool refuse_wrong(struct script *script, GError **error)
{
	g_propagate_error(error, g_steal_pointer(&script->wrong));
	return false;
}

static bool run_script(struct store *store, void *data, GError **error)
{
	struct script *script = data;
	bool found = false;
	script->filled = false;
	g_clear_pointer(&script->number, g_free);
	g_clear_error(&script->wrong);
	if (!find_known(script, &found, error))
		return false;
	if (script->number != NULL)
		return true;
	if (!draw_up(script, found, error))
		return false;
	script->filled = true;
	if (!script->take_in)
		return true;
	if (script->wrong != NULL)
		return refuse_wrong(script, error);
	return desk_take_in(script->desk, script->case_id, &script->number, error);
}

/* The draft alone, after the intake was refused: nothing that was read is lost. */
static void keep_draft(struct script *script, GError **error)
{
	script->take_in = false;
	if (desk_write(script->desk, run_script, script, NULL))
		g_prefix_error(error, "草稿 %s 已留着：", script->case_id);
}

static bool run_document(struct script *script, GError **error)
{
	if (desk_write(script->desk, run_script, script, error)) {
		if (script->wrong == NULL)
			return true;
		g_propagate_prefixed_error(error, g_steal_pointer(&script->wrong),
			"草稿 %s 已留着：", script->case_id);
		return false;
	}
	if (script->filled && script->take_in)
		keep_draft(script, error);
	return false;
}

bool desk_intake_document(struct desk *desk, const json_t *document, bool take_in,
	char **ret_case_id, char **ret_number, GError **error)
{
	if (!json_is_object(document) || json_text(document, "list", NULL) == NULL ||
		json_text(document, "theme", NULL) == NULL)
		return err_set_next(error, ERR_CODE_INVALID,
			"收件文件要是一个有 list 和 theme 的对象",
			"用 yichuang intake --example 清单 主题 看样例");
	struct script script = {.desk = desk, .document = document, .take_in = take_in};
	script.case_id = id_of_key(document);
	bool good = run_document(&script, error);
	g_clear_error(&script.wrong);
	desk_case_release(desk, script.case_id);
	if (good) {
		*ret_case_id = g_steal_pointer(&script.case_id);
		*ret_number = g_steal_pointer(&script.number);
	}
	g_free(script.case_id);
	g_free(script.number);
	return good;
}
