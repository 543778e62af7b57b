#include "screens/brief.h"

#include "catalog/catalogue.h"
#include "core/words.h"
#include "screens/screens.h"

static void free_paragraph(gpointer data)
{
	struct paragraph *paragraph = data;
	g_free(paragraph->text);
	g_free(paragraph);
}

static void add_take(GPtrArray *out, enum style style, int indent, char *text)
{
	struct paragraph *paragraph = g_new0(struct paragraph, 1);
	*paragraph = (struct paragraph){style, indent, text};
	g_ptr_array_add(out, paragraph);
}

static void add_labelled(GPtrArray *out, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0')
		add_take(out, STYLE_NORMAL, 3, g_strdup_printf("%s  %s", label, text));
}

static void add_basis(GPtrArray *out, const char *label, const char *basis)
{
	if (!g_str_equal(basis, "general"))
		add_labelled(out, label, basis);
}

static void add_limit(GPtrArray *out, const char *label, const struct limit_rule *limit)
{
	if (!limit->present)
		return;
	g_autofree char *words = screens_limit_words(limit);
	add_labelled(out, label, words);
}

static void add_all(GPtrArray *out, const char *label, const GStrv texts)
{
	for (int i = 0; texts != NULL && texts[i] != NULL; i++)
		add_labelled(out, label, texts[i]);
}

static const char *result_words(enum result_kind kind)
{
	static const char *const words[RESULT_KIND_COUNT] = {[RESULT_KIND_CERTIFICATE] = "(证照)",
		[RESULT_KIND_DOCUMENT] = "(文书)",
		[RESULT_KIND_NONE] = ""};
	return words[kind];
}

static void add_material(
	GPtrArray *out, const struct material_use *use, const struct definitions *definitions)
{
	const struct material *material = definitions_material(definitions, use->material);
	if (material == NULL)
		return;
	g_autofree char *certificate =
		material->certificate[0] == '\0'
			? g_strdup("")
			: g_strdup_printf("  可用电子证照：%s", material->certificate);
	add_take(out, STYLE_NORMAL, 5,
		g_strdup_printf("- %s  原件%d 复印件%d  %s%s%s%s", material->name, use->originals,
			use->copies, necessity_name(use->necessity),
			use->when.terms != NULL && use->when.terms->len > 0 ? " 视情形" : "",
			material->issuer[0] != '\0' ? "  出具：" : "", material->issuer));
	if (certificate[0] != '\0')
		add_take(out, STYLE_DIM, 5, g_steal_pointer(&certificate));
}

static void add_materials(
	GPtrArray *out, const struct service *service, const struct definitions *definitions)
{
	if (service->materials->len == 0) {
		add_labelled(out, "材料", service->no_materials);
		return;
	}
	add_take(out, STYLE_NORMAL, 3, g_strdup("材料"));
	for (guint i = 0; i < service->materials->len; i++)
		add_material(out, service->materials->pdata[i], definitions);
}

static void add_service(
	GPtrArray *out, const struct service *service, const struct definitions *definitions)
{
	if (service->status != SERVICE_STATUS_IN_FORCE)
		add_labelled(out, "已变化", service->status_basis);
	add_all(out, "条件", service->conditions);
	add_basis(out, "依据", service->basis);
	add_limit(out, "法定时限", &service->statutory);
	add_limit(out, "承诺时限", &service->promised);
	add_labelled(out, "收费", service->fee);
	if (service->result[0] != '\0') {
		g_autofree char *result = g_strdup_printf(
			"%s%s", service->result, result_words(service->result_kind));
		add_labelled(out, "结果", result);
	}
	add_materials(out, service, definitions);
}

static void add_item(
	GPtrArray *out, const struct theme_item *item, const struct definitions *definitions)
{
	add_take(out, STYLE_TITLE, 1,
		g_strdup_printf("%d. %s  %s%s", item->index + 1, item->name, item->dept,
			item->parallel ? "  并行办理" : ""));
	add_labelled(out, "注", item->note);
	add_labelled(out, "不受理", item->not_offered);
	const struct service *service = definitions_service(definitions, item->service);
	if (service != NULL)
		add_service(out, service, definitions);
	else
		add_take(out, STYLE_DIM, 3,
			g_strdup("还没有写明条件、材料和时限，以当地实施清单为准"));
}

GPtrArray *brief_paragraphs(const struct theme *theme, const struct definitions *definitions)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(free_paragraph);
	add_take(out, STYLE_TITLE, 1,
		g_strdup(theme->display[0] != '\0' ? theme->display : theme->name));
	add_take(out, STYLE_WARN, 1, g_strdup("参考，以当地实施清单为准"));
	add_labelled(out, "来源", theme->source);
	add_labelled(out, "牵头", theme->lead);
	add_labelled(out, "配合", theme->cooperating);
	add_labelled(out, "地点", theme->place);
	add_labelled(out, "说明", theme->note);
	add_all(out, "条件", theme->conditions);
	add_limit(out, "整体时限", &theme->joint);
	if (theme->items->len == 0)
		add_take(out, STYLE_WARN, 1, g_strdup(words_of_no_items()));
	for (guint i = 0; i < theme->items->len; i++)
		add_item(out, theme->items->pdata[i], definitions);
	return out;
}

void brief_render(const GPtrArray *paragraphs, int first, struct area area)
{
	int row = 0;
	for (guint i = (guint)MAX(first, 0); i < paragraphs->len && row < area.rows; i++) {
		const struct paragraph *paragraph = paragraphs->pdata[i];
		row += area_wrapped(area, row, paragraph->indent,
			area.columns - paragraph->indent - 1, paragraph->style, paragraph->text);
	}
}

/* ---- the screen ---- */

struct brief {
	GPtrArray *paragraphs;
	int top;
};

/* argument: list and theme with a tab between, or the id of a case. */
static GPtrArray *read_paragraphs(struct app *app, const char *argument, GError **error)
{
	g_auto(GStrv) words = g_strsplit(argument, "\t", 2);
	if (words[1] == NULL) {
		g_autoptr(case_view) view = desk_case_view(app_desk(app), argument, error);
		return view == NULL ? NULL : brief_paragraphs(view->theme, view->definitions);
	}
	struct theme *theme = NULL;
	struct definitions *definitions = NULL;
	if (!catalogue_open_theme(
		    desk_store(app_desk(app)), words[0], 0, words[1], &theme, &definitions, error))
		return NULL;
	GPtrArray *paragraphs = brief_paragraphs(theme, definitions);
	theme_free(theme);
	definitions_free(definitions);
	return paragraphs;
}

static void *brief_open(struct app *app, const char *argument, GError **error)
{
	GPtrArray *paragraphs = read_paragraphs(app, argument, error);
	if (paragraphs == NULL)
		return NULL;
	struct brief *brief = g_new0(struct brief, 1);
	brief->paragraphs = paragraphs;
	return brief;
}

static void brief_close(struct app *app, void *data)
{
	struct brief *brief = data;
	g_ptr_array_unref(brief->paragraphs);
	g_free(brief);
}

static void brief_screen_render(const void *data, struct area area)
{
	const struct brief *brief = data;
	area_text(area, 0, 1, STYLE_TITLE, "办事指南");
	area_rule(area, 1, STYLE_DIM, '-');
	brief_render(
		brief->paragraphs, brief->top, area_part(area, 2, 0, area.rows - 2, area.columns));
}

static unsigned brief_action(struct app *app, void *data, enum action action)
{
	struct brief *brief = data;
	if (action == ACTION_NEXT)
		return EFFECT_BACK;
	int last = (int)brief->paragraphs->len - 1;
	int step = action == ACTION_UP		? -1
		   : action == ACTION_DOWN	? 1
		   : action == ACTION_PAGE_UP	? -12
		   : action == ACTION_PAGE_DOWN ? 12
		   : action == ACTION_FIRST	? -last
		   : action == ACTION_LAST	? last
						: 0;
	brief->top = CLAMP(brief->top + step, 0, last);
	return step != 0 ? EFFECT_RENDER : EFFECT_UNHANDLED;
}

const struct screen_ops screen_brief = {
	.name = "brief",
	.context = CONTEXT_BRIEF,
	.title = "办事指南",
	.law = "办事指南应当公开：条件、材料、时限、收费、依据（行政许可法第三十条）。这里写的是参"
	       "考，以当地实施清单为准。",
	.open = brief_open,
	.close = brief_close,
	.render = brief_screen_render,
	.action = brief_action,
};
