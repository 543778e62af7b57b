/*
 * Looks at what the hub hands out, then does what the plan says, one thing after the other: a
 * version comes in pieces, so that a bad line goes on where it broke off and nothing else waits for
 * it; taking one in is done on a thread of its own.
 */
#include "sync/supply_work.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "core/date.h"

/* A piece may come slowly, as long as it comes. */
#define GET_SECONDS 600
/* While the hub checks a version it says nothing. */
#define PUSH_SECONDS 600
#define PUSH_QUIET_SECONDS 300

struct supply_memo *supply_memo_new(void)
{
	struct supply_memo *memo = g_new0(struct supply_memo, 1);
	memo->part = g_byte_array_new();
	return memo;
}

void supply_memo_free(struct supply_memo *memo)
{
	if (memo == NULL)
		return;
	for (int kind = 0; kind < SUPPLY_KIND_COUNT; kind++) {
		g_free(memo->etags[kind]);
		json_decref(memo->lists[kind]);
	}
	g_free(memo->part_digest);
	g_byte_array_unref(memo->part);
	g_free(memo);
}

void supply_work_free(struct supply_work *work)
{
	if (work == NULL)
		return;
	if (work->job != NULL)
		work->job->errand = NULL;
	g_clear_pointer(&work->plan, supply_plan_free);
	g_ptr_array_unref(work->hub);
	g_free(work->hall);
	g_free(work->trouble);
	g_free(work);
}

static int64_t now_ms(void)
{
	return clock_now_ms(&(struct clock){0});
}

const struct supply_step *supply_step_of(const struct errand *errand)
{
	const struct supply_work *work = errand->supply;
	return work->plan->steps->pdata[work->at];
}

static void ask_list(struct errand *errand);
static void go_on(struct errand *errand);

/* What came is no answer to go on with. A refusal of the whole look waits, too. */
void supply_fail(struct errand *errand, const struct http_answer *answer)
{
	struct wire_reply reply = {.status = answer->status,
		.connected = answer->connected,
		.bytes = answer->bytes,
		.size = answer->size};
	g_autoptr(json_t) body = NULL;
	g_autofree char *reason = NULL;
	enum sync_outcome outcome = wire_outcome(SYNC_TASK_SUPPLY, &reply, &body, &reason);
	if (outcome == SYNC_OUTCOME_DONE)
		errand_garbage(errand);
	else
		errand_end(errand, outcome == SYNC_OUTCOME_REFUSED ? SYNC_OUTCOME_LATER : outcome,
			reason);
}

/* ---- looking ---- */

void supply_get(struct errand *errand, const char *path, const char *etag, const char *range)
{
	const struct sync_config *config = errand->office->config;
	struct http_request request = {.method = "GET",
		.if_none_match = etag,
		.range = range,
		.token = config->token[0] != '\0' ? config->token : config->bureau,
		.upload_offset = -1,
		.upload_length = -1,
		.most_seconds = GET_SECONDS};
	errand_send(errand, &request, path);
}

static void finish(struct errand *errand)
{
	struct supply_work *work = errand->supply;
	g_autoptr(GError) error = NULL;
	const char *trouble = work->trouble != NULL ? work->trouble : work->plan->trouble;
	if (!supply_rows_looked(errand->office->store, work->hub, trouble != NULL ? trouble : "",
		    now_ms(), &error)) {
		errand_end_error(errand, error);
		return;
	}
	struct sync_answer answer = {.request = errand->command.request,
		.outcome = SYNC_OUTCOME_DONE,
		.reason = trouble,
		.count = work->changed};
	errand->done(errand->data, errand, &answer);
}

/* Without a window there is no hall that anything could be authorised for. */
static void drop_grants(GPtrArray *home)
{
	for (guint i = home->len; i > 0; i--)
		if (((const struct supply_thing *)home->pdata[i - 1])->kind == SUPPLY_KIND_GRANT)
			g_ptr_array_remove_index(home, i - 1);
}

static void make_plan(struct errand *errand)
{
	struct supply_work *work = errand->supply;
	struct store *store = errand->office->store;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) home = supply_rows_home(store, &error);
	g_autoptr(GPtrArray) memory = home != NULL ? supply_rows_memory(store, &error) : NULL;
	if (memory == NULL) {
		errand_end_error(errand, error);
		return;
	}
	if (work->hall[0] == '\0')
		drop_grants(home);
	g_autofree char *today = civil_date_dup_text(civil_date_of_ms(now_ms()));
	const struct supply_view view = {
		work->hub, home, memory, errand->office->config->bureau[0] != '\0', today};
	work->plan = supply_plan_new(&view);
	go_on(errand);
}

static void next_list(struct errand *errand)
{
	if (++errand->leg < SUPPLY_KIND_COUNT)
		ask_list(errand);
	else
		make_plan(errand);
}

static void ask_list(struct errand *errand)
{
	const struct supply_work *work = errand->supply;
	const struct supply_memo *memo = errand->office->memo;
	enum supply_kind kind = (enum supply_kind)errand->leg;
	if (kind == SUPPLY_KIND_GRANT && work->hall[0] == '\0') {
		next_list(errand);
		return;
	}
	g_autofree char *path = supply_wire_list_path(kind, work->hall);
	supply_get(errand, path, memo->lists[kind] != NULL ? memo->etags[kind] : NULL, NULL);
}

static void keep_list(
	struct supply_memo *memo, enum supply_kind kind, const char *etag, json_t *body)
{
	g_free(memo->etags[kind]);
	json_decref(memo->lists[kind]);
	memo->etags[kind] = g_strdup(etag);
	memo->lists[kind] = etag != NULL ? json_incref(body) : NULL;
}

static void list_came(struct errand *errand, const struct http_answer *answer)
{
	struct supply_memo *memo = errand->office->memo;
	enum supply_kind kind = (enum supply_kind)errand->leg;
	g_autoptr(json_t) body = NULL;
	/* A hub that knows no such list hands out nothing of it. */
	if (answer->status == 404) {
		next_list(errand);
		return;
	}
	if (answer->status == 304 && memo->lists[kind] != NULL)
		body = json_incref(memo->lists[kind]);
	else if (answer->status == 200)
		body = json_read(answer->bytes, answer->size, "", NULL);
	if (body != NULL && supply_wire_list(kind, body, errand->supply->hub)) {
		keep_list(
			memo, kind, answer->etag != NULL ? answer->etag : memo->etags[kind], body);
		next_list(errand);
	} else if (answer->status == 200 || answer->status == 304) {
		errand_garbage(errand);
	} else {
		supply_fail(errand, answer);
	}
}

void errand_supply(struct errand *errand)
{
	g_autoptr(GError) error = NULL;
	struct supply_work *work = errand->supply = g_new0(struct supply_work, 1);
	work->hub = g_ptr_array_new_with_free_func((GDestroyNotify)(void *)supply_thing_free);
	g_autoptr(GPtrArray) windows = outbox_windows(errand->office->store, &error);
	if (windows == NULL) {
		errand_end_error(errand, error);
		return;
	}
	work->hall = g_strdup(
		windows->len > 0 ? ((const struct outbox_window *)windows->pdata[0])->hall : "");
	ask_list(errand);
}

/* ---- writing down ---- */

/* False when that could not be written; the errand has ended then. */
static bool agree(struct errand *errand)
{
	g_autoptr(GError) error = NULL;
	bool good = supply_rows_agree(
		errand->office->store, supply_step_of(errand)->thing, now_ms(), &error);
	if (good)
		errand->supply->at++;
	else
		errand_end_error(errand, error);
	return good;
}

/* A thing has changed sides. */
void supply_moved(struct errand *errand)
{
	errand->supply->changed++;
	if (agree(errand))
		go_on(errand);
}

/* Refused, by whichever side: said once, not tried again until it is another. */
static void refused(struct errand *errand, const char *sentence)
{
	struct supply_work *work = errand->supply;
	g_autoptr(GError) error = NULL;
	if (!supply_rows_refuse(errand->office->store, supply_step_of(errand)->thing, sentence,
		    now_ms(), &error)) {
		errand_end_error(errand, error);
		return;
	}
	if (work->trouble == NULL)
		work->trouble = g_strdup(sentence);
	work->at++;
	go_on(errand);
}

void supply_refused_here(struct errand *errand, const char *what)
{
	g_autofree char *words = supply_thing_words(supply_step_of(errand)->thing);
	g_autofree char *sentence =
		g_strdup_printf("中心的%s没有收下，原有的继续有效，请告知数据局：%s", words, what);
	refused(errand, sentence);
}

void supply_skip(struct errand *errand)
{
	errand->supply->at++;
	go_on(errand);
}

/* ---- pushing ---- */

static void push(struct errand *errand)
{
	const struct supply_thing *thing = supply_step_of(errand)->thing;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = thing->kind == SUPPLY_KIND_GRANT
					  ? g_bytes_new(thing->body, strlen(thing->body))
					  : supply_rows_bytes(errand->office->store, thing, &error);
	if (bytes == NULL) {
		errand_end_error(errand, error);
		return;
	}
	gsize size = 0;
	struct http_request request = {.method = "PUT",
		.digest = thing->digest,
		.token = errand->office->config->bureau,
		.upload_offset = -1,
		.upload_length = -1,
		.most_seconds = PUSH_SECONDS,
		.quiet_seconds = PUSH_QUIET_SECONDS};
	request.bytes = g_bytes_get_data(bytes, &size);
	request.size = size;
	g_autofree char *path = supply_wire_push_path(thing, errand->supply->hall);
	errand_send(errand, &request, path);
}

/* Not this thing is refused, but the token; or the hub has gone on meanwhile: looked at again. */
static const char *not_of_the_thing(const struct http_answer *answer)
{
	g_autoptr(json_t) problem =
		answer->size > 0 ? json_read(answer->bytes, answer->size, "", NULL) : NULL;
	if (answer->status == 401 || answer->status == 403)
		return "没有送到中心：中心不认 config.ini 里数据局的令牌。请核对后再试。";
	if (answer->status == 409 && strcmp(json_text(problem, "code", ""), "stale") == 0)
		return "没有送到中心：中心已有更新的版本。收取以后请发布成下一个版本。";
	return NULL;
}

static void pushed(struct errand *errand, const struct http_answer *answer)
{
	if (answer->status == 200 || answer->status == 201) {
		supply_moved(errand);
		return;
	}
	struct wire_reply reply = {answer->status, answer->connected, answer->bytes, answer->size};
	g_autoptr(json_t) body = NULL;
	g_autofree char *reason = NULL;
	enum sync_outcome outcome = wire_outcome(SYNC_TASK_SUPPLY, &reply, &body, &reason);
	g_autofree char *words = supply_thing_words(supply_step_of(errand)->thing);
	const char *other = not_of_the_thing(answer);
	if (other != NULL) {
		g_autofree char *sentence = g_strconcat(words, other, NULL);
		errand_end(errand, SYNC_OUTCOME_LATER, sentence);
	} else if (outcome == SYNC_OUTCOME_REFUSED) {
		g_autofree char *sentence = g_strdup_printf("中心没有收下%s：%s", words, reason);
		refused(errand, sentence);
	} else {
		supply_fail(errand, answer);
	}
}

/* ---- step by step ---- */

static void go_on(struct errand *errand)
{
	const struct supply_work *work = errand->supply;
	const GPtrArray *steps = work->plan->steps;
	while (work->at < steps->len && supply_step_of(errand)->act == SUPPLY_ACT_AGREE)
		if (!agree(errand))
			return;
	if (work->at == steps->len)
		finish(errand);
	else if (supply_step_of(errand)->act == SUPPLY_ACT_FETCH)
		supply_fetch(errand);
	else
		push(errand);
}

void errand_supply_answered(struct errand *errand, const struct http_answer *answer)
{
	if (errand->supply->plan == NULL)
		list_came(errand, answer);
	else if (supply_step_of(errand)->act == SUPPLY_ACT_FETCH)
		supply_fetched(errand, answer);
	else
		pushed(errand, answer);
}
