#include "hub/route.h"

#include <string.h>

#include "base/err.h"
#include "hub/handlers.h"

#define KIB ((size_t)1 << 10)
#define MIB ((size_t)1 << 20)
#define HOME CALLER_WINDOW
#define SYSTEM CALLER_DEPARTMENT
#define ALL (CALLER_WINDOW | CALLER_DEPARTMENT | CALLER_BUREAU)
#define ANYONE CALLER_ANYONE
#define NONE ROUTE_BODY_NONE, 0
#define JSON(most) ROUTE_BODY_JSON, most
#define BYTES(most) ROUTE_BODY_BYTES, most

const struct route routes[] = {
	{"GET", "/health", ANYONE, NONE, hub_health},
	{"GET", "/metrics", ANYONE, NONE, hub_metrics},
	{"GET", "/openapi.yaml", ANYONE, NONE, hub_openapi},
	{"GET", "/v1/key", ANYONE, NONE, hub_key},
	{"POST", "/v1/enrol", ANYONE, JSON(16 * KIB), hub_enrol},
	{"POST", "/v1/number-blocks", HOME, JSON(16 * KIB), hub_number_block},
	{"POST", "/v1/journal", HOME, JSON(8 * MIB), hub_journal_receive},
	{"GET", "/v1/journal", HOME | CALLER_BUREAU, NONE, hub_journal_read},
	{"GET", "/v1/cases/{number}", HOME, NONE, hub_case_read},
	{"POST", "/v1/cases/{number}/custody", HOME, JSON(16 * KIB), hub_custody},
	{"PUT", "/v1/bundles/{bundle}", HOME, JSON(4 * MIB), hub_bundle_put},
	{"GET", "/v1/bundles/{bundle}", HOME | SYSTEM, NONE, hub_bundle_read},
	{"HEAD", "/v1/bundles/{bundle}/blobs/{digest}", HOME | SYSTEM, NONE, hub_blob_head},
	{"GET", "/v1/bundles/{bundle}/blobs/{digest}", HOME | SYSTEM, NONE, hub_blob_read},
	{"PUT", "/v1/bundles/{bundle}/blobs/{digest}", HOME, BYTES(16 * MIB), hub_blob_put},
	{"PATCH", "/v1/bundles/{bundle}/blobs/{digest}", HOME, BYTES(16 * MIB), hub_blob_patch},
	{"PUT", "/v1/bundles/{bundle}/messages/{id}", HOME, JSON(1 * MIB), hub_message_put},
	{"PUT", "/v1/bundles/{bundle}/updates/{id}", SYSTEM, JSON(1 * MIB), hub_update_put},
	{"GET", "/v1/departments/{code}/bundles", SYSTEM, NONE, hub_department_list},
	{"GET", "/v1/updates", HOME, NONE, hub_updates},
	{"GET", "/v1/hall/{hall}/queue", HOME | CALLER_BUREAU, NONE, hub_hall_queue},
	{"GET", "/v1/catalogues", ALL, NONE, hub_catalogues},
	{"GET", "/v1/catalogues/{list}/versions/{version}", ALL, NONE, hub_catalogue_read},
	{"PUT", "/v1/catalogues/{list}/versions/{version}", CALLER_BUREAU, JSON(32 * MIB),
		hub_catalogue_put},
	{"GET", "/v1/calendars", ALL, NONE, hub_calendars},
	{"GET", "/v1/calendars/{year}", ALL, NONE, hub_calendar_read},
	{"PUT", "/v1/calendars/{year}", CALLER_BUREAU, JSON(256 * KIB), hub_calendar_put},
	{"GET", "/v1/halls/{hall}/authorisations", HOME | CALLER_BUREAU, NONE, hub_authorisations},
	{"GET", "/v1/halls/{hall}/authorisations/{list}", HOME | CALLER_BUREAU, NONE,
		hub_authorisation_read},
	{"PUT", "/v1/halls/{hall}/authorisations/{list}", CALLER_BUREAU, JSON(2 * MIB),
		hub_authorisation_put},
	{"GET", "/t/{token}", ANYONE, NONE, hub_page},
	{"POST", "/t/{token}/rating", ANYONE, BYTES(8 * KIB), hub_rating},
};
/* A version: what json_read takes at all. */
G_STATIC_ASSERT(32 * MIB == JSON_MOST_BYTES);
const size_t route_count = G_N_ELEMENTS(routes);

static void drop_parts(struct request *request)
{
	for (int i = 0; i < REQUEST_MOST_PARTS; i++)
		g_clear_pointer(&request->parts[i], g_free);
}

static bool matches(struct request *request, const char *pattern, const char *path)
{
	int parts = 0;
	while (*pattern != '\0') {
		if (*pattern != '{') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		size_t length = strcspn(path, "/");
		if (length == 0 || length > 200 || parts == REQUEST_MOST_PARTS)
			return false;
		request->parts[parts++] = g_strndup(path, length);
		path += length;
		pattern = strchr(pattern, '}') + 1;
	}
	return *path == '\0';
}

static const struct route *find(
	struct request *request, const char *method, const char *path, GString *allowed)
{
	for (size_t i = 0; i < route_count; i++) {
		drop_parts(request);
		if (!matches(request, routes[i].pattern, path))
			continue;
		if (g_str_equal(routes[i].method, method))
			return &routes[i];
		g_string_append_printf(
			allowed, "%s%s", allowed->len > 0 ? ", " : "", routes[i].method);
	}
	drop_parts(request);
	return NULL;
}

bool route_find(struct request *request, const char *method, const char *path, GError **error)
{
	if (!g_utf8_validate(path, -1, NULL))
		return err_set(error, ERR_CODE_NOT_FOUND, "没有这个地址");
	GString *allowed = g_string_new(NULL);
	request->route = find(request, method, path, allowed);
	if (request->route == NULL && g_str_equal(method, "HEAD"))
		request->route = find(request, "GET", path, g_string_truncate(allowed, 0));
	if (allowed->len > 0)
		request->reply.allow = g_intern_string(allowed->str);
	g_string_free(allowed, TRUE);
	if (request->route != NULL)
		return true;
	if (request->reply.allow != NULL)
		return err_set(error, ERR_CODE_METHOD, NULL);
	return err_set(error, ERR_CODE_NOT_FOUND, "没有这个地址");
}
