/* What the handlers of everything that windows fetch share: lists with an ETag, the stamp. */
#ifndef HUB_SUPPLY_H
#define HUB_SUPPLY_H

#include "hub/hub.h"

/*
 * Answers {name: rows} with the digest of its bytes as ETag, or 304 when the caller has it already.
 * Takes the reference of rows.
 */
void supply_list(struct request *request, const char *name, json_t *rows);

/* The number that changes with everything windows fetch. */
bool supply_stamp(struct hub *hub, int64_t *ret_stamp, GError **error);

/* Something has changed: a new stamp, and every long poll is asked again. */
bool supply_changed(struct hub *hub, GError **error);

/* "sm3:…" of bytes (g_free). */
char *supply_digest(const void *bytes, size_t size);

/* INVALID when the request names a digest that is not this one. */
bool supply_check_digest(const struct request *request, const char *digest, GError **error);

/* Answers the state of what was put: {"digest":…}, 201 new, 200 known or replaced. */
void supply_kept(struct request *request, bool is_new, const char *digest);

#endif
