/* The loop: bytes of the terminal, a look at the store, the clock. Nothing here waits for anything
 * else. */
#include "app_private.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "catalog/catalogue.h"
#include "cli/sibling.h"
#include "core/date.h"
#include "screens/screens.h"

#define TICK_MS 1000
#define IDLE_MS 80  /* no key for so long: a screen may read what is beside its list */
#define LOOK_MS 250 /* how often the store is asked whether another process wrote */

static volatile sig_atomic_t was_resized;
static volatile sig_atomic_t was_ended;

static void on_resize(int number)
{
	was_resized = number;
}

static void on_end(int number)
{
	was_ended = number;
}

/* Runs on while the machine sleeps or the program is stopped: neither keeps a screen open. */
static int64_t idle_clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void show(struct app *app)
{
	if (!app->dirty)
		return;
	app->dirty = false;
	app_draw(app);
	term_show(app->term, app->surface);
}

static void take_size(struct app *app)
{
	int rows, columns;
	was_resized = 0;
	term_resize(app->term);
	term_size(app->term, &rows, &columns);
	surface_resize(app->surface, rows, columns);
	app->dirty = true;
}

static bool read_keys(struct app *app)
{
	char bytes[4096];
	ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
	if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN))
		return false;
	if (count > 0)
		key_decoder_feed(app->decoder, bytes, (size_t)count, clock_monotonic_ms());
	return true;
}

static void lock_when_idle(struct app *app)
{
	int64_t most = (int64_t)app->settings.lock_minutes * 60 * 1000;
	if (idle_clock_ms() - app->last_key_ms > most)
		app_lock(app);
}

/* What came after a long absence is not of the one who left: the lock comes first. */
static void take_events(struct app *app)
{
	struct key_event event = {0};
	lock_when_idle(app);
	while (!app->quit && key_decoder_next(app->decoder, clock_monotonic_ms(), &event)) {
		app->last_key_ms = idle_clock_ms();
		app_event(app, &event);
		key_event_clear(&event);
	}
}

/* Another process of the home wrote: status and screen are read again. */
static void look_at_store(struct app *app)
{
	int64_t version = store_data_version(desk_store(app->desk));
	if (version == app->data_version)
		return;
	app->data_version = version;
	app_status_recalc(app);
	app_recalc(app);
}

/* On a new civil day the versions due come into force here, with or without an agent. */
static void take_day(struct app *app)
{
	int64_t now_ms = desk_now_ms(app->desk);
	int day = civil_date_to_days(civil_date_of_ms(now_ms));
	bool changed = false;
	if (day == app->day || !catalogue_settle(desk_store(app->desk), now_ms, &changed, NULL))
		return;
	app->day = day;
	if (changed)
		app_recalc(app);
}

static void tick(struct app *app)
{
	struct open_screen *top = app_top(app);
	take_day(app);
	if (top->ops->tick != NULL)
		app_effects(app, top->ops->tick(app, top->state));
	lock_when_idle(app);
	if (app->status.disk != NULL && *app->status.disk != '\0')
		app_status_recalc(app); /* room that was made leaves no trace in the store */
	app->dirty = true;
}

static bool has_rest(struct app *app)
{
	return app_top(app)->ops->rest != NULL && !app->rested;
}

static void rest(struct app *app)
{
	struct open_screen *top = app_top(app);
	app->rested = true;
	app_effects(app, top->ops->rest(app, top->state));
}

static int wait_ms(struct app *app, int64_t next_ms, int64_t now)
{
	int wait = (int)CLAMP(next_ms - now, 0, TICK_MS);
	int keys = key_decoder_wait_ms(app->decoder, now);
	if (has_rest(app))
		wait = MIN(wait, IDLE_MS);
	return keys < 0 ? wait : MIN(wait, keys);
}

static void run(struct app *app)
{
	int64_t next_look = clock_monotonic_ms() + LOOK_MS, next_tick = next_look;
	while (!app->quit && !was_ended) {
		show(app);
		int64_t now = clock_monotonic_ms();
		struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
		int ready = poll(&input, 1, wait_ms(app, MIN(next_look, next_tick), now));
		if (was_resized)
			take_size(app);
		if (ready > 0 && !read_keys(app))
			break;
		take_events(app);
		if (ready == 0 && has_rest(app))
			rest(app);
		now = clock_monotonic_ms();
		if (now >= next_look) {
			next_look = now + LOOK_MS;
			look_at_store(app);
		}
		if (now >= next_tick) {
			next_tick = now + TICK_MS;
			tick(app);
		}
	}
}

static void catch_signals(void)
{
	struct sigaction resize = {.sa_handler = on_resize}, end = {.sa_handler = on_end};
	sigaction(SIGWINCH, &resize, NULL);
	static const int ends[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
	for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
		sigaction(ends[i], &end, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTSTP, SIG_IGN); /* nothing puts a shell where a case was */
}

bool app_loop(struct app *app, GError **error)
{
	struct term_options options = {.most = app->settings.colours};
	app->term = term_open(&options, error);
	if (app->term == NULL)
		return false;
	catch_signals();
	take_size(app);
	take_day(app);
	show(app);
	if (!app->options->no_agent && g_getenv("YICHUANG_NO_AGENT") == NULL)
		sibling_start_agent(app->options->home);
	app->data_version = store_data_version(desk_store(app->desk));
	app->last_key_ms = idle_clock_ms();
	run(app);
	term_close(app->term);
	app->term = NULL;
	return true;
}

bool screen_run(const struct screen_options *options, GError **error)
{
	struct desk *desk = desk_open(options->home, STORE_MODE_WRITE, error);
	if (desk == NULL)
		return false;
	log_to_file(options->home);
	struct app *app = app_new(options, desk);
	bool good = options->now_ms == 0 || desk_set_now(desk, options->now_ms, error);
	if (good && app_open(app, &screen_login, options->login_hint))
		good = app_loop(app, error);
	app_free(app);
	return good;
}
