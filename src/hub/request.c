#include "hub/request.h"

#include "base/err.h"

struct request *request_new(void)
{
	struct request *request = g_new0(struct request, 1);
	request->query = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	request->body = g_byte_array_new();
	request->reply =
		(struct reply){.upload_offset = -1, .upload_length = -1, .piece_whole = -1};
	request->caller.kind = CALLER_ANYONE;
	return request;
}

void request_free(struct request *request)
{
	for (int i = 0; i < REQUEST_MOST_PARTS; i++)
		g_free(request->parts[i]);
	g_hash_table_unref(request->query);
	g_free(request->authorization);
	g_free(request->content_type);
	g_free(request->if_match);
	g_free(request->upload_offset);
	g_free(request->upload_length);
	g_free(request->if_none_match);
	g_free(request->digest);
	g_free(request->range);
	g_byte_array_unref(request->body);
	g_free(request->lane);
	g_clear_error(&request->fault);
	g_clear_pointer(&request->findings, json_decref);
	reply_clear(&request->reply);
	g_free(request);
}

const char *request_query(const struct request *request, const char *key, const char *fallback)
{
	const char *value = g_hash_table_lookup(request->query, key);
	return value != NULL ? value : fallback;
}

bool request_query_number(const struct request *request, const char *key, int64_t fallback,
	int64_t *ret_number, GError **error)
{
	const char *value = g_hash_table_lookup(request->query, key);
	if (value == NULL) {
		*ret_number = fallback;
		return true;
	}
	gint64 number = 0;
	if (!g_ascii_string_to_signed(value, 10, 0, INT64_MAX, &number, NULL))
		return err_set(error, ERR_CODE_INVALID, "参数 %s 要是不小于 0 的整数", key);
	*ret_number = number;
	return true;
}

json_t *request_json(const struct request *request, GError **error)
{
	g_autoptr(json_t) value =
		json_read((const char *)request->body->data, request->body->len, "请求内容", error);
	if (value == NULL)
		return NULL;
	if (!json_is_object(value)) {
		err_set(error, ERR_CODE_JSON, "请求内容要是一个 JSON 对象");
		return NULL;
	}
	return g_steal_pointer(&value);
}

void reply_clear(struct reply *reply)
{
	g_clear_pointer(&reply->body, g_bytes_unref);
	g_clear_pointer(&reply->etag, g_free);
	g_clear_pointer(&reply->digest, g_free);
	g_clear_pointer(&reply->problem, json_decref);
	*reply = (struct reply){.upload_offset = -1, .upload_length = -1, .piece_whole = -1};
}

void reply_bytes(struct reply *reply, int status, const char *type, GBytes *bytes)
{
	g_clear_pointer(&reply->body, g_bytes_unref);
	reply->status = status;
	reply->type = type;
	reply->body = bytes;
}

static GBytes *bytes_of(const json_t *value)
{
	size_t size = 0;
	char *text = json_frozen(value, &size);
	return g_bytes_new_take(text, size);
}

void reply_json(struct reply *reply, int status, json_t *value)
{
	reply_bytes(reply, status, "application/json", bytes_of(value));
	json_decref(value);
}

void reply_empty(struct reply *reply, int status)
{
	reply_bytes(reply, status, NULL, NULL);
}

static enum err_code code_of(const GError *error)
{
	bool ours = error != NULL && error->domain == ERR_DOMAIN && error->code >= 0 &&
		    error->code < ERR_CODE_COUNT;
	return ours ? (enum err_code)error->code : ERR_CODE_INTERNAL;
}

void reply_error(struct reply *reply, const GError *error)
{
	enum err_code code = code_of(error);
	int status = err_http_status(code);
	const char *title =
		code == ERR_CODE_INTERNAL || error == NULL ? err_sentence(code) : error->message;
	json_t *problem = json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title", title,
		"status", status, "code", err_name(code));
	if (problem == NULL)
		problem = json_pack("{s:i, s:s}", "status", status, "code", err_name(code));
	if (reply->problem != NULL)
		json_object_update(problem, reply->problem);
	reply_bytes(reply, status, "application/problem+json", bytes_of(problem));
	json_decref(problem);
}
