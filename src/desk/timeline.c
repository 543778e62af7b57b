/* Facts as sentences (fact_kind.def). */
#include <string.h>

#include "base/text.h"
#include "desk/private.h"

struct telling {
	const char *kind;
	const char *sentence;
};

static const struct telling tellings[] = {
#define FACT(kind, sentence) {#kind, sentence},
#include "desk/fact_kind.def"
#undef FACT
};

const char *fact_telling(const char *kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tellings); i++)
		if (strcmp(tellings[i].kind, kind) == 0)
			return tellings[i].sentence;
	return NULL;
}

/* A text or number of the body, or of what a department wrote in it; g_free, "" nothing. */
static char *value_of(const json_t *body, const char *key)
{
	if (strcmp(key, "outcome_name") == 0) {
		const char *outcome = json_text(json_object_get(body, "after"), "outcome", "");
		return g_strdup(strcmp(outcome, "granted") == 0	 ? "同意"
				: strcmp(outcome, "denied") == 0 ? "不同意"
								 : "");
	}
	const json_t *value = json_object_get(body, key);
	if (json_is_integer(value))
		return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return text_clean(json_is_string(value) ? json_string_value(value) : "", false);
}

/* Appends a piece with its {keys} filled; *ret_whole is false when one was empty. */
static void fill(GString *out, const char *piece, size_t size, const json_t *body, bool *ret_whole)
{
	for (const char *at = piece, *end = piece + size; at < end;) {
		const char *close = *at == '{' ? memchr(at, '}', (size_t)(end - at)) : NULL;
		if (close == NULL) {
			g_string_append_c(out, *at++);
			continue;
		}
		g_autofree char *key = g_strndup(at + 1, (gsize)(close - at - 1));
		g_autofree char *value = value_of(body, key);
		*ret_whole = *ret_whole && *value != '\0';
		g_string_append(out, value);
		at = close + 1;
	}
}

char *fact_sentence(const char *kind, const json_t *body)
{
	const char *at = fact_telling(kind);
	GString *out = g_string_new(NULL);
	if (at == NULL)
		at = kind; /* a kind of a newer program */
	while (*at != '\0') {
		bool whole = true;
		if (*at != '[') {
			size_t size = strcspn(at, "[");
			fill(out, at, size, body, &whole);
			at += size;
			continue;
		}
		size_t size = strcspn(at, "]");
		g_autoptr(GString) part = g_string_new(NULL);
		fill(part, at + 1, size - 1, body, &whole);
		if (whole)
			g_string_append(out, part->str);
		at += size + (at[size] != '\0');
	}
	return g_string_free(out, FALSE);
}

static void event_free(void *data)
{
	struct case_event *event = data;
	g_free(event->kind);
	g_free(event->sentence);
	g_free(event->actor);
	g_free(event->authority);
	g_free(event);
}

static struct case_event *event_new(
	const char *kind, const char *actor, const char *authority, GBytes *bytes)
{
	gsize size = 0;
	const char *text = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;
	g_autoptr(json_t) body = text != NULL ? json_read(text, size, "经过", NULL) : NULL;
	struct case_event *event = g_new0(struct case_event, 1);
	event->kind = g_strdup(kind);
	event->sentence =
		bytes != NULL ? fact_sentence(kind, body) : g_strdup("（内容已依规定销毁）");
	event->actor = g_strdup(actor);
	event->authority = g_strdup(authority_words(authority));
	event->relayed = g_str_has_prefix(kind, "relayed_");
	return event;
}

/* ---- facts of other stores ---- */

struct foreign_row {
	char *store;
	int64_t seq;
	char *kind;
	int64_t item;
	int64_t time_ms;
	int64_t happened_ms;
	char *actor;
	char *window;
	char *authority;
	char *source;
	GBytes *body;
};

static const struct store_column foreign_columns[] = {
	STORE_COLUMN(TEXT, struct foreign_row, store),
	STORE_COLUMN(INTEGER, struct foreign_row, seq),
	STORE_COLUMN(TEXT, struct foreign_row, kind),
	STORE_COLUMN(INTEGER, struct foreign_row, item),
	STORE_COLUMN(INTEGER, struct foreign_row, time_ms),
	STORE_COLUMN(INTEGER, struct foreign_row, happened_ms),
	STORE_COLUMN(TEXT, struct foreign_row, actor),
	STORE_COLUMN(TEXT, struct foreign_row, window),
	STORE_COLUMN(TEXT, struct foreign_row, authority),
	STORE_COLUMN(TEXT, struct foreign_row, source),
	STORE_COLUMN(BLOB, struct foreign_row, body),
	STORE_COLUMNS_END,
};
static const struct store_shape foreign_shape = {sizeof(struct foreign_row), foreign_columns};

static void add_foreign(GPtrArray *events, const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		const struct foreign_row *row = rows->pdata[i];
		struct case_event *event =
			event_new(row->kind, row->actor, row->authority, row->body);
		event->seq = row->seq;
		event->time_ms = row->happened_ms != 0 ? row->happened_ms : row->time_ms;
		event->item = (int)row->item;
		g_ptr_array_add(events, event);
	}
}

GPtrArray *desk_case_timeline(struct desk *desk, const char *case_id, GError **error)
{
	if (!desk_may(desk, DESK_ACT_READ, error))
		return NULL;
	g_autoptr(GPtrArray) facts = journal_of_case(desk->store, case_id, error);
	g_autoptr(GPtrArray) foreign =
		facts == NULL ? NULL
			      : store_rows(desk->store, STATEMENT_FOREIGN_FACT_ALL,
					STORE_VALUES(STORE_TEXT("case_id", case_id)),
					&foreign_shape, error);
	if (foreign == NULL)
		return NULL;
	GPtrArray *events = g_ptr_array_new_with_free_func(event_free);
	add_foreign(events, foreign);
	for (guint i = 0; i < facts->len; i++) {
		const struct journal_row *row = facts->pdata[i];
		struct case_event *event =
			event_new(row->kind, row->actor, row->authority, row->body);
		event->seq = row->seq;
		event->time_ms = row->happened_ms != 0 ? row->happened_ms : row->time_ms;
		event->item = (int)row->item;
		g_ptr_array_add(events, event);
	}
	return events;
}
