/* 不予受理通知书: printed for a refused item on request, from what the department said. */
#include <string.h>

#include "base/text.h"
#include "desk/slip.h"

#define BY_HAND "＿＿＿＿＿＿＿＿" /* a name the department did not give: never invented */

struct refusal {
	struct desk *desk;
	const char *case_id;
	int item;
	const char *reason; /* of one more copy */
	char *job;
};

static const struct case_item *refused_item(const struct case_view *view, int index, GError **error)
{
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		if (item->item != index || !item->taken)
			continue;
		if (strcmp(item->outcome, "refused") == 0)
			return item;
		err_set(error, ERR_CODE_MOVE, "“%s”没有不予受理，不能出通知书", item->name);
		return NULL;
	}
	err_set(error, ERR_CODE_NOT_FOUND, "这个办件里没有第%d个事项", index + 1);
	return NULL;
}

json_t *slip_refusal(struct desk *desk, const struct case_view *view, const struct case_item *item,
	const char *label)
{
	g_autoptr(json_t) said =
		*item->result != '\0' ? json_read(item->result, strlen(item->result), "结果", NULL)
				      : NULL;
	json_t *data = slip_common(desk, view);
	json_object_set_new(data, "label", json_string(label));
	json_object_set_new(data, "item", json_string(item->name));
	json_object_set_new(data, "item_index", json_integer(item->item));
	json_object_set_new(data, "department", json_string(item->department_name));
	json_object_set_new(data, "reasons", json_pack("[s]", item->reason));
	json_object_set_new(data, "basis", json_string(json_text(said, "basis", "")));
	json_object_set_new(data, "remedies", json_string(json_text(said, "remedies", "")));
	json_object_set_new(data, "reconsideration_body", json_string(BY_HAND));
	json_object_set_new(data, "court", json_string(BY_HAND));
	json_object_set_new(data, "date", json_string(json_text(said, "refused_on", "")));
	return data;
}

/* The label of the item's refusal when it was printed before, g_free; "" not yet. */
static char *known_label(const GPtrArray *notices, int item)
{
	for (guint i = 0; i < notices->len; i++) {
		const struct notice_row *row = notices->pdata[i];
		gsize size = 0;
		const char *text = g_bytes_get_data(row->bytes, &size);
		g_autoptr(json_t) slip = strcmp(row->kind, "refusal") == 0
						 ? json_read(text, size, "通知书", NULL)
						 : NULL;
		if (slip != NULL && json_integer_or(slip, "item_index", -1) == item)
			return g_strdup(row->label);
	}
	return g_strdup("");
}

static bool print_first(struct refusal *refusal, const struct case_view *view,
	const struct case_item *item, GError **error)
{
	struct desk *desk = refusal->desk;
	char label[LABEL_SIZE];
	desk_label(CODE_KIND_NOTICE, label);
	g_autoptr(json_t) slip = slip_refusal(desk, view, item, label);
	return notice_keep(desk, view->id, label, "refusal", slip, error) &&
	       paper_request(desk, view->id, "refusal", label, json_incref(slip), NULL,
		       &refusal->job, error) &&
	       desk_fact_window(desk, "refusal_given", view->id, item->item,
		       json_pack("{s:s,s:s,s:s,s:s}", "label", label, "name", item->name,
			       "department", item->department_name, "number", view->number),
		       error);
}

static bool print_refusal(struct store *store, void *data, GError **error)
{
	struct refusal *refusal = data;
	struct desk *desk = refusal->desk;
	g_clear_pointer(&refusal->job, g_free);
	if (!desk_may(desk, DESK_ACT_PAPER, error))
		return false;
	g_autoptr(case_view) view = case_view_of_id(desk, refusal->case_id, error);
	const struct case_item *item =
		view == NULL ? NULL : refused_item(view, refusal->item, error);
	g_autoptr(GPtrArray) notices =
		item == NULL ? NULL
			     : store_rows(store, STATEMENT_NOTICE_ALL,
				       STORE_VALUES(STORE_TEXT("case_id", refusal->case_id)),
				       &notice_shape, error);
	if (notices == NULL)
		return false;
	g_autofree char *label = known_label(notices, refusal->item);
	return *label == '\0' ? print_first(refusal, view, item, error)
			      : paper_print_again(desk, refusal->case_id, "refusal", label,
					refusal->reason, &refusal->job, error);
}

bool refusal_print(struct desk *desk, const char *case_id, int item, const char *reason,
	char **ret_job, GError **error)
{
	struct refusal refusal = {desk, case_id, item, reason, NULL};
	bool done = desk_write(desk, print_refusal, &refusal, error);
	if (done && ret_job != NULL)
		*ret_job = g_steal_pointer(&refusal.job);
	g_free(refusal.job);
	return done;
}
