#include "cli/cli.h"

bool cli_version(struct cli *cli, GError **error)
{
	json_t *object = json_object();
	json_object_set_new(object, "program", json_string("yichuang"));
	json_object_set_new(object, "version", json_string(YICHUANG_VERSION));
	cli_say(cli, "yichuang %s", YICHUANG_VERSION);
	cli_json(cli, object);
	return true;
}
