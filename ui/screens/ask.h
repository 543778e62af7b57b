/* A small form above a screen: a few rows of text or choice, one Enter. Its rows are a const table.
 */
#ifndef UI_SCREENS_ASK_H
#define UI_SCREENS_ASK_H

#include "app.h"

#define ASK_MOST_ROWS 8
#define ASK_MOST_CHOICES 9

struct ask_row {
	const char *label;
	const char *choices[ASK_MOST_CHOICES + 1]; /* ends with NULL; none: a line of text */
	const char *hint;			   /* what to write, or ""; never NULL */
	bool needed;
};

/* What was given: the text, or the index of the choice. */
struct ask_answer {
	const char *text; /* never NULL */
	int choice;	  /* 0 for a line of text */
};

struct ask {
	const char *title;
	const char *question; /* a sentence above the rows, or NULL */
	const struct ask_row *rows;
	int count;			    /* at most ASK_MOST_ROWS */
	int chosen[ASK_MOST_ROWS];	    /* the choices at the beginning */
	const char *texts[ASK_MOST_ROWS];   /* the lines of text at the beginning; NULL empty */
	int most;			    /* characters of a line; 0: 200 */
	const char *members[ASK_MOST_ROWS]; /* how the catalogue's check names a row; NULL not */
	int subject; /* from 1: the row its refusal is about when it names none; 0 unknown */
	/*
	 * Does it. False with an error: the form stays open with what was typed. data is borrowed
	 * and outlives the form.
	 */
	bool (*done)(struct app *app, void *data, const struct ask_answer *answers, GError **error);
	void *data;
};

/* Opens the form; what ask points to must be static but the title, question and texts, which are
 * copied. */
void app_ask_form(struct app *app, const struct ask *ask);

extern const struct screen_ops screen_ask;

#endif
