#include "hub/gate.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/err.h"
#include "hub/route.h"
#include "store/hub_store.h"

struct gate {
	GMutex lock;
	struct store *store;
	bool demo;
	GHashTable *seen; /* char * store → int64_t * monotonic ms */
};

struct token_row {
	char *kind, *store, *hall, *window, *department;
	int64_t revoked_ms;
};
static const struct store_column token_columns[] = {STORE_COLUMN(TEXT, struct token_row, kind),
	STORE_COLUMN(TEXT, struct token_row, store), STORE_COLUMN(TEXT, struct token_row, hall),
	STORE_COLUMN(TEXT, struct token_row, window),
	STORE_COLUMN(TEXT, struct token_row, department),
	STORE_COLUMN(INTEGER, struct token_row, revoked_ms), STORE_COLUMNS_END};
static const struct store_shape token_shape = {sizeof(struct token_row), token_columns};

struct gate *gate_open(const char *home, bool demo, GError **error)
{
	struct store *store = hub_store_open(home, STORE_MODE_READ, error);
	if (store == NULL)
		return NULL;
	struct gate *gate = g_new0(struct gate, 1);
	g_mutex_init(&gate->lock);
	gate->store = store;
	gate->demo = demo;
	gate->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return gate;
}

void gate_close(struct gate *gate)
{
	if (gate == NULL)
		return;
	g_hash_table_unref(gate->seen);
	store_close(gate->store);
	g_mutex_clear(&gate->lock);
	g_free(gate);
}

int64_t gate_last_seen_ms(struct gate *gate, const char *store)
{
	g_mutex_lock(&gate->lock);
	const int64_t *at = g_hash_table_lookup(gate->seen, store);
	int64_t result = at != NULL ? *at : 0;
	g_mutex_unlock(&gate->lock);
	return result;
}

static void note_seen(struct gate *gate, const char *store)
{
	int64_t *at = g_new(int64_t, 1);
	*at = clock_monotonic_ms();
	g_hash_table_replace(gate->seen, g_strdup(store), at);
}

static enum caller_kind kind_from_word(const char *word)
{
	if (g_str_equal(word, "window"))
		return CALLER_WINDOW;
	return g_str_equal(word, "department") ? CALLER_DEPARTMENT : CALLER_BUREAU;
}

static void fill_caller(struct caller *caller, const struct token_row *row)
{
	caller->kind = kind_from_word(row->kind);
	g_strlcpy(caller->store, row->store, sizeof caller->store);
	g_strlcpy(caller->hall, row->hall, sizeof caller->hall);
	g_strlcpy(caller->window, row->window, sizeof caller->window);
	g_strlcpy(caller->department, row->department, sizeof caller->department);
}

static bool find_caller(struct gate *gate, const char *token, struct caller *caller, GError **error)
{
	struct digest digest = digest_of(token, strlen(token));
	char text[DIGEST_TEXT_SIZE];
	digest_to_text(&digest, text);
	struct token_row row;
	bool found = false;
	g_mutex_lock(&gate->lock);
	bool good = store_row(gate->store, HUB_STATEMENT_TOKEN_GET,
		STORE_VALUES(STORE_TEXT("digest", text)), &token_shape, &row, &found, error);
	if (good && found) {
		if (row.revoked_ms != 0)
			found = false;
		else
			fill_caller(caller, &row);
		store_row_clear(&token_shape, &row);
	}
	if (found && caller->store[0] != '\0')
		note_seen(gate, caller->store);
	g_mutex_unlock(&gate->lock);
	if (good && !found)
		return err_set(error, ERR_CODE_HUB_AUTH, NULL);
	return good;
}

static bool check_caller(struct gate *gate, struct request *request, GError **error)
{
	unsigned allowed = request->route->callers;
	if (allowed & CALLER_ANYONE)
		return true;
	const char *given = request->authorization;
	if (given == NULL || g_ascii_strncasecmp(given, "Bearer ", 7) != 0 || strlen(given) > 200)
		return err_set(error, ERR_CODE_HUB_AUTH, "请求没有带令牌");
	if (!find_caller(gate, given + 7, &request->caller, error))
		return false;
	if ((allowed & request->caller.kind) == 0)
		return err_set(error, ERR_CODE_PERMISSION, "这个令牌不能用于这项操作");
	if (!gate->demo && g_str_equal(request->caller.hall, "0000"))
		return err_set_next(error, ERR_CODE_PERMISSION, "0000 是演示大厅，正式中心不收",
			"请用 --demo 启动演示中心");
	return true;
}

static bool is_json_type(const char *type)
{
	if (type == NULL || *type == '\0')
		return true;
	size_t length = strcspn(type, ";");
	g_autofree char *plain = g_strndup(type, length);
	return g_ascii_strcasecmp(g_strstrip(plain), "application/json") == 0;
}

static bool check_body(const struct request *request, int64_t content_length, GError **error)
{
	const struct route *route = request->route;
	if (content_length > (int64_t)route->most_bytes)
		return err_set(error, ERR_CODE_TOO_LARGE, "内容超过 %" G_GSIZE_FORMAT " 字节",
			route->most_bytes);
	if (route->body == ROUTE_BODY_JSON && !is_json_type(request->content_type))
		return err_set(error, ERR_CODE_MEDIA, NULL);
	return true;
}

bool gate_admit(struct gate *gate, struct request *request, const char *method, const char *path,
	int64_t content_length)
{
	g_autoptr(GError) error = NULL;
	if (route_find(request, method, path, &error) && check_caller(gate, request, &error) &&
		check_body(request, content_length, &error))
		return true;
	reply_error(&request->reply, error);
	return false;
}
