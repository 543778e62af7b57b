/* 好差评: the applicant's own grade, once a case, from the page's form or as JSON. */
#include "base/err.h"
#include "base/text.h"
#include "hub/bind.h"
#include "hub/handlers.h"
#include "hub/page.h"
#include "hub/secret.h"

#define MOST_COMMENT 2000

struct rating {
	int64_t grade; /* 5 非常满意 … 1 非常不满意 */
	char *comment;
};

static bool is_form(const struct request *request)
{
	return request->content_type != NULL &&
	       g_ascii_strncasecmp(
		       request->content_type, "application/x-www-form-urlencoded", 33) == 0;
}

static bool read_form(const struct request *request, struct rating *rating, GError **error)
{
	g_autoptr(GHashTable) fields = g_uri_parse_params((const char *)request->body->data,
		(gssize)request->body->len, "&", G_URI_PARAMS_WWW_FORM, NULL);
	const char *grade = fields != NULL ? g_hash_table_lookup(fields, "grade") : NULL;
	const char *comment = fields != NULL ? g_hash_table_lookup(fields, "comment") : NULL;
	gint64 number = 0;
	if (grade == NULL || !g_ascii_string_to_signed(grade, 10, 1, 5, &number, NULL))
		return err_set(error, ERR_CODE_INVALID, "请选择一个评价等次");
	rating->grade = number;
	rating->comment = text_clean(comment, true);
	return true;
}

static bool read_json(const struct request *request, struct rating *rating, GError **error)
{
	g_autoptr(json_t) body = request_json(request, error);
	const char *comment = "";
	const struct bind binds[] = {BIND_NEED_INTEGER("grade", &rating->grade, 1, 5),
		BIND_TEXT("comment", &comment, MOST_COMMENT), BIND_END};
	if (body == NULL || !bind_object(body, NULL, binds, error))
		return false;
	rating->comment = text_clean(comment, true);
	return true;
}

static bool put(struct hub *hub, const char *token, const struct rating *rating, GError **error)
{
	g_autofree char *digest = secret_digest(token);
	g_autofree char *number = NULL;
	int64_t before = 0;
	if (!store_text(hub->store, HUB_STATEMENT_BUNDLE_NUMBER_OF_TOKEN,
		    STORE_VALUES(STORE_TEXT("digest", digest)), &number, error))
		return false;
	if (number == NULL)
		return err_set(error, ERR_CODE_NOT_FOUND, NULL);
	if (strlen(rating->comment) > MOST_COMMENT)
		return err_set(error, ERR_CODE_INVALID, "留言太长");
	if (!store_integer(hub->store, HUB_STATEMENT_RATING_GET,
		    STORE_VALUES(STORE_TEXT("digest", digest)), 0, &before, error))
		return false;
	if (before != 0)
		return err_set_next(
			error, ERR_CODE_EXISTS, "这个办件已经评价过了", "每个办件评价一次，谢谢");
	return hub_run(hub, HUB_STATEMENT_RATING_PUT,
		STORE_VALUES(STORE_TEXT("digest", digest), STORE_INTEGER("grade", rating->grade),
			STORE_TEXT("comment", rating->comment),
			STORE_INTEGER("at_ms", hub_now_ms(hub))),
		error);
}

/* Who filled in the form reads a page, whatever happened. */
static void reply_form(struct request *request, bool good, GError **error)
{
	if (good) {
		reply_bytes(&request->reply, 201, "text/html; charset=utf-8",
			page_note_html("谢谢您的评价", "评价已经收到。"));
		return;
	}
	bool twice = err_is(*error, ERR_CODE_EXISTS), unknown = err_is(*error, ERR_CODE_NOT_FOUND);
	reply_error(&request->reply, *error);
	int status = request->reply.status;
	reply_bytes(&request->reply, status, "text/html; charset=utf-8",
		page_note_html("没有收下这次评价",
			twice ? "这个办件已经评价过了，每个办件评价一次。谢谢。"
			: unknown ? "没有这个地址对应的办件。请核对回执上的二维码。"
				  : "请返回上一页，选择一个等次后再提交。"));
}

bool hub_rating(struct hub *hub, struct request *request, GError **error)
{
	struct rating rating = {0};
	bool form = is_form(request);
	g_autoptr(GError) problem = NULL;
	bool good = (form ? read_form(request, &rating, &problem)
			  : read_json(request, &rating, &problem)) &&
		    put(hub, request->parts[0], &rating, &problem);
	g_free(rating.comment);
	if (form) {
		reply_form(request, good, &problem);
		return true;
	}
	if (!good) {
		g_propagate_error(error, g_steal_pointer(&problem));
		return false;
	}
	reply_json(&request->reply, 201, json_pack("{s:b}", "kept", 1));
	return true;
}
