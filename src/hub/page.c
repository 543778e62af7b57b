#include "hub/page.h"

#include "base/err.h"
#include "core/date.h"
#include "core/item_state.h"
#include "hub/handlers.h"
#include "hub/model.h"
#include "hub/secret.h"

struct step_row {
	int64_t item;
	char *kind;
	int64_t at_ms;
};
static const struct store_column step_columns[] = {STORE_COLUMN(INTEGER, struct step_row, item),
	STORE_COLUMN(TEXT, struct step_row, kind), STORE_COLUMN(INTEGER, struct step_row, at_ms),
	STORE_COLUMNS_END};
static const struct store_shape step_shape = {sizeof(struct step_row), step_columns};

/* What an item's state at its department means to the applicant. */
static const struct state_words {
	enum page_stage stage;
	bool attention, ended;
	const char *words;
} state_words[ITEM_STATE_COUNT] = {
	[ITEM_STATE_DISPATCHED] = {PAGE_STAGE_TAKEN_IN, false, false, "已转交部门，等待签收"},
	[ITEM_STATE_RECEIVED] = {PAGE_STAGE_RECEIVED, false, false, "部门已签收，正在审查"},
	[ITEM_STATE_CORRECTING] = {PAGE_STAGE_RECEIVED, true, false,
		"需要您补正材料，请按补正告知书办理，或到窗口询问"},
	[ITEM_STATE_ACCEPTED] = {PAGE_STAGE_ACCEPTED, false, false, "已受理，正在办理"},
	[ITEM_STATE_SUSPENDED] = {PAGE_STAGE_ACCEPTED, false, false, "已受理，办理时限暂停计算"},
	[ITEM_STATE_WAITING] = {PAGE_STAGE_ACCEPTED, false, false, "已受理，等待前面的事项办结"},
	[ITEM_STATE_REFUSED] = {PAGE_STAGE_DECIDED, true, false,
		"部门已作出书面答复，请留意窗口通知"},
	[ITEM_STATE_DECIDED] = {PAGE_STAGE_DECIDED, false, false, "部门已办结，结果正送往窗口"},
	[ITEM_STATE_WITHDRAWN] = {PAGE_STAGE_TAKEN_IN, false, true, "已按申请撤回"},
	[ITEM_STATE_LAPSED] = {PAGE_STAGE_TAKEN_IN, false, true, "逾期未补正，已结束"},
};

/* What the window did afterwards. */
static const struct step_words {
	const char *kind;
	struct state_words words;
} step_words[] = {
	{"result_in", {PAGE_STAGE_READY, false, false, "结果已到窗口，可以领取"}},
	{"delivered", {PAGE_STAGE_DONE, false, false, "已领取或送达"}},
	{"withdrawn", {PAGE_STAGE_TAKEN_IN, false, true, "已按申请撤回"}},
	{"lapsed", {PAGE_STAGE_TAKEN_IN, false, true, "逾期未补正，已结束"}},
};

static void page_item_free(void *data)
{
	struct page_item *item = data;
	g_free(item->due);
	g_free(item);
}

static void apply_words(struct page_item *item, const struct state_words *words, int64_t at_ms)
{
	item->stage = words->stage;
	item->words = words->words != NULL ? words->words : "已收件";
	item->attention = words->attention;
	item->ended = words->ended;
	item->changed_ms = MAX(item->changed_ms, at_ms);
}

/* A later step outranks an earlier one whatever the clocks said. */
static void apply_step(struct page_item *item, const struct step_row *step)
{
	for (size_t k = 0; k < G_N_ELEMENTS(step_words); k++) {
		const struct state_words *words = &step_words[k].words;
		if (g_str_equal(step_words[k].kind, step->kind) &&
			(words->ended || words->stage > item->stage))
			apply_words(item, words, step->at_ms);
	}
}

static void apply_steps(struct page_item *item, GPtrArray *steps)
{
	for (guint i = 0; i < steps->len; i++) {
		const struct step_row *step = steps->pdata[i];
		if (step->item == item->item || step->item == -1)
			apply_step(item, step);
	}
}

static struct page_item *new_item(const struct item_row *row, GPtrArray *steps)
{
	struct page_item *item = g_new0(struct page_item, 1);
	enum item_state state = item_state_from_name(row->state);
	struct civil_date date;
	item->item = row->item;
	item->due = g_strdup(civil_date_from_text(row->due, &date) ? row->due : "");
	apply_words(item, &state_words[state < ITEM_STATE_COUNT ? state : ITEM_STATE_DISPATCHED],
		row->changed_ms);
	apply_steps(item, steps);
	return item;
}

static int by_item(gconstpointer a, gconstpointer b)
{
	const struct page_item *first = *(struct page_item *const *)a;
	const struct page_item *second = *(struct page_item *const *)b;
	return (first->item > second->item) - (first->item < second->item);
}

static bool add_bundle(struct hub *hub, struct page *page, const struct bundle_row *bundle,
	GPtrArray *steps, GError **error)
{
	g_autoptr(GPtrArray) items = model_items(hub, bundle->id, error);
	if (items == NULL)
		return false;
	page->taken_in_ms = bundle->taken_in_ms;
	for (guint i = 0; i < items->len; i++)
		g_ptr_array_add(page->items, new_item(items->pdata[i], steps));
	return true;
}

static bool fill_items(struct hub *hub, struct page *page, GError **error)
{
	const struct store_value *values = STORE_VALUES(STORE_TEXT("number", page->number));
	g_autoptr(GPtrArray) bundles = store_rows(
		hub->store, HUB_STATEMENT_BUNDLE_OF_NUMBER, values, &bundle_shape, error);
	if (bundles == NULL)
		return false;
	g_autoptr(GPtrArray) steps =
		store_rows(hub->store, HUB_STATEMENT_STEP_OF_NUMBER, values, &step_shape, error);
	if (steps == NULL)
		return false;
	page->items = g_ptr_array_new_with_free_func(page_item_free);
	for (guint i = 0; i < bundles->len; i++)
		if (!add_bundle(hub, page, bundles->pdata[i], steps, error))
			return false;
	g_ptr_array_sort(page->items, by_item);
	return true;
}

static bool fill_rating(struct hub *hub, struct page *page, const char *digest, GError **error)
{
	int64_t grade = 0;
	if (!store_integer(hub->store, HUB_STATEMENT_RATING_GET,
		    STORE_VALUES(STORE_TEXT("digest", digest)), 0, &grade, error))
		return false;
	page->rated = grade != 0;
	page->may_rate = !page->rated && page->items->len > 0;
	for (guint i = 0; i < page->items->len; i++) {
		const struct page_item *item = page->items->pdata[i];
		page->may_rate &= item->ended || item->stage >= PAGE_STAGE_DECIDED;
	}
	return true;
}

bool hub_page(struct hub *hub, struct request *request, GError **error)
{
	g_autofree char *digest = secret_digest(request->parts[0]);
	struct page *page = page_new();
	page->token = g_strdup(request->parts[0]);
	bool good = store_text(hub->store, HUB_STATEMENT_BUNDLE_NUMBER_OF_TOKEN,
		STORE_VALUES(STORE_TEXT("digest", digest)), &page->number, error);
	if (good && page->number == NULL)
		reply_bytes(&request->reply, 404, "text/html; charset=utf-8",
			page_note_html("没有找到", "没有这个地址对应的办件。请核对回执上的二维码；"
						   "刚收件时，请过几分钟再看。"));
	else if (good &&
		 (good = fill_items(hub, page, error) && fill_rating(hub, page, digest, error)))
		reply_bytes(&request->reply, 200, "text/html; charset=utf-8", page_html(page));
	page_free(page);
	return good;
}
