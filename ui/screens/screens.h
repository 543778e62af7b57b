/* All screens, one file each. */
#ifndef UI_SCREENS_SCREENS_H
#define UI_SCREENS_SCREENS_H

#include "app.h"

extern const struct screen_ops screen_login;
extern const struct screen_ops screen_lock;
extern const struct screen_ops screen_home;
extern const struct screen_ops screen_themes; /* F2: all lists and themes */
extern const struct screen_ops screen_guide; /* 情形: argument is the case's id, likewise below */
extern const struct screen_ops screen_notice;	/* 告知 */
extern const struct screen_ops screen_form;	/* 表单 */
extern const struct screen_ops screen_material; /* 材料 */
extern const struct screen_ops screen_check;	/* 审查 */
extern const struct screen_ops screen_intake;	/* 收件 */
extern const struct screen_ops screen_case;	/* a case taken in */
extern const struct screen_ops screen_acts;	/* argument: a case's id TAB the item's index */
extern const struct screen_ops screen_timeline;
extern const struct screen_ops screen_brief; /* argument: list TAB theme, or a case's id */
extern const struct screen_ops screen_outbox;
extern const struct screen_ops screen_papers;
extern const struct screen_ops screen_queue; /* argument: a word of enum queue_kind */
extern const struct screen_ops screen_menu;
extern const struct screen_ops screen_bureau; /* 清单维护; the rest of it in bureau.h */
extern const struct screen_ops screen_route;
extern const struct screen_ops screen_help;

/* The screen of a step of the spine, static. */
const struct screen_ops *screens_of_step(enum case_step step);

/* True when text has the shape of a code of ours (a case number or a label), right or wrong. */
bool screens_is_code(const char *text);

/* 即办, 5个工作日, or that the place decides; NULL likewise. g_free. */
char *screens_limit_words(const struct limit_rule *limit);

/* The spine (SCREENS rule 3) on one line: title left, steps right. */
void screens_spine(struct area area, int row, const struct case_view *view, enum case_step current);

/* Draws what is above and answers STEP_NEXT, STEP_PREVIOUS for the six steps' screens. */
unsigned screens_step_action(
	struct app *app, const struct case_view *view, enum case_step step, enum action action);

/* Reads the case again into *view; on failure the old one stays. */
bool screens_reload(struct app *app, const char *case_id, struct case_view **view, GError **error);

/* Takes the lease of a draft and reads it; NULL with the holder's name in the error. */
struct case_view *screens_hold(struct app *app, const char *case_id, GError **error);

/* Asks a supervisor whether the clock is right and confirms it; why is what was refused, or NULL.
 */
void screens_confirm_clock(struct app *app, const char *why);

/* Says the error when a desk call was not good (takes it); the screen reads again in any case. */
unsigned screens_done(struct app *app, bool good, GError *error);

/* A due date and how far it is, on one line; what lies beyond the calendar says it once. */
void screens_due(struct area area, int row, const char *label, const char *due, const char *words);

/* The line between two panes, in the first column of the second one. */
void screens_divide(struct area area);

/* How many items a found theme has, at the right edge of its row; a theme may print none. */
void screens_items(struct area area, int row, enum style style, int items);

/* One event of a timeline, and one case of a list, on one line. */
void screens_event(struct area area, int row, const struct case_event *event);
void screens_case_row(struct area area, int row, const struct case_row *cells, bool here);

#endif
