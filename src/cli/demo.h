/*
 * The demo: a home of hall 0000 with a hub of its own on loopback. Everything lies in two folders,
 * the home and the home's name with "-hub", and may be thrown away.
 */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

/* The home that the arguments name, else yichuang-demo in the user's data directory; g_free. */
char *demo_home(int argc, char **argv);

/*
 * Makes what is missing: the home with the shipped lists, the demo accounts, the hub's home with
 * its departments, and the home's config.ini. Nothing that is there is touched.
 */
bool demo_prepare(const char *home, int64_t now_ms, GError **error);

/* The accounts and what to try, for the login screen and the command's answer; static. */
const char *demo_hint(void);

struct demo_hub;

/* Starts the hub on a free loopback port and tells the home; NULL with error. Another demo's hub is
 * used. */
struct demo_hub *demo_hub_start(const char *home, GError **error);

/* Ends the hub if it is ours. NULL is fine. */
void demo_hub_stop(struct demo_hub *hub);

#endif
