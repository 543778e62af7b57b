#include "screens/brief.h"

#include "desk/guide_document.h"
#include "desk/guide_text.h"
#include "screens/screens.h"

/* Lines longer than this are hard to read. */
#define MOST_COLUMNS 110

struct brief_page {
	json_t *guide;
	GPtrArray *lines; /* struct guide_line, of this width */
	int columns;
};

struct brief_page *brief_page_new(json_t *guide_take)
{
	struct brief_page *page = g_new0(struct brief_page, 1);
	page->guide = guide_take;
	return page;
}

void brief_page_free(struct brief_page *page)
{
	if (page == NULL)
		return;
	json_decref(page->guide);
	g_clear_pointer(&page->lines, g_ptr_array_unref);
	g_free(page);
}

const json_t *brief_page_guide(const struct brief_page *page)
{
	return page->guide;
}

static enum style style_of(enum guide_tone tone)
{
	switch (tone) {
	case GUIDE_TONE_TITLE:
	case GUIDE_TONE_HEADING:
	case GUIDE_TONE_STRONG:
		return STYLE_TITLE;
	case GUIDE_TONE_WARN:
		return STYLE_WARN;
	case GUIDE_TONE_DIM:
		return STYLE_DIM;
	case GUIDE_TONE_NORMAL:
		break;
	}
	return STYLE_NORMAL;
}

int brief_page_render(struct brief_page *page, int first, struct area area)
{
	int columns = MIN(area.columns - 2, MOST_COLUMNS);
	if (page->lines == NULL || page->columns != columns) {
		g_clear_pointer(&page->lines, g_ptr_array_unref);
		page->lines = guide_lines(page->guide, columns, false);
		page->columns = columns;
	}
	for (int row = 0; row < area.rows && first + row < (int)page->lines->len; row++) {
		const struct guide_line *line = page->lines->pdata[first + row];
		area_text(area, row, 1, style_of(line->tone), line->text);
	}
	return (int)page->lines->len;
}

/* ---- the screen ---- */

struct brief {
	struct brief_page *page;
	/* As last drawn, for scrolling: how many lines there are and how many were seen. */
	struct {
		int top, lines, rows;
	} * view;
};

/* argument: list and theme with a tab between, or the id of a case. */
static json_t *read_guide(struct app *app, const char *argument, GError **error)
{
	g_auto(GStrv) words = g_strsplit(argument, "\t", 2);
	struct store *store = desk_store(app_desk(app));
	if (words[1] != NULL) {
		struct guide_request request = {.list = words[0], .theme = words[1]};
		return guide_document(store, &request, error);
	}
	g_autoptr(case_view) view = desk_case_view(app_desk(app), argument, error);
	if (view == NULL)
		return NULL;
	bool answered = g_hash_table_size(view->answers) > 0;
	return guide_document_of(store, view->theme, view->definitions,
		answered ? view->answers : NULL, view->deselected, error);
}

static void *brief_open(struct app *app, const char *argument, GError **error)
{
	json_t *guide = read_guide(app, argument, error);
	if (guide == NULL)
		return NULL;
	struct brief *brief = g_new0(struct brief, 1);
	brief->page = brief_page_new(guide);
	brief->view = g_malloc0(sizeof *brief->view);
	return brief;
}

static void brief_close(struct app *app, void *data)
{
	(void)app;
	struct brief *brief = data;
	brief_page_free(brief->page);
	g_free(brief->view);
	g_free(brief);
}

static void brief_render(const void *data, struct area area)
{
	const struct brief *brief = data;
	struct area body = area_part(area, 2, 0, area.rows - 2, area.columns);
	int lines = brief_page_render(brief->page, brief->view->top, body);
	int last = MIN(brief->view->top + body.rows, lines);
	brief->view->lines = lines;
	brief->view->rows = body.rows;
	g_autofree char *where =
		g_strdup_printf("%d-%d / %d 行", brief->view->top + 1, last, lines);
	area_text(area, 0, 1, STYLE_TITLE,
		json_is_object(json_object_get(brief_page_guide(brief->page), "situation"))
			? "办事指南（这个办件的情形）"
			: "办事指南");
	area_right(area, 0, STYLE_DIM, where);
	area_rule(area, 1, STYLE_DIM, '-');
}

static unsigned print_guide(struct app *app, const struct brief *brief)
{
	GError *error = NULL;
	if (desk_guide_print(app_desk(app), brief_page_guide(brief->page), NULL, &error))
		app_say(app, SAY_GOOD, "办事指南已送打印，出来后请在首页 F6 待确认里回答");
	else
		app_fail(app, error);
	return EFFECT_RENDER;
}

/* The nearest heading before or behind the top line; the top itself when there is none. */
static int to_heading(const struct brief *brief, int step)
{
	const GPtrArray *lines = brief->page->lines;
	for (int i = brief->view->top + step; lines != NULL && i >= 0 && i < (int)lines->len;
		i += step)
		if (((struct guide_line *)lines->pdata[i])->tone == GUIDE_TONE_HEADING)
			return i;
	return step < 0 ? 0 : brief->view->top;
}

/* How many lines an action moves; 0 it is none that scrolls. */
static int scroll_of(const struct brief *brief, enum action action)
{
	int page = MAX(brief->view->rows - 1, 1), lines = brief->view->lines;
	switch (action) {
	case ACTION_UP:
		return -1;
	case ACTION_DOWN:
		return 1;
	case ACTION_PAGE_UP:
		return -page;
	case ACTION_PAGE_DOWN:
		return page;
	case ACTION_FIRST:
		return -lines;
	case ACTION_LAST:
		return lines;
	case ACTION_SECTION_NEXT:
		return to_heading(brief, 1) - brief->view->top;
	case ACTION_SECTION_PREVIOUS:
		return to_heading(brief, -1) - brief->view->top;
	default:
		return 0;
	}
}

static unsigned brief_action(struct app *app, void *data, enum action action)
{
	struct brief *brief = data;
	if (action == ACTION_NEXT)
		return EFFECT_BACK;
	if (action == ACTION_PRINT)
		return print_guide(app, brief);
	int step = scroll_of(brief, action);
	bool section = action == ACTION_SECTION_NEXT || action == ACTION_SECTION_PREVIOUS;
	int last = MAX(brief->view->lines - brief->view->rows, 0);
	brief->view->top = CLAMP(brief->view->top + step, 0, last);
	return step != 0 || section ? EFFECT_RENDER : EFFECT_UNHANDLED;
}

const struct screen_ops screen_brief = {
	.name = "brief",
	.context = CONTEXT_BRIEF,
	.title = "办事指南",
	.law = "办事指南应当公开：条件、材料、时限、收费、依据（行政许可法第三十条）。没有核对的"
	       "写“参考，以当地实施清单为准”；核对过的写“已确认”和依据。",
	.open = brief_open,
	.close = brief_close,
	.render = brief_render,
	.action = brief_action,
};
