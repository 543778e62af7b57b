/* What the subcommands of the desk share: opening it as somebody, and JSON of what it gives. */
#ifndef CLI_DESK_CLI_H
#define CLI_DESK_CLI_H

#include "cli/cli.h"
#include "desk/case.h"
#include "desk/queue.h"

/*
 * Opens the home's desk, with the clock of --now. NULL with the error of the store or PERMISSION.
 */
struct desk *cli_desk(struct cli *cli, GError **error);

/*
 * The same and logs in: --as USER with the secret of --secret-file (0600) or --secret-fd; in a demo
 * home the secret may be missing, and the user too (then the demo clerk, or `role`'s demo account).
 */
struct desk *cli_desk_as(struct cli *cli, const char *demo_user, GError **error);

/* A case, a list row, an event as documents of data/schema; new references. */
json_t *cli_case_json(const struct case_view *view);
json_t *cli_case_row_json(const struct case_row *row);
json_t *cli_event_json(const struct case_event *event);

#endif
