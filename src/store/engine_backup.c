/* Copies of a whole store: SQLite's backup in one step is one snapshot, whoever writes meanwhile.
 */
#include "store/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool engine_make_file(const char *path, GError **error)
{
	(void)unlink(path);
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0 || fchmod(file, 0600) != 0) {
		err_set(error, errno == ENOSPC ? ERR_CODE_STORE_FULL : ERR_CODE_IO, "写不了文件 %s",
			path);
		if (file >= 0)
			close(file);
		return false;
	}
	close(file);
	return true;
}

static bool copy_pages(sqlite3 *from, sqlite3 *to, GError **error)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	if (backup == NULL)
		return engine_fail(to, sqlite3_extended_errcode(to), error);
	int rc = sqlite3_backup_step(backup, -1);
	int finished = sqlite3_backup_finish(backup);
	if (rc == SQLITE_DONE && finished == SQLITE_OK)
		return true;
	return engine_fail(to, finished != SQLITE_OK ? finished : rc, error);
}

/* The copy is one plain file: no WAL beside it, so that it can be read from any medium. */
static bool copy_into(sqlite3 *from, const char *path, GError **error)
{
	sqlite3 *to = NULL;
	int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	bool good = rc == SQLITE_OK || engine_fail(to, rc, error);
	sqlite3_extended_result_codes(to, 1);
	good = good && engine_pragma(to, "PRAGMA synchronous = OFF", NULL, error) &&
	       copy_pages(from, to, error) &&
	       engine_pragma(to, "PRAGMA journal_mode = DELETE", NULL, error);
	sqlite3_close(to);
	return good;
}

static bool sync_path(const char *path, int flags)
{
	int file = open(path, flags | O_CLOEXEC);
	bool good = file >= 0 && fsync(file) == 0;
	if (file >= 0)
		close(file);
	return good;
}

bool engine_name_file(const char *part, const char *path, GError **error)
{
	if (!sync_path(part, O_RDWR))
		return err_set(error, errno == ENOSPC ? ERR_CODE_STORE_FULL : ERR_CODE_IO, NULL);
	/* Some media (FAT) know neither links nor a rename that refuses. */
	if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) != 0) {
		if (errno == EEXIST || access(path, F_OK) == 0)
			return err_set(error, ERR_CODE_EXISTS, "已经有文件 %s", path);
		if (rename(part, path) != 0)
			return err_set(error, ERR_CODE_IO, "写不了文件 %s", path);
	}
	g_autofree char *folder = g_path_get_dirname(path);
	(void)sync_path(folder, O_RDONLY | O_DIRECTORY);
	return true;
}

bool engine_copy(sqlite3 *from, const char *path, GError **error)
{
	if (access(path, F_OK) == 0)
		return err_set(error, ERR_CODE_EXISTS, "已经有文件 %s", path);
	g_autofree char *part = g_strconcat(path, ".part", NULL);
	bool good = engine_make_file(part, error) && copy_into(from, part, error) &&
		    engine_name_file(part, path, error);
	if (!good)
		(void)unlink(part);
	return good;
}
