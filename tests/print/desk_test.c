/* What the desk asks for is what the templates need: every paper of a whole case is printed and
 * looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "desk/case.h"
#include "desk/guide_document.h"
#include "desk/queue.h"
#include "support/desk_home.h"
#include "support/home.h"
#include "support/print_home.h"

/* Every paper waits for the clerk's eye; the last one's id (g_free). */
static char *assert_all_ask(struct desk *desk, guint least)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) papers = desk_papers(desk, true, &error);
	assert_non_null(papers);
	assert_true(papers->len >= least);
	for (guint i = 0; i < papers->len; i++) {
		const struct paper_row *paper = papers->pdata[i];
		if (strcmp(paper->state, "ask") != 0)
			fail_msg("%s is %s: %s", paper->kind, paper->state, paper->message);
	}
	return g_strdup(((struct paper_row *)papers->pdata[0])->id);
}

static void print_all(const char *home)
{
	g_autofree char *words = NULL;
	if (print_home_run(home, &words, "--once", NULL) != 0)
		fail_msg("%s", words);
}

static void test_papers_of_a_case(void **state)
{
	g_setenv("CUPS_SERVER", "/nonexistent/cups.sock", TRUE);
	char *home = support_desk_home();
	g_autoptr(desk) desk = support_desk(home, "yanshi");
	g_autofree char *id = NULL;
	g_autofree char *number = support_take_in(desk, "retail", &id);
	print_all(home);
	g_free(assert_all_ask(desk, 1));
	g_autofree char *text =
		print_home_shell("pdftotext -layout %s/printed/receipt-*.pdf - | tr -d ' '", home);
	assert_non_null(strstr(text, number));
	assert_non_null(strstr(text, "收到的材料"));
	g_autofree char *codes =
		print_home_shell("cd %s && pdftoppm -r 200 -l 1 -png printed/receipt-*.pdf page && "
				 "zbarimg -q --raw page*.png 2>/dev/null",
			home);
	assert_non_null(strstr(codes, number));

	/* No paper: the same number again, marked. */
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) papers = desk_papers(desk, true, &error);
	const char *receipt = NULL;
	for (guint i = 0; i < papers->len; i++)
		if (strcmp(((struct paper_row *)papers->pdata[i])->kind, "收件回执") == 0)
			receipt = ((struct paper_row *)papers->pdata[i])->id;
	assert_non_null(receipt);
	assert_true(desk_paper_answer(desk, receipt, false, "卡纸", &error));
	print_all(home);
	g_autofree char *copy = print_home_shell(
		"cat %s/printed/receipt-*.pdf >/dev/null; for f in %s/printed/receipt-*.pdf; do "
		"pdftotext -layout $f -; done | tr -d ' '",
		home, home);
	assert_non_null(strstr(copy, "补打第2份"));
	assert_non_null(strstr(copy, "补打原因：卡纸"));

	/* And once more from the command line. */
	g_autofree char *words = NULL;
	assert_int_equal(print_home_run(home, &words, "print", "receipt", number, NULL), 1);
	assert_non_null(strstr(words, "理由"));
	g_autofree char *answer = NULL;
	int status = print_home_run(
		home, &answer, "print", "receipt", number, "--reason", "遗失", "--json", NULL);
	if (status != 0 || strstr(answer, "\"ask\"") == NULL)
		fail_msg("%d %s", status, answer);
	assert_int_equal(print_home_run(home, NULL, "print", "receipt", number, "--reason", "遗失",
				 "--to", "nowhere", NULL),
		1);
	support_home_free(home);
}

/* The guide belongs to no case: asked for, printed, said not to have come out, printed once more.
 */
static void test_a_guide_without_a_case(void **state)
{
	g_setenv("CUPS_SERVER", "/nonexistent/cups.sock", TRUE);
	char *home = support_desk_home();
	g_autoptr(desk) desk = support_desk(home, "yanshi");
	g_autoptr(GError) error = NULL;
	struct guide_request request = {.list = "jiangmen-2020", .theme = "1"};
	g_autoptr(json_t) guide = guide_document(desk_store(desk), &request, &error);
	assert_true(desk_guide_print(desk, guide, NULL, &error));
	print_all(home);
	g_autofree char *paper = assert_all_ask(desk, 1);
	g_autofree char *text =
		print_home_shell("pdftotext -layout %s/printed/guide-*.pdf - | tr -d ' '", home);
	assert_non_null(strstr(text, "窗口一次收件"));
	assert_non_null(strstr(text, "演示不作凭证"));
	assert_non_null(strstr(text, "参考"));
	assert_true(desk_paper_answer(desk, paper, false, "卡纸", &error));
	print_all(home);
	g_autoptr(GPtrArray) papers = desk_papers(desk, true, &error);
	int asked = 0;
	for (guint i = 0; i < papers->len; i++) {
		const struct paper_row *row = papers->pdata[i];
		assert_string_equal(row->kind, "办事指南");
		if (strcmp(row->state, "ask") == 0) {
			assert_true(desk_paper_answer(desk, row->id, true, NULL, &error));
			asked++;
		}
	}
	assert_int_equal(asked, 1);
	support_home_free(home);
}

#define MUST(call)                                                                                 \
	do {                                                                                       \
		g_autoptr(GError) error = NULL;                                                    \
		if (!(call))                                                                       \
			fail_msg("%s", error->message);                                            \
	} while (0)

/* A department's answer as the hub would hand it over. */
static void update(
	struct desk *desk, const char *bundle, const char *kind, int item, const char *extra)
{
	static int count;
	g_autofree char *bytes = g_strdup_printf(
		"{\"at\":\"2026-11-20T07:00:00.000Z\",\"bundle\":\"%s\",\"by\":\"审批员\","
		"\"id\":\"%032x\",\"item\":%d,\"kind\":\"%s\"%s}",
		bundle, count + 1, item, kind, extra);
	count++;
	MUST(desk_update_apply(desk, count, bytes, strlen(bytes), &error));
}

static void decide_all(struct desk *desk, const struct case_view *view)
{
	for (guint i = 0; i < view->bundles->len; i++) {
		const struct case_bundle *bundle = view->bundles->pdata[i];
		update(desk, bundle->id, "received", -1, "");
		for (guint k = 0; k < view->items->len; k++) {
			const struct case_item *item = view->items->pdata[k];
			if (!item->taken || strcmp(item->department, bundle->department) != 0)
				continue;
			update(desk, bundle->id, "accepted", item->item, ",\"number\":\"受字1号\"");
			update(desk, bundle->id, "decided", item->item, ",\"outcome\":\"granted\"");
			g_autofree char *result = g_strdup_printf(
				",\"result\":{\"title\":\"演示证\",\"number\":\"演证%d号\","
				"\"template\":\"generic\",\"holder\":\"演示九\","
				"\"issuer\":\"演示局\",\"issued\":\"2026-11-20\","
				"\"lines\":[{\"label\":\"经营场所\",\"value\":\"演示路一号\"}"
				"]}",
				item->item);
			update(desk, bundle->id, "result", item->item, result);
		}
	}
}

static void test_certificates_and_delivery(void **state)
{
	g_setenv("CUPS_SERVER", "/nonexistent/cups.sock", TRUE);
	char *home = support_desk_home();
	g_autoptr(desk) desk = support_desk(home, "yanshi");
	g_autofree char *id = NULL;
	g_autofree char *number = support_take_in(desk, "retail", &id);
	g_autoptr(case_view) view = desk_case_view(desk, id, NULL);
	assert_non_null(view);
	decide_all(desk, view);
	int issued = 0;
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		if (!item->taken)
			continue;
		MUST(desk_result_confirm(desk, id, item->item, &error));
		MUST(desk_issue(desk, id, item->item, NULL, NULL, &error));
		issued++;
	}
	const struct delivery_input input = {
		.way = "window", .receiver = "演示九", .document = "身份证", .signed_for = true};
	MUST(desk_deliver(desk, id, -1, &input, &error));
	print_all(home);
	g_free(assert_all_ask(desk, (guint)issued + 2));
	g_autofree char *text = print_home_shell("for f in %s/printed/certificate-*.pdf; do "
						 "pdftotext -layout $f -; done | tr -d ' '",
		home);
	assert_non_null(strstr(text, "演示证"));
	assert_non_null(strstr(text, "演示路一号"));
	assert_non_null(strstr(text, "演示不作凭证"));
	g_autofree char *slip =
		print_home_shell("pdftotext -layout %s/printed/delivery-*.pdf - | tr -d ' '", home);
	assert_non_null(strstr(slip, number));
	assert_non_null(strstr(slip, "演示九"));
	if (g_getenv("KEEP_PAPERS") != NULL)
		g_free(print_home_shell("cp %s/printed/*.pdf %s", home, g_getenv("KEEP_PAPERS")));
	support_home_free(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_papers_of_a_case),
		cmocka_unit_test(test_a_guide_without_a_case),
		cmocka_unit_test(test_certificates_and_delivery),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
