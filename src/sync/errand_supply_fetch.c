/*
 * Fetching: a version comes in pieces, so that a bad line goes on where it broke off and nothing
 * else waits for it; taking in is done on a thread of its own.
 */
#include <string.h>

#include "base/err.h"
#include "sync/supply_work.h"

#define PIECE (1 << 20)

static void forget_part(struct supply_memo *memo)
{
	g_clear_pointer(&memo->part_digest, g_free);
	g_byte_array_unref(memo->part);
	memo->part = g_byte_array_new();
}

static void job_free(struct supply_job *job)
{
	supply_thing_free(job->thing);
	g_bytes_unref(job->bytes);
	g_clear_error(&job->error);
	g_free(job->home);
	g_free(job);
}

/* A list's authorisation before the list itself: it comes after the next look. */
static bool is_early(const struct supply_job *job)
{
	return job->thing->kind == SUPPLY_KIND_GRANT && err_is(job->error, ERR_CODE_NOT_FOUND);
}

static gboolean job_ended(void *data)
{
	struct supply_job *job = data;
	struct errand *errand = job->errand;
	if (errand != NULL) {
		errand->supply->job = NULL;
		if (job->error == NULL)
			supply_moved(errand);
		else if (errand_is_own_failure(job->error))
			errand_end_error(errand, job->error);
		else if (is_early(job))
			supply_skip(errand);
		else
			supply_refused_here(errand, job->error->message);
	}
	job_free(job);
	return G_SOURCE_REMOVE;
}

static void *job_run(void *data)
{
	struct supply_job *job = data;
	job->ports->supply(job->home, job->thing, job->bytes, &job->error);
	g_idle_add(job_ended, job);
	return NULL;
}

/* The whole check of a big version takes seconds; the courier goes on meanwhile. */
static void take_in(struct errand *errand, GBytes *bytes_take)
{
	struct supply_job *job = g_new0(struct supply_job, 1);
	*job = (struct supply_job){.errand = errand,
		.ports = errand->office->ports,
		.home = g_strdup(store_home(errand->office->store)),
		.thing = supply_thing_copy(supply_step_of(errand)->thing),
		.bytes = bytes_take};
	errand->supply->job = job;
	g_thread_unref(g_thread_new("supply", job_run, job));
}

/* The digest is of these bytes, else they are refused. */
static void check_and_take_in(struct errand *errand, GBytes *bytes_take)
{
	gsize size = 0;
	const void *data = g_bytes_get_data(bytes_take, &size);
	struct digest digest = digest_of(data, size);
	char text[DIGEST_TEXT_SIZE];
	digest_to_text(&digest, text);
	if (strcmp(text, supply_step_of(errand)->thing->digest) == 0) {
		take_in(errand, bytes_take);
		return;
	}
	g_bytes_unref(bytes_take);
	supply_refused_here(errand, "内容与中心写明的摘要不符。");
}

static void fetch_piece(struct errand *errand)
{
	struct supply_memo *memo = errand->office->memo;
	const struct supply_thing *thing = supply_step_of(errand)->thing;
	if (g_strcmp0(memo->part_digest, thing->digest) != 0) {
		forget_part(memo);
		memo->part_digest = g_strdup(thing->digest);
	}
	guint64 first = memo->part->len;
	g_autofree char *range = g_strdup_printf(
		"bytes=%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, first, first + PIECE - 1);
	g_autofree char *path = supply_wire_path(thing, errand->supply->hall);
	supply_get(errand, path, NULL, range);
}

static void piece_came(struct errand *errand, const struct http_answer *answer)
{
	struct supply_memo *memo = errand->office->memo;
	int64_t whole = supply_step_of(errand)->thing->size;
	/* All of it at once: a hub that knows no pieces. */
	if (answer->status == 200)
		g_byte_array_set_size(memo->part, 0);
	g_byte_array_append(memo->part, (const guint8 *)answer->bytes, (guint)answer->size);
	if (answer->size == 0 || memo->part->len > whole) {
		forget_part(memo);
		errand_garbage(errand);
	} else if (memo->part->len < whole) {
		fetch_piece(errand);
	} else {
		GBytes *bytes = g_byte_array_free_to_bytes(g_steal_pointer(&memo->part));
		memo->part = g_byte_array_new();
		forget_part(memo);
		check_and_take_in(errand, bytes);
	}
}

void supply_fetch(struct errand *errand)
{
	const struct supply_thing *thing = supply_step_of(errand)->thing;
	if (thing->kind == SUPPLY_KIND_GRANT) {
		take_in(errand, g_bytes_new(thing->body, strlen(thing->body)));
	} else if (thing->kind == SUPPLY_KIND_CALENDAR) {
		g_autofree char *path = supply_wire_path(thing, errand->supply->hall);
		supply_get(errand, path, NULL, NULL);
	} else if (thing->size > JSON_MOST_BYTES) {
		supply_refused_here(errand, "内容太大。");
	} else {
		fetch_piece(errand);
	}
}

void supply_fetched(struct errand *errand, const struct http_answer *answer)
{
	if (answer->status != 200 && answer->status != 206)
		supply_fail(errand, answer);
	else if (supply_step_of(errand)->thing->kind == SUPPLY_KIND_VERSION)
		piece_came(errand, answer);
	else
		check_and_take_in(errand, g_bytes_new(answer->bytes, answer->size));
}
