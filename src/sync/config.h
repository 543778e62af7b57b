/*
 * Where the hub is and how this home proves itself there: HOME/config.ini, 0600 (D32).
 *
 *   [hub]
 *   url = https://hub.example:8443     no url: the home works alone
 *   token = w…                         written here by the agent after enrolment
 *   secret = …                         one-time enrolment code; removed once it has been used
 *   bureau = b…                        the bureau's token: this home pushes what it publishes
 *   ca = /path/to/ca.pem               optional: whom to trust instead of the system's list
 *
 *   [review]                           a reviewer's desk
 *   url = …  token = d…  department = …
 *   tokens = /path/to/departments.ini  instead: a file (0600) with a group and its token for each
 *                                      department, as one reviewer of several departments has (the
 * demo)
 */
#ifndef SYNC_CONFIG_H
#define SYNC_CONFIG_H

#include <stdbool.h>
#include <glib.h>

#include "base/autoptr.h"

struct sync_config {
	char *url;	  /* without a final slash; "" no hub */
	char *token;	  /* "" not enrolled */
	char *secret;	  /* "" none */
	char *bureau;	  /* "" this home is not the bureau's */
	char *ca;	  /* "" the system's */
	char *department; /* of [review] */
	char *tokens;	  /* of [review], "" none */
};
void sync_config_free(struct sync_config *config);
AUTOPTR(sync_config, sync_config_free)

/*
 * Reads a group ("hub" or "review"); a missing file or group is a config with empty members.
 * INVALID when the file is broken, the address is neither http nor https, or others may read the
 * file although it holds a token.
 */
struct sync_config *sync_config_read(const char *home, const char *group, GError **error);

/* Keeps the token of the hub and removes the secret, in one atomic replacement of the file. IO. */
bool sync_config_keep_token(const char *home, const char *token, GError **error);

/* True when both name the same hub with the same proof and trust; department is not compared. */
bool sync_config_equal(const struct sync_config *a, const struct sync_config *b);

#endif
