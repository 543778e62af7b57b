#include "hub/catalogue_check.h"

#include "base/err.h"
#include "catalog/set.h"
#include "hub/frozen.h"
#include "hub/supply.h"

#define MOST_SENTENCES 20

/* The bytes are one version and no other kind of file. */
static bool check_format(const struct request *request, GError **error)
{
	g_autoptr(json_t) body = request_json(request, error);
	if (body == NULL)
		return false;
	if (!g_str_equal(json_text(body, "format", ""), CATALOG_PACKAGE_FORMAT))
		return err_set(error, ERR_CODE_CATALOG, "内容不是清单的一个版本（format 要是 %s）",
			CATALOG_PACKAGE_FORMAT);
	return frozen_check(request->body, body, "清单", error);
}

static json_t *sentences(const struct catalog_faults *faults)
{
	json_t *array = json_array();
	for (guint i = 0; i < faults->list->len && json_array_size(array) < MOST_SENTENCES; i++) {
		const struct catalog_fault *fault = faults->list->pdata[i];
		g_autofree char *sentence = catalog_fault_sentence(fault);
		if (fault->gravity == CATALOG_GRAVITY_ERROR)
			json_array_append_new(array, json_string(sentence));
	}
	return array;
}

static bool check_list(const struct request *request, const struct catalog_set *set, GError **error)
{
	if (set->lists->len == 1 && catalog_set_list(set, request->parts[0]) != NULL &&
		set->shelves->len == 0)
		return true;
	return err_set(error, ERR_CODE_INVALID, "内容不是清单 %s 的一个版本", request->parts[0]);
}

static bool validate(struct request *request, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	g_autofree char *name = g_strdup_printf("%s@%s", request->parts[0], request->parts[1]);
	catalog_set_add(
		set, faults, name, (const char *)request->body->data, request->body->len, false);
	if (faults->errors == 0)
		catalog_set_finish(set, faults);
	if (!catalog_faults_settle(faults, error)) {
		request->findings = json_pack("{s:o}", "faults", sentences(faults));
		return false;
	}
	if (!check_list(request, set, error))
		return false;
	const struct list *list = catalog_set_list(set, request->parts[0]);
	request->findings =
		json_pack("{s:s, s:i}", "title", list->title, "themes", (int)list->themes->len);
	return true;
}

bool catalogue_check(struct request *request, GError **error)
{
	g_autofree char *digest = supply_digest(request->body->data, request->body->len);
	if (!supply_check_digest(request, digest, error) || !check_format(request, error) ||
		!validate(request, error))
		return false;
	json_object_set_new(request->findings, "digest", json_string(digest));
	return true;
}
