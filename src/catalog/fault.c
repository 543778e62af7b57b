#include "catalog/fault.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"

static void fault_free(void *data)
{
	struct catalog_fault *fault = data;
	g_free(fault->file);
	g_free(fault->place);
	g_free(fault->entry);
	g_free(fault->what);
	g_free(fault->mend);
	g_free(fault);
}

struct locator {
	catalog_locate *locate;
	void *data;
	GDestroyNotify free;
};

static void locator_free(void *data)
{
	struct locator *locator = data;
	locator->free(locator->data);
	g_free(locator);
}

struct catalog_faults *catalog_faults_new(void)
{
	struct catalog_faults *faults = g_new0(struct catalog_faults, 1);
	faults->list = g_ptr_array_new_with_free_func(fault_free);
	faults->locators = g_ptr_array_new_with_free_func(locator_free);
	return faults;
}

void catalog_faults_free(struct catalog_faults *faults)
{
	if (faults == NULL)
		return;
	g_ptr_array_unref(faults->list);
	g_ptr_array_unref(faults->locators);
	g_free(faults);
}

char *catalog_quote(const char *text, int most)
{
	g_autofree char *valid = g_utf8_make_valid(
		text == NULL ? "" : text, MIN(strlen(text ? text : ""), 4u * (size_t)most + 4));
	g_autofree char *clean = text_clean(valid, false);
	if (g_utf8_strlen(clean, -1) <= most)
		return g_steal_pointer(&clean);
	g_autofree char *head = g_utf8_substring(clean, 0, most);
	return g_strconcat(head, "…", NULL);
}

void catalog_faults_locate(
	struct catalog_faults *faults, catalog_locate *locate, void *data, GDestroyNotify free)
{
	struct locator *locator = g_new0(struct locator, 1);
	*locator = (struct locator){locate, data, free};
	g_ptr_array_add(faults->locators, locator);
}

static void locate(const struct catalog_faults *faults, const json_t *at, const char *key,
	struct catalog_fault *fault)
{
	for (guint i = 0; at != NULL && i < faults->locators->len; i++) {
		const struct locator *locator = faults->locators->pdata[i];
		if (locator->locate(locator->data, at, key, fault))
			return;
	}
}

void catalog_faults_add_at(struct catalog_faults *faults, enum catalog_gravity gravity,
	const struct catalog_fault *texts, const json_t *at, const char *key)
{
	if (gravity == CATALOG_GRAVITY_ERROR)
		faults->errors++;
	else
		faults->warnings++;
	if (faults->list->len >= CATALOG_MOST_FAULTS)
		return;
	struct catalog_fault *fault = g_new0(struct catalog_fault, 1);
	fault->gravity = gravity;
	fault->file = catalog_quote(texts->file, 200);
	fault->place = catalog_quote(texts->place, 200);
	fault->entry = catalog_quote(texts->entry, 200);
	fault->what = catalog_quote(texts->what, 300);
	fault->mend = catalog_quote(texts->mend, 300);
	locate(faults, at, key, fault);
	g_ptr_array_add(faults->list, fault);
}

void catalog_faults_add(struct catalog_faults *faults, enum catalog_gravity gravity,
	const char *file, const char *entry, const char *what, const char *mend)
{
	const struct catalog_fault texts = {.file = (char *)file,
		.entry = (char *)entry,
		.what = (char *)what,
		.mend = (char *)mend};
	catalog_faults_add_at(faults, gravity, &texts, NULL, NULL);
}

void catalog_faults_gather(struct catalog_faults *faults, guint first, const char *what)
{
	struct catalog_fault *kept = NULL;
	int count = 0;
	for (guint i = first; i < faults->list->len; i++) {
		struct catalog_fault *fault = faults->list->pdata[i];
		if (fault->gravity != CATALOG_GRAVITY_WARNING || strcmp(fault->what, what) != 0)
			continue;
		count++;
		if (kept == NULL)
			kept = fault;
		else
			g_ptr_array_remove_index(faults->list, i--);
	}
	if (count < 2)
		return;
	faults->warnings -= count - 1;
	char *whole = g_strdup_printf("%s等 %d 张表", kept->file, count);
	g_free(kept->file);
	kept->file = whole;
}

/* "FILE PLACE：ENTRY", as much of it as there is; a new string. */
static char *where(const struct catalog_fault *fault)
{
	return g_strconcat(fault->file, fault->place[0] == '\0' ? "" : " ", fault->place,
		fault->entry[0] == '\0' ? "" : "：", fault->entry, NULL);
}

char *catalog_fault_sentence(const struct catalog_fault *fault)
{
	g_autofree char *place = where(fault);
	return g_strdup_printf("%s：%s。%s。", place, fault->what, fault->mend);
}

static const struct catalog_fault *first_error(const struct catalog_faults *faults)
{
	for (guint i = 0; i < faults->list->len; i++) {
		const struct catalog_fault *fault = faults->list->pdata[i];
		if (fault->gravity == CATALOG_GRAVITY_ERROR)
			return fault;
	}
	return NULL;
}

bool catalog_faults_settle(const struct catalog_faults *faults, GError **error)
{
	if (faults->errors == 0)
		return true;
	const struct catalog_fault *fault = first_error(faults);
	if (fault == NULL)
		return err_set(error, ERR_CODE_CATALOG, NULL);
	g_autofree char *place = where(fault);
	g_autofree char *more = faults->errors == 1
					? g_strdup("")
					: g_strdup_printf("（共 %d 处错）", faults->errors);
	g_autofree char *sentence = g_strdup_printf("%s：%s%s", place, fault->what, more);
	return err_set_next(error, ERR_CODE_CATALOG, sentence, fault->mend);
}
