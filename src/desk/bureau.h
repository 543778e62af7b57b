/*
 * Keeping the catalogue: the bureau's and the hall's acts on lists, gates, confirmations and
 * routes. The door for the screen and the command line alike: permission, rule, one transaction of
 * state and fact. src/catalog/catalogue.h does the work.
 *
 * Reading needs no login. Every change names who may: 清单维护 (import … authorise) the bureau,
 * 上架 bureau, admin or supervisor, 确认 and 路由 bureau or admin; in a home without accounts
 * anybody. PERMISSION otherwise. All errors of changes leave everything as it was.
 *
 * `version` is a number, 0 for the one in force, BUREAU_NEWEST for the draft or, without one, the
 * last.
 */
#ifndef DESK_BUREAU_H
#define DESK_BUREAU_H

#include "base/json.h"
#include "catalog/catalogue.h"
#include "desk/desk.h"

#define BUREAU_NEWEST (-1)

/* ---- versions ---- */

/*
 * The versions of a list (NULL: of every list), struct catalogue_version, owned by the array, the
 * oldest first.
 */
GPtrArray *desk_bureau_versions(struct desk *desk, const char *list, GError **error);

/*
 * What a clerk reads of a version on the civil date `today`, static: 草稿, 退回的草稿, 已提交,
 * 施行中, 待施行, 已被替代.
 */
const char *desk_bureau_version_words(const struct catalogue_version *version);

/*
 * Files or directories into drafts, as catalogue_import; *ret_lists (g_strfreev, may be NULL) the
 * lists that got a draft or lost an empty one, faults (may be NULL) every fault and warning.
 * CATALOG when a file is wrong, MOVE when a list that would change is submitted.
 */
bool desk_bureau_import(struct desk *desk, const char *const *paths, const char *author,
	struct catalog_faults *faults, GStrv *ret_lists, GError **error);

/*
 * A fragment of the formats of data/README.md from memory ({"services":[…]}, {"materials":[…]},
 * {"fields":[…]}, {"departments":[…],"routes":[…]}, {"list":…,"themes":[guide…]}) over what the
 * store has, drafts included: an entry replaces the one of its code, a guide that of its theme. The
 * whole is checked; every list whose bytes change gets a draft. Nothing happens when nothing
 * changes. Errors as desk_bureau_import; INVALID for a list's own words, which only an import
 * changes; STALE when somebody else changed the catalogue meanwhile. An array of such documents is
 * one change.
 */
bool desk_bureau_change(struct desk *desk, const json_t *fragment, struct catalog_faults *faults,
	GStrv *ret_lists, GError **error);

/*
 * Checks the newest version of a list (NULL: of all of them together), errors and lint into
 * faults; true also when there are errors, false only when it could not be read.
 */
bool desk_bureau_check(
	struct desk *desk, const char *list, struct catalog_faults *faults, GError **error);

/*
 * A draft is submitted with its filing number ("" not filed yet) and a note; from then on neither
 * import nor change replaces it. NOT_FOUND without a draft, MOVE when it is submitted already,
 * CATALOG when it has errors, INVALID for control characters. Fact catalogue_submitted.
 */
bool desk_bureau_submit(
	struct desk *desk, const char *list, const char *filing, const char *note, GError **error);

/* A submitted draft is a draft again. INVALID without a reason, MOVE. Fact catalogue_returned. */
bool desk_bureau_return(struct desk *desk, const char *list, const char *reason, GError **error);

/*
 * A submitted draft is published, in force from effective_from ("" today). filing "" keeps the one
 * it was submitted with. MOVE for a draft that is not submitted, NOT_FOUND without one, INVALID for
 * a wrong or past date. Facts catalogue_published. *ret_version may be NULL.
 */
bool desk_bureau_publish(struct desk *desk, const char *list, const char *filing,
	const char *effective_from, int *ret_version, GError **error);

/*
 * The same in one go for a draft that nobody submitted: it is submitted and published, and both are
 * facts (the command line's `catalog publish`). author "" keeps who imported it.
 */
bool desk_bureau_publish_draft(struct desk *desk, const char *list, const char *author,
	const char *filing, const char *effective_from, int *ret_version, GError **error);

/*
 * The draft, submitted or not, is given up; the version in force stays. NOT_FOUND. Fact
 * catalogue_discarded.
 */
bool desk_bureau_discard(struct desk *desk, const char *list, GError **error);

/*
 * Sentences of what the draft says otherwise than the version in force; char *, owned by the array.
 * NOT_FOUND without a draft. A list that has no version in force: one sentence.
 */
GPtrArray *desk_bureau_differences(struct desk *desk, const char *list, GError **error);

/* ---- what stands in a version ---- */

/*
 * Entries of a kind: theme, service, material, field, department. struct catalogue_code, owned by
 * the array, themes in the source's order, else by code. NOT_FOUND, INVALID (kind).
 */
GPtrArray *desk_bureau_entries(
	struct desk *desk, const char *list, int version, const char *kind, GError **error);

/*
 * One entry as JSON for editing, a new reference: a definition as in its file; of a theme its guide
 * ({"theme":id} when none was written). Put back, changed, with desk_bureau_change in its fragment
 * (desk_bureau_fragment). NOT_FOUND, INVALID (kind).
 */
json_t *desk_bureau_entry(struct desk *desk, const char *list, int version, const char *kind,
	const char *code, GError **error);

/* The fragment that carries one entry of a kind; NULL for an unknown kind. A new reference. */
json_t *desk_bureau_fragment(const char *list, const char *kind, const json_t *entry);

/* ---- the three gates (row 62) ---- */

/* NOT_FOUND for a theme that no version in force has. */
bool desk_bureau_gates(struct desk *desk, const char *list, const char *theme,
	struct theme_gates *ret_gates, GError **error);

/*
 * The first shut gate and who opens it, without a final stop: both static, *ret_next the next step.
 * NULL when all three are open.
 */
const char *desk_bureau_gate_words(const struct theme_gates *gates, const char **ret_next);

/*
 * The bureau gives or takes back its leave for a theme (NULL: every theme of the list, those of
 * later versions too). Taking back one theme of a list given as a whole leaves the others given. A
 * running case goes on. NOT_FOUND. Facts theme_authorised, theme_unauthorised.
 */
bool desk_bureau_authorise(
	struct desk *desk, const char *list, const char *theme, bool on, GError **error);

/*
 * The hall puts a theme on its shelf or takes it off. NOT_FOUND; MOVE for a theme without a guide,
 * or not authorised. Facts theme_shelved, theme_unshelved.
 */
bool desk_bureau_shelf(
	struct desk *desk, const char *list, const char *theme, bool on, GError **error);

/*
 * The same of every theme of a list that may go on the shelf, in one go, as catalogue_shelf_list:
 * *ret_count how many; struct shelf_left, owned by the array, those left out and why.
 */
GPtrArray *desk_bureau_shelf_list(
	struct desk *desk, const char *list, bool on, int *ret_count, GError **error);

/* ---- confirmation of 参考 ---- */

/*
 * The definition in force was compared with the local implementation list: kind service (list may
 * be "" when every list in force has the same definition, else INVALID) or theme. basis: its
 * number, not empty. Bound to the definition's bytes, of a service with its materials and fields.
 * NOT_FOUND, INVALID. Fact catalogue_confirmed.
 */
bool desk_bureau_confirm(struct desk *desk, const char *kind, const char *list, const char *code,
	const char *basis, GError **error);

/* It is 参考 again. NOT_FOUND when it was not confirmed. Fact catalogue_unconfirmed. */
bool desk_bureau_unconfirm(
	struct desk *desk, const char *kind, const char *list, const char *code, GError **error);

/*
 * What is shown beside a definition: 参考，以当地实施清单为准, or 已确认（basis，date）. g_free. By
 * the members `confirmed` and `confirmed_on` of struct service and struct theme.
 */
char *desk_bureau_confirmed_words(const char *confirmed, const char *confirmed_on);

/* ---- routing (invariant 9) ---- */

enum bureau_route_from {
	BUREAU_ROUTE_NONE,    /* nothing: items wait */
	BUREAU_ROUTE_VERSION, /* the catalogue's own route */
	BUREAU_ROUTE_HALL,    /* the hall's */
};

struct bureau_route {
	char *list;
	char *short_title;
	char *printed; /* as the list prints it; the rows' own name where it prints none */
	char *level;
	bool unprinted;	       /* it prints none */
	bool taken_in;	       /* the hall has themes of this list on its shelf */
	int items;	       /* rows of described themes that print it */
	char *department;      /* code, "" none */
	char *department_name; /* "" none */
	enum bureau_route_from from;
	int waiting; /* items of cases taken in that wait for this route */
	int order;   /* place among the lists' own rows */
};

/*
 * Every printed department and level of the versions in force (list NULL: of all): first what items
 * wait for, then what is unrouted, the lists that this hall takes in before the others, then in the
 * order of lists; rows that print no department of a list it does not take in stay in that order.
 * struct bureau_route, owned by the array.
 */
GPtrArray *desk_bureau_routes(struct desk *desk, const char *list, GError **error);

/*
 * Leads a printed department of a level to a department's code in this hall; "" goes back to the
 * version's own route. Items that waited for it go out in the same transaction; *ret_sent (may be
 * NULL) how many bundles. NOT_FOUND for what the list does not print, INVALID for an unknown code.
 * Facts route_set, and dispatched.
 */
bool desk_bureau_route_set(struct desk *desk, const char *list, const char *printed,
	const char *level, const char *department, int *ret_sent, GError **error);

/*
 * A department that only this hall knows: code like D-NANHAI-HOUSING. EXISTS when the code is
 * taken, INVALID. Fact department_added.
 */
bool desk_bureau_department_add(
	struct desk *desk, const char *code, const char *name, GError **error);

/* How many items of cases taken in wait for a route; -1 with error. */
int desk_bureau_waiting(struct desk *desk, GError **error);

/* Every department a route may name (versions in force and the hall's), struct catalogue_code. */
GPtrArray *desk_bureau_departments(struct desk *desk, GError **error);

#endif
