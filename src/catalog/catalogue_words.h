/*
 * The words a theme is found by beside its name: departments in their usual short and long forms,
 * the list. Inside of the room only.
 */
#ifndef CATALOG_CATALOGUE_WORDS_H
#define CATALOG_CATALOGUE_WORDS_H

#include <glib.h>

/*
 * Departments (printed names with 、 between) with their other usual forms behind: 人社局 also as
 * 人力资源社会保障局. A new string.
 */
char *catalogue_department_words(const char *departments);

/* How they sound, and how the list's short name does; as pinyin_sounds. A new string. */
char *catalogue_other_sounds(const char *department_words, const char *list_short);

#endif
