/*
 * A case as the desk sees it: what a screen, a slip or a script reads of it, and every step the
 * clerk takes with it. The steps stand in one file a stage (intake.c, material.c, …).
 */
#ifndef DESK_CASE_H
#define DESK_CASE_H

#include "core/item_state.h"
#include "core/party.h"
#include "core/situation.h"
#include "desk/desk.h"

enum material_status {
	MATERIAL_STATUS_MISSING,  /* ○ 缺 */
	MATERIAL_STATUS_RECEIVED, /* √ 齐 */
	MATERIAL_STATUS_UNFIT,	  /* × 不符 */
	MATERIAL_STATUS_DEFERRED, /* △ 容缺: promise with a due date */
	MATERIAL_STATUS_DECLARED, /* ▽ 承诺: declaration in its place */
	MATERIAL_STATUS_WAIVED,	  /* ◇ 免交: e-certificate number recorded (R14) */
	MATERIAL_STATUS_REUSED,	  /* ◎ 复用: valid paper of an earlier case (R13) */
	MATERIAL_STATUS_COUNT,
};

/* "received" …, 齐 …, √ …; static. Back: _COUNT for an unknown word. */
const char *material_status_word(enum material_status status);
const char *material_status_name(enum material_status status);
const char *material_status_mark(enum material_status status);
enum material_status material_status_from_word(const char *word);

/* The spine of SCREENS rule 3. */
enum case_step {
	CASE_STEP_GUIDE,    /* 情形 */
	CASE_STEP_NOTICE,   /* 告知 */
	CASE_STEP_FORM,	    /* 表单 */
	CASE_STEP_MATERIAL, /* 材料 */
	CASE_STEP_CHECK,    /* 审查 */
	CASE_STEP_INTAKE,   /* 收件 */
	CASE_STEP_COUNT,
};
const char *case_step_word(enum case_step step);
const char *case_step_name(enum case_step step);
enum case_step case_step_from_word(const char *word); /* _COUNT: none of them */

/* 窗口领取 … of window post electronic self; 纸质 … of a material's how; 收件回执 … of a print
 * job's kind; 部门 … of an authority's name. Static; "" for an unknown word (a paper's kind:
 * itself). */
const char *delivery_way_name(const char *way);
const char *material_how_name(const char *how);
const char *paper_kind_name(const char *kind);
const char *authority_words(const char *authority);

enum case_step_state {
	CASE_STEP_STATE_OPEN,
	CASE_STEP_STATE_DONE,
	CASE_STEP_STATE_FAULTY, /* something of it is wrong */
};

struct case_party {
	enum party_role role;
	char *name;
	char *phone;
	enum document_kind document; /* DOCUMENT_KIND_NONE without a number */
	char *number;		     /* masked */
	char *missing_reason;
};

struct case_field {
	const struct situation_field *use; /* borrowed from the situation */
	char *value;   /* "" nothing yet; masked where the validator says identity */
	char *source;  /* typed, case, document */
	char *problem; /* "" fine; else a sentence with the mend */
};

struct case_material {
	const struct situation_material *use; /* borrowed */
	enum material_status status;
	char *how;
	int originals;
	int copies;
	char *label;
	char *note;
	char *promise_due;
	char *certificate_no;
	char *digest;
	int64_t at_ms;
	char *by;
};

struct case_item {
	int item; /* index in the theme */
	char *name;
	char *department; /* code; "" not routed */
	char *department_name;
	bool taken;
	enum item_state state;
	int64_t version_no;
	char *acceptance_no;
	int64_t accepted_ms;
	char *due;	 /* "" none */
	char *due_words; /* 剩2工作日, 超1工作日, 日期待定… ; "" none */
	int urgency;	 /* 0 calm, 1 due soon or today, 2 overdue */
	char *outcome;
	char *reason;
	bool relayed;
	char *result; /* JSON text of the department's result, "" none */
	char *result_label;
	int64_t delivered_ms;
};

struct case_event {
	int64_t seq;
	int64_t time_ms;
	char *kind;
	char *sentence; /* what happened, for a reader: 市场监管部门受理了食品经营许可 */
	char *actor;
	char *authority; /* in Chinese */
	int item;
	bool relayed;
};

struct case_bundle {
	char *id;
	char *department;
	char *department_name;
	char *state; /* waiting sent refused */
	char *reason;
	int64_t received_ms;
};

/* Everything of one case, read in one go. */
struct case_view {
	char *id;
	char *number;	/* "" a draft */
	char *state;	/* Chinese words of the case's state */
	char *progress; /* 3/5部门已受理 */
	enum case_step step;
	enum case_step_state steps[CASE_STEP_COUNT];
	char *window;
	char *clerk;
	char *holder; /* "" this home */
	int64_t version_no;
	int64_t created_ms;
	int64_t taken_in_ms;
	int joint_extension; /* working days, approved; 0 none */
	char *joint_due;     /* of the theme as a whole; "" none */
	char *joint_words;
	int joint_urgency; /* as an item's */
	char *delivery_way;
	bool delivery_together;
	struct theme *theme; /* owned by the view, with the definitions */
	struct definitions *definitions;
	struct situation *situation; /* owned */
	GHashTable *answers;	     /* question → option, owned */
	GHashTable *deselected;	     /* set of item indexes, owned */
	GPtrArray *parties;	     /* struct case_party */
	GPtrArray *fields;	     /* struct case_field, in the order of the form */
	GPtrArray *materials;	     /* struct case_material, in the order of the checklist */
	GPtrArray *items;	     /* struct case_item; of a draft from the situation */
	GPtrArray *bundles;	     /* struct case_bundle */
	GPtrArray *problems; /* char*: what still stops the intake, in the order of the spine */
	void *hold;	     /* what owns theme and definitions; of no use to others */
};
void case_view_free(struct case_view *view);
AUTOPTR(case_view, case_view_free)

/* ---- reading ---- */

/* By local id, case number, or any label that belongs to the case. NOT_FOUND. */
struct case_view *desk_case_view(struct desk *desk, const char *key, GError **error);

/* The timeline, struct case_event, oldest first. */
GPtrArray *desk_case_timeline(struct desk *desk, const char *case_id, GError **error);

/* The whole number of a party (showing it is a fact `unmasked` with its purpose). g_free. */
char *desk_party_number(
	struct desk *desk, const char *case_id, int ordinal, const char *purpose, GError **error);

/* ---- holding: one editor a case (D4) ---- */

/* HELD names the holder (window and clerk). Holding again is fine. Leases of dead processes lapse.
 */
bool desk_case_hold(struct desk *desk, const char *case_id, GError **error);
void desk_case_release(struct desk *desk, const char *case_id);

/* ---- draft: guide, notice, form (guide.c, notice.c, form.c) ---- */

/* A new draft held by the caller; BLOCKED when the hall has not put the theme on its shelf. g_free.
 */
char *desk_draft_new(struct desk *desk, const char *list, const char *theme, GError **error);

/*
 * The same under an id the caller chose (32 hex digits), so that a script repeated after a crash
 * finds its own draft. EXISTS.
 */
char *desk_draft_new_as(
	struct desk *desk, const char *list, const char *theme, const char *id, GError **error);
bool desk_draft_discard(struct desk *desk, const char *case_id, GError **error);

/* option NULL takes the answer back. Answers that are no longer asked stay, unused. */
bool desk_answer(struct desk *desk, const char *case_id, const char *question, const char *option,
	GError **error);

/* Takes or leaves an item; MOVE when it is 并行办理 or not offered. */
bool desk_item_take(struct desk *desk, const char *case_id, int item, bool take, GError **error);

struct party_input {
	enum party_role role;
	const char *name;
	const char *phone;
	enum document_kind document;
	const char *number; /* whole; "" with a missing_reason */
	const char *missing_reason;
};

/* Sets or adds (ordinal = how many there are) a party; ordinals close up over a removed one. */
bool desk_party_set(struct desk *desk, const char *case_id, int ordinal,
	const struct party_input *input, GError **error);
bool desk_party_remove(struct desk *desk, const char *case_id, int ordinal, GError **error);

/*
 * Keeps the value of a field of the form whatever it is (nothing typed is lost); a wrong one is
 * reported as INVALID with the field's sentence and stands in the view's problem. Name, phone and
 * number fields of applicant.*, agent.*, guardian.*, firm.* are the parties' own: setting one sets
 * the party, and the reverse.
 */
bool desk_field_set(struct desk *desk, const char *case_id, const char *field, const char *value,
	GError **error);

/* Fills empty fields from the latest case of the same applicant; ret_filled counts. */
bool desk_form_prefill(struct desk *desk, const char *case_id, int *ret_filled, GError **error);

/*
 * Gives the one-time notice (R10): freezes it with the catalogue's version and what is missing,
 * fact notice_given, a print job. *ret_label (g_free) is its N label. INCOMPLETE while questions
 * are open.
 */
bool desk_notice_give(struct desk *desk, const char *case_id, char **ret_label, GError **error);

/* How the results will be handed over (R30): window post electronic self; together: all at once. */
bool desk_delivery_choose(
	struct desk *desk, const char *case_id, const char *way, bool together, GError **error);

/* Moves the spine's marker; always allowed in a draft. */
bool desk_step_set(struct desk *desk, const char *case_id, enum case_step step, GError **error);

/* ---- materials (material.c) ---- */

struct material_input {
	enum material_status status;
	const char *how;	 /* paper scan certificate reuse promise declaration; NULL: paper */
	int originals;		 /* -1: what the checklist asks */
	int copies;		 /* likewise */
	const char *note;	 /* needed by UNFIT */
	const char *promise_due; /* needed by DEFERRED, a civil date */
	const char *certificate_no; /* needed by WAIVED */
	const char *label;	    /* M label scanned or NULL */
	const char *image;	    /* path of an image to keep, or NULL */
};

/* INVALID when the necessity does not allow the status; a received paper gets an M label if it has
 * none. */
bool desk_material_set(struct desk *desk, const char *case_id, const char *material,
	const struct material_input *input, GError **error);

/* ---- formal check and intake (check.c, intake.c, dispatch.c) ---- */

/*
 * Takes the case in: all problems must be gone (INCOMPLETE names the first). One transaction: the
 * case number from the block, items taken_in, facts taken_in and dispatched, a bundle for every
 * routed department with only what its items need (R39), the receipt's print job. *ret_number
 * g_free.
 */
bool desk_take_in(struct desk *desk, const char *case_id, char **ret_number, GError **error);

/* A correction notice listing what to supplement (char* sentences), once (R18, row 24); *ret_label
 * g_free. */
bool desk_correct(struct desk *desk, const char *case_id, GPtrArray *sentences, char **ret_label,
	GError **error);

/* item -1: the whole case. Allowed until decided. */
bool desk_withdraw(
	struct desk *desk, const char *case_id, int item, const char *reason, GError **error);

/* The applicant supplemented what the department asked for: the item goes back to it, with a
 * message. */
bool desk_supplement(
	struct desk *desk, const char *case_id, int item, const char *text, GError **error);

/* Closes an item that was not supplemented in time (逾期未补正): a supervisor's act with its basis.
 */
bool desk_lapse(
	struct desk *desk, const char *case_id, int item, const char *basis, GError **error);

/*
 * A supervisor confirms that an item counts as accepted since its receipt, because the department
 * told nothing in time (行政许可法 art. 32 (1)(4); the timer proposes it), with the basis. MOVE
 * while it still has time.
 */
bool desk_deem(struct desk *desk, const char *case_id, int item, const char *basis, GError **error);

/*
 * 催办: a message to the department that has the item, and a fact; item -1: to every department
 * that has one of the case's. MOVE when none has it.
 */
bool desk_remind(
	struct desk *desk, const char *case_id, int item, const char *text, GError **error);

/*
 * 行政许可法 art. 42: licences that several departments handle together and that cannot be decided
 * in 45 working days have up to 15 more, once, with the approval of the head of the people's
 * government of that level; the applicant is told the reasons. A supervisor records it; every
 * department that has not decided is told. MOVE where it may not be, INVALID for other days.
 */
struct extension {
	int days;
	const char *approval; /* who approved, its number */
	const char *reason;
};
bool desk_extend_joint(
	struct desk *desk, const char *case_id, const struct extension *extension, GError **error);

/* Records a note, or a paper handed over: cannot conflict, always allowed. */
bool desk_note(struct desk *desk, const char *case_id, const char *text, GError **error);

/* ---- what departments do (decision.c, relay.c) ---- */

/*
 * Applies an update as the hub delivered it, frozen bytes
 * {"id","bundle","kind","item","at","by",…}. Once: a known id changes nothing. A move the table
 * does not allow, or a difference from a relayed decision, is kept as a discrepancy in inbox_update
 * and is not an error.
 */
bool desk_update_apply(
	struct desk *desk, int64_t cursor, const char *bytes, size_t size, GError **error);

/* A department's act typed in by the window (转录), with where it was seen (paper, telephone). */
struct relay_input {
	const char *kind; /* received accepted refused decided … as an update */
	int item;
	enum fact_source source;
	const char *reference; /* number of the paper, or who was spoken to */
	const char *outcome;   /* of decided: granted or denied */
	const char *reason;
	int64_t happened_ms;
};
bool desk_relay(
	struct desk *desk, const char *case_id, const struct relay_input *input, GError **error);

/* ---- issue, delivery, archive (issue.c, delivery.c, archive.c) ---- */

/* The window confirms that the result is here (R29): R label, fact result_in. */
bool desk_result_confirm(struct desk *desk, const char *case_id, int item, GError **error);

/* A print job of the certificate, only from the department's result; a reprint needs a reason. */
bool desk_issue(struct desk *desk, const char *case_id, int item, const char *reprint_reason,
	char **ret_job, GError **error);

struct delivery_input {
	const char *way;      /* window post electronic self */
	const char *receiver; /* name */
	const char *document; /* how the receiver was identified, in words */
	const char *courier_no;
	bool signed_for;
};

/* item -1: all whose result is in. By post only when all items are done, once (R30). */
bool desk_deliver(struct desk *desk, const char *case_id, int item,
	const struct delivery_input *input, GError **error);

/* INCOMPLETE names every gap (row 56). */
bool desk_archive(struct desk *desk, const char *case_id, GError **error);

/* ---- another window's case ---- */

/* Asks the hub for custody of a case by number; the answer comes with the updates. */
bool desk_custody_ask(struct desk *desk, const char *number, GError **error);

/*
 * Takes in a case as the hub gave it ({"number","holder","facts":[…]}): replays its facts into
 * state. Own facts are known already; used by takeover and by a replaced machine.
 */
bool desk_case_import(struct desk *desk, const char *bytes, size_t size, GError **error);

#endif
