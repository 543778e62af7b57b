/* Damaged sheets: always a sentence, never a crash; what is taken can be written and read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glib/gstdio.h>

#include "base/text.h"
#include "catalog/sheet.h"
#include "support/home.h"

static const char *const files[] = {"清单.csv", "主题.csv", "事项.csv", "问卷.csv", "选项.csv",
	"互斥.csv", "服务.csv", "服务材料.csv", "服务字段.csv", "材料.csv", "字段.csv", "部门.csv",
	"路由.csv"};

struct fixture {
	char *folder;
	char *sheets; /* directory of the set, below the folder */
	char *bytes[G_N_ELEMENTS(files)];
	gsize sizes[G_N_ELEMENTS(files)];
};

/* A list with every kind of row. */
static json_t *package_of_data(void)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	catalog_set_add_path(set, faults, "data");
	catalog_set_finish(set, faults);
	assert_int_equal(faults->errors, 0);
	json_t *package = catalog_set_package_json(set, "national-2022");
	assert_non_null(package);
	return package;
}

static int write_sheets(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	g_autoptr(json_t) package = package_of_data();
	g_autoptr(GError) error = NULL;
	fixture->folder = support_folder_new();
	fixture->sheets = g_build_filename(fixture->folder, "sheets", NULL);
	if (!sheet_write_set(package, fixture->sheets, &error))
		g_error("%s", error->message);
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(fixture->sheets, files[i], NULL);
		assert_true(
			g_file_get_contents(path, &fixture->bytes[i], &fixture->sizes[i], NULL));
	}
	*state = fixture;
	return 0;
}

static int remove_sheets(void **state)
{
	struct fixture *fixture = *state;
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		g_free(fixture->bytes[i]);
	g_free(fixture->sheets);
	support_home_free(fixture->folder);
	g_free(fixture);
	return 0;
}

static void put(const struct fixture *fixture, size_t file, const char *bytes, gsize size)
{
	g_autofree char *path = g_build_filename(fixture->sheets, files[file], NULL);
	assert_true(g_file_set_contents_full(
		path, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
}

/* Errors of the set as it lies there; every sentence is clean, and names a file of the set. */
static int errors_of(const struct fixture *fixture)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	catalog_set_add_path(set, faults, fixture->sheets);
	catalog_set_finish(set, faults);
	for (guint i = 0; i < faults->list->len; i++) {
		const struct catalog_fault *fault = faults->list->pdata[i];
		g_autofree char *sentence = catalog_fault_sentence(fault);
		assert_true(text_is_clean(sentence, false));
		assert_true(strlen(sentence) < 4000);
		assert_non_null(strstr(fault->file, ".csv"));
		assert_true(fault->what[0] != '\0' && fault->mend[0] != '\0');
	}
	return faults->errors;
}

static void sound_sheets_have_no_fault(void **state)
{
	assert_int_equal(errors_of(*state), 0);
}

/* Some cuts leave a smaller list; those within a row, a quote or a character are told. */
static void truncated_files_never_crash(void **state)
{
	const struct fixture *fixture = *state;
	int refused = 0, all = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		for (int part = 0; part < 12; part++, all++) {
			put(fixture, i, fixture->bytes[i],
				fixture->sizes[i] * (gsize)(2 * part + 1) / 24);
			refused += errors_of(fixture) != 0;
		}
		put(fixture, i, fixture->bytes[i], fixture->sizes[i]);
	}
	if (refused < all * 9 / 10)
		fail_msg("only %d of %d cut files were refused", refused, all);
	assert_int_equal(errors_of(fixture), 0);
}

/* Bytes that matter to a CSV reader come more often than chance brings them. */
static void damage(GRand *random, GString *bytes)
{
	static const char telling[] = {
		'"', ',', '\n', '\r', ';', '|', '=', '\'', '\t', '\0', '\x80', '\xFF', '0', '-'};
	gint32 at = g_rand_int_range(random, 0, (gint32)bytes->len);
	char byte = telling[g_rand_int_range(random, 0, (gint32)sizeof telling)];
	switch (g_rand_int_range(random, 0, 4)) {
	case 0:
		bytes->str[at] = byte;
		break;
	case 1:
		g_string_insert_c(bytes, at, byte);
		break;
	case 2:
		g_string_erase(bytes, at, MIN(40, (gssize)bytes->len - at));
		break;
	default:
		bytes->str[at] = (char)(bytes->str[at] ^ (1 << g_rand_int_range(random, 0, 8)));
	}
}

static void damaged_files_never_crash(void **state)
{
	const struct fixture *fixture = *state;
	g_autoptr(GRand) random = g_rand_new_with_seed(20261121);
	const char *more = g_getenv("ROUNDS");
	int rounds = more == NULL ? 20 : atoi(more);
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		for (int round = 0; round < rounds; round++) {
			g_autoptr(GString) copy =
				g_string_new_len(fixture->bytes[i], (gssize)fixture->sizes[i]);
			for (int times = 0; times <= round / 5 && copy->len > 1; times++)
				damage(random, copy);
			put(fixture, i, copy->str, copy->len);
			(void)errors_of(fixture);
		}
		put(fixture, i, fixture->bytes[i], fixture->sizes[i]);
	}
}

static void sheets_read_twice_are_the_same_bytes(void **state)
{
	const struct fixture *fixture = *state;
	char *bytes[2];
	for (int i = 0; i < 2; i++) {
		g_autoptr(catalog_set) set = catalog_set_new();
		g_autoptr(catalog_faults) faults = catalog_faults_new();
		catalog_set_add_path(set, faults, fixture->sheets);
		catalog_set_finish(set, faults);
		g_autoptr(GBytes) package = catalog_set_package(set, "national-2022");
		bytes[i] = g_strndup(g_bytes_get_data(package, NULL), g_bytes_get_size(package));
	}
	assert_string_equal(bytes[0], bytes[1]);
	g_free(bytes[0]);
	g_free(bytes[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_sheets_have_no_fault),
		cmocka_unit_test(sheets_read_twice_are_the_same_bytes),
		cmocka_unit_test(truncated_files_never_crash),
		cmocka_unit_test(damaged_files_never_crash),
	};
	return cmocka_run_group_tests(tests, write_sheets, remove_sheets);
}
