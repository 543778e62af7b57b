#include "catalog/sheet_table.h"

#include <string.h>

#include "core/words.h"

#define SOURCE .part = SHEET_PART_SOURCE
#define GUIDE .part = SHEET_PART_GUIDE
#define NEEDED .needed = true
#define WORDS(kind_, COUNT)                                                                        \
	.kind = CELL_WORD, .name = (word_of *)kind_##_name, .word = (word_of *)kind_##_word,       \
	.count = (COUNT)
#define OWNER(heading_, other_)                                                                    \
	{                                                                                          \
		heading_, NULL, CELL_OWNER, NEEDED, .other = other_                                \
	}
#define SHOWN(heading_, member_, other_)                                                           \
	{                                                                                          \
		heading_, member_, CELL_SHOWN, .other = other_                                     \
	}

static const struct sheet_column list_columns[] = {
	{"清单编号", "id", CELL_NAME, SOURCE, NEEDED},
	{"标题", "title", CELL_TEXT, SOURCE, NEEDED},
	{"发布机关", "issuer", CELL_TEXT, SOURCE, NEEDED},
	{"文号", "doc_no", CELL_TEXT, SOURCE},
	{"日期", "date", CELL_DATE, SOURCE},
	{NULL},
};

static const struct sheet_column theme_columns[] = {
	{"主题编号", "no", CELL_THEME, SOURCE, NEEDED},
	{"主题名称", "name", CELL_TEXT, SOURCE, NEEDED},
	{"更正名称", "display", CELL_TEXT, GUIDE},
	{"牵头部门", "lead", CELL_TEXT, SOURCE},
	{"配合部门", "cooperating", CELL_TEXT, SOURCE},
	{"办结时限", "due", CELL_TEXT, SOURCE},
	{"办理地点", "place", CELL_TEXT, SOURCE},
	{"备注", "note", CELL_TEXT, SOURCE},
	{"来源", "source", CELL_TEXT, SOURCE},
	{"办理条件", "conditions", CELL_TEXTS, GUIDE},
	{"联办时限", "joint", CELL_LIMIT, GUIDE},
	{"联办时限依据", "joint", CELL_LIMIT_BASIS, GUIDE},
	{NULL},
};

static const struct sheet_column item_columns[] = {
	OWNER("主题编号", SHEET_THEME),
	SHOWN("主题名称（对照）", NULL, SHEET_THEME),
	{"事项序号", "index", CELL_LABEL, GUIDE},
	{"事项名称", "name", CELL_TEXT, SOURCE, NEEDED},
	{"部门", "dept", CELL_TEXT, SOURCE, NEEDED},
	{"层级", "level", CELL_TEXT, SOURCE},
	{"备注", "note", CELL_TEXT, SOURCE},
	{"二选一组", "choice", CELL_CODE, SOURCE},
	{"服务代码", "service", CELL_CODE, GUIDE, NEEDED},
	SHOWN("服务名称（对照）", "service", SHEET_SERVICE),
	{"适用情形", "when", CELL_CONDITION, GUIDE},
	{"前置事项", "after", CELL_ROWS, GUIDE},
	{"并行办理", "parallel", CELL_FLAG, GUIDE},
	{"不收件的原因", "not_offered", CELL_TEXT, GUIDE},
	{"基本编码", "basic_code", CELL_TEXT, GUIDE},
	{NULL},
};

static const struct sheet_column question_columns[] = {
	OWNER("主题编号", SHEET_THEME),
	{"问题代码", "id", CELL_NAME, GUIDE, NEEDED},
	{"问题", "text", CELL_TEXT, GUIDE, NEEDED},
	{"提示", "hint", CELL_TEXT, GUIDE},
	{"依据", "basis", CELL_BASIS, GUIDE, NEEDED},
	{"何时才问", "when", CELL_CONDITION, GUIDE},
	{NULL},
};

static const struct sheet_column option_columns[] = {
	OWNER("主题编号", SHEET_THEME),
	OWNER("问题代码", SHEET_QUESTION),
	SHOWN("问题（对照）", NULL, SHEET_QUESTION),
	{"选项代码", "id", CELL_NAME, GUIDE, NEEDED},
	{"选项", "text", CELL_TEXT, GUIDE, NEEDED},
	{"提示", "hint", CELL_TEXT, GUIDE},
	{"不能办理的原因", "blocks", CELL_TEXT, GUIDE},
	{"怎样才能办理", "remedy", CELL_TEXT, GUIDE},
	{NULL},
};

static const struct sheet_column exclusion_columns[] = {
	OWNER("主题编号", SHEET_THEME),
	{"互斥的事项", "items", CELL_ROWS, GUIDE, NEEDED},
	{"理由", "reason", CELL_TEXT, GUIDE, NEEDED},
	{NULL},
};

static const struct sheet_column service_columns[] = {
	{"服务代码", "code", CELL_CODE, SOURCE, NEEDED},
	{"服务名称", "name", CELL_TEXT, SOURCE, NEEDED},
	{"性质", "nature", SOURCE, NEEDED, WORDS(nature, NATURE_COUNT)},
	{"状态", "status", SOURCE, NEEDED, WORDS(service_status, SERVICE_STATUS_COUNT)},
	{"状态依据", "status_basis", CELL_TEXT, SOURCE},
	{"核对日期", "as_of", CELL_DATE, SOURCE, NEEDED},
	{"依据", "basis", CELL_BASIS, SOURCE, NEEDED},
	{"办理条件", "conditions", CELL_TEXTS, SOURCE},
	{"法定时限", "statutory", CELL_LIMIT, SOURCE},
	{"法定时限依据", "statutory", CELL_LIMIT_BASIS, SOURCE},
	{"承诺时限", "promised", CELL_LIMIT, SOURCE},
	{"承诺时限依据", "promised", CELL_LIMIT_BASIS, SOURCE},
	{"收费", "fee", CELL_TEXT, SOURCE},
	{"收费依据", "fee_basis", CELL_BASIS, SOURCE},
	{"结果名称", "result", CELL_TEXT, SOURCE},
	{"结果类型", "result_kind", SOURCE, NEEDED, WORDS(result_kind, RESULT_KIND_COUNT)},
	{"审查要点", "review_points", CELL_TEXTS, SOURCE},
	{"不要材料的原因", "no_materials", CELL_TEXT, SOURCE},
	{NULL},
};

static const struct sheet_column service_material_columns[] = {
	OWNER("服务代码", SHEET_SERVICE),
	SHOWN("服务名称（对照）", NULL, SHEET_SERVICE),
	{"材料代码", "material", CELL_CODE, SOURCE, NEEDED},
	SHOWN("材料名称（对照）", "material", SHEET_MATERIAL),
	{"必要性", "necessity", SOURCE, NEEDED, WORDS(necessity, NECESSITY_COUNT)},
	{"原件份数", "originals", CELL_INTEGER, SOURCE},
	{"复印件份数", "copies", CELL_INTEGER, SOURCE},
	{"影像", "image", CELL_FLAG, SOURCE},
	{"适用情形", "when", CELL_CONDITION, SOURCE},
	{"审查要点", "review_points", CELL_TEXTS, SOURCE},
	{"原件留存部门", "original_holder", CELL_CODE, SOURCE},
	{"依据", "basis", CELL_BASIS, SOURCE},
	{NULL},
};

static const struct sheet_column service_field_columns[] = {
	OWNER("服务代码", SHEET_SERVICE),
	SHOWN("服务名称（对照）", NULL, SHEET_SERVICE),
	{"字段代码", "field", CELL_NAME, SOURCE, NEEDED},
	SHOWN("字段名称（对照）", "field", SHEET_FIELD),
	{"必填", "required", CELL_FLAG, SOURCE},
	{"适用情形", "when", CELL_CONDITION, SOURCE},
	{NULL},
};

static const struct sheet_column material_columns[] = {
	{"材料代码", "code", CELL_CODE, SOURCE, NEEDED},
	{"材料名称", "name", CELL_TEXT, SOURCE, NEEDED},
	{"出具单位", "issuer", CELL_TEXT, SOURCE},
	{"可替代的电子证照", "certificate", CELL_TEXT, SOURCE},
	{"审查要点", "review_points", CELL_TEXTS, SOURCE},
	{"依据", "basis", CELL_BASIS, SOURCE, NEEDED},
	{"备注", "note", CELL_TEXT, SOURCE},
	{NULL},
};

static const struct sheet_column field_columns[] = {
	{"字段代码", "key", CELL_NAME, SOURCE, NEEDED},
	{"字段名称", "label", CELL_TEXT, SOURCE, NEEDED},
	{"类型", "type", SOURCE, NEEDED, WORDS(field_type, FIELD_TYPE_COUNT)},
	{"校验", "validator", SOURCE, NEEDED, WORDS(field_validator, FIELD_VALIDATOR_COUNT)},
	{"可选项", "options", CELL_TEXTS, SOURCE},
	{"提示", "hint", CELL_TEXT, SOURCE},
	{"最多字数", "most", CELL_INTEGER, SOURCE, NEEDED},
	{NULL},
};

static const struct sheet_column department_columns[] = {
	{"部门代码", "code", CELL_CODE, SOURCE, NEEDED},
	{"部门名称", "name", CELL_TEXT, SOURCE, NEEDED},
	{NULL},
};

static const struct sheet_column route_columns[] = {
	{"清单编号", "list", CELL_NAME, SOURCE},
	{"印着的部门", "printed", CELL_TEXT, SOURCE, NEEDED},
	{"层级", "level", CELL_TEXT, SOURCE},
	{"部门代码", "department", CELL_CODE, SOURCE, NEEDED},
	SHOWN("部门名称（对照）", "department", SHEET_DEPARTMENT),
	{NULL},
};

#define BOTH                                                                                       \
	{                                                                                          \
		true, true                                                                         \
	}
#define ONLY_SOURCE                                                                                \
	{                                                                                          \
		true, false                                                                        \
	}
#define ONLY_GUIDE                                                                                 \
	{                                                                                          \
		false, true                                                                        \
	}
const struct sheet sheets[SHEET_COUNT] = {
	[SHEET_LIST] = {"清单.csv", "list", SHEET_COUNT, BOTH, "id", "title", list_columns},
	[SHEET_THEME] = {"主题.csv", "themes", SHEET_LIST, BOTH, NULL, "name", theme_columns},
	[SHEET_ITEM] = {"事项.csv", "items", SHEET_THEME, BOTH, NULL, "name", item_columns},
	[SHEET_QUESTION] = {"问卷.csv", "questions", SHEET_THEME, ONLY_GUIDE, "id", "text",
		question_columns},
	[SHEET_OPTION] = {"选项.csv", "options", SHEET_QUESTION, ONLY_GUIDE, "id", "text",
		option_columns},
	[SHEET_EXCLUSION] = {"互斥.csv", "exclusions", SHEET_THEME, ONLY_GUIDE, NULL, NULL,
		exclusion_columns},
	[SHEET_SERVICE] = {"服务.csv", "services", SHEET_COUNT, ONLY_SOURCE, "code", "name",
		service_columns},
	[SHEET_SERVICE_MATERIAL] = {"服务材料.csv", "materials", SHEET_SERVICE, ONLY_SOURCE, NULL,
		NULL, service_material_columns},
	[SHEET_SERVICE_FIELD] = {"服务字段.csv", "fields", SHEET_SERVICE, ONLY_SOURCE, NULL, NULL,
		service_field_columns},
	[SHEET_MATERIAL] = {"材料.csv", "materials", SHEET_COUNT, ONLY_SOURCE, "code", "name",
		material_columns},
	[SHEET_FIELD] = {"字段.csv", "fields", SHEET_COUNT, ONLY_SOURCE, "key", "label",
		field_columns},
	[SHEET_DEPARTMENT] = {"部门.csv", "departments", SHEET_COUNT, ONLY_SOURCE, "code", "name",
		department_columns},
	[SHEET_ROUTE] = {"路由.csv", "routes", SHEET_COUNT, ONLY_SOURCE, NULL, NULL, route_columns},
};

int sheet_column_of(enum sheet_id id, const char *member)
{
	const struct sheet_column *columns = sheets[id].columns;
	for (int i = 0; columns[i].heading != NULL; i++)
		if (columns[i].kind != CELL_SHOWN && g_strcmp0(columns[i].member, member) == 0)
			return i;
	return -1;
}

enum sheet_id sheet_of_file(const char *file)
{
	enum sheet_id id = 0;
	while (id < SHEET_COUNT && strcmp(sheets[id].file, file) != 0)
		id++;
	return id;
}
