/*
 * The running screen program: one desk, one terminal, a stack of screens. A screen is a const
 * struct screen_ops: recalc reads through the desk into its model, render is a function of model
 * and size, action and text return effects and never draw, loop or block.
 */
#ifndef UI_APP_H
#define UI_APP_H

#include "actions.h"
#include "desk/case.h"
#include "desk/queue.h"
#include "surface.h"
#include "term.h"

enum effect {
	EFFECT_NONE = 0,
	EFFECT_RENDER = 1,    /* the model changed on its own */
	EFFECT_RECALC = 2,    /* read again through the desk, then render */
	EFFECT_BACK = 4,      /* close this screen */
	EFFECT_UNHANDLED = 8, /* the program's own meaning of the action */
};

struct app;

struct screen_ops {
	const char *name;
	enum context context;
	const char *title;
	/* What this step legally asks, with article; shown by F1. May be NULL. */
	const char *law;
	/* Makes the state; NULL with an error when it cannot open. argument is borrowed. */
	void *(*open)(struct app *app, const char *argument, GError **error);
	void (*close)(struct app *app, void *state);
	bool (*recalc)(struct app *app, void *state, GError **error);
	void (*render)(const void *state, struct area area);
	unsigned (*action)(struct app *app, void *state, enum action action);
	/* TEXT, PASTE and SCAN events; NULL when the screen takes none. */
	unsigned (*text)(struct app *app, void *state, const struct key_event *event);
	/* True while a line of text has the keys, so that digits are text. NULL: always when text
	 * is set. */
	bool (*wants_text)(const void *state);
	/* Once when no key has come for a moment: reads what stands beside the list. NULL none. */
	unsigned (*rest)(struct app *app, void *state);
	/* Once a second; NULL none. */
	unsigned (*tick)(struct app *app, void *state);
};

enum say_kind {
	SAY_GOOD,
	SAY_NOTE,
	SAY_BAD,
};

/* The open desk, and the status line as last read; both borrowed. */
struct desk *app_desk(struct app *app);
const struct desk_status *app_status(const struct app *app);

/* How wide the screen is now: wide ones show a second pane (SCREENS rule 10). */
#define APP_WIDE 116
int app_columns(const struct app *app);

/* Opens a screen above the current one; an error is said instead. True when it is open. */
bool app_open(struct app *app, const struct screen_ops *ops, const char *argument);

/* Puts a screen in the place of the current one (a step along the spine). */
bool app_replace(struct app *app, const struct screen_ops *ops, const char *argument);

/* Closes the current screen and reads the one below again. */
void app_back(struct app *app);

/*
 * What can be taken back by whoever is logged in, the newest last; an element is freed with
 * free_step. Forgotten at logout.
 */
GPtrArray *app_undo(struct app *app, GDestroyNotify free_step);

/* Closes all screens above the home screen, or logs out to the login screen. */
void app_home(struct app *app);
void app_logout(struct app *app);

/* Locks: the screens below stay as they are. */
void app_lock(struct app *app);

/* The lock screen tells that the password was right. */
void app_unlocked(struct app *app);

/* The screen that has the keys now (while another opens: the one below it). */
const struct screen_ops *app_current(struct app *app);

/* One sentence in the message line, until the next key. */
void app_say(struct app *app, enum say_kind kind, const char *fmt, ...) G_GNUC_PRINTF(3, 4);

/* Shows at once that something takes a moment; NULL when it is over and nothing is said of it. */
void app_busy(struct app *app, const char *sentence);

/* Says an error (takes it); a failed save fills the screen until a key is pressed (D1). */
void app_fail(struct app *app, GError *error);

/*
 * Asks for one line or a yes; on Enter calls done with the text. A dangerous act: object names what
 * it is about, and the answer must be typed (是). data lives until done or the prompt's end
 * (free_data).
 */
struct prompt {
	const char *title;
	const char *question;
	const char *initial;
	bool secret;  /* shows no characters */
	bool confirm; /* a yes/no question: Enter alone is no, 1 or y is yes */
	unsigned (*done)(struct app *app, void *data, const char *text);
	void *data;
	GDestroyNotify free_data;
};
void app_ask(struct app *app, const struct prompt *prompt);

/* Opens whatever a typed or scanned code means: a case, the case of a label; says so when nothing.
 */
bool app_open_code(struct app *app, const char *code);

/* Opens a case: a draft at its step, a case in the case view. */
bool app_open_case(struct app *app, const char *key);

/* Where a draft goes along the spine from `step`: +1 or -1; replaces the current screen. */
unsigned app_step(struct app *app, const char *case_id, enum case_step step, int direction);

#endif
