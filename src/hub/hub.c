#include "hub/hub.h"

#include "base/clock.h"
#include "hub/gate.h"
#include "hub/sign.h"

struct hub *hub_open(const char *home, bool demo, GError **error)
{
	g_autoptr(hub) hub = g_new0(struct hub, 1);
	hub->home = g_strdup(home);
	hub->demo = demo;
	hub->news = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	hub->store = hub_store_open(home, STORE_MODE_WRITE, error);
	if (hub->store == NULL)
		return NULL;
	hub->signer = signer_open(home, error);
	if (hub->signer == NULL)
		return NULL;
	hub->gate = gate_open(home, demo, error);
	if (hub->gate == NULL)
		return NULL;
	hub->started_ms = hub_now_ms(hub);
	return g_steal_pointer(&hub);
}

void hub_close(struct hub *hub)
{
	gate_close(hub->gate);
	signer_close(hub->signer);
	store_close(hub->store);
	g_hash_table_unref(hub->news);
	g_free(hub->home);
	g_free(hub);
}

int64_t hub_now_ms(const struct hub *hub)
{
	return clock_now_ms(&(struct clock){0});
}

bool hub_run_counted(struct hub *hub, enum hub_statement statement,
	const struct store_value *values, int64_t *ret_changed, GError **error)
{
	int64_t changed = 0;
	if (!store_run_counted(hub->store, statement, values, &changed, error))
		return false;
	hub->writes += changed;
	if (ret_changed != NULL)
		*ret_changed = changed;
	return true;
}

bool hub_run(struct hub *hub, enum hub_statement statement, const struct store_value *values,
	GError **error)
{
	return hub_run_counted(hub, statement, values, NULL, error);
}

char *hub_time_text(int64_t ms)
{
	int64_t seconds = ms / 1000 - (ms % 1000 < 0);
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
	if (time == NULL)
		return g_strdup("");
	g_autofree char *whole = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
	return g_strdup_printf("%s.%03dZ", whole, (int)(ms - seconds * 1000));
}
