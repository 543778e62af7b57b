/* What app.c, frame.c and loop.c share; no screen includes this. */
#ifndef UI_APP_PRIVATE_H
#define UI_APP_PRIVATE_H

#include "app.h"
#include "screen.h"

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
	char *halted; /* a failed save: fills the screen until a key (D1) */
	int64_t data_version;
	int64_t last_key_ms; /* monotonic, for the idle lock */
	int64_t lock_after_ms;
	bool locked;
	bool quit;
	bool dirty; /* the surface has to be drawn again */
};

/* The screen that has the keys, borrowed until the stack changes; there is always one. */
struct open_screen *app_top(struct app *app);
void app_draw(struct app *app);            /* frame.c: all of the surface */
void app_event(struct app *app, const struct key_event *event);
void app_effects(struct app *app, unsigned effects);
void app_recalc(struct app *app);
void app_status_recalc(struct app *app);
void app_close_all(struct app *app);
bool app_loop(struct app *app, GError **error); /* loop.c */

#endif
