/* catalog guide: the integrated guide of a theme, in words, as JSON, or as a PDF file. */
#include "base/err.h"
#include "catalog/catalogue.h"
#include "cli/catalog.h"
#include "cli/cli.h"
#include "cli/sibling.h"
#include "desk/guide_document.h"
#include "desk/guide_text.h"

#define TEXT_COLUMNS 78

static void say_guide(struct cli *cli, const json_t *guide)
{
	g_autoptr(GPtrArray) lines =
		guide_lines(guide, TEXT_COLUMNS, cli_option(cli, "ascii") != NULL);
	for (guint i = 0; i < lines->len; i++)
		cli_say(cli, "%s", ((struct guide_line *)lines->pdata[i])->text);
}

/* The paper of the guide as a file: the slots of a paper are added, then it is rendered. */
static bool save_pdf(struct cli *cli, json_t *guide, const char *path, GError **error)
{
	int pages = 0;
	g_autoptr(desk) desk = desk_open(cli_home(cli), STORE_MODE_READ, error);
	if (desk == NULL)
		return false;
	if (cli_has_now(cli) && !desk_set_now(desk, cli_now_ms(cli), error))
		return false;
	desk_guide_dress(desk, guide);
	if (!sibling_render(cli_home(cli), "guide", guide, path, &pages, error))
		return false;
	cli_say(cli, "已存为 %s，共 %d 页", path, pages);
	cli_json(cli, json_pack("{s:s,s:i}", "file", path, "pages", pages));
	return true;
}

static bool give(struct cli *cli, json_t *guide, GError **error)
{
	const char *pdf = cli_option(cli, "pdf");
	if (pdf != NULL)
		return save_pdf(cli, guide, pdf, error);
	if (!cli_is_json(cli))
		say_guide(cli, guide);
	cli_json(cli, json_incref(guide));
	return true;
}

static bool make(struct cli *cli, struct store *store, const struct theme *theme,
	const struct definitions *definitions, GError **error)
{
	struct catalog_answers answers = {NULL};
	const char *path = cli_option(cli, "answers");
	g_autoptr(json_t) guide = NULL;
	if (catalog_answers_read(&answers, theme, path, error))
		guide = guide_document_of(store, theme, definitions,
			path == NULL ? NULL : answers.chosen, answers.deselected, error);
	bool done = guide != NULL && give(cli, guide, error);
	catalog_answers_clear(&answers);
	return done;
}

bool cli_catalog_guide(struct cli *cli, GError **error)
{
	struct store *store = NULL;
	g_autoptr(theme) theme = NULL;
	g_autoptr(definitions) definitions = NULL;
	if (cli_option(cli, "text") != NULL && (cli_is_json(cli) || cli_option(cli, "pdf") != NULL))
		return err_set(error, ERR_CODE_USAGE, "--text、--json、--pdf 只能写一个");
	return catalog_open_named(cli, &store, &theme, &definitions, error) &&
	       make(cli, store, theme, definitions, error);
}
