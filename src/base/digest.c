#include "base/digest.h"

#include <string.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/err.h"

struct digest digest_of_parts(const struct digest_part *parts, size_t count)
{
	struct digest digest;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = context != NULL && EVP_DigestInit_ex(context, EVP_sm3(), NULL) == 1;
	for (size_t i = 0; i < count && good; i++)
		good = EVP_DigestUpdate(context, parts[i].data, parts[i].size) == 1;
	good = good && EVP_DigestFinal_ex(context, digest.bytes, NULL) == 1;
	EVP_MD_CTX_free(context);
	if (!good)
		g_error("libcrypto gives no SM3");
	return digest;
}

struct digest digest_of(const void *data, size_t size)
{
	return digest_of_parts(&(struct digest_part){data, size}, 1);
}

bool digest_of_file(const char *path, struct digest *ret_digest, GError **error)
{
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	if (file == NULL)
		return err_set(error, ERR_CODE_IO, "读不到文件 %s", path);
	*ret_digest = digest_of(g_mapped_file_get_contents(file), g_mapped_file_get_length(file));
	return true;
}

struct digest digest_keyed(const void *key, size_t key_size, const void *data, size_t size)
{
	struct digest digest;
	unsigned length = DIGEST_SIZE;
	if (HMAC(EVP_sm3(), key, (int)key_size, data, size, digest.bytes, &length) == NULL)
		g_error("libcrypto gives no HMAC-SM3");
	return digest;
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, DIGEST_SIZE) == 0;
}

char *digest_hex(const void *data, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *bytes = data;
	char *hex = g_malloc(size * 2 + 1);
	for (size_t i = 0; i < size; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[size * 2] = '\0';
	return hex;
}

bool digest_unhex(const char *hex, void *ret_data, size_t size)
{
	if (strlen(hex) != size * 2)
		return false;
	for (size_t i = 0; i < size * 2; i++)
		if (!g_ascii_isdigit(hex[i]) && !(hex[i] >= 'a' && hex[i] <= 'f'))
			return false;
	uint8_t *bytes = ret_data;
	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(g_ascii_xdigit_value(hex[2 * i]) << 4 |
				     g_ascii_xdigit_value(hex[2 * i + 1]));
	return true;
}

char *digest_dup_text(const struct digest *digest)
{
	g_autofree char *hex = digest_hex(digest->bytes, DIGEST_SIZE);
	return g_strconcat("sm3:", hex, NULL);
}

void digest_to_text(const struct digest *digest, char ret_text[DIGEST_TEXT_SIZE])
{
	g_autofree char *text = digest_dup_text(digest);
	g_strlcpy(ret_text, text, DIGEST_TEXT_SIZE);
}

bool digest_from_text(const char *text, struct digest *ret_digest)
{
	return text != NULL && g_str_has_prefix(text, "sm3:") &&
	       digest_unhex(text + 4, ret_digest->bytes, DIGEST_SIZE);
}

void digest_random(void *ret_data, size_t size)
{
	if (RAND_bytes(ret_data, (int)size) != 1)
		g_error("the system gives no random bytes");
}
