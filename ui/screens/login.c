/* Login and lock: who sits here, and is it still them. */
#include "screens/screens.h"
#include "widgets/editor.h"
#include "widgets/list.h"

struct login {
	struct editor name;
	struct editor password;
	int focus; /* 0 name, 1 password, 2 windows */
	GPtrArray *windows;
	struct list_view window;
	char *hint;
	int64_t unsent;
};

static void *login_open(struct app *app, const char *argument, GError **error)
{
	struct login *login = g_new0(struct login, 1);
	login->windows = desk_windows(app_desk(app), error);
	if (login->windows == NULL) {
		g_free(login);
		return NULL;
	}
	list_view_recount(&login->window, (int)login->windows->len);
	editor_init(&login->name, "", 64);
	editor_init(&login->password, "", 128);
	login->password.secret = true;
	login->hint = g_strdup(argument);
	return login;
}

static void login_close(struct app *app, void *data)
{
	(void)app;
	struct login *login = data;
	editor_clear(&login->name);
	editor_clear(&login->password);
	g_ptr_array_unref(login->windows);
	g_free(login->hint);
	g_free(login);
}

/* Unsent work is shown before anybody logs in (D12). */
static bool login_recalc(struct app *app, void *data, GError **error)
{
	(void)error;
	struct login *login = data;
	login->unsent = app_status(app)->unsent;
	return true;
}

static void render_windows(const struct login *login, struct area area, int row)
{
	area_text(area, row, 8, STYLE_NORMAL, "窗口");
	for (guint i = 0; i < login->windows->len; i++) {
		const struct desk_window *window = login->windows->pdata[i];
		bool chosen = (int)i == login->window.selected;
		enum style style = chosen && login->focus == 2 ? STYLE_SELECTED : STYLE_NORMAL;
		area_format(area, row + (int)i, 16, style, "%s %s  %s", chosen ? ">" : " ",
			window->name, window->hall_name);
	}
}

static void login_render(const void *data, struct area area)
{
	const struct login *login = data;
	area_text(area, 3, 8, STYLE_TITLE, "一 窗");
	area_text(area, 3, 16, STYLE_NORMAL, "一件事一次办 综合窗口");
	area_text(area, 6, 8, STYLE_NORMAL, "用户");
	editor_render(&login->name, area, 6, 16, 24, login->focus == 0);
	area_text(area, 8, 8, STYLE_NORMAL, "口令");
	editor_render(&login->password, area, 8, 16, 24, login->focus == 1);
	render_windows(login, area, 10);
	int row = 12 + (int)login->windows->len;
	if (login->unsent > 0)
		area_format(area, row++, 8, STYLE_WARN,
			"! 有 %d 件内容还没有送到中心，联机后自动发送", (int)login->unsent);
	if (login->windows->len == 0)
		row += area_wrapped(area, row, 8, area.columns - 16, STYLE_WARN,
			"本机还没有登记窗口。请管理员运行 yichuang user add 加第一个用户，再运行 "
			"yichuang window add 登记窗口（man yichuang 的例子）。");
	if (login->hint != NULL)
		area_wrapped(area, row + 1, 8, area.columns - 16, STYLE_DIM, login->hint);
}

static unsigned try_login(struct app *app, struct login *login)
{
	if (login->name.text->len == 0 || login->password.text->len == 0) {
		login->focus = login->name.text->len == 0 ? 0 : 1;
		return EFFECT_RENDER;
	}
	const struct desk_window *window =
		login->window.selected < 0 ? NULL : login->windows->pdata[login->window.selected];
	GError *error = NULL;
	bool good = desk_login(app_desk(app), login->name.text->str, login->password.text->str,
		window == NULL ? NULL : window->code, &error);
	editor_set(&login->password, "");
	if (!good) {
		login->focus = 1;
		app_fail(app, error);
		return EFFECT_RENDER;
	}
	editor_set(&login->name, "");
	login->focus = 0;
	app_open(app, &screen_home, NULL);
	return EFFECT_NONE;
}

static struct editor *focused(struct login *login)
{
	return login->focus == 0 ? &login->name : &login->password;
}

static unsigned login_action(struct app *app, void *data, enum action action)
{
	struct login *login = data;
	if (login->focus == 2 && list_view_action(&login->window, action, 8))
		return EFFECT_RENDER;
	switch (action) {
	case ACTION_NEXT:
		return try_login(app, login);
	case ACTION_SWITCH:
	case ACTION_DOWN:
		login->focus = (login->focus + 1) % 3;
		return EFFECT_RENDER;
	case ACTION_SWITCH_BACK:
	case ACTION_UP:
		login->focus = (login->focus + 2) % 3;
		return EFFECT_RENDER;
	case ACTION_BACK:
		return EFFECT_NONE;
	default:
		if (login->focus < 2 && editor_action(focused(login), action))
			return EFFECT_RENDER;
		return EFFECT_UNHANDLED;
	}
}

static unsigned login_text(struct app *app, void *data, const struct key_event *event)
{
	(void)app;
	struct login *login = data;
	if (login->focus == 2)
		login->focus = 0;
	editor_insert(focused(login), event->text);
	return EFFECT_RENDER;
}

const struct screen_ops screen_login = {
	.name = "login",
	.context = CONTEXT_LOGIN,
	.title = "登录",
	.law = "每个人用自己的用户登录：办件的每一步都记下是谁在哪个窗口做的（全程留痕）。连续输错"
	       "五次，锁五分钟。",
	.open = login_open,
	.close = login_close,
	.recalc = login_recalc,
	.render = login_render,
	.action = login_action,
	.text = login_text,
};

/* ---- lock: the case stays as it is behind it ---- */

struct lock {
	struct editor password;
	char *who;
};

static void *lock_open(struct app *app, const char *argument, GError **error)
{
	(void)argument, (void)error;
	struct lock *lock = g_new0(struct lock, 1);
	editor_init(&lock->password, "", 128);
	lock->password.secret = true;
	lock->who = g_strdup(desk_user_display(app_desk(app)));
	return lock;
}

static void lock_close(struct app *app, void *data)
{
	(void)app;
	struct lock *lock = data;
	editor_clear(&lock->password);
	g_free(lock->who);
	g_free(lock);
}

static void lock_render(const void *data, struct area area)
{
	const struct lock *lock = data;
	area_text(area, 5, 8, STYLE_TITLE, "已锁屏");
	area_format(area, 7, 8, STYLE_NORMAL, "%s 的办件原样保留，输入口令继续。", lock->who);
	area_text(area, 9, 8, STYLE_NORMAL, "口令");
	editor_render(&lock->password, area, 9, 16, 24, true);
	area_text(area, 12, 8, STYLE_DIM, "换人：F10 交班退出，草稿保留，登录后从“草稿”列表继续。");
}

static unsigned lock_action(struct app *app, void *data, enum action action)
{
	struct lock *lock = data;
	if (action == ACTION_QUIT) {
		app_logout(app);
		return EFFECT_NONE;
	}
	if (action != ACTION_NEXT)
		return editor_action(&lock->password, action) ? EFFECT_RENDER : EFFECT_NONE;
	GError *error = NULL;
	bool good = desk_check_password(app_desk(app), lock->password.text->str, &error);
	editor_set(&lock->password, "");
	if (!good) {
		app_fail(app, error);
		return EFFECT_RENDER;
	}
	app_unlocked(app);
	return EFFECT_BACK;
}

static unsigned lock_text(struct app *app, void *data, const struct key_event *event)
{
	(void)app;
	editor_insert(&((struct lock *)data)->password, event->text);
	return EFFECT_RENDER;
}

const struct screen_ops screen_lock = {
	.name = "lock",
	.context = CONTEXT_LOCK,
	.title = "锁屏",
	.open = lock_open,
	.close = lock_close,
	.render = lock_render,
	.action = lock_action,
	.text = lock_text,
};
