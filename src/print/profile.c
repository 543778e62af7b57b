#include "print/profile.h"

#include "base/err.h"

static const struct length {
	const char *group, *key;
	size_t offset;
	double least, most; /* millimetres; type in points */
	double unit;
} lengths[] = {
	{"paper", "width", offsetof(struct profile, width), 50, 500, PROFILE_MM},
	{"paper", "height", offsetof(struct profile, height), 50, 500, PROFILE_MM},
	{"margin", "top", offsetof(struct profile, top), 3, 60, PROFILE_MM},
	{"margin", "right", offsetof(struct profile, right), 3, 60, PROFILE_MM},
	{"margin", "bottom", offsetof(struct profile, bottom), 3, 60, PROFILE_MM},
	{"margin", "left", offsetof(struct profile, left), 3, 60, PROFILE_MM},
	{"type", "body", offsetof(struct profile, body), 6, 24, 1},
};

static bool read_lengths(GKeyFile *file, const char *path, struct profile *profile, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
		const struct length *length = &lengths[i];
		double value = g_key_file_get_double(file, length->group, length->key, NULL);
		if (!(value >= length->least && value <= length->most))
			return err_set(error, ERR_CODE_INVALID, "%s：[%s] %s 应在 %g 与 %g 之间",
				path, length->group, length->key, length->least, length->most);
		double *member = (double *)(void *)((char *)profile + length->offset);
		*member = value * length->unit;
	}
	return true;
}

struct profile *profile_read(const char *path, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL)) {
		err_set(error, ERR_CODE_IO, "打印机配置 %s 读不了", path);
		return NULL;
	}
	g_autoptr(profile) profile = g_new0(struct profile, 1);
	if (!read_lengths(file, path, profile, error))
		return NULL;
	g_autofree char *base = g_path_get_basename(path);
	profile->name = g_strndup(base, strcspn(base, "."));
	profile->media = g_key_file_get_string(file, "printer", "media", NULL);
	profile->sides = g_key_file_get_string(file, "printer", "sides", NULL);
	return g_steal_pointer(&profile);
}

void profile_free(struct profile *profile)
{
	if (profile == NULL)
		return;
	g_free(profile->name);
	g_free(profile->media);
	g_free(profile->sides);
	g_free(profile);
}
