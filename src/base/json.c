#include "base/json.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"

/* jansson bounds nesting at 2048, which its recursive users need not survive: bound it here. */
static bool is_too_deep(const char *bytes, size_t size)
{
	int depth = 0;
	bool in_string = false;
	for (size_t i = 0; i < size; i++) {
		char c = bytes[i];
		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			if (++depth > JSON_MOST_DEPTH)
				return true;
		} else if (c == '}' || c == ']') {
			depth--;
		}
	}
	return false;
}

static bool starts_with(const char *bytes, size_t size, const char *mark)
{
	return size >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0;
}

/* What people hand over in place of JSON in UTF-8, in words for them; NULL when it may be that. */
static char *foreign_words(const char *bytes, size_t size)
{
	const char *end = NULL;
	if (starts_with(bytes, size, "\xff\xfe") || starts_with(bytes, size, "\xfe\xff"))
		return g_strdup("是 UTF-16 编码，不是 UTF-8");
	if (starts_with(bytes, size, "PK\x03\x04"))
		return g_strdup("是 Excel 工作簿或压缩包，不是 JSON");
	if (g_utf8_validate_len(bytes, size, &end) || *end == '\0')
		return NULL;
	int line = 1;
	for (const char *at = bytes; at < end; at++)
		line += *at == '\n';
	return g_strdup_printf("第 %d 行起不是 UTF-8 编码，可能是 GB18030", line);
}

json_t *json_read(const char *bytes, size_t size, const char *name, GError **error)
{
	if (starts_with(bytes, size, "\xef\xbb\xbf")) { /* what editors on Windows put first */
		bytes += 3;
		size -= 3;
	}
	if (size > JSON_MOST_BYTES) {
		err_set(error, ERR_CODE_JSON, "%s 太大（超过 %u MiB）", name,
			JSON_MOST_BYTES >> 20);
		return NULL;
	}
	g_autofree char *foreign = foreign_words(bytes, size);
	if (foreign != NULL) {
		err_set(error, ERR_CODE_JSON, "%s %s", name, foreign);
		return NULL;
	}
	if (is_too_deep(bytes, size)) {
		err_set(error, ERR_CODE_JSON, "%s 嵌套超过 %d 层", name, JSON_MOST_DEPTH);
		return NULL;
	}
	json_error_t problem;
	json_t *value = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &problem);
	if (value == NULL) {
		g_autofree char *detail = text_clean(problem.text, false);
		err_set(error, ERR_CODE_JSON, "%s 第 %d 行第 %d 列不是合格的 JSON（%s）", name,
			problem.line, problem.column, detail);
	}
	return value;
}

static bool read_stream(int fd, GString *bytes, const char *name, GError **error)
{
	char buffer[65536];
	for (;;) {
		ssize_t count = read(fd, buffer, sizeof buffer);
		if (count < 0)
			return err_set(error, ERR_CODE_IO, "读不到%s", name);
		if (count == 0)
			return true;
		g_string_append_len(bytes, buffer, count);
		if (bytes->len > JSON_MOST_BYTES)
			return true;
	}
}

static json_t *parse_stream(int fd, const char *name, GError **error)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	return read_stream(fd, bytes, name, error) ? json_read(bytes->str, bytes->len, name, error)
						   : NULL;
}

/* A pipe, as a shell gives for <(…), cannot be mapped. */
static json_t *parse_pipe(const char *path, const char *name, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		err_set(error, ERR_CODE_IO, "读不到文件 %s", name);
		return NULL;
	}
	json_t *value = parse_stream(fd, name, error);
	close(fd);
	return value;
}

static bool is_pipe(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
}

json_t *json_read_file(const char *path, GError **error)
{
	if (strcmp(path, "-") == 0)
		return parse_stream(STDIN_FILENO, "标准输入", error);
	g_autofree char *shown = text_clean(path, false);
	if (is_pipe(path))
		return parse_pipe(path, shown, error);
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	if (file == NULL) {
		err_set(error, ERR_CODE_IO, "读不到文件 %s", shown);
		return NULL;
	}
	const char *bytes = g_mapped_file_get_contents(file);
	return json_read(bytes == NULL ? "" : bytes, g_mapped_file_get_length(file), shown, error);
}

char *json_frozen(const json_t *value, size_t *ret_size)
{
	char *bytes = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	if (bytes == NULL)
		g_error("a JSON value could not be written");
	if (ret_size != NULL)
		*ret_size = strlen(bytes);
	char *copy = g_strdup(bytes);
	free(bytes);
	return copy;
}

char *json_pretty(const json_t *value)
{
	char *bytes = json_dumps(value, JSON_INDENT(2) | JSON_ENCODE_ANY);
	if (bytes == NULL)
		g_error("a JSON value could not be written");
	char *copy = g_strconcat(bytes, "\n", NULL);
	free(bytes);
	return copy;
}

const char *json_text(const json_t *object, const char *key, const char *fallback)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text == NULL ? fallback : text;
}

json_int_t json_integer_or(const json_t *object, const char *key, json_int_t fallback)
{
	const json_t *value = json_object_get(object, key);
	return json_is_integer(value) ? json_integer_value(value) : fallback;
}

bool json_flag(const json_t *object, const char *key, bool fallback)
{
	const json_t *value = json_object_get(object, key);
	return json_is_boolean(value) ? json_is_true(value) : fallback;
}
