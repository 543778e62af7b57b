/*
 * Who takes part in a case (R16, R44) and by what document: roles, kinds of documents, reasons for
 * having no number, and what a number of each kind must look like.
 */
#ifndef CORE_PARTY_H
#define CORE_PARTY_H

#include <stdbool.h>
#include <glib.h>
#include "core/date.h"

enum party_role {
	PARTY_ROLE_APPLICANT, /* 申请人 */
	PARTY_ROLE_SUBJECT,   /* 当事对象: whom it is about, a newborn or a deceased */
	PARTY_ROLE_AGENT,     /* 代理人 */
	PARTY_ROLE_GUARDIAN,  /* 监护人 */
	PARTY_ROLE_FIRM,      /* 企业 */
	PARTY_ROLE_COUNT,
};

/* "applicant" and 申请人, static; from_name takes either, _COUNT when it is neither or NULL. */
const char *party_role_word(enum party_role role);
const char *party_role_name(enum party_role role);
enum party_role party_role_from_name(const char *text);

enum document_kind {
	DOCUMENT_KIND_NONE,	       /* no number; needs a reason */
	DOCUMENT_KIND_IDENTITY,	       /* 居民身份证, GB 11643 */
	DOCUMENT_KIND_CREDIT,	       /* 统一社会信用代码, GB 32100 */
	DOCUMENT_KIND_PASSPORT,	       /* 护照 */
	DOCUMENT_KIND_HK_MACAO_PERMIT, /* 港澳居民来往内地通行证 */
	DOCUMENT_KIND_TAIWAN_PERMIT,   /* 台湾居民来往大陆通行证 */
	DOCUMENT_KIND_FOREIGNER,       /* 外国人永久居留身份证 */
	DOCUMENT_KIND_RESIDENCE,       /* 港澳台居民居住证 */
	DOCUMENT_KIND_BIRTH,	       /* 出生医学证明 */
	DOCUMENT_KIND_HOUSEHOLD,       /* 户口簿 */
	DOCUMENT_KIND_OFFICER,	       /* 军官证 */
	DOCUMENT_KIND_OTHER,	       /* 其他 */
	DOCUMENT_KIND_COUNT,
};

/* "hk_macao_permit" and 港澳居民来往内地通行证, static; from_name takes either. */
const char *document_kind_word(enum document_kind kind);
const char *document_kind_name(enum document_kind kind);
enum document_kind document_kind_from_name(const char *text);

enum missing_number {
	MISSING_NUMBER_NEWBORN,	 /* 新生儿尚无证件 */
	MISSING_NUMBER_FOUNDING, /* 企业尚未设立 */
	MISSING_NUMBER_DECEASED, /* 已故人员证件已缴销 */
	MISSING_NUMBER_LOST,	 /* 证件遗失补办中 */
	MISSING_NUMBER_OTHER,	 /* 其他原因, told in words */
	MISSING_NUMBER_COUNT,
};
const char *missing_number_word(enum missing_number reason);
const char *missing_number_name(enum missing_number reason);
enum missing_number missing_number_from_name(const char *text);

/*
 * The number of a document brought into its one form (upper case, half width, no blanks): g_free,
 * or NULL with ERR_CODE_IDENTITY_CHECK, ERR_CODE_CREDIT_CHECK or ERR_CODE_INVALID. `today` refuses
 * births after it. The kinds:
 * identity and residence 18 digits with check (identity also 15, of the old card); foreigner 18
 * digits beginning with 9, or 3 letters and 12 digits of the older card; credit 18; passport 5 to
 * 17 letters and digits; Hong Kong and Macao permit H or M and 8 digits (10 on older ones); Taiwan
 * permit 8 digits (older ones 10, with an optional letter behind); birth certificate a letter and 9
 * digits; the rest 1 to 40 characters of clean text.
 */
char *document_number_read(
	enum document_kind kind, const char *number, struct civil_date today, GError **error);

/* Birth date that a number of this kind tells; false when it tells none. number as read above. */
bool document_birth(enum document_kind kind, const char *number, struct civil_date *ret_birth);

/* Under 14: acted for by a guardian (个人信息保护法 art. 31, R44). */
#define PARTY_GUARDIAN_AGE 14
bool party_needs_guardian(enum document_kind kind, const char *number, struct civil_date today);

/*
 * A party as a whole: name present and clean, number valid or a reason given (words of the enum or
 * the clerk's own), an applicant's agent and guardian natural persons, a firm with a credit code.
 * ERR_CODE_INVALID, ERR_CODE_INCOMPLETE or what document_number_read sets.
 */
struct party_facts {
	enum party_role role;
	const char *name;
	enum document_kind document;
	const char *number;
	const char *missing_reason;
};
bool party_check(const struct party_facts *party, struct civil_date today, GError **error);

#endif
