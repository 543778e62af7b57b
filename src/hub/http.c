#include "hub/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "hub/gate.h"
#include "hub/route.h"

#define MOST_CONNECTIONS 2000
#define IDLE_SECONDS 60
#define THREADS 2

/* What all requests together may keep in memory, and what a refused one may still send before it is
 * cut. */
#define MOST_BODY_BYTES ((gssize)256 << 20)
#define MOST_SWALLOWED ((size_t)1 << 20)
#define FLUSH_MS 2000

struct http {
	struct MHD_Daemon *daemon;
	struct gate *gate;
	struct work *work;
	bool verbose;
	int socket;
	int port;
	gint stopping;
	gint active;	   /* exchanges not yet completed */
	gssize body_bytes; /* held by requests */
	char *cert, *key;
};

/* One request and its connection. */
struct exchange {
	struct http *http;
	struct MHD_Connection *connection;
	struct request *request;
	bool refused; /* the reply is there already; the body is swallowed */
	bool pushed;
	size_t swallowed;
	gssize reserved;
};

static void exchange_free(struct exchange *exchange)
{
	g_atomic_pointer_add(&exchange->http->body_bytes, -exchange->reserved);
	request_free(exchange->request);
	g_free(exchange);
}

static void answer_done(struct request *request)
{
	struct exchange *exchange = request->owner;
	MHD_resume_connection(exchange->connection);
}

/* ---- reading ---- */

static char *header(struct MHD_Connection *connection, const char *name)
{
	const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
	if (value == NULL || strlen(value) > 1000 || !g_utf8_validate(value, -1, NULL))
		return NULL;
	return g_strdup(value);
}

static enum MHD_Result add_query(
	void *data, enum MHD_ValueKind kind, const char *key, const char *value)
{
	GHashTable *query = data;
	if (value == NULL || g_hash_table_size(query) >= 16 || !g_utf8_validate(key, -1, NULL) ||
		!g_utf8_validate(value, -1, NULL))
		return MHD_YES;
	g_hash_table_replace(query, g_strdup(key), g_strdup(value));
	return MHD_YES;
}

static int64_t content_length(struct MHD_Connection *connection)
{
	g_autofree char *text = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
	return text != NULL ? g_ascii_strtoll(text, NULL, 10) : -1;
}

static struct exchange *begin(
	struct http *http, struct MHD_Connection *connection, const char *method, const char *path)
{
	struct exchange *exchange = g_new0(struct exchange, 1);
	exchange->http = http;
	exchange->connection = connection;
	struct request *request = exchange->request = request_new();
	request->owner = exchange;
	request->done = answer_done;
	request->begun_ms = clock_monotonic_ms();
	request->authorization = header(connection, MHD_HTTP_HEADER_AUTHORIZATION);
	request->content_type = header(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
	request->if_match = header(connection, MHD_HTTP_HEADER_IF_MATCH);
	request->upload_offset = header(connection, "Upload-Offset");
	request->upload_length = header(connection, "Upload-Length");
	request->if_none_match = header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
	request->digest = header(connection, "Digest");
	request->range = header(connection, MHD_HTTP_HEADER_RANGE);
	MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_query, request->query);
	exchange->refused =
		!gate_admit(http->gate, request, method, path, content_length(connection));
	g_atomic_int_inc(&http->active);
	return exchange;
}

static void refuse(struct exchange *exchange, enum err_code code)
{
	g_autoptr(GError) error = NULL;
	err_set(&error, code, NULL);
	reply_error(&exchange->request->reply, error);
	exchange->refused = true;
	g_byte_array_set_size(exchange->request->body, 0);
}

/* Keeps a piece of the body within the route's and everybody's limit. False: cut the connection. */
static bool take_body(struct exchange *exchange, const char *data, size_t size)
{
	struct http *http = exchange->http;
	GByteArray *body = exchange->request->body;
	if (!exchange->refused && body->len + size > exchange->request->route->most_bytes)
		refuse(exchange, ERR_CODE_TOO_LARGE);
	if (!exchange->refused) {
		gssize held = g_atomic_pointer_add(&http->body_bytes, (gssize)size);
		exchange->reserved += (gssize)size;
		if (held + (gssize)size > MOST_BODY_BYTES)
			refuse(exchange, ERR_CODE_UNAVAILABLE);
	}
	if (!exchange->refused) {
		g_byte_array_append(body, (const guint8 *)data, (guint)size);
		return true;
	}
	exchange->swallowed += size;
	return exchange->swallowed <= MOST_SWALLOWED;
}

/* ---- answering ---- */

static void release_bytes(void *bytes)
{
	g_bytes_unref(bytes);
}

static struct MHD_Response *response_of(const struct reply *reply)
{
	gsize size = 0;
	const void *data = reply->body != NULL ? g_bytes_get_data(reply->body, &size) : NULL;
	if (size == 0)
		return MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
	return MHD_create_response_from_buffer_with_free_callback_cls(
		size, (void *)data, release_bytes, g_bytes_ref(reply->body));
}

static void add_number(struct MHD_Response *response, const char *name, int64_t number)
{
	char text[32];
	g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, (gint64)number);
	if (number >= 0)
		MHD_add_response_header(response, name, text);
}

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
	if (value != NULL)
		MHD_add_response_header(response, name, value);
}

static void add_piece(struct MHD_Response *response, const struct reply *reply)
{
	if (reply->piece_whole < 0 || reply->body == NULL)
		return;
	gint64 first = reply->piece_offset;
	gint64 last = first + (gint64)g_bytes_get_size(reply->body) - 1;
	g_autofree char *text =
		g_strdup_printf("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
			first, last, (gint64)reply->piece_whole);
	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_RANGE, text);
}

/* A page of ours runs nothing and loads nothing, and is found by no search engine. */
static void add_page_headers(struct MHD_Response *response)
{
	add_header(response, "Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri "
		"'none'; "
		"frame-ancestors 'none'");
	add_header(response, "X-Robots-Tag", "noindex, nofollow");
	add_header(response, "Referrer-Policy", "no-referrer");
}

static enum MHD_Result answer(struct exchange *exchange)
{
	const struct reply *reply = &exchange->request->reply;
	struct MHD_Response *response = response_of(reply);
	add_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
	add_header(response, MHD_HTTP_HEADER_ETAG, reply->etag);
	add_header(response, "Digest", reply->digest);
	add_piece(response, reply);
	add_header(response, MHD_HTTP_HEADER_ALLOW, reply->allow);
	add_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	add_header(response, "X-Content-Type-Options", "nosniff");
	if (reply->type != NULL && g_str_has_prefix(reply->type, "text/html"))
		add_page_headers(response);
	if (reply->status == MHD_HTTP_UNAUTHORIZED)
		add_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
	add_number(response, "Upload-Offset", reply->upload_offset);
	add_number(response, "Upload-Length", reply->upload_length);
	enum MHD_Result result =
		MHD_queue_response(exchange->connection, (unsigned)reply->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result push(struct exchange *exchange)
{
	exchange->pushed = true;
	if (g_atomic_int_get(&exchange->http->stopping)) {
		refuse(exchange, ERR_CODE_UNAVAILABLE);
		return answer(exchange);
	}
	/* Suspended first: the worker may be done before this function is. */
	MHD_suspend_connection(exchange->connection);
	if (!work_push(exchange->http->work, exchange->request)) {
		refuse(exchange, ERR_CODE_UNAVAILABLE);
		MHD_resume_connection(exchange->connection);
	}
	return MHD_YES;
}

/* microhttpd calls this when the headers are there, for each piece of the body, at its end, and
 * when the worker has answered. */
static enum MHD_Result on_request(void *data, struct MHD_Connection *connection, const char *path,
	const char *method, const char *version, const char *piece, size_t *size, void **slot)
{
	struct http *http = data;
	struct exchange *exchange = *slot;
	if (exchange == NULL) {
		*slot = exchange = begin(http, connection, method, path);
		bool wait = content_length(connection) <= (int64_t)MOST_SWALLOWED;
		return exchange->refused && !wait ? answer(exchange) : MHD_YES;
	}
	if (*size > 0) {
		bool good = take_body(exchange, piece, *size);
		*size = 0;
		return good ? MHD_YES : MHD_NO;
	}
	if (exchange->refused || exchange->request->reply.status != 0)
		return answer(exchange);
	return exchange->pushed ? MHD_YES : push(exchange);
}

/* No path: it may hold a token of somebody's page. */
static void log_request(const struct exchange *exchange)
{
	const struct request *request = exchange->request;
	const struct route *route = request->route;
	fprintf(stderr, "%s %s %d %" G_GSIZE_FORMAT " %" G_GINT64_FORMAT "ms\n",
		route != NULL ? route->method : "-", route != NULL ? route->pattern : "-",
		request->reply.status,
		request->reply.body != NULL ? g_bytes_get_size(request->reply.body) : 0,
		(gint64)(clock_monotonic_ms() - request->begun_ms));
}

static void on_completed(void *data, struct MHD_Connection *connection, void **slot,
	enum MHD_RequestTerminationCode code)
{
	struct http *http = data;
	struct exchange *exchange = *slot;
	if (exchange == NULL)
		return;
	if (http->verbose)
		log_request(exchange);
	exchange_free(exchange);
	*slot = NULL;
	g_atomic_int_add(&http->active, -1);
}

/* ---- listening ---- */

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static bool parse_address(
	const char *text, union address *ret_address, socklen_t *ret_size, GError **error)
{
	const char *colon = text != NULL ? strrchr(text, ':') : NULL;
	guint64 port = 0;
	if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 0, 65535, &port, NULL))
		return err_set(
			error, ERR_CODE_USAGE, "--listen 要写成 地址:端口，如 127.0.0.1:8080");
	g_autofree char *host = g_strndup(text, (gsize)(colon - text));
	size_t length = strlen(host);
	*ret_address = (union address){0};
	if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
		host[length - 1] = '\0';
		ret_address->v6.sin6_family = AF_INET6;
		ret_address->v6.sin6_port = htons((uint16_t)port);
		*ret_size = sizeof ret_address->v6;
		if (inet_pton(AF_INET6, host + 1, &ret_address->v6.sin6_addr) == 1)
			return true;
	} else {
		ret_address->v4.sin_family = AF_INET;
		ret_address->v4.sin_port = htons((uint16_t)port);
		*ret_size = sizeof ret_address->v4;
		if (inet_pton(AF_INET, host, &ret_address->v4.sin_addr) == 1)
			return true;
	}
	return err_set(error, ERR_CODE_USAGE, "--listen 的地址要是数字形式的 IP 地址");
}

static bool listen_at(struct http *http, const char *text, GError **error)
{
	union address address;
	socklen_t size = 0;
	if (!parse_address(text, &address, &size, error))
		return false;
	int one = 1;
	http->socket = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (http->socket < 0 ||
		setsockopt(http->socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
		bind(http->socket, &address.any, size) != 0 || listen(http->socket, 256) != 0 ||
		getsockname(http->socket, &address.any, &size) != 0)
		return err_set_next(
			error, ERR_CODE_IO, "地址不能监听", "请换一个端口，或停止占用它的程序");
	http->port = ntohs(
		address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
	return true;
}

static bool read_tls(struct http *http, const struct http_options *options, GError **error)
{
	if (options->tls_cert == NULL && options->tls_key == NULL)
		return true;
	if (options->tls_cert == NULL || options->tls_key == NULL)
		return err_set(error, ERR_CODE_USAGE, "--tls-cert 与 --tls-key 要一起给");
	if (g_file_get_contents(options->tls_cert, &http->cert, NULL, NULL) &&
		g_file_get_contents(options->tls_key, &http->key, NULL, NULL))
		return true;
	return err_set(error, ERR_CODE_IO, "证书或密钥文件读不到");
}

static void http_free(struct http *http)
{
	if (http->socket >= 0)
		close(http->socket);
	g_free(http->cert);
	g_free(http->key);
	g_free(http);
}
AUTOPTR(http, http_free)

static void on_log(void *data, const char *format, va_list arguments)
{
}

static struct MHD_Daemon *start_daemon(struct http *http)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
			 MHD_USE_ERROR_LOG | (http->cert != NULL ? MHD_USE_TLS : 0);
	const struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, http->cert},
		{MHD_OPTION_HTTPS_MEM_KEY, 0, http->key}, {MHD_OPTION_END, 0, NULL}};
	const struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, http, MHD_OPTION_EXTERNAL_LOGGER,
		on_log, NULL, MHD_OPTION_LISTEN_SOCKET, http->socket, MHD_OPTION_THREAD_POOL_SIZE,
		(unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_NOTIFY_COMPLETED,
		on_completed, http, MHD_OPTION_ARRAY, http->cert != NULL ? tls : plain,
		MHD_OPTION_END);
}

struct http *http_start(
	struct gate *gate, struct work *work, const struct http_options *options, GError **error)
{
	g_autoptr(http) http = g_new0(struct http, 1);
	http->gate = gate;
	http->work = work;
	http->verbose = options->verbose;
	http->socket = -1;
	if (!read_tls(http, options, error) || !listen_at(http, options->listen, error))
		return NULL;
	http->daemon = start_daemon(http);
	if (http->daemon == NULL) {
		err_set_next(error, ERR_CODE_IO, "不能开始服务", "请检查证书与密钥");
		return NULL;
	}
	return g_steal_pointer(&http);
}

int http_port(const struct http *http)
{
	return http->port;
}

void http_quiesce(struct http *http)
{
	g_atomic_int_set(&http->stopping, 1);
	MHD_quiesce_daemon(http->daemon);
}

void http_stop(struct http *http)
{
	for (int64_t until = clock_monotonic_ms() + FLUSH_MS;
		g_atomic_int_get(&http->active) > 0 && clock_monotonic_ms() < until;)
		g_usleep(2000);
	MHD_stop_daemon(http->daemon);
	http_free(http);
}
