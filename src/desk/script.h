/* A whole case from one JSON document (data/schema/intake.json). */
#ifndef DESK_SCRIPT_H
#define DESK_SCRIPT_H

#include "base/json.h"
#include "desk/case.h"

/*
 * Takes in the case of a document in one transaction:
 * {"list","theme","answers","deselected","parties","fields","materials","delivery","key"}. With a
 * "key" the same document again gives the same number, or goes on with the draft it left.
 * *ret_number is NULL when take_in is false (the draft is left for a clerk). g_free both. When a
 * value is wrong or the intake is refused, the draft is kept and the sentence names it; what cannot
 * even stand in a draft (an unknown theme, field or material) leaves nothing.
 */
bool desk_intake_document(struct desk *desk, const json_t *document, bool take_in,
	char **ret_case_id, char **ret_number, GError **error);

/* The parties of a document into the draft, in order; one of its materials. INVALID names which. */
bool desk_parties_document(
	struct desk *desk, const char *case_id, const json_t *parties, GError **error);
bool desk_material_document(
	struct desk *desk, const char *case_id, const json_t *material, GError **error);

#endif
