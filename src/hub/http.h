/* HTTP over libmicrohttpd: the only file that knows it is http.c. */
#ifndef HUB_HTTP_H
#define HUB_HTTP_H

#include "hub/hub.h"
#include "hub/work.h"

struct http;

struct http_options {
	const char *listen;   /* "127.0.0.1:8080", "[::1]:0"; port 0: a free one */
	const char *tls_cert; /* PEM files, NULL: plain HTTP */
	const char *tls_key;
	bool verbose; /* a line a request on standard error, without personal data */
};

/* Listens. ERR_CODE_USAGE for a bad address, ERR_CODE_IO when it cannot. */
struct http *http_start(
	struct gate *gate, struct work *work, const struct http_options *options, GError **error);

/* The port it listens on. */
int http_port(const struct http *http);

/*
 * Takes no connection any more and refuses new requests (503). Then work_stop answers what is
 * there, and http_stop waits a moment until those answers have left, and ends.
 */
void http_quiesce(struct http *http);
void http_stop(struct http *http);

#endif
