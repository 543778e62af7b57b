/* yichuang-print: renders papers and hands them to printers. */
#include <locale.h>
#include <stdio.h>

#include "base/err.h"
#include "print/document.h"

int main(int count, char **words)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) data = json_read_file(words[3], &error);
	struct document_places places;
	document_places_init(&places, NULL);
	g_autoptr(fonts) fonts = data ? fonts_open(places.fonts, &error) : NULL;
	g_autoptr(profile) profile = fonts ? document_profile(&places, words[5], &error) : NULL;
	struct document document = {
		words[2], "P-TEST", data, json_integer_or(data, "copy", 1), "卡纸", 1795000000000};
	int pages;
	if (profile == NULL ||
		!document_render(&document, &places, fonts, profile, words[4], &pages, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	printf("%d\n", pages);
	return 0;
}
