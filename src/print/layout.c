#include "print/layout.h"

#include "base/err.h"
#include "print/flow.h"
#include "print/slot.h"

#define HEADING_TIMES 1.12
#define NOTE_TIMES 0.86
#define NOTE_TONE 0.25

struct band *flow_band(struct flow *flow, double height, double before)
{
	struct band *band = band_new(height, before);
	g_ptr_array_add(flow->bands, band);
	return band;
}

PangoLayout *flow_text(
	const struct flow *flow, const char *text, double times, bool bold, double width)
{
	PangoLayout *layout = fonts_layout(flow->fonts, text, flow->body * times, bold);
	if (width >= 0)
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	return layout;
}

/* ---- text that may be parted between its lines ---- */

#define LEADING 0.18 /* white between the lines of running text, in times of the plain size */

/* One band a line; x of the text's left edge. The first band is returned. */
static struct band *add_lines(
	struct flow *flow, PangoLayout *text, double x, double before, double tone)
{
	struct band *first = NULL;
	PangoLayoutIter *iter = pango_layout_get_iter(text);
	int number = 0;
	do {
		PangoRectangle line;
		pango_layout_iter_get_line_extents(iter, NULL, &line);
		struct band *band = flow_band(flow,
			(double)line.height / PANGO_SCALE + (tone > 0 ? 0 : LEADING * flow->body),
			first == NULL ? before : 0);
		struct mark *mark =
			band_text(band, g_object_ref(text), x + (double)line.x / PANGO_SCALE, 0);
		mark->line = number++;
		mark->tone = tone;
		if (first == NULL)
			first = band;
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
	return first;
}

/* Two lines at a page's foot or head, never one: the first keeps, the last but one keeps. */
static void keep_ends(struct flow *flow, guint from)
{
	guint count = flow->bands->len - from;
	if (count < 2)
		return;
	((struct band *)g_ptr_array_index(flow->bands, from))->keep = true;
	((struct band *)g_ptr_array_index(flow->bands, flow->bands->len - 2))->keep = true;
}

static void flow_paragraph(struct flow *flow, const struct block *block)
{
	if (block_text(block)[0] == '\0')
		return;
	guint from = flow->bands->len;
	g_autoptr(PangoLayout) text = flow_text(flow, block_text(block), 1, false, flow->width);
	if (block->kind == BLOCK_KIND_PARAGRAPH)
		pango_layout_set_indent(text, (int)(2 * flow->body * PANGO_SCALE));
	add_lines(flow, text, 0, 0.3 * flow->body, 0);
	keep_ends(flow, from);
	if (block->kind == BLOCK_KIND_ADDRESS) /* whoever is spoken to, or what about: not alone */
		((struct band *)g_ptr_array_index(flow->bands, flow->bands->len - 1))->keep = true;
}

static void flow_entry(struct flow *flow, const struct block *block)
{
	g_autofree char *number = g_strdup_printf("%d.", ++flow->entries);
	double indent = 1.9 * flow->body;
	guint from = flow->bands->len;
	g_autoptr(PangoLayout) text =
		flow_text(flow, block_text(block), 1, false, flow->width - indent);
	struct band *band = add_lines(flow, text, indent, 0.15 * flow->body, 0);
	PangoLayout *label = flow_text(flow, number, 1, false, -1);
	band_text(band, label, indent - 0.45 * flow->body - text_width_of(label), 0);
	keep_ends(flow, from);
}

/* Headings count themselves, since a template may leave some out: 一、 … 十九、. */
static char *heading_number(int number)
{
	static const char *const digits[] = {
		"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	return g_strdup_printf("%s%s、", number >= 10 ? "十" : "", digits[number % 10]);
}

static void flow_heading(struct flow *flow, const struct block *block)
{
	guint from = flow->bands->len;
	g_autofree char *number = heading_number(++flow->headings % 20);
	g_autofree char *words = g_strconcat(number, block_text(block), NULL);
	g_autoptr(PangoLayout) text = flow_text(flow, words, HEADING_TIMES, true, flow->width);
	add_lines(flow, text, 0, 0.8 * flow->body, 0);
	for (guint i = from; i < flow->bands->len; i++)
		((struct band *)g_ptr_array_index(flow->bands, i))->keep = true;
	((struct band *)g_ptr_array_index(flow->bands, flow->bands->len - 1))->height +=
		0.3 * flow->body;
}

static void flow_small(struct flow *flow, const struct block *block, bool centred)
{
	if (block_text(block)[0] == '\0')
		return;
	guint from = flow->bands->len;
	double times = centred ? 1 : NOTE_TIMES;
	g_autoptr(PangoLayout) text = flow_text(flow, block_text(block), times, false, flow->width);
	if (centred)
		pango_layout_set_alignment(text, PANGO_ALIGN_CENTER);
	add_lines(flow, text, 0, centred ? 0 : 0.45 * flow->body, NOTE_TONE);
	keep_ends(flow, from);
}

static bool flow_space(struct flow *flow, const struct block *block, GError **error)
{
	struct slot_place place = {flow->file, block->line};
	double height = g_ascii_strtod(block->argument, NULL);
	if (!(height > 0 && height <= 100))
		return slot_fail(error, &place, "空白应是 1 到 100 毫米", block->argument);
	flow_band(flow, height * PROFILE_MM, 0);
	return true;
}

static bool flow_qr(struct flow *flow, const struct block *block, GError **error)
{
	char **cells = g_ptr_array_index(block->rows, 0);
	if (cells[0][0] == '\0')
		return true;
	barcode_free(flow->qr);
	g_free(flow->caption);
	flow->caption = g_strdup(cells[1] != NULL ? cells[1] : "");
	flow->qr = barcode_new(BARCODE_KIND_QR, cells[0], error);
	return flow->qr != NULL;
}

static bool flow_block(struct flow *flow, const struct block *block, GError **error)
{
	if (block->kind != BLOCK_KIND_ENTRY)
		flow->entries = 0;
	switch (block->kind) {
	case BLOCK_KIND_PARAGRAPH:
	case BLOCK_KIND_ADDRESS:
		flow_paragraph(flow, block);
		return true;
	case BLOCK_KIND_ENTRY:
		flow_entry(flow, block);
		return true;
	case BLOCK_KIND_TITLE:
		flow_title(flow, block);
		return true;
	case BLOCK_KIND_HEADING:
		flow_heading(flow, block);
		return true;
	case BLOCK_KIND_SUBTITLE:
	case BLOCK_KIND_NOTE:
		flow_small(flow, block, block->kind == BLOCK_KIND_SUBTITLE);
		return true;
	case BLOCK_KIND_RULE:
		band_line(flow_band(flow, 1, 0.5 * flow->body), 0, 0, flow->width, 0, 0.5);
		return true;
	case BLOCK_KIND_SPACE:
		return flow_space(flow, block, error);
	case BLOCK_KIND_QR:
		return flow_qr(flow, block, error);
	case BLOCK_KIND_FIELDS:
		return flow_fields(flow, block, error);
	case BLOCK_KIND_TABLE:
		return flow_table(flow, block, error);
	case BLOCK_KIND_CHART:
		return flow_chart(flow, block, error);
	case BLOCK_KIND_SIGN:
		flow_sign(flow, block);
		return true;
	case BLOCK_KIND_SEAL:
		flow_seal(flow, block, NULL);
		return true;
	case BLOCK_KIND_HEADER:
	case BLOCK_KIND_CODE:
	case BLOCK_KIND_MARK:
	case BLOCK_KIND_FOOTER:
	case BLOCK_KIND_RUNNING:
		return true; /* placed by what they belong to */
	}
	return true;
}

/* ---- the whole ---- */

static const struct block *find(GPtrArray *blocks, enum block_kind kind)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = g_ptr_array_index(blocks, i);
		if (block->kind == kind)
			return block;
	}
	return NULL;
}

static const char *text_of(GPtrArray *blocks, enum block_kind kind)
{
	const struct block *block = find(blocks, kind);
	return block != NULL ? block_text(block) : "";
}

static bool flow_all(struct flow *flow, GPtrArray *blocks, GError **error)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = g_ptr_array_index(blocks, i);
		if (block->kind == BLOCK_KIND_MARK && block_text(block)[0] != '\0')
			g_ptr_array_add(flow->marks, (void *)block);
	}
	if (!flow_header(
		    flow, find(blocks, BLOCK_KIND_HEADER), find(blocks, BLOCK_KIND_CODE), error))
		return false;
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = g_ptr_array_index(blocks, i);
		const struct block *next =
			i + 1 < blocks->len ? g_ptr_array_index(blocks, i + 1) : NULL;
		if (block->kind == BLOCK_KIND_SIGN && next && next->kind == BLOCK_KIND_SEAL) {
			flow_seal(flow, next, block);
			i++;
		} else if (!flow_block(flow, block, error)) {
			return false;
		}
	}
	return true;
}

static void free_band(void *band)
{
	band_free(band);
}

struct pages *layout_pages(const struct fonts *fonts, const struct profile *profile,
	const struct stamp *stamp, GPtrArray *blocks, const char *file, GError **error)
{
	g_autoptr(GPtrArray) bands = g_ptr_array_new_with_free_func(free_band);
	g_autoptr(GPtrArray) marks = g_ptr_array_new();
	const char *running = text_of(blocks, BLOCK_KIND_RUNNING);
	struct flow flow = {
		.fonts = fonts,
		.profile = profile,
		.stamp = stamp,
		.file = file,
		.width = profile->width - profile->left - profile->right,
		.room = profile->height - profile->top - profile->bottom - 5 * profile->body,
		.body = profile->body,
		.bands = bands,
		.marks = marks,
		.title = running[0] != '\0' ? running : text_of(blocks, BLOCK_KIND_TITLE),
		.number = text_of(blocks, BLOCK_KIND_CODE),
		.footer = text_of(blocks, BLOCK_KIND_FOOTER),
	};
	bool good = flow_all(&flow, blocks, error);
	barcode_free(flow.qr);
	g_free(flow.caption);
	return good ? flow_paginate(&flow) : NULL;
}
