/* Another window's case: asking for it, and replaying what the hub gives (DESIGN, custody). */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "desk/decision.h"

struct ask {
	struct desk *desk;
	const char *number;
};

static bool ask(struct store *store, void *data, GError **error)
{
	const struct ask *wanted = data;
	struct desk *desk = wanted->desk;
	if (!desk_may(desk, DESK_ACT_TAKE_OVER, error))
		return false;
	return message_send(desk, "", "custody", -1,
		       json_pack("{s:s,s:s}", "case", wanted->number, "window", desk->window->code),
		       error) &&
	       desk_fact_window(desk, "custody_asked", NULL, -1,
		       json_pack("{s:s}", "number", wanted->number), error);
}

bool desk_custody_ask(struct desk *desk, const char *number, GError **error)
{
	struct code_result code;
	if (!code_check(number, &code) || code.kind != CODE_KIND_CASE)
		return err_set(error, ERR_CODE_NUMBER_CHECK, "这不是办件号");
	if (*desk->hub == '\0')
		return err_set_next(error, ERR_CODE_UNAVAILABLE,
			"本机没有连接中心，不能接办别的窗口的办件", "请管理员先登记中心");
	struct ask wanted = {desk, code.value};
	return desk_write(desk, ask, &wanted, error);
}

/* ---- import ---- */

struct import {
	struct desk *desk;
	const json_t *document;
	char *case_id;
	bool known; /* the case stands here already: only what came later is replayed */
};

static int64_t time_of(const json_t *fact, const char *key)
{
	int64_t ms = 0;
	return civil_time_from_rfc3339(json_text(fact, key, ""), &ms) ? ms : 0;
}

static bool keep_foreign(struct import *import, const json_t *fact, GError **error)
{
	const char *body = json_text(fact, "body", NULL);
	const struct store_value none = STORE_NULL("body");
	const struct store_value some = STORE_BLOB("body", body, body != NULL ? strlen(body) : 0);
	return store_run(import->desk->store, STATEMENT_FOREIGN_FACT_PUT,
		STORE_VALUES(STORE_TEXT("store", json_text(fact, "store", "")),
			STORE_INTEGER("seq", json_integer_or(fact, "seq", 0)),
			STORE_TEXT("case_id", import->case_id),
			STORE_TEXT("kind", json_text(fact, "kind", "")),
			STORE_INTEGER("item", json_integer_or(fact, "item", -1)),
			STORE_INTEGER("time_ms", time_of(fact, "time")),
			STORE_INTEGER("happened_ms", time_of(fact, "happened")),
			STORE_TEXT("actor", json_text(fact, "actor", "")),
			STORE_TEXT("window", json_text(fact, "window", "")),
			STORE_TEXT("authority", json_text(fact, "authority", "")),
			STORE_TEXT("source", json_text(fact, "source", "")),
			body != NULL ? some : none),
		error);
}

static bool replay_parties(struct import *import, const json_t *body, GError **error)
{
	struct desk *desk = import->desk;
	const json_t *parties = json_object_get(body, "parties");
	for (size_t i = 0; i < json_array_size(parties); i++) {
		const json_t *party = json_array_get(parties, i);
		int64_t identity = 0;
		if (!identity_keep(desk, json_text(party, "document", "none"),
			    json_text(party, "number", ""), &identity, error))
			return false;
		const struct store_value none = STORE_NULL("identity");
		const struct store_value some = STORE_INTEGER("identity", identity);
		if (!store_run(desk->store, STATEMENT_PARTY_PUT,
			    STORE_VALUES(STORE_TEXT("case_id", import->case_id),
				    STORE_INTEGER("ordinal", (int64_t)i),
				    STORE_TEXT("role", json_text(party, "role", "applicant")),
				    STORE_TEXT("name", json_text(party, "name", "")),
				    STORE_TEXT("phone", json_text(party, "phone", "")),
				    identity != 0 ? some : none,
				    STORE_TEXT("missing_reason",
					    json_text(party, "missing_reason", ""))),
			    error))
			return false;
	}
	return party_index(desk, import->case_id, error);
}

static bool replay_answers(struct import *import, const json_t *body, GError **error)
{
	const char *question;
	json_t *option;
	json_object_foreach((json_t *)json_object_get(body, "answers"), question, option)
	{
		const char *text = json_string_value(option);
		if (!store_run(import->desk->store, STATEMENT_CASE_ANSWER_PUT,
			    STORE_VALUES(STORE_TEXT("case_id", import->case_id),
				    STORE_TEXT("question", question),
				    STORE_TEXT("option", text != NULL ? text : "")),
			    error))
			return false;
	}
	const json_t *left = json_object_get(body, "deselected");
	for (size_t i = 0; i < json_array_size(left); i++)
		if (!store_run(import->desk->store, STATEMENT_CASE_LEFT_PUT,
			    STORE_VALUES(STORE_TEXT("case_id", import->case_id),
				    STORE_INTEGER(
					    "item", json_integer_value(json_array_get(left, i)))),
			    error))
			return false;
	return true;
}

static bool replay_fields(struct import *import, const json_t *body,
	const struct definitions *definitions, GError **error)
{
	enum party_role role;
	enum party_member member;
	enum document_kind document;
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)json_object_get(body, "fields"), key, value)
	{
		const struct field *field = definitions_field(definitions, key);
		const char *text = json_string_value(value);
		if (field == NULL || text == NULL || party_of_field(key, &role, &member, &document))
			continue;
		if (!field_put(import->desk, import->case_id, field, text, "case", error))
			return false;
	}
	return true;
}

static bool replay_materials(struct import *import, const json_t *body, GError **error)
{
	const json_t *materials = json_object_get(body, "materials");
	for (size_t i = 0; i < json_array_size(materials); i++) {
		const json_t *at = json_array_get(materials, i);
		if (!store_run(import->desk->store, STATEMENT_CASE_MATERIAL_PUT,
			    STORE_VALUES(STORE_TEXT("case_id", import->case_id),
				    STORE_TEXT("material", json_text(at, "material", "")),
				    STORE_TEXT("status", json_text(at, "status", "missing")),
				    STORE_TEXT("how", json_text(at, "how", "")),
				    STORE_INTEGER("originals", json_integer_or(at, "originals", 0)),
				    STORE_INTEGER("copies", json_integer_or(at, "copies", 0)),
				    STORE_TEXT("label", json_text(at, "label", "")),
				    STORE_TEXT("note", json_text(at, "note", "")),
				    STORE_TEXT("promise_due", json_text(at, "promise_due", "")),
				    STORE_TEXT(
					    "certificate_no", json_text(at, "certificate_no", "")),
				    STORE_TEXT("digest", json_text(at, "digest", "")),
				    STORE_INTEGER("at_ms", json_integer_or(at, "at_ms", 0)),
				    STORE_TEXT("by", json_text(at, "by", ""))),
			    error))
			return false;
	}
	return true;
}

static bool replay_items(struct import *import, const json_t *items, GError **error)
{
	for (size_t i = 0; i < json_array_size(items); i++) {
		struct item_row *row = item_from_json(json_array_get(items, i));
		bool done = item_put(import->desk, import->case_id, row, error);
		item_row_free(row);
		if (!done)
			return false;
	}
	return true;
}

static bool insert_case(struct import *import, const json_t *body, GError **error)
{
	struct store *store = import->desk->store;
	int64_t taken_in_ms = json_integer_or(body, "taken_in_ms", 0);
	g_autofree char *day = civil_date_dup_text(civil_date_of_ms(taken_in_ms));
	const json_t *delivery = json_object_get(body, "delivery");
	return store_run(store, STATEMENT_CASE_INSERT,
		       STORE_VALUES(STORE_TEXT("id", import->case_id),
			       STORE_TEXT("list", json_text(body, "list", "")),
			       STORE_INTEGER("version", json_integer_or(body, "version", 0)),
			       STORE_TEXT("theme", json_text(body, "theme", "")),
			       STORE_TEXT("theme_name", json_text(body, "theme_name", "")),
			       STORE_TEXT("window", json_text(body, "window", "")),
			       STORE_TEXT("clerk", json_text(body, "clerk", "")),
			       STORE_INTEGER("now_ms", json_integer_or(body, "created_ms", 0)),
			       STORE_TEXT("day", day)),
		       error) &&
	       store_run(store, STATEMENT_CASE_SET_TAKEN_IN,
		       STORE_VALUES(STORE_TEXT("id", import->case_id),
			       STORE_TEXT("number", json_text(body, "number", "")),
			       STORE_INTEGER("taken_in_ms", taken_in_ms), STORE_TEXT("day", day),
			       STORE_TEXT("token", ""),
			       STORE_TEXT("token_digest", json_text(body, "token_digest", "")),
			       STORE_TEXT("window", json_text(body, "window", "")),
			       STORE_TEXT("clerk", json_text(body, "clerk", ""))),
		       error) &&
	       store_run(store, STATEMENT_CASE_SET_DELIVERY,
		       STORE_VALUES(STORE_TEXT("id", import->case_id),
			       STORE_TEXT("way", json_text(delivery, "way", "window")),
			       STORE_INTEGER("together", json_flag(delivery, "together", true))),
		       error);
}

static bool replay_taken_in(struct import *import, const json_t *body, GError **error)
{
	struct theme *theme = NULL;
	struct definitions *definitions = NULL;
	if (!catalogue_open_theme(import->desk->store, json_text(body, "list", ""),
		    (int)json_integer_or(body, "version", 0), json_text(body, "theme", ""), &theme,
		    &definitions, error))
		return false;
	bool done = insert_case(import, body, error) && replay_answers(import, body, error) &&
		    replay_parties(import, body, error) &&
		    replay_fields(import, body, definitions, error) &&
		    replay_materials(import, body, error) &&
		    replay_items(import, json_object_get(body, "items"), error);
	theme_free(theme);
	definitions_free(definitions);
	return done;
}

static bool replay_pause(
	struct import *import, const json_t *fact, const struct item_row *row, GError **error)
{
	const char *kind = json_text(fact, "kind", "");
	if (g_str_has_prefix(kind, "relayed_"))
		kind += strlen("relayed_");
	int64_t at_ms = time_of(fact, "happened");
	enum item_move move = item_move_from_name(kind);
	return move == ITEM_MOVE_COUNT ||
	       decision_pause(import->desk, import->case_id, row, move, NULL,
		       at_ms != 0 ? at_ms : time_of(fact, "time"), error);
}

/* One fact: the item as it was after it, or what the kind says of the case. */
static bool replay_fact(
	struct import *import, const json_t *fact, bool *ret_archived, GError **error)
{
	const char *bytes = json_text(fact, "body", NULL);
	const char *kind = json_text(fact, "kind", "");
	if (bytes == NULL)
		return true; /* erased by rule */
	g_autoptr(json_t) body = json_read(bytes, strlen(bytes), "办件经过", error);
	if (body == NULL)
		return false;
	if (strcmp(kind, "archived") == 0)
		*ret_archived = true;
	if (strcmp(kind, "taken_in") == 0)
		return import->known || replay_taken_in(import, body, error);
	if (strcmp(kind, "dispatched") == 0)
		return replay_items(import, json_object_get(body, "items"), error);
	if (strcmp(kind, "joint_extended") == 0)
		return store_run(import->desk->store, STATEMENT_CASE_SET_JOINT_EXTENSION,
			STORE_VALUES(STORE_TEXT("id", import->case_id),
				STORE_INTEGER("days", atoi(json_text(body, "days", "0")))),
			error);
	const json_t *after = json_object_get(body, "after");
	if (!json_is_object(after))
		return true;
	struct item_row *row = item_from_json(after);
	bool done = replay_pause(import, fact, row, error) &&
		    item_put(import->desk, import->case_id, row, error);
	item_row_free(row);
	return done;
}

static char *fact_of_update(const json_t *facts, const char *id)
{
	for (size_t i = 0; i < json_array_size(facts); i++) {
		const char *bytes = json_text(json_array_get(facts, i), "body", NULL);
		g_autoptr(json_t) body =
			bytes != NULL ? json_read(bytes, strlen(bytes), "办件经过", NULL) : NULL;
		const json_t *update = json_object_get(body, "update");
		if (strcmp(json_text(update, "id", ""), id) == 0)
			return g_strdup(json_text(json_array_get(facts, i), "kind", ""));
	}
	return NULL;
}

/* An update some home has replayed into a fact is known; one nobody has seen yet is applied now. */
static bool take_update(struct import *import, const char *bytes, size_t size, GError **error)
{
	struct desk *desk = import->desk;
	g_autoptr(json_t) update = json_read(bytes, size, "部门更新", error);
	if (update == NULL)
		return false;
	const char *id = json_text(update, "id", "");
	g_autofree char *kind = fact_of_update(json_object_get(import->document, "facts"), id);
	if (kind == NULL)
		return update_apply_inside(desk, 0, bytes, size, error);
	return store_run(desk->store, STATEMENT_INBOX_INSERT,
		STORE_VALUES(STORE_TEXT("id", id),
			STORE_TEXT("bundle", json_text(update, "bundle", "")),
			STORE_INTEGER("cursor", 0), STORE_BLOB("bytes", bytes, size),
			STORE_TEXT("fault", ""), STORE_INTEGER("at_ms", desk_now_ms(desk))),
		error);
}

static bool import_bundle(struct import *import, const json_t *entry, GError **error)
{
	struct desk *desk = import->desk;
	const json_t *bundle = json_object_get(entry, "bundle");
	size_t size = 0;
	if (!json_is_object(bundle))
		return true;
	g_autofree char *bytes = json_frozen(bundle, &size);
	const char *id = json_text(bundle, "id", "");
	if (!store_run(desk->store, STATEMENT_INBOX_FORGET_EARLY,
		    STORE_VALUES(STORE_TEXT("bundle", id)), error) ||
		!store_run(desk->store, STATEMENT_BUNDLE_INSERT,
			STORE_VALUES(STORE_TEXT("id", id), STORE_TEXT("case_id", import->case_id),
				STORE_TEXT("department", json_text(bundle, "department", "")),
				STORE_BLOB("bytes", bytes, size), STORE_TEXT("state", "sent"),
				STORE_INTEGER("now_ms", desk_now_ms(desk)),
				STORE_INTEGER("sent_ms", desk_now_ms(desk))),
			error))
		return false;
	const json_t *updates = json_object_get(entry, "updates");
	for (size_t i = 0; i < json_array_size(updates); i++) {
		size_t length = 0;
		g_autofree char *update = json_frozen(json_array_get(updates, i), &length);
		if (!take_update(import, update, length, error))
			return false;
	}
	return true;
}

static bool import_bundles(struct import *import, GError **error)
{
	const json_t *bundles = json_object_get(import->document, "bundles");
	for (size_t i = 0; i < json_array_size(bundles); i++)
		if (!import_bundle(import, json_array_get(bundles, i), error))
			return false;
	return true;
}

/* The local id is the one the first home gave. */
static char *id_of(const json_t *facts)
{
	for (size_t i = 0; i < json_array_size(facts); i++) {
		const json_t *fact = json_array_get(facts, i);
		if (strcmp(json_text(fact, "kind", ""), "taken_in") == 0)
			return g_strdup(json_text(fact, "case", ""));
	}
	return NULL;
}

/* Due dates are computed here, by this home's calendar. */
static bool settle_dues(struct import *import, GError **error)
{
	struct case_whole whole = {0};
	if (!case_whole_read(import->desk, import->case_id, &whole, error))
		return false;
	bool done = true;
	for (guint i = 0; done && i < whole.items->len; i++)
		done = item_set_due(import->desk, &whole, whole.items->pdata[i], error) &&
		       item_put(import->desk, import->case_id, whole.items->pdata[i], error);
	case_whole_clear(&whole);
	return done;
}

static bool replay_all(struct import *import, const json_t *facts, GError **error)
{
	bool archived = false;
	const char *own = store_id_text(import->desk->store);
	for (size_t i = 0; i < json_array_size(facts); i++) {
		const json_t *fact = json_array_get(facts, i);
		bool foreign = strcmp(json_text(fact, "store", ""), own) != 0;
		if ((foreign && !keep_foreign(import, fact, error)) ||
			!replay_fact(import, fact, &archived, error))
			return false;
	}
	return import_bundles(import, error) && settle_dues(import, error) &&
	       case_settle(import->desk, import->case_id, archived, error);
}

static bool import_case(struct store *store, void *data, GError **error)
{
	struct import *import = data;
	struct desk *desk = import->desk;
	const json_t *facts = json_object_get(import->document, "facts");
	const char *number = json_text(import->document, "number", "");
	g_autofree char *known = NULL;
	if (!store_text(store, STATEMENT_CASE_ID_BY_NUMBER,
		    STORE_VALUES(STORE_TEXT("number", number)), &known, error))
		return false;
	g_clear_pointer(&import->case_id, g_free);
	import->known = known != NULL;
	import->case_id = known != NULL ? g_strdup(known) : id_of(facts);
	if (import->case_id == NULL || *import->case_id == '\0')
		return err_set(error, ERR_CODE_HUB_ANSWER, "中心给的办件里没有收件记录");
	return replay_all(import, facts, error) &&
	       store_run(store, STATEMENT_CASE_SET_HOLDER,
		       STORE_VALUES(STORE_TEXT("id", import->case_id), STORE_TEXT("holder", ""),
			       STORE_INTEGER("now_ms", desk_now_ms(desk))),
		       error) &&
	       desk_fact_window(desk, "custody_taken", import->case_id, -1,
		       json_pack("{s:s}", "number", number), error);
}

bool desk_case_import(struct desk *desk, const char *bytes, size_t size, GError **error)
{
	g_autoptr(json_t) document = json_read(bytes, size, "接办的办件", error);
	if (document == NULL)
		return false;
	struct import import = {.desk = desk, .document = document};
	bool done = desk_write(desk, import_case, &import, error);
	g_free(import.case_id);
	return done;
}
