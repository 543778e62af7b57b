#include "hub/bind.h"

#include <string.h>

#include "base/digest.h"
#include "base/err.h"
#include "core/date.h"

bool bind_is_id(const char *text)
{
	return text != NULL && strlen(text) == 32 && strspn(text, "0123456789abcdef") == 32;
}

static bool bind_text(const json_t *value, const struct bind *bind)
{
	const char *text = json_string_value(value);
	if (text == NULL || json_string_length(value) > (size_t)bind->most ||
		(bind->needed && *text == '\0'))
		return false;
	*(const char **)bind->target = text;
	return true;
}

static bool bind_shaped(const json_t *value, const struct bind *bind)
{
	const char *text = json_string_value(value);
	struct digest digest;
	bool good = bind->kind == BIND_KIND_ID ? bind_is_id(text)
					       : text != NULL && digest_from_text(text, &digest);
	if (text != NULL && *text == '\0' && !bind->needed)
		good = true;
	if (good)
		*(const char **)bind->target = text;
	return good;
}

static bool bind_integer(const json_t *value, const struct bind *bind)
{
	if (!json_is_integer(value) || json_integer_value(value) < bind->least ||
		json_integer_value(value) > bind->most)
		return false;
	*(int64_t *)bind->target = json_integer_value(value);
	return true;
}

static bool bind_value(const json_t *value, const struct bind *bind)
{
	switch (bind->kind) {
	case BIND_KIND_TEXT:
		return bind_text(value, bind);
	case BIND_KIND_ID:
	case BIND_KIND_DIGEST:
		return bind_shaped(value, bind);
	case BIND_KIND_TIME:
		return json_is_string(value) &&
		       civil_time_from_rfc3339(json_string_value(value), bind->target);
	case BIND_KIND_INTEGER:
		return bind_integer(value, bind);
	case BIND_KIND_FLAG:
		*(int *)bind->target = json_is_true(value);
		return json_is_boolean(value);
	case BIND_KIND_OBJECT:
		*(const json_t **)bind->target = value;
		return json_is_object(value);
	case BIND_KIND_ARRAY:
		*(const json_t **)bind->target = value;
		return json_is_array(value) && json_array_size(value) <= (size_t)bind->most;
	default:
		return false;
	}
}

/* What the member has to be, for the message (g_free). */
static char *wanted(const struct bind *bind)
{
	switch (bind->kind) {
	case BIND_KIND_TEXT:
		return g_strdup_printf(
			"%s%d 字节以内的文字", bind->needed ? "非空、" : "", (int)bind->most);
	case BIND_KIND_ID:
		return g_strdup("32 位小写十六进制");
	case BIND_KIND_DIGEST:
		return g_strdup("sm3: 开头的摘要");
	case BIND_KIND_TIME:
		return g_strdup("RFC 3339 时间");
	case BIND_KIND_INTEGER:
		return g_strdup_printf("%" G_GINT64_FORMAT " 到 %" G_GINT64_FORMAT " 的整数",
			(gint64)bind->least, (gint64)bind->most);
	case BIND_KIND_FLAG:
		return g_strdup("true 或 false");
	case BIND_KIND_OBJECT:
		return g_strdup("对象");
	default:
		return g_strdup_printf("不超过 %d 项的数组", (int)bind->most);
	}
}

/* An empty text stands for no time. */
static bool is_blank_time(const json_t *value, const struct bind *bind)
{
	return bind->kind == BIND_KIND_TIME && json_is_string(value) &&
	       json_string_length(value) == 0;
}

bool bind_object(const json_t *object, const char *where, const struct bind *binds, GError **error)
{
	const char *prefix = where != NULL ? where : "";
	const char *dot = where != NULL ? "." : "";
	if (!json_is_object(object))
		return err_set(error, ERR_CODE_INVALID, "%s 要是对象", where ? where : "内容");
	for (const struct bind *bind = binds; bind->kind != BIND_KIND_END; bind++) {
		const json_t *value = json_object_get(object, bind->key);
		bool absent = value == NULL || json_is_null(value) || is_blank_time(value, bind);
		if (absent && !bind->needed)
			continue;
		if (absent)
			return err_set(
				error, ERR_CODE_INVALID, "缺少 %s%s%s", prefix, dot, bind->key);
		if (bind_value(value, bind))
			continue;
		g_autofree char *what = wanted(bind);
		return err_set(
			error, ERR_CODE_INVALID, "%s%s%s 要是%s", prefix, dot, bind->key, what);
	}
	return true;
}
