/*
 * The worker: one thread that runs every handler. Requests that arrive together share one
 * transaction (LIMITS 1d: that is what makes durable commits cheap); an answer leaves only after
 * the commit. Long polls wait here.
 */
#ifndef HUB_WORK_H
#define HUB_WORK_H

#include "hub/hub.h"

struct work;

/* Starts the thread; hub is the thread's until work_stop. */
struct work *work_start(struct hub *hub);

/* Hands a request over; its done() is called once. False when the worker is stopping: not taken. */
bool work_push(struct work *work, struct request *request);

/* Answers everything that is here, those who wait too, and ends the thread; work_push refuses from
 * then. */
void work_stop(struct work *work);

/* After work_stop, when nobody can push any more. */
void work_free(struct work *work);

#endif
