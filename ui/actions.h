/* The actions of actions.def and the keys that mean them (keymap.c). */
#ifndef UI_ACTIONS_H
#define UI_ACTIONS_H

#include "keys.h"

enum action {
	ACTION_NONE,
#define ACTION(id, label, help) ACTION_##id,
#include "actions.def"
#undef ACTION
	ACTION_COUNT,
};

/* Where a key is pressed; a context that does not know a key asks its parent. */
enum context {
	CONTEXT_NONE,
	CONTEXT_GLOBAL,
	CONTEXT_EDIT, /* a line of text has the keys */
	CONTEXT_LIST,
	CONTEXT_LOGIN,
	CONTEXT_LOCK,
	CONTEXT_HOME,
	CONTEXT_THEMES,
	CONTEXT_GUIDE,
	CONTEXT_NOTICE,
	CONTEXT_FORM,
	CONTEXT_MATERIAL,
	CONTEXT_CHECK,
	CONTEXT_INTAKE,
	CONTEXT_CASE,
	CONTEXT_ACTS,
	CONTEXT_TIMELINE,
	CONTEXT_OUTBOX,
	CONTEXT_PAPERS,
	CONTEXT_QUEUE,
	CONTEXT_HELP,
	CONTEXT_PROMPT,
	CONTEXT_ASK,
	CONTEXT_BRIEF,
	CONTEXT_MENU,
	CONTEXT_PICK,
	CONTEXT_BUREAU,
	CONTEXT_BUREAU_LIST,
	CONTEXT_BUREAU_FAULTS,
	CONTEXT_BUREAU_PAGE,
	CONTEXT_BUREAU_ENTRY,
	CONTEXT_ROUTE,
	CONTEXT_COUNT,
};

/* Static texts. */
const char *action_label(enum action action);
const char *action_help(enum action action);

struct keymap_row {
	enum context context;
	enum key key;
	enum action action;
	bool in_bar; /* shown in the key bar of its context */
};

/* The action of a key in a context, ACTION_NONE when it has none. */
enum action keymap_action(enum context context, enum key key);

/* The rows a screen of this context can use, its own first, then its parents'; ends with NULL;
 * g_free. */
const struct keymap_row **keymap_rows(enum context context);

#endif
