/*
 * Bytes of a scanner's burst → a typed code (row 19, D27). Pure: serial devices and keyboard wedges
 * hand their bytes in. Everything that is no code is said, never obeyed.
 */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include "core/code.h"
#include "core/date.h"

#define SCAN_MOST 512 /* longest payload kept; QR codes of the house are far shorter */

struct scan {
	struct code_result code;  /* kind unknown when it is no code of ours */
	char text[SCAN_MOST + 1]; /* payload: prefix, identifier and terminator off; clean UTF-8 */
	char symbology[4];	  /* AIM identifier without its ]: "C0", "Q3"; "" none was sent */
	char token[32];		  /* of the applicant's page, when the payload is its address; "" */
	char fault[160];	  /* why it is refused, one sentence; "" */
};

/*
 * Reads one burst. Off come: STX, a byte order mark and blanks in front; CR, LF, TAB, ETX and
 * blanks behind; an AIM identifier (ISO/IEC 15424: ] and two characters) in front. A control
 * character inside, bytes that are no UTF-8, or more than SCAN_MOST bytes are refused with a fault
 * that shows the character (␛ for ESC); nothing of it is used then. Full-width characters, as an
 * input method left on makes them, are read in half width. Returns true when code is valid or token
 * is set.
 */
bool scan_read(const void *bytes, size_t size, struct civil_date today, struct scan *ret_scan);

#endif
