/*
 * Inside the desk: what its files share. Only src/desk/ includes this.
 */
#ifndef DESK_PRIVATE_H
#define DESK_PRIVATE_H

#include "base/err.h"
#include "base/json.h"
#include "catalog/catalogue.h"
#include "catalog/pinyin.h"
#include "core/calendar.h"
#include "core/limit.h"
#include "core/number.h"
#include "core/words.h"
#include "desk/case.h"
#include "desk/permission.h"
#include "desk/rows.h"

struct desk {
	struct store *store;
	struct clock clock;
	int64_t nonce; /* which open desk of this process holds a case */
	bool holds;    /* it has held one */
	char *user;    /* "" nobody */
	char *display;
	unsigned roles;
	struct desk_window *window; /* NULL nobody is logged in */
	struct calendar *calendar;  /* loaded when first asked for, and when it has changed */
	char *calendar_mark;	    /* of the one that is loaded */
	int64_t calendar_version;   /* of the store when that was last compared */
	GHashTable *themes;	    /* see theme_hold.h */
	char *themes_revision;	    /* of the hall's routes and confirmations when they were read */
	char *hub;		    /* address of the hub, "" the home works alone */
	bool bureau; /* the bureau's token is there: what it publishes goes to the hub */
};

/* Lets go of every case this desk holds; never fails. */
void desk_release_all(struct desk *desk);

/* store_write, then the bell. */
bool desk_write(struct desk *desk, store_work *work, void *data, GError **error);

/* The calendar, borrowed; an empty one when it cannot be read. */
const struct calendar *desk_calendar(struct desk *desk);
struct civil_date desk_today(const struct desk *desk);

/* New texts: a label of a kind, 32 random hex digits. LABEL_SIZE bytes and g_free. */
void desk_label(enum code_kind kind, char ret_label[LABEL_SIZE]);
char *desk_new_id(void);

/* ---- facts (fact.c) ---- */

struct desk_fact {
	const char *kind;
	const char *case_id; /* NULL none */
	int item;
	enum authority authority;
	enum fact_source source;
	int64_t happened_ms;
};

/* Appends a fact by whoever is logged in; takes the reference of body. Inside a write. */
bool desk_fact(struct desk *desk, const struct desk_fact *fact, json_t *body_take, GError **error);

/* The same for the window's own, direct acts. */
bool desk_fact_window(struct desk *desk, const char *kind, const char *case_id, int item,
	json_t *body_take, GError **error);

/* The sentence of fact_kind.def with the body's texts, g_free; and its template, NULL unknown. */
char *fact_sentence(const char *kind, const json_t *body);
const char *fact_telling(const char *kind);

/* ---- opening a case for an act (hold.c) ---- */

enum case_want {
	CASE_WANT_DRAFT,    /* not yet taken in */
	CASE_WANT_TAKEN_IN, /* has its number and is not archived */
	CASE_WANT_ANY,
};

/*
 * Permission, then the case's row, refused when another window (holder) or another live desk of
 * this home (lease) has it, or when it is not in the wanted phase. file_row_clear.
 */
bool case_begin(struct desk *desk, enum desk_act act, const char *case_id, enum case_want want,
	struct file_row *ret_file, GError **error);

/* Holds a draft just made; inside its write. */
bool case_hold_new(struct desk *desk, const char *case_id, GError **error);

/* The row alone; NOT_FOUND. */
bool case_read(struct desk *desk, const char *case_id, struct file_row *ret_file, GError **error);

/* Counts a change of a draft. */
bool case_touch(struct desk *desk, const char *case_id, GError **error);

/* The local id by id, number or label; g_free. NOT_FOUND. */
char *case_find(struct desk *desk, const char *key, GError **error);

/* ---- parties and identity numbers (party.c) ---- */

/* The id of an identity number, kept when it is new; 0 for "". */
bool identity_keep(
	struct desk *desk, const char *kind, const char *value, int64_t *ret_id, GError **error);
bool identity_drop(struct desk *desk, int64_t id, GError **error);

/* Which party and which member a form field is: firm.name. False: a field of its own. */
enum party_member { PARTY_MEMBER_NAME, PARTY_MEMBER_PHONE, PARTY_MEMBER_NUMBER };
bool party_of_field(const char *field, enum party_role *ret_role, enum party_member *ret_member,
	enum document_kind *ret_document);

/* What the parties say about a field, borrowed; "" nothing. */
const char *party_field_value(const GPtrArray *party_rows, const char *field);

/* Sets one member of the first party of the role, making the party when there is none. */
bool party_set_field(struct desk *desk, const char *case_id, const char *field, const char *value,
	GError **error);

/* Name in lists and words for searching, after the parties changed. */
bool party_index(struct desk *desk, const char *case_id, GError **error);

/* Puts a value of a field where it belongs: the party, table identity, or the form. */
bool field_put(struct desk *desk, const char *case_id, const struct field *field, const char *value,
	const char *source, GError **error);

/* desk_field_set that tells a value that is kept although wrong (*ret_wrong) from a failure. */
bool field_set(struct desk *desk, const char *case_id, const char *key, const char *value,
	GError **ret_wrong, GError **error);

/* ---- items (item.c) ---- */

/* The item's row by index, borrowed; NULL none. */
struct item_row *item_find(const GPtrArray *items, int item);

/* Everything an act on one case needs; whole_clear. */
struct case_whole {
	struct file_row file;
	GPtrArray *items;    /* struct item_row */
	struct theme *theme; /* borrowed from hold */
	struct definitions *definitions;
	void *hold;
};
bool case_whole_read(
	struct desk *desk, const char *case_id, struct case_whole *ret_whole, GError **error);
void case_whole_clear(struct case_whole *whole);

struct item_act {
	const char *
		kind; /* of the fact; a move's word moves the item, another kind leaves its state */
	unsigned by;  /* ITEM_BY_… */
	enum authority authority;
	enum fact_source source;
	int64_t happened_ms;
};

/* Applies a move of core's table to the row; MOVE, PERMISSION. Nothing is written. */
bool item_move_row(struct item_row *row, enum item_move move, unsigned by, GError **error);

/*
 * Writes the row, its version raised, and the fact, whose body is body_take with `after`: the item
 * as it is now, so that another home can replay it. Computes its due date first.
 */
bool item_write(struct desk *desk, struct case_whole *whole, struct item_row *row,
	const struct item_act *act, json_t *body_take, GError **error);

/* Computes the cached due date of the row. */
bool item_set_due(
	struct desk *desk, const struct case_whole *whole, struct item_row *row, GError **error);

/* Puts an item row without a fact. */
bool item_put(struct desk *desk, const char *case_id, const struct item_row *row, GError **error);

/* The item as JSON, and from it. */
json_t *item_to_json(const struct item_row *row);
struct item_row *item_row_new(void); /* every text "" */
void item_row_free(struct item_row *row);
struct item_row *item_from_json(const json_t *json);

/* Recomputes what lists show of the case from its items. Inside the write of every change. */
bool case_settle(struct desk *desk, const char *case_id, bool archived, GError **error);

/*
 * Counts the due dates of running cases anew when the calendar has changed since the last time
 * (recount.c); adds the facts due_settled to *ret_made.
 */
bool desk_dues_recount(struct desk *desk, int *ret_made, GError **error);

/* The due date of an item by its rule, start, pauses and extension (core/limit.h). */
bool item_due(struct desk *desk, const struct case_whole *whole, const struct item_row *row,
	struct limit_due *ret_due, GError **error);

/* Appends the item's intervals that do not count, struct limit_pause. */
bool item_pauses(struct desk *desk, const char *case_id, int item, GArray *pauses, GError **error);

/*
 * The due date of the theme as a whole (joint.c): by its joint limit, or by 行政许可法 art. 42
 * where licences of several departments are handled together, from the first acceptance until every
 * item is decided.
 */
struct joint_case {
	const char *case_id;
	const struct theme *theme;
	const struct definitions *definitions;
	const GPtrArray *items; /* struct item_row */
	int extension;		/* approved */
};
bool joint_due(struct desk *desk, const struct joint_case *joint, struct limit_due *ret_due,
	GError **error);

/* Words of a due date as it stands now, g_free; urgency 0 calm, 1 soon, 2 overdue. */
char *due_words(struct desk *desk, const char *due, const char *unit, int64_t due_ms,
	const char *open, int *ret_urgency);

/* ---- documents (document.c, slip.c) ---- */

/* The whole case as JSON: answers, parties with numbers, fields, materials, items. New reference.
 */
json_t *document_of_case(
	struct desk *desk, const struct case_view *view, const GPtrArray *parties, GError **error);

/* Values of every field of the form, whole: key → value; new reference. */
json_t *document_fields(struct desk *desk, const char *case_id, GError **error);

/* A bundle's document for one department: only what its items need (R39). New reference. */
struct bundle_input {
	const struct case_view *view;
	const GPtrArray *parties; /* struct party_row */
	const json_t *fields;
	const char *id;
	const char *department;
	const char *token_digest;
	int64_t taken_in_ms;
	const GPtrArray *rows; /* struct item_row: those that are sent now */
};
json_t *document_bundle(struct desk *desk, const struct bundle_input *input);

/* RFC 3339 in UTC with milliseconds, as the hub reads it; g_free. */
char *time_dup_utc(int64_t ms);

/* 受理后 10 个工作日, 当场办结; "" without a rule (NULL too). g_free. */
char *slip_limit_words(const struct limit_rule *rule);

/* One row of print_job; reason is needed by every copy but the first. *ret_job g_free, may be NULL.
 */
struct paper_input {
	const char *case_id; /* NULL none */
	const char *kind;
	const char *number;
	int64_t copy;
	const char *reason;
	GBytes *data; /* borrowed */
};
bool paper_insert(
	struct desk *desk, const struct paper_input *paper, char **ret_job, GError **error);

/* Frozen data of a slip asked for as a row of print_job; number may be "". *ret_job g_free, may be
 * NULL. */
bool paper_request(struct desk *desk, const char *case_id, const char *kind, const char *number,
	json_t *data_take, const char *reason, char **ret_job, GError **error);

/* One more copy of the latest paper of a kind, as frozen then; number "" any. Inside a write. */
bool paper_print_again(struct desk *desk, const char *case_id, const char *kind, const char *number,
	const char *reason, char **ret_job, GError **error);

/* A slip as it was given, under its label (notice.c). */
bool notice_keep(struct desk *desk, const char *case_id, const char *label, const char *kind,
	const json_t *data, GError **error);

/* desk_print_request of a refusal (refusal.c): the first needs no reason. */
bool refusal_print(struct desk *desk, const char *case_id, int item, const char *reason,
	char **ret_job, GError **error);

/* ---- gates (guide.c) ---- */

/* BLOCKED, naming the first shut gate of a theme and who opens it (row 62). */
bool guide_check_gates(struct desk *desk, const char *list, const char *theme, GError **error);

/* The same of a draft, whose theme the version in force may no longer have: it stays on its own. */
bool guide_check_leave(struct desk *desk, const char *list, const char *theme, GError **error);

/* ---- numbers (number.c) ---- */

/* The store has known a hub and the settings name none: nobody may lend it numbers. */
bool number_misses_hub(struct desk *desk);

/* Inside a write: the next number of the window and day. TIME, UNAVAILABLE. CASE_NUMBER_SIZE bytes.
 */
bool number_draw(struct desk *desk, char ret_number[], GError **error);

/* ---- problems and views (problem.c, view.c) ---- */

/* Fills problems and the states of the spine; the view has everything else. */
void problem_list(
	struct desk *desk, struct case_view *view, const GPtrArray *parties, bool notice_given);

/* The view by local id; inside a write it sees the write's own changes. */
struct case_view *case_view_of_id(struct desk *desk, const char *case_id, GError **error);

/* ---- dispatch and messages to departments (dispatch.c) ---- */

/*
 * A bundle and a fact `dispatched` for every department among the rows that are taken in; rows move
 * on.
 */
struct dispatch {
	const struct case_view *view;
	const GPtrArray *parties; /* struct party_row */
	GPtrArray *rows;	  /* struct item_row */
	const char *token_digest;
	int64_t taken_in_ms;
};
bool dispatch_all(struct desk *desk, const struct dispatch *dispatch, GError **error);

/* Queues a message about an item's bundle (or ''), frozen; takes the reference. */
bool message_send(struct desk *desk, const char *bundle, const char *kind, int item,
	json_t *body_take, GError **error);

/* A message with a text to the department of an item; nothing when it has no bundle. */
bool department_tell(struct desk *desk, const struct case_whole *whole, const struct item_row *row,
	const char *kind, const char *text, GError **error);

/*
 * The bundle in which a department has an item of a case (-1: any): g_free, "" none. There are
 * several where an item was routed later.
 */
char *bundle_of(
	struct desk *desk, const char *case_id, const char *department, int item, GError **error);

#endif
