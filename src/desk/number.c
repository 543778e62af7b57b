#include <string.h>

#include "desk/private.h"

/* How far a clock may run back without anybody being asked: corrections by the network. */
#define CLOCK_TOLERANCE_MS ((int64_t)2 * 60 * 1000)
#define CLOCK_CONFIRMED "clock_confirmed_day"

static bool clock_is_confirmed(struct desk *desk)
{
	g_autofree char *day = civil_date_dup_text(desk_today(desk));
	g_autofree char *confirmed = store_setting(desk->store, CLOCK_CONFIRMED, "");
	return strcmp(day, confirmed) == 0;
}

static bool check_clock(struct desk *desk, GError **error)
{
	int64_t last_ms = 0;
	if (!store_integer(
		    desk->store, STATEMENT_NUMBER_LAST_INTAKE, STORE_NO_VALUES, 0, &last_ms, error))
		return false;
	bool back = desk_now_ms(desk) + CLOCK_TOLERANCE_MS < last_ms;
	bool outside = !calendar_covers(desk_calendar(desk), desk_today(desk));
	if ((!back && !outside) || clock_is_confirmed(desk))
		return true;
	g_autofree char *now = civil_time_dup_text(desk_now_ms(desk));
	g_autofree char *last = civil_time_dup_text(last_ms);
	g_autofree char *sentence =
		back ? g_strdup_printf("本机时间%s早于上一次收件%s，可能被调回", now, last)
		     : g_strdup_printf("本机时间%s不在工作日历之内", now);
	return err_set_next(error, ERR_CODE_TIME, sentence,
		"请主管核对时钟，无误的由主管登录、在菜单里确认时钟，再收件");
}

static bool confirm_clock(struct store *store, void *data, GError **error)
{
	struct desk *desk = data;
	if (!desk_may(desk, DESK_ACT_CLOCK, error))
		return false;
	g_autofree char *day = civil_date_dup_text(desk_today(desk));
	return store_set_setting(store, CLOCK_CONFIRMED, day, error) &&
	       desk_fact_window(
		       desk, "clock_confirmed", NULL, -1, json_pack("{s:s}", "day", day), error);
}

bool desk_clock_confirm(struct desk *desk, GError **error)
{
	return desk_write(desk, confirm_clock, desk, error);
}

struct block_row {
	int64_t first;
	int64_t last;
	int64_t next;
};

static const struct store_column block_columns[] = {
	STORE_COLUMN(INTEGER, struct block_row, first),
	STORE_COLUMN(INTEGER, struct block_row, last),
	STORE_COLUMN(INTEGER, struct block_row, next),
	STORE_COLUMNS_END,
};
static const struct store_shape block_shape = {sizeof(struct block_row), block_columns};

bool number_misses_hub(struct desk *desk)
{
	int64_t known = 0;
	return *desk->hub == '\0' &&
	       store_integer(
		       desk->store, STATEMENT_NUMBER_OF_HUB, STORE_NO_VALUES, 0, &known, NULL) &&
	       known != 0;
}

static bool find_block(
	struct desk *desk, const char *day, struct block_row *ret_block, GError **error)
{
	bool own = *desk->hub == '\0', found = false;
	const struct desk_window *window = desk->window;
	if (number_misses_hub(desk))
		return err_set_next(error, ERR_CODE_UNAVAILABLE,
			"这个账本的办件号由中心出借，本机却没有中心的设置，不能自己取号",
			"草稿已存好，请管理员在 config.ini 里写上中心地址，重新登记本机");
	if (own && !store_run(desk->store, STATEMENT_NUMBER_BLOCK_OWN,
			   STORE_VALUES(STORE_TEXT("hall", window->hall),
				   STORE_TEXT("window", window->code)),
			   error))
		return false;
	if (!store_row(desk->store, STATEMENT_NUMBER_BLOCK_FOR,
		    STORE_VALUES(STORE_TEXT("hall", window->hall),
			    STORE_TEXT("window", window->code), STORE_TEXT("day", day),
			    STORE_INTEGER("own", own)),
		    &block_shape, ret_block, &found, error))
		return false;
	return found ||
	       err_set_next(error, ERR_CODE_UNAVAILABLE,
		       own ? "今天的办件号已经用完" : "这个窗口还没有可用的号段",
		       own ? "请换一个窗口收件"
			   : "草稿已存好，等联上中心取得号段后再按一次，或请管理员登记窗口");
}

bool number_draw(struct desk *desk, char ret_number[], GError **error)
{
	if (*desk->window->code == '\0')
		return err_set_next(error, ERR_CODE_NOT_FOUND, "本机还没有登记窗口，不能取号",
			"草稿已存好，请管理员先登记窗口");
	if (!check_clock(desk, error))
		return false;
	struct civil_date today = desk_today(desk);
	g_autofree char *day = civil_date_dup_text(today);
	struct block_row block;
	if (!find_block(desk, day, &block, error))
		return false;
	int64_t number = MAX(block.first, block.next);
	struct case_number parts = {.day = today, .number = (int)number};
	g_strlcpy(parts.hall, desk->window->hall, sizeof parts.hall);
	g_strlcpy(parts.window, desk->window->code, sizeof parts.window);
	char text[CASE_NUMBER_SIZE];
	if (!case_number_compose(&parts, text, error) ||
		!store_run(desk->store, STATEMENT_NUMBER_COUNTER_PUT,
			STORE_VALUES(STORE_TEXT("hall", parts.hall),
				STORE_TEXT("window", parts.window), STORE_TEXT("day", day),
				STORE_INTEGER("next", number + 1)),
			error))
		return false;
	g_strlcpy(ret_number, text, CASE_NUMBER_SIZE);
	return true;
}
