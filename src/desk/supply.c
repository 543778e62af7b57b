#include "desk/supply.h"

#include "desk/private.h"

#define HOUR_MS INT64_C(3600000)

struct state_row {
	int64_t supply_ms;
	char *supply_trouble;
	char *newest;
};

static const struct store_column state_columns[] = {
	STORE_COLUMN(INTEGER, struct state_row, supply_ms),
	STORE_COLUMN(TEXT, struct state_row, supply_trouble),
	STORE_COLUMN(TEXT, struct state_row, newest),
	STORE_COLUMNS_END,
};
static const struct store_shape state_shape = {sizeof(struct state_row), state_columns};

bool desk_supply_read(struct desk *desk, struct desk_supply *ret_supply, GError **error)
{
	struct state_row row = {0};
	bool found = false;
	int64_t now_ms = desk_now_ms(desk);
	g_autofree char *today = civil_date_dup_text(desk_today(desk));
	if (!store_row(desk->store, STATEMENT_SUPPLY_STATE,
		    STORE_VALUES(STORE_TEXT("today", today)), &state_shape, &row, &found, error))
		return false;
	bool told = row.supply_ms != 0 && row.supply_ms <= now_ms;
	*ret_supply = (struct desk_supply){
		.has_hub = *desk->hub != '\0',
		.checked_ms = row.supply_ms,
		.hours = told ? (now_ms - row.supply_ms) / HOUR_MS : -1,
		.newest = g_strdup(row.newest != NULL ? row.newest : ""),
		.trouble = g_strdup(row.supply_trouble != NULL ? row.supply_trouble : ""),
	};
	store_row_clear(&state_shape, &row);
	return true;
}

void desk_supply_clear(struct desk_supply *supply)
{
	g_clear_pointer(&supply->newest, g_free);
	g_clear_pointer(&supply->trouble, g_free);
}

static char *age_words(const struct desk_supply *supply)
{
	if (!supply->has_hub)
		return g_strdup("单机，不与中心核对");
	if (supply->checked_ms == 0)
		return g_strdup("还没有与中心核对过，请检查网络后运行 yichuang sync");
	g_autofree char *when = civil_time_dup_text(supply->checked_ms);
	if (supply->hours < 0)
		return g_strdup_printf("%s 与中心核对过，晚于本机时钟，请核对时钟", when);
	if (supply->hours > SUPPLY_OLD_HOURS)
		return g_strdup_printf("%s 以后没有与中心核对，可能已有新版本，请检查网络", when);
	return g_strdup_printf("%s 与中心核对过", when);
}

char *desk_supply_words(const struct desk_supply *supply, bool *ret_good)
{
	g_autofree char *age = age_words(supply);
	*ret_good = *supply->trouble == '\0' &&
		    (!supply->has_hub || (supply->hours >= 0 && supply->hours <= SUPPLY_OLD_HOURS));
	if (*supply->newest == '\0')
		return g_strdup_printf("%s。没有施行的清单，请先运行 yichuang init", age);
	return g_strdup_printf("最新的自 %s 起施行，%s%s%s", supply->newest, age,
		*supply->trouble != '\0' ? "。" : "", supply->trouble);
}
