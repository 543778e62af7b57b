/* The long check of a version's bytes, the same as in a home; needs no store (reply.check). */
#ifndef HUB_CATALOGUE_CHECK_H
#define HUB_CATALOGUE_CHECK_H

#include "hub/request.h"

/*
 * JSON (400), HUB_REFUSED (not frozen), CATALOG (the validator's sentence), INVALID (of another
 * list, another digest). request->findings: digest, title and themes of a good one; the sentences
 * of a bad one as faults.
 */
bool catalogue_check(struct request *request, GError **error);

#endif
