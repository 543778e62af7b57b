#include "print/paint.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#include <cairo-pdf.h>

#include "base/err.h"

static void paint_line_of(cairo_t *cairo, const struct mark *mark)
{
	PangoLayoutLine *line = pango_layout_get_line_readonly(mark->text, mark->line);
	PangoRectangle logical;
	pango_layout_line_get_extents(line, NULL, &logical);
	cairo_move_to(cairo, mark->x, mark->y - (double)logical.y / PANGO_SCALE);
	pango_cairo_show_layout_line(cairo, line);
}

static void paint_text(cairo_t *cairo, const struct mark *mark)
{
	if (mark->line >= 0) {
		paint_line_of(cairo, mark);
		return;
	}
	cairo_move_to(cairo, mark->x, mark->y);
	pango_cairo_show_layout(cairo, mark->text);
}

static void paint_watermark(cairo_t *cairo, const struct mark *mark)
{
	cairo_translate(cairo, mark->x, mark->y);
	cairo_rotate(cairo, -G_PI / 6);
	cairo_move_to(cairo, -text_width_of(mark->text) / 2, -text_height_of(mark->text) / 2);
	pango_cairo_show_layout(cairo, mark->text);
}

static void paint_bars(cairo_t *cairo, const struct mark *mark)
{
	const struct barcode *bars = mark->bars;
	double across = mark->width / bars->width, down = mark->height / bars->height;
	double quiet = bars->quiet * across;
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_rectangle(cairo, mark->x - quiet, mark->y - (bars->height > 1 ? quiet : 1),
		mark->width + 2 * quiet, mark->height + 2 * (bars->height > 1 ? quiet : 1));
	cairo_fill(cairo);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	for (guint i = 0; i < bars->bars->len; i++) {
		const struct barcode_bar *bar = &g_array_index(bars->bars, struct barcode_bar, i);
		cairo_rectangle(cairo, mark->x + bar->x * across, mark->y + bar->y * down,
			bar->width * across, bar->height * down);
	}
	cairo_fill(cairo);
}

static void paint_seal(cairo_t *cairo, const struct mark *mark)
{
	const double dash[] = {3, 2.5};
	cairo_set_dash(cairo, dash, 2, 0);
	cairo_arc(cairo, mark->x + mark->width / 2, mark->y + mark->height / 2, mark->width / 2, 0,
		2 * G_PI);
	cairo_stroke(cairo);
}

static void paint_box(cairo_t *cairo, const struct mark *mark)
{
	if (mark->kind == MARK_KIND_LINE) {
		cairo_move_to(cairo, mark->x, mark->y);
		cairo_rel_line_to(cairo, mark->width, mark->height);
		cairo_stroke(cairo);
		return;
	}
	cairo_rectangle(cairo, mark->x, mark->y, mark->width, mark->height);
	if (mark->kind == MARK_KIND_FILL)
		cairo_fill(cairo);
	else
		cairo_stroke(cairo);
}

static void paint_head(cairo_t *cairo, const struct mark *mark)
{
	cairo_move_to(cairo, mark->x, mark->y);
	cairo_rel_line_to(cairo, mark->width, 0);
	cairo_rel_line_to(cairo, -mark->width / 2, mark->height);
	cairo_close_path(cairo);
	cairo_fill(cairo);
}

static void paint_mark(cairo_t *cairo, const struct mark *mark)
{
	cairo_save(cairo);
	cairo_new_path(cairo); /* text leaves its end as the current point */
	cairo_set_source_rgb(cairo, mark->tone, mark->tone, mark->tone);
	cairo_set_line_width(cairo, mark->stroke);
	switch (mark->kind) {
	case MARK_KIND_TEXT:
		paint_text(cairo, mark);
		break;
	case MARK_KIND_WATERMARK:
		paint_watermark(cairo, mark);
		break;
	case MARK_KIND_BARS:
		paint_bars(cairo, mark);
		break;
	case MARK_KIND_SEAL:
		paint_seal(cairo, mark);
		break;
	case MARK_KIND_HEAD:
		paint_head(cairo, mark);
		break;
	case MARK_KIND_LINE:
	case MARK_KIND_FILL:
	case MARK_KIND_FRAME:
		paint_box(cairo, mark);
		break;
	}
	cairo_restore(cairo);
}

void paint_page(cairo_t *cairo, const struct pages *pages, guint page)
{
	const GPtrArray *marks = g_ptr_array_index(pages->list, page);
	for (guint i = 0; i < marks->len; i++)
		paint_mark(cairo, g_ptr_array_index(marks, i));
}

/* ---- files ---- */

static void describe(cairo_surface_t *surface, const struct paint_about *about)
{
	time_t seconds = (time_t)(about->created_ms / 1000);
	g_autoptr(GDateTime) created = g_date_time_new_from_unix_utc(seconds);
	g_autofree char *date = created ? g_date_time_format(created, "%Y-%m-%dT%H:%M:%SZ") : NULL;
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, about->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, about->id);
	cairo_pdf_surface_set_metadata(
		surface, CAIRO_PDF_METADATA_CREATOR, "yichuang " YICHUANG_VERSION);
	if (date != NULL)
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

static bool fail_write(const char *path, GError **error)
{
	if (errno == ENOSPC || errno == EDQUOT)
		return err_set(error, ERR_CODE_STORE_FULL, NULL);
	return err_set(error, ERR_CODE_IO, "单据文件 %s 写不了：%s", path, g_strerror(errno));
}

cairo_surface_t *paint_open(const char *path, double width, double height,
	const struct paint_about *about, GError **error)
{
	g_autofree char *part = g_strconcat(path, ".part", NULL);
	int descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (descriptor < 0) {
		fail_write(part, error);
		return NULL;
	}
	close(descriptor);
	cairo_surface_t *surface = cairo_pdf_surface_create(part, width, height);
	describe(surface, about);
	return surface;
}

/* The finished file gets its name only when its bytes are on the disk. */
static bool settle(const char *part, const char *path, GError **error)
{
	int descriptor = open(part, O_RDONLY | O_CLOEXEC);
	bool synced = descriptor >= 0 && fsync(descriptor) == 0;
	if (descriptor >= 0)
		close(descriptor);
	if (!synced || rename(part, path) != 0)
		return fail_write(path, error);
	return true;
}

bool paint_close(cairo_surface_t *surface, const char *path, GError **error)
{
	g_autofree char *part = g_strconcat(path, ".part", NULL);
	errno = 0;
	cairo_surface_finish(surface);
	cairo_status_t status = cairo_surface_status(surface);
	int reason = errno;
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return settle(part, path, error);
	unlink(part);
	errno = reason;
	if (status == CAIRO_STATUS_WRITE_ERROR)
		return fail_write(path, error);
	return err_set(
		error, ERR_CODE_INTERNAL, "单据画不出来：%s", cairo_status_to_string(status));
}

bool paint_pdf(const struct pages *pages, const char *path, const struct paint_about *about,
	GError **error)
{
	cairo_surface_t *surface = paint_open(path, pages->width, pages->height, about, error);
	if (surface == NULL)
		return false;
	cairo_t *cairo = cairo_create(surface);
	for (guint page = 0; page < pages->list->len; page++) {
		paint_page(cairo, pages, page);
		cairo_show_page(cairo);
	}
	cairo_destroy(cairo);
	return paint_close(surface, path, error);
}
