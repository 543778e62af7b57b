/* Readings of Chinese texts, and the words a search knows them by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "catalog/catalogue_rows.h"
#include "catalog/catalogue_words.h"
#include "catalog/pinyin.h"

static void initials_and_full_pinyin(void **state)
{
	static const struct {
		const char *text, *initials, *full;
	} rows[] = {
		{"开便利店", "kbld", "kaibianlidian"},
		{"我要开便利店（个体户）", "wykbldgth", "woyaokaibianlidiangetihu"},
		{"新生儿出生", "xsecs", "xinshengerchusheng"},
		{"二手房转移登记", "esfzydj", "ershoufangzhuanyidengji"},
		{"CT机2台", "ctj2t", "ctji2tai"},
		{"", "", ""},
		{"（）——", "", ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *initials = pinyin_initials(rows[i].text);
		g_autofree char *full = pinyin_full(rows[i].text);
		assert_string_equal(initials, rows[i].initials);
		assert_string_equal(full, rows[i].full);
	}
}

static bool sounds_like(const char *text, const char *word)
{
	g_autofree char *sounds = pinyin_sounds(text);
	g_auto(GStrv) words = g_strsplit(sounds, " ", -1);
	for (char **one = words; *one != NULL; one++)
		if (g_str_has_prefix(*one, word))
			return true;
	return false;
}

static void sounds_begin_anywhere_in_every_reading(void **state)
{
	static const struct {
		const char *text, *word;
		bool found;
	} rows[] = {
		{"我要开便利店", "kbld", true},
		{"我要开便利店", "bianli", true},
		{"我要开便利店", "bianlidian", true},
		{"我要开便利店", "bl", true},
		{"我要开便利店", "ianli", false},
		{"我要开便利店", "kld", false},
		{"银行账户", "yinhang", true},
		{"银行账户", "yinxing", true},
		{"银行账户", "yhzh", true},
		{"公司会计", "kuaiji", true},
		{"公司会计", "huiji", true},
		{"车辆行驶证", "xingshi", true},
		{"开店", "kd", true},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (sounds_like(rows[i].text, rows[i].word) != rows[i].found)
			fail_msg("%s by %s", rows[i].text, rows[i].word);
}

static void many_polyphones_stay_bounded(void **state)
{
	GString *text = g_string_new(NULL);
	for (int i = 0; i < 2000; i++)
		g_string_append(text, "重行长调参");
	g_autofree char *sounds = pinyin_sounds(text->str);
	assert_true(strlen(sounds) < 100000);
	g_string_free(text, TRUE);
}

static void what_is_typed_becomes_a_safe_match(void **state)
{
	static const struct {
		const char *text, *match;
	} rows[] = {
		{"便利店", "{name other} : \"便 利 店\""},
		{"KBLD", "({name other} : \"kbld\" * OR sound : \"kbld\" *)"},
		{"便利 市场", "{name other} : \"便 利\" AND {name other} : \"市 场\""},
		{"便利　市场", "{name other} : \"便 利\" AND {name other} : \"市 场\""},
		{"\"* OR name:", "({name other} : \"or\" * OR sound : \"or\" *) AND ({name other} "
				 ": \"name\" * OR sound : \"name\" *)"},
		{"ｋｂ", "({name other} : \"kb\" * OR sound : \"kb\" *)"},
		{"kai便利店", "({name other} : \"kai\" * OR sound : \"kai\" *) AND {name other} : "
			      "\"便 利 店\""},
		{"便利店kb", "{name other} : \"便 利 店\" AND ({name other} : \"kb\" * OR sound : "
			     "\"kb\" *)"},
		{"（）", NULL},
		{"", NULL},
		{"\xff\xfe", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *match = catalogue_match(rows[i].text);
		if (g_strcmp0(match, rows[i].match) != 0)
			fail_msg("%s became %s", rows[i].text, match);
	}
}

static void departments_are_known_by_their_usual_forms(void **state)
{
	static const struct {
		const char *printed, *word;
	} rows[] = {
		{"江门市市场监督管理局", "市监"},
		{"江门市市场监督管理局", "市场监管"},
		{"区市场监管局", "市场监督管理"},
		{"人社局", "人力资源社会保障"},
		{"江门市人力资源和社会保障局", "人社"},
		{"卫健委", "卫生健康"},
		{"公安局、住房和城乡建设局", "住建"},
		{"民宗局", "民族宗教"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *words = catalogue_department_words(rows[i].printed);
		if (!g_str_has_prefix(words, rows[i].printed) ||
			strstr(words, rows[i].word) == NULL)
			fail_msg("%s became %s", rows[i].printed, words);
	}
	g_autofree char *sounds = catalogue_other_sounds("市场监督管理局、市场监管局", "江门");
	g_auto(GStrv) each = g_strsplit(sounds, " ", -1);
	static const char *const wanted[] = {"scjgj", "jgj", "jm", "jiangmen", "shichangjiangua"};
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
		bool found = false;
		for (char **one = each; *one != NULL; one++)
			found = found || g_str_has_prefix(*one, wanted[i]);
		if (!found)
			fail_msg("no %s in %s", wanted[i], sounds);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(initials_and_full_pinyin),
		cmocka_unit_test(sounds_begin_anywhere_in_every_reading),
		cmocka_unit_test(many_polyphones_stay_bounded),
		cmocka_unit_test(what_is_typed_becomes_a_safe_match),
		cmocka_unit_test(departments_are_known_by_their_usual_forms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
