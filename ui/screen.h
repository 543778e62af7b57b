/* The door to the screen: what main calls. */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

struct screen_options {
	const char *home;
	int64_t now_ms;		/* 0: the system's clock */
	const char *login_hint; /* shown under the login (the demo's accounts); NULL none */
	bool no_agent;		/* do not start the agent (tests, measuring) */
};

/* Runs until the clerk leaves. False with a sentence when the screen could not be opened. */
bool screen_run(const struct screen_options *options, GError **error);

#endif
