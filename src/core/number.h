/*
 * The house's own numbers (DESIGN section 6): the case number HHHH-YYMMDD-WWNNNN-C and labels. Who
 * may draw a number, and that it is drawn once, is the desk's business; here it is only composed
 * and taken apart. Random bytes are handed in.
 */
#ifndef CORE_NUMBER_H
#define CORE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>
#include "core/code.h"
#include "core/date.h"

#define CASE_NUMBER_SIZE 21 /* "0703-261120-3A0037-4" and its final zero */
#define CASE_NUMBER_MOST 9999
#define CASE_NUMBER_DEMO_HALL "0000"

struct case_number {
	char hall[5];	       /* four digits; 0000 demo and practice */
	struct civil_date day; /* of the intake, 2000 to 2099 */
	char window[3];	       /* two of CODE_LETTERS */
	int number;	       /* 1 to CASE_NUMBER_MOST, of the window and day */
};

/* ERR_CODE_INVALID when a part is out of its range. */
bool case_number_compose(
	const struct case_number *parts, char ret_text[CASE_NUMBER_SIZE], GError **error);

/* Accepts what code_check accepts. ERR_CODE_NUMBER_CHECK when the text is no valid case number. */
bool case_number_parse(const char *text, struct case_number *ret_parts, GError **error);

/* Whether a window's code is two of CODE_LETTERS, a hall's four digits. */
bool case_number_is_window(const char *window);
bool case_number_is_hall(const char *hall);

#define LABEL_SIZE 15	     /* kind letter, 12 characters, check, final zero */
#define LABEL_RANDOM_SIZE 16 /* random bytes a label takes */

/* A label of one of the five label kinds; any other kind aborts. */
void label_compose(
	enum code_kind kind, const uint8_t random[LABEL_RANDOM_SIZE], char ret_text[LABEL_SIZE]);

#define TOKEN_RANDOM_SIZE 16
#define TOKEN_SIZE 27 /* 26 characters and the final zero */

/* The token of the applicant's page: 128 bits in lower-case base32 (RFC 4648, unpadded). */
void token_compose(const uint8_t random[TOKEN_RANDOM_SIZE], char ret_text[TOKEN_SIZE]);
bool token_is_valid(const char *text);

#endif
