/*
 * What is wrong with a catalogue file: a list of faults, each naming file, entry and mend in the
 * bureau's language (R40, row 63). All faults of a file are collected, up to a bound.
 */
#ifndef CATALOG_FAULT_H
#define CATALOG_FAULT_H

#include <stdbool.h>
#include <glib.h>
#include <jansson.h>
#include "base/autoptr.h"

/* More faults than this are counted, not kept. */
#define CATALOG_MOST_FAULTS 2000

enum catalog_gravity {
	CATALOG_GRAVITY_ERROR,	 /* the file is refused */
	CATALOG_GRAVITY_WARNING, /* lint: it loads, somebody should look */
};

/* Strings are owned, clean, without a final stop. */
struct catalog_fault {
	enum catalog_gravity gravity;
	char *file;
	char *place; /* "第 12 行 F 列“承诺时限”" of a spreadsheet; "" elsewhere */
	char *entry; /* "主题 企业-2 第 3 项"; "" the file as a whole */
	char *what;
	char *mend;
};

/*
 * Tells where a JSON value that was not read from a JSON file stands for people: sets file and
 * place of the fault, and may say what and mend in the words of that file. key: the member the
 * fault is about, NULL the value as a whole. False when the value is not its own.
 */
typedef bool catalog_locate(
	void *data, const json_t *at, const char *key, struct catalog_fault *fault);

struct catalog_faults {
	GPtrArray *locators; /* see catalog_faults_locate */
	GPtrArray *list;     /* struct catalog_fault, in the order they were found */
	int errors;	     /* counted past the bound too */
	int warnings;
};

/* An empty list; frees itself with its faults. */
struct catalog_faults *catalog_faults_new(void);
void catalog_faults_free(struct catalog_faults *faults);

/* Adds one fault. The texts are cleaned and shortened, so that a hostile file can be quoted. */
void catalog_faults_add(struct catalog_faults *faults, enum catalog_gravity gravity,
	const char *file, const char *entry, const char *what, const char *mend);

/* The same of a member (NULL: all) of a JSON value, which says where it stands to a locator. */
void catalog_faults_add_at(struct catalog_faults *faults, enum catalog_gravity gravity,
	const struct catalog_fault *texts, const json_t *at, const char *key);

/*
 * Asks locate of every fault of a value that follows. data is freed with the faults, and must keep
 * its values alive until then.
 */
void catalog_faults_locate(
	struct catalog_faults *faults, catalog_locate *locate, void *data, GDestroyNotify free);

/* One fault as a sentence: "FILE：ENTRY：WHAT。MEND。", the place behind the file. A new string. */
char *catalog_fault_sentence(const struct catalog_fault *fault);

/*
 * False with ERR_CODE_CATALOG (the first error and how many more there are) when there is any
 * error; true when there are at most warnings.
 */
bool catalog_faults_settle(const struct catalog_faults *faults, GError **error);

/*
 * Makes one of the warnings from `first` on that say `what` of a whole file each: the first of them
 * names its file and how many they are. Fewer than two stay as they are.
 */
void catalog_faults_gather(struct catalog_faults *faults, guint first, const char *what);

/* A copy of at most `most` characters, cleaned of what must not reach a terminal; g_free it. */
char *catalog_quote(const char *text, int most);

AUTOPTR(catalog_faults, catalog_faults_free)

#endif
