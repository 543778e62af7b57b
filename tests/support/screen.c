#include "support/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/screens.h"

void support_to_home(struct app *app)
{
	app_close_all(app);
	if (!app_open(app, &screen_login, "演示用户 yanshi") || !app_open(app, &screen_home, NULL))
		g_error("no home screen");
}

void support_press(struct app *app, enum key key)
{
	app_event(app, &(struct key_event){.key = key});
}

void support_type(struct app *app, const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		g_autofree char *character = g_strndup(p, (gsize)(g_utf8_next_char(p) - p));
		app_event(app, &(struct key_event){.key = KEY_TEXT_, .text = character});
	}
}

static char *masked(const char *dump)
{
	g_autoptr(GRegex) label =
		g_regex_new("\\b([MNR])(-?[0-9A-Z]{4}){2,}[0-9A-Z-]*", 0, 0, NULL);
	return g_regex_replace(label, dump, -1, 0, "\\1-label", 0, NULL);
}

char *support_dump(struct app *app, int rows, int columns)
{
	surface_resize(app->surface, rows, columns);
	if (app_top(app)->ops->rest != NULL)
		app_effects(app, app_top(app)->ops->rest(app, app_top(app)->state));
	app_draw(app);
	g_autofree char *dump = surface_dump(app->surface);
	return masked(dump);
}

static void show_difference(const char *path, const char *wanted, const char *got)
{
	g_auto(GStrv) want = g_strsplit(wanted, "\n", -1), have = g_strsplit(got, "\n", -1);
	guint rows = MAX(g_strv_length(want), g_strv_length(have));
	for (guint i = 0; i < rows; i++) {
		const char *a = i < g_strv_length(want) ? want[i] : "";
		const char *b = i < g_strv_length(have) ? have[i] : "";
		if (strcmp(a, b) != 0)
			fprintf(stderr, "%s:%u\n  - %s\n  + %s\n", path, i + 1, a, b);
	}
}

static bool compare(struct app *app, const char *name, int rows, int columns)
{
	g_autofree char *got = support_dump(app, rows, columns);
	g_autofree char *path =
		g_strdup_printf("tests/ui/snapshots/%s-%dx%d.txt", name, columns, rows);
	g_autofree char *wanted = NULL;
	if (getenv("UPDATE") != NULL)
		return g_file_set_contents(path, got, -1, NULL);
	if (!g_file_get_contents(path, &wanted, NULL, NULL)) {
		fprintf(stderr, "no %s (UPDATE=1 writes it)\n", path);
		return false;
	}
	if (strcmp(wanted, got) == 0)
		return true;
	show_difference(path, wanted, got);
	return false;
}

bool support_snapshot(struct app *app, const char *name)
{
	bool narrow = compare(app, name, 24, 80), wide = compare(app, name, 40, 120);
	return narrow && wide;
}

static char *without_blanks(const char *text)
{
	GString *out = g_string_new(NULL);
	for (const char *p = text; *p != '\0'; p++)
		if (*p != ' ' && *p != '\n' && *p != '>')
			g_string_append_c(out, *p);
	return g_string_free(out, FALSE);
}

bool support_shows(struct app *app, const char *words)
{
	g_autofree char *dump = support_dump(app, 24, 80);
	g_autofree char *screen = without_blanks(dump), *wanted = without_blanks(words);
	if (strstr(screen, wanted) != NULL)
		return true;
	fprintf(stderr, "not seen: %s\n%s\n", words, dump);
	return false;
}
