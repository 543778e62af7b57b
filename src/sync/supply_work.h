/* Inside the errand of the supply: what its two files share. */
#ifndef SYNC_SUPPLY_WORK_H
#define SYNC_SUPPLY_WORK_H

#include "sync/errand_supply.h"
#include "sync/supply_rows.h"
#include "sync/supply_wire.h"

struct supply_memo {
	char *etags[SUPPLY_KIND_COUNT];
	json_t *lists[SUPPLY_KIND_COUNT];
	char *part_digest; /* of the version whose beginning is here, NULL none */
	GByteArray *part;
};

/* Taking one thing in on a thread; the errand may be gone when that ends. */
struct supply_job {
	struct errand *errand; /* NULL: nobody waits any more; of the main thread */
	const struct courier_ports *ports;
	char *home;
	struct supply_thing *thing;
	GBytes *bytes;
	GError *error;
};

struct supply_work {
	char *hall; /* "" no window here */
	GPtrArray *hub;
	struct supply_plan *plan; /* NULL while the lists are read */
	guint at;
	int64_t changed;
	char *trouble; /* the first refusal of this look, NULL none */
	struct supply_job *job;
};

/* The step under way. */
const struct supply_step *supply_step_of(const struct errand *errand);

/* A GET with the home's token; etag and range may be NULL. */
void supply_get(struct errand *errand, const char *path, const char *etag, const char *range);

/* What came is no answer to go on with: the errand ends. */
void supply_fail(struct errand *errand, const struct http_answer *answer);

/* The step's thing has changed sides; or it is refused here, said with `what`; or it waits for
 * another look. Goes on with the next step. */
void supply_moved(struct errand *errand);
void supply_refused_here(struct errand *errand, const char *what);
void supply_skip(struct errand *errand);

/* errand_supply_fetch.c: fetches the step's thing, and goes on with an answer. */
void supply_fetch(struct errand *errand);
void supply_fetched(struct errand *errand, const struct http_answer *answer);

#endif
