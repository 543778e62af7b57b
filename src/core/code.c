#include "core/code.h"

#include <string.h>
#include <glib.h>

struct kind_row {
	const char *word;
	const char *name;
	char letter;
};

static const struct kind_row kinds[CODE_KIND_COUNT] = {
	[CODE_KIND_UNKNOWN] = {"unknown", "未知编号", 0},
	[CODE_KIND_IDENTITY] = {"identity", "公民身份号码", 0},
	[CODE_KIND_CREDIT] = {"credit", "统一社会信用代码", 0},
	[CODE_KIND_CASE] = {"case", "办件号", 0},
	[CODE_KIND_MATERIAL] = {"material", "材料标签", 'M'},
	[CODE_KIND_TICKET] = {"ticket", "排队号", 'T'},
	[CODE_KIND_RESULT] = {"result", "结果标签", 'R'},
	[CODE_KIND_NOTICE] = {"notice", "告知单号", 'N'},
	[CODE_KIND_USER] = {"user", "人员卡号", 'U'},
};

const char *code_kind_word(enum code_kind kind)
{
	return (unsigned)kind < CODE_KIND_COUNT ? kinds[kind].word : "";
}

const char *code_kind_name(enum code_kind kind)
{
	return (unsigned)kind < CODE_KIND_COUNT ? kinds[kind].name : "";
}

enum code_kind code_kind_from_word(const char *word)
{
	for (int i = 0; word != NULL && i < CODE_KIND_COUNT; i++)
		if (strcmp(kinds[i].word, word) == 0)
			return (enum code_kind)i;
	return CODE_KIND_COUNT;
}

char code_kind_letter(enum code_kind kind)
{
	return (unsigned)kind < CODE_KIND_COUNT ? kinds[kind].letter : 0;
}

/* ---- check characters ---- */

int code_letter_value(char letter)
{
	const char *found = letter == '\0' ? NULL : strchr(CODE_LETTERS, letter);
	return found == NULL ? -1 : (int)(found - CODE_LETTERS);
}

char code_check_character(const char *body, size_t length)
{
	int sum = 0, weight = 1;
	for (size_t i = 0; i < length; i++) {
		int value = code_letter_value(body[i]);
		if (value < 0)
			return 0;
		sum = (sum + value * weight) % 31;
		weight = weight * 3 % 31;
	}
	return CODE_LETTERS[(31 - sum) % 31];
}

char code_identity_character(const char *digits)
{
	int remainder = 0;
	for (int i = 0; i < 17; i++) {
		if (!g_ascii_isdigit(digits[i]))
			return 0;
		remainder = (remainder + (digits[i] - '0')) * 2 % 11;
	}
	return "10X98765432"[remainder];
}

/* Check digit of an organisation code (GB 11714), which stands inside a credit code at 9 to 17. */
static bool organisation_fits(const char *code)
{
	static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;
	for (int i = 0; i < 8; i++)
		sum += weights[i] * (g_ascii_isdigit(code[i]) ? code[i] - '0' : code[i] - 'A' + 10);
	return "0X987654321"[sum % 11] == code[8];
}

bool code_is_province(int code)
{
	static const signed char last[] = {[1] = 5, [2] = 3, [3] = 7, [4] = 6, [5] = 4, [6] = 5};
	int region = code / 10, place = code % 10;
	if (region == 5 && place == 0)
		return true; /* 重庆 */
	if (region >= 1 && region <= 6)
		return place >= 1 && place <= last[region];
	return code == 71 || (code >= 81 && code <= 83);
}

/* ---- reading ---- */

/* A text brought to half width, upper case, without blanks and hyphens. */
struct compact {
	char text[CODE_MOST + 1];
	size_t length;
	bool strange; /* holds something else than letters and digits, or is too long */
	bool joined;  /* had hyphens in it */
};

static bool is_filler(gunichar c)
{
	return g_unichar_isspace(c) || c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ||
	       c == 0xFEFF;
}

static gunichar half_width(gunichar c)
{
	return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

static struct compact compact_of(const char *text)
{
	struct compact out = {.length = 0};
	if (text == NULL || !g_utf8_validate(text, -1, NULL)) {
		out.strange = true;
		return out;
	}
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = half_width(g_utf8_get_char(p));
		out.joined = out.joined || c == '-';
		if (is_filler(c))
			continue;
		if (c >= 128 || !g_ascii_isalnum((char)c) || out.length == CODE_MOST) {
			out.strange = true;
			return out;
		}
		out.text[out.length++] = g_ascii_toupper((char)c);
	}
	return out;
}

static size_t digits_at(const char *text, size_t most)
{
	size_t count = 0;
	while (count < most && g_ascii_isdigit(text[count]))
		count++;
	return count;
}

static int number_at(const char *text, int count)
{
	int value = 0;
	for (int i = 0; i < count; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

static bool refuse(struct code_result *result, enum code_kind kind, const char *reason)
{
	result->kind = kind;
	result->valid = false;
	g_strlcpy(result->reason, reason, sizeof result->reason);
	return false;
}

static bool accept(struct code_result *result, enum code_kind kind)
{
	result->kind = kind;
	result->valid = true;
	result->reason[0] = '\0';
	return true;
}

/* ---- identity numbers ---- */

/* The birth in the digits of an identity number, whether or not the day exists. */
static struct civil_date birth_in(const struct compact *code)
{
	const char *p = code->text + 6;
	if (code->length == 15)
		return (struct civil_date){
			1900 + number_at(p, 2), number_at(p + 2, 2), number_at(p + 4, 2)};
	return (struct civil_date){number_at(p, 4), number_at(p + 4, 2), number_at(p + 6, 2)};
}

static bool area_fits(const struct compact *code)
{
	if (code->length == 18 && code->text[0] == '9')
		return code_is_province(number_at(code->text + 1, 2));
	return code_is_province(number_at(code->text, 2));
}

static bool is_plausible_identity(const struct compact *code)
{
	return area_fits(code) && civil_date_is_valid(birth_in(code));
}

static bool check_identity(
	const struct compact *code, struct civil_date today, struct code_result *result)
{
	struct civil_date birth = birth_in(code);
	if (!area_fits(code))
		return refuse(result, CODE_KIND_IDENTITY,
			"身份证号开头的地区代码不对，请对照证件逐位核对");
	if (!civil_date_is_valid(birth))
		return refuse(result, CODE_KIND_IDENTITY,
			"身份证号里的出生日期不存在，请对照证件逐位核对");
	if (civil_date_compare(birth, today) > 0)
		return refuse(result, CODE_KIND_IDENTITY,
			"身份证号里的出生日期还没有到，请对照证件逐位核对");
	if (code->length == 18 && code_identity_character(code->text) != code->text[17])
		return refuse(result, CODE_KIND_IDENTITY, "身份证号校验码不对，请对照证件逐位核对");
	return accept(result, CODE_KIND_IDENTITY);
}

bool code_identity_birth(const char *value, struct civil_date *ret_birth)
{
	struct compact code = compact_of(value);
	bool old = code.length == 15 && digits_at(code.text, 15) == 15;
	bool now = code.length == 18 && digits_at(code.text, 17) == 17 &&
		   code_identity_character(code.text) == code.text[17];
	if (code.strange || (!old && !now) || !is_plausible_identity(&code))
		return false;
	*ret_birth = birth_in(&code);
	return true;
}

/* ---- credit codes ---- */

/* Registering authority, kind of body and six digits of area stand before the organisation code. */
static bool has_credit_head(const char *code)
{
	return strchr("123456789ANY", code[0]) != NULL && g_ascii_isdigit(code[1]) &&
	       digits_at(code + 2, 6) == 6;
}

static bool check_credit(const struct compact *code, struct code_result *result)
{
	if (strpbrk(code->text, "IOSVZ") != NULL)
		return refuse(result, CODE_KIND_CREDIT,
			"统一社会信用代码不使用字母 I、O、S、V、Z，请核对是否与数字 1、0、5、2 "
			"混淆");
	if (!has_credit_head(code->text))
		return refuse(result, CODE_KIND_CREDIT,
			"统一社会信用代码开头8位应是登记管理部门、类别和地区代码，请对照执照逐位核"
			"对");
	if (code_check_character(code->text, 17) != code->text[17])
		return refuse(
			result, CODE_KIND_CREDIT, "统一社会信用代码校验码不对，请对照执照逐位核对");
	return accept(result, CODE_KIND_CREDIT);
}

/*
 * Eighteen characters of which at most one is a letter may be an identity number with a slip in it.
 * As a credit code they must fit in every way, or one slip in thirty-one would pass for a valid
 * one.
 */
static bool fits_credit_in_every_way(const struct compact *code)
{
	const char *p = code->text;
	return has_credit_head(p) && strchr("1239", p[1]) != NULL &&
	       (code_is_province(number_at(p + 2, 2)) || strncmp(p + 2, "100000", 6) == 0) &&
	       organisation_fits(p + 8) && code_check_character(p, 17) == p[17];
}

static bool is_nearly_identity(const struct compact *code)
{
	int letters = 0;
	for (size_t i = 0; i < 18; i++)
		letters += g_ascii_isdigit(code->text[i]) ? 0 : 1;
	return letters <= (code->text[17] == 'X' ? 2 : 1);
}

static bool check_credit_strictly(const struct compact *code, struct code_result *result)
{
	if (!check_credit(code, result) || fits_credit_in_every_way(code))
		return result->valid;
	return refuse(result, CODE_KIND_CREDIT,
		"统一社会信用代码里的地区或组织机构代码不对，请对照执照逐位核对");
}

/* Both kinds of number may look like this; which it is meant to be shows in what it says. */
static bool check_digits(
	const struct compact *code, struct civil_date today, struct code_result *result)
{
	bool plausible = is_plausible_identity(code);
	if (plausible && check_identity(code, today, result))
		return true;
	if ((!plausible || code->text[0] == '9') && fits_credit_in_every_way(code))
		return accept(result, CODE_KIND_CREDIT);
	if (!plausible && code->text[0] == '9' && strchr("1239", code->text[1]) != NULL)
		return check_credit_strictly(code, result);
	return check_identity(code, today, result);
}

static bool check_eighteen(
	const struct compact *code, struct civil_date today, struct code_result *result)
{
	bool digits = digits_at(code->text, 17) == 17 &&
		      (g_ascii_isdigit(code->text[17]) || code->text[17] == 'X');
	if (digits)
		return check_digits(code, today, result);
	return is_nearly_identity(code) ? check_credit_strictly(code, result)
					: check_credit(code, result);
}

/* ---- case numbers and labels ---- */

static struct civil_date day_in(const struct compact *code)
{
	const char *p = code->text + 4;
	return (struct civil_date){
		2000 + number_at(p, 2), number_at(p + 2, 2), number_at(p + 4, 2)};
}

/* Seventeen bare digits without a date in them are rather an identity number that lost one. */
static bool has_case_shape(const struct compact *code)
{
	const char *p = code->text;
	return code->length == 17 && digits_at(p, 10) == 10 && digits_at(p + 12, 4) == 4 &&
	       (code->joined || digits_at(p, 17) < 17 || civil_date_is_valid(day_in(code)));
}

static void write_case_value(const struct compact *code, struct code_result *result)
{
	g_snprintf(result->value, sizeof result->value, "%.4s-%.6s-%.6s-%.1s", code->text,
		code->text + 4, code->text + 10, code->text + 16);
}

static bool check_case(const struct compact *code, struct code_result *result)
{
	const char *p = code->text;
	write_case_value(code, result);
	if (!civil_date_is_valid(day_in(code)))
		return refuse(result, CODE_KIND_CASE,
			"办件号里的收件日期不存在，请重新扫描，或照回执逐字输入");
	if (code_check_character(p, 16) != p[16])
		return refuse(
			result, CODE_KIND_CASE, "办件号校验位不对，请重新扫描，或照回执逐字输入");
	return accept(result, CODE_KIND_CASE);
}

static enum code_kind label_kind(char letter)
{
	for (int i = 0; i < CODE_KIND_COUNT; i++)
		if (kinds[i].letter != 0 && kinds[i].letter == letter)
			return (enum code_kind)i;
	return CODE_KIND_UNKNOWN;
}

static bool check_label(const struct compact *code, struct code_result *result)
{
	enum code_kind kind = label_kind(code->text[0]);
	if (code_check_character(code->text, 13) == code->text[13])
		return accept(result, kind);
	char reason[160];
	g_snprintf(reason, sizeof reason, "%s校验位不对，请重新扫描，或照标签逐字输入",
		kinds[kind].name);
	return refuse(result, kind, reason);
}

/* ---- the whole ---- */

static bool check_unknown(const struct compact *code, struct code_result *result)
{
	if (code->strange)
		return refuse(result, CODE_KIND_UNKNOWN, "编号里有不认识的字符，请重新扫描或输入");
	if (code->length == 0)
		return refuse(result, CODE_KIND_UNKNOWN, "没有内容，请扫描或输入编号");
	return refuse(result, CODE_KIND_UNKNOWN,
		"不认识这个编号，身份证号和统一社会信用代码是18位，办件号是17位，标签是14位，请核对"
		"位数");
}

bool code_check_on(const char *text, struct civil_date today, struct code_result *ret_result)
{
	struct compact code = compact_of(text);
	struct code_result result = {.kind = CODE_KIND_UNKNOWN};
	if (!code.strange)
		memcpy(result.value, code.text, sizeof result.value);
	if (code.strange)
		check_unknown(&code, &result);
	else if (code.length == 18)
		check_eighteen(&code, today, &result);
	else if (code.length == 15 && digits_at(code.text, 15) == 15)
		check_identity(&code, today, &result);
	else if (has_case_shape(&code))
		check_case(&code, &result);
	else if (code.length == 14 && label_kind(code.text[0]) != CODE_KIND_UNKNOWN)
		check_label(&code, &result);
	else
		check_unknown(&code, &result);
	*ret_result = result;
	return result.valid;
}

bool code_check(const char *text, struct code_result *ret_result)
{
	static const struct civil_date last = {CIVIL_DATE_LAST_YEAR, 12, 31};
	return code_check_on(text, last, ret_result);
}
