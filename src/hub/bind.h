/*
 * Checked readers: an array of rows says what a JSON object must hold, and where it goes. No
 * handler picks members by hand.
 */
#ifndef HUB_BIND_H
#define HUB_BIND_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>
#include "base/json.h"

enum bind_kind {
	BIND_KIND_END,
	BIND_KIND_TEXT,	   /* const char *, borrowed; most bytes */
	BIND_KIND_ID,	   /* const char *: 32 lower-case hex digits */
	BIND_KIND_DIGEST,  /* const char *: "sm3:…" */
	BIND_KIND_TIME,	   /* int64_t: RFC 3339 → UTC ms */
	BIND_KIND_INTEGER, /* int64_t between least and most */
	BIND_KIND_FLAG,	   /* int: 0, 1; left alone when absent */
	BIND_KIND_OBJECT,  /* json_t *, borrowed */
	BIND_KIND_ARRAY,   /* json_t *, borrowed; at most `most` members */
};

struct bind {
	enum bind_kind kind;
	const char *key;
	void *target; /* left alone when the member is absent or null */
	bool needed;  /* must be there; a text must not be empty */
	int64_t least;
	int64_t most;
};

#define BIND_TEXT(key, target, most_)                                                              \
	{                                                                                          \
		BIND_KIND_TEXT, key, target, false, 0, most_                                       \
	}
#define BIND_NEED_TEXT(key, target, most_)                                                         \
	{                                                                                          \
		BIND_KIND_TEXT, key, target, true, 0, most_                                        \
	}
#define BIND_NEED_ID(key, target)                                                                  \
	{                                                                                          \
		BIND_KIND_ID, key, target, true, 0, 0                                              \
	}
#define BIND_DIGEST(key, target)                                                                   \
	{                                                                                          \
		BIND_KIND_DIGEST, key, target, false, 0, 0                                         \
	}
#define BIND_NEED_DIGEST(key, target)                                                              \
	{                                                                                          \
		BIND_KIND_DIGEST, key, target, true, 0, 0                                          \
	}
#define BIND_TIME(key, target)                                                                     \
	{                                                                                          \
		BIND_KIND_TIME, key, target, false, 0, 0                                           \
	}
#define BIND_NEED_TIME(key, target)                                                                \
	{                                                                                          \
		BIND_KIND_TIME, key, target, true, 0, 0                                            \
	}
#define BIND_INTEGER(key, target, least_, most_)                                                   \
	{                                                                                          \
		BIND_KIND_INTEGER, key, target, false, least_, most_                               \
	}
#define BIND_NEED_INTEGER(key, target, least_, most_)                                              \
	{                                                                                          \
		BIND_KIND_INTEGER, key, target, true, least_, most_                                \
	}
#define BIND_FLAG(key, target)                                                                     \
	{                                                                                          \
		BIND_KIND_FLAG, key, target, false, 0, 0                                           \
	}
#define BIND_OBJECT(key, target)                                                                   \
	{                                                                                          \
		BIND_KIND_OBJECT, key, target, false, 0, 0                                         \
	}
#define BIND_NEED_OBJECT(key, target)                                                              \
	{                                                                                          \
		BIND_KIND_OBJECT, key, target, true, 0, 0                                          \
	}
#define BIND_ARRAY(key, target, most_)                                                             \
	{                                                                                          \
		BIND_KIND_ARRAY, key, target, false, 0, most_                                      \
	}
#define BIND_NEED_ARRAY(key, target, most_)                                                        \
	{                                                                                          \
		BIND_KIND_ARRAY, key, target, true, 0, most_                                       \
	}
#define BIND_END                                                                                   \
	{                                                                                          \
		BIND_KIND_END, NULL, NULL, false, 0, 0                                             \
	}

/*
 * Reads the members; unknown ones are left alone. ERR_CODE_INVALID names the member and what it
 * must be; where ("facts[3]", NULL none) says which object it is of.
 */
bool bind_object(const json_t *object, const char *where, const struct bind *binds, GError **error);

/* True for 32 lower-case hex digits. */
bool bind_is_id(const char *text);

#endif
