#include "desk/rows.h"

static const struct store_column file_columns[] = {
	STORE_COLUMN(INTEGER, struct file_row, serial),
	STORE_COLUMN(TEXT, struct file_row, id),
	STORE_COLUMN(TEXT, struct file_row, number),
	STORE_COLUMN(TEXT, struct file_row, list),
	STORE_COLUMN(INTEGER, struct file_row, version),
	STORE_COLUMN(TEXT, struct file_row, theme),
	STORE_COLUMN(TEXT, struct file_row, theme_name),
	STORE_COLUMN(TEXT, struct file_row, applicant),
	STORE_COLUMN(TEXT, struct file_row, step),
	STORE_COLUMN(TEXT, struct file_row, state),
	STORE_COLUMN(TEXT, struct file_row, progress),
	STORE_COLUMN(TEXT, struct file_row, window),
	STORE_COLUMN(TEXT, struct file_row, clerk),
	STORE_COLUMN(TEXT, struct file_row, holder),
	STORE_COLUMN(INTEGER, struct file_row, created_ms),
	STORE_COLUMN(INTEGER, struct file_row, updated_ms),
	STORE_COLUMN(INTEGER, struct file_row, taken_in_ms),
	STORE_COLUMN(TEXT, struct file_row, intake_day),
	STORE_COLUMN(TEXT, struct file_row, due),
	STORE_COLUMN(INTEGER, struct file_row, due_ms),
	STORE_COLUMN(TEXT, struct file_row, due_unit),
	STORE_COLUMN(TEXT, struct file_row, promise_due),
	STORE_COLUMN(TEXT, struct file_row, token),
	STORE_COLUMN(TEXT, struct file_row, token_digest),
	STORE_COLUMN(TEXT, struct file_row, delivery_way),
	STORE_COLUMN(INTEGER, struct file_row, delivery_together),
	STORE_COLUMN(INTEGER, struct file_row, version_no),
	STORE_COLUMN(INTEGER, struct file_row, joint_extension),
	STORE_COLUMNS_END,
};
const struct store_shape file_shape = {sizeof(struct file_row), file_columns};

static const struct store_column item_columns[] = {
	STORE_COLUMN(INTEGER, struct item_row, item),
	STORE_COLUMN(TEXT, struct item_row, name),
	STORE_COLUMN(TEXT, struct item_row, service),
	STORE_COLUMN(TEXT, struct item_row, department),
	STORE_COLUMN(TEXT, struct item_row, department_name),
	STORE_COLUMN(INTEGER, struct item_row, taken),
	STORE_COLUMN(TEXT, struct item_row, state),
	STORE_COLUMN(INTEGER, struct item_row, version_no),
	STORE_COLUMN(TEXT, struct item_row, acceptance_no),
	STORE_COLUMN(INTEGER, struct item_row, accepted_ms),
	STORE_COLUMN(TEXT, struct item_row, due),
	STORE_COLUMN(TEXT, struct item_row, due_open),
	STORE_COLUMN(INTEGER, struct item_row, due_ms),
	STORE_COLUMN(TEXT, struct item_row, due_unit),
	STORE_COLUMN(INTEGER, struct item_row, extension),
	STORE_COLUMN(TEXT, struct item_row, outcome),
	STORE_COLUMN(TEXT, struct item_row, reason),
	STORE_COLUMN(INTEGER, struct item_row, relayed),
	STORE_COLUMN(BLOB, struct item_row, result),
	STORE_COLUMN(TEXT, struct item_row, result_label),
	STORE_COLUMN(INTEGER, struct item_row, delivered_ms),
	STORE_COLUMNS_END,
};
const struct store_shape item_shape = {sizeof(struct item_row), item_columns};

static const struct store_column party_columns[] = {
	STORE_COLUMN(INTEGER, struct party_row, ordinal),
	STORE_COLUMN(TEXT, struct party_row, role),
	STORE_COLUMN(TEXT, struct party_row, name),
	STORE_COLUMN(TEXT, struct party_row, phone),
	STORE_COLUMN(INTEGER, struct party_row, identity),
	STORE_COLUMN(TEXT, struct party_row, document),
	STORE_COLUMN(TEXT, struct party_row, number),
	STORE_COLUMN(TEXT, struct party_row, missing_reason),
	STORE_COLUMNS_END,
};
const struct store_shape party_shape = {sizeof(struct party_row), party_columns};

static const struct store_column pair_columns[] = {
	STORE_COLUMN(TEXT, struct pair_row, field),
	STORE_COLUMN(TEXT, struct pair_row, value),
	STORE_COLUMN(TEXT, struct pair_row, source),
	STORE_COLUMNS_END,
};
const struct store_shape pair_shape = {sizeof(struct pair_row), pair_columns};

static const struct store_column answer_columns[] = {
	STORE_COLUMN(TEXT, struct answer_row, question),
	STORE_COLUMN(TEXT, struct answer_row, option),
	STORE_COLUMNS_END,
};
const struct store_shape answer_shape = {sizeof(struct answer_row), answer_columns};

static const struct store_column material_columns[] = {
	STORE_COLUMN(TEXT, struct material_row, material),
	STORE_COLUMN(TEXT, struct material_row, status),
	STORE_COLUMN(TEXT, struct material_row, how),
	STORE_COLUMN(INTEGER, struct material_row, originals),
	STORE_COLUMN(INTEGER, struct material_row, copies),
	STORE_COLUMN(TEXT, struct material_row, label),
	STORE_COLUMN(TEXT, struct material_row, note),
	STORE_COLUMN(TEXT, struct material_row, promise_due),
	STORE_COLUMN(TEXT, struct material_row, certificate_no),
	STORE_COLUMN(TEXT, struct material_row, digest),
	STORE_COLUMN(INTEGER, struct material_row, at_ms),
	STORE_COLUMN(TEXT, struct material_row, by),
	STORE_COLUMNS_END,
};
const struct store_shape material_shape = {sizeof(struct material_row), material_columns};

static const struct store_column notice_columns[] = {
	STORE_COLUMN(TEXT, struct notice_row, label),
	STORE_COLUMN(TEXT, struct notice_row, kind),
	STORE_COLUMN(BLOB, struct notice_row, bytes),
	STORE_COLUMN(INTEGER, struct notice_row, given_ms),
	STORE_COLUMNS_END,
};
const struct store_shape notice_shape = {sizeof(struct notice_row), notice_columns};

static const struct store_column bundle_columns[] = {
	STORE_COLUMN(TEXT, struct bundle_row, id),
	STORE_COLUMN(TEXT, struct bundle_row, case_id),
	STORE_COLUMN(TEXT, struct bundle_row, department),
	STORE_COLUMN(TEXT, struct bundle_row, state),
	STORE_COLUMN(TEXT, struct bundle_row, reason),
	STORE_COLUMN(INTEGER, struct bundle_row, received_ms),
	STORE_COLUMN(BLOB, struct bundle_row, bytes),
	STORE_COLUMNS_END,
};
const struct store_shape bundle_shape = {sizeof(struct bundle_row), bundle_columns};

static const struct store_column paper_copy_columns[] = {
	STORE_COLUMN(TEXT, struct paper_copy_row, id),
	STORE_COLUMN(TEXT, struct paper_copy_row, case_id),
	STORE_COLUMN(TEXT, struct paper_copy_row, kind),
	STORE_COLUMN(TEXT, struct paper_copy_row, number),
	STORE_COLUMN(INTEGER, struct paper_copy_row, copy),
	STORE_COLUMN(BLOB, struct paper_copy_row, data),
	STORE_COLUMN(TEXT, struct paper_copy_row, state),
	STORE_COLUMNS_END,
};
const struct store_shape paper_copy_shape = {sizeof(struct paper_copy_row), paper_copy_columns};

static const struct store_column integer_columns[] = {
	STORE_COLUMN(INTEGER, struct integer_row, item),
	STORE_COLUMNS_END,
};
const struct store_shape integer_shape = {sizeof(struct integer_row), integer_columns};

static const struct store_column id_columns[] = {
	STORE_COLUMN(TEXT, struct id_row, id),
	STORE_COLUMNS_END,
};
const struct store_shape id_shape = {sizeof(struct id_row), id_columns};

void file_row_clear(struct file_row *row)
{
	store_row_clear(&file_shape, row);
}

void row_set(char **text, const char *value)
{
	char *copy = g_strdup(value == NULL ? "" : value);
	g_free(*text);
	*text = copy;
}
