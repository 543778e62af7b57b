/*
 * What HOME/config.ini says about printing:
 *
 *   [printer]                          [profile]
 *   default=hall-a4                    default=a4
 *   receipt=window3                    receipt=a5-landscape
 *   label=folder                       server: [printer] server=/run/cups/cups.sock
 *
 * Keys are kinds of paper (row 27). `folder` is the printer that always exists: PDF files in
 * HOME/printed.
 */
#ifndef PRINT_CONFIG_H
#define PRINT_CONFIG_H

#include <glib.h>

#include "base/autoptr.h"

#define CONFIG_FOLDER "folder"

struct config;

/* A missing file is an empty one; ERR_CODE_INVALID when it cannot be read as what it is. */
struct config *config_read(const char *home, GError **error);
void config_free(struct config *config);
AUTOPTR(config, config_free)

/* New strings (g_free), or NULL when nothing is said. */
char *config_printer(const struct config *config, const char *kind);
char *config_profile(const struct config *config, const char *kind);
char *config_server(const struct config *config);

/* The kinds for which this printer is named, comma between ("default,receipt"); "" none. g_free. */
char *config_slips(const struct config *config, const char *printer);

/*
 * Which printer a paper goes to (g_free): the one it asks for, else its kind's, else the default,
 * else CUPS's own choice, else the folder. printers: struct printer of spool.h, NULL when no server
 * answers. ERR_CODE_PRINTER when the one that is named is not there or takes nothing.
 */
char *config_choose(const struct config *config, const char *kind, const char *asked,
	const GPtrArray *printers, GError **error);

#endif
