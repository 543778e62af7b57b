/* Where printed departments lead in this hall, and what waited for a route going out. */
#include <string.h>

#include "base/text.h"
#include "desk/bureau.h"
#include "desk/bureau_private.h"
#include "desk/theme_hold.h"

static int urgency_of(const struct bureau_route *route)
{
	if (route->waiting > 0)
		return 3;
	if (route->from != BUREAU_ROUTE_NONE)
		return 0;
	return route->taken_in ? 2 : route->unprinted ? 0 : 1;
}

static gint unrouted_first(gconstpointer a, gconstpointer b)
{
	const struct bureau_route *x = *(struct bureau_route *const *)a;
	const struct bureau_route *y = *(struct bureau_route *const *)b;
	int urgency = urgency_of(y) - urgency_of(x);
	return urgency != 0 ? urgency : x->order - y->order;
}

static void route_free_members(void *data)
{
	struct bureau_route *route = data;
	g_free(route->list);
	g_free(route->short_title);
	g_free(route->printed);
	g_free(route->level);
	g_free(route->department);
	g_free(route->department_name);
	g_free(route);
}

static struct bureau_route *route_of(struct catalogue_route *from, int order)
{
	struct bureau_route *route = g_new0(struct bureau_route, 1);
	route->list = g_steal_pointer(&from->list);
	route->short_title = g_steal_pointer(&from->short_title);
	route->printed = g_steal_pointer(&from->printed);
	route->level = g_steal_pointer(&from->level);
	route->department = g_steal_pointer(&from->department);
	route->department_name = g_steal_pointer(&from->department_name);
	route->unprinted = from->unprinted;
	route->taken_in = from->taken_in;
	route->items = from->items;
	route->order = order;
	route->from = from->by_hall		   ? BUREAU_ROUTE_HALL
		      : *route->department != '\0' ? BUREAU_ROUTE_VERSION
						   : BUREAU_ROUTE_NONE;
	return route;
}

/* ---- what waits ---- */

struct unrouted_row {
	char *case_id;
	int64_t item;
	char *list;
	int64_t version;
	char *theme;
};

static const struct store_column unrouted_columns[] = {
	STORE_COLUMN(TEXT, struct unrouted_row, case_id),
	STORE_COLUMN(INTEGER, struct unrouted_row, item),
	STORE_COLUMN(TEXT, struct unrouted_row, list),
	STORE_COLUMN(INTEGER, struct unrouted_row, version),
	STORE_COLUMN(TEXT, struct unrouted_row, theme),
	STORE_COLUMNS_END,
};
static const struct store_shape unrouted_shape = {sizeof(struct unrouted_row), unrouted_columns};

static GPtrArray *read_unrouted(struct desk *desk, GError **error)
{
	return store_rows(
		desk->store, STATEMENT_ITEM_UNROUTED, STORE_NO_VALUES, &unrouted_shape, error);
}

int desk_bureau_waiting(struct desk *desk, GError **error)
{
	g_autoptr(GPtrArray) rows = read_unrouted(desk, error);
	return rows == NULL ? -1 : (int)rows->len;
}

static struct bureau_route *route_like(
	const GPtrArray *routes, const char *list, const struct theme_item *item)
{
	for (guint i = 0; i < routes->len; i++) {
		struct bureau_route *route = routes->pdata[i];
		if (strcmp(route->list, list) == 0 &&
			strcmp(route->printed, theme_item_route_name(item)) == 0 &&
			strcmp(route->level, item->level) == 0)
			return route;
	}
	return NULL;
}

/* A case of an older version may wait for a name that the version in force no longer prints. */
static bool count_waiting(struct desk *desk, GPtrArray *routes, GError **error)
{
	g_autoptr(GPtrArray) rows = read_unrouted(desk, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct unrouted_row *row = rows->pdata[i];
		g_autoptr(theme_hold) hold =
			theme_hold_get(desk, row->list, (int)row->version, row->theme, error);
		if (hold == NULL)
			return false;
		const struct theme_item *item = theme_item_at(hold->theme, (int)row->item);
		struct bureau_route *route =
			item == NULL ? NULL : route_like(routes, row->list, item);
		if (route != NULL)
			route->waiting++;
	}
	return rows != NULL;
}

GPtrArray *desk_bureau_routes(struct desk *desk, const char *list, GError **error)
{
	g_autoptr(GPtrArray) rows = catalogue_routes(desk->store, list, error);
	if (rows == NULL)
		return NULL;
	g_autoptr(GPtrArray) routes = g_ptr_array_new_with_free_func(route_free_members);
	for (guint i = 0; i < rows->len; i++)
		g_ptr_array_add(routes, route_of(rows->pdata[i], (int)i));
	if (!count_waiting(desk, routes, error))
		return NULL;
	g_ptr_array_sort(routes, unrouted_first);
	return g_steal_pointer(&routes);
}

/* ---- what waited goes out ---- */

/* Sending the rows of one case that a route now covers. */
struct release {
	struct desk *desk;
	const char *case_id;
	GHashTable *departments; /* that got a bundle, owned */
};

/* The rows that have a department now, written down with it; not owned. */
static bool route_rows(
	const struct release *release, struct case_whole *whole, GPtrArray *routed, GError **error)
{
	for (guint i = 0; i < whole->items->len; i++) {
		struct item_row *row = whole->items->pdata[i];
		const struct theme_item *item = theme_item_at(whole->theme, (int)row->item);
		if (*row->department != '\0' || item == NULL || !row->taken ||
			item_state_from_name(row->state) != ITEM_STATE_TAKEN_IN)
			continue;
		const struct department *department =
			definitions_route_item(whole->definitions, whole->file.list, item);
		if (department == NULL)
			continue;
		row_set(&row->department, department->code);
		row_set(&row->department_name, department->name);
		if (!item_put(release->desk, release->case_id, row, error))
			return false;
		g_ptr_array_add(routed, row);
		g_hash_table_add(release->departments, g_strdup(department->code));
	}
	return true;
}

static bool send_rows(const struct release *release, const struct case_whole *whole,
	GPtrArray *routed, GError **error)
{
	struct desk *desk = release->desk;
	g_autoptr(case_view) view = case_view_of_id(desk, release->case_id, error);
	g_autoptr(GPtrArray) parties =
		view == NULL ? NULL
			     : store_rows(desk->store, STATEMENT_PARTY_ALL,
				       STORE_VALUES(STORE_TEXT("case_id", release->case_id)),
				       &party_shape, error);
	if (parties == NULL)
		return false;
	const struct dispatch dispatch = {
		.view = view,
		.parties = parties,
		.rows = routed,
		.token_digest = whole->file.token_digest,
		.taken_in_ms = whole->file.taken_in_ms,
	};
	return dispatch_all(desk, &dispatch, error) &&
	       case_settle(desk, release->case_id, false, error);
}

static bool release_case(struct desk *desk, const char *case_id, int *ret_sent, GError **error)
{
	struct case_whole whole = {0};
	g_autoptr(GPtrArray) routed = g_ptr_array_new();
	g_autoptr(GHashTable) departments =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct release release = {desk, case_id, departments};
	if (!case_whole_read(desk, case_id, &whole, error))
		return false;
	bool done = route_rows(&release, &whole, routed, error) &&
		    (routed->len == 0 || send_rows(&release, &whole, routed, error));
	case_whole_clear(&whole);
	*ret_sent += (int)g_hash_table_size(departments);
	return done;
}

/* Every case of a list that waits is looked at: one route may cover several. */
static bool release_list(struct desk *desk, const char *list, int *ret_sent, GError **error)
{
	g_autoptr(GPtrArray) rows = read_unrouted(desk, error);
	const char *last = "";
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct unrouted_row *row = rows->pdata[i];
		if (strcmp(row->list, list) != 0 || strcmp(row->case_id, last) == 0)
			continue;
		last = row->case_id;
		if (!release_case(desk, row->case_id, ret_sent, error))
			return false;
	}
	return rows != NULL;
}

/* ---- acts ---- */

struct routing {
	struct desk *desk;
	struct catalogue_route route;
	int sent;
};

static bool set_route(struct store *store, void *data, GError **error)
{
	struct routing *routing = data;
	const struct catalogue_act act = bureau_act(routing->desk);
	return bureau_may(routing->desk, DESK_ACT_ROUTE, error) &&
	       catalogue_route_set(store, &routing->route, &act, error) &&
	       release_list(routing->desk, routing->route.list, &routing->sent, error);
}

bool desk_bureau_route_set(struct desk *desk, const char *list, const char *printed,
	const char *level, const char *department, int *ret_sent, GError **error)
{
	struct routing routing = {
		.desk = desk,
		.route = {.list = (char *)list,
			.printed = (char *)printed,
			.level = (char *)level,
			.department = (char *)department},
	};
	if (!desk_write(desk, set_route, &routing, error))
		return false;
	if (ret_sent != NULL)
		*ret_sent = routing.sent;
	return true;
}

struct adding {
	struct desk *desk;
	const char *code;
	const char *name;
};

static bool add_department(struct store *store, void *data, GError **error)
{
	const struct adding *adding = data;
	const struct catalogue_act act = bureau_act(adding->desk);
	return bureau_may(adding->desk, DESK_ACT_ROUTE, error) &&
	       catalogue_department_add(store, adding->code, adding->name, &act, error);
}

bool desk_bureau_department_add(
	struct desk *desk, const char *code, const char *name, GError **error)
{
	struct adding adding = {desk, code, name};
	return desk_write(desk, add_department, &adding, error);
}

GPtrArray *desk_bureau_departments(struct desk *desk, GError **error)
{
	return catalogue_departments(desk->store, error);
}
