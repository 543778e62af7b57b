/*
 * A backup is one tar archive (POSIX ustar): yichuang.db, then blobs/DIGEST. Any tar lists it; only
 * what this file writes is taken back.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/engine.h"

#define BLOCK 512
#define DATABASE "yichuang.db"
#define HEX (2 * DIGEST_SIZE)

/* A header of the archive; every member is text, numbers octal. */
struct tar_header {
	char name[100];
	char mode[8], uid[8], gid[8];
	char size[12], time[12];
	char sum[8];
	char type;
	char link[100];
	char magic[6], version[2];
	char user[32], group[32];
	char device[16];
	char prefix[155];
	char rest[12];
};
G_STATIC_ASSERT(sizeof(struct tar_header) == BLOCK);

static unsigned sum_of(const struct tar_header *header)
{
	struct tar_header copy = *header;
	memset(copy.sum, ' ', sizeof copy.sum);
	const unsigned char *bytes = (const unsigned char *)&copy;
	unsigned sum = 0;
	for (size_t i = 0; i < BLOCK; i++)
		sum += bytes[i];
	return sum;
}

static bool fail_write(GError **error)
{
	bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
	return err_set(
		error, full ? ERR_CODE_STORE_FULL : ERR_CODE_IO, full ? NULL : "备份文件写不下去");
}

static bool fail_damaged(GError **error)
{
	return err_set_next(
		error, ERR_CODE_STORE_CORRUPT, "备份文件不完整或已损坏", "请换一份备份");
}

/* ---- packing ---- */

/* A file to its end or to `size` bytes; ret_size: how many there were. */
static bool copy_bytes(FILE *from, FILE *to, int64_t size, int64_t *ret_size)
{
	char buffer[65536];
	int64_t done = 0;
	while (done < size) {
		size_t want = (size_t)MIN(size - done, (int64_t)sizeof buffer);
		size_t count = fread(buffer, 1, want, from);
		if (count == 0)
			break;
		if (fwrite(buffer, 1, count, to) != count)
			return false;
		done += (int64_t)count;
	}
	*ret_size = done;
	return true;
}

static bool write_header(FILE *out, const char *name, int64_t size)
{
	struct tar_header header = {
		.type = '0', .mode = "0000600", .uid = "0000000", .gid = "0000000"};
	memcpy(header.magic, "ustar", sizeof header.magic);
	memcpy(header.version, "00", sizeof header.version);
	g_strlcpy(header.name, name, sizeof header.name);
	g_snprintf(header.size, sizeof header.size, "%011" G_GINT64_MODIFIER "o", (guint64)size);
	g_snprintf(header.time, sizeof header.time, "%011o", 0);
	g_snprintf(header.sum, sizeof header.sum, "%06o", sum_of(&header));
	return fwrite(&header, BLOCK, 1, out) == 1;
}

static bool add_file(FILE *out, const char *name, const char *path, GError **error)
{
	static const char zeros[BLOCK];
	struct stat about;
	int64_t size = 0;
	FILE *in = fopen(path, "rbe");
	if (in == NULL || fstat(fileno(in), &about) != 0) {
		if (in != NULL)
			fclose(in);
		return err_set(error, ERR_CODE_IO, "备份时读不了 %s", name);
	}
	errno = 0;
	bool good = write_header(out, name, about.st_size) &&
		    copy_bytes(in, out, about.st_size, &size) && size == about.st_size &&
		    fwrite(zeros, 1, (size_t)(-size & (BLOCK - 1)), out) ==
			    (size_t)(-size & (BLOCK - 1));
	fclose(in);
	return good || fail_write(error);
}

/* Named by its digest and holding what the name says. */
static bool is_whole(const char *path, const char *name)
{
	struct digest digest;
	if (strlen(name) != HEX || !digest_of_file(path, &digest, NULL))
		return false;
	g_autofree char *hex = digest_hex(digest.bytes, DIGEST_SIZE);
	return strcmp(hex, name) == 0;
}

static bool add_images(FILE *out, const char *home, GError **error)
{
	g_autofree char *folder = g_build_filename(home, "blobs", NULL);
	g_autoptr(GDir) images = g_dir_open(folder, 0, NULL);
	for (const char *name; images != NULL && (name = g_dir_read_name(images)) != NULL;) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *shown = g_strconcat("blobs/", name, NULL);
		if (is_whole(path, name) && !add_file(out, shown, path, error))
			return false;
	}
	return true;
}

static bool pack(struct store *store, const char *part, const char *database, GError **error)
{
	static const char end[2 * BLOCK];
	if (!engine_make_file(part, error))
		return false;
	FILE *out = fopen(part, "wbe");
	if (out == NULL)
		return fail_write(error);
	bool good = add_file(out, DATABASE, database, error) &&
		    add_images(out, store->home, error) &&
		    (fwrite(end, sizeof end, 1, out) == 1 || fail_write(error));
	return (fclose(out) == 0 || (good && fail_write(error))) && good;
}

bool store_backup(struct store *store, const char *path, GError **error)
{
	if (access(path, F_OK) == 0)
		return err_set(error, ERR_CODE_EXISTS, "已经有文件 %s", path);
	g_autofree char *part = g_strconcat(path, ".part", NULL);
	g_autofree char *database = g_strconcat(path, ".database", NULL);
	(void)unlink(database);
	bool good = engine_copy(store->db, database, error) && pack(store, part, database, error) &&
		    engine_name_file(part, path, error);
	if (!good)
		(void)unlink(part);
	(void)unlink(database);
	return good;
}

/* ---- unpacking ---- */

static bool is_header(const struct tar_header *header)
{
	return memcmp(header->magic, "ustar", sizeof header->magic) == 0 && header->type == '0' &&
	       header->name[sizeof header->name - 1] == '\0' &&
	       header->size[sizeof header->size - 1] == '\0' &&
	       strtoul(header->sum, NULL, 8) == sum_of(header);
}

bool backup_is_packed(const char *path)
{
	struct tar_header header;
	FILE *in = fopen(path, "rbe");
	bool packed = in != NULL && fread(&header, BLOCK, 1, in) == 1 && is_header(&header);
	if (in != NULL)
		fclose(in);
	return packed;
}

/* Where a member goes, g_free: the database, or an image named by its digest; NULL nothing of ours.
 */
static char *place_of(const char *home, const char *name, const char *database)
{
	uint8_t bytes[DIGEST_SIZE];
	if (strcmp(name, DATABASE) == 0)
		return g_strdup(database);
	if (!g_str_has_prefix(name, "blobs/") || strlen(name) != strlen("blobs/") + HEX ||
		!digest_unhex(name + strlen("blobs/"), bytes, sizeof bytes))
		return NULL;
	return g_build_filename(home, name, NULL);
}

static bool take_member(FILE *in, const char *path, int64_t size, GError **error)
{
	int64_t done = 0, rest = -size & (BLOCK - 1);
	if (!engine_make_file(path, error))
		return false;
	FILE *out = fopen(path, "wbe");
	errno = 0;
	bool written = out != NULL && copy_bytes(in, out, size, &done);
	written = (out == NULL || (fflush(out) == 0 && fsync(fileno(out)) == 0)) && written;
	if (out != NULL)
		fclose(out);
	if (!written)
		return fail_write(error);
	return (done == size && fseek(in, (long)rest, SEEK_CUR) == 0) || fail_damaged(error);
}

/* One member after its header; taken remembers what stands in HOME now. */
static bool unpack_member(FILE *in, const struct tar_header *header, char *path_take,
	GPtrArray *taken, GError **error)
{
	const char *name = header->name;
	int64_t size = (int64_t)g_ascii_strtoull(header->size, NULL, 8);
	if (path_take == NULL)
		return fail_damaged(error);
	bool there = strcmp(name, DATABASE) != 0 && is_whole(path_take, name + strlen("blobs/"));
	if (!there)
		g_ptr_array_add(taken, path_take);
	else
		g_free(path_take);
	if (there) /* of an earlier attempt, or the same image */
		return fseek(in, (long)((size + BLOCK - 1) & ~(int64_t)(BLOCK - 1)), SEEK_CUR) ==
			       0 ||
		       fail_damaged(error);
	if (!take_member(in, path_take, size, error))
		return false;
	return strcmp(name, DATABASE) == 0 || is_whole(path_take, name + strlen("blobs/")) ||
	       err_set_next(error, ERR_CODE_STORE_CORRUPT,
		       "备份里有一份影像与它的摘要不符，没有恢复", "请换一份备份");
}

static bool unpack_all(
	FILE *in, const char *home, const char *database, GPtrArray *taken, GError **error)
{
	struct tar_header header;
	static const struct tar_header end;
	for (;;) {
		if (fread(&header, BLOCK, 1, in) != 1)
			return fail_damaged(error); /* cut off before its end */
		if (memcmp(&header, &end, BLOCK) == 0)
			break;
		if (!is_header(&header))
			return fail_damaged(error);
		char *path = place_of(home, header.name, database);
		if (!unpack_member(in, &header, path, taken, error))
			return false;
	}
	return access(database, F_OK) == 0 || fail_damaged(error);
}

bool backup_unpack(const char *home, const char *path, const char *database, GError **error)
{
	g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func(g_free);
	FILE *in = fopen(path, "rbe");
	if (in == NULL)
		return err_set(error, ERR_CODE_IO, "读不了备份文件");
	(void)unlink(database);
	bool good = unpack_all(in, home, database, taken, error);
	fclose(in);
	for (guint i = 0; !good && i < taken->len; i++)
		(void)unlink(taken->pdata[i]);
	return good;
}

/* ---- looking ---- */

struct image_row {
	char *id;
};

bool store_images(struct store *store, struct store_images *ret_images, GError **error)
{
	static const struct store_column columns[] = {
		STORE_COLUMN(TEXT, struct image_row, id), STORE_COLUMNS_END};
	static const struct store_shape shape = {sizeof(struct image_row), columns};
	struct store_images images = {0};
	g_autoptr(GPtrArray) rows =
		store_rows(store, STATEMENT_MATERIAL_IMAGE_ALL, STORE_NO_VALUES, &shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const char *name = ((struct image_row *)rows->pdata[i])->id;
		name += g_str_has_prefix(name, "sm3:") ? strlen("sm3:") : 0;
		g_autofree char *path = g_build_filename(store->home, "blobs", name, NULL);
		bool whole = is_whole(path, name);
		images.whole += whole;
		images.bad += !whole;
		if (!whole && images.first_bad[0] == '\0')
			g_strlcpy(images.first_bad, name, sizeof images.first_bad);
	}
	*ret_images = images;
	return rows != NULL;
}
