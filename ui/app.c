#include "app_private.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "core/code.h"
#include "screens/screens.h"

struct app *app_new(const struct screen_options *options, struct desk *desk)
{
	struct app *app = g_new0(struct app, 1);
	app->options = options;
	app->desk = desk;
	app->surface = surface_new(24, 80);
	app->decoder = key_decoder_new();
	app->stack = g_array_new(FALSE, FALSE, sizeof(struct open_screen));
	settings_read(options->home, g_getenv("TERM"), &app->settings);
	key_decoder_timing(app->decoder, app->settings.escape_ms, app->settings.burst_ms);
	app_status_recalc(app);
	return app;
}

void app_free(struct app *app)
{
	app_close_all(app);
	g_array_free(app->stack, TRUE);
	key_decoder_free(app->decoder);
	surface_free(app->surface);
	desk_status_clear(&app->status);
	g_free(app->message);
	g_free(app->halted);
	g_clear_pointer(&app->undo, g_ptr_array_unref);
	desk_close(app->desk);
	g_free(app);
}

GPtrArray *app_undo(struct app *app, GDestroyNotify free_step)
{
	if (app->undo == NULL)
		app->undo = g_ptr_array_new_with_free_func(free_step);
	return app->undo;
}

int app_columns(const struct app *app)
{
	return app->surface->columns;
}

struct desk *app_desk(struct app *app)
{
	return app->desk;
}

const struct desk_status *app_status(const struct app *app)
{
	return &app->status;
}

struct open_screen *app_top(struct app *app)
{
	return &g_array_index(app->stack, struct open_screen, app->stack->len - 1);
}

static void close_top(struct app *app)
{
	struct open_screen top = *app_top(app);
	g_array_set_size(app->stack, app->stack->len - 1);
	if (top.ops->close != NULL)
		top.ops->close(app, top.state);
	app->dirty = true;
}

void app_close_all(struct app *app)
{
	while (app->stack->len > 0)
		close_top(app);
}

void app_recalc(struct app *app)
{
	struct open_screen *top = app_top(app);
	GError *error = NULL;
	app->dirty = true;
	if (top->ops->recalc != NULL && !top->ops->recalc(app, top->state, &error))
		app_fail(app, error);
}

void app_status_recalc(struct app *app)
{
	struct desk_status status = {0};
	if (!desk_status_read(app->desk, &status, NULL))
		return;
	desk_status_clear(&app->status);
	app->status = status;
	app->dirty = true;
}

bool app_open(struct app *app, const struct screen_ops *ops, const char *argument)
{
	GError *error = NULL;
	void *state = ops->open(app, argument, &error);
	if (state == NULL) {
		app_fail(app, error);
		return false;
	}
	struct open_screen screen = {ops, state};
	g_array_append_val(app->stack, screen);
	app_recalc(app);
	return true;
}

bool app_replace(struct app *app, const struct screen_ops *ops, const char *argument)
{
	if (!app_open(app, ops, argument))
		return false;
	guint below = app->stack->len - 2;
	struct open_screen old = g_array_index(app->stack, struct open_screen, below);
	g_array_remove_index(app->stack, below);
	if (old.ops->close != NULL)
		old.ops->close(app, old.state);
	return true;
}

void app_back(struct app *app)
{
	close_top(app);
	app_recalc(app);
}

static void close_down_to(struct app *app, guint left)
{
	while (app->stack->len > left)
		close_top(app);
}

void app_home(struct app *app)
{
	close_down_to(app, 2);
	app_recalc(app);
}

void app_logout(struct app *app)
{
	close_down_to(app, 1);
	g_clear_pointer(&app->undo, g_ptr_array_unref);
	desk_logout(app->desk);
	app->locked = false;
	app_recalc(app);
}

void app_unlocked(struct app *app)
{
	app->locked = false;
}

const struct screen_ops *app_current(struct app *app)
{
	return app_top(app)->ops;
}

void app_say(struct app *app, enum say_kind kind, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	g_free(app->message);
	app->message = g_strdup_vprintf(fmt, arguments);
	app->message_kind = kind;
	va_end(arguments);
	app->dirty = true;
	if (kind == SAY_BAD && app->term != NULL)
		term_bell(app->term);
}

void app_busy(struct app *app, const char *sentence)
{
	g_clear_pointer(&app->message, g_free);
	if (sentence == NULL || app->term == NULL)
		return;
	app_say(app, SAY_NOTE, "%s", sentence);
	app_draw(app);
	term_show(app->term, app->surface);
}

static bool is_failed_save(const GError *error)
{
	return err_is(error, ERR_CODE_STORE_FULL) || err_is(error, ERR_CODE_STORE_READ_ONLY) ||
	       err_is(error, ERR_CODE_STORE) || err_is(error, ERR_CODE_STORE_CORRUPT);
}

void app_fail(struct app *app, GError *error)
{
	if (error == NULL)
		return;
	if (is_failed_save(error)) {
		g_free(app->halted);
		app->halted = g_strdup(error->message);
		app->dirty = true;
	} else {
		app_say(app, SAY_BAD, "%s", error->message);
	}
	g_error_free(error);
}

bool app_open_case(struct app *app, const char *key)
{
	GError *error = NULL;
	g_autoptr(case_view) view = desk_case_view(app->desk, key, &error);
	if (view == NULL) {
		app_fail(app, error);
		return false;
	}
	if (view->number[0] != '\0')
		return app_open(app, &screen_case, view->id);
	return app_open(app, screens_of_step(view->step), view->id);
}

static unsigned ask_custody(struct app *app, void *data, const char *text)
{
	GError *error = NULL;
	if (!desk_custody_ask(app->desk, data, &error)) {
		app_fail(app, error);
		return EFFECT_NONE;
	}
	app_say(app, SAY_GOOD, "已向中心申请接办 %s；答复到了，再扫一次就能打开",
		(const char *)data);
	return EFFECT_NONE;
}

/* A right case number that is not of this home: another window's case, which may be taken over. */
static bool offer_custody(struct app *app, const char *code)
{
	struct code_result result;
	bool other =
		code_check(code, &result) && result.kind == CODE_KIND_CASE && app->status.has_hub;
	if (!other)
		return false;
	g_autofree char *question =
		g_strdup_printf("本机没有办件 %s。向中心申请，由本窗口接办？", result.value);
	app_ask(app, &(struct prompt){.title = "接办别的窗口的办件",
			     .question = question,
			     .confirm = true,
			     .done = ask_custody,
			     .data = g_strdup(result.value),
			     .free_data = g_free});
	return true;
}

bool app_open_code(struct app *app, const char *code)
{
	g_autofree char *clean = text_clean(code, false);
	GError *error = NULL;
	g_autoptr(case_view) view = desk_case_view(app->desk, clean, &error);
	if (view == NULL) {
		if (err_is(error, ERR_CODE_NOT_FOUND) && offer_custody(app, clean)) {
			g_error_free(error);
			return false;
		}
		if (err_is(error, ERR_CODE_NOT_FOUND)) {
			g_clear_error(&error);
			err_set(&error, ERR_CODE_BARCODE_UNKNOWN, "没有找到条码 %s", clean);
		}
		app_fail(app, error);
		return false;
	}
	return app_open_case(app, view->id);
}

unsigned app_step(struct app *app, const char *case_id, enum case_step step, int direction)
{
	int to = (int)step + direction;
	if (to < 0 || to >= CASE_STEP_COUNT) /* the ends of the spine */
		return EFFECT_NONE;
	GError *error = NULL;
	if (!desk_step_set(app->desk, case_id, (enum case_step)to, &error)) {
		app_fail(app, error);
		return EFFECT_NONE;
	}
	g_autofree char *id = g_strdup(case_id);
	app_replace(app, screens_of_step((enum case_step)to), id);
	return EFFECT_NONE;
}

void app_effects(struct app *app, unsigned effects)
{
	if (effects & (EFFECT_RENDER | EFFECT_RECALC))
		app->dirty = true;
	if (effects & EFFECT_BACK) {
		if (app->stack->len > 1)
			close_top(app);
		effects |= EFFECT_RECALC;
	}
	if (effects & EFFECT_RECALC) {
		app_status_recalc(app);
		app_recalc(app);
	}
}

void app_lock(struct app *app)
{
	if (app->stack->len < 2 || app->locked)
		return;
	g_clear_pointer(&app->message, g_free); /* it may speak of a person */
	app->locked = app_open(app, &screen_lock, NULL);
	if (app->term != NULL)
		term_refresh(app->term);
}

/* What an action means when the screen has no meaning of its own for it. */
static void common_action(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_BACK:
		if (app->stack->len > 2 && !app->locked)
			app_effects(app, EFFECT_BACK);
		break;
	case ACTION_HELP:
		if (app_top(app)->ops != &screen_help)
			app_open(app, &screen_help, NULL);
		break;
	case ACTION_LOCK:
		app_lock(app);
		break;
	case ACTION_REDRAW:
		if (app->term != NULL)
			term_refresh(app->term);
		app->dirty = true;
		break;
	case ACTION_QUIT:
		app->quit = true;
		break;
	case ACTION_PRINT:
		if (!app->locked && app->stack->len > 1)
			app_say(app, SAY_NOTE, "这一屏没有要打印的单据；告知、补正、办件里有");
		break;
	default:
		break;
	}
}

static void act(struct app *app, enum action action)
{
	struct open_screen *top = app_top(app);
	unsigned effects = EFFECT_UNHANDLED;
	if (top->ops->action != NULL)
		effects = top->ops->action(app, top->state, action);
	if (effects & EFFECT_UNHANDLED)
		common_action(app, action);
	else
		app_effects(app, effects);
}

static bool top_wants_text(struct open_screen *top)
{
	if (top->ops->text == NULL)
		return false;
	return top->ops->wants_text == NULL || top->ops->wants_text(top->state);
}

static void take_text(struct app *app, const struct key_event *event)
{
	struct open_screen *top = app_top(app);
	if (top->ops->text != NULL)
		app_effects(app, top->ops->text(app, top->state, event));
	else if (event->key == KEY_SCAN_)
		app_open_code(app, event->text);
}

/* A burst in a line of text that is no code of ours was typing ahead: text, then Enter. */
static void take_scan(struct app *app, const struct key_event *event)
{
	struct open_screen *top = app_top(app);
	if (!top_wants_text(top) || screens_is_code(event->text)) {
		if (top->ops == &screen_login || app->locked)
			return;
		take_text(app, event);
		return;
	}
	struct key_event text = {KEY_TEXT_, event->text};
	take_text(app, &text);
	act(app, ACTION_NEXT);
}

void app_event(struct app *app, const struct key_event *event)
{
	if (event->key == KEY_NONE_)
		return;
	app->dirty = true;
	app->rested = false;
	g_clear_pointer(&app->message, g_free);
	if (app->halted != NULL) {
		g_clear_pointer(&app->halted, g_free);
		return;
	}
	if (event->key == KEY_SCAN_)
		take_scan(app, event);
	else if (event->key == KEY_TEXT_ || event->key == KEY_PASTE_)
		take_text(app, event);
	else
		act(app, keymap_action(app_top(app)->ops->context, event->key));
}
