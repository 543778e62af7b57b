/*
 * The bureau's screens: lists, one list, one entry of it (a theme's guide, a service, a material, a
 * field) as rows that are changed in place. A change is the entry's JSON put back through
 * desk_bureau_change; what it replaced is kept for one key to take it back.
 */
#ifndef UI_SCREENS_BUREAU_H
#define UI_SCREENS_BUREAU_H

#include "app.h"
#include "base/json.h"
#include "catalog/reader.h"
#include "desk/bureau.h"
#include "screens/ask.h"
#include "screens/screens.h"

extern const struct screen_ops screen_bureau_list;   /* argument: the list's id */
extern const struct screen_ops screen_bureau_faults; /* argument: the list's id; "" all lists */
extern const struct screen_ops screen_bureau_differences; /* argument: the list's id */
extern const struct screen_ops screen_bureau_versions;	  /* likewise */
extern const struct screen_ops screen_bureau_entry;	  /* argument: bureau_argument */

/* PERMISSION unless somebody of the bureau, an administrator or a supervisor is logged in. */
bool bureau_may_open(struct app *app, GError **error);

/* The short title of a list (江门), its id when it has none. g_free. */
char *bureau_short_title(struct app *app, const char *list);

/*
 * The newest version of a list, draft or not; 0 with an error when it has none. *ret_words (g_free,
 * may be NULL): 草稿 第2版.
 */
int bureau_newest(struct app *app, const char *list, char **ret_words, GError **error);

/* The lines of two or three at the foot of a list, after a rule. Text may be NULL. */
void bureau_foot(struct area area, const char *text);

/* ---- JSON by path: "materials/3/review_points/0"; "" the document ---- */

/* Borrowed; NULL when there is nothing. */
json_t *bureau_at(const json_t *document, const char *path);

/* Sets, appends (the index behind the last) or with NULL removes what stands there; takes value.
 * False when the path leads nowhere. */
bool bureau_put(json_t *document, const char *path, json_t *value);

/* Moves the element at the path by `step` places within its array; *ret_path its new path (g_free).
 * False at the ends. */
bool bureau_move(json_t *document, const char *path, int step, char **ret_path);

/* A condition as it is typed ("licensed=no food=bulk,cook") and, by a guide's questions (NULL
 * none), as it is read. "" always. g_free. */
char *bureau_condition_text(const json_t *condition);
char *bureau_condition_words(const json_t *condition, const json_t *guide);

/* From what was typed; NULL with INVALID. An empty text is an empty object. */
json_t *bureau_condition_parse(const char *text, GError **error);

/* 即办, 5个工作日; "" none. g_free. */
char *bureau_limit_words(const json_t *limit);

/* ---- forms of an object's members ---- */

enum bureau_cell_kind {
	BUREAU_CELL_TEXT,
	BUREAU_CELL_NUMBER, /* "" none */
	BUREAU_CELL_WORD,   /* a choice: an enum of core/words.h */
	BUREAU_CELL_FLAG,   /* a choice: 否 是 */
	BUREAU_CELL_LINES,  /* an array of texts, typed with | between */
	BUREAU_CELL_WHEN,
	BUREAU_CELL_ROWS, /* an array of row numbers, typed from 1 with commas */
};

struct bureau_cell {
	const char *key;
	enum bureau_cell_kind kind;
	word_of *word;
	int count;
};

enum bureau_target {
	BUREAU_TARGET_OBJECT,	/* the members of the object at the path */
	BUREAU_TARGET_LIMIT,	/* the same; without a number it goes */
	BUREAU_TARGET_SENTENCE, /* the text at the path */
};

struct bureau_form {
	const char *title;
	enum bureau_target target;
	const struct ask_row *rows;
	const struct bureau_cell *cells; /* one a row */
	int count;
};

extern const struct bureau_form bureau_form_sentence, bureau_form_limit, bureau_form_name,
	bureau_form_status, bureau_form_basis, bureau_form_fee, bureau_form_result,
	bureau_form_no_materials, bureau_form_material_use, bureau_form_field_use,
	bureau_form_material, bureau_form_field, bureau_form_display, bureau_form_item,
	bureau_form_question, bureau_form_option, bureau_form_new_option, bureau_form_new_question;

/* What a cell of an object shows at the beginning: the text (g_free), or the choice. */
char *bureau_cell_text(const struct bureau_cell *cell, const json_t *object);
int bureau_cell_choice(const struct bureau_cell *cell, const json_t *object);

/*
 * Writes what was answered and differs into the object at the path (made when it is missing, from
 * `fresh`, which may be NULL). INVALID naming the row.
 */
bool bureau_form_apply(const struct bureau_form *form, json_t *document, const char *path,
	const json_t *fresh, const struct ask_answer *answers, GError **error);

/* Opens the form over the object at the path; done as ask.done. */
void bureau_form_open(struct app *app, const struct bureau_form *form, const json_t *document,
	const char *path, const char *question,
	bool (*done)(struct app *, void *, const struct ask_answer *, GError **), void *data);

/* ---- rows of an entry ---- */

enum bureau_add {
	BUREAU_ADD_NONE,
	BUREAU_ADD_SENTENCE,
	BUREAU_ADD_MATERIAL,
	BUREAU_ADD_FIELD,
	BUREAU_ADD_QUESTION,
	BUREAU_ADD_OPTION,
	BUREAU_ADD_SERVICE, /* which service an item is */
};

struct bureau_row {
	enum style style;
	int indent;
	char *label; /* 承诺时限; also how messages call it */
	char *text;
	char *detail;			/* whole, beside or below; NULL: the text */
	char *path;			/* of what the form changes and F4 removes; NULL none */
	json_t *fresh;			/* what the form begins with where nothing stands; NULL */
	const struct bureau_form *form; /* what Enter asks; NULL read only */
	enum bureau_add add;
	char *into; /* path of the array F2 adds to, or of the item; NULL */
	bool removable;
	const char *opens_kind; /* what Enter opens instead of a form; NULL */
	const char *shows_kind; /* what F6 opens: the shared definition; NULL */
	char *opens;		/* its code */
};

/* What an entry is made of, as read. */
struct bureau_document {
	const char *kind; /* theme service material field; static */
	char *list;
	char *code;
	char *theme_code; /* the theme a service was opened from; "" none */
	char *focus;	  /* id or code of the row the cursor goes to; "" none */
	int version;
	json_t *json;		 /* the entry; of a theme its guide */
	json_t *guide;		 /* of theme_code; NULL none */
	struct theme *theme;	 /* of a theme: the source's words; NULL */
	GHashTable *definitions; /* code → json_t: what the rows name */
	char *confirmed; /* 参考 …, 已确认（…）; NULL what is not confirmed on its own */
};

/* The rows of a document, struct bureau_row, owned by the array. */
GPtrArray *bureau_rows(const struct bureau_document *document);
void bureau_rows_theme(GPtrArray *rows, const struct bureau_document *document);

/*
 * An item of the theme is that service from now on. The items the guide is still silent on are
 * guided and not taken in until they get theirs, so that a guide can be written item by item.
 */
void bureau_item_set_service(
	json_t *guide, const struct theme *theme, int index, const char *service);

/* Appends a row; its texts are taken. The caller fills in the rest. */
struct bureau_row *bureau_row_take(
	GPtrArray *rows, enum style style, int indent, const char *label, char *text);

/* A heading with the count of what follows, and its sentences, each changed in place. */
void bureau_rows_sentences(GPtrArray *rows, const json_t *json, const char *key, const char *label);

/* ---- change and undo ---- */

/*
 * Puts `after` in the place of `before` (an entry of the kind) and says which lists got a draft and
 * what the validator found. False with its sentence when it is refused, or when the entry was
 * changed elsewhere meanwhile.
 */
bool bureau_change(struct app *app, const struct bureau_document *document, const json_t *after,
	const char *what, GError **error);

/* Takes back the last change of this login; says so. */
unsigned bureau_undo(struct app *app);

/* The drafts it was about are gone: published or given up. */
void bureau_undo_forget(struct app *app);

/*
 * What screen_bureau_entry opens: an entry of a list's newest version, the theme a service is read
 * in ("" any), and the question, material or field the cursor goes to ("" the first row). g_free.
 */
char *bureau_argument(
	const char *kind, const char *list, const char *code, const char *theme, const char *focus);

#endif
