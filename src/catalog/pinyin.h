/*
 * Pinyin of Chinese texts, for searching by what a clerk types: kbld, kaibianlidian.
 * Readings come from the table made at build; characters with several readings give all that are
 * frequent in lists.
 */
#ifndef CATALOG_PINYIN_H
#define CATALOG_PINYIN_H

#include <glib.h>

/* Most characters of a text that are read. */
#define PINYIN_MOST 60

/*
 * Main reading of every hanzi, the letters and digits of the rest in lower case, everything else
 * left out: 开便利店 → "kbld" / "kaibianlidian". New strings (g_free).
 */
char *pinyin_initials(const char *text);
char *pinyin_full(const char *text);

/*
 * What a search by the beginning of a word has to know: for every character of the text, the
 * initials and the full pinyin from there on, in every frequent reading; separated by spaces,
 * without repeats. A new string. 开店 → "kd kaidian d dian".
 */
char *pinyin_sounds(const char *text);

/*
 * The same of several texts (ends with NULL) together, only as far as anybody types: a word of
 * initials has at most 8 letters, one of full pinyin 16. A new string.
 */
char *pinyin_sounds_short(const char *const *texts);

#endif
