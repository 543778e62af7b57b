#include "core/party.h"

#include <string.h>
#include "base/err.h"
#include "base/text.h"
#include "core/code.h"
#include "core/word_table.h"

static const struct word_row roles[PARTY_ROLE_COUNT] = {
	[PARTY_ROLE_APPLICANT] = {"applicant", "申请人"},
	[PARTY_ROLE_SUBJECT] = {"subject", "当事对象"},
	[PARTY_ROLE_AGENT] = {"agent", "代理人"},
	[PARTY_ROLE_GUARDIAN] = {"guardian", "监护人"},
	[PARTY_ROLE_FIRM] = {"firm", "企业"},
};

WORD_TABLE(party_role, roles, PARTY_ROLE_COUNT)

static const struct word_row documents[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_KIND_NONE] = {"none", "无证件"},
	[DOCUMENT_KIND_IDENTITY] = {"identity", "居民身份证"},
	[DOCUMENT_KIND_CREDIT] = {"credit", "统一社会信用代码"},
	[DOCUMENT_KIND_PASSPORT] = {"passport", "护照"},
	[DOCUMENT_KIND_HK_MACAO_PERMIT] = {"hk_macao_permit", "港澳居民来往内地通行证"},
	[DOCUMENT_KIND_TAIWAN_PERMIT] = {"taiwan_permit", "台湾居民来往大陆通行证"},
	[DOCUMENT_KIND_FOREIGNER] = {"foreigner", "外国人永久居留身份证"},
	[DOCUMENT_KIND_RESIDENCE] = {"residence", "港澳台居民居住证"},
	[DOCUMENT_KIND_BIRTH] = {"birth", "出生医学证明"},
	[DOCUMENT_KIND_HOUSEHOLD] = {"household", "户口簿"},
	[DOCUMENT_KIND_OFFICER] = {"officer", "军官证"},
	[DOCUMENT_KIND_OTHER] = {"other", "其他证件"},
};

WORD_TABLE_TEXTS(document_kind, documents, DOCUMENT_KIND_COUNT)

enum document_kind document_kind_from_name(const char *text)
{
	if (text != NULL && strcmp(text, "身份证") == 0)
		return DOCUMENT_KIND_IDENTITY;
	return (enum document_kind)word_row_find(documents, DOCUMENT_KIND_COUNT, text);
}

static const struct word_row reasons[MISSING_NUMBER_COUNT] = {
	[MISSING_NUMBER_NEWBORN] = {"newborn", "新生儿尚无证件"},
	[MISSING_NUMBER_FOUNDING] = {"founding", "企业尚未设立"},
	[MISSING_NUMBER_DECEASED] = {"deceased", "已故人员证件已缴销"},
	[MISSING_NUMBER_LOST] = {"lost", "证件遗失补办中"},
	[MISSING_NUMBER_OTHER] = {"other", "其他原因"},
};

WORD_TABLE(missing_number, reasons, MISSING_NUMBER_COUNT)

/* ---- numbers ---- */

/* Half width, upper case, without blanks; hyphens stay, since some papers carry them. */
static char *fold(const char *number)
{
	GString *out = g_string_new(NULL);
	for (const char *p = number; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
		if (!g_unichar_isspace(c))
			g_string_append_unichar(out, g_unichar_toupper(c));
	}
	return g_string_free(out, FALSE);
}

static bool has_class(char c, char class)
{
	switch (class) {
	case '9':
		return g_ascii_isdigit(c);
	case 'A':
		return g_ascii_isupper(c);
	case '*':
		return g_ascii_isdigit(c) || g_ascii_isupper(c);
	default:
		return c == class;
	}
}

/* Shape: 9 a digit, A a letter, * either, # and what follows optional; others themselves. */
static bool has_shape(const char *number, const char *shape)
{
	bool optional = false;
	for (; *shape != '\0'; shape++) {
		if (*shape == '#') {
			optional = true;
			continue;
		}
		if (*number == '\0')
			return optional;
		if (!has_class(*number++, *shape))
			return false;
	}
	return *number == '\0';
}

struct shape_row {
	enum document_kind kind;
	const char *shapes[4];
	const char *advice;
};

static const struct shape_row shapes[] = {
	{DOCUMENT_KIND_PASSPORT, {"*****#************"}, "护照号应是5到17位字母和数字"},
	{DOCUMENT_KIND_HK_MACAO_PERMIT, {"H99999999#99", "M99999999#99"},
		"港澳居民来往内地通行证号应是H或M加8位数字"},
	{DOCUMENT_KIND_TAIWAN_PERMIT, {"99999999", "9999999999#A", "9999999999(A)"},
		"台湾居民来往大陆通行证号应是8位数字"},
	{DOCUMENT_KIND_FOREIGNER, {"AAA999999999999"},
		"外国人永久居留身份证号应是9开头的18位，或旧证3个字母加12位数字"},
	{DOCUMENT_KIND_BIRTH, {"A999999999"}, "出生医学证明编号应是1个字母加9位数字"},
};

static bool check_shape(enum document_kind kind, const char *number, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
		if (shapes[i].kind != kind)
			continue;
		for (size_t k = 0; k < 4 && shapes[i].shapes[k] != NULL; k++)
			if (has_shape(number, shapes[i].shapes[k]))
				return true;
		return err_set_next(
			error, ERR_CODE_INVALID, shapes[i].advice, "请对照证件重新输入");
	}
	return true;
}

/* True when the number is a checked one of 18 (or, for the identity card, 15) characters. */
static bool check_code(enum document_kind kind, const struct code_result *code, const char *number)
{
	switch (kind) {
	case DOCUMENT_KIND_CREDIT:
		return code->valid && code->kind == CODE_KIND_CREDIT;
	case DOCUMENT_KIND_RESIDENCE:
		return code->valid && code->kind == CODE_KIND_IDENTITY && number[0] == '8';
	case DOCUMENT_KIND_FOREIGNER:
		return code->valid && code->kind == CODE_KIND_IDENTITY && number[0] == '9';
	default:
		return code->valid && code->kind == CODE_KIND_IDENTITY;
	}
}

static char *read_checked(
	enum document_kind kind, const char *number, struct civil_date today, GError **error)
{
	struct code_result code;
	code_check_on(number, today, &code);
	if (check_code(kind, &code, code.value))
		return g_strdup(code.value);
	bool credit = kind == DOCUMENT_KIND_CREDIT;
	bool told = code.kind == (credit ? CODE_KIND_CREDIT : CODE_KIND_IDENTITY) && !code.valid;
	g_autofree char *other = g_strdup_printf("这不是%s号码", document_kind_name(kind));
	err_set_next(error, credit ? ERR_CODE_CREDIT_CHECK : ERR_CODE_IDENTITY_CHECK,
		told ? code.reason : other, "请对照证件重新输入");
	return NULL;
}

static bool is_checked(enum document_kind kind, const char *folded)
{
	if (kind == DOCUMENT_KIND_FOREIGNER)
		return !g_ascii_isupper(folded[0]);
	return kind == DOCUMENT_KIND_IDENTITY || kind == DOCUMENT_KIND_CREDIT ||
	       kind == DOCUMENT_KIND_RESIDENCE;
}

char *document_number_read(
	enum document_kind kind, const char *number, struct civil_date today, GError **error)
{
	if (number == NULL || !text_is_clean(number, false)) {
		err_set(error, ERR_CODE_INVALID, "证件号码里有不能用的字符");
		return NULL;
	}
	g_autofree char *folded = fold(number);
	glong length = g_utf8_strlen(folded, -1);
	if (kind == DOCUMENT_KIND_NONE || length == 0 || length > 40) {
		err_set(error, ERR_CODE_INVALID, "%s",
			length == 0 ? "没有填证件号码" : "证件号码与证件种类不符");
		return NULL;
	}
	if (is_checked(kind, folded))
		return read_checked(kind, folded, today, error);
	return check_shape(kind, folded, error) ? g_steal_pointer(&folded) : NULL;
}

bool document_birth(enum document_kind kind, const char *number, struct civil_date *ret_birth)
{
	return number != NULL &&
	       (kind == DOCUMENT_KIND_IDENTITY || kind == DOCUMENT_KIND_RESIDENCE ||
		       kind == DOCUMENT_KIND_FOREIGNER) &&
	       code_identity_birth(number, ret_birth);
}

bool party_needs_guardian(enum document_kind kind, const char *number, struct civil_date today)
{
	struct civil_date birth;
	return document_birth(kind, number, &birth) &&
	       civil_date_age(birth, today) < PARTY_GUARDIAN_AGE;
}

/* ---- a party as a whole ---- */

static bool check_name(const struct party_facts *party, GError **error)
{
	const char *role = party_role_name(party->role);
	if (party->name == NULL || *party->name == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "没有填%s的姓名或名称", role);
	if (!text_is_clean(party->name, false) || g_utf8_strlen(party->name, -1) > 100)
		return err_set(error, ERR_CODE_INVALID, "%s的姓名或名称太长或有不能用的字符", role);
	return true;
}

static bool check_kind(const struct party_facts *party, GError **error)
{
	bool acts = party->role == PARTY_ROLE_AGENT || party->role == PARTY_ROLE_GUARDIAN;
	if (acts && party->document == DOCUMENT_KIND_CREDIT)
		return err_set(error, ERR_CODE_INVALID, "%s应是自然人，不能用统一社会信用代码",
			party_role_name(party->role));
	if (party->role == PARTY_ROLE_FIRM && party->document != DOCUMENT_KIND_NONE &&
		party->document != DOCUMENT_KIND_CREDIT && party->document != DOCUMENT_KIND_OTHER)
		return err_set(error, ERR_CODE_INVALID, "企业应用统一社会信用代码");
	return true;
}

bool party_check(const struct party_facts *party, struct civil_date today, GError **error)
{
	if (!check_name(party, error) || !check_kind(party, error))
		return false;
	if (party->document != DOCUMENT_KIND_NONE) {
		g_autofree char *number =
			document_number_read(party->document, party->number, today, error);
		return number != NULL;
	}
	const char *reason = party->missing_reason;
	if (reason == NULL || *reason == '\0')
		return err_set(error, ERR_CODE_INCOMPLETE, "%s没有证件号码，也没有写明原因",
			party_role_name(party->role));
	if (!text_is_clean(reason, false) || g_utf8_strlen(reason, -1) > 100)
		return err_set(error, ERR_CODE_INVALID, "没有证件号码的原因太长或有不能用的字符");
	return true;
}
