/* intake: one case from a JSON document; the desk does it (desk/script.h). */
#include <string.h>

#include "base/err.h"
#include "cli/desk_cli.h"
#include "cli/example.h"
#include "desk/script.h"

static bool from_document(struct cli *cli, const json_t *document, GError **error)
{
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	g_autofree char *id = NULL, *number = NULL;
	bool take_in = cli_option(cli, "draft") == NULL;
	if (desk == NULL || !desk_intake_document(desk, document, take_in, &id, &number, error))
		return false;
	if (!take_in) {
		cli_say(cli, "草稿 %s", id);
		cli_json(cli, json_pack("{s:s}", "id", id));
		return true;
	}
	g_autoptr(case_view) view = desk_case_view(desk, id, error);
	if (view == NULL)
		return false;
	cli_say(cli, "已收件 %s", number);
	cli_json(cli, cli_case_json(view));
	return true;
}

static bool print_example(struct cli *cli, GError **error)
{
	const char *theme = cli_argument(cli, 0);
	if (theme == NULL)
		return err_set(
			error, ERR_CODE_USAGE, "写法是：yichuang intake --example 清单 主题");
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	if (store == NULL)
		return false;
	g_autoptr(json_t) document = example_application(
		store, cli_option(cli, "example"), theme, cli_now_ms(cli), error);
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
	return document != NULL && from_document(cli, document, error);
}
