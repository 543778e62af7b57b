/* The gates a theme passes before it is taken in (row 62): published, authorised, on the shelf. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue_rows.h"

struct gate_row {
	int64_t described; /* -1 no such theme in force */
	int64_t authorised;
	int64_t on_shelf;
};

static const struct store_column gate_columns[] = {
	STORE_COLUMN(INTEGER, struct gate_row, described),
	STORE_COLUMN(INTEGER, struct gate_row, authorised),
	STORE_COLUMN(INTEGER, struct gate_row, on_shelf),
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

/* NOT_FOUND without the theme, MOVE when nothing describes it. */
static bool may_shelve(struct store *store, const struct shelving *shelving, GError **error)
{
	int64_t described = -1;
	g_autofree char *list = text_clean(shelving->list, false);
	g_autofree char *theme = text_clean(shelving->theme, false);
	if (!store_integer(store, STATEMENT_CATALOGUE_THEME_DESCRIBED,
		    STORE_VALUES(STORE_TEXT("list", shelving->list),
			    STORE_TEXT("theme", shelving->theme)),
		    -1, &described, error))
		return false;
	if (described < 0)
		return err_set(error, ERR_CODE_NOT_FOUND, "清单 %s 没有主题 %s", list, theme);
	if (described == 0 && shelving->on_shelf)
		return err_set_next(error, ERR_CODE_MOVE, "这个主题还没有办事指南，不能上架",
			"请先在指南里写明事项的服务");
	return true;
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
