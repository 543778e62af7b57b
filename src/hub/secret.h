/* Tokens and enrolment codes: random, shown once, kept only as their SM3 digests. */
#ifndef HUB_SECRET_H
#define HUB_SECRET_H

/* A new secret: the kind's letter (w window, d department, b bureau, e enrolment) and 256 or, for
 * e, 80 random bits in hex (g_free). */
char *secret_new(char kind);

/* "sm3:…" of its text (g_free). */
char *secret_digest(const char *secret);

#endif
