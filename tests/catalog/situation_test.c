/*
 * Every way through the questionnaires as they ship, walked with the core itself: each ends settled
 * with a checklist and a form, or blocked with a reason and a remedy; and half-way nothing is
 * settled.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "catalog/set.h"
#include "core/situation.h"

struct walk {
	const struct theme *theme;
	const struct definitions *definitions;
	GHashTable *answers; /* question → option, borrowed strings */
	int settled;
	int blocked;
	int open; /* ways looked at half-way */
};

static int load(void **state)
{
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	struct catalog_set *set = catalog_set_new();
	catalog_set_add_path(set, faults, "data");
	catalog_set_finish(set, faults);
	for (guint i = 0; i < faults->list->len; i++) {
		g_autofree char *sentence = catalog_fault_sentence(faults->list->pdata[i]);
		print_message("%s\n", sentence);
	}
	*state = set;
	return faults->errors + faults->warnings == 0 ? 0 : -1;
}

static int unload(void **state)
{
	catalog_set_free(*state);
	return 0;
}

static void check_blocks(const struct situation *situation)
{
	for (guint i = 0; i < situation->blocks->len; i++) {
		const struct situation_block *block = situation->blocks->pdata[i];
		assert_true(block->reason != NULL && *block->reason != '\0');
		assert_true(block->remedy != NULL && *block->remedy != '\0');
	}
}

/* Not where all that is taken is done on shared data. */
static bool needs_papers(const struct situation *situation)
{
	for (guint i = 0; i < situation->items->len; i++) {
		const struct situation_item *item = situation->items->pdata[i];
		if (item->standing == ITEM_STANDING_IN && item->service->no_materials[0] == '\0')
			return true;
	}
	return false;
}

static void check_settled(const struct situation *situation)
{
	assert_true(situation_is_settled(situation));
	assert_true(situation->materials->len > 0 || !needs_papers(situation));
	assert_true(situation->fields->len > 0);
	for (guint i = 0; i < situation->materials->len; i++) {
		const struct situation_material *material = situation->materials->pdata[i];
		assert_true(material->items->len > 0);
		assert_true(material->originals + material->copies > 0);
	}
}

static void walk_on(struct walk *walk)
{
	g_autoptr(situation) situation =
		situation_new(walk->theme, walk->definitions, walk->answers, NULL);
	if (situation->blocks->len > 0) {
		check_blocks(situation);
		walk->blocked++;
		return;
	}
	if (situation->open->len == 0) {
		check_settled(situation);
		walk->settled++;
		return;
	}
	assert_false(situation_is_settled(situation));
	walk->open++;
	const struct question *question = situation->open->pdata[0];
	for (guint i = 0; i < question->options->len; i++) {
		const struct option *option = question->options->pdata[i];
		g_hash_table_insert(walk->answers, question->id, option->id);
		walk_on(walk);
		g_hash_table_remove(walk->answers, question->id);
	}
}

static void every_way_ends(void **state)
{
	const struct catalog_set *set = *state;
	int themes = 0;
	for (guint i = 0; i < set->lists->len; i++) {
		const struct list *list = set->lists->pdata[i];
		g_autoptr(GHashTable) guides = catalog_set_guides(set, list->id);
		for (guint j = 0; j < list->themes->len; j++) {
			const struct theme *theme = list->themes->pdata[j];
			if (!g_hash_table_contains(guides, theme->id))
				continue;
			g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
			struct walk walk = {theme, set->definitions, answers, 0, 0, 0};
			walk_on(&walk);
			print_message("%s %s: %d settled, %d blocked, %d open\n", list->id,
				theme->id, walk.settled, walk.blocked, walk.open);
			assert_true(walk.settled > 0);
			themes++;
		}
	}
	assert_true(themes >= 4);
}

static const struct theme *find_theme(
	const struct catalog_set *set, const char *list_id, const char *theme_id)
{
	const struct list *list = catalog_set_list(set, list_id);
	for (guint i = 0; i < list->themes->len; i++)
		if (g_str_equal(((struct theme *)list->themes->pdata[i])->id, theme_id))
			return list->themes->pdata[i];
	return NULL;
}

/* 并行办理: the first three rows of a house sale stay whatever is deselected (R05, R11). */
static void parallel_rows_stay(void **state)
{
	const struct theme *theme = find_theme(*state, "national-2022", "个人-6");
	assert_non_null(theme);
	const struct definitions *definitions = ((struct catalog_set *)*state)->definitions;
	g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) deselected = g_hash_table_new(NULL, NULL);
	for (int i = 0; i < 6; i++)
		g_hash_table_add(deselected, GINT_TO_POINTER(i));
	g_autoptr(situation) situation = situation_new(theme, definitions, answers, deselected);
	for (guint i = 0; i < situation->items->len; i++) {
		const struct situation_item *item = situation->items->pdata[i];
		assert_int_equal(item->fixed, i < 3);
		assert_int_equal(item->standing == ITEM_STANDING_IN, i < 3);
	}
}

/* One set of materials: the operator's identity document of a shop is asked once for three rows. */
static void one_document_serves_all(void **state)
{
	static const char *const given[][2] = {{"person", "mainland"}, {"licensed", "no"},
		{"form", "single"}, {"premises", "own"}, {"dwelling", "no"}, {"food", "bulk"},
		{"tobacco", "yes"}, {"tobacco_place", "yes"}, {"school", "no"}, {"env", "exempt"},
		{"agent", "no"}};
	const struct theme *theme = find_theme(*state, "jiangmen-2020", "1");
	g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < G_N_ELEMENTS(given); i++)
		g_hash_table_insert(answers, (char *)given[i][0], (char *)given[i][1]);
	g_autoptr(situation) situation =
		situation_new(theme, ((struct catalog_set *)*state)->definitions, answers, NULL);
	check_settled(situation);
	int found = 0;
	for (guint i = 0; i < situation->materials->len; i++) {
		const struct situation_material *material = situation->materials->pdata[i];
		if (!g_str_equal(material->material->code, "M-ID-OPERATOR"))
			continue;
		found++;
		assert_int_equal(material->items->len, 3);
		assert_int_equal(material->originals, 1);
	}
	assert_int_equal(found, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_ends),
		cmocka_unit_test(parallel_rows_stay),
		cmocka_unit_test(one_document_serves_all),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
