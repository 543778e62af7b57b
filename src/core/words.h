/*
 * The enums of core/theme.h in words: the name a clerk reads (必要) and the word the JSON documents
 * use ("required", see data/README.md). Names and words are static; from_name takes either of the
 * two and gives …_COUNT when it is neither (or NULL).
 */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include "core/theme.h"

/* 必要 可容缺 可承诺 非必要; required deferrable declarable optional. */
const char *necessity_name(enum necessity necessity);
const char *necessity_word(enum necessity necessity);
enum necessity necessity_from_name(const char *text);

/* 行政许可 登记备案 行政确认 行政给付 查询 出具证明 公共服务; licence registration … */
const char *nature_name(enum nature nature);
const char *nature_word(enum nature nature);
enum nature nature_from_name(const char *text);

/* 有效 已变更 已取消; in_force changed abolished. */
const char *service_status_name(enum service_status status);
const char *service_status_word(enum service_status status);
enum service_status service_status_from_name(const char *text);

/* 工作日 日 个月 小时; working_day calendar_day month hour. Read after a number: 5工作日, 2个月. */
const char *limit_unit_name(enum limit_unit unit);
const char *limit_unit_word(enum limit_unit unit);
enum limit_unit limit_unit_from_name(const char *text);

/* 文字 选择 日期 数字; text choice date number. */
const char *field_type_name(enum field_type type);
const char *field_type_word(enum field_type type);
enum field_type field_type_from_name(const char *text);

/* 文字 姓名或名称 …; text name identity credit document phone postcode email date integer … */
const char *field_validator_name(enum field_validator validator);
const char *field_validator_word(enum field_validator validator);
enum field_validator field_validator_from_name(const char *text);

/* 证照 文书 无; certificate document none. */
const char *result_kind_name(enum result_kind kind);
const char *result_kind_word(enum result_kind kind);
enum result_kind result_kind_from_name(const char *text);

/* What is said of a theme whose source prints no items: why it cannot be taken in. */
const char *words_of_no_items(void);

#endif
