#include <string.h>

#include "base/text.h"
#include "desk/private.h"

bool identity_keep(
	struct desk *desk, const char *kind, const char *value, int64_t *ret_id, GError **error)
{
	*ret_id = 0;
	if (value == NULL || *value == '\0')
		return true;
	struct digest hash = store_keyed_digest(desk->store, value);
	const struct store_value where[] = {STORE_TEXT("kind", kind),
		STORE_BLOB("hash", hash.bytes, DIGEST_SIZE), {.type = STORE_TYPE_END}};
	if (!store_integer(desk->store, STATEMENT_IDENTITY_FIND, where, 0, ret_id, error))
		return false;
	if (*ret_id != 0)
		return true;
	glong length = g_utf8_strlen(value, -1);
	const char *last4 = length > 4 ? g_utf8_offset_to_pointer(value, length - 4) : value;
	return store_integer(desk->store, STATEMENT_IDENTITY_PUT,
		STORE_VALUES(STORE_TEXT("kind", kind), STORE_TEXT("value", value),
			STORE_BLOB("hash", hash.bytes, DIGEST_SIZE), STORE_TEXT("last4", last4)),
		0, ret_id, error);
}

bool identity_drop(struct desk *desk, int64_t id, GError **error)
{
	return id == 0 || store_run(desk->store, STATEMENT_IDENTITY_DROP_UNUSED,
				  STORE_VALUES(STORE_INTEGER("id", id)), error);
}

static GPtrArray *party_rows(struct desk *desk, const char *case_id, GError **error)
{
	return store_rows(desk->store, STATEMENT_PARTY_ALL,
		STORE_VALUES(STORE_TEXT("case_id", case_id)), &party_shape, error);
}

/* Names spaced so that every hanzi is a word of its own, then the sounds of each. */
static char *words_of(const GPtrArray *parties)
{
	GString *words = g_string_new(NULL);
	for (guint i = 0; i < parties->len; i++) {
		const struct party_row *party = parties->pdata[i];
		for (const char *at = party->name; *at != '\0'; at = g_utf8_next_char(at)) {
			g_string_append_unichar(words, g_utf8_get_char(at));
			if (g_utf8_get_char(at) > 0x2E80)
				g_string_append_c(words, ' ');
		}
		g_autofree char *initials = pinyin_initials(party->name);
		g_autofree char *full = pinyin_full(party->name);
		g_string_append_printf(words, " %s %s ", initials, full);
	}
	return g_string_free(words, FALSE);
}

static const char *name_in_lists(const GPtrArray *parties)
{
	for (guint i = 0; i < parties->len; i++) {
		const struct party_row *party = parties->pdata[i];
		if (strcmp(party->role, "applicant") == 0 && *party->name != '\0')
			return party->name;
	}
	return parties->len > 0 ? ((struct party_row *)parties->pdata[0])->name : "";
}

bool party_index(struct desk *desk, const char *case_id, GError **error)
{
	struct file_row file = {0};
	if (!case_read(desk, case_id, &file, error))
		return false;
	int64_t serial = file.serial;
	file_row_clear(&file);
	g_autoptr(GPtrArray) parties = party_rows(desk, case_id, error);
	if (parties == NULL)
		return false;
	g_autofree char *words = words_of(parties);
	return store_run(desk->store, STATEMENT_SEARCH_DROP,
		       STORE_VALUES(STORE_INTEGER("serial", serial)), error) &&
	       store_run(desk->store, STATEMENT_SEARCH_PUT,
		       STORE_VALUES(STORE_INTEGER("serial", serial), STORE_TEXT("case_id", case_id),
			       STORE_TEXT("names", words)),
		       error) &&
	       store_run(desk->store, STATEMENT_CASE_SET_APPLICANT,
		       STORE_VALUES(STORE_TEXT("id", case_id),
			       STORE_TEXT("applicant", name_in_lists(parties))),
		       error);
}

static bool put_row(
	struct desk *desk, const char *case_id, const struct party_row *row, GError **error)
{
	int64_t identity = 0;
	const struct store_value none = STORE_NULL("identity");
	if (!identity_keep(desk, row->document, row->number, &identity, error))
		return false;
	const struct store_value some = STORE_INTEGER("identity", identity);
	return store_run(desk->store, STATEMENT_PARTY_PUT,
		       STORE_VALUES(STORE_TEXT("case_id", case_id),
			       STORE_INTEGER("ordinal", row->ordinal),
			       STORE_TEXT("role", row->role), STORE_TEXT("name", row->name),
			       STORE_TEXT("phone", row->phone), identity != 0 ? some : none,
			       STORE_TEXT("missing_reason", row->missing_reason)),
		       error) &&
	       (row->identity == identity || identity_drop(desk, row->identity, error)) &&
	       party_index(desk, case_id, error) && case_touch(desk, case_id, error);
}

/* ---- a party as a whole ---- */

struct party_change {
	struct desk *desk;
	const char *case_id;
	int ordinal;
	const struct party_input *input;
};

static char *read_number(struct desk *desk, const struct party_input *input,
	const struct party_row *before, GError **error)
{
	if (input->number == NULL || *input->number == '\0')
		return g_strdup("");
	if (before != NULL) { /* a masked number given back is the number that stands there */
		g_autofree char *masked = text_mask_number(before->number);
		if (strcmp(masked, input->number) == 0 && strchr(masked, '*') != NULL)
			return g_strdup(before->number);
	}
	return document_number_read(input->document, input->number, desk_today(desk), error);
}

static bool check_party(
	struct desk *desk, const struct party_input *input, const char *number, GError **error)
{
	const struct party_facts facts = {
		.role = input->role,
		.name = input->name != NULL ? input->name : "",
		.document = input->document,
		.number = number,
		.missing_reason = input->missing_reason != NULL ? input->missing_reason : "",
	};
	return party_check(&facts, desk_today(desk), error);
}

static bool set_party(struct store *store, void *data, GError **error)
{
	const struct party_change *change = data;
	struct desk *desk = change->desk;
	const struct party_input *input = change->input;
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_DRAFT, change->case_id, CASE_WANT_DRAFT, &file, error))
		return false;
	file_row_clear(&file);
	g_autoptr(GPtrArray) parties = party_rows(desk, change->case_id, error);
	if (parties == NULL)
		return false;
	if (change->ordinal < 0 || change->ordinal > (int)parties->len)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有第%d个当事人", change->ordinal + 1);
	const struct party_row *before =
		change->ordinal < (int)parties->len ? parties->pdata[change->ordinal] : NULL;
	g_autofree char *number = read_number(desk, input, before, error);
	if (number == NULL || !check_party(desk, input, number, error))
		return false;
	const struct party_row row = {
		.ordinal = change->ordinal,
		.role = (char *)party_role_word(input->role),
		.name = (char *)input->name,
		.phone = (char *)(input->phone != NULL ? input->phone : ""),
		.identity = before != NULL ? before->identity : 0,
		.document = (char *)document_kind_word(input->document),
		.number = number,
		.missing_reason =
			(char *)(input->missing_reason != NULL ? input->missing_reason : ""),
	};
	return put_row(desk, change->case_id, &row, error);
}

bool desk_party_set(struct desk *desk, const char *case_id, int ordinal,
	const struct party_input *input, GError **error)
{
	struct party_change change = {desk, case_id, ordinal, input};
	return desk_write(desk, set_party, &change, error);
}

static bool remove_party(struct store *store, void *data, GError **error)
{
	const struct party_change *change = data;
	struct desk *desk = change->desk;
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_DRAFT, change->case_id, CASE_WANT_DRAFT, &file, error))
		return false;
	file_row_clear(&file);
	g_autoptr(GPtrArray) parties = party_rows(desk, change->case_id, error);
	if (parties == NULL)
		return false;
	if (change->ordinal < 0 || change->ordinal >= (int)parties->len)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有第%d个当事人", change->ordinal + 1);
	if (!store_run(store, STATEMENT_PARTY_DROP,
		    STORE_VALUES(STORE_TEXT("case_id", change->case_id),
			    STORE_INTEGER("ordinal", change->ordinal)),
		    error))
		return false;
	for (int i = change->ordinal + 1; i < (int)parties->len; i++)
		if (!store_run(store, STATEMENT_PARTY_CLOSE_UP,
			    STORE_VALUES(STORE_TEXT("case_id", change->case_id),
				    STORE_INTEGER("ordinal", i)),
			    error))
			return false;
	const struct party_row *gone = parties->pdata[change->ordinal];
	return identity_drop(desk, gone->identity, error) &&
	       party_index(desk, change->case_id, error) &&
	       case_touch(desk, change->case_id, error);
}

bool desk_party_remove(struct desk *desk, const char *case_id, int ordinal, GError **error)
{
	struct party_change change = {desk, case_id, ordinal, NULL};
	return desk_write(desk, remove_party, &change, error);
}

/* ---- a party as fields of the form ---- */

struct member_field {
	const char *suffix;
	enum party_member member;
	enum document_kind document;
};

static const struct member_field member_fields[] = {
	{"name", PARTY_MEMBER_NAME, DOCUMENT_KIND_NONE},
	{"phone", PARTY_MEMBER_PHONE, DOCUMENT_KIND_NONE},
	{"identity", PARTY_MEMBER_NUMBER, DOCUMENT_KIND_IDENTITY},
	{"document_no", PARTY_MEMBER_NUMBER, DOCUMENT_KIND_OTHER},
	{"credit_code", PARTY_MEMBER_NUMBER, DOCUMENT_KIND_CREDIT},
};

bool party_of_field(const char *field, enum party_role *ret_role, enum party_member *ret_member,
	enum document_kind *ret_document)
{
	const char *dot = strchr(field, '.');
	if (dot == NULL)
		return false;
	g_autofree char *prefix = g_strndup(field, (gsize)(dot - field));
	enum party_role role = party_role_from_name(prefix);
	if (role == PARTY_ROLE_COUNT || role == PARTY_ROLE_SUBJECT)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(member_fields); i++)
		if (strcmp(dot + 1, member_fields[i].suffix) == 0) {
			*ret_role = role;
			*ret_member = member_fields[i].member;
			*ret_document = member_fields[i].document;
			return true;
		}
	return false;
}

static struct party_row *first_of(const GPtrArray *parties, const char *role)
{
	for (guint i = 0; i < parties->len; i++) {
		struct party_row *party = parties->pdata[i];
		if (strcmp(party->role, role) == 0)
			return party;
	}
	return NULL;
}

/* A passport number is a document_no; an identity card's is not. */
static bool number_is_of(const struct party_row *party, enum document_kind document)
{
	enum document_kind kind = document_kind_from_name(party->document);
	if (document == DOCUMENT_KIND_OTHER)
		return kind != DOCUMENT_KIND_IDENTITY && kind != DOCUMENT_KIND_CREDIT &&
		       kind != DOCUMENT_KIND_NONE;
	return kind == document;
}

const char *party_field_value(const GPtrArray *parties, const char *field)
{
	enum party_role role;
	enum party_member member;
	enum document_kind document;
	if (!party_of_field(field, &role, &member, &document))
		return "";
	const struct party_row *party = first_of(parties, party_role_word(role));
	if (party == NULL)
		return "";
	if (member == PARTY_MEMBER_NAME)
		return party->name;
	if (member == PARTY_MEMBER_PHONE)
		return party->phone;
	return number_is_of(party, document) ? party->number : "";
}

bool party_set_field(struct desk *desk, const char *case_id, const char *field, const char *value,
	GError **error)
{
	enum party_role role;
	enum party_member member;
	enum document_kind document;
	if (!party_of_field(field, &role, &member, &document))
		return err_set(error, ERR_CODE_NOT_FOUND, NULL);
	g_autoptr(GPtrArray) parties = party_rows(desk, case_id, error);
	if (parties == NULL)
		return false;
	const struct party_row *before = first_of(parties, party_role_word(role));
	struct party_row row = {.ordinal = parties->len,
		.role = (char *)party_role_word(role),
		.name = (char *)"",
		.phone = (char *)"",
		.document = (char *)"none",
		.number = (char *)"",
		.missing_reason = (char *)""};
	if (before != NULL)
		row = *before;
	if (member == PARTY_MEMBER_NAME)
		row.name = (char *)value;
	else if (member == PARTY_MEMBER_PHONE)
		row.phone = (char *)value;
	else if (*value != '\0' || number_is_of(&row, document)) {
		/* Another document's number of the same kind of field keeps its kind. */
		if (!number_is_of(&row, document))
			row.document = (char *)document_kind_word(document);
		row.number = (char *)value;
		if (*value == '\0')
			row.document = (char *)"none";
		else
			row.missing_reason = (char *)"";
	}
	return put_row(desk, case_id, &row, error);
}

/* ---- the whole number ---- */

struct unmask {
	struct desk *desk;
	const char *case_id;
	int ordinal;
	const char *purpose;
	char *number;
};

static bool show_number(struct store *store, void *data, GError **error)
{
	struct unmask *unmask = data;
	struct desk *desk = unmask->desk;
	if (!desk_may(desk, DESK_ACT_UNMASK, error))
		return false;
	g_autoptr(GPtrArray) parties = party_rows(desk, unmask->case_id, error);
	if (parties == NULL)
		return false;
	if (unmask->ordinal < 0 || unmask->ordinal >= (int)parties->len)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有第%d个当事人", unmask->ordinal + 1);
	const struct party_row *party = parties->pdata[unmask->ordinal];
	if (!desk_fact_window(desk, "unmasked", unmask->case_id, -1,
		    json_pack("{s:i,s:s}", "ordinal", unmask->ordinal, "purpose", unmask->purpose),
		    error))
		return false;
	unmask->number = g_strdup(party->number);
	return true;
}

char *desk_party_number(
	struct desk *desk, const char *case_id, int ordinal, const char *purpose, GError **error)
{
	if (purpose == NULL || *purpose == '\0' || !text_is_clean(purpose, false)) {
		err_set(error, ERR_CODE_INCOMPLETE, "查看完整证件号要写明用途");
		return NULL;
	}
	struct unmask unmask = {
		.desk = desk, .case_id = case_id, .ordinal = ordinal, .purpose = purpose};
	if (desk_write(desk, show_number, &unmask, error))
		return unmask.number;
	g_free(unmask.number);
	return NULL;
}
