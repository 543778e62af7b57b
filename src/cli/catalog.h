/* What the files of `yichuang catalog` share. */
#ifndef CLI_CATALOG_H
#define CLI_CATALOG_H

#include "catalog/set.h"
#include "cli/cli.h"

/* Faults as a JSON array; a new reference. */
json_t *catalog_faults_json(const struct catalog_faults *faults);

/* Faults as lines of words. */
void catalog_say_faults(struct cli *cli, const struct catalog_faults *faults);

/* Themes and item rows of all lists of the set. */
void catalog_count(const struct catalog_set *set, int *ret_themes, int *ret_rows);

#endif
