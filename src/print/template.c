#include "print/template.h"

#include "base/err.h"
#include "print/slot.h"

/* What stands behind a directive. */
enum cells {
	CELLS_NONE,    /* nothing, or an argument that is no text */
	CELLS_ONE,     /* the rest of the line */
	CELLS_SEVERAL, /* the rest of the line, cut at | */
	CELLS_ROWS,    /* the lines up to .end */
};

static const struct directive {
	const char *name;
	enum block_kind kind;
	enum cells cells;
} directives[] = {
	{"to", BLOCK_KIND_ADDRESS, CELLS_ONE},
	{"title", BLOCK_KIND_TITLE, CELLS_ONE},
	{"subtitle", BLOCK_KIND_SUBTITLE, CELLS_ONE},
	{"heading", BLOCK_KIND_HEADING, CELLS_ONE},
	{"note", BLOCK_KIND_NOTE, CELLS_ONE},
	{"footer", BLOCK_KIND_FOOTER, CELLS_ONE},
	{"mark", BLOCK_KIND_MARK, CELLS_ONE},
	{"header", BLOCK_KIND_HEADER, CELLS_SEVERAL},
	{"code", BLOCK_KIND_CODE, CELLS_ONE},
	{"qr", BLOCK_KIND_QR, CELLS_SEVERAL},
	{"rule", BLOCK_KIND_RULE, CELLS_NONE},
	{"space", BLOCK_KIND_SPACE, CELLS_NONE},
	{"sign", BLOCK_KIND_SIGN, CELLS_SEVERAL},
	{"seal", BLOCK_KIND_SEAL, CELLS_SEVERAL},
	{"fields", BLOCK_KIND_FIELDS, CELLS_ROWS},
	{"table", BLOCK_KIND_TABLE, CELLS_ROWS},
	{"chart", BLOCK_KIND_CHART, CELLS_ROWS},
	{"running", BLOCK_KIND_RUNNING, CELLS_ONE},
};

struct filling {
	const char *file;
	char **lines;
	GPtrArray *blocks;
	struct block *open; /* the fields, table or chart whose rows are read; NULL none */
	int rows;
};

static void block_free(void *data)
{
	struct block *block = data;
	g_free(block->argument);
	g_ptr_array_unref(block->rows);
	g_free(block);
}

const char *block_text(const struct block *block)
{
	if (block->rows->len == 0)
		return "";
	char **cells = g_ptr_array_index(block->rows, 0);
	return cells[0] != NULL ? cells[0] : "";
}

static struct block *add_block(struct filling *filling, enum block_kind kind, int line)
{
	struct block *block = g_new0(struct block, 1);
	block->kind = kind;
	block->line = line;
	block->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	g_ptr_array_add(filling->blocks, block);
	return block;
}

/* Cuts at | outside of {{…}}, since filters are written with |. */
static char **cut_cells(const char *text)
{
	g_autoptr(GStrvBuilder) cells = g_strv_builder_new();
	const char *begin = text;
	bool inside = false;
	for (const char *p = text;; p++) {
		if (p[0] == '{' && p[1] == '{')
			inside = true;
		else if (p[0] == '}' && p[1] == '}')
			inside = false;
		if (*p != '\0' && (*p != '|' || inside))
			continue;
		g_autofree char *cell = g_strstrip(g_strndup(begin, (gsize)(p - begin)));
		g_strv_builder_add(cells, cell);
		if (*p == '\0')
			return g_strv_builder_end(cells);
		begin = p + 1;
	}
}

/* Fills the cells of one row; takes raw. */
static bool add_row(struct filling *filling, struct block *block, char **raw,
	const struct slot_scope *scope, int line, GError **error)
{
	g_auto(GStrv) cells = raw;
	struct slot_place place = {filling->file, line};
	if (++filling->rows > TEMPLATE_MOST_ROWS)
		return slot_fail(error, &place, "内容太多，超过行数上限", "4000");
	for (char **cell = cells; *cell != NULL; cell++) {
		char *filled = slot_fill(*cell, scope, false, &place, error);
		if (filled == NULL)
			return false;
		g_free(*cell);
		*cell = filled;
	}
	g_ptr_array_add(block->rows, g_steal_pointer(&cells));
	return true;
}

static char **single(const char *text)
{
	char **cells = g_new0(char *, 2);
	cells[0] = g_strdup(text);
	return cells;
}

static bool add_plain(struct filling *filling, const char *text, const struct slot_scope *scope,
	int line, GError **error)
{
	if (filling->open != NULL)
		return add_row(filling, filling->open, cut_cells(text), scope, line, error);
	bool entry = g_str_has_prefix(text, "- ");
	struct block *block =
		add_block(filling, entry ? BLOCK_KIND_ENTRY : BLOCK_KIND_PARAGRAPH, line);
	return add_row(filling, block, single(entry ? text + 2 : text), scope, line, error);
}

static const struct directive *directive_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(directives); i++)
		if (strcmp(directives[i].name, name) == 0)
			return &directives[i];
	return NULL;
}

static bool add_directive(struct filling *filling, const char *text, const struct slot_scope *scope,
	int line, GError **error)
{
	struct slot_place place = {filling->file, line};
	g_auto(GStrv) words = g_strsplit(text + 1, " ", 2);
	const char *rest = words[1] != NULL ? g_strchug(words[1]) : "";
	if (strcmp(words[0], "end") == 0) {
		if (filling->open == NULL)
			return slot_fail(error, &place, "没有要结束的表格", text);
		filling->open = NULL;
		return true;
	}
	const struct directive *directive = directive_find(words[0]);
	if (directive == NULL)
		return slot_fail(error, &place, "不认识的指令", words[0]);
	if (filling->open != NULL)
		return slot_fail(error, &place, "表格里不能有指令，缺少 .end", words[0]);
	struct block *block = add_block(filling, directive->kind, line);
	block->argument = g_strdup(rest);
	if (directive->cells == CELLS_ROWS)
		filling->open = block;
	if (directive->cells == CELLS_ONE)
		return add_row(filling, block, single(rest), scope, line, error);
	if (directive->cells == CELLS_SEVERAL)
		return add_row(filling, block, cut_cells(rest), scope, line, error);
	return true;
}

/* ---- loops ---- */

/* The name of {{#name}}, {{^name}} or {{/name}} alone on its line (g_free), its sign; else NULL. */
static char *section_name(const char *line, char *ret_sign)
{
	size_t length = strlen(line);
	if (length < 6 || strncmp(line, "{{", 2) != 0 || strchr("#^/", line[2]) == NULL ||
		strstr(line, "}}") != line + length - 2)
		return NULL;
	*ret_sign = line[2];
	char *name = g_strstrip(g_strndup(line + 3, length - 5));
	if (name[0] == '\0')
		g_clear_pointer(&name, g_free);
	return name;
}

/* The line that closes the section opened at `from`, or -1. */
static int section_end(struct filling *filling, int from)
{
	int depth = 0;
	for (int i = from; filling->lines[i] != NULL; i++) {
		char sign = 0;
		g_autofree char *name = section_name(filling->lines[i], &sign);
		if (name == NULL)
			continue;
		depth += sign == '/' ? -1 : 1;
		if (depth == 0)
			return i;
	}
	return -1;
}

static bool is_something(const json_t *value)
{
	if (json_is_string(value))
		return json_string_value(value)[0] != '\0';
	if (json_is_integer(value))
		return json_integer_value(value) != 0;
	if (json_is_array(value))
		return json_array_size(value) != 0;
	return json_is_true(value) || json_is_object(value);
}

static bool fill_lines(
	struct filling *filling, int from, int to, const struct slot_scope *scope, GError **error);

static bool fill_loop(struct filling *filling, int from, int to, const json_t *list,
	const struct slot_scope *scope, GError **error)
{
	size_t index;
	json_t *element;
	json_array_foreach(list, index, element)
	{
		struct slot_scope inner = {element, (int)index + 1, scope};
		if (!fill_lines(filling, from, to, &inner, error))
			return false;
	}
	return true;
}

/* The line that closes the section at line `at`, -1 with the mistake told. */
static int section_bound(struct filling *filling, int at, const char *name, char sign,
	const struct slot_place *place, GError **error)
{
	int end = sign == '/' ? -1 : section_end(filling, at);
	if (end < 0) {
		slot_fail(error, place, sign == '/' ? "没有开始的循环" : "循环没有结束", name);
		return -1;
	}
	char closing = 0;
	g_autofree char *closed = section_name(filling->lines[end], &closing);
	if (strcmp(closed, name) == 0)
		return end;
	slot_fail(error, place, "循环的结束名称不一致", closed);
	return -1;
}

/* Fills the section opened at line `at`; *ret_end its closing line. */
static bool fill_section(struct filling *filling, int at, const char *name, char sign,
	const struct slot_scope *scope, int *ret_end, GError **error)
{
	struct slot_place place = {filling->file, at + 1};
	int end = section_bound(filling, at, name, sign, &place, error);
	if (end < 0)
		return false;
	const json_t *value = slot_find(scope, name);
	if (value == NULL && !g_str_has_suffix(name, "?"))
		return slot_fail(error, &place, "数据里没有", name);
	*ret_end = end;
	bool something = value != NULL && is_something(value);
	if (something == (sign == '^'))
		return true;
	if (something && json_is_array(value))
		return fill_loop(filling, at + 1, end, value, scope, error);
	struct slot_scope inner = {value, 0, scope};
	return fill_lines(
		filling, at + 1, end, something && json_is_object(value) ? &inner : scope, error);
}

static bool fill_lines(
	struct filling *filling, int from, int to, const struct slot_scope *scope, GError **error)
{
	for (int i = from; i < to; i++) {
		const char *line = filling->lines[i];
		char sign = 0;
		g_autofree char *name = section_name(line, &sign);
		bool good = true;
		if (name != NULL)
			good = fill_section(filling, i, name, sign, scope, &i, error);
		else if (g_str_has_prefix(line, ".#") || line[0] == '\0')
			continue;
		else if (line[0] == '.' && g_ascii_isalpha(line[1]))
			good = add_directive(filling, line, scope, i + 1, error);
		else
			good = add_plain(filling, line, scope, i + 1, error);
		if (!good)
			return false;
	}
	return true;
}

GPtrArray *template_fill(const char *text, const char *file, const json_t *data, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++)
		g_strstrip(*line);
	g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func(block_free);
	struct filling filling = {.file = file, .lines = lines, .blocks = blocks};
	struct slot_scope scope = {.value = data};
	if (!fill_lines(&filling, 0, (int)g_strv_length(lines), &scope, error))
		return NULL;
	if (filling.open != NULL) {
		struct slot_place place = {file, filling.open->line};
		slot_fail(error, &place, "表格没有结束，缺少", ".end");
		return NULL;
	}
	return g_steal_pointer(&blocks);
}
