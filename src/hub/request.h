/*
 * A request as a handler sees it, and the reply it gives. Handlers never touch HTTP's library:
 * http.c fills the one and sends the other.
 */
#ifndef HUB_REQUEST_H
#define HUB_REQUEST_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>
#include "base/autoptr.h"
#include "base/json.h"
#include "store/store.h"

#define REQUEST_MOST_PARTS 3

enum caller_kind {
	CALLER_ANYONE = 1 << 0,
	CALLER_WINDOW = 1 << 1,	    /* a home's token for one of its windows */
	CALLER_DEPARTMENT = 1 << 2, /* a department's system or reviewer */
	CALLER_BUREAU = 1 << 3,	    /* 数据局 */
};

/* Who speaks; members that a kind does not have are "". */
struct caller {
	enum caller_kind kind;
	char store[2 * STORE_ID_SIZE + 1];
	char hall[5];
	char window[3];
	char department[65];
};

struct request;

struct reply {
	int status;	  /* 0: none yet */
	const char *type; /* static media type */
	GBytes *body;	  /* NULL none */
	char *etag;
	int64_t upload_offset; /* -1: no such header */
	int64_t upload_length;
	char *digest;	      /* "sm3:…" of the whole that the body is or is a piece of */
	int64_t piece_offset; /* of a 206, in the whole */
	int64_t piece_whole;  /* size of the whole; -1: the body is no piece */
	const char *allow;    /* methods of a 405, g_intern_string */
	json_t *problem;      /* members to add when the handler fails, owned */
	bool keep;	      /* what was written is committed although the status is an error */
	bool wait; /* nothing to say yet: ask the handler again on news or at the deadline */
	/*
	 * What takes long and needs no store: run on a thread of its own while others are served,
	 * then the handler is asked again with request->checked. NULL none.
	 */
	bool (*check)(struct request *request, GError **error);
};

struct route;

struct request {
	const struct route *route;	 /* NULL: no such address */
	char *parts[REQUEST_MOST_PARTS]; /* what stood for the {…} of the pattern, in order */
	GHashTable *query;		 /* char * → char * */
	char *authorization, *content_type, *if_match, *upload_offset, *upload_length;
	char *if_none_match, *digest, *range;
	GByteArray *body;
	struct caller caller;
	struct reply reply;
	int64_t deadline_ms; /* monotonic; of a long poll. 0: not waiting */
	char *lane;	     /* of a long poll: whose news it waits for (g_free) */
	int64_t begun_ms;    /* monotonic */
	bool checked;	     /* reply.check has run … */
	GError *fault;	     /* … and found this; NULL all is well */
	json_t *findings;    /* what it found out, owned; NULL nothing */
	void (*done)(
		struct request *request); /* called on the worker's thread when reply is there */
	void *owner;			  /* of whoever set done */
};

/* An empty request of nobody. */
struct request *request_new(void);

/* Frees it with its reply. */
void request_free(struct request *request);
AUTOPTR(request, request_free)

/* A member of the query, borrowed, or the fallback; as a number: false when it is there and no
 * number. */
const char *request_query(const struct request *request, const char *key, const char *fallback);
bool request_query_number(const struct request *request, const char *key, int64_t fallback,
	int64_t *ret_number, GError **error);

/* Parses the body, which must be one JSON object; a new reference or NULL with ERR_CODE_JSON. */
json_t *request_json(const struct request *request, GError **error);

/* ---- replies; headers that stood there stay, but for reply_clear ---- */

/* As a reply that nobody has given yet. */
void reply_clear(struct reply *reply);

/* Takes the reference of value. */
void reply_json(struct reply *reply, int status, json_t *value);
void reply_bytes(struct reply *reply, int status, const char *type, GBytes *bytes);
void reply_empty(struct reply *reply, int status);

/*
 * A problem document (RFC 9457) of an error of ours, with reply->problem's members; any other error
 * becomes ERR_CODE_INTERNAL.
 */
void reply_error(struct reply *reply, const GError *error);

#endif
