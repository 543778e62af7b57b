#include "print/page.h"

static struct mark *mark_copy(const struct mark *mark, double x, double y)
{
	struct mark *copy = g_new(struct mark, 1);
	*copy = *mark;
	copy->x += x;
	copy->y += y;
	if (copy->text != NULL)
		g_object_ref(copy->text);
	if (copy->bars != NULL)
		copy->bars = barcode_ref(copy->bars);
	return copy;
}

void mark_free(struct mark *mark)
{
	g_clear_object(&mark->text);
	barcode_free(mark->bars);
	g_free(mark);
}

static void free_mark(void *mark)
{
	mark_free(mark);
}

static GPtrArray *marks_new(void)
{
	return g_ptr_array_new_with_free_func(free_mark);
}

struct band *band_new(double height, double before)
{
	struct band *band = g_new0(struct band, 1);
	band->height = height;
	band->before = before;
	band->marks = marks_new();
	return band;
}

void band_free(struct band *band)
{
	if (band == NULL)
		return;
	g_ptr_array_unref(band->marks);
	g_free(band);
}

struct mark *band_box(
	struct band *band, enum mark_kind kind, double x, double y, double width, double height)
{
	struct mark *mark = g_new0(struct mark, 1);
	*mark = (struct mark){.kind = kind,
		.x = x,
		.y = y,
		.width = width,
		.height = height,
		.stroke = 0.5,
		.line = -1};
	g_ptr_array_add(band->marks, mark);
	return mark;
}

struct mark *band_text(struct band *band, PangoLayout *text, double x, double y)
{
	struct mark *mark = band_box(band, MARK_KIND_TEXT, x, y, 0, 0);
	mark->text = text;
	return mark;
}

struct mark *band_line(
	struct band *band, double x, double y, double width, double height, double stroke)
{
	struct mark *mark = band_box(band, MARK_KIND_LINE, x, y, width, height);
	mark->stroke = stroke;
	return mark;
}

struct mark *band_bars(
	struct band *band, struct barcode *bars, double x, double y, double width, double height)
{
	struct mark *mark = band_box(band, MARK_KIND_BARS, x, y, width, height);
	mark->bars = bars;
	return mark;
}

static void free_page(void *page)
{
	g_ptr_array_unref(page);
}

struct pages *pages_new(double width, double height)
{
	struct pages *pages = g_new0(struct pages, 1);
	pages->width = width;
	pages->height = height;
	pages->list = g_ptr_array_new_with_free_func(free_page);
	return pages;
}

void pages_free(struct pages *pages)
{
	if (pages == NULL)
		return;
	g_ptr_array_unref(pages->list);
	g_free(pages);
}

GPtrArray *pages_add(struct pages *pages)
{
	GPtrArray *page = marks_new();
	g_ptr_array_add(pages->list, page);
	return page;
}

void page_put(GPtrArray *page, const struct band *band, double x, double y)
{
	for (guint i = 0; i < band->marks->len; i++)
		g_ptr_array_add(page, mark_copy(g_ptr_array_index(band->marks, i), x, y));
}

double text_height_of(PangoLayout *text)
{
	int height;
	pango_layout_get_size(text, NULL, &height);
	return (double)height / PANGO_SCALE;
}

double text_width_of(PangoLayout *text)
{
	int width;
	pango_layout_get_size(text, &width, NULL);
	return (double)width / PANGO_SCALE;
}
