/* catalog import, change, submit, return, publish, discard, versions. */
#include <string.h>

#include "base/err.h"
#include "cli/catalog.h"
#include "cli/cli.h"
#include "cli/desk_cli.h"
#include "core/date.h"
#include "desk/bureau.h"

struct desk *catalog_desk(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk(cli, error);
	g_autoptr(GPtrArray) users = desk == NULL ? NULL : desk_users(desk, error);
	if (users == NULL)
		return NULL;
	if (users->len == 0)
		return g_steal_pointer(&desk);
	return cli_desk_as(cli, "guanli", error);
}

static const char *option(struct cli *cli, const char *name)
{
	const char *value = cli_option(cli, name);
	return value == NULL ? "" : value;
}

/* ---- into drafts ---- */

static int draft_of(struct desk *desk, const char *list)
{
	int draft = 0;
	return catalogue_draft_of(desk_store(desk), list, &draft, NULL, NULL) ? draft : 0;
}

/* What an import took back: a version that is published says the same as its bytes. */
static void say_cancelled(struct cli *cli, struct desk *desk, const char *list)
{
	int current = 0, newest = 0;
	bool in_force = catalogue_version_of(desk_store(desk), list, 0, &current, NULL) &&
			catalogue_newest_of(desk_store(desk), list, &newest, NULL) &&
			current == newest;
	cli_say(cli, "%s 与%s的版本相同，草稿已取消", list, in_force ? "施行中" : "待施行");
}

/* *ret_cancelled: whose draft is given up; borrowed from lists, as what is returned. */
static GPtrArray *sort_lists(struct desk *desk, GStrv lists, GPtrArray **ret_cancelled)
{
	GPtrArray *drafted = g_ptr_array_new();
	*ret_cancelled = g_ptr_array_new();
	for (char **list = lists; *list != NULL; list++)
		g_ptr_array_add(draft_of(desk, *list) == 0 ? *ret_cancelled : drafted, *list);
	return drafted;
}

static json_t *lists_json(const GPtrArray *lists)
{
	json_t *array = json_array();
	for (guint i = 0; i < lists->len; i++)
		json_array_append_new(array, json_string(lists->pdata[i]));
	return array;
}

static bool publish_all(struct cli *cli, struct desk *desk, const GPtrArray *lists, GError **error)
{
	const char *author = option(cli, "author");
	for (guint i = 0; i < lists->len; i++)
		if (!desk_bureau_publish_draft(desk, lists->pdata[i], author, "", "", NULL, error))
			return false;
	return true;
}

/* Publishes the drafts when asked, and tells what became of every list. */
static bool answer_lists(struct cli *cli, struct desk *desk, GStrv lists,
	const struct catalog_faults *faults, bool publish, GError **error)
{
	g_autoptr(GPtrArray) cancelled = NULL;
	g_autoptr(GPtrArray) drafted = sort_lists(desk, lists, &cancelled);
	if (publish && !publish_all(cli, desk, drafted, error))
		return false;
	for (guint i = 0; i < drafted->len; i++)
		cli_say(cli, "%s %s", (char *)drafted->pdata[i], publish ? "已发布" : "存为草稿");
	for (guint i = 0; i < cancelled->len; i++)
		say_cancelled(cli, desk, cancelled->pdata[i]);
	if (lists[0] == NULL)
		cli_say(cli, "清单没有变化");
	cli_json(cli, json_pack("{s:o,s:o,s:o}", "lists", lists_json(drafted), "cancelled",
			      lists_json(cancelled), "faults", catalog_faults_json(faults)));
	return true;
}

bool cli_catalog_import(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = catalog_desk(cli, error);
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	g_autoptr(GPtrArray) paths = g_ptr_array_new();
	g_auto(GStrv) lists = NULL;
	bool publish = cli_option(cli, "publish") != NULL;
	if (desk == NULL)
		return false;
	for (int i = 0; i < cli_argument_count(cli); i++)
		g_ptr_array_add(paths, (gpointer)cli_argument(cli, i));
	g_ptr_array_add(paths, NULL);
	bool done = desk_bureau_import(desk, (const char *const *)paths->pdata,
		option(cli, "author"), faults, &lists, error);
	catalog_say_faults(cli, faults);
	return done && answer_lists(cli, desk, lists, faults, publish, error);
}

bool cli_catalog_change(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = catalog_desk(cli, error);
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	g_autoptr(json_t) fragment =
		desk == NULL ? NULL : json_read_file(cli_argument(cli, 0), error);
	g_auto(GStrv) lists = NULL;
	if (fragment == NULL)
		return false;
	bool done = desk_bureau_change(desk, fragment, faults, &lists, error);
	catalog_say_faults(cli, faults);
	return done && answer_lists(cli, desk, lists, faults, false, error);
}

/* ---- from draft to version ---- */

static bool answer_step(struct cli *cli, const char *status, int version, const char *words)
{
	const char *list = cli_argument(cli, 0);
	cli_say(cli, "%s 第 %d 版%s", list, version, words);
	cli_json(cli,
		json_pack("{s:s,s:i,s:s}", "list", list, "version", version, "status", status));
	return true;
}

bool cli_catalog_submit(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = catalog_desk(cli, error);
	const char *list = cli_argument(cli, 0);
	return desk != NULL &&
	       desk_bureau_submit(desk, list, option(cli, "filing"), option(cli, "note"), error) &&
	       answer_step(cli, "submitted", draft_of(desk, list), "已提交");
}

bool cli_catalog_return(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = catalog_desk(cli, error);
	const char *list = cli_argument(cli, 0);
	return desk != NULL && desk_bureau_return(desk, list, option(cli, "reason"), error) &&
	       answer_step(cli, "draft", draft_of(desk, list), "已退回");
}

bool cli_catalog_discard(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = catalog_desk(cli, error);
	const char *list = cli_argument(cli, 0);
	int draft = desk == NULL ? 0 : draft_of(desk, list);
	return desk != NULL && desk_bureau_discard(desk, list, error) &&
	       answer_step(cli, "discarded", draft, "草稿已放弃，原有版本不变");
}

/* What a list of versions says of one, borrowed from it; NULL none. */
static const struct catalogue_version *find_version(const GPtrArray *versions, int number)
{
	for (guint i = 0; i < versions->len; i++) {
		const struct catalogue_version *version = versions->pdata[i];
		if (version->version == number)
			return version;
	}
	return NULL;
}

static bool answer_published(
	struct cli *cli, struct desk *desk, const char *list, int number, GError **error)
{
	int current = 0;
	g_autoptr(GPtrArray) versions = desk_bureau_versions(desk, list, error);
	if (versions == NULL)
		return false;
	const struct catalogue_version *version = find_version(versions, number);
	const char *from = version == NULL ? "" : version->effective_from;
	const char *filing = version == NULL ? "" : version->filing;
	if (!catalogue_version_of(desk_store(desk), list, 0, &current, NULL))
		current = 0;
	cli_say(cli, "%s 第 %d 版已发布，自 %s 起施行", list, number, from);
	if (current == 0)
		cli_say(cli, "在那之前没有施行中的版本");
	else if (current != number)
		cli_say(cli, "在那之前施行中的仍是第 %d 版", current);
	if (*filing == '\0')
		cli_say(cli, "注意：没有备案号，这一版标为未备案。备案后请在下一版写上备案号");
	cli_json(cli, json_pack("{s:s,s:i,s:s,s:s,s:i,s:s}", "list", list, "version", number,
			      "status", "published", "effective_from", from, "in_force", current,
			      "filing", filing));
	return true;
}

bool cli_catalog_publish(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = catalog_desk(cli, error);
	const char *list = cli_argument(cli, 0);
	int version = 0;
	return desk != NULL &&
	       desk_bureau_publish_draft(desk, list, option(cli, "author"), option(cli, "filing"),
		       option(cli, "from"), &version, error) &&
	       answer_published(cli, desk, list, version, error);
}

/* ---- versions ---- */

static json_t *time_json(int64_t ms)
{
	g_autofree char *text = ms == 0 ? NULL : civil_time_dup_rfc3339(ms);
	return text == NULL ? json_null() : json_string(text);
}

static json_t *version_json(const struct catalogue_version *version)
{
	g_autofree char *digest = g_strconcat("sm3:", version->digest, NULL);
	return json_pack(
		"{s:s,s:I,s:s,s:s,s:s,s:s,s:s,s:I,s:I,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:o,s:o,s:o}",
		"list", version->list, "version", (json_int_t)version->version, "digest", digest,
		"status", version->status, "words", desk_bureau_version_words(version), "origin",
		version->origin, "title", version->title, "themes", (json_int_t)version->themes,
		"items", (json_int_t)version->items, "effective_from", version->effective_from,
		"filing", version->filing, "author", version->author, "submitter",
		version->submitter, "note", version->note, "returned", version->returned,
		"in_force", version->in_force != 0, "made", time_json(version->made_ms),
		"submitted", time_json(version->submitted_ms), "published",
		time_json(version->published_ms));
}

char *catalog_version_words(const struct catalogue_version *version)
{
	bool published = strcmp(version->status, "published") == 0;
	GString *words = g_string_new(NULL);
	g_string_append_printf(
		words, "第 %d 版 %s", (int)version->version, desk_bureau_version_words(version));
	if (published)
		g_string_append_printf(words, " 自 %s", version->effective_from);
	if (published || *version->filing != '\0')
		g_string_append_printf(
			words, " %s", *version->filing == '\0' ? "未备案" : version->filing);
	if (strcmp(version->origin, "hub") == 0)
		g_string_append(words, " 来自中心");
	if (*version->returned != '\0')
		g_string_append_printf(words, "（退回理由：%s）", version->returned);
	return g_string_free(words, FALSE);
}

bool cli_catalog_versions(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk(cli, error);
	g_autoptr(GPtrArray) versions =
		desk == NULL ? NULL : desk_bureau_versions(desk, cli_argument(cli, 0), error);
	if (versions == NULL)
		return false;
	json_t *array = json_array();
	for (guint i = 0; i < versions->len; i++) {
		const struct catalogue_version *version = versions->pdata[i];
		g_autofree char *words = catalog_version_words(version);
		cli_say(cli, "%s %s", version->list, words);
		json_array_append_new(array, version_json(version));
	}
	cli_json(cli, array);
	return true;
}
