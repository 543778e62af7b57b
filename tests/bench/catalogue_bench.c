/*
 * How the catalogue grows: the shipped lists once, 10 times and 43 times (about 10,000 themes of at
 * least 10 items; with their guides up to 10 times), each beside a baseline measured in alternating
 * runs on the same machine: validating beside jansson parsing the same bytes, import and publishing
 * beside bare SQLite inserts of the rows that come of it, opening a theme beside a bare read and
 * parse of its row, searching beside the bare FTS query. usage: catalogue_bench DATA [SCALE…]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "base/err.h"
#include "catalog/catalogue.h"
#include "catalog/catalogue_rows.h"
#include "catalog/layout.h"
#include "catalog/set.h"
#include "support/home.h"

#define ITEMS 10
#define MOST_GUIDED 10 /* copies with guides: more would take minutes to walk through */
#define MOST_RUNS 9
#define NOW_MS SUPPORT_NOW_MS

static const char *const typed[] = {"k", "kb", "kbld", "w", "wykbld", "便", "便利店", "公安",
	"市场监管", "scjg", "我要", "kaibianlidian", "kai便利店", "bld卫滨", "便利店 scjg", "xsecs",
	"登记"};

/* ---- numbers ---- */

struct series {
	double ms[MOST_RUNS];
	int count;
};

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(struct series *series)
{
	qsort(series->ms, (size_t)series->count, sizeof(double), by_value);
	return series->ms[series->count / 2];
}

static void add_time(struct series *series, gint64 begin)
{
	series->ms[series->count++] = (double)(g_get_monotonic_time() - begin) / 1000;
}

static void say(const char *what, struct series *ours, const char *beside, struct series *bare)
{
	double mine = median(ours), other = median(bare);
	printf("  %-16s %9.2f ms   %-26s %9.2f ms   ratio %.1f\n", what, mine, beside, other,
		mine / MAX(other, 0.001));
	fflush(stdout);
}

static void stop(const char *what, GError *error)
{
	fprintf(stderr, "catalogue_bench: %s: %s\n", what, error == NULL ? "" : error->message);
	exit(1);
}

/* ---- generated lists ---- */

/* Numbers of one copy begin here. */
#define COPY_STEP 1000

/* Every theme has at least ten rows; what is missing comes from others. */
static void pad_items(json_t *theme, const json_t *pool, size_t *at)
{
	json_t *items = json_object_get(theme, "items");
	while (json_array_size(items) < ITEMS) {
		json_t *more = json_deep_copy(json_array_get(pool, *at % json_array_size(pool)));
		json_object_del(more, "choice");
		json_array_append_new(items, more);
		*at += 1;
	}
}

static void write_json(const char *folder, const char *name, const char *kind, json_t *value_take)
{
	g_autoptr(json_t) value = value_take;
	size_t size = 0;
	g_autofree char *bytes = json_frozen(value, &size);
	g_autofree char *file = g_strdup_printf("%s-%s.json", name, kind);
	g_autofree char *path = g_build_filename(folder, file, NULL);
	if (!g_file_set_contents(path, bytes, (gssize)size, NULL))
		stop(path, NULL);
}

static json_t *read_file(const char *data, const char *folder, const char *id)
{
	g_autofree char *file = g_strconcat(id, ".json", NULL);
	g_autofree char *path = g_build_filename(data, "catalogue", folder, file, NULL);
	return g_file_test(path, G_FILE_TEST_EXISTS) ? json_read_file(path, NULL) : NULL;
}

/* Rows that were added are not offered, and say so. */
static void describe_padding(json_t *guide, int rows)
{
	json_t *items = json_object_get(guide, "items");
	size_t i;
	json_t *item;
	int described = 0;
	json_array_foreach(items, i, item) described =
		MAX(described, (int)json_integer_or(item, "index", 0) + 1);
	for (int row = described; row < rows; row++)
		json_array_append_new(items,
			json_pack("{s:i,s:s}", "index", row, "not_offered", "另一主题的事项"));
}

/* The theme once more, under a number and a name of its own. */
static json_t *copy_theme(const json_t *theme, int copy, const json_t *pool, size_t *at)
{
	json_t *own = json_deep_copy(theme), *numbers = json_object_get(own, "no");
	g_autofree char *name = g_strdup_printf("%s（%d号）", json_text(theme, "name", ""), copy);
	for (size_t i = 0; i < json_array_size(numbers); i++) {
		json_int_t number = json_integer_value(json_array_get(numbers, i));
		json_array_set_new(numbers, i, json_integer(number + copy * COPY_STEP));
	}
	json_object_set_new(own, "name", json_string(name));
	pad_items(own, pool, at);
	return own;
}

static const json_t *find_guide(const json_t *guides, const json_t *theme)
{
	g_autofree char *id = layout_theme_id(theme);
	size_t i;
	json_t *guide;
	json_array_foreach(json_object_get(guides, "themes"), i, guide)
	{
		if (strcmp(json_text(guide, "theme", ""), id) == 0)
			return guide;
	}
	return NULL;
}

static json_t *copy_guide(const json_t *guide, const json_t *theme)
{
	json_t *own = json_deep_copy(guide);
	g_autofree char *id = layout_theme_id(theme);
	json_object_set_new(own, "theme", json_string(id));
	json_object_del(own, "display");
	describe_padding(own, (int)json_array_size(json_object_get(theme, "items")));
	return own;
}

/* The rows that short themes are filled with: the list's own, so that its routes lead them. */
static json_t *pool_of(const json_t *list, const json_t *others)
{
	json_t *pool = json_array();
	size_t i;
	json_t *theme;
	json_array_foreach(json_object_get(list, "themes"), i, theme)
		json_array_extend(pool, json_object_get(theme, "items"));
	if (json_array_size(pool) == 0) {
		json_decref(pool);
		return pool_of(others, others);
	}
	return pool;
}

static void write_routes(const char *data, const char *folder, const char *id, const char *name)
{
	g_autofree char *path = g_build_filename(data, "catalogue", "departments.json", NULL);
	g_autoptr(json_t) all = json_read_file(path, NULL);
	json_t *routes = json_array();
	size_t i;
	json_t *route;
	json_array_foreach(json_object_get(all, "routes"), i, route)
	{
		if (strcmp(json_text(route, "list", ""), id) != 0)
			continue;
		json_t *own = json_deep_copy(route);
		json_object_set_new(own, "list", json_string(name));
		json_array_append_new(routes, own);
	}
	write_json(
		folder, name, "routes", json_pack("{s:[],s:o}", "departments", "routes", routes));
}

/* A list with `copies` of its themes into folder/lists, its guides into folder/guides. */
static int write_list(const char *data, const char *folder, const char *id, int copies)
{
	g_autofree char *plain = g_build_filename(folder, "lists", NULL);
	g_autofree char *guided = g_build_filename(folder, "guides", NULL);
	g_autofree char *name = g_strconcat("bench-", id, NULL);
	g_autoptr(json_t) list = read_file(data, "lists", id);
	g_autoptr(json_t) guides = read_file(data, "guides", id);
	g_autoptr(json_t) others = read_file(data, "lists", "jiangmen-2020");
	g_autoptr(json_t) pool = pool_of(list, others);
	json_t *themes = json_array(), *own_guides = json_array(), *theme;
	size_t i, at = 0;
	for (int copy = 0; copy < copies; copy++)
		json_array_foreach(json_object_get(list, "themes"), i, theme)
		{
			const json_t *guide = find_guide(guides, theme);
			json_t *own = copy_theme(theme, copy, pool, &at);
			json_array_append_new(themes, own);
			if (guide != NULL)
				json_array_append_new(own_guides, copy_guide(guide, own));
		}
	int count = (int)json_array_size(themes);
	json_object_set_new(list, "id", json_string(name));
	json_object_set_new(list, "themes", themes);
	write_json(plain, name, "list", json_incref(list));
	write_routes(data, plain, id, name);
	if (copies <= MOST_GUIDED && json_array_size(own_guides) > 0)
		write_json(guided, name, "guides",
			json_pack("{s:s,s:O}", "list", name, "themes", own_guides));
	json_decref(own_guides);
	return count;
}

static const char *const list_ids[] = {"jiangmen-2020", "weibin-2021", "guangdong-2022",
	"national-2022", "meixian-2022", "hubei-2023", "tianmen-2023", "tianmen-consolidated"};

/* ---- validating ---- */

struct file_bytes {
	char *path;
	char *bytes;
	gsize size;
};

static void read_folder(GPtrArray *files, const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
		if (!g_str_has_suffix(name, ".json"))
			continue;
		struct file_bytes *file = g_new0(struct file_bytes, 1);
		file->path = g_build_filename(folder, name, NULL);
		g_file_get_contents(file->path, &file->bytes, &file->size, NULL);
		g_ptr_array_add(files, file);
	}
}

static void read_shipped(GPtrArray *files, const char *data)
{
	static const char *const folders[] = {
		"", "lists", "guides", "services", "materials", "fields"};
	for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *folder = g_build_filename(data, "catalogue", folders[i], NULL);
		read_folder(files, folder);
	}
}

static void free_files(GPtrArray *files)
{
	for (guint i = 0; i < files->len; i++) {
		struct file_bytes *file = files->pdata[i];
		g_free(file->path);
		g_free(file->bytes);
		g_free(file);
	}
	g_ptr_array_unref(files);
}

static void validate(const GPtrArray *files, struct series *ours)
{
	gint64 begin = g_get_monotonic_time();
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	for (guint i = 0; i < files->len; i++) {
		const struct file_bytes *file = files->pdata[i];
		catalog_set_add(set, faults, file->path, file->bytes, file->size, false);
	}
	catalog_set_finish(set, faults);
	add_time(ours, begin);
	if (faults->errors > 0) {
		for (guint i = 0; i < faults->list->len && i < 20; i++) {
			g_autofree char *sentence = catalog_fault_sentence(faults->list->pdata[i]);
			fprintf(stderr, "catalogue_bench: %s\n", sentence);
		}
		exit(1);
	}
}

static void parse_all(const GPtrArray *files, struct series *bare)
{
	gint64 begin = g_get_monotonic_time();
	for (guint i = 0; i < files->len; i++) {
		const struct file_bytes *file = files->pdata[i];
		json_decref(json_loadb(file->bytes, file->size, 0, NULL));
	}
	add_time(bare, begin);
}

/* ---- import and publishing ---- */

static char *import_all(const char *data, const char *folder, struct series *ours)
{
	char *home = support_home_new();
	GError *error = NULL;
	struct catalogue_act act = {"", "", "", NOW_MS};
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, &error);
	if (store == NULL || !catalogue_install(store, data, NOW_MS, NULL, &error))
		stop("install", error);
	const char *const paths[] = {folder, NULL};
	g_auto(GStrv) lists = NULL;
	gint64 begin = g_get_monotonic_time();
	if (!catalogue_import(store, paths, &act, NULL, &lists, &error))
		stop("import", error);
	for (char **list = lists; *list != NULL; list++)
		if (!catalogue_publish(store, *list, &act, NULL, &error))
			stop(*list, error);
	add_time(ours, begin);
	return home;
}

static sqlite3 *open_db(const char *home, const char *name)
{
	g_autofree char *path = g_build_filename(home, name, NULL);
	sqlite3 *db = NULL;
	if (sqlite3_open(path, &db) != SQLITE_OK)
		stop(sqlite3_errmsg(db), NULL);
	return db;
}

static void execute(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db), NULL);
}

/* The rows that the import has made, inserted by nothing but SQLite, with the same indexes. */
static void insert_bare(const char *home, struct series *bare)
{
	sqlite3 *db = open_db(home, "bare.db");
	g_autofree char *attach = g_strdup_printf("ATTACH '%s/yichuang.db' AS h", home);
	execute(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
	execute(db, attach);
	execute(db, "CREATE TABLE v (list TEXT, version INTEGER, bytes BLOB, PRIMARY KEY (list, "
		    "version));"
		    "CREATE TABLE t (id INTEGER PRIMARY KEY, list TEXT, version INTEGER, theme "
		    "TEXT, position "
		    "INTEGER, name TEXT, initials TEXT, pinyin TEXT, departments TEXT, items "
		    "INTEGER, described "
		    "INTEGER, UNIQUE (list, version, theme));"
		    "CREATE TABLE b (id INTEGER PRIMARY KEY, body BLOB);"
		    "CREATE TABLE d (list TEXT, version INTEGER, kind TEXT, code TEXT, body BLOB, "
		    "PRIMARY KEY (list, version, kind, code)) WITHOUT ROWID;"
		    "CREATE VIRTUAL TABLE f USING fts5(name, other, sound, tokenize = 'unicode61 "
		    "remove_diacritics 0', prefix = '1 2')");
	gint64 begin = g_get_monotonic_time();
	execute(db, "BEGIN; INSERT INTO v SELECT list, version, bytes FROM h.catalogue_version "
		    "WHERE list LIKE 'bench-%';"
		    "INSERT INTO t SELECT id, list, version, theme, position, name, initials, "
		    "pinyin, departments, items, "
		    "described FROM h.catalogue_theme WHERE list LIKE 'bench-%';"
		    "INSERT INTO b SELECT id, body FROM h.catalogue_theme_body WHERE id IN (SELECT "
		    "id FROM t);"
		    "INSERT INTO d SELECT list, version, kind, code, body FROM "
		    "h.catalogue_definition WHERE list LIKE "
		    "'bench-%';"
		    "INSERT INTO f (rowid, name, other, sound) SELECT rowid, name, other, sound "
		    "FROM h.theme_find WHERE "
		    "rowid IN (SELECT id FROM t); COMMIT");
	add_time(bare, begin);
	sqlite3_close(db);
	for (int i = 0; i < 3; i++) {
		static const char *const names[] = {"bare.db", "bare.db-wal", "bare.db-shm"};
		g_autofree char *path = g_build_filename(home, names[i], NULL);
		(void)remove(path);
	}
}

/* ---- opening and searching ---- */

/* Themes of the shipped Jiangmen list, which have guides, beside all the others. */
static void open_themes(struct store *store, struct series *ours)
{
	gint64 begin = g_get_monotonic_time();
	for (int i = 0; i < 50; i++) {
		g_autofree char *theme = g_strdup_printf("%d", 1 + i);
		g_autoptr(theme) one = NULL;
		g_autoptr(definitions) definitions = NULL;
		GError *error = NULL;
		if (!catalogue_open_theme(
			    store, "jiangmen-2020", 0, theme, &one, &definitions, &error))
			stop(theme, error);
	}
	add_time(ours, begin);
	ours->ms[ours->count - 1] /= 50;
}

static void read_bare(sqlite3 *db, struct series *bare)
{
	sqlite3_stmt *statement = NULL;
	gint64 begin = g_get_monotonic_time();
	sqlite3_prepare_v2(db,
		"SELECT b.body FROM catalogue_theme t JOIN catalogue_theme_body b ON b.id = t.id "
		"WHERE t.list = ? AND t.version = 1 AND t.theme = ?",
		-1, &statement, NULL);
	for (int i = 0; i < 50; i++) {
		g_autofree char *theme = g_strdup_printf("%d", 1 + i);
		sqlite3_bind_text(statement, 1, "jiangmen-2020", -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 2, theme, -1, SQLITE_STATIC);
		if (sqlite3_step(statement) != SQLITE_ROW)
			stop(theme, NULL);
		json_decref(json_loadb(sqlite3_column_blob(statement, 0),
			(size_t)sqlite3_column_bytes(statement, 0), 0, NULL));
		sqlite3_reset(statement);
	}
	sqlite3_finalize(statement);
	add_time(bare, begin);
	bare->ms[bare->count - 1] /= 50;
}

static void search_ours(struct store *store, const char *text, struct series *ours)
{
	gint64 begin = g_get_monotonic_time();
	g_autoptr(GPtrArray) hits = catalogue_search(store, text, 50, NOW_MS, NULL);
	add_time(ours, begin);
	if (hits == NULL)
		stop(text, NULL);
}

static int search_bare(sqlite3 *db, const char *text, struct series *bare)
{
	g_autofree char *match = catalogue_match(text);
	sqlite3_stmt *statement = NULL;
	int count = 0;
	gint64 begin = g_get_monotonic_time();
	sqlite3_prepare_v2(
		db, "SELECT rowid FROM theme_find WHERE theme_find MATCH ?", -1, &statement, NULL);
	sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);
	while (sqlite3_step(statement) == SQLITE_ROW)
		count++;
	sqlite3_finalize(statement);
	add_time(bare, begin);
	return count;
}

static void bench_search(struct store *store, sqlite3 *db)
{
	struct series every = {.count = 0}, beside = {.count = 0};
	double all[G_N_ELEMENTS(typed)], bare_all[G_N_ELEMENTS(typed)];
	gsize count = G_N_ELEMENTS(typed);
	int hits = 0, worst = 0;
	for (gsize i = 0; i < count; i++) {
		struct series ours = {.count = 0}, bare = {.count = 0};
		for (int run = 0; run < MOST_RUNS; run++) {
			search_ours(store, typed[i], &ours);
			hits = search_bare(db, typed[i], &bare);
		}
		all[i] = median(&ours);
		bare_all[i] = median(&bare);
		if (all[i] >= all[worst])
			worst = (int)i;
		if (g_getenv("BENCH_EACH") != NULL)
			printf("    %s: %.2f ms, bare %.2f ms, %d rows\n", typed[i], all[i],
				bare_all[i], hits);
	}
	double slowest = all[worst], slowest_bare = bare_all[worst];
	qsort(all, count, sizeof(double), by_value);
	qsort(bare_all, count, sizeof(double), by_value);
	every.ms[every.count++] = all[count / 2];
	beside.ms[beside.count++] = bare_all[count / 2];
	say("search, middle", &every, "bare FTS query", &beside);
	printf("  %-16s %9.2f ms   %-26s %9.2f ms   (%s; a frame is 16 ms)\n", "search, slowest",
		slowest, "bare FTS query", slowest_bare, typed[worst]);
}

/* ---- the whole ---- */

static void bench_home(const char *home)
{
	struct series ours = {.count = 0}, bare = {.count = 0};
	g_autoptr(store) store = store_open(home, STORE_MODE_READ, NULL);
	sqlite3 *db = open_db(home, "yichuang.db");
	for (int run = 0; run < MOST_RUNS; run++) {
		open_themes(store, &ours);
		read_bare(db, &bare);
	}
	say("open a theme", &ours, "read and parse its row", &bare);
	bench_search(store, db);
	sqlite3_close(db);
}

static void bench_validate(const GPtrArray *files, int runs, const char *what)
{
	struct series checked = {.count = 0}, parsed = {.count = 0};
	for (int run = 0; run < runs; run++) {
		validate(files, &checked);
		parse_all(files, &parsed);
	}
	say(what, &checked, "jansson parses the bytes", &parsed);
}

static char *bench_import(const char *data, const char *lists, int runs)
{
	struct series imported = {.count = 0}, inserted = {.count = 0};
	char *home = NULL;
	for (int run = 0; run < runs; run++) {
		if (home != NULL)
			support_home_free(home);
		home = import_all(data, lists, &imported);
		insert_bare(home, &inserted);
	}
	say("import, publish", &imported, "bare inserts of the rows", &inserted);
	return home;
}

static double mebibytes(const GPtrArray *files)
{
	gsize size = 0;
	for (guint i = 0; i < files->len; i++)
		size += ((struct file_bytes *)files->pdata[i])->size;
	return (double)size / (1 << 20);
}

static void bench_scale(const char *data, int copies)
{
	char *folder = support_folder_new();
	g_autofree char *lists = g_build_filename(folder, "lists", NULL);
	g_autofree char *guides = g_build_filename(folder, "guides", NULL);
	int themes = 0, runs = copies > MOST_GUIDED ? 1 : 3;
	g_mkdir(lists, 0700);
	g_mkdir(guides, 0700);
	for (gsize i = 0; i < G_N_ELEMENTS(list_ids); i++)
		themes += write_list(data, folder, list_ids[i], copies);
	GPtrArray *files = g_ptr_array_new();
	read_folder(files, lists);
	printf("%d times the shipped lists: %d themes of 10 items, %.1f MiB beside the shipped "
	       "files; "
	       "validate 3, import %d alternating runs\n",
		copies, themes, mebibytes(files), runs);
	read_shipped(files, data);
	bench_validate(files, 3, "validate");
	char *home = bench_import(data, lists, runs);
	if (copies <= MOST_GUIDED) {
		read_folder(files, guides);
		bench_validate(files, copies == 1 ? 3 : 1, "with guides too");
	}
	bench_home(home);
	if (g_getenv("BENCH_KEEP") != NULL)
		printf("  kept: %s\n", home);
	else
		support_home_free(home);
	support_home_free(folder);
	free_files(files);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: catalogue_bench DATA [SCALE…]\n", stderr);
		return 2;
	}
	if (argc == 2) {
		bench_scale(argv[1], 1);
		bench_scale(argv[1], 10);
		bench_scale(argv[1], 43);
	}
	for (int i = 2; i < argc; i++)
		bench_scale(argv[1], CLAMP(atoi(argv[i]), 1, 100));
	return 0;
}
