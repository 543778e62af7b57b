/*
 * Where the files that are shipped with the programs stand: catalogues, templates, fonts. The same
 * program runs from its build folder and from wherever it was installed or moved.
 */
#ifndef BASE_PLACE_H
#define BASE_PLACE_H

#include <stdbool.h>
#include <glib.h>

/*
 * The folder of shipped files of that name ("data", "printers", "fonts"), g_free: of the
 * installation the program stands in, else of the source tree it was built in, else where it was
 * configured to be installed, whether that is there or not. $YICHUANG_DATA stands for "data".
 */
char *place_shipped(const char *name);

/* True when nobody but the owner may read the file (what holds a secret), or it is not there. */
bool place_is_private(const char *path);

#endif
