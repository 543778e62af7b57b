#include <string.h>

#include "desk/bureau.h"
#include "desk/private.h"

struct draft {
	struct desk *desk;
	const char *list;
	const char *id;
	struct theme *theme;
};

static bool insert_draft(struct store *store, void *data, GError **error)
{
	const struct draft *draft = data;
	struct desk *desk = draft->desk;
	g_autofree char *day = civil_date_dup_text(desk_today(desk));
	return store_run(store, STATEMENT_CASE_INSERT,
		       STORE_VALUES(STORE_TEXT("id", draft->id), STORE_TEXT("list", draft->list),
			       STORE_INTEGER("version", draft->theme->version),
			       STORE_TEXT("theme", draft->theme->id),
			       STORE_TEXT("theme_name", draft->theme->display),
			       STORE_TEXT("window", desk->window->code),
			       STORE_TEXT("clerk", desk->user),
			       STORE_INTEGER("now_ms", desk_now_ms(desk)), STORE_TEXT("day", day)),
		       error) &&
	       case_hold_new(desk, draft->id, error) &&
	       catalogue_use(store, draft->list, draft->theme->id, desk_now_ms(desk), error);
}

bool guide_check_gates(struct desk *desk, const char *list, const char *theme, GError **error)
{
	struct theme_gates gates = {0};
	const char *next = "";
	if (!catalogue_gates(desk->store, list, theme, &gates, error))
		return false;
	const char *shut = desk_bureau_gate_words(&gates, &next);
	return shut == NULL || err_set_next(error, ERR_CODE_BLOCKED, shut, next);
}

bool guide_check_leave(struct desk *desk, const char *list, const char *theme, GError **error)
{
	g_autoptr(GError) local = NULL;
	if (guide_check_gates(desk, list, theme, &local) || err_is(local, ERR_CODE_NOT_FOUND))
		return true;
	g_propagate_error(error, g_steal_pointer(&local));
	return false;
}

static bool check_items(const struct theme *theme, GError **error)
{
	return theme->items->len != 0 || err_set_next(error, ERR_CODE_BLOCKED, words_of_no_items(),
						 "请换一个列出事项的同类主题");
}

char *desk_draft_new_as(
	struct desk *desk, const char *list, const char *theme, const char *id, GError **error)
{
	if (!desk_may(desk, DESK_ACT_DRAFT, error))
		return NULL;
	struct draft draft = {.desk = desk, .list = list, .id = id};
	struct definitions *definitions = NULL;
	if (!catalogue_open_theme(desk->store, list, 0, theme, &draft.theme, &definitions, error))
		return NULL;
	bool done = check_items(draft.theme, error) &&
		    guide_check_gates(desk, list, draft.theme->id, error) &&
		    desk_write(desk, insert_draft, &draft, error);
	theme_free(draft.theme);
	definitions_free(definitions);
	return done ? g_strdup(id) : NULL;
}

char *desk_draft_new(struct desk *desk, const char *list, const char *theme, GError **error)
{
	g_autofree char *id = desk_new_id();
	return desk_draft_new_as(desk, list, theme, id, error);
}

/* ---- changes of a draft that are one statement ---- */

struct change {
	struct desk *desk;
	const char *case_id;
	int statement;
	const struct store_value *values;
	int item; /* of an item, else -1 */
	enum case_want want;
};

static bool check_item(struct desk *desk, const struct change *change, GError **error)
{
	g_autoptr(case_view) view = case_view_of_id(desk, change->case_id, error);
	if (view == NULL)
		return false;
	if (change->item < 0 || change->item >= (int)view->situation->items->len)
		return err_set(
			error, ERR_CODE_NOT_FOUND, "这件事里没有第%d个事项", change->item + 1);
	const struct situation_item *item = view->situation->items->pdata[change->item];
	if (item->standing == ITEM_STANDING_NOT_OFFERED)
		return err_set_next(error, ERR_CODE_MOVE,
			*item->item->not_offered ? item->item->not_offered : "这个事项不在窗口办理",
			"请看办事指南");
	if (item->fixed && change->statement == STATEMENT_CASE_LEFT_PUT)
		return err_set_next(error, ERR_CODE_MOVE, "并行办理的事项不能单独放弃",
			"请整件办理，或另选一件事");
	return true;
}

static bool run_change(struct store *store, void *data, GError **error)
{
	const struct change *change = data;
	struct file_row file = {0};
	if (!case_begin(change->desk, DESK_ACT_DRAFT, change->case_id, change->want, &file, error))
		return false;
	file_row_clear(&file);
	if (change->item >= 0 && !check_item(change->desk, change, error))
		return false;
	return store_run(store, change->statement, change->values, error) &&
	       case_touch(change->desk, change->case_id, error);
}

bool desk_answer(struct desk *desk, const char *case_id, const char *question, const char *option,
	GError **error)
{
	struct change change = {.desk = desk, .case_id = case_id, .item = -1};
	if (option == NULL) {
		change.statement = STATEMENT_CASE_ANSWER_DROP;
		change.values = STORE_VALUES(
			STORE_TEXT("case_id", case_id), STORE_TEXT("question", question));
		return desk_write(desk, run_change, &change, error);
	}
	change.statement = STATEMENT_CASE_ANSWER_PUT;
	change.values = STORE_VALUES(STORE_TEXT("case_id", case_id),
		STORE_TEXT("question", question), STORE_TEXT("option", option));
	return desk_write(desk, run_change, &change, error);
}

bool desk_item_take(struct desk *desk, const char *case_id, int item, bool take, GError **error)
{
	if (item < 0)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有这个事项");
	struct change change = {
		.desk = desk,
		.case_id = case_id,
		.item = item,
		.statement = take ? STATEMENT_CASE_LEFT_DROP : STATEMENT_CASE_LEFT_PUT,
		.values = STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_INTEGER("item", item)),
	};
	return desk_write(desk, run_change, &change, error);
}

bool desk_step_set(struct desk *desk, const char *case_id, enum case_step step, GError **error)
{
	struct change change = {
		.desk = desk,
		.case_id = case_id,
		.item = -1,
		.statement = STATEMENT_CASE_SET_STEP,
		.values = STORE_VALUES(STORE_TEXT("id", case_id),
			STORE_TEXT("step", case_step_word(step)),
			STORE_INTEGER("now_ms", desk_now_ms(desk))),
	};
	return desk_write(desk, run_change, &change, error);
}

bool desk_delivery_choose(
	struct desk *desk, const char *case_id, const char *way, bool together, GError **error)
{
	if (*delivery_way_name(way) == '\0')
		return err_set_next(error, ERR_CODE_INVALID, "没有这种送达方式",
			"请选窗口领取、邮寄、电子送达或自助打印");
	if (!together && strcmp(way, "post") == 0)
		return err_set_next(error, ERR_CODE_INVALID, "邮寄只在全部办结后寄一次",
			"请选全部办结后一次送达，或改为窗口领取");
	struct change change = {
		.desk = desk,
		.case_id = case_id,
		.item = -1,
		.statement = STATEMENT_CASE_SET_DELIVERY,
		.values = STORE_VALUES(STORE_TEXT("id", case_id), STORE_TEXT("way", way),
			STORE_INTEGER("together", together)),
		.want = CASE_WANT_ANY,
	};
	return desk_write(desk, run_change, &change, error);
}

static bool delete_draft(struct store *store, void *data, GError **error)
{
	const struct draft *draft = data;
	struct desk *desk = draft->desk;
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_DRAFT, draft->id, CASE_WANT_DRAFT, &file, error))
		return false;
	int64_t serial = file.serial;
	file_row_clear(&file);
	g_autoptr(GPtrArray) parties = store_rows(store, STATEMENT_PARTY_ALL,
		STORE_VALUES(STORE_TEXT("case_id", draft->id)), &party_shape, error);
	g_autoptr(GPtrArray) fields =
		parties == NULL ? NULL
				: store_rows(store, STATEMENT_CASE_FIELD_IDENTITIES,
					  STORE_VALUES(STORE_TEXT("case_id", draft->id)),
					  &integer_shape, error);
	if (fields == NULL ||
		!store_run(store, STATEMENT_SEARCH_DROP,
			STORE_VALUES(STORE_INTEGER("serial", serial)), error) ||
		!store_run(store, STATEMENT_CASE_DELETE, STORE_VALUES(STORE_TEXT("id", draft->id)),
			error))
		return false;
	for (guint i = 0; i < parties->len; i++)
		if (!identity_drop(desk, ((struct party_row *)parties->pdata[i])->identity, error))
			return false;
	for (guint i = 0; i < fields->len; i++)
		if (!identity_drop(desk, ((struct integer_row *)fields->pdata[i])->item, error))
			return false;
	return true;
}

bool desk_draft_discard(struct desk *desk, const char *case_id, GError **error)
{
	struct draft draft = {.desk = desk, .id = case_id};
	if (!desk_write(desk, delete_draft, &draft, error))
		return false;
	desk_case_release(desk, case_id);
	return true;
}
