/*
 * A guide document in lines of text, for a screen and for a file: the same lines at any width. The
 * process is drawn as a chart of boxes.
 */
#ifndef DESK_GUIDE_TEXT_H
#define DESK_GUIDE_TEXT_H

#include "base/json.h"

enum guide_tone {
	GUIDE_TONE_NORMAL,
	GUIDE_TONE_TITLE,   /* the theme's name */
	GUIDE_TONE_HEADING, /* 一、办理条件 */
	GUIDE_TONE_STRONG,  /* the name of an item or material */
	GUIDE_TONE_WARN,    /* 参考, what blocks, what is not offered */
	GUIDE_TONE_DIM,
};

struct guide_line {
	enum guide_tone tone;
	char *text; /* at most `columns` cells wide, indented already */
};

/*
 * The whole guide, struct guide_line, owned by the array; columns at least 40. ascii: the chart is
 * drawn with + - | v, for terminals whose frames are two cells wide.
 */
GPtrArray *guide_lines(const json_t *guide, int columns, bool ascii);

/* Only the chart, char * a line, owned by the array; trailing spaces cut. */
GPtrArray *guide_chart(const json_t *guide, int columns, bool ascii);

#endif
