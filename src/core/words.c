#include "core/words.h"

#include "core/word_table.h"

static const struct word_row necessity_words[NECESSITY_COUNT] = {
	[NECESSITY_REQUIRED] = {"required", "必要"},
	[NECESSITY_DEFERRABLE] = {"deferrable", "可容缺"},
	[NECESSITY_DECLARABLE] = {"declarable", "可承诺"},
	[NECESSITY_OPTIONAL] = {"optional", "非必要"},
};
WORD_TABLE(necessity, necessity_words, NECESSITY_COUNT)

static const struct word_row nature_words[NATURE_COUNT] = {
	[NATURE_LICENCE] = {"licence", "行政许可"},
	[NATURE_REGISTRATION] = {"registration", "登记备案"},
	[NATURE_CONFIRMATION] = {"confirmation", "行政确认"},
	[NATURE_BENEFIT] = {"benefit", "行政给付"},
	[NATURE_LOOKUP] = {"lookup", "查询"},
	[NATURE_DOCUMENT] = {"document", "出具证明"},
	[NATURE_SERVICE] = {"service", "公共服务"},
};
WORD_TABLE(nature, nature_words, NATURE_COUNT)

static const struct word_row service_status_words[SERVICE_STATUS_COUNT] = {
	[SERVICE_STATUS_IN_FORCE] = {"in_force", "有效"},
	[SERVICE_STATUS_CHANGED] = {"changed", "已变更"},
	[SERVICE_STATUS_ABOLISHED] = {"abolished", "已取消"},
};
WORD_TABLE(service_status, service_status_words, SERVICE_STATUS_COUNT)

static const struct word_row limit_unit_words[LIMIT_UNIT_COUNT] = {
	[LIMIT_UNIT_WORKING_DAY] = {"working_day", "工作日"},
	[LIMIT_UNIT_CALENDAR_DAY] = {"calendar_day", "日"},
	[LIMIT_UNIT_MONTH] = {"month", "个月"},
	[LIMIT_UNIT_HOUR] = {"hour", "小时"},
};
WORD_TABLE(limit_unit, limit_unit_words, LIMIT_UNIT_COUNT)

static const struct word_row field_type_words[FIELD_TYPE_COUNT] = {
	[FIELD_TYPE_TEXT] = {"text", "文字"},
	[FIELD_TYPE_CHOICE] = {"choice", "选择"},
	[FIELD_TYPE_DATE] = {"date", "日期"},
	[FIELD_TYPE_NUMBER] = {"number", "数字"},
};
WORD_TABLE(field_type, field_type_words, FIELD_TYPE_COUNT)

static const struct word_row field_validator_words[FIELD_VALIDATOR_COUNT] = {
	[FIELD_VALIDATOR_TEXT] = {"text", "文字"},
	[FIELD_VALIDATOR_NAME] = {"name", "姓名或名称"},
	[FIELD_VALIDATOR_IDENTITY] = {"identity", "公民身份号码"},
	[FIELD_VALIDATOR_CREDIT] = {"credit", "统一社会信用代码"},
	[FIELD_VALIDATOR_DOCUMENT] = {"document", "证件号码"},
	[FIELD_VALIDATOR_PHONE] = {"phone", "电话号码"},
	[FIELD_VALIDATOR_POSTCODE] = {"postcode", "邮政编码"},
	[FIELD_VALIDATOR_EMAIL] = {"email", "电子邮箱"},
	[FIELD_VALIDATOR_DATE] = {"date", "日期"},
	[FIELD_VALIDATOR_INTEGER] = {"integer", "整数"},
	[FIELD_VALIDATOR_DECIMAL] = {"decimal", "数字"},
	[FIELD_VALIDATOR_CHOICE] = {"choice", "选项"},
};
WORD_TABLE(field_validator, field_validator_words, FIELD_VALIDATOR_COUNT)

static const struct word_row result_kind_words[RESULT_KIND_COUNT] = {
	[RESULT_KIND_CERTIFICATE] = {"certificate", "证照"},
	[RESULT_KIND_DOCUMENT] = {"document", "文书"},
	[RESULT_KIND_NONE] = {"none", "无"},
};
WORD_TABLE(result_kind, result_kind_words, RESULT_KIND_COUNT)

const char *words_of_no_items(void)
{
	return "来源只印了这件事的名称，没有列出事项，只供参考，不能收件";
}
