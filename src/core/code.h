/*
 * Numbers with a check character: the citizen identity number (GB 11643), the unified social credit
 * code (GB 32100), the house's case number and labels (DESIGN section 6). A code is recognised by
 * its shape alone; nothing is looked up.
 */
#ifndef CORE_CODE_H
#define CORE_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include "core/date.h"

enum code_kind {
	CODE_KIND_UNKNOWN,
	CODE_KIND_IDENTITY, /* 公民身份号码 */
	CODE_KIND_CREDIT,   /* 统一社会信用代码 */
	CODE_KIND_CASE,	    /* 办件号 */
	CODE_KIND_MATERIAL, /* label M: 材料标签 */
	CODE_KIND_TICKET,   /* label T: 排队号 */
	CODE_KIND_RESULT,   /* label R: 结果标签 */
	CODE_KIND_NOTICE,   /* label N: 告知单 */
	CODE_KIND_USER,	    /* label U: 人员卡 */
	CODE_KIND_COUNT,
};

/* "identity", "case" … as the JSON output says, and 公民身份号码 …; static. */
const char *code_kind_word(enum code_kind kind);
const char *code_kind_name(enum code_kind kind);
enum code_kind code_kind_from_word(const char *word); /* _COUNT: not one of them */

/* The letter a label of this kind begins with; 0 for the other kinds. */
char code_kind_letter(enum code_kind kind);

#define CODE_MOST 40

struct code_result {
	enum code_kind kind;
	bool valid;
	char value[CODE_MOST + 1]; /* the code in its one form; "" when the text is none */
	char reason[160]; /* why not valid, one sentence without its final stop; "" valid */
};

/*
 * What a text is. Letters in any case, full-width characters, blanks and hyphens from scanners and
 * typing are tolerated; the value is in upper case, half width and without them, a case number with
 * its three hyphens. Births run from 1800-01-01 to `today`; areas are checked by province, since
 * older numbers carry areas that no list holds any more; a number beginning with 9 is that of a
 * foreigner's permanent residence card, its province in the next two digits. The old 15 digits
 * without a check are an identity number. The right check character is never told: it would invite
 * making numbers fit. Returns ret_result->valid. text may be NULL.
 */
bool code_check_on(const char *text, struct civil_date today, struct code_result *ret_result);

/* The same where no clock is at hand: births to the end of dates. */
bool code_check(const char *text, struct code_result *ret_result);

/* Birth date in a valid identity number of 15 or 18 characters; false for anything else. */
bool code_identity_birth(const char *value, struct civil_date *ret_birth);

/* True for the one province-level area code (11 … 65, 71, 81 to 83). */
bool code_is_province(int code);

/* The 31 digits and letters of GB 32100 in order (no I O S V Z); value of one, -1 for others. */
#define CODE_LETTERS "0123456789ABCDEFGHJKLMNPQRTUWXY"
int code_letter_value(char letter);

/*
 * Check character over body by GB 32100's weights (powers of 3 modulo 31): used by credit codes,
 * case numbers and labels alike; finds every changed character and every transposition of
 * neighbours. 0 when body has a character that is none of the 31.
 */
char code_check_character(const char *body, size_t length);

/* Check character of 17 digits by GB 11643 (ISO 7064 MOD 11-2): '0' to '9' or 'X'; 0 for others. */
char code_identity_character(const char *digits);

#endif
