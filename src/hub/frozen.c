#include "hub/frozen.h"

#include <string.h>

#include "base/err.h"

/* Frozen bytes hold no reals: what one prints differs between writers. */
static bool holds_real(const json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;
	if (json_is_object(value)) {
		json_object_foreach(
			(json_t *)value, key, member) if (holds_real(member)) return true;
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, member) if (holds_real(member)) return true;
	}
	return json_is_real(value);
}

bool frozen_check(const GByteArray *bytes, const json_t *value, const char *what, GError **error)
{
	size_t size = 0;
	g_autofree char *frozen = json_frozen(value, &size);
	if (size == bytes->len && memcmp(frozen, bytes->data, size) == 0 && !holds_real(value))
		return true;
	return err_set(
		error, ERR_CODE_HUB_REFUSED, "%s不是冻结格式（键排序、无空格、无小数）", what);
}
