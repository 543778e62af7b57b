/* What a reviewer's act says, composed from the words of the command and a file. Pure. */
#ifndef AGENT_REVIEW_DOCUMENT_H
#define AGENT_REVIEW_DOCUMENT_H

#include <stdint.h>
#include <glib.h>
#include "base/json.h"

struct review_act {
	const char *id; /* 32 hex digits: the same id with the same words is one act */
	const char *bundle;
	const char *kind;
	int64_t item;	/* -1 the whole bundle */
	int64_t expect; /* -1 not said */
	int64_t days;	/* 0 none */
	const char *at; /* RFC 3339 */
	const char *by;
	/* NULL none: */
	const char *outcome, *reason, *remedies, *number, *until;
	char **sentences;
};

/*
 * The document of an update. file (NULL none) is one of: the members of an update; a result alone
 * (it has a "title"); what departments answer to a demo application
 * ({"decisions":[{"item","outcome","result"}]}), from which the item's is taken. The words of the
 * command go before the file. NULL with INVALID when the file has nothing for the item.
 */
json_t *review_document(const struct review_act *act, const json_t *file, GError **error);

#endif
