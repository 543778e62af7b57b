/* A fact on the wire and as a row; the chain is checked with the store's own hash function. */
#ifndef HUB_FACT_H
#define HUB_FACT_H

#include "base/json.h"
#include "store/journal.h"

/*
 * Reads one fact that `store` sent into a row (journal_row_clear it whatever the result). where is
 * for the message. INVALID for a malformed one, and when its hash or its body's digest does not
 * fit.
 */
bool fact_read(const json_t *value, const char *where, const char *store,
	struct journal_row *ret_row, GError **error);
void fact_clear(struct journal_row *row);

/* The row as POST /v1/journal takes it, with its store. */
json_t *fact_json(const struct journal_row *row);

#endif
