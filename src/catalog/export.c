#include "catalog/export.h"

/* A string, or null where it is empty. */
static json_t *text_or_null(const char *text)
{
	return text[0] == '\0' ? json_null() : json_string(text);
}

static void set(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_string(text));
}

static json_t *export_item(const struct theme_item *item)
{
	json_t *object = json_object();
	set(object, "name", item->name);
	set(object, "dept", item->dept);
	set(object, "level", item->level);
	set(object, "note", item->note);
	json_object_set_new(object, "choice", text_or_null(item->choice));
	return object;
}

json_t *export_theme(const struct theme *theme)
{
	json_t *object = json_object();
	json_t *numbers = json_array();
	json_t *items = json_array();
	for (guint i = 0; i < theme->numbers->len; i++)
		json_array_append_new(numbers, json_integer(g_array_index(theme->numbers, int, i)));
	for (guint i = 0; i < theme->items->len; i++)
		json_array_append_new(items, export_item(theme->items->pdata[i]));
	json_object_set_new(object, "no", numbers);
	json_object_set_new(object, "audience", text_or_null(theme->audience));
	set(object, "name", theme->name);
	set(object, "lead", theme->lead);
	set(object, "note", theme->note);
	set(object, "due", theme->due);
	set(object, "place", theme->place);
	set(object, "cooperating", theme->cooperating);
	json_object_set_new(object, "items", items);
	return object;
}

json_t *export_list(const struct list *list)
{
	json_t *object = json_object();
	json_t *themes = json_array();
	set(object, "id", list->id);
	set(object, "title", list->title);
	set(object, "issuer", list->issuer);
	set(object, "doc_no", list->doc_no);
	set(object, "date", list->date);
	for (guint i = 0; i < list->themes->len; i++)
		json_array_append_new(themes, export_theme(list->themes->pdata[i]));
	json_object_set_new(object, "themes", themes);
	return object;
}
