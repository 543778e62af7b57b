#include "desk/slip.h"

#include <string.h>

#include "base/text.h"
#include "desk/guide_document.h"

char *slip_limit_words(const struct limit_rule *rule)
{
	if (rule == NULL || !rule->present)
		return g_strdup("");
	if (rule->number == 0)
		return g_strdup("当场办结");
	static const char *const units[LIMIT_UNIT_COUNT] = {"个工作日", "日", "个月", "小时"};
	return g_strdup_printf("受理后 %d %s", rule->number, units[rule->unit]);
}

static const struct case_party *applicant_of(const struct case_view *view)
{
	for (guint i = 0; i < view->parties->len; i++) {
		const struct case_party *party = view->parties->pdata[i];
		if (party->role == PARTY_ROLE_APPLICANT)
			return party;
	}
	return view->parties->len > 0 ? view->parties->pdata[0] : NULL;
}

json_t *slip_common(struct desk *desk, const struct case_view *view)
{
	const struct case_party *applicant = applicant_of(view);
	g_autofree char *contact = store_setting(desk->store, "contact", "");
	g_autofree char *phone = text_mask_number(applicant != NULL ? applicant->phone : "");
	return json_pack("{s:s,s:s,s:s,s:I,s:b,s:s,s:s,s:s,s:s,s:s,s:s}", "hall",
		desk->window->hall_name, "window", desk->window->name, "clerk", desk->display,
		"time_ms", (json_int_t)desk_now_ms(desk), "demo",
		strcmp(desk->window->hall, CASE_NUMBER_DEMO_HALL) == 0, "case_no", view->number,
		"theme", view->theme->display, "applicant",
		applicant != NULL ? applicant->name : "", "applicant_number",
		applicant != NULL ? applicant->number : "", "phone", phone, "contact", contact);
}

static json_t *items_of(const struct case_view *view)
{
	json_t *list = json_array();
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		if (!item->taken)
			continue;
		const struct theme_item *row = theme_item_at(view->theme, item->item);
		const struct service *service =
			definitions_service(view->definitions, row->service);
		g_autofree char *limit =
			slip_limit_words(service == NULL	     ? NULL
					 : service->promised.present ? &service->promised
								     : &service->statutory);
		json_array_append_new(
			list, json_pack("{s:s,s:s,s:s,s:s,s:s}", "name", item->name, "department",
				      item->department_name, "limit", limit, "fee",
				      service != NULL ? service->fee : "", "mode", "窗口"));
	}
	return list;
}

static char *used_by(const struct case_view *view, const GArray *items)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < items->len; i++) {
		const struct theme_item *item =
			theme_item_at(view->theme, g_array_index(items, int, i));
		if (item != NULL)
			g_string_append_printf(text, "%s%s", text->len ? "、" : "", item->name);
	}
	return g_string_free(text, FALSE);
}

static void set_limit(json_t *data, const struct case_view *view)
{
	g_autofree char *limit = slip_limit_words(&view->theme->joint);
	json_object_set_new(data, "joint_limit", json_string(limit));
}

/* ---- notice ---- */

static json_t *answers_of(const struct case_view *view)
{
	json_t *list = json_array();
	for (guint i = 0; i < view->situation->questions->len; i++) {
		const struct question *question = view->situation->questions->pdata[i];
		const char *answer = g_hash_table_lookup(view->answers, question->id);
		const struct option *option = question_option(question, answer);
		if (option != NULL)
			json_array_append_new(
				list, json_pack("{s:s,s:s}", "question", question->text, "answer",
					      option->text));
	}
	return list;
}

static json_t *conditions_of(const struct case_view *view)
{
	json_t *list = json_array();
	for (char **at = view->theme->conditions; at != NULL && *at != NULL; at++)
		json_array_append_new(list, json_string(*at));
	return list;
}

static json_t *needed_of(const struct case_view *view)
{
	json_t *list = json_array();
	for (guint i = 0; i < view->materials->len; i++) {
		const struct situation_material *use =
			((struct case_material *)view->materials->pdata[i])->use;
		g_autofree char *users = used_by(view, use->items);
		json_array_append_new(
			list, json_pack("{s:s,s:s,s:s,s:i,s:i,s:s,s:s}", "code",
				      use->material->code, "name", use->material->name, "necessity",
				      necessity_name(use->necessity), "originals", use->originals,
				      "copies", use->copies, "used_by", users, "note",
				      use->material->note));
	}
	return list;
}

static void add_confirmation(json_t *list, const char *what, const char *basis, const char *on)
{
	g_autofree char *text = g_strdup_printf("%s（%s，%s）", what, basis, on);
	json_array_append_new(list, json_string(text));
}

/* What the hall confirmed against its implementation list; NULL while anything of it is 参考. */
static json_t *confirmations_of(const struct case_view *view)
{
	const struct theme *theme = view->theme;
	if (guide_is_reference(theme, view->situation, true))
		return NULL;
	json_t *list = json_array();
	add_confirmation(list, "办事指南", theme->confirmed, theme->confirmed_on);
	for (guint i = 0; i < view->situation->items->len; i++) {
		const struct situation_item *item = view->situation->items->pdata[i];
		if (guide_has_row(item, true))
			add_confirmation(list, item->item->name, item->service->confirmed,
				item->service->confirmed_on);
	}
	return list;
}

json_t *slip_notice(struct desk *desk, const struct case_view *view, const char *label)
{
	json_t *data = slip_common(desk, view);
	json_t *fields = json_array();
	for (guint i = 0; i < view->fields->len; i++)
		json_array_append_new(fields,
			json_string(
				((struct case_field *)view->fields->pdata[i])->use->field->label));
	set_limit(data, view);
	json_object_set_new(data, "label", json_string(label));
	json_t *confirmations = confirmations_of(view);
	json_object_set_new(data, "reference", json_boolean(confirmations == NULL));
	json_object_set_new(
		data, "confirmations", confirmations == NULL ? json_array() : confirmations);
	json_object_set_new(data, "source", json_string(view->theme->source));
	json_object_set_new(data, "place", json_string(view->theme->place));
	json_object_set_new(data, "situation", answers_of(view));
	json_object_set_new(data, "conditions", conditions_of(view));
	json_object_set_new(data, "items", items_of(view));
	json_object_set_new(data, "materials", needed_of(view));
	json_object_set_new(data, "fields", fields);
	return data;
}

/* ---- receipt ---- */

static bool is_here(enum material_status status)
{
	return status != MATERIAL_STATUS_MISSING && status != MATERIAL_STATUS_DEFERRED &&
	       status != MATERIAL_STATUS_UNFIT;
}

static json_t *received_of(const struct case_view *view)
{
	json_t *list = json_array();
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *at = view->materials->pdata[i];
		if (is_here(at->status))
			json_array_append_new(list,
				json_pack("{s:s,s:s,s:i,s:i}", "name", at->use->material->name,
					"how", material_how_name(at->how), "originals",
					at->originals, "copies", at->copies));
	}
	return list;
}

static json_t *deferred_of(const struct case_view *view)
{
	json_t *list = json_array();
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *at = view->materials->pdata[i];
		if (at->status != MATERIAL_STATUS_DEFERRED)
			continue;
		g_autofree char *users = used_by(view, at->use->items);
		json_array_append_new(
			list, json_pack("{s:s,s:s,s:s}", "name", at->use->material->name, "due",
				      at->promise_due, "used_by", users));
	}
	return list;
}

json_t *slip_receipt(struct desk *desk, const struct case_view *view, const char *token)
{
	json_t *data = slip_common(desk, view);
	g_autofree char *base = store_setting(desk->store, "page_base", desk->hub);
	g_autofree char *url = *base != '\0' && *token != '\0'
				       ? g_strconcat(base, "/t/", token, NULL)
				       : g_strdup("");
	g_autofree char *delivery = g_strconcat(delivery_way_name(view->delivery_way),
		view->delivery_together ? "，全部办结后一次领取" : "，办结一项领取一项", NULL);
	set_limit(data, view);
	json_object_set_new(data, "items", items_of(view));
	json_object_set_new(data, "materials", received_of(view));
	json_object_set_new(data, "deferred", deferred_of(view));
	json_object_set_new(data, "page_url", json_string(url));
	json_object_set_new(data, "delivery", json_string(delivery));
	return data;
}

json_t *slip_promise(struct desk *desk, const struct case_view *view, const char *label)
{
	json_t *data = slip_common(desk, view);
	json_object_set_new(data, "label", json_string(label));
	json_object_set_new(data, "materials", deferred_of(view));
	json_object_set_new(data, "consequence",
		json_string("逾期未补齐的，由办理部门依法作出处理，由此产生的后果由承诺人承担。"));
	return data;
}

/* ---- correction, delivery, certificate ---- */

static const struct case_material *named_material(
	const struct case_view *view, const char *sentence)
{
	const struct case_material *found = NULL;
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *at = view->materials->pdata[i];
		const char *name = at->use->material->name;
		if (strstr(sentence, name) != NULL &&
			(found == NULL || strlen(name) > strlen(found->use->material->name)))
			found = at;
	}
	return found;
}

static char *remedy_words(const struct case_material *at)
{
	if (at->status != MATERIAL_STATUS_MISSING && at->status != MATERIAL_STATUS_UNFIT)
		return g_strdup("");
	GString *text = g_string_new("请提交");
	if (at->use->originals > 0)
		g_string_append_printf(text, "原件%d份", at->use->originals);
	if (at->use->copies > 0)
		g_string_append_printf(
			text, "%s复印件%d份", at->use->originals > 0 ? "、" : "", at->use->copies);
	return at->use->originals + at->use->copies > 0 ? g_string_free(text, FALSE)
							: (g_string_free(text, TRUE), g_strdup(""));
}

/*
 * One row of the correction slip: a material the sentence names stands apart with what is to be
 * handed in; else what stands before and after the colon; else the sentence alone.
 */
static json_t *correction_row(const struct case_view *view, const char *sentence)
{
	static const char *const row = "{s:s,s:s,s:s,s:s}";
	const struct case_material *at = named_material(view, sentence);
	const char *colon = strstr(sentence, "：");
	if (at != NULL) {
		g_autofree char *remedy = remedy_words(at);
		return json_pack(row, "sentence", sentence, "name", at->use->material->name,
			"problem", sentence, "remedy", remedy);
	}
	g_autofree char *name =
		colon != NULL ? g_strndup(sentence, (gsize)(colon - sentence)) : g_strdup(sentence);
	return json_pack(row, "sentence", sentence, "name", name, "problem", "需要补正", "remedy",
		colon != NULL ? colon + strlen("：") : "");
}

json_t *slip_correction(struct desk *desk, const struct case_view *view, const char *label,
	const GPtrArray *sentences, int round, const char *due)
{
	json_t *data = slip_common(desk, view);
	json_t *problems = json_array();
	for (guint i = 0; i < sentences->len; i++)
		json_array_append_new(problems, correction_row(view, sentences->pdata[i]));
	json_object_set_new(data, "label", json_string(label));
	json_object_set_new(data, "round", json_integer(round));
	json_object_set_new(data, "due", json_string(due));
	json_object_set_new(data, "department", json_string(""));
	json_object_set_new(data, "problems", problems);
	return data;
}

static json_t *result_of(const struct case_item *item)
{
	return *item->result != '\0' ? json_read(item->result, strlen(item->result), "结果", NULL)
				     : NULL;
}

json_t *slip_delivery(struct desk *desk, const struct case_view *view, const char *label,
	const GArray *items, const struct delivery_input *input)
{
	json_t *data = slip_common(desk, view);
	json_t *results = json_array();
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		bool wanted = false;
		for (guint k = 0; k < items->len; k++)
			wanted = wanted || g_array_index(items, int, k) == item->item;
		if (!wanted)
			continue;
		g_autoptr(json_t) result = result_of(item);
		json_array_append_new(
			results, json_pack("{s:s,s:s,s:s,s:i}", "name",
					 json_text(result, "title", item->name), "number",
					 json_text(result, "number", ""), "department",
					 item->department_name, "copies", 1));
	}
	json_object_set_new(data, "label", json_string(label));
	json_object_set_new(data, "results", results);
	json_object_set_new(data, "way", json_string(delivery_way_name(input->way)));
	json_object_set_new(data, "receiver", json_string(input->receiver));
	json_object_set_new(data, "receiver_number", json_string(""));
	json_object_set_new(
		data, "proxy", json_string(input->document != NULL ? input->document : ""));
	return data;
}

/* What a certificate must carry, all of it from the department's result (DESIGN 7.8). */
static const char *const certificate_values[] = {"title", "number", "holder", "issuer", "issued"};

static bool check_certificate(const json_t *result, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(certificate_values); i++)
		if (*json_text(result, certificate_values[i], "") == '\0')
			return err_set_next(error, ERR_CODE_MOVE,
				"部门的结果缺少证照要印的内容（名称、编号、持有人、发证机关或日期"
				"）",
				"请部门补送完整的结果；窗口不自行填写证照");
	return true;
}

json_t *slip_certificate(struct desk *desk, const struct case_view *view,
	const struct case_item *item, GError **error)
{
	g_autoptr(json_t) result = result_of(item);
	if (result == NULL) {
		err_set_next(error, ERR_CODE_MOVE, "部门的结果里没有可以打印的证照内容",
			"请等部门送来结果；窗口不自行制作证照");
		return NULL;
	}
	if (!check_certificate(result, error))
		return NULL;
	json_t *data = slip_common(desk, view), *printed = json_object();
	json_object_set_new(data, "form", json_string(json_text(result, "template", "generic")));
	for (size_t i = 0; i < G_N_ELEMENTS(certificate_values); i++)
		json_object_set(printed, certificate_values[i],
			json_object_get(result, certificate_values[i]));
	json_t *lines = json_object_get(result, "lines");
	json_object_set_new(
		printed, "lines", json_is_array(lines) ? json_incref(lines) : json_array());
	json_object_set_new(data, "result", printed);
	return data;
}
