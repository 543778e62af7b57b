/* catalog diff: two versions, or a version and a file. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "catalog/diff.h"
#include "cli/catalog.h"
#include "cli/cli.h"

/* "ID" or "ID@N" of the store into the set. */
static bool add_version(struct cli *cli, const char *text, struct catalog_set *set,
	struct catalog_faults *faults, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(text, "@", 2);
	int version = 0;
	if (parts[1] != NULL && !cli_integer(parts[1], 1, 1000000, &version, error))
		return false;
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	g_autoptr(GBytes) bytes =
		store == NULL ? NULL : catalogue_bytes(store, parts[0], version, error);
	if (bytes == NULL)
		return false;
	gsize size = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	catalog_set_add(set, faults, text, data, size, false);
	return true;
}

/* What one of the two arguments names; a file goes before a list of that name. */
static struct catalog_set *load(struct cli *cli, const char *text, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	if (strcmp(text, "-") == 0 || g_file_test(text, G_FILE_TEST_EXISTS))
		catalog_set_add_path(set, faults, text);
	else if (!add_version(cli, text, set, faults, error))
		return NULL;
	return catalog_faults_settle(faults, error) ? g_steal_pointer(&set) : NULL;
}

bool cli_catalog_diff(struct cli *cli, GError **error)
{
	const char *first = cli_argument(cli, 0), *second = cli_argument(cli, 1);
	g_autoptr(catalog_set) a = load(cli, first, error);
	g_autoptr(catalog_set) b = a == NULL ? NULL : load(cli, second, error);
	if (b == NULL)
		return false;
	g_autoptr(GPtrArray) sentences = catalog_diff(a, b);
	json_t *array = json_array();
	for (guint i = 0; i < sentences->len; i++) {
		cli_say(cli, "%s。", (const char *)sentences->pdata[i]);
		json_array_append_new(array, json_string(sentences->pdata[i]));
	}
	if (sentences->len == 0)
		cli_say(cli, "没有差别");
	g_autofree char *old = text_clean(first, false);
	g_autofree char *now = text_clean(second, false);
	cli_json(cli, json_pack("{s:s,s:s,s:o}", "a", old, "b", now, "sentences", array));
	return true;
}
