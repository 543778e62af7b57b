/*
 * The hub's integrity mark on the heads it has received: SM2 (GB/T 32918) with SM3 under the hub's
 * own key. It says that this hub saw this head; it is no electronic seal.
 */
#ifndef HUB_SIGN_H
#define HUB_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

struct signer;

/* Reads HOME/sign.key, or makes one (0600). ERR_CODE_IO. */
struct signer *signer_open(const char *home, GError **error);
void signer_close(struct signer *signer);

/* The public key in PEM, borrowed. */
const char *signer_public(const struct signer *signer);

/* "sm2:" and the hex of the DER signature (g_free). */
char *signer_sign(const struct signer *signer, const char *bytes, size_t size);

/* True when the signature over the bytes is by the holder of the public key (PEM). */
bool sign_verify(const char *public_pem, const char *bytes, size_t size, const char *signature);

#endif
