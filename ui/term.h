/* The terminal, seen by one file (term_curses.c); the tests have one in memory. */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "surface.h"

enum term_colours {
	TERM_COLOURS_MONO,
	TERM_COLOURS_8,
	TERM_COLOURS_16,
};

struct term_options {
	enum term_colours most; /* fewer when the terminal has fewer */
};

struct term;

/* Takes the terminal over. ERR_CODE_TERMINAL when standard input or output is none. */
struct term *term_open(const struct term_options *options, GError **error);

/* Gives it back as it was. Safe to call with NULL, and from the abort path. */
void term_close(struct term *term);

/* The size now, after a change was noticed. */
void term_size(struct term *term, int *ret_rows, int *ret_columns);

/* Notices a changed size; true when it changed. */
bool term_resize(struct term *term);

/* Shows the surface; only what differs is sent. */
void term_show(struct term *term, const struct surface *surface);

/* A sound, where the terminal has one. */
void term_bell(struct term *term);

/* Sends everything again (Ctrl+L). */
void term_refresh(struct term *term);

#endif
