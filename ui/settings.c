#include "settings.h"

#include <glib.h>

static const struct settings defaults = {
	.colours = TERM_COLOURS_16, .escape_ms = 25, .burst_ms = 20, .lock_minutes = 5};

static void read_number(
	GKeyFile *file, const char *group, const char *key, int least, int most, int *number)
{
	GError *error = NULL;
	int found = g_key_file_get_integer(file, group, key, &error);
	if (error == NULL && found >= least && found <= most)
		*number = found;
	g_clear_error(&error);
}

static bool says(GKeyFile *file, const char *group, const char *key, const char *word)
{
	g_autofree char *found = g_key_file_get_string(file, group, key, NULL);
	return g_strcmp0(found, word) == 0;
}

static void read_group(GKeyFile *file, const char *group, struct settings *settings)
{
	if (says(file, group, "colours", "mono"))
		settings->colours = TERM_COLOURS_MONO;
	else if (says(file, group, "colours", "8"))
		settings->colours = TERM_COLOURS_8;
	else if (says(file, group, "colours", "16"))
		settings->colours = TERM_COLOURS_16;
	read_number(file, group, "escape_ms", 10, 1000, &settings->escape_ms);
	read_number(file, group, "burst_ms", 0, 200, &settings->burst_ms);
	read_number(file, group, "lock_minutes", 1, 60, &settings->lock_minutes);
	if (says(file, group, "marks", "ascii") || says(file, group, "ambiguous", "wide"))
		settings->ascii_marks = true;
	else if (says(file, group, "marks", "full") || says(file, group, "ambiguous", "narrow"))
		settings->ascii_marks = false;
}

void settings_read(const char *home, const char *term, struct settings *ret_settings)
{
	*ret_settings = defaults;
	g_autofree char *path = g_build_filename(home, "config.ini", NULL);
	g_autoptr(GKeyFile) file = g_key_file_new();
	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL))
		return;
	read_group(file, "screen", ret_settings);
	g_autofree char *group = g_strdup_printf("screen %s", term == NULL ? "" : term);
	read_group(file, group, ret_settings);
}
