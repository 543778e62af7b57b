/* The data of slips: what printers/templates/KIND.txt and KIND.svg take, as JSON. */
#ifndef DESK_SLIP_H
#define DESK_SLIP_H

#include "desk/private.h"

/* Each a new reference with everything its template names; masked numbers only. */
json_t *slip_common(struct desk *desk, const struct case_view *view); /* what every slip has */
json_t *slip_notice(struct desk *desk, const struct case_view *view, const char *label);
json_t *slip_receipt(struct desk *desk, const struct case_view *view, const char *token);
json_t *slip_correction(struct desk *desk, const struct case_view *view, const char *label,
	const GPtrArray *sentences, int round, const char *due);
json_t *slip_delivery(struct desk *desk, const struct case_view *view, const char *label,
	const GArray *items, const struct delivery_input *input);
json_t *slip_refusal(struct desk *desk, const struct case_view *view, const struct case_item *item,
	const char *label);
json_t *slip_promise(struct desk *desk, const struct case_view *view, const char *label);

/* NULL with an error when the department's result carries nothing to print (invariant 8). */
json_t *slip_certificate(struct desk *desk, const struct case_view *view,
	const struct case_item *item, GError **error);

#endif
