/* How the hub is, what it offers. */
#include "base/err.h"
#include "hub/handlers.h"
#include "hub/sign.h"

struct counts {
	int64_t facts, bundles, updates, messages;
};
static const struct store_column count_columns[] = {STORE_COLUMN(INTEGER, struct counts, facts),
	STORE_COLUMN(INTEGER, struct counts, bundles),
	STORE_COLUMN(INTEGER, struct counts, updates),
	STORE_COLUMN(INTEGER, struct counts, messages), STORE_COLUMNS_END};
static const struct store_shape count_shape = {sizeof(struct counts), count_columns};

bool hub_health(struct hub *hub, struct request *request, GError **error)
{
	g_autofree char *now = hub_time_text(hub_now_ms(hub));
	reply_json(&request->reply, 200,
		json_pack("{s:s, s:s, s:b, s:s}", "status", "ok", "version", YICHUANG_VERSION,
			"demo", (int)hub->demo, "time", now));
	return true;
}

/* The text format of Prometheus; counts only, nobody's data. */
bool hub_metrics(struct hub *hub, struct request *request, GError **error)
{
	struct counts counts = {0};
	bool found = false;
	if (!store_row(hub->store, HUB_STATEMENT_HUB_COUNTS, STORE_NO_VALUES, &count_shape, &counts,
		    &found, error))
		return false;
	const struct {
		const char *name, *help;
		int64_t value;
	} rows[] = {
		{"requests_total", "requests handled since the start", hub->requests},
		{"facts_total", "facts received", counts.facts},
		{"bundles_total", "bundles received", counts.bundles},
		{"updates_total", "updates of departments", counts.updates},
		{"messages_total", "messages of windows", counts.messages},
	};
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_string_append_printf(text,
			"# HELP yichuang_hub_%s %s\n# TYPE yichuang_hub_%s "
			"counter\nyichuang_hub_%s %" G_GINT64_FORMAT "\n",
			rows[i].name, rows[i].help, rows[i].name, rows[i].name,
			(gint64)rows[i].value);
	g_string_append_printf(text,
		"# HELP yichuang_hub_up_seconds seconds since the start\n# TYPE "
		"yichuang_hub_up_seconds "
		"gauge\nyichuang_hub_up_seconds %" G_GINT64_FORMAT "\n",
		(gint64)((hub_now_ms(hub) - hub->started_ms) / 1000));
	reply_bytes(&request->reply, 200, "text/plain; version=0.0.4; charset=utf-8",
		g_string_free_to_bytes(text));
	return true;
}

/* Beside the program while it runs from its build folder, else where it is installed. */
static char *data_file(const char *name)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(program != NULL ? program : ".");
	char *path = g_build_filename(folder, "..", "data", name, NULL);
	if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return path;
	g_free(path);
	return g_build_filename(YICHUANG_DATADIR, "data", name, NULL);
}

bool hub_openapi(struct hub *hub, struct request *request, GError **error)
{
	g_autofree char *path = data_file("openapi.yaml");
	char *text = NULL;
	gsize size = 0;
	if (!g_file_get_contents(path, &text, &size, NULL))
		return err_set(error, ERR_CODE_NOT_FOUND, "openapi.yaml 没有安装");
	reply_bytes(&request->reply, 200, "application/yaml; charset=utf-8",
		g_bytes_new_take(text, size));
	return true;
}

bool hub_key(struct hub *hub, struct request *request, GError **error)
{
	reply_json(&request->reply, 200, json_pack("{s:s}", "key", signer_public(hub->signer)));
	return true;
}

bool hub_catalogues(struct hub *hub, struct request *request, GError **error)
{
	reply_json(&request->reply, 200, json_pack("{s:[]}", "catalogues"));
	return true;
}

bool hub_calendars(struct hub *hub, struct request *request, GError **error)
{
	reply_json(&request->reply, 200, json_pack("{s:[]}", "calendars"));
	return true;
}
