/*
 * Running the sibling programs that stand beside this one: commands that need the network or a
 * printer run there, and the screen starts the agent of its home.
 */
#ifndef CLI_SIBLING_H
#define CLI_SIBLING_H

#include "base/json.h"

/*
 * Starts `yichuang-agent --home HOME` detached when none runs there; never waits, never fails
 * aloud. The agent ends by itself a minute after its last client when nothing is due. Cheap when
 * one runs.
 */
void sibling_start_agent(const char *home);

/*
 * Becomes the sibling program of one of the words sync, agent, print, printer, review with the same
 * arguments; returns only when it could not, with the exit code. -1: the words are none of these.
 */
int sibling_exec(int argc, char **argv);

/*
 * Renders a document of a kind into a PDF file through yichuang-print and waits for it: for the
 * command line only. IO when it cannot be run; what it says on failure becomes the error's
 * sentence.
 */
bool sibling_render(const char *home, const char *kind, const json_t *data, const char *path,
	int *ret_pages, GError **error);

#endif
