/* The guide on paper: a print job like any slip, of no case. */
#include <string.h>

#include "desk/guide_document.h"
#include "desk/private.h"

void desk_guide_dress(struct desk *desk, json_t *guide)
{
	const struct desk_window *window = desk_window(desk);
	g_autoptr(GPtrArray) windows = desk_windows(desk, NULL);
	if (window == NULL && windows != NULL && windows->len > 0)
		window = windows->pdata[0];
	json_object_set_new(guide, "hall", json_string(window != NULL ? window->hall_name : ""));
	json_object_set_new(guide, "window",
		json_string(desk_window(desk) != NULL ? desk_window(desk)->name : ""));
	json_object_set_new(guide, "clerk", json_string(desk_user_display(desk)));
	json_object_set_new(guide, "time_ms", json_integer(desk_now_ms(desk)));
	json_object_set_new(guide, "demo", json_boolean(desk_is_demo(desk)));
}

struct guide_paper {
	struct desk *desk;
	GBytes *data;
	char *job;
};

static bool ask_paper(struct store *store, void *data, GError **error)
{
	(void)store;
	struct guide_paper *paper = data;
	g_clear_pointer(&paper->job, g_free);
	struct paper_input input = {
		.kind = "guide", .number = "", .copy = 1, .reason = "", .data = paper->data};
	return desk_may(paper->desk, DESK_ACT_PAPER, error) &&
	       paper_insert(paper->desk, &input, &paper->job, error);
}

bool desk_guide_print(struct desk *desk, const json_t *guide, char **ret_job, GError **error)
{
	g_autoptr(json_t) dressed = json_copy((json_t *)guide);
	desk_guide_dress(desk, dressed);
	size_t size = 0;
	char *frozen = json_frozen(dressed, &size);
	g_autoptr(GBytes) bytes = g_bytes_new_take(frozen, size);
	struct guide_paper paper = {.desk = desk, .data = bytes};
	bool done = desk_write(desk, ask_paper, &paper, error);
	if (done && ret_job != NULL)
		*ret_job = g_steal_pointer(&paper.job);
	g_free(paper.job);
	return done;
}
