/* Who is there and who may: logging in, lockout, roles, accounts, two desks on one home. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <sys/wait.h>
#include <unistd.h>

#include "desk/permission.h"
#include "desk/queue.h"
#include "support/desk_home.h"
#include "support/home.h"

static void a_password_lets_in_and_five_wrong_ones_lock(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	desk_logout(desk);
	must(desk_login(desk, "yanshi", desk_demo_password(), NULL, &error));
	assert_string_equal(desk_user_display(desk), "演示员甲");
	assert_string_equal(desk_window(desk)->code, "3A");
	assert_true(desk_has_role(desk, DESK_ROLE_CLERK));
	assert_false(desk_has_role(desk, DESK_ROLE_SUPERVISOR));
	must(desk_check_password(desk, desk_demo_password(), &error));
	must_fail(desk_check_password(desk, "wrong", &error), ERR_CODE_LOGIN);
	desk_logout(desk);
	must_fail(desk_login(desk, "nobody", "x", NULL, &error), ERR_CODE_LOGIN);
	must_fail(
		desk_login(desk, "yanshi", desk_demo_password(), "99", &error), ERR_CODE_NOT_FOUND);
	for (int i = 0; i < 4; i++)
		must_fail(desk_login(desk, "yanshi", "wrong", NULL, &error), ERR_CODE_LOGIN);
	must_fail(desk_login(desk, "yanshi", desk_demo_password(), NULL, &error),
		ERR_CODE_PERMISSION);
	must(desk_set_now(desk, SUPPORT_DESK_NOW_MS + 6 * 60 * 1000, &error));
	must(desk_login(desk, "yanshi", desk_demo_password(), NULL, &error));
	g_autofree char *sql = g_strdup("SELECT count(*) FROM fact WHERE kind = 'login_refused'");
	int64_t refused = 0;
	assert_true(support_count(fixture->home, sql, &refused));
	assert_int_equal(refused, 5);
}

static void accounts_are_the_administrators_business(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	must_fail(desk_user_add(desk, "xin", "新人", DESK_ROLE_CLERK, "12345678", &error),
		ERR_CODE_PERMISSION);
	must(desk_login_demo(desk, "guanli", &error));
	must(desk_user_add(desk, "xin", "新人", DESK_ROLE_CLERK, "12345678", &error));
	must_fail(desk_user_add(desk, "xin", "新人", DESK_ROLE_CLERK, "12345678", &error),
		ERR_CODE_EXISTS);
	must_fail(desk_user_add(desk, "Xin 2", "新人", DESK_ROLE_CLERK, "12345678", &error),
		ERR_CODE_INVALID);
	must_fail(desk_user_add(desk, "xin2", "新人", DESK_ROLE_CLERK, "short", &error),
		ERR_CODE_INVALID);
	must_fail(desk_user_add(desk, "xin2", "新人", 0, "12345678", &error), ERR_CODE_INVALID);
	must_fail(desk_user_disable(desk, "guanli", true, &error), ERR_CODE_INVALID);
	must_fail(desk_user_disable(desk, "nobody", true, &error), ERR_CODE_NOT_FOUND);
	must(desk_user_disable(desk, "xin", true, &error));
	must_fail(desk_login_demo(desk, "xin", &error), ERR_CODE_PERMISSION);
	must(desk_user_password(desk, "yanshi", "another1", &error));
	must(desk_login(desk, "yanshi", "another1", NULL, &error));
	char wrong[] = "OO", right[] = "4A", hall[] = "0000", name[] = "4号窗";
	struct desk_window window = {wrong, hall, name, name};
	must(desk_login_demo(desk, "guanli", &error));
	must_fail(desk_window_add(desk, &window, &error), ERR_CODE_INVALID);
	window.code = right;
	must(desk_window_add(desk, &window, &error));
}

static void nobody_and_the_wrong_role_are_refused(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	g_autofree char *id = NULL;
	g_autofree char *number = support_take_in(desk, "birth", &id);
	desk_logout(desk);
	must_fail(desk_case_view(desk, id, &error) != NULL, ERR_CODE_PERMISSION);
	must_fail(desk_queue(desk, QUEUE_KIND_TODAY, 0, 9, &error) != NULL, ERR_CODE_PERMISSION);
	must(desk_login_demo(desk, "guanli", &error));
	char *draft = NULL;
	must_fail((draft = desk_draft_new(desk, "jiangmen-2020", "1", &error)) != NULL,
		ERR_CODE_PERMISSION);
	must_fail(desk_withdraw(desk, id, -1, "x", &error), ERR_CODE_PERMISSION);
	must_fail(desk_party_number(desk, id, 0, "看看", &error) != NULL, ERR_CODE_PERMISSION);
	for (int act = 0; act < DESK_ACT_COUNT; act++)
		assert_true(*desk_act_name((enum desk_act)act) != '\0');
}

static void one_desk_edits_a_case_at_a_time(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *first = fixture->desk;
	struct desk *second = support_desk(fixture->home, "zhuguan");
	GError *said = NULL;
	g_autofree char *id = desk_draft_new(first, "jiangmen-2020", "1", &said);
	must_fail(desk_case_hold(second, id, &error), ERR_CODE_HELD);
	must_fail(desk_answer(second, id, "person", "mainland", &error), ERR_CODE_HELD);
	assert_false(desk_answer(second, id, "person", "mainland", &said));
	assert_non_null(strstr(said->message, "演示员甲"));
	g_clear_error(&said);
	must(desk_answer(first, id, "person", "mainland", &error));
	desk_case_release(first, id);
	must(desk_case_hold(second, id, &error));
	must(desk_case_hold(second, id, &error));
	must_fail(desk_answer(first, id, "person", "hmt", &error), ERR_CODE_HELD);
	desk_close(second); /* closing lets go */
	must(desk_answer(first, id, "person", "hmt", &error));
}

static void a_dead_process_holds_nothing(void **state)
{
	struct support_fixture *fixture = *state;
	GError *said = NULL;
	g_autofree char *id = desk_draft_new(fixture->desk, "jiangmen-2020", "1", &said);
	desk_case_release(fixture->desk, id);
	pid_t child = fork();
	if (child == 0) {
		struct desk *desk = support_desk(fixture->home, "zhuguan");
		_exit(desk_case_hold(desk, id, NULL) ? 0 : 1);
	}
	int status = 1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	must(desk_case_hold(fixture->desk, id, &error));
}

static void a_real_hall_sets_no_time_and_needs_passwords(void **state)
{
	struct support_fixture *fixture = *state;
	assert_true(support_sql(fixture->home, "UPDATE hall_window SET hall = '0703'"));
	must_fail(desk_set_now(fixture->desk, 1, &error), ERR_CODE_PERMISSION);
	must_fail(desk_login_demo(fixture->desk, "yanshi", &error), ERR_CODE_PERMISSION);
	must_fail(desk_demo_seed(fixture->desk, &error), ERR_CODE_EXISTS);
}

#define row(name) cmocka_unit_test_setup_teardown(name, support_desk_set_up, support_desk_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		row(a_password_lets_in_and_five_wrong_ones_lock),
		row(accounts_are_the_administrators_business),
		row(nobody_and_the_wrong_role_are_refused),
		row(one_desk_edits_a_case_at_a_time),
		row(a_dead_process_holds_nothing),
		row(a_real_hall_sets_no_time_and_needs_passwords),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
