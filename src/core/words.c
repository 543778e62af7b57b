#include "core/words.h"

#include <string.h>

struct words {
	const char *name;
	const char *word;
};

static int find(const struct words *rows, int count, const char *text)
{
	for (int i = 0; text != NULL && i < count; i++)
		if (strcmp(rows[i].name, text) == 0 || strcmp(rows[i].word, text) == 0)
			return i;
	return count;
}

static const struct words *row(const struct words *rows, int count, int value)
{
	static const struct words unknown = {"", ""};
	return value >= 0 && value < count ? &rows[value] : &unknown;
}

/* The three functions of one enum over its table. */
#define WORDS(kind, COUNT)                                                                         \
	const char *kind##_name(enum kind value)                                                   \
	{                                                                                          \
		return row(kind##_words, COUNT, (int)value)->name;                                 \
	}                                                                                          \
	const char *kind##_word(enum kind value)                                                   \
	{                                                                                          \
		return row(kind##_words, COUNT, (int)value)->word;                                 \
	}                                                                                          \
	enum kind kind##_from_name(const char *text)                                               \
	{                                                                                          \
		return (enum kind)find(kind##_words, COUNT, text);                                 \
	}

static const struct words necessity_words[NECESSITY_COUNT] = {
	[NECESSITY_REQUIRED] = {"必要", "required"},
	[NECESSITY_DEFERRABLE] = {"可容缺", "deferrable"},
	[NECESSITY_DECLARABLE] = {"可承诺", "declarable"},
	[NECESSITY_OPTIONAL] = {"非必要", "optional"},
};
WORDS(necessity, NECESSITY_COUNT)

static const struct words nature_words[NATURE_COUNT] = {
	[NATURE_LICENCE] = {"行政许可", "licence"},
	[NATURE_REGISTRATION] = {"登记备案", "registration"},
	[NATURE_CONFIRMATION] = {"行政确认", "confirmation"},
	[NATURE_BENEFIT] = {"行政给付", "benefit"},
	[NATURE_LOOKUP] = {"查询", "lookup"},
	[NATURE_DOCUMENT] = {"出具证明", "document"},
	[NATURE_SERVICE] = {"公共服务", "service"},
};
WORDS(nature, NATURE_COUNT)

static const struct words service_status_words[SERVICE_STATUS_COUNT] = {
	[SERVICE_STATUS_IN_FORCE] = {"有效", "in_force"},
	[SERVICE_STATUS_CHANGED] = {"已变更", "changed"},
	[SERVICE_STATUS_ABOLISHED] = {"已取消", "abolished"},
};
WORDS(service_status, SERVICE_STATUS_COUNT)

static const struct words limit_unit_words[LIMIT_UNIT_COUNT] = {
	[LIMIT_UNIT_WORKING_DAY] = {"工作日", "working_day"},
	[LIMIT_UNIT_CALENDAR_DAY] = {"日", "calendar_day"},
	[LIMIT_UNIT_MONTH] = {"个月", "month"},
	[LIMIT_UNIT_HOUR] = {"小时", "hour"},
};
WORDS(limit_unit, LIMIT_UNIT_COUNT)

static const struct words field_type_words[FIELD_TYPE_COUNT] = {
	[FIELD_TYPE_TEXT] = {"文字", "text"},
	[FIELD_TYPE_CHOICE] = {"选择", "choice"},
	[FIELD_TYPE_DATE] = {"日期", "date"},
	[FIELD_TYPE_NUMBER] = {"数字", "number"},
};
WORDS(field_type, FIELD_TYPE_COUNT)

static const struct words field_validator_words[FIELD_VALIDATOR_COUNT] = {
	[FIELD_VALIDATOR_TEXT] = {"文字", "text"},
	[FIELD_VALIDATOR_NAME] = {"姓名或名称", "name"},
	[FIELD_VALIDATOR_IDENTITY] = {"公民身份号码", "identity"},
	[FIELD_VALIDATOR_CREDIT] = {"统一社会信用代码", "credit"},
	[FIELD_VALIDATOR_DOCUMENT] = {"证件号码", "document"},
	[FIELD_VALIDATOR_PHONE] = {"电话号码", "phone"},
	[FIELD_VALIDATOR_POSTCODE] = {"邮政编码", "postcode"},
	[FIELD_VALIDATOR_EMAIL] = {"电子邮箱", "email"},
	[FIELD_VALIDATOR_DATE] = {"日期", "date"},
	[FIELD_VALIDATOR_INTEGER] = {"整数", "integer"},
	[FIELD_VALIDATOR_DECIMAL] = {"数字", "decimal"},
	[FIELD_VALIDATOR_CHOICE] = {"选项", "choice"},
};
WORDS(field_validator, FIELD_VALIDATOR_COUNT)

static const struct words result_kind_words[RESULT_KIND_COUNT] = {
	[RESULT_KIND_CERTIFICATE] = {"证照", "certificate"},
	[RESULT_KIND_DOCUMENT] = {"文书", "document"},
	[RESULT_KIND_NONE] = {"无", "none"},
};
WORDS(result_kind, RESULT_KIND_COUNT)
