#include "catalog/layout.h"

#include "catalog/set.h"
#include "core/words.h"

#define MOST_INDEX 999

#define AT(struct_, member_) .offset = offsetof(struct struct_, member_)
#define TEXT(struct_, member_)                                                                     \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_TEXT, AT(struct_, member_)                         \
	}
#define TEXT_NEEDED(struct_, member_)                                                              \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_TEXT, AT(struct_, member_), .needed = true         \
	}
#define TEXTS(struct_, member_)                                                                    \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_TEXTS, AT(struct_, member_)                        \
	}
#define FLAG(struct_, member_)                                                                     \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_FLAG, AT(struct_, member_)                         \
	}
#define CONDITION(struct_, member_)                                                                \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_CONDITION, AT(struct_, member_)                    \
	}
#define LIMIT(struct_, member_)                                                                    \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_LIMIT, AT(struct_, member_)                        \
	}
#define INDEXES(struct_, member_)                                                                  \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_INTEGERS, AT(struct_, member_), .most = MOST_INDEX \
	}
#define OBJECTS(struct_, member_, shape_)                                                          \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_OBJECTS, AT(struct_, member_), .shape = &(shape_)  \
	}
#define WORD(struct_, member_, word_, count_)                                                      \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_WORD, AT(struct_, member_), .needed = true,        \
		.word = (word_of *)(word_), .count = (count_)                                      \
	}
#define CODE(struct_, member_, form_, words_)                                                      \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_TEXT, AT(struct_, member_), .needed = true,        \
		.form = (form_), .form_words = (words_)                                            \
	}
#define END                                                                                        \
	{                                                                                          \
		.key = NULL                                                                        \
	}

static const char service_form[] = " S-大写字母和数字（如 S-FOOD-LICENCE）";
static const char material_form[] = " M-大写字母和数字（如 M-ID-CARD）";
static const char department_form[] = " D-大写字母和数字（如 D-MARKET）";
static const char field_form[] = "小写字母、数字、点和下划线（如 applicant.name）";
static const char local_form[] = "小写字母、数字、-、_（如 cooks）";
static const char list_form[] = "小写字母、数字和 -（如 jiangmen-2020）";
static const char date_form[] = "年-月-日（如 2022-09-26）";

/* ---- lists ---- */

static const struct member theme_item_members[] = {
	TEXT_NEEDED(theme_item, name),
	TEXT(theme_item, dept),
	TEXT(theme_item, level),
	TEXT(theme_item, note),
	{.key = "choice",
		.kind = MEMBER_TEXT,
		AT(theme_item, choice),
		.nullable = true,
		.form = form_letter,
		.form_words = "一个大写字母，或 null"},
	END,
};
static const struct shape theme_item_shape = {sizeof(struct theme_item), theme_item_members,
	(GDestroyNotify)theme_item_free, "事项", NULL};

static const struct member theme_members[] = {
	{.key = "no",
		.kind = MEMBER_INTEGERS,
		AT(theme, numbers),
		.needed = true,
		.least = 1,
		.most = 1000000},
	{.key = "audience",
		.kind = MEMBER_TEXT,
		AT(theme, audience),
		.nullable = true,
		.form = form_audience,
		.form_words = "“企业”“个人”或 null"},
	TEXT_NEEDED(theme, name),
	TEXT(theme, lead),
	TEXT(theme, note),
	TEXT(theme, due),
	TEXT(theme, place),
	TEXT(theme, cooperating),
	TEXT(theme, source),
	OBJECTS(theme, items, theme_item_shape),
	END,
};
const struct shape layout_theme = {sizeof(struct theme), theme_members, NULL, "主题", NULL};

static const struct member list_members[] = {
	CODE(list, id, form_list_id, list_form),
	TEXT_NEEDED(list, title),
	TEXT_NEEDED(list, issuer),
	TEXT(list, doc_no),
	{.key = "date",
		.kind = MEMBER_TEXT,
		AT(list, date),
		.form = form_date,
		.form_words = date_form},
	{.key = "themes", .kind = MEMBER_IGNORED},
	END,
};
const struct shape layout_list = {
	sizeof(struct list), list_members, (GDestroyNotify)list_free, "清单", "id"};

/* ---- guides ---- */

static const struct member option_members[] = {
	CODE(option, id, form_local_id, local_form),
	TEXT_NEEDED(option, text),
	TEXT(option, hint),
	TEXT(option, blocks),
	TEXT(option, remedy),
	END,
};
static const struct shape option_shape = {
	sizeof(struct option), option_members, (GDestroyNotify)option_free, "选项", "id"};

static const struct member question_members[] = {
	CODE(question, id, form_local_id, local_form),
	TEXT_NEEDED(question, text),
	TEXT(question, hint),
	TEXT_NEEDED(question, basis),
	CONDITION(question, when),
	OBJECTS(question, options, option_shape),
	END,
};
static const struct shape question_shape = {
	sizeof(struct question), question_members, (GDestroyNotify)question_free, "问题", "id"};

static const struct member exclusion_members[] = {
	INDEXES(exclusion, items),
	TEXT_NEEDED(exclusion, reason),
	END,
};
static const struct shape exclusion_shape = {
	sizeof(struct exclusion), exclusion_members, (GDestroyNotify)exclusion_free, "互斥", NULL};

static const struct member guide_item_members[] = {
	{.key = "index",
		.kind = MEMBER_INTEGER,
		AT(theme_item, index),
		.needed = true,
		.most = MOST_INDEX},
	{.key = "service",
		.kind = MEMBER_TEXT,
		AT(theme_item, service),
		.form = form_service_code,
		.form_words = service_form},
	CONDITION(theme_item, when),
	INDEXES(theme_item, after),
	FLAG(theme_item, parallel),
	TEXT(theme_item, not_offered),
	TEXT(theme_item, basic_code),
	END,
};
static const struct shape guide_item_shape = {sizeof(struct theme_item), guide_item_members,
	(GDestroyNotify)theme_item_free, "指南事项", NULL};

static const struct member guide_members[] = {
	TEXT_NEEDED(guide, theme),
	TEXT(guide, display),
	TEXTS(guide, conditions),
	LIMIT(guide, joint),
	OBJECTS(guide, items, guide_item_shape),
	OBJECTS(guide, questions, question_shape),
	OBJECTS(guide, exclusions, exclusion_shape),
	END,
};
const struct shape layout_guide = {
	sizeof(struct guide), guide_members, (GDestroyNotify)guide_free, "主题", "theme"};

/* ---- definitions ---- */

static const struct member material_use_members[] = {
	CODE(material_use, material, form_material_code, material_form),
	WORD(material_use, necessity, necessity_word, NECESSITY_COUNT),
	{.key = "originals", .kind = MEMBER_INTEGER, AT(material_use, originals), .most = 99},
	{.key = "copies", .kind = MEMBER_INTEGER, AT(material_use, copies), .most = 99},
	FLAG(material_use, image),
	CONDITION(material_use, when),
	TEXTS(material_use, review_points),
	{.key = "original_holder",
		.kind = MEMBER_TEXT,
		AT(material_use, original_holder),
		.form = form_department_code,
		.form_words = department_form},
	TEXT(material_use, basis),
	END,
};
static const struct shape material_use_shape = {sizeof(struct material_use), material_use_members,
	(GDestroyNotify)material_use_free, "材料", "material"};

static const struct member field_use_members[] = {
	CODE(field_use, field, form_field_key, field_form),
	FLAG(field_use, required),
	CONDITION(field_use, when),
	END,
};
static const struct shape field_use_shape = {sizeof(struct field_use), field_use_members,
	(GDestroyNotify)field_use_free, "字段", "field"};

static const struct member service_members[] = {
	CODE(service, code, form_service_code, service_form),
	TEXT_NEEDED(service, name),
	WORD(service, nature, nature_word, NATURE_COUNT),
	WORD(service, status, service_status_word, SERVICE_STATUS_COUNT),
	TEXT(service, status_basis),
	CODE(service, as_of, form_date, date_form),
	TEXT_NEEDED(service, basis),
	TEXTS(service, conditions),
	LIMIT(service, statutory),
	LIMIT(service, promised),
	TEXT(service, fee),
	TEXT(service, fee_basis),
	TEXT(service, result),
	WORD(service, result_kind, result_kind_word, RESULT_KIND_COUNT),
	TEXTS(service, review_points),
	OBJECTS(service, materials, material_use_shape),
	OBJECTS(service, fields, field_use_shape),
	TEXT(service, no_materials),
	END,
};
const struct shape layout_service = {
	sizeof(struct service), service_members, (GDestroyNotify)service_free, "服务", "code"};

static const struct member material_members[] = {
	CODE(material, code, form_material_code, material_form),
	TEXT_NEEDED(material, name),
	TEXT(material, issuer),
	TEXT(material, certificate),
	TEXTS(material, review_points),
	TEXT_NEEDED(material, basis),
	TEXT(material, note),
	END,
};
const struct shape layout_material = {
	sizeof(struct material), material_members, (GDestroyNotify)material_free, "材料", "code"};

static const struct member field_members[] = {
	CODE(field, key, form_field_key, field_form),
	TEXT_NEEDED(field, label),
	WORD(field, type, field_type_word, FIELD_TYPE_COUNT),
	WORD(field, validator, field_validator_word, FIELD_VALIDATOR_COUNT),
	TEXTS(field, options),
	TEXT(field, hint),
	{.key = "most",
		.kind = MEMBER_INTEGER,
		AT(field, most),
		.needed = true,
		.least = 1,
		.most = 2000},
	END,
};
const struct shape layout_field = {
	sizeof(struct field), field_members, (GDestroyNotify)field_free, "字段", "key"};

static const struct member department_members[] = {
	CODE(department, code, form_department_code, department_form),
	TEXT_NEEDED(department, name),
	END,
};
const struct shape layout_department = {sizeof(struct department), department_members,
	(GDestroyNotify)department_free, "部门", "code"};

static const struct member route_members[] = {
	{.key = "list",
		.kind = MEMBER_TEXT,
		AT(route, list),
		.form = form_list_id,
		.form_words = list_form},
	TEXT_NEEDED(route, printed),
	TEXT(route, level),
	CODE(route, department, form_department_code, department_form),
	END,
};
const struct shape layout_route = {
	sizeof(struct route), route_members, (GDestroyNotify)route_free, "路由", NULL};

static const struct member shelf_members[] = {
	CODE(catalog_shelf, list, form_list_id, list_form),
	{.key = "title", .kind = MEMBER_TEXT, AT(catalog_shelf, title), .needed = true, .most = 12},
	FLAG(catalog_shelf, on_shelf),
	END,
};
const struct shape layout_shelf = {sizeof(struct catalog_shelf), shelf_members,
	(GDestroyNotify)catalog_shelf_free, "上架", "list"};
