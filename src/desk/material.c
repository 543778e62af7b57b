#include <string.h>

#include "base/text.h"
#include "desk/private.h"

/* What each necessity allows beside missing, received, unfit, waived and reused. */
static bool necessity_allows(enum necessity necessity, enum material_status status)
{
	if (status == MATERIAL_STATUS_DEFERRED)
		return necessity == NECESSITY_DEFERRABLE;
	if (status == MATERIAL_STATUS_DECLARED)
		return necessity == NECESSITY_DECLARABLE;
	return true;
}

struct material_change {
	struct desk *desk;
	const char *case_id;
	const char *material;
	const struct material_input *input;
	char *digest; /* of the image, "" none */
};

static bool check_promise(struct desk *desk, const char *due, GError **error)
{
	struct civil_date date;
	if (!civil_date_from_text(due, &date))
		return err_set(
			error, ERR_CODE_INCOMPLETE, "容缺要写承诺补交的日期（如 2026-11-27）");
	if (civil_date_compare(date, desk_today(desk)) < 0)
		return err_set(error, ERR_CODE_INVALID, "承诺补交的日期已经过去");
	return true;
}

static bool check_reuse(const struct material_change *change, GError **error)
{
	g_autofree char *earlier = NULL;
	if (!store_text(change->desk->store, STATEMENT_CASE_MATERIAL_EARLIER,
		    STORE_VALUES(STORE_TEXT("case_id", change->case_id),
			    STORE_TEXT("material", change->material)),
		    &earlier, error))
		return false;
	return earlier != NULL ||
	       err_set_next(error, ERR_CODE_INVALID, "没有找到本人以前交过的这份材料，不能复用",
		       "请收取纸质材料，或改用其他方式");
}

static bool check_input(
	struct material_change *change, const struct situation_material *use, GError **error)
{
	const struct material_input *input = change->input;
	if (!necessity_allows(use->necessity, input->status)) {
		g_autofree char *sentence = g_strdup_printf("“%s”是%s材料，不能%s",
			use->material->name, necessity_name(use->necessity),
			input->status == MATERIAL_STATUS_DEFERRED ? "容缺" : "用承诺代替");
		return err_set_next(error, ERR_CODE_INVALID, sentence, "请收齐后再收件");
	}
	switch (input->status) {
	case MATERIAL_STATUS_UNFIT:
		return (input->note != NULL && *input->note != '\0') ||
		       err_set(error, ERR_CODE_INCOMPLETE, "请写明哪里不符");
	case MATERIAL_STATUS_DEFERRED:
		return check_promise(change->desk, input->promise_due, error);
	case MATERIAL_STATUS_WAIVED:
		if (*use->material->certificate == '\0')
			return err_set_next(error, ERR_CODE_INVALID,
				"这份材料没有对应的电子证照，不能免交", "请收取纸质材料");
		return (input->certificate_no != NULL && *input->certificate_no != '\0') ||
		       err_set(error, ERR_CODE_INCOMPLETE, "免交要写电子证照号码");
	case MATERIAL_STATUS_REUSED:
		return check_reuse(change, error);
	default:
		return true;
	}
}

static const char *default_how(enum material_status status)
{
	switch (status) {
	case MATERIAL_STATUS_DEFERRED:
		return "promise";
	case MATERIAL_STATUS_DECLARED:
		return "declaration";
	case MATERIAL_STATUS_WAIVED:
		return "certificate";
	case MATERIAL_STATUS_REUSED:
		return "reuse";
	case MATERIAL_STATUS_MISSING:
		return "";
	default:
		return "paper";
	}
}

static bool has_paper(enum material_status status)
{
	return status == MATERIAL_STATUS_RECEIVED || status == MATERIAL_STATUS_UNFIT;
}

static bool check_label(const char *label, GError **error)
{
	struct code_result code;
	if (label == NULL || *label == '\0')
		return true;
	if (code_check(label, &code) && code.kind == CODE_KIND_MATERIAL)
		return true;
	return err_set_next(error, ERR_CODE_BARCODE_UNKNOWN,
		code.kind == CODE_KIND_MATERIAL ? "材料标签校验位不对" : "这不是材料标签",
		"请扫描材料上的标签");
}

static bool put_material(struct material_change *change, const struct situation_material *use,
	const struct case_material *before, GError **error)
{
	const struct material_input *input = change->input;
	struct desk *desk = change->desk;
	char label[LABEL_SIZE] = "";
	if (input->label != NULL && *input->label != '\0')
		g_strlcpy(label, input->label, sizeof label);
	else if (*before->label != '\0')
		g_strlcpy(label, before->label, sizeof label);
	else if (has_paper(input->status))
		desk_label(CODE_KIND_MATERIAL, label);
	bool paper = has_paper(input->status);
	int originals = input->originals >= 0 ? input->originals : paper ? use->originals : 0;
	int copies = input->copies >= 0 ? input->copies : paper ? use->copies : 0;
	const char *how = input->how != NULL ? input->how : default_how(input->status);
	g_autofree char *note = text_clean(input->note, false);
	g_autofree char *certificate = text_clean(input->certificate_no, false);
	bool deferred = input->status == MATERIAL_STATUS_DEFERRED;
	return store_run(desk->store, STATEMENT_CASE_MATERIAL_PUT,
		STORE_VALUES(STORE_TEXT("case_id", change->case_id),
			STORE_TEXT("material", change->material),
			STORE_TEXT("status", material_status_word(input->status)),
			STORE_TEXT("how", how), STORE_INTEGER("originals", originals),
			STORE_INTEGER("copies", copies), STORE_TEXT("label", label),
			STORE_TEXT("note", note),
			STORE_TEXT("promise_due", deferred ? input->promise_due : ""),
			STORE_TEXT("certificate_no", certificate),
			STORE_TEXT("digest", *change->digest ? change->digest : before->digest),
			STORE_INTEGER("at_ms", desk_now_ms(desk)), STORE_TEXT("by", desk->user)),
		error);
}

static const struct case_material *find_material(
	const struct case_view *view, const char *code, GError **error)
{
	for (guint i = 0; i < view->materials->len; i++) {
		const struct case_material *at = view->materials->pdata[i];
		if (strcmp(at->use->material->code, code) == 0)
			return at;
	}
	err_set(error, ERR_CODE_NOT_FOUND, "这次的材料清单里没有这份材料");
	return NULL;
}

static bool set_in_draft(
	struct material_change *change, const struct case_view *view, GError **error)
{
	const struct case_material *at = find_material(view, change->material, error);
	return at != NULL && check_input(change, at->use, error) &&
	       put_material(change, at->use, at, error) &&
	       case_touch(change->desk, change->case_id, error);
}

/* Every department that uses the material is told that it came after all. */
static bool tell_users(struct material_change *change, const struct case_view *view,
	const struct case_material *at, GError **error)
{
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		bool uses = false;
		for (guint j = 0; j < at->use->items->len; j++)
			uses = uses || g_array_index(at->use->items, int, j) == item->item;
		if (!uses || !item->taken || !g_hash_table_add(told, item->department))
			continue;
		g_autofree char *bundle = bundle_of(
			change->desk, change->case_id, item->department, item->item, error);
		if (bundle == NULL)
			return false;
		if (*bundle == '\0') /* it waits for a route: its bundle will hold the material */
			continue;
		json_t *body = json_pack("{s:s,s:s,s:s}", "material", change->material, "name",
			at->use->material->name, "reason", "补交容缺材料");
		if (!message_send(change->desk, bundle, "supplement", item->item, body, error))
			return false;
	}
	return true;
}

/* After intake only a promise can be kept: the deferred material is here (R15). */
static bool keep_promise(
	struct material_change *change, const struct case_view *view, GError **error)
{
	const struct case_material *at = find_material(view, change->material, error);
	if (at == NULL)
		return false;
	if (at->status != MATERIAL_STATUS_DEFERRED || !has_paper(change->input->status))
		return err_set_next(error, ERR_CODE_MOVE, "已经收件，收件时的内容不能再改",
			"容缺的材料可以补交；其他更正请用补正、备注或撤回");
	json_t *body = json_pack(
		"{s:s,s:s}", "material", at->use->material->name, "code", change->material);
	return check_input(change, at->use, error) && put_material(change, at->use, at, error) &&
	       desk_fact_window(change->desk, "promise_kept", change->case_id, -1, body, error) &&
	       tell_users(change, view, at, error) &&
	       case_settle(change->desk, change->case_id, false, error);
}

static bool set_material(struct store *store, void *data, GError **error)
{
	struct material_change *change = data;
	struct file_row file = {0};
	if (!case_read(change->desk, change->case_id, &file, error))
		return false;
	bool draft = file.number == NULL || *file.number == '\0';
	file_row_clear(&file);
	if (!case_begin(change->desk, draft ? DESK_ACT_DRAFT : DESK_ACT_CORRECT, change->case_id,
		    draft ? CASE_WANT_DRAFT : CASE_WANT_TAKEN_IN, &file, error))
		return false;
	file_row_clear(&file);
	g_autoptr(case_view) view = case_view_of_id(change->desk, change->case_id, error);
	if (view == NULL)
		return false;
	return draft ? set_in_draft(change, view, error) : keep_promise(change, view, error);
}

static bool put_image(const char *path, const char *bytes, gsize size, GError **io)
{
	return g_file_set_contents_full(path, bytes, (gssize)size,
		G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, io);
}

/* Keeps an image in blobs/ under its digest; g_free, "" without an image. */
static char *keep_image(struct desk *desk, const char *path, GError **error)
{
	if (path == NULL || *path == '\0')
		return g_strdup("");
	g_autofree char *bytes = NULL;
	gsize size = 0;
	GError *io = NULL;
	if (!g_file_get_contents(path, &bytes, &size, &io)) {
		err_set(error, ERR_CODE_IO, "读不了这个图像文件");
		g_clear_error(&io);
		return NULL;
	}
	struct digest digest = digest_of(bytes, size);
	char *text = digest_dup_text(&digest);
	g_autofree char *target =
		g_build_filename(store_home(desk->store), "blobs", text + strlen("sm3:"), NULL);
	if (g_file_test(target, G_FILE_TEST_EXISTS) || put_image(target, bytes, size, &io))
		return text;
	/* The first that finds the disk full takes the ballast, as a save does. */
	if (g_error_matches(io, G_FILE_ERROR, G_FILE_ERROR_NOSPC) &&
		store_release_ballast(store_home(desk->store))) {
		g_clear_error(&io);
		if (put_image(target, bytes, size, &io))
			return text;
	}
	bool full = g_error_matches(io, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
	g_clear_error(&io);
	g_free(text);
	err_set(error, full ? ERR_CODE_STORE_FULL : ERR_CODE_IO, full ? NULL : "图像文件存不下来");
	return NULL;
}

bool desk_material_set(struct desk *desk, const char *case_id, const char *material,
	const struct material_input *input, GError **error)
{
	if ((unsigned)input->status >= MATERIAL_STATUS_COUNT)
		return err_set(error, ERR_CODE_INVALID, "没有这种材料状态");
	if (!check_label(input->label, error))
		return false;
	g_autofree char *digest = keep_image(desk, input->image, error);
	if (digest == NULL)
		return false;
	struct material_change change = {desk, case_id, material, input, digest};
	return desk_write(desk, set_material, &change, error);
}
