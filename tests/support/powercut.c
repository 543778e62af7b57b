#include "support/powercut.h"

#include <sqlite3.h>
#include <unistd.h>

#define SECTOR 512

/* A write, or a truncation when data is NULL. */
struct op {
	sqlite3_int64 offset;
	GBytes *data;
};

struct node {
	GByteArray *durable;
	GPtrArray *pending;
	bool known; /* its name is durable */
	bool deleted;
};

struct cut_file {
	sqlite3_file base;
	struct node *node; /* NULL: a file that is not looked at */
	sqlite3_file *real;
};

static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	GHashTable *nodes; /* path -> node */
	int left;	   /* writes until the cut; negative: never */
	bool dead;
	int once; /* the result of the one failure; 0: a cut */
} disk;

static void op_free(void *data)
{
	struct op *op = data;
	if (op->data != NULL)
		g_bytes_unref(op->data);
	g_free(op);
}

static void node_free(void *data)
{
	struct node *node = data;
	g_byte_array_unref(node->durable);
	g_ptr_array_unref(node->pending);
	g_free(node);
}

static void add_op(struct node *node, sqlite3_int64 offset, const void *data, int size)
{
	struct op *op = g_new0(struct op, 1);
	op->offset = offset;
	op->data = data ? g_bytes_new(data, (gsize)size) : NULL;
	g_ptr_array_add(node->pending, op);
}

/* What fails now: 0, or the result that stands for a cut or a failure. */
static int tick(int result)
{
	if (disk.dead)
		return result;
	if (disk.left < 0 || disk.left-- > 0)
		return SQLITE_OK;
	disk.dead = disk.once == 0;
	return disk.once ? disk.once : result;
}

static void put(GByteArray *image, sqlite3_int64 offset, const guint8 *data, gsize size)
{
	guint end = (guint)offset + (guint)size, before = image->len;
	if (end > before) {
		g_byte_array_set_size(image, end);
		memset(image->data + before, 0, end - before);
	}
	memcpy(image->data + offset, data, size);
}

static void apply(GByteArray *image, const struct op *op)
{
	gsize size = 0;
	const guint8 *data = op->data ? g_bytes_get_data(op->data, &size) : NULL;
	if (op->data != NULL)
		put(image, op->offset, data, size);
	else if (image->len > op->offset)
		g_byte_array_set_size(image, (guint)op->offset);
}

/* Some sectors of a write reach the disk, some do not. */
static void apply_torn(GByteArray *image, const struct op *op, GRand *random)
{
	gsize size = 0;
	const guint8 *data = op->data ? g_bytes_get_data(op->data, &size) : NULL;
	for (gsize at = 0; at < size;) {
		gsize sector = SECTOR - (gsize)((guint64)op->offset + at) % SECTOR;
		gsize part = MIN(sector, size - at);
		if (g_rand_boolean(random))
			put(image, op->offset + (sqlite3_int64)at, data + at, part);
		at += part;
	}
}

static void node_sync(struct node *node)
{
	for (guint i = 0; i < node->pending->len; i++)
		apply(node->durable, node->pending->pdata[i]);
	g_ptr_array_set_size(node->pending, 0);
	node->known = true;
}

static void node_lose(struct node *node, GRand *random)
{
	for (guint i = 0; i < node->pending->len; i++) {
		const struct op *op = node->pending->pdata[i];
		switch (g_rand_int_range(random, 0, 3)) {
		case 0:
			apply(node->durable, op);
			break;
		case 1:
			apply_torn(node->durable, op, random);
			break;
		default:
			break;
		}
	}
	g_ptr_array_set_size(node->pending, 0);
}

/* ---- a file ---- */

static struct cut_file *cut(sqlite3_file *file)
{
	return (struct cut_file *)file;
}

static int file_close(sqlite3_file *file)
{
	return cut(file)->real->pMethods->xClose(cut(file)->real);
}

static int file_read(sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
	if (disk.dead && cut(file)->node)
		return SQLITE_IOERR_READ;
	return cut(file)->real->pMethods->xRead(cut(file)->real, data, size, offset);
}

static int file_write(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
	struct cut_file *f = cut(file);
	if (f->node && disk.dead)
		return SQLITE_IOERR_WRITE;
	if (f->node)
		add_op(f->node, offset, data, size);
	/* The write in which the power goes may still reach the disk, in part. */
	int rc = f->node ? tick(SQLITE_IOERR_WRITE) : SQLITE_OK;
	if (rc != SQLITE_OK)
		return rc;
	return f->real->pMethods->xWrite(f->real, data, size, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct cut_file *f = cut(file);
	int rc = f->node ? tick(SQLITE_IOERR_TRUNCATE) : SQLITE_OK;
	if (rc != SQLITE_OK)
		return rc;
	if (f->node)
		add_op(f->node, size, NULL, 0);
	return f->real->pMethods->xTruncate(f->real, size);
}

static int file_sync(sqlite3_file *file, int flags)
{
	struct cut_file *f = cut(file);
	int rc = f->node ? tick(SQLITE_IOERR_FSYNC) : SQLITE_OK;
	if (rc != SQLITE_OK)
		return rc;
	if (f->node)
		node_sync(f->node);
	return SQLITE_OK;
}

#define PASS(name, parameters, method, arguments)                                                  \
	static int name parameters                                                                 \
	{                                                                                          \
		sqlite3_file *real = cut(file)->real;                                              \
		return real->pMethods->method arguments;                                           \
	}
PASS(file_size, (sqlite3_file * file, sqlite3_int64 *size), xFileSize, (real, size))
PASS(file_lock, (sqlite3_file * file, int how), xLock, (real, how))
PASS(file_unlock, (sqlite3_file * file, int how), xUnlock, (real, how))
PASS(file_reserved, (sqlite3_file * file, int *answer), xCheckReservedLock, (real, answer))
PASS(file_control, (sqlite3_file * file, int op, void *data), xFileControl, (real, op, data))
PASS(file_sector, (sqlite3_file * file), xSectorSize, (real))
PASS(file_device, (sqlite3_file * file), xDeviceCharacteristics, (real))
PASS(shm_map, (sqlite3_file * file, int page, int size, int extend, void volatile **ret), xShmMap,
	(real, page, size, extend, ret))
PASS(shm_lock, (sqlite3_file * file, int offset, int n, int flags), xShmLock,
	(real, offset, n, flags))
PASS(shm_unmap, (sqlite3_file * file, int delete), xShmUnmap, (real, delete))

static void shm_barrier(sqlite3_file *file)
{
	cut(file)->real->pMethods->xShmBarrier(cut(file)->real);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
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

/* ---- the disk ---- */

/* What stands on the real disk when a file is first opened is durable. */
static struct node *node_of(const char *path)
{
	struct node *node = g_hash_table_lookup(disk.nodes, path);
	if (node != NULL)
		return node;
	node = g_new0(struct node, 1);
	node->durable = g_byte_array_new();
	node->pending = g_ptr_array_new_with_free_func(op_free);
	g_autofree char *bytes = NULL;
	gsize size = 0;
	node->known = g_file_get_contents(path, &bytes, &size, NULL);
	if (node->known)
		g_byte_array_append(node->durable, (const guint8 *)bytes, (guint)size);
	g_hash_table_insert(disk.nodes, g_strdup(path), node);
	return node;
}

static int disk_open(
	sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	struct cut_file *f = cut(file);
	bool looked_at =
		name != NULL &&
		(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
	f->base.pMethods = NULL;
	if (disk.dead)
		return SQLITE_CANTOPEN;
	f->node = looked_at ? node_of(name) : NULL;
	if (f->node)
		f->node->deleted = false;
	f->real = (sqlite3_file *)(f + 1);
	int rc = disk.real->xOpen(disk.real, name, f->real, flags, ret_flags);
	if (f->real->pMethods != NULL)
		f->base.pMethods = &methods;
	return rc;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	struct node *node = g_hash_table_lookup(disk.nodes, name);
	int rc = node ? tick(SQLITE_IOERR_DELETE) : SQLITE_OK;
	if (rc != SQLITE_OK)
		return rc;
	if (node)
		node->deleted = true;
	return disk.real->xDelete(disk.real, name, 0);
}

void powercut_install(void)
{
	disk.real = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.zName = "powercut";
	disk.vfs.szOsFile = (int)sizeof(struct cut_file) + disk.real->szOsFile;
	disk.vfs.xOpen = disk_open;
	disk.vfs.xDelete = disk_delete;
	disk.nodes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, node_free);
	disk.left = -1;
	sqlite3_vfs_register(&disk.vfs, 1);
}

void powercut_arm(int writes)
{
	g_hash_table_remove_all(disk.nodes);
	disk.left = writes;
	disk.dead = false;
	disk.once = 0;
}

void powercut_fail_once(int writes, int result)
{
	disk.left = writes;
	disk.dead = false;
	disk.once = result;
}

bool powercut_happened(void)
{
	return disk.dead || (disk.once != 0 && disk.left < 0);
}

/* A name that was never synced may be missing, a deleted one may be back. */
static void node_restore(const char *path, struct node *node, GRand *random)
{
	g_autofree char *shm = g_strconcat(path, "-shm", NULL);
	(void)unlink(shm);
	node_lose(node, random);
	bool there = node->known || g_rand_boolean(random);
	if (node->deleted && g_rand_boolean(random))
		there = false;
	(void)unlink(path);
	if (there)
		(void)g_file_set_contents(
			path, (const char *)node->durable->data, (gssize)node->durable->len, NULL);
}

void powercut_restore(GRand *random)
{
	GHashTableIter iter;
	void *path, *node;
	g_hash_table_iter_init(&iter, disk.nodes);
	while (disk.dead && g_hash_table_iter_next(&iter, &path, &node))
		node_restore(path, node, random);
	g_hash_table_remove_all(disk.nodes);
	disk.dead = false;
	disk.left = -1;
}
