#include "hub/page.h"

#include "base/text.h"
#include "core/date.h"

static const char style[] =
	":root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6875;--line:#d9dfe5;--paper:#fff;"
	"--ground:#f3f5f7;--mark:#1f6f54;--tint:#e7f3ee;--warn:#8a4b00;--warnt:#fdf1de}"
	"@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9fabb7;--line:#37424d;"
	"--paper:#1b2229;--ground:#12171c;--mark:#6cc7a5;--tint:#1c3229;--warn:#f2c079;--warnt:#"
	"3a2c17}}"
	"*{box-sizing:border-box}"
	"body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.6 'Noto Sans CJK SC',"
	"'PingFang SC','Microsoft YaHei',sans-serif}"
	"main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem 3rem}"
	"h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:0}"
	"p{margin:.25rem 0}.soft{color:var(--soft);font-size:.9rem}"
	".number{font-family:ui-monospace,'DejaVu Sans Mono',monospace;letter-spacing:.02em}"
	"section{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;"
	"padding:1.1rem 1.25rem;margin:1rem 0}"
	".attention{border-color:var(--warn);background:var(--warnt)}"
	".ready{border-color:var(--mark);background:var(--tint)}.ready .words{color:var(--mark)}"
	".attention .words{color:var(--warn)}.words{font-weight:600;margin:.15rem 0 .1rem}"
	"ol{list-style:none;display:flex;margin:1rem 0 .2rem;padding:0}"
	"ol li{flex:1;text-align:center;font-size:.8rem;color:var(--soft);position:relative;"
	"padding-top:1.5rem}"
	"ol li::before{content:'';position:absolute;top:.2rem;left:50%;width:.95rem;height:.95rem;"
	"margin-left:-.475rem;border-radius:50%;border:2px solid "
	"var(--line);background:var(--paper);"
	"z-index:1}"
	"ol li::after{content:'';position:absolute;top:.65rem;left:-50%;width:100%;height:2px;"
	"background:var(--line)}ol li:first-child::after{display:none}"
	"ol .done{color:var(--ink)}ol "
	".done::before{background:var(--mark);border-color:var(--mark)}"
	"ol .done::after{background:var(--mark)}"
	"ol [aria-current]{color:var(--mark);font-weight:700}"
	"ol [aria-current]::before{box-shadow:0 0 0 .25rem var(--tint)}"
	".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
	"fieldset{border:0;margin:.6rem 0;padding:0}"
	"label.grade{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}"
	"input[type=radio]{width:1.25rem;height:1.25rem;margin:0;accent-color:var(--mark)}"
	"textarea{width:100%;min-height:5rem;font:inherit;padding:.5rem;border:1px solid "
	"var(--soft);"
	"border-radius:.5rem;background:var(--paper);color:inherit}"
	"button{font:inherit;font-weight:600;min-height:2.75rem;padding:.4rem 1.5rem;border:0;"
	"border-radius:.5rem;background:var(--mark);color:var(--paper);margin-top:.6rem}"
	":focus-visible{outline:3px solid var(--mark);outline-offset:2px}"
	"footer{color:var(--soft);font-size:.85rem;margin-top:1.5rem}";

static const char *const stage_names[PAGE_STAGE_COUNT] = {
	"收件", "签收", "受理", "办结", "到窗口", "领取"};

static const char *const grade_names[] = {"非常满意", "满意", "基本满意", "不满意", "非常不满意"};

struct page *page_new(void)
{
	return g_new0(struct page, 1);
}

void page_free(struct page *page)
{
	if (page->items != NULL)
		g_ptr_array_unref(page->items);
	g_free(page->number);
	g_free(page->token);
	g_free(page);
}

/* Appends text from outside: cleaned, then escaped. */
static void add_text(GString *html, const char *text)
{
	g_autofree char *clean = text_clean(text, false);
	g_autofree char *escaped = g_markup_escape_text(clean, -1);
	g_string_append(html, escaped);
}

static void begin(GString *html, const char *title)
{
	g_string_append(html,
		"<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"robots\" content=\"noindex, nofollow\">\n<title>");
	g_string_append_printf(
		html, "%s</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", title, style);
}

static GBytes *end(GString *html)
{
	g_string_append(html, "</main>\n</body>\n</html>\n");
	return g_string_free_to_bytes(html);
}

static void add_time(GString *html, const char *label, int64_t ms)
{
	g_autofree char *machine = civil_time_dup_rfc3339(ms);
	g_autofree char *people = civil_time_dup_text(ms);
	g_string_append_printf(html, "<p class=\"soft\">%s <time datetime=\"%s\">%s</time></p>\n",
		label, machine, people);
}

static void add_step(GString *html, const struct page_item *item, enum page_stage stage)
{
	bool done = stage <= item->stage;
	g_string_append_printf(html, "<li%s%s>%s<span class=\"unseen\">%s</span></li>\n",
		done ? " class=\"done\"" : "", stage == item->stage ? " aria-current=\"step\"" : "",
		stage_names[stage], done ? "，已完成" : "，未到");
}

static const char *section_class(const struct page_item *item)
{
	if (item->attention)
		return " class=\"attention\"";
	return item->stage == PAGE_STAGE_READY && !item->ended ? " class=\"ready\"" : "";
}

static void add_item(GString *html, const struct page_item *item, guint ordinal)
{
	g_string_append_printf(html, "<section%s>\n<h2>第 %u 项</h2>\n<p class=\"words\">",
		section_class(item), ordinal);
	add_text(html, item->words);
	g_string_append(html, "</p>\n");
	if (item->due[0] != '\0' && item->stage < PAGE_STAGE_DECIDED && !item->ended) {
		g_string_append(html, "<p class=\"soft\">最迟办结日期 ");
		add_text(html, item->due);
		g_string_append(html, "</p>\n");
	}
	add_time(html, "最近变化", item->changed_ms);
	if (!item->ended) {
		g_string_append(html, "<ol aria-label=\"办理步骤\">\n");
		for (int stage = 0; stage < PAGE_STAGE_COUNT; stage++)
			add_step(html, item, (enum page_stage)stage);
		g_string_append(html, "</ol>\n");
	}
	g_string_append(html, "</section>\n");
}

/* No grade is chosen beforehand (D31). */
static void add_rating(GString *html, const struct page *page)
{
	g_string_append(
		html, "<section>\n<h2>请您评价这次服务</h2>\n<form method=\"post\" action=\"/t/");
	add_text(html, page->token);
	g_string_append(html,
		"/rating\">\n<fieldset>\n<legend class=\"soft\">自愿评价，每个办件一次</legend>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(grade_names); i++)
		g_string_append_printf(html,
			"<label class=\"grade\"><input type=\"radio\" name=\"grade\" value=\"%d\" "
			"required>%s</label>\n",
			5 - (int)i, grade_names[i]);
	g_string_append(html,
		"</fieldset>\n<label "
		"for=\"comment\">想说的话（可不填，请不要写姓名和证件号）</label>\n"
		"<textarea id=\"comment\" name=\"comment\" maxlength=\"500\"></textarea>\n"
		"<button type=\"submit\">提交评价</button>\n</form>\n</section>\n");
}

static guint count_reached(const struct page *page, enum page_stage stage)
{
	guint count = 0;
	for (guint i = 0; i < page->items->len; i++) {
		const struct page_item *item = page->items->pdata[i];
		count += !item->ended && item->stage >= stage;
	}
	return count;
}

static void add_counts(GString *html, const struct page *page)
{
	guint ended = page->items->len - count_reached(page, PAGE_STAGE_TAKEN_IN);
	g_string_append_printf(html, "<p>共 %u 项，部门已办结 %u 项，可领取或已领取 %u 项",
		page->items->len, count_reached(page, PAGE_STAGE_DECIDED),
		count_reached(page, PAGE_STAGE_READY));
	if (ended > 0)
		g_string_append_printf(html, "，已撤回或结束 %u 项", ended);
	g_string_append(html, "。</p>\n");
}

GBytes *page_html(const struct page *page)
{
	GString *html = g_string_sized_new(8192);
	begin(html, "办件进度");
	g_string_append(html, "<h1>办件进度</h1>\n<p>编号 <span class=\"number\">");
	add_text(html, page->number);
	g_string_append(html, "</span></p>\n");
	add_time(html, "收件时间", page->taken_in_ms);
	add_counts(html, page);
	for (guint i = 0; i < page->items->len; i++)
		add_item(html, page->items->pdata[i], i + 1);
	if (page->may_rate)
		add_rating(html, page);
	else if (page->rated)
		g_string_append(html, "<section><p>您已经评价过了，谢谢。</p></section>\n");
	g_string_append(html,
		"<footer><p>本页只显示办理步骤，不显示姓名和所办的事。各项的先后与收件回执一致。</"
		"p>\n"
		"<p>有疑问请带收件回执到综合窗口，或拨打大厅电话。请不要把本页地址转给他人。</p></"
		"footer>\n");
	return end(html);
}

GBytes *page_note_html(const char *title, const char *sentence)
{
	GString *html = g_string_new(NULL);
	begin(html, title);
	g_string_append_printf(
		html, "<h1>%s</h1>\n<section><p>%s</p></section>\n", title, sentence);
	return end(html);
}
