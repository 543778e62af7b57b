/* catalog validate. */
#include "base/err.h"
#include "catalog/set.h"
#include "cli/catalog.h"
#include "cli/cli.h"

json_t *catalog_faults_json(const struct catalog_faults *faults)
{
	json_t *array = json_array();
	for (guint i = 0; i < faults->list->len; i++) {
		const struct catalog_fault *fault = faults->list->pdata[i];
		bool error = fault->gravity == CATALOG_GRAVITY_ERROR;
		json_t *object = json_object();
		json_object_set_new(object, "gravity", json_string(error ? "error" : "warning"));
		json_object_set_new(object, "file", json_string(fault->file));
		json_object_set_new(object, "place", json_string(fault->place));
		json_object_set_new(object, "entry", json_string(fault->entry));
		json_object_set_new(object, "what", json_string(fault->what));
		json_object_set_new(object, "mend", json_string(fault->mend));
		json_array_append_new(array, object);
	}
	return array;
}

void catalog_say_faults(struct cli *cli, const struct catalog_faults *faults)
{
	for (guint i = 0; i < faults->list->len; i++) {
		const struct catalog_fault *fault = faults->list->pdata[i];
		g_autofree char *sentence = catalog_fault_sentence(fault);
		cli_say(cli, "%s %s", fault->gravity == CATALOG_GRAVITY_ERROR ? "错" : "注意",
			sentence);
	}
	int left = faults->errors + faults->warnings - (int)faults->list->len;
	if (left > 0)
		cli_say(cli, "还有 %d 处没有列出", left);
}

static int percent(int part, int whole)
{
	return whole == 0 ? 0 : (int)((100.0 * part) / whole + 0.5);
}

static json_t *counts_json(const struct catalog_set *set, const struct catalog_faults *faults)
{
	struct catalog_bases bases = catalog_set_bases(set);
	int themes = 0, rows = 0;
	catalog_count(set, &themes, &rows);
	json_t *object = json_object();
	json_object_set_new(object, "valid", json_boolean(faults->errors == 0));
	json_object_set_new(object, "errors", json_integer(faults->errors));
	json_object_set_new(object, "warnings", json_integer(faults->warnings));
	json_object_set_new(object, "lists", json_integer(set->lists->len));
	json_object_set_new(object, "themes", json_integer(themes));
	json_object_set_new(object, "rows", json_integer(rows));
	json_object_set_new(object, "bases",
		json_pack("{s:i,s:i,s:i}", "cited", bases.cited, "general", bases.general, "silent",
			bases.silent));
	json_object_set_new(object, "faults", catalog_faults_json(faults));
	return object;
}

void catalog_count(const struct catalog_set *set, int *ret_themes, int *ret_rows)
{
	*ret_themes = 0;
	*ret_rows = 0;
	for (guint i = 0; i < set->lists->len; i++) {
		const struct list *list = set->lists->pdata[i];
		*ret_themes += (int)list->themes->len;
		for (guint j = 0; j < list->themes->len; j++)
			*ret_rows += (int)((struct theme *)list->themes->pdata[j])->items->len;
	}
}

static void say_counts(
	struct cli *cli, const struct catalog_set *set, const struct catalog_faults *faults)
{
	struct catalog_bases bases = catalog_set_bases(set);
	int all = bases.cited + bases.general + bases.silent;
	int themes = 0, rows = 0;
	catalog_count(set, &themes, &rows);
	cli_say(cli,
		"清单 %u 份，主题 %d 个，事项 %d 行；服务 %u，材料 %u，字段 %u，部门 %u，路由 %u",
		set->lists->len, themes, rows, g_hash_table_size(set->definitions->services),
		g_hash_table_size(set->definitions->materials),
		g_hash_table_size(set->definitions->fields),
		g_hash_table_size(set->definitions->departments), set->definitions->routes->len);
	cli_say(cli, "依据：引用条文 %d 处（%d%%），general %d 处（%d%%），未写 %d 处（%d%%）",
		bases.cited, percent(bases.cited, all), bases.general, percent(bases.general, all),
		bases.silent, percent(bases.silent, all));
	cli_say(cli, "%s：错 %d 处，注意 %d 处", faults->errors == 0 ? "合格" : "不合格",
		faults->errors, faults->warnings);
}

bool cli_catalog_validate(struct cli *cli, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	for (int i = 0; i < cli_argument_count(cli); i++)
		catalog_set_add_path(set, faults, cli_argument(cli, i));
	catalog_set_finish(set, faults);
	catalog_say_faults(cli, faults);
	say_counts(cli, set, faults);
	cli_json(cli, counts_json(set, faults));
	if (faults->errors != 0)
		cli_refuse(cli);
	return true;
}
