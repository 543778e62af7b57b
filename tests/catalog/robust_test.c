/* Truncated, flipped and hostile files: always a message, never a crash, nothing changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "catalog/set.h"
#include "support/home.h"

static const char *const shipped[] = {
	"data/catalogue/lists/jiangmen-2020.json",
	"data/catalogue/lists/national-2022.json",
	"data/catalogue/lists/weibin-2021.json",
	"data/catalogue/guides/jiangmen-2020.json",
	"data/catalogue/guides/national-2022.json",
	"data/catalogue/services/business.json",
	"data/catalogue/materials/common.json",
	"data/catalogue/fields/common.json",
	"data/catalogue/departments.json",
	"data/catalogue/shelf.json",
	"data/calendars/2026.json",
};

/* Errors of one file on its own; every message is clean and whole. */
static int errors_of(const char *bytes, size_t size)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	catalog_set_add(set, faults, "file.json", bytes, size, false);
	catalog_set_finish(set, faults);
	for (guint i = 0; i < faults->list->len; i++) {
		g_autofree char *sentence = catalog_fault_sentence(faults->list->pdata[i]);
		assert_true(text_is_clean(sentence, false));
		assert_true(strlen(sentence) < 4000);
	}
	return faults->errors;
}

static void truncated_files_are_refused(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shipped); i++) {
		g_autofree char *bytes = NULL;
		gsize size = 0;
		assert_true(g_file_get_contents(shipped[i], &bytes, &size, NULL));
		while (size > 0 && g_ascii_isspace(bytes[size - 1]))
			size--;
		for (int part = 0; part < 200; part++)
			if (errors_of(bytes, size * (gsize)part / 200) == 0)
				fail_msg("%s cut at %d/200 was taken", shipped[i], part);
	}
}

static void flipped_bytes_never_crash(void **state)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(20261121);
	for (size_t i = 0; i < G_N_ELEMENTS(shipped); i++) {
		g_autofree char *bytes = NULL;
		gsize size = 0;
		assert_true(g_file_get_contents(shipped[i], &bytes, &size, NULL));
		for (int round = 0; round < 60; round++) {
			g_autofree char *copy = g_memdup2(bytes, size);
			for (int flip = 0; flip < 1 + round / 10; flip++)
				copy[g_rand_int_range(random, 0, (gint32)size)] ^=
					(char)(1 << g_rand_int_range(random, 0, 8));
			(void)errors_of(copy, size);
		}
	}
}

static char *nested(int depth)
{
	GString *text = g_string_new("{\"services\":");
	for (int i = 0; i < depth; i++)
		g_string_append_c(text, '[');
	for (int i = 0; i < depth; i++)
		g_string_append_c(text, ']');
	return g_string_free(g_string_append_c(text, '}'), FALSE);
}

static char *long_name(gsize size)
{
	g_autofree char *name = g_strnfill(size, 'x');
	return g_strdup_printf(
		"{\"materials\":[{\"code\":\"M-A\",\"name\":\"%s\",\"basis\":\"general\"}]}", name);
}

/* A theme of so many questions, each of which would deepen the walk through them. */
static char *many_questions(int count)
{
	GString *text = g_string_new(
		"{\"format\":\"yichuang-catalogue-1\",\"list\":{\"id\":\"a-1\",\"title\":\"t\","
		"\"issuer\":\"i\",\"themes\":[{\"no\":[1],\"name\":\"n\"}]},"
		"\"guides\":{\"list\":\"a-1\",\"themes\":[{\"theme\":\"1\",\"questions\":[");
	for (int i = 0; i < count; i++)
		g_string_append_printf(text,
			"%s{\"id\":\"q%d\",\"text\":\"t\",\"basis\":\"general\",\"options\":["
			"{\"id\":\"a\",\"text\":\"t\"},{\"id\":\"b\",\"text\":\"t\"}]}",
			i == 0 ? "" : ",", i);
	return g_string_free(g_string_append(text, "]}]}}"), FALSE);
}

static void hostile_files_are_refused(void **state)
{
	char *files[] = {
		g_strdup(""),
		g_strdup("null"),
		g_strdup("[]"),
		g_strdup("7"),
		g_strdup("{}"),
		g_strdup("{\"nonsense\":1}"),
		g_strdup("{\"services\":{}}"),
		g_strdup("{\"services\":[1,null,\"x\",[]]}"),
		g_strdup("{\"services\":[],\"services\":[]}"),
		g_strdup("{\"themes\":7,\"id\":\"a\"}"),
		g_strdup("{\"themes\":[null],\"id\":\"a-1\",\"title\":\"t\",\"issuer\":\"i\"}"),
		g_strdup("{\"themes\":[{\"no\":{},\"name\":[]}],\"id\":\"a-1\",\"title\":\"t\","
			 "\"issuer\":\"i\"}"),
		g_strdup("{\"list\":[],\"themes\":[]}"),
		g_strdup("{\"list\":\"a-1\",\"themes\":[7]}"),
		g_strdup("{\"format\":\"yichuang-catalogue-1\"} x"),
		g_strdup("{\"format\":\"yichuang-catalogue-1\",\"list\":7,\"guides\":[],"
			 "\"services\":3}"),
		g_strdup("{\"materials\":[{\"code\":\"M-A\",\"name\":\"\\u0000\",\"basis\":"
			 "\"general\"}]}"),
		g_strdup("{\"materials\":[{\"code\":\"M-A\",\"name\":\"\\u001b[2J\",\"basis\":"
			 "\"general\"}]}"),
		g_strdup("{\"materials\":[{\"code\":\"M-A\",\"name\":\"\xff\",\"basis\":"
			 "\"general\"}]}"),
		g_strdup("{\"\\u202e\":[]}"),
		g_strdup("{\"year\":2026}"),
		g_strdup("{\"year\":\"2026\",\"notice\":\"x\"}"),
		g_strdup("{\"year\":2026,\"notice\":\"x\",\"off\":[\"2026-02-30\"]}"),
		nested(63),
		nested(200000),
		long_name(4001),
		long_name(11 << 20),
		many_questions(100000),
	};
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		if (errors_of(files[i], strlen(files[i])) == 0)
			fail_msg("hostile file %zu was taken: %.80s", i, files[i]);
		g_free(files[i]);
	}
}

static void more_faults_than_anyone_reads_are_counted(void **state)
{
	GString *text = g_string_new("{\"materials\":[");
	for (int i = 0; i < 5000; i++)
		g_string_append_printf(text, "%s{}", i == 0 ? "" : ",");
	g_string_append(text, "]}");
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	catalog_set_add(set, faults, "file.json", text->str, text->len, false);
	assert_int_equal(faults->errors, 15000);
	assert_int_equal(faults->list->len, CATALOG_MOST_FAULTS);
	g_string_free(text, TRUE);
}

/* What is refused leaves the version in force as it was. */
static void refused_import_changes_nothing(void **state)
{
	char *home = support_home_new();
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	assert_true(catalogue_install(store, "data", SUPPORT_NOW_MS, NULL, NULL));
	g_autoptr(GBytes) before = catalogue_bytes(store, "jiangmen-2020", 0, NULL);
	g_autofree char *path = g_build_filename(home, "bad.json", NULL);
	g_autofree char *bytes = NULL;
	assert_true(
		g_file_get_contents("data/catalogue/lists/jiangmen-2020.json", &bytes, NULL, NULL));
	for (int i = 0; i < 3; i++) {
		static const char *const bad[] = {"", "{\"materials\":[{\"code\":\"M-ID-CARD\"}]}",
			"{\"id\":\"jiangmen-2020\",\"title\":\"短\",\"issuer\":\"x\",\"themes\":[{"
			"\"no\":[1],\"name\":\"n\"}]}"};
		const char *const paths[] = {path, NULL};
		struct catalogue_act act = {"", "", "", SUPPORT_NOW_MS};
		g_autoptr(GError) error = NULL;
		g_auto(GStrv) lists = NULL;
		assert_true(g_file_set_contents(path, bad[i], -1, NULL));
		assert_false(catalogue_import(store, paths, &act, NULL, &lists, &error));
		assert_true(err_is(error, ERR_CODE_CATALOG));
		assert_null(lists);
	}
	g_autoptr(GBytes) after = catalogue_bytes(store, "jiangmen-2020", 0, NULL);
	g_autoptr(GPtrArray) versions = catalogue_versions(store, NULL);
	assert_true(g_bytes_equal(before, after));
	assert_int_equal(versions->len, 8);
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(truncated_files_are_refused),
		cmocka_unit_test(flipped_bytes_never_crash),
		cmocka_unit_test(hostile_files_are_refused),
		cmocka_unit_test(more_faults_than_anyone_reads_are_counted),
		cmocka_unit_test(refused_import_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
