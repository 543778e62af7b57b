/* Private homes for tests. */
#ifndef SUPPORT_HOME_H
#define SUPPORT_HOME_H

#include <stdint.h>

/* The time at which support homes are made: 2026-03-02 09:00 in UTC+8. */
#define SUPPORT_NOW_MS INT64_C(1772413200000)

/* A new empty private folder (below TMPDIR); its path (support_home_free). */
char *support_folder_new(void);

/* A new home with an empty store. */
char *support_home_new(void);

/* Removes the folder with everything below it and frees its path. */
void support_home_free(char *home);

#endif
