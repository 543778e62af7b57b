/* What the six steps of a draft share: the spine, moving along it, and which screen is which step.
 */
#include <string.h>

#include "base/text.h"
#include "core/code.h"
#include "screens/screens.h"

const struct screen_ops *screens_of_step(enum case_step step)
{
	static const struct screen_ops *const screens[CASE_STEP_COUNT] = {
		[CASE_STEP_GUIDE] = &screen_guide,
		[CASE_STEP_NOTICE] = &screen_notice,
		[CASE_STEP_FORM] = &screen_form,
		[CASE_STEP_MATERIAL] = &screen_material,
		[CASE_STEP_CHECK] = &screen_check,
		[CASE_STEP_INTAKE] = &screen_intake};
	return screens[step];
}

bool screens_is_code(const char *text)
{
	struct code_result result;
	code_check(text, &result);
	bool known = result.kind != CODE_KIND_UNKNOWN && result.kind != CODE_KIND_IDENTITY &&
		     result.kind != CODE_KIND_CREDIT;
	return known;
}

static char *step_words(const struct case_view *view, enum case_step step, bool current)
{
	static const char *const marks[] = {[CASE_STEP_STATE_OPEN] = "",
		[CASE_STEP_STATE_DONE] = "√",
		[CASE_STEP_STATE_FAULTY] = "×"};
	return g_strdup_printf(
		current ? "[%s%s]" : "%s%s", case_step_name(step), marks[view->steps[step]]);
}

void screens_spine(struct area area, int row, const struct case_view *view, enum case_step current)
{
	int column = area.columns;
	for (int step = CASE_STEP_COUNT - 1; step >= 0; step--) {
		bool here = step == (int)current;
		g_autofree char *words = step_words(view, (enum case_step)step, here);
		column -= text_width(words) + 1;
		static const enum style styles[] = {STYLE_NORMAL, STYLE_DONE, STYLE_BAD};
		area_text(
			area, row, column, here ? STYLE_CURRENT : styles[view->steps[step]], words);
	}
	g_autofree char *title = g_strdup_printf("草稿 %s  %s",
		view->theme->display[0] != '\0' ? view->theme->display : view->theme->name,
		view->parties->len > 0 ? ((struct case_party *)view->parties->pdata[0])->name : "");
	area_cell(area, row, 1, column - 2, STYLE_TITLE, title);
	area_rule(area, row + 1, STYLE_DIM, '-');
}

unsigned screens_step_action(
	struct app *app, const struct case_view *view, enum case_step step, enum action action)
{
	if (action == ACTION_STEP_NEXT)
		return app_step(app, view->id, step, +1);
	if (action == ACTION_STEP_PREVIOUS)
		return app_step(app, view->id, step, -1);
	if (action == ACTION_BACK) {
		desk_case_release(app_desk(app), view->id); /* others may go on with it */
		app_home(app);
		return EFFECT_NONE;
	}
	return EFFECT_UNHANDLED;
}

bool screens_reload(struct app *app, const char *case_id, struct case_view **view, GError **error)
{
	struct case_view *fresh = desk_case_view(app_desk(app), case_id, error);
	if (fresh == NULL)
		return false;
	case_view_free(*view);
	*view = fresh;
	return true;
}

unsigned screens_done(struct app *app, bool good, GError *error)
{
	if (!good)
		app_fail(app, error);
	return EFFECT_RECALC;
}

struct case_view *screens_hold(struct app *app, const char *case_id, GError **error)
{
	if (!desk_case_hold(app_desk(app), case_id, error))
		return NULL;
	return desk_case_view(app_desk(app), case_id, error);
}

void screens_due(struct area area, int row, const char *label, const char *due, const char *words)
{
	bool again = *words == '\0' || strstr(due, words) != NULL;
	area_format(area, row, 1, STYLE_NORMAL, "%s %s%s%s", label, due, again ? "" : "  ",
		again ? "" : words);
}

void screens_divide(struct area area)
{
	for (int row = 0; row < area.rows; row++)
		area_text(area, row, 0, STYLE_DIM, "|");
}

void screens_items(struct area area, int row, enum style style, int items)
{
	if (items == 0)
		area_cell(area, row, area.columns - 6, 6, style, "未列项");
	else
		area_format(area, row, area.columns - 6, style, "%d事项", items);
}
