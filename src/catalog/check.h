/*
 * What crosses files and cannot be told from one entry alone: references, order, alternatives,
 * questionnaires, routes (row 63). Each rule is one function of the table in check.c.
 */
#ifndef CATALOG_CHECK_H
#define CATALOG_CHECK_H

#include "catalog/layout.h"
#include "catalog/set.h"

/* Rules over services, materials, fields, departments and routes. */
void check_definitions(const struct catalog_set *set, struct catalog_faults *faults);

/*
 * Rules over one theme; source and guide are the JSON it was made of, guide NULL when none speaks
 * of it.
 */
void check_theme(const struct catalog_set *set, struct catalog_faults *faults,
	const struct theme *theme, const json_t *source, const json_t *guide);

/*
 * The questionnaire of a theme: conditions that name no question or option, questions that change
 * nothing, rows no answers lead to, options that neither. services of the rows count. The reader
 * stands on the guide; source holds the rows.
 */
void check_questions(struct reader *reader, const struct catalog_set *set,
	const struct theme *theme, const json_t *source);

/* Predecessors: rows that do not exist, a row before itself, cycles. The reader stands on the
 * source. */
void check_order(struct reader *reader, const struct theme *theme);

#endif
