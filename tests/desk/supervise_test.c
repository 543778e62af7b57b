/* Silence, reminders, the limit of the whole, the slips of a no, and numbers after a restore. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <glib/gstdio.h>

#include "catalog/catalogue.h"
#include "core/number.h"
#include "desk/queue.h"
#include "desk/script.h"
#include "support/desk_home.h"
#include "support/home.h"

#define RECEIVED_MS INT64_C(1795158000000) /* of support_update: 2026-11-20T07:00Z */

struct taken {
	struct desk *desk;
	char *id;
	char *number;
	char *bundle;
	int item;
};

static struct taken take(struct desk *desk, const char *name)
{
	struct taken taken = {.desk = desk};
	taken.number = support_take_in(desk, name, &taken.id);
	g_autoptr(case_view) view = support_view(desk, taken.id);
	const struct case_bundle *bundle = view->bundles->pdata[0];
	taken.bundle = g_strdup(bundle->id);
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		if (item->taken && strcmp(item->department, bundle->department) == 0) {
			taken.item = item->item;
			break;
		}
	}
	return taken;
}

static void drop(struct taken *taken)
{
	g_free(taken->id);
	g_free(taken->number);
	g_free(taken->bundle);
}

static const struct case_item *item_of(const struct case_view *view, int index)
{
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		if (item->item == index)
			return item;
	}
	return NULL;
}

static char *text_of(const char *home, const char *sql)
{
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	char *out = NULL;
	const char *argv[] = {"sqlite3", path, sql, NULL};
	if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL,
		    NULL, NULL))
		fail_msg("sqlite3");
	return g_strchomp(out);
}

static void silence_is_confirmed_by_a_supervisor(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "retail");
	struct desk *chief = support_desk(fixture->home, "zhuguan");
	const char *basis = "行政许可法 第三十二条";
	must_fail(desk_deem(chief, taken.id, taken.item, basis, &error), ERR_CODE_MOVE);
	support_update(fixture->desk, taken.bundle, "received", -1, "");
	must_fail(desk_deem(chief, taken.id, taken.item, basis, &error), ERR_CODE_MOVE);
	must(desk_set_now(chief, SUPPORT_DESK_NOW_MS + 10 * CIVIL_DAY_MS, &error));
	must_fail(
		desk_deem(fixture->desk, taken.id, taken.item, basis, &error), ERR_CODE_PERMISSION);
	must_fail(desk_deem(chief, taken.id, taken.item, "", &error), ERR_CODE_INCOMPLETE);
	must(desk_deem(chief, taken.id, taken.item, basis, &error));
	must_fail(desk_deem(chief, taken.id, taken.item, basis, &error), ERR_CODE_MOVE);
	g_autoptr(case_view) view = support_view(chief, taken.id);
	const struct case_item *item = item_of(view, taken.item);
	assert_int_equal(item->state, ITEM_STATE_ACCEPTED);
	int64_t received = 0;
	assert_true(support_count(
		fixture->home, "SELECT max(received_ms) FROM outbox_bundle", &received));
	assert_int_equal(item->accepted_ms, received);
	/* The department's own acceptance comes late: its number, but the law's day. */
	support_update(
		fixture->desk, taken.bundle, "accepted", taken.item, "\"number\":\"受字7号\"");
	g_autoptr(case_view) after = support_view(chief, taken.id);
	assert_string_equal(item_of(after, taken.item)->acceptance_no, "受字7号");
	assert_int_equal(item_of(after, taken.item)->accepted_ms, received);
	desk_close(chief);
	drop(&taken);
}

static void a_reminder_is_a_message_and_a_fact(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "retail");
	must_fail(
		desk_remind(fixture->desk, taken.id, taken.item, "", &error), ERR_CODE_INCOMPLETE);
	must_fail(desk_remind(fixture->desk, taken.id, 99, "快到期", &error), ERR_CODE_NOT_FOUND);
	must(desk_remind(fixture->desk, taken.id, taken.item, "快到期", &error));
	int64_t count = 0;
	assert_true(support_count(fixture->home,
		"SELECT count(*) FROM outbox_message WHERE kind = 'reminder'", &count));
	assert_int_equal(count, 1);
	g_autoptr(GPtrArray) events = desk_case_timeline(fixture->desk, taken.id, NULL);
	const struct case_event *last = events->pdata[events->len - 1];
	assert_non_null(strstr(last->sentence, "催办"));
	assert_non_null(strstr(last->sentence, "快到期"));
	support_update(fixture->desk, taken.bundle, "received", -1, "");
	support_update(fixture->desk, taken.bundle, "refused", taken.item, "\"reason\":\"不符\"");
	must_fail(
		desk_remind(fixture->desk, taken.id, taken.item, "快到期", &error), ERR_CODE_MOVE);
	drop(&taken);
}

static void the_limit_of_the_whole_counts(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "birth");
	g_autoptr(case_view) before = support_view(fixture->desk, taken.id);
	assert_string_equal(before->joint_due, "");
	support_update(fixture->desk, taken.bundle, "received", -1, "");
	support_update(fixture->desk, taken.bundle, "accepted", taken.item, "");
	g_autoptr(calendar) calendar = catalogue_calendar(desk_store(fixture->desk), NULL);
	struct civil_date due;
	assert_int_equal(before->theme->joint.unit, LIMIT_UNIT_WORKING_DAY);
	must(calendar_add(calendar, civil_date_of_ms(RECEIVED_MS), before->theme->joint.number,
		&due, &error));
	g_autofree char *text = civil_date_dup_text(due);
	g_autoptr(case_view) view = support_view(fixture->desk, taken.id);
	assert_string_equal(view->joint_due, text);
	assert_string_not_equal(view->joint_words, "");
	/* The item has all the time there is, the whole has not. */
	support_update(fixture->desk, taken.bundle, "extended", taken.item, "\"days\":20");
	g_autofree char *shown = text_of(fixture->home, "SELECT due FROM case_file");
	assert_string_equal(shown, text);
	/* What does not count for the item does not count for the whole. */
	support_update(fixture->desk, taken.bundle, "suspended", taken.item,
		"\"reason\":\"鉴定\",\"exclusion\":\"appraisal\"");
	g_autoptr(case_view) paused = support_view(fixture->desk, taken.id);
	assert_string_equal(paused->joint_words, "中止中");
	drop(&taken);
}

/* 行政许可法 art. 42: licences of several departments handled together have 45 days, with approval
 * 15 more, once, the reasons told. */
static void the_limit_of_the_whole_is_extended_once(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	struct taken taken = take(desk, "retail");
	struct desk *chief = support_desk(fixture->home, "zhuguan");
	struct extension extension = {
		.days = 15, .approval = "演示府批〔2026〕1号", .reason = "须专家论证"};
	must_fail(desk_extend_joint(chief, taken.id, &extension, &error), ERR_CODE_MOVE);
	support_update(desk, taken.bundle, "received", -1, "");
	support_update(desk, taken.bundle, "accepted", taken.item, "");
	g_autoptr(case_view) before = support_view(desk, taken.id);
	must_fail(desk_extend_joint(desk, taken.id, &extension, &error), ERR_CODE_PERMISSION);
	extension.days = 16;
	must_fail(desk_extend_joint(chief, taken.id, &extension, &error), ERR_CODE_INVALID);
	extension.days = 0;
	must_fail(desk_extend_joint(chief, taken.id, &extension, &error), ERR_CODE_INVALID);
	extension.days = 15;
	extension.approval = "";
	must_fail(desk_extend_joint(chief, taken.id, &extension, &error), ERR_CODE_INCOMPLETE);
	extension.approval = "演示府批〔2026〕1号";
	extension.reason = NULL;
	must_fail(desk_extend_joint(chief, taken.id, &extension, &error), ERR_CODE_INCOMPLETE);
	extension.reason = "须专家论证";
	must(desk_extend_joint(chief, taken.id, &extension, &error));
	must_fail(desk_extend_joint(chief, taken.id, &extension, &error), ERR_CODE_MOVE);
	/* Both lie beyond the calendar's data, so the count itself stands there. */
	g_autoptr(case_view) after = support_view(desk, taken.id);
	assert_non_null(strstr(before->joint_due, "起45工作日"));
	assert_non_null(strstr(after->joint_due, "起60工作日"));
	int64_t told = 0;
	assert_true(support_count(
		fixture->home, "SELECT count(*) FROM outbox_message WHERE kind = 'order'", &told));
	assert_true(told > 0);
	desk_close(chief);
	drop(&taken);
	/* Nobody may do it for what is not a licence of several departments. */
	struct taken other = take(desk, "birth");
	support_update(desk, other.bundle, "received", -1, "");
	support_update(desk, other.bundle, "accepted", other.item, "");
	struct desk *again = support_desk(fixture->home, "zhuguan");
	must_fail(desk_extend_joint(again, other.id, &extension, &error), ERR_CODE_MOVE);
	desk_close(again);
	drop(&other);
}

static void a_refusal_is_printed_on_request(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	struct taken taken = take(desk, "retail");
	must_fail(desk_print_request(desk, taken.id, "refusal", taken.item, "", NULL, &error),
		ERR_CODE_MOVE);
	support_update(desk, taken.bundle, "received", -1, "");
	support_update(desk, taken.bundle, "refused", taken.item,
		"\"reason\":\"不属于本部门\",\"remedies\":\"可以向演示机关申请复议。\"");
	must(desk_print_request(desk, taken.id, "refusal", taken.item, "", NULL, &error));
	must_fail(desk_print_request(desk, taken.id, "refusal", taken.item, "", NULL, &error),
		ERR_CODE_INCOMPLETE);
	must(desk_print_request(desk, taken.id, "refusal", taken.item, "卡纸", NULL, &error));
	g_autofree char *slip =
		text_of(fixture->home, "SELECT data FROM print_job WHERE kind = 'refusal' LIMIT 1");
	assert_non_null(strstr(slip, "不属于本部门"));
	assert_non_null(strstr(slip, "可以向演示机关申请复议"));
	assert_non_null(strstr(slip, "2026-11-20"));
	int64_t labels = 0;
	assert_true(support_count(fixture->home,
		"SELECT count(DISTINCT number) * 10 + max(copy) FROM print_job WHERE kind = "
		"'refusal'",
		&labels));
	assert_int_equal(labels, 12);
	drop(&taken);
}

static void a_correction_names_what_to_bring(void **state)
{
	struct support_fixture *fixture = *state;
	g_autoptr(json_t) document = support_demo("retail");
	char *id = NULL, *number = NULL;
	must(desk_intake_document(fixture->desk, document, false, &id, &number, &error));
	g_autoptr(case_view) view = support_view(fixture->desk, id);
	const struct case_material *first = view->materials->pdata[0];
	const struct material_input missing = {
		.status = MATERIAL_STATUS_MISSING, .originals = -1, .copies = -1};
	must(desk_material_set(fixture->desk, id, first->use->material->code, &missing, &error));
	g_autofree char *sentence = g_strdup_printf("没有带%s", first->use->material->name);
	const char *const rows[] = {sentence, "经营场所：补写门牌号", "其他"};
	g_autoptr(GPtrArray) sentences = g_ptr_array_new();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_ptr_array_add(sentences, (gpointer)rows[i]);
	g_autofree char *label = NULL, *second = NULL;
	must(desk_correct(fixture->desk, id, sentences, &label, &error));
	g_autofree char *bytes = text_of(
		fixture->home, "SELECT bytes FROM case_notice WHERE kind = 'correction' LIMIT 1");
	g_autoptr(json_t) slip = json_read(bytes, strlen(bytes), "slip", NULL);
	const json_t *problems = json_object_get(slip, "problems");
	assert_int_equal(json_array_size(problems), 3);
	assert_string_equal(
		json_text(json_array_get(problems, 0), "name", ""), first->use->material->name);
	assert_true(
		g_str_has_prefix(json_text(json_array_get(problems, 0), "remedy", ""), "请提交"));
	assert_string_equal(json_text(json_array_get(problems, 1), "name", ""), "经营场所");
	assert_string_equal(json_text(json_array_get(problems, 1), "remedy", ""), "补写门牌号");
	assert_string_equal(json_text(json_array_get(problems, 2), "name", ""), "其他");
	must(desk_correct(
		fixture->desk, id, sentences, &second, &error)); /* nothing new: allowed */
	g_free(id);
}

/* Drawn, backed up, drawn again, restored: the numbers drawn in between are not given twice. */
static void a_restored_home_draws_no_number_again(void **state)
{
	struct support_fixture *fixture = *state;
	g_autofree char *first_id = NULL, *id = NULL, *again_id = NULL;
	g_autofree char *first = support_take_in(fixture->desk, "retail", &first_id);
	g_autofree char *path = g_strconcat(fixture->home, ".backup", NULL);
	g_autofree char *home = g_strconcat(fixture->home, ".restored", NULL);
	must(store_backup(desk_store(fixture->desk), path, &error));
	g_autofree char *lost = support_take_in(fixture->desk, "birth", &id);
	must(store_restore(home, path, SUPPORT_DESK_NOW_MS, &error));
	struct desk *restored = support_desk(home, "yanshi");
	g_autofree char *drawn = support_take_in(restored, "birth", &again_id);
	assert_string_not_equal(drawn, lost);
	struct case_number parts;
	assert_true(case_number_parse(drawn, &parts, NULL));
	assert_int_equal(parts.number, (14 * 3600 + 32 * 60) / 10 + 2);
	g_autofree char *told =
		text_of(home, "SELECT b.body FROM fact JOIN fact_body AS b USING (seq)"
			      " WHERE kind = 'store_restored'");
	assert_non_null(strstr(told, "\"numbers_from\":5234"));
	/* The next day is nobody's yet. */
	must(desk_set_now(restored, SUPPORT_DESK_NOW_MS + 3 * CIVIL_DAY_MS, &error));
	g_autofree char *other_id = NULL;
	g_autofree char *monday = support_take_in(restored, "birth", &other_id);
	assert_true(case_number_parse(monday, &parts, NULL));
	assert_int_equal(parts.number, 1);
	desk_close(restored);
	(void)g_remove(path);
	char *copy = g_strdup(home);
	support_home_free(copy);
}

/* A home whose store has known a hub and whose settings have not: its numbers are the hub's to
 * lend. */
static void a_restored_home_of_a_hub_does_not_lend_to_itself(void **state)
{
	struct support_fixture *fixture = *state;
	struct store *store = desk_store(fixture->desk);
	g_autofree char *first_id = NULL, *id = NULL;
	g_autofree char *first = support_take_in(fixture->desk, "retail", &first_id);
	struct journal_head head;
	must(journal_head(store, &head, &error));
	must(journal_anchor(store, head.seq, &head.hash, SUPPORT_DESK_NOW_MS, &error));
	g_autofree char *path = g_strconcat(fixture->home, ".backup", NULL);
	g_autofree char *home = g_strconcat(fixture->home, ".restored", NULL);
	must(store_backup(store, path, &error));
	must(store_restore(home, path, SUPPORT_DESK_NOW_MS, &error));
	struct desk *restored = support_desk(home, "yanshi");
	g_autoptr(json_t) document = support_demo("birth");
	char *number = NULL;
	must_fail(desk_intake_document(restored, document, true, &id, &number, &error),
		ERR_CODE_UNAVAILABLE);
	struct desk_status status = {0};
	must(desk_status_read(restored, &status, &error));
	assert_false(status.has_hub);
	assert_non_null(strstr(status.trouble, "config.ini"));
	desk_status_clear(&status);
	desk_close(restored);
	(void)g_remove(path);
	support_home_free(g_strdup(home));
}

#define row(name) cmocka_unit_test_setup_teardown(name, support_desk_set_up, support_desk_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		row(silence_is_confirmed_by_a_supervisor),
		row(a_reminder_is_a_message_and_a_fact),
		row(the_limit_of_the_whole_counts),
		row(the_limit_of_the_whole_is_extended_once),
		row(a_refusal_is_printed_on_request),
		row(a_correction_names_what_to_bring),
		row(a_restored_home_draws_no_number_again),
		row(a_restored_home_of_a_hub_does_not_lend_to_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
