#include "print/barcode.h"

#include <zint.h>

#include "base/err.h"

/* Quiet zones of ISO/IEC 15417 and 18004. */
#define QUIET_CODE128 10
#define QUIET_QR 4
#define MOST_TEXT 300

static bool text_is_plain(const char *text)
{
	size_t length = strlen(text);
	if (length == 0 || length > MOST_TEXT)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isgraph(text[i]) && text[i] != ' ')
			return false;
	return true;
}

static struct zint_symbol *encode(enum barcode_kind kind, const char *text)
{
	struct zint_symbol *symbol = ZBarcode_Create();
	if (symbol == NULL)
		return NULL;
	symbol->symbology = kind == BARCODE_KIND_QR ? BARCODE_QRCODE : BARCODE_CODE128;
	symbol->show_hrt = 0;
	if (kind == BARCODE_KIND_QR)
		symbol->option_1 = 2; /* error correction M: 15 % */
	const unsigned char *bytes = (const unsigned char *)text;
	if (ZBarcode_Encode_and_Buffer_Vector(symbol, bytes, (int)strlen(text), 0) < ZINT_ERROR)
		return symbol;
	ZBarcode_Delete(symbol);
	return NULL;
}

/* zint's units become modules; a line code becomes one module high. */
static void take_bars(struct barcode *barcode, const struct zint_symbol *symbol)
{
	const struct zint_vector *vector = symbol->vector;
	double unit = vector->width / symbol->width;
	bool line = barcode->kind == BARCODE_KIND_CODE128;
	barcode->width = symbol->width;
	barcode->height = line ? 1 : symbol->rows;
	for (const struct zint_vector_rect *r = vector->rectangles; r != NULL; r = r->next) {
		struct barcode_bar bar = {r->x / unit, line ? 0 : r->y / unit, r->width / unit,
			line ? 1 : r->height / unit};
		g_array_append_val(barcode->bars, bar);
	}
}

struct barcode *barcode_new(enum barcode_kind kind, const char *text, GError **error)
{
	if (!text_is_plain(text)) {
		err_set(error, ERR_CODE_INVALID, "条码内容只能是 1 至 300 个英文字母、数字和符号");
		return NULL;
	}
	struct zint_symbol *symbol = encode(kind, text);
	if (symbol == NULL) {
		err_set(error, ERR_CODE_INVALID, "条码内容太长：%s", text);
		return NULL;
	}
	struct barcode *barcode = g_new0(struct barcode, 1);
	barcode->kind = kind;
	barcode->references = 1;
	barcode->quiet = kind == BARCODE_KIND_QR ? QUIET_QR : QUIET_CODE128;
	barcode->bars = g_array_new(FALSE, FALSE, sizeof(struct barcode_bar));
	take_bars(barcode, symbol);
	ZBarcode_Delete(symbol);
	return barcode;
}

struct barcode *barcode_ref(struct barcode *barcode)
{
	barcode->references++;
	return barcode;
}

void barcode_free(struct barcode *barcode)
{
	if (barcode == NULL || --barcode->references > 0)
		return;
	g_array_unref(barcode->bars);
	g_free(barcode);
}
