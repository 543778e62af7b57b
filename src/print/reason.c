#include "print/reason.h"

#include "base/text.h"

/* Longer stems stand before those that they begin with. sentence "" : not worth telling. */
static const struct reason {
	const char *stem;
	bool blocks;
	const char *sentence;
} table[] = {
	{"none", false, ""},
	{"cups-", false, ""},
	{"com.apple", false, ""},
	{"processing-to-stop-point", false, ""},
	{"media-empty", true, "缺纸，请加纸"},
	{"media-needed", true, "缺纸，请加纸"},
	{"media-jam", true, "卡纸，请取出卡住的纸"},
	{"media-low", false, "纸快用完"},
	{"input-tray-missing", true, "纸盒未插好，请推紧纸盒"},
	{"output-area-full", true, "出纸盒已满，请取走纸张"},
	{"output-area-almost-full", false, "出纸盒快满"},
	{"output-tray-missing", true, "出纸盒未插好"},
	{"toner-empty", true, "墨粉用完，请更换硒鼓"},
	{"toner-low", false, "墨粉不足"},
	{"marker-supply-empty", true, "墨粉用完，请更换硒鼓"},
	{"marker-supply-low", false, "墨粉不足"},
	{"marker-waste", false, "废粉盒将满"},
	{"developer", false, "显影部件该更换"},
	{"opc-", false, "感光鼓该更换"},
	{"fuser", true, "定影部件不正常，请报修"},
	{"cover-open", true, "机盖未合上，请合上机盖"},
	{"door-open", true, "机门未关好，请关好机门"},
	{"interlock-open", true, "机门未关好，请关好机门"},
	{"paused", true, "已暂停，请在打印机上恢复"},
	{"moving-to-paused", true, "正在暂停"},
	{"hold-new-jobs", true, "暂不打印新任务"},
	{"offline", true, "离线，请检查电源和网线"},
	{"shutdown", true, "已关机，请打开电源"},
	{"connecting-to-device", true, "正在连接打印机，请检查电源和网线"},
	{"timed-out", true, "打印机没有回应，请检查电源和网线"},
	{"stopped", true, "已停止"},
	{"stopping", true, "正在停止"},
	{"spool-area-full", true, "打印机存储已满"},
	{"identify-printer", false, ""},
	{"other", false, "请查看打印机面板"},
};

static const struct reason *find(const char *keyword)
{
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
		if (g_str_has_prefix(keyword, table[i].stem))
			return &table[i];
	return NULL;
}

static void add(GString *sentence, const char *words)
{
	if (words[0] == '\0' || strstr(sentence->str, words) != NULL)
		return;
	g_string_append_printf(sentence, "%s%s", sentence->len > 0 ? "；" : "", words);
}

char *reason_sentence(char *const *reasons, bool *ret_blocks)
{
	GString *sentence = g_string_new(NULL);
	bool blocks = false;
	for (; *reasons != NULL; reasons++) {
		const struct reason *reason = find(*reasons);
		if (reason != NULL) {
			/* A report is said while the printer goes on. */
			blocks = blocks ||
				 (reason->blocks && !g_str_has_suffix(*reasons, "-report"));
			add(sentence, reason->sentence);
			continue;
		}
		g_autofree char *clean = text_clean(*reasons, false);
		add(sentence, clean);
	}
	if (ret_blocks != NULL)
		*ret_blocks = blocks;
	return g_string_free(sentence, FALSE);
}
