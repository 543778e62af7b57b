/* intake: one case from a JSON document, the same steps a clerk takes on the screen. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "cli/desk_cli.h"
#include "cli/example.h"

static bool set_answers(struct desk *desk, const char *id, const json_t *answers, GError **error)
{
	const char *question;
	json_t *option;
	json_object_foreach((json_t *)answers, question, option)
		if (!desk_answer(desk, id, question, json_string_value(option), error))
			return false;
	return true;
}

static bool leave_items(struct desk *desk, const char *id, const json_t *deselected, GError **error)
{
	size_t index;
	json_t *item;
	json_array_foreach(deselected, index, item)
		if (!desk_item_take(desk, id, (int)json_integer_value(item), false, error))
			return false;
	return true;
}

static bool set_fields(struct desk *desk, const char *id, const json_t *fields, GError **error)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)fields, key, value)
	{
		if (!json_is_string(value))
			return err_set(error, ERR_CODE_INVALID, "fields 里 %s 的值要写成文字", key);
		if (!desk_field_set(desk, id, key, json_string_value(value), error))
			return false;
	}
	return true;
}

static bool set_materials(struct desk *desk, const char *id, const json_t *materials, GError **error)
{
	size_t index;
	json_t *material;
	json_array_foreach(materials, index, material)
		if (!cli_set_material(desk, id, material, error))
			return false;
	return true;
}

static bool fill(struct desk *desk, const char *id, const json_t *document, GError **error)
{
	return set_answers(desk, id, json_object_get(document, "answers"), error) &&
	       leave_items(desk, id, json_object_get(document, "deselected"), error) &&
	       cli_set_parties(desk, id, json_object_get(document, "parties"), error) &&
	       set_fields(desk, id, json_object_get(document, "fields"), error) &&
	       set_materials(desk, id, json_object_get(document, "materials"), error);
}

/* The draft stays when the intake is refused: nothing that was read is lost. */
static bool take_in(struct cli *cli, struct desk *desk, const char *id, GError **error)
{
	g_autofree char *number = NULL;
	if (!desk_take_in(desk, id, &number, error))
		return false;
	cli_say(cli, "已收件 %s", number);
	g_autoptr(case_view) view = desk_case_view(desk, id, error);
	if (view == NULL)
		return false;
	cli_json(cli, cli_case_json(view));
	return true;
}

static bool from_document(struct cli *cli, const json_t *document, GError **error)
{
	const char *list = json_text(document, "list", NULL), *theme = json_text(document, "theme", NULL);
	if (list == NULL || theme == NULL)
		return err_set_next(error, ERR_CODE_INVALID, "文件要有 list 和 theme",
			"用 yichuang intake --example 清单 主题 看样例");
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	if (desk == NULL)
		return false;
	g_autofree char *id = desk_draft_new(desk, list, theme, error);
	if (id == NULL)
		return false;
	bool good = fill(desk, id, document, error);
	if (good && cli_option(cli, "draft") != NULL) {
		cli_say(cli, "草稿 %s", id);
		cli_json(cli, json_pack("{s:s}", "id", id));
	} else if (good) {
		good = take_in(cli, desk, id, error);
	}
	if (!good && error != NULL && *error != NULL)
		g_prefix_error(error, "草稿 %s 已留着：", id);
	desk_case_release(desk, id);
	return good;
}

static bool print_example(struct cli *cli, GError **error)
{
	const char *theme = cli_argument(cli, 0);
	if (theme == NULL)
		return err_set(error, ERR_CODE_USAGE, "写法是：yichuang intake --example 清单 主题");
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	if (store == NULL)
		return false;
	g_autoptr(json_t) document =
		example_application(store, cli_option(cli, "example"), theme, cli_now_ms(cli), error);
	if (document == NULL)
		return false;
	g_autofree char *text = json_pretty(document);
	cli_bytes(cli, text, strlen(text));
	return true;
}

bool cli_intake(struct cli *cli, GError **error)
{
	if (cli_option(cli, "example") != NULL)
		return print_example(cli, error);
	if (cli_argument(cli, 0) == NULL)
		return err_set(error, ERR_CODE_USAGE, "写法是：yichuang intake FILE|-");
	g_autoptr(json_t) document = json_read_file(cli_argument(cli, 0), error);
	if (document == NULL)
		return false;
	if (!json_is_object(document))
		return err_set(error, ERR_CODE_INVALID, "办件文件要是一个对象");
	return from_document(cli, document, error);
}
