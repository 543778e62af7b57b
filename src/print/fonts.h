/*
 * The one font of every paper, through a fontconfig configuration made at run time: nothing of the
 * machine's own fonts is loaded, so a page looks the same everywhere, and the packaged Noto font,
 * of which cairo 1.16 loses characters (LIMITS 1e), cannot slip in.
 */
#ifndef PRINT_FONTS_H
#define PRINT_FONTS_H

#include <stdbool.h>
#include <glib.h>
#include <pango/pangocairo.h>

#include "base/autoptr.h"

struct fonts;

/*
 * Loads YichuangSans.otf of the folder and, when it is there, YichuangSans-Bold.otf. The
 * configuration also becomes the process's current one, since librsvg asks for that. ERR_CODE_IO
 * names the file.
 */
struct fonts *fonts_open(const char *folder, GError **error);

/* The same of one font file; for the test that compares fonts. */
struct fonts *fonts_open_file(const char *file, GError **error);
void fonts_close(struct fonts *fonts);
AUTOPTR(fonts, fonts_close)

/* A context of 1 unit = 1 point, no hinting: positions are those of the paper. Owned by fonts. */
PangoContext *fonts_context(const struct fonts *fonts);

/* A layout in this size (points); g_object_unref. text must be clean (text_clean). */
PangoLayout *fonts_layout(const struct fonts *fonts, const char *text, double size, bool bold);

/* True when every character has a glyph; else *ret_missing is the first that has none. */
bool fonts_cover(const struct fonts *fonts, const char *text, gunichar *ret_missing);

#endif
