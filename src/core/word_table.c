#include "core/word_table.h"

#include <string.h>

const struct word_row *word_row_of(const struct word_row *rows, int count, int value)
{
	static const struct word_row unknown = {"", ""};
	return value >= 0 && value < count ? &rows[value] : &unknown;
}

int word_row_find(const struct word_row *rows, int count, const char *text)
{
	for (int i = 0; text != NULL && i < count; i++)
		if (strcmp(rows[i].word, text) == 0 || strcmp(rows[i].name, text) == 0)
			return i;
	return count;
}
