#include "core/number.h"
#include "desk/private.h"

#define DEMO_PASSWORD "yanshi123"

struct demo_account {
	const char *name;
	const char *display;
	unsigned roles;
};

/* The administrator last: from the second account on somebody has to be logged in as one. */
static const struct demo_account accounts[] = {
	{"guanli", "演示管理员", DESK_ROLE_ADMIN | DESK_ROLE_BUREAU},
	{"yanshi", "演示员甲", DESK_ROLE_CLERK},
	{"zhuguan", "演示主管", DESK_ROLE_SUPERVISOR},
};

static bool seed(struct store *store, void *data, GError **error)
{
	struct desk *desk = data;
	char code[] = "3A", hall[] = CASE_NUMBER_DEMO_HALL, hall_name[] = "演示大厅",
	     name[] = "3号窗";
	const struct desk_window window = {code, hall, hall_name, name};
	if (!desk_window_add(desk, &window, error))
		return false;
	unsigned before = desk->roles;
	bool done = true;
	for (size_t i = 0; done && i < G_N_ELEMENTS(accounts); i++) {
		done = desk_user_add(desk, accounts[i].name, accounts[i].display, accounts[i].roles,
			DEMO_PASSWORD, error);
		desk->roles = DESK_ROLE_ADMIN;
	}
	desk->roles = before;
	return done;
}

bool desk_demo_seed(struct desk *desk, GError **error)
{
	g_autoptr(GPtrArray) users = desk_users(desk, error);
	if (users == NULL)
		return false;
	if (users->len > 0)
		return err_set(error, ERR_CODE_EXISTS, "这个数据目录已有人员，不能再装演示数据");
	return desk_write(desk, seed, desk, error);
}

const char *desk_demo_password(void)
{
	return DEMO_PASSWORD;
}
