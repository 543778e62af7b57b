#include "sync/holds.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"

#define TOLD "holds_told" /* {number: window} */

struct lease_row {
	char *number;
	char *window;
	char *clerk;
	int64_t process;
};

static const struct store_shape lease_shape = {
	sizeof(struct lease_row), (const struct store_column[]){
					  STORE_COLUMN(TEXT, struct lease_row, number),
					  STORE_COLUMN(TEXT, struct lease_row, window),
					  STORE_COLUMN(TEXT, struct lease_row, clerk),
					  STORE_COLUMN(INTEGER, struct lease_row, process),
					  STORE_COLUMNS_END,
				  }};

void hold_clear(struct hold *hold)
{
	g_free(hold->number);
	g_free(hold->window);
	g_free(hold->clerk);
	*hold = (struct hold){0};
}

static json_t *read_told(struct store *store)
{
	g_autofree char *text = store_setting(store, TOLD, "{}");
	json_t *told = json_read(text, strlen(text), TOLD, NULL);
	return told == NULL ? json_object() : told;
}

/* The lease of a process that has died is none. */
static bool is_alive(const struct lease_row *row)
{
	g_autofree char *path = g_strdup_printf("/proc/%" PRId64, row->process);
	return g_file_test(path, G_FILE_TEST_IS_DIR);
}

static const struct lease_row *find_lease(const GPtrArray *leases, const char *number)
{
	for (guint i = 0; i < leases->len; i++) {
		const struct lease_row *row = leases->pdata[i];
		if (strcmp(row->number, number) == 0 && is_alive(row))
			return row;
	}
	return NULL;
}

static void set(
	struct hold *hold, const char *number, const char *window, const char *clerk, bool held)
{
	*hold = (struct hold){g_strdup(number), g_strdup(window), g_strdup(clerk), held};
}

static bool find_new(const GPtrArray *leases, const json_t *told, struct hold *ret_hold)
{
	for (guint i = 0; i < leases->len; i++) {
		const struct lease_row *row = leases->pdata[i];
		if (json_object_get(told, row->number) != NULL || !is_alive(row))
			continue;
		set(ret_hold, row->number, row->window, row->clerk, true);
		return true;
	}
	return false;
}

static bool find_gone(const GPtrArray *leases, json_t *told, struct hold *ret_hold)
{
	const char *number = NULL;
	json_t *window = NULL;
	json_object_foreach(told, number, window)
	{
		if (find_lease(leases, number) != NULL)
			continue;
		set(ret_hold, number, json_string_value(window), "", false);
		return true;
	}
	return false;
}

bool holds_next(struct store *store, struct hold *ret_hold, bool *ret_found, GError **error)
{
	g_autoptr(GPtrArray) leases =
		store_rows(store, STATEMENT_SYNC_LEASES, STORE_NO_VALUES, &lease_shape, error);
	if (leases == NULL)
		return false;
	g_autoptr(json_t) told = read_told(store);
	*ret_found = find_new(leases, told, ret_hold) || find_gone(leases, told, ret_hold);
	return true;
}

static bool write_told(struct store *store, void *data, GError **error)
{
	const struct hold *hold = data;
	g_autoptr(json_t) told = read_told(store);
	if (hold->held)
		json_object_set_new(told, hold->number, json_string(hold->window));
	else
		json_object_del(told, hold->number);
	g_autofree char *text = json_frozen(told, NULL);
	return store_set_setting(store, TOLD, text, error);
}

bool holds_told(struct store *store, const struct hold *hold, GError **error)
{
	return store_write(store, write_told, (void *)hold, error);
}
