#include "widgets/list.h"

void list_view_recount(struct list_view *view, int count)
{
	view->count = count;
	if (count == 0)
		view->selected = -1;
	else
		view->selected = CLAMP(view->selected, 0, count - 1);
}

bool list_view_action(struct list_view *view, enum action action, int shown)
{
	int to = view->selected;
	switch (action) {
	case ACTION_UP:
		to--;
		break;
	case ACTION_DOWN:
		to++;
		break;
	case ACTION_PAGE_UP:
		to -= MAX(shown - 1, 1);
		break;
	case ACTION_PAGE_DOWN:
		to += MAX(shown - 1, 1);
		break;
	case ACTION_FIRST:
		to = 0;
		break;
	case ACTION_LAST:
		to = view->count - 1;
		break;
	default:
		return false;
	}
	if (view->count == 0)
		return false;
	to = CLAMP(to, 0, view->count - 1);
	bool moved = to != view->selected;
	view->selected = to;
	return moved;
}

int list_view_top(const struct list_view *view, int shown)
{
	if (view->selected < shown)
		return 0;
	return MIN(view->selected - shown / 2, MAX(view->count - shown, 0));
}
