/*
 * The integrated guide (办事指南, R06) of a theme as one document: what the screen shows, the paper
 * prints and the file holds all come from it. Its form stands in data/schema/guide.json; in words:
 * desk/guide_text.h.
 */
#ifndef DESK_GUIDE_DOCUMENT_H
#define DESK_GUIDE_DOCUMENT_H

#include "core/process.h"
#include "core/situation.h"
#include "desk/case.h"

struct guide_request {
	const char *list;
	int version;	     /* 0: in force */
	const char *theme;   /* id */
	GHashTable *answers; /* question → option: the guide of this situation; NULL: the whole */
	GHashTable *deselected; /* item indexes not taken; NULL none */
};

/* A new reference. NOT_FOUND for an unknown list, version or theme. */
json_t *guide_document(struct store *store, const struct guide_request *request, GError **error);

/* The same of a theme that is open: by its own list and version. */
json_t *guide_document_of(struct store *store, const struct theme *theme,
	const struct definitions *definitions, GHashTable *answers, GHashTable *deselected,
	GError **error);

/* True for a row that a guide holds: the whole one, or the one narrowed to a situation. */
bool guide_has_row(const struct situation_item *row, bool narrowed);

/*
 * True while anything of such a guide is 参考: the theme's own part, or the service of a row it
 * holds. Only when false may a paper say 已确认 of the whole.
 */
bool guide_is_reference(
	const struct theme *theme, const struct situation *situation, bool narrowed);

/* The process of a guide document: nodes in the order of its member `process`, settled. */
struct process *guide_process(const json_t *guide);

/*
 * Asks for the guide on paper: a print job of kind `guide`, of no case; the slots that every paper
 * has are added. *ret_job (g_free, may be NULL) its id. PERMISSION when nobody is logged in.
 */
bool desk_guide_print(struct desk *desk, const json_t *guide, char **ret_job, GError **error);

/* Adds what a guide on paper says of the hall: `hall` `window` `clerk` `time_ms` `demo`. */
void desk_guide_dress(struct desk *desk, json_t *guide);

#endif
