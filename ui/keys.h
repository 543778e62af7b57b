/*
 * Bytes of the terminal become events. The sequences are ours, not terminfo's (SCREENS rule 2); a
 * bracketed paste and a scanner's burst are events of their own and never become commands.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <glib.h>

#include "base/autoptr.h"

enum key {
	KEY_NONE_,
	KEY_TEXT_,  /* a character: event.text */
	KEY_PASTE_, /* event.text, never a command */
	KEY_SCAN_,  /* event.text, a burst that ended with Enter, without it */
	KEY_ENTER_,
	KEY_ESCAPE_,
	KEY_TAB_,
	KEY_BACKTAB_,
	KEY_BACKSPACE_,
	KEY_DELETE_,
	KEY_INSERT_,
	KEY_UP_,
	KEY_DOWN_,
	KEY_LEFT_,
	KEY_RIGHT_,
	KEY_HOME_,
	KEY_END_,
	KEY_PAGE_UP_,
	KEY_PAGE_DOWN_,
	KEY_CTRL_LEFT_,
	KEY_CTRL_RIGHT_,
	KEY_CTRL_UP_,
	KEY_CTRL_DOWN_,
	KEY_F1_,
	KEY_F12_ = KEY_F1_ + 11,
	KEY_CTRL_A_,
	KEY_CTRL_Z_ = KEY_CTRL_A_ + 25,
	KEY_COUNT_,
};

#define KEY_F(n) ((enum key)(KEY_F1_ + (n)-1))
#define KEY_CTRL(letter) ((enum key)(KEY_CTRL_A_ + (letter) - 'A'))

struct key_event {
	enum key key;
	char *text; /* of TEXT, PASTE and SCAN; owned by the event */
};

/* Frees what the event owns; it may be used again. */
void key_event_clear(struct key_event *event);

/* "F2", "Ctrl+→", "回车" …: how a key is named on the screen; static. */
const char *key_name(enum key key);

struct key_decoder;

/* A decoder that has seen no byte yet. */
struct key_decoder *key_decoder_new(void);
void key_decoder_free(struct key_decoder *decoder);
AUTOPTR(key_decoder, key_decoder_free)

/* Adds bytes read at time_ms (a monotonic clock). */
void key_decoder_feed(struct key_decoder *decoder, const char *bytes, size_t size, int64_t time_ms);

/*
 * The next event, false when more bytes or more time are needed. An escape alone is an event once
 * escape_ms went by without another byte; a burst is over after burst_ms without one.
 */
bool key_decoder_next(struct key_decoder *decoder, int64_t time_ms, struct key_event *ret_event);

/* Milliseconds until key_decoder_next may give more without new bytes; -1: only bytes help. */
int key_decoder_wait_ms(const struct key_decoder *decoder, int64_t time_ms);

/* escape_ms: 25 at a local terminal, more over a weak line. burst_ms 0 turns scan bursts off. */
void key_decoder_timing(struct key_decoder *decoder, int escape_ms, int burst_ms);

#endif
