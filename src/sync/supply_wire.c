#include "sync/supply_wire.h"

#include <inttypes.h>
#include <string.h>

#include "base/digest.h"
#include "core/date.h"

#define MOST_THINGS 100000
#define MOST_LIST 60
#define MOST_NUMBER 1000000
#define MOST_THEMES 20000

static void put(char **place, const char *text)
{
	g_free(*place);
	*place = g_strdup(text);
}

static bool is_digest(const char *text)
{
	struct digest digest;
	return digest_from_text(text, &digest);
}

/* A foreign text that becomes part of a path and of sentences. */
static bool is_list(const char *text)
{
	size_t size = strlen(text);
	return size > 0 && size <= MOST_LIST &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == size;
}

static struct supply_thing *read_version(const json_t *row)
{
	const char *list = json_text(row, "list", ""), *digest = json_text(row, "digest", "");
	const char *from = json_text(row, "effective_from", "");
	int64_t number = json_integer_or(row, "version", 0), size = json_integer_or(row, "size", 0);
	struct civil_date date;
	if (!is_list(list) || !is_digest(digest) || number < 1 || number > MOST_NUMBER ||
		size < 1 || !civil_date_from_text(from, &date))
		return NULL;
	struct supply_thing *thing = supply_thing_new(SUPPLY_KIND_VERSION, list, number, digest);
	thing->size = size;
	put(&thing->effective_from, from);
	put(&thing->filing, json_text(row, "filing", ""));
	put(&thing->author, json_text(row, "author", ""));
	return thing;
}

static struct supply_thing *read_calendar(const json_t *row)
{
	const char *digest = json_text(row, "digest", "");
	int64_t year = json_integer_or(row, "year", 0);
	if (!is_digest(digest) || year < 2000 || year > 2999)
		return NULL;
	return supply_thing_new(SUPPLY_KIND_CALENDAR, "", year, digest);
}

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The body anew from its meaning; it must be what its digest is of. NULL: it is not. */
static char *read_grant_body(const json_t *row, const char *digest)
{
	const json_t *themes = json_object_get(row, "themes");
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	if (json_array_size(themes) > MOST_THEMES)
		return NULL;
	for (size_t i = 0; i < json_array_size(themes); i++) {
		const char *id = json_string_value(json_array_get(themes, i));
		if (id == NULL || *id == '\0')
			return NULL;
		g_ptr_array_add(ids, (gpointer)id);
	}
	g_ptr_array_sort(ids, by_text);
	g_ptr_array_add(ids, NULL);
	char *body =
		supply_grant_body(json_flag(row, "all", false), (const char *const *)ids->pdata);
	struct digest own = digest_of(body, strlen(body));
	char text[DIGEST_TEXT_SIZE];
	digest_to_text(&own, text);
	if (strcmp(text, digest) != 0)
		g_clear_pointer(&body, g_free);
	return body;
}

static struct supply_thing *read_grant(const json_t *row)
{
	const char *list = json_text(row, "list", ""), *digest = json_text(row, "digest", "");
	g_autofree char *body = read_grant_body(row, digest);
	if (!is_list(list) || body == NULL)
		return NULL;
	struct supply_thing *thing = supply_thing_new(SUPPLY_KIND_GRANT, list, 0, digest);
	put(&thing->body, body);
	return thing;
}

static const struct {
	const char *member;
	struct supply_thing *(*read)(const json_t *row);
} kinds[] = {
	[SUPPLY_KIND_GRANT] = {"authorisations", read_grant},
	[SUPPLY_KIND_CALENDAR] = {"calendars", read_calendar},
	[SUPPLY_KIND_VERSION] = {"catalogues", read_version},
};

bool supply_wire_list(enum supply_kind kind, const json_t *body, GPtrArray *things)
{
	const json_t *list = json_object_get(body, kinds[kind].member);
	guint before = things->len;
	if (!json_is_array(list) || json_array_size(list) > MOST_THINGS)
		return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct supply_thing *thing = kinds[kind].read(json_array_get(list, i));
		if (thing == NULL) {
			g_ptr_array_set_size(things, (int)before);
			return false;
		}
		g_ptr_array_add(things, thing);
	}
	return true;
}

static char *escape(const char *text)
{
	return g_uri_escape_string(text, NULL, FALSE);
}

char *supply_wire_list_path(enum supply_kind kind, const char *hall)
{
	if (kind != SUPPLY_KIND_GRANT)
		return g_strconcat("/v1/", kinds[kind].member, NULL);
	g_autofree char *escaped = escape(hall);
	return g_strdup_printf("/v1/halls/%s/authorisations", escaped);
}

char *supply_wire_path(const struct supply_thing *thing, const char *hall)
{
	g_autofree char *base = supply_wire_list_path(thing->kind, hall);
	g_autofree char *list = escape(thing->list);
	if (thing->kind == SUPPLY_KIND_CALENDAR)
		return g_strdup_printf("%s/%" PRId64, base, thing->number);
	if (thing->kind == SUPPLY_KIND_GRANT)
		return g_strdup_printf("%s/%s", base, list);
	return g_strdup_printf("%s/%s/versions/%" PRId64, base, list, thing->number);
}

char *supply_wire_push_path(const struct supply_thing *thing, const char *hall)
{
	g_autofree char *path = supply_wire_path(thing, hall);
	if (thing->kind != SUPPLY_KIND_VERSION)
		return g_steal_pointer(&path);
	g_autofree char *from = escape(thing->effective_from);
	g_autofree char *filing = escape(thing->filing);
	g_autofree char *author = escape(thing->author);
	return g_strdup_printf(
		"%s?effective_from=%s&filing=%s&author=%s", path, from, filing, author);
}
