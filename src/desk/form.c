#include <string.h>

#include "base/text.h"
#include "core/field.h"
#include "desk/private.h"
#include "desk/theme_hold.h"

#define MOST_VALUE_BYTES 4000

static bool is_number_field(const struct field *field)
{
	return field->validator == FIELD_VALIDATOR_IDENTITY ||
	       field->validator == FIELD_VALIDATOR_DOCUMENT;
}

static bool is_masked(const char *value, const char *before)
{
	g_autofree char *masked = text_mask_number(before);
	return strchr(masked, '*') != NULL && strcmp(masked, value) == 0;
}

/* What stands in a field now, whole; g_free. */
static char *value_now(struct desk *desk, const char *case_id, const char *key, GError **error)
{
	g_autoptr(json_t) fields = document_fields(desk, case_id, error);
	return fields != NULL ? g_strdup(json_text(fields, key, "")) : NULL;
}

static bool put_number(
	struct desk *desk, const char *case_id, const char *key, const char *value, GError **error)
{
	int64_t before = 0, id = 0;
	if (!store_integer(desk->store, STATEMENT_CASE_FIELD_IDENTITY,
		    STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_TEXT("field", key)), 0,
		    &before, error) ||
		!identity_keep(desk, "field", value, &id, error))
		return false;
	return store_run(desk->store, STATEMENT_CASE_FIELD_PUT,
		       STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_TEXT("field", key),
			       STORE_TEXT("value", ""), STORE_TEXT("source", "typed"),
			       STORE_INTEGER("identity", id)),
		       error) &&
	       (before == id || identity_drop(desk, before, error));
}

static bool drop_field(struct desk *desk, const char *case_id, const char *key, GError **error)
{
	int64_t before = 0;
	const struct store_value where[] = {
		STORE_TEXT("case_id", case_id), STORE_TEXT("field", key), {.type = STORE_TYPE_END}};
	return store_integer(
		       desk->store, STATEMENT_CASE_FIELD_IDENTITY, where, 0, &before, error) &&
	       store_run(desk->store, STATEMENT_CASE_FIELD_DROP, where, error) &&
	       identity_drop(desk, before, error);
}

bool field_put(struct desk *desk, const char *case_id, const struct field *field, const char *value,
	const char *source, GError **error)
{
	enum party_role role;
	enum party_member member;
	enum document_kind document;
	if (party_of_field(field->key, &role, &member, &document))
		return party_set_field(desk, case_id, field->key, value, error);
	if (*value == '\0')
		return drop_field(desk, case_id, field->key, error);
	if (is_number_field(field))
		return put_number(desk, case_id, field->key, value, error);
	return store_run(desk->store, STATEMENT_CASE_FIELD_PUT,
		STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_TEXT("field", field->key),
			STORE_TEXT("value", value), STORE_TEXT("source", source),
			STORE_NULL("identity")),
		error);
}

struct field_change {
	struct desk *desk;
	const char *case_id;
	const char *key;
	const char *value;
	GError *wrong; /* what is wrong with the value, kept although it is saved */
};

static bool set_field(struct store *store, void *data, GError **error)
{
	struct field_change *change = data;
	struct desk *desk = change->desk;
	g_clear_error(&change->wrong);
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_DRAFT, change->case_id, CASE_WANT_DRAFT, &file, error))
		return false;
	g_autoptr(theme_hold) hold =
		theme_hold_get(desk, file.list, (int)file.version, file.theme, error);
	file_row_clear(&file);
	if (hold == NULL)
		return false;
	const struct field *field = definitions_field(hold->definitions, change->key);
	if (field == NULL)
		return err_set(error, ERR_CODE_NOT_FOUND, "表单里没有这一项");
	g_autofree char *before = value_now(desk, change->case_id, change->key, error);
	if (before == NULL)
		return false;
	if (is_number_field(field) && is_masked(change->value, before))
		return true;
	g_autofree char *read = field_read(field, change->value, desk_today(desk), &change->wrong);
	return field_put(desk, change->case_id, field, read != NULL ? read : change->value, "typed",
		       error) &&
	       case_touch(desk, change->case_id, error);
}

bool field_set(struct desk *desk, const char *case_id, const char *key, const char *value,
	GError **ret_wrong, GError **error)
{
	g_autofree char *clean = text_clean(value, false);
	if (strlen(clean) > MOST_VALUE_BYTES)
		return err_set(error, ERR_CODE_INVALID, "这一项太长");
	struct field_change change = {desk, case_id, key, clean, NULL};
	if (!desk_write(desk, set_field, &change, error)) {
		g_clear_error(&change.wrong);
		return false;
	}
	*ret_wrong = change.wrong;
	return true;
}

bool desk_field_set(struct desk *desk, const char *case_id, const char *field, const char *value,
	GError **error)
{
	GError *wrong = NULL;
	if (!field_set(desk, case_id, field, value, &wrong, error))
		return false;
	if (wrong == NULL)
		return true;
	g_propagate_error(error, wrong);
	return false;
}

/* ---- what earlier cases know ---- */

struct prefill {
	struct desk *desk;
	const char *case_id;
	int filled;
};

static bool fill(struct store *store, void *data, GError **error)
{
	struct prefill *prefill = data;
	struct desk *desk = prefill->desk;
	prefill->filled = 0;
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_DRAFT, prefill->case_id, CASE_WANT_DRAFT, &file, error))
		return false;
	file_row_clear(&file);
	g_autoptr(case_view) view = case_view_of_id(desk, prefill->case_id, error);
	g_autoptr(GPtrArray) known =
		view == NULL ? NULL
			     : store_rows(store, STATEMENT_CASE_PREFILL,
				       STORE_VALUES(STORE_TEXT("case_id", prefill->case_id)),
				       &pair_shape, error);
	if (known == NULL)
		return false;
	for (guint i = 0; i < view->fields->len; i++) {
		const struct case_field *at = view->fields->pdata[i];
		for (guint k = 0; *at->value == '\0' && k < known->len; k++) {
			const struct pair_row *pair = known->pdata[k];
			if (strcmp(pair->field, at->use->field->key) != 0 || *pair->value == '\0')
				continue;
			if (!field_put(desk, prefill->case_id, at->use->field, pair->value, "case",
				    error))
				return false;
			prefill->filled++;
			break;
		}
	}
	return prefill->filled == 0 || case_touch(desk, prefill->case_id, error);
}

bool desk_form_prefill(struct desk *desk, const char *case_id, int *ret_filled, GError **error)
{
	struct prefill prefill = {desk, case_id, 0};
	if (!desk_write(desk, fill, &prefill, error))
		return false;
	*ret_filled = prefill.filled;
	return true;
}
