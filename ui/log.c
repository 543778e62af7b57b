/* Warnings of the libraries go to screen.log of the home, never over the screen, and name nobody.
 */
#include "app_private.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/date.h"

#define LOG_MOST (1024 * 1024) /* bytes; then it begins anew */

static int log_file = -1;

/* Names are not ASCII and numbers are long: neither is kept. */
static char *nameless(const char *text)
{
	GString *kept = g_string_new(NULL);
	int digits = 0;
	for (const char *p = text; *p != '\0'; p++) {
		digits = g_ascii_isdigit(*p) ? digits + 1 : 0;
		if (digits > 3)
			kept->str[kept->len - 1] = '#';
		else
			g_string_append_c(kept, g_ascii_isprint(*p) ? *p : '?');
	}
	return g_string_free(kept, FALSE);
}

static const char *field_of(const GLogField *fields, gsize count, const char *key)
{
	for (gsize i = 0; i < count; i++)
		if (g_str_equal(fields[i].key, key) && fields[i].length < 0)
			return fields[i].value;
	return "";
}

static GLogWriterOutput write_log(
	GLogLevelFlags level, const GLogField *fields, gsize count, void *data)
{
	if (level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG))
		return G_LOG_WRITER_HANDLED;
	g_autofree char *message = nameless(field_of(fields, count, "MESSAGE"));
	g_autofree char *time = civil_time_dup_text(g_get_real_time() / 1000);
	g_autofree char *line = g_strdup_printf("%s %s %d %s\n", time,
		field_of(fields, count, "GLIB_DOMAIN"), (int)(level & G_LOG_LEVEL_MASK), message);
	struct stat about;
	if (log_file >= 0 && fstat(log_file, &about) == 0 && about.st_size > LOG_MOST &&
		ftruncate(log_file, 0) != 0)
		return G_LOG_WRITER_UNHANDLED;
	ssize_t written = log_file < 0 ? 0 : write(log_file, line, strlen(line));
	return written < 0 ? G_LOG_WRITER_UNHANDLED : G_LOG_WRITER_HANDLED;
}

void log_to_file(const char *home)
{
	if (log_file >= 0)
		return;
	g_autofree char *path = g_build_filename(home, "screen.log", NULL);
	log_file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	g_log_set_writer_func(write_log, NULL, NULL);
}
