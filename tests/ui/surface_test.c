#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "actions.h"
#include "surface.h"
#include "widgets/editor.h"
#include "widgets/list.h"

static void expect(struct surface *surface, const char *text)
{
	g_autofree char *dump = surface_dump(surface);
	assert_string_equal(dump, text);
}

static void test_double_width_is_clipped_and_aligned(void **state)
{
	(void)state;
	g_autoptr(surface) surface = surface_new(3, 8);
	struct area area = surface_area(surface);
	area_text(area, 0, 0, STYLE_NORMAL, "办件abcdef");
	area_cell(area, 1, 0, 6, STYLE_NORMAL, "一二三四");
	area_text(area, 1, 6, STYLE_NORMAL, "|");
	area_text(area, 2, 7, STYLE_NORMAL, "宽");
	expect(surface, "办件abcd\n一二~ |\n\n");
}

static void test_writing_over_half_blanks_the_other(void **state)
{
	(void)state;
	g_autoptr(surface) surface = surface_new(1, 6);
	struct area area = surface_area(surface);
	area_text(area, 0, 0, STYLE_NORMAL, "一二三");
	area_text(area, 0, 3, STYLE_NORMAL, "x");
	expect(surface, "一 x三\n");
	area_text(area, 0, 0, STYLE_NORMAL, "y");
	expect(surface, "y  x三\n");
}

static void test_foreign_text_cannot_move_or_hide(void **state)
{
	(void)state;
	g_autoptr(surface) surface = surface_new(1, 20);
	area_text(surface_area(surface), 0, 0, STYLE_NORMAL, "a\033[2J\r\n\302\233b\342\200\256c");
	expect(surface, "a\357\277\275[2J\357\277\275\357\277\275\357\277\275b\357\277\275c\n");
}

static void test_areas_clip_their_parts(void **state)
{
	(void)state;
	g_autoptr(surface) surface = surface_new(3, 6);
	struct area part = area_part(surface_area(surface), 1, 2, 1, 3);
	area_text(part, 0, 0, STYLE_NORMAL, "abcdef");
	area_text(part, 1, 0, STYLE_NORMAL, "never");
	area_text(part, -1, 0, STYLE_NORMAL, "never");
	expect(surface, "\n  abc\n\n");
}

static void test_editor_moves_by_characters_and_bounds_length(void **state)
{
	(void)state;
	struct editor editor;
	editor_init(&editor, "", 3);
	assert_true(editor_insert(&editor, "演示一二"));
	assert_string_equal(editor.text->str, "演示一");
	assert_false(editor_insert(&editor, "x"));
	assert_true(editor_action(&editor, ACTION_LEFT));
	assert_true(editor_action(&editor, ACTION_ERASE));
	assert_string_equal(editor.text->str, "演一");
	assert_true(editor_action(&editor, ACTION_FIRST));
	assert_false(editor_action(&editor, ACTION_LEFT));
	assert_true(editor_action(&editor, ACTION_DELETE));
	assert_true(editor_insert(&editor, "e\314\201"));
	assert_true(editor_action(&editor, ACTION_ERASE));
	assert_string_equal(editor.text->str, "一");
	editor_clear(&editor);
}

static void test_list_keeps_its_selection_in_sight(void **state)
{
	(void)state;
	struct list_view view = {0};
	list_view_recount(&view, 100);
	assert_true(list_view_action(&view, ACTION_LAST, 10));
	assert_int_equal(view.selected, 99);
	assert_int_equal(list_view_top(&view, 10), 90);
	list_view_recount(&view, 5);
	assert_int_equal(view.selected, 4);
	list_view_recount(&view, 0);
	assert_false(list_view_action(&view, ACTION_DOWN, 10));
}

/* Every key of every context means something that has a name and a help sentence. */
static void test_keymap_and_actions_agree(void **state)
{
	(void)state;
	assert_int_equal(keymap_action(CONTEXT_HOME, KEY_F(1)), ACTION_HELP);
	assert_int_equal(keymap_action(CONTEXT_MATERIAL, KEY_ENTER_), ACTION_RECEIVE);
	assert_int_equal(keymap_action(CONTEXT_GUIDE, KEY_ENTER_), ACTION_NEXT);
	assert_int_equal(keymap_action(CONTEXT_FORM, KEY_F(11)), ACTION_NONE);
	for (int context = CONTEXT_GLOBAL; context < CONTEXT_COUNT; context++) {
		g_autofree const struct keymap_row **rows = keymap_rows((enum context)context);
		for (int i = 0; rows[i] != NULL; i++) {
			assert_string_not_equal(action_label(rows[i]->action), "");
			assert_string_not_equal(action_help(rows[i]->action), "");
			assert_string_not_equal(key_name(rows[i]->key), "");
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_double_width_is_clipped_and_aligned),
		cmocka_unit_test(test_writing_over_half_blanks_the_other),
		cmocka_unit_test(test_foreign_text_cannot_move_or_hide),
		cmocka_unit_test(test_areas_clip_their_parts),
		cmocka_unit_test(test_editor_moves_by_characters_and_bounds_length),
		cmocka_unit_test(test_list_keeps_its_selection_in_sight),
		cmocka_unit_test(test_keymap_and_actions_agree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
