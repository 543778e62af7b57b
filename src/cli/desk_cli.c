#include "cli/desk_cli.h"

#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/place.h"
#include "base/text.h"

struct desk *cli_desk(struct cli *cli, GError **error)
{
	struct desk *desk = desk_open(cli_home(cli), STORE_MODE_WRITE, error);
	if (desk == NULL || !cli_has_now(cli) || desk_set_now(desk, cli_now_ms(cli), error))
		return desk;
	desk_close(desk);
	return NULL;
}

/* A secret lies in a file that nobody else can read, or comes over a descriptor. */
static char *read_secret(struct cli *cli, GError **error)
{
	const char *path = cli_secret_file(cli);
	g_autofree char *secret = NULL;
	if (strcmp(path, "-") != 0 && !place_is_private(path)) {
		g_autofree char *shown = text_clean(path, false);
		err_set_next(error, ERR_CODE_PERMISSION, "口令文件别人也能读",
			"请先运行 chmod 600，再试一次");
		return NULL;
	}
	secret = cli_read(path, NULL, error);
	if (secret != NULL)
		secret[strcspn(secret, "\r\n")] = '\0';
	return g_steal_pointer(&secret);
}

static bool log_in(struct cli *cli, struct desk *desk, const char *demo_user, GError **error)
{
	const char *user = cli_user(cli);
	if (cli_secret_file(cli) != NULL && user != NULL) {
		g_autofree char *secret = read_secret(cli, error);
		return secret != NULL && desk_login(desk, user, secret, NULL, error);
	}
	if (desk_is_demo(desk))
		return desk_login_demo(desk, user == NULL ? demo_user : user, error);
	return err_set_next(error, ERR_CODE_USAGE, "办理要说明是谁",
		"请加 --as 用户 --secret-file 口令文件（权限 0600，- 表示标准输入）");
}

struct desk *cli_desk_as(struct cli *cli, const char *demo_user, GError **error)
{
	struct desk *desk = cli_desk(cli, error);
	if (desk == NULL || log_in(cli, desk, demo_user, error))
		return desk;
	desk_close(desk);
	return NULL;
}

/* ---- documents ---- */

static json_t *parties_json(const struct case_view *view)
{
	json_t *array = json_array();
	for (guint i = 0; i < view->parties->len; i++) {
		const struct case_party *party = view->parties->pdata[i];
		json_array_append_new(array,
			json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "role", party_role_word(party->role),
				"name", party->name, "phone", party->phone, "document",
				document_kind_word(party->document), "number", party->number,
				"missing_reason", party->missing_reason));
	}
	return array;
}

static json_t *items_json(const struct case_view *view)
{
	json_t *array = json_array();
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		json_t *object = json_pack(
			"{s:i,s:s,s:s,s:s,s:b,s:s,s:I,s:s,s:s,s:s,s:s,s:s,s:b,s:s}", "item",
			item->item, "name", item->name, "department", item->department,
			"department_name", item->department_name, "taken", item->taken, "state",
			item_state_word(item->state), "version", (json_int_t)item->version_no,
			"acceptance_no", item->acceptance_no, "due", item->due, "due_words",
			item->due_words, "outcome", item->outcome, "reason", item->reason,
			"relayed", item->relayed, "result_label", item->result_label);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *materials_json(const struct case_view *view)
{
	json_t *array = json_array();
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *material = view->materials->pdata[i];
		json_array_append_new(array,
			json_pack("{s:s,s:s,s:s,s:i,s:i,s:s,s:s,s:s,s:s}", "material",
				material->use->material->code, "name",
				material->use->material->name, "status",
				material_status_word(material->status), "originals",
				material->originals, "copies", material->copies, "label",
				material->label, "note", material->note, "promise_due",
				material->promise_due, "certificate_no", material->certificate_no));
	}
	return array;
}

static json_t *bundles_json(const struct case_view *view)
{
	json_t *array = json_array();
	for (guint i = 0; i < view->bundles->len; i++) {
		const struct case_bundle *bundle = view->bundles->pdata[i];
		json_array_append_new(
			array, json_pack("{s:s,s:s,s:s,s:s,s:s,s:b}", "id", bundle->id,
				       "department", bundle->department, "department_name",
				       bundle->department_name, "state", bundle->state, "reason",
				       bundle->reason, "received", bundle->received_ms != 0));
	}
	return array;
}

static json_t *fields_json(const struct case_view *view)
{
	json_t *object = json_object();
	for (guint i = 0; i < view->fields->len; i++) {
		const struct case_field *field = view->fields->pdata[i];
		json_object_set_new(object, field->use->field->key, json_string(field->value));
	}
	return object;
}

static json_t *problems_json(const struct case_view *view)
{
	json_t *array = json_array();
	for (guint i = 0; i < view->problems->len; i++)
		json_array_append_new(array, json_string(view->problems->pdata[i]));
	return array;
}

json_t *cli_case_json(const struct case_view *view)
{
	json_t *object = json_pack("{s:s,s:s,s:s,s:i,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "id", view->id,
		"number", view->number, "list", view->theme->list, "version", view->theme->version,
		"theme", view->theme->id, "theme_name", view->theme->name, "state", view->state,
		"progress", view->progress, "step", case_step_word(view->step), "window",
		view->window, "holder", view->holder);
	json_object_set_new(object, "joint_due", json_string(view->joint_due));
	json_object_set_new(object, "joint_words", json_string(view->joint_words));
	json_object_set_new(object, "parties", parties_json(view));
	json_object_set_new(object, "fields", fields_json(view));
	json_object_set_new(object, "materials", materials_json(view));
	json_object_set_new(object, "items", items_json(view));
	json_object_set_new(object, "bundles", bundles_json(view));
	json_object_set_new(object, "problems", problems_json(view));
	return object;
}

json_t *cli_case_row_json(const struct case_row *row)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:I,s:s}", "id", row->id, "number",
		row->number, "applicant", row->applicant, "theme_name", row->theme, "state",
		row->state, "progress", row->progress, "due_words", row->due_words, "urgency",
		(json_int_t)row->urgency, "holder", row->holder);
}

json_t *cli_event_json(const struct case_event *event)
{
	g_autofree char *at = civil_time_dup_rfc3339(event->time_ms);
	return json_pack("{s:I,s:s,s:s,s:s,s:s,s:s,s:i,s:b}", "seq", (json_int_t)event->seq, "at",
		at, "kind", event->kind, "sentence", event->sentence, "actor", event->actor,
		"authority", event->authority, "item", event->item, "relayed", event->relayed);
}
