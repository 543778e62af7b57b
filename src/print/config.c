#include "print/config.h"

#include "base/err.h"
#include "base/text.h"
#include "print/spool.h"

struct config {
	GKeyFile *file;
};

struct config *config_read(const char *home, GError **error)
{
	g_autofree char *path = g_build_filename(home, "config.ini", NULL);
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) cause = NULL;
	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &cause) &&
		!g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
		err_set_next(error, ERR_CODE_INVALID, "配置文件 config.ini 读不懂",
			"请管理员检查其中的 [printer] 一节");
		return NULL;
	}
	struct config *config = g_new0(struct config, 1);
	config->file = g_steal_pointer(&file);
	return config;
}

void config_free(struct config *config)
{
	g_key_file_unref(config->file);
	g_free(config);
}

static char *value(const struct config *config, const char *group, const char *key)
{
	char *text = g_key_file_get_string(config->file, group, key, NULL);
	if (text != NULL && g_strstrip(text)[0] == '\0')
		g_clear_pointer(&text, g_free);
	return text;
}

static char *value_of_kind(const struct config *config, const char *group, const char *kind)
{
	char *own = value(config, group, kind);
	return own != NULL ? own : value(config, group, "default");
}

char *config_printer(const struct config *config, const char *kind)
{
	return value_of_kind(config, "printer", kind);
}

char *config_profile(const struct config *config, const char *kind)
{
	return value_of_kind(config, "profile", kind);
}

char *config_server(const struct config *config)
{
	return value(config, "printer", "server");
}

char *config_slips(const struct config *config, const char *printer)
{
	g_autoptr(GString) slips = g_string_new(NULL);
	g_auto(GStrv) keys = g_key_file_get_keys(config->file, "printer", NULL, NULL);
	for (char **key = keys; key != NULL && *key != NULL; key++) {
		g_autofree char *named = value(config, "printer", *key);
		if (strcmp(*key, "server") != 0 && g_strcmp0(named, printer) == 0)
			g_string_append_printf(slips, "%s%s", slips->len > 0 ? "," : "", *key);
	}
	return g_string_free(g_steal_pointer(&slips), FALSE);
}

/* When nobody named one. */
static char *choose_any(const GPtrArray *printers)
{
	for (guint i = 0; printers != NULL && i < printers->len; i++) {
		const struct printer *printer = g_ptr_array_index(printers, i);
		if (printer->standard)
			return g_strdup(printer->name);
	}
	if (printers != NULL && printers->len > 0)
		return g_strdup(((struct printer *)g_ptr_array_index(printers, 0))->name);
	return g_strdup(CONFIG_FOLDER);
}

char *config_choose(const struct config *config, const char *kind, const char *asked,
	const GPtrArray *printers, GError **error)
{
	g_autofree char *name = asked[0] != '\0' ? g_strdup(asked) : config_printer(config, kind);
	if (name == NULL)
		return choose_any(printers);
	if (strcmp(name, CONFIG_FOLDER) == 0)
		return g_steal_pointer(&name);
	const struct printer *printer = spool_find(printers, name);
	g_autofree char *clean = text_clean(name, false);
	if (printers == NULL)
		err_set(error, ERR_CODE_PRINTER, "打印服务没有运行，打印机 %s 用不了", clean);
	else if (printer == NULL)
		err_set(error, ERR_CODE_PRINTER, "没有名为 %s 的打印机", clean);
	else if (!printer->accepting)
		err_set(error, ERR_CODE_PRINTER, "打印机 %s %s", clean, printer->sentence);
	else
		return g_steal_pointer(&name);
	return NULL;
}
