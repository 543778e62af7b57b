/* Rows of the hub's store that several handlers read, and what several of them do with a case. */
#ifndef HUB_MODEL_H
#define HUB_MODEL_H

#include "hub/hub.h"

struct bundle_row {
	int64_t ordinal;
	char *id, *number, *department, *hall, *window, *store, *theme;
	int64_t taken_in_ms;
	char *due; /* "9999" none */
	int64_t open;
	GBytes *bytes; /* NULL in lists */
};
extern const struct store_shape bundle_shape;

struct item_row {
	int64_t item;
	char *name, *service, *due, *state;
	int64_t version;
	char *outcome;
	int64_t changed_ms;
};
extern const struct store_shape item_shape;

/* A bundle's update or message as it was sent. */
struct document_row {
	char *id, *kind;
	int64_t item, at_ms;
	GBytes *bytes;
};
extern const struct store_shape document_shape;

struct hub_case {
	char *number, *hall, *store, *window, *clerk;
	int64_t held_ms, version;
};
extern const struct store_shape case_shape;

/*
 * The bundle of this id when the caller may see it: its department, or a window of its hall.
 * Anything else is NOT_FOUND. store_row_free.
 */
struct bundle_row *model_bundle(
	struct hub *hub, const struct caller *caller, const char *id, GError **error);

/* struct item_row of a bundle, in order. */
GPtrArray *model_items(struct hub *hub, const char *bundle, GError **error);

/* The case of a number when the caller's hall is its hall, else NOT_FOUND. store_row_free. */
struct hub_case *model_case(
	struct hub *hub, const struct caller *caller, const char *number, GError **error);

/* Raises the case's version; puts it there first, held by the given window, when it is new. */
bool model_case_put(struct hub *hub, const char *number, const char *hall, const char *store,
	const char *window, GError **error);
bool model_case_touch(struct hub *hub, const char *number, GError **error);

/* The lane of a window of a home, or of the home (g_free); NULL: none, or an error. */
char *model_lane(
	struct hub *hub, const char *store, const char *hall, const char *window, GError **error);

/* Puts a document into a lane under its next cursor, and wakes who waits for it. */
struct lane_entry {
	const char *kind; /* update, custody */
	const char *bundle;
	const char *number;
	const void *bytes;
	size_t size;
};
bool model_lane_put(
	struct hub *hub, const char *lane, const struct lane_entry *entry, GError **error);

/* Checks a case number; its hall into ret_hall. */
bool model_number_hall(const char *number, char ret_hall[5]);

/* Items as JSON: item, name, service, due, state, version, outcome. */
json_t *model_items_json(GPtrArray *items);

/* GBytes of JSON text as a JSON string. */
json_t *model_bytes_text(GBytes *bytes);

/* GBytes of JSON text as the value it is; JSON null when it is none. */
json_t *model_bytes_value(GBytes *bytes);

/* The whole of a bundle as GET /v1/bundles/{b} answers it; NULL with error. */
json_t *model_bundle_json(struct hub *hub, const struct bundle_row *row, GError **error);

#endif
