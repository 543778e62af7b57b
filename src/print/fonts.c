#include "print/fonts.h"

#include <fontconfig/fontconfig.h>

#include "base/err.h"

#ifdef __SANITIZE_ADDRESS__
/* What cairo, pango and fontconfig keep for the whole life of a process is not ours to free. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libcairo\nleak:libfontconfig\nleak:libpango\nleak:librsvg\n";
}
#endif

struct fonts {
	FcConfig *config;
	PangoFontMap *map;
	PangoContext *context;
	char *family;
};

/* The family of the first font, or of the simplified Chinese face of a collection. */
static char *family_of(FcConfig *config)
{
	FcFontSet *set = FcConfigGetFonts(config, FcSetApplication);
	const char *chosen = NULL;
	for (int i = 0; set != NULL && i < set->nfont; i++) {
		FcChar8 *family = NULL;
		if (FcPatternGetString(set->fonts[i], FC_FAMILY, 0, &family) != FcResultMatch)
			continue;
		if (chosen == NULL || g_str_has_suffix((const char *)family, "Sans CJK SC"))
			chosen = (const char *)family;
	}
	return g_strdup(chosen);
}

/* The map takes the configuration that is current now: ours. */
static void make_context(struct fonts *fonts)
{
	fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map), 72);
	fonts->context = pango_font_map_create_context(fonts->map);
	pango_context_set_language(fonts->context, pango_language_from_string("zh-cn"));
	pango_context_set_base_dir(fonts->context, PANGO_DIRECTION_LTR);
	pango_context_set_round_glyph_positions(fonts->context, FALSE);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(fonts->context, options);
	cairo_font_options_destroy(options);
}

static bool add_file(FcConfig *config, const char *file)
{
	return FcConfigAppFontAddFile(config, (const FcChar8 *)file) == FcTrue;
}

static struct fonts *open_files(const char *regular, const char *bold, GError **error)
{
	FcConfig *config = FcConfigCreate();
	bool added = g_file_test(regular, G_FILE_TEST_IS_REGULAR) && add_file(config, regular);
	if (added && bold != NULL && g_file_test(bold, G_FILE_TEST_IS_REGULAR))
		add_file(config, bold);
	g_autofree char *family = added ? family_of(config) : NULL;
	if (family == NULL) {
		FcConfigDestroy(config);
		err_set_next(error, ERR_CODE_IO, "缺少打印字体文件 YichuangSans.otf",
			"请用 make font 生成，或重新安装");
		return NULL;
	}
	FcConfigSetCurrent(config);
	struct fonts *fonts = g_new0(struct fonts, 1);
	fonts->config = config;
	fonts->family = g_steal_pointer(&family);
	make_context(fonts);
	return fonts;
}

struct fonts *fonts_open(const char *folder, GError **error)
{
	g_autofree char *regular = g_build_filename(folder, "YichuangSans.otf", NULL);
	g_autofree char *bold = g_build_filename(folder, "YichuangSans-Bold.otf", NULL);
	return open_files(regular, bold, error);
}

struct fonts *fonts_open_file(const char *file, GError **error)
{
	return open_files(file, NULL, error);
}

void fonts_close(struct fonts *fonts)
{
	if (fonts == NULL)
		return;
	g_object_unref(fonts->context);
	g_object_unref(fonts->map);
	FcConfigDestroy(fonts->config);
	pango_cairo_font_map_set_default(NULL); /* librsvg's */
	FcFini();				/* the share that being current holds */
	g_free(fonts->family);
	g_free(fonts);
}

PangoContext *fonts_context(const struct fonts *fonts)
{
	return fonts->context;
}

PangoLayout *fonts_layout(const struct fonts *fonts, const char *text, double size, bool bold)
{
	PangoLayout *layout = pango_layout_new(fonts->context);
	PangoFontDescription *description = pango_font_description_new();
	pango_font_description_set_family(description, fonts->family);
	pango_font_description_set_absolute_size(description, size * PANGO_SCALE);
	if (bold)
		pango_font_description_set_weight(description, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, description);
	pango_font_description_free(description);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

bool fonts_cover(const struct fonts *fonts, const char *text, gunichar *ret_missing)
{
	FcFontSet *set = FcConfigGetFonts(fonts->config, FcSetApplication);
	FcCharSet *characters = NULL;
	if (FcPatternGetCharSet(set->fonts[0], FC_CHARSET, 0, &characters) != FcResultMatch)
		return false;
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c == '\n' || FcCharSetHasChar(characters, c))
			continue;
		*ret_missing = c;
		return false;
	}
	return true;
}
