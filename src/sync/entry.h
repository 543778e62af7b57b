/* Values of the state machine that only state.c makes and frees; pure. */
#ifndef SYNC_ENTRY_H
#define SYNC_ENTRY_H

#include "sync/state.h"

/* Frees a struct sync_command with its strings. */
void command_free(void *command);

/* Writes before sends, so that a send never rests on something that is not written down yet. */
void commands_sort(GPtrArray *commands);

/*
 * How long to wait after so many failures: doubles from SYNC_FIRST_BACKOFF_MS up to most, half of
 * it by chance. *random is the state of the generator.
 */
int64_t backoff_ms(uint64_t *random, int64_t failures, int64_t most);

#endif
