#include "print/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "print/config.h"
#include "print/document.h"
#include "print/job.h"
#include "print/spool.h"
#include "store/store.h"

#define MOST_JOBS 50	 /* looked at in one pass and state */
#define STEP_MS 50	 /* between looks at the store's version */
#define LOOK_MS 200	 /* between passes while something waits */
#define PRINTERS_MS 3000 /* how often printers are asked how they are */
#define MESSAGE_DONE "请看纸：单据出来了吗？"
#define MESSAGE_MAYBE "可能已打印，请看纸：单据出来了吗？"

struct worker {
	struct store *store;
	struct config *config;
	struct fonts *fonts; /* loaded with the first paper */
	struct document_places places;
	char *home;
	char *server;
	int lock;
	GPtrArray *printers; /* NULL: no server answers */
	int64_t asked_ms;    /* when they were asked; monotonic; 0 never */
	int moved, open;     /* of this pass */
	int failed;	     /* papers, since it was opened */
	char *first_failure; /* why */
};

static int64_t now_ms(void)
{
	static const struct clock system_clock = {0};
	return clock_now_ms(&system_clock);
}

/* ---- opening ---- */

static int take_lock(const char *home, GError **error)
{
	g_autofree char *path = g_build_filename(home, "print.lock", NULL);
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
		return lock;
	if (lock >= 0)
		close(lock);
	err_set_next(error, ERR_CODE_HELD, "已有一个打印程序在为这里打印", "不用再开一个");
	return -1;
}

struct worker *worker_open(const char *home, GError **error)
{
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, error);
	if (store == NULL)
		return NULL;
	int lock = take_lock(home, error);
	if (lock < 0)
		return NULL;
	struct worker *worker = g_new0(struct worker, 1);
	worker->store = g_steal_pointer(&store);
	worker->home = g_strdup(home);
	worker->lock = lock;
	document_places_init(&worker->places, home);
	return worker;
}

void worker_close(struct worker *worker)
{
	store_close(worker->store);
	g_clear_pointer(&worker->config, config_free);
	fonts_close(worker->fonts);
	document_places_clear(&worker->places);
	g_clear_pointer(&worker->printers, g_ptr_array_unref);
	close(worker->lock);
	g_free(worker->first_failure);
	g_free(worker->server);
	g_free(worker->home);
	g_free(worker);
}

/* ---- moving rows ---- */

/* A row that the clerk moved meanwhile is left to him. */
static bool move(struct worker *worker, struct job *job, enum job_state to,
	const struct job_change *change, GError **error)
{
	g_autoptr(GError) cause = NULL;
	if (job_move(worker->store, job, to, change, now_ms(), &cause)) {
		worker->moved++;
		return true;
	}
	if (err_is(cause, ERR_CODE_STALE))
		return true;
	g_propagate_error(error, g_steal_pointer(&cause));
	return false;
}

static bool say(struct worker *worker, struct job *job, enum job_state to, const char *message,
	GError **error)
{
	if (to == JOB_STATE_FAILED && worker->failed++ == 0)
		worker->first_failure = g_strdup(message);
	return move(worker, job, to, &(struct job_change){.message = message}, error);
}

/* Notes something about a row that stays where it is; no news is no write. */
static bool note(struct worker *worker, struct job *job, const char *message, GError **error)
{
	worker->open++;
	if (g_strcmp0(job->message, message) == 0)
		return true;
	return say(worker, job, JOB_STATE_SUBMITTED, message, error);
}

/* ---- intent → rendered ---- */

static char *spool_path(const struct worker *worker, const struct job *job)
{
	g_autofree char *file = g_strconcat(job->id, ".pdf", NULL);
	return g_build_filename(worker->home, "spool", file, NULL);
}

static bool render(struct worker *worker, const struct job *job, int *ret_pages, GError **error)
{
	gsize size = 0;
	const char *bytes = g_bytes_get_data(job->data, &size);
	g_autoptr(json_t) data = json_read(bytes, size, job->id, error);
	if (data != NULL && worker->fonts == NULL)
		worker->fonts = fonts_open(worker->places.fonts, error);
	if (data == NULL || worker->fonts == NULL)
		return false;
	g_autofree char *name = config_profile(worker->config, job->kind);
	g_autoptr(profile) profile = document_profile(&worker->places, name, error);
	g_autofree char *path = spool_path(worker, job);
	g_autofree char *folder = g_path_get_dirname(path);
	g_mkdir_with_parents(folder, 0700);
	struct document document = {
		job->kind, job->id, data, job->copy, job->reason, job->created_ms};
	return profile != NULL && document_render(&document, &worker->places, worker->fonts,
					  profile, path, ret_pages, error);
}

static bool take_intent(struct worker *worker, struct job *job, GError **error)
{
	g_autoptr(GError) cause = NULL;
	int pages = 0;
	if (!render(worker, job, &pages, &cause))
		return say(worker, job, JOB_STATE_FAILED, cause->message, error);
	g_autofree char *pdf = g_strdup_printf("spool/%s.pdf", job->id);
	return move(worker, job, JOB_STATE_RENDERED,
		&(struct job_change){.pdf = pdf, .pages = pages, .message = ""}, error);
}

/* ---- rendered → submitted ---- */

/* A name for people, and one paper never covers another: the id is in it. */
static char *folder_name(const struct job *job)
{
	bool plain = job->number[0] != '\0' &&
		     strspn(job->number, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") ==
			     strlen(job->number);
	return g_strdup_printf("printed/%s%s%s-%s.pdf", job->kind, plain ? "-" : "",
		plain ? job->number : "", job->id);
}

/* The printer that always exists: the PDF itself, under a name for people. */
static bool print_to_folder(struct worker *worker, struct job *job, GError **error)
{
	g_autofree char *from = spool_path(worker, job);
	g_autofree char *name = folder_name(job);
	g_autofree char *to = g_build_filename(worker->home, name, NULL);
	g_autofree char *folder = g_path_get_dirname(to);
	g_mkdir_with_parents(folder, 0700);
	/* After a crash in between it is there already. */
	if (g_rename(from, to) != 0 && !g_file_test(to, G_FILE_TEST_IS_REGULAR)) {
		g_autofree char *message = g_strdup_printf(
			"单据存不进 printed 目录：%s。请检查磁盘和权限后重打。", g_strerror(errno));
		return say(worker, job, JOB_STATE_FAILED, message, error);
	}
	g_autofree char *message = g_strdup_printf("已存为 %s，请打开核对", name);
	struct job_change change = {.printer = CONFIG_FOLDER, .pdf = name, .message = message};
	return move(worker, job, JOB_STATE_SUBMITTED, &change, error) &&
	       say(worker, job, JOB_STATE_ASK, message, error);
}

static bool print_to_cups(struct worker *worker, struct job *job, const char *printer,
	const struct profile *profile, GError **error)
{
	struct job_change before = {.printer = printer, .message = "正在送往打印机"};
	if (!move(worker, job, JOB_STATE_SUBMITTED, &before, error))
		return false;
	if (strcmp(job->state, "submitted") != 0)
		return true; /* given up meanwhile */
	g_autofree char *path = spool_path(worker, job);
	g_autoptr(GError) cause = NULL;
	int number = 0;
	bool doubt = false;
	if (spool_submit(
		    worker->server, printer, path, job->id, profile, &number, &doubt, &cause)) {
		worker->open++;
		return move(worker, job, JOB_STATE_SUBMITTED,
			&(struct job_change){.job = number, .message = ""}, error);
	}
	return say(worker, job, doubt ? JOB_STATE_ASK : JOB_STATE_FAILED,
		doubt ? MESSAGE_MAYBE : cause->message, error);
}

static bool take_rendered(struct worker *worker, struct job *job, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *printer =
		config_choose(worker->config, job->kind, job->printer, worker->printers, &cause);
	if (printer == NULL)
		return say(worker, job, JOB_STATE_FAILED, cause->message, error);
	if (strcmp(printer, CONFIG_FOLDER) == 0)
		return print_to_folder(worker, job, error);
	g_autofree char *name = config_profile(worker->config, job->kind);
	g_autoptr(profile) profile = document_profile(&worker->places, name, &cause);
	if (profile == NULL)
		return say(worker, job, JOB_STATE_FAILED, cause->message, error);
	return print_to_cups(worker, job, printer, profile, error);
}

/* ---- submitted → ask ---- */

static bool tell_waiting(struct worker *worker, struct job *job, int number, GError **error)
{
	if (job->job == 0 && number != 0 &&
		!move(worker, job, JOB_STATE_SUBMITTED, &(struct job_change){.job = number}, error))
		return false;
	const struct printer *printer = spool_find(worker->printers, job->printer);
	bool well = printer == NULL || printer->ready;
	return note(worker, job, well ? "" : printer->sentence, error);
}

/*
 * A row without the job's number is of a worker that died while handing over: a job that is held
 * then waits for a document nobody will send (CUPS would keep it for a quarter of an hour).
 */
static bool take_held(struct worker *worker, struct job *job, int number, GError **error)
{
	if (job->job != 0)
		return note(worker, job, "打印任务被挂起，请在打印机上放行", error);
	if (!spool_cancel(worker->server, job->printer, number, NULL))
		return note(worker, job, "打印服务没有回应，恢复后接着查看", error);
	return say(worker, job, JOB_STATE_ASK, MESSAGE_MAYBE, error);
}

static bool take_submitted(struct worker *worker, struct job *job, GError **error)
{
	static const char *const messages[] = {
		[SPOOL_STATE_UNKNOWN] = MESSAGE_MAYBE,
		[SPOOL_STATE_DONE] = MESSAGE_DONE,
		[SPOOL_STATE_CANCELLED] = "打印任务被取消，可能已打印一部分，请看纸",
		[SPOOL_STATE_ABORTED] = "打印机中断了这份单据，可能已打印一部分，请看纸",
	};
	if (strcmp(job->printer, CONFIG_FOLDER) == 0)
		return say(worker, job, JOB_STATE_ASK, job->message, error);
	enum spool_state state = SPOOL_STATE_UNKNOWN;
	int number = 0;
	g_autoptr(GError) cause = NULL;
	if (!spool_look(worker->server, job->printer, job->id, &state, &number, &cause))
		return note(worker, job, "打印服务没有回应，恢复后接着查看", error);
	if (state == SPOOL_STATE_HELD)
		return take_held(worker, job, number, error);
	if (state == SPOOL_STATE_WAITING || state == SPOOL_STATE_PRINTING)
		return tell_waiting(worker, job, number, error);
	return move(worker, job, JOB_STATE_ASK,
		&(struct job_change){.message = messages[state], .job = number}, error);
}

/* ---- a pass ---- */

typedef bool take(struct worker *worker, struct job *job, GError **error);

static bool take_all(struct worker *worker, enum job_state state, take *take_one, GError **error)
{
	g_autoptr(GPtrArray) jobs = job_list(worker->store, state, MOST_JOBS, error);
	for (guint i = 0; jobs != NULL && i < jobs->len; i++)
		if (!take_one(worker, g_ptr_array_index(jobs, i), error))
			return false;
	return jobs != NULL;
}

static bool put_printer(struct worker *worker, const char *name, bool ready, const char *sentence,
	int64_t now, GError **error)
{
	g_autofree char *slips = config_slips(worker->config, name);
	return store_run(worker->store, STATEMENT_PRINTER_PUT,
		STORE_VALUES(STORE_TEXT("name", name), STORE_TEXT("slip", slips),
			STORE_INTEGER("ready", ready), STORE_TEXT("sentence", sentence),
			STORE_INTEGER("now_ms", now)),
		error);
}

static bool put_printers(struct store *store, void *data, GError **error)
{
	struct worker *worker = data;
	int64_t now = now_ms();
	for (guint i = 0; worker->printers != NULL && i < worker->printers->len; i++) {
		const struct printer *printer = g_ptr_array_index(worker->printers, i);
		if (!put_printer(
			    worker, printer->name, printer->ready, printer->sentence, now, error))
			return false;
	}
	/* The folder stands in the list when papers go there. */
	g_autofree char *choice =
		config_choose(worker->config, "default", "", worker->printers, NULL);
	if (g_strcmp0(choice, CONFIG_FOLDER) == 0 &&
		!put_printer(worker, CONFIG_FOLDER, true, "文件夹打印机，存入 printed", now, error))
		return false;
	return store_run(store, STATEMENT_PRINTER_DROP_BEFORE,
		STORE_VALUES(STORE_INTEGER("now_ms", now)), error);
}

/* What the printers say, joined, to see whether it is news. */
static char *printers_said(const GPtrArray *printers)
{
	GString *said = g_string_new(printers == NULL ? "?" : "");
	for (guint i = 0; printers != NULL && i < printers->len; i++) {
		const struct printer *printer = g_ptr_array_index(printers, i);
		g_string_append_printf(
			said, "%s %d %s\n", printer->name, printer->ready, printer->sentence);
	}
	return g_string_free(said, FALSE);
}

static bool ask_printers(struct worker *worker, GError **error)
{
	int64_t now = clock_monotonic_ms();
	bool first = worker->asked_ms == 0;
	if (!first && now - worker->asked_ms < PRINTERS_MS)
		return true;
	g_autofree char *before = printers_said(worker->printers);
	g_clear_pointer(&worker->printers, g_ptr_array_unref);
	worker->printers = spool_printers(worker->server, NULL);
	worker->asked_ms = now;
	g_autofree char *after = printers_said(worker->printers);
	if (!first && strcmp(before, after) == 0)
		return true;
	if (!store_write(worker->store, put_printers, worker, error))
		return false;
	store_ring(worker->store);
	return true;
}

static bool read_config(struct worker *worker, GError **error)
{
	struct config *config = config_read(worker->home, error);
	if (config == NULL)
		return false;
	if (worker->config != NULL)
		config_free(worker->config);
	worker->config = config;
	g_free(worker->server);
	worker->server = config_server(config);
	return true;
}

bool worker_pass(struct worker *worker, int *ret_moved, int *ret_open, GError **error)
{
	worker->moved = worker->open = 0;
	bool good = read_config(worker, error) && ask_printers(worker, error) &&
		    take_all(worker, JOB_STATE_SUBMITTED, take_submitted, error) &&
		    take_all(worker, JOB_STATE_RENDERED, take_rendered, error) &&
		    take_all(worker, JOB_STATE_INTENT, take_intent, error);
	*ret_moved = worker->moved;
	*ret_open = worker->open;
	return good;
}

/* ---- spool/ holds only what is not yet confirmed ---- */

/* What the clerk gave up is taken back from the printer as far as that still goes. */
static void take_back(struct worker *worker, const struct job *job)
{
	g_autoptr(GError) cause = NULL;
	if (job->job != 0 && !spool_cancel(worker->server, job->printer, (int)job->job, &cause))
		g_message("%s: %s", job->id, cause->message);
}

static void drop_settled(struct worker *worker, const char *folder, const char *file)
{
	g_autofree char *id = g_strndup(file, strcspn(file, "."));
	g_autoptr(job) job = job_get(worker->store, id, NULL);
	bool cancelled = job != NULL && strcmp(job->state, "cancelled") == 0;
	if (job != NULL && !cancelled && strcmp(job->state, "confirmed") != 0)
		return;
	if (cancelled)
		take_back(worker, job);
	g_autofree char *path = g_build_filename(folder, file, NULL);
	(void)g_unlink(path);
}

static void sweep(struct worker *worker)
{
	g_autofree char *folder = g_build_filename(worker->home, "spool", NULL);
	g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
	const char *file;
	while (files != NULL && (file = g_dir_read_name(files)) != NULL)
		drop_settled(worker, folder, file);
}

/* Waits until the store is newer than `seen`; not longer than ms, nor than `end`. True: it is. */
static bool wait_for_change(struct worker *worker, int64_t seen, int64_t ms, int64_t end)
{
	end = MIN(end, clock_monotonic_ms() + ms);
	while (clock_monotonic_ms() < end) {
		if (store_data_version(worker->store) != seen)
			return true;
		g_usleep(STEP_MS * 1000);
	}
	return false;
}

int worker_failed(const struct worker *worker, const char **ret_sentence)
{
	*ret_sentence = worker->first_failure;
	return worker->failed;
}

bool worker_run(struct worker *worker, int64_t idle_ms, GError **error)
{
	int64_t end = clock_monotonic_ms() + idle_ms;
	bool changed = true;
	for (;;) {
		/* Taken before the pass: what others write during it is seen by the next one. */
		int64_t seen = store_data_version(worker->store);
		int moved = 0, open = 0;
		if (!worker_pass(worker, &moved, &open, error))
			return false;
		if (changed)
			sweep(worker);
		changed = moved > 0;
		if (moved > 0)
			end = clock_monotonic_ms() + idle_ms;
		else if (clock_monotonic_ms() >= end)
			return true;
		else
			changed = wait_for_change(
				worker, seen, open > 0 ? LOOK_MS : PRINTERS_MS, end);
	}
}
