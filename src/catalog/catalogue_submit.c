/* A draft on its way to the desk of whoever publishes it: submitted, returned, given up. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue_rows.h"

struct facts_row {
	char *digest;
	char *filing;
	char *author;
	char *effective_from;
};

static const struct store_column facts_columns[] = {
	STORE_COLUMN(TEXT, struct facts_row, digest),
	STORE_COLUMN(TEXT, struct facts_row, filing),
	STORE_COLUMN(TEXT, struct facts_row, author),
	STORE_COLUMN(TEXT, struct facts_row, effective_from),
	STORE_COLUMNS_END,
};
static const struct store_shape facts_shape = {sizeof(struct facts_row), facts_columns};

json_t *catalogue_version_facts(struct store *store, const char *list, int version, GError **error)
{
	struct facts_row row = {NULL};
	bool found = false;
	if (!store_row(store, STATEMENT_CATALOGUE_VERSION_FACTS,
		    STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)),
		    &facts_shape, &row, &found, error))
		return NULL;
	g_autofree char *digest = g_strconcat("sm3:", found ? row.digest : "", NULL);
	json_t *body = json_pack("{s:s,s:i,s:s,s:s,s:s,s:s}", "list", list, "version", version,
		"digest", digest, "effective_from", found ? row.effective_from : "", "author",
		found ? row.author : "", "filing", found ? row.filing : "");
	store_row_clear(&facts_shape, &row);
	return body;
}

bool catalogue_need_draft(struct store *store, const char *list, int *ret_version,
	bool *ret_submitted, GError **error)
{
	g_autofree char *shown = catalog_quote(list, 60);
	g_autofree char *sentence = g_strdup_printf("清单 %s 没有草稿", shown);
	return catalogue_draft_of(store, list, ret_version, ret_submitted, error) &&
	       (*ret_version != 0 || err_set_next(error, ERR_CODE_NOT_FOUND, sentence,
					     "请先导入或修改，改动存为草稿"));
}

/* The same, of a draft that stands where `submitted` says. */
static bool need_draft_that_is(
	struct store *store, const char *list, bool submitted, int *ret_version, GError **error)
{
	bool now = false;
	if (!catalogue_need_draft(store, list, ret_version, &now, error))
		return false;
	if (now == submitted)
		return true;
	g_autofree char *sentence = g_strdup_printf(
		"清单 %s 第 %d 版%s", list, *ret_version, now ? "已经提交" : "还没有提交");
	return err_set_next(
		error, ERR_CODE_MOVE, sentence, now ? "请等它发布，或先退回" : "请先提交");
}

bool catalogue_number_draft(struct store *store, const char *list, int *version, GError **error)
{
	int64_t shown = 0, next = 0;
	if (!store_integer(store, STATEMENT_CATALOGUE_LIST_HUB_LAST,
		    STORE_VALUES(STORE_TEXT("list", list)), 0, &shown, error))
		return false;
	if (*version > shown)
		return true;
	if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_NEXT,
		    STORE_VALUES(STORE_TEXT("list", list)), 1, &next, error))
		return false;
	const struct store_value *which = STORE_VALUES(STORE_TEXT("list", list),
		STORE_INTEGER("version", *version), STORE_INTEGER("number", next));
	*version = (int)next;
	return store_run(store, STATEMENT_CATALOGUE_VERSION_RENUMBER, which, error) &&
	       store_run(store, STATEMENT_CATALOGUE_THEME_RENUMBER, which, error) &&
	       store_run(store, STATEMENT_CATALOGUE_DEFINITION_RENUMBER, which, error);
}

/* ---- submitting ---- */

struct submitting {
	const char *list;
	const char *reason; /* of a return */
	const struct catalogue_act *act;
	bool checked; /* its bytes were checked a moment ago */
};

/* A draft lay in the store since its import: what is submitted is looked at once more. */
static bool check_draft(struct store *store, const char *list, int version, GError **error)
{
	g_autoptr(GBytes) bytes = catalogue_bytes(store, list, version, error);
	if (bytes == NULL)
		return false;
	size_t size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	g_autofree char *name = g_strdup_printf("%s@%d", list, version);
	g_autoptr(catalog_set) set = catalog_package_read(name, list, data, size, NULL, error);
	return set != NULL;
}

static const char *actor_of(const struct catalogue_act *act)
{
	return act->actor != NULL ? act->actor : act->author;
}

static bool submit(struct store *store, void *data, GError **error)
{
	const struct submitting *submitting = data;
	const struct catalogue_act *act = submitting->act;
	const char *list = submitting->list, *note = act->note == NULL ? "" : act->note;
	int draft = 0;
	if (!need_draft_that_is(store, list, false, &draft, error) ||
		(!submitting->checked && !check_draft(store, list, draft, error)) ||
		!store_run(store, STATEMENT_CATALOGUE_VERSION_SUBMIT,
			STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", draft),
				STORE_TEXT("filing", act->filing), STORE_TEXT("note", note),
				STORE_TEXT("submitter", actor_of(act)),
				STORE_INTEGER("now_ms", act->now_ms)),
			error))
		return false;
	json_t *body = catalogue_version_facts(store, list, draft, error);
	if (body == NULL)
		return false;
	json_object_del(body, "effective_from");
	json_object_set_new(body, "note", json_string(note));
	return catalogue_fact(store, "catalogue_submitted", act, body, error);
}

bool catalogue_submit(
	struct store *store, const char *list, const struct catalogue_act *act, GError **error)
{
	struct submitting submitting = {.list = list, .act = act};
	return store_write(store, submit, &submitting, error);
}

bool catalogue_submit_checked(
	struct store *store, const char *list, const struct catalogue_act *act, GError **error)
{
	struct submitting submitting = {.list = list, .act = act, .checked = true};
	return store_write(store, submit, &submitting, error);
}

static bool give_back(struct store *store, void *data, GError **error)
{
	const struct submitting *submitting = data;
	const char *list = submitting->list;
	int draft = 0;
	if (!need_draft_that_is(store, list, true, &draft, error) ||
		!store_run(store, STATEMENT_CATALOGUE_VERSION_RETURN,
			STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", draft),
				STORE_TEXT("reason", submitting->reason)),
			error))
		return false;
	return catalogue_fact(store, "catalogue_returned", submitting->act,
		json_pack("{s:s,s:i,s:s}", "list", list, "version", draft, "reason",
			submitting->reason),
		error);
}

bool catalogue_return(struct store *store, const char *list, const char *reason,
	const struct catalogue_act *act, GError **error)
{
	struct submitting submitting = {.list = list, .reason = reason, .act = act};
	return store_write(store, give_back, &submitting, error);
}

static bool discard(struct store *store, void *data, GError **error)
{
	const struct submitting *submitting = data;
	const char *list = submitting->list;
	int draft = 0;
	if (!catalogue_need_draft(store, list, &draft, NULL, error))
		return false;
	json_t *body = catalogue_version_facts(store, list, draft, error);
	return body != NULL &&
	       catalogue_fact(store, "catalogue_discarded", submitting->act, body, error) &&
	       catalogue_drop_draft(store, list, draft, error);
}

bool catalogue_discard(
	struct store *store, const char *list, const struct catalogue_act *act, GError **error)
{
	struct submitting submitting = {.list = list, .act = act};
	return store_write(store, discard, &submitting, error);
}
