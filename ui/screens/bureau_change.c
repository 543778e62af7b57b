/* One change of an entry, what it says, and how it is taken back. */
#include <string.h>

#include "base/err.h"
#include "screens/bureau.h"

struct step {
	char *kind;
	char *list;
	char *code;
	char *what; /* how messages call it: 承诺时限 */
	json_t *before;
	json_t *after;
};

static void free_step(gpointer data)
{
	struct step *step = data;
	g_free(step->kind);
	g_free(step->list);
	g_free(step->code);
	g_free(step->what);
	json_decref(step->before);
	json_decref(step->after);
	g_free(step);
}

static GPtrArray *steps_of(struct app *app)
{
	return app_undo(app, free_step);
}

void bureau_undo_forget(struct app *app)
{
	g_ptr_array_set_size(steps_of(app), 0);
}

char *bureau_argument(
	const char *kind, const char *list, const char *code, const char *theme, const char *focus)
{
	return g_strdup_printf("%s\t%s\t%s\t%s\t%s", kind, list, code, theme, focus);
}

/* ---- what is said ---- */

char *bureau_short_title(struct app *app, const char *list)
{
	g_autoptr(GPtrArray) entries = catalogue_list_all(desk_store(app_desk(app)), NULL);
	for (guint i = 0; entries != NULL && i < entries->len; i++) {
		const struct catalogue_entry *entry = entries->pdata[i];
		if (strcmp(entry->list, list) == 0)
			return g_strdup(entry->short_title);
	}
	return g_strdup(list);
}

static char *lists_words(struct app *app, GStrv lists)
{
	GString *words = g_string_new(NULL);
	for (guint i = 0; lists[i] != NULL; i++) {
		g_autofree char *title = bureau_short_title(app, lists[i]);
		g_string_append_printf(words, "%s%s", i == 0 ? "" : "、", title);
	}
	return g_string_free(words, FALSE);
}

/* The first thing the validator says of an entry, NULL when nothing. */
static const struct catalog_fault *fault_of(
	const struct catalog_faults *faults, const char *code, int *ret_count)
{
	const struct catalog_fault *first = NULL;
	*ret_count = 0;
	for (guint i = 0; i < faults->list->len; i++) {
		const struct catalog_fault *fault = faults->list->pdata[i];
		g_auto(GStrv) words = g_strsplit(fault->entry, " ", -1);
		if (!g_strv_contains((const char *const *)words, code))
			continue;
		first = first == NULL ? fault : first;
		(*ret_count)++;
	}
	return first;
}

static void say(struct app *app, const char *begin, const char *code, GStrv lists,
	const struct catalog_faults *faults)
{
	if (lists == NULL || lists[0] == NULL) {
		app_say(app, SAY_NOTE, "%s：内容没有变化", begin);
		return;
	}
	g_autofree char *titles = lists_words(app, lists);
	int count = 0;
	const struct catalog_fault *fault = fault_of(faults, code, &count);
	if (fault == NULL)
		app_say(app, SAY_GOOD, "%s，校验没有问题。%u 份清单存为草稿：%s", begin,
			g_strv_length(lists), titles);
	else
		app_say(app, SAY_NOTE, "%s。%u 份清单存为草稿：%s。注意 %d 处：%s，%s", begin,
			g_strv_length(lists), titles, count, fault->what, fault->mend);
}

/* ---- drafts that say nothing new ---- */

static bool has_draft(struct app *app, const char *list)
{
	int draft = 0;
	return !catalogue_draft_of(desk_store(app_desk(app)), list, &draft, NULL, NULL) ||
	       draft != 0;
}

/* Lists whose draft the change gave up, since it took the last difference back; NULL none. */
static char *given_up(struct app *app, GStrv lists)
{
	g_autoptr(GPtrArray) without = g_ptr_array_new();
	for (char **list = lists; list != NULL && *list != NULL; list++)
		if (!has_draft(app, *list))
			g_ptr_array_add(without, *list);
	if (without->len == 0)
		return NULL;
	g_ptr_array_add(without, NULL);
	return lists_words(app, (GStrv)without->pdata);
}

/* ---- change ---- */

static bool put(struct app *app, const struct step *step, const json_t *entry, const char *begin,
	GError **error)
{
	g_autoptr(json_t) fragment = desk_bureau_fragment(step->list, step->kind, entry);
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	g_auto(GStrv) lists = NULL;
	app_busy(app, "正在校验和保存…");
	if (!desk_bureau_change(app_desk(app), fragment, faults, &lists, error))
		return false;
	g_autofree char *dropped = given_up(app, lists);
	if (dropped != NULL)
		app_say(app, SAY_GOOD, "%s，与已发布的版本相同了，草稿已去掉：%s", begin, dropped);
	else
		say(app, begin, step->code, lists, faults);
	return true;
}

/* Somebody else of this home may have changed it since: what he wrote is not written over. */
static bool still_says(
	struct app *app, const struct step *step, const json_t *known, GError **error)
{
	g_autoptr(json_t) now = desk_bureau_entry(
		app_desk(app), step->list, BUREAU_NEWEST, step->kind, step->code, error);
	if (now == NULL)
		return false;
	return json_equal(now, known) ||
	       err_set_next(error, ERR_CODE_STALE, "这项内容在别处改过了，没有保存",
		       "请按 Esc 返回，看过新的内容再改");
}

bool bureau_change(struct app *app, const struct bureau_document *document, const json_t *after,
	const char *what, GError **error)
{
	struct step *step = g_new0(struct step, 1);
	*step = (struct step){.kind = g_strdup(document->kind),
		.list = g_strdup(document->list),
		.code = g_strdup(document->code),
		.what = g_strdup(what),
		.before = json_deep_copy(document->json),
		.after = json_deep_copy(after)};
	g_autofree char *begin = g_strdup_printf("已改“%s”", what);
	bool done =
		still_says(app, step, step->before, error) && put(app, step, after, begin, error);
	if (done && !json_equal(step->before, after))
		g_ptr_array_add(steps_of(app), step);
	else
		free_step(step);
	return done;
}

unsigned bureau_undo(struct app *app)
{
	GPtrArray *steps = steps_of(app);
	if (steps->len == 0) {
		app_say(app, SAY_NOTE, "这次登录还没有修改可以撤回；整份草稿不要的，在清单里弃稿");
		return EFFECT_NONE;
	}
	const struct step *step = steps->pdata[steps->len - 1];
	g_autofree char *begin = g_strdup_printf("已撤回对 %s“%s”的修改", step->code, step->what);
	GError *error = NULL;
	if (!still_says(app, step, step->after, &error) ||
		!put(app, step, step->before, begin, &error)) {
		app_fail(app, error);
		return EFFECT_RECALC;
	}
	g_ptr_array_set_size(steps, (int)steps->len - 1);
	return EFFECT_RECALC;
}
