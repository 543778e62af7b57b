#include "core/theme.h"

#include <string.h>

/* Frees the elements exactly once, whether or not the array's maker gave it a free function. */
static void free_elements(GPtrArray *array, GDestroyNotify free_element)
{
	if (array == NULL)
		return;
	g_ptr_array_set_free_func(array, free_element);
	g_ptr_array_unref(array);
}

static void free_numbers(GArray *array)
{
	if (array != NULL)
		g_array_unref(array);
}

static void term_free(struct condition_term *term)
{
	if (term == NULL)
		return;
	g_free(term->question);
	g_strfreev(term->options);
	g_free(term);
}

void condition_clear(struct condition *condition)
{
	free_elements(condition->terms, (GDestroyNotify)term_free);
	condition->terms = NULL;
}

static bool term_holds(const struct condition_term *term, GHashTable *answers)
{
	const char *answer = answers == NULL ? NULL : g_hash_table_lookup(answers, term->question);
	return answer != NULL && term->options != NULL &&
	       g_strv_contains((const char *const *)term->options, answer);
}

bool condition_holds(const struct condition *condition, GHashTable *answers)
{
	for (guint i = 0; condition->terms != NULL && i < condition->terms->len; i++)
		if (!term_holds(g_ptr_array_index(condition->terms, i), answers))
			return false;
	return true;
}

void limit_rule_clear(struct limit_rule *rule)
{
	g_clear_pointer(&rule->basis, g_free);
}

void field_free(struct field *field)
{
	if (field == NULL)
		return;
	g_free(field->key);
	g_free(field->label);
	g_strfreev(field->options);
	g_free(field->hint);
	g_free(field);
}

void material_free(struct material *material)
{
	if (material == NULL)
		return;
	g_free(material->code);
	g_free(material->name);
	g_free(material->issuer);
	g_free(material->certificate);
	g_strfreev(material->review_points);
	g_free(material->basis);
	g_free(material->note);
	g_free(material);
}

void material_use_free(struct material_use *use)
{
	if (use == NULL)
		return;
	g_free(use->material);
	condition_clear(&use->when);
	g_strfreev(use->review_points);
	g_free(use->original_holder);
	g_free(use->basis);
	g_free(use);
}

void field_use_free(struct field_use *use)
{
	if (use == NULL)
		return;
	g_free(use->field);
	condition_clear(&use->when);
	g_free(use);
}

void service_free(struct service *service)
{
	if (service == NULL)
		return;
	g_free(service->code);
	g_free(service->name);
	g_free(service->status_basis);
	g_free(service->as_of);
	g_free(service->basis);
	g_strfreev(service->conditions);
	limit_rule_clear(&service->statutory);
	limit_rule_clear(&service->promised);
	g_free(service->fee);
	g_free(service->fee_basis);
	g_free(service->result);
	g_strfreev(service->review_points);
	free_elements(service->materials, (GDestroyNotify)material_use_free);
	free_elements(service->fields, (GDestroyNotify)field_use_free);
	g_free(service->no_materials);
	g_free(service->confirmed);
	g_free(service->confirmed_on);
	g_free(service);
}

void department_free(struct department *department)
{
	if (department == NULL)
		return;
	g_free(department->code);
	g_free(department->name);
	g_free(department);
}

void route_free(struct route *route)
{
	if (route == NULL)
		return;
	g_free(route->list);
	g_free(route->printed);
	g_free(route->level);
	g_free(route->department);
	g_free(route);
}

void theme_item_free(struct theme_item *item)
{
	if (item == NULL)
		return;
	g_free(item->name);
	g_free(item->dept);
	g_free(item->level);
	g_free(item->note);
	g_free(item->choice);
	g_free(item->service);
	condition_clear(&item->when);
	free_numbers(item->after);
	g_free(item->not_offered);
	g_free(item->basic_code);
	g_free(item);
}

void option_free(struct option *option)
{
	if (option == NULL)
		return;
	g_free(option->id);
	g_free(option->text);
	g_free(option->hint);
	g_free(option->blocks);
	g_free(option->remedy);
	g_free(option);
}

void question_free(struct question *question)
{
	if (question == NULL)
		return;
	g_free(question->id);
	g_free(question->text);
	g_free(question->hint);
	g_free(question->basis);
	condition_clear(&question->when);
	free_elements(question->options, (GDestroyNotify)option_free);
	g_free(question);
}

void exclusion_free(struct exclusion *exclusion)
{
	if (exclusion == NULL)
		return;
	free_numbers(exclusion->items);
	g_free(exclusion->reason);
	g_free(exclusion);
}

void theme_free(struct theme *theme)
{
	if (theme == NULL)
		return;
	char *texts[] = {theme->list, theme->id, theme->audience, theme->name, theme->display,
		theme->lead, theme->note, theme->due, theme->place, theme->cooperating,
		theme->source};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
	free_numbers(theme->numbers);
	g_strfreev(theme->conditions);
	limit_rule_clear(&theme->joint);
	free_elements(theme->items, (GDestroyNotify)theme_item_free);
	free_elements(theme->questions, (GDestroyNotify)question_free);
	free_elements(theme->exclusions, (GDestroyNotify)exclusion_free);
	g_free(theme->confirmed);
	g_free(theme->confirmed_on);
	g_free(theme);
}

void list_free(struct list *list)
{
	if (list == NULL)
		return;
	g_free(list->id);
	g_free(list->title);
	g_free(list->issuer);
	g_free(list->doc_no);
	g_free(list->date);
	free_elements(list->themes, (GDestroyNotify)theme_free);
	g_free(list);
}

const struct theme_item *theme_item_at(const struct theme *theme, int index)
{
	if (theme->items == NULL || index < 0 || index >= (int)theme->items->len)
		return NULL;
	return g_ptr_array_index(theme->items, index);
}
