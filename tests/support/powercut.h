/*
 * A disk whose power can be cut (LIMITS 3d). Once installed, SQLite's files keep what was synced
 * apart from what was only written; after the cut every unsynced write is kept, lost, or torn at
 * 512 bytes.
 */
#ifndef SUPPORT_POWERCUT_H
#define SUPPORT_POWERCUT_H

#include <stdbool.h>
#include <glib.h>

/* Makes it the file system of every SQLite connection opened from now on in this process. */
void powercut_install(void);

/* The power goes at the write (or sync, or truncation) after so many more. No connection is open
 * yet. */
void powercut_arm(int writes);

/* Instead of a cut: the write after so many more fails once with this result of SQLite, then all is
 * well. */
void powercut_fail_once(int writes, int result);

/* Did it go, or fail? */
bool powercut_happened(void);

/*
 * Power comes back, every connection being closed: the real files become what a disk could hold.
 * Without a cut nothing is lost.
 */
void powercut_restore(GRand *random);

#endif
