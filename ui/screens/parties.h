/* Who takes part in a draft, asked for in small forms above the form. case_id must outlive them. */
#ifndef UI_SCREENS_PARTIES_H
#define UI_SCREENS_PARTIES_H

#include "app.h"

/* Asks for one more party (R16, R44). */
void parties_add(struct app *app, char *case_id);

/* Asks which party to take away. */
void parties_remove(struct app *app, const struct case_view *view, char *case_id);

/* Asks for the purpose, then shows the whole number in the message line; the desk keeps the fact.
 */
void parties_show_number(struct app *app, const struct case_view *view, char *case_id);

#endif
