#include "core/item_state.h"

#include "base/err.h"
#include "core/word_table.h"

static const struct word_row state_words[ITEM_STATE_COUNT] = {
	[ITEM_STATE_DRAFT] = {"draft", "草稿"},
	[ITEM_STATE_CORRECTING_DRAFT] = {"correcting_draft", "窗口补正"},
	[ITEM_STATE_TAKEN_IN] = {"taken_in", "已收件"},
	[ITEM_STATE_DISPATCHED] = {"dispatched", "已分发"},
	[ITEM_STATE_RECEIVED] = {"received", "部门已签收"},
	[ITEM_STATE_CORRECTING] = {"correcting", "补正中"},
	[ITEM_STATE_ACCEPTED] = {"accepted", "已受理"},
	[ITEM_STATE_SUSPENDED] = {"suspended", "中止中"},
	[ITEM_STATE_WAITING] = {"waiting", "等待前置事项"},
	[ITEM_STATE_REFUSED] = {"refused", "不予受理"},
	[ITEM_STATE_DECIDED] = {"decided", "已办结"},
	[ITEM_STATE_RESULT_IN] = {"result_in", "结果已到窗口"},
	[ITEM_STATE_DELIVERED] = {"delivered", "已送达"},
	[ITEM_STATE_WITHDRAWN] = {"withdrawn", "已撤回"},
	[ITEM_STATE_LAPSED] = {"lapsed", "逾期未补正"},
};

WORD_TABLE(item_state, state_words, ITEM_STATE_COUNT)

static const struct word_row move_words[ITEM_MOVE_COUNT] = {
	[ITEM_MOVE_CORRECTION_DRAFT] = {"correction_draft", "窗口告知补正"},
	[ITEM_MOVE_MENDED] = {"mended", "窗口补正完成"},
	[ITEM_MOVE_TAKEN_IN] = {"taken_in", "收件"},
	[ITEM_MOVE_DISPATCHED] = {"dispatched", "分发"},
	[ITEM_MOVE_RECEIVED] = {"received", "部门签收"},
	[ITEM_MOVE_ACCEPTED] = {"accepted", "受理"},
	[ITEM_MOVE_DEEMED_ACCEPTED] = {"deemed_accepted", "视为受理"},
	[ITEM_MOVE_REFUSED] = {"refused", "不予受理"},
	[ITEM_MOVE_CORRECTION] = {"correction", "通知补正"},
	[ITEM_MOVE_SUPPLEMENTED] = {"supplemented", "补正"},
	[ITEM_MOVE_LAPSED] = {"lapsed", "逾期未补正"},
	[ITEM_MOVE_SUSPENDED] = {"suspended", "中止时限"},
	[ITEM_MOVE_RESUMED] = {"resumed", "恢复时限"},
	[ITEM_MOVE_WAITING] = {"waiting", "等待前置事项"},
	[ITEM_MOVE_PROCEEDED] = {"proceeded", "前置完成继续办理"},
	[ITEM_MOVE_EXTENDED] = {"extended", "延长时限"},
	[ITEM_MOVE_DECIDED] = {"decided", "办结"},
	[ITEM_MOVE_RESULT] = {"result", "结果到窗口"},
	[ITEM_MOVE_DELIVERED] = {"delivered", "送达"},
	[ITEM_MOVE_WITHDRAWN] = {"withdrawn", "撤回"},
};

WORD_TABLE(item_move, move_words, ITEM_MOVE_COUNT)

#define AT(state) (1u << ITEM_STATE_##state)
#define UNDECIDED                                                                                  \
	(AT(DRAFT) | AT(CORRECTING_DRAFT) | AT(TAKEN_IN) | AT(DISPATCHED) | AT(RECEIVED) |         \
		AT(CORRECTING) | AT(ACCEPTED) | AT(SUSPENDED) | AT(WAITING))
#define MOVE(move, from, to, by)                                                                   \
	{                                                                                          \
		ITEM_MOVE_##move, from, ITEM_STATE_##to, by                                        \
	}

/* The whole of an item's life. One row a move. */
static const struct item_move_rule moves[] = {
	MOVE(CORRECTION_DRAFT, AT(DRAFT), CORRECTING_DRAFT, ITEM_BY_WINDOW),
	MOVE(MENDED, AT(CORRECTING_DRAFT), DRAFT, ITEM_BY_WINDOW | ITEM_BY_APPLICANT),
	MOVE(TAKEN_IN, AT(DRAFT), TAKEN_IN, ITEM_BY_WINDOW),
	MOVE(DISPATCHED, AT(TAKEN_IN), DISPATCHED, ITEM_BY_WINDOW),
	MOVE(RECEIVED, AT(DISPATCHED), RECEIVED, ITEM_BY_DEPARTMENT),
	MOVE(ACCEPTED, AT(RECEIVED), ACCEPTED, ITEM_BY_DEPARTMENT),
	MOVE(DEEMED_ACCEPTED, AT(DISPATCHED) | AT(RECEIVED), ACCEPTED, ITEM_BY_LAW),
	MOVE(REFUSED, AT(RECEIVED), REFUSED, ITEM_BY_DEPARTMENT),
	MOVE(CORRECTION, AT(RECEIVED), CORRECTING, ITEM_BY_DEPARTMENT),
	MOVE(SUPPLEMENTED, AT(CORRECTING), RECEIVED, ITEM_BY_WINDOW | ITEM_BY_APPLICANT),
	MOVE(LAPSED, AT(CORRECTING), LAPSED, ITEM_BY_WINDOW),
	MOVE(SUSPENDED, AT(ACCEPTED), SUSPENDED, ITEM_BY_DEPARTMENT),
	MOVE(RESUMED, AT(SUSPENDED), ACCEPTED, ITEM_BY_DEPARTMENT),
	MOVE(WAITING, AT(ACCEPTED), WAITING, ITEM_BY_WINDOW | ITEM_BY_DEPARTMENT | ITEM_BY_LAW),
	MOVE(PROCEEDED, AT(WAITING), ACCEPTED, ITEM_BY_WINDOW | ITEM_BY_DEPARTMENT | ITEM_BY_LAW),
	MOVE(EXTENDED, AT(ACCEPTED) | AT(SUSPENDED) | AT(WAITING), COUNT, ITEM_BY_DEPARTMENT),
	MOVE(DECIDED, AT(ACCEPTED), DECIDED, ITEM_BY_DEPARTMENT),
	MOVE(RESULT, AT(DECIDED) | AT(REFUSED), RESULT_IN, ITEM_BY_WINDOW | ITEM_BY_DEPARTMENT),
	MOVE(DELIVERED, AT(RESULT_IN), DELIVERED, ITEM_BY_WINDOW),
	MOVE(WITHDRAWN, UNDECIDED, WITHDRAWN, ITEM_BY_APPLICANT),
};

const struct item_move_rule *item_move_find(enum item_state state, enum item_move move)
{
	if ((unsigned)state >= ITEM_STATE_COUNT)
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++)
		if (moves[i].move == move && (moves[i].from & (1u << state)) != 0)
			return &moves[i];
	return NULL;
}

bool item_move_apply(const char *item_name, enum item_state state, enum item_move move, unsigned by,
	enum item_state *ret_state, GError **error)
{
	const struct item_move_rule *rule = item_move_find(state, move);
	if (rule == NULL)
		return err_set(error, ERR_CODE_MOVE, "“%s”现在是“%s”，不能%s", item_name,
			item_state_name(state), item_move_name(move));
	if ((rule->by & by) == 0)
		return err_set(error, ERR_CODE_PERMISSION, "“%s”的%s不能由这一方作出", item_name,
			item_move_name(move));
	*ret_state = rule->to == ITEM_STATE_COUNT ? state : rule->to;
	return true;
}

bool item_state_is_final(enum item_state state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++)
		if ((moves[i].from & (1u << state)) != 0)
			return false;
	return true;
}

bool item_state_is_done(enum item_state state)
{
	return state == ITEM_STATE_DELIVERED || state == ITEM_STATE_WITHDRAWN ||
	       state == ITEM_STATE_LAPSED;
}

bool item_state_is_correcting(enum item_state state)
{
	return state == ITEM_STATE_CORRECTING || state == ITEM_STATE_CORRECTING_DRAFT;
}
