#include "core/field.h"

#include <string.h>
#include "base/err.h"
#include "base/text.h"
#include "core/code.h"

/* Blanks at both ends off, the ideographic space among them. */
static char *stripped(const char *value)
{
	const char *end = value + strlen(value);
	while (*value != '\0' && g_unichar_isspace(g_utf8_get_char(value)))
		value = g_utf8_next_char(value);
	while (end > value && g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(end))))
		end = g_utf8_prev_char(end);
	return g_strndup(value, (gsize)(end - value));
}

/* Half width where a full-width twin exists. */
static char *half_width(const char *value)
{
	GString *out = g_string_new(NULL);
	for (const char *p = value; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		c = c == 0x3000 ? ' ' : c;
		g_string_append_unichar(out, c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c);
	}
	return g_string_free(out, FALSE);
}

/* What stays of a value when all of `drop` is left out. */
static char *without(const char *value, const char *drop)
{
	GString *out = g_string_new(NULL);
	for (const char *p = value; *p != '\0'; p++)
		if (strchr(drop, *p) == NULL)
			g_string_append_c(out, *p);
	return g_string_free(out, FALSE);
}

static bool all_digits(const char *text)
{
	return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

static char *wrong(const struct field *field, const char *mend, GError **error)
{
	g_autofree char *sentence = g_strdup_printf("“%s”填得不对", field->label);
	err_set_next(error, ERR_CODE_INVALID, sentence, mend);
	return NULL;
}

/* ---- one reader a validator: takes a clean, half-width, stripped value that is not empty ---- */

typedef char *(*reader)(
	const struct field *field, const char *value, struct civil_date today, GError **error);

static char *read_text(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	return g_strdup(value);
}

static char *read_name(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	bool letter = false;
	for (const char *p = value; *p != '\0'; p = g_utf8_next_char(p))
		letter = letter || g_unichar_isalpha(g_utf8_get_char(p));
	return letter ? g_strdup(value) : wrong(field, "请填写证件或执照上的姓名或名称", error);
}

static char *read_code(const struct field *field, const char *value, struct civil_date today,
	enum code_kind kind, GError **error)
{
	struct code_result code;
	if (code_check_on(value, today, &code) && code.kind == kind)
		return g_strdup(code.value);
	g_autofree char *sentence =
		code.kind == kind
			? g_strdup_printf("“%s”不对，%s", field->label, code.reason)
			: g_strdup_printf("“%s”不是%s", field->label, code_kind_name(kind));
	err_set(error, kind == CODE_KIND_CREDIT ? ERR_CODE_CREDIT_CHECK : ERR_CODE_IDENTITY_CHECK,
		"%s", sentence);
	return NULL;
}

static char *read_identity(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	return read_code(field, value, today, CODE_KIND_IDENTITY, error);
}

static char *read_credit(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	return read_code(field, value, today, CODE_KIND_CREDIT, error);
}

/* Any document's number; one that looks like an identity number must be a right one. */
static char *read_document(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	struct code_result code;
	code_check_on(value, today, &code);
	if (code.kind == CODE_KIND_IDENTITY || code.kind == CODE_KIND_CREDIT)
		return read_code(field, value, today, code.kind, error);
	g_autofree char *number = without(value, " ");
	for (const char *p = number; *p != '\0'; p++)
		if (!g_ascii_isalnum(*p) && strchr("-()/", *p) == NULL && (guchar)*p < 128)
			return wrong(field, "证件号码只用字母、数字，请对照证件重新输入", error);
	return g_utf8_strup(number, -1);
}

static bool is_mobile(const char *phone)
{
	return strlen(phone) == 11 && all_digits(phone) && phone[0] == '1' && phone[1] >= '3';
}

/* Fixed numbers: area code and all 10 to 12 digits; then perhaps an extension of 1 to 6 digits. */
static bool is_fixed(const char *phone)
{
	size_t digits = strspn(phone, "0123456789");
	const char *rest = phone + digits;
	if (phone[0] != '0' || digits < 10 || digits > 12)
		return false;
	return *rest == '\0' || (*rest == '-' && strlen(rest) <= 7 && all_digits(rest + 1));
}

static bool is_service(const char *phone)
{
	size_t length = strlen(phone);
	bool national =
		length == 10 && (g_str_has_prefix(phone, "400") || g_str_has_prefix(phone, "800"));
	bool brief = (length == 5 || length == 6) && (phone[0] == '1' || phone[0] == '9');
	bool local = (length == 7 || length == 8) && phone[0] >= '2';
	return all_digits(phone) && (national || brief || local);
}

static bool is_foreign(const char *phone)
{
	size_t length = strlen(phone);
	return phone[0] == '+' && length >= 8 && length <= 16 && all_digits(phone + 1);
}

/* "0750-3331234-12", "(0750) 3331234 转12": separators off, the extension behind a hyphen. */
static char *fold_phone(const char *value)
{
	g_autoptr(GString) text = g_string_new(value);
	g_string_replace(text, "转", "x", 0);
	g_string_replace(text, "分机", "x", 0);
	g_auto(GStrv) parts = g_strsplit(text->str, "x", 2);
	g_autofree char *number = without(parts[0], " ()");
	char *first = strchr(number, '-');
	char *last = strrchr(number, '-');
	bool extended = parts[1] != NULL;
	g_autofree char *extension = extended ? without(parts[1], " -") : NULL;
	if (!extended && number[0] == '0' && first != NULL && first != last) {
		extension = g_strdup(last + 1);
		*last = '\0';
	}
	g_autofree char *plain = without(number, "-");
	return extension == NULL ? g_steal_pointer(&plain)
				 : g_strdup_printf("%s-%s", plain, extension);
}

static char *read_phone(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	static const char *const prefixes[] = {"+86", "0086", "86"};
	g_autofree char *phone = fold_phone(value);
	for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_str_has_prefix(phone, prefixes[i]) && is_mobile(phone + strlen(prefixes[i])))
			return g_strdup(phone + strlen(prefixes[i]));
	if (is_mobile(phone) || is_fixed(phone) || is_service(phone) || is_foreign(phone))
		return g_steal_pointer(&phone);
	return wrong(field, "请填11位手机号，或带区号的座机号", error);
}

static char *read_postcode(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	if (strlen(value) != 6 || !all_digits(value))
		return wrong(field, "邮政编码是6位数字", error);
	return g_strdup(value);
}

static bool is_email(const char *value)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
		".!#$%&'*+/=?^_`{|}~-";
	const char *at = strchr(value, '@');
	if (at == NULL || at == value || strchr(at + 1, '@') != NULL)
		return false;
	const char *dot = strrchr(at, '.');
	if (dot == NULL || dot == at + 1 || dot[1] == '\0' || strstr(value, "..") != NULL)
		return false;
	size_t local = strspn(value, letters);
	return value + local == at && strspn(at + 1, letters) == strlen(at + 1);
}

static char *read_email(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	if (!is_email(value))
		return wrong(field, "请按 name@example.cn 的样子填写", error);
	return g_strdup(value);
}

/* 2026/1/2, 2026.1.2, 2026年1月2日 and 20260102 into 2026-01-02. */
static char *fold_date(const char *value)
{
	if (strlen(value) == 8 && all_digits(value))
		return g_strdup_printf("%.4s-%.2s-%.2s", value, value + 4, value + 6);
	g_autoptr(GString) text = g_string_new(value);
	g_string_replace(text, "年", "-", 0);
	g_string_replace(text, "月", "-", 0);
	g_string_replace(text, "日", "", 0);
	g_strdelimit(text->str, "/.", '-');
	g_auto(GStrv) parts = g_strsplit(text->str, "-", 4);
	if (g_strv_length(parts) != 3)
		return g_strdup(value);
	for (int i = 0; i < 3; i++)
		if (!all_digits(parts[i]) || strlen(parts[i]) > (i == 0 ? 4 : 2))
			return g_strdup(value);
	return g_strdup_printf("%s-%s%s-%s%s", parts[0], strlen(parts[1]) < 2 ? "0" : "", parts[1],
		strlen(parts[2]) < 2 ? "0" : "", parts[2]);
}

static char *read_date(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	struct civil_date date;
	g_autofree char *text = fold_date(value);
	if (!civil_date_from_text(text, &date))
		return wrong(field, "请填存在的日期，如 2026-01-31", error);
	return g_steal_pointer(&text);
}

/* Digits with at most `places` behind one point; a leading minus. */
static bool is_number(const char *value, bool point)
{
	const char *p = *value == '-' ? value + 1 : value;
	size_t whole = strspn(p, "0123456789");
	if (whole == 0 || whole > 15)
		return false;
	p += whole;
	if (point && *p == '.')
		return all_digits(p + 1) && strlen(p + 1) <= 6;
	return *p == '\0';
}

static char *read_integer(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	return is_number(value, false) ? g_strdup(value)
				       : wrong(field, "请填整数，不带单位", error);
}

static char *read_decimal(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	return is_number(value, true) ? g_strdup(value)
				      : wrong(field, "请填数字，不带单位，小数不超过6位", error);
}

static char *read_choice(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	if (field->options != NULL && g_strv_contains((const char *const *)field->options, value))
		return g_strdup(value);
	g_autofree char *options =
		field->options == NULL ? g_strdup("") : g_strjoinv("、", field->options);
	g_autofree char *mend = g_strdup_printf("请从这些里面选一个：%s", options);
	return wrong(field, mend, error);
}

static const reader readers[FIELD_VALIDATOR_COUNT] = {
	[FIELD_VALIDATOR_TEXT] = read_text,
	[FIELD_VALIDATOR_NAME] = read_name,
	[FIELD_VALIDATOR_IDENTITY] = read_identity,
	[FIELD_VALIDATOR_CREDIT] = read_credit,
	[FIELD_VALIDATOR_DOCUMENT] = read_document,
	[FIELD_VALIDATOR_PHONE] = read_phone,
	[FIELD_VALIDATOR_POSTCODE] = read_postcode,
	[FIELD_VALIDATOR_EMAIL] = read_email,
	[FIELD_VALIDATOR_DATE] = read_date,
	[FIELD_VALIDATOR_INTEGER] = read_integer,
	[FIELD_VALIDATOR_DECIMAL] = read_decimal,
	[FIELD_VALIDATOR_CHOICE] = read_choice,
};

/* Texts and options are kept as written: their punctuation is Chinese. */
static bool keeps_width(enum field_validator validator)
{
	return validator == FIELD_VALIDATOR_TEXT || validator == FIELD_VALIDATOR_NAME ||
	       validator == FIELD_VALIDATOR_CHOICE;
}

char *field_read(
	const struct field *field, const char *value, struct civil_date today, GError **error)
{
	if (value == NULL)
		return g_strdup("");
	if (!text_is_clean(value, false))
		return wrong(field, "里面有看不见或不能用的字符，请删去后重新输入", error);
	g_autofree char *strip = stripped(value);
	g_autofree char *plain =
		keeps_width(field->validator) ? g_steal_pointer(&strip) : half_width(strip);
	int most = field->most > 0 ? field->most : FIELD_MOST;
	if (g_utf8_strlen(plain, -1) > most) {
		g_autofree char *mend = g_strdup_printf("最多%d个字，请缩短", most);
		return wrong(field, mend, error);
	}
	if (*plain == '\0')
		return g_steal_pointer(&plain);
	return readers[field->validator](field, plain, today, error);
}

bool field_check_required(
	const struct field *field, const char *value, bool required, GError **error)
{
	g_autofree char *plain =
		value != NULL && g_utf8_validate(value, -1, NULL) ? stripped(value) : NULL;
	if (!required || (plain != NULL && *plain != '\0'))
		return true;
	g_autofree char *sentence = g_strdup_printf("“%s”没有填", field->label);
	return err_set_next(error, ERR_CODE_INCOMPLETE, sentence, "这一项必填，请补上");
}
