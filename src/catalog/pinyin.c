#include "catalog/pinyin.h"

#include <stdbool.h>
#include <string.h>

#include "catalog/pinyin_table.h"

/* Ways of reading one text that are kept; a text with more polyphones loses the rarest. */
#define MOST_WAYS 8
/* Longest word of a search that is told apart by its sound. */
#define MOST_INITIALS 24
#define MOST_FULL 48
/* The same of words that are typed beside a name. */
#define SHORT_INITIALS 8
#define SHORT_FULL 16

/* Other readings of characters that lists are full of, beside the table's. */
static const struct {
	gunichar character;
	const char *readings;
} polyphones[] = {
	{0x91CD, "zhong chong"},   /* 重 */
	{0x884C, "xing hang"},	   /* 行 */
	{0x957F, "chang zhang"},   /* 长 */
	{0x8C03, "diao tiao"},	   /* 调 */
	{0x53C2, "can shen cen"},  /* 参 */
	{0x4F20, "chuan zhuan"},   /* 传 */
	{0x5355, "dan shan"},	   /* 单 */
	{0x5361, "ka qia"},	   /* 卡 */
	{0x4F1A, "hui kuai"},	   /* 会 */
	{0x6821, "xiao jiao"},	   /* 校 */
	{0x8FD8, "hai huan"},	   /* 还 */
	{0x964D, "jiang xiang"},   /* 降 */
	{0x4FBF, "bian pian"},	   /* 便 */
	{0x671D, "chao zhao"},	   /* 朝 */
	{0x4E50, "le yue"},	   /* 乐 */
	{0x7387, "lv shuai"},	   /* 率 */
	{0x8F66, "che ju"},	   /* 车 */
	{0x7684, "de di"},	   /* 的 */
	{0x85CF, "cang zang"},	   /* 藏 */
	{0x79F0, "cheng chen"},	   /* 称 */
	{0x5F39, "dan tan"},	   /* 弹 */
	{0x5EA6, "du duo"},	   /* 度 */
	{0x7CFB, "xi ji"},	   /* 系 */
	{0x7ED9, "gei ji"},	   /* 给 */
	{0x89E3, "jie xie"},	   /* 解 */
	{0x843D, "luo la"},	   /* 落 */
	{0x6CA1, "mei mo"},	   /* 没 */
	{0x5F3A, "qiang jiang"},   /* 强 */
	{0x533A, "qu ou"},	   /* 区 */
	{0x53A6, "sha xia"},	   /* 厦 */
	{0x7701, "sheng xing"},	   /* 省 */
	{0x8840, "xue xie"},	   /* 血 */
	{0x5458, "yuan yun"},	   /* 员 */
	{0x79CD, "zhong chong"},   /* 种 */
	{0x5C5E, "shu zhu"},	   /* 属 */
	{0x7740, "zhe zhuo"},	   /* 着 */
	{0x6298, "zhe she"},	   /* 折 */
	{0x5E62, "zhuang chuang"}, /* 幢 */
	{0x57D4, "pu bu"},	   /* 埔 */
	{0x7EFF, "lv lu"},	   /* 绿 */
	{0x5973, "nv nu"},	   /* 女 */
	{0x65C5, "lv lu"},	   /* 旅 */
	{0x5F8B, "lv lu"},	   /* 律 */
	{0x5927, "da dai"},	   /* 大 */
	{0x90FD, "du dou"},	   /* 都 */
	{0x8BF4, "shuo shui"},	   /* 说 */
	{0x5BBF, "su xiu"},	   /* 宿 */
	{0x66B4, "bao pu"},	   /* 暴 */
	{0x8584, "bo bao"},	   /* 薄 */
	{0x67E5, "cha zha"},	   /* 查 */
	{0x5DEE, "cha chai"},	   /* 差 */
	{0x9888, "jing geng"},	   /* 颈 */
};

static const char *other_readings(gunichar character)
{
	for (size_t i = 0; i < G_N_ELEMENTS(polyphones); i++)
		if (polyphones[i].character == character)
			return polyphones[i].readings;
	return NULL;
}

/* Readings of one character, without repeats; NULL-ended, empty when it has no sound. */
static GStrv readings_of(gunichar character)
{
	char letter[2] = {(char)g_ascii_tolower((char)character), '\0'};
	const char *main = "";
	const char *others = other_readings(character);
	if (character < 0x80 && g_ascii_isalnum((char)character))
		main = letter;
	else if (character >= PINYIN_FIRST && character <= PINYIN_LAST)
		main = pinyin_syllables[pinyin_table[character - PINYIN_FIRST]];
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	if (main[0] != '\0')
		g_ptr_array_add(all, g_strdup(main));
	g_auto(GStrv) split = g_strsplit(others == NULL ? "" : others, " ", -1);
	for (char **reading = split; *reading != NULL; reading++)
		if (strcmp(*reading, main) != 0)
			g_ptr_array_add(all, g_strdup(*reading));
	g_ptr_array_add(all, NULL);
	return (GStrv)g_ptr_array_free(g_steal_pointer(&all), FALSE);
}

/* Readings of every sounding character of a text, GStrv each. */
static GPtrArray *read_text(const char *text)
{
	GPtrArray *readings = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	for (const char *at = text; *at != '\0' && readings->len < PINYIN_MOST;
		at = g_utf8_next_char(at)) {
		GStrv one = readings_of(g_utf8_get_char(at));
		if (one[0] == NULL)
			g_strfreev(one);
		else
			g_ptr_array_add(readings, one);
	}
	return readings;
}

char *pinyin_initials(const char *text)
{
	g_autoptr(GPtrArray) readings = read_text(text);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < readings->len; i++)
		g_string_append_c(out, ((GStrv)readings->pdata[i])[0][0]);
	return g_string_free(out, FALSE);
}

char *pinyin_full(const char *text)
{
	g_autoptr(GPtrArray) readings = read_text(text);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < readings->len; i++)
		g_string_append(out, ((GStrv)readings->pdata[i])[0]);
	return g_string_free(out, FALSE);
}

/*
 * Every way of reading on from one character is a reading of it followed by a way of reading on
 * from the next: built from the end, at most MOST_WAYS kept, cut to `most` letters.
 */
static GPtrArray *ways_from(GStrv readings, const GPtrArray *next, bool initials, gsize most)
{
	GPtrArray *ways = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i == 0 || i < next->len; i++) {
		const char *rest = next->len == 0 ? "" : next->pdata[i];
		for (char **reading = readings; *reading != NULL && ways->len < MOST_WAYS;
			reading++) {
			gsize size = initials ? 1 : strlen(*reading);
			g_autofree char *way = g_strdup_printf("%.*s%s", (int)size, *reading, rest);
			if (strlen(way) > most)
				way[most] = '\0';
			if (!g_ptr_array_find_with_equal_func(ways, way, g_str_equal, NULL))
				g_ptr_array_add(ways, g_steal_pointer(&way));
		}
	}
	return ways;
}

static void append_new(GString *out, GHashTable *seen, const GPtrArray *ways)
{
	for (guint i = 0; i < ways->len; i++) {
		if (!g_hash_table_add(seen, g_strdup(ways->pdata[i])))
			continue;
		if (out->len != 0)
			g_string_append_c(out, ' ');
		g_string_append(out, ways->pdata[i]);
	}
}

static void append_sounds(
	GString *out, GHashTable *seen, const GPtrArray *readings, bool initials, gsize most)
{
	g_autoptr(GPtrArray) next = g_ptr_array_new();
	for (guint i = readings->len; i > 0; i--) {
		GPtrArray *ways = ways_from(readings->pdata[i - 1], next, initials, most);
		append_new(out, seen, ways);
		g_ptr_array_unref(next);
		next = ways;
	}
}

char *pinyin_sounds(const char *text)
{
	g_autoptr(GPtrArray) readings = read_text(text);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GString *out = g_string_new(NULL);
	append_sounds(out, seen, readings, true, MOST_INITIALS);
	append_sounds(out, seen, readings, false, MOST_FULL);
	return g_string_free(out, FALSE);
}

char *pinyin_sounds_short(const char *const *texts)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GString *out = g_string_new(NULL);
	for (; *texts != NULL; texts++) {
		g_autoptr(GPtrArray) readings = read_text(*texts);
		append_sounds(out, seen, readings, true, SHORT_INITIALS);
		append_sounds(out, seen, readings, false, SHORT_FULL);
	}
	return g_string_free(out, FALSE);
}
