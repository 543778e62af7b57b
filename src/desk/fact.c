#include "desk/private.h"

bool desk_fact(struct desk *desk, const struct desk_fact *fact, json_t *body_take, GError **error)
{
	g_autoptr(json_t) body = body_take != NULL ? body_take : json_object();
	const struct fact row = {
		.kind = fact->kind,
		.case_id = fact->case_id,
		.item = fact->item,
		.time_ms = desk_now_ms(desk),
		.happened_ms = fact->happened_ms,
		.actor = desk->user,
		.window = desk->window != NULL ? desk->window->code : "",
		.authority = fact->authority,
		.source = fact->source,
		.body = body,
	};
	return journal_append(desk->store, &row, NULL, error);
}

bool desk_fact_window(struct desk *desk, const char *kind, const char *case_id, int item,
	json_t *body_take, GError **error)
{
	const struct desk_fact fact = {
		.kind = kind,
		.case_id = case_id,
		.item = item,
		.authority = AUTHORITY_WINDOW,
		.source = FACT_SOURCE_DIRECT,
	};
	return desk_fact(desk, &fact, body_take, error);
}
