/*
 * HTTP, the only user of curl. Requests run on the default GLib main loop and never block it; every
 * answer is bounded in size and time. TLS certificates are always verified, redirects are not
 * followed, nothing but http and https is spoken.
 */
#ifndef SYNC_HTTP_H
#define SYNC_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <glib.h>

#include "base/autoptr.h"

#define HTTP_MOST_ANSWER (16u << 20)

struct http_request {
	const char *method; /* GET PUT POST PATCH HEAD */
	const char *url;    /* whole */
	const char *token;  /* bearer token; NULL or "" none */
	const char *ca;	    /* file of the trusted certificates; NULL or "" the system's */
	const char *type;   /* Content-Type; NULL: application/json */
	const void *bytes;  /* body, copied; NULL none */
	size_t size;
	const char *if_match;	   /* NULL none */
	const char *if_none_match; /* NULL none */
	const char *range;	   /* "bytes=0-99"; NULL none */
	const char *digest;	   /* "sm3:…" of the body; NULL none */
	int64_t upload_offset;	   /* -1 none */
	int64_t upload_length;	   /* -1 none */
	int64_t most_seconds;	   /* for the whole exchange; 0: 60 */
	int64_t quiet_seconds;	   /* without a byte either way; 0: 10 */
};

struct http_answer {
	long status;	/* 0: no whole answer */
	bool connected; /* a connection stood, so somebody is there */
	char *trouble;	/* curl's words when status is 0, cleaned; for logs */
	char *bytes;	/* zero-terminated */
	size_t size;
	char *etag;	       /* NULL none */
	int64_t upload_offset; /* -1 none */
};
void http_answer_clear(struct http_answer *answer);

struct http;

/* One set of connections. NULL with INTERNAL when curl cannot begin. */
struct http *http_new(GError **error);

/* Cancels what is under way. */
void http_free(struct http *http);
AUTOPTR(http, http_free)

/* Called once, from the main loop; the answer is borrowed. */
typedef void http_done(void *data, const struct http_answer *answer);

/* Begins a request; its number for http_cancel. done is always called later, never from within. */
uint64_t http_send(
	struct http *http, const struct http_request *request, http_done *done, void *data);

/* Ends it without an answer; an unknown number is fine. */
void http_cancel(struct http *http, uint64_t number);

/*
 * One request, waiting for its answer (a reviewer's command). ERR_CODE_UNAVAILABLE when no answer
 * came; any status is an answer (http_answer_clear).
 */
bool http_ask(const struct http_request *request, struct http_answer *ret_answer, GError **error);

/* Escapes one segment of a path or a value of a query, g_free. */
char *http_escape(const char *text);

#endif
