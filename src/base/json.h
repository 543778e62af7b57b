/*
 * JSON as the house reads and writes it: bounded when it comes from outside, frozen bytes when it
 * is hashed, signed or sent (UTF-8, keys sorted, no spaces, integers only, no U+0000).
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>
#include <jansson.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* Deepest nesting and longest document accepted from outside. */
#define JSON_MOST_DEPTH 64
#define JSON_MOST_BYTES (32u << 20)

/*
 * Parses one document in UTF-8, a byte order mark before it or not; duplicate keys, U+0000, deeper
 * or longer input are refused. `name` is how the message calls the source (a file name). A new
 * reference, or NULL with ERR_CODE_JSON.
 */
json_t *json_read(const char *bytes, size_t size, const char *name, GError **error);

/* The same of a file or a pipe; "-" reads standard input. ERR_CODE_IO when it cannot be read. */
json_t *json_read_file(const char *path, GError **error);

/* Frozen bytes, zero-terminated for convenience (g_free). The value holds no reals. */
char *json_frozen(const json_t *value, size_t *ret_size);

/* For people: indented, keys in the order they were set. New string (g_free), ends with \n. */
char *json_pretty(const json_t *value);

/*
 * Members of an object. A missing member or one of another type gives the fallback; strings are
 * borrowed from the object.
 */
const char *json_text(const json_t *object, const char *key, const char *fallback);
json_int_t json_integer_or(const json_t *object, const char *key, json_int_t fallback);
bool json_flag(const json_t *object, const char *key, bool fallback);

#endif
