/* Drafts and the intake: what is kept, what is refused, what a department gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/code.h"
#include "desk/queue.h"
#include "desk/script.h"
#include "support/desk_home.h"
#include "support/home.h"

static char *draft_of(struct desk *desk, const char *name)
{
	g_autoptr(json_t) document = support_demo(name);
	char *id = NULL, *number = NULL;
	must(desk_intake_document(desk, document, false, &id, &number, &error));
	assert_null(number);
	return id;
}

static void a_theme_off_the_shelf_is_for_reading(void **state)
{
	struct support_fixture *fixture = *state;
	must_fail(desk_draft_new(fixture->desk, "weibin-2021", "1", &error) != NULL,
		ERR_CODE_BLOCKED);
	must_fail(
		desk_draft_new(fixture->desk, "nowhere", "1", &error) != NULL, ERR_CODE_NOT_FOUND);
}

static void a_blocking_answer_is_named_first(void **state)
{
	struct support_fixture *fixture = *state;
	g_autofree char *id = draft_of(fixture->desk, "retail");
	must(desk_answer(fixture->desk, id, "school", "yes", &error));
	g_autoptr(case_view) view = support_view(fixture->desk, id);
	assert_int_equal(view->steps[CASE_STEP_GUIDE], CASE_STEP_STATE_FAULTY);
	assert_non_null(strstr(view->problems->pdata[0], "学校"));
	char *number = NULL;
	must_fail(desk_take_in(fixture->desk, id, &number, &error), ERR_CODE_INCOMPLETE);
	g_autoptr(case_view) after = support_view(fixture->desk, id);
	assert_string_equal(after->number, "");
}

static void a_wrong_value_is_kept_and_reported(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *id = draft_of(desk, "retail");
	must_fail(desk_field_set(desk, id, "applicant.identity", "110101190001010999", &error),
		ERR_CODE_IDENTITY_CHECK);
	must_fail(desk_field_set(desk, id, "premises.area", "很大", &error), ERR_CODE_INVALID);
	must_fail(desk_field_set(desk, id, "no.such", "x", &error), ERR_CODE_NOT_FOUND);
	g_autoptr(case_view) view = support_view(desk, id);
	int problems = 0;
	for (guint i = 0; i < view->fields->len; i++) {
		const struct case_field *field = view->fields->pdata[i];
		problems += *field->problem != '\0';
		if (strcmp(field->use->field->key, "premises.area") == 0)
			assert_string_equal(field->value, "很大");
		if (strcmp(field->use->field->key, "applicant.identity") == 0)
			assert_string_equal(field->value, "110***********0999");
	}
	assert_int_equal(problems, 2);
	/* A masked number given back is the number that stands there. */
	must(desk_field_set(desk, id, "applicant.identity", "11010119000101009X", &error));
	must(desk_field_set(desk, id, "applicant.identity", "110***********009X", &error));
	g_autofree char *whole = desk_party_number(desk, id, 0, "核对", NULL);
	assert_string_equal(whole, "11010119000101009X");
}

static void necessity_decides_what_a_material_may_be(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *id = draft_of(desk, "retail");
	static const struct {
		const char *material;
		struct material_input input;
		enum err_code code;
	} rows[] = {
		{"M-ID-OPERATOR", {.status = MATERIAL_STATUS_DEFERRED, .promise_due = "2026-12-01"},
			ERR_CODE_INVALID},
		{"M-ID-OPERATOR", {.status = MATERIAL_STATUS_DECLARED}, ERR_CODE_INVALID},
		{"M-HEALTH-CERT", {.status = MATERIAL_STATUS_DEFERRED}, ERR_CODE_INCOMPLETE},
		{"M-HEALTH-CERT", {.status = MATERIAL_STATUS_DEFERRED, .promise_due = "2026-11-01"},
			ERR_CODE_INVALID},
		{"M-FLOOR-PLAN", {.status = MATERIAL_STATUS_UNFIT}, ERR_CODE_INCOMPLETE},
		{"M-FLOOR-PLAN", {.status = MATERIAL_STATUS_WAIVED, .certificate_no = "1"},
			ERR_CODE_INVALID},
		{"M-FLOOR-PLAN", {.status = MATERIAL_STATUS_REUSED}, ERR_CODE_INVALID},
		{"M-NOWHERE", {.status = MATERIAL_STATUS_RECEIVED}, ERR_CODE_NOT_FOUND},
		{"M-FLOOR-PLAN", {.status = MATERIAL_STATUS_RECEIVED, .label = "R123"},
			ERR_CODE_BARCODE_UNKNOWN},
		{"M-FLOOR-PLAN", {.status = MATERIAL_STATUS_RECEIVED, .image = "/no/such/file"},
			ERR_CODE_IO},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		must_fail(desk_material_set(desk, id, rows[i].material, &rows[i].input, &error),
			rows[i].code);
}

static void a_material_of_an_earlier_case_is_reused(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *first = NULL;
	g_autofree char *number = support_take_in(desk, "retail", &first);
	g_autofree char *id = draft_of(desk, "retail");
	const struct material_input input = {
		.status = MATERIAL_STATUS_REUSED, .originals = -1, .copies = -1};
	must(desk_material_set(desk, id, "M-FLOOR-PLAN", &input, &error));
	/* What the applicant told then is filled in now. */
	must(desk_field_set(desk, id, "premises.address", "", &error) || error != NULL);
	int filled = 0;
	must(desk_form_prefill(desk, id, &filled, &error));
	assert_int_equal(filled, 1);
}

static void the_second_press_gives_the_same_number(void **state)
{
	struct support_fixture *fixture = *state;
	g_autofree char *id = draft_of(fixture->desk, "retail");
	g_autofree char *first = NULL, *second = NULL;
	must(desk_take_in(fixture->desk, id, &first, &error));
	must(desk_take_in(fixture->desk, id, &second, &error));
	assert_string_equal(first, second);
	struct code_result code;
	assert_true(code_check(first, &code));
	assert_int_equal(code.kind, CODE_KIND_CASE);
	g_autoptr(case_view) view = support_view(fixture->desk, first);
	g_autoptr(GPtrArray) papers = desk_papers(fixture->desk, false, NULL);
	int receipts = 0;
	for (guint i = 0; i < papers->len; i++)
		receipts += strcmp(((struct paper_row *)papers->pdata[i])->kind, "收件回执") == 0;
	assert_int_equal(receipts, 1);
	must_fail(desk_answer(fixture->desk, id, "food", "cook", &error), ERR_CODE_MOVE);
	must_fail(desk_draft_discard(fixture->desk, id, &error), ERR_CODE_MOVE);
}

static void the_same_document_with_a_key_is_one_case(void **state)
{
	struct support_fixture *fixture = *state;
	g_autoptr(json_t) document = support_demo("retail");
	json_object_set_new(document, "key", json_string("once"));
	g_autofree char *a = NULL, *b = NULL, *first = NULL, *second = NULL;
	must(desk_intake_document(fixture->desk, document, true, &a, &first, &error));
	must(desk_intake_document(fixture->desk, document, true, &b, &second, &error));
	assert_string_equal(a, b);
	assert_string_equal(first, second);
}

/* Refused, mended, and again: the draft it left becomes the case. */
static void a_refused_document_leaves_its_draft(void **state)
{
	struct support_fixture *fixture = *state;
	g_autoptr(json_t) document = support_demo("retail");
	json_t *fields = json_object_get(document, "fields");
	json_object_set_new(document, "key", json_string("mended"));
	g_autofree char *id = NULL, *number = NULL;
	static const char *const wrong[] = {"", "很大"};
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		GError *error = NULL;
		json_object_set_new(fields, "premises.area", json_string(wrong[i]));
		assert_false(
			desk_intake_document(fixture->desk, document, true, &id, &number, &error));
		assert_true(g_str_has_prefix(error->message, "草稿 "));
		g_autofree char *named = g_strndup(error->message + strlen("草稿 "), 32);
		g_autoptr(case_view) view = support_view(fixture->desk, named);
		assert_string_equal(view->number, "");
		g_clear_error(&error);
	}
	json_object_set_new(fields, "premises.area", json_string("36"));
	must(desk_intake_document(fixture->desk, document, true, &id, &number, &error));
	int64_t cases = 0;
	assert_true(support_count(fixture->home, "SELECT count(*) FROM case_file", &cases));
	assert_int_equal(cases, 1);
	/* What cannot even stand in a draft leaves nothing. */
	json_object_set_new(document, "key", json_string("other"));
	json_object_set_new(fields, "no.such", json_string("x"));
	must_fail(desk_intake_document(fixture->desk, document, true, &id, &number, &error),
		ERR_CODE_NOT_FOUND);
	assert_true(support_count(fixture->home, "SELECT count(*) FROM case_file", &cases));
	assert_int_equal(cases, 1);
}

static void a_discarded_draft_leaves_nothing(void **state)
{
	struct support_fixture *fixture = *state;
	g_autofree char *id = draft_of(fixture->desk, "retail");
	must(desk_draft_discard(fixture->desk, id, &error));
	must_fail(desk_case_view(fixture->desk, id, &error) != NULL, ERR_CODE_NOT_FOUND);
	g_autoptr(GPtrArray) rows = desk_search(fixture->desk, "11010119000101009X", 9, NULL);
	assert_int_equal(rows->len, 0);
}

/* ---- R39 ---- */

static json_t *bundle_document(struct desk *desk, const char *id)
{
	static const struct store_column columns[] = {
		{"bytes", STORE_TYPE_BLOB, 0}, STORE_COLUMNS_END};
	static const struct store_shape shape = {sizeof(GBytes *), columns};
	GBytes *bytes = NULL;
	bool found = false;
	assert_true(store_row(desk_store(desk), STATEMENT_BUNDLE_GET,
		STORE_VALUES(STORE_TEXT("id", id)), &shape, &bytes, &found, NULL));
	gsize size = 0;
	const char *text = g_bytes_get_data(bytes, &size);
	json_t *document = json_read(text, size, "bundle", NULL);
	size_t again_size = 0;
	g_autofree char *again = json_frozen(document, &again_size);
	assert_int_equal(again_size, size);
	assert_memory_equal(again, text, size);
	g_bytes_unref(bytes);
	return document;
}

static bool in_items(const json_t *list, const GArray *items, const struct case_view *view,
	const char *department)
{
	for (guint i = 0; i < items->len; i++)
		for (guint k = 0; k < view->items->len; k++) {
			const struct case_item *item = view->items->pdata[k];
			if (item->taken && item->item == g_array_index(items, int, i) &&
				strcmp(item->department, department) == 0)
				return true;
		}
	return false;
}

static void check_bundle(struct desk *desk, const struct case_view *view, const char *department,
	const json_t *document)
{
	const json_t *fields = json_object_get(document, "fields");
	for (guint i = 0; i < view->fields->len; i++) {
		const struct case_field *field = view->fields->pdata[i];
		bool wanted = in_items(NULL, field->use->items, view, department);
		bool there = json_object_get(fields, field->use->field->key) != NULL;
		assert_true(!there || wanted);
		assert_true(!wanted || there || *field->value == '\0');
	}
	const json_t *materials = json_object_get(document, "materials");
	for (size_t i = 0; i < json_array_size(materials); i++) {
		const char *code = json_text(json_array_get(materials, i), "material", "");
		for (guint k = 0; k < view->materials->len; k++) {
			const struct case_material *at = view->materials->pdata[k];
			if (strcmp(at->use->material->code, code) == 0)
				assert_true(in_items(NULL, at->use->items, view, department));
		}
	}
	const json_t *parties = json_object_get(document, "parties");
	for (size_t i = 0; i < json_array_size(parties); i++) {
		const json_t *party = json_array_get(parties, i);
		g_autofree char *key = g_strconcat(json_text(party, "role", ""), ".phone", NULL);
		if (*json_text(party, "phone", "") != '\0')
			assert_non_null(json_object_get(fields, key));
	}
}

static void a_department_gets_only_what_its_items_need(void **state)
{
	struct support_fixture *fixture = *state;
	static const char *const names[] = {"retail", "catering", "birth", "housing"};
	for (size_t n = 0; n < G_N_ELEMENTS(names); n++) {
		g_autofree char *id = NULL;
		g_autofree char *number = support_take_in(fixture->desk, names[n], &id);
		g_autoptr(case_view) view = support_view(fixture->desk, id);
		size_t smaller = 0;
		for (guint i = 0; i < view->bundles->len; i++) {
			const struct case_bundle *bundle = view->bundles->pdata[i];
			g_autoptr(json_t) document = bundle_document(fixture->desk, bundle->id);
			check_bundle(fixture->desk, view, bundle->department, document);
			assert_string_equal(json_text(document, "case", ""), number);
			smaller += json_array_size(json_object_get(document, "materials")) <
				   view->materials->len;
		}
		assert_true(view->bundles->len == 1 || smaller > 0);
	}
}

/* ---- the clock ---- */

static void a_clock_set_back_asks_a_supervisor(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *first = NULL, *number = NULL, *early = NULL;
	g_autofree char *id = NULL;
	number = support_take_in(desk, "retail", &id);
	g_autofree char *draft = draft_of(desk, "birth");
	must(desk_set_now(desk, SUPPORT_DESK_NOW_MS - CIVIL_DAY_MS, &error));
	must_fail(desk_take_in(desk, draft, &early, &error), ERR_CODE_TIME);
	must_fail(desk_clock_confirm(desk, &error), ERR_CODE_PERMISSION);
	must(desk_login_demo(desk, "zhuguan", &error));
	must(desk_clock_confirm(desk, &error));
	must(desk_login_demo(desk, "yanshi", &error));
	must(desk_take_in(desk, draft, &first, &error));
}

static void a_day_outside_the_calendar_asks_a_supervisor(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *draft = draft_of(desk, "birth");
	char *number = NULL;
	must(desk_set_now(desk, SUPPORT_DESK_NOW_MS + 60 * CIVIL_DAY_MS, &error));
	must_fail(desk_take_in(desk, draft, &number, &error), ERR_CODE_TIME);
}

static void a_forked_home_takes_nothing_in(void **state)
{
	struct support_fixture *fixture = *state;
	g_autofree char *draft = draft_of(fixture->desk, "birth");
	assert_true(support_sql(fixture->home, "UPDATE line_state SET forked = 1"));
	char *number = NULL;
	must_fail(desk_take_in(fixture->desk, draft, &number, &error), ERR_CODE_FORK);
}

static void a_second_correction_names_nothing_new(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *id = draft_of(desk, "retail");
	g_autoptr(GPtrArray) first = g_ptr_array_new();
	g_autoptr(GPtrArray) second = g_ptr_array_new();
	g_ptr_array_add(first, (void *)"平面布置图未标注操作间");
	g_ptr_array_add(second, (void *)"健康证明过期");
	g_autofree char *a = NULL, *b = NULL, *c = NULL;
	must_fail(desk_correct(desk, id, NULL, &a, &error), ERR_CODE_INCOMPLETE);
	must(desk_correct(desk, id, first, &a, &error));
	must(desk_correct(desk, id, first, &b, &error));
	must_fail(desk_correct(desk, id, second, &c, &error), ERR_CODE_PERMISSION);
	g_autoptr(GPtrArray) rows = desk_queue(desk, QUEUE_KIND_CORRECTION, 0, 10, NULL);
	assert_int_equal(rows->len, 1);
	desk_case_release(desk, id);
	must(desk_login_demo(desk, "zhuguan", &error));
	must(desk_correct(desk, id, second, &c, &error));
	/* A label opens its case. */
	g_autoptr(case_view) view = support_view(desk, a);
	assert_string_equal(view->id, id);
}

/* Before the questionnaire says what is asked, nothing of it is done and nothing is wrong. */
static void a_fresh_draft_has_nothing_done(void **state)
{
	struct support_fixture *fixture = *state;
	g_autofree char *id = desk_draft_new(fixture->desk, "jiangmen-2020", "1", NULL);
	assert_non_null(id);
	g_autoptr(case_view) view = support_view(fixture->desk, id);
	for (int step = 0; step < CASE_STEP_COUNT; step++)
		assert_int_equal(view->steps[step], CASE_STEP_STATE_OPEN);
}

static void search_finds_by_everything(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *id = NULL;
	g_autofree char *number = support_take_in(desk, "retail", &id);
	g_autofree char *start = g_strndup(number, 9);
	const char *texts[] = {number, start, "演示九", "演示", "示九", "ysj", "yanshijiu", "YSJ",
		"11010119000101009X", "11010119000101009x", "009X", "009x"};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GPtrArray) rows = desk_search(desk, texts[i], 10, NULL);
		if (rows->len != 1)
			fail_msg("%s finds %u", texts[i], rows->len);
		assert_string_equal(((struct case_row *)rows->pdata[0])->id, id);
	}
	/* As it is spoken at the counter: window and number, with the day before it or without. */
	g_autofree char *date = g_strndup(number + 5, 6);
	char *spoken[] = {g_strndup(number + 12, 6), g_ascii_strdown(number + 12, 6),
		g_strndup(number + 12, 8), g_strdup_printf("%.2s1", number + 12),
		g_strndup(number + 5, 13), g_strndup(number + 7, 11),
		g_strdup_printf("%s%.6s", date, number + 12), g_strndup(number + 12, 4)};
	for (size_t i = 0; i < G_N_ELEMENTS(spoken); i++) {
		g_autoptr(GPtrArray) rows = desk_search(desk, spoken[i], 10, NULL);
		if (rows->len != 1)
			fail_msg("%s finds %u", spoken[i], rows->len);
		g_free(spoken[i]);
	}
	static const char *const nothing[] = {"3A0002", "261119-3A0001", "3B0001", "3A00011", "",
		"\"", "张三", "*", "names:", "NEAR(", "' OR 1", "11010119000101001X", "zzz", "--"};
	for (size_t i = 0; i < G_N_ELEMENTS(nothing); i++) {
		g_autoptr(GPtrArray) rows = desk_search(desk, nothing[i], 10, NULL);
		assert_int_equal(rows->len, 0);
	}
}

static void an_erased_case_is_nowhere(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *id = NULL;
	g_autofree char *number = support_take_in(desk, "retail", &id);
	must(journal_erase_case(
		desk_store(desk), id, "档案保管期满", desk_now_ms(desk), "guanli", &error));
	g_autoptr(GPtrArray) rows = desk_search(desk, "演示九", 10, NULL);
	assert_int_equal(rows->len, 0);
	g_autofree char *path = g_build_filename(fixture->home, "yichuang.db", NULL);
	g_autofree char *bytes = NULL;
	gsize size = 0;
	assert_true(g_file_get_contents(path, &bytes, &size, NULL));
	assert_null(memmem(bytes, size, "11010119000101009X", 18));
	assert_null(memmem(bytes, size, "演示九", strlen("演示九")));
}

#define row(name) cmocka_unit_test_setup_teardown(name, support_desk_set_up, support_desk_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		row(a_theme_off_the_shelf_is_for_reading),
		row(a_blocking_answer_is_named_first),
		row(a_wrong_value_is_kept_and_reported),
		row(necessity_decides_what_a_material_may_be),
		row(a_material_of_an_earlier_case_is_reused),
		row(the_second_press_gives_the_same_number),
		row(the_same_document_with_a_key_is_one_case),
		row(a_refused_document_leaves_its_draft),
		row(a_discarded_draft_leaves_nothing),
		row(a_department_gets_only_what_its_items_need),
		row(a_clock_set_back_asks_a_supervisor),
		row(a_day_outside_the_calendar_asks_a_supervisor),
		row(a_forked_home_takes_nothing_in),
		row(a_second_correction_names_nothing_new),
		row(a_fresh_draft_has_nothing_done),
		row(search_finds_by_everything),
		row(an_erased_case_is_nowhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
