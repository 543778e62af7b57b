#include <string.h>

#include "desk/slip.h"

struct intake {
	struct desk *desk;
	const char *case_id;
	char number[CASE_NUMBER_SIZE];
	char token[TOKEN_SIZE];
	char token_digest[DIGEST_TEXT_SIZE];
};

static bool check_fork(struct store *store, GError **error)
{
	int64_t forked = 0;
	return store_integer(store, STATEMENT_LINE_FORKED, STORE_NO_VALUES, 0, &forked, error) &&
	       (forked == 0 || err_set(error, ERR_CODE_FORK, NULL));
}

static bool check_ready(const struct case_view *view, GError **error)
{
	if (view->problems->len == 0)
		return true;
	g_autofree char *sentence =
		view->problems->len == 1
			? g_strdup("还有一处没有办妥")
			: g_strdup_printf("还有%u处没有办妥，第一处", view->problems->len);
	g_autofree char *whole =
		g_strdup_printf("%s：%s", sentence, (char *)view->problems->pdata[0]);
	g_autofree char *trimmed = g_str_has_suffix(whole, "。")
					   ? g_strndup(whole, strlen(whole) - strlen("。"))
					   : g_strdup(whole);
	return err_set(error, ERR_CODE_INCOMPLETE, "%s", trimmed);
}

static struct item_row *row_of_item(const struct case_view *view, const struct case_item *item)
{
	struct item_row *row = item_row_new();
	const struct theme_item *source = theme_item_at(view->theme, item->item);
	row->item = item->item;
	row_set(&row->name, item->name);
	row_set(&row->service, source->service);
	row_set(&row->department, item->department);
	row_set(&row->department_name, item->department_name);
	row_set(&row->state, item_state_word(ITEM_STATE_DRAFT));
	return row;
}

static void free_item_row(void *row)
{
	item_row_free(row);
}

static GPtrArray *take_items(struct desk *desk, const struct case_view *view, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_item_row);
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		if (!item->taken)
			continue;
		struct item_row *row = row_of_item(view, item);
		g_ptr_array_add(rows, row);
		if (!item_move_row(row, ITEM_MOVE_TAKEN_IN, ITEM_BY_WINDOW, error) ||
			!item_put(desk, view->id, row, error))
			return NULL;
	}
	return g_steal_pointer(&rows);
}

static json_t *rows_json(const GPtrArray *rows)
{
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++)
		json_array_append_new(list, item_to_json(rows->pdata[i]));
	return list;
}

static bool set_taken_in(struct intake *intake, GError **error)
{
	struct desk *desk = intake->desk;
	uint8_t random[TOKEN_RANDOM_SIZE];
	digest_random(random, sizeof random);
	token_compose(random, intake->token);
	struct digest digest = digest_of(intake->token, strlen(intake->token));
	digest_to_text(&digest, intake->token_digest);
	g_autofree char *day = civil_date_dup_text(desk_today(desk));
	return number_draw(desk, intake->number, error) &&
	       store_run(desk->store, STATEMENT_CASE_SET_TAKEN_IN,
		       STORE_VALUES(STORE_TEXT("id", intake->case_id),
			       STORE_TEXT("number", intake->number),
			       STORE_INTEGER("taken_in_ms", desk_now_ms(desk)),
			       STORE_TEXT("day", day), STORE_TEXT("token", intake->token),
			       STORE_TEXT("token_digest", intake->token_digest),
			       STORE_TEXT("window", desk->window->code),
			       STORE_TEXT("clerk", desk->user)),
		       error);
}

static bool append_taken_in(struct intake *intake, const struct case_view *view,
	const GPtrArray *parties, const GPtrArray *rows, GError **error)
{
	struct desk *desk = intake->desk;
	json_t *body = document_of_case(desk, view, parties, error);
	if (body == NULL)
		return false;
	json_object_set_new(body, "number", json_string(intake->number));
	json_object_set_new(body, "taken_in_ms", json_integer(desk_now_ms(desk)));
	json_object_set_new(body, "window", json_string(desk->window->code));
	json_object_set_new(body, "clerk", json_string(desk->user));
	json_object_set_new(body, "token_digest", json_string(intake->token_digest));
	json_object_set_new(body, "items", rows_json(rows));
	return desk_fact_window(desk, "taken_in", intake->case_id, -1, body, error);
}

static bool take_in_draft(struct intake *intake, struct case_view *view, GError **error)
{
	struct desk *desk = intake->desk;
	g_autoptr(GPtrArray) parties = store_rows(desk->store, STATEMENT_PARTY_ALL,
		STORE_VALUES(STORE_TEXT("case_id", intake->case_id)), &party_shape, error);
	if (parties == NULL || !set_taken_in(intake, error))
		return false;
	row_set(&view->number, intake->number);
	g_autoptr(GPtrArray) rows = take_items(desk, view, error);
	if (rows == NULL || !append_taken_in(intake, view, parties, rows, error))
		return false;
	const struct dispatch dispatch = {
		.view = view,
		.parties = parties,
		.rows = rows,
		.token_digest = intake->token_digest,
		.taken_in_ms = desk_now_ms(desk),
	};
	return dispatch_all(desk, &dispatch, error) &&
	       paper_request(desk, view->id, "receipt", intake->number,
		       slip_receipt(desk, view, intake->token), NULL, NULL, error) &&
	       case_settle(desk, view->id, false, error);
}

static bool has_deferred(const struct case_view *view)
{
	for (guint i = 0; i < view->materials->len; i++)
		if (((struct case_material *)view->materials->pdata[i])->status ==
			MATERIAL_STATUS_DEFERRED)
			return true;
	return false;
}

/* The applicant signs what is still owed (R15); its number is a label of its own. */
static bool print_promise(struct desk *desk, const struct case_view *view, GError **error)
{
	char label[LABEL_SIZE];
	if (!has_deferred(view))
		return true;
	desk_label(CODE_KIND_NOTICE, label);
	return paper_request(desk, view->id, "promise", label, slip_promise(desk, view, label),
		NULL, NULL, error);
}

static bool take_in(struct store *store, void *data, GError **error)
{
	struct intake *intake = data;
	struct desk *desk = intake->desk;
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_TAKE_IN, intake->case_id, CASE_WANT_ANY, &file, error))
		return false;
	bool known = file.number != NULL;
	if (known) /* the key was pressed twice (D24) */
		g_strlcpy(intake->number, file.number, sizeof intake->number);
	file_row_clear(&file);
	if (known)
		return true;
	if (!check_fork(store, error))
		return false;
	g_autoptr(case_view) view = case_view_of_id(desk, intake->case_id, error);
	return view != NULL && guide_check_leave(desk, view->theme->list, view->theme->id, error) &&
	       check_ready(view, error) && take_in_draft(intake, view, error) &&
	       print_promise(desk, view, error);
}

bool desk_take_in(struct desk *desk, const char *case_id, char **ret_number, GError **error)
{
	struct intake intake = {.desk = desk, .case_id = case_id};
	if (!desk_write(desk, take_in, &intake, error))
		return false;
	*ret_number = g_strdup(intake.number);
	return true;
}
