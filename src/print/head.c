/* The upper end of a paper and its lower end: header, title with its marks, signatures, seal. */
#include "print/flow.h"

#define CODE_HEIGHT (11 * PROFILE_MM)
#define CODE_MODULE (0.339 * PROFILE_MM) /* four dots of 300 dpi */
#define SEAL_SIZE (34 * PROFILE_MM)

static double header_left(
	struct flow *flow, struct band *band, const struct block *header, double width)
{
	double y = 0;
	char **cells = header != NULL ? g_ptr_array_index(header->rows, 0) : NULL;
	for (int i = 0; cells != NULL && cells[i] != NULL; i++) {
		if (cells[i][0] == '\0')
			continue;
		PangoLayout *text = flow_text(flow, cells[i], i == 0 ? 1.2 : 0.9, i == 0, width);
		struct mark *mark = band_text(band, text, 0, y);
		mark->tone = i == 0 ? 0 : 0.2;
		y += text_height_of(text);
	}
	return y;
}

/* The code's own width with its quiet zones; its text below. */
static double header_code(
	struct flow *flow, struct band *band, const char *number, double *ret_y, GError **error)
{
	struct barcode *code = barcode_new(BARCODE_KIND_CODE128, number, error);
	if (code == NULL)
		return -1;
	double module = MIN(CODE_MODULE, flow->width * 0.55 / (code->width + 2 * code->quiet));
	double width = code->width * module, quiet = code->quiet * module;
	double x = flow->width - width;
	band_bars(band, code, x, 0, width, CODE_HEIGHT);
	PangoLayout *text = flow_text(flow, number, 0.95, false, width);
	pango_layout_set_alignment(text, PANGO_ALIGN_CENTER);
	band_text(band, text, x, CODE_HEIGHT + 2);
	*ret_y = CODE_HEIGHT + 2 + text_height_of(text);
	return width + quiet;
}

bool flow_header(
	struct flow *flow, const struct block *header, const struct block *code, GError **error)
{
	const char *number = code != NULL ? block_text(code) : "";
	if (header == NULL && number[0] == '\0')
		return true;
	struct band *band = flow_band(flow, 0, 0);
	double taken = 0, below = 0;
	if (number[0] != '\0')
		taken = header_code(flow, band, number, &below, error);
	if (taken < 0)
		return false;
	double left = header_left(flow, band, header, flow->width - taken);
	band->height = MAX(left, below) + 0.35 * flow->body;
	band_line(band, 0, band->height, flow->width, 0, 1.2);
	band->keep = true;
	return true;
}

/* A framed word at x (its left, or its right edge when to_left); gives its width. */
static double add_mark(
	struct flow *flow, struct band *band, const char *word, double x, bool to_left)
{
	PangoLayout *text = flow_text(flow, word, 0.95, true, -1);
	double width = text_width_of(text) + 0.9 * flow->body;
	double height = text_height_of(text) + 0.25 * flow->body;
	double left = to_left ? x - width : x, top = (band->height - height) / 2;
	band_box(band, MARK_KIND_FRAME, left, top, width, height)->stroke = 0.9;
	band_text(band, text, left + 0.45 * flow->body, top + 0.12 * flow->body);
	return width;
}

static void space_letters(PangoLayout *text, double points)
{
	PangoAttrList *list = pango_attr_list_new();
	pango_attr_list_insert(list, pango_attr_letter_spacing_new((int)(points * PANGO_SCALE)));
	pango_layout_set_attributes(text, list);
	pango_attr_list_unref(list);
}

void flow_title(struct flow *flow, const struct block *block)
{
	PangoLayout *text = flow_text(flow, block_text(block), 1.95, true, flow->width);
	pango_layout_set_alignment(text, PANGO_ALIGN_CENTER);
	space_letters(text, 0.08 * 1.95 * flow->body);
	struct band *band =
		flow_band(flow, text_height_of(text) + 0.5 * flow->body, 0.7 * flow->body);
	band_text(band, text, 0, 0.25 * flow->body);
	band->keep = true;
	double x = 0;
	if (flow->stamp->demo)
		x += add_mark(flow, band, "演示 不作凭证", 0, false) + 0.5 * flow->body;
	for (guint i = 0; i < flow->marks->len; i++)
		x += add_mark(flow, band, block_text(g_ptr_array_index(flow->marks, i)), x, false) +
		     0.5 * flow->body;
	g_autofree char *copy = g_strdup_printf("补打 第%" G_GINT64_FORMAT "份", flow->stamp->copy);
	if (flow->stamp->copy != 1)
		add_mark(flow, band, flow->stamp->copy == 0 ? "副本" : copy, flow->width, true);
}

/* What ends a paper never stands alone on a page. */
static void keep_previous(struct flow *flow)
{
	for (guint i = flow->bands->len; i > 0; i--) {
		struct band *band = g_ptr_array_index(flow->bands, i - 1);
		band->keep = true;
		if (band->marks->len > 0)
			return;
	}
}

/* One line to sign on: a word ending with ： is followed by a line to the end of its place. */
static void sign_line(
	struct flow *flow, struct band *band, const char *word, double x, double end, double y)
{
	bool line = g_str_has_suffix(word, "：") || g_str_has_suffix(word, ":");
	PangoLayout *text = flow_text(flow, word, 1, false, -1);
	double width = text_width_of(text);
	band_text(band, text, line ? x : end - width, y - text_height_of(text));
	if (line && end > x + width)
		band_line(band, x + width, y, end - x - width, 0, 0.6);
}

void flow_sign(struct flow *flow, const struct block *block)
{
	char **cells = g_ptr_array_index(block->rows, 0);
	guint count = g_strv_length(cells);
	keep_previous(flow);
	struct band *band = flow_band(flow, 2.6 * flow->body, 1.2 * flow->body);
	double share = flow->width / MAX(count, 1);
	for (guint i = 0; i < count; i++)
		sign_line(flow, band, cells[i], share * i,
			share * (i + 1) - (i + 1 < count ? 1.5 * flow->body : 0), band->height);
}

/* Name and date across the circle, as an official seal is set. */
static void seal_words(struct flow *flow, struct band *band, char **cells, double centre)
{
	double y = 0.42 * SEAL_SIZE, wide = 2 * (flow->width - centre);
	for (int i = 0; cells[i] != NULL; i++) {
		if (cells[i][0] == '\0')
			continue;
		PangoLayout *text = flow_text(flow, cells[i], 1.05, false, wide);
		pango_layout_set_alignment(text, PANGO_ALIGN_CENTER);
		band_text(band, text, centre - wide / 2, y);
		y += text_height_of(text);
	}
	band->height = MAX(band->height, y);
}

void flow_seal(struct flow *flow, const struct block *block, const struct block *sign)
{
	keep_previous(flow);
	struct band *band = flow_band(flow, SEAL_SIZE + 2, 0.8 * flow->body);
	double left = flow->width - SEAL_SIZE - 14 * PROFILE_MM;
	band_box(band, MARK_KIND_SEAL, left, 1, SEAL_SIZE, SEAL_SIZE)->tone = 0.7;
	PangoLayout *hint = flow_text(flow, "（印章）", 0.8, false, SEAL_SIZE);
	pango_layout_set_alignment(hint, PANGO_ALIGN_CENTER);
	band_text(band, hint, left, 0.14 * SEAL_SIZE)->tone = 0.55;
	seal_words(flow, band, g_ptr_array_index(block->rows, 0), left + SEAL_SIZE / 2);
	char **lines = sign != NULL ? g_ptr_array_index(sign->rows, 0) : NULL;
	for (int i = 0; lines != NULL && lines[i] != NULL; i++)
		sign_line(flow, band, lines[i], 0, flow->width * 0.46,
			(i + 1) * 3 * flow->body + 0.1 * SEAL_SIZE);
}
