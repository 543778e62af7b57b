/* code check: what a number is, and whether it holds. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cli/cli.h"
#include "core/code.h"

/* Longer input than this is no code. */
#define MOST_TEXT 400

static char *take_text(struct cli *cli, GError **error)
{
	size_t size = 0;
	if (strcmp(cli_argument(cli, 0), "-") != 0)
		return g_strdup(cli_argument(cli, 0));
	g_autofree char *bytes = cli_read("-", &size, error);
	if (bytes == NULL)
		return NULL;
	bytes[MIN(size, strcspn(bytes, "\r\n"))] = '\0';
	return g_steal_pointer(&bytes);
}

static void answer(struct cli *cli, const struct code_result *result)
{
	const char *gap = result->value[0] == '\0' ? "" : " ";
	if (result->valid)
		cli_say(cli, "%s %s", code_kind_name(result->kind), result->value);
	else
		cli_say(cli, "%s%s%s：%s", code_kind_name(result->kind), gap, result->value,
			result->reason);
	cli_json(cli, json_pack("{s:s,s:b,s:s,s:s}", "kind", code_kind_word(result->kind), "valid",
			      result->valid, "value", result->value, "reason", result->reason));
}

bool cli_code_check(struct cli *cli, GError **error)
{
	struct code_result result;
	g_autofree char *text = take_text(cli, error);
	if (text == NULL)
		return false;
	bool fits = strlen(text) <= MOST_TEXT && g_utf8_validate(text, -1, NULL);
	if (!code_check_on(fits ? text : "", civil_date_of_ms(cli_now_ms(cli)), &result))
		cli_refuse(cli);
	answer(cli, &result);
	return true;
}
