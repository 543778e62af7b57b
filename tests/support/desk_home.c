#include "support/desk_home.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalogue.h"
#include "desk/script.h"
#include "support/home.h"

static char *template_home;

static void forget_template(void)
{
	support_home_free(template_home);
}

static void make_template(void)
{
	GError *error = NULL;
	template_home = support_home_new();
	atexit(forget_template);
	struct store *store = store_open(template_home, STORE_MODE_WRITE, &error);
	if (store == NULL || !catalogue_install(store, "data", SUPPORT_NOW_MS, NULL, &error))
		g_error("%s", error->message);
	store_close(store);
	struct desk *desk = desk_open(template_home, STORE_MODE_WRITE, &error);
	if (desk == NULL || !desk_demo_seed(desk, &error))
		g_error("%s", error->message);
	desk_close(desk);
}

char *support_desk_home(void)
{
	if (template_home == NULL)
		make_template();
	char *home = support_folder_new();
	g_autofree char *command = g_strdup_printf("cp -r '%s/.' '%s'", template_home, home);
	if (!g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL))
		g_error("cp");
	return home;
}

struct desk *support_desk(const char *home, const char *user)
{
	GError *error = NULL;
	struct desk *desk = desk_open(home, STORE_MODE_WRITE, &error);
	if (desk == NULL || !desk_set_now(desk, SUPPORT_DESK_NOW_MS, &error) ||
		(user != NULL && !desk_login_demo(desk, user, &error)))
		g_error("%s", error->message);
	return desk;
}

json_t *support_demo(const char *name)
{
	GError *error = NULL;
	g_autofree char *path = g_strdup_printf("data/demo/%s.json", name);
	json_t *document = json_read_file(path, &error);
	if (document == NULL)
		g_error("%s", error->message);
	return document;
}

char *support_take_in(struct desk *desk, const char *name, char **ret_id)
{
	GError *error = NULL;
	g_autoptr(json_t) document = support_demo(name);
	char *number = NULL;
	if (!desk_intake_document(desk, document, true, ret_id, &number, &error))
		g_error("%s: %s", name, error->message);
	return number;
}

bool support_sql(const char *home, const char *sql)
{
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	sqlite3 *db = NULL;
	bool done = sqlite3_open(path, &db) == SQLITE_OK &&
		    sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
	sqlite3_close(db);
	return done;
}

bool support_count(const char *home, const char *sql, int64_t *ret_count)
{
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	bool done = sqlite3_open(path, &db) == SQLITE_OK &&
		    sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
		    sqlite3_step(statement) == SQLITE_ROW;
	if (done)
		*ret_count = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return done;
}

int support_desk_set_up(void **state)
{
	struct support_fixture *fixture = g_new0(struct support_fixture, 1);
	fixture->home = support_desk_home();
	fixture->desk = support_desk(fixture->home, "yanshi");
	*state = fixture;
	return 0;
}

int support_desk_tear_down(void **state)
{
	struct support_fixture *fixture = *state;
	desk_close(fixture->desk);
	support_home_free(fixture->home);
	g_free(fixture);
	return 0;
}

struct case_view *support_view(struct desk *desk, const char *key)
{
	GError *error = NULL;
	struct case_view *view = desk_case_view(desk, key, &error);
	if (view == NULL)
		g_error("%s", error->message);
	return view;
}

void support_update(
	struct desk *desk, const char *bundle, const char *kind, int item, const char *extra)
{
	static int number;
	GError *error = NULL;
	g_autofree char *id = g_strdup_printf("%032x", ++number);
	g_autofree char *bytes = g_strdup_printf("{\"at\":\"2026-11-20T07:00:00.000Z\",\"bundle\":"
						 "\"%s\",\"by\":\"审批员\",\"id\":\"%s\","
						 "\"item\":%d,\"kind\":\"%s\"%s%s}",
		bundle, id, item, kind, *extra ? "," : "", extra);
	for (int i = 0; i < 2; i++)
		if (!desk_update_apply(desk, number, bytes, strlen(bytes), &error))
			g_error("%s", error->message);
}
