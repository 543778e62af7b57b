/* Files and directories into a set. */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/json.h"
#include "catalog/set.h"
#include "catalog/sheet.h"

/* Directories deeper than this are not a catalogue. */
#define MOST_DEPTH 6

static void unreadable(struct catalog_faults *faults, const char *path)
{
	catalog_faults_add(faults, CATALOG_GRAVITY_ERROR, path, "", "读不到这个文件或目录",
		"请核对路径与权限");
}

static void add_mapped(
	struct catalog_set *set, struct catalog_faults *faults, const char *path, const char *name)
{
	if (sheet_is_spreadsheet(path)) {
		catalog_faults_add(faults, CATALOG_GRAVITY_ERROR, path, "", "单独一张表读不了",
			"请给出放着整套 CSV 的目录");
		return;
	}
	bool exists = g_file_test(path, G_FILE_TEST_EXISTS);
	if (exists && !g_file_test(path, G_FILE_TEST_IS_REGULAR)) { /* a pipe may wait for ever */
		catalog_faults_add(faults, CATALOG_GRAVITY_ERROR, path, "", "这不是普通文件",
			"请给出文件或目录；从标准输入读写 -");
		return;
	}
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	if (file == NULL) {
		unreadable(faults, path);
		return;
	}
	const char *bytes = g_mapped_file_get_contents(file);
	catalog_set_add(set, faults, name, bytes == NULL ? "" : bytes,
		g_mapped_file_get_length(file), false);
}

static void add_standard_input(struct catalog_set *set, struct catalog_faults *faults)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	char buffer[65536];
	ssize_t count;
	while ((count = read(STDIN_FILENO, buffer, sizeof buffer)) > 0 &&
		bytes->len <= JSON_MOST_BYTES)
		g_string_append_len(bytes, buffer, count);
	catalog_set_add(set, faults, "标准输入", bytes->str, bytes->len, false);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *sorted_names(const char *path)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		if (name[0] != '.')
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, by_name);
	return names;
}

/* How many files and sets of sheets there were to read. */
static int add_directory(struct catalog_set *set, struct catalog_faults *faults, const char *path,
	const char *name, int depth)
{
	int count = 0;
	g_autoptr(GPtrArray) names = sorted_names(path);
	if (sheet_is_set(path)) {
		sheet_read_set(set, faults, path, name);
		count++;
	}
	for (guint i = 0; i < names->len; i++) {
		const char *entry = names->pdata[i];
		g_autofree char *inner = g_build_filename(path, entry, NULL);
		g_autofree char *shown =
			name[0] == '\0' ? g_strdup(entry) : g_build_filename(name, entry, NULL);
		if (g_file_test(inner, G_FILE_TEST_IS_DIR) && depth < MOST_DEPTH)
			count += add_directory(set, faults, inner, shown, depth + 1);
		else if (g_str_has_suffix(entry, ".json")) {
			add_mapped(set, faults, inner, shown);
			count++;
		} else if (sheet_is_spreadsheet(entry) && !sheet_is_own(entry))
			catalog_faults_add(faults, CATALOG_GRAVITY_WARNING, shown, "",
				"不是清单的表，没有读", "表名请照导出的写，并存成 CSV UTF-8");
	}
	return count;
}

/* DIR/catalogue and DIR/calendars of a data directory; false when DIR is none. */
static bool add_data_directory(
	struct catalog_set *set, struct catalog_faults *faults, const char *path)
{
	static const char *const rooms[] = {"catalogue", "calendars"};
	bool found = false;
	for (size_t i = 0; i < G_N_ELEMENTS(rooms); i++) {
		g_autofree char *room = g_build_filename(path, rooms[i], NULL);
		if (!g_file_test(room, G_FILE_TEST_IS_DIR))
			continue;
		add_directory(set, faults, room, rooms[i], 0);
		found = true;
	}
	return found;
}

void catalog_set_add_path(struct catalog_set *set, struct catalog_faults *faults, const char *path)
{
	if (strcmp(path, "-") == 0)
		add_standard_input(set, faults);
	else if (!g_file_test(path, G_FILE_TEST_IS_DIR))
		add_mapped(set, faults, path, path);
	else if (sheet_is_set(path))
		add_directory(set, faults, path, path, 0);
	else if (!add_data_directory(set, faults, path) &&
		 add_directory(set, faults, path, "", 0) == 0)
		catalog_faults_add(faults, CATALOG_GRAVITY_ERROR, path, "", "目录里没有清单的文件",
			"请给出放着整套 CSV 的目录，或清单的 .json 文件");
}
