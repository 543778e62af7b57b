/* What departments do, as their updates come from the hub. */
#include "desk/decision.h"

#include <string.h>

#include "base/text.h"

struct update {
	struct desk *desk;
	int64_t cursor;
	const char *bytes;
	size_t size;
	json_t *document;
	char *fault; /* why it could not be applied; NULL applied */
};

static int64_t update_time(const json_t *document)
{
	int64_t ms = 0;
	return civil_time_from_rfc3339(json_text(document, "at", ""), &ms) ? ms : 0;
}

static void set_text(char **to, const json_t *document, const char *key)
{
	const char *value = json_text(document, key, NULL);
	if (value != NULL) {
		g_autofree char *clean = text_clean(value, false);
		row_set(to, clean);
	}
}

static char *joined_sentences(const json_t *document)
{
	const json_t *sentences = json_object_get(document, "sentences");
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < json_array_size(sentences); i++) {
		const char *sentence = json_string_value(json_array_get(sentences, i));
		g_autofree char *clean = text_clean(sentence, false);
		g_string_append_printf(text, "%s%s", text->len ? "；" : "", clean);
	}
	return g_string_free(text, FALSE);
}

bool decision_pause(struct desk *desk, const char *case_id, const struct item_row *row,
	enum item_move move, const json_t *document, int64_t at_ms, GError **error)
{
	if (move == ITEM_MOVE_RESUMED || move == ITEM_MOVE_PROCEEDED ||
		move == ITEM_MOVE_SUPPLEMENTED)
		return store_run(desk->store, STATEMENT_CASE_PAUSE_END,
			STORE_VALUES(STORE_TEXT("case_id", case_id),
				STORE_INTEGER("item", row->item), STORE_INTEGER("to_ms", at_ms)),
			error);
	if (move != ITEM_MOVE_SUSPENDED && move != ITEM_MOVE_WAITING)
		return true;
	enum limit_exclusion exclusion =
		limit_exclusion_from_name(json_text(document, "exclusion", ""));
	if (exclusion == LIMIT_EXCLUSION_COUNT)
		exclusion = move == ITEM_MOVE_WAITING ? LIMIT_EXCLUSION_PREDECESSOR
						      : LIMIT_EXCLUSION_OTHER;
	return store_run(desk->store, STATEMENT_CASE_PAUSE_PUT,
		STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_INTEGER("item", row->item),
			STORE_INTEGER("from_ms", at_ms), STORE_INTEGER("to_ms", 0),
			STORE_TEXT("exclusion", limit_exclusion_word(exclusion))),
		error);
}

/* What the refusal slip needs beside the reason; the remedies are the department's own words. */
static void keep_refusal(struct item_row *row, const json_t *document, int64_t at_ms)
{
	size_t size = 0;
	g_autofree char *day = civil_date_dup_text(civil_date_of_ms(at_ms));
	g_autofree char *basis = text_clean(json_text(document, "basis", ""), false);
	g_autofree char *remedies = text_clean(json_text(document, "remedies", ""), false);
	g_autoptr(json_t) said =
		json_pack("{s:s,s:s,s:s}", "refused_on", day, "basis", basis, "remedies", remedies);
	char *bytes = json_frozen(said, &size);
	g_clear_pointer(&row->result, g_bytes_unref);
	row->result = g_bytes_new_take(bytes, size);
}

void decision_fill(struct item_row *row, enum item_move move, const json_t *document, int64_t at_ms)
{
	switch (move) {
	case ITEM_MOVE_ACCEPTED:
	case ITEM_MOVE_DEEMED_ACCEPTED:
		row->accepted_ms = at_ms;
		set_text(&row->acceptance_no, document, "number");
		break;
	case ITEM_MOVE_REFUSED:
		row_set(&row->outcome, "refused");
		set_text(&row->reason, document, "reason");
		keep_refusal(row, document, at_ms);
		break;
	case ITEM_MOVE_DECIDED:
		set_text(&row->outcome, document, "outcome");
		set_text(&row->reason, document, "reason");
		break;
	case ITEM_MOVE_CORRECTION: {
		g_autofree char *sentences = joined_sentences(document);
		row_set(&row->reason, sentences);
		break;
	}
	case ITEM_MOVE_EXTENDED:
		row->extension += json_integer_or(document, "days", 0);
		set_text(&row->reason, document, "reason");
		break;
	case ITEM_MOVE_SUSPENDED:
		set_text(&row->reason, document, "reason");
		break;
	default:
		break;
	}
}

static void keep_result(struct item_row *row, const json_t *document)
{
	const json_t *result = json_object_get(document, "result");
	if (!json_is_object(result))
		return;
	size_t size = 0;
	char *bytes = json_frozen(result, &size);
	g_clear_pointer(&row->result, g_bytes_unref);
	row->result = g_bytes_new_take(bytes, size);
}

static bool follows(const struct case_whole *whole, const struct item_row *next, int64_t item)
{
	const struct theme_item *source = theme_item_at(whole->theme, (int)next->item);
	if (source == NULL || source->after == NULL || !next->taken ||
		item_state_is_done(item_state_from_name(next->state)))
		return false;
	for (guint i = 0; i < source->after->len; i++)
		if (g_array_index(source->after, int, i) == item)
			return true;
	return false;
}

static bool tell_successor(struct desk *desk, const char *case_id, const struct item_row *row,
	const struct item_row *next, GError **error)
{
	g_autofree char *bundle =
		bundle_of(desk, case_id, next->department, (int)next->item, error);
	if (bundle == NULL || *bundle == '\0')
		return bundle != NULL;
	json_t *body = json_pack("{s:I,s:s,s:s}", "predecessor", (json_int_t)row->item, "name",
		row->name, "outcome", row->outcome);
	if (row->result != NULL && strcmp(row->outcome, "refused") != 0)
		json_object_set_new(body, "result",
			json_stringn(g_bytes_get_data(row->result, NULL),
				g_bytes_get_size(row->result)));
	return message_send(desk, bundle, "predecessor_result", (int)next->item, body, error);
}

/* A decided predecessor serves the items after it at once (R27). */
static bool tell_successors(
	struct desk *desk, struct case_whole *whole, const struct item_row *row, GError **error)
{
	for (guint i = 0; i < whole->items->len; i++) {
		const struct item_row *next = whole->items->pdata[i];
		if (follows(whole, next, row->item) &&
			!tell_successor(desk, whole->file.id, row, next, error))
			return false;
	}
	return true;
}

static const char *fact_kind(const char *kind)
{
	return strcmp(kind, "result") == 0 ? "result_sent" : kind;
}

/* The fact carries the department's own document whole. */
static bool write_update(
	struct update *update, struct case_whole *whole, struct item_row *row, GError **error)
{
	const struct item_act act = {
		.kind = fact_kind(json_text(update->document, "kind", "")),
		.by = ITEM_BY_DEPARTMENT,
		.authority = AUTHORITY_DEPARTMENT,
		.source = FACT_SOURCE_DIRECT,
		.happened_ms = update_time(update->document),
	};
	json_t *body = json_pack("{s:O,s:s}", "update", update->document, "reason", row->reason);
	return item_write(update->desk, whole, row, &act, body, error);
}

/* The department's own word after the window had typed it in: it replaces the relayed one. */
static bool confirm_relayed(struct update *update, struct case_whole *whole, struct item_row *row,
	enum item_move move, GError **error)
{
	const char *outcome = json_text(update->document, "outcome", "");
	enum item_state state = item_state_from_name(row->state);
	bool decided = move == ITEM_MOVE_DECIDED;
	if (decided && strcmp(outcome, row->outcome) != 0) {
		update->fault = g_strdup_printf("部门的决定（%s）与转录的（%s）不一致",
			strcmp(outcome, "granted") == 0 ? "同意" : "不同意",
			strcmp(row->outcome, "granted") == 0 ? "同意" : "不同意");
		return true;
	}
	if ((move == ITEM_MOVE_REFUSED) != (strcmp(row->outcome, "refused") == 0)) {
		update->fault = g_strdup("部门的答复与转录的不一致");
		return true;
	}
	int64_t at_ms = update_time(update->document);
	decision_fill(row, move, update->document, at_ms);
	const struct item_move_rule *rule = NULL;
	for (int from = 0; rule == NULL && from < ITEM_STATE_COUNT; from++)
		rule = item_move_find((enum item_state)from, move);
	if (rule != NULL && rule->to == state)
		row->relayed = 0;
	keep_result(row, update->document);
	return write_update(update, whole, row, error);
}

/* Its own acceptance after it was deemed to have accepted: its number, from the law's day. */
static bool is_late_acceptance(const struct item_row *row, enum item_move move)
{
	return move == ITEM_MOVE_ACCEPTED && !row->relayed && *row->acceptance_no == '\0' &&
	       item_state_from_name(row->state) == ITEM_STATE_ACCEPTED;
}

static bool apply_move(struct update *update, struct case_whole *whole, struct item_row *row,
	enum item_move move, GError **error)
{
	GError *refused = NULL;
	int64_t at_ms = update_time(update->document);
	if (is_late_acceptance(row, move)) {
		set_text(&row->acceptance_no, update->document, "number");
		return write_update(update, whole, row, error);
	}
	if (!item_move_row(row, move, ITEM_BY_DEPARTMENT, &refused)) {
		if (row->relayed && err_is(refused, ERR_CODE_MOVE)) {
			g_clear_error(&refused);
			return confirm_relayed(update, whole, row, move, error);
		}
		update->fault = g_strdup(refused->message);
		g_clear_error(&refused);
		return true;
	}
	decision_fill(row, move, update->document, at_ms);
	keep_result(row, update->document);
	bool ends = move == ITEM_MOVE_DECIDED || move == ITEM_MOVE_REFUSED;
	return decision_pause(
		       update->desk, whole->file.id, row, move, update->document, at_ms, error) &&
	       write_update(update, whole, row, error) &&
	       (!ends || tell_successors(update->desk, whole, row, error));
}

/* One item of the bundle; the whole bundle is its items one by one. */
static bool apply_item(
	struct update *update, struct case_whole *whole, struct item_row *row, GError **error)
{
	const char *kind = json_text(update->document, "kind", "");
	if (strcmp(kind, "result") == 0) {
		keep_result(row, update->document);
		return write_update(update, whole, row, error);
	}
	if (strcmp(kind, "returned_papers") == 0)
		return write_update(update, whole, row, error);
	enum item_move move = item_move_from_name(kind);
	if (move == ITEM_MOVE_COUNT) {
		update->fault = g_strdup("不认识的部门动作");
		return true;
	}
	return apply_move(update, whole, row, move, error);
}

static bool is_meant(const struct item_row *row, const char *department, int item)
{
	return strcmp(row->department, department) == 0 && (item < 0 || row->item == item);
}

static bool apply_to_items(struct update *update, struct case_whole *whole,
	const struct bundle_row *bundle, GError **error)
{
	int item = (int)json_integer_or(update->document, "item", -1);
	bool found = false;
	bool received = strcmp(json_text(update->document, "kind", ""), "received") == 0;
	for (guint i = 0; i < whole->items->len && update->fault == NULL; i++) {
		struct item_row *row = whole->items->pdata[i];
		if (!is_meant(row, bundle->department, item))
			continue;
		found = true;
		/* The whole bundle is received: items that have gone on are not asked again. */
		bool late = received && item < 0 &&
			    item_state_from_name(row->state) != ITEM_STATE_DISPATCHED;
		if (!late && !apply_item(update, whole, row, error))
			return false;
	}
	if (!found)
		update->fault = g_strdup("要件包里没有这个事项");
	/* The day the department had it, not the day the window heard of it: silence counts from
	 * it.
	 */
	int64_t at_ms = update_time(update->document);
	return !received || update->fault != NULL ||
	       store_run(update->desk->store, STATEMENT_BUNDLE_RECEIVED,
		       STORE_VALUES(STORE_TEXT("id", bundle->id),
			       STORE_INTEGER("received_ms",
				       at_ms != 0 ? at_ms : desk_now_ms(update->desk))),
		       error);
}

static bool apply_to_case(struct update *update, const struct bundle_row *bundle, GError **error)
{
	struct case_whole whole = {0};
	if (!case_whole_read(update->desk, bundle->case_id, &whole, error))
		return false;
	bool archived = strcmp(whole.file.state, "archived") == 0;
	bool done =
		apply_to_items(update, &whole, bundle, error) &&
		(update->fault == NULL ||
			desk_fact(update->desk,
				&(struct desk_fact){.kind = "discrepancy",
					.case_id = whole.file.id,
					.item = (int)json_integer_or(update->document, "item", -1),
					.authority = AUTHORITY_DEPARTMENT,
					.happened_ms = update_time(update->document)},
				json_pack("{s:O,s:s}", "update", update->document, "fault",
					update->fault),
				error)) &&
		case_settle(update->desk, whole.file.id, archived, error);
	case_whole_clear(&whole);
	return done;
}

/*
 * Another window has taken the case over. A machine that replaced another reads the other's lane
 * on, and so also that it took the case over itself.
 */
static bool apply_custody(struct update *update, GError **error)
{
	struct desk *desk = update->desk;
	if (strcmp(json_text(update->document, "store", ""), store_id_text(desk->store)) == 0)
		return true;
	const char *number = json_text(update->document, "case", "");
	const char *holder = json_text(update->document, "holder", "");
	g_autofree char *name = text_clean(holder, false);
	g_autofree char *id = NULL;
	if (!store_text(desk->store, STATEMENT_CASE_ID_BY_NUMBER,
		    STORE_VALUES(STORE_TEXT("number", number)), &id, error))
		return false;
	if (id == NULL) {
		update->fault = g_strdup("本机没有这个办件");
		return true;
	}
	return store_run(desk->store, STATEMENT_CASE_SET_HOLDER,
		       STORE_VALUES(STORE_TEXT("id", id),
			       STORE_TEXT("holder", *name ? name : "别的窗口"),
			       STORE_INTEGER("now_ms", desk_now_ms(desk))),
		       error) &&
	       desk_fact_window(desk, "custody_gone", id, -1,
		       json_pack("{s:s,s:s}", "number", number, "holder", name), error);
}

static bool apply_bundle(struct update *update, GError **error)
{
	struct bundle_row bundle = {0};
	bool found = false;
	if (!store_row(update->desk->store, STATEMENT_BUNDLE_GET,
		    STORE_VALUES(STORE_TEXT("id", json_text(update->document, "bundle", ""))),
		    &bundle_shape, &bundle, &found, error))
		return false;
	if (!found) {
		update->fault = g_strdup("本机没有这个要件包");
		return true;
	}
	bool done = apply_to_case(update, &bundle, error);
	store_row_clear(&bundle_shape, &bundle);
	return done;
}

bool update_apply_inside(
	struct desk *desk, int64_t cursor, const char *bytes, size_t size, GError **error)
{
	g_autoptr(json_t) document = json_read(bytes, size, "部门更新", error);
	if (document == NULL)
		return false;
	const char *id = json_text(document, "id", "");
	g_autofree char *known = NULL;
	if (*id == '\0')
		return err_set(error, ERR_CODE_HUB_ANSWER, "部门更新没有编号");
	if (!store_text(desk->store, STATEMENT_INBOX_GET, STORE_VALUES(STORE_TEXT("id", id)),
		    &known, error))
		return false;
	if (known != NULL)
		return true;
	struct update update = {desk, cursor, bytes, size, document, NULL};
	bool custody = strcmp(json_text(document, "kind", ""), "custody") == 0;
	bool done =
		(custody ? apply_custody(&update, error) : apply_bundle(&update, error)) &&
		store_run(desk->store, STATEMENT_INBOX_INSERT,
			STORE_VALUES(STORE_TEXT("id", id),
				STORE_TEXT("bundle", json_text(document, "bundle", "")),
				STORE_INTEGER("cursor", cursor), STORE_BLOB("bytes", bytes, size),
				STORE_TEXT("fault", update.fault != NULL ? update.fault : ""),
				STORE_INTEGER("at_ms", desk_now_ms(desk))),
			error);
	g_free(update.fault);
	return done;
}

struct arrived {
	struct desk *desk;
	int64_t cursor;
	const char *bytes;
	size_t size;
};

static bool apply(struct store *store, void *data, GError **error)
{
	const struct arrived *arrived = data;
	return update_apply_inside(
		arrived->desk, arrived->cursor, arrived->bytes, arrived->size, error);
}

bool desk_update_apply(
	struct desk *desk, int64_t cursor, const char *bytes, size_t size, GError **error)
{
	struct arrived arrived = {desk, cursor, bytes, size};
	return desk_write(desk, apply, &arrived, error);
}
