#include "print/document.h"

#include "base/err.h"
#include "base/place.h"
#include "base/text.h"
#include "print/certificate.h"
#include "print/layout.h"
#include "print/paint.h"
#include "print/template.h"

#define MOST_TEMPLATE (1u << 20)

/* ---- places ---- */

void document_places_init(struct document_places *places, const char *home)
{
	g_autofree char *own = home ? g_build_filename(home, "printers", NULL) : NULL;
	g_autofree char *shipped = place_shipped("printers");
	g_autoptr(GStrvBuilder) printers = g_strv_builder_new();
	if (own != NULL)
		g_strv_builder_add(printers, own);
	g_strv_builder_add(printers, shipped);
	places->printers = g_strv_builder_end(printers);
	places->fonts = place_shipped("fonts");
}

void document_places_clear(struct document_places *places)
{
	g_clear_pointer(&places->printers, g_strfreev);
	g_clear_pointer(&places->fonts, g_free);
}

/* A name that cannot leave its folder. */
static bool name_is_plain(const char *name)
{
	return name[0] != '\0' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
}

static char *find(const struct document_places *places, const char *folder, const char *name,
	const char *extension)
{
	g_autofree char *file = g_strconcat(name, extension, NULL);
	for (char **printers = places->printers; name_is_plain(name) && *printers; printers++) {
		g_autofree char *path = g_build_filename(*printers, folder, file, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
			return g_steal_pointer(&path);
	}
	return NULL;
}

struct profile *document_profile(
	const struct document_places *places, const char *name, GError **error)
{
	if (name == NULL || name[0] == '\0')
		name = "a4";
	g_autofree char *path = find(places, "profiles", name, ".ini");
	if (path != NULL)
		return profile_read(path, error);
	g_autofree char *clean = text_clean(name, false);
	g_autofree char *sentence = g_strdup_printf("没有打印机配置「%s」", clean);
	err_set_next(error, ERR_CODE_NOT_FOUND, sentence, "请核对 config.ini 的 profile");
	return NULL;
}

/* ---- rendering ---- */

/* The template's text (g_free) and the path it was read from. */
static char *read_template(const struct document_places *places, const char *name,
	const char *extension, char **ret_path, GError **error)
{
	g_autofree char *path = find(places, "templates", name, extension);
	if (path == NULL) {
		g_autofree char *clean = text_clean(name, false);
		g_autofree char *sentence = g_strdup_printf("没有单据模板「%s」", clean);
		err_set_next(error, ERR_CODE_NOT_FOUND, sentence,
			"请核对名称，或在 printers/templates 放一份");
		return NULL;
	}
	char *text = NULL;
	gsize size = 0;
	if (!g_file_get_contents(path, &text, &size, NULL)) {
		err_set(error, ERR_CODE_IO, "单据模板 %s 读不了", path);
		return NULL;
	}
	if (size > MOST_TEMPLATE || !g_utf8_validate(text, (gssize)size, NULL)) {
		g_free(text);
		err_set(error, ERR_CODE_INVALID, "单据模板 %s 不是 UTF-8 文本，或太大", path);
		return NULL;
	}
	*ret_path = g_steal_pointer(&path);
	return text;
}

#define STAND_IN 0x3013	    /* 〓, which printers set for a character they lack */
#define REPLACED 0xFFFD	    /* what text_clean leaves of a control character; the font lacks it */
#define REPLACED_BOX 0x25A1 /* □ */

/*
 * Characters that the font lacks become 〓 and are noted, since a paper must not silently lose one.
 */
static void stand_in(const struct fonts *fonts, char **cell, GString *missing)
{
	gunichar c = 0;
	while (!fonts_cover(fonts, *cell, &c)) {
		g_autoptr(GString) text = g_string_new(NULL);
		gunichar instead = c == REPLACED ? REPLACED_BOX : STAND_IN;
		for (const char *p = *cell; *p != '\0'; p = g_utf8_next_char(p)) {
			gunichar one = g_utf8_get_char(p);
			g_string_append_unichar(text, one == c ? instead : one);
		}
		g_autofree char *code = g_strdup_printf(" U+%04X", c);
		if (c != REPLACED && strstr(missing->str, code) == NULL)
			g_string_append(missing, code);
		g_free(*cell);
		*cell = g_string_free(g_steal_pointer(&text), FALSE);
	}
}

/* What the foot says of them (g_free); "" when the font has everything. */
static char *cover_blocks(const struct fonts *fonts, GPtrArray *blocks)
{
	g_autoptr(GString) missing = g_string_new(NULL);
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = g_ptr_array_index(blocks, i);
		for (guint j = 0; j < block->rows->len; j++)
			for (char **cell = g_ptr_array_index(block->rows, j); *cell; cell++)
				stand_in(fonts, cell, missing);
	}
	if (missing->len == 0)
		return g_strdup("");
	return g_strdup_printf("〓 为字库所缺的字%s，请手写补上  ", missing->str);
}

static bool render_slip(const struct document *document, const char *text, const char *file,
	const struct fonts *fonts, const struct profile *profile, const char *path, int *ret_pages,
	GError **error)
{
	g_autoptr(GPtrArray) blocks = template_fill(text, file, document->data, error);
	if (blocks == NULL)
		return false;
	g_autofree char *missing = cover_blocks(fonts, blocks);
	g_autofree char *reason = text_clean(document->reason, false);
	struct stamp stamp = {
		.id = document->id,
		.copy = document->copy,
		.reason = reason,
		.demo = json_flag(document->data, "demo", false),
		.missing = missing,
	};
	g_autoptr(pages) pages = layout_pages(fonts, profile, &stamp, blocks, file, error);
	if (pages == NULL)
		return false;
	const char *title = "单据";
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = g_ptr_array_index(blocks, i);
		if (block->kind == BLOCK_KIND_TITLE || block->kind == BLOCK_KIND_RUNNING)
			title = block_text(block); /* .running stands behind .title */
	}
	struct paint_about about = {title, document->id, document->created_ms};
	if (!paint_pdf(pages, path, &about, error))
		return false;
	*ret_pages = (int)pages->list->len;
	return true;
}

bool document_render(const struct document *document, const struct document_places *places,
	const struct fonts *fonts, const struct profile *profile, const char *path, int *ret_pages,
	GError **error)
{
	bool certificate = strcmp(document->kind, "certificate") == 0;
	g_autofree char *form =
		g_strconcat("certificate-", json_text(document->data, "form", "generic"), NULL);
	g_autofree char *file = NULL;
	g_autofree char *text = read_template(places, certificate ? form : document->kind,
		certificate ? ".svg" : ".txt", &file, error);
	if (text == NULL)
		return false;
	g_autofree char *name = g_path_get_basename(file);
	int pages = 1;
	bool good = certificate ? certificate_render(document, text, name, fonts, path, error)
				: render_slip(document, text, name, fonts, profile, path, &pages,
					  error);
	if (good && ret_pages != NULL)
		*ret_pages = pages;
	return good;
}
