#include "print/again.h"

#include "base/err.h"
#include "print/config.h"
#include "print/document.h"
#include "print/job.h"
#include "store/store.h"

static bool render_copy(const struct again *again, const struct job *job, const char *path,
	int *ret_pages, GError **error)
{
	struct document_places places;
	document_places_init(&places, again->home);
	gsize size = 0;
	const char *bytes = g_bytes_get_data(job->data, &size);
	g_autoptr(json_t) data = json_read(bytes, size, job->id, error);
	g_autoptr(config) config = data ? config_read(again->home, error) : NULL;
	g_autofree char *name = config ? config_profile(config, job->kind) : NULL;
	g_autoptr(fonts) fonts = config ? fonts_open(places.fonts, error) : NULL;
	g_autoptr(profile) profile = fonts ? document_profile(&places, name, error) : NULL;
	struct document document = {job->kind, job->id, data, 0, "", job->created_ms};
	bool good = profile != NULL &&
		    document_render(&document, &places, fonts, profile, path, ret_pages, error);
	document_places_clear(&places);
	return good;
}

bool again_to_file(const struct again *again, const char *path, int *ret_pages, GError **error)
{
	g_autoptr(store) store = store_open(again->home, STORE_MODE_READ, error);
	g_autoptr(job) job =
		store ? job_of_case(store, again->case_number, again->kind, error) : NULL;
	return job != NULL && render_copy(again, job, path, ret_pages, error);
}
