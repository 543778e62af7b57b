/* The table of addresses: one row says method, pattern, who may, how much, and who answers. */
#ifndef HUB_ROUTE_H
#define HUB_ROUTE_H

#include "hub/hub.h"

enum route_body {
	ROUTE_BODY_NONE,
	ROUTE_BODY_JSON,
	ROUTE_BODY_BYTES, /* any media type */
};

struct route {
	const char *method;
	const char *pattern; /* "/v1/bundles/{bundle}" */
	unsigned callers;    /* enum caller_kind */
	enum route_body body;
	size_t most_bytes;
	hub_handler *handler;
};

extern const struct route routes[];
extern const size_t route_count;

/*
 * Sets request->route and request->parts. NOT_FOUND; METHOD with reply.allow set. A HEAD without a
 * row of its own is answered as GET.
 */
bool route_find(struct request *request, const char *method, const char *path, GError **error);

#endif
