#include "support/home.h"

#include <ftw.h>
#include <stdio.h>
#include <glib.h>

#include "store/store.h"

char *support_folder_new(void)
{
	GError *error = NULL;
	char *folder = g_dir_make_tmp("yichuang-test-XXXXXX", &error);
	if (folder == NULL)
		g_error("%s", error->message);
	return folder;
}

char *support_home_new(void)
{
	char *home = support_folder_new();
	GError *error = NULL;
	if (!store_create(home, SUPPORT_NOW_MS, &error))
		g_error("%s", error->message);
	return home;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)remove(path);
	return 0;
}

void support_home_free(char *home)
{
	(void)nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	g_free(home);
}
