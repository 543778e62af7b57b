/* A screen without a terminal: keys go in, what is drawn is compared with a snapshot. */
#ifndef SUPPORT_SCREEN_H
#define SUPPORT_SCREEN_H

#include "app_private.h"

/* Logged in and on the home screen, nothing above it. */
void support_to_home(struct app *app);

void support_press(struct app *app, enum key key);

/* Every character as a key of its own. */
void support_type(struct app *app, const char *text);

/* The screen as text at that size, after the keys have rested; random labels and digests masked.
 * g_free. */
char *support_dump(struct app *app, int rows, int columns);

/*
 * Compares with tests/ui/snapshots/NAME-80x24.txt and NAME-120x40.txt; UPDATE=1 writes them. False
 * when one differs, which is printed.
 */
bool support_snapshot(struct app *app, const char *name);

/* True when the words stand on the 80x24 screen, blanks aside; prints the screen otherwise. */
bool support_shows(struct app *app, const char *words);

#endif
