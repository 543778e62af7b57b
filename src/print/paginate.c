/* Bands → pages, and what stands on every page. */
#include "print/flow.h"

struct breaking {
	struct flow *flow;
	struct pages *pages;
	GPtrArray *page; /* the current one */
	double y;	 /* next free place */
	double top;	 /* where its body began */
	double bottom;	 /* where every body ends */
};

static void place(struct breaking *breaking, PangoLayout *text, double x, double y, double tone)
{
	struct band *band = band_new(0, 0);
	band_text(band, text, x, y)->tone = tone;
	page_put(breaking->page, band, 0, 0);
	band_free(band);
}

static void place_line(struct breaking *breaking, double y, double stroke)
{
	const struct flow *flow = breaking->flow;
	struct band *band = band_new(0, 0);
	band_line(band, flow->profile->left, y, flow->width, 0, stroke);
	page_put(breaking->page, band, 0, 0);
	band_free(band);
}

static void place_watermark(struct breaking *breaking)
{
	const struct profile *profile = breaking->flow->profile;
	struct band *band = band_new(0, 0);
	PangoLayout *text = flow_text(breaking->flow, "演示", 13, true, -1);
	struct mark *mark = band_text(band, text, profile->width / 2, profile->height / 2);
	mark->kind = MARK_KIND_WATERMARK;
	mark->tone = 0.95;
	page_put(breaking->page, band, 0, 0);
	band_free(band);
}

/* A following page says whose it is. */
static void place_head(struct breaking *breaking)
{
	const struct flow *flow = breaking->flow;
	const struct profile *profile = flow->profile;
	PangoLayout *title = flow_text(flow, flow->title, 0.9, true, -1);
	place(breaking, title, profile->left, profile->top, 0);
	PangoLayout *number = flow_text(flow, flow->number, 0.9, false, -1);
	place(breaking, number, profile->left + flow->width - text_width_of(number), profile->top,
		0);
	double below = profile->top + text_height_of(title) + 0.2 * flow->body;
	place_line(breaking, below, 0.6);
	breaking->y = below + 0.8 * flow->body;
}

static void begin_page(struct breaking *breaking)
{
	breaking->page = pages_add(breaking->pages);
	if (breaking->flow->stamp->demo)
		place_watermark(breaking);
	breaking->y = breaking->flow->profile->top;
	if (breaking->pages->list->len > 1)
		place_head(breaking);
	breaking->top = breaking->y;
}

/* Height of the band and of all that it keeps with it. */
static double kept_height(const struct flow *flow, guint i)
{
	double height = 0;
	for (; i < flow->bands->len; i++) {
		const struct band *band = g_ptr_array_index(flow->bands, i);
		height += band->height + (height > 0 ? band->before : 0);
		if (!band->keep)
			break;
	}
	return height;
}

static void put_band(struct breaking *breaking, guint i)
{
	struct flow *flow = breaking->flow;
	const struct band *band = g_ptr_array_index(flow->bands, i);
	bool fresh = breaking->y <= breaking->top;
	double need = kept_height(flow, i);
	if (need > flow->room)
		need = band->height; /* kept together is more than a page: let it break */
	if (!fresh && breaking->y + band->before + need > breaking->bottom) {
		begin_page(breaking);
		fresh = true;
		if (band->head != NULL) {
			page_put(breaking->page, band->head, flow->profile->left, breaking->y);
			breaking->y += band->head->height;
		}
	}
	breaking->y += fresh ? 0 : band->before;
	page_put(breaking->page, band, flow->profile->left, breaking->y);
	breaking->y += band->height;
}

static void place_foot(struct breaking *breaking, guint number)
{
	const struct flow *flow = breaking->flow;
	const struct profile *profile = flow->profile;
	g_autofree char *count =
		g_strdup_printf("第 %u 页  共 %u 页", number, breaking->pages->list->len);
	g_autoptr(GString) left = g_string_new(flow->stamp->missing);
	g_string_append(left, flow->footer);
	if (flow->stamp->id[0] != '\0')
		g_string_append_printf(
			left, "%s单据号 %s", left->len > 0 ? "  " : "", flow->stamp->id);
	if (flow->stamp->copy > 1 && flow->stamp->reason[0] != '\0')
		g_string_append_printf(left, "  补打原因：%s", flow->stamp->reason);
	PangoLayout *pages = flow_text(flow, count, 0.82, false, -1);
	double y = profile->height - profile->bottom - text_height_of(pages);
	place_line(breaking, y - 0.25 * flow->body, 0.4);
	place(breaking, pages, profile->left + flow->width - text_width_of(pages), y, 0.2);
	PangoLayout *words = flow_text(
		flow, left->str, 0.82, false, flow->width - text_width_of(pages) - flow->body);
	pango_layout_set_ellipsize(words, PANGO_ELLIPSIZE_END);
	place(breaking, words, profile->left, y, 0.2);
}

/*
 * A paper that is longer than its page by a few lines is drawn together: the gaps between its parts
 * give way, at most by half; the type never does.
 */
static void draw_together(struct flow *flow, double room)
{
	double height = 0, gaps = 0;
	for (guint i = 0; i < flow->bands->len; i++) {
		const struct band *band = g_ptr_array_index(flow->bands, i);
		height += band->height;
		gaps += i > 0 ? band->before : 0;
	}
	double over = height + gaps - room + 0.1;
	if (over <= 0 || over > 0.5 * gaps)
		return;
	for (guint i = 1; i < flow->bands->len; i++)
		((struct band *)g_ptr_array_index(flow->bands, i))->before *= 1 - over / gaps;
}

struct pages *flow_paginate(struct flow *flow)
{
	const struct profile *profile = flow->profile;
	struct pages *pages = pages_new(profile->width, profile->height);
	struct breaking breaking = {.flow = flow, .pages = pages};
	breaking.bottom = profile->height - profile->bottom - 1.6 * flow->body;
	begin_page(&breaking);
	draw_together(flow, breaking.bottom - breaking.y);
	for (guint i = 0; i < flow->bands->len; i++)
		put_band(&breaking, i);
	for (guint i = 0; i < pages->list->len; i++) {
		breaking.page = g_ptr_array_index(pages->list, i);
		place_foot(&breaking, i + 1);
	}
	return pages;
}
