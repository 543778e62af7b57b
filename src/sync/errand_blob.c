/* Images: whole when small, else in pieces that go on where the hub stands. */
#include "base/err.h"
#include "sync/errand.h"

#define PIECE (1u << 20)
#define MOST_CONFLICTS 3

enum leg { LEG_WHOLE, LEG_ASK, LEG_PIECE };

static char *path_at_hub(const struct errand *errand)
{
	return g_strconcat(
		"/v1/bundles/", errand->command.bundle, "/blobs/", errand->command.id, NULL);
}

static void send_part(struct errand *errand, const char *method, int64_t from, int64_t size)
{
	const char *bytes = g_bytes_get_data(errand->bytes, NULL);
	bool piece = errand->leg == LEG_PIECE;
	struct http_request request = {
		.method = method,
		.type = "application/octet-stream",
		.bytes = errand->leg == LEG_ASK ? NULL : bytes + from,
		.size = (size_t)size,
		.upload_offset = piece ? from : -1,
		.upload_length = piece ? (int64_t)g_bytes_get_size(errand->bytes) : -1,
		.most_seconds = 600,
	};
	g_autofree char *path = path_at_hub(errand);
	errand_send(errand, &request, path);
}

static void next_piece(struct errand *errand)
{
	int64_t left = (int64_t)g_bytes_get_size(errand->bytes) - errand->offset;
	errand->leg = LEG_PIECE;
	send_part(errand, "PATCH", errand->offset, MIN(left, (int64_t)PIECE));
}

/* The image is read whole and checked: what changed on the disk is not what was taken in. */
static bool load(struct errand *errand, GError **error)
{
	const char *home = store_home(errand->office->store);
	struct digest wanted, found;
	g_autofree char *bytes = NULL;
	gsize size = 0;
	if (!digest_from_text(errand->command.id, &wanted))
		return err_set_next(
			error, ERR_CODE_IO, "材料影像的编号不对", "请重新扫描这份材料后再发送");
	g_autofree char *name = digest_hex(wanted.bytes, DIGEST_SIZE);
	g_autofree char *path = g_build_filename(home, "blobs", name, NULL);
	if (!g_file_get_contents(path, &bytes, &size, NULL))
		return err_set_next(
			error, ERR_CODE_IO, "材料影像读不到", "请重新扫描这份材料后再发送");
	found = digest_of(bytes, size);
	errand->bytes = g_bytes_new_take(g_steal_pointer(&bytes), size);
	return digest_equal(&wanted, &found) ||
	       err_set_next(error, ERR_CODE_IO, "材料影像已被改动", "请重新扫描这份材料后再发送");
}

void errand_blob(struct errand *errand)
{
	g_autoptr(GError) error = NULL;
	if (!load(errand, &error)) {
		errand_end(errand, SYNC_OUTCOME_REFUSED, error->message);
		return;
	}
	int64_t size = (int64_t)g_bytes_get_size(errand->bytes);
	errand->leg = size <= (int64_t)PIECE ? LEG_WHOLE : LEG_ASK;
	send_part(errand, errand->leg == LEG_WHOLE ? "PUT" : "HEAD", 0, size);
}

/* A whole image is answered by its status, a piece by the place where the next one begins. */
static bool makes_sense(const struct errand *errand, const struct http_answer *answer, int64_t at)
{
	if (errand->leg == LEG_WHOLE)
		return answer->status != 404 && answer->status != 409;
	return (at >= 0 || answer->status == 201) && at <= (int64_t)g_bytes_get_size(errand->bytes);
}

/* A piece that moves nothing, or conflicts again and again, would be sent for ever. */
static bool is_stuck(struct errand *errand, const struct http_answer *answer, int64_t at)
{
	if (answer->status == 409 && ++errand->conflicts > MOST_CONFLICTS)
		return true;
	return errand->leg == LEG_PIECE && answer->status == 204 && at <= errand->offset;
}

void errand_blob_answered(struct errand *errand, const struct http_answer *answer)
{
	int64_t at = answer->status == 404 ? 0 : answer->upload_offset;
	bool last = errand->leg == LEG_PIECE && answer->status == 201;
	if (!makes_sense(errand, answer, at) || is_stuck(errand, answer, at)) {
		errand_garbage(errand);
	} else if (errand->leg == LEG_WHOLE || last ||
		   at == (int64_t)g_bytes_get_size(errand->bytes)) {
		errand_end(errand, SYNC_OUTCOME_DONE, NULL);
	} else {
		errand->offset = at;
		next_piece(errand);
	}
}
