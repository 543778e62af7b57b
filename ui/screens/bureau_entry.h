/* An entry on its screen, shared by its drawing (bureau_entry.c) and its changes (bureau_edit.c).
 */
#ifndef UI_SCREENS_BUREAU_ENTRY_H
#define UI_SCREENS_BUREAU_ENTRY_H

#include "screens/bureau_read.h"
#include "widgets/list.h"

struct bureau_entry {
	struct bureau_document document;
	char *title;
	char *state;	 /* 草稿 第2版 */
	GPtrArray *rows; /* struct bureau_row */
	struct list_view view;
	char *path; /* what the open form or list is about */
	char *what;
	json_t *fresh;
	const struct bureau_form *form;
	char *go_to; /* path of the row the cursor goes to when it is read again */
};

/* The row the cursor is on, borrowed; NULL none. */
const struct bureau_row *bureau_entry_selected(const struct bureau_entry *entry);

/* 打开 添加 删去 前移 后移 共享库 确认参考 撤确认 撤改; UNHANDLED for the rest. */
unsigned bureau_entry_act(struct app *app, struct bureau_entry *entry, enum action action);

#endif
