#include "core/item_state.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/err.h"

#define W ITEM_BY_WINDOW
#define D ITEM_BY_DEPARTMENT
#define A ITEM_BY_APPLICANT
#define B ITEM_BY_BUREAU
#define L ITEM_BY_LAW

/* DESIGN section 5 written out once more: every move that is allowed; all others are not. */
static const struct {
	enum item_state from;
	enum item_move move;
	enum item_state to;
	unsigned by;
} allowed[] = {
#define ROW(from, move, to, by)                                                                    \
	{                                                                                          \
		ITEM_STATE_##from, ITEM_MOVE_##move, ITEM_STATE_##to, by                           \
	}
	ROW(DRAFT, CORRECTION_DRAFT, CORRECTING_DRAFT, W),
	ROW(CORRECTING_DRAFT, MENDED, DRAFT, W | A),
	ROW(DRAFT, TAKEN_IN, TAKEN_IN, W),
	ROW(TAKEN_IN, DISPATCHED, DISPATCHED, W),
	ROW(DISPATCHED, RECEIVED, RECEIVED, D),
	ROW(DISPATCHED, DEEMED_ACCEPTED, ACCEPTED, L),
	ROW(RECEIVED, DEEMED_ACCEPTED, ACCEPTED, L),
	ROW(RECEIVED, ACCEPTED, ACCEPTED, D),
	ROW(RECEIVED, REFUSED, REFUSED, D),
	ROW(RECEIVED, CORRECTION, CORRECTING, D),
	ROW(CORRECTING, SUPPLEMENTED, RECEIVED, W | A),
	ROW(CORRECTING, LAPSED, LAPSED, W),
	ROW(ACCEPTED, SUSPENDED, SUSPENDED, D),
	ROW(SUSPENDED, RESUMED, ACCEPTED, D),
	ROW(ACCEPTED, WAITING, WAITING, W | D | L),
	ROW(WAITING, PROCEEDED, ACCEPTED, W | D | L),
	ROW(ACCEPTED, EXTENDED, ACCEPTED, D),
	ROW(SUSPENDED, EXTENDED, SUSPENDED, D),
	ROW(WAITING, EXTENDED, WAITING, D),
	ROW(ACCEPTED, DECIDED, DECIDED, D),
	ROW(DECIDED, RESULT, RESULT_IN, W | D),
	ROW(REFUSED, RESULT, RESULT_IN, W | D),
	ROW(RESULT_IN, DELIVERED, DELIVERED, W),
	ROW(DRAFT, WITHDRAWN, WITHDRAWN, A),
	ROW(CORRECTING_DRAFT, WITHDRAWN, WITHDRAWN, A),
	ROW(TAKEN_IN, WITHDRAWN, WITHDRAWN, A),
	ROW(DISPATCHED, WITHDRAWN, WITHDRAWN, A),
	ROW(RECEIVED, WITHDRAWN, WITHDRAWN, A),
	ROW(CORRECTING, WITHDRAWN, WITHDRAWN, A),
	ROW(ACCEPTED, WITHDRAWN, WITHDRAWN, A),
	ROW(SUSPENDED, WITHDRAWN, WITHDRAWN, A),
	ROW(WAITING, WITHDRAWN, WITHDRAWN, A),
#undef ROW
};

static int find_row(enum item_state from, enum item_move move)
{
	for (size_t i = 0; i < G_N_ELEMENTS(allowed); i++)
		if (allowed[i].from == from && allowed[i].move == move)
			return (int)i;
	return -1;
}

static void assert_move(enum item_state from, enum item_move move, unsigned by)
{
	int row = find_row(from, move);
	enum item_state to = ITEM_STATE_COUNT;
	g_autoptr(GError) error = NULL;
	bool made = item_move_apply("食品经营许可", from, move, by, &to, &error);
	if (row >= 0 && (allowed[row].by & by) != 0) {
		assert_true(made);
		assert_int_equal(to, allowed[row].to);
		return;
	}
	if (made)
		fail_msg("%s by %u from %s", item_move_word(move), by, item_state_word(from));
	assert_int_equal(to, ITEM_STATE_COUNT);
	assert_true(err_is(error, row < 0 ? ERR_CODE_MOVE : ERR_CODE_PERMISSION));
	assert_non_null(strstr(error->message, "食品经营许可"));
}

static void only_the_moves_of_the_table_are_made(void **state)
{
	for (int from = 0; from < ITEM_STATE_COUNT; from++)
		for (int move = 0; move < ITEM_MOVE_COUNT; move++) {
			assert_int_equal(
				item_move_find((enum item_state)from, (enum item_move)move) != NULL,
				find_row((enum item_state)from, (enum item_move)move) >= 0);
			for (unsigned bit = 0; bit < 5; bit++)
				assert_move((enum item_state)from, (enum item_move)move, 1u << bit);
		}
	assert_null(item_move_find(ITEM_STATE_COUNT, ITEM_MOVE_DECIDED));
}

static void finished_states_have_no_way_out(void **state)
{
	for (int i = 0; i < ITEM_STATE_COUNT; i++) {
		bool final = i == ITEM_STATE_DELIVERED || i == ITEM_STATE_WITHDRAWN ||
			     i == ITEM_STATE_LAPSED;
		assert_int_equal(item_state_is_final((enum item_state)i), final);
		assert_int_equal(item_state_is_done((enum item_state)i), final);
		assert_int_equal(item_state_is_correcting((enum item_state)i),
			i == ITEM_STATE_CORRECTING || i == ITEM_STATE_CORRECTING_DRAFT);
	}
}

static void words_go_both_ways(void **state)
{
	for (int i = 0; i < ITEM_STATE_COUNT; i++) {
		assert_int_equal(item_state_from_name(item_state_word((enum item_state)i)), i);
		assert_int_equal(item_state_from_name(item_state_name((enum item_state)i)), i);
	}
	for (int i = 0; i < ITEM_MOVE_COUNT; i++) {
		assert_int_equal(item_move_from_name(item_move_word((enum item_move)i)), i);
		assert_int_equal(item_move_from_name(item_move_name((enum item_move)i)), i);
	}
	for (int i = 0; i < CASE_STATE_COUNT; i++) {
		assert_int_equal(case_state_from_name(case_state_word((enum case_state)i)), i);
		assert_int_equal(case_state_from_name(case_state_name((enum case_state)i)), i);
	}
	assert_int_equal(item_state_from_name("gone"), ITEM_STATE_COUNT);
	assert_int_equal(item_move_from_name(NULL), ITEM_MOVE_COUNT);
	assert_int_equal(case_state_from_name(""), CASE_STATE_COUNT);
	/* The hub's kinds of updates are moves by the same word (openapi). */
	static const char *const updates[] = {"received", "accepted", "refused", "correction",
		"suspended", "resumed", "extended", "decided", "result"};
	for (size_t i = 0; i < G_N_ELEMENTS(updates); i++)
		assert_true(item_move_from_name(updates[i]) != ITEM_MOVE_COUNT);
}

/* Items by one letter: d draft, c correcting draft, t taken in, s dispatched, r received, C
 * correcting, a accepted, p suspended, w waiting, f refused, e decided, i result in, v delivered,
 * x withdrawn, l lapsed. Departments in turn D-1, D-2, D-1 … */
static size_t items_of(const char *letters, struct item_view *items)
{
	static const char states[] = "dctsrCapwfeivxl";
	static const enum item_state order[] = {ITEM_STATE_DRAFT, ITEM_STATE_CORRECTING_DRAFT,
		ITEM_STATE_TAKEN_IN, ITEM_STATE_DISPATCHED, ITEM_STATE_RECEIVED,
		ITEM_STATE_CORRECTING, ITEM_STATE_ACCEPTED, ITEM_STATE_SUSPENDED,
		ITEM_STATE_WAITING, ITEM_STATE_REFUSED, ITEM_STATE_DECIDED, ITEM_STATE_RESULT_IN,
		ITEM_STATE_DELIVERED, ITEM_STATE_WITHDRAWN, ITEM_STATE_LAPSED};
	size_t count = strlen(letters);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct item_view){.item = (int)i,
			.state = order[strchr(states, letters[i]) - states],
			.department = i % 2 == 0 ? "D-1" : "D-2"};
	return count;
}

static void a_case_is_what_its_items_are(void **state)
{
	static const struct {
		const char *items;
		enum case_state state;
		const char *progress;
		bool may_archive;
	} rows[] = {
		{"", CASE_STATE_DRAFT, "草稿", false},
		{"ddd", CASE_STATE_DRAFT, "草稿", false},
		{"dcd", CASE_STATE_CORRECTING, "补正1项", false},
		{"ttt", CASE_STATE_TAKEN_IN, "已收件", false},
		{"tss", CASE_STATE_TAKEN_IN, "已收件", false},
		{"srs", CASE_STATE_RUNNING, "1/2部门已签收", false},
		{"rsr", CASE_STATE_RUNNING, "1/2部门已签收", false},
		{"rrr", CASE_STATE_RUNNING, "0/2部门已受理", false},
		{"ara", CASE_STATE_RUNNING, "1/2部门已受理", false},
		{"apw", CASE_STATE_RUNNING, "0/3事项已办结", false},
		{"aef", CASE_STATE_RUNNING, "2/3事项已办结", false},
		{"aCC", CASE_STATE_CORRECTING, "补正2项", false},
		{"eee", CASE_STATE_RUNNING, "0/3结果已到窗口", false},
		{"eiv", CASE_STATE_RUNNING, "2/3结果已到窗口", false},
		{"iii", CASE_STATE_PICKUP, "待取件", false},
		{"viv", CASE_STATE_PICKUP, "待取件", false},
		{"vvv", CASE_STATE_DELIVERED, "已送达", true},
		{"vxv", CASE_STATE_DELIVERED, "已送达", true},
		{"vlx", CASE_STATE_DELIVERED, "已送达", true},
		{"xxx", CASE_STATE_WITHDRAWN, "已撤回", true},
		{"xlx", CASE_STATE_LAPSED, "逾期未补正", true},
		{"xti", CASE_STATE_RUNNING, "1/2部门已签收", false},
		{"xax", CASE_STATE_RUNNING, "0/1事项已办结", false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct item_view items[8];
		size_t count = items_of(rows[i].items, items);
		g_autofree char *progress = case_progress(items, count, false);
		if (case_state_of(items, count, false) != rows[i].state ||
			strcmp(progress, rows[i].progress) != 0)
			fail_msg("%s: %s, %s", rows[i].items,
				case_state_name(case_state_of(items, count, false)), progress);
		assert_int_equal(case_may_archive(items, count), rows[i].may_archive);
		assert_int_equal(case_state_of(items, count, true), CASE_STATE_ARCHIVED);
	}
}

/* 0 ← 1 ← 2, and 3 after 0 and 9 (which is not in the case). */
static void chain(struct item_view items[4], GArray *after[4])
{
	static const int predecessors[4][2] = {{-1, -1}, {0, -1}, {1, -1}, {9, 0}};
	for (int i = 0; i < 4; i++) {
		after[i] = g_array_new(FALSE, FALSE, sizeof(int));
		for (int k = 0; k < 2; k++)
			if (predecessors[i][k] >= 0)
				g_array_append_val(after[i], predecessors[i][k]);
		items[i].after = after[i];
	}
}

static void an_item_is_paused_when_what_it_needs_has_failed(void **state)
{
	static const struct {
		const char *items;
		bool denied; /* of the first */
		int paused[4];
		bool done[4]; /* predecessors */
	} rows[] = {
		{"aaaa", false, {-1, -1, -1, -1}, {true, false, false, false}},
		{"faaa", false, {-1, 0, 0, 0}, {true, false, false, false}},
		{"xaaa", false, {-1, 0, 0, 0}, {true, false, false, false}},
		{"eaaa", true, {-1, 0, 0, 0}, {true, false, false, false}},
		{"eaaa", false, {-1, -1, -1, -1}, {true, true, false, true}},
		{"eeaa", false, {-1, -1, -1, -1}, {true, true, true, true}},
		{"feaa", false, {-1, -1, -1, 0}, {true, false, true, false}},
		{"alaa", false, {-1, -1, 1, -1}, {true, false, false, false}},
		{"faex", false, {-1, 0, -1, -1}, {true, false, false, false}},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct item_view items[8];
		GArray *after[4];
		size_t count = items_of(rows[i].items, items);
		chain(items, after);
		items[0].denied = rows[i].denied;
		for (size_t k = 0; k < 4; k++) {
			if (item_paused_by(items, count, k) != rows[i].paused[k] ||
				item_predecessors_done(items, count, k) != rows[i].done[k])
				fail_msg("%s item %zu: %d", rows[i].items, k,
					item_paused_by(items, count, k));
		}
		for (size_t k = 0; k < 4; k++)
			g_array_unref(after[k]);
	}
}

static void a_circle_of_predecessors_ends(void **state)
{
	struct item_view items[2];
	size_t count = items_of("aa", items);
	g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof(int));
	g_autoptr(GArray) second = g_array_new(FALSE, FALSE, sizeof(int));
	int one = 1, zero = 0;
	g_array_append_val(first, one);
	g_array_append_val(second, zero);
	items[0].after = first;
	items[1].after = second;
	assert_int_equal(item_paused_by(items, count, 0), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_moves_of_the_table_are_made),
		cmocka_unit_test(finished_states_have_no_way_out),
		cmocka_unit_test(words_go_both_ways),
		cmocka_unit_test(a_case_is_what_its_items_are),
		cmocka_unit_test(an_item_is_paused_when_what_it_needs_has_failed),
		cmocka_unit_test(a_circle_of_predecessors_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
