/* How the hub is, what it offers. */
#include "base/err.h"
#include "base/place.h"
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

struct metric {
	const char *name, *type, *help;
	int64_t value;
};

static void add_metric(GString *text, const struct metric *metric)
{
	g_string_append_printf(text,
		"# HELP yichuang_hub_%s %s\n# TYPE yichuang_hub_%s %s\n"
		"yichuang_hub_%s %" G_GINT64_FORMAT "\n",
		metric->name, metric->help, metric->name, metric->type, metric->name,
		(gint64)metric->value);
}

/* The text format of Prometheus; counts only, nobody's data. */
bool hub_metrics(struct hub *hub, struct request *request, GError **error)
{
	struct counts counts = {0};
	bool found = false;
	if (!store_row(hub->store, HUB_STATEMENT_HUB_COUNTS, STORE_NO_VALUES, &count_shape, &counts,
		    &found, error))
		return false;
	const struct metric metrics[] = {
		{"requests_total", "counter", "requests handled since the start", hub->requests},
		{"facts_total", "counter", "facts received", counts.facts},
		{"bundles_total", "counter", "bundles received", counts.bundles},
		{"updates_total", "counter", "updates of departments", counts.updates},
		{"messages_total", "counter", "messages of windows", counts.messages},
		{"waiting", "gauge", "long polls that wait", hub->waiting},
		{"up_seconds", "gauge", "seconds since the start",
			(hub_now_ms(hub) - hub->started_ms) / 1000},
	};
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(metrics); i++)
		add_metric(text, &metrics[i]);
	reply_bytes(&request->reply, 200, "text/plain; version=0.0.4; charset=utf-8",
		g_string_free_to_bytes(text));
	return true;
}

bool hub_openapi(struct hub *hub, struct request *request, GError **error)
{
	g_autofree char *data = place_shipped("data");
	g_autofree char *path = g_build_filename(data, "openapi.yaml", NULL);
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
