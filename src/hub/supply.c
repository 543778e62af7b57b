#include "hub/supply.h"

#include "base/digest.h"
#include "base/err.h"

char *supply_digest(const void *bytes, size_t size)
{
	struct digest digest = digest_of(bytes, size);
	return digest_dup_text(&digest);
}

void supply_list(struct request *request, const char *name, json_t *rows)
{
	struct reply *reply = &request->reply;
	json_t *list = json_object();
	json_object_set_new(list, name, rows);
	reply_json(reply, 200, list);
	gsize size = 0;
	const void *bytes = g_bytes_get_data(reply->body, &size);
	g_autofree char *digest = supply_digest(bytes, size);
	reply->etag = g_strdup_printf("\"%s\"", digest + strlen("sm3:"));
	if (g_strcmp0(request->if_none_match, reply->etag) == 0)
		reply_empty(reply, 304);
}

bool supply_stamp(struct hub *hub, int64_t *ret_stamp, GError **error)
{
	return store_integer(
		hub->store, HUB_STATEMENT_SUPPLY_STAMP, STORE_NO_VALUES, 0, ret_stamp, error);
}

bool supply_changed(struct hub *hub, GError **error)
{
	hub->supply_news = true;
	return hub_run(hub, HUB_STATEMENT_SUPPLY_STEP, STORE_NO_VALUES, error);
}

bool supply_check_digest(const struct request *request, const char *digest, GError **error)
{
	if (request->digest == NULL || g_str_equal(request->digest, digest))
		return true;
	return err_set_next(error, ERR_CODE_INVALID, "内容与 Digest 头写的摘要不符",
		"请重新发送；仍不行请检查网络设备是否改动了内容");
}

void supply_kept(struct request *request, bool is_new, const char *digest)
{
	reply_json(&request->reply, is_new ? 201 : 200, json_pack("{s:s}", "digest", digest));
}
