/* Marks in ASCII, for terminals that draw characters of ambiguous width two cells wide (SCREENS
 * rule 9). */
#include "app_private.h"

struct mark_row {
	const char *mark;
	char ascii;
};

static const struct mark_row marks[] = {
	{"√", 'v'},
	{"×", 'x'},
	{"△", '^'},
	{"○", 'o'},
	{"▽", '~'},
	{"◇", '-'},
	{"◎", '='},
	{"“", '"'},
	{"”", '"'},
	{"‘", '\''},
	{"’", '\''},
	{"…", '.'},
	{"—", '-'},
	{"·", '.'},
	{"→", '>'},
	{"←", '<'},
	{"↑", '^'},
	{"↓", 'v'},
	{"│", '|'},
	{"─", '-'},
	{"┌", '+'},
	{"┐", '+'},
	{"└", '+'},
	{"┘", '+'},
	{"├", '+'},
	{"┤", '+'},
	{"┬", '+'},
	{"┴", '+'},
	{"┼", '+'},
	{"▼", 'v'},
	{"●", '*'},
	{"①", '1'},
	{"②", '2'},
	{"③", '3'},
	{"④", '4'},
	{"⑤", '5'},
	{"⑥", '6'},
	{"⑦", '7'},
	{"⑧", '8'},
	{"⑨", '9'},
};

static gunichar ascii_of(gunichar character)
{
	for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
		if (g_utf8_get_char(marks[i].mark) == character)
			return (gunichar)marks[i].ascii;
	bool ambiguous = g_unichar_iswide_cjk(character) && !g_unichar_iswide(character);
	return ambiguous ? '?' : character;
}

void marks_to_ascii(struct surface *surface)
{
	for (int i = 0; i < surface->rows * surface->columns; i++)
		if (surface->cells[i].text >= 0x80)
			surface->cells[i].text = ascii_of(surface->cells[i].text);
}
