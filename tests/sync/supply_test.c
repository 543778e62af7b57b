/* What is fetched, pushed, agreed or in trouble: a row a situation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "sync/supply.h"

/*
 * "v1a" is version 1 with digest a, "c2026a" a calendar, "ga" a grant; a date behind @ is when a
 * version is in force (else 2026-01-01); lists other than "l" stand before a colon: "m:v1a".
 * Memory: "v1+a" agreed on a, "v1-a" refused a.
 */
struct row {
	const char *name;
	const char *hub, *home, *memory;
	bool bureau;
	const char *steps;   /* = agree, < fetch, > push */
	const char *trouble; /* NULL none */
};

static const struct row rows[] = {
	{"nothing anywhere", "", "", "", false, "", NULL},
	{"what is missing is fetched", "v1a v2b", "v1a", "v1+a", false, "<v2b", NULL},
	{"what is the same is written down once", "v1a", "v1a", "", false, "=v1a", NULL},
	{"what is ahead of its date is fetched", "v1a v2b@2026-12-01", "v1a", "v1+a", false, "<v2b",
		NULL},
	{"an agreed version that is gone here comes again", "v1a", "", "v1+a", false, "<v1a", NULL},
	{"in force and future first, old ones last", "v1a v2b v3c v4d@2026-12-01 m:v1a", "", "",
		false, "<v3c <v4d <m:v1a <v1a <v2b", NULL},
	{"a refused one is not fetched again", "v1a v2b", "v1a", "v1+a v2-b", false, "", "坏的。"},
	{"until its digest changes", "v1a v2c", "v1a", "v1+a v2-b", false, "<v2c", NULL},
	{"or a higher number ends it", "v1a v2b v3c", "v1a v3c", "v1+a v2-b v3+c", false, "", NULL},
	{"another digest of the same number is trouble", "v1a", "v1b", "", false, "",
		"第 1 版与中心的内容不同"},
	{"also for the bureau", "v1a", "v1b", "", true, "", "请数据局发布下一个版本。"},
	{"until the hub shows a higher number", "v1a v2c", "v1b", "", false, "<v2c", NULL},
	{"a window pushes nothing", "", "v1a c2026a ga", "", false, "", NULL},
	{"the bureau pushes all", "", "v1a v2b c2026a ga", "", true, ">c2026a >v1a >v2b >ga", NULL},
	{"but no number below the hub's", "v3c", "v1a v2b v3c v4d", "v3+c", true, ">v4d", NULL},
	{"a refused push is not tried again", "", "v2b", "v2-b", true, "", "坏的。"},
	{"until it is another", "", "v2c", "v2-b", true, ">v2c", NULL},
	{"a new year is fetched", "c2026a c2027b", "c2026a", "c2026+a", false, "<c2027b", NULL},
	{"a corrected year is fetched", "c2026b", "c2026a", "c2026+a", false, "<c2026b", NULL},
	{"a window's own correction gives way", "c2026a", "c2026b", "c2026+a", false, "<c2026a",
		NULL},
	{"the bureau's own correction is pushed", "c2026a", "c2026b", "c2026+a", true, ">c2026b",
		NULL},
	{"another bureau's correction is fetched", "c2026c", "c2026a", "c2026+a", true, "<c2026c",
		NULL},
	{"both corrected, or never met: the hub's stands", "c2026c", "c2026b", "c2026+a", true,
		"<c2026c", NULL},
	{"never met", "c2026c", "c2026b", "", true, "<c2026c", NULL},
	{"a grant follows the hub", "gb", "ga", "g+a", false, "<gb", NULL},
	{"a list without a grant at the hub is left alone", "", "ga", "g+a", false, "", NULL},
	{"the bureau's change of a grant is pushed", "ga", "gb", "g+a", true, ">gb", NULL},
	{"the bureau takes a grant away", "ga", "g0", "g+a", true, ">g0", NULL},
	{"each list for itself", "v1a m:v1b", "v1c m:v1b", "m:v1+b", false, "", "清单 l 第 1 版"},
};

static void read_thing(
	const char *word, enum supply_kind *kind, char **list, int64_t *number, char **rest)
{
	const char *colon = strchr(word, ':');
	const char *at = colon != NULL ? colon + 1 : word;
	*kind = *at == 'v'   ? SUPPLY_KIND_VERSION
		: *at == 'c' ? SUPPLY_KIND_CALENDAR
			     : SUPPLY_KIND_GRANT;
	*list = *at == 'c'	? g_strdup("")
		: colon != NULL ? g_strndup(word, (gsize)(colon - word))
				: g_strdup("l");
	*number = g_ascii_strtoll(at + 1, rest, 10);
	if (*kind == SUPPLY_KIND_GRANT) {
		*number = 0;
		*rest = (char *)at + 1;
	}
}

static void free_thing(void *thing)
{
	supply_thing_free(thing);
}

static GPtrArray *things(const char *text)
{
	GPtrArray *array = g_ptr_array_new_with_free_func(free_thing);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (char **word = words; *word != NULL && **word != '\0'; word++) {
		enum supply_kind kind;
		g_autofree char *list = NULL;
		char *rest = NULL;
		int64_t number = 0;
		read_thing(*word, &kind, &list, &number, &rest);
		g_auto(GStrv) parts = g_strsplit(rest, "@", 2);
		struct supply_thing *thing = supply_thing_new(kind, list, number, parts[0]);
		g_free(thing->effective_from);
		thing->effective_from = g_strdup(parts[1] != NULL ? parts[1] : "2026-01-01");
		g_ptr_array_add(array, thing);
	}
	return array;
}

static void free_memory(void *memory)
{
	supply_memory_free(memory);
}

static GPtrArray *memories(const char *text)
{
	GPtrArray *array = g_ptr_array_new_with_free_func(free_memory);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (char **word = words; *word != NULL && **word != '\0'; word++) {
		enum supply_kind kind;
		g_autofree char *list = NULL;
		char *rest = NULL;
		int64_t number = 0;
		read_thing(*word, &kind, &list, &number, &rest);
		struct supply_memory *memory = supply_memory_new(kind, list, number);
		char **place = *rest == '+' ? &memory->agreed : &memory->refused;
		g_free(*place);
		*place = g_strdup(rest + 1);
		g_free(memory->reason);
		memory->reason = g_strdup("坏的。");
		g_ptr_array_add(array, memory);
	}
	return array;
}

static char *steps_text(const struct supply_plan *plan)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < plan->steps->len; i++) {
		const struct supply_step *step = plan->steps->pdata[i];
		const struct supply_thing *thing = step->thing;
		bool other = thing->kind != SUPPLY_KIND_CALENDAR && strcmp(thing->list, "l") != 0;
		g_string_append_printf(text, "%s%c%s%s%c", i > 0 ? " " : "", "=<>"[step->act],
			other ? thing->list : "", other ? ":" : "", "gcv"[thing->kind]);
		if (thing->kind != SUPPLY_KIND_GRANT)
			g_string_append_printf(text, "%d", (int)thing->number);
		g_string_append(text, thing->digest);
	}
	return g_string_free(text, FALSE);
}

static void every_situation_has_its_plan(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct row *row = &rows[i];
		g_autoptr(GPtrArray) hub = things(row->hub);
		g_autoptr(GPtrArray) home = things(row->home);
		g_autoptr(GPtrArray) memory = memories(row->memory);
		const struct supply_view view = {hub, home, memory, row->bureau, "2026-11-21"};
		g_autoptr(supply_plan) plan = supply_plan_new(&view);
		g_autofree char *steps = steps_text(plan);
		if (strcmp(steps, row->steps) != 0)
			fail_msg("%s: %s", row->name, steps);
		if ((plan->trouble == NULL) != (row->trouble == NULL) ||
			(row->trouble != NULL && strstr(plan->trouble, row->trouble) == NULL))
			fail_msg("%s: %s", row->name,
				plan->trouble != NULL ? plan->trouble : "(none)");
	}
}

static void a_grant_has_one_body(void **state)
{
	g_autofree char *all = supply_grant_body(true, NULL);
	g_autofree char *some =
		supply_grant_body(false, (const char *const[]){"1", "企业-2", NULL});
	g_autofree char *none = supply_grant_body(false, (const char *const[]){NULL});
	assert_string_equal(all, "{\"all\":true}");
	assert_string_equal(some, "{\"themes\":[\"1\",\"企业-2\"]}");
	assert_string_equal(none, "{\"themes\":[]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_situation_has_its_plan),
		cmocka_unit_test(a_grant_has_one_body)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
