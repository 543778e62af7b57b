/*
 * Where the boxes and lines of a process stand: layers from top to bottom, a layer that is too wide
 * in several rows, lines straight down and across between the rows, lanes at the right for those
 * that pass a row. Pure; the same plan serves cells of a terminal and points of a page.
 */
#ifndef CORE_PROCESS_PLAN_H
#define CORE_PROCESS_PLAN_H

#include "core/process.h"

/* All lengths in the caller's units. */
struct process_measure {
	int width; /* of the whole */
	int box;   /* width a box should have at least */
	int most;  /* … and at most */
	int gap;   /* between the boxes of a row, and between a box and the lanes */
	int lane;  /* between two lanes; a line keeps this much from one it has nothing to do with
		    */
	int track; /* between two lines across, and between rows that no line joins */
	int head;  /* kept free above a box for the heads of arrows */
	/* Height of the node's box at a width. */
	int (*height)(void *data, int node, int width);
	void *data;
};

struct process_box {
	int row;
	int x, y, width, height;
};

/* Straight down (width 0) or across (height 0) from x, y. Lines of one net belong together. */
struct process_line {
	int x, y, width, height;
	int net;
	bool arrow;    /* ends at the top of a box */
	bool from_box; /* begins at the bottom of a box */
};

/* The middle of the gap between two alternatives that stand side by side. */
struct process_or {
	int x, y;
};

struct process_plan {
	int width, height;
	GArray *boxes; /* struct process_box, by node */
	GArray *lines; /* struct process_line */
	GArray *ors;   /* struct process_or */
	GArray *rows;  /* int: y at which the strip of a row begins: the lines above it, then it */
};

/* The plan of a settled process; boxes never touch each other or a line that is not theirs. */
struct process_plan *process_plan_new(
	const struct process *process, const struct process_measure *measure);
void process_plan_free(struct process_plan *plan);

AUTOPTR(process_plan, process_plan_free)

#endif
