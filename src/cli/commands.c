#include "cli/cli.h"

const struct cli_command cli_commands[] = {
	{"version", "", "显示版本", "", 0, 0, cli_version},
	{"catalog validate", "FILE…", "检查清单文件（目录也可）", "", 1, -1, cli_catalog_validate},
	{NULL},
};
