/* Versions published elsewhere: stored as they are, or refused while the old one stays in force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/err.h"
#include "catalog/catalogue.h"
#include "support/home.h"

#define LIST "small-2026"
#define DAY_MS INT64_C(86400000)

struct fixture {
	char *home;
	struct store *store;
	GBytes *bytes; /* of a version made in another home */
};

static const char small[] =
	"{\"id\":\"small-2026\",\"title\":\"小清单\",\"issuer\":\"某局\",\"themes\":["
	"{\"no\":[1],\"name\":\"办%s\",\"items\":[{\"name\":\"登记\",\"dept\":\"登记处\"}]}]}";

static struct store *open_store(const char *home)
{
	GError *error = NULL;
	struct store *store = store_open(home, STORE_MODE_WRITE, &error);
	if (store == NULL)
		g_error("%s", error->message);
	return store;
}

/* Imports the small list as a draft of the store. */
static void import_small(struct store *store, const char *home, const char *what)
{
	g_autofree char *text = g_strdup_printf(small, what);
	g_autofree char *path = g_build_filename(home, "small.json", NULL);
	const char *const paths[] = {path, NULL};
	const struct catalogue_act act = {"甲", "", "", SUPPORT_NOW_MS};
	GError *error = NULL;
	assert_true(g_file_set_contents(path, text, -1, NULL));
	if (!catalogue_import(store, paths, &act, NULL, NULL, &error))
		fail_msg("%s", error->message);
}

static int publish(struct store *store)
{
	const struct catalogue_act act = {"甲", "", "", SUPPORT_NOW_MS};
	int version = 0;
	GError *error = NULL;
	if (!catalogue_publish(store, LIST, &act, &version, &error))
		fail_msg("%s", error->message);
	return version;
}

static GBytes *made_elsewhere(const char *what)
{
	char *home = support_home_new();
	struct store *store = open_store(home);
	import_small(store, home, what);
	publish(store);
	GBytes *bytes = catalogue_bytes(store, LIST, 0, NULL);
	store_close(store);
	support_home_free(home);
	return bytes;
}

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	fixture->home = support_home_new();
	fixture->store = open_store(fixture->home);
	fixture->bytes = made_elsewhere("别处的证");
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	store_close(fixture->store);
	support_home_free(fixture->home);
	g_bytes_unref(fixture->bytes);
	g_free(fixture);
	return 0;
}

static struct store *store_of(void **state)
{
	return ((struct fixture *)*state)->store;
}

/* Receives bytes with their true digest as a version in force from a day. */
static bool take(void **state, int version, GBytes *bytes, const char *from, GError **error)
{
	char digest[DIGEST_TEXT_SIZE];
	size_t size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	struct digest sum = digest_of(data, size);
	digest_to_text(&sum, digest);
	const struct catalogue_received received = {
		LIST, version, bytes, digest, from, "备案〔2026〕1号", "数据局"};
	return catalogue_receive(store_of(state), &received, SUPPORT_NOW_MS, NULL, error);
}

static void must_take(void **state, int version, GBytes *bytes, const char *from)
{
	GError *error = NULL;
	if (!take(state, version, bytes, from, &error))
		fail_msg("%s", error->message);
}

static int in_force(void **state)
{
	int version = 0;
	return catalogue_version_of(store_of(state), LIST, 0, &version, NULL) ? version : 0;
}

/* The theme's name in force. */
static char *name_in_force(void **state)
{
	g_autoptr(GPtrArray) themes = catalogue_themes(store_of(state), LIST, 0, NULL);
	assert_non_null(themes);
	return g_strdup(((struct theme_hit *)themes->pdata[0])->name);
}

static void version_is_in_force_from_its_day(void **state)
{
	const struct fixture *fixture = *state;
	must_take(state, 3, fixture->bytes, "2026-03-04");
	assert_int_equal(in_force(state), 0);
	bool changed = false;
	assert_true(catalogue_settle(fixture->store, SUPPORT_NOW_MS + DAY_MS, &changed, NULL));
	assert_false(changed);
	assert_true(catalogue_settle(fixture->store, SUPPORT_NOW_MS + 2 * DAY_MS, &changed, NULL));
	assert_true(changed);
	assert_int_equal(in_force(state), 3);
	g_autoptr(GPtrArray) versions = catalogue_versions(fixture->store, NULL);
	const struct catalogue_version *version = versions->pdata[0];
	assert_string_equal(version->origin, "hub");
	assert_string_equal(version->status, "published");
	assert_string_equal(version->author, "数据局");
	assert_string_equal(version->filing, "备案〔2026〕1号");
	g_autoptr(GBytes) bytes = catalogue_bytes(fixture->store, LIST, 3, NULL);
	assert_true(g_bytes_equal(bytes, fixture->bytes));
}

static void same_version_again_is_harmless_another_is_a_conflict(void **state)
{
	const struct fixture *fixture = *state;
	GError *error = NULL;
	g_autoptr(GBytes) other = made_elsewhere("另一个证");
	must_take(state, 1, fixture->bytes, "2026-03-01");
	assert_int_equal(in_force(state), 1);
	must_take(state, 1, fixture->bytes, "2026-03-01");
	assert_false(take(state, 1, other, "2026-03-01", &error));
	assert_true(err_is(error, ERR_CODE_VERSION_CONFLICT));
	assert_non_null(strstr(error->message, "下一个版本号"));
	g_clear_error(&error);
	g_autofree char *name = name_in_force(state);
	assert_string_equal(name, "办别处的证");
	must_take(state, 2, other, "2026-03-01");
	assert_int_equal(in_force(state), 2);
}

static void own_draft_moves_above_what_the_hub_has(void **state)
{
	const struct fixture *fixture = *state;
	import_small(fixture->store, fixture->home, "本地证");
	must_take(state, 1, fixture->bytes, "2026-03-01");
	int draft = 0;
	assert_true(catalogue_draft_of(fixture->store, LIST, &draft, NULL, NULL));
	assert_int_equal(draft, 2);
	assert_true(catalogue_hub_shown(fixture->store, LIST, 6, NULL));
	assert_int_equal(publish(fixture->store), 7);
	g_autofree char *name = name_in_force(state);
	assert_string_equal(name, "办本地证");
	g_autoptr(GPtrArray) push = catalogue_to_push(fixture->store, NULL);
	assert_int_equal(push->len, 1);
	assert_int_equal(((struct catalogue_version *)push->pdata[0])->version, 7);
	assert_true(catalogue_hub_shown(fixture->store, LIST, 7, NULL));
	g_autoptr(GPtrArray) rest = catalogue_to_push(fixture->store, NULL);
	assert_int_equal(rest->len, 0);
}

/* ---- what is refused ---- */

static GBytes *altered(GBytes *bytes, const char *from, const char *to)
{
	size_t size = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	g_autofree char *text = g_strndup(data, size);
	g_auto(GStrv) parts = g_strsplit(text, from, 2);
	assert_non_null(parts[1]);
	char *changed = g_strjoinv(to, parts);
	return g_bytes_new_take(changed, strlen(changed));
}

static void assert_refused(void **state, GBytes *bytes, const char *says)
{
	GError *error = NULL;
	assert_false(take(state, 2, bytes, "2026-03-01", &error));
	if (!err_is(error, ERR_CODE_CATALOG) || strstr(error->message, says) == NULL)
		fail_msg("%s: %s", says, error->message);
	g_clear_error(&error);
	assert_int_equal(in_force(state), 1);
}

static void bad_bytes_are_refused_and_the_old_stays(void **state)
{
	const struct fixture *fixture = *state;
	static const struct {
		const char *from, *to, *says;
	} rows[] = {
		{"办别处的证", "", "缺少“name”"},
		{"办别处的证", "办\\u001B[2J", "控制字符"},
		{"办别处的证", "办\xe2\x80\xae证", "控制字符"},
		{"办别处的证", "办\xff证", "JSON"},
		{"small-2026", "other-2026", "不是这份清单"},
		{"yichuang-catalogue-1", "yichuang-catalogue-9", "不是一份清单版本"},
		{"{\"departments\"", "{ \"departments\"", "冻结"},
		{"\"format\"", "\"departments\":[],\"format\"", "JSON"},
		{"\"routes\":[]", "\"routes\":[{\"printed\":\"登记处\",\"department\":\"D-NONE\"}]",
			"冻结"},
		{"\"routes\":[]", "\"routes\":[{\"department\":\"D-NONE\",\"printed\":\"登记处\"}]",
			"D-NONE"},
		{"\"services\":[]", "\"services\":[],\"shelf\":7", "不是数组"},
	};
	must_take(state, 1, fixture->bytes, "2026-03-01");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = altered(fixture->bytes, rows[i].from, rows[i].to);
		assert_refused(state, bytes, rows[i].says);
	}
}

static void cut_or_huge_bytes_are_refused(void **state)
{
	const struct fixture *fixture = *state;
	must_take(state, 1, fixture->bytes, "2026-03-01");
	size_t size = g_bytes_get_size(fixture->bytes);
	for (size_t cut = 0; cut < size; cut += 7) {
		g_autoptr(GBytes) part = g_bytes_new_from_bytes(fixture->bytes, 0, cut);
		assert_refused(state, part, "");
	}
	g_autofree char *deep = g_strnfill(1000, '[');
	g_autoptr(GBytes) nested = altered(fixture->bytes, "\"routes\":[]", deep);
	assert_refused(state, nested, "JSON");
	g_autofree char *text = g_strnfill(10 << 20, 'x');
	g_autoptr(GBytes) wide = altered(fixture->bytes, "办别处的证", text);
	assert_refused(state, wide, "name");
}

static void wrong_words_and_digests_are_refused(void **state)
{
	const struct fixture *fixture = *state;
	g_autofree char *zeroes = g_strdup_printf("sm3:%064d", 0);
	const struct {
		struct catalogue_received received;
		enum err_code code;
	} rows[] = {
		{{LIST, 1, fixture->bytes, zeroes, "2026-03-01", "", ""}, ERR_CODE_CATALOG},
		{{LIST, 1, fixture->bytes, "", "2026-03-01", "", ""}, ERR_CODE_CATALOG},
		{{"../x", 1, fixture->bytes, zeroes, "2026-03-01", "", ""}, ERR_CODE_INVALID},
		{{LIST, 0, fixture->bytes, zeroes, "2026-03-01", "", ""}, ERR_CODE_INVALID},
		{{LIST, -3, fixture->bytes, zeroes, "2026-03-01", "", ""}, ERR_CODE_INVALID},
		{{LIST, 1, fixture->bytes, zeroes, "soon", "", ""}, ERR_CODE_INVALID},
		{{LIST, 1, fixture->bytes, zeroes, "2026-03-01", "a\033", ""}, ERR_CODE_INVALID},
		{{LIST, 1, fixture->bytes, zeroes, "2026-03-01", "", "a\nb"}, ERR_CODE_INVALID},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		GError *error = NULL;
		g_autoptr(catalog_faults) faults = catalog_faults_new();
		assert_false(catalogue_receive(
			fixture->store, &rows[i].received, SUPPORT_NOW_MS, faults, &error));
		if (!err_is(error, rows[i].code))
			fail_msg("%zu: %s", i, error->message);
		assert_int_equal(faults->errors, rows[i].code == ERR_CODE_CATALOG);
		g_clear_error(&error);
	}
	assert_int_equal(in_force(state), 0);
}

/* ---- leave that comes through the hub ---- */

static void leave_of_the_hub_takes_the_place_of_ours(void **state)
{
	const struct fixture *fixture = *state;
	const struct catalogue_act act = {.actor = "", .now_ms = SUPPORT_NOW_MS};
	char one[] = "1", later[] = "7", bad[] = "a\033";
	char *both[] = {one, later, NULL}, *none[] = {NULL}, *wrong[] = {bad, NULL};
	const struct catalogue_authorisation some = {false, both}, all = {true, none},
					     hostile = {false, wrong};
	GError *error = NULL;
	assert_false(catalogue_authorise_as(fixture->store, LIST, &some, &act, &error));
	assert_true(err_is(error, ERR_CODE_NOT_FOUND));
	g_clear_error(&error);
	must_take(state, 1, fixture->bytes, "2026-03-01");
	assert_true(catalogue_authorise_as(fixture->store, LIST, &some, &act, NULL));
	struct catalogue_authorisation now = {0};
	assert_true(catalogue_authorisation_of(fixture->store, LIST, &now, NULL));
	assert_false(now.all);
	assert_int_equal(g_strv_length(now.themes), 2);
	g_strfreev(now.themes);
	assert_true(catalogue_authorise_as(fixture->store, LIST, &all, &act, NULL));
	assert_true(catalogue_authorisation_of(fixture->store, LIST, &now, NULL));
	assert_true(now.all);
	assert_int_equal(g_strv_length(now.themes), 0);
	g_strfreev(now.themes);
	assert_false(catalogue_authorise_as(fixture->store, LIST, &hostile, &act, &error));
	assert_true(err_is(error, ERR_CODE_INVALID));
	g_clear_error(&error);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(version_is_in_force_from_its_day),
		TEST(same_version_again_is_harmless_another_is_a_conflict),
		TEST(own_draft_moves_above_what_the_hub_has),
		TEST(bad_bytes_are_refused_and_the_old_stays),
		TEST(cut_or_huge_bytes_are_refused),
		TEST(wrong_words_and_digests_are_refused),
		TEST(leave_of_the_hub_takes_the_place_of_ours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
