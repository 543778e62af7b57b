/* The program at the window: without a subcommand (or with `demo`) the screen, otherwise the
 * command line. */
#include <stdio.h>

#include "base/err.h"
#include "cli/cli.h"

int main(int argc, char **argv)
{
	if (cli_words(argc, argv) != 0)
		return cli_main(argc, argv);
	fprintf(stderr, "%s。%s。\n", err_sentence(ERR_CODE_TERMINAL), err_next(ERR_CODE_TERMINAL));
	return 1;
}
