/* Rules over one theme: its rows, their order and alternatives. */
#include <string.h>

#include "catalog/check.h"

static void check_choices(struct reader *reader, const struct theme *theme)
{
	for (char letter = 'A'; letter <= 'Z'; letter++) {
		int count = 0;
		guint last = 0;
		for (guint i = 0; i < theme->items->len; i++) {
			if (((struct theme_item *)theme->items->pdata[i])->choice[0] != letter)
				continue;
			count++;
			last = i;
		}
		const json_t *outer = reader_step(reader, "items", last);
		if (count == 1)
			reader_fault_in(reader, "choice", "请把同组的另一项也标上，或删去",
				"二选一 %c 组只有一项", letter);
		reader_stand(reader, outer);
	}
}

/* 0 not seen, 1 on the way, 2 done; true when a cycle goes through row. */
static bool is_cyclic(const struct theme *theme, int row, char *state)
{
	if (state[row] != 0)
		return state[row] == 1;
	state[row] = 1;
	const struct theme_item *item = theme->items->pdata[row];
	for (guint i = 0; i < item->after->len; i++) {
		int before = g_array_index(item->after, int, i);
		if (before < (int)theme->items->len && is_cyclic(theme, before, state))
			return true;
	}
	state[row] = 2;
	return false;
}

void check_order(struct reader *reader, const struct theme *theme)
{
	g_autofree char *state = g_malloc0(theme->items->len + 1);
	for (guint i = 0; i < theme->items->len; i++) {
		const struct theme_item *item = theme->items->pdata[i];
		const json_t *outer = reader_step(reader, "items", i);
		for (guint j = 0; j < item->after->len; j++) {
			int before = g_array_index(item->after, int, j);
			if (before >= (int)theme->items->len)
				reader_fault_in(reader, "after", "after 写行号，从 0 数起",
					"第 %u 行的前置 %d 不存在", i, before);
		}
		reader_stand(reader, outer);
	}
	for (guint i = 0; i < theme->items->len; i++) {
		if (!is_cyclic(theme, (int)i, state))
			continue;
		reader_step(reader, "items", i);
		reader_fault_in(reader, "after", "请去掉其中一个 after",
			"事项的先后绕成了圈（经过第 %u 行）", i);
		return;
	}
}

static void check_row(struct reader *reader, const struct catalog_set *set,
	const struct theme *theme, const struct theme_item *item)
{
	if (item->service[0] == '\0' && item->not_offered[0] == '\0')
		reader_fault_in(reader, "service", "请写 service，或在 not_offered 写明为什么不收",
			"第 %d 行（%s）没有服务", item->index, item->name);
	if (item->service[0] != '\0' &&
		definitions_service(set->definitions, item->service) == NULL)
		reader_fault_in(reader, "service", "请在 services/ 里补上，或改正代码",
			"第 %d 行的服务 %s 不存在", item->index, item->service);
	/* A row that prints no department has nothing to route by: its hall says where it goes. */
	if (item->dept[0] != '\0' &&
		definitions_route_item(set->definitions, theme->list, item) == NULL)
		reader_warn_in(reader, "dept", "请在 departments.json 的 routes 里加一条",
			"第 %d 行印着的部门“%s”没有路由", item->index, item->dept);
}

static void check_exclusions(struct reader *reader, const struct theme *theme)
{
	for (guint i = 0; i < theme->exclusions->len; i++) {
		const struct exclusion *exclusion = theme->exclusions->pdata[i];
		const json_t *outer = reader_step(reader, "exclusions", i);
		if (exclusion->items->len < 2)
			reader_fault_in(
				reader, "items", "请至少写两个行号", "第 %u 条互斥只有一项", i + 1);
		for (guint j = 0; j < exclusion->items->len; j++)
			if (g_array_index(exclusion->items, int, j) >= (int)theme->items->len)
				reader_fault_in(reader, "items", "行号从 0 数起，请对照清单改正",
					"第 %u 条互斥的行号 %d 不存在", i + 1,
					g_array_index(exclusion->items, int, j));
		reader_stand(reader, outer);
	}
}

void check_theme(const struct catalog_set *set, struct catalog_faults *faults,
	const struct theme *theme, const json_t *source, const json_t *guide)
{
	struct reader reader;
	reader_init(&reader, faults, catalog_set_file(set, CATALOG_KIND_LIST, theme->list));
	reader_enter(&reader, "主题 %s", theme->id);
	reader_stand(&reader, source);
	check_choices(&reader, theme);
	if (guide != NULL) {
		reader.file = catalog_set_file(set, CATALOG_KIND_GUIDES, theme->list);
		for (guint i = 0; i < theme->items->len; i++) {
			reader_step(&reader, "items", i);
			check_row(&reader, set, theme, theme->items->pdata[i]);
			reader_stand(&reader, source);
		}
		check_order(&reader, theme);
		reader_stand(&reader, guide);
		check_exclusions(&reader, theme);
		check_questions(&reader, set, theme, source);
	}
	reader_clear(&reader);
}
