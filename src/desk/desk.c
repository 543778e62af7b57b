#include "desk/desk.h"

#include <string.h>

#include "core/code.h"
#include "core/number.h"
#include "desk/private.h"

/*
 * What the desk asks the configuration: is there a hub, so who lends the numbers, and is this the
 * bureau's home.
 */
static char *hub_address(const char *home, bool *ret_bureau)
{
	g_autofree char *path = g_build_filename(home, "config.ini", NULL);
	g_autoptr(GKeyFile) file = g_key_file_new();
	char *url = NULL;
	if (g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL))
		url = g_key_file_get_string(file, "hub", "url", NULL);
	g_autofree char *token = g_key_file_get_string(file, "hub", "bureau", NULL);
	*ret_bureau = token != NULL && *token != '\0';
	while (url != NULL && g_str_has_suffix(url, "/"))
		url[strlen(url) - 1] = '\0';
	return url != NULL ? url : g_strdup("");
}

struct desk *desk_open(const char *home, enum store_mode mode, GError **error)
{
	struct store *store = store_open(home, mode, error);
	if (store == NULL)
		return NULL;
	struct desk *desk = g_new0(struct desk, 1);
	desk->store = store;
	desk->user = g_strdup("");
	desk->display = g_strdup("");
	desk->hub = hub_address(home, &desk->bureau);
	digest_random(&desk->nonce, sizeof desk->nonce);
	desk->nonce &= INT64_MAX;
	/* A version due today is in force from the first case on; what fails is the agent's to
	 * repeat. */
	if (mode == STORE_MODE_WRITE)
		(void)catalogue_settle(desk->store, desk_now_ms(desk), NULL, NULL);
	return desk;
}

void desk_close(struct desk *desk)
{
	if (desk == NULL)
		return;
	desk_release_all(desk);
	desk_logout(desk);
	store_close(desk->store);
	calendar_free(desk->calendar);
	g_free(desk->calendar_mark);
	g_clear_pointer(&desk->themes, g_hash_table_unref);
	g_free(desk->themes_revision);
	g_free(desk->user);
	g_free(desk->display);
	g_free(desk->hub);
	g_free(desk);
}

struct store *desk_store(const struct desk *desk)
{
	return desk->store;
}

int64_t desk_now_ms(const struct desk *desk)
{
	return clock_now_ms(&desk->clock);
}

struct civil_date desk_today(const struct desk *desk)
{
	return civil_date_of_ms(desk_now_ms(desk));
}

bool desk_is_demo(struct desk *desk)
{
	g_autoptr(GPtrArray) windows = desk_windows(desk, NULL);
	if (windows == NULL)
		return false;
	for (guint i = 0; i < windows->len; i++) {
		const struct desk_window *window = windows->pdata[i];
		if (strcmp(window->hall, CASE_NUMBER_DEMO_HALL) != 0)
			return false;
	}
	return windows->len > 0;
}

bool desk_set_now(struct desk *desk, int64_t now_ms, GError **error)
{
	if (!desk_is_demo(desk))
		return err_set(error, ERR_CODE_PERMISSION, "只有演示和练习的数据目录可以设定时间");
	desk->clock.fixed_ms = now_ms;
	return catalogue_settle(desk->store, now_ms, NULL, error);
}

bool desk_write(struct desk *desk, store_work *work, void *data, GError **error)
{
	if (!store_write(desk->store, work, data, error))
		return false;
	store_ring(desk->store);
	return true;
}

/* Another process may have taken in a new year: looked at only when somebody has committed. */
static bool calendar_has_changed(struct desk *desk)
{
	int64_t version = store_data_version(desk->store);
	if (desk->calendar != NULL && version == desk->calendar_version)
		return false;
	g_autofree char *mark = NULL;
	desk->calendar_version = version;
	if (!store_text(desk->store, STATEMENT_CALENDAR_MARK, STORE_NO_VALUES, &mark, NULL) ||
		g_strcmp0(mark, desk->calendar_mark) == 0)
		return false;
	g_free(desk->calendar_mark);
	desk->calendar_mark = g_steal_pointer(&mark);
	return true;
}

const struct calendar *desk_calendar(struct desk *desk)
{
	if (calendar_has_changed(desk))
		g_clear_pointer(&desk->calendar, calendar_free);
	if (desk->calendar == NULL)
		desk->calendar = catalogue_calendar(desk->store, NULL);
	if (desk->calendar == NULL)
		desk->calendar = calendar_new();
	return desk->calendar;
}

void desk_label(enum code_kind kind, char ret_label[LABEL_SIZE])
{
	uint8_t random[LABEL_RANDOM_SIZE];
	digest_random(random, sizeof random);
	label_compose(kind, random, ret_label);
}

char *desk_new_id(void)
{
	uint8_t random[16];
	digest_random(random, sizeof random);
	return digest_hex(random, sizeof random);
}
