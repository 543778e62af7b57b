/* Statuses, steps and ways in words. */
#include <string.h>

#include "desk/private.h"

struct status_words {
	const char *word;
	const char *name;
	const char *mark;
};

static const struct status_words statuses[MATERIAL_STATUS_COUNT] = {
	[MATERIAL_STATUS_MISSING] = {"missing", "缺", "○"},
	[MATERIAL_STATUS_RECEIVED] = {"received", "齐", "√"},
	[MATERIAL_STATUS_UNFIT] = {"unfit", "不符", "×"},
	[MATERIAL_STATUS_DEFERRED] = {"deferred", "容缺", "△"},
	[MATERIAL_STATUS_DECLARED] = {"declared", "承诺", "▽"},
	[MATERIAL_STATUS_WAIVED] = {"waived", "免交", "◇"},
	[MATERIAL_STATUS_REUSED] = {"reused", "复用", "◎"},
};

const char *material_status_word(enum material_status status)
{
	return (unsigned)status < MATERIAL_STATUS_COUNT ? statuses[status].word : "";
}

const char *material_status_name(enum material_status status)
{
	return (unsigned)status < MATERIAL_STATUS_COUNT ? statuses[status].name : "";
}

const char *material_status_mark(enum material_status status)
{
	return (unsigned)status < MATERIAL_STATUS_COUNT ? statuses[status].mark : "";
}

enum material_status material_status_from_word(const char *word)
{
	for (int i = 0; word != NULL && i < MATERIAL_STATUS_COUNT; i++)
		if (strcmp(statuses[i].word, word) == 0)
			return (enum material_status)i;
	return MATERIAL_STATUS_COUNT;
}

static const char *const step_words[CASE_STEP_COUNT][2] = {
	[CASE_STEP_GUIDE] = {"guide", "情形"},
	[CASE_STEP_NOTICE] = {"notice", "告知"},
	[CASE_STEP_FORM] = {"form", "表单"},
	[CASE_STEP_MATERIAL] = {"material", "材料"},
	[CASE_STEP_CHECK] = {"check", "审查"},
	[CASE_STEP_INTAKE] = {"intake", "收件"},
};

const char *case_step_word(enum case_step step)
{
	return (unsigned)step < CASE_STEP_COUNT ? step_words[step][0] : "";
}

const char *case_step_name(enum case_step step)
{
	return (unsigned)step < CASE_STEP_COUNT ? step_words[step][1] : "";
}

enum case_step case_step_from_word(const char *word)
{
	for (int i = 0; word != NULL && i < CASE_STEP_COUNT; i++)
		if (strcmp(step_words[i][0], word) == 0)
			return (enum case_step)i;
	return CASE_STEP_COUNT;
}

struct pair {
	const char *word;
	const char *name;
};

static const char *pair_name(const struct pair *pairs, size_t count, const char *word)
{
	for (size_t i = 0; word != NULL && i < count; i++)
		if (strcmp(pairs[i].word, word) == 0)
			return pairs[i].name;
	return "";
}

const char *delivery_way_name(const char *way)
{
	static const struct pair ways[] = {
		{"window", "窗口领取"},
		{"post", "邮寄"},
		{"electronic", "电子送达"},
		{"self", "自助打印"},
	};
	return pair_name(ways, G_N_ELEMENTS(ways), way);
}

const char *material_how_name(const char *how)
{
	static const struct pair hows[] = {
		{"paper", "纸质"},
		{"scan", "扫描"},
		{"certificate", "电子证照"},
		{"reuse", "复用"},
		{"promise", "容缺后补"},
		{"declaration", "告知承诺"},
	};
	return pair_name(hows, G_N_ELEMENTS(hows), how);
}

const char *paper_kind_name(const char *kind)
{
	static const struct pair kinds[] = {
		{"notice", "一次性告知单"},
		{"receipt", "收件回执"},
		{"correction", "补正告知书"},
		{"promise", "容缺承诺书"},
		{"refusal", "不予受理通知书"},
		{"certificate", "证照"},
		{"delivery", "送达回证"},
		{"guide", "办事指南"},
		{"test", "测试页"},
	};
	const char *name = pair_name(kinds, G_N_ELEMENTS(kinds), kind);
	return *name != '\0' ? name : kind;
}

const char *authority_words(const char *authority)
{
	static const struct pair authorities[] = {
		{"window", "窗口"},
		{"department", "部门"},
		{"applicant", "申请人"},
		{"bureau", "数据局"},
		{"law", "法定"},
	};
	return pair_name(authorities, G_N_ELEMENTS(authorities), authority);
}
