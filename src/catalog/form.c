/* Forms of the codes a catalogue may hold. */
#include <string.h>

#include "catalog/reader.h"

/* Letter, hyphen, then upper-case letters and digits in groups joined by single hyphens. */
static bool is_code(const char *text, char letter)
{
	size_t size = strlen(text);
	if (size < 3 || size > 60 || text[0] != letter || text[1] != '-')
		return false;
	for (const char *p = text + 2; *p != '\0'; p++) {
		bool joined = *p == '-' && p[-1] != '-' && p[1] != '\0';
		if (!g_ascii_isupper(*p) && !g_ascii_isdigit(*p) && !joined)
			return false;
	}
	return true;
}

/* A lower-case letter, then lower-case letters, digits and the characters of `more`. */
static bool is_lower_name(const char *text, const char *more)
{
	if (!g_ascii_islower(text[0]) || strlen(text) > 60)
		return false;
	for (const char *p = text; *p != '\0'; p++)
		if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && strchr(more, *p) == NULL)
			return false;
	return true;
}

bool form_list_id(const char *text)
{
	return is_lower_name(text, "-");
}

bool form_service_code(const char *text)
{
	return is_code(text, 'S');
}

bool form_material_code(const char *text)
{
	return is_code(text, 'M');
}

bool form_department_code(const char *text)
{
	return is_code(text, 'D');
}

bool form_field_key(const char *text)
{
	return is_lower_name(text, "._") && strstr(text, "..") == NULL &&
	       !g_str_has_suffix(text, ".");
}

bool form_local_id(const char *text)
{
	return is_lower_name(text, "-_");
}

bool form_date(const char *text)
{
	int year = 0, month = 0, day = 0;
	for (size_t i = 0; i < 10; i++) {
		bool hyphen = i == 4 || i == 7;
		if (hyphen ? text[i] != '-' : !g_ascii_isdigit(text[i]))
			return false;
	}
	if (text[10] != '\0')
		return false;
	year = atoi(text);
	month = atoi(text + 5);
	day = atoi(text + 8);
	return g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

bool form_letter(const char *text)
{
	return g_ascii_isupper(text[0]) && text[1] == '\0';
}

bool form_audience(const char *text)
{
	return strcmp(text, "企业") == 0 || strcmp(text, "个人") == 0;
}
