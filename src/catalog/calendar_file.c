#include "catalog/calendar_file.h"

#include "base/err.h"
#include "catalog/reader.h"

struct year_file {
	int year;
	char *notice;
	GStrv off;
	GStrv worked;
};

static const char date_form[] = "年-月-日（如 2026-02-14）";

#define DATES(member_)                                                                             \
	{                                                                                          \
		.key = #member_, .kind = MEMBER_TEXTS,                                             \
		.offset = offsetof(struct year_file, member_), .form = form_date,                  \
		.form_words = date_form                                                            \
	}

static const struct member year_members[] = {
	{.key = "year",
		.kind = MEMBER_INTEGER,
		.offset = offsetof(struct year_file, year),
		.needed = true,
		.least = 2000,
		.most = 2999},
	{.key = "notice",
		.kind = MEMBER_TEXT,
		.offset = offsetof(struct year_file, notice),
		.needed = true},
	DATES(off),
	DATES(worked),
	{.key = NULL},
};
static const struct shape year_shape = {sizeof(struct year_file), year_members, NULL, NULL, NULL};

static void year_file_clear(struct year_file *file)
{
	g_free(file->notice);
	g_strfreev(file->off);
	g_strfreev(file->worked);
}

static struct civil_date *dates_of(GStrv texts, size_t *ret_count)
{
	guint count = g_strv_length(texts);
	struct civil_date *dates = g_new0(struct civil_date, count + 1);
	*ret_count = 0;
	for (guint i = 0; i < count; i++)
		if (civil_date_from_text(texts[i], &dates[*ret_count]))
			++*ret_count;
	return dates;
}

static bool add_year(struct calendar *calendar, const struct year_file *file, GError **error)
{
	struct calendar_year year = {.year = file->year, .notice = file->notice};
	g_autofree struct civil_date *off = dates_of(file->off, &year.off_count);
	g_autofree struct civil_date *worked = dates_of(file->worked, &year.worked_count);
	year.off = off;
	year.worked = worked;
	return calendar_add_year(calendar, &year, error);
}

/* Reads the document; faults go to the list. */
static void read_year(struct catalog_faults *faults, const char *name, const json_t *object,
	struct year_file *ret)
{
	struct reader reader;
	reader_init(&reader, faults, name);
	reader_object(&reader, object, &year_shape, ret);
	reader_clear(&reader);
}

void calendar_file_check(struct catalog_faults *faults, const char *name, const json_t *object)
{
	struct year_file file = {0};
	int before = faults->errors;
	g_autoptr(calendar) calendar = calendar_new();
	g_autoptr(GError) error = NULL;
	read_year(faults, name, object, &file);
	if (faults->errors == before && !add_year(calendar, &file, &error)) {
		g_autofree char *what = g_strdup(error->message);
		catalog_faults_add(faults, CATALOG_GRAVITY_ERROR, name, "", what,
			"请对照国务院办公厅的通知改正");
	}
	year_file_clear(&file);
}

bool calendar_file_add(struct calendar *calendar, const json_t *object, GError **error)
{
	struct year_file file = {0};
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	read_year(faults, "工作日历", object, &file);
	bool done = catalog_faults_settle(faults, error) && add_year(calendar, &file, error);
	year_file_clear(&file);
	return done;
}

int calendar_file_year(const json_t *object)
{
	return (int)json_integer_or(object, "year", 0);
}
