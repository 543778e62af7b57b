#include "print/certificate.h"

#include <librsvg/rsvg.h>

#include "base/err.h"
#include "print/paint.h"
#include "print/slot.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RsvgHandle, g_object_unref)

static bool fail_svg(GError **error, const char *file, const GError *cause)
{
	g_autofree char *sentence =
		g_strdup_printf("证照模板 %s 不是合格的 SVG：%s", file, cause->message);
	return err_set_next(error, ERR_CODE_INVALID, sentence, "请用 Inkscape 打开检查后保存");
}

/*
 * SVG breaks no lines: a line feed that a value brought becomes a tspan below, at the x of its
 * element. Takes line.
 */
static char *break_lines(char *line)
{
	const char *x = strstr(line, " x=\"");
	char *end = strstr(line, "</text>");
	if (strchr(line, '\n') == NULL || x == NULL || end == NULL)
		return line;
	x += 4;
	g_autofree char *at = g_strndup(x, strcspn(x, "\""));
	g_autofree char *begin = g_strdup_printf("<tspan x=\"%s\" dy=\"1.3em\">", at);
	g_autofree char *rest = g_strdup(end);
	*end = '\0';
	g_auto(GStrv) parts = g_strsplit(line, "\n", -1);
	g_free(line);
	g_autoptr(GString) broken = g_string_new(NULL);
	for (char **part = parts; *part != NULL; part++)
		g_string_append_printf(broken, "%s%s", part == parts ? "" : begin, *part);
	for (char **part = parts + 1; *part != NULL; part++)
		g_string_append(broken, "</tspan>");
	g_string_append(broken, rest);
	return g_string_free(g_steal_pointer(&broken), FALSE);
}

/* Slots line by line, so that a message can name the line. */
static char *fill(const char *svg, const char *file, const json_t *result, GError **error)
{
	g_autoptr(json_t) only = json_object();
	json_object_set(only, "result", (json_t *)result);
	struct slot_scope scope = {.value = only};
	g_auto(GStrv) lines = g_strsplit(svg, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++) {
		struct slot_place place = {file, i + 1};
		char *line = slot_fill(lines[i], &scope, true, &place, error);
		if (line == NULL)
			return NULL;
		g_free(lines[i]);
		lines[i] = break_lines(line);
	}
	return g_strjoinv("\n", lines);
}

static void show(cairo_t *cairo, PangoLayout *text, double x, double y, double tone)
{
	cairo_set_source_rgb(cairo, tone, tone, tone);
	cairo_move_to(cairo, x, y);
	pango_cairo_show_layout(cairo, text);
	g_object_unref(text);
}

static void show_watermark(cairo_t *cairo, const struct fonts *fonts, double width, double height)
{
	PangoLayout *text = fonts_layout(fonts, "演示", 140, true);
	int across, down;
	pango_layout_get_size(text, &across, &down);
	cairo_save(cairo);
	cairo_translate(cairo, width / 2, height / 2);
	cairo_rotate(cairo, -G_PI / 6);
	show(cairo, text, -(double)across / PANGO_SCALE / 2, -(double)down / PANGO_SCALE / 2, 0.95);
	cairo_restore(cairo);
}

/* What no template can leave out: copy and demo, at the lower edge. */
static void show_marks(
	cairo_t *cairo, const struct fonts *fonts, const struct document *document, double height)
{
	g_autoptr(GString) words = g_string_new(NULL);
	if (json_flag(document->data, "demo", false))
		g_string_append(words, "演示 不作凭证  ");
	if (document->copy > 1)
		g_string_append_printf(words, "补打 第%" G_GINT64_FORMAT "份  ", document->copy);
	if (document->copy == 0)
		g_string_append(words, "副本 不作证照使用  ");
	if (document->id[0] != '\0')
		g_string_append_printf(words, "单据号 %s", document->id);
	show(cairo, fonts_layout(fonts, words->str, 8.5, false), 40, height - 26, 0.25);
}

static bool draw(cairo_t *cairo, RsvgHandle *handle, const char *file, double width, double height,
	GError **error)
{
	g_autoptr(GError) cause = NULL;
	RsvgRectangle page = {0, 0, width, height};
	if (rsvg_handle_render_document(handle, cairo, &page, &cause))
		return true;
	return fail_svg(error, file, cause);
}

static RsvgHandle *read_svg(
	const char *svg, const char *file, double *ret_width, double *ret_height, GError **error)
{
	g_autoptr(GError) cause = NULL;
	RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg, strlen(svg), &cause);
	if (handle == NULL) {
		fail_svg(error, file, cause);
		return NULL;
	}
	rsvg_handle_set_dpi(handle, 96);
	double width, height; /* CSS pixels: 96 an inch */
	if (!rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height) || width < 100 ||
		height < 100 || width > 4000 || height > 4000) {
		g_object_unref(handle);
		err_set_next(error, ERR_CODE_INVALID, "证照模板没有写明纸张大小",
			"请在 svg 元素上写 width 与 height，例如 210mm 与 297mm");
		return NULL;
	}
	*ret_width = width * 0.75;
	*ret_height = height * 0.75;
	return handle;
}

/* A certificate with a stand-in for a character would be a wrong one. */
static bool check_cover(const struct fonts *fonts, const char *svg, GError **error)
{
	g_auto(GStrv) words = g_strsplit_set(svg, "\t\r\n", -1);
	gunichar missing = 0;
	for (char **word = words; *word != NULL; word++)
		if (!fonts_cover(fonts, *word, &missing)) {
			g_autofree char *sentence =
				g_strdup_printf("字库里没有字符 U+%04X，证照不能缺字", missing);
			return err_set_next(error, ERR_CODE_INVALID, sentence,
				"请管理员更换字库，或由部门自行制证");
		}
	return true;
}

bool certificate_render(const struct document *document, const char *svg, const char *file,
	const struct fonts *fonts, const char *path, GError **error)
{
	const json_t *result = json_object_get(document->data, "result");
	if (!json_is_object(result))
		return err_set_next(error, ERR_CODE_INVALID, "部门的办理结果还没有到，证照不能打印",
			"请等部门传回结果后再打");
	g_autofree char *filled = fill(svg, file, result, error);
	double width, height;
	g_autoptr(RsvgHandle) handle = filled && check_cover(fonts, filled, error)
					       ? read_svg(filled, file, &width, &height, error)
					       : NULL;
	if (handle == NULL)
		return false;
	struct paint_about about = {
		json_text(result, "title", "证照"), document->id, document->created_ms};
	cairo_surface_t *surface = paint_open(path, width, height, &about, error);
	if (surface == NULL)
		return false;
	cairo_t *cairo = cairo_create(surface);
	if (json_flag(document->data, "demo", false))
		show_watermark(cairo, fonts, width, height);
	bool drawn = draw(cairo, handle, file, width, height, error);
	show_marks(cairo, fonts, document, height);
	cairo_destroy(cairo);
	return paint_close(surface, path, drawn ? error : NULL) && drawn;
}
