/* The gates a theme passes before it is taken in (row 62): published, authorised, on the shelf. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue_rows.h"

struct gate_row {
	int64_t described; /* -1 no such theme in force */
	int64_t authorised;
	int64_t on_shelf;
	int64_t items;
};

static const struct store_column gate_columns[] = {
	STORE_COLUMN(INTEGER, struct gate_row, described),
	STORE_COLUMN(INTEGER, struct gate_row, authorised),
	STORE_COLUMN(INTEGER, struct gate_row, on_shelf),
	STORE_COLUMN(INTEGER, struct gate_row, items),
	STORE_COLUMNS_END,
};
static const struct store_shape gate_shape = {sizeof(struct gate_row), gate_columns};

static bool read_gates(struct store *store, const char *list, const char *theme,
	struct gate_row *ret_row, GError **error)
{
	bool found = false;
	if (!store_row(store, STATEMENT_CATALOGUE_GATES,
		    STORE_VALUES(STORE_TEXT("list", list), STORE_TEXT("theme", theme)), &gate_shape,
		    ret_row, &found, error))
		return false;
	g_autofree char *shown = catalog_quote(list, 60);
	g_autofree char *which = catalog_quote(theme, 60);
	return ret_row->described >= 0 ||
	       err_set(error, ERR_CODE_NOT_FOUND, "清单 %s 没有主题 %s", shown, which);
}

bool catalogue_gates(struct store *store, const char *list, const char *theme,
	struct theme_gates *ret_gates, GError **error)
{
	struct gate_row row = {0};
	if (!read_gates(store, list, theme, &row, error))
		return false;
	*ret_gates = (struct theme_gates){
		.published = row.described != 0,
		.authorised = row.authorised != 0,
		.on_shelf = row.on_shelf != 0,
	};
	return true;
}

/* ---- the shelf ---- */

struct shelving {
	const char *list;
	const char *theme;
	bool on_shelf;
	const char *actor;
	int64_t now_ms;
};

bool catalogue_is_on_shelf(struct store *store, const char *list, const char *theme,
	bool *ret_on_shelf, GError **error)
{
	int64_t count = 0;
	if (!store_integer(store, STATEMENT_THEME_SHELF_GET,
		    STORE_VALUES(STORE_TEXT("list", list), STORE_TEXT("theme", theme)), 0, &count,
		    error))
		return false;
	*ret_on_shelf = count != 0;
	return true;
}

/* Why a theme cannot be put on the shelf, static, *ret_next what to do; NULL it can. */
static const char *why_not(const struct gate_row *row, const char **ret_next)
{
	*ret_next = "请先在指南里写明事项的服务";
	if (row->items == 0) {
		*ret_next = "请选择列出事项的清单里同类的一件事";
		return "这个主题的来源没有列出事项，没有可收的，不能上架";
	}
	if (row->described == 0)
		return "这个主题还没有办事指南，不能上架";
	*ret_next = "请数据局管理员先授权";
	return row->authorised == 0 ? "这个主题没有授权本大厅办理，不能上架" : NULL;
}

/* NOT_FOUND without the theme; MOVE when nothing describes it, or the bureau gave no leave. */
static bool may_shelve(struct store *store, const struct shelving *shelving, GError **error)
{
	struct gate_row row = {0};
	const char *next = NULL;
	if (!read_gates(store, shelving->list, shelving->theme, &row, error))
		return false;
	const char *why = shelving->on_shelf ? why_not(&row, &next) : NULL;
	return why == NULL || err_set_next(error, ERR_CODE_MOVE, why, next);
}

static bool shelve(struct store *store, void *data, GError **error)
{
	const struct shelving *shelving = data;
	bool now = false;
	if (!may_shelve(store, shelving, error) ||
		!catalogue_is_on_shelf(store, shelving->list, shelving->theme, &now, error))
		return false;
	if (now == shelving->on_shelf)
		return true;
	const struct catalogue_act act = {.actor = shelving->actor, .now_ms = shelving->now_ms};
	json_t *body = json_pack("{s:s,s:s}", "list", shelving->list, "theme", shelving->theme);
	return store_run(store,
		       shelving->on_shelf ? STATEMENT_THEME_SHELF_PUT : STATEMENT_THEME_SHELF_DROP,
		       STORE_VALUES(STORE_TEXT("list", shelving->list),
			       STORE_TEXT("theme", shelving->theme)),
		       error) &&
	       catalogue_fact(store, shelving->on_shelf ? "theme_shelved" : "theme_unshelved", &act,
		       body, error);
}

bool catalogue_shelf(struct store *store, const char *list, const char *theme, bool on_shelf,
	const char *actor, int64_t now_ms, GError **error)
{
	struct shelving shelving = {list, theme, on_shelf, actor, now_ms};
	return store_write(store, shelve, &shelving, error);
}

/* ---- the shelf, a whole list at once ---- */

struct shelving_list {
	const char *list;
	bool on_shelf;
	const char *actor;
	int64_t now_ms;
	int count;
	GPtrArray *left; /* struct shelf_left */
};

static void left_free(void *data)
{
	struct shelf_left *left = data;
	g_free(left->theme);
	g_free(left->name);
	g_free(left);
}

static bool shelve_hit(struct store *store, struct shelving_list *whole,
	const struct theme_hit *hit, GError **error)
{
	struct gate_row row = {0};
	const char *next = NULL;
	if (!read_gates(store, whole->list, hit->theme, &row, error))
		return false;
	const char *why = whole->on_shelf ? why_not(&row, &next) : NULL;
	if (why != NULL) {
		struct shelf_left *left = g_new0(struct shelf_left, 1);
		*left = (struct shelf_left){g_strdup(hit->theme), g_strdup(hit->name), why};
		g_ptr_array_add(whole->left, left);
		return true;
	}
	whole->count += whole->on_shelf || row.on_shelf != 0;
	return catalogue_shelf(store, whole->list, hit->theme, whole->on_shelf, whole->actor,
		whole->now_ms, error);
}

static bool shelve_list(struct store *store, void *data, GError **error)
{
	struct shelving_list *whole = data;
	g_autoptr(GPtrArray) hits = catalogue_themes(store, whole->list, 0, error);
	for (guint i = 0; hits != NULL && i < hits->len; i++)
		if (!shelve_hit(store, whole, hits->pdata[i], error))
			return false;
	return hits != NULL;
}

GPtrArray *catalogue_shelf_list(struct store *store, const char *list, bool on_shelf,
	const char *actor, int64_t now_ms, int *ret_count, GError **error)
{
	g_autoptr(GPtrArray) left = g_ptr_array_new_with_free_func(left_free);
	struct shelving_list whole = {list, on_shelf, actor, now_ms, 0, left};
	if (!store_write(store, shelve_list, &whole, error))
		return NULL;
	*ret_count = whole.count;
	return g_steal_pointer(&left);
}

/* ---- the bureau's leave ---- */

struct authorising {
	const char *list;
	const char *theme; /* "" every theme */
	bool on;
	const struct catalogue_act *act;
	const struct catalogue_authorisation *whole; /* of a hub; NULL none */
};

struct leave_row {
	char *theme;
};

static const struct store_column leave_columns[] = {
	STORE_COLUMN(TEXT, struct leave_row, theme),
	STORE_COLUMNS_END,
};
static const struct store_shape leave_shape = {sizeof(struct leave_row), leave_columns};

static bool put_leave(
	struct store *store, int statement, const char *list, const char *theme, GError **error)
{
	return store_run(store, statement,
		STORE_VALUES(STORE_TEXT("list", list), STORE_TEXT("theme", theme)), error);
}

bool catalogue_authorisation_of(struct store *store, const char *list,
	struct catalogue_authorisation *ret_leave, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(store, STATEMENT_THEME_AUTHORISED_OF_LIST,
		STORE_VALUES(STORE_TEXT("list", list)), &leave_shape, error);
	if (rows == NULL)
		return false;
	GStrvBuilder *themes = g_strv_builder_new();
	ret_leave->all = false;
	for (guint i = 0; i < rows->len; i++) {
		const struct leave_row *row = rows->pdata[i];
		if (*row->theme == '\0')
			ret_leave->all = true;
		else
			g_strv_builder_add(themes, row->theme);
	}
	ret_leave->themes = g_strv_builder_end(themes);
	g_strv_builder_unref(themes);
	return true;
}

/* Leave for the whole list becomes leave for every theme in force. */
static bool spell_out(struct store *store, const char *list, GError **error)
{
	g_autoptr(GPtrArray) themes = catalogue_themes(store, list, 0, error);
	for (guint i = 0; themes != NULL && i < themes->len; i++)
		if (!put_leave(store, STATEMENT_THEME_AUTHORISED_PUT, list,
			    ((struct theme_hit *)themes->pdata[i])->theme, error))
			return false;
	return themes != NULL && put_leave(store, STATEMENT_THEME_AUTHORISED_DROP, list, "", error);
}

static bool check_list_known(struct store *store, const char *list, GError **error)
{
	int64_t known = -1;
	g_autofree char *shown = catalog_quote(list, 60);
	return store_integer(store, STATEMENT_CATALOGUE_LIST_CURRENT,
		       STORE_VALUES(STORE_TEXT("list", list)), -1, &known, error) &&
	       (known >= 0 || err_set(error, ERR_CODE_NOT_FOUND, "没有清单 %s", shown));
}

static bool change_leave(
	struct store *store, const struct authorising *leave, bool all_now, GError **error)
{
	const char *list = leave->list, *theme = leave->theme;
	if (*theme == '\0')
		return store_run(store, STATEMENT_THEME_AUTHORISED_DROP_LIST,
			       STORE_VALUES(STORE_TEXT("list", list)), error) &&
		       (!leave->on ||
			       put_leave(store, STATEMENT_THEME_AUTHORISED_PUT, list, "", error));
	if (leave->on)
		return put_leave(store, STATEMENT_THEME_AUTHORISED_PUT, list, theme, error);
	return (!all_now || spell_out(store, list, error)) &&
	       put_leave(store, STATEMENT_THEME_AUTHORISED_DROP, list, theme, error);
}

/* Whether it is given already: of a theme by itself or with the list, of a list as a whole. */
static bool is_given(const struct catalogue_authorisation *now, const char *theme, bool on)
{
	bool named = g_strv_contains((const char *const *)now->themes, theme);
	if (*theme != '\0')
		return now->all || named;
	return now->all || (!on && now->themes[0] != NULL);
}

static bool authorise(struct store *store, void *data, GError **error)
{
	const struct authorising *leave = data;
	struct catalogue_authorisation now = {0};
	struct gate_row row = {0};
	if (!check_list_known(store, leave->list, error) ||
		(*leave->theme != '\0' &&
			!read_gates(store, leave->list, leave->theme, &row, error)) ||
		!catalogue_authorisation_of(store, leave->list, &now, error))
		return false;
	bool same = is_given(&now, leave->theme, leave->on) == leave->on, all = now.all;
	g_strfreev(now.themes);
	if (same)
		return true;
	return change_leave(store, leave, all, error) &&
	       catalogue_fact(store, leave->on ? "theme_authorised" : "theme_unauthorised",
		       leave->act,
		       json_pack("{s:s,s:s}", "list", leave->list, "theme", leave->theme), error);
}

bool catalogue_authorise(struct store *store, const char *list, const char *theme, bool on,
	const struct catalogue_act *act, GError **error)
{
	struct authorising leave = {list, theme == NULL ? "" : theme, on, act, NULL};
	return store_write(store, authorise, &leave, error);
}

static bool is_same_leave(
	const struct catalogue_authorisation *a, const struct catalogue_authorisation *b)
{
	return a->all == b->all && g_strv_length(a->themes) == g_strv_length(b->themes) &&
	       g_strv_equal((const char *const *)a->themes, (const char *const *)b->themes);
}

/* The hub may name themes of a version that is still to come. */
static bool set_leave(struct store *store, void *data, GError **error)
{
	const struct authorising *leave = data;
	struct catalogue_authorisation now = {0};
	if (!check_list_known(store, leave->list, error) ||
		!catalogue_authorisation_of(store, leave->list, &now, error))
		return false;
	bool same = is_same_leave(&now, leave->whole);
	g_strfreev(now.themes);
	if (same)
		return true;
	json_t *themes = json_array();
	bool done = store_run(store, STATEMENT_THEME_AUTHORISED_DROP_LIST,
			    STORE_VALUES(STORE_TEXT("list", leave->list)), error) &&
		    (!leave->whole->all || put_leave(store, STATEMENT_THEME_AUTHORISED_PUT,
						   leave->list, "", error));
	for (char **theme = leave->whole->themes; done && *theme != NULL; theme++) {
		json_array_append_new(themes, json_string(*theme));
		done = put_leave(store, STATEMENT_THEME_AUTHORISED_PUT, leave->list, *theme, error);
	}
	json_t *body = json_pack("{s:s,s:b,s:o}", "list", leave->list, "all",
		(int)leave->whole->all, "themes", themes);
	if (done)
		return catalogue_fact(store, "authorisation_received", leave->act, body, error);
	json_decref(body);
	return false;
}

bool catalogue_authorise_as(struct store *store, const char *list,
	const struct catalogue_authorisation *leave, const struct catalogue_act *act,
	GError **error)
{
	for (char **theme = leave->themes; *theme != NULL; theme++)
		if (!text_is_clean(*theme, false) || **theme == '\0' || strlen(*theme) > 60)
			return err_set(error, ERR_CODE_INVALID, "授权里的主题写法不对");
	struct authorising setting = {.list = list, .act = act, .whole = leave};
	return store_write(store, set_leave, &setting, error);
}
