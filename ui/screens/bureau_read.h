/* Reading an entry of the newest version of a list through the desk, and what is said about it. */
#ifndef UI_SCREENS_BUREAU_READ_H
#define UI_SCREENS_BUREAU_READ_H

#include "screens/bureau.h"

/* From what bureau_argument made; nothing is read yet. */
void bureau_document_init(struct bureau_document *document, const char *argument);
void bureau_document_clear(struct bureau_document *document);

/* Reads it anew; on an error what was read before stays. */
bool bureau_document_read(struct app *app, struct bureau_document *document, GError **error);

/* 江门 服务 S-FOOD-LICENCE 食品经营许可. g_free. */
char *bureau_document_title(struct app *app, const struct bureau_document *document);

/* Which lists a change reaches, as a sentence; NULL for a theme, which is its own list's. g_free.
 */
char *bureau_document_reach(struct app *app, const struct bureau_document *document);

/* Errors as desk_bureau_confirm and desk_bureau_unconfirm. */
bool bureau_document_confirm(
	struct app *app, const struct bureau_document *document, const char *basis, GError **error);
bool bureau_document_unconfirm(
	struct app *app, const struct bureau_document *document, GError **error);

/* Everything of a kind in the newest versions of all lists, struct pick_choice. */
GPtrArray *bureau_library(struct app *app, const char *kind, GError **error);

#endif
