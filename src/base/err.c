#include "base/err.h"

#include <string.h>

struct err_row {
	const char *name;
	enum err_class class;
	int http;
	const char *sentence;
	const char *next;
};

static const struct err_row rows[] = {
#define ERR(name, class, http, sentence, next) {#name, ERR_CLASS_##class, http, sentence, next},
#include "base/err.def"
#undef ERR
};

GQuark err_domain(void)
{
	return g_quark_from_static_string("yichuang");
}

bool err_set_next(GError **error, enum err_code code, const char *sentence, const char *next)
{
	g_set_error(error, ERR_DOMAIN, code, "%s。%s。",
		sentence == NULL ? err_sentence(code) : sentence, next);
	return false;
}

bool err_set(GError **error, enum err_code code, const char *fmt, ...)
{
	if (fmt == NULL)
		return err_set_next(error, code, err_sentence(code), err_next(code));
	va_list arguments;
	va_start(arguments, fmt);
	g_autofree char *sentence = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	return err_set_next(error, code, sentence, err_next(code));
}

bool err_is(const GError *error, enum err_code code)
{
	return g_error_matches(error, ERR_DOMAIN, (int)code);
}

const char *err_name(enum err_code code)
{
	static char names[G_N_ELEMENTS(rows)][32];
	if ((unsigned)code >= G_N_ELEMENTS(rows))
		return "internal";
	char *name = names[code];
	if (name[0] == '\0') {
		g_autofree char *lower = g_ascii_strdown(rows[code].name, -1);
		g_strdelimit(lower, "_", '-');
		g_strlcpy(name, lower, sizeof names[code]);
	}
	return name;
}

enum err_code err_from_name(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(err_name((enum err_code)i), name) == 0)
			return (enum err_code)i;
	return ERR_CODE_COUNT;
}

enum err_class err_class_of(enum err_code code)
{
	return rows[code].class;
}

int err_http_status(enum err_code code)
{
	return rows[code].http;
}

const char *err_sentence(enum err_code code)
{
	return rows[code].sentence;
}

const char *err_next(enum err_code code)
{
	return rows[code].next;
}

int err_exit_code(const GError *error)
{
	if (error == NULL)
		return 0;
	if (error->domain == ERR_DOMAIN &&
		err_class_of((enum err_code)error->code) == ERR_CLASS_USAGE)
		return 2;
	return 1;
}
