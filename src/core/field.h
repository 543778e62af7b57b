/*
 * Is what was typed into a form right? One sentence names the field and the mend (SCREENS rule 6).
 */
#ifndef CORE_FIELD_H
#define CORE_FIELD_H

#include <stdbool.h>
#include <glib.h>
#include "core/date.h"
#include "core/theme.h"

/* Longest value where a field does not say (field.most 0). */
#define FIELD_MOST 200

/*
 * The value in its one form (blanks at both ends off, full-width digits and letters of numbers in
 * half width, identity numbers and codes in upper case without blanks, phones without separators):
 * g_free, or NULL with a sentence. An empty value is "" and right: whether it may stay empty is
 * asked of field_check_required. `today` refuses births to come. Errors: ERR_CODE_INVALID,
 * ERR_CODE_IDENTITY_CHECK, ERR_CODE_CREDIT_CHECK.
 *
 * What the validators take: name 1 or more letters with · and blanks inside, no digits only; phone
 * a mobile number of 11 digits, a fixed one with area code (0 and 10 to 11 digits in all, perhaps
 * an extension behind - or 转), 400/800 and 5 to 6 digit service numbers, or + and 7 to 15 digits;
 * postcode 6 digits; email one @ and a dot behind it; date YYYY-MM-DD (also with / or . or 年月日,
 * read into that form); integer and decimal without sign or with a leading -; choice one of the
 * options; document any identity document's number.
 */
char *field_read(
	const struct field *field, const char *value, struct civil_date today, GError **error);

/* False with ERR_CODE_INCOMPLETE, naming the field, when a required value is empty. */
bool field_check_required(
	const struct field *field, const char *value, bool required, GError **error);

#endif
