#include "base/place.h"

#include <sys/stat.h>
#include <string.h>

char *place_shipped(const char *name)
{
	/* Seen from the program's folder: PREFIX/bin, build, then build/san. */
	static const char *const ways[] = {"../share/yichuang", ".", "..", "../.."};
	const char *named = strcmp(name, "data") == 0 ? g_getenv("YICHUANG_DATA") : NULL;
	if (named != NULL && named[0] != '\0')
		return g_strdup(named);
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(program != NULL ? program : ".");
	for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
		g_autofree char *place = g_build_filename(folder, ways[i], name, NULL);
		if (g_file_test(place, G_FILE_TEST_IS_DIR))
			return g_canonicalize_filename(place, NULL);
	}
	return g_build_filename(YICHUANG_DATADIR, name, NULL);
}

bool place_is_private(const char *path)
{
	struct stat about;
	return stat(path, &about) != 0 || (about.st_mode & 077) == 0;
}
