/*
 * An item's life (DESIGN section 5): its states, the one table of moves between them, and what the
 * items' states make of their case. A move that is not in the table is refused.
 */
#ifndef CORE_ITEM_STATE_H
#define CORE_ITEM_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

enum item_state {
	ITEM_STATE_DRAFT,	     /* 草稿 */
	ITEM_STATE_CORRECTING_DRAFT, /* 窗口补正: told at the window, not yet taken in */
	ITEM_STATE_TAKEN_IN,	     /* 已收件 */
	ITEM_STATE_DISPATCHED,	     /* 已分发 */
	ITEM_STATE_RECEIVED,	     /* 部门已签收 */
	ITEM_STATE_CORRECTING,	     /* 补正中: asked for by the department */
	ITEM_STATE_ACCEPTED,	     /* 已受理 */
	ITEM_STATE_SUSPENDED,	     /* 中止中: time excluded, 行政许可法 art. 45 */
	ITEM_STATE_WAITING,	     /* 等待前置事项 */
	ITEM_STATE_REFUSED,	     /* 不予受理 */
	ITEM_STATE_DECIDED,	     /* 已办结: granted or denied */
	ITEM_STATE_RESULT_IN,	     /* 结果已到窗口 */
	ITEM_STATE_DELIVERED,	     /* 已送达 */
	ITEM_STATE_WITHDRAWN,	     /* 已撤回 */
	ITEM_STATE_LAPSED,	     /* 逾期未补正: closed by a supervisor, no withdrawal */
	ITEM_STATE_COUNT,
};

/* "taken_in" and 已收件, static; from_name takes either, _COUNT when it is neither or NULL. */
const char *item_state_word(enum item_state state);
const char *item_state_name(enum item_state state);
enum item_state item_state_from_name(const char *text);

/* Moves; the words are those of the facts and of the hub's updates. */
enum item_move {
	ITEM_MOVE_CORRECTION_DRAFT, /* window: the paper is deficient, before intake (R18) */
	ITEM_MOVE_MENDED,	    /* … and mended */
	ITEM_MOVE_TAKEN_IN,
	ITEM_MOVE_DISPATCHED,
	ITEM_MOVE_RECEIVED,	   /* R22 */
	ITEM_MOVE_ACCEPTED,	   /* R24 */
	ITEM_MOVE_DEEMED_ACCEPTED, /* nobody said what was missing in time: 行政许可法 art. 32
				      (1)(4) */
	ITEM_MOVE_REFUSED,
	ITEM_MOVE_CORRECTION, /* department: supplement is needed */
	ITEM_MOVE_SUPPLEMENTED,
	ITEM_MOVE_LAPSED, /* not supplemented in time; a supervisor's act */
	ITEM_MOVE_SUSPENDED,
	ITEM_MOVE_RESUMED,
	ITEM_MOVE_WAITING, /* for a predecessor (R05) */
	ITEM_MOVE_PROCEEDED,
	ITEM_MOVE_EXTENDED, /* the limit; the state stays */
	ITEM_MOVE_DECIDED,
	ITEM_MOVE_RESULT, /* the window confirms that the result is here (R29) */
	ITEM_MOVE_DELIVERED,
	ITEM_MOVE_WITHDRAWN, /* open until decided */
	ITEM_MOVE_COUNT,
};

/* "deemed_accepted" and 视为受理, static; from_name takes either. */
const char *item_move_word(enum item_move move);
const char *item_move_name(enum item_move move);
enum item_move item_move_from_name(const char *text);

/* Who may make a move; the bits are 1u << enum authority of store/journal.h. */
#define ITEM_BY_WINDOW (1u << 0)
#define ITEM_BY_DEPARTMENT (1u << 1)
#define ITEM_BY_APPLICANT (1u << 2)
#define ITEM_BY_BUREAU (1u << 3)
#define ITEM_BY_LAW (1u << 4)

struct item_move_rule {
	enum item_move move;
	unsigned from;	    /* set of states, 1u << enum item_state */
	enum item_state to; /* ITEM_STATE_COUNT: the state stays */
	unsigned by;	    /* ITEM_BY_… */
};

/*
 * The row that allows `move` from `state`, static; NULL when the move is refused. An act of a
 * department that the window types in (转录) counts as the department's.
 */
const struct item_move_rule *item_move_find(enum item_state state, enum item_move move);

/*
 * *ret_state is where the move leads. ERR_CODE_MOVE, naming state and move, when the table has no
 * such row; ERR_CODE_PERMISSION when `by` (one ITEM_BY_ bit) may not make it. item_name: for the
 * message, clean.
 */
bool item_move_apply(const char *item_name, enum item_state state, enum item_move move, unsigned by,
	enum item_state *ret_state, GError **error);

/* No move leads out: delivered, withdrawn, lapsed. */
bool item_state_is_final(enum item_state state);

/* The case may be archived by this item: delivered, withdrawn or lapsed. */
bool item_state_is_done(enum item_state state);

/* The applicant has to supplement. */
bool item_state_is_correcting(enum item_state state);

/* ---- the case, computed from its items ---- */

/* One item that the applicant takes, as the functions below look at it. Borrowed. */
struct item_view {
	int item; /* index in the theme */
	enum item_state state;
	bool denied;		/* decided, and the decision was no */
	const char *department; /* code or name; "" not routed */
	const GArray *after;	/* int: indexes of predecessors; NULL none */
};

enum case_state {
	CASE_STATE_DRAFT,      /* 草稿 */
	CASE_STATE_CORRECTING, /* 补正中 */
	CASE_STATE_TAKEN_IN,   /* 已收件: no department has received it yet */
	CASE_STATE_RUNNING,    /* 办理中 */
	CASE_STATE_PICKUP,     /* 待取件: all results are at the window */
	CASE_STATE_DELIVERED,  /* 已送达 */
	CASE_STATE_WITHDRAWN,  /* 已撤回 */
	CASE_STATE_LAPSED,     /* 逾期未补正 */
	CASE_STATE_ARCHIVED,   /* 已归档 */
	CASE_STATE_COUNT,
};

/* "taken_in" and 已收件, static; from_name takes either. */
const char *case_state_word(enum case_state state);
const char *case_state_name(enum case_state state);
enum case_state case_state_from_name(const char *text);

/* A case without items is a draft. Withdrawn and lapsed items do not hold the others back. */
enum case_state case_state_of(const struct item_view *items, size_t count, bool archived);

/* True when every item is delivered, withdrawn or lapsed (and there is one). */
bool case_may_archive(const struct item_view *items, size_t count);

/*
 * How far it is, for lists: 2/5部门已签收, 3/5部门已受理, 3/5事项已办结, 3/5结果已到窗口, 补正2项,
 * or the state's name where there is nothing to count. g_free.
 */
char *case_progress(const struct item_view *items, size_t count, bool archived);

/*
 * The item whose end stops this one (a predecessor, direct or through others, refused, denied,
 * withdrawn or lapsed), so that this one is paused and the window is told; -1 when none does or the
 * item itself is already decided. at: position in items.
 */
int item_paused_by(const struct item_view *items, size_t count, size_t at);

/* True when every predecessor of the item in the case is decided and not denied. */
bool item_predecessors_done(const struct item_view *items, size_t count, size_t at);

#endif
