/*
 * The applicant's page: the steps of a case and nothing else. No person's name, no theme, no item's
 * name, no outcome: whoever looks over a shoulder learns only how far it is.
 */
#ifndef HUB_PAGE_H
#define HUB_PAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

enum page_stage {
	PAGE_STAGE_TAKEN_IN, /* 已收件 */
	PAGE_STAGE_RECEIVED, /* 部门签收 */
	PAGE_STAGE_ACCEPTED, /* 受理 */
	PAGE_STAGE_DECIDED,  /* 办结 */
	PAGE_STAGE_READY,    /* 结果到窗口 */
	PAGE_STAGE_DONE,     /* 领取 */
	PAGE_STAGE_COUNT,
};

struct page_item {
	int64_t item;
	enum page_stage stage; /* the last one reached */
	const char *words;     /* static: where it stands, in a sentence */
	bool attention;	       /* the applicant has to do something */
	bool ended;	       /* withdrawn or lapsed: no more steps */
	char *due;	       /* date, "" none */
	int64_t changed_ms;
};

struct page {
	char *number;
	char *token;
	int64_t taken_in_ms;
	int64_t changed_ms;
	bool may_rate; /* everything is decided, and nobody has rated yet */
	bool rated;
	GPtrArray *items; /* struct page_item * */
};
struct page *page_new(void);
void page_free(struct page *page);

/* The whole document, a new GBytes; every text of the page is escaped. */
GBytes *page_html(const struct page *page);

/* A short document for what is not there, or for thanks. Sentences are static. */
GBytes *page_note_html(const char *title, const char *sentence);

#endif
