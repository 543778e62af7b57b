/* What the bureau hands out is taken in: on the courier's thread for it, with a store of its own.
 */
#include <string.h>

#include "agent/agent.h"
#include "catalog/catalogue.h"
#include "desk/timer.h"

static bool take_version(struct store *store, const struct supply_thing *thing, GBytes *bytes,
	int64_t now_ms, GError **error)
{
	const struct catalogue_received received = {.list = thing->list,
		.version = (int)thing->number,
		.bytes = bytes,
		.digest = thing->digest,
		.effective_from = thing->effective_from,
		.filing = thing->filing,
		.author = thing->author};
	return catalogue_receive(store, &received, now_ms, NULL, error);
}

static bool take_grant(
	struct store *store, const struct supply_thing *thing, int64_t now_ms, GError **error)
{
	g_autoptr(json_t) object = json_read(thing->body, strlen(thing->body), "授权", error);
	if (object == NULL)
		return false;
	const json_t *themes = json_object_get(object, "themes");
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	for (size_t i = 0; i < json_array_size(themes); i++)
		g_ptr_array_add(ids, (gpointer)json_string_value(json_array_get(themes, i)));
	g_ptr_array_add(ids, NULL);
	const struct catalogue_authorisation leave = {
		json_flag(object, "all", false), (GStrv)ids->pdata};
	const struct catalogue_act act = {.author = "", .now_ms = now_ms};
	return catalogue_authorise_as(store, thing->list, &leave, &act, error);
}

static bool take_in(struct store *store, const struct supply_thing *thing, GBytes *bytes,
	int64_t now_ms, GError **error)
{
	gsize size = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	if (thing->kind == SUPPLY_KIND_VERSION)
		return take_version(store, thing, bytes, now_ms, error);
	if (thing->kind == SUPPLY_KIND_GRANT)
		return take_grant(store, thing, now_ms, error);
	return catalogue_receive_calendar(store, data, size, now_ms, error);
}

bool agent_supply(const char *home, const struct supply_thing *thing, GBytes *bytes, GError **error)
{
	int made = 0;
	g_autoptr(desk) desk = desk_open(home, STORE_MODE_WRITE, error);
	if (desk == NULL || !take_in(desk_store(desk), thing, bytes, desk_now_ms(desk), error))
		return false;
	/* Due dates that were open get their date at once; what fails here is done another time. */
	if (thing->kind == SUPPLY_KIND_CALENDAR)
		(void)desk_timers_run(desk, &made, NULL);
	if (thing->kind == SUPPLY_KIND_VERSION)
		(void)catalogue_tidy(desk_store(desk), NULL);
	store_ring(desk_store(desk));
	return true;
}
