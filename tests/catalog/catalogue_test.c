/* Versions in the store: import, publish, come into force, be found, be opened, stand on the shelf.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/err.h"
#include "catalog/catalogue.h"
#include "catalog/set.h"
#include "store/journal.h"
#include "support/home.h"

#define DAY_MS INT64_C(86400000)

struct fixture {
	char *home;
	struct store *store;
};

static int open_home(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	g_autoptr(GError) error = NULL;
	fixture->home = support_home_new();
	fixture->store = store_open(fixture->home, STORE_MODE_WRITE, &error);
	if (fixture->store == NULL ||
		!catalogue_install(fixture->store, "data", SUPPORT_NOW_MS, NULL, &error))
		g_error("%s", error->message);
	*state = fixture;
	return 0;
}

static int close_home(void **state)
{
	struct fixture *fixture = *state;
	store_close(fixture->store);
	support_home_free(fixture->home);
	g_free(fixture);
	return 0;
}

static struct store *store_of(void **state)
{
	return ((struct fixture *)*state)->store;
}

/* Themes with a guide, of the lists that stand on the shelf as shipped. */
static int described_themes(void)
{
	int count = 0;
	size_t at;
	json_t *row;
	g_autoptr(json_t) shelf = json_load_file("data/catalogue/shelf.json", 0, NULL);
	json_array_foreach(json_object_get(shelf, "shelf"), at, row)
	{
		g_autofree char *path = g_strdup_printf(
			"data/catalogue/guides/%s.json", json_text(row, "list", ""));
		g_autoptr(json_t) guides = json_load_file(path, 0, NULL);
		if (json_is_true(json_object_get(row, "on_shelf")))
			count += (int)json_array_size(json_object_get(guides, "themes"));
	}
	assert_true(count >= 4);
	return count;
}

/* Writes a file into the home and imports it. */
static GStrv import_text(void **state, const char *text, GError **error)
{
	struct fixture *fixture = *state;
	g_autofree char *path = g_build_filename(fixture->home, "change.json", NULL);
	const char *const paths[] = {path, NULL};
	struct catalogue_act act = {"演示管理员", "", "", SUPPORT_NOW_MS};
	GStrv lists = NULL;
	assert_true(g_file_set_contents(path, text, -1, NULL));
	return catalogue_import(fixture->store, paths, &act, NULL, &lists, error) ? lists : NULL;
}

static const char small[] =
	"{\"id\":\"small-2026\",\"title\":\"小清单\",\"issuer\":\"某局\",\"themes\":["
	"{\"no\":[1],\"name\":\"办一个%s\",\"items\":[{\"name\":\"登记\",\"dept\":\"登记处\"}]}]}";

static GStrv import_small(void **state, const char *what)
{
	g_autofree char *text = g_strdup_printf(small, what);
	g_autoptr(GError) error = NULL;
	GStrv lists = import_text(state, text, &error);
	assert_null(error);
	return lists;
}

static void publish_small(void **state, const char *from)
{
	struct catalogue_act act = {"演示管理员", "备案〔2026〕1号", from, SUPPORT_NOW_MS};
	g_autoptr(GError) error = NULL;
	assert_true(catalogue_publish(store_of(state), "small-2026", &act, NULL, &error));
}

static guint found(void **state, const char *text)
{
	g_autoptr(GPtrArray) hits =
		catalogue_search(store_of(state), text, 1000, SUPPORT_NOW_MS, NULL);
	assert_non_null(hits);
	return hits->len;
}

static void search_finds_by_every_way_of_typing(void **state)
{
	static const struct {
		const char *text, *list, *theme;
	} rows[] = {
		{"kbld", "jiangmen-2020", "1"},
		{"KBLD", "jiangmen-2020", "1"},
		{"便利店", "jiangmen-2020", "1"},
		{"便", "jiangmen-2020", "1"},
		{"woyaokaibianli", "jiangmen-2020", "1"},
		{"bianlidian", "jiangmen-2020", "1"},
		{"便利店 烟草", "jiangmen-2020", "1"},
		{"便利店 江门", "jiangmen-2020", "1"},
		{"kbld 卫滨", "weibin-2021", "9"},
		{"新生儿", "national-2022", "个人-1"},
		{"xse", "national-2022", "个人-1"},
		{"二手房", "national-2022", "个人-6"},
		{"qyzy", "national-2022", "企业-2"},
		/* letters and hanzi in one word, in either order */
		{"kai便利店", "jiangmen-2020", "1"},
		{"开bld", "jiangmen-2020", "1"},
		{"bld江门", "jiangmen-2020", "1"},
		{"江门bld", "jiangmen-2020", "1"},
		{"Kai便利店", "jiangmen-2020", "1"},
		/* departments: printed, short, as they sound */
		{"便利店 scjg", "jiangmen-2020", "1"},
		{"便利店 shichangjianguan", "jiangmen-2020", "1"},
		{"便利店 市监", "jiangmen-2020", "1"},
		{"便利店 市场监管", "jiangmen-2020", "1"},
		{"便利店 市场监督管理局", "jiangmen-2020", "1"},
		{"便利店 yc", "jiangmen-2020", "1"},
		{"xse ws", "national-2022", "个人-1"},
		{"xinshenger 卫健", "national-2022", "个人-1"},
		{"新生儿 weisheng", "national-2022", "个人-1"},
		/* the list: its name, sound and initials */
		{"kbld jm", "jiangmen-2020", "1"},
		{"kbld jiangmen", "jiangmen-2020", "1"},
		{"便利店 wb", "weibin-2021", "9"},
		{"便利店 weibin", "weibin-2021", "9"},
		{"weibin 便利店", "weibin-2021", "9"},
		{"ｋｂｌｄ", "jiangmen-2020", "1"},
		{"  kbld  ", "jiangmen-2020", "1"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) hits =
			catalogue_search(store_of(state), rows[i].text, 10, SUPPORT_NOW_MS, NULL);
		assert_non_null(hits);
		const struct theme_hit *hit = hits->len == 0 ? NULL : hits->pdata[0];
		if (hit == NULL || strcmp(hit->list, rows[i].list) != 0 ||
			strcmp(hit->theme, rows[i].theme) != 0)
			fail_msg("%s found %s", rows[i].text, hit == NULL ? "nothing" : hit->name);
	}
}

static void search_survives_whatever_is_typed(void **state)
{
	static const char *const typed[] = {"\"", "'", "*", "a\"b", "NEAR(", "name:", "-", "AND",
		"NEAR(开 店, 2)", "\"便利店", "便利店*", "-便利店", "+店", "店 NOT 便",
		"便利店\"\"", "();", "' OR 1=1 --", "便\xe5\x88", "name : 店", "\xef\xbb\xbf便利店",
		"\n\t", "店\\", "k\"b", "OR NOT", "（）", "\xff\xfe", "\x1b[2J", "便利店zzz", "^",
		"{name}", "%", "一二三四五六七八九十一二三四五六七八九十",
		"a b c d e f g h i j k l"};
	for (size_t i = 0; i < G_N_ELEMENTS(typed); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) hits =
			catalogue_search(store_of(state), typed[i], 10, SUPPORT_NOW_MS, &error);
		if (hits == NULL)
			fail_msg("%s: %s", typed[i], error->message);
	}
	assert_int_equal(found(state, "没有这样的主题"), 0);
	assert_int_equal(found(state, "便利店 没有"), 0);
	assert_int_equal(found(state, "\"便利店\" *"), found(state, "便利店"));
}

/* A whole document pasted into the box: answered at once, whatever it holds. */
static void a_paste_of_ten_kilobytes_is_answered(void **state)
{
	static const char *const pieces[] = {"便利店", "k", "\"", "a b ", "\xff", "店*-"};
	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		while (text->len < 10240)
			g_string_append(text, pieces[i]);
		gint64 begin = g_get_monotonic_time();
		found(state, text->str);
		assert_true(g_get_monotonic_time() - begin < G_USEC_PER_SEC);
	}
}

/* As it is typed: every beginning of it finds the theme. */
static void every_beginning_finds(void **state)
{
	static const char *const typed[] = {
		"kbldgth", "kaibianlidian", "便利店", "kai便利店", "便利店 scjg", "bld jiangmen"};
	for (size_t i = 0; i < G_N_ELEMENTS(typed); i++)
		for (const char *end = g_utf8_next_char(typed[i]); *(end - 1) != '\0';
			end = g_utf8_next_char(end)) {
			g_autofree char *text = g_strndup(typed[i], (gsize)(end - typed[i]));
			g_autoptr(GPtrArray) hits =
				catalogue_search(store_of(state), text, 1000, SUPPORT_NOW_MS, NULL);
			bool seen = false;
			for (guint k = 0; k < hits->len; k++) {
				const struct theme_hit *hit = hits->pdata[k];
				seen = seen || (strcmp(hit->list, "jiangmen-2020") == 0 &&
						       strcmp(hit->theme, "1") == 0);
			}
			if (!seen)
				fail_msg("%s does not find it", text);
		}
}

/* A short list is the beginning of a long one, in every query and every time. */
static void the_order_is_the_same_every_time(void **state)
{
	static const char *const typed[] = {
		"k", "我要", "登记", "公安", "gongan", "便利店", "wy 江门"};
	for (size_t i = 0; i < G_N_ELEMENTS(typed); i++) {
		g_autoptr(GPtrArray) all =
			catalogue_search(store_of(state), typed[i], 1000, SUPPORT_NOW_MS, NULL);
		for (int most = 1; most < 30; most += 7) {
			g_autoptr(GPtrArray) some = catalogue_search(
				store_of(state), typed[i], most, SUPPORT_NOW_MS, NULL);
			assert_true((int)some->len <= most);
			for (guint k = 0; k < some->len; k++) {
				const struct theme_hit *a = some->pdata[k], *b = all->pdata[k];
				if (strcmp(a->list, b->list) != 0 ||
					strcmp(a->theme, b->theme) != 0)
					fail_msg("%s: %s %s before %s %s", typed[i], a->list,
						a->theme, b->list, b->theme);
			}
		}
	}
}

static const char *first_of(void **state, const char *text)
{
	static char name[200];
	g_autoptr(GPtrArray) hits =
		catalogue_search(store_of(state), text, 10, SUPPORT_NOW_MS, NULL);
	const struct theme_hit *hit = hits->pdata[0];
	g_snprintf(name, sizeof name, "%s %s", hit->list, hit->theme);
	return name;
}

/* Lately counts, often counts more, and both come before the better match. */
static void what_was_used_lately_and_often_comes_first(void **state)
{
	int64_t day = INT64_C(86400000);
	struct store *store = store_of(state);
	assert_true(catalogue_use(store, "jiangmen-2020", "2", SUPPORT_NOW_MS - 400 * day, NULL));
	assert_true(catalogue_use(store, "jiangmen-2020", "3", SUPPORT_NOW_MS - day, NULL));
	assert_string_equal(first_of(state, "我要开"), "jiangmen-2020 3");
	for (int i = 0; i < 40; i++)
		assert_true(catalogue_use(
			store, "jiangmen-2020", "2", SUPPORT_NOW_MS - 400 * day, NULL));
	assert_string_equal(first_of(state, "我要开"), "jiangmen-2020 2");
}

static void shelf_comes_first_and_use_before_match(void **state)
{
	g_autoptr(GPtrArray) shelf =
		catalogue_search(store_of(state), "", 1000, SUPPORT_NOW_MS, NULL);
	assert_int_equal(shelf->len, described_themes());
	g_autoptr(GPtrArray) before =
		catalogue_search(store_of(state), "便利店", 10, SUPPORT_NOW_MS, NULL);
	assert_true(((struct theme_hit *)before->pdata[0])->on_shelf);
	assert_false(((struct theme_hit *)before->pdata[1])->on_shelf);
	assert_string_equal(((struct theme_hit *)before->pdata[1])->list, "weibin-2021");
	assert_true(
		catalogue_use(store_of(state), "tianmen-consolidated", "52", SUPPORT_NOW_MS, NULL));
	g_autoptr(GPtrArray) after =
		catalogue_search(store_of(state), "便利店", 10, SUPPORT_NOW_MS, NULL);
	assert_string_equal(((struct theme_hit *)after->pdata[0])->list, "jiangmen-2020");
	assert_string_equal(((struct theme_hit *)after->pdata[1])->list, "tianmen-consolidated");
}

static void open_theme_brings_only_what_it_needs(void **state)
{
	g_autoptr(theme) theme = NULL;
	g_autoptr(definitions) definitions = NULL;
	g_autoptr(GError) error = NULL;
	assert_true(catalogue_open_theme(
		store_of(state), "jiangmen-2020", 0, "1", &theme, &definitions, &error));
	assert_string_equal(theme->name, "我要开便利店（个体户）");
	assert_int_equal(theme->version, 1);
	assert_int_equal(theme->items->len, 5);
	assert_string_equal(theme->source, "江府办函〔2020〕131号 1");
	for (guint i = 0; i < theme->items->len; i++) {
		const struct theme_item *item = theme->items->pdata[i];
		const struct service *service = definitions_service(definitions, item->service);
		assert_non_null(service);
		assert_non_null(
			definitions_route(definitions, "jiangmen-2020", item->dept, item->level));
		for (guint j = 0; j < service->materials->len; j++) {
			const struct material_use *use = service->materials->pdata[j];
			assert_non_null(definitions_material(definitions, use->material));
		}
	}
	assert_null(definitions_service(definitions, "S-HOUSE-CONTRACT"));
}

static void open_theme_tells_what_is_missing(void **state)
{
	static const struct {
		const char *list;
		int version;
		const char *theme;
	} rows[] = {
		{"nowhere", 0, "1"},
		{"jiangmen-2020", 0, "99"},
		{"jiangmen-2020", 7, "1"},
		{"\x1b", 0, "\x1b"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct theme *theme = NULL;
		struct definitions *definitions = NULL;
		g_autoptr(GError) error = NULL;
		assert_false(catalogue_open_theme(store_of(state), rows[i].list, rows[i].version,
			rows[i].theme, &theme, &definitions, &error));
		assert_true(err_is(error, ERR_CODE_NOT_FOUND));
		assert_null(theme);
		assert_null(definitions);
	}
}

static void every_theme_of_every_list_opens(void **state)
{
	g_autoptr(GPtrArray) entries = catalogue_list_all(store_of(state), NULL);
	int count = 0;
	for (guint i = 0; i < entries->len; i++) {
		const struct catalogue_entry *entry = entries->pdata[i];
		g_autoptr(GPtrArray) themes =
			catalogue_themes(store_of(state), entry->list, 0, NULL);
		for (guint j = 0; j < themes->len; j++, count++) {
			const struct theme_hit *hit = themes->pdata[j];
			g_autoptr(theme) theme = NULL;
			g_autoptr(definitions) definitions = NULL;
			assert_true(catalogue_open_theme(store_of(state), hit->list, 0, hit->theme,
				&theme, &definitions, NULL));
			assert_int_equal(theme->items->len, hit->items);
		}
	}
	assert_int_equal(count, 231);
}

static void import_makes_a_draft_that_is_not_in_force(void **state)
{
	g_auto(GStrv) lists = import_small(state, "演示证");
	assert_int_equal(g_strv_length(lists), 1);
	assert_string_equal(lists[0], "small-2026");
	assert_int_equal(found(state, "演示证"), 0);
	int version = 0;
	g_autoptr(GError) error = NULL;
	assert_false(catalogue_version_of(store_of(state), "small-2026", 0, &version, &error));
	assert_true(err_is(error, ERR_CODE_NOT_FOUND));
	publish_small(state, "");
	assert_int_equal(found(state, "演示证"), 1);
	g_auto(GStrv) again = import_small(state, "演示证");
	assert_int_equal(g_strv_length(again), 0);
}

static void newer_draft_replaces_the_draft_only(void **state)
{
	g_auto(GStrv) first = import_small(state, "甲证");
	publish_small(state, "");
	g_auto(GStrv) second = import_small(state, "乙证");
	g_auto(GStrv) third = import_small(state, "丙证");
	assert_int_equal(found(state, "甲证"), 1);
	publish_small(state, "");
	assert_int_equal(found(state, "甲证"), 0);
	assert_int_equal(found(state, "丙证"), 1);
	int version = 0;
	assert_true(catalogue_version_of(store_of(state), "small-2026", 0, &version, NULL));
	assert_int_equal(version, 2);
	g_autoptr(json_t) old = catalogue_export(store_of(state), "small-2026", 1, NULL);
	const json_t *theme = json_array_get(json_object_get(old, "themes"), 0);
	assert_string_equal(json_text(theme, "name", ""), "办一个甲证");
}

static void version_comes_into_force_on_its_day(void **state)
{
	bool changed = true;
	g_auto(GStrv) lists = import_small(state, "迟来证");
	publish_small(state, "2026-03-05");
	assert_int_equal(found(state, "迟来证"), 0);
	assert_true(catalogue_settle(store_of(state), SUPPORT_NOW_MS + 2 * DAY_MS, &changed, NULL));
	assert_false(changed);
	assert_int_equal(found(state, "迟来证"), 0);
	assert_true(catalogue_settle(store_of(state), SUPPORT_NOW_MS + 3 * DAY_MS, &changed, NULL));
	assert_true(changed);
	assert_int_equal(found(state, "迟来证"), 1);
}

/* A clock that ran ahead and was set right must not leave tomorrow's version in force today. */
static void clock_set_back_takes_a_version_back(void **state)
{
	bool changed = false;
	g_auto(GStrv) first = import_small(state, "今天证");
	publish_small(state, "");
	g_auto(GStrv) second = import_small(state, "将来证");
	publish_small(state, "2026-03-05");
	assert_true(catalogue_settle(store_of(state), SUPPORT_NOW_MS + 3 * DAY_MS, &changed, NULL));
	assert_int_equal(found(state, "将来证"), 1);
	assert_true(catalogue_settle(store_of(state), SUPPORT_NOW_MS, &changed, NULL));
	assert_true(changed);
	assert_int_equal(found(state, "将来证"), 0);
	assert_int_equal(found(state, "今天证"), 1);
	/* Before every date something stays in force: a clock that lost its time closes no hall. */
	assert_true(catalogue_settle(store_of(state), 0, &changed, NULL));
	assert_false(changed);
	assert_int_equal(found(state, "今天证"), 1);
}

static void publish_refuses_what_is_not_there(void **state)
{
	static const struct {
		const char *list, *from;
		enum err_code code;
	} rows[] = {
		{"nowhere", "", ERR_CODE_NOT_FOUND},
		{"jiangmen-2020", "", ERR_CODE_NOT_FOUND},
		{"jiangmen-2020", "tomorrow", ERR_CODE_INVALID},
		{"jiangmen-2020", "2026-03-01", ERR_CODE_INVALID},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct catalogue_act act = {"", "", rows[i].from, SUPPORT_NOW_MS};
		g_autoptr(GError) error = NULL;
		assert_false(catalogue_publish(store_of(state), rows[i].list, &act, NULL, &error));
		assert_true(err_is(error, rows[i].code));
	}
}

static void shared_definition_changes_every_list_that_uses_it(void **state)
{
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) lists = import_text(state,
		"{\"materials\":[{\"code\":\"M-FLOOR-PLAN\",\"name\":\"平面图\",\"basis\":"
		"\"general\"}"
		"]}",
		&error);
	assert_null(error);
	assert_non_null(lists);
	assert_true(g_strv_contains((const char *const *)lists, "jiangmen-2020"));
	assert_true(g_strv_contains((const char *const *)lists, "national-2022"));
	assert_false(g_strv_contains((const char *const *)lists, "tianmen-consolidated"));
}

static void publishing_and_shelving_are_facts(void **state)
{
	struct journal_report report = {0};
	int published = 0, shelved = 0;
	g_autoptr(GPtrArray) facts = journal_after(store_of(state), 0, 1000, NULL);
	for (guint i = 0; i < facts->len; i++) {
		const struct journal_row *row = facts->pdata[i];
		published += strcmp(row->kind, "catalogue_published") == 0;
		shelved += strcmp(row->kind, "theme_shelved") == 0;
	}
	assert_int_equal(published, 8);
	assert_int_equal(shelved, described_themes());
	assert_true(journal_verify(store_of(state), &report, NULL));
	assert_int_equal(report.fault, JOURNAL_FAULT_NONE);
	journal_report_clear(&report);
}

static void only_described_themes_go_on_the_shelf(void **state)
{
	bool on_shelf = true;
	g_autoptr(GError) error = NULL;
	assert_false(catalogue_shelf(store_of(state), "tianmen-consolidated", "52", true, "admin",
		SUPPORT_NOW_MS, &error));
	assert_true(err_is(error, ERR_CODE_MOVE));
	g_clear_error(&error);
	assert_false(catalogue_shelf(
		store_of(state), "weibin-2021", "999", true, "admin", SUPPORT_NOW_MS, &error));
	assert_true(err_is(error, ERR_CODE_NOT_FOUND));
	assert_true(catalogue_shelf(
		store_of(state), "jiangmen-2020", "1", false, "admin", SUPPORT_NOW_MS, NULL));
	assert_true(catalogue_is_on_shelf(store_of(state), "jiangmen-2020", "1", &on_shelf, NULL));
	assert_false(on_shelf);
}

static void calendar_is_in_the_store(void **state)
{
	struct civil_date date = {2026, 2, 14}, due;
	g_autoptr(calendar) calendar = catalogue_calendar(store_of(state), NULL);
	assert_non_null(calendar);
	assert_true(calendar_add(calendar, date, 1, &due, NULL));
	assert_int_equal(due.day, 24);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_home, close_home)

/* The same list written in two ways: empty members, other order of guides, rows and routes. */
static void a_versions_bytes_do_not_depend_on_how_it_was_written(void **state)
{
	static const char *const texts[] = {
		"{\"format\":\"yichuang-catalogue-1\",\"list\":{\"id\":\"two\",\"title\":\"t\","
		"\"issuer\":\"i\",\"themes\":[{\"no\":[1],\"name\":\"a\",\"items\":[{\"name\":"
		"\"x\","
		"\"dept\":\"p\"},{\"name\":\"y\",\"dept\":\"q\"}]},{\"no\":[2],\"name\":\"b\"}]},"
		"\"guides\":{\"list\":\"two\",\"themes\":[{\"theme\":\"1\",\"items\":[{\"index\":0,"
		"\"not_offered\":\"n\"},{\"index\":1,\"not_offered\":\"n\",\"basic_code\":\"b1\"}]}"
		","
		"{\"theme\":\"2\"}]},"
		"\"departments\":[{\"code\":\"D-Q\",\"name\":\"d\"}],\"routes\":["
		"{\"printed\":\"p\",\"department\":\"D-Q\"},"
		"{\"list\":\"two\",\"printed\":\"q\",\"department\":\"D-Q\"}]}",
		"{\"format\":\"yichuang-catalogue-1\",\"routes\":["
		"{\"list\":\"two\",\"printed\":\"q\",\"level\":\"\",\"department\":\"D-Q\"},"
		"{\"list\":\"\",\"printed\":\"p\",\"level\":\"\",\"department\":\"D-Q\"}],"
		"\"departments\":[{\"code\":\"D-Q\",\"name\":\"d\"}],\"guides\":{\"list\":\"two\","
		"\"themes\":[{\"theme\":\"2\",\"display\":\"\",\"conditions\":[],\"questions\":[]},"
		"{\"theme\":\"1\",\"items\":[{\"index\":1,\"basic_code\":\"b1\",\"not_offered\":"
		"\"n\","
		"\"when\":{},"
		"\"parallel\":false,\"after\":[]},{\"index\":0,\"not_offered\":\"n\",\"service\":"
		"\"\"}]}]},"
		"\"list\":{\"id\":\"two\",\"title\":\"t\",\"issuer\":\"i\",\"doc_no\":\"\","
		"\"themes\":[{\"no\":[1],\"name\":\"a\",\"audience\":null,\"lead\":\"\",\"items\":["
		"{\"name\":\"x\",\"dept\":\"p\",\"choice\":null},{\"name\":\"y\",\"dept\":\"q\"}]},"
		"{\"no\":[2],\"name\":\"b\",\"items\":[]}]}}",
	};
	char *bytes[2];
	for (int i = 0; i < 2; i++) {
		g_autoptr(catalog_set) set = catalog_set_new();
		g_autoptr(catalog_faults) faults = catalog_faults_new();
		catalog_set_add(set, faults, "f", texts[i], strlen(texts[i]), false);
		catalog_set_finish(set, faults);
		assert_int_equal(faults->errors, 0);
		g_autoptr(GBytes) package = catalog_set_package(set, "two");
		bytes[i] = g_strndup(g_bytes_get_data(package, NULL), g_bytes_get_size(package));
	}
	assert_string_equal(bytes[0], bytes[1]);
	assert_non_null(strstr(bytes[0], "\"not_offered\":\"n\""));
	assert_non_null(strstr(bytes[0], "\"basic_code\":\"b1\""));
	g_free(bytes[0]);
	g_free(bytes[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(search_finds_by_every_way_of_typing),
		TEST(search_survives_whatever_is_typed),
		TEST(a_paste_of_ten_kilobytes_is_answered),
		TEST(every_beginning_finds),
		TEST(the_order_is_the_same_every_time),
		TEST(shelf_comes_first_and_use_before_match),
		TEST(what_was_used_lately_and_often_comes_first),
		TEST(open_theme_brings_only_what_it_needs),
		TEST(open_theme_tells_what_is_missing),
		TEST(every_theme_of_every_list_opens),
		TEST(a_versions_bytes_do_not_depend_on_how_it_was_written),
		TEST(import_makes_a_draft_that_is_not_in_force),
		TEST(newer_draft_replaces_the_draft_only),
		TEST(version_comes_into_force_on_its_day),
		TEST(clock_set_back_takes_a_version_back),
		TEST(publish_refuses_what_is_not_there),
		TEST(shared_definition_changes_every_list_that_uses_it),
		TEST(publishing_and_shelving_are_facts),
		TEST(only_described_themes_go_on_the_shelf),
		TEST(calendar_is_in_the_store),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
