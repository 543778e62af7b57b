#include "sync/http.h"

#include <curl/curl.h>
#include <glib-unix.h>
#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

struct http {
	CURLM *multi;
	guint timer;
	guint sweep; /* idle source that looks for finished exchanges */
	uint64_t last_number;
	GHashTable *exchanges; /* number → struct exchange, owns */
};

struct exchange {
	struct http *http;
	uint64_t number;
	CURL *easy;
	struct curl_slist *headers;
	void *body;
	GString *bytes;
	struct http_answer answer;
	http_done *done;
	void *data;
};

void http_answer_clear(struct http_answer *answer)
{
	g_free(answer->trouble);
	g_free(answer->bytes);
	g_free(answer->etag);
	*answer = (struct http_answer){.upload_offset = -1};
}

char *http_escape(const char *text)
{
	return g_uri_escape_string(text, NULL, FALSE);
}

/* ---- one exchange ---- */

static void exchange_free(void *data)
{
	struct exchange *exchange = data;
	if (exchange->http != NULL)
		curl_multi_remove_handle(exchange->http->multi, exchange->easy);
	curl_easy_cleanup(exchange->easy);
	curl_slist_free_all(exchange->headers);
	g_string_free(exchange->bytes, TRUE);
	g_free(exchange->body);
	http_answer_clear(&exchange->answer);
	g_free(exchange);
}

static size_t take_bytes(char *bytes, size_t one, size_t size, void *data)
{
	struct exchange *exchange = data;
	if (exchange->bytes->len + size > HTTP_MOST_ANSWER)
		return 0;
	g_string_append_len(exchange->bytes, bytes, (gssize)size);
	return size;
}

static char *header_value(const char *line, size_t size, const char *name)
{
	size_t length = strlen(name);
	if (size <= length || g_ascii_strncasecmp(line, name, length) != 0)
		return NULL;
	g_autofree char *raw = g_strndup(line + length, size - length);
	return text_clean(g_strstrip(raw), false);
}

static size_t take_header(char *line, size_t one, size_t size, void *data)
{
	struct exchange *exchange = data;
	char *etag = header_value(line, size, "ETag:");
	g_autofree char *offset = header_value(line, size, "Upload-Offset:");
	if (etag != NULL) {
		g_free(exchange->answer.etag);
		exchange->answer.etag = etag;
	}
	guint64 number = 0;
	if (offset != NULL && g_ascii_string_to_unsigned(offset, 10, 0, INT64_MAX, &number, NULL))
		exchange->answer.upload_offset = (int64_t)number;
	return size;
}

static void add_header(struct exchange *exchange, const char *name, const char *value)
{
	g_autofree char *line = g_strdup_printf("%s: %s", name, value);
	/* A line feed in a value would begin a header of its own. */
	if (strpbrk(line, "\r\n") == NULL)
		exchange->headers = curl_slist_append(exchange->headers, line);
}

static void add_headers(struct exchange *exchange, const struct http_request *request)
{
	exchange->headers = curl_slist_append(NULL, "Expect:");
	add_header(exchange, "Accept", "application/json, application/problem+json");
	if (request->token != NULL && request->token[0] != '\0') {
		g_autofree char *bearer = g_strconcat("Bearer ", request->token, NULL);
		add_header(exchange, "Authorization", bearer);
	}
	if (request->bytes != NULL)
		add_header(exchange, "Content-Type",
			request->type == NULL ? "application/json" : request->type);
	if (request->if_match != NULL)
		add_header(exchange, "If-Match", request->if_match);
	if (request->if_none_match != NULL)
		add_header(exchange, "If-None-Match", request->if_none_match);
	if (request->range != NULL)
		add_header(exchange, "Range", request->range);
	if (request->digest != NULL)
		add_header(exchange, "Digest", request->digest);
	if (request->upload_offset >= 0) {
		g_autofree char *text = g_strdup_printf("%" PRId64, request->upload_offset);
		add_header(exchange, "Upload-Offset", text);
	}
	if (request->upload_length >= 0) {
		g_autofree char *text = g_strdup_printf("%" PRId64, request->upload_length);
		add_header(exchange, "Upload-Length", text);
	}
	curl_easy_setopt(exchange->easy, CURLOPT_HTTPHEADER, exchange->headers);
}

static void set_limits(CURL *easy, const struct http_request *request)
{
	long seconds = request->most_seconds > 0 ? (long)request->most_seconds : 60L;
	long quiet = request->quiet_seconds > 0 ? (long)request->quiet_seconds : 10L;
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, seconds);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, quiet);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)HTTP_MOST_ANSWER);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "yichuang/" YICHUANG_VERSION);
	if (request->ca != NULL && request->ca[0] != '\0')
		curl_easy_setopt(easy, CURLOPT_CAINFO, request->ca);
}

static void set_body(struct exchange *exchange, const struct http_request *request)
{
	CURL *easy = exchange->easy;
	if (strcmp(request->method, "HEAD") == 0)
		curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
	if (request->bytes != NULL) {
		exchange->body = g_memdup2(request->bytes, request->size);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->size);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
			exchange->body == NULL ? "" : (const char *)exchange->body);
	}
	curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
}

static struct exchange *exchange_new(const struct http_request *request)
{
	struct exchange *exchange = g_new0(struct exchange, 1);
	exchange->easy = curl_easy_init();
	if (exchange->easy == NULL)
		g_error("curl has no memory");
	exchange->bytes = g_string_new(NULL);
	exchange->answer.upload_offset = -1;
	curl_easy_setopt(exchange->easy, CURLOPT_URL, request->url);
	curl_easy_setopt(exchange->easy, CURLOPT_PRIVATE, exchange);
	curl_easy_setopt(exchange->easy, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(exchange->easy, CURLOPT_WRITEDATA, exchange);
	curl_easy_setopt(exchange->easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(exchange->easy, CURLOPT_HEADERDATA, exchange);
	set_limits(exchange->easy, request);
	set_body(exchange, request);
	add_headers(exchange, request);
	return exchange;
}

/* Fills the answer from what curl says at the end. */
static void conclude(struct exchange *exchange, CURLcode code)
{
	struct http_answer *answer = &exchange->answer;
	curl_off_t sent = 0;
	double connect = 0;
	curl_easy_getinfo(exchange->easy, CURLINFO_CONNECT_TIME, &connect);
	curl_easy_getinfo(exchange->easy, CURLINFO_SIZE_UPLOAD_T, &sent);
	long tls = 0;
	curl_easy_getinfo(exchange->easy, CURLINFO_SSL_VERIFYRESULT, &tls);
	answer->connected =
		code != CURLE_COULDNT_CONNECT && code != CURLE_COULDNT_RESOLVE_HOST &&
		code != CURLE_SSL_CONNECT_ERROR && code != CURLE_PEER_FAILED_VERIFICATION &&
		code != CURLE_SSL_CACERT_BADFILE && tls == 0 && (connect > 0 || sent > 0);
	if (code == CURLE_OK)
		curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &answer->status);
	else
		answer->trouble = text_clean(curl_easy_strerror(code), false);
	answer->size = exchange->bytes->len;
	answer->bytes = g_memdup2(exchange->bytes->str, exchange->bytes->len + 1);
}

/* ---- curl on the main loop ---- */

static gboolean sweep(void *data)
{
	struct http *http = data;
	http->sweep = 0;
	CURLMsg *message = NULL;
	int left = 0;
	while ((message = curl_multi_info_read(http->multi, &left)) != NULL) {
		if (message->msg != CURLMSG_DONE)
			continue;
		struct exchange *exchange = NULL;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&exchange);
		conclude(exchange, message->data.result);
		g_hash_table_steal(http->exchanges, &exchange->number);
		exchange->done(exchange->data, &exchange->answer);
		exchange_free(exchange);
	}
	return G_SOURCE_REMOVE;
}

static void act(struct http *http, curl_socket_t socket, int what)
{
	int running = 0;
	curl_multi_socket_action(http->multi, socket, what, &running);
	if (http->sweep == 0)
		http->sweep = g_idle_add_full(G_PRIORITY_DEFAULT, sweep, http, NULL);
}

static gboolean socket_ready(int socket, GIOCondition condition, void *data)
{
	int what = (condition & (G_IO_IN | G_IO_HUP) ? CURL_CSELECT_IN : 0) |
		   (condition & G_IO_OUT ? CURL_CSELECT_OUT : 0) |
		   (condition & (G_IO_ERR | G_IO_NVAL) ? CURL_CSELECT_ERR : 0);
	act(data, socket, what);
	return G_SOURCE_CONTINUE;
}

static int watch_socket(CURL *easy, curl_socket_t socket, int what, void *data, void *source)
{
	struct http *http = data;
	if (source != NULL)
		g_source_remove(GPOINTER_TO_UINT(source));
	guint added = 0;
	if (what != CURL_POLL_REMOVE)
		added = g_unix_fd_add(socket,
			(GIOCondition)((what & CURL_POLL_IN ? G_IO_IN : 0) |
				       (what & CURL_POLL_OUT ? G_IO_OUT : 0) | G_IO_HUP | G_IO_ERR),
			socket_ready, http);
	curl_multi_assign(http->multi, socket, GUINT_TO_POINTER(added));
	return 0;
}

static gboolean time_over(void *data)
{
	struct http *http = data;
	http->timer = 0;
	act(http, CURL_SOCKET_TIMEOUT, 0);
	return G_SOURCE_REMOVE;
}

static int watch_time(CURLM *multi, long ms, void *data)
{
	struct http *http = data;
	if (http->timer != 0)
		g_source_remove(http->timer);
	http->timer = ms < 0 ? 0 : g_timeout_add((guint)ms, time_over, http);
	return 0;
}

struct http *http_new(GError **error)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		err_set(error, ERR_CODE_INTERNAL, NULL);
		return NULL;
	}
	struct http *http = g_new0(struct http, 1);
	http->multi = curl_multi_init();
	http->exchanges = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, exchange_free);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, watch_time);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, 8L);
	return http;
}

void http_free(struct http *http)
{
	if (http == NULL)
		return;
	g_hash_table_unref(http->exchanges);
	curl_multi_cleanup(http->multi);
	if (http->timer != 0)
		g_source_remove(http->timer);
	if (http->sweep != 0)
		g_source_remove(http->sweep);
	g_free(http);
	curl_global_cleanup();
}

uint64_t http_send(
	struct http *http, const struct http_request *request, http_done *done, void *data)
{
	struct exchange *exchange = exchange_new(request);
	exchange->http = http;
	exchange->number = ++http->last_number;
	exchange->done = done;
	exchange->data = data;
	g_hash_table_insert(http->exchanges, &exchange->number, exchange);
	curl_multi_add_handle(http->multi, exchange->easy);
	return exchange->number;
}

void http_cancel(struct http *http, uint64_t number)
{
	g_hash_table_remove(http->exchanges, &number);
}

bool http_ask(const struct http_request *request, struct http_answer *ret_answer, GError **error)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(error, ERR_CODE_INTERNAL, NULL);
	struct exchange *exchange = exchange_new(request);
	conclude(exchange, curl_easy_perform(exchange->easy));
	bool good = exchange->answer.status != 0;
	if (good) {
		*ret_answer = exchange->answer;
		exchange->answer = (struct http_answer){.upload_offset = -1};
	} else {
		err_set_next(error, ERR_CODE_UNAVAILABLE, err_sentence(ERR_CODE_UNAVAILABLE),
			"请检查网络与地址后再试一次");
	}
	exchange_free(exchange);
	curl_global_cleanup();
	return good;
}
