/*
 * Who has the store open holds HOME/store.lock shared, and /proc/locks lists every lock by inode:
 * that is the list of clients, and it cannot go stale.
 */
#include <inttypes.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "agent/agent.h"

/* "3: FLOCK  ADVISORY  READ 1234 fd:01:5678 0 EOF" of our file, by another process. */
static bool is_client(const char *line, const char *file)
{
	g_auto(GStrv) words = g_regex_split_simple(" +", line, 0, 0);
	if (g_strv_length(words) < 6 || strcmp(words[1], "FLOCK") != 0)
		return false;
	return strcmp(words[5], file) == 0 && g_ascii_strtoll(words[4], NULL, 10) != getpid();
}

int agent_clients(const char *home)
{
	struct stat status;
	g_autofree char *path = g_build_filename(home, "store.lock", NULL);
	g_autofree char *locks = NULL;
	if (stat(path, &status) != 0 || !g_file_get_contents("/proc/locks", &locks, NULL, NULL))
		return -1;
	g_autofree char *file = g_strdup_printf("%02x:%02x:%" PRIu64, major(status.st_dev),
		minor(status.st_dev), (uint64_t)status.st_ino);
	g_auto(GStrv) lines = g_strsplit(locks, "\n", -1);
	int count = 0;
	for (char **line = lines; *line != NULL; line++)
		count += is_client(*line, file);
	return count;
}
