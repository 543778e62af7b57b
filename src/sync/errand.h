/*
 * One errand of the courier: the requests one task takes. Most take one; an image may take several
 * pieces, custody asks, takes and reads. Inside src/sync/ only.
 */
#ifndef SYNC_ERRAND_H
#define SYNC_ERRAND_H

#include "sync/courier.h"
#include "sync/holds.h"
#include "sync/http.h"
#include "sync/outbox.h"
#include "sync/wire.h"

/* What every errand of a courier shares; borrowed. */
struct errand_office {
	struct store *store;
	struct http *http;
	const struct sync_config *config;
	const struct courier_ports *ports;
	struct supply_memo *memo;
};

struct supply_work;

struct errand {
	const struct errand_office *office;
	struct sync_command command; /* strings are the errand's own */
	int leg;
	uint64_t number; /* of the request under way, 0 none */
	GBytes *bytes;	 /* of the image, or of the request for custody */
	int64_t offset;
	int conflicts; /* how often the hub stood elsewhere */
	char *etag;
	struct hold hold; /* what the hub is told */
	struct supply_work *supply;
	void (*done)(void *data, struct errand *errand, const struct sync_answer *answer);
	void *data;
};

/* Begins; done is called once, perhaps before this returns. */
void errand_begin(struct errand *errand);

/* Ends the request under way and frees. */
void errand_free(struct errand *errand);

/* ---- used by the files of errands ---- */

/* Ends the errand with an outcome and its sentence (NULL when done). */
void errand_end(struct errand *errand, enum sync_outcome outcome, const char *reason);
void errand_end_error(struct errand *errand, const GError *error);
void errand_garbage(struct errand *errand);

/* True when the home itself failed, so that the same may do well later. */
bool errand_is_own_failure(const GError *error);

/* Sends a request to a path of the hub with the home's token, unless it names another; the
 * answer comes to errand_answered. */
void errand_send(struct errand *errand, struct http_request *request, const char *path);

/* errand_blob.c, errand_custody.c, errand_line.c: begin, and go on with an answer. */
void errand_blob(struct errand *errand);
void errand_blob_answered(struct errand *errand, const struct http_answer *answer);
void errand_hold(struct errand *errand);
void errand_hold_told(struct errand *errand);
void errand_custody(struct errand *errand);
void errand_custody_answered(
	struct errand *errand, const struct http_answer *answer, const json_t *body);
void errand_line(struct errand *errand);
void errand_line_answered(struct errand *errand, const json_t *body);

#endif
