#include "hub/work.h"

#include "base/clock.h"
#include "base/err.h"
#include "hub/route.h"

#define MOST_AT_ONCE 64
#define CHECKPOINT_AFTER_MS 2000

struct work {
	struct hub *hub;
	GThread *thread;
	GAsyncQueue *queue;
	GThread *checker;
	GAsyncQueue *checks; /* requests whose reply.check is to be run */
	int checking;	     /* how many are with the checker */
	GPtrArray *waiting;  /* struct request *, not owned */
	GMutex lock;
	bool stopping;
};

/* What wakes the thread to stop. */
static struct request stop_request;

static void handle(struct hub *hub, struct request *request)
{
	g_autoptr(GError) error = NULL;
	reply_clear(&request->reply);
	hub->requests++;
	if (!request->route->handler(hub, request, &error))
		reply_error(&request->reply, error);
}

struct batch {
	struct hub *hub;
	GPtrArray *requests;
};

static bool spoils(const struct request *request, bool wrote)
{
	return wrote && request->reply.status >= 400 && !request->reply.keep;
}

/* Stops at a request that fails after it has written: its writing must not be committed. */
static bool handle_all(struct store *store, void *data, GError **error)
{
	struct batch *batch = data;
	for (guint i = 0; i < batch->requests->len; i++) {
		struct request *request = batch->requests->pdata[i];
		int64_t before = batch->hub->writes;
		handle(batch->hub, request);
		if (spoils(request, batch->hub->writes != before))
			return false;
	}
	return true;
}

static void run_one(struct hub *hub, struct request *request)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_ptr_array_add(one, request);
	struct batch batch = {hub, one};
	g_autoptr(GError) error = NULL;
	if (store_write(hub->store, handle_all, &batch, &error))
		return;
	if (request->reply.status >= 400 && error == NULL)
		return;
	reply_clear(&request->reply);
	reply_error(&request->reply, error);
}

/* The checker's thread: nothing of the hub is touched here, only the request. */
static void *run_checks(void *data)
{
	struct work *work = data;
	struct request *request = NULL;
	while ((request = g_async_queue_pop(work->checks)) != &stop_request) {
		request->checked = true;
		request->reply.check(request, &request->fault);
		g_async_queue_push(work->queue, request);
	}
	return NULL;
}

/* All in one transaction; when one spoils it, each in its own. */
static void run_batch(struct hub *hub, GPtrArray *requests)
{
	struct batch batch = {hub, requests};
	if (requests->len > 1 && store_write(hub->store, handle_all, &batch, NULL))
		return;
	if (requests->len > 1)
		g_hash_table_remove_all(hub->news);
	for (guint i = 0; i < requests->len; i++)
		run_one(hub, requests->pdata[i]);
}

static void finish_batch(struct work *work, GPtrArray *requests)
{
	for (guint i = 0; i < requests->len; i++) {
		struct request *request = requests->pdata[i];
		if (request->reply.check != NULL) {
			work->checking++;
			g_async_queue_push(work->checks, request);
		} else if (request->reply.wait)
			g_ptr_array_add(work->waiting, request);
		else
			request->done(request);
	}
}

/* Those whose lane has news (everybody, when the bureau has), or whose time is over, are asked
 * again. */
static void wake_waiting(struct work *work)
{
	int64_t now = clock_monotonic_ms();
	for (guint i = work->waiting->len; i > 0; i--) {
		struct request *request = work->waiting->pdata[i - 1];
		if (!work->hub->stopping && !work->hub->supply_news && now < request->deadline_ms &&
			!g_hash_table_contains(work->hub->news, request->lane))
			continue;
		g_ptr_array_remove_index_fast(work->waiting, i - 1);
		g_async_queue_push(work->queue, request);
	}
	g_hash_table_remove_all(work->hub->news);
	work->hub->supply_news = false;
	work->hub->waiting = work->waiting->len;
}

static guint64 wait_us(const struct work *work)
{
	int64_t now = clock_monotonic_ms(), until = now + CHECKPOINT_AFTER_MS;
	for (guint i = 0; i < work->waiting->len; i++)
		until = MIN(until, ((struct request *)work->waiting->pdata[i])->deadline_ms);
	return (guint64)MAX(until - now, 1) * 1000;
}

static void add(struct work *work, GPtrArray *requests, struct request *request)
{
	if (request->checked)
		work->checking--;
	g_ptr_array_add(requests, request);
}

/* Moves everything that is queued into `requests`, at most MOST_AT_ONCE. */
static void take(struct work *work, GPtrArray *requests)
{
	struct request *request = g_async_queue_timeout_pop(work->queue, wait_us(work));
	if (request == NULL)
		store_checkpoint(work->hub->store, NULL);
	while (request != NULL) {
		if (request == &stop_request)
			work->hub->stopping = true;
		else
			add(work, requests, request);
		if (requests->len == MOST_AT_ONCE)
			break;
		request = g_async_queue_try_pop(work->queue);
	}
}

static void *run(void *data)
{
	struct work *work = data;
	g_autoptr(GPtrArray) requests = g_ptr_array_new();
	while (!work->hub->stopping || work->waiting->len > 0 || work->checking > 0 ||
		g_async_queue_length(work->queue) > 0) {
		g_ptr_array_set_size(requests, 0);
		take(work, requests);
		run_batch(work->hub, requests);
		finish_batch(work, requests);
		wake_waiting(work);
	}
	return NULL;
}

struct work *work_start(struct hub *hub)
{
	struct work *work = g_new0(struct work, 1);
	work->hub = hub;
	work->queue = g_async_queue_new();
	work->checks = g_async_queue_new();
	work->waiting = g_ptr_array_new();
	g_mutex_init(&work->lock);
	work->checker = g_thread_new("checker", run_checks, work);
	work->thread = g_thread_new("worker", run, work);
	return work;
}

bool work_push(struct work *work, struct request *request)
{
	g_mutex_lock(&work->lock);
	bool taken = !work->stopping;
	if (taken)
		g_async_queue_push(work->queue, request);
	g_mutex_unlock(&work->lock);
	return taken;
}

void work_stop(struct work *work)
{
	g_mutex_lock(&work->lock);
	work->stopping = true;
	g_async_queue_push(work->queue, &stop_request);
	g_mutex_unlock(&work->lock);
	g_thread_join(work->thread);
	g_async_queue_push(work->checks, &stop_request);
	g_thread_join(work->checker);
}

void work_free(struct work *work)
{
	g_async_queue_unref(work->queue);
	g_async_queue_unref(work->checks);
	g_ptr_array_unref(work->waiting);
	g_mutex_clear(&work->lock);
	g_free(work);
}
