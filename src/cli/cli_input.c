/* Reading what the command line points to. */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/place.h"
#include "base/text.h"
#include "cli/cli.h"

bool cli_integer(const char *text, int least, int most, int *ret_number, GError **error)
{
	gint64 number = 0;
	g_autofree char *shown = text_clean(text, false);
	if (!g_ascii_string_to_signed(text, 10, least, most, &number, NULL))
		return err_set(
			error, ERR_CODE_USAGE, "%s 不是 %d 到 %d 之间的整数", shown, least, most);
	*ret_number = (int)number;
	return true;
}

static char *read_standard_input(size_t *ret_size, GError **error)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	char buffer[65536];
	ssize_t count;
	while ((count = read(STDIN_FILENO, buffer, sizeof buffer)) > 0 &&
		bytes->len <= JSON_MOST_BYTES)
		g_string_append_len(bytes, buffer, count);
	if (count < 0) {
		err_set(error, ERR_CODE_IO, "读不到标准输入");
		return NULL;
	}
	*ret_size = bytes->len;
	return g_string_free(g_steal_pointer(&bytes), FALSE);
}

char *cli_read(const char *path, size_t *ret_size, GError **error)
{
	size_t ignored;
	char *text = NULL;
	gsize size = 0;
	if (ret_size == NULL)
		ret_size = &ignored;
	if (strcmp(path, "-") == 0)
		return read_standard_input(ret_size, error);
	if (!g_file_get_contents(path, &text, &size, NULL)) {
		g_autofree char *shown = text_clean(path, false);
		err_set(error, ERR_CODE_IO, "读不到文件 %s", shown);
		return NULL;
	}
	*ret_size = size;
	return text;
}

char *cli_data_directory(void)
{
	return place_shipped("data");
}
