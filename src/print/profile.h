/*
 * A printer profile: paper, margins, size of type (printers/profiles/NAME.ini), for A4 upright, A5
 * lying, and what a hall adds. Lengths are points (1/72 inch) here, millimetres in the file.
 */
#ifndef PRINT_PROFILE_H
#define PRINT_PROFILE_H

#include <glib.h>

#include "base/autoptr.h"

struct profile {
	char *name;
	double width, height;
	double top, right, bottom, left; /* margins */
	double body;			 /* size of plain text */
	char *media;			 /* PWG name: iso_a4_210x297mm */
	char *sides;			 /* one-sided, two-sided-long-edge */
};

#define PROFILE_MM (72.0 / 25.4)

/* Reads a file; ERR_CODE_IO when it is missing, ERR_CODE_INVALID names the key that is wrong. */
struct profile *profile_read(const char *path, GError **error);
void profile_free(struct profile *profile);
AUTOPTR(profile, profile_free)

#endif
