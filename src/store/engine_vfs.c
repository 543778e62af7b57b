/*
 * SQLite's own file layer with one thing added: a write for which the disk has no room frees the
 * ballast beside the file and is done once more. Here, below the transaction, nothing that was
 * computed has to be computed again.
 */
#include "store/engine.h"

#include <errno.h>
#include <unistd.h>

#define NAME "yichuang"

struct room_file {
	sqlite3_file base;
	sqlite3_file *real;
	char *ballast; /* NULL: a file that frees nothing */
};

/* Asked anew each time: a test puts a layer of its own below. */
static sqlite3_vfs *below(void)
{
	return sqlite3_vfs_find(NULL);
}

static struct room_file *room(sqlite3_file *file)
{
	return (struct room_file *)file;
}

/* Another process may have freed it a moment ago: the write is tried again in any case. */
static bool made_room(const struct room_file *file, int rc)
{
	bool full = rc == SQLITE_FULL || (rc != SQLITE_OK && (errno == ENOSPC || errno == EDQUOT));
	if (!full || file->ballast == NULL)
		return false;
	(void)unlink(file->ballast);
	return true;
}

static int file_close(sqlite3_file *file)
{
	struct room_file *f = room(file);
	int rc = f->real->pMethods->xClose(f->real);
	g_clear_pointer(&f->real, g_free);
	g_clear_pointer(&f->ballast, g_free);
	return rc;
}

static int file_write(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
	sqlite3_file *real = room(file)->real;
	errno = 0;
	int rc = real->pMethods->xWrite(real, data, size, offset);
	return made_room(room(file), rc) ? real->pMethods->xWrite(real, data, size, offset) : rc;
}

static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret)
{
	sqlite3_file *real = room(file)->real;
	errno = 0;
	int rc = real->pMethods->xShmMap(real, page, size, extend, ret);
	bool again = rc == SQLITE_IOERR_SHMSIZE && made_room(room(file), SQLITE_FULL);
	return again ? real->pMethods->xShmMap(real, page, size, extend, ret) : rc;
}

#define PASS(name, parameters, method, arguments)                                                  \
	static int name parameters                                                                 \
	{                                                                                          \
		sqlite3_file *real = room(file)->real;                                             \
		return real->pMethods->method arguments;                                           \
	}
PASS(file_read, (sqlite3_file * file, void *data, int size, sqlite3_int64 offset), xRead,
	(real, data, size, offset))
PASS(file_truncate, (sqlite3_file * file, sqlite3_int64 size), xTruncate, (real, size))
PASS(file_sync, (sqlite3_file * file, int flags), xSync, (real, flags))
PASS(file_size, (sqlite3_file * file, sqlite3_int64 *size), xFileSize, (real, size))
PASS(file_lock, (sqlite3_file * file, int how), xLock, (real, how))
PASS(file_unlock, (sqlite3_file * file, int how), xUnlock, (real, how))
PASS(file_reserved, (sqlite3_file * file, int *answer), xCheckReservedLock, (real, answer))
PASS(file_control, (sqlite3_file * file, int op, void *data), xFileControl, (real, op, data))
PASS(file_sector, (sqlite3_file * file), xSectorSize, (real))
PASS(file_device, (sqlite3_file * file), xDeviceCharacteristics, (real))
PASS(shm_lock, (sqlite3_file * file, int offset, int n, int flags), xShmLock,
	(real, offset, n, flags))
PASS(shm_unmap, (sqlite3_file * file, int delete), xShmUnmap, (real, delete))

static void shm_barrier(sqlite3_file *file)
{
	room(file)->real->pMethods->xShmBarrier(room(file)->real);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2, /* without mapped reads, which no store uses */
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_device,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};

static int room_open(
	sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	struct room_file *f = room(file);
	const int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
	sqlite3_vfs *real = below();
	memset(f, 0, sizeof *f);
	f->real = g_malloc0((gsize)real->szOsFile);
	int rc = real->xOpen(real, name, f->real, flags, ret_flags);
	if (f->real->pMethods == NULL) {
		g_clear_pointer(&f->real, g_free);
		return rc;
	}
	f->base.pMethods = &methods;
	if (rc == SQLITE_OK && name != NULL && (flags & kept) != 0) {
		g_autofree char *home = g_path_get_dirname(name);
		f->ballast = g_build_filename(home, "ballast", NULL);
	}
	return rc;
}

static int room_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	return below()->xDelete(below(), name, sync_folder);
}

static int room_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
	return below()->xAccess(below(), name, flags, ret);
}

static int room_full_path(sqlite3_vfs *vfs, const char *name, int size, char *ret)
{
	return below()->xFullPathname(below(), name, size, ret);
}

static int room_random(sqlite3_vfs *vfs, int size, char *ret)
{
	return below()->xRandomness(below(), size, ret);
}

static int room_sleep(sqlite3_vfs *vfs, int microseconds)
{
	return below()->xSleep(below(), microseconds);
}

static int room_time(sqlite3_vfs *vfs, sqlite3_int64 *ret)
{
	return below()->xCurrentTimeInt64(below(), ret);
}

static int room_last_error(sqlite3_vfs *vfs, int size, char *ret)
{
	return below()->xGetLastError(below(), size, ret);
}

static gpointer install(gpointer unused)
{
	static sqlite3_vfs vfs = {
		.iVersion = 2,
		.szOsFile = sizeof(struct room_file),
		.zName = NAME,
		.xOpen = room_open,
		.xDelete = room_delete,
		.xAccess = room_access,
		.xFullPathname = room_full_path,
		.xRandomness = room_random,
		.xSleep = room_sleep,
		.xCurrentTimeInt64 = room_time,
		.xGetLastError = room_last_error,
	};
	sqlite3_initialize();
	vfs.mxPathname = below()->mxPathname;
	sqlite3_vfs_register(&vfs, 0);
	return NULL;
}

const char *engine_vfs(void)
{
	static GOnce once = G_ONCE_INIT;
	g_once(&once, install, NULL);
	return NAME;
}
