/*
 * Prints the table of pinyin readings of U+4E00–U+9FFF by ICU's transliterator, so that no program
 * of ours links ICU. One syllable index a character; readings without tone, ASCII, ü as v.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utrans.h>
#include <unicode/ustring.h>

#define FIRST 0x4E00
#define LAST 0x9FFF

static char syllables[1024][8];
static int syllable_count;

static int syllable_index(const char *syllable)
{
	for (int i = 0; i < syllable_count; i++)
		if (strcmp(syllables[i], syllable) == 0)
			return i;
	if (syllable_count == 1024)
		exit(1);
	snprintf(syllables[syllable_count], sizeof syllables[0], "%s", syllable);
	return syllable_count++;
}

int main(void)
{
	UErrorCode status = U_ZERO_ERROR;
	static const UChar names[] = u"Han-Latin; NFD; [[:Mn:]-[\\u0308]] Remove; NFC";
	UTransliterator *trans =
		utrans_openU(names, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
	if (U_FAILURE(status)) {
		fprintf(stderr, "pinyin-table: %s\n", u_errorName(status));
		return 1;
	}
	syllable_index("");
	printf("/* made by scripts/pinyin-table.c */\n#include \"catalog/pinyin_table.h\"\n");
	printf("const unsigned short pinyin_table[] = {\n");
	for (int c = FIRST; c <= LAST; c++) {
		UChar text[32] = {(UChar)c, 0};
		int32_t length = 1, limit = 1;
		status = U_ZERO_ERROR;
		utrans_transUChars(trans, text, &length, 32, 0, &limit, &status);
		char out[8] = "";
		size_t n = 0;
		for (int i = 0; i < length && n < 7 && text[i] != c; i++) {
			if (text[i] >= 'a' && text[i] <= 'z')
				out[n++] = (char)text[i];
			else if (text[i] == 0xFC)
				out[n++] = 'v';
		}
		out[n] = '\0';
		printf("%d,%c", syllable_index(out), (c & 15) == 15 ? '\n' : ' ');
	}
	printf("};\nconst char *const pinyin_syllables[] = {\n");
	for (int i = 0; i < syllable_count; i++)
		printf("\"%s\",\n", syllables[i]);
	printf("};\n");
	utrans_close(trans);
	return 0;
}
