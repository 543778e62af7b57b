/*
 * From JSON to structs by table: one row a member says its key, kind, place and bounds. Everything
 * that does not fit becomes a fault of the file; the struct is always whole enough to be freed.
 */
#ifndef CATALOG_READER_H
#define CATALOG_READER_H

#include "base/json.h"
#include "catalog/fault.h"

/* Longest string of a catalogue file, in characters. */
#define CATALOG_MOST_TEXT 4000

/* Most elements of an array within an entry: rows of a theme, questions, materials of a service. */
#define CATALOG_MOST_ELEMENTS 1000

struct reader {
	struct catalog_faults *faults; /* borrowed */
	const char *file;	       /* how messages call the source; borrowed */
	GString *entry;		       /* where in the file: "主题 企业-2 第 3 项" */
	const json_t *at;	       /* the value being looked at, borrowed; NULL unknown */
	const char *key;	       /* its member, borrowed; NULL all of it */
};

/* A reader at the top of a file; faults and file are borrowed until reader_clear. */
void reader_init(struct reader *reader, struct catalog_faults *faults, const char *file);
void reader_clear(struct reader *reader);

/* Steps into an entry, by printf; gives the mark to step out with reader_leave. */
gsize reader_enter(struct reader *reader, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
void reader_leave(struct reader *reader, gsize mark);

/*
 * Stands on a value, from which catalog_locate finds the row of a spreadsheet. reader_object stands
 * on what it reads by itself; who checks structs steps through the values they came from.
 */
void reader_stand(struct reader *reader, const json_t *at);

/* Steps to an element of an array member; gives the value to go back to with reader_stand. */
const json_t *reader_step(struct reader *reader, const char *member, guint index);

/* A fault at the present entry: what is wrong by printf, and the mend. */
void reader_fault(struct reader *reader, const char *mend, const char *fmt, ...)
	G_GNUC_PRINTF(3, 4);
void reader_warn(struct reader *reader, const char *mend, const char *fmt, ...) G_GNUC_PRINTF(3, 4);

/* The same, about a member of the value that the reader stands on. */
void reader_fault_in(struct reader *reader, const char *key, const char *mend, const char *fmt, ...)
	G_GNUC_PRINTF(4, 5);
void reader_warn_in(struct reader *reader, const char *key, const char *mend, const char *fmt, ...)
	G_GNUC_PRINTF(4, 5);

enum member_kind {
	MEMBER_END,
	MEMBER_TEXT,	  /* char *; JSON null reads "" when `nullable` */
	MEMBER_TEXTS,	  /* GStrv */
	MEMBER_INTEGER,	  /* int within least..most */
	MEMBER_INTEGERS,  /* GArray of int, each within least..most */
	MEMBER_FLAG,	  /* bool */
	MEMBER_WORD,	  /* an enum, by its words */
	MEMBER_CONDITION, /* struct condition: {"question":["option",…]} */
	MEMBER_LIMIT,	  /* struct limit_rule */
	MEMBER_OBJECTS,	  /* GPtrArray of `shape` */
	MEMBER_IGNORED,	  /* read by somebody else */
};

struct shape;

/* The word of an enum value, as core/words.h gives it. */
typedef const char *word_of(unsigned value);

struct member {
	const char *key;
	enum member_kind kind;
	size_t offset;
	bool needed;   /* absent or empty is a fault */
	bool nullable; /* JSON null means empty */
	int least;
	int most;      /* of integers; of texts the most characters, 0 the general bound */
	word_of *word; /* of MEMBER_WORD: a function of core/words.h */
	int count;     /* how many words its enum has */
	bool (*form)(const char *text); /* NULL: any text */
	const char *form_words;		/* how the form is written, for the mend */
	const struct shape *shape;	/* of MEMBER_OBJECTS */
};

/* How an object becomes a struct. */
struct shape {
	size_t size;
	const struct member *members;
	GDestroyNotify free;   /* frees one struct */
	const char *entry;     /* how messages call one: "问题" */
	const char *entry_key; /* its naming member; NULL: by its number from 1 */
};

/*
 * Reads object into `out` (zeroed memory or one whose other members are already set): every member
 * of the table gets a value, an empty one where the file gives none or a wrong one. Unknown keys
 * are faults.
 */
void reader_object(
	struct reader *reader, const json_t *object, const struct shape *shape, void *out);

/* A new struct of the shape; the entry is named while it is read. index: position in its array, -1
 * none. */
void *reader_new(struct reader *reader, const json_t *object, const struct shape *shape, int index);

/*
 * Takes out of an object, and of what it holds, every member that is empty and may be left out, so
 * that what says the same is the same JSON. Wrongly typed members stay for the reader to find.
 */
void reader_trim(json_t *object, const struct shape *shape);

/* Forms of codes. */
bool form_list_id(const char *text);
bool form_service_code(const char *text);
bool form_material_code(const char *text);
bool form_department_code(const char *text);
bool form_field_key(const char *text);
bool form_local_id(const char *text); /* question and option ids */
bool form_date(const char *text);
bool form_letter(const char *text);
bool form_audience(const char *text);

#endif
