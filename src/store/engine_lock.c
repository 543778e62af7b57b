/*
 * Who has the store open holds HOME/store.lock shared; a migration takes it alone. It is a file of
 * its own because closing any descriptor of the database would drop SQLite's locks on it.
 */
#include "store/engine.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

int engine_lock_open(const char *home, bool make)
{
	g_autofree char *path = g_build_filename(home, "store.lock", NULL);
	int lock = open(path, O_RDONLY | O_CLOEXEC);
	if (lock >= 0 || !make)
		return lock;
	lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock >= 0)
		(void)fchmod(lock, 0600);
	return lock;
}

static bool try_lock(int lock, int how, int64_t wait_ms)
{
	int64_t until = g_get_monotonic_time() / 1000 + wait_ms;
	while (flock(lock, how | LOCK_NB) != 0) {
		if (g_get_monotonic_time() / 1000 >= until)
			return false;
		g_usleep(5000);
	}
	return true;
}

bool engine_lock_shared(int lock)
{
	return lock < 0 || try_lock(lock, LOCK_SH, STORE_WAIT_MS);
}

bool engine_lock_exclusive(int lock)
{
	return lock >= 0 && try_lock(lock, LOCK_EX, 0);
}
