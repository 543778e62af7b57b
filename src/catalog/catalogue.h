/*
 * The published lists in a home's store: import, publish, search, open. A version is (list, number,
 * SM3 of its bytes); a published one never changes and a case stays on its own (R02).
 * Everything here reads and writes through the store's statements.
 */
#ifndef CATALOG_CATALOGUE_H
#define CATALOG_CATALOGUE_H

#include "base/json.h"
#include "catalog/fault.h"
#include "core/calendar.h"
#include "core/theme.h"
#include "store/store.h"

/* Who brings or publishes a version; texts borrowed, "" where there is nothing to say. */
struct catalogue_act {
	const char *author;
	const char *filing;	    /* number of the filing (备案), R07 */
	const char *effective_from; /* civil date; "" today */
	int64_t now_ms;
	const char *actor;  /* user who does it, of the facts; NULL: the author */
	const char *window; /* code of the window; NULL none */
	const char *note;   /* the submitter's; NULL none */
};

/*
 * Imports files or directories (paths ends with NULL; "-" standard input) as draft versions: what
 * the store has stands behind what the files bring, the whole is checked, and every list whose
 * bytes change gets a draft; calendars are stored at once. CATALOG when there is any error: then
 * nothing changed. faults, which may be NULL, receives every fault and warning. *ret_lists, which
 * may be NULL, the ids of the lists that got a draft (g_strfreev), and of those that lost theirs
 * because what comes is equal to the version before it (catalogue_draft_of tells which; fact
 * catalogue_discarded).
 */
bool catalogue_import(struct store *store, const char *const *paths,
	const struct catalogue_act *act, struct catalog_faults *faults, GStrv *ret_lists,
	GError **error);

/*
 * The same of a fragment in memory ({"services":[…]}, {"list":…,"themes":[guide…]} … or an array of
 * such): an entry replaces the one of its code, a guide the one of its theme. INVALID for a list's
 * own words. Both: MOVE when a list that would change is submitted, STALE when somebody else
 * changed the catalogue meanwhile.
 */
bool catalogue_change(struct store *store, const json_t *fragment, const struct catalogue_act *act,
	struct catalog_faults *faults, GStrv *ret_lists, GError **error);

/* Faults of the newest version of a list alone (NULL: of all together); false: not read. */
bool catalogue_check(
	struct store *store, const char *list, struct catalog_faults *faults, GError **error);

/*
 * A draft is submitted with act's filing number and note, given back with a reason, or given up.
 * NOT_FOUND without a draft; MOVE: it is submitted already, or not yet; CATALOG: it has errors.
 * Facts catalogue_submitted, catalogue_returned, catalogue_discarded.
 */
bool catalogue_submit(
	struct store *store, const char *list, const struct catalogue_act *act, GError **error);
bool catalogue_return(struct store *store, const char *list, const char *reason,
	const struct catalogue_act *act, GError **error);
bool catalogue_discard(
	struct store *store, const char *list, const struct catalogue_act *act, GError **error);

/*
 * Publishes the draft of a list: from its civil date it is in force, from today at once. A draft
 * that is not submitted is so on the way. Author and filing "" stay as they were. Its number is
 * above what the hub has shown. Appends the fact `catalogue_published`. *ret_version may be
 * NULL. NOT_FOUND without a draft, INVALID for a wrong date.
 */
bool catalogue_publish(struct store *store, const char *list, const struct catalogue_act *act,
	int *ret_version, GError **error);

/*
 * Brings into force what is due on the civil day of now_ms: cheap when nothing is. Called at start
 * and at the change of day. *ret_changed may be NULL.
 */
bool catalogue_settle(struct store *store, int64_t now_ms, bool *ret_changed, GError **error);

/*
 * Drops big versions that are no longer in force from the index, some themes to a transaction with
 * pauses between; not inside a store_write. To be called now and then where nobody waits.
 */
bool catalogue_tidy(struct store *store, GError **error);

/*
 * What `init` does with the shipped data: imports DIR, publishes every list as version 1, and puts
 * the themes with a guide of the lists that shelf.json names on the shelf.
 */
bool catalogue_install(struct store *store, const char *dir, int64_t now_ms,
	struct catalog_faults *faults, GError **error);

/* ---- lists ---- */

struct catalogue_entry {
	char *list;
	char *short_title; /* 江门 */
	char *title;
	char *issuer;
	char *doc_no;
	char *date;
	int64_t current; /* version in force, 0 none */
	int64_t themes;
	int64_t items;
	int64_t on_shelf; /* themes on the shelf */
};

/* Every list, struct catalogue_entry, owned by the array. */
GPtrArray *catalogue_list_all(struct store *store, GError **error);

struct catalogue_version {
	char *list;
	int64_t version;
	char *digest; /* 64 hex digits */
	char *status; /* draft submitted published */
	char *title;
	char *issuer;
	char *doc_no;
	char *date;
	int64_t themes;
	int64_t items;
	char *effective_from;
	char *author;
	char *filing;
	int64_t made_ms;
	int64_t published_ms; /* 0 not yet */
	char *origin;	      /* local hub */
	char *submitter;      /* "" not submitted yet */
	int64_t submitted_ms; /* 0 not yet */
	char *note;	      /* of the submitter */
	char *returned;	      /* why a draft came back; "" it did not */
	int64_t in_force;     /* 1: the version in force here */
	int64_t is_past;      /* 1: a later one is in force */
};

/* Every version of every list, struct catalogue_version, owned by the array. */
GPtrArray *catalogue_versions(struct store *store, GError **error);

/* The draft of a list, submitted or not; 0 none. *ret_submitted may be NULL. */
bool catalogue_draft_of(struct store *store, const char *list, int *ret_version,
	bool *ret_submitted, GError **error);

/* The highest version of a list, drafts included; NOT_FOUND for an unknown list. */
bool catalogue_newest_of(struct store *store, const char *list, int *ret_version, GError **error);

/* The version in force, or the given one if it exists; NOT_FOUND otherwise. */
bool catalogue_version_of(
	struct store *store, const char *list, int version, int *ret_version, GError **error);

/* The bytes of a version (0: in force) as they are hashed. */
GBytes *catalogue_bytes(struct store *store, const char *list, int version, GError **error);

/* The same bytes read as a set, unfinished; catalog_set_free. */
struct catalog_set *catalogue_set_of(
	struct store *store, const char *list, int version, GError **error);

/* The list in the contract's form of `catalog export`, a new reference. */
json_t *catalogue_export(struct store *store, const char *list, int version, GError **error);

/* ---- themes ---- */

struct theme_hit {
	char *list;
	int64_t version;
	char *theme; /* id */
	char *name;
	char *short_title; /* of the list */
	char *departments; /* printed names with 、 between */
	int64_t items;
	int64_t on_shelf;
	int64_t described; /* a guide speaks of it */
};

/*
 * Themes in force that match everything in text: hanzi of names, departments (printed and usual
 * forms: 市监) and lists; letters as the beginning of a sound or initials of any of these; both
 * mixed (kai便利店, bld江门, 便利店 scjg). On the shelf first, then recently and often used, then
 * the best match, then in the order of the lists: the same every time; at most `most`. An empty
 * text gives the shelf. struct theme_hit, owned by the array. The text may be anything a clerk
 * types.
 */
GPtrArray *catalogue_search(
	struct store *store, const char *text, int most, int64_t now_ms, GError **error);

/* The themes of a version (0: in force) in the source's order; struct theme_hit. */
GPtrArray *catalogue_themes(struct store *store, const char *list, int version, GError **error);

/*
 * One theme of a version (0: in force) with the definitions its rows need, and nothing else. The
 * caller frees both. NOT_FOUND when there is no such list, version or theme.
 */
bool catalogue_open_theme(struct store *store, const char *list, int version, const char *theme,
	struct theme **ret_theme, struct definitions **ret_definitions, GError **error);

/* Counts that a theme was taken up: it is found sooner. */
bool catalogue_use(
	struct store *store, const char *list, const char *theme, int64_t now_ms, GError **error);

/*
 * Puts a theme on the hall's shelf, or takes it off (invariant 9). MOVE for a theme without
 * items in its source, without a guide or without the bureau's leave. Appends the fact
 * theme_shelved or theme_unshelved when it changes something.
 */
bool catalogue_shelf(struct store *store, const char *list, const char *theme, bool on_shelf,
	const char *actor, int64_t now_ms, GError **error);
bool catalogue_is_on_shelf(struct store *store, const char *list, const char *theme,
	bool *ret_on_shelf, GError **error);

/* A theme that a whole list's shelving leaves out: both owned, but for why, a static sentence. */
struct shelf_left {
	char *theme;
	char *name;
	const char *why;
};

/*
 * Every theme in force of a list that may go on the shelf, or whatever of it is there taken off,
 * in one go. *ret_count: how many of its themes are on the shelf now, or were taken off. struct
 * shelf_left, owned by the array: those left out. NULL with NOT_FOUND.
 */
GPtrArray *catalogue_shelf_list(struct store *store, const char *list, bool on_shelf,
	const char *actor, int64_t now_ms, int *ret_count, GError **error);

/* The three gates of a theme (row 62); it is taken in when all are open. */
struct theme_gates {
	bool published;	 /* a version in force has it, with a guide */
	bool authorised; /* the bureau gave leave for this hall */
	bool on_shelf;	 /* the hall shelved it */
};
bool catalogue_gates(struct store *store, const char *list, const char *theme,
	struct theme_gates *ret_gates, GError **error);

/*
 * The bureau gives leave for a theme (NULL: for every theme of the list, of later versions too) or
 * takes it back; one theme taken out of a list given as a whole leaves the others given. NOT_FOUND.
 * Fact theme_authorised or theme_unauthorised when it changes something.
 */
bool catalogue_authorise(struct store *store, const char *list, const char *theme, bool on,
	const struct catalogue_act *act, GError **error);

/* What the bureau gave leave for in a list: all of it, or themes by id (may be empty). */
struct catalogue_authorisation {
	bool all;
	GStrv themes; /* sorted by bytes */
};
bool catalogue_authorisation_of(struct store *store, const char *list,
	struct catalogue_authorisation *ret_leave, GError **error); /* g_strfreev(themes) */

/*
 * The leave as the hub has it, in the place of what was here; themes (sorted, never NULL) may be of
 * a version that is still to come. Fact authorisation_received when it changes something. NOT_FOUND
 * for a list unknown here, INVALID.
 */
bool catalogue_authorise_as(struct store *store, const char *list,
	const struct catalogue_authorisation *leave, const struct catalogue_act *act,
	GError **error);

/* ---- versions that come and go through the hub ---- */

/* A version published elsewhere; texts borrowed. */
struct catalogue_received {
	const char *list;
	int version;
	GBytes *bytes;	    /* as they were hashed */
	const char *digest; /* "sm3:" and 64 hex digits, what the hub says of the bytes */
	const char *effective_from;
	const char *filing; /* "" none */
	const char *author;
};

/*
 * Stores it as published with origin hub, in force from its civil date by catalogue_settle. Known
 * already with the same digest: nothing happens. A local draft of its number moves above it.
 * CATALOG (faults, which may be NULL, has every one): the bytes do not fit the digest, are cut
 * short, hostile or have an error. INVALID: list, number, date or texts. VERSION_CONFLICT: that
 * number has other bytes here. In every case what was in force stays. Fact catalogue_received.
 */
bool catalogue_receive(struct store *store, const struct catalogue_received *received,
	int64_t now_ms, struct catalog_faults *faults, GError **error);

/* The hub has a version of a list: our own next number stands above it. */
bool catalogue_hub_shown(struct store *store, const char *list, int version, GError **error);

/*
 * Versions published here that the hub has not shown yet, in order, for pushing (catalogue_bytes):
 * struct catalogue_version. After a push: catalogue_hub_shown.
 */
GPtrArray *catalogue_to_push(struct store *store, GError **error);

/* ---- routes of this hall (invariant 9) ---- */

/* A printed department and level of the versions in force, and where it leads. */
struct catalogue_route {
	char *list;
	char *short_title;
	char *printed;
	char *level;
	bool unprinted;	  /* the list prints no department: `printed` is the rows' own name */
	bool taken_in;	  /* the hall has themes of this list on its shelf */
	int items;	  /* rows of described themes that print it */
	char *department; /* code, "" none */
	char *department_name;
	bool by_hall; /* the hall's own route */
};

/* struct catalogue_route of a list (NULL: of all), in the order of lists; owned by the array. */
GPtrArray *catalogue_routes(struct store *store, const char *list, GError **error);

/*
 * Leads route's printed department and level of its list to its department in this hall; "" goes
 * back to the version's route. NOT_FOUND for what no described theme in force prints, INVALID for
 * an unknown department. Fact route_set.
 */
bool catalogue_route_set(struct store *store, const struct catalogue_route *route,
	const struct catalogue_act *act, GError **error);

/* A department only this hall knows. INVALID, EXISTS. Fact department_added. */
bool catalogue_department_add(struct store *store, const char *code, const char *name,
	const struct catalogue_act *act, GError **error);

/*
 * Another text, g_free, whenever a route or a confirmation changed: themes that were opened before
 * are then to be opened again.
 */
char *catalogue_revision(struct store *store);

/* ---- confirmation of 参考 ---- */

/*
 * The definition in force (kind service, list "" for one that all lists in force share; or theme)
 * was compared with the local implementation list that basis names; bound to its bytes, of a
 * service with the shared materials and fields it asks for. NOT_FOUND,
 * INVALID (kind, lists that differ). Unconfirmed it is 参考 again: NOT_FOUND when it was not
 * confirmed. Facts catalogue_confirmed, catalogue_unconfirmed. catalogue_open_theme fills the
 * members `confirmed` and `confirmed_on` of themes and services.
 */
bool catalogue_confirm(struct store *store, const char *kind, const char *list, const char *code,
	const char *basis, const struct catalogue_act *act, GError **error);
bool catalogue_unconfirm(struct store *store, const char *kind, const char *list, const char *code,
	const struct catalogue_act *act, GError **error);

/* A code and a name; departments a route may name: of versions in force, and the hall's own. */
struct catalogue_code {
	char *code;
	char *name;
	int64_t described; /* a theme: a guide speaks of it; else 1 */
};
GPtrArray *catalogue_departments(struct store *store, GError **error);

/*
 * The entries of a kind (theme service material field department) of a version, struct
 * catalogue_code; and one of them as JSON, of a theme its guide: NULL without error when there is
 * none.
 */
GPtrArray *catalogue_codes(
	struct store *store, const char *list, int version, const char *kind, GError **error);
json_t *catalogue_definition_json(struct store *store, const char *list, int version,
	const char *kind, const char *code, GError **error);

/* ---- calendar ---- */

/* The working-day calendar of all years in the store; empty when there is none. */
struct calendar *catalogue_calendar(struct store *store, GError **error);

/*
 * A year's frozen JSON from the hub, its digest checked by the caller; it replaces what stood
 * there. CATALOG, JSON or INVALID (a gap between years …): refused, nothing has changed. Fact
 * calendar_received.
 */
bool catalogue_receive_calendar(
	struct store *store, const char *bytes, size_t size, int64_t now_ms, GError **error);

#endif
