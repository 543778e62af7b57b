/* Joins guides to lists, checks what crosses files, counts bases. */
#include <string.h>

#include "catalog/calendar_file.h"
#include "catalog/check.h"

/* A list whose guide is being joined. */
struct joining {
	struct reader reader;
	GHashTable *themes;    /* id → struct theme, borrowed */
	GHashTable *described; /* ids of themes a guide speaks of, borrowed */
};

static void join_guide(struct joining *joining, const json_t *object, int index)
{
	struct reader *reader = &joining->reader;
	const char *id = json_text(object, "theme", "");
	struct theme *theme = g_hash_table_lookup(joining->themes, id);
	g_autofree char *quoted = catalog_quote(id, 40);
	reader_stand(reader, object);
	if (theme != NULL && g_hash_table_add(joining->described, theme->id)) {
		layout_read_guide(reader, object, theme);
		return;
	}
	gsize mark = reader_enter(reader, "第 %d 个主题 %s", index + 1, quoted);
	if (theme == NULL)
		reader_fault_in(reader, "theme", "请改正 theme（如 企业-2、1、6-7），或补清单",
			"清单没有主题“%s”", quoted);
	else
		reader_fault(reader, "请合并成一条", "写了两次");
	reader_leave(reader, mark);
}

static void join_guides(
	struct joining *joining, struct catalog_faults *faults, const struct catalog_origin *origin)
{
	size_t i;
	json_t *object;
	reader_init(&joining->reader, faults, origin->file);
	json_array_foreach(json_object_get(origin->value, "themes"), i, object)
	{
		join_guide(joining, object, (int)i);
	}
	reader_clear(&joining->reader);
}

/* Themes of a list by id; a repeated id is a fault. */
static GHashTable *themes_by_id(
	const struct catalog_set *set, struct catalog_faults *faults, const struct list *list)
{
	GHashTable *themes = g_hash_table_new(g_str_hash, g_str_equal);
	const struct catalog_origin *origin = catalog_set_origin(set, CATALOG_KIND_LIST, list->id);
	struct reader reader;
	reader_init(&reader, faults, origin->file);
	for (guint i = 0; i < list->themes->len; i++) {
		struct theme *theme = list->themes->pdata[i];
		gsize mark = reader_enter(&reader, "第 %u 个主题 %s", i + 1, theme->id);
		reader_stand(&reader, origin->value);
		reader_step(&reader, "themes", i);
		if (theme->id[0] != '\0' && !g_hash_table_insert(themes, theme->id, theme))
			reader_fault_in(&reader, "no", "每个主题的 no 与 audience 合起来应各不相同",
				"序号重复");
		reader_leave(&reader, mark);
	}
	reader_clear(&reader);
	return themes;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static void check_list(
	const struct catalog_set *set, struct catalog_faults *faults, const struct list *list)
{
	const struct catalog_origin *origin =
		catalog_set_origin(set, CATALOG_KIND_GUIDES, list->id);
	g_autoptr(GHashTable) themes = themes_by_id(set, faults, list);
	g_autoptr(GHashTable) described = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) guides = catalog_set_guides(set, list->id);
	const json_t *sources = json_object_get(
		catalog_set_origin(set, CATALOG_KIND_LIST, list->id)->value, "themes");
	struct joining joining = {.themes = themes, .described = described};
	if (origin != NULL)
		join_guides(&joining, faults, origin);
	for (guint i = 0; i < list->themes->len; i++) {
		const struct theme *theme = list->themes->pdata[i];
		check_theme(set, faults, theme, json_array_get(sources, i),
			g_hash_table_lookup(guides, theme->id));
	}
}

/* Guides of lists that nobody brought. */
static void check_guides(const struct catalog_set *set, struct catalog_faults *faults)
{
	g_autoptr(GList) guides =
		g_list_sort(g_hash_table_get_keys(set->origins[CATALOG_KIND_GUIDES]), by_text);
	for (GList *at = guides; at != NULL; at = at->next) {
		g_autofree char *what = g_strdup_printf("没有清单 %s", (const char *)at->data);
		if (catalog_set_list(set, at->data) == NULL)
			catalog_faults_add(faults, CATALOG_GRAVITY_ERROR,
				catalog_set_file(set, CATALOG_KIND_GUIDES, at->data), "", what,
				"请同时导入清单，或改正 list");
	}
}

void catalog_set_finish(struct catalog_set *set, struct catalog_faults *faults)
{
	check_guides(set, faults);
	for (guint i = 0; i < set->lists->len; i++)
		check_list(set, faults, set->lists->pdata[i]);
	check_definitions(set, faults);
	for (guint i = 0; i < set->calendars->len; i++) {
		const struct catalog_origin *origin = set->calendars->pdata[i];
		calendar_file_check(faults, origin->file, origin->value);
	}
}

static void count_basis(struct catalog_bases *bases, const char *basis)
{
	if (basis[0] == '\0')
		bases->silent++;
	else if (strcmp(basis, "general") == 0)
		bases->general++;
	else
		bases->cited++;
}

static void count_service(struct catalog_bases *bases, const struct service *service)
{
	count_basis(bases, service->basis);
	if (service->statutory.present)
		count_basis(bases, service->statutory.basis);
	if (service->promised.present)
		count_basis(bases, service->promised.basis);
	if (service->fee[0] != '\0')
		count_basis(bases, service->fee_basis);
	for (guint i = 0; i < service->materials->len; i++)
		count_basis(bases, ((struct material_use *)service->materials->pdata[i])->basis);
}

static void count_theme(struct catalog_bases *bases, const struct theme *theme)
{
	if (theme->joint.present)
		count_basis(bases, theme->joint.basis);
	for (guint i = 0; i < theme->questions->len; i++)
		count_basis(bases, ((struct question *)theme->questions->pdata[i])->basis);
}

struct catalog_bases catalog_set_bases(const struct catalog_set *set)
{
	struct catalog_bases bases = {0};
	GHashTableIter at;
	gpointer value;
	g_hash_table_iter_init(&at, set->definitions->services);
	while (g_hash_table_iter_next(&at, NULL, &value))
		count_service(&bases, value);
	g_hash_table_iter_init(&at, set->definitions->materials);
	while (g_hash_table_iter_next(&at, NULL, &value))
		count_basis(&bases, ((struct material *)value)->basis);
	for (guint i = 0; i < set->lists->len; i++) {
		const struct list *list = set->lists->pdata[i];
		for (guint j = 0; j < list->themes->len; j++)
			count_theme(&bases, list->themes->pdata[j]);
	}
	return bases;
}
