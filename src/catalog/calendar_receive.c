/* A year of the calendar that comes from the bureau through the hub. */
#include "base/digest.h"
#include "base/err.h"
#include "catalog/calendar_file.h"
#include "catalog/catalogue_rows.h"

struct calendar_coming {
	const json_t *object;
	int64_t now_ms;
};

static bool put_calendar(struct store *store, void *data, GError **error)
{
	const struct calendar_coming *coming = data;
	size_t size = 0;
	g_autofree char *body = json_frozen(coming->object, &size);
	struct digest digest = digest_of(body, size);
	int year = calendar_file_year(coming->object);
	if (!store_run(store, STATEMENT_CALENDAR_YEAR_PUT,
		    STORE_VALUES(STORE_INTEGER("year", year),
			    STORE_BLOB("digest", digest.bytes, DIGEST_SIZE),
			    STORE_BLOB("body", body, size)),
		    error))
		return false;
	/* Years stand together without a gap, or none of them is of use. */
	g_autoptr(calendar) calendar = catalogue_calendar(store, error);
	if (calendar == NULL)
		return false;
	const struct catalogue_act act = {.author = "", .now_ms = coming->now_ms};
	g_autofree char *text = g_strdup_printf("%d", year);
	return catalogue_fact(store, "calendar_received", &act,
		json_pack("{s:s,s:s}", "year", text, "notice",
			json_text(coming->object, "notice", "")),
		error);
}

bool catalogue_receive_calendar(
	struct store *store, const char *bytes, size_t size, int64_t now_ms, GError **error)
{
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	g_autoptr(json_t) object = json_read(bytes, size, "工作日历", error);
	if (object == NULL)
		return false;
	calendar_file_check(faults, "工作日历", object);
	struct calendar_coming coming = {object, now_ms};
	return catalog_faults_settle(faults, error) &&
	       store_write(store, put_calendar, &coming, error);
}
