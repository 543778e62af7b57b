/* What [screen] of config.ini says, and [screen TERM] for one kind of terminal over it. */
#ifndef UI_SETTINGS_H
#define UI_SETTINGS_H

#include <stdbool.h>

#include "term.h"

struct settings {
	enum term_colours colours; /* colours = 16 | 8 | mono; at most what the terminal has */
	int escape_ms;		   /* escape_ms = 10 to 1000: how long Esc waits for what follows */
	int burst_ms;		   /* burst_ms = 0 to 200: quicker than this is a scanner; 0 none */
	int lock_minutes;	   /* lock_minutes = 1 to 60 */
	bool ascii_marks; /* marks = ascii, or ambiguous = wide: no character of ambiguous width */
};

/* Never fails: what is missing, unreadable or out of range is the default. term may be NULL. */
void settings_read(const char *home, const char *term, struct settings *ret_settings);

#endif
