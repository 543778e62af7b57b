/* Definitions confirmed against the local implementation list; the others are 参考. */
#include <string.h>

#include "desk/bureau.h"
#include "desk/bureau_private.h"
#include "desk/guide_parts.h"

struct confirming {
	struct desk *desk;
	const char *kind;
	const char *list;
	const char *code;
	const char *basis;
};

static bool confirm(struct store *store, void *data, GError **error)
{
	const struct confirming *what = data;
	const struct catalogue_act act = bureau_act(what->desk);
	g_autofree char *basis = g_strstrip(g_strdup(what->basis));
	if (!bureau_may(what->desk, DESK_ACT_CONFIRM, error) ||
		!bureau_check_text(basis, "依据", error))
		return false;
	if (*basis == '\0')
		return err_set_next(
			error, ERR_CODE_INVALID, "确认要写依据", "请写当地实施清单的编号");
	return catalogue_confirm(store, what->kind, what->list, what->code, basis, &act, error);
}

bool desk_bureau_confirm(struct desk *desk, const char *kind, const char *list, const char *code,
	const char *basis, GError **error)
{
	struct confirming what = {desk, kind, list, code, basis};
	return desk_write(desk, confirm, &what, error);
}

static bool unconfirm(struct store *store, void *data, GError **error)
{
	const struct confirming *what = data;
	const struct catalogue_act act = bureau_act(what->desk);
	return bureau_may(what->desk, DESK_ACT_CONFIRM, error) &&
	       catalogue_unconfirm(store, what->kind, what->list, what->code, &act, error);
}

bool desk_bureau_unconfirm(
	struct desk *desk, const char *kind, const char *list, const char *code, GError **error)
{
	struct confirming what = {.desk = desk, .kind = kind, .list = list, .code = code};
	return desk_write(desk, unconfirm, &what, error);
}

char *desk_bureau_confirmed_words(const char *confirmed, const char *confirmed_on)
{
	return guide_mark(confirmed, confirmed_on);
}
