/* What a hall adds to the catalogue of its own: routes and departments. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue_rows.h"
#include "catalog/reader.h"

#define REVISION "catalogue_revision"
#define MOST_NAME 60

char *catalogue_revision(struct store *store)
{
	return store_setting(store, REVISION, "");
}

bool catalogue_touch(struct store *store, GError **error)
{
	g_autofree char *now = catalogue_revision(store);
	g_autofree char *next =
		g_strdup_printf("%" G_GINT64_FORMAT, g_ascii_strtoll(now, NULL, 10) + 1);
	return store_set_setting(store, REVISION, next, error);
}

/* ---- routes ---- */

struct routing_act {
	const char *list;
	const char *printed;
	const char *level;
	const char *department;
	const struct catalogue_act *act;
};

static bool check_printed(struct store *store, const struct routing_act *what, GError **error)
{
	g_autoptr(GPtrArray) routes = catalogue_routes(store, what->list, error);
	for (guint i = 0; routes != NULL && i < routes->len; i++) {
		const struct catalogue_route *route = routes->pdata[i];
		if (strcmp(route->printed, what->printed) == 0 &&
			strcmp(route->level, what->level) == 0)
			return true;
	}
	g_autofree char *list = catalog_quote(what->list, 60);
	g_autofree char *printed = catalog_quote(what->printed, 60);
	g_autofree char *level = catalog_quote(what->level, 30);
	g_autofree char *sentence = g_strdup_printf("清单 %s 有指南的事项里没有印着“%s%s%s%s”",
		list, printed, *level == '\0' ? "" : "（", level, *level == '\0' ? "" : "）");
	return routes != NULL &&
	       err_set_next(error, ERR_CODE_NOT_FOUND, sentence, "请照清单的原文写部门名和层级");
}

/* The name of a department a route may name, a new string; INVALID for an unknown code. */
static char *name_of(struct store *store, const char *code, GError **error)
{
	g_autoptr(GPtrArray) departments = catalogue_departments(store, error);
	for (guint i = 0; departments != NULL && i < departments->len; i++) {
		const struct catalogue_code *department = departments->pdata[i];
		if (strcmp(department->code, code) == 0)
			return g_strdup(department->name);
	}
	g_autofree char *shown = catalog_quote(code, 60);
	g_autofree char *sentence = g_strdup_printf("没有部门 %s", shown);
	if (departments != NULL)
		err_set_next(error, ERR_CODE_INVALID, sentence,
			"请用 catalog route list 看部门代码，或先新增部门");
	return NULL;
}

static bool put_department(struct store *store, const char *code, const char *name, GError **error)
{
	return store_run(store, STATEMENT_HALL_DEPARTMENT_PUT,
		STORE_VALUES(STORE_TEXT("code", code), STORE_TEXT("name", name)), error);
}

/* A route keeps the name with the code: a later version may no longer have the department. */
static bool put_route(
	struct store *store, const struct routing_act *what, const char *name, GError **error)
{
	return put_department(store, what->department, name, error) &&
	       store_run(store, STATEMENT_HALL_ROUTE_PUT,
		       STORE_VALUES(STORE_TEXT("list", what->list),
			       STORE_TEXT("printed", what->printed),
			       STORE_TEXT("level", what->level),
			       STORE_TEXT("department", what->department)),
		       error);
}

static bool drop_route(struct store *store, const struct routing_act *what, GError **error)
{
	return store_run(store, STATEMENT_HALL_ROUTE_DROP,
		STORE_VALUES(STORE_TEXT("list", what->list), STORE_TEXT("printed", what->printed),
			STORE_TEXT("level", what->level)),
		error);
}

static bool set_route(struct store *store, void *data, GError **error)
{
	const struct routing_act *what = data;
	bool own = *what->department != '\0';
	if (!check_printed(store, what, error))
		return false;
	g_autofree char *name = own ? name_of(store, what->department, error) : g_strdup("");
	if (name == NULL ||
		!(own ? put_route(store, what, name, error) : drop_route(store, what, error)))
		return false;
	return catalogue_touch(store, error) &&
	       catalogue_fact(store, "route_set", what->act,
		       json_pack("{s:s,s:s,s:s,s:s,s:s}", "list", what->list, "printed",
			       what->printed, "level", what->level, "department", name,
			       "department_code", what->department),
		       error);
}

bool catalogue_route_set(struct store *store, const struct catalogue_route *route,
	const struct catalogue_act *act, GError **error)
{
	struct routing_act what = {
		route->list, route->printed, route->level, route->department, act};
	return store_write(store, set_route, &what, error);
}

/* ---- departments ---- */

struct department_act {
	const char *code;
	const char *name;
	const struct catalogue_act *act;
};

static bool add_department(struct store *store, void *data, GError **error)
{
	const struct department_act *what = data;
	g_autoptr(GError) none = NULL;
	g_autofree char *known = name_of(store, what->code, &none);
	if (known == NULL && !err_is(none, ERR_CODE_INVALID)) {
		g_propagate_error(error, g_steal_pointer(&none));
		return false;
	}
	if (known != NULL)
		return err_set(error, ERR_CODE_EXISTS, "部门代码 %s 已有：%s", what->code, known);
	return put_department(store, what->code, what->name, error) &&
	       catalogue_fact(store, "department_added", what->act,
		       json_pack("{s:s,s:s}", "code", what->code, "name", what->name), error);
}

bool catalogue_department_add(struct store *store, const char *code, const char *name,
	const struct catalogue_act *act, GError **error)
{
	if (!form_department_code(code) || strlen(code) > MOST_NAME)
		return err_set_next(error, ERR_CODE_INVALID, "部门代码写法不对",
			"请写 D- 加大写字母和数字，如 D-NANHAI-HOUSING");
	if (*name == '\0' || !text_is_clean(name, false) || g_utf8_strlen(name, -1) > MOST_NAME)
		return err_set_next(error, ERR_CODE_INVALID,
			"部门名称不能为空，不能有控制字符，至多60个字", "请重新输入");
	struct department_act what = {code, name, act};
	return store_write(store, add_department, &what, error);
}
