/* Versions that were published elsewhere and come through the hub. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue_rows.h"
#include "catalog/reader.h"

#define MOST_VERSION 1000000
#define MOST_TEXT_BYTES 1000

struct receiving {
	const struct catalogue_received *what;
	struct catalog_set *set;
	int64_t now_ms;
	bool known;
};

static bool check_words(const struct catalogue_received *what, GError **error)
{
	bool fits = form_list_id(what->list) && what->version >= 1 &&
		    what->version <= MOST_VERSION && form_date(what->effective_from);
	bool clean = text_is_clean(what->filing, false) && text_is_clean(what->author, false) &&
		     strlen(what->filing) <= MOST_TEXT_BYTES &&
		     strlen(what->author) <= MOST_TEXT_BYTES;
	return (fits && clean) ||
	       err_set(error, ERR_CODE_INVALID,
		       "收到的清单编号、版本号、施行日期、备案号或编制人写法不对");
}

static bool check_digest(const struct catalogue_received *what, const char *name,
	struct catalog_faults *faults, GError **error)
{
	char text[DIGEST_TEXT_SIZE];
	size_t size = 0;
	const void *data = g_bytes_get_data(what->bytes, &size);
	struct digest digest = digest_of(data, size);
	digest_to_text(&digest, text);
	if (strcmp(text, what->digest) == 0)
		return true;
	catalog_faults_add(faults, CATALOG_GRAVITY_ERROR, name, "",
		"内容与摘要不符，可能不完整或被改过", "请重新取一次，仍不行请数据局重新发布");
	return catalog_faults_settle(faults, error);
}

/* *ret_known: that number is here with these bytes. VERSION_CONFLICT: with other ones. */
static bool check_known(
	struct store *store, const struct catalogue_received *what, bool *ret_known, GError **error)
{
	const struct store_value *which = STORE_VALUES(
		STORE_TEXT("list", what->list), STORE_INTEGER("version", what->version));
	g_autofree char *status = NULL;
	g_autofree char *digest = NULL;
	if (!store_text(store, STATEMENT_CATALOGUE_VERSION_STATUS, which, &status, error) ||
		!store_text(store, STATEMENT_CATALOGUE_VERSION_DIGEST, which, &digest, error))
		return false;
	*ret_known = g_strcmp0(status, "published") == 0;
	if (!*ret_known || g_str_has_suffix(what->digest, digest))
		return true;
	return err_set(error, ERR_CODE_VERSION_CONFLICT,
		"清单 %s 第 %d 版与本机的内容不同，没有收下", what->list, what->version);
}

/* A draft of our own gives way: it gets a number above what the hub has. */
static bool move_draft(struct store *store, const struct catalogue_received *what, GError **error)
{
	int draft = 0;
	return catalogue_hub_shown(store, what->list, what->version, error) &&
	       catalogue_draft_of(store, what->list, &draft, NULL, error) &&
	       (draft == 0 || catalogue_number_draft(store, what->list, &draft, error));
}

static bool put_published(struct store *store, const struct receiving *receiving, GError **error)
{
	const struct catalogue_received *what = receiving->what;
	const struct list *list = catalog_set_list(receiving->set, what->list);
	const struct catalogue_act act = {.author = what->author, .now_ms = receiving->now_ms};
	return catalogue_put_version(store, &act, list, what->version, what->bytes, error) &&
	       store_run(store, STATEMENT_CATALOGUE_VERSION_RECEIVE,
		       STORE_VALUES(STORE_TEXT("list", what->list),
			       STORE_INTEGER("version", what->version),
			       STORE_TEXT("effective_from", what->effective_from),
			       STORE_TEXT("filing", what->filing),
			       STORE_TEXT("author", what->author),
			       STORE_INTEGER("published_ms", receiving->now_ms)),
		       error);
}

/* Makes room for its rows, which then come in transactions of their own. */
static bool prepare(struct store *store, void *data, GError **error)
{
	struct receiving *receiving = data;
	const struct catalogue_received *what = receiving->what;
	return check_known(store, what, &receiving->known, error) &&
	       (receiving->known || (catalogue_put_list(store, receiving->set, what->list, error) &&
					    move_draft(store, what, error)));
}

static bool stage(struct store *store, struct receiving *receiving, GError **error)
{
	const struct catalogue_received *what = receiving->what;
	return store_write(store, prepare, receiving, error) &&
	       (receiving->known ||
		       catalogue_stage_rows(store, receiving->set,
			       catalog_set_list(receiving->set, what->list), what->version, error));
}

static bool receive(struct store *store, void *data, GError **error)
{
	struct receiving *receiving = data;
	const struct catalogue_received *what = receiving->what;
	if (!check_known(store, what, &receiving->known, error))
		return false;
	if (receiving->known)
		return catalogue_hub_shown(store, what->list, what->version, error);
	const struct catalogue_act act = {.actor = "", .now_ms = receiving->now_ms};
	if (!put_published(store, receiving, error))
		return false;
	json_t *body = catalogue_version_facts(store, what->list, what->version, error);
	return body != NULL && catalogue_fact(store, "catalogue_received", &act, body, error);
}

bool catalogue_receive(struct store *store, const struct catalogue_received *received,
	int64_t now_ms, struct catalog_faults *faults, GError **error)
{
	g_autoptr(catalog_faults) own = faults == NULL ? catalog_faults_new() : NULL;
	bool known = false;
	if (faults == NULL)
		faults = own;
	if (!check_words(received, error))
		return false;
	g_autofree char *name = g_strdup_printf("%s@%d", received->list, received->version);
	if (!check_digest(received, name, faults, error) ||
		!check_known(store, received, &known, error))
		return false;
	g_autoptr(catalog_set) set = NULL;
	if (!known) {
		size_t size = 0;
		const void *data = g_bytes_get_data(received->bytes, &size);
		set = catalog_package_read(name, received->list, data, size, faults, error);
		if (set == NULL)
			return false;
	}
	struct receiving receiving = {.what = received, .set = set, .now_ms = now_ms};
	return (known || stage(store, &receiving, error)) &&
	       store_write(store, receive, &receiving, error) &&
	       catalogue_index_ahead(store, received->list, received->version, error) &&
	       catalogue_settle(store, now_ms, NULL, error);
}

bool catalogue_hub_shown(struct store *store, const char *list, int version, GError **error)
{
	return store_run(store, STATEMENT_CATALOGUE_LIST_SET_HUB_LAST,
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)), error);
}
