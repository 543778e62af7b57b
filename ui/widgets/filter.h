/* Whether a row is meant by what was typed: Chinese, pinyin or initials, every word of it. */
#ifndef UI_WIDGETS_FILTER_H
#define UI_WIDGETS_FILTER_H

#include <stdbool.h>
#include <glib.h>

/* What a row is found by; made once when the row is read. */
struct filter_key {
	char *text;   /* lower case */
	char *sounds; /* as pinyin_sounds */
};

/* Of a name and anything else that is said of it (NULL nothing). */
void filter_key_init(struct filter_key *key, const char *name, const char *other);
void filter_key_clear(struct filter_key *key);

/* True when every word of typed stands in the text or begins a sound; an empty one means all. */
bool filter_key_matches(const struct filter_key *key, const char *typed);

#endif
