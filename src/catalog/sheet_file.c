#include "catalog/sheet_file.h"

#include <string.h>

#define BOM "\xEF\xBB\xBF"

/* One file on its way. */
struct file {
	const char *shown;
	struct catalog_faults *faults;
};

static void tell(const struct file *file, enum catalog_gravity gravity, const char *place,
	const char *what, const char *mend)
{
	const struct catalog_fault texts = {.file = (char *)file->shown,
		.place = (char *)place,
		.what = (char *)what,
		.mend = (char *)mend};
	catalog_faults_add_at(file->faults, gravity, &texts, NULL, NULL);
}

static void refuse(const struct file *file, const char *what, const char *mend)
{
	tell(file, CATALOG_GRAVITY_ERROR, "", what, mend);
}

/* ---- encoding ---- */

static bool begins(GMappedFile *mapped, const char *mark)
{
	gsize size = strlen(mark);
	return g_mapped_file_get_length(mapped) >= size &&
	       memcmp(g_mapped_file_get_contents(mapped), mark, size) == 0;
}

static void refuse_nul(const struct file *file)
{
	refuse(file, "文件里有空字节（NUL），不是 CSV",
		"请用表格软件打开，另存为“CSV UTF-8（逗号分隔）”");
}

static char *converted(
	const struct file *file, GMappedFile *mapped, const char *charset, gsize *ret_size)
{
	g_autofree char *what = g_strdup_printf("文件的编码是 %s，已按它读", charset);
	char *text = g_convert(g_mapped_file_get_contents(mapped),
		(gssize)g_mapped_file_get_length(mapped), "UTF-8", charset, NULL, ret_size, NULL);
	if (text != NULL && memchr(text, '\0', *ret_size) != NULL) {
		refuse_nul(file);
		g_clear_pointer(&text, g_free);
	} else if (text == NULL)
		refuse(file, "认不出文件的编码，或文件已损坏",
			"请用表格软件打开，另存为“CSV UTF-8（逗号分隔）”");
	else
		tell(file, CATALOG_GRAVITY_WARNING, "", what, "下次请另存为 CSV UTF-8");
	return text;
}

/* The whole file as UTF-8 without its mark; NULL after a fault. */
static char *decoded(const struct file *file, GMappedFile *mapped, gsize *ret_size)
{
	const char *bytes = g_mapped_file_get_contents(mapped);
	gsize size = g_mapped_file_get_length(mapped);
	gsize mark = begins(mapped, BOM) ? strlen(BOM) : 0;
	if (begins(mapped, "\xFF\xFE") || begins(mapped, "\xFE\xFF"))
		return converted(file, mapped, "UTF-16", ret_size);
	if (memchr(bytes, '\0', size) != NULL) {
		refuse_nul(file);
		return NULL;
	}
	if (g_utf8_validate(bytes + mark, (gssize)(size - mark), NULL)) {
		*ret_size = size - mark;
		return g_strndup(bytes + mark, size - mark);
	}
	if (mark == 0)
		return converted(file, mapped, "GB18030", ret_size);
	refuse(file, "文件不是完整的 UTF-8，像是被截断或损坏",
		"请重新传一份完整的，或另存为 CSV UTF-8");
	return NULL;
}

/* ---- separator ---- */

static const struct {
	char separator;
	const char *name;
} separators[] = {{',', "逗号"}, {';', "分号"}, {'\t', "制表符"}};

/* The separator that stands most often in the first row, outside quotes. */
static size_t find_separator(const char *text)
{
	guint counts[G_N_ELEMENTS(separators)] = {0};
	bool quoted = false;
	for (; *text != '\0' && (quoted || (*text != '\n' && *text != '\r')); text++) {
		quoted = quoted != (*text == '"');
		for (size_t i = 0; i < G_N_ELEMENTS(separators); i++)
			counts[i] += !quoted && *text == separators[i].separator;
	}
	size_t best = 0;
	for (size_t i = 1; i < G_N_ELEMENTS(separators); i++)
		if (counts[i] > counts[best])
			best = i;
	return best;
}

static char separator_of(const struct file *file, const char *text)
{
	size_t found = find_separator(text);
	if (found != 0) {
		g_autofree char *what =
			g_strdup_printf("各列之间是%s，已按它读", separators[found].name);
		tell(file, CATALOG_GRAVITY_WARNING, "", what, "下次请另存为逗号分隔的 CSV UTF-8");
	}
	return separators[found].separator;
}

/* ---- rows ---- */

/* A row that breaks off before its end and has no line feed was cut. */
static bool is_cut(const struct sheet_grid *grid)
{
	guint count = grid->rows->len;
	return !grid->closed && count > 1 &&
	       g_array_index(grid->rows, struct sheet_grid_row, count - 1).width <
		       g_array_index(grid->rows, struct sheet_grid_row, 0).width;
}

/* Some editors leave the last line feed out; a cut at the end of a cell looks the same. */
static void tell_open(const struct file *file, const struct sheet_grid *grid)
{
	if (!grid->closed)
		tell(file, CATALOG_GRAVITY_WARNING, "", "最后一行后面没有换行",
			"如果文件是传来的，请看看最后一行是否完整");
}

static struct sheet_grid *checked(const struct file *file, struct sheet_grid *grid)
{
	if (grid->rows->len == 0)
		refuse(file, "表是空的", "第一行应是列名，请照导出的表补上");
	else if (is_cut(grid))
		refuse(file, "最后一行没有写完，文件像是被截断了", "请重新传一份完整的");
	else {
		tell_open(file, grid);
		return grid;
	}
	sheet_grid_free(grid);
	return NULL;
}

static struct sheet_grid *grid_of(const struct file *file, const char *text, gsize size)
{
	guint row = 0;
	g_autofree char *what = NULL;
	const char *mend = NULL;
	struct sheet_grid *grid =
		sheet_grid_read(text, size, separator_of(file, text), &row, &what, &mend);
	if (grid != NULL)
		return checked(file, grid);
	g_autofree char *place = g_strdup_printf("第 %u 行起", row);
	tell(file, CATALOG_GRAVITY_ERROR, place, what, mend);
	return NULL;
}

struct sheet_grid *sheet_file_read(
	const char *path, const char *shown, struct catalog_faults *faults)
{
	const struct file file = {shown, faults};
	bool regular = g_file_test(path, G_FILE_TEST_IS_REGULAR); /* a pipe would wait for ever */
	g_autoptr(GMappedFile) mapped = regular ? g_mapped_file_new(path, FALSE, NULL) : NULL;
	gsize size = 0;
	if (mapped == NULL) {
		refuse(&file, "读不到这个文件", "请核对路径与权限，并在表格软件里关闭它");
		return NULL;
	}
	if (g_mapped_file_get_length(mapped) > SHEET_MOST_BYTES) {
		refuse(&file, "文件超过 200 MB", "请拆成几份清单，分目录存放");
		return NULL;
	}
	if (g_mapped_file_get_length(mapped) == 0) {
		refuse(&file, "文件是空的", "第一行应是列名，请照导出的表补上");
		return NULL;
	}
	g_autofree char *text = decoded(&file, mapped, &size);
	return text == NULL ? NULL : grid_of(&file, text, size);
}

/* ---- what a spreadsheet would make of a cell ---- */

/* First characters that begin a formula, also the wide ones a Chinese keyboard gives. */
static bool begins_formula(const char *cell)
{
	static const char *const marks[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (g_str_has_prefix(cell, marks[i]))
			return true;
	return false;
}

/* Digits and the signs between them: 001, 1-2, 2026/12/1, 1E5. */
static bool is_like_number(const char *cell)
{
	return g_ascii_isdigit(cell[0]) && cell[strspn(cell, "0123456789.,:/- eE+")] == '\0';
}

static bool is_guarded(const char *cell)
{
	return cell[0] == '\'' &&
	       (cell[1] == '\'' || g_ascii_isdigit(cell[1]) || begins_formula(cell + 1));
}

char *sheet_file_guard(const char *cell, bool is_text)
{
	bool guard = begins_formula(cell) || cell[0] == '\'' || (is_text && is_like_number(cell));
	return g_strconcat(guard ? "'" : "", cell, NULL);
}

const char *sheet_file_unguard(const char *cell)
{
	return is_guarded(cell) ? cell + 1 : cell;
}
