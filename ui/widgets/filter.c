#include "widgets/filter.h"

#include <string.h>

#include "catalog/pinyin.h"

void filter_key_init(struct filter_key *key, const char *name, const char *other)
{
	g_autofree char *all = g_strconcat(name, " ", other == NULL ? "" : other, NULL);
	g_autofree char *sounds = pinyin_sounds(name);
	key->text = g_utf8_strdown(all, -1);
	key->sounds = g_strconcat(" ", sounds, NULL);
}

void filter_key_clear(struct filter_key *key)
{
	g_clear_pointer(&key->text, g_free);
	g_clear_pointer(&key->sounds, g_free);
}

static bool word_matches(const struct filter_key *key, const char *word)
{
	if (strstr(key->text, word) != NULL)
		return true;
	g_autofree char *begin = g_strconcat(" ", word, NULL);
	return strstr(key->sounds, begin) != NULL;
}

bool filter_key_matches(const struct filter_key *key, const char *typed)
{
	g_autofree char *lower = g_utf8_strdown(typed, -1);
	g_auto(GStrv) words = g_strsplit_set(lower, " \t", -1);
	for (char **word = words; *word != NULL; word++)
		if (**word != '\0' && !word_matches(key, *word))
			return false;
	return true;
}
