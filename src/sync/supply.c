#include "sync/supply.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"

const char *supply_kind_word(enum supply_kind kind)
{
	static const char *const words[] = {[SUPPLY_KIND_GRANT] = "grant",
		[SUPPLY_KIND_CALENDAR] = "calendar",
		[SUPPLY_KIND_VERSION] = "version"};
	return words[kind];
}

struct supply_thing *supply_thing_new(
	enum supply_kind kind, const char *list, int64_t number, const char *digest)
{
	struct supply_thing *thing = g_new0(struct supply_thing, 1);
	*thing = (struct supply_thing){.kind = kind,
		.list = g_strdup(list),
		.number = number,
		.digest = g_strdup(digest),
		.effective_from = g_strdup(""),
		.filing = g_strdup(""),
		.author = g_strdup(""),
		.body = g_strdup("")};
	return thing;
}

void supply_thing_free(struct supply_thing *thing)
{
	if (thing == NULL)
		return;
	g_free(thing->list);
	g_free(thing->digest);
	g_free(thing->effective_from);
	g_free(thing->filing);
	g_free(thing->author);
	g_free(thing->body);
	g_free(thing);
}

struct supply_thing *supply_thing_copy(const struct supply_thing *from)
{
	struct supply_thing *thing = g_new0(struct supply_thing, 1);
	*thing = *from;
	thing->list = g_strdup(from->list);
	thing->digest = g_strdup(from->digest);
	thing->effective_from = g_strdup(from->effective_from);
	thing->filing = g_strdup(from->filing);
	thing->author = g_strdup(from->author);
	thing->body = g_strdup(from->body);
	return thing;
}

struct supply_memory *supply_memory_new(enum supply_kind kind, const char *list, int64_t number)
{
	struct supply_memory *memory = g_new0(struct supply_memory, 1);
	*memory = (struct supply_memory){.kind = kind,
		.list = g_strdup(list),
		.number = number,
		.agreed = g_strdup(""),
		.refused = g_strdup(""),
		.reason = g_strdup("")};
	return memory;
}

void supply_memory_free(struct supply_memory *memory)
{
	g_free(memory->list);
	g_free(memory->agreed);
	g_free(memory->refused);
	g_free(memory->reason);
	g_free(memory);
}

void supply_step_free(struct supply_step *step)
{
	supply_thing_free(step->thing);
	g_free(step);
}

void supply_plan_free(struct supply_plan *plan)
{
	g_ptr_array_unref(plan->steps);
	g_free(plan->trouble);
	g_free(plan);
}

char *supply_thing_words(const struct supply_thing *thing)
{
	if (thing->kind == SUPPLY_KIND_CALENDAR)
		return g_strdup_printf("%" PRId64 " 年工作日历", thing->number);
	if (thing->kind == SUPPLY_KIND_GRANT)
		return g_strdup_printf("清单 %s 的授权", thing->list);
	return g_strdup_printf("清单 %s 第 %" PRId64 " 版", thing->list, thing->number);
}

char *supply_grant_body(bool all, const char *const *themes)
{
	g_autoptr(json_t) body = json_object();
	if (all) {
		json_object_set_new(body, "all", json_true());
		return json_frozen(body, NULL);
	}
	json_t *array = json_array();
	for (; *themes != NULL; themes++)
		json_array_append_new(array, json_string(*themes));
	json_object_set_new(body, "themes", array);
	return json_frozen(body, NULL);
}

/* ---- planning ---- */

/* One thing from both sides. */
struct pair {
	const struct supply_thing *hub, *home; /* NULL: not there */
	const struct supply_memory *memory;    /* NULL: nothing */
};

/* How a list stands at the hub. */
struct standing {
	int64_t last;	  /* highest number it shows */
	int64_t in_force; /* highest of those in force today, 0 none */
};

struct planning {
	const struct supply_view *view;
	struct supply_plan *plan;
	GHashTable *pairs;  /* key → struct pair, owned */
	GHashTable *places; /* list → struct standing, owned */
};

static struct pair *pair_of(
	struct planning *planning, enum supply_kind kind, const char *list, int64_t number)
{
	g_autofree char *key = g_strdup_printf("%d %s %" PRId64, (int)kind, list, number);
	struct pair *pair = g_hash_table_lookup(planning->pairs, key);
	if (pair == NULL) {
		pair = g_new0(struct pair, 1);
		g_hash_table_insert(planning->pairs, g_steal_pointer(&key), pair);
	}
	return pair;
}

static const struct standing *standing_of(struct planning *planning, const char *list)
{
	static const struct standing none = {0};
	const struct standing *standing = g_hash_table_lookup(planning->places, list);
	return standing != NULL ? standing : &none;
}

static void note_standing(struct planning *planning, const struct supply_thing *thing)
{
	struct standing *standing = g_hash_table_lookup(planning->places, thing->list);
	if (standing == NULL) {
		standing = g_new0(struct standing, 1);
		g_hash_table_insert(planning->places, g_strdup(thing->list), standing);
	}
	standing->last = MAX(standing->last, thing->number);
	if (strcmp(thing->effective_from, planning->view->today) <= 0)
		standing->in_force = MAX(standing->in_force, thing->number);
}

static void gather(struct planning *planning)
{
	const struct supply_view *view = planning->view;
	for (guint i = 0; i < view->hub->len; i++) {
		const struct supply_thing *thing = view->hub->pdata[i];
		pair_of(planning, thing->kind, thing->list, thing->number)->hub = thing;
		if (thing->kind == SUPPLY_KIND_VERSION)
			note_standing(planning, thing);
	}
	for (guint i = 0; i < view->home->len; i++) {
		const struct supply_thing *thing = view->home->pdata[i];
		pair_of(planning, thing->kind, thing->list, thing->number)->home = thing;
	}
	for (guint i = 0; i < view->memory->len; i++) {
		const struct supply_memory *memory = view->memory->pdata[i];
		pair_of(planning, memory->kind, memory->list, memory->number)->memory = memory;
	}
}

static void add_step(
	struct planning *planning, enum supply_act act, const struct supply_thing *thing)
{
	struct supply_step *step = g_new0(struct supply_step, 1);
	*step = (struct supply_step){act, supply_thing_copy(thing)};
	g_ptr_array_add(planning->plan->steps, step);
}

static void add_trouble(struct planning *planning, const char *sentence)
{
	if (planning->plan->trouble == NULL)
		planning->plan->trouble = g_strdup(sentence);
}

static bool is_refused(const struct pair *pair, const struct supply_thing *thing)
{
	return pair->memory != NULL && strcmp(pair->memory->refused, thing->digest) == 0;
}

static bool is_agreed(const struct pair *pair, const struct supply_thing *thing)
{
	return pair->memory != NULL && strcmp(pair->memory->agreed, thing->digest) == 0;
}

/* The hub shows a higher number: what is wrong with this one is over. */
static bool is_superseded(struct planning *planning, const struct supply_thing *thing)
{
	return thing->kind == SUPPLY_KIND_VERSION &&
	       thing->number < standing_of(planning, thing->list)->last;
}

/* Gives a thing to the other side, or tells why that was refused before. */
static void give(struct planning *planning, const struct pair *pair, enum supply_act act,
	const struct supply_thing *thing)
{
	if (!is_refused(pair, thing))
		add_step(planning, act, thing);
	else if (!is_superseded(planning, thing))
		add_trouble(planning, pair->memory->reason);
}

static void differ_version(struct planning *planning, const struct supply_thing *thing)
{
	if (is_superseded(planning, thing))
		return;
	g_autofree char *words = supply_thing_words(thing);
	g_autofree char *sentence =
		g_strdup_printf("%s与中心的内容不同，没有收取。请数据局发布下一个版本。", words);
	add_trouble(planning, sentence);
}

/* Only this home has it. */
static void plan_ours(struct planning *planning, const struct pair *pair)
{
	const struct supply_thing *home = pair->home;
	int64_t last = standing_of(planning, home->list)->last;
	if (planning->view->bureau && (home->kind != SUPPLY_KIND_VERSION || home->number > last))
		give(planning, pair, SUPPLY_ACT_PUSH, home);
}

static void plan_both(struct planning *planning, const struct pair *pair)
{
	const struct supply_thing *hub = pair->hub, *home = pair->home;
	if (strcmp(hub->digest, home->digest) == 0) {
		if (!is_agreed(pair, home))
			add_step(planning, SUPPLY_ACT_AGREE, hub);
	} else if (hub->kind == SUPPLY_KIND_VERSION) {
		differ_version(planning, home);
	} else if (planning->view->bureau && is_agreed(pair, hub)) {
		give(planning, pair, SUPPLY_ACT_PUSH, home);
	} else {
		give(planning, pair, SUPPLY_ACT_FETCH, hub);
	}
}

static void plan_pair(struct planning *planning, const struct pair *pair)
{
	if (pair->hub != NULL && pair->home != NULL)
		plan_both(planning, pair);
	else if (pair->hub != NULL)
		give(planning, pair, SUPPLY_ACT_FETCH, pair->hub);
	else if (pair->home != NULL)
		plan_ours(planning, pair);
}

/*
 * What a clerk may need first: calendars, then versions that are in force or will be, what is
 * authorised of them, then old versions.
 */
static int rank(struct planning *planning, const struct supply_step *step)
{
	const struct supply_thing *thing = step->thing;
	if (step->act == SUPPLY_ACT_AGREE)
		return 0;
	if (thing->kind != SUPPLY_KIND_VERSION)
		return thing->kind == SUPPLY_KIND_CALENDAR ? 1 : 3;
	bool old = step->act == SUPPLY_ACT_FETCH &&
		   thing->number < standing_of(planning, thing->list)->in_force;
	return old ? 4 : 2;
}

static gint by_rank(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct supply_step *left = *(struct supply_step *const *)a;
	const struct supply_step *right = *(struct supply_step *const *)b;
	int first = rank(data, left), second = rank(data, right);
	if (first != second)
		return first < second ? -1 : 1;
	if (left->thing->kind != right->thing->kind)
		return left->thing->kind < right->thing->kind ? -1 : 1;
	int lists = strcmp(left->thing->list, right->thing->list);
	if (lists != 0)
		return lists;
	return (left->thing->number > right->thing->number) -
	       (left->thing->number < right->thing->number);
}

static void step_free(void *step)
{
	supply_step_free(step);
}

/* In an order of their own, so that the same view always tells the same trouble. */
static void plan_pairs(struct planning *planning)
{
	g_autoptr(GList) keys =
		g_list_sort(g_hash_table_get_keys(planning->pairs), (GCompareFunc)(void *)strcmp);
	for (GList *at = keys; at != NULL; at = at->next)
		plan_pair(planning, g_hash_table_lookup(planning->pairs, at->data));
}

struct supply_plan *supply_plan_new(const struct supply_view *view)
{
	struct planning planning = {.view = view,
		.plan = g_new0(struct supply_plan, 1),
		.pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
	planning.plan->steps = g_ptr_array_new_with_free_func(step_free);
	gather(&planning);
	plan_pairs(&planning);
	g_ptr_array_sort_with_data(planning.plan->steps, by_rank, &planning);
	g_hash_table_unref(planning.pairs);
	g_hash_table_unref(planning.places);
	return planning.plan;
}
