/* What still stops the intake, in the order of the spine, each a sentence with its mend. */
#include <string.h>

#include "core/field.h"
#include "desk/private.h"

static void add(struct case_view *view, enum case_step step, char *sentence_take)
{
	g_ptr_array_add(view->problems, sentence_take);
	view->steps[step] = CASE_STEP_STATE_FAULTY;
}

static void check_guide(struct case_view *view)
{
	const struct situation *situation = view->situation;
	for (guint i = 0; i < situation->blocks->len; i++) {
		const struct situation_block *block = situation->blocks->pdata[i];
		add(view, CASE_STEP_GUIDE,
			g_strdup_printf(
				"按现在的回答不能办理：%s。%s", block->reason, block->remedy));
	}
	if (situation->open->len > 0) {
		const struct question *question = situation->open->pdata[0];
		add(view, CASE_STEP_GUIDE,
			g_strdup_printf("还有%u个问题没有回答，请先回答“%s”", situation->open->len,
				question->text));
		view->steps[CASE_STEP_GUIDE] =
			situation->blocks->len > 0 ? CASE_STEP_STATE_FAULTY : CASE_STEP_STATE_OPEN;
	}
	for (guint i = 0; i < situation->conflicts->len; i++)
		add(view, CASE_STEP_GUIDE, g_strdup(situation->conflicts->pdata[i]));
	for (guint i = 0; i < situation->items->len; i++)
		if (((struct situation_item *)situation->items->pdata[i])->standing ==
			ITEM_STANDING_IN)
			return;
	if (situation->open->len == 0)
		add(view, CASE_STEP_GUIDE, g_strdup("没有要办的事项，请至少选一个事项"));
}

static const struct party_row *party_of(const GPtrArray *parties, enum party_role role)
{
	for (guint i = 0; i < parties->len; i++) {
		const struct party_row *party = parties->pdata[i];
		if (party_role_from_name(party->role) == role)
			return party;
	}
	return NULL;
}

static bool form_has(const struct case_view *view, const char *key)
{
	for (guint i = 0; i < view->fields->len; i++) {
		const struct case_field *field = view->fields->pdata[i];
		if (strcmp(field->use->field->key, key) == 0)
			return true;
	}
	return false;
}

/* A party's name and number are asked by the form where the form has them. */
static void check_parties(struct desk *desk, struct case_view *view, const GPtrArray *parties)
{
	const struct party_row *applicant = party_of(parties, PARTY_ROLE_APPLICANT);
	if (applicant == NULL && !form_has(view, "applicant.name"))
		add(view, CASE_STEP_FORM, g_strdup("还没有申请人，请填写申请人姓名和证件"));
	for (guint i = 0; i < parties->len; i++) {
		const struct party_row *party = parties->pdata[i];
		const struct party_facts facts = {
			.role = party_role_from_name(party->role),
			.name = party->name,
			.document = document_kind_from_name(party->document),
			.number = party->number,
			.missing_reason = party->missing_reason,
		};
		g_autofree char *key = g_strconcat(party->role, ".name", NULL);
		GError *error = NULL;
		if (!(form_has(view, key) && *party->name == '\0') &&
			!party_check(&facts, desk_today(desk), &error))
			add(view, CASE_STEP_FORM, g_strdup(error->message));
		g_clear_error(&error);
	}
	if (applicant != NULL &&
		party_needs_guardian(document_kind_from_name(applicant->document),
			applicant->number, desk_today(desk)) &&
		party_of(parties, PARTY_ROLE_GUARDIAN) == NULL)
		add(view, CASE_STEP_FORM,
			g_strdup("申请人未满十四周岁，由监护人代为办理，请填写监护人"));
}

/* Something was typed: what is missing is still to come, until then nothing is wrong. */
static bool is_begun(const struct case_view *view)
{
	for (guint i = 0; i < view->fields->len; i++)
		if (*((const struct case_field *)view->fields->pdata[i])->value != '\0')
			return true;
	return false;
}

static void check_form(struct desk *desk, struct case_view *view, const GPtrArray *parties)
{
	for (guint i = 0; i < view->fields->len; i++) {
		const struct case_field *field = view->fields->pdata[i];
		if (*field->problem == '\0')
			continue;
		bool typed = *field->value != '\0';
		enum case_step_state before = view->steps[CASE_STEP_FORM];
		add(view, CASE_STEP_FORM, g_strdup(field->problem));
		if (!typed && before != CASE_STEP_STATE_FAULTY)
			view->steps[CASE_STEP_FORM] = CASE_STEP_STATE_OPEN;
	}
	check_parties(desk, view, parties);
	if (view->steps[CASE_STEP_FORM] == CASE_STEP_STATE_FAULTY && parties->len == 0 &&
		!is_begun(view))
		view->steps[CASE_STEP_FORM] = CASE_STEP_STATE_OPEN;
}

static char *material_problem(const struct case_material *at)
{
	const struct material *material = at->use->material;
	enum necessity necessity = at->use->necessity;
	if (at->status == MATERIAL_STATUS_UNFIT)
		return g_strdup_printf("“%s”不符：%s。请改正后重新登记", material->name, at->note);
	if (at->status != MATERIAL_STATUS_MISSING)
		return at->status == MATERIAL_STATUS_DEFERRED && necessity != NECESSITY_DEFERRABLE
			       ? g_strdup_printf("“%s”现在不能容缺，请收齐", material->name)
		       : at->status == MATERIAL_STATUS_DECLARED && necessity != NECESSITY_DECLARABLE
			       ? g_strdup_printf("“%s”现在不能用承诺代替，请收齐", material->name)
			       : NULL;
	if (necessity == NECESSITY_DEFERRABLE)
		return g_strdup_printf("缺“%s”，请收取，或登记容缺承诺", material->name);
	if (necessity == NECESSITY_DECLARABLE)
		return g_strdup_printf("缺“%s”，请收取，或登记告知承诺", material->name);
	return necessity == NECESSITY_REQUIRED ? g_strdup_printf("缺“%s”，请收取", material->name)
					       : NULL;
}

static void check_materials(struct case_view *view)
{
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *at = view->materials->pdata[i];
		char *problem = material_problem(at);
		if (problem == NULL)
			continue;
		enum case_step_state before = view->steps[CASE_STEP_MATERIAL];
		add(view, CASE_STEP_MATERIAL, problem);
		if (at->status == MATERIAL_STATUS_MISSING && before != CASE_STEP_STATE_FAULTY)
			view->steps[CASE_STEP_MATERIAL] = CASE_STEP_STATE_OPEN;
	}
}

void problem_list(
	struct desk *desk, struct case_view *view, const GPtrArray *parties, bool notice_given)
{
	bool taken_in = *view->number != '\0';
	for (int i = 0; i < CASE_STEP_COUNT; i++)
		view->steps[i] = CASE_STEP_STATE_DONE;
	if (!notice_given)
		view->steps[CASE_STEP_NOTICE] = CASE_STEP_STATE_OPEN;
	if (taken_in)
		return;
	check_guide(view);
	check_form(desk, view, parties);
	check_materials(view);
	/* What the open questions will ask for is not done yet. */
	if (view->steps[CASE_STEP_GUIDE] != CASE_STEP_STATE_DONE)
		for (int step = CASE_STEP_FORM; step <= CASE_STEP_MATERIAL; step++)
			if (view->steps[step] == CASE_STEP_STATE_DONE)
				view->steps[step] = CASE_STEP_STATE_OPEN;
	view->steps[CASE_STEP_INTAKE] = CASE_STEP_STATE_OPEN;
	if (view->problems->len > 0)
		view->steps[CASE_STEP_CHECK] = CASE_STEP_STATE_OPEN;
}
