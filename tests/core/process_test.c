/* The order of items as layers, and where boxes and lines of it stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/process_plan.h"

/* ---- layers ---- */

/*
 * A process in one line: "0 1 2<0 3<1,2" is four nodes, node 2 after 0 …; "a" to "z" behind a
 * number is its group of alternatives.
 */
static struct process *read_process(const char *text)
{
	struct process *process = process_new();
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (int i = 0; words[i] != NULL; i++) {
		const char *at = words[i] + strspn(words[i], "0123456789");
		process_add(process, i, g_ascii_isalpha(*at) ? *at - 'a' + 1 : 0);
	}
	for (int i = 0; words[i] != NULL; i++) {
		const char *link = strchr(words[i], '<');
		g_auto(GStrv) before = g_strsplit(link == NULL ? "" : link + 1, ",", -1);
		for (char **one = before; *one != NULL; one++)
			process_link(process, atoi(*one), i);
	}
	process_settle(process);
	return process;
}

/* "0 | 2<0 1<0 | 3<1,2": the layers with their nodes by place and what is right before them. */
static char *write_process(const struct process *process)
{
	GString *text = g_string_new(NULL);
	for (int layer = 0; layer < process->layers; layer++) {
		guint written = 0;
		g_string_append(text, layer == 0 ? "" : " |");
		for (int place = 0; written != process->nodes->len && place < 100; place++)
			for (guint i = 0; i < process->nodes->len; i++) {
				const struct process_node *node = process->nodes->pdata[i];
				if (node->layer != layer || node->place != place)
					continue;
				g_string_append_printf(text, "%s%u", text->len ? " " : "", i);
				for (guint k = 0; k < node->after->len; k++)
					g_string_append_printf(text, "%s%d", k == 0 ? "<" : ",",
						g_array_index(node->after, int, k));
				written++;
			}
	}
	return g_string_free(text, FALSE);
}

static void nodes_stand_below_what_comes_before_them(void **state)
{
	static const struct {
		const char *what, *given, *wanted;
	} rows[] = {
		{"one", "0", "0"},
		{"nothing waits", "0 1 2", "0 1 2"},
		{"a chain", "0 1<0 2<1 3<2", "0 | 1<0 | 2<1 | 3<2"},
		{"a chain told backwards", "0<1 1<2 2", "2 | 1<2 | 0<1"},
		{"a diamond", "0 1<0 2<0 3<1,2", "0 | 1<0 2<0 | 3<1,2"},
		{"a diamond with a short cut", "0 1<0 2<0 3<0,1,2", "0 | 1<0 2<0 | 3<1,2"},
		{"the long way counts", "0 1<0 2<1 3<0 4<2,3", "0 | 1<0 3<0 | 2<1 | 4<2,3"},
		{"several roots", "0 1 2<1 3<0", "0 1 | 3<0 2<1"},
		{"two chains side by side", "0 1 2<0 3<1 4<2 5<3", "0 1 | 2<0 3<1 | 4<2 5<3"},
		{"twice is once", "0 1<0,0,0", "0 | 1<0"},
		{"a cycle loses a link", "0<2 1<0 2<1", "1 | 2<1 | 0<2"},
		{"of itself", "0<0 1<0", "0 | 1<0"},
		{"numbers that are none", "0 1<7", "0 1"},
		{"alternatives side by side", "0a 1 2a 3", "0 2 1 3"},
		{"alternatives in one layer", "0 1<0 2a<0 3a<1 4<2,3", "0 | 1<0 | 2<0 3<1 | 4<2,3"},
		{"alternatives that wait for each other", "0a 1b<0 2b 3a<2", "0 2 | 1<0 3<2"},
		{"two groups", "0 1a<0 2b<0 3a<0 4b<0", "0 | 1<0 3<0 2<0 4<0"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(process) process = read_process(rows[i].given);
		g_autofree char *text = write_process(process);
		if (strcmp(text, rows[i].wanted) != 0)
			fail_msg("%s: %s became %s", rows[i].what, rows[i].given, text);
	}
}

/* ---- of a theme ---- */

static void add_row(struct theme *theme, const char *choice, const char *question,
	const char *option, const char *after)
{
	struct theme_item *item = g_new0(struct theme_item, 1);
	g_auto(GStrv) before = g_strsplit(after, ",", -1);
	item->index = (int)theme->items->len;
	item->choice = g_strdup(choice);
	item->not_offered = g_strdup("");
	item->after = g_array_new(FALSE, FALSE, sizeof(int));
	for (char **one = before; *one != NULL && **one != '\0'; one++) {
		int index = atoi(*one);
		g_array_append_val(item->after, index);
	}
	item->when.terms = g_ptr_array_new();
	if (*question != '\0') {
		struct condition_term *term = g_new0(struct condition_term, 1);
		term->question = g_strdup(question);
		term->options = g_strsplit(option, ",", -1);
		g_ptr_array_add(item->when.terms, term);
	}
	g_ptr_array_add(theme->items, item);
}

static struct theme *shop(void)
{
	struct theme *theme = g_new0(struct theme, 1);
	theme->items = g_ptr_array_new();
	theme->exclusions = g_ptr_array_new();
	add_row(theme, "", "", "", "");
	add_row(theme, "A", "food", "small", "0");
	add_row(theme, "A", "food", "bulk,cook", "0");
	add_row(theme, "", "", "", "");
	add_row(theme, "", "", "", "1,2");
	return theme;
}

static void a_theme_has_start_end_and_alternatives(void **state)
{
	g_autoptr(theme) theme = shop();
	g_autoptr(process) process = process_of_theme(theme, NULL);
	g_autofree char *text = write_process(process);
	/* 0 start, 1–5 the rows, 6 end */
	assert_string_equal(text, "0 | 1<0 4<0 | 2<1 3<1 | 5<2,3 | 6<4,5");
	const struct process_node *first = process->nodes->pdata[2];
	const struct process_node *second = process->nodes->pdata[3];
	assert_int_equal(first->group, second->group);
	assert_int_not_equal(first->group, 0);
	assert_int_equal(((struct process_node *)process->nodes->pdata[1])->group, 0);
}

static void what_is_not_shown_is_bridged(void **state)
{
	static const struct {
		bool shown[5];
		const char *wanted;
	} rows[] = {
		{{true, false, false, true, true}, "0 | 1<0 2<0 | 3<1 | 4<2,3"},
		{{false, false, false, false, true}, "0 | 1<0 | 2<1"},
		{{true, true, false, false, true}, "0 | 1<0 | 2<1 | 3<2 | 4<3"},
		{{false}, "0 | 1<0"},
	};
	g_autoptr(theme) theme = shop();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(process) process = process_of_theme(theme, rows[i].shown);
		g_autofree char *text = write_process(process);
		assert_string_equal(text, rows[i].wanted);
	}
}

static void rows_exclude_each_other_for_three_reasons(void **state)
{
	g_autoptr(theme) theme = g_new0(struct theme, 1);
	theme->items = g_ptr_array_new();
	theme->exclusions = g_ptr_array_new();
	add_row(theme, "A", "", "", "");
	add_row(theme, "A", "", "", "");
	add_row(theme, "B", "kind", "x,y", "");
	add_row(theme, "", "kind", "z", "");
	add_row(theme, "", "kind", "y,z", "");
	add_row(theme, "", "", "", "");
	struct exclusion *exclusion = g_new0(struct exclusion, 1);
	exclusion->items = g_array_new(FALSE, FALSE, sizeof(int));
	g_array_append_vals(exclusion->items, ((int[]){0, 5}), 2);
	g_ptr_array_add(theme->exclusions, exclusion);
	static const struct {
		int a, b;
		bool excludes;
	} rows[] = {{0, 1, true}, {0, 2, false}, {2, 3, true}, {2, 4, false}, {3, 4, false},
		{0, 5, true}, {1, 5, false}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_int_equal(process_excludes(theme, theme->items->pdata[rows[i].a],
					 theme->items->pdata[rows[i].b]),
			rows[i].excludes);
}

/* ---- the plan ---- */

static int three(void *data, int node, int width)
{
	(void)data, (void)node, (void)width;
	return 3;
}

static const struct process_measure cells = {.width = 78,
	.box = 20,
	.most = 40,
	.gap = 4,
	.lane = 2,
	.track = 1,
	.head = 1,
	.height = three};

static bool crosses_box(const struct process_line *line, const struct process_box *box)
{
	return line->x + line->width >= box->x && line->x < box->x + box->width &&
	       line->y + line->height > box->y && line->y < box->y + box->height;
}

static void check_line(const struct process_plan *plan, const struct process_line *line)
{
	bool arrives = !line->arrow;
	assert_true(line->x >= 0 && line->x + line->width < plan->width);
	assert_true(line->y >= 0 && line->y + line->height <= plan->height);
	for (guint i = 0; i < plan->boxes->len; i++) {
		const struct process_box *box = &g_array_index(plan->boxes, struct process_box, i);
		assert_false(crosses_box(line, box));
		arrives = arrives || (line->y + line->height == box->y && line->x >= box->x &&
					     line->x < box->x + box->width);
	}
	assert_true(arrives);
}

/* Lines of different nets may cross but never run along each other. */
static void check_pair(const struct process_line *a, const struct process_line *b)
{
	bool along = a->net != b->net && ((a->width == 0) == (b->width == 0));
	if (!along || (a->from_box && b->from_box && a->x == b->x))
		return;
	if (a->width == 0)
		assert_false(a->x == b->x && a->y < b->y + b->height && b->y < a->y + a->height);
	else
		assert_false(a->y == b->y && a->x <= b->x + b->width && b->x <= a->x + a->width);
}

static void check_plan(const struct process *process, const struct process_measure *measure)
{
	g_autoptr(process_plan) plan = process_plan_new(process, measure);
	guint arrows = 0, targets = 0;
	for (guint i = 0; i < plan->boxes->len; i++) {
		const struct process_box *a = &g_array_index(plan->boxes, struct process_box, i);
		targets += ((struct process_node *)process->nodes->pdata[i])->after->len != 0;
		assert_true(a->x >= 0 && a->width > 4 && a->x + a->width <= plan->width);
		assert_true(a->y >= 0 && a->y + a->height <= plan->height);
		for (guint k = 0; k < i; k++) {
			const struct process_box *b =
				&g_array_index(plan->boxes, struct process_box, k);
			assert_false(a->x < b->x + b->width && b->x < a->x + a->width &&
				     a->y < b->y + b->height && b->y < a->y + a->height);
		}
	}
	for (guint i = 0; i < plan->lines->len; i++) {
		const struct process_line *line =
			&g_array_index(plan->lines, struct process_line, i);
		check_line(plan, line);
		arrows += line->arrow;
		for (guint k = 0; k < i; k++)
			check_pair(line, &g_array_index(plan->lines, struct process_line, k));
	}
	assert_int_equal(arrows, targets);
}

static void plans_keep_boxes_and_lines_apart(void **state)
{
	static const char *const given[] = {"0", "0 1<0", "0 1<0 2<0 3<1,2", "0 1 2<1 3<0",
		"0 1<0 2<0 3<0 4<0 5<0 6<0 7<1,2,3,4,5,6", "0 1 2<0,1 3<0 4<2 5<3,4",
		"0a 1a 2a 3a 4a 5b 6b", "0 1<0 2<1 3<2 4<3 5<4 6<0,5"};
	for (size_t i = 0; i < G_N_ELEMENTS(given); i++) {
		g_autoptr(process) process = read_process(given[i]);
		check_plan(process, &cells);
	}
}

static void alternatives_have_an_or_between(void **state)
{
	g_autoptr(process) process = read_process("0 1a<0 2a<0 3<0");
	g_autoptr(process_plan) plan = process_plan_new(process, &cells);
	assert_int_equal(plan->ors->len, 1);
	const struct process_or * or = &g_array_index(plan->ors, struct process_or, 0);
	const struct process_box *left = &g_array_index(plan->boxes, struct process_box, 1);
	const struct process_box *right = &g_array_index(plan->boxes, struct process_box, 2);
	assert_true(or->x >= left->x + left->width && or->x < right->x);
	assert_true(or->y > left->y && or->y < left->y + left->height);
}

static int some_height(void *data, int node, int width)
{
	(void)data;
	return 3 + (node * 7 + width) % 4;
}

/* Any process, at any width: the plan is whole, and the same twice. */
static void any_process_has_a_plan(void **state)
{
	g_autoptr(GRand) chance = g_rand_new_with_seed(20261121);
	for (int round = 0; round < 400; round++) {
		g_autoptr(process) process = process_new();
		int count = g_rand_int_range(chance, 1, 26);
		for (int i = 0; i < count; i++)
			process_add(process, i,
				g_rand_boolean(chance) ? 0 : g_rand_int_range(chance, 0, 4));
		for (int i = 0; i < count * 3 / 2; i++)
			process_link(process, g_rand_int_range(chance, 0, count),
				g_rand_int_range(chance, 0, count));
		process_settle(process);
		struct process_measure measure = cells;
		measure.width = g_rand_int_range(chance, 60, 160);
		measure.height = some_height;
		check_plan(process, &measure);
	}
}

static void a_thousand_rows_settle(void **state)
{
	g_autoptr(process) process = process_new();
	for (int i = 0; i < 1000; i++) {
		process_add(process, i, 0);
		for (int k = MAX(i - 20, 0); k < i; k++)
			process_link(process, k, i);
	}
	gint64 begin = g_get_monotonic_time();
	process_settle(process);
	assert_int_equal(process->layers, 1000);
	assert_true(g_get_monotonic_time() - begin < 5 * G_USEC_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nodes_stand_below_what_comes_before_them),
		cmocka_unit_test(a_theme_has_start_end_and_alternatives),
		cmocka_unit_test(what_is_not_shown_is_bridged),
		cmocka_unit_test(rows_exclude_each_other_for_three_reasons),
		cmocka_unit_test(plans_keep_boxes_and_lines_apart),
		cmocka_unit_test(alternatives_have_an_or_between),
		cmocka_unit_test(any_process_has_a_plan),
		cmocka_unit_test(a_thousand_rows_settle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
