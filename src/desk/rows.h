/* Rows of the case tables as structs, and how they are read. */
#ifndef DESK_ROWS_H
#define DESK_ROWS_H

#include "store/store.h"

struct file_row {
	int64_t serial;
	char *id;
	char *number; /* NULL a draft */
	char *list;
	int64_t version;
	char *theme;
	char *theme_name;
	char *applicant;
	char *step;
	char *state;
	char *progress;
	char *window;
	char *clerk;
	char *holder;
	int64_t created_ms;
	int64_t updated_ms;
	int64_t taken_in_ms;
	char *intake_day;
	char *due;
	int64_t due_ms;
	char *due_unit;
	char *promise_due;
	char *token;
	char *token_digest;
	char *delivery_way;
	int64_t delivery_together;
	int64_t version_no;
	int64_t joint_extension;
};
extern const struct store_shape file_shape;
void file_row_clear(struct file_row *row);

struct item_row {
	int64_t item;
	char *name;
	char *service;
	char *department;
	char *department_name;
	int64_t taken;
	char *state;
	int64_t version_no;
	char *acceptance_no;
	int64_t accepted_ms;
	char *due;
	char *due_open;
	int64_t due_ms;
	char *due_unit;
	int64_t extension;
	char *outcome;
	char *reason;
	int64_t relayed;
	GBytes *result; /* NULL none */
	char *result_label;
	int64_t delivered_ms;
};
extern const struct store_shape item_shape;

struct party_row {
	int64_t ordinal;
	char *role;
	char *name;
	char *phone;
	int64_t identity;
	char *document;
	char *number; /* whole */
	char *missing_reason;
};
extern const struct store_shape party_shape;

struct pair_row {
	char *field;
	char *value;
	char *source;
};
extern const struct store_shape pair_shape;

struct answer_row {
	char *question;
	char *option;
};
extern const struct store_shape answer_shape;

struct material_row {
	char *material;
	char *status;
	char *how;
	int64_t originals;
	int64_t copies;
	char *label;
	char *note;
	char *promise_due;
	char *certificate_no;
	char *digest;
	int64_t at_ms;
	char *by;
};
extern const struct store_shape material_shape;

struct notice_row {
	char *label;
	char *kind;
	GBytes *bytes;
	int64_t given_ms;
};
extern const struct store_shape notice_shape;

struct bundle_row {
	char *id;
	char *case_id;
	char *department;
	char *state;
	char *reason;
	int64_t received_ms;
	GBytes *bytes;
};
extern const struct store_shape bundle_shape;

struct paper_copy_row {
	char *id;
	char *case_id;
	char *kind;
	char *number;
	int64_t copy;
	GBytes *data;
	char *state;
};
extern const struct store_shape paper_copy_shape;

struct integer_row {
	int64_t item;
};
extern const struct store_shape integer_shape;

struct id_row {
	char *id;
};
extern const struct store_shape id_shape;

/* Replaces an owned text. */
void row_set(char **text, const char *value);

#endif
