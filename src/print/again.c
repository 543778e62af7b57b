#include "print/again.h"

#include <sys/stat.h>

#include "base/clock.h"
#include "base/err.h"
#include "desk/desk.h"
#include "desk/queue.h"
#include "print/config.h"
#include "print/document.h"
#include "print/job.h"
#include "print/worker.h"
#include "store/store.h"

#define DEMO_CLERK "yanshi"
#define WAIT_MS 10000 /* for another worker that already prints for this home */
#define STEP_MS 50

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

/* ---- to a printer ---- */

static char *read_secret(const char *path, GError **error)
{
	struct stat about;
	char *secret = NULL;
	if (stat(path, &about) == 0 && (about.st_mode & 077) != 0) {
		err_set_next(
			error, ERR_CODE_PERMISSION, "口令文件别人也能读", "请先 chmod 600 再试");
		return NULL;
	}
	if (!g_file_get_contents(path, &secret, NULL, NULL)) {
		err_set(error, ERR_CODE_IO, "口令文件读不了");
		return NULL;
	}
	secret[strcspn(secret, "\r\n")] = '\0';
	return secret;
}

static bool log_in(struct desk *desk, const struct again *again, GError **error)
{
	if (again->secret_file == NULL)
		return desk_login_demo(desk, again->user ? again->user : DEMO_CLERK, error);
	g_autofree char *secret = read_secret(again->secret_file, error);
	return secret != NULL &&
	       desk_login(desk, again->user ? again->user : "", secret, NULL, error);
}

struct asking {
	struct desk *desk;
	const struct again *again;
	char *job;
};

static bool ask(struct store *store, void *data, GError **error)
{
	struct asking *asking = data;
	const struct again *again = asking->again;
	g_autoptr(job) last = job_of_case(store, again->case_number, again->kind, error);
	g_clear_pointer(&asking->job, g_free);
	if (last == NULL || !desk_print_request(asking->desk, last->case_id, again->kind, -1,
				    again->reason, &asking->job, error))
		return false;
	return again->printer == NULL || store_run(store, STATEMENT_PRINT_JOB_TO_PRINTER,
						 STORE_VALUES(STORE_TEXT("id", asking->job),
							 STORE_TEXT("printer", again->printer)),
						 error);
}

/* Works here, or waits for the worker that is at it already. */
static bool carry_out(struct store *store, const char *home, const char *id, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(worker) worker = worker_open(home, &cause);
	if (worker != NULL)
		return worker_run(worker, 0, error);
	if (!err_is(cause, ERR_CODE_HELD)) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return false;
	}
	for (int64_t end = clock_monotonic_ms() + WAIT_MS; clock_monotonic_ms() < end;) {
		g_autoptr(job) job = job_get(store, id, error);
		enum job_state state = job ? job_state_from_name(job->state) : JOB_STATE_FAILED;
		if (state != JOB_STATE_INTENT && state != JOB_STATE_RENDERED)
			return job != NULL;
		g_usleep(STEP_MS * 1000);
	}
	return true;
}

bool again_to_printer(const struct again *again, char **ret_job, char **ret_state,
	char **ret_message, GError **error)
{
	g_autoptr(desk) desk = desk_open(again->home, STORE_MODE_WRITE, error);
	if (desk == NULL || !log_in(desk, again, error))
		return false;
	struct store *store = desk_store(desk);
	struct asking asking = {desk, again, NULL};
	bool asked = store_write(store, ask, &asking, error);
	g_autofree char *id = asking.job;
	if (!asked || !carry_out(store, again->home, id, error))
		return false;
	g_autoptr(job) job = job_get(store, id, error);
	if (job == NULL)
		return false;
	*ret_job = g_steal_pointer(&id);
	*ret_state = g_strdup(job->state);
	*ret_message = g_strdup(job->message);
	return true;
}
