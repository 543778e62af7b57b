#include "core/situation.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* ---- a theme and its definitions, written as briefly as they read ---- */

/* "loan=yes|maybe & owner=firm"; "" or NULL always. */
static struct condition when(const char *text)
{
	struct condition condition = {NULL};
	if (text == NULL || *text == '\0')
		return condition;
	condition.terms = g_ptr_array_new();
	g_auto(GStrv) terms = g_strsplit(text, " & ", -1);
	for (size_t i = 0; terms[i] != NULL; i++) {
		g_auto(GStrv) sides = g_strsplit(terms[i], "=", 2);
		struct condition_term *term = g_new0(struct condition_term, 1);
		term->question = g_strdup(sides[0]);
		term->options = g_strsplit(sides[1], "|", -1);
		g_ptr_array_add(condition.terms, term);
	}
	return condition;
}

static struct theme_item *add_item(
	struct theme *theme, const char *name, const char *service, const char *condition)
{
	struct theme_item *item = g_new0(struct theme_item, 1);
	item->index = (int)theme->items->len;
	item->name = g_strdup(name);
	item->service = g_strdup(service);
	item->when = when(condition);
	g_ptr_array_add(theme->items, item);
	return item;
}

/* options: "yes no!reason!remedy" */
static void add_question(
	struct theme *theme, const char *id, const char *condition, const char *options)
{
	struct question *question = g_new0(struct question, 1);
	question->id = g_strdup(id);
	question->text = g_strdup(id);
	question->when = when(condition);
	question->options = g_ptr_array_new_with_free_func((GDestroyNotify)option_free);
	g_auto(GStrv) parts = g_strsplit(options, " ", -1);
	for (size_t i = 0; parts[i] != NULL; i++) {
		g_auto(GStrv) words = g_strsplit(parts[i], "!", 3);
		struct option *option = g_new0(struct option, 1);
		option->id = g_strdup(words[0]);
		option->blocks = words[1] == NULL ? NULL : g_strdup(words[1]);
		option->remedy = words[1] == NULL ? NULL : g_strdup(words[2]);
		g_ptr_array_add(question->options, option);
	}
	g_ptr_array_add(theme->questions, question);
}

static struct service *add_service(struct definitions *definitions, const char *code)
{
	struct service *service = g_new0(struct service, 1);
	service->code = g_strdup(code);
	service->materials = g_ptr_array_new();
	service->fields = g_ptr_array_new();
	assert_true(definitions_take_service(definitions, service));
	return service;
}

static struct material_use *use_material(struct service *service, const char *material,
	enum necessity necessity, int originals, int copies, const char *condition)
{
	struct material_use *use = g_new0(struct material_use, 1);
	use->material = g_strdup(material);
	use->necessity = necessity;
	use->originals = originals;
	use->copies = copies;
	use->when = when(condition);
	g_ptr_array_add(service->materials, use);
	return use;
}

static void use_field(
	struct service *service, const char *key, bool required, const char *condition)
{
	struct field_use *use = g_new0(struct field_use, 1);
	use->field = g_strdup(key);
	use->required = required;
	use->when = when(condition);
	g_ptr_array_add(service->fields, use);
}

static void add_material(struct definitions *definitions, const char *code)
{
	struct material *material = g_new0(struct material, 1);
	material->code = g_strdup(code);
	material->review_points = g_strsplit("在有效期内", "|", -1);
	assert_true(definitions_take_material(definitions, material));
}

static void add_field(struct definitions *definitions, const char *key)
{
	struct field *field = g_new0(struct field, 1);
	field->key = g_strdup(key);
	assert_true(definitions_take_field(definitions, field));
}

struct fixture {
	struct theme *theme;
	struct definitions *definitions;
	GHashTable *answers;
	GHashTable *deselected;
};

/* Opening a shop: licence always; food when cooking; A or B of a 二选一; sign when there is one. */
static void fill(struct fixture *f)
{
	struct service *licence = add_service(f->definitions, "S-LICENCE");
	struct service *food = add_service(f->definitions, "S-FOOD");
	struct service *gone = add_service(f->definitions, "S-GONE");
	gone->status = SERVICE_STATUS_ABOLISHED;
	add_material(f->definitions, "M-ID");
	add_material(f->definitions, "M-PLAN");
	add_material(f->definitions, "M-LEASE");
	add_field(f->definitions, "applicant.name");
	add_field(f->definitions, "premises.area");
	use_material(licence, "M-ID", NECESSITY_DEFERRABLE, 1, 1, "");
	use_material(licence, "M-LEASE", NECESSITY_OPTIONAL, 0, 1, "home=rented");
	struct material_use *use = use_material(food, "M-ID", NECESSITY_REQUIRED, 0, 2, "");
	use->image = true;
	use->review_points = g_strsplit("在有效期内|与本人一致", "|", -1);
	use_material(food, "M-PLAN", NECESSITY_REQUIRED, 0, 1, "cooks=yes");
	use_field(licence, "applicant.name", false, "");
	use_field(food, "applicant.name", true, "");
	use_field(food, "premises.area", true, "cooks=yes");
	add_question(f->theme, "home", "", "own rented none!没有经营场所!先租好场所再来");
	add_question(f->theme, "food", "", "yes no");
	add_question(f->theme, "cooks", "food=yes", "yes no");
	add_item(f->theme, "营业执照", "S-LICENCE", "")->parallel = true;
	add_item(f->theme, "食品经营许可", "S-FOOD", "food=yes");
	add_item(f->theme, "许可甲", "", "")->choice = g_strdup("A");
	add_item(f->theme, "许可乙", "", "")->choice = g_strdup("A");
	add_item(f->theme, "对外贸易经营者备案", "S-GONE", "");
	add_item(f->theme, "线上办", "", "")->not_offered = g_strdup("只在网上办");
}

static int set_up(void **state)
{
	struct fixture *f = g_new0(struct fixture, 1);
	f->theme = g_new0(struct theme, 1);
	f->theme->items = g_ptr_array_new_with_free_func((GDestroyNotify)theme_item_free);
	f->theme->questions = g_ptr_array_new();
	f->theme->exclusions = g_ptr_array_new();
	f->definitions = definitions_new();
	f->answers = g_hash_table_new(g_str_hash, g_str_equal);
	f->deselected = g_hash_table_new(NULL, NULL);
	fill(f);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	theme_free(f->theme);
	definitions_free(f->definitions);
	g_hash_table_unref(f->answers);
	g_hash_table_unref(f->deselected);
	g_free(f);
	return 0;
}

static void answer(struct fixture *f, const char *question, const char *option)
{
	g_hash_table_insert(f->answers, (char *)question, (char *)option);
}

static void leave(struct fixture *f, int item)
{
	g_hash_table_add(f->deselected, GINT_TO_POINTER(item));
}

static struct situation *build(const struct fixture *f)
{
	return situation_new(f->theme, f->definitions, f->answers, f->deselected);
}

/* One letter an item: I in, A out by answer, C out by choice, U undecided, N not offered. */
static void assert_standings(const struct situation *situation, const char *letters)
{
	g_autoptr(GString) found = g_string_new(NULL);
	for (guint i = 0; i < situation->items->len; i++) {
		const struct situation_item *row = g_ptr_array_index(situation->items, i);
		g_string_append_c(found, "IACUN"[row->standing]);
	}
	assert_string_equal(found->str, letters);
}

static const struct situation_material *material_at(
	const struct situation *situation, const char *code)
{
	for (guint i = 0; i < situation->materials->len; i++) {
		const struct situation_material *row = g_ptr_array_index(situation->materials, i);
		if (strcmp(row->material->code, code) == 0)
			return row;
	}
	return NULL;
}

/* ---- tests ---- */

static void without_answers_everything_that_depends_is_open(void **state)
{
	struct fixture *f = *state;
	leave(f, 3);
	g_autoptr(situation) situation =
		situation_new(f->theme, f->definitions, NULL, f->deselected);
	assert_standings(situation, "IUICNN");
	assert_int_equal(situation->questions->len, 2); /* home, food; cooks is not asked yet */
	assert_int_equal(situation->open->len, 2);
	assert_false(situation_is_settled(situation));
	/* The lease hangs on an open question: it is not on the list yet. */
	assert_int_equal(situation->materials->len, 1);
}

static void the_next_question_depends_on_the_answer_before(void **state)
{
	struct fixture *f = *state;
	answer(f, "food", "yes");
	g_autoptr(situation) asked = build(f);
	assert_int_equal(asked->questions->len, 3);
	assert_int_equal(asked->open->len, 2);
	answer(f, "food", "no");
	answer(f, "cooks", "yes"); /* not asked: ignored */
	g_autoptr(situation) not_asked = build(f);
	assert_int_equal(not_asked->questions->len, 2);
	assert_standings(not_asked, "IAUUNN");
	assert_null(material_at(not_asked, "M-PLAN"));
}

static void an_unknown_option_is_no_answer(void **state)
{
	struct fixture *f = *state;
	answer(f, "food", "perhaps");
	g_autoptr(situation) situation = build(f);
	assert_standings(situation, "IUUUNN");
	assert_int_equal(situation->open->len, 2);
}

static void an_answer_that_blocks_says_why_and_what_helps(void **state)
{
	struct fixture *f = *state;
	answer(f, "home", "none");
	answer(f, "food", "no");
	leave(f, 3);
	g_autoptr(situation) situation = build(f);
	assert_int_equal(situation->blocks->len, 1);
	const struct situation_block *block = g_ptr_array_index(situation->blocks, 0);
	assert_string_equal(block->reason, "没有经营场所");
	assert_string_equal(block->remedy, "先租好场所再来");
	assert_string_equal(block->question, "home");
	assert_false(situation_is_settled(situation));
}

static void of_two_alternatives_one_is_taken(void **state)
{
	struct fixture *f = *state;
	answer(f, "home", "own");
	answer(f, "food", "no");
	g_autoptr(situation) both = build(f);
	assert_standings(both, "IAUUNN");
	assert_int_equal(both->conflicts->len, 1);
	assert_non_null(strstr(g_ptr_array_index(both->conflicts, 0), "许可乙"));
	assert_false(situation_is_settled(both));
	leave(f, 2);
	g_autoptr(situation) one = build(f);
	assert_standings(one, "IACINN");
	assert_int_equal(one->conflicts->len, 0);
	assert_true(situation_is_settled(one));
	leave(f, 3);
	g_autoptr(situation) none = build(f);
	assert_standings(none, "IACCNN");
	assert_true(situation_is_settled(none));
}

static void what_is_handled_in_parallel_cannot_be_left_out(void **state)
{
	struct fixture *f = *state;
	answer(f, "home", "own");
	answer(f, "food", "no");
	for (int i = 0; i < 6; i++)
		leave(f, i);
	g_autoptr(situation) situation = build(f);
	assert_standings(situation, "IACCNN");
	const struct situation_item *first = g_ptr_array_index(situation->items, 0);
	assert_true(first->fixed);
	const struct situation_item *third = g_ptr_array_index(situation->items, 2);
	assert_false(third->fixed);
	assert_null(third->service);
}

static void items_that_exclude_each_other_are_a_conflict(void **state)
{
	struct fixture *f = *state;
	struct exclusion *exclusion = g_new0(struct exclusion, 1);
	exclusion->items = g_array_new(FALSE, FALSE, sizeof(int));
	const int items[] = {0, 2, 99};
	g_array_append_vals(exclusion->items, items, 3);
	exclusion->reason = g_strdup("首次与重新注册不能同办");
	g_ptr_array_add(f->theme->exclusions, exclusion);
	answer(f, "home", "own");
	answer(f, "food", "no");
	leave(f, 3);
	g_autoptr(situation) situation = build(f);
	assert_standings(situation, "UAUCNN");
	assert_non_null(
		strstr(g_ptr_array_index(situation->conflicts, 0), "首次与重新注册不能同办"));
	leave(f, 2);
	g_autoptr(situation) settled = build(f);
	assert_true(situation_is_settled(settled));
}

static void one_material_serves_all_who_need_it(void **state)
{
	struct fixture *f = *state;
	answer(f, "home", "rented");
	answer(f, "food", "yes");
	answer(f, "cooks", "yes");
	leave(f, 3);
	g_autoptr(situation) situation = build(f);
	assert_true(situation_is_settled(situation));
	assert_int_equal(situation->materials->len, 3);
	const struct situation_material *id = material_at(situation, "M-ID");
	assert_int_equal(id->necessity, NECESSITY_REQUIRED);
	assert_int_equal(id->originals, 1);
	assert_int_equal(id->copies, 3);
	assert_true(id->image);
	assert_int_equal(id->items->len, 2);
	assert_int_equal(g_array_index(id->items, int, 1), 1);
	assert_int_equal(id->review_points->len, 2);
	assert_string_equal(id->original_holder, "");
	assert_int_equal(material_at(situation, "M-LEASE")->necessity, NECESSITY_OPTIONAL);
}

static void two_departments_that_hold_originals_need_one_each(void **state)
{
	struct fixture *f = *state;
	static const char *const users[][2] = {{"S-LICENCE", ""}, {"S-LICENCE", "D-A"},
		{"S-FOOD", "D-B"}, {"S-FOOD", "D-A"}, {"S-FOOD", "D-B"}};
	for (size_t i = 0; i < G_N_ELEMENTS(users); i++) {
		struct service *service =
			(struct service *)definitions_service(f->definitions, users[i][0]);
		struct material_use *use =
			use_material(service, "M-PLAN", NECESSITY_REQUIRED, 1, 0, "");
		use->original_holder = g_strdup(users[i][1]);
	}
	answer(f, "home", "own");
	answer(f, "food", "yes");
	answer(f, "cooks", "no");
	leave(f, 3);
	g_autoptr(situation) situation = build(f);
	const struct situation_material *plan = material_at(situation, "M-PLAN");
	assert_int_equal(plan->originals, 2);
	assert_int_equal(plan->holders->len, 2);
	assert_string_equal(plan->original_holder, "D-A");
}

static void one_field_is_asked_once(void **state)
{
	struct fixture *f = *state;
	answer(f, "home", "own");
	answer(f, "food", "yes");
	answer(f, "cooks", "yes");
	leave(f, 3);
	g_autoptr(situation) situation = build(f);
	assert_int_equal(situation->fields->len, 2);
	const struct situation_field *name = g_ptr_array_index(situation->fields, 0);
	assert_string_equal(name->field->key, "applicant.name");
	assert_true(name->required);
	assert_int_equal(name->items->len, 2);
	answer(f, "cooks", "no");
	g_autoptr(situation) less = build(f);
	assert_int_equal(less->fields->len, 1);
}

static void what_is_not_defined_is_said_and_not_passed_over(void **state)
{
	struct fixture *f = *state;
	struct service *licence =
		(struct service *)definitions_service(f->definitions, "S-LICENCE");
	use_material(licence, "M-NOWHERE", NECESSITY_REQUIRED, 1, 0, "");
	use_field(licence, "no.where", true, "");
	answer(f, "home", "own");
	answer(f, "food", "no");
	leave(f, 3);
	g_autoptr(situation) situation = build(f);
	assert_int_equal(situation->conflicts->len, 2);
	assert_non_null(strstr(g_ptr_array_index(situation->conflicts, 0), "M-NOWHERE"));
	assert_non_null(strstr(g_ptr_array_index(situation->conflicts, 1), "no.where"));
	assert_false(situation_is_settled(situation));
}

static void an_empty_theme_is_never_settled(void **state)
{
	struct theme theme = {0};
	struct fixture *f = *state;
	g_autoptr(situation) situation = situation_new(&theme, f->definitions, NULL, NULL);
	assert_int_equal(situation->items->len, 0);
	assert_false(situation_is_settled(situation));
}

/* Every combination of answers and choices: the result is consistent with itself. */
static void every_path_is_consistent(void **state)
{
	struct fixture *f = *state;
	static const char *const homes[] = {NULL, "own", "rented", "none"};
	static const char *const yes_no[] = {NULL, "yes", "no"};
	for (int n = 0; n < 4 * 3 * 3 * 64; n++) {
		g_hash_table_remove_all(f->answers);
		g_hash_table_remove_all(f->deselected);
		if (homes[n % 4] != NULL)
			answer(f, "home", homes[n % 4]);
		if (yes_no[n / 4 % 3] != NULL)
			answer(f, "food", yes_no[n / 4 % 3]);
		if (yes_no[n / 12 % 3] != NULL)
			answer(f, "cooks", yes_no[n / 12 % 3]);
		for (int i = 0; i < 6; i++)
			if ((n / 36 & 1 << i) != 0)
				leave(f, i);
		g_autoptr(situation) situation = build(f);
		assert_int_equal(situation->items->len, 6);
		for (guint i = 0; i < situation->materials->len; i++) {
			const struct situation_material *row =
				g_ptr_array_index(situation->materials, i);
			assert_true(row->items->len > 0);
		}
		if (situation_is_settled(situation))
			assert_int_equal(situation->open->len + situation->blocks->len, 0);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(without_answers_everything_that_depends_is_open),
		CASE(the_next_question_depends_on_the_answer_before),
		CASE(an_unknown_option_is_no_answer),
		CASE(an_answer_that_blocks_says_why_and_what_helps),
		CASE(of_two_alternatives_one_is_taken),
		CASE(what_is_handled_in_parallel_cannot_be_left_out),
		CASE(items_that_exclude_each_other_are_a_conflict),
		CASE(one_material_serves_all_who_need_it),
		CASE(two_departments_that_hold_originals_need_one_each),
		CASE(one_field_is_asked_once),
		CASE(what_is_not_defined_is_said_and_not_passed_over),
		CASE(an_empty_theme_is_never_settled),
		CASE(every_path_is_consistent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
