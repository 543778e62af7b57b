/* Images of a bundle: in one piece or continued where they stopped; whole when their digest fits.
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"
#include "hub/handlers.h"
#include "hub/model.h"

#define MOST_SIZE ((int64_t)64 << 20)

struct blob_row {
	char *store;
	int64_t size, received;
};
static const struct store_column blob_columns[] = {STORE_COLUMN(TEXT, struct blob_row, store),
	STORE_COLUMN(INTEGER, struct blob_row, size),
	STORE_COLUMN(INTEGER, struct blob_row, received), STORE_COLUMNS_END};
static const struct store_shape blob_shape = {sizeof(struct blob_row), blob_columns};

/* One upload: its address, what is here of it, where it stands. */
struct blob {
	const char *bundle, *digest_text;
	struct digest digest;
	bool found; /* something of it is here */
	int64_t size, received;
	char *path;
};

static void blob_clear(struct blob *blob)
{
	g_free(blob->path);
}

static bool is_whole(const struct blob *blob)
{
	return blob->found && blob->received == blob->size;
}

/* Of a bundle that is here: its department and the hall's windows; before that: the home that
 * sends. */
static bool check_access(struct hub *hub, const struct request *request, const struct blob_row *row,
	bool found, GError **error)
{
	g_autoptr(GError) refusal = NULL;
	struct bundle_row *bundle =
		model_bundle(hub, &request->caller, request->parts[0], &refusal);
	bool seen = bundle != NULL;
	store_row_free(bundle);
	if (seen)
		return true;
	bool theirs = found && !g_str_equal(row->store, request->caller.store);
	if (request->caller.kind == CALLER_WINDOW && !theirs)
		return true;
	return err_set(error, ERR_CODE_NOT_FOUND, "没有这个影像");
}

/* A bundle of this id that the caller may not see must not be written into either. */
static bool check_foreign(struct hub *hub, const struct request *request, GError **error)
{
	g_autofree char *hall = NULL;
	if (!store_text(hub->store, HUB_STATEMENT_BUNDLE_HALL,
		    STORE_VALUES(STORE_TEXT("id", request->parts[0])), &hall, error))
		return false;
	return hall == NULL || request->caller.kind != CALLER_WINDOW ||
	       g_str_equal(hall, request->caller.hall) ||
	       err_set(error, ERR_CODE_NOT_FOUND, "没有这个影像");
}

/* blob_clear it whatever the result. */
static bool find(
	struct hub *hub, const struct request *request, struct blob *ret_blob, GError **error)
{
	struct blob blob = {.bundle = request->parts[0], .digest_text = request->parts[1]};
	struct blob_row row = {0};
	*ret_blob = blob;
	if (strlen(blob.bundle) != 32 || strspn(blob.bundle, "0123456789abcdef") != 32 ||
		!digest_from_text(blob.digest_text, &blob.digest))
		return err_set(error, ERR_CODE_INVALID, "地址里的编号或摘要不对");
	if (!store_row(hub->store, HUB_STATEMENT_BLOB_GET,
		    STORE_VALUES(STORE_TEXT("bundle", blob.bundle),
			    STORE_TEXT("digest", blob.digest_text)),
		    &blob_shape, &row, &blob.found, error))
		return false;
	bool good = check_foreign(hub, request, error) &&
		    check_access(hub, request, &row, blob.found, error);
	blob.size = row.size;
	blob.received = row.received;
	if (blob.found)
		store_row_clear(&blob_shape, &row);
	g_autofree char *hex = digest_hex(blob.digest.bytes, DIGEST_SIZE);
	g_autofree char *name = g_strdup_printf("%s-%s", blob.bundle, hex);
	blob.path = g_build_filename(hub->home, "blobs", name, NULL);
	*ret_blob = blob;
	return good;
}

static bool write_all(int file, const uint8_t *data, size_t size, int64_t offset)
{
	while (size > 0) {
		ssize_t written = pwrite(file, data, size, (off_t)offset);
		if (written <= 0)
			return false;
		data += written;
		size -= (size_t)written;
		offset += written;
	}
	return true;
}

static bool sync_folder(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = file >= 0 && fsync(file) == 0;
	if (file >= 0)
		close(file);
	return good;
}

/* Writes at the offset and cuts what stood after it: doing it again gives the same file. */
static bool write_piece(
	const struct blob *blob, const GByteArray *piece, int64_t offset, GError **error)
{
	int file = open(blob->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool good = file >= 0 && write_all(file, piece->data, piece->len, offset) &&
		    ftruncate(file, (off_t)(offset + piece->len)) == 0 && fdatasync(file) == 0;
	if (file >= 0 && close(file) != 0)
		good = false;
	if (good && offset == 0)
		good = sync_folder(blob->path);
	return good || err_set(error, ERR_CODE_STORE_FULL, "影像不能保存");
}

static bool put_row(struct hub *hub, const struct request *request, const struct blob *blob,
	int64_t size, GError **error)
{
	return hub_run(hub, HUB_STATEMENT_BLOB_PUT,
		STORE_VALUES(STORE_TEXT("bundle", blob->bundle),
			STORE_TEXT("digest", blob->digest_text),
			STORE_TEXT("store", request->caller.store), STORE_INTEGER("size", size)),
		error);
}

static bool reach(struct hub *hub, const struct blob *blob, int64_t received, GError **error)
{
	return hub_run(hub, HUB_STATEMENT_BLOB_REACH,
		STORE_VALUES(STORE_TEXT("bundle", blob->bundle),
			STORE_TEXT("digest", blob->digest_text),
			STORE_INTEGER("received", received)),
		error);
}

static bool mismatch(GError **error)
{
	return err_set_next(error, ERR_CODE_INVALID, "影像与摘要不符", "请从头重新上传");
}

bool hub_blob_head(struct hub *hub, struct request *request, GError **error)
{
	struct blob blob;
	bool good = find(hub, request, &blob, error);
	if (good && !blob.found)
		good = err_set(error, ERR_CODE_NOT_FOUND, "没有这个影像");
	if (good) {
		reply_empty(&request->reply, 200);
		request->reply.upload_offset = blob.received;
		request->reply.upload_length = blob.size;
	}
	blob_clear(&blob);
	return good;
}

bool hub_blob_read(struct hub *hub, struct request *request, GError **error)
{
	struct blob blob;
	bool good = find(hub, request, &blob, error);
	if (good && !is_whole(&blob))
		good = err_set(error, ERR_CODE_NOT_FOUND, "影像还没有传完");
	GMappedFile *file = good ? g_mapped_file_new(blob.path, FALSE, NULL) : NULL;
	if (file != NULL) {
		reply_bytes(&request->reply, 200, "application/octet-stream",
			g_mapped_file_get_bytes(file));
		request->reply.upload_offset = blob.received;
		request->reply.upload_length = blob.size;
		g_mapped_file_unref(file);
	} else if (good) {
		good = err_set(error, ERR_CODE_IO, "影像文件读不到");
	}
	blob_clear(&blob);
	return good;
}

static bool put_whole(
	struct hub *hub, struct request *request, const struct blob *blob, GError **error)
{
	const GByteArray *body = request->body;
	struct digest digest = digest_of(body->data, body->len);
	if (body->len == 0 || !digest_equal(&digest, &blob->digest))
		return mismatch(error);
	if (!is_whole(blob) && (!write_piece(blob, body, 0, error) ||
				       !put_row(hub, request, blob, body->len, error) ||
				       !reach(hub, blob, body->len, error)))
		return false;
	reply_empty(&request->reply, is_whole(blob) ? 200 : 201);
	request->reply.upload_offset = body->len;
	return true;
}

bool hub_blob_put(struct hub *hub, struct request *request, GError **error)
{
	struct blob blob;
	bool good = find(hub, request, &blob, error) && put_whole(hub, request, &blob, error);
	blob_clear(&blob);
	return good;
}

static bool header_number(const char *text, const char *name, int64_t *ret_number, GError **error)
{
	gint64 number = 0;
	if (text == NULL || !g_ascii_string_to_signed(text, 10, 0, MOST_SIZE, &number, NULL))
		return err_set(error, ERR_CODE_INVALID, "请求头 %s 要是 0 到 %d 的整数", name,
			(int)MOST_SIZE);
	*ret_number = number;
	return true;
}

/* The piece fits where the upload stands; *ret_length is the whole size. */
static bool check_piece(
	struct request *request, const struct blob *blob, int64_t *ret_length, GError **error)
{
	int64_t offset = 0, length = 0;
	if (!header_number(request->upload_offset, "Upload-Offset", &offset, error) ||
		!header_number(request->upload_length, "Upload-Length", &length, error))
		return false;
	int64_t received = blob->found ? blob->received : 0;
	request->reply.upload_offset = received;
	if (offset != received || (blob->found && length != blob->size && received > 0))
		return err_set_next(
			error, ERR_CODE_STALE, "上传位置不对", "请从 Upload-Offset 接着传");
	if (length == 0 || request->body->len == 0 || offset + request->body->len > length)
		return err_set(error, ERR_CODE_INVALID, "这一段是空的，或超过了 Upload-Length");
	*ret_length = length;
	return true;
}

/* The last piece is there. A wrong digest throws the upload away, and that is kept. */
static bool check_whole(
	struct hub *hub, struct request *request, const struct blob *blob, GError **error)
{
	struct digest digest;
	g_autoptr(GError) refusal = NULL;
	if (!digest_of_file(blob->path, &digest, error))
		return false;
	if (digest_equal(&digest, &blob->digest))
		return true;
	if (!reach(hub, blob, 0, error))
		return false;
	mismatch(&refusal);
	reply_error(&request->reply, refusal);
	request->reply.upload_offset = 0;
	request->reply.keep = true;
	return true;
}

static bool patch(struct hub *hub, struct request *request, const struct blob *blob, GError **error)
{
	int64_t length = 0, received = blob->found ? blob->received : 0;
	if (is_whole(blob)) {
		reply_empty(&request->reply, 204);
		request->reply.upload_offset = blob->size;
		return true;
	}
	if (!check_piece(request, blob, &length, error) ||
		!write_piece(blob, request->body, received, error) ||
		(received == 0 && !put_row(hub, request, blob, length, error)))
		return false;
	received += request->body->len;
	if (!reach(hub, blob, received, error))
		return false;
	reply_empty(&request->reply, received < length ? 204 : 201);
	request->reply.upload_offset = received;
	return received < length || check_whole(hub, request, blob, error);
}

bool hub_blob_patch(struct hub *hub, struct request *request, GError **error)
{
	struct blob blob;
	bool good = find(hub, request, &blob, error) && patch(hub, request, &blob, error);
	blob_clear(&blob);
	return good;
}
