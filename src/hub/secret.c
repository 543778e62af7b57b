#include "hub/secret.h"

#include <string.h>

#include "base/digest.h"

#define TOKEN_BYTES 32
#define ENROLMENT_BYTES 10 /* somebody types it; it lives a week and serves once */

char *secret_new(char kind)
{
	uint8_t random[TOKEN_BYTES];
	size_t size = kind == 'e' ? ENROLMENT_BYTES : TOKEN_BYTES;
	digest_random(random, size);
	g_autofree char *hex = digest_hex(random, size);
	explicit_bzero(random, sizeof random);
	return g_strdup_printf("%c%s", kind, hex);
}

char *secret_digest(const char *secret)
{
	struct digest digest = digest_of(secret, strlen(secret));
	return digest_dup_text(&digest);
}
