/*
 * Every glyph has ink: each character goes once through the PDF (rasterised by poppler) and once
 * through cairo's image surface, and the ink of the two cells is compared. Text extraction cannot
 * see this fault (LIMITS 1e). Proof that it can fail:
 * GLYPH_FONT=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <sys/wait.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "print/fonts.h"
#include "print/paint.h"

#define CELL 24.0 /* points a cell */
#define SIZE 18.0 /* of the type */
#define ACROSS 40
#define DOWN 40
#define BATCH 400
#define DPI 144
#define PIXELS ((int)(CELL * DPI / 72)) /* of a cell */

/* Law, names, punctuation; 如 and 瘃 are what cairo loses, the last are rare name characters. */
static const char sample[] =
	"如瘃一次告知收件回执补正受理不予承诺送达证照申请人身份办件号复议诉讼法院人民政府"
	"䶮㛃㑇𬭎𫖯𬴃𬱖𠮷龘靐囍喆昇珺琀赟鑫懿"
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	"，。；：？！“”‘’（）《》〈〉【】〔〕、…—·￥×÷±％℃①②③Ⅰ□○●△√";

static void add_cell(const struct fonts *fonts, struct pages *pages, guint number, gunichar c)
{
	if (number % (ACROSS * DOWN) == 0)
		pages_add(pages);
	GPtrArray *page = g_ptr_array_index(pages->list, pages->list->len - 1);
	guint place = number % (ACROSS * DOWN);
	char text[8] = "";
	g_unichar_to_utf8(c, text);
	struct band *band = band_new(0, 0);
	band_text(band, fonts_layout(fonts, text, SIZE, false), 2, 0);
	page_put(page, band, place % ACROSS * CELL, place / ACROSS * CELL);
	band_free(band);
}

/* GB 2312: every second hanzi unless GLYPH_ALL is set; always the sample. */
static GArray *characters(void)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(gunichar));
	for (const char *p = sample; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		g_array_append_val(all, c);
	}
	int step = g_getenv("GLYPH_ALL") ? 1 : 2;
	for (int row = 0xB0; row <= 0xF7; row++)
		for (int cell = 0xA1; cell <= 0xFE; cell += step) {
			char code[] = {(char)row, (char)cell};
			g_autofree char *text =
				g_convert(code, 2, "UTF-8", "GB2312", NULL, NULL, NULL);
			gunichar c = text ? g_utf8_get_char(text) : 0;
			if (c != 0)
				g_array_append_val(all, c);
		}
	return all;
}

/* Blackness of a cell, 0…1, from 8-bit grey rows. */
static double ink(const uint8_t *grey, int stride, guint place)
{
	const uint8_t *from = grey + (place / ACROSS) * PIXELS * stride + (place % ACROSS) * PIXELS;
	double sum = 0;
	for (int y = 0; y < PIXELS; y++)
		for (int x = 0; x < PIXELS; x++)
			sum += 255 - from[y * stride + x];
	return sum / 255 / PIXELS / PIXELS;
}

static uint8_t *draw_image(const struct pages *pages, guint page, int *ret_stride)
{
	int width = ACROSS * PIXELS, height = DOWN * PIXELS;
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cairo = cairo_create(surface);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, DPI / 72.0, DPI / 72.0);
	paint_page(cairo, pages, page);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	const uint8_t *pixels = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	uint8_t *grey = g_malloc((gsize)width * (gsize)height);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			grey[y * width + x] = pixels[y * stride + 4 * x + 1];
	cairo_surface_destroy(surface);
	*ret_stride = width;
	return grey;
}

/* pdftoppm's grey PGM of a page, whole file; the pixels begin after the third line. */
static char *rasterise(const char *pdf, guint page, int *ret_stride, const uint8_t **ret_grey)
{
	g_autofree char *resolution = g_strdup_printf("%d", DPI);
	g_autofree char *number = g_strdup_printf("%u", page + 1);
	g_autofree char *root = g_strconcat(pdf, "-page", NULL);
	const char *words[] = {"pdftoppm", "-gray", "-singlefile", "-r", resolution, "-f", number,
		"-l", number, pdf, root, NULL};
	int status = -1;
	assert_true(g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		NULL, &status, NULL));
	assert_int_equal(status, 0);
	g_autofree char *file = g_strconcat(root, ".pgm", NULL);
	char *bytes = NULL;
	gsize size = 0;
	assert_true(g_file_get_contents(file, &bytes, &size, NULL));
	g_unlink(file);
	int width, height, most, end = 0;
	assert_int_equal(sscanf(bytes, "P5 %d %d %d%n", &width, &height, &most, &end), 3);
	assert_true(width >= ACROSS * PIXELS && height >= DOWN * PIXELS);
	*ret_stride = width;
	*ret_grey = (const uint8_t *)bytes + end + 1;
	return bytes;
}

static guint compare_page(const struct pages *pages, guint page, const char *pdf, const GArray *all)
{
	int stride, image_stride;
	const uint8_t *grey;
	g_autofree char *bytes = rasterise(pdf, page, &stride, &grey);
	g_autofree uint8_t *image = draw_image(pages, page, &image_stride);
	guint faults = 0;
	for (guint place = 0; place < ACROSS * DOWN; place++) {
		guint number = page * ACROSS * DOWN + place;
		if (number >= all->len)
			break;
		double printed = ink(grey, stride, place), drawn = ink(image, image_stride, place);
		if (drawn > 0.002 && fabs(printed - drawn) <= 0.2 * drawn + 0.006)
			continue;
		char text[8] = "";
		g_unichar_to_utf8(g_array_index(all, gunichar, number), text);
		print_message("U+%04X %s: drawn %.4f, printed %.4f\n",
			g_array_index(all, gunichar, number), text, drawn, printed);
		faults++;
	}
	return faults;
}

/* One PDF of a batch of characters; cairo's fault depends on what else is in the subset. */
static guint compare_batch(const struct fonts *fonts, GArray *batch, const char *pdf)
{
	g_autoptr(pages) pages = pages_new(ACROSS * CELL, DOWN * CELL);
	for (guint i = 0; i < batch->len; i++)
		add_cell(fonts, pages, i, g_array_index(batch, gunichar, i));
	g_autoptr(GError) error = NULL;
	struct paint_about about = {"glyphs", "", 0};
	assert_true(paint_pdf(pages, pdf, &about, &error));
	guint faults = 0;
	for (guint page = 0; page < pages->list->len; page++)
		faults += compare_page(pages, page, pdf, batch);
	g_unlink(pdf);
	return faults;
}

static void assert_covered(const struct fonts *fonts, const GArray *all)
{
	for (guint i = 0; i < all->len; i++) {
		char text[8] = "";
		gunichar missing = 0;
		g_unichar_to_utf8(g_array_index(all, gunichar, i), text);
		if (!fonts_cover(fonts, text, &missing))
			fail_msg("U+%04X has no glyph", missing);
	}
}

static void test_every_glyph_has_ink(void **state)
{
	g_autoptr(GError) error = NULL;
	const char *other = g_getenv("GLYPH_FONT");
	g_autofree char *folder = g_build_filename(g_getenv("YICHUANG_BUILD"), "fonts", NULL);
	g_autoptr(fonts) fonts =
		other ? fonts_open_file(other, &error) : fonts_open(folder, &error);
	assert_non_null(fonts);
	g_autoptr(GArray) all = characters();
	assert_covered(fonts, all);
	g_autofree char *work = g_dir_make_tmp("glyph-XXXXXX", NULL);
	g_autofree char *pdf = g_build_filename(work, "glyphs.pdf", NULL);
	guint faults = 0,
	      size = g_getenv("GLYPH_BATCH") ? (guint)atoi(g_getenv("GLYPH_BATCH")) : BATCH;
	for (guint from = 0; from < all->len; from += size) {
		g_autoptr(GArray) batch = g_array_new(FALSE, FALSE, sizeof(gunichar));
		guint count = MIN(size, all->len - from);
		g_array_append_vals(batch, &g_array_index(all, gunichar, from), count);
		faults += compare_batch(fonts, batch, pdf);
	}
	g_rmdir(work);
	print_message("%u characters, %u faults\n", all->len, faults);
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_glyph_has_ink)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
