/* What the validator says, and where it leads. */
#ifndef UI_SCREENS_BUREAU_FAULTS_H
#define UI_SCREENS_BUREAU_FAULTS_H

#include "catalog/fault.h"

/* The theme an entry names ("主题 企业-2 第 3 行" → 企业-2); NULL none. g_free. */
char *bureau_fault_theme(const struct catalog_fault *fault);

/*
 * What screen_bureau_entry opens to mend it, NULL when the entry names nothing of a list. `list` is
 * the list that was checked; "" all: then the file's name tells. g_free.
 */
char *bureau_fault_argument(const struct catalog_fault *fault, const char *list);

#endif
