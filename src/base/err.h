/*
 * One way to fail: a GError of the domain ERR_DOMAIN, whose code is an enum err_code and whose
 * message is a whole sentence in the clerk's language that ends with the next step.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <glib.h>

/* What kind of failure it is; yields the exit code of a command (2 for usage, else 1). */
enum err_class {
	ERR_CLASS_USAGE,   /* the command line was wrong */
	ERR_CLASS_INVALID, /* the input was wrong */
	ERR_CLASS_REFUSED, /* the input was right, the rules say no */
	ERR_CLASS_FAILED,  /* a part outside the program did not do its work */
};

enum err_code {
#define ERR(name, class, http, sentence, next) ERR_CODE_##name,
#include "base/err.def"
#undef ERR
	ERR_CODE_COUNT,
};

#define ERR_DOMAIN (err_domain())

/* The domain of every error of ours. */
GQuark err_domain(void);

/*
 * Sets *error (if error is not NULL) and returns false, so that `return err_set(…)` reads well.
 * fmt is one sentence without its final stop, naming what was wrong; NULL takes the sentence of
 * err.def. The next step of err.def is appended. Text from outside in the arguments must be clean
 * (text_clean).
 */
bool err_set(GError **error, enum err_code code, const char *fmt, ...) G_GNUC_PRINTF(3, 4);

/*
 * Like err_set, but the next step is the caller's: two sentences, both without the final stop; the
 * first NULL takes err.def's.
 */
bool err_set_next(GError **error, enum err_code code, const char *sentence, const char *next);

/* True when error is of our domain and has this code. error may be NULL. */
bool err_is(const GError *error, enum err_code code);

/* The lower-case name of a code with hyphens ("store-full"), static. Used in JSON and logs. */
const char *err_name(enum err_code code);

/* The code of that name, or ERR_CODE_COUNT. */
enum err_code err_from_name(const char *name);

/* The kind of failure of a code. */
enum err_class err_class_of(enum err_code code);

/* The HTTP status the hub answers with. */
int err_http_status(enum err_code code);

/* The sentence and the next step of err.def, static. */
const char *err_sentence(enum err_code code);
const char *err_next(enum err_code code);

/* Exit code of a command that failed with this error: 2 for wrong usage, 1 otherwise. */
int err_exit_code(const GError *error);

#endif
