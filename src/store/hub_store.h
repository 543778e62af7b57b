/*
 * The hub's own store on SQLite: the same engine as store.h over another registry. The calls of
 * store.h take enum hub_statement here (a statement of the wrong registry aborts); the journal's
 * calls (journal.h) are for a home's store only, except journal_hash and journal_body_digest.
 * Schema in src/store/hub/sql/schema, statements in src/store/hub/sql/query.
 */
#ifndef STORE_HUB_STORE_H
#define STORE_HUB_STORE_H

#include "hub_statement.h"
#include "store/store.h"

/* Makes HOME (0700) with an empty HOME/hub.db (0600), blobs/ and ballast. ERR_CODE_EXISTS. */
bool hub_store_create(const char *home, int64_t now_ms, GError **error);

/* Opens HOME/hub.db; errors as store_open. */
struct store *hub_store_open(const char *home, enum store_mode mode, GError **error);

#endif
