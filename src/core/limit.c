#include "core/limit.h"

#include <string.h>
#include "core/limit_walk.h"
#include "core/words.h"

#define HOUR_MS ((int64_t)60 * 60 * 1000)

struct exclusion_words {
	const char *word;
	const char *name;
};

static const struct exclusion_words exclusions[LIMIT_EXCLUSION_COUNT] = {
	[LIMIT_EXCLUSION_HEARING] = {"hearing", "听证"},
	[LIMIT_EXCLUSION_TENDER] = {"tender", "招标"},
	[LIMIT_EXCLUSION_AUCTION] = {"auction", "拍卖"},
	[LIMIT_EXCLUSION_INSPECTION] = {"inspection", "检验"},
	[LIMIT_EXCLUSION_TESTING] = {"testing", "检测"},
	[LIMIT_EXCLUSION_QUARANTINE] = {"quarantine", "检疫"},
	[LIMIT_EXCLUSION_APPRAISAL] = {"appraisal", "鉴定"},
	[LIMIT_EXCLUSION_EXPERT_REVIEW] = {"expert_review", "专家评审"},
	[LIMIT_EXCLUSION_CORRECTION] = {"correction", "申请人补正"},
	[LIMIT_EXCLUSION_PREDECESSOR] = {"predecessor", "等待前置事项"},
	[LIMIT_EXCLUSION_OTHER] = {"other", "其他法定事由"},
};

const char *limit_exclusion_word(enum limit_exclusion exclusion)
{
	return (unsigned)exclusion < LIMIT_EXCLUSION_COUNT ? exclusions[exclusion].word : "";
}

const char *limit_exclusion_name(enum limit_exclusion exclusion)
{
	return (unsigned)exclusion < LIMIT_EXCLUSION_COUNT ? exclusions[exclusion].name : "";
}

enum limit_exclusion limit_exclusion_from_name(const char *text)
{
	for (int i = 0; text != NULL && i < LIMIT_EXCLUSION_COUNT; i++)
		if (strcmp(exclusions[i].word, text) == 0 || strcmp(exclusions[i].name, text) == 0)
			return (enum limit_exclusion)i;
	return LIMIT_EXCLUSION_COUNT;
}

bool limit_exclusion_is_article_45(enum limit_exclusion exclusion)
{
	return exclusion <= LIMIT_EXCLUSION_EXPERT_REVIEW;
}

/* ---- computing ---- */

static struct limit_due due_on(struct limit_due due, struct civil_date date)
{
	due.kind = LIMIT_DUE_DATE;
	due.date = date;
	due.ms = civil_date_end_ms(date);
	return due;
}

/* Hours run through nights and days off; pauses add their length to the millisecond. */
static struct limit_due due_in_hours(const struct limit_input *input, struct limit_due due)
{
	int64_t end = input->start_ms + due.number * HOUR_MS;
	int64_t counted_from = input->start_ms;
	for (size_t i = 0; i < input->pause_count; i++) {
		const struct limit_pause *pause = &input->pauses[i];
		int64_t from = MAX(pause->from_ms, counted_from);
		if (from > end)
			break;
		if (pause->to_ms == 0) {
			due.kind = LIMIT_DUE_PAUSED;
			return due;
		}
		if (pause->to_ms <= from)
			continue;
		end += pause->to_ms - from;
		counted_from = pause->to_ms;
	}
	due.kind = LIMIT_DUE_HOUR;
	due.ms = end;
	due.date = civil_date_of_ms(end);
	return due;
}

struct limit_due limit_compute(const struct limit_input *input, const struct calendar *calendar)
{
	struct limit_due due = {.kind = LIMIT_DUE_NONE};
	if (!input->rule.present || input->start_ms == 0)
		return due;
	due.start = civil_date_of_ms(input->start_ms);
	due.number = input->rule.number + input->extension;
	due.unit = input->rule.unit;
	if (due.unit == LIMIT_UNIT_HOUR)
		return due_in_hours(input, due);
	struct limit_walk walk = limit_walk_begin(input, calendar);
	while (limit_walk_next(&walk))
		;
	switch (walk.end) {
	case LIMIT_WALK_DUE:
		return due_on(due, walk.day.date);
	case LIMIT_WALK_PAUSED:
		due.kind = LIMIT_DUE_PAUSED;
		return due;
	default:
		due.kind = LIMIT_DUE_OPEN;
		return due;
	}
}

char *limit_due_text(const struct limit_due *due)
{
	switch (due->kind) {
	case LIMIT_DUE_DATE:
		return civil_date_dup_text(due->date);
	case LIMIT_DUE_HOUR:
		return civil_time_dup_text(due->ms);
	case LIMIT_DUE_PAUSED:
		return g_strdup("中止中");
	case LIMIT_DUE_OPEN: {
		char start[CIVIL_DATE_TEXT_SIZE];
		civil_date_to_text(due->start, start);
		return g_strdup_printf(
			"自%s起%d%s，日期待定", start, due->number, limit_unit_name(due->unit));
	}
	default:
		return g_strdup("");
	}
}

/* ---- how it stands ---- */

static enum limit_light look_at_hours(const struct limit_due *due, int64_t now_ms, char **ret_words)
{
	int64_t left = due->ms - now_ms;
	int64_t hours = ABS(left) / HOUR_MS;
	const char *sign = left < 0 ? "超" : "剩";
	*ret_words = hours == 0 ? g_strdup_printf("%s不足1小时", sign)
				: g_strdup_printf("%s%d小时", sign, (int)hours);
	if (left < 0)
		return LIMIT_LIGHT_OVERDUE;
	return left <= 4 * HOUR_MS ? LIMIT_LIGHT_SOON : LIMIT_LIGHT_CALM;
}

/* Days between today and the due day in the limit's own days; false beyond the calendar. */
static bool days_left(const struct limit_due *due, const struct calendar *calendar,
	struct civil_date today, int *ret_days)
{
	if (due->unit == LIMIT_UNIT_WORKING_DAY)
		return calendar_between(calendar, today, due->date, ret_days, NULL);
	*ret_days = civil_date_difference(today, due->date);
	return true;
}

static enum limit_light look_at_days(const struct limit_due *due, const struct calendar *calendar,
	int64_t now_ms, char **ret_words)
{
	struct civil_date today = civil_date_of_ms(now_ms);
	const char *unit = due->unit == LIMIT_UNIT_WORKING_DAY ? "工作日" : "日";
	int order = civil_date_compare(due->date, today);
	int days;
	if (order == 0) {
		*ret_words = g_strdup("今天到期");
		return LIMIT_LIGHT_TODAY;
	}
	if (!days_left(due, calendar, today, &days)) {
		*ret_words = g_strdup(order < 0 ? "已超期" : "日期待定");
		return order < 0 ? LIMIT_LIGHT_OVERDUE : LIMIT_LIGHT_CALM;
	}
	if (order < 0) {
		*ret_words =
			days == 0 ? g_strdup("已超期") : g_strdup_printf("超%d%s", -days, unit);
		return LIMIT_LIGHT_OVERDUE;
	}
	*ret_words = g_strdup_printf("剩%d%s", days, unit);
	return days <= LIMIT_SOON ? LIMIT_LIGHT_SOON : LIMIT_LIGHT_CALM;
}

enum limit_light limit_look(const struct limit_due *due, const struct calendar *calendar,
	int64_t now_ms, char **ret_words)
{
	switch (due->kind) {
	case LIMIT_DUE_DATE:
		return look_at_days(due, calendar, now_ms, ret_words);
	case LIMIT_DUE_HOUR:
		return look_at_hours(due, now_ms, ret_words);
	case LIMIT_DUE_PAUSED:
		*ret_words = g_strdup("中止中");
		return LIMIT_LIGHT_NONE;
	case LIMIT_DUE_OPEN:
		*ret_words = g_strdup("日期待定");
		return LIMIT_LIGHT_CALM;
	default:
		*ret_words = g_strdup("");
		return LIMIT_LIGHT_NONE;
	}
}

/* ---- the law's own limits ---- */

bool limit_statutory(enum nature nature, bool joint, int *ret_number, int *ret_extension)
{
	bool licence = nature == NATURE_LICENCE;
	*ret_number = !licence ? 0 : joint ? 45 : 20;
	*ret_extension = !licence ? 0 : joint ? 15 : 10;
	return licence;
}

/* The fewest and the most calendar days a limit can take, for comparing unlike units. */
static void span_of(const struct limit_rule *rule, double *ret_least, double *ret_most)
{
	switch (rule->unit) {
	case LIMIT_UNIT_WORKING_DAY:
		*ret_least = rule->number;
		*ret_most = rule->number * 7.0 / 5.0 + 9;
		break;
	case LIMIT_UNIT_MONTH:
		*ret_least = rule->number * 28.0;
		*ret_most = rule->number * 31.0;
		break;
	case LIMIT_UNIT_HOUR:
		*ret_least = *ret_most = rule->number / 24.0;
		break;
	default:
		*ret_least = *ret_most = rule->number;
		break;
	}
}

bool limit_promise_fits(const struct limit_rule *promised, const struct limit_rule *statutory)
{
	if (!promised->present || !statutory->present)
		return true;
	if (promised->unit == statutory->unit)
		return promised->number <= statutory->number;
	double promised_least, promised_most, statutory_least, statutory_most;
	span_of(promised, &promised_least, &promised_most);
	span_of(statutory, &statutory_least, &statutory_most);
	return promised_least <= statutory_most;
}
