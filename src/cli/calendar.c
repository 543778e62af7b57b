/* calendar add, calendar between. */
#include "base/err.h"
#include "base/text.h"
#include "catalog/calendar_file.h"
#include "catalog/catalogue.h"
#include "catalog/set.h"
#include "cli/cli.h"

static gint by_year(gconstpointer a, gconstpointer b)
{
	const struct catalog_origin *const *first = a, *const *second = b;
	return calendar_file_year((*first)->value) - calendar_file_year((*second)->value);
}

/* Before `init` nothing but the shipped files knows the calendar. */
static struct calendar *shipped_calendar(GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	g_autofree char *data = cli_data_directory();
	g_autofree char *path = g_build_filename(data, "calendars", NULL);
	g_autoptr(calendar) calendar = calendar_new();
	catalog_set_add_path(set, faults, path);
	if (!catalog_faults_settle(faults, error))
		return NULL;
	g_ptr_array_sort(set->calendars, by_year);
	for (guint i = 0; i < set->calendars->len; i++)
		if (!calendar_file_add(calendar,
			    ((struct catalog_origin *)set->calendars->pdata[i])->value, error))
			return NULL;
	return g_steal_pointer(&calendar);
}

static struct calendar *open_calendar(struct cli *cli, GError **error)
{
	if (!cli_home_is_chosen(cli) && !cli_home_exists(cli))
		return shipped_calendar(error);
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	return store == NULL ? NULL : catalogue_calendar(store, error);
}

static bool take_date(const char *text, struct civil_date *ret_date, GError **error)
{
	g_autofree char *shown = text_clean(text, false);
	return civil_date_from_text(text, ret_date) ||
	       err_set(error, ERR_CODE_USAGE, "%s 不是日期，要写成 2026-02-13 这样", shown);
}

bool cli_calendar_add(struct cli *cli, GError **error)
{
	struct civil_date date, due;
	int days = 0;
	if (!take_date(cli_argument(cli, 0), &date, error) ||
		!cli_integer(cli_argument(cli, 1), 0, 100000, &days, error))
		return false;
	g_autoptr(calendar) calendar = open_calendar(cli, error);
	if (calendar == NULL || !calendar_add(calendar, date, days, &due, error))
		return false;
	g_autofree char *text = civil_date_dup_text(due);
	cli_say(cli, "%s %s", text, civil_date_weekday_name(due));
	cli_json(cli, json_pack("{s:s}", "date", text));
	return true;
}

bool cli_calendar_between(struct cli *cli, GError **error)
{
	struct civil_date from, to;
	int days = 0;
	if (!take_date(cli_argument(cli, 0), &from, error) ||
		!take_date(cli_argument(cli, 1), &to, error))
		return false;
	g_autoptr(calendar) calendar = open_calendar(cli, error);
	if (calendar == NULL || !calendar_between(calendar, from, to, &days, error))
		return false;
	cli_say(cli, "%d 个工作日", days);
	cli_json(cli, json_pack("{s:i}", "days", days));
	return true;
}
