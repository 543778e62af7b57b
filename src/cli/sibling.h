/* Running the sibling programs that stand beside this one. */
#ifndef CLI_SIBLING_H
#define CLI_SIBLING_H

/* Starts `yichuang-agent --home HOME` detached when none runs there; never waits, never fails aloud. */
void sibling_start_agent(const char *home);

#endif
