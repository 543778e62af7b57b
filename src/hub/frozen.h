/* Bytes that are kept and hashed as they came must already be the frozen form (base/json.h). */
#ifndef HUB_FROZEN_H
#define HUB_FROZEN_H

#include <stdbool.h>
#include <glib.h>
#include "base/json.h"

/*
 * True when bytes are the frozen form of value, which holds no reals. `what` names it in the
 * refusal, HUB_REFUSED.
 */
bool frozen_check(const GByteArray *bytes, const json_t *value, const char *what, GError **error);

#endif
