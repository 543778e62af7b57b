/* audit verify, backup, restore, doctor, user: what an administrator does. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "cli/desk_cli.h"
#include "core/calendar.h"
#include "core/date.h"
#include "desk/bureau.h"
#include "desk/supply.h"

#define DISK_LEAST_MIB 64 /* free, below which doctor warns: some weeks of cases */

static const char *const fault_words[] = {[JOURNAL_FAULT_NONE] = "none",
	[JOURNAL_FAULT_GAP] = "gap",
	[JOURNAL_FAULT_CHANGED] = "changed",
	[JOURNAL_FAULT_BODY] = "body",
	[JOURNAL_FAULT_SHORT] = "short"};

static const char *const fault_sentences[] = {[JOURNAL_FAULT_NONE] = "完好",
	[JOURNAL_FAULT_GAP] = "少了一条记录",
	[JOURNAL_FAULT_CHANGED] = "记录被改动",
	[JOURNAL_FAULT_BODY] = "记录的内容被改动或丢失",
	[JOURNAL_FAULT_SHORT] = "本机的记录比中心收到的少"};

bool cli_audit_verify(struct cli *cli, GError **error)
{
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	struct journal_report report;
	if (store == NULL || !journal_verify(store, &report, error))
		return false;
	cli_say(cli, "账本 %d 条，依规则抹去内容 %d 条：%s", (int)report.facts, (int)report.erased,
		fault_sentences[report.fault]);
	if (report.fault != JOURNAL_FAULT_NONE)
		cli_say(cli, "第 %d 条（%s）。请停止收件，保留现场，告知管理员。", (int)report.seq,
			report.kind == NULL ? "记录已不在" : report.kind);
	g_autofree char *when =
		report.anchored_ms == 0 ? g_strdup("") : civil_time_dup_rfc3339(report.anchored_ms);
	if (report.anchored_seq == 0)
		cli_say(cli, "还没有任何记录由中心签收，本机自身的完好不能由第三方证明。");
	else
		cli_say(cli, "中心已签收到第 %d 条（%s）。", (int)report.anchored_seq, when);
	cli_json(
		cli, json_pack("{s:b,s:s,s:I,s:s,s:I,s:I,s:I,s:s}", "clean",
			     report.fault == JOURNAL_FAULT_NONE, "fault", fault_words[report.fault],
			     "seq", (json_int_t)report.seq, "kind",
			     report.kind == NULL ? "" : report.kind, "facts",
			     (json_int_t)report.facts, "erased", (json_int_t)report.erased,
			     "anchored_seq", (json_int_t)report.anchored_seq, "anchored_at", when));
	if (report.fault != JOURNAL_FAULT_NONE)
		cli_refuse(cli);
	journal_report_clear(&report);
	return true;
}

/* The images told of beside a backup or a restore, and of the day's look; false when one is bad. */
static bool say_images(
	struct cli *cli, struct store *store, struct store_images *ret_images, GError **error)
{
	if (!store_images(store, ret_images, error))
		return false;
	if (ret_images->bad > 0) {
		cli_say(cli, "× 有 %d 份影像缺失或与摘要不符，第一份是 %s；请保留原件，告知管理员",
			(int)ret_images->bad, ret_images->first_bad);
		cli_refuse(cli);
	}
	return true;
}

bool cli_backup(struct cli *cli, GError **error)
{
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	if (store == NULL || !store_backup(store, cli_argument(cli, 0), error))
		return false;
	g_autofree char *shown = text_clean(cli_argument(cli, 0), false);
	struct store_images images = {0};
	cli_say(cli, "已备份到 %s（数据和影像；config.ini 里有令牌，不在内）", shown);
	if (!say_images(cli, store, &images, error))
		return false;
	cli_json(cli, json_pack("{s:s,s:I,s:I}", "file", shown, "images", (json_int_t)images.whole,
			      "bad", (json_int_t)images.bad));
	return true;
}

bool cli_restore(struct cli *cli, GError **error)
{
	if (!store_restore(cli_home(cli), cli_argument(cli, 0), cli_now_ms(cli), error))
		return false;
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	if (store == NULL)
		return false;
	struct store_images images = {0};
	cli_say(cli, "已恢复为新的账本 %s；请管理员在中心重新登记本机。", store_id_text(store));
	if (!say_images(cli, store, &images, error))
		return false;
	if (images.bad == 0)
		cli_say(cli, "影像 %d 份，摘要都对", (int)images.whole);
	cli_json(cli, json_pack("{s:s,s:I,s:I}", "store", store_id_text(store), "images",
			      (json_int_t)images.whole, "bad", (json_int_t)images.bad));
	return true;
}

struct finding {
	const char *name;
	bool good;
	char *sentence;
};

static void add_finding(struct cli *cli, json_t *findings, struct finding finding)
{
	cli_say(cli, "%s %s：%s", finding.good ? "√" : "×", finding.name, finding.sentence);
	json_array_append_new(findings, json_pack("{s:s,s:b,s:s}", "name", finding.name, "good",
						finding.good, "sentence", finding.sentence));
	if (!finding.good)
		cli_refuse(cli);
	g_free(finding.sentence);
}

static void look_at_calendar(struct cli *cli, struct store *store, json_t *findings)
{
	g_autoptr(calendar) calendar = catalogue_calendar(store, NULL);
	struct civil_date first, last, today = civil_date_of_ms(cli_now_ms(cli));
	bool good = calendar != NULL && calendar_range(calendar, &first, &last) &&
		    civil_date_difference(today, last) > 30;
	g_autofree char *until = good ? civil_date_dup_text(last) : g_strdup("");
	add_finding(cli, findings,
		(struct finding){"工作日历", good,
			good ? g_strdup_printf("到 %s 为止", until)
			     : g_strdup("一个月内用完或没有，请导入新一年的节假日安排")});
}

static void look_at_journal(struct cli *cli, struct store *store, json_t *findings)
{
	struct journal_report report;
	GError *error = NULL;
	if (!journal_verify(store, &report, &error)) {
		add_finding(
			cli, findings, (struct finding){"账本", false, g_strdup(error->message)});
		g_error_free(error);
		return;
	}
	add_finding(cli, findings,
		(struct finding){"账本", report.fault == JOURNAL_FAULT_NONE,
			g_strdup_printf(
				"%d 条，%s", (int)report.facts, fault_sentences[report.fault])});
	journal_report_clear(&report);
}

static void look_at_images(struct cli *cli, struct store *store, json_t *findings)
{
	struct store_images images = {0};
	if (!store_images(store, &images, NULL))
		return;
	add_finding(cli, findings,
		(struct finding){"影像", images.bad == 0,
			images.bad == 0 ? g_strdup_printf("%d 份，摘要都对", (int)images.whole)
					: g_strdup_printf("%d 份缺失或与摘要不符，第一份是 "
							  "%s；请保留原件，从备份找回",
						  (int)images.bad, images.first_bad)});
}

/* A fork and any trouble of the line are told whole: their sentences hold the next step. */
static void look_at_line(struct cli *cli, struct desk *desk, json_t *findings)
{
	struct desk_status status = {0};
	if (!desk_status_read(desk, &status, NULL))
		return;
	g_autoptr(GError) fork = NULL;
	if (status.forked)
		err_set(&fork, ERR_CODE_FORK, NULL);
	bool good = status.refused == 0 && !status.forked;
	const char *trouble = status.forked ? fork->message : status.trouble;
	add_finding(cli, findings,
		(struct finding){"收发", good,
			g_strdup_printf("%s，未送 %d，退回 %d%s%s",
				!status.has_hub ? "单机"
				: status.online ? "联机"
						: "脱机",
				(int)status.unsent, (int)status.refused,
				*trouble != '\0' ? "。" : "", trouble)});
	desk_status_clear(&status);
}

/* Items without a route wait until the bureau or the administrator sets one. */
static void look_at_routes(struct cli *cli, struct desk *desk, json_t *findings)
{
	int waiting = desk_bureau_waiting(desk, NULL);
	if (waiting < 0)
		return;
	char *sentence = waiting == 0 ? g_strdup("没有等待路由的事项")
				      : g_strdup_printf("%d 个事项没有部门路由，还没有送出。"
							"请管理员用 catalog route set 设定去向",
						waiting);
	add_finding(cli, findings, (struct finding){"路由", waiting == 0, sentence});
}

/* Without a ballast the next full write is refused: whoever keeps the machine must hear it before.
 */
static void look_at_disk(struct cli *cli, struct desk *desk, json_t *findings)
{
	const char *home = store_home(desk_store(desk));
	struct desk_status status = {0};
	if (!desk_status_read(desk, &status, NULL))
		return;
	int64_t free_mib = store_free_bytes(home) >> 20;
	bool good = *status.disk == '\0' && free_mib >= DISK_LEAST_MIB;
	char *sentence;
	if (*status.disk != '\0')
		sentence = g_strdup_printf("%s（还有 %d MB；腾出 16 MB 以上会自动恢复备用空间）",
			status.disk, (int)free_mib);
	else
		sentence = g_strdup_printf(
			good ? "还有 %d MB" : "只剩 %d MB，请腾出空间", (int)free_mib);
	add_finding(cli, findings, (struct finding){"磁盘", good, sentence});
	desk_status_clear(&status);
}

/* How old the catalogue is (row 70), and what of the bureau's was not taken in. */
static void look_at_catalogue(struct cli *cli, struct desk *desk, json_t *findings)
{
	struct desk_supply supply = {0};
	bool good = false;
	if (!desk_supply_read(desk, &supply, NULL))
		return;
	char *words = desk_supply_words(&supply, &good);
	add_finding(cli, findings, (struct finding){"清单", good, words});
	desk_supply_clear(&supply);
}

bool cli_doctor(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk(cli, error);
	if (desk == NULL)
		return false;
	json_t *findings = json_array();
	look_at_journal(cli, desk_store(desk), findings);
	look_at_images(cli, desk_store(desk), findings);
	look_at_calendar(cli, desk_store(desk), findings);
	look_at_catalogue(cli, desk, findings);
	look_at_line(cli, desk, findings);
	look_at_routes(cli, desk, findings);
	look_at_disk(cli, desk, findings);
	cli_json(cli, json_pack("{s:o}", "findings", findings));
	return true;
}

/* ---- user ---- */

static bool parse_roles(const char *text, unsigned *ret_roles, GError **error)
{
	static const struct {
		const char *word;
		unsigned role;
	} words[] = {{"clerk", DESK_ROLE_CLERK}, {"supervisor", DESK_ROLE_SUPERVISOR},
		{"bureau", DESK_ROLE_BUREAU}, {"admin", DESK_ROLE_ADMIN}};
	unsigned roles = 0;
	g_auto(GStrv) parts = g_strsplit(text, ",", -1);
	for (int i = 0; parts[i] != NULL; i++) {
		unsigned before = roles;
		for (size_t j = 0; j < G_N_ELEMENTS(words); j++)
			if (strcmp(parts[i], words[j].word) == 0)
				roles |= words[j].role;
		if (roles == before)
			return err_set(error, ERR_CODE_USAGE,
				"角色写成 clerk supervisor bureau admin，多个用逗号隔开");
	}
	*ret_roles = roles;
	return true;
}

/* The first account of a home needs nobody; later ones an administrator (--as). */
static struct desk *desk_for_accounts(struct cli *cli, GError **error)
{
	if (cli_user(cli) != NULL)
		return cli_desk_as(cli, "guanli", error);
	struct desk *desk = cli_desk(cli, error);
	if (desk != NULL && desk_is_demo(desk) && !desk_login_demo(desk, "guanli", error))
		g_clear_pointer(&desk, desk_close);
	return desk;
}

static char *new_password(GError **error)
{
	char *password = cli_read("-", NULL, error);
	if (password != NULL)
		password[strcspn(password, "\r\n")] = '\0';
	return password;
}

bool cli_user_add(struct cli *cli, GError **error)
{
	unsigned roles = 0;
	const char *words = cli_option(cli, "roles");
	if (!parse_roles(words == NULL ? "clerk" : words, &roles, error))
		return false;
	g_autofree char *password = new_password(error);
	g_autoptr(desk) desk = password == NULL ? NULL : desk_for_accounts(cli, error);
	if (desk == NULL || !desk_user_add(desk, cli_argument(cli, 0), cli_argument(cli, 1), roles,
				    password, error))
		return false;
	cli_say(cli, "已加用户 %s", cli_argument(cli, 0));
	cli_done(cli);
	return true;
}

bool cli_user_password(struct cli *cli, GError **error)
{
	g_autofree char *password = new_password(error);
	g_autoptr(desk) desk = password == NULL ? NULL : desk_for_accounts(cli, error);
	if (desk == NULL || !desk_user_password(desk, cli_argument(cli, 0), password, error))
		return false;
	cli_say(cli, "已改口令");
	cli_done(cli);
	return true;
}

bool cli_user_disable(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = desk_for_accounts(cli, error);
	bool disable = cli_option(cli, "enable") == NULL;
	if (desk == NULL || !desk_user_disable(desk, cli_argument(cli, 0), disable, error))
		return false;
	cli_say(cli, disable ? "已停用" : "已启用");
	cli_done(cli);
	return true;
}

bool cli_user_list(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = cli_desk(cli, error);
	g_autoptr(GPtrArray) users = desk == NULL ? NULL : desk_users(desk, error);
	if (users == NULL)
		return false;
	json_t *array = json_array();
	for (guint i = 0; i < users->len; i++) {
		const struct desk_account *user = users->pdata[i];
		cli_say(cli, "%s  %s  %s%s", user->name, user->display, user->roles,
			user->disabled ? "  已停用" : "");
		json_array_append_new(array,
			json_pack("{s:s,s:s,s:s,s:b}", "name", user->name, "display", user->display,
				"roles", user->roles, "disabled", user->disabled != 0));
	}
	cli_json(cli, json_pack("{s:o}", "users", array));
	return true;
}

bool cli_window_add(struct cli *cli, GError **error)
{
	g_autoptr(desk) desk = desk_for_accounts(cli, error);
	struct desk_window window = {.hall = (char *)cli_argument(cli, 0),
		.code = (char *)cli_argument(cli, 1),
		.hall_name = (char *)cli_argument(cli, 2),
		.name = (char *)cli_argument(cli, 3)};
	if (desk == NULL || !desk_window_add(desk, &window, error))
		return false;
	cli_say(cli, "已登记窗口 %s", window.name);
	cli_done(cli);
	return true;
}
