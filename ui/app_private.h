/* What app.c, frame.c and loop.c share; no screen includes this. */
#ifndef UI_APP_PRIVATE_H
#define UI_APP_PRIVATE_H

#include "app.h"
#include "screen.h"
#include "settings.h"

struct open_screen {
	const struct screen_ops *ops;
	void *state;
};

struct app {
	const struct screen_options *options;
	struct desk *desk;
	struct term *term; /* NULL in render tests */
	struct surface *surface;
	struct key_decoder *decoder;
	GArray *stack; /* struct open_screen */
	struct desk_status status;
	char *message;
	enum say_kind message_kind;
	char *halted;	 /* a failed save: fills the screen until a key (D1) */
	GPtrArray *undo; /* app_undo; NULL nothing yet */
	struct settings settings;
	int64_t data_version;
	int day;	     /* civil day whose versions are in force; 0 not looked yet */
	int64_t last_key_ms; /* by the clock that runs on while the machine sleeps */
	bool locked;
	bool quit;
	bool rested; /* the screen's rest was called since the last key */
	bool dirty;  /* the surface has to be drawn again */
};

/* Without a terminal until app_loop; takes the desk, borrows the options. */
struct app *app_new(const struct screen_options *options, struct desk *desk);
void app_free(struct app *app);

/* From now on nothing is written over the screen: warnings go to screen.log of the home (log.c). */
void log_to_file(const char *home);

/* Every character of ambiguous width on the surface becomes one of ASCII (marks.c). */
void marks_to_ascii(struct surface *surface);

/* The screen that has the keys, borrowed until the stack changes; there is always one. */
struct open_screen *app_top(struct app *app);
void app_draw(struct app *app); /* frame.c: all of the surface */
void app_event(struct app *app, const struct key_event *event);
void app_effects(struct app *app, unsigned effects);
void app_recalc(struct app *app);
void app_status_recalc(struct app *app);
void app_close_all(struct app *app);
bool app_loop(struct app *app, GError **error); /* loop.c */

#endif
