#include "catalog/catalogue_words.h"

#include <string.h>

#include "catalog/pinyin.h"

/*
 * What departments are called in full and for short. Lists print one form, clerks type the other.
 */
static const struct {
	const char *full;
	const char *brief;
} forms[] = {
	{"市场监督管理", "市场监管"},
	{"市场监督管理", "市监"},
	{"市场监管", "市监"},
	{"市场监管", "市场监督管理"},
	{"人力资源和社会保障", "人社"},
	{"人力资源社会保障", "人社"},
	{"住房和城乡建设", "住建"},
	{"住房城乡建设", "住建"},
	{"卫生健康", "卫健"},
	{"医疗保障", "医保"},
	{"文化广电旅游", "文旅"},
	{"文广外旅", "文旅"},
	{"交通运输", "交通"},
	{"城市管理", "城管"},
	{"生态环境", "环保"},
	{"残疾人联合会", "残联"},
	{"民族宗教", "民宗"},
	{"社会保险", "社保"},
	{"住房公积金", "公积金"},
	{"疾病预防控制", "疾控"},
	{"发展和改革", "发改"},
	{"发展改革", "发改"},
};

/* The form of a department when it holds `from`: that replaced by `to`. */
static void add_form(GString *words, const char *department, const char *from, const char *to)
{
	const char *at = strstr(department, from);
	if (at == NULL || strstr(department, to) != NULL)
		return;
	g_string_append_printf(
		words, "、%.*s%s%s", (int)(at - department), department, to, at + strlen(from));
}

char *catalogue_department_words(const char *departments)
{
	GString *words = g_string_new(departments);
	g_auto(GStrv) each = g_strsplit(departments, "、", -1);
	for (char **department = each; *department != NULL; department++)
		for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
			add_form(words, *department, forms[i].full, forms[i].brief);
			add_form(words, *department, forms[i].brief, forms[i].full);
		}
	return g_string_free(words, FALSE);
}

char *catalogue_other_sounds(const char *department_words, const char *list_short)
{
	g_autofree char *all = g_strconcat(department_words, "、", list_short, NULL);
	g_auto(GStrv) each = g_strsplit(all, "、", -1);
	return pinyin_sounds_short((const char *const *)each);
}
