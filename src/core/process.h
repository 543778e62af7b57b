/*
 * The order of a theme's items as a chart (R05, R06): what comes right after what, in which layer,
 * and what is an alternative of what. Pure. Where boxes and lines stand: core/process_plan.h.
 */
#ifndef CORE_PROCESS_H
#define CORE_PROCESS_H

#include "core/theme.h"

/* What a node stands for when it is no row of the theme. */
#define PROCESS_START (-1) /* 窗口一次收件 */
#define PROCESS_END (-2)   /* 统一发证、送达 */

struct process_node {
	int item;      /* index of the theme's row, or one of the above */
	int layer;     /* from 0 */
	int place;     /* in its layer from the left, from 0 */
	int group;     /* alternatives of each other have the same number, from 1; 0 none */
	GArray *after; /* int: nodes right before it; what follows from those is left out */
};

struct process {
	GPtrArray *nodes; /* struct process_node, by number, in the order they were added */
	int layers;
};

/* An empty one; frees itself with its nodes. */
struct process *process_new(void);
void process_free(struct process *process);

/* A new node; gives its number. group as in the struct: the nodes of one group exclude each other.
 */
int process_add(struct process *process, int item, int group);

/* `before` comes before `node`; twice is once, a number that is none is ignored. */
void process_link(struct process *process, int before, int node);

/*
 * Once, after the last link: leaves out links that follow from others, gives every node its layer
 * (one below the lowest before it; alternatives stand in one layer where their links allow it) and
 * its place (below what comes before it, then in the order of adding; alternatives side by side).
 * A link that would close a cycle is dropped.
 */
void process_settle(struct process *process);

/*
 * The settled process of a theme: a start, the rows with shown[index] (NULL: all that are
 * offered as far as the theme says), an end. What waits for a row that is not shown waits for what
 * that row waits for. Alternatives are rows of one 二选一 group, of one exclusion, or whose
 * conditions want different answers to one question.
 */
struct process *process_of_theme(const struct theme *theme, const bool *shown);

/* True when no case can hold both rows, for one of the reasons above. */
bool process_excludes(
	const struct theme *theme, const struct theme_item *a, const struct theme_item *b);

AUTOPTR(process, process_free)

#endif
