/* A valid application for any theme in substance: what `intake --example` prints. */
#ifndef CLI_EXAMPLE_H
#define CLI_EXAMPLE_H

#include "base/json.h"
#include "store/store.h"

/*
 * Walks the questionnaire by the first options that lead on, fills every required field with a
 * plainly invented value that passes its check, and marks every material received. NOT_FOUND
 * without such a theme, BLOCKED when no path through it leads to an item. A new reference.
 */
json_t *example_application(
	struct store *store, const char *list, const char *theme, int64_t now_ms, GError **error);

#endif
