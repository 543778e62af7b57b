/* The one-line question above a screen; opened through app_ask. */
#ifndef UI_SCREENS_PROMPT_H
#define UI_SCREENS_PROMPT_H

#include "app.h"

extern const struct screen_ops screen_prompt;

#endif
