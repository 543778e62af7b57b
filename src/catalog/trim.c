/* One way to write what says the same: members that are empty are left out. */
#include "catalog/reader.h"

static bool is_left_out(const struct member *member, const json_t *value)
{
	switch (member->kind) {
	case MEMBER_TEXT:
		return json_is_string(value) ? json_string_length(value) == 0
					     : member->nullable && json_is_null(value);
	case MEMBER_TEXTS:
	case MEMBER_INTEGERS:
	case MEMBER_OBJECTS:
		return json_is_array(value) && json_array_size(value) == 0;
	case MEMBER_INTEGER:
		return json_is_integer(value) && json_integer_value(value) == 0;
	case MEMBER_FLAG:
		return json_is_false(value);
	case MEMBER_CONDITION:
		return json_is_object(value) && json_object_size(value) == 0;
	default:
		return false;
	}
}

void reader_trim(json_t *object, const struct shape *shape)
{
	for (const struct member *member = shape->members; member->key != NULL; member++) {
		json_t *value = json_object_get(object, member->key), *element;
		size_t i;
		if (member->kind == MEMBER_OBJECTS)
			json_array_foreach(value, i, element)
			{
				reader_trim(element, member->shape);
			}
		if (value != NULL && !member->needed && is_left_out(member, value))
			json_object_del(object, member->key);
	}
}
