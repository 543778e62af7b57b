/* A whole case from one JSON document (data/schema/intake.json). */
#ifndef DESK_SCRIPT_H
#define DESK_SCRIPT_H

#include "base/json.h"
#include "desk/case.h"

/*
 * Takes in the case of a document in one transaction:
 * {"list","theme","answers","deselected","parties", "fields","materials","delivery","key"}. With a
 * "key" the same document again gives the same number. *ret_number is NULL when take_in is false
 * (the draft is left for a clerk). g_free both.
 */
bool desk_intake_document(struct desk *desk, const json_t *document, bool take_in,
	char **ret_case_id, char **ret_number, GError **error);

#endif
