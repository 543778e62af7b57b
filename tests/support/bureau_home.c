#include "support/bureau_home.h"

#include "support/home.h"

int support_bureau_set_up(void **state)
{
	struct support_fixture *fixture = g_new0(struct support_fixture, 1);
	fixture->home = support_desk_home();
	fixture->desk = support_desk(fixture->home, "guanli");
	*state = fixture;
	return 0;
}

struct desk *support_desk_of(void **state)
{
	return ((struct support_fixture *)*state)->desk;
}

void support_log_in(void **state, const char *user)
{
	g_autoptr(GError) error = NULL;
	if (!desk_login_demo(support_desk_of(state), user, &error))
		g_error("%s", error->message);
}

int support_facts(void **state, const char *kind)
{
	int64_t count = 0;
	g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM fact WHERE kind = '%s'", kind);
	const struct support_fixture *fixture = *state;
	if (!support_count(fixture->home, sql, &count))
		g_error("%s", sql);
	return (int)count;
}

GStrv support_change_fee(void **state, const char *list, const char *code, const char *fee)
{
	GStrv lists = NULL;
	struct desk *desk = support_desk_of(state);
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) entry =
		desk_bureau_entry(desk, list, BUREAU_NEWEST, "service", code, &error);
	if (entry == NULL)
		g_error("%s", error->message);
	json_object_set_new(entry, "fee", json_string(fee));
	json_object_set_new(entry, "fee_basis", json_string("general"));
	g_autoptr(json_t) fragment = desk_bureau_fragment(list, "service", entry);
	if (!desk_bureau_change(desk, fragment, NULL, &lists, &error))
		g_error("%s", error->message);
	return lists;
}
