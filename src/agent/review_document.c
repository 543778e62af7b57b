#include "agent/review_document.h"

#include "base/err.h"

/* The entry of a demo's decisions for the item, borrowed. */
static const json_t *decision_of(const json_t *decisions, int64_t item)
{
	size_t i;
	const json_t *entry;
	json_array_foreach((json_t *)decisions, i,
		entry) if (json_integer_or(entry, "item", -1) == item) return entry;
	return NULL;
}

static void set_text(json_t *document, const char *key, const char *text)
{
	if (text != NULL)
		json_object_set_new(document, key, json_string(text));
}

static void set_sentences(json_t *document, char **sentences)
{
	if (sentences == NULL)
		return;
	json_t *list = json_array();
	for (char **sentence = sentences; *sentence != NULL; sentence++)
		json_array_append_new(list, json_string(*sentence));
	json_object_set_new(document, "sentences", list);
}

static void set_words(json_t *document, const struct review_act *act)
{
	json_object_set_new(document, "id", json_string(act->id));
	json_object_set_new(document, "bundle", json_string(act->bundle));
	json_object_set_new(document, "kind", json_string(act->kind));
	json_object_set_new(document, "item", json_integer(act->item));
	json_object_set_new(document, "at", json_string(act->at));
	json_object_set_new(document, "by", json_string(act->by));
	if (act->expect >= 0)
		json_object_set_new(document, "expect", json_integer(act->expect));
	if (act->days > 0)
		json_object_set_new(document, "days", json_integer(act->days));
	set_text(document, "outcome", act->outcome);
	set_text(document, "reason", act->reason);
	set_text(document, "remedies", act->remedies);
	set_text(document, "number", act->number);
	set_text(document, "until", act->until);
	set_sentences(document, act->sentences);
}

/* What the file adds: of a decision only what this kind of act carries. */
static bool add_file(
	json_t *document, const struct review_act *act, const json_t *file, GError **error)
{
	const json_t *decisions = json_object_get(file, "decisions");
	const json_t *members = decisions != NULL ? decision_of(decisions, act->item) : file;
	if (members == NULL)
		return err_set(error, ERR_CODE_INVALID, "文件里没有事项 %d 的决定", (int)act->item);
	if (json_object_get(members, "title") != NULL) {
		json_object_set(document, "result", (json_t *)members);
		return true;
	}
	json_object_update(document, (json_t *)members);
	if (g_str_equal(act->kind, "decided"))
		json_object_del(document, "result");
	if (g_str_equal(act->kind, "result"))
		json_object_del(document, "outcome");
	return true;
}

json_t *review_document(const struct review_act *act, const json_t *file, GError **error)
{
	g_autoptr(json_t) document = json_object();
	if (file != NULL && !add_file(document, act, file, error))
		return NULL;
	set_words(document, act);
	return g_steal_pointer(&document);
}
