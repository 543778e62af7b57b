/* Statements: prepared once, bound by name, read by shape. */
#include "store/engine.h"

/* What stands before every row on the heap, so that it can be freed alone. */
union row_head {
	const struct store_shape *shape;
	max_align_t align;
};

static const struct sql_text *text_of(const struct store *store, int statement)
{
	int index = statement - store->registry->first;
	if (index < 0 || index >= store->registry->count)
		g_error("statement %d is not one of %s", statement, store->registry->file);
	return &store->registry->statements[index];
}

static bool prepare(struct store *store, int statement, sqlite3_stmt **ret, GError **error)
{
	const struct sql_text *text = text_of(store, statement);
	sqlite3_stmt **slot = &store->statements[statement - store->registry->first];
	if (*slot == NULL) {
		int rc = sqlite3_prepare_v3(
			store->db, text->sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
		if (rc != SQLITE_OK) {
			g_warning("%s: %s", text->name, sqlite3_errmsg(store->db));
			return engine_fail(store->db, rc, error);
		}
	}
	*ret = *slot;
	return true;
}

static void bind_value(sqlite3_stmt *statement, int index, const struct store_value *value)
{
	switch (value->type) {
	case STORE_TYPE_TEXT:
		sqlite3_bind_text(statement, index, value->text, -1, SQLITE_STATIC);
		break;
	case STORE_TYPE_INTEGER:
		sqlite3_bind_int64(statement, index, value->integer);
		break;
	case STORE_TYPE_BLOB:
		sqlite3_bind_blob64(statement, index, value->data, value->size, SQLITE_STATIC);
		break;
	default:
		sqlite3_bind_null(statement, index);
		break;
	}
}

static const struct store_value *value_named(const struct store_value *values, const char *name)
{
	for (; values->type != STORE_TYPE_END; values++)
		if (strcmp(values->name, name) == 0)
			return values;
	return NULL;
}

/* Every parameter has a value and every value a parameter; anything else is a mistake in the code.
 */
static void bind(sqlite3_stmt *statement, const char *name, const struct store_value *values)
{
	int count = sqlite3_bind_parameter_count(statement);
	int given = 0;
	while (values[given].type != STORE_TYPE_END)
		given++;
	for (int i = 1; i <= count; i++) {
		const char *parameter = sqlite3_bind_parameter_name(statement, i);
		const struct store_value *value =
			parameter ? value_named(values, parameter + 1) : NULL;
		if (value == NULL)
			g_error("%s: no value for %s", name, parameter ? parameter : "?");
		bind_value(statement, i, value);
	}
	if (given != count)
		g_error("%s: %d values for %d parameters", name, given, count);
}

static bool start(struct store *store, int statement, const struct store_value *values,
	sqlite3_stmt **ret, GError **error)
{
	if (!prepare(store, statement, ret, error))
		return false;
	bind(*ret, text_of(store, statement)->name, values);
	return true;
}

/* Gives the statement back; rc is what its last step said. */
static bool finish(struct store *store, sqlite3_stmt *statement, int rc, GError **error)
{
	bool good = rc == SQLITE_DONE || rc == SQLITE_ROW;
	if (!good)
		engine_fail(store->db, rc, error);
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return good;
}

bool store_run_counted(struct store *store, int statement, const struct store_value *values,
	int64_t *ret_changed, GError **error)
{
	sqlite3_stmt *prepared = NULL;
	if (!start(store, statement, values, &prepared, error))
		return false;
	bool writes = !sqlite3_stmt_readonly(prepared);
	int rc = sqlite3_step(prepared);
	if (rc == SQLITE_DONE && ret_changed != NULL)
		*ret_changed = sqlite3_changes64(store->db);
	if (rc == SQLITE_DONE && writes && store->depth == 0)
		store->commits++;
	return finish(store, prepared, rc, error);
}

bool store_run(struct store *store, int statement, const struct store_value *values, GError **error)
{
	return store_run_counted(store, statement, values, NULL, error);
}

static int column_named(sqlite3_stmt *statement, const char *name)
{
	int count = sqlite3_column_count(statement);
	for (int i = 0; i < count; i++)
		if (strcmp(sqlite3_column_name(statement, i), name) == 0)
			return i;
	g_error("no column %s in: %s", name, sqlite3_sql(statement));
}

static void read_column(sqlite3_stmt *statement, int index, enum store_type type, void *member)
{
	bool is_null = sqlite3_column_type(statement, index) == SQLITE_NULL;
	if (type == STORE_TYPE_INTEGER) {
		*(int64_t *)member = sqlite3_column_int64(statement, index);
	} else if (type == STORE_TYPE_TEXT) {
		*(char **)member =
			is_null ? NULL
				: g_strdup((const char *)sqlite3_column_text(statement, index));
	} else if (type == STORE_TYPE_BLOB) {
		const void *data = sqlite3_column_blob(statement, index);
		gsize size = (gsize)sqlite3_column_bytes(statement, index);
		*(GBytes **)member = is_null ? NULL : g_bytes_new(data, size);
	}
}

static void read_row(
	sqlite3_stmt *statement, const struct store_shape *shape, const int *indexes, void *row)
{
	for (int i = 0; shape->columns[i].type != STORE_TYPE_END; i++)
		read_column(statement, indexes[i], shape->columns[i].type,
			(char *)row + shape->columns[i].offset);
}

/* Where each member of the shape stands in the answer (g_free). */
static int *indexes_of(sqlite3_stmt *statement, const struct store_shape *shape)
{
	int count = 0;
	while (shape->columns[count].type != STORE_TYPE_END)
		count++;
	int *indexes = g_new(int, (gsize)count + 1);
	for (int i = 0; i < count; i++)
		indexes[i] = column_named(statement, shape->columns[i].name);
	return indexes;
}

void store_row_clear(const struct store_shape *shape, void *row)
{
	for (const struct store_column *column = shape->columns; column->type != STORE_TYPE_END;
		column++) {
		void *member = (char *)row + column->offset;
		if (column->type == STORE_TYPE_TEXT)
			g_clear_pointer((char **)member, g_free);
		else if (column->type == STORE_TYPE_BLOB)
			g_clear_pointer((GBytes **)member, g_bytes_unref);
	}
}

void store_row_free(void *row)
{
	if (row == NULL)
		return;
	union row_head *head = (union row_head *)row - 1;
	store_row_clear(head->shape, row);
	g_free(head);
}

static void *new_row(const struct store_shape *shape)
{
	union row_head *head = g_malloc0(sizeof *head + shape->size);
	head->shape = shape;
	return head + 1;
}

GPtrArray *store_rows(struct store *store, int statement, const struct store_value *values,
	const struct store_shape *shape, GError **error)
{
	sqlite3_stmt *prepared = NULL;
	if (!start(store, statement, values, &prepared, error))
		return NULL;
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(store_row_free);
	g_autofree int *indexes = indexes_of(prepared, shape);
	int rc;
	while ((rc = sqlite3_step(prepared)) == SQLITE_ROW) {
		void *row = new_row(shape);
		read_row(prepared, shape, indexes, row);
		g_ptr_array_add(rows, row);
	}
	return finish(store, prepared, rc, error) ? g_steal_pointer(&rows) : NULL;
}

bool store_row(struct store *store, int statement, const struct store_value *values,
	const struct store_shape *shape, void *ret_row, bool *ret_found, GError **error)
{
	sqlite3_stmt *prepared = NULL;
	if (!start(store, statement, values, &prepared, error))
		return false;
	int rc = sqlite3_step(prepared);
	if (rc == SQLITE_ROW) {
		g_autofree int *indexes = indexes_of(prepared, shape);
		memset(ret_row, 0, shape->size);
		read_row(prepared, shape, indexes, ret_row);
	}
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		*ret_found = rc == SQLITE_ROW;
	return finish(store, prepared, rc, error);
}

bool store_integer(struct store *store, int statement, const struct store_value *values,
	int64_t fallback, int64_t *ret_value, GError **error)
{
	sqlite3_stmt *prepared = NULL;
	if (!start(store, statement, values, &prepared, error))
		return false;
	int rc = sqlite3_step(prepared);
	bool has = rc == SQLITE_ROW && sqlite3_column_type(prepared, 0) != SQLITE_NULL;
	if (has)
		*ret_value = sqlite3_column_int64(prepared, 0);
	else if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		*ret_value = fallback;
	return finish(store, prepared, rc, error);
}

/* The first column of the first row, a pointer; NULL without a row. */
static bool first_column(struct store *store, int statement, const struct store_value *values,
	enum store_type type, void *ret_place, GError **error)
{
	sqlite3_stmt *prepared = NULL;
	if (!start(store, statement, values, &prepared, error))
		return false;
	int rc = sqlite3_step(prepared);
	if (rc == SQLITE_ROW)
		read_column(prepared, 0, type, ret_place);
	else if (rc == SQLITE_DONE)
		*(void **)ret_place = NULL;
	return finish(store, prepared, rc, error);
}

bool store_text(struct store *store, int statement, const struct store_value *values,
	char **ret_text, GError **error)
{
	return first_column(store, statement, values, STORE_TYPE_TEXT, ret_text, error);
}

bool store_blob(struct store *store, int statement, const struct store_value *values,
	GBytes **ret_bytes, GError **error)
{
	return first_column(store, statement, values, STORE_TYPE_BLOB, ret_bytes, error);
}

bool engine_has_prefix(const struct store *store, int statement, const char *prefix)
{
	return g_str_has_prefix(text_of(store, statement)->name, prefix);
}

bool engine_run_prefix(
	struct store *store, const char *prefix, const struct store_value *values, GError **error)
{
	int first = store->registry->first;
	for (int i = first; i < first + store->registry->count; i++)
		if (engine_has_prefix(store, i, prefix) && !store_run(store, i, values, error))
			return false;
	return true;
}

void engine_forget_prefix(struct store *store, const char *prefix)
{
	int first = store->registry->first;
	for (int i = 0; i < store->registry->count; i++)
		if (engine_has_prefix(store, first + i, prefix))
			g_clear_pointer(&store->statements[i], sqlite3_finalize);
}

char *store_setting(struct store *store, const char *key, const char *fallback)
{
	char *value = NULL;
	g_autoptr(GError) error = NULL;
	if (!store_text(store, store->registry->setting_get, STORE_VALUES(STORE_TEXT("key", key)),
		    &value, &error))
		g_warning("setting %s: %s", key, error->message);
	return value ? value : g_strdup(fallback);
}

bool store_set_setting(struct store *store, const char *key, const char *value, GError **error)
{
	return store_run(store, store->registry->setting_put,
		STORE_VALUES(STORE_TEXT("key", key), STORE_TEXT("value", value)), error);
}
