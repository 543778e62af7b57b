#include "sync/config.h"

#include <string.h>

#include "base/err.h"
#include "base/place.h"

void sync_config_free(struct sync_config *config)
{
	if (config == NULL)
		return;
	g_free(config->url);
	g_free(config->token);
	g_free(config->secret);
	g_free(config->bureau);
	g_free(config->ca);
	g_free(config->department);
	g_free(config->tokens);
	g_free(config);
}

static char *path_of(const char *home)
{
	return g_build_filename(home, "config.ini", NULL);
}

static char *member(GKeyFile *file, const char *group, const char *key)
{
	char *value = g_key_file_get_string(file, group, key, NULL);
	return value == NULL ? g_strdup("") : g_strstrip(value);
}

static bool check(const struct sync_config *config, const char *path, GError **error)
{
	if (config->url[0] != '\0' && !g_str_has_prefix(config->url, "https://") &&
		!g_str_has_prefix(config->url, "http://"))
		return err_set_next(error, ERR_CODE_INVALID, "config.ini 里的 url 不对",
			"请写成 https://地址:端口");
	bool secrets =
		config->token[0] != '\0' || config->secret[0] != '\0' || config->bureau[0] != '\0';
	if (secrets && !place_is_private(path))
		return err_set_next(error, ERR_CODE_INVALID, "config.ini 里有令牌，却让别人也能读",
			"请管理员改成只有本账户可读写（0600）");
	return true;
}

struct sync_config *sync_config_read(const char *home, const char *group, GError **error)
{
	g_autofree char *path = path_of(home);
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) problem = NULL;
	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &problem) &&
		!g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
		err_set_next(error, ERR_CODE_INVALID, "config.ini 读不懂", "请管理员检查这个文件");
		return NULL;
	}
	g_autoptr(sync_config) config = g_new0(struct sync_config, 1);
	config->url = member(file, group, "url");
	config->token = member(file, group, "token");
	config->secret = member(file, group, "secret");
	config->bureau = member(file, group, "bureau");
	config->ca = member(file, group, "ca");
	config->department = member(file, group, "department");
	config->tokens = member(file, group, "tokens");
	while (g_str_has_suffix(config->url, "/"))
		config->url[strlen(config->url) - 1] = '\0';
	return check(config, path, error) ? g_steal_pointer(&config) : NULL;
}

bool sync_config_keep_token(const char *home, const char *token, GError **error)
{
	g_autofree char *path = path_of(home);
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_key_file_load_from_file(file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
	g_key_file_set_string(file, "hub", "token", token);
	g_key_file_remove_key(file, "hub", "secret", NULL);
	gsize size = 0;
	g_autofree char *bytes = g_key_file_to_data(file, &size, NULL);
	if (!g_file_set_contents_full(path, bytes, (gssize)size,
		    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, NULL))
		return err_set(error, ERR_CODE_IO, "config.ini 写不进去");
	return true;
}

bool sync_config_equal(const struct sync_config *a, const struct sync_config *b)
{
	return strcmp(a->url, b->url) == 0 && strcmp(a->token, b->token) == 0 &&
	       strcmp(a->secret, b->secret) == 0 && strcmp(a->bureau, b->bureau) == 0 &&
	       strcmp(a->ca, b->ca) == 0;
}
