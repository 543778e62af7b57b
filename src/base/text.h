/*
 * Text from outside made safe, and text measured in display cells.
 * Every string that comes from a file, a form, a scanner, the hub or a printer passes text_clean
 * before it reaches the terminal, a page or a log.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

/*
 * A new string (g_free) in which every byte that is not valid UTF-8, every control character (C0,
 * DEL, C1), bidi control, zero-width character, tag, private-use and unassigned character is
 * replaced by U+FFFD. Line feeds stay when keep_lines. NULL gives "".
 */
char *text_clean(const char *text, bool keep_lines);

/* True when text_clean would change nothing. */
bool text_is_clean(const char *text, bool keep_lines);

/* Display cells of one character: 0, 1 or 2; ambiguous width counts 1. */
int text_char_width(gunichar c);

/* Display cells of a clean string. */
int text_width(const char *text);

/* Bytes of the longest prefix that fits into cells; never splits a character or its marks. */
size_t text_fit(const char *text, int cells);

/*
 * A new string (g_free) exactly `cells` wide: cut with `~` behind what fits when the text is
 * longer, padded with spaces on the right.
 */
char *text_pad(const char *text, int cells);

/*
 * Breaks a clean text into lines of at most `cells` (and at its line feeds), each a g_free string;
 * the array frees them. An empty text gives one empty line.
 */
GPtrArray *text_wrap(const char *text, int cells);

/*
 * Masks: an identity number or other document number keeps 3 and 4 characters at its ends
 * ("110********0011"), a phone number 3 and 4, a name its first character ("张*").
 * Each returns a new string (g_free); NULL gives "".
 */
char *text_mask_number(const char *number);
char *text_mask_name(const char *name);

#endif
