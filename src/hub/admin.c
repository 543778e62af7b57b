#include "hub/admin.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "core/date.h"
#include "core/number.h"
#include "hub/secret.h"
#include "hub/sign.h"
#include "store/hub_store.h"

static int64_t now_ms(void)
{
	return clock_now_ms(&(struct clock){0});
}

static bool admin_init(const char *home, char **words, GError **error)
{
	if (!hub_store_create(home, now_ms(), error))
		return false;
	struct signer *signer = signer_open(home, error);
	signer_close(signer);
	return signer != NULL;
}

static bool put_enrolment(struct store *store, char **words, const char *secret, GError **error)
{
	g_autofree char *digest = secret_digest(secret);
	return store_run(store, HUB_STATEMENT_ENROLMENT_PUT,
		STORE_VALUES(STORE_TEXT("digest", digest), STORE_TEXT("hall", words[1]),
			STORE_TEXT("hall_name", words[3] != NULL ? words[3] : ""),
			STORE_TEXT("window", words[2]), STORE_INTEGER("made_ms", now_ms())),
		error);
}

static bool admin_enrol(const char *home, char **words, GError **error)
{
	if (!case_number_is_hall(words[1]) || !case_number_is_window(words[2]))
		return err_set(error, ERR_CODE_USAGE, "大厅要是四位数字，窗口要是两位代码");
	g_autoptr(store) store = hub_store_open(home, STORE_MODE_WRITE, error);
	g_autofree char *secret = secret_new('e');
	if (store == NULL || !put_enrolment(store, words, secret, error))
		return false;
	printf("%s\n", secret);
	return true;
}

static bool put_token(struct store *store, const char *kind, const char *department, GError **error)
{
	g_autofree char *token = secret_new(kind[0]);
	g_autofree char *digest = secret_digest(token);
	if (!store_run(store, HUB_STATEMENT_TOKEN_PUT,
		    STORE_VALUES(STORE_TEXT("digest", digest), STORE_TEXT("kind", kind),
			    STORE_TEXT("store", ""), STORE_TEXT("hall", ""),
			    STORE_TEXT("window", ""), STORE_TEXT("department", department),
			    STORE_INTEGER("made_ms", now_ms())),
		    error))
		return false;
	printf("%s\n", token);
	return true;
}

static bool admin_department(const char *home, char **words, GError **error)
{
	if (strlen(words[1]) > 64 || *words[1] == '\0' || strchr(words[1], '/') != NULL)
		return err_set(error, ERR_CODE_USAGE, "部门代码要在 64 字节以内，不含斜杠");
	g_autoptr(store) store = hub_store_open(home, STORE_MODE_WRITE, error);
	return store != NULL &&
	       store_run(store, HUB_STATEMENT_DEPARTMENT_PUT,
		       STORE_VALUES(STORE_TEXT("code", words[1]),
			       STORE_TEXT("name", words[2] != NULL ? words[2] : "")),
		       error) &&
	       put_token(store, "department", words[1], error);
}

static bool admin_bureau(const char *home, char **words, GError **error)
{
	g_autoptr(store) store = hub_store_open(home, STORE_MODE_WRITE, error);
	return store != NULL && put_token(store, "bureau", "", error);
}

struct token_row {
	char *digest, *kind, *store, *hall, *window, *department;
	int64_t made_ms, revoked_ms;
};
static const struct store_column token_columns[] = {STORE_COLUMN(TEXT, struct token_row, digest),
	STORE_COLUMN(TEXT, struct token_row, kind), STORE_COLUMN(TEXT, struct token_row, store),
	STORE_COLUMN(TEXT, struct token_row, hall), STORE_COLUMN(TEXT, struct token_row, window),
	STORE_COLUMN(TEXT, struct token_row, department),
	STORE_COLUMN(INTEGER, struct token_row, made_ms),
	STORE_COLUMN(INTEGER, struct token_row, revoked_ms), STORE_COLUMNS_END};
static const struct store_shape token_shape = {sizeof(struct token_row), token_columns};

static void print_token(const struct token_row *row)
{
	g_autofree char *made = civil_time_dup_text(row->made_ms);
	bool window = g_str_equal(row->kind, "window");
	printf("%.12s  %s  %s%s%s%s%s  %s\n", row->digest + strlen("sm3:"), made, row->kind,
		window ? " " : "", row->hall, window ? "/" : " ",
		window ? row->window : row->department, row->revoked_ms != 0 ? "已收回" : "有效");
}

static bool admin_tokens(const char *home, char **words, GError **error)
{
	g_autoptr(store) store = hub_store_open(home, STORE_MODE_READ, error);
	if (store == NULL)
		return false;
	g_autoptr(GPtrArray) rows =
		store_rows(store, HUB_STATEMENT_TOKEN_LIST, STORE_NO_VALUES, &token_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++)
		print_token(rows->pdata[i]);
	return rows != NULL;
}

static bool admin_revoke(const char *home, char **words, GError **error)
{
	int64_t changed = 0;
	if (strlen(words[1]) < 8)
		return err_set(error, ERR_CODE_USAGE, "请给出 tokens 所列开头的至少 8 位");
	g_autoptr(store) store = hub_store_open(home, STORE_MODE_WRITE, error);
	if (store == NULL || !store_run_counted(store, HUB_STATEMENT_TOKEN_REVOKE,
				     STORE_VALUES(STORE_TEXT("start", words[1]),
					     STORE_INTEGER("now_ms", now_ms())),
				     &changed, error))
		return false;
	return changed > 0 || err_set(error, ERR_CODE_NOT_FOUND, "没有这个有效的令牌");
}

static const struct admin_command {
	const char *name;
	guint least, most; /* words after the name */
	bool (*run)(const char *home, char **words, GError **error);
} commands[] = {
	{"init", 0, 0, admin_init},
	{"enrol", 2, 3, admin_enrol},
	{"department", 1, 2, admin_department},
	{"bureau", 0, 0, admin_bureau},
	{"tokens", 0, 0, admin_tokens},
	{"revoke", 1, 1, admin_revoke},
};

static const struct admin_command *find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (g_str_equal(commands[i].name, name))
			return &commands[i];
	return NULL;
}

bool admin_knows(const char *name)
{
	return find(name) != NULL;
}

bool admin_run(const char *home, char **words, GError **error)
{
	const struct admin_command *command = find(words[0]);
	guint count = g_strv_length(words) - 1;
	if (command == NULL || count < command->least || count > command->most)
		return err_set_next(error, ERR_CODE_USAGE, NULL, "用 yichuang-hub --help 查看写法");
	return command->run(home, words, error);
}

const char *admin_help(void)
{
	return "  init                      建立中心的数据目录\n"
	       "  enrol 大厅 窗口 [厅名]    生成一次性登记码，七天内有效\n"
	       "  department 代码 [名称]    登记部门并生成令牌\n"
	       "  bureau                    生成数据局的令牌\n"
	       "  tokens                    列出令牌（只列摘要）\n"
	       "  revoke 开头               收回一个令牌\n";
}
