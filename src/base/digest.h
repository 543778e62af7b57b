/*
 * SM3 (GB/T 32905) digests, keyed digests and random bytes, all from libcrypto.
 * A digest in text is always "sm3:" and 64 lower-case hex digits.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <glib.h>

#define DIGEST_SIZE 32
#define DIGEST_TEXT_SIZE (4 + 64 + 1)

struct digest {
	uint8_t bytes[DIGEST_SIZE];
};

/* A part of what is digested; several parts are digested as if they stood in one piece. */
struct digest_part {
	const void *data;
	size_t size;
};

/* SM3 of bytes, and of several parts as one. Never fails: without SM3 the program ends. */
struct digest digest_of(const void *data, size_t size);
struct digest digest_of_parts(const struct digest_part *parts, size_t count);

/* Digest of a file's bytes; fails with ERR_CODE_IO. */
bool digest_of_file(const char *path, struct digest *ret_digest, GError **error);

/* HMAC-SM3. */
struct digest digest_keyed(const void *key, size_t key_size, const void *data, size_t size);

/* True when both are the same digest. */
bool digest_equal(const struct digest *a, const struct digest *b);

/* Writes "sm3:…" with its final zero byte. */
void digest_to_text(const struct digest *digest, char ret_text[DIGEST_TEXT_SIZE]);
char *digest_dup_text(const struct digest *digest);

/* False when text is not of the form above. */
bool digest_from_text(const char *text, struct digest *ret_digest);

/* Lower-case hex of any bytes, a new string (g_free); and back: false when not size*2 hex digits.
 */
char *digest_hex(const void *data, size_t size);
bool digest_unhex(const char *hex, void *ret_data, size_t size);

/* Random bytes fit for keys; aborts when the system has none, since nothing can go on then. */
void digest_random(void *ret_data, size_t size);

#endif
