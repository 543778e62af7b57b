/* The gates a theme passes before it is taken in, and who opens them (row 62). */
#include "desk/bureau.h"
#include "desk/bureau_private.h"

bool desk_bureau_gates(struct desk *desk, const char *list, const char *theme,
	struct theme_gates *ret_gates, GError **error)
{
	return catalogue_gates(desk->store, list, theme, ret_gates, error);
}

const char *desk_bureau_gate_words(const struct theme_gates *gates, const char **ret_next)
{
	*ret_next = "";
	if (!gates->published) {
		*ret_next = "请选择同类的一件事，或请数据局补写办事指南并发布";
		return "这件事还没有发布办事指南，只供参考，不能收件";
	}
	if (!gates->authorised) {
		*ret_next = "请选择上架的同类一件事，或请数据局管理员授权";
		return "这件事没有授权本大厅办理，只供参考，不能收件";
	}
	if (!gates->on_shelf) {
		*ret_next = "请选择上架的同类一件事，或请大厅主管、管理员上架";
		return "这件事本大厅没有上架，只供参考，不能收件";
	}
	return NULL;
}

struct gating {
	struct desk *desk;
	const char *list;
	const char *theme; /* NULL every theme */
	bool on;
};

static bool authorise(struct store *store, void *data, GError **error)
{
	const struct gating *gating = data;
	const struct catalogue_act act = bureau_act(gating->desk);
	return bureau_may(gating->desk, DESK_ACT_CATALOGUE, error) &&
	       catalogue_authorise(store, gating->list, gating->theme, gating->on, &act, error);
}

/* What the bureau hands down through the hub would replace the change within the hour. */
static bool check_ours(struct desk *desk, const char *list, GError **error)
{
	g_autofree char *agreed = NULL;
	if (*desk->hub == '\0' || desk->bureau)
		return true;
	if (!store_text(desk->store, STATEMENT_SUPPLY_GRANT_AGREED,
		    STORE_VALUES(STORE_TEXT("list", list)), &agreed, error))
		return false;
	return agreed == NULL || *agreed == '\0' ||
	       err_set_next(error, ERR_CODE_PERMISSION, "这份清单的授权由数据局经中心下发",
		       "请在数据局的机器上办理，本机随后收到");
}

bool desk_bureau_authorise(
	struct desk *desk, const char *list, const char *theme, bool on, GError **error)
{
	struct gating gating = {desk, list, theme, on};
	return check_ours(desk, list, error) && desk_write(desk, authorise, &gating, error);
}

static bool shelve(struct store *store, void *data, GError **error)
{
	const struct gating *gating = data;
	const struct catalogue_act act = bureau_act(gating->desk);
	return bureau_may(gating->desk, DESK_ACT_SHELF, error) &&
	       catalogue_shelf(store, gating->list, gating->theme, gating->on, act.actor,
		       act.now_ms, error);
}

bool desk_bureau_shelf(
	struct desk *desk, const char *list, const char *theme, bool on, GError **error)
{
	struct gating gating = {desk, list, theme, on};
	return desk_write(desk, shelve, &gating, error);
}

struct gating_list {
	struct gating gating;
	int *count;
	GPtrArray *left;
};

static bool shelve_list(struct store *store, void *data, GError **error)
{
	struct gating_list *whole = data;
	const struct gating *gating = &whole->gating;
	const struct catalogue_act act = bureau_act(gating->desk);
	if (!bureau_may(gating->desk, DESK_ACT_SHELF, error))
		return false;
	whole->left = catalogue_shelf_list(
		store, gating->list, gating->on, act.actor, act.now_ms, whole->count, error);
	return whole->left != NULL;
}

GPtrArray *desk_bureau_shelf_list(
	struct desk *desk, const char *list, bool on, int *ret_count, GError **error)
{
	struct gating_list whole = {{desk, list, NULL, on}, ret_count, NULL};
	if (desk_write(desk, shelve_list, &whole, error))
		return whole.left;
	g_clear_pointer(&whole.left, g_ptr_array_unref);
	return NULL;
}
