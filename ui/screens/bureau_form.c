/* The forms in which the bureau changes an entry: const tables of rows and the members they mean.
 */
#include "base/err.h"
#include "core/words.h"
#include "screens/bureau.h"

#define NATURES                                                                                    \
	{                                                                                          \
		"行政许可", "登记备案", "行政确认", "行政给付", "查询", "出具证明", "公共服务" \
	}
#define TEXT(key_)                                                                                 \
	{                                                                                          \
		key_, BUREAU_CELL_TEXT, NULL, 0                                                    \
	}
#define CELL(key_, kind_)                                                                          \
	{                                                                                          \
		key_, BUREAU_CELL_##kind_, NULL, 0                                                 \
	}
#define WORD(key_, word_, count_)                                                                  \
	{                                                                                          \
		key_, BUREAU_CELL_WORD, (word_of *)(word_), count_                                 \
	}
#define FORM(name_, title_, target_)                                                               \
	const struct bureau_form bureau_form_##name_ = {title_, BUREAU_TARGET_##target_,           \
		name_##_rows, name_##_cells, G_N_ELEMENTS(name_##_rows)}

static const char basis_hint[] = "法律和条文，如 行政许可法 第四十二条；没有的写 general";
static const char when_hint[] =
	"写“问题=选项”，几个选项用逗号、几个条件用空格隔开，如 food=bulk,cook；空着是都要";

static const struct ask_row sentence_rows[] = {
	{"内容", {NULL}, "一句话，不写句号", true},
};
static const struct bureau_cell sentence_cells[] = {TEXT("text")};
FORM(sentence, "写一条", SENTENCE);

static const struct ask_row limit_rows[] = {
	{"多少", {NULL}, "只写数字；0 是当场办结，空着是没有这个时限", false},
	{"单位", {"工作日", "日", "个月", "小时"}, "", false},
	{"依据", {NULL}, basis_hint, false},
};
static const struct bureau_cell limit_cells[] = {
	CELL("number", NUMBER), WORD("unit", limit_unit_word, LIMIT_UNIT_COUNT), TEXT("basis")};
FORM(limit, "改时限", LIMIT);

static const struct ask_row name_rows[] = {
	{"名称", {NULL}, "各清单里的事项名称不变，这是共用的服务名称", true},
};
static const struct bureau_cell name_cells[] = {TEXT("name")};
FORM(name, "改名称", OBJECT);

static const struct ask_row status_rows[] = {
	{"性质", NATURES, "", false},
	{"状态", {"有效", "已变更", "已取消"}, "", false},
	{"变化依据", {NULL}, "已变更、已取消的，写依据和日期", false},
	{"核对日期", {NULL}, "写成 2026-11-20", true},
};
static const struct bureau_cell status_cells[] = {WORD("nature", nature_word, NATURE_COUNT),
	WORD("status", service_status_word, SERVICE_STATUS_COUNT), TEXT("status_basis"),
	TEXT("as_of")};
FORM(status, "改性质和状态", OBJECT);

static const struct ask_row basis_rows[] = {{"依据", {NULL}, basis_hint, true}};
static const struct bureau_cell basis_cells[] = {TEXT("basis")};
FORM(basis, "改依据", OBJECT);

static const struct ask_row fee_rows[] = {
	{"收费", {NULL}, "不收费，或写明金额和标准", false},
	{"收费依据", {NULL}, basis_hint, false},
};
static const struct bureau_cell fee_cells[] = {TEXT("fee"), TEXT("fee_basis")};
FORM(fee, "改收费", OBJECT);

static const struct ask_row result_rows[] = {
	{"结果", {NULL}, "结果物的名称，如 食品经营许可证；没有的空着", false},
	{"种类", {"证照", "文书", "无"}, "", false},
};
static const struct bureau_cell result_cells[] = {
	TEXT("result"), WORD("result_kind", result_kind_word, RESULT_KIND_COUNT)};
FORM(result, "改结果", OBJECT);

static const struct ask_row no_materials_rows[] = {
	{"不要材料的原因", {NULL}, "如 数据共享核验、由前一事项带出", false},
};
static const struct bureau_cell no_materials_cells[] = {TEXT("no_materials")};
FORM(no_materials, "不要材料的原因", OBJECT);

static const struct ask_row material_use_rows[] = {
	{"必要性", {"必要", "可容缺", "可承诺", "非必要"}, "", false},
	{"原件", {NULL}, "份数，只写数字", false},
	{"复印件", {NULL}, "份数，只写数字", false},
	{"要影像", {"否", "是"}, "影像随要件包送部门", false},
	{"何时需要", {NULL}, when_hint, false},
	{"审查要点", {NULL}, "只对这项服务的要点，几条之间用 | 隔开", false},
	{"依据", {NULL}, basis_hint, false},
};
static const struct bureau_cell material_use_cells[] = {
	WORD("necessity", necessity_word, NECESSITY_COUNT), CELL("originals", NUMBER),
	CELL("copies", NUMBER), CELL("image", FLAG), CELL("when", WHEN),
	CELL("review_points", LINES), TEXT("basis")};
FORM(material_use, "改这项服务怎样用这份材料", OBJECT);

static const struct ask_row field_use_rows[] = {
	{"必填", {"否", "是"}, "", false},
	{"何时需要", {NULL}, when_hint, false},
};
static const struct bureau_cell field_use_cells[] = {CELL("required", FLAG), CELL("when", WHEN)};
FORM(field_use, "改填写项", OBJECT);

static const struct ask_row material_rows[] = {
	{"名称", {NULL}, "", true},
	{"出具单位", {NULL}, "由谁出具；申请人自己写的空着", false},
	{"电子证照", {NULL}, "哪种电子证照可以替代；没有的空着", false},
	{"依据", {NULL}, basis_hint, true},
	{"备注", {NULL}, "", false},
};
static const struct bureau_cell material_cells[] = {
	TEXT("name"), TEXT("issuer"), TEXT("certificate"), TEXT("basis"), TEXT("note")};
FORM(material, "改材料库里的这份材料", OBJECT);

static const struct ask_row field_rows[] = {
	{"名称", {NULL}, "", true},
	{"提示", {NULL}, "", false},
	{"最多字数", {NULL}, "只写数字", true},
};
static const struct bureau_cell field_cells[] = {TEXT("label"), TEXT("hint"), CELL("most", NUMBER)};
FORM(field, "改字段库里的这个字段", OBJECT);

static const struct ask_row display_rows[] = {
	{"显示名称", {NULL}, "清单原文有误时写更正的名称；空着就显示原文", false},
};
static const struct bureau_cell display_cells[] = {TEXT("display")};
FORM(display, "改显示名称", OBJECT);

static const struct ask_row item_rows[] = {
	{"服务代码", {NULL}, "这一行是哪项共用的服务，如 S-FOOD-LICENCE；还没有写明的空着", false},
	{"何时要办", {NULL}, when_hint, false},
	{"先办", {NULL}, "要等哪几行先办结，写行号，用逗号隔开", false},
	{"并行办理", {"否", "是"}, "并行办理的，申请人不能放弃", false},
	{"不受理原因", {NULL}, "只展示不受理的，写明原因", false},
};
static const struct bureau_cell item_cells[] = {TEXT("service"), CELL("when", WHEN),
	CELL("after", ROWS), CELL("parallel", FLAG), TEXT("not_offered")};
FORM(item, "改这个事项怎样办", OBJECT);

static const struct ask_row question_rows[] = {
	{"问题", {NULL}, "", true},
	{"提示", {NULL}, "", false},
	{"依据", {NULL}, basis_hint, true},
	{"何时要问", {NULL}, when_hint, false},
};
static const struct bureau_cell question_cells[] = {
	TEXT("text"), TEXT("hint"), TEXT("basis"), CELL("when", WHEN)};
FORM(question, "改问题", OBJECT);

static const struct ask_row option_rows[] = {
	{"选项", {NULL}, "", true},
	{"提示", {NULL}, "", false},
	{"拦下的原因", {NULL}, "这样回答就不能办的，写明原因；能办的空着", false},
	{"怎样才能办", {NULL}, "拦下的必须写明出路", false},
};
static const struct bureau_cell option_cells[] = {
	TEXT("text"), TEXT("hint"), TEXT("blocks"), TEXT("remedy")};
FORM(option, "改选项", OBJECT);

static const struct ask_row new_option_rows[] = {
	{"代号", {NULL}, "小写字母、数字、-、_，条件里用它，如 rent", true},
	{"选项", {NULL}, "", true},
	{"提示", {NULL}, "", false},
	{"拦下的原因", {NULL}, "这样回答就不能办的，写明原因；能办的空着", false},
	{"怎样才能办", {NULL}, "拦下的必须写明出路", false},
};
static const struct bureau_cell new_option_cells[] = {
	TEXT("id"), TEXT("text"), TEXT("hint"), TEXT("blocks"), TEXT("remedy")};
FORM(new_option, "添一个选项", OBJECT);

static const struct ask_row new_question_rows[] = {
	{"代号", {NULL}, "小写字母、数字、-、_，条件里用它，如 rent", true},
	{"问题", {NULL}, "", true},
	{"依据", {NULL}, basis_hint, true},
	{"何时要问", {NULL}, when_hint, false},
};
static const struct bureau_cell new_question_cells[] = {
	TEXT("id"), TEXT("text"), TEXT("basis"), CELL("when", WHEN)};
FORM(new_question, "添一个问题，先有“是”“否”两个选项", OBJECT);
