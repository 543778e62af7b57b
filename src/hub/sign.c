#include "hub/sign.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/digest.h"
#include "base/err.h"

#define PREFIX "sm2:"
#define MOST_SIGNATURE 128

/* The identity that SM2 digests with the key; the standard's default. */
#define IDENTITY "1234567812345678"

struct signer {
	EVP_PKEY *key;
	char *public_pem;
};

static char *pem_of(BIO *memory)
{
	char *data = NULL;
	long size = BIO_get_mem_data(memory, &data);
	return g_strndup(data, (gsize)size);
}

static char *public_pem(EVP_PKEY *key)
{
	BIO *memory = BIO_new(BIO_s_mem());
	char *pem = PEM_write_bio_PUBKEY(memory, key) == 1 ? pem_of(memory) : NULL;
	BIO_free(memory);
	return pem;
}

static bool write_private(const char *path, const char *pem, GError **error)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	size_t size = strlen(pem);
	bool good = file >= 0 && fchmod(file, 0600) == 0 &&
		    write(file, pem, size) == (ssize_t)size && fsync(file) == 0;
	if (file >= 0 && close(file) != 0)
		good = false;
	return good || err_set(error, ERR_CODE_IO, "签名密钥不能保存");
}

/* Under another name first, so that a key is whole or not there. */
static EVP_PKEY *make_key(const char *path, GError **error)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
	BIO *memory = BIO_new(BIO_s_mem());
	g_autofree char *part = g_strconcat(path, ".new", NULL);
	bool good = key != NULL &&
		    PEM_write_bio_PrivateKey(memory, key, NULL, NULL, 0, NULL, NULL) == 1;
	g_autofree char *pem = good ? pem_of(memory) : NULL;
	BIO_free(memory);
	(void)unlink(part);
	if (!good)
		err_set(error, ERR_CODE_IO, "签名密钥不能生成");
	else if (!write_private(part, pem, error))
		good = false;
	else if (rename(part, path) != 0)
		good = err_set(error, ERR_CODE_IO, "签名密钥不能保存");
	if (pem != NULL)
		OPENSSL_cleanse(pem, strlen(pem));
	if (!good)
		g_clear_pointer(&key, EVP_PKEY_free);
	return key;
}

static EVP_PKEY *read_key(const char *path, GError **error)
{
	BIO *file = BIO_new_file(path, "r");
	EVP_PKEY *key = file != NULL ? PEM_read_bio_PrivateKey(file, NULL, NULL, NULL) : NULL;
	BIO_free(file);
	if (key != NULL && !EVP_PKEY_is_a(key, "SM2"))
		g_clear_pointer(&key, EVP_PKEY_free);
	if (key == NULL)
		err_set(error, ERR_CODE_IO, "签名密钥 sign.key 读不出");
	return key;
}

struct signer *signer_open(const char *home, GError **error)
{
	g_autofree char *path = g_build_filename(home, "sign.key", NULL);
	EVP_PKEY *key = access(path, F_OK) == 0 ? read_key(path, error) : make_key(path, error);
	if (key == NULL)
		return NULL;
	struct signer *signer = g_new0(struct signer, 1);
	signer->key = key;
	signer->public_pem = public_pem(key);
	return signer;
}

void signer_close(struct signer *signer)
{
	if (signer == NULL)
		return;
	EVP_PKEY_free(signer->key);
	g_free(signer->public_pem);
	g_free(signer);
}

const char *signer_public(const struct signer *signer)
{
	return signer->public_pem;
}

/* A context for signing or verifying with the key; both are freed by the caller. */
static EVP_MD_CTX *context_of(EVP_PKEY *key, EVP_PKEY_CTX **ret_key_context)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_PKEY_CTX *key_context = EVP_PKEY_CTX_new(key, NULL);
	EVP_PKEY_CTX_set1_id(key_context, IDENTITY, strlen(IDENTITY));
	EVP_MD_CTX_set_pkey_ctx(context, key_context);
	*ret_key_context = key_context;
	return context;
}

char *signer_sign(const struct signer *signer, const char *bytes, size_t size)
{
	EVP_PKEY_CTX *key_context = NULL;
	EVP_MD_CTX *context = context_of(signer->key, &key_context);
	unsigned char signature[MOST_SIGNATURE];
	size_t length = sizeof signature;
	bool good = EVP_DigestSignInit(context, NULL, EVP_sm3(), NULL, signer->key) == 1 &&
		    EVP_DigestSign(
			    context, signature, &length, (const unsigned char *)bytes, size) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_CTX_free(key_context);
	if (!good)
		g_error("SM2 does not sign");
	g_autofree char *hex = digest_hex(signature, length);
	return g_strconcat(PREFIX, hex, NULL);
}

static bool verify(EVP_PKEY *key, const char *bytes, size_t size, const unsigned char *signature,
	size_t length)
{
	EVP_PKEY_CTX *key_context = NULL;
	EVP_MD_CTX *context = context_of(key, &key_context);
	bool good = EVP_DigestVerifyInit(context, NULL, EVP_sm3(), NULL, key) == 1 &&
		    EVP_DigestVerify(
			    context, signature, length, (const unsigned char *)bytes, size) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_CTX_free(key_context);
	return good;
}

bool sign_verify(const char *pem, const char *bytes, size_t size, const char *signature)
{
	unsigned char raw[MOST_SIGNATURE];
	if (!g_str_has_prefix(signature, PREFIX))
		return false;
	const char *hex = signature + strlen(PREFIX);
	size_t length = strlen(hex) / 2;
	if (length == 0 || length > sizeof raw || !digest_unhex(hex, raw, length))
		return false;
	BIO *memory = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PUBKEY(memory, NULL, NULL, NULL);
	BIO_free(memory);
	bool good = key != NULL && verify(key, bytes, size, raw, length);
	EVP_PKEY_free(key);
	return good;
}
