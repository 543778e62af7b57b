#include "core/number.h"

#include <string.h>
#include "base/err.h"

bool case_number_is_hall(const char *hall)
{
	return strlen(hall) == 4 && strspn(hall, "0123456789") == 4;
}

bool case_number_is_window(const char *window)
{
	return strlen(window) == 2 && strspn(window, CODE_LETTERS) == 2;
}

bool case_number_compose(
	const struct case_number *parts, char ret_text[CASE_NUMBER_SIZE], GError **error)
{
	if (!case_number_is_hall(parts->hall))
		return err_set(error, ERR_CODE_INVALID, "大厅代码应是4位数字");
	if (!case_number_is_window(parts->window))
		return err_set(
			error, ERR_CODE_INVALID, "窗口代码应是2位数字或字母（不用 I O S V Z）");
	if (!civil_date_is_valid(parts->day) || parts->day.year / 100 != 20)
		return err_set(error, ERR_CODE_INVALID, "收件日期不对，编不出办件号");
	if (parts->number < 1 || parts->number > CASE_NUMBER_MOST)
		return err_set(error, ERR_CODE_INVALID, "办件序号应在1到%d之间", CASE_NUMBER_MOST);
	char body[40];
	g_snprintf(body, sizeof body, "%s%02d%02d%02d%s%04d", parts->hall, parts->day.year % 100,
		parts->day.month, parts->day.day, parts->window, parts->number);
	g_snprintf(ret_text, CASE_NUMBER_SIZE, "%.4s-%.6s-%.6s-%c", body, body + 4, body + 10,
		code_check_character(body, 16));
	return true;
}

bool case_number_parse(const char *text, struct case_number *ret_parts, GError **error)
{
	struct code_result code;
	if (!code_check(text, &code) || code.kind != CODE_KIND_CASE)
		return err_set(error, ERR_CODE_NUMBER_CHECK, "%s",
			code.kind == CODE_KIND_CASE ? code.reason : "这不是办件号");
	struct case_number parts;
	g_strlcpy(parts.hall, code.value, sizeof parts.hall);
	parts.day.year =
		2000 + (int)g_ascii_strtoll((char[]){code.value[5], code.value[6], 0}, NULL, 10);
	parts.day.month = (int)g_ascii_strtoll((char[]){code.value[7], code.value[8], 0}, NULL, 10);
	parts.day.day = (int)g_ascii_strtoll((char[]){code.value[9], code.value[10], 0}, NULL, 10);
	g_strlcpy(parts.window, code.value + 12, sizeof parts.window);
	parts.number = (int)g_ascii_strtoll(code.value + 14, NULL, 10);
	*ret_parts = parts;
	return true;
}

/* Takes the remainder by 31 off a big-endian number of bytes, leaving the quotient. */
static int take_letter(uint8_t *bytes, size_t size)
{
	int remainder = 0;
	for (size_t i = 0; i < size; i++) {
		int value = remainder * 256 + bytes[i];
		bytes[i] = (uint8_t)(value / 31);
		remainder = value % 31;
	}
	return remainder;
}

void label_compose(
	enum code_kind kind, const uint8_t random[LABEL_RANDOM_SIZE], char ret_text[LABEL_SIZE])
{
	g_assert(code_kind_letter(kind) != 0);
	uint8_t bytes[LABEL_RANDOM_SIZE];
	memcpy(bytes, random, sizeof bytes);
	ret_text[0] = code_kind_letter(kind);
	/* 128 bits over 12 letters: what 31 does not divide evenly is below 1 in 2^68. */
	for (int i = 1; i <= 12; i++)
		ret_text[i] = CODE_LETTERS[take_letter(bytes, sizeof bytes)];
	ret_text[13] = code_check_character(ret_text, 13);
	ret_text[14] = '\0';
}

static const char token_letters[] = "abcdefghijklmnopqrstuvwxyz234567";

void token_compose(const uint8_t random[TOKEN_RANDOM_SIZE], char ret_text[TOKEN_SIZE])
{
	unsigned held = 0;
	int bits = 0, length = 0;
	for (int i = 0; i < TOKEN_RANDOM_SIZE; i++) {
		held = (held << 8 | random[i]) & 0xFFFF;
		for (bits += 8; bits >= 5; bits -= 5)
			ret_text[length++] = token_letters[held >> (bits - 5) & 31];
	}
	ret_text[length++] = token_letters[held << (5 - bits) & 31];
	ret_text[length] = '\0';
}

bool token_is_valid(const char *text)
{
	return text != NULL && strlen(text) == TOKEN_SIZE - 1 &&
	       strspn(text, token_letters) == TOKEN_SIZE - 1;
}
