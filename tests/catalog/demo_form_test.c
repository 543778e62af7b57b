/* The demo applications pass the core's own checks: every value of the form, every party. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "catalog/set.h"
#include "core/field.h"
#include "core/party.h"

/* The day the demo applications are written for (data/demo/README.md). */
static const struct civil_date today = {2026, 11, 20};

static const char *const names[] = {"birth", "housing", "catering", "retail"};

static int load(void **state)
{
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	struct catalog_set *set = catalog_set_new();
	catalog_set_add_path(set, faults, "data");
	catalog_set_finish(set, faults);
	*state = set;
	return faults->errors == 0 ? 0 : -1;
}

static int unload(void **state)
{
	catalog_set_free(*state);
	return 0;
}

static json_t *read_demo(const char *name)
{
	GError *error = NULL;
	g_autofree char *path = g_strdup_printf("data/demo/%s.json", name);
	json_t *demo = json_read_file(path, &error);
	if (demo == NULL)
		fail_msg("%s", error->message);
	return demo;
}

static void every_value_is_right(void **state)
{
	const struct definitions *definitions = ((struct catalog_set *)*state)->definitions;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(json_t) demo = read_demo(names[i]);
		const char *key;
		json_t *value;
		json_object_foreach(json_object_get(demo, "fields"), key, value)
		{
			GError *error = NULL;
			const struct field *field = definitions_field(definitions, key);
			assert_non_null(field);
			g_autofree char *read =
				field_read(field, json_string_value(value), today, &error);
			if (read == NULL)
				fail_msg("%s %s: %s", names[i], key, error->message);
			assert_string_equal(read, json_string_value(value));
		}
	}
}

static void check_party(const char *demo, const json_t *party)
{
	GError *error = NULL;
	const struct party_facts facts = {
		.role = party_role_from_name(json_text(party, "role", "")),
		.name = json_text(party, "name", ""),
		.document = document_kind_from_name(json_text(party, "document", "none")),
		.number = json_text(party, "number", ""),
		.missing_reason = json_text(party, "missing_reason", ""),
	};
	if (!party_check(&facts, today, &error))
		fail_msg("%s %s: %s", demo, facts.name, error->message);
}

static void every_party_is_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(json_t) demo = read_demo(names[i]);
		size_t j;
		json_t *party;
		json_array_foreach(json_object_get(demo, "parties"), j, party)
			check_party(names[i], party);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_is_right),
		cmocka_unit_test(every_party_is_right),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
