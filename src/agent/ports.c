#include <string.h>

#include "agent/agent.h"
#include "desk/case.h"

static bool update(void *data, int64_t cursor, const char *bytes, size_t size, GError **error)
{
	return desk_update_apply(data, cursor, bytes, size, error);
}

static bool case_import(void *data, const char *bytes, size_t size, GError **error)
{
	return desk_case_import(data, bytes, size, error);
}

void agent_ports(struct desk *desk, struct courier_ports *ret_ports)
{
	*ret_ports = (struct courier_ports){
		.update = update, .case_import = case_import, .supply = agent_supply, .data = desk};
}

char *agent_sibling(const char *name)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	if (self == NULL)
		return g_strdup(name);
	g_autofree char *folder = g_path_get_dirname(self);
	return g_build_filename(folder, name, NULL);
}
