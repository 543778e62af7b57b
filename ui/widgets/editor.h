/* One line of text being edited: by characters with their marks, measured in display cells. */
#ifndef UI_WIDGETS_EDITOR_H
#define UI_WIDGETS_EDITOR_H

#include "actions.h"
#include "surface.h"

struct editor {
	GString *text;
	gsize cursor; /* byte offset, at the beginning of a character */
	glong most;   /* characters */
	bool secret;
};

/* Begins with a text (copied) of at most so many characters; cleared by editor_clear. */
void editor_init(struct editor *editor, const char *text, glong most);
void editor_clear(struct editor *editor);
void editor_set(struct editor *editor, const char *text);

/* True when the action or the text changed something (or moved the cursor). */
bool editor_action(struct editor *editor, enum action action);
bool editor_insert(struct editor *editor, const char *text);

/* Draws the text in `cells` cells, scrolled so that the cursor is seen; sets the cursor when
 * focused. */
void editor_render(const struct editor *editor, struct area area, int row, int column, int cells,
	bool focused);

#endif
