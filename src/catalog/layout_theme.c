/* A theme from the words of its list and of its guide. */
#include <string.h>

#include "catalog/layout.h"

void guide_free(struct guide *guide)
{
	if (guide == NULL)
		return;
	g_free(guide->theme);
	g_free(guide->display);
	g_strfreev(guide->conditions);
	limit_rule_clear(&guide->joint);
	g_clear_pointer(&guide->items, g_ptr_array_unref);
	g_clear_pointer(&guide->questions, g_ptr_array_unref);
	g_clear_pointer(&guide->exclusions, g_ptr_array_unref);
	g_free(guide);
}

char *layout_theme_id(const json_t *object)
{
	GString *id = g_string_new(NULL);
	const char *audience = json_text(object, "audience", "");
	if (form_audience(audience))
		g_string_append(id, audience);
	size_t i;
	json_t *number;
	json_array_foreach(json_object_get(object, "no"), i, number)
	{
		if (id->len != 0)
			g_string_append_c(id, '-');
		g_string_append_printf(id, "%lld", (long long)json_integer_value(number));
	}
	return g_string_free(id, FALSE);
}

/* Members that only a guide fills, empty. */
static void set_guide_defaults(struct theme *theme)
{
	theme->display = g_strdup(theme->name);
	theme->conditions = g_new0(char *, 1);
	theme->joint.basis = g_strdup("");
	theme->questions = g_ptr_array_new_with_free_func((GDestroyNotify)question_free);
	theme->exclusions = g_ptr_array_new_with_free_func((GDestroyNotify)exclusion_free);
	for (guint i = 0; i < theme->items->len; i++) {
		struct theme_item *item = theme->items->pdata[i];
		item->index = (int)i;
		item->service = g_strdup("");
		item->not_offered = g_strdup("");
		item->basic_code = g_strdup("");
		item->when.terms = g_ptr_array_new();
		item->after = g_array_new(FALSE, TRUE, sizeof(int));
	}
}

struct theme *layout_read_theme(
	struct reader *reader, const json_t *object, const char *list, int version, int index)
{
	g_autofree char *id = layout_theme_id(object);
	gsize mark = id[0] == '\0' ? reader_enter(reader, "第 %d 个主题", index + 1)
				   : reader_enter(reader, "主题 %s", id);
	struct theme *theme = g_new0(struct theme, 1);
	reader_object(reader, object, &layout_theme, theme);
	theme->list = g_strdup(list);
	theme->version = version;
	theme->id = g_steal_pointer(&id);
	set_guide_defaults(theme);
	reader_leave(reader, mark);
	return theme;
}

static void apply_item(
	struct reader *reader, struct theme_item *from, struct theme *theme, GHashTable *seen)
{
	if (from->index < 0 || from->index >= (int)theme->items->len) {
		reader_fault(reader, "index 从 0 数起，请对照清单改正",
			"清单里没有第 %d 行，本主题只有 %u 项", from->index, theme->items->len);
		return;
	}
	if (!g_hash_table_add(seen, GINT_TO_POINTER(from->index))) {
		reader_fault(reader, "请合并成一条", "index %d 写了两次", from->index);
		return;
	}
	struct theme_item *to = theme->items->pdata[from->index];
	g_free(to->service);
	to->service = g_steal_pointer(&from->service);
	g_free(to->not_offered);
	to->not_offered = g_steal_pointer(&from->not_offered);
	g_free(to->basic_code);
	to->basic_code = g_steal_pointer(&from->basic_code);
	condition_clear(&to->when);
	to->when = from->when;
	from->when.terms = NULL;
	g_array_unref(to->after);
	to->after = g_steal_pointer(&from->after);
	to->parallel = from->parallel;
}

void guide_apply(struct reader *reader, struct guide *guide, struct theme *theme)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < guide->items->len; i++)
		apply_item(reader, guide->items->pdata[i], theme, seen);
	if (guide->display[0] != '\0') {
		g_free(theme->display);
		theme->display = g_steal_pointer(&guide->display);
	}
	g_strfreev(theme->conditions);
	theme->conditions = g_steal_pointer(&guide->conditions);
	limit_rule_clear(&theme->joint);
	theme->joint = guide->joint;
	guide->joint.basis = NULL;
	g_ptr_array_unref(theme->questions);
	theme->questions = g_steal_pointer(&guide->questions);
	g_ptr_array_unref(theme->exclusions);
	theme->exclusions = g_steal_pointer(&guide->exclusions);
}

void layout_read_guide(struct reader *reader, const json_t *object, struct theme *theme)
{
	gsize mark = reader_enter(reader, "主题 %s", theme->id);
	g_autoptr(guide) guide = g_new0(struct guide, 1);
	reader_object(reader, object, &layout_guide, guide);
	guide_apply(reader, guide, theme);
	reader_leave(reader, mark);
}
