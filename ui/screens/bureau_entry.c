/* A theme, a service, a material or a field: its rows, read and drawn. */
#include "screens/bureau_entry.h"

#include <string.h>

#include "base/text.h"

#define PANE 76 /* where the second pane begins */
#define SHOWN_ROWS 14

const struct bureau_row *bureau_entry_selected(const struct bureau_entry *entry)
{
	int at = entry->view.selected;
	return at < 0 || at >= (int)entry->rows->len ? NULL : entry->rows->pdata[at];
}

/* ---- reading ---- */

static void entry_close(struct app *app, void *data)
{
	(void)app;
	struct bureau_entry *entry = data;
	bureau_document_clear(&entry->document);
	g_free(entry->title);
	g_free(entry->state);
	g_clear_pointer(&entry->rows, g_ptr_array_unref);
	g_free(entry->path);
	g_free(entry->what);
	json_decref(entry->fresh);
	g_free(entry->go_to);
	g_free(entry);
}

static void *entry_open(struct app *app, const char *argument, GError **error)
{
	if (!bureau_may_open(app, error))
		return NULL;
	struct bureau_entry *entry = g_new0(struct bureau_entry, 1);
	bureau_document_init(&entry->document, argument);
	entry->rows = g_ptr_array_new();
	if (bureau_document_read(app, &entry->document, error))
		return entry;
	entry_close(app, entry);
	return NULL;
}

/* True for the row of the question, material or field with that id or code. */
static bool is_of(const struct bureau_entry *entry, const struct bureau_row *row, const char *id)
{
	const json_t *value = row->path == NULL ? NULL : bureau_at(entry->document.json, row->path);
	return g_strcmp0(row->opens, id) == 0 ||
	       (row->path != NULL && row->path[0] != '\0' &&
		       strcmp(json_text(value, "id", ""), id) == 0);
}

/* The cursor goes to what was just added, or to what the screen was opened for. */
static void place(struct bureau_entry *entry)
{
	const char *focus = entry->document.focus;
	list_view_recount(&entry->view, (int)entry->rows->len);
	for (guint i = 0; i < entry->rows->len; i++) {
		const struct bureau_row *row = entry->rows->pdata[i];
		bool added = entry->go_to != NULL && entry->go_to[0] != '\0' &&
			     g_strcmp0(row->path, entry->go_to) == 0;
		if (added || (focus[0] != '\0' && is_of(entry, row, focus))) {
			entry->view.selected = (int)i;
			break;
		}
	}
	g_clear_pointer(&entry->go_to, g_free);
	entry->document.focus[0] = '\0';
}

static bool entry_recalc(struct app *app, void *data, GError **error)
{
	struct bureau_entry *entry = data;
	if (!bureau_document_read(app, &entry->document, error))
		return false;
	g_clear_pointer(&entry->rows, g_ptr_array_unref);
	entry->rows = bureau_rows(&entry->document);
	g_free(entry->title);
	entry->title = bureau_document_title(app, &entry->document);
	g_clear_pointer(&entry->state, g_free);
	bureau_newest(app, entry->document.list, &entry->state, NULL);
	place(entry);
	return true;
}

/* ---- drawing ---- */

static void render_row(struct area area, int at, const struct bureau_row *row, bool here)
{
	enum style style = here ? STYLE_SELECTED : row->style;
	area_cell(area, at, 0, area.columns, style, here ? ">" : "");
	int column = row->indent;
	if (row->indent == 1) {
		area_cell(area, at, 1, 9, here ? style : STYLE_TITLE, row->label);
		column = 11;
	}
	area_cell(area, at, column, area.columns - column - 1, style, row->text);
}

/* What the keys do here, so that nobody has to look it up. */
static void render_keys(const struct bureau_row *row, struct area area, int at)
{
	const char *first = row->opens_kind != NULL	  ? "回车 打开服务的定义"
			    : row->form != NULL		  ? "回车 改"
			    : row->add != BUREAU_ADD_NONE ? "一组的标题"
							  : "原文，不在这里改";
	g_autofree char *words =
		g_strdup_printf("%s%s%s%s", first, row->add != BUREAU_ADD_NONE ? "  F2 添一条" : "",
			row->removable ? "  F4 删去  Ctrl+上下 移动" : "",
			row->shows_kind != NULL ? "  F6 看共享库里的定义" : "");
	area_wrapped(area, at, 1, area.columns - 2, STYLE_DIM, words);
}

static void render_detail(const struct bureau_row *row, struct area area, int at)
{
	const char *text = row->detail != NULL ? row->detail : row->text;
	area_wrapped(area, at, 1, area.columns - 2, STYLE_NORMAL, text);
}

static void render_head(const struct bureau_entry *entry, struct area area)
{
	int begin = entry->state == NULL ? area.columns
					 : area_right(area, 0, STYLE_NORMAL, entry->state);
	g_autofree char *title = text_width(entry->title) > begin - 2
					 ? text_pad(entry->title, begin - 2)
					 : g_strdup(entry->title);
	area_text(area, 0, 1, STYLE_TITLE, title);
	if (entry->document.confirmed != NULL)
		area_text(area, 1, 1, STYLE_NORMAL, entry->document.confirmed);
	area_rule(area, 2, STYLE_DIM, '-');
}

static void entry_render(const void *data, struct area area)
{
	const struct bureau_entry *entry = data;
	if (entry->title == NULL)
		return;
	render_head(entry, area);
	bool wide = area.columns >= APP_WIDE;
	int foot = wide ? 0 : 5;
	struct area body = area_part(area, 3, 0, area.rows - 3 - foot, wide ? PANE : area.columns);
	int top = list_view_top(&entry->view, body.rows);
	for (int i = 0; i < body.rows && top + i < entry->view.count; i++)
		render_row(body, i, entry->rows->pdata[top + i], top + i == entry->view.selected);
	const struct bureau_row *row = bureau_entry_selected(entry);
	if (row == NULL)
		return;
	struct area rest = wide ? area_part(area, 3, PANE, area.rows - 3, area.columns)
				: area_part(area, -foot, 0, foot, area.columns);
	if (wide)
		screens_divide(rest);
	else
		area_rule(rest, 0, STYLE_DIM, '-');
	rest = wide ? area_part(rest, 0, 1, rest.rows, rest.columns)
		    : area_part(rest, 1, 0, 4, 999);
	int keys = wide ? 2 : 1;
	render_detail(row, area_part(rest, 0, 0, rest.rows - keys, rest.columns), 0);
	render_keys(row, rest, rest.rows - keys);
}

/* ---- keys ---- */

/* To the next heading, or the one before; around the ends. */
static unsigned to_heading(struct bureau_entry *entry, int step)
{
	int count = entry->view.count;
	for (int i = 1; i < count; i++) {
		int at = (entry->view.selected + step * i + count * 2) % count;
		if (((struct bureau_row *)entry->rows->pdata[at])->style != STYLE_TITLE)
			continue;
		entry->view.selected = at;
		return EFFECT_RENDER;
	}
	return EFFECT_NONE;
}

static unsigned entry_action(struct app *app, void *data, enum action action)
{
	struct bureau_entry *entry = data;
	if (list_view_action(&entry->view, action, SHOWN_ROWS))
		return EFFECT_RENDER;
	if (action == ACTION_SWITCH)
		return to_heading(entry, 1);
	if (action == ACTION_SWITCH_BACK)
		return to_heading(entry, -1);
	return bureau_entry_act(app, entry, action);
}

const struct screen_ops screen_bureau_entry = {
	.name = "bureau-entry",
	.context = CONTEXT_BUREAU_ENTRY,
	.title = "事项和服务的定义",
	.law = "申请条件、设定依据、申报材料、办理时限、流程和审查要点由牵头部门组织联办部门编制（"
	       "操作规程第"
	       "八条）；调整报备案，审批按公布的办（第九条）。共用的服务和材料改一处，用它的各份清"
	       "单都得草"
	       "稿，发布前照旧办。参考内容与本地实施清单核对后，写明依据确认。",
	.open = entry_open,
	.close = entry_close,
	.recalc = entry_recalc,
	.render = entry_render,
	.action = entry_action,
};
