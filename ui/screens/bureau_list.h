/* What the screen of one list knows, shared by its drawing and its acts. */
#ifndef UI_SCREENS_BUREAU_LIST_H
#define UI_SCREENS_BUREAU_LIST_H

#include "screens/bureau.h"
#include "widgets/editor.h"
#include "widgets/filter.h"
#include "widgets/list.h"

enum bureau_status {
	BUREAU_PUBLISHED,
	BUREAU_DRAFT,
	BUREAU_SUBMITTED,
};

struct bureau_theme {
	char *id;
	char *name;
	int items;
	bool described;
	bool is_new; /* in the draft only */
	struct theme_gates gates;
	int errors;
	int warnings;
	struct filter_key key;
};

struct bureau_list {
	char *id;
	char *title;
	int version;
	enum bureau_status status; /* of the newest version */
	char *state;		   /* 草稿 第2版 */
	char *next;		   /* what to do now */
	char *digest;		   /* of the newest version */
	char *filing;		   /* likewise; "" none */
	char *checked;		   /* the digest `faults` speak of; NULL not checked yet */
	struct catalog_faults *faults;
	GPtrArray *themes; /* struct bureau_theme */
	GPtrArray *shown;  /* those that match the box, borrowed */
	struct list_view view;
	struct editor box;
};

/* Borrowed; NULL when the list is empty. */
const struct bureau_theme *bureau_list_selected(const struct bureau_list *list);

/* 授权 上架 提交 退回 发布 弃稿 (bureau_act.c). */
unsigned bureau_list_act(struct app *app, struct bureau_list *list, enum action action);

#endif
