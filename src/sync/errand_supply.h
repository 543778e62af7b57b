/* The errand of the supply (supply.h), and what it remembers from one look to the next. */
#ifndef SYNC_ERRAND_SUPPLY_H
#define SYNC_ERRAND_SUPPLY_H

#include "sync/errand.h"

/* What was learnt of this hub: lists with their ETags, a download that broke off. */
struct supply_memo;
struct supply_memo *supply_memo_new(void);
void supply_memo_free(struct supply_memo *memo);

/* Begins; goes on with an answer; ends what is under way, NULL is fine. */
void errand_supply(struct errand *errand);
void errand_supply_answered(struct errand *errand, const struct http_answer *answer);
void supply_work_free(struct supply_work *work);

#endif
