#include <string.h>

#include "desk/slip.h"

/* Days an applicant has to supplement where nothing else is said (REQUIREMENTS, silent sources). */
#define CORRECTION_DAYS 5

struct notice {
	struct desk *desk;
	const char *case_id;
	GPtrArray *sentences; /* of a correction */
	char label[LABEL_SIZE];
};

bool notice_keep(struct desk *desk, const char *case_id, const char *label, const char *kind,
	const json_t *data, GError **error)
{
	size_t size = 0;
	g_autofree char *bytes = json_frozen(data, &size);
	return store_run(desk->store, STATEMENT_NOTICE_PUT,
		STORE_VALUES(STORE_TEXT("label", label), STORE_TEXT("case_id", case_id),
			STORE_TEXT("kind", kind), STORE_BLOB("bytes", bytes, size),
			STORE_INTEGER("given_ms", desk_now_ms(desk))),
		error);
}

/* What is frozen beside the slip: the version it speaks of and what was missing then (row 4). */
static json_t *missing_of(const struct case_view *view)
{
	json_t *missing = json_array();
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *at = view->materials->pdata[i];
		if (at->status == MATERIAL_STATUS_MISSING || at->status == MATERIAL_STATUS_UNFIT)
			json_array_append_new(missing, json_string(at->use->material->code));
	}
	return missing;
}

static bool give_notice(struct store *store, void *data, GError **error)
{
	struct notice *notice = data;
	struct desk *desk = notice->desk;
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_DRAFT, notice->case_id, CASE_WANT_DRAFT, &file, error))
		return false;
	file_row_clear(&file);
	g_autoptr(case_view) view = case_view_of_id(desk, notice->case_id, error);
	if (view == NULL)
		return false;
	if (view->situation->open->len > 0)
		return err_set_next(error, ERR_CODE_INCOMPLETE,
			"问卷还没有答完，一次性告知单说不全", "请先答完情形");
	desk_label(CODE_KIND_NOTICE, notice->label);
	g_autoptr(json_t) slip = slip_notice(desk, view, notice->label);
	g_autoptr(json_t) body = json_pack("{s:s,s:s,s:i,s:s,s:o}", "label", notice->label, "list",
		view->theme->list, "version", view->theme->version, "theme", view->theme->id,
		"missing", missing_of(view));
	return notice_keep(desk, view->id, notice->label, "notice", slip, error) &&
	       paper_request(desk, view->id, "notice", notice->label, json_incref(slip), NULL, NULL,
		       error) &&
	       desk_fact_window(
		       desk, "notice_given", view->id, -1, g_steal_pointer(&body), error) &&
	       case_touch(desk, view->id, error);
}

bool desk_notice_give(struct desk *desk, const char *case_id, char **ret_label, GError **error)
{
	struct notice notice = {.desk = desk, .case_id = case_id};
	if (!desk_write(desk, give_notice, &notice, error))
		return false;
	*ret_label = g_strdup(notice.label);
	return true;
}

/* ---- correction ---- */

static bool names_sentence(GBytes *bytes, const char *sentence)
{
	gsize size = 0;
	const char *text = g_bytes_get_data(bytes, &size);
	g_autoptr(json_t) slip = json_read(text, size, "告知", NULL);
	const json_t *problems = json_object_get(slip, "problems");
	for (size_t i = 0; i < json_array_size(problems); i++) {
		const json_t *row = json_array_get(problems, i);
		const char *told = json_text(row, "sentence", json_text(row, "name", ""));
		if (strcmp(told, sentence) == 0)
			return true;
	}
	return false;
}

/* Told once means told whole: what the first notice did not name needs a supervisor (row 24). */
static bool check_once(
	struct notice *notice, const GPtrArray *notices, int *ret_round, GError **error)
{
	const struct notice_row *first = NULL;
	*ret_round = 1;
	for (guint i = 0; i < notices->len; i++) {
		const struct notice_row *row = notices->pdata[i];
		if (strcmp(row->kind, "correction") != 0)
			continue;
		first = first == NULL ? row : first;
		*ret_round += 1;
	}
	for (guint i = 0; first != NULL && i < notice->sentences->len; i++) {
		if (names_sentence(first->bytes, notice->sentences->pdata[i]))
			continue;
		if (!desk_may(notice->desk, DESK_ACT_CORRECT_ANEW, NULL))
			return err_set_next(error, ERR_CODE_PERMISSION,
				"第一次补正告知里没有这一项，一次告知之后不能再提新的问题",
				"确有必要的请主管登录办理");
	}
	return true;
}

static char *correction_due(struct desk *desk)
{
	struct civil_date due;
	if (!calendar_add(desk_calendar(desk), desk_today(desk), CORRECTION_DAYS, &due, NULL))
		return g_strdup("");
	return civil_date_dup_text(due);
}

static bool mark_correcting(
	struct desk *desk, const char *case_id, guint count, const char *due, GError **error)
{
	g_autofree char *progress = g_strdup_printf("补正%u项", count);
	return store_run(desk->store, STATEMENT_CASE_SETTLE,
		STORE_VALUES(STORE_TEXT("id", case_id), STORE_TEXT("state", "correcting"),
			STORE_TEXT("progress", progress), STORE_TEXT("due", ""),
			STORE_INTEGER("due_ms", 0), STORE_TEXT("due_unit", ""),
			STORE_TEXT("promise_due", ""), STORE_INTEGER("now_ms", desk_now_ms(desk))),
		error);
}

static json_t *sentences_json(const GPtrArray *sentences)
{
	json_t *list = json_array();
	for (guint i = 0; i < sentences->len; i++)
		json_array_append_new(list, json_string(sentences->pdata[i]));
	return list;
}

static bool give_correction(struct store *store, void *data, GError **error)
{
	struct notice *notice = data;
	struct desk *desk = notice->desk;
	struct file_row file = {0};
	if (!case_begin(desk, DESK_ACT_CORRECT, notice->case_id, CASE_WANT_ANY, &file, error))
		return false;
	bool draft = file.number == NULL;
	file_row_clear(&file);
	g_autoptr(case_view) view = case_view_of_id(desk, notice->case_id, error);
	g_autoptr(GPtrArray) notices =
		view == NULL ? NULL
			     : store_rows(store, STATEMENT_NOTICE_ALL,
				       STORE_VALUES(STORE_TEXT("case_id", notice->case_id)),
				       &notice_shape, error);
	int round = 0;
	if (notices == NULL || !check_once(notice, notices, &round, error))
		return false;
	desk_label(CODE_KIND_NOTICE, notice->label);
	g_autofree char *due = correction_due(desk);
	g_autoptr(json_t) slip =
		slip_correction(desk, view, notice->label, notice->sentences, round, due);
	g_autoptr(json_t) body = json_pack("{s:s,s:i,s:s,s:i,s:o}", "label", notice->label, "round",
		round, "due", due, "count", (int)notice->sentences->len, "sentences",
		sentences_json(notice->sentences));
	return notice_keep(desk, view->id, notice->label, "correction", slip, error) &&
	       paper_request(desk, view->id, "correction", notice->label, json_incref(slip), NULL,
		       NULL, error) &&
	       desk_fact_window(
		       desk, "correction_given", view->id, -1, g_steal_pointer(&body), error) &&
	       (!draft || mark_correcting(desk, view->id, notice->sentences->len, due, error));
}

bool desk_correct(struct desk *desk, const char *case_id, GPtrArray *sentences, char **ret_label,
	GError **error)
{
	if (sentences == NULL || sentences->len == 0)
		return err_set(error, ERR_CODE_INCOMPLETE, "补正告知要写明缺什么、哪里不符");
	struct notice notice = {.desk = desk, .case_id = case_id, .sentences = sentences};
	if (!desk_write(desk, give_correction, &notice, error))
		return false;
	*ret_label = g_strdup(notice.label);
	return true;
}
