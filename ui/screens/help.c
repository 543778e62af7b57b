/* F1: what this step legally asks, and every key of the screen it was pressed on. */
#include "screens/screens.h"
#include "widgets/list.h"

struct help {
	const char *title;
	const char *law;
	const struct keymap_row **rows; /* owned */
	struct list_view view;
};

static void *help_open(struct app *app, const char *argument, GError **error)
{
	(void)argument, (void)error;
	struct help *help = g_new0(struct help, 1);
	const struct screen_ops *below = app_current(app);
	help->title = below->title;
	help->law = below->law;
	help->rows = keymap_rows(below->context);
	int count = 0;
	while (help->rows[count] != NULL)
		count++;
	list_view_recount(&help->view, count);
	return help;
}

static void help_close(struct app *app, void *data)
{
	(void)app;
	struct help *help = data;
	g_free(help->rows);
	g_free(help);
}

static void help_render(const void *data, struct area area)
{
	const struct help *help = data;
	int row = 0;
	area_format(area, row++, 1, STYLE_TITLE, "帮助：%s", help->title);
	if (help->law != NULL)
		row += area_wrapped(area, row, 1, area.columns - 2, STYLE_NORMAL, help->law);
	area_rule(area, row++, STYLE_DIM, '-');
	int shown = area.rows - row;
	int top = list_view_top(&help->view, shown);
	for (int i = 0; i < shown && top + i < help->view.count; i++) {
		const struct keymap_row *key = help->rows[top + i];
		area_cell(area, row + i, 1, 12, STYLE_TITLE, key_name(key->key));
		area_cell(area, row + i, 14, 10, STYLE_NORMAL, action_label(key->action));
		area_cell(area, row + i, 25, area.columns - 26, STYLE_NORMAL,
			action_help(key->action));
	}
}

static unsigned help_action(struct app *app, void *data, enum action action)
{
	(void)app;
	struct help *help = data;
	if (list_view_action(&help->view, action, 12))
		return EFFECT_RENDER;
	if (action == ACTION_BACK || action == ACTION_NEXT || action == ACTION_HELP)
		return EFFECT_BACK;
	return action == ACTION_REDRAW ? EFFECT_UNHANDLED : EFFECT_NONE;
}

const struct screen_ops screen_help = {
	.name = "help",
	.context = CONTEXT_HELP,
	.title = "帮助",
	.open = help_open,
	.close = help_close,
	.render = help_render,
	.action = help_action,
};
