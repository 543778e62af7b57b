/* Making a home: the file is built under another name and appears whole or not at all. */
#include "store/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define BALLAST_BYTES (4 << 20)
#define BALLAST_ROOM (INT64_C(4) * BALLAST_BYTES) /* free before it is laid again: no flapping */

static bool make_folder(const char *path, GError **error)
{
	if (g_mkdir_with_parents(path, 0700) == 0 && chmod(path, 0700) == 0)
		return true;
	return err_set(
		error, errno == ENOSPC ? ERR_CODE_STORE_FULL : ERR_CODE_IO, "建不了目录 %s", path);
}

bool store_release_ballast(const char *home)
{
	g_autofree char *path = g_build_filename(home, "ballast", NULL);
	return unlink(path) == 0;
}

bool store_refill_ballast(const char *home, GError **error)
{
	g_autofree char *path = g_build_filename(home, "ballast", NULL);
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	int failed = file < 0 ? errno : 0;
	if (file >= 0) {
		(void)fchmod(file, 0600);
		failed = posix_fallocate(file, 0, BALLAST_BYTES);
		close(file);
	}
	if (failed == 0)
		return true;
	(void)unlink(path);
	return err_set(error,
		failed == ENOSPC || failed == EFBIG ? ERR_CODE_STORE_FULL : ERR_CODE_IO, NULL);
}

bool store_ballast_is_laid(const char *home)
{
	g_autofree char *path = g_build_filename(home, "ballast", NULL);
	return access(path, F_OK) == 0;
}

int64_t store_free_bytes(const char *home)
{
	struct statvfs disk;
	if (statvfs(home, &disk) != 0)
		return -1;
	return (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

bool store_keep_ballast(const char *home)
{
	if (store_ballast_is_laid(home))
		return true;
	return store_free_bytes(home) >= BALLAST_ROOM && store_refill_ballast(home, NULL);
}

bool engine_new_identity(struct store *store, int64_t first_seq, int64_t now_ms, GError **error)
{
	uint8_t id[STORE_ID_SIZE];
	digest_random(id, sizeof id);
	return store_run(store, store->registry->identity_put,
		       STORE_VALUES(STORE_INTEGER("first_seq", first_seq),
			       STORE_BLOB("id", id, sizeof id), STORE_INTEGER("made_ms", now_ms)),
		       error) &&
	       engine_read_identity(store, error);
}

bool engine_make_folders(const char *home, GError **error)
{
	g_autofree char *blobs = g_build_filename(home, "blobs", NULL);
	g_autofree char *spool = g_build_filename(home, "spool", NULL);
	return make_folder(home, error) && make_folder(blobs, error) && make_folder(spool, error);
}

/* What a making that was killed or failed left behind. The exclusive lock is ours. */
static void remove_leftovers(const char *home, const char *file)
{
	g_autofree char *prefix = g_strconcat(file, ".new", NULL);
	g_autoptr(GDir) folder = g_dir_open(home, 0, NULL);
	for (const char *name; folder && (name = g_dir_read_name(folder)) != NULL;) {
		g_autofree char *path = g_build_filename(home, name, NULL);
		if (g_str_has_prefix(name, prefix))
			(void)unlink(path);
	}
}

static bool build(const struct store_registry *registry, const char *path, store_work *first,
	void *data, GError **error)
{
	g_autoptr(store) store = engine_open_file(registry, path, STORE_MODE_WRITE, error);
	/* Nobody knows this file yet: it is synced once, when it gets its name. */
	return store != NULL && engine_pragma(store->db, "PRAGMA synchronous = OFF", NULL, error) &&
	       engine_pragma(store->db, "PRAGMA journal_mode = MEMORY", NULL, error) &&
	       engine_migrate(store, error) && store_write(store, first, data, error) &&
	       engine_pragma(store->db, "PRAGMA journal_mode = WAL", NULL, error);
}

static bool build_and_name(const struct store_registry *registry, const char *home, sqlite3 *from,
	store_work *first, void *data, GError **error)
{
	g_autofree char *path = g_build_filename(home, registry->file, NULL);
	g_autofree char *part = g_strconcat(path, ".new", NULL);
	if (access(path, F_OK) == 0)
		return err_set(error, ERR_CODE_EXISTS, "目录 %s 里已经有数据文件", home);
	remove_leftovers(home, registry->file);
	bool good = (from ? engine_copy(from, part, error) : engine_make_file(part, error)) &&
		    build(registry, part, first, data, error) &&
		    store_refill_ballast(home, error) && engine_name_file(part, path, error);
	if (!good)
		remove_leftovers(home, registry->file);
	return good;
}

bool engine_create(const struct store_registry *registry, const char *home, sqlite3 *from,
	store_work *first, void *data, GError **error)
{
	g_autofree char *path = g_build_filename(home, registry->file, NULL);
	if (access(path, F_OK) == 0)
		return err_set(error, ERR_CODE_EXISTS, "目录 %s 里已经有数据文件", home);
	if (!engine_make_folders(home, error))
		return false;
	int lock = engine_lock_open(home, true);
	bool good = engine_lock_exclusive(lock)
			    ? build_and_name(registry, home, from, first, data, error)
			    : err_set(error, ERR_CODE_STORE_BUSY, NULL);
	if (lock >= 0)
		close(lock);
	return good;
}

bool engine_new_store(struct store *store, int64_t now_ms, GError **error)
{
	uint8_t key[DIGEST_SIZE];
	digest_random(key, sizeof key);
	bool good = store_run(store, store->registry->secret_put,
		STORE_VALUES(
			STORE_TEXT("name", "identity_key"), STORE_BLOB("value", key, sizeof key)),
		error);
	explicit_bzero(key, sizeof key);
	return good && engine_new_identity(store, 1, now_ms, error);
}
