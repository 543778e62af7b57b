/* What the bureau does to lists: permission, then the catalogue's own rule and fact. */
#include <string.h>

#include "base/text.h"
#include "desk/bureau.h"
#include "desk/bureau_private.h"

/* A home without accounts has nobody to ask: whoever sits there makes it ready. */
bool bureau_may(struct desk *desk, enum desk_act act, GError **error)
{
	int64_t count = 0;
	if (!store_integer(desk->store, STATEMENT_USER_COUNT, STORE_NO_VALUES, 0, &count, error))
		return false;
	return count == 0 || desk_may(desk, act, error);
}

bool bureau_check_text(const char *text, const char *what, GError **error)
{
	if (text_is_clean(text, false) && g_utf8_strlen(text, -1) <= BUREAU_MOST_TEXT)
		return true;
	g_autofree char *sentence =
		g_strdup_printf("%s有控制字符，或超过%d个字", what, BUREAU_MOST_TEXT);
	return err_set_next(error, ERR_CODE_INVALID, sentence, "请改短或重新输入");
}

struct catalogue_act bureau_act(const struct desk *desk)
{
	return (struct catalogue_act){
		.author = "",
		.filing = "",
		.effective_from = "",
		.now_ms = desk_now_ms(desk),
		.actor = desk->user,
		.window = desk->window == NULL ? "" : desk->window->code,
		.note = "",
	};
}

/* ---- into drafts ---- */

bool desk_bureau_import(struct desk *desk, const char *const *paths, const char *author,
	struct catalog_faults *faults, GStrv *ret_lists, GError **error)
{
	struct catalogue_act act = bureau_act(desk);
	act.author = author == NULL || *author == '\0' ? desk->user : author;
	if (!bureau_may(desk, DESK_ACT_CATALOGUE, error) ||
		!bureau_check_text(act.author, "编制人", error) ||
		!catalogue_import(desk->store, paths, &act, faults, ret_lists, error))
		return false;
	g_clear_pointer(&desk->calendar, calendar_free);
	store_ring(desk->store);
	return true;
}

bool desk_bureau_change(struct desk *desk, const json_t *fragment, struct catalog_faults *faults,
	GStrv *ret_lists, GError **error)
{
	struct catalogue_act act = bureau_act(desk);
	act.author = desk->user;
	return bureau_may(desk, DESK_ACT_CATALOGUE, error) &&
	       catalogue_change(desk->store, fragment, &act, faults, ret_lists, error);
}

bool desk_bureau_check(
	struct desk *desk, const char *list, struct catalog_faults *faults, GError **error)
{
	return catalogue_check(desk->store, list, faults, error);
}

/* ---- from draft to version ---- */

struct stepping {
	struct desk *desk;
	const char *list;
	const char *reason;
	struct catalogue_act act;
	bool submit; /* a plain draft is submitted on the way */
	int version;
};

static bool submit(struct store *store, void *data, GError **error)
{
	const struct stepping *step = data;
	return bureau_may(step->desk, DESK_ACT_CATALOGUE, error) &&
	       bureau_check_text(step->act.filing, "备案号", error) &&
	       bureau_check_text(step->act.note, "说明", error) &&
	       catalogue_submit(store, step->list, &step->act, error);
}

bool desk_bureau_submit(
	struct desk *desk, const char *list, const char *filing, const char *note, GError **error)
{
	struct stepping step = {.desk = desk, .list = list, .act = bureau_act(desk)};
	step.act.filing = filing;
	step.act.note = note;
	return desk_write(desk, submit, &step, error);
}

static bool give_back(struct store *store, void *data, GError **error)
{
	const struct stepping *step = data;
	g_autofree char *reason = g_strstrip(g_strdup(step->reason));
	if (!bureau_may(step->desk, DESK_ACT_CATALOGUE, error) ||
		!bureau_check_text(reason, "理由", error))
		return false;
	if (*reason == '\0')
		return err_set_next(error, ERR_CODE_INVALID, "退回要写理由", "请写明要改什么");
	return catalogue_return(store, step->list, reason, &step->act, error);
}

bool desk_bureau_return(struct desk *desk, const char *list, const char *reason, GError **error)
{
	struct stepping step = {
		.desk = desk, .list = list, .reason = reason, .act = bureau_act(desk)};
	return desk_write(desk, give_back, &step, error);
}

static bool publish(struct store *store, void *data, GError **error)
{
	struct stepping *step = data;
	bool submitted = false;
	if (!bureau_may(step->desk, DESK_ACT_CATALOGUE, error) ||
		!bureau_check_text(step->act.filing, "备案号", error) ||
		!bureau_check_text(step->act.author, "编制人", error) ||
		!catalogue_draft_of(store, step->list, &step->version, &submitted, error))
		return false;
	if (step->version != 0 && !submitted && !step->submit)
		return err_set_next(error, ERR_CODE_MOVE, "草稿还没有提交，不能发布", "请先提交");
	return catalogue_publish(store, step->list, &step->act, &step->version, error);
}

static bool publish_step(struct stepping *step, const char *filing, const char *effective_from,
	int *ret_version, GError **error)
{
	step->act.filing = filing;
	step->act.effective_from = effective_from;
	if (!desk_write(step->desk, publish, step, error))
		return false;
	if (ret_version != NULL)
		*ret_version = step->version;
	return true;
}

bool desk_bureau_publish(struct desk *desk, const char *list, const char *filing,
	const char *effective_from, int *ret_version, GError **error)
{
	struct stepping step = {.desk = desk, .list = list, .act = bureau_act(desk)};
	return publish_step(&step, filing, effective_from, ret_version, error);
}

bool desk_bureau_publish_draft(struct desk *desk, const char *list, const char *author,
	const char *filing, const char *effective_from, int *ret_version, GError **error)
{
	struct stepping step = {
		.desk = desk, .list = list, .act = bureau_act(desk), .submit = true};
	step.act.author = author;
	return publish_step(&step, filing, effective_from, ret_version, error);
}

static bool discard(struct store *store, void *data, GError **error)
{
	const struct stepping *step = data;
	return bureau_may(step->desk, DESK_ACT_CATALOGUE, error) &&
	       catalogue_discard(store, step->list, &step->act, error);
}

bool desk_bureau_discard(struct desk *desk, const char *list, GError **error)
{
	struct stepping step = {.desk = desk, .list = list, .act = bureau_act(desk)};
	return desk_write(desk, discard, &step, error);
}
