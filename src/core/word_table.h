/* An enum in words: one table a kind, and the three functions over it. */
#ifndef CORE_WORD_TABLE_H
#define CORE_WORD_TABLE_H

struct word_row {
	const char *word; /* of documents and the journal: "taken_in" */
	const char *name; /* a clerk reads: 已收件 */
};

/* The row of a value, static; both its texts are "" when value is outside 0 … count - 1. */
const struct word_row *word_row_of(const struct word_row *rows, int count, int value);

/* The value a word or a name stands for; count when it is neither, or NULL. */
int word_row_find(const struct word_row *rows, int count, const char *text);

/* KIND_word and KIND_name of enum KIND over the table ROWS. */
#define WORD_TABLE_TEXTS(kind, rows, count)                                                        \
	const char *kind##_word(enum kind value)                                                   \
	{                                                                                          \
		return word_row_of(rows, count, (int)value)->word;                                 \
	}                                                                                          \
	const char *kind##_name(enum kind value)                                                   \
	{                                                                                          \
		return word_row_of(rows, count, (int)value)->name;                                 \
	}

/* The same, and KIND_from_name. */
#define WORD_TABLE(kind, rows, count)                                                              \
	WORD_TABLE_TEXTS(kind, rows, count)                                                        \
	enum kind kind##_from_name(const char *text)                                               \
	{                                                                                          \
		return (enum kind)word_row_find(rows, count, text);                                \
	}

#endif
