/*
 * What a published list says, as plain structs: themes (一件事), their items (事项), questions, and
 * the shared definitions they point to: services, materials, fields, departments.
 * The catalogue room fills them from checked bytes; the core only reads them. Strings are owned by
 * the struct that holds them; "" where the source says nothing, never NULL unless said.
 */
#ifndef CORE_THEME_H
#define CORE_THEME_H

#include <stdbool.h>
#include <glib.h>
#include "base/autoptr.h"

/* True when every term holds; a term holds when its question was answered by one of options. */
struct condition_term {
	char *question;
	GStrv options;
};

struct condition {
	GPtrArray *terms; /* struct condition_term; empty or NULL: always */
};

/* How much a material is needed (row 11). */
enum necessity {
	NECESSITY_REQUIRED,   /* 必要 */
	NECESSITY_DEFERRABLE, /* 可容缺: may follow under a signed promise (R15) */
	NECESSITY_DECLARABLE, /* 可承诺: a declaration may stand in its place (R15) */
	NECESSITY_OPTIONAL,   /* 非必要 */
	NECESSITY_COUNT,
};

enum nature {
	NATURE_LICENCE,	     /* 行政许可: 行政许可法 art. 32, 38, 42, 44, 45 bind */
	NATURE_REGISTRATION, /* 登记备案 */
	NATURE_CONFIRMATION, /* 行政确认 */
	NATURE_BENEFIT,	     /* 行政给付 */
	NATURE_LOOKUP,	     /* 查询 */
	NATURE_DOCUMENT,     /* 出具证明 */
	NATURE_SERVICE,	     /* 公共服务 */
	NATURE_COUNT,
};

enum service_status {
	SERVICE_STATUS_IN_FORCE,
	SERVICE_STATUS_CHANGED,
	SERVICE_STATUS_ABOLISHED, /* exported, shown, never offered */
	SERVICE_STATUS_COUNT,
};

enum limit_unit {
	LIMIT_UNIT_WORKING_DAY,
	LIMIT_UNIT_CALENDAR_DAY,
	LIMIT_UNIT_MONTH,
	LIMIT_UNIT_HOUR,
	LIMIT_UNIT_COUNT,
};

/* A time limit as a rule; number 0 with unit working day means decided on the spot (即办). */
struct limit_rule {
	bool present;
	int number;
	enum limit_unit unit;
	char *basis; /* law and article, or "general" */
};

enum field_type {
	FIELD_TYPE_TEXT,
	FIELD_TYPE_CHOICE,
	FIELD_TYPE_DATE,
	FIELD_TYPE_NUMBER,
	FIELD_TYPE_COUNT,
};

/* Which check a value must pass; see core/field.h. */
enum field_validator {
	FIELD_VALIDATOR_TEXT,	  /* clean, not empty, at most `most` characters */
	FIELD_VALIDATOR_NAME,	  /* a person's or firm's name */
	FIELD_VALIDATOR_IDENTITY, /* GB 11643 */
	FIELD_VALIDATOR_CREDIT,	  /* GB 32100 */
	FIELD_VALIDATOR_DOCUMENT, /* any identity document's number */
	FIELD_VALIDATOR_PHONE,
	FIELD_VALIDATOR_POSTCODE,
	FIELD_VALIDATOR_EMAIL,
	FIELD_VALIDATOR_DATE, /* YYYY-MM-DD */
	FIELD_VALIDATOR_INTEGER,
	FIELD_VALIDATOR_DECIMAL,
	FIELD_VALIDATOR_CHOICE, /* one of options */
	FIELD_VALIDATOR_COUNT,
};

/* One entry of the vocabulary of form fields; `applicant.name` is asked once (R12). */
struct field {
	char *key;   /* "applicant.name" */
	char *label; /* 申请人姓名 */
	enum field_type type;
	enum field_validator validator;
	GStrv options; /* of a choice; else empty */
	char *hint;
	int most; /* longest value in characters */
};

/* One entry of the shared library of materials. */
struct material {
	char *code; /* "M-ID-CARD", stable */
	char *name;
	char *issuer;	   /* who issues it; "" the applicant makes it */
	char *certificate; /* kind of e-certificate that may replace it (R14); "" none */
	GStrv review_points;
	char *basis; /* law and article, or "general" */
	char *note;
};

/* How one service uses a material. */
struct material_use {
	char *material; /* code */
	enum necessity necessity;
	int originals; /* shown or handed in */
	int copies;
	bool image;	       /* an image goes to the department */
	struct condition when; /* on top of the item's own */
	GStrv review_points;   /* beside those of the material */
	char *original_holder; /* department code that must hold the original (R32); "" the window
				*/
	char *basis;
};

/* How one service uses a field. */
struct field_use {
	char *field; /* key */
	bool required;
	struct condition when;
};

enum result_kind {
	RESULT_KIND_CERTIFICATE, /* printed at the certificate desk from the department's result */
	RESULT_KIND_DOCUMENT,
	RESULT_KIND_NONE, /* a registration or payment without a paper */
	RESULT_KIND_COUNT,
};

/* What several lists call by several names: one definition of its substance. */
struct service {
	char *code; /* "S-FOOD-LICENCE" */
	char *name;
	enum nature nature;
	enum service_status status;
	char *status_basis; /* basis and date of changed or abolished; "" in force */
	char *as_of;	    /* YYYY-MM-DD the status was looked at */
	char *basis;	    /* law and article the service stands on, or "general" */
	GStrv conditions;   /* conditions of approval, one sentence each */
	struct limit_rule statutory;
	struct limit_rule promised;
	char *fee; /* "不收费" or amount in words */
	char *fee_basis;
	char *result; /* name of the result; "" none */
	enum result_kind result_kind;
	GStrv review_points;
	GPtrArray *materials; /* struct material_use */
	GPtrArray *fields;    /* struct field_use */
	char *no_materials;   /* why it needs none (data shared, done by another item …); "" */
	char *confirmed;    /* the hall's basis for it; NULL 参考，以当地实施清单为准 */
	char *confirmed_on; /* civil date; NULL not confirmed */
};

struct department {
	char *code; /* "D-MARKET" */
	char *name;
};

/*
 * Which department a printed name means (invariant 9): "" matches anything. A route of the hall
 * matches exactly what it names.
 */
struct route {
	char *list;
	char *printed;
	char *level;
	char *department; /* code */
	bool by_hall;
};

/* One row of a theme, the source's own words first. */
struct theme_item {
	int index; /* 0-based position in the source */
	char *name;
	char *dept;
	char *level;
	char *note;
	char *choice;  /* letter of its 二选一 group; "" none */
	char *service; /* code; "" not described yet */
	struct condition when;
	GArray *after;	   /* int: indexes of predecessor items (R05) */
	bool parallel;	   /* 并行办理: cannot be deselected (N 三(二)) */
	char *not_offered; /* reason this row is guided but not taken in; "" offered */
	char *basic_code;  /* of the provincial basic list (基本编码, R08); "" not known */
};

struct option {
	char *id;
	char *text;
	char *hint;
	char *blocks; /* reason why the theme cannot go on with this answer; "" goes on */
	char *remedy; /* what would unblock */
};

struct question {
	char *id;
	char *text;
	char *hint;
	char *basis;
	struct condition when; /* asked only then */
	GPtrArray *options;    /* struct option */
};

/* Items that exclude each other by nature although the source prints no remark (R03). */
struct exclusion {
	GArray *items; /* int */
	char *reason;
};

struct theme {
	char *list; /* "national-2022" */
	int version;
	char *id;	 /* unique in its list: "企业-2", "1", "6-7" */
	GArray *numbers; /* int, as printed */
	char *audience;	 /* 企业, 个人 or "" */
	char *name;	 /* the source's own */
	char *display;	 /* corrected name to show; equals name unless the source has a misprint */
	char *lead;
	char *note;
	char *due;
	char *place;
	char *cooperating;
	char *source;		 /* 国办发〔2022〕32号 个人 3 */
	GStrv conditions;	 /* of the theme as a whole */
	struct limit_rule joint; /* limit of the whole theme */
	GPtrArray *items;	 /* struct theme_item */
	GPtrArray *questions;	 /* struct question, in order of asking */
	GPtrArray *exclusions;	 /* struct exclusion */
	char *confirmed;	 /* the hall's basis for its guide; NULL 参考 */
	char *confirmed_on;	 /* civil date; NULL not confirmed */
};

/* The shared definitions of one version. Each table: code or key → struct, owned. */
struct definitions {
	GHashTable *services;
	GHashTable *materials;
	GHashTable *fields;
	GHashTable *departments;
	GPtrArray *routes; /* struct route */
};

/* One list of one version: what a file of the catalogue holds. */
struct list {
	char *id;
	int version;
	char *title;
	char *issuer;
	char *doc_no;
	char *date;
	GPtrArray *themes; /* struct theme */
};

/*
 * True when every term's question was answered by one of its options. answers: question id →
 * option id; NULL is no answers. An empty condition holds.
 */
bool condition_holds(const struct condition *condition, GHashTable *answers);

/*
 * Each frees what the struct owns and the struct itself (condition_clear, limit_rule_clear: only
 * what it owns). NULL structs and NULL members are allowed, so a half-filled struct can be freed.
 * The arrays may be made with or without a free function of their own: elements are freed once.
 */
void condition_clear(struct condition *condition);
void limit_rule_clear(struct limit_rule *rule);
void field_free(struct field *field);
void material_free(struct material *material);
void material_use_free(struct material_use *use);
void field_use_free(struct field_use *use);
void service_free(struct service *service);
void department_free(struct department *department);
void route_free(struct route *route);
void theme_item_free(struct theme_item *item);
void option_free(struct option *option);
void question_free(struct question *question);
void exclusion_free(struct exclusion *exclusion);
void theme_free(struct theme *theme);
void list_free(struct list *list);

/* Empty tables that own the structs put in; the key is the struct's own code, not a copy. */
struct definitions *definitions_new(void);
void definitions_free(struct definitions *definitions);

/*
 * Puts a struct in under its code or key and owns it from then on. False when the code stands
 * there already: then the caller keeps the struct.
 */
bool definitions_take_service(struct definitions *definitions, struct service *service);
bool definitions_take_material(struct definitions *definitions, struct material *material);
bool definitions_take_field(struct definitions *definitions, struct field *field);
bool definitions_take_department(struct definitions *definitions, struct department *department);
void definitions_take_route(struct definitions *definitions, struct route *route);

/* Borrowed lookups; NULL when there is none. */
const struct service *definitions_service(const struct definitions *definitions, const char *code);
const struct material *definitions_material(
	const struct definitions *definitions, const char *code);
const struct field *definitions_field(const struct definitions *definitions, const char *key);
const struct department *definitions_department(
	const struct definitions *definitions, const char *code);

/*
 * The department a printed name of a list means at a level, borrowed; NULL when no route covers it
 * or the route's department is not defined. A route of the hall wins, then one that names the
 * printed department over one that does not, then one that names the level, then one that names the
 * list, then the first.
 */
const struct department *definitions_route(const struct definitions *definitions, const char *list,
	const char *printed, const char *level);

/*
 * What a row is routed by, borrowed: its printed department, or, where the list prints none
 * (Hubei), the row's own name, since rows without a department need not go to the same one.
 */
const char *theme_item_route_name(const struct theme_item *item);

/* definitions_route of a row. */
const struct department *definitions_route_item(
	const struct definitions *definitions, const char *list, const struct theme_item *item);

/* A theme's question and a question's option by id, borrowed; NULL for none, and for a NULL id. */
const struct question *theme_question(const struct theme *theme, const char *id);
const struct option *question_option(const struct question *question, const char *id);

/* The item at a position of the source, borrowed; NULL when there is none. */
const struct theme_item *theme_item_at(const struct theme *theme, int index);

AUTOPTR(theme, theme_free)
AUTOPTR(list, list_free)
AUTOPTR(definitions, definitions_free)

#endif
