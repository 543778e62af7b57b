/* What the files of `yichuang catalog` share. */
#ifndef CLI_CATALOG_H
#define CLI_CATALOG_H

#include "catalog/catalogue.h"
#include "catalog/set.h"
#include "cli/cli.h"
#include "desk/desk.h"

/* Faults as a JSON array; a new reference. */
json_t *catalog_faults_json(const struct catalog_faults *faults);

/* Faults as lines of words. */
void catalog_say_faults(struct cli *cli, const struct catalog_faults *faults);

/* Themes and item rows of all lists of the set. */
void catalog_count(const struct catalog_set *set, int *ret_themes, int *ret_rows);

/*
 * The theme a clerk's NO names in a version of a list (0: in force): 企业-2, 企业2, or 7 of 6-7; a
 * new string. NOT_FOUND when there is none, or when both audiences have that number.
 */
char *catalog_theme_id(
	struct store *store, const char *list, int version, const char *text, GError **error);

/* --version N; 0 when it is not given. */
bool catalog_version_option(struct cli *cli, int *ret_version, GError **error);

/*
 * The theme of the arguments ID NO in --version N, with its definitions; the store is the cli's.
 * Errors of catalog_theme_id and catalogue_open_theme.
 */
bool catalog_open_named(struct cli *cli, struct store **ret_store, struct theme **ret_theme,
	struct definitions **ret_definitions, GError **error);

struct catalog_answers {
	GHashTable *chosen;	/* question → option, borrowed from document */
	GHashTable *deselected; /* item indexes */
	json_t *document;
};

/*
 * Reads {"answers":{…},"deselected":[…]}, or the answers alone, from a file ("-" standard input,
 * NULL: none given). INVALID for questions, options or rows the theme does not have; clear it in
 * any case.
 */
bool catalog_answers_read(struct catalog_answers *answers, const struct theme *theme,
	const char *path, GError **error);
void catalog_answers_clear(struct catalog_answers *answers);

/*
 * The desk for keeping the catalogue: logged in by --as (demo homes: the demo administrator), or
 * nobody while the home has no accounts yet. What the user may do is the desk's business.
 */
struct desk *catalog_desk(struct cli *cli, GError **error);

/* 第 2 版 施行中 自 2026-12-01 未备案: a version in a line, g_free. */
char *catalog_version_words(const struct catalogue_version *version);

#endif
