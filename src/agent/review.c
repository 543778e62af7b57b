/* A department's reviewer against the hub: what a department's own system would do over REST. */
#include <stdio.h>
#include <string.h>

#include "agent/agent.h"
#include "agent/review_document.h"
#include "base/err.h"
#include "base/place.h"
#include "base/text.h"
#include "sync/config.h"
#include "sync/http.h"
#include "sync/wire.h"

#define NEXT "写法：review list | review show 要件包 | review act 要件包 动作 [文件|-] [--item N]"

struct review {
	char *hub, *token_file, *department; /* of the words */
	char *state, *after;
	gint64 item, expect, days;
	char *id, *at, *by, *outcome, *reason, *remedies, *number, *until;
	char **sentences;
	char **words; /* list, or act BUNDLE KIND [FILE] */
	struct sync_config *config;
	char *token;
	GKeyFile *tokens; /* of several departments; NULL: one */
	gboolean json;
	char *home, *unused; /* global options that stood among the words */
};

static void review_clear(struct review *review)
{
	char **texts[] = {&review->hub, &review->token_file, &review->department, &review->state,
		&review->after, &review->id, &review->at, &review->by, &review->outcome,
		&review->reason, &review->remedies, &review->number, &review->until, &review->token,
		&review->home, &review->unused};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(*texts[i]);
	g_strfreev(review->sentences);
	g_strfreev(review->words);
	if (review->tokens != NULL)
		g_key_file_free(review->tokens);
	sync_config_free(review->config);
}

static bool parse(const struct agent_call *call, struct review *review, GError **error)
{
	const GOptionEntry entries[] = {
		{"home", 0, 0, G_OPTION_ARG_FILENAME, &review->home, NULL, NULL},
		{"json", 0, 0, G_OPTION_ARG_NONE, &review->json, NULL, NULL},
		{"as", 0, 0, G_OPTION_ARG_STRING, &review->unused, NULL, NULL},
		{"now", 0, 0, G_OPTION_ARG_STRING, &review->unused, NULL, NULL},
		{"secret-file", 0, 0, G_OPTION_ARG_STRING, &review->unused, NULL, NULL},
		{"hub", 0, 0, G_OPTION_ARG_STRING, &review->hub, NULL, NULL},
		{"token-file", 0, 0, G_OPTION_ARG_FILENAME, &review->token_file, NULL, NULL},
		{"department", 0, 0, G_OPTION_ARG_STRING, &review->department, NULL, NULL},
		{"state", 0, 0, G_OPTION_ARG_STRING, &review->state, NULL, NULL},
		{"after", 0, 0, G_OPTION_ARG_STRING, &review->after, NULL, NULL},
		{"item", 0, 0, G_OPTION_ARG_INT64, &review->item, NULL, NULL},
		{"expect", 0, 0, G_OPTION_ARG_INT64, &review->expect, NULL, NULL},
		{"days", 0, 0, G_OPTION_ARG_INT64, &review->days, NULL, NULL},
		{"id", 0, 0, G_OPTION_ARG_STRING, &review->id, NULL, NULL},
		{"at", 0, 0, G_OPTION_ARG_STRING, &review->at, NULL, NULL},
		{"by", 0, 0, G_OPTION_ARG_STRING, &review->by, NULL, NULL},
		{"outcome", 0, 0, G_OPTION_ARG_STRING, &review->outcome, NULL, NULL},
		{"reason", 0, 0, G_OPTION_ARG_STRING, &review->reason, NULL, NULL},
		{"remedies", 0, 0, G_OPTION_ARG_STRING, &review->remedies, NULL, NULL},
		{"number", 0, 0, G_OPTION_ARG_STRING, &review->number, NULL, NULL},
		{"until", 0, 0, G_OPTION_ARG_STRING, &review->until, NULL, NULL},
		{"sentence", 0, 0, G_OPTION_ARG_STRING_ARRAY, &review->sentences, NULL, NULL},
		{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &review->words, NULL, NULL},
		{NULL}};
	g_auto(GStrv) words = g_new0(char *, (gsize)call->argc + 2);
	words[0] = g_strdup("review");
	for (int i = 0; i < call->argc; i++)
		words[i + 1] = g_strdup(call->argv[i]);
	GOptionContext *context = g_option_context_new(NULL);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_add_main_entries(context, entries, NULL);
	bool good = g_option_context_parse_strv(context, &words, NULL);
	g_option_context_free(context);
	return (good && review->words != NULL) || err_set_next(error, ERR_CODE_USAGE, NULL, NEXT);
}

static bool check_private(const char *path, GError **error)
{
	return place_is_private(path) ||
	       err_set_next(error, ERR_CODE_PERMISSION, "令牌文件别人也能读",
		       "请先运行 chmod 600，再试一次");
}

/* The tokens of several departments; the given one's is taken at once. */
static bool load_tokens(struct review *review, GError **error)
{
	if (*review->token != '\0' || *review->config->tokens == '\0')
		return true;
	if (!check_private(review->config->tokens, error))
		return false;
	review->tokens = g_key_file_new();
	g_key_file_load_from_file(review->tokens, review->config->tokens, G_KEY_FILE_NONE, NULL);
	char *token = g_key_file_get_string(review->tokens, review->department, "token", NULL);
	if (token == NULL)
		return true;
	g_free(review->token);
	review->token = token;
	g_clear_pointer(&review->tokens, g_key_file_free);
	return true;
}

/* The token of the words' file, else of the config, or several of its tokens file. */
static bool read_token(struct review *review, GError **error)
{
	if (review->token_file == NULL)
		review->token = g_strdup(review->config->token);
	else if (!check_private(review->token_file, error))
		return false;
	else if (!g_file_get_contents(review->token_file, &review->token, NULL, NULL))
		return err_set(error, ERR_CODE_IO, "令牌文件读不到");
	g_strstrip(review->token);
	return load_tokens(review, error);
}

/* Words first, then [review] of the home's config.ini. */
static bool find_hub(const struct agent_call *call, struct review *review, GError **error)
{
	review->config =
		sync_config_read(review->home != NULL ? review->home : call->home, "review", error);
	if (review->config == NULL)
		return false;
	if (review->hub == NULL)
		review->hub = g_strdup(review->config->url);
	if (review->department == NULL)
		review->department = g_strdup(review->config->department);
	if (!read_token(review, error))
		return false;
	if (*review->hub == '\0' || (*review->token == '\0' && review->tokens == NULL))
		return err_set_next(error, ERR_CODE_USAGE, "没有中心的地址或部门的令牌",
			"请给出 --hub 与 --token-file，或写进 config.ini 的 [review]");
	if (g_str_has_suffix(review->hub, "/"))
		review->hub[strlen(review->hub) - 1] = '\0';
	return true;
}

/* The hub's own sentence, cleaned; its code when we know it. */
static bool refuse(const struct http_answer *answer, const json_t *body, GError **error)
{
	enum err_code code = err_from_name(json_text(body, "code", ""));
	g_autofree char *title = text_clean(json_text(body, "title", ""), false);
	if (*title == '\0')
		return err_set(error, ERR_CODE_HUB_ANSWER, "中心回答 %ld", answer->status);
	g_set_error_literal(
		error, ERR_DOMAIN, code < ERR_CODE_COUNT ? code : ERR_CODE_HUB_REFUSED, title);
	return false;
}

/* One exchange; a new reference of the answer's document, NULL with error. */
static json_t *ask(const struct review *review, const char *method, const char *path,
	const json_t *document, GError **error)
{
	g_autofree char *url = g_strconcat(review->hub, path, NULL);
	size_t size = 0;
	g_autofree char *bytes = document != NULL ? json_frozen(document, &size) : NULL;
	const struct http_request request = {.method = method,
		.url = url,
		.token = review->token,
		.ca = review->config->ca,
		.bytes = bytes,
		.size = size,
		.upload_offset = -1,
		.upload_length = -1};
	struct http_answer answer = {0};
	if (!http_ask(&request, &answer, error))
		return NULL;
	g_autoptr(json_t) body = json_read(
		answer.bytes != NULL ? answer.bytes : "", answer.size, "中心的回答", NULL);
	bool good = answer.status / 100 == 2 && json_is_object(body);
	if (!good)
		refuse(&answer, body, error);
	http_answer_clear(&answer);
	return good ? g_steal_pointer(&body) : NULL;
}

static void print_clean(const char *text)
{
	g_autofree char *clean = text_clean(text, false);
	fputs(clean, stdout);
}

static void print_items(const json_t *items)
{
	size_t i;
	const json_t *item;
	json_array_foreach((json_t *)items, i, item)
	{
		printf("  %d ", (int)json_integer_or(item, "item", -1));
		print_clean(json_text(item, "name", ""));
		printf("  %s", json_text(item, "state", ""));
		if (*json_text(item, "due", "") != '\0') {
			printf("  ");
			print_clean(json_text(item, "due", ""));
		}
		printf("\n");
	}
}

/* With --json the answer as it is; else lines for people. */
static void show(const struct review *review, const json_t *answer)
{
	size_t i;
	const json_t *row;
	if (review->json) {
		g_autofree char *text = json_pretty(answer);
		fputs(text, stdout);
		return;
	}
	json_array_foreach(json_object_get(answer, "bundles"), i, row)
	{
		print_clean(json_text(row, "id", ""));
		printf("  %s  ", json_text(row, "case", ""));
		print_clean(json_text(row, "theme", ""));
		printf("\n");
		print_items(json_object_get(row, "items"));
	}
	print_items(json_object_get(answer, "items"));
}

static json_t *list_one(const struct review *review, GError **error)
{
	if (*review->department == '\0') {
		err_set_next(error, ERR_CODE_USAGE, "没有给出部门", "请给出 --department 代码");
		return NULL;
	}
	g_autofree char *code = http_escape(review->department);
	g_autofree char *state = http_escape(review->state != NULL ? review->state : "open");
	g_autofree char *after = http_escape(review->after != NULL ? review->after : "");
	g_autofree char *path =
		g_strdup_printf("/v1/departments/%s/bundles?state=%s&after=%s", code, state, after);
	return ask(review, "GET", path, NULL, error);
}

/* Becomes the reviewer of one department of several. */
static void become(struct review *review, const char *department)
{
	g_free(review->department);
	g_free(review->token);
	review->department = g_strdup(department);
	review->token = g_key_file_get_string(review->tokens, department, "token", NULL);
	if (review->token == NULL)
		review->token = g_strdup("");
}

static json_t *review_list(struct review *review, GError **error)
{
	if (review->tokens == NULL)
		return list_one(review, error);
	json_t *bundles = json_array();
	g_auto(GStrv) departments = g_key_file_get_groups(review->tokens, NULL);
	for (int i = 0; departments[i] != NULL; i++) {
		become(review, departments[i]);
		g_autoptr(json_t) list = list_one(review, error);
		if (list == NULL) {
			json_decref(bundles);
			return NULL;
		}
		json_array_extend(bundles, json_object_get(list, "bundles"));
	}
	return json_pack("{s:o,s:s}", "bundles", bundles, "next", "");
}

/* Of several departments the one that may read the bundle; with one there is nothing to find. */
static bool become_reader(struct review *review, GError **error)
{
	if (review->tokens == NULL)
		return true;
	g_autofree char *bundle = http_escape(review->words[1]);
	g_autofree char *path = g_strdup_printf("/v1/bundles/%s", bundle);
	g_auto(GStrv) departments = g_key_file_get_groups(review->tokens, NULL);
	for (int i = 0; departments[i] != NULL; i++) {
		become(review, departments[i]);
		g_autoptr(json_t) found = ask(review, "GET", path, NULL, NULL);
		if (found != NULL)
			return true;
	}
	return err_set(error, ERR_CODE_NOT_FOUND, "没有一个部门有这个要件包");
}

static json_t *review_show(struct review *review, GError **error)
{
	if (!become_reader(review, error))
		return NULL;
	g_autofree char *bundle = http_escape(review->words[1]);
	g_autofree char *path = g_strdup_printf("/v1/bundles/%s", bundle);
	return ask(review, "GET", path, NULL, error);
}

static char *random_id(void)
{
	uint8_t random[16];
	digest_random(random, sizeof random);
	return digest_hex(random, sizeof random);
}

static json_t *review_send(
	const struct review *review, const char *id, const char *at, GError **error)
{
	const struct review_act act = {.id = id,
		.bundle = review->words[1],
		.kind = review->words[2],
		.item = review->item,
		.expect = review->expect,
		.days = review->days,
		.at = at,
		.by = review->by != NULL ? review->by : "审批人员",
		.outcome = review->outcome,
		.reason = review->reason,
		.remedies = review->remedies,
		.number = review->number,
		.until = review->until,
		.sentences = review->sentences};
	const char *path_of_file = review->words[3];
	g_autoptr(json_t) file = path_of_file != NULL ? json_read_file(path_of_file, error) : NULL;
	if (path_of_file != NULL && file == NULL)
		return NULL;
	g_autoptr(json_t) document = review_document(&act, file, error);
	if (document == NULL)
		return NULL;
	g_autofree char *bundle = http_escape(act.bundle);
	g_autofree char *path = g_strdup_printf("/v1/bundles/%s/updates/%s", bundle, id);
	return ask(review, "PUT", path, document, error);
}

static json_t *review_act(struct review *review, GError **error)
{
	if (!become_reader(review, error))
		return NULL;
	g_autofree char *id = review->id != NULL ? g_strdup(review->id) : random_id();
	g_autofree char *at = review->at != NULL ? g_strdup(review->at)
						 : wire_time(clock_now_ms(&(struct clock){0}));
	return review_send(review, id, at, error);
}

static const struct review_command {
	const char *name;
	guint least, most; /* words */
	json_t *(*run)(struct review *review, GError **error);
} review_commands[] = {
	{"list", 1, 1, review_list},
	{"show", 2, 2, review_show},
	{"act", 3, 4, review_act},
};

static json_t *run(struct review *review, GError **error)
{
	guint count = g_strv_length(review->words);
	for (size_t i = 0; i < G_N_ELEMENTS(review_commands); i++) {
		const struct review_command *command = &review_commands[i];
		if (g_str_equal(command->name, review->words[0]) && count >= command->least &&
			count <= command->most)
			return command->run(review, error);
	}
	err_set_next(error, ERR_CODE_USAGE, NULL, NEXT);
	return NULL;
}

bool agent_review(const struct agent_call *call, GError **error)
{
	struct review review = {.item = -1, .expect = -1, .json = call->json};
	g_autoptr(json_t) answer = NULL;
	if (parse(call, &review, error) && find_hub(call, &review, error))
		answer = run(&review, error);
	if (answer != NULL)
		show(&review, answer);
	review_clear(&review);
	return answer != NULL;
}
