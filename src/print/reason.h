/*
 * What a printer says about itself (printer-state-reasons, RFC 8011 5.4.12 and PWG 5100.9) in
 * sentences for the clerk. Pure.
 */
#ifndef PRINT_REASON_H
#define PRINT_REASON_H

#include <stdbool.h>
#include <glib.h>

/*
 * reasons: keywords as they come, with or without -warning, -error, -report (NULL-terminated). A
 * new string (g_free): “缺纸，请加纸；卡纸，请取出卡住的纸”; "" when there is nothing to say. An
 * unknown keyword is shown cleaned. *ret_blocks (may be NULL): no paper can come out as long as it
 * lasts.
 */
char *reason_sentence(char *const *reasons, bool *ret_blocks);

#endif
