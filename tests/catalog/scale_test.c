/*
 * A list of 10,000 themes of 10 items loads, is found in and opened. A search
 * stays within a frame of its own time; the other bounds are wide, since a test machine is shared.
 * The measured times are printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <time.h>

#include "base/clock.h"
#include "catalog/catalogue.h"
#include "support/home.h"

#define THEMES 10000
#define ITEMS 10
/* A key shows its effect within a frame (SCREENS rule 7). */
#define FRAME_US 16000

static char *big_list(void)
{
	static const char *const things[] = {
		"便利店", "餐馆", "药店", "旅馆", "学校", "诊所", "网吧", "书店", "公墓", "加油站"};
	static const char *const acts[] = {"我要开", "我要关", "变更", "注销", "转让"};
	static const char *const places[] = {
		"县城", "乡镇", "园区", "景区", "车站", "市场", "小区"};
	static const char *const departments[] = {"公安部门", "税务部门", "市场监管部门"};
	GString *text = g_string_new(
		"{\"id\":\"big-2026\",\"title\":\"大清单\",\"issuer\":\"某局\",\"themes\":[");
	for (int i = 0; i < THEMES; i++) {
		g_string_append_printf(text,
			"%s{\"no\":[%d],\"name\":\"%s%s（%s%d号）\",\"items\":[", i == 0 ? "" : ",",
			i + 1, acts[i % 5], things[i / 5 % 10], places[i / 50 % 7], i);
		for (int j = 0; j < ITEMS; j++)
			g_string_append_printf(text, "%s{\"name\":\"第%d项许可\",\"dept\":\"%s\"}",
				j == 0 ? "" : ",", (i + j) % 97, departments[(i + j) % 3]);
		g_string_append(text, "]}");
	}
	return g_string_free(g_string_append(text, "]}"), FALSE);
}

/* Microseconds of this thread's own work: another test beside it does not count. */
static int64_t own_time(void)
{
	struct timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return time.tv_sec * INT64_C(1000000) + time.tv_nsec / 1000;
}

/* The least of nine searches. */
static int64_t search_time(struct store *store, const char *text, guint *ret_hits)
{
	int64_t least = INT64_MAX;
	for (int i = 0; i < 9; i++) {
		int64_t begin = own_time();
		g_autoptr(GPtrArray) hits = catalogue_search(store, text, 50, SUPPORT_NOW_MS, NULL);
		least = MIN(least, own_time() - begin);
		assert_non_null(hits);
		*ret_hits = hits->len;
	}
	return least;
}

static void ten_thousand_themes_load_and_are_found(void **state)
{
	static const char *const typed[] = {"k", "kbld", "便利店", "公安", "我要", "bianlidian",
		"店 税务", "w", "scjg", "kai便利店"};
	char *home = support_home_new();
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	g_autofree char *text = big_list();
	g_autofree char *path = g_build_filename(home, "big.json", NULL);
	const char *const paths[] = {path, NULL};
	struct catalogue_act act = {"", "", "", SUPPORT_NOW_MS};
	g_auto(GStrv) lists = NULL;
	assert_true(g_file_set_contents(path, text, -1, NULL));
	int64_t begin = clock_monotonic_ms();
	assert_true(catalogue_import(store, paths, &act, NULL, &lists, NULL));
	int64_t imported = clock_monotonic_ms();
	assert_true(catalogue_publish(store, "big-2026", &act, NULL, NULL));
	int64_t published = clock_monotonic_ms();
	print_message("%d themes: import %d ms, publish %d ms\n", THEMES, (int)(imported - begin),
		(int)(published - imported));
	assert_true(published - begin < 60000);
	for (size_t i = 0; i < G_N_ELEMENTS(typed); i++) {
		guint hits = 0;
		int64_t us = search_time(store, typed[i], &hits);
		print_message("search %s: %d.%d ms, %u hits\n", typed[i], (int)(us / 1000),
			(int)(us / 100 % 10), hits);
		assert_int_equal(hits, 50);
		assert_true(us < FRAME_US);
	}
	g_autoptr(theme) theme = NULL;
	g_autoptr(definitions) definitions = NULL;
	begin = g_get_monotonic_time();
	assert_true(catalogue_open_theme(store, "big-2026", 0, "9999", &theme, &definitions, NULL));
	print_message("open: %d us\n", (int)(g_get_monotonic_time() - begin));
	assert_int_equal(theme->items->len, ITEMS);
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_thousand_themes_load_and_are_found)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
