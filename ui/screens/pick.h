/* Choosing one of many by typing: a box over a list that narrows with every letter. */
#ifndef UI_SCREENS_PICK_H
#define UI_SCREENS_PICK_H

#include "app.h"
#include "widgets/filter.h"

struct pick_choice {
	char *code;
	char *name;
	char *about; /* dim, behind the name */
	struct filter_key key;
};

/* An empty list of choices that frees itself with them. */
GPtrArray *pick_choices_new(void);
void pick_choices_add(GPtrArray *choices, const char *code, const char *name, const char *about);

struct pick {
	const char *title;  /* copied, like hint */
	const char *hint;   /* under the box; NULL none */
	GPtrArray *choices; /* struct pick_choice; taken */
	/*
	 * Does it with the code that was chosen, after the list has closed. data is borrowed and
	 * outlives it.
	 */
	unsigned (*done)(struct app *app, void *data, const char *code);
	void *data;
};

/* Opens the list above the current screen. */
void app_pick(struct app *app, const struct pick *pick);

extern const struct screen_ops screen_pick;

#endif
