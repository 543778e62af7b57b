/*
 * When is it due, and why (rows 47–50, D20–D23): a limit is a rule (core/theme.h), a start, pauses
 * and an extension; the due date is computed from them whenever it is asked for, by one function
 * for every screen and slip. Counting begins on the day after the start; due is the end of the last
 * day.
 */
#ifndef CORE_LIMIT_H
#define CORE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <glib.h>
#include "core/calendar.h"
#include "core/theme.h"

/* Why time does not count. The first eight are those of 行政许可法 art. 45; a survey on site is
 * not. */
enum limit_exclusion {
	LIMIT_EXCLUSION_HEARING,       /* 听证 */
	LIMIT_EXCLUSION_TENDER,	       /* 招标 */
	LIMIT_EXCLUSION_AUCTION,       /* 拍卖 */
	LIMIT_EXCLUSION_INSPECTION,    /* 检验 */
	LIMIT_EXCLUSION_TESTING,       /* 检测 */
	LIMIT_EXCLUSION_QUARANTINE,    /* 检疫 */
	LIMIT_EXCLUSION_APPRAISAL,     /* 鉴定 */
	LIMIT_EXCLUSION_EXPERT_REVIEW, /* 专家评审 */
	LIMIT_EXCLUSION_CORRECTION,    /* 申请人补正: waiting for the applicant */
	LIMIT_EXCLUSION_PREDECESSOR,   /* 等待前置事项 */
	LIMIT_EXCLUSION_OTHER,	       /* 其他法定事由: the act names its basis */
	LIMIT_EXCLUSION_COUNT,
};

/* "hearing" and 听证, static; from_name takes either, _COUNT when it is neither or NULL. */
const char *limit_exclusion_word(enum limit_exclusion exclusion);
const char *limit_exclusion_name(enum limit_exclusion exclusion);
enum limit_exclusion limit_exclusion_from_name(const char *text);

/* True for the eight of art. 45, whose length the applicant is told in writing. */
bool limit_exclusion_is_article_45(enum limit_exclusion exclusion);

/* An interval that does not count. It adds its real length: the days after `from` up to `to`. */
struct limit_pause {
	int64_t from_ms;
	int64_t to_ms; /* 0: not resumed yet */
	enum limit_exclusion exclusion;
};

struct limit_input {
	struct limit_rule rule;		  /* borrowed; promised, statutory or joint */
	int64_t start_ms;		  /* the acceptance (R25) */
	const struct limit_pause *pauses; /* in order of time; may be NULL */
	size_t pause_count;
	int extension; /* approved, in the rule's unit */
};

enum limit_due_kind {
	LIMIT_DUE_NONE,	  /* no rule, or it has not started */
	LIMIT_DUE_DATE,	  /* due at the end of `date` */
	LIMIT_DUE_HOUR,	  /* due at `ms`; only for limits in hours */
	LIMIT_DUE_PAUSED, /* suspended: no date until resumed */
	LIMIT_DUE_OPEN,	  /* beyond the calendar's data: settled when data comes */
};

struct limit_due {
	enum limit_due_kind kind;
	struct civil_date date; /* of DATE and HOUR */
	int64_t ms;		/* last millisecond that is in time, of DATE and HOUR */
	struct civil_date start;
	int number;	      /* of the rule with its extension */
	enum limit_unit unit; /* of the rule */
};

/*
 * Never fails. start_ms 0 is NONE. Number 0 in working days (即办) is due on the day of the start.
 * A pause that begins after the limit has run out changes nothing. When a month has no such day,
 * its last day stands. Working days alone look at the calendar.
 */
struct limit_due limit_compute(const struct limit_input *input, const struct calendar *calendar);

/* The due date in words, g_free: 2026-12-18, 2026-12-18 16:00, 自2026-12-25起30工作日，日期待定,
 * 中止中, "". */
char *limit_due_text(const struct limit_due *due);

enum limit_light {
	LIMIT_LIGHT_NONE, /* nothing is running */
	LIMIT_LIGHT_CALM,
	LIMIT_LIGHT_SOON,  /* at most LIMIT_SOON days, or 4 hours, left */
	LIMIT_LIGHT_TODAY, /* the last day */
	LIMIT_LIGHT_OVERDUE,
};
#define LIMIT_SOON 2

/* How it stands at now_ms; the words (g_free) are 剩2工作日, 今天到期, 超1工作日, 剩3小时,
 * 日期待定, 中止中, "". */
enum limit_light limit_look(const struct limit_due *due, const struct calendar *calendar,
	int64_t now_ms, char **ret_words);

/*
 * Day by day why it is due then (row 50): char* lines for screen and slip, from the start to the
 * due day; days off and paused days stand in one line each run. Ends with the due date, or says
 * that the calendar ends, and until when it goes. Owned by the array.
 */
GPtrArray *limit_ledger(const struct limit_input *input, const struct calendar *calendar);

/*
 * 行政许可法 art. 42: a licence is decided within 20 working days of acceptance, 45 where several
 * departments handle it jointly; 10 and 15 more with approval, the reasons told. Other natures name
 * their own basis: *ret_number and *ret_extension are 0 and false is returned.
 */
bool limit_statutory(enum nature nature, bool joint, int *ret_number, int *ret_extension);

/* False when the promise is surely longer than the statutory limit (row 63), units weighed. */
bool limit_promise_fits(const struct limit_rule *promised, const struct limit_rule *statutory);

#endif
