/*
 * Durable saves measured in one run, alternating: a bare SQLite transaction (one row, the same
 * settings and disk), a field of a draft, and a whole taking in (number, items, facts, bundles,
 * receipt in one transaction).
 */
#include <stdio.h>
#include <sqlite3.h>

#include "base/err.h"
#include "base/json.h"
#include "cli/example.h"
#include "desk/case.h"

#define ROUNDS 400

struct times {
	const char *name;
	double ms[ROUNDS];
};

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double percentile(struct times *times, double share)
{
	qsort(times->ms, ROUNDS, sizeof(double), by_value);
	return times->ms[(int)(share * (ROUNDS - 1))];
}

static double elapsed(gint64 begin)
{
	return (double)(g_get_monotonic_time() - begin) / 1000;
}

static sqlite3 *open_bare(const char *home)
{
	g_autofree char *path = g_build_filename(home, "bare.db", NULL);
	sqlite3 *db = NULL;
	sqlite3_open(path, &db);
	sqlite3_exec(db,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c INTEGER);"
		"CREATE INDEX ta ON t (a); CREATE INDEX tb ON t (b);",
		NULL, NULL, NULL);
	return db;
}

static double bare_save(sqlite3 *db, int i)
{
	gint64 begin = g_get_monotonic_time();
	g_autofree char *sql = g_strdup_printf(
		"BEGIN IMMEDIATE; INSERT INTO t (a, b, c) VALUES ('演示%d', '%d', %d); COMMIT", i,
		i * 7, i);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		g_error("bare save: %s", sqlite3_errmsg(db));
	return elapsed(begin);
}

static char *make_draft(struct desk *desk, const json_t *document)
{
	GError *error = NULL;
	char *id = desk_draft_new(desk, "jiangmen-2020", "1", &error);
	const char *key;
	json_t *value;
	if (id == NULL)
		g_error("draft: %s", error->message);
	json_object_foreach(json_object_get(document, "answers"), key, value)
		desk_answer(desk, id, key, json_string_value(value), NULL);
	struct party_input party = {PARTY_ROLE_APPLICANT, "演示一", "13000000001",
		DOCUMENT_KIND_IDENTITY, "110101190001010014", ""};
	desk_party_set(desk, id, 0, &party, NULL);
	json_object_foreach(json_object_get(document, "fields"), key, value)
		desk_field_set(desk, id, key, json_string_value(value), NULL);
	size_t index;
	json_array_foreach(json_object_get(document, "materials"), index, value)
	{
		struct material_input input = {
			.status = MATERIAL_STATUS_RECEIVED, .originals = -1, .copies = -1};
		desk_material_set(desk, id, json_text(value, "material", ""), &input, NULL);
	}
	return id;
}

static void measure(struct desk *desk, sqlite3 *db, const json_t *document, struct times *times)
{
	for (int i = 0; i < ROUNDS; i++) {
		GError *error = NULL;
		g_autofree char *id = make_draft(desk, document), *number = NULL;
		times[0].ms[i] = bare_save(db, i);
		gint64 begin = g_get_monotonic_time();
		desk_field_set(desk, id, "premises.area", "88", NULL);
		times[1].ms[i] = elapsed(begin);
		begin = g_get_monotonic_time();
		if (!desk_take_in(desk, id, &number, &error))
			g_error("take in: %s", error->message);
		times[2].ms[i] = elapsed(begin);
	}
}

int main(int argc, char **argv)
{
	static struct times times[3] = {
		{"bare SQLite transaction"}, {"a field of a draft"}, {"a whole taking in"}};
	g_autoptr(GError) error = NULL;
	g_autoptr(desk) desk = argc < 2 ? NULL : desk_open(argv[1], STORE_MODE_WRITE, &error);
	if (desk == NULL || !desk_login_demo(desk, "yanshi", &error))
		g_error("usage: save_bench HOME (%s)", error == NULL ? "" : error->message);
	sqlite3 *db = open_bare(argv[1]);
	g_autoptr(json_t) document = example_application(
		desk_store(desk), "jiangmen-2020", "1", desk_now_ms(desk), &error);
	if (document == NULL)
		g_error("%s", error->message);
	measure(desk, db, document, times);
	for (int i = 0; i < 3; i++)
		printf("  %-26s p50 %6.3f ms  p99 %6.3f ms\n", times[i].name,
			percentile(&times[i], 0.5), percentile(&times[i], 0.99));
	double bare = percentile(&times[0], 0.99);
	printf("  ratio p99 field / bare: %.2f, taking in / bare: %.2f   (aim: at most 3)\n",
		percentile(&times[1], 0.99) / bare, percentile(&times[2], 0.99) / bare);
	sqlite3_close(db);
	return 0;
}
