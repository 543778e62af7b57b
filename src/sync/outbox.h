/*
 * What the store says of sending, and what became of it: the rows behind the state machine. Writing
 * functions run inside a store_write of the caller.
 */
#ifndef SYNC_OUTBOX_H
#define SYNC_OUTBOX_H

#include "store/store.h"
#include "sync/config.h"
#include "sync/state.h"

/* A window of this home (hall_window). */
struct outbox_window {
	char *code;
	char *hall;
	char *name;
	int64_t leased; /* the hub has given it numbers */
};

/* The whole view (outbox_view_clear); entries own their members. Errors as store_rows. */
bool outbox_view(struct store *store, const struct sync_config *config, struct sync_view *ret_view,
	GError **error);
void outbox_view_clear(struct sync_view *view);

/* struct outbox_window, owned by the array. */
GPtrArray *outbox_windows(struct store *store, GError **error);

/* Frozen bytes of a bundle or message; NOT_FOUND when it is gone. */
GBytes *outbox_bytes(struct store *store, enum sync_task task, const char *id, GError **error);

/* Carries out a SETTLE, CURSOR or LINE command. */
bool outbox_write(
	struct store *store, const struct sync_command *command, int64_t now_ms, GError **error);

/* Keeps a block of numbers the hub leased to a window. */
bool outbox_keep_block(struct store *store, const struct outbox_window *window, int64_t first,
	int64_t last, GError **error);

/* Updates are taken in up to here. */
bool outbox_updates_cursor(struct store *store, int64_t cursor, GError **error);

/* Keeps an update that could not be read, with the reason, and goes on behind it. */
bool outbox_keep_fault(struct store *store, int64_t cursor, const char *bytes, const char *fault,
	int64_t now_ms, GError **error);

/* How many bundles and messages stand refused, and the reason of one (g_free; "" none). */
bool outbox_refused(struct store *store, int64_t *ret_count, char **ret_reason, GError **error);

/* How many papers wait for the print worker. */
bool outbox_print_due(struct store *store, int64_t *ret_count, GError **error);

#endif
