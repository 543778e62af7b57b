/* What stands around every screen: status line, message line, key bar, and the screens that cover
 * all. */
#include "app_private.h"

#include "base/text.h"
#include "core/date.h"

#define LEAST_ROWS 24
#define LEAST_COLUMNS 80

static char *age_words(int64_t ms)
{
	int64_t seconds = MAX(ms, 0) / 1000;
	if (seconds < 60)
		return g_strdup_printf("%d秒前", (int)seconds);
	if (seconds < 3600)
		return g_strdup_printf("%d分钟前", (int)(seconds / 60));
	if (seconds < 86400)
		return g_strdup_printf("%d小时前", (int)(seconds / 3600));
	return g_strdup_printf("%d天前", (int)(seconds / 86400));
}

static char *line_words(struct app *app)
{
	const struct desk_status *status = &app->status;
	if (!status->has_hub)
		return g_strdup("单机");
	if (status->last_exchange_ms == 0)
		return g_strdup(status->online ? "联机" : "脱机");
	g_autofree char *age = age_words(desk_now_ms(app->desk) - status->last_exchange_ms);
	return g_strdup_printf("%s %s", status->online ? "联机" : "脱机", age);
}

/* 11-20 周五 14:32 */
static char *clock_words(struct app *app)
{
	int64_t now = desk_now_ms(app->desk);
	struct civil_date date = civil_date_of_ms(now);
	g_autofree char *day = civil_date_dup_short(date);
	g_autofree char *clock = civil_time_dup_clock(now);
	return g_strdup_printf("%s %s %s", day, civil_date_weekday_name(date), clock);
}

static char *right_words(struct app *app)
{
	const struct desk_status *status = &app->status;
	g_autofree char *line = line_words(app);
	GString *right = g_string_new(line);
	g_string_append_printf(right, "  未送%d", (int)status->unsent);
	if (status->refused > 0)
		g_string_append_printf(right, " 退回%d", (int)status->refused);
	if (status->printer != NULL && status->printer[0] != '\0')
		g_string_append_printf(right, "  %s", status->printer);
	if (status->unrouted > 0)
		g_string_append_printf(right, "  待路由%d", (int)status->unrouted);
	if (status->papers > 0)
		g_string_append_printf(right, "  待确认%d", (int)status->papers);
	g_string_append_c(right, ' ');
	return g_string_free(right, FALSE);
}

/* Short: the program's own name gives way to the clerk's. */
static char *who_words(struct app *app, bool brief)
{
	const struct desk_window *window = desk_window(app->desk);
	bool demo = desk_is_demo(app->desk);
	return g_strdup_printf(" %s%s %s",
		brief  ? demo ? "演示 " : ""
		: demo ? "一窗(演示)  "
		       : "一窗  ",
		window == NULL ? "" : window->name, desk_user_display(app->desk));
}

/*
 * The right part and the clock always stand whole; the program's name gives way, then a long name.
 */
static void draw_status(struct app *app, struct area area)
{
	area_rule(area, 0, STYLE_STATUS, ' ');
	g_autofree char *right = right_words(app);
	g_autofree char *whole = who_words(app, false), *brief = who_words(app, true);
	g_autofree char *clock = clock_words(app);
	int begin = area_right(area, 0, STYLE_STATUS, right);
	int room = MAX(begin - text_width(clock) - 4, 8);
	struct area left = area_part(area, 0, 0, 1, MAX(begin - 1, 0));
	const char *who = text_width(whole) > room ? brief : whole;
	g_autofree char *shown = text_width(who) > room ? text_pad(who, room) : g_strdup(who);
	int column = area_text(left, 0, 0, STYLE_STATUS, shown);
	area_text(left, 0, column + 2, STYLE_STATUS, clock);
}

/* A sentence longer than a line takes more lines above it, until the next key: its end is the next
 * step. */
static void draw_said(struct app *app, struct area area)
{
	static const enum style styles[] = {STYLE_GOOD, STYLE_NORMAL, STYLE_BAD};
	static const char *const marks[] = {" √ ", "   ", " ! "};
	g_autofree char *clean = text_clean(app->message, false);
	g_autoptr(GPtrArray) lines = text_wrap(clean, area.columns - 4);
	struct area said = area_part(area, -1 - (int)lines->len, 0, (int)lines->len, area.columns);
	for (guint i = 0; i < lines->len; i++) {
		area_rule(said, (int)i, STYLE_NORMAL, ' ');
		area_text(said, (int)i, 0, styles[app->message_kind],
			i == 0 ? marks[app->message_kind] : "");
		area_text(said, (int)i, 3, styles[app->message_kind], lines->pdata[i]);
	}
}

static void draw_message(struct app *app, struct area area)
{
	struct area line = area_part(area, -2, 0, 1, area.columns);
	const struct desk_status *status = &app->status;
	const char *trouble =
		status->disk != NULL && *status->disk != '\0' ? status->disk : status->trouble;
	if (app->message != NULL)
		draw_said(app, area);
	else if (app->status.forked)
		area_text(
			line, 0, 0, STYLE_BAD, " ! 本机账本与中心不一致，已停止收件，请管理员处理");
	else if (trouble != NULL && trouble[0] != '\0' && !app->locked) {
		area_text(line, 0, 0, STYLE_WARN, " ! ");
		area_cell(line, 0, 3, line.columns - 3, STYLE_WARN, trouble);
	}
}

static void draw_keys(enum context context, struct area area)
{
	area_rule(area, 0, STYLE_KEYBAR, ' ');
	g_autofree const struct keymap_row **rows = keymap_rows(context);
	int column = 1;
	bool helps = context != CONTEXT_LOCK; /* nothing stands above the lock */
	if (helps)
		column += area_format(area, 0, column, STYLE_KEYBAR, "F1%s",
				  action_label(ACTION_HELP)) +
			  1;
	for (int i = 0; rows[i] != NULL; i++) {
		if (!rows[i]->in_bar || rows[i]->action == ACTION_HELP)
			continue;
		g_autofree char *label = g_strdup_printf(
			"%s%s", key_name(rows[i]->key), action_label(rows[i]->action));
		if (column + text_width(label) > area.columns)
			break;
		column += area_text(area, 0, column, STYLE_KEYBAR, label) + 1;
	}
}

static void draw_covered(struct area area, const char *title, const char *text)
{
	area_text(area, area.rows / 3, 2, STYLE_BAD, title);
	int lines = area_wrapped(area, area.rows / 3 + 2, 2, area.columns - 4, STYLE_NORMAL, text);
	area_text(area, area.rows / 3 + 3 + lines, 2, STYLE_DIM, "按任意键继续");
}

static void draw(struct app *app)
{
	surface_erase(app->surface, STYLE_NORMAL);
	struct area area = surface_area(app->surface);
	if (area.rows < LEAST_ROWS || area.columns < LEAST_COLUMNS) {
		g_autofree char *text =
			g_strdup_printf("现在 %d 列 %d 行，请放大到至少 80 列 24 行。内容都在。",
				area.columns, area.rows);
		area_text(area, 0, 0, STYLE_BAD, "终端太小");
		area_wrapped(area, 1, 0, MAX(area.columns, 2), STYLE_NORMAL, text);
		return;
	}
	if (app->halted != NULL) {
		draw_covered(area, "没有保存", app->halted);
		return;
	}
	struct open_screen *top = app_top(app);
	draw_status(app, area_part(area, 0, 0, 1, area.columns));
	top->ops->render(top->state, area_part(area, 1, 0, area.rows - 3, area.columns));
	draw_message(app, area);
	draw_keys(top->ops->context, area_part(area, -1, 0, 1, area.columns));
}

void app_draw(struct app *app)
{
	draw(app);
	if (app->settings.ascii_marks)
		marks_to_ascii(app->surface);
}
