#include "print/spool.h"

#include <cups/cups.h>

#include "base/err.h"
#include "base/text.h"
#include "print/reason.h"

#define CONNECT_MS 3000
#define READ_SECONDS 10.0

static void printer_free(void *data)
{
	struct printer *printer = data;
	g_free(printer->name);
	g_free(printer->sentence);
	g_free(printer);
}

static bool fail(GError **error, const char *what)
{
	g_autofree char *said = text_clean(cupsLastErrorString(), false);
	return err_set(error, ERR_CODE_PRINTER, "%s（%s）", what, said);
}

/* Gives up a connection that has gone quiet. */
static int on_timeout(http_t *http, void *data)
{
	return 0;
}

static http_t *connect_to(const char *server, GError **error)
{
	if (server != NULL && server[0] != '\0')
		cupsSetServer(server);
	http_t *http = httpConnect2(
		cupsServer(), ippPort(), NULL, AF_UNSPEC, cupsEncryption(), 1, CONNECT_MS, NULL);
	if (http == NULL) {
		err_set(error, ERR_CODE_PRINTER, "打印服务没有运行");
		return NULL;
	}
	httpSetTimeout(http, READ_SECONDS, on_timeout, NULL);
	return http;
}

/* ---- printers ---- */

static char **values_of(ipp_attribute_t *attribute)
{
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
	for (int i = 0; attribute != NULL && i < ippGetCount(attribute); i++) {
		const char *value = ippGetString(attribute, i, NULL);
		if (value != NULL)
			g_strv_builder_add(builder, value);
	}
	return g_strv_builder_end(builder);
}

static void tell(struct printer *printer, ipp_pstate_t state, char **reasons)
{
	bool blocks = false;
	g_autofree char *trouble = reason_sentence(reasons, &blocks);
	printer->ready = printer->accepting && state != IPP_PSTATE_STOPPED && !blocks;
	if (!printer->accepting)
		printer->sentence =
			g_strdup_printf("不接收任务%s%s", trouble[0] ? "；" : "", trouble);
	else if (trouble[0] != '\0')
		printer->sentence = g_steal_pointer(&trouble);
	else if (state == IPP_PSTATE_STOPPED)
		printer->sentence = g_strdup("已停止，请在打印机上恢复");
	else
		printer->sentence = g_strdup(state == IPP_PSTATE_PROCESSING ? "正在打印" : "就绪");
}

/* Reads one printer's group of attributes; *attribute is moved to the group's end. */
static struct printer *read_printer(ipp_t *answer, ipp_attribute_t **attribute)
{
	struct printer *printer = g_new0(struct printer, 1);
	ipp_pstate_t state = IPP_PSTATE_IDLE;
	g_auto(GStrv) reasons = g_new0(char *, 1);
	printer->accepting = true;
	for (ipp_attribute_t *a = *attribute;; a = ippNextAttribute(answer)) {
		*attribute = a;
		if (a == NULL || ippGetGroupTag(a) != IPP_TAG_PRINTER)
			break;
		const char *name = ippGetName(a);
		if (g_strcmp0(name, "printer-name") == 0) {
			g_free(printer->name);
			printer->name = text_clean(ippGetString(a, 0, NULL), false);
		} else if (g_strcmp0(name, "printer-state") == 0) {
			state = (ipp_pstate_t)ippGetInteger(a, 0);
		} else if (g_strcmp0(name, "printer-is-accepting-jobs") == 0) {
			printer->accepting = ippGetBoolean(a, 0) != 0;
		} else if (g_strcmp0(name, "printer-state-reasons") == 0) {
			g_strfreev(reasons);
			reasons = values_of(a);
		}
	}
	tell(printer, state, reasons);
	return printer;
}

static ipp_t *ask_printers(http_t *http)
{
	static const char *const wanted[] = {"printer-name", "printer-state",
		"printer-state-reasons", "printer-is-accepting-jobs"};
	ipp_t *request = ippNewRequest(IPP_OP_CUPS_GET_PRINTERS);
	ippAddString(
		request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
	ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
		G_N_ELEMENTS(wanted), NULL, wanted);
	return cupsDoRequest(http, request, "/");
}

static void mark_standard(http_t *http, const GPtrArray *printers)
{
	const char *name = cupsGetDefault2(http);
	for (guint i = 0; name != NULL && i < printers->len; i++) {
		struct printer *printer = g_ptr_array_index(printers, i);
		printer->standard = strcmp(printer->name, name) == 0;
	}
}

GPtrArray *spool_printers(const char *server, GError **error)
{
	http_t *http = connect_to(server, error);
	if (http == NULL)
		return NULL;
	GPtrArray *printers = g_ptr_array_new_with_free_func(printer_free);
	ipp_t *answer = ask_printers(http);
	ipp_status_t status = cupsLastError();
	for (ipp_attribute_t *a = answer ? ippFirstAttribute(answer) : NULL; a != NULL;
		a = a != NULL ? ippNextAttribute(answer) : NULL) {
		if (ippGetGroupTag(a) != IPP_TAG_PRINTER)
			continue;
		struct printer *printer = read_printer(answer, &a);
		if (printer->name != NULL)
			g_ptr_array_add(printers, printer);
		else
			printer_free(printer);
		if (a == NULL)
			break;
	}
	ippDelete(answer);
	if (status <= IPP_STATUS_OK_CONFLICTING)
		mark_standard(http, printers);
	httpClose(http);
	/* NOT_FOUND is how CUPS says that it has no printers. */
	if (status <= IPP_STATUS_OK_CONFLICTING || status == IPP_STATUS_ERROR_NOT_FOUND)
		return printers;
	fail(error, "打印服务没有回答");
	g_ptr_array_unref(printers);
	return NULL;
}

const struct printer *spool_find(const GPtrArray *printers, const char *name)
{
	for (guint i = 0; printers != NULL && i < printers->len; i++) {
		const struct printer *printer = g_ptr_array_index(printers, i);
		if (strcmp(printer->name, name) == 0)
			return printer;
	}
	return NULL;
}

/* ---- jobs ---- */

static bool send_document(
	http_t *http, const char *printer, int job, const char *id, const char *bytes, gsize size)
{
	if (cupsStartDocument(http, printer, job, id, CUPS_FORMAT_PDF, 1) != HTTP_STATUS_CONTINUE)
		return false;
	for (gsize done = 0; done < size;) {
		gsize piece = MIN(size - done, 32768);
		if (cupsWriteRequestData(http, bytes + done, piece) != HTTP_STATUS_CONTINUE)
			return false;
		done += piece;
	}
	return cupsFinishDocument(http, printer) <= IPP_STATUS_OK_CONFLICTING;
}

static int create_job(
	http_t *http, const char *printer, const char *id, const struct profile *profile)
{
	cups_option_t *options = NULL;
	int count = 0;
	if (profile->media != NULL)
		count = cupsAddOption("media", profile->media, count, &options);
	if (profile->sides != NULL)
		count = cupsAddOption("sides", profile->sides, count, &options);
	int job = cupsCreateJob(http, printer, id, count, options);
	cupsFreeOptions(count, options);
	return job;
}

bool spool_submit(const char *server, const char *printer, const char *pdf, const char *id,
	const struct profile *profile, int *ret_job, bool *ret_doubt, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize size = 0;
	if (ret_doubt != NULL)
		*ret_doubt = false;
	if (!g_file_get_contents(pdf, &bytes, &size, NULL))
		return err_set(error, ERR_CODE_IO, "单据文件 %s 读不了", pdf);
	http_t *http = connect_to(server, error);
	if (http == NULL)
		return false;
	int job = create_job(http, printer, id, profile);
	bool sent = job > 0 && send_document(http, printer, job, id, bytes, size);
	if (!sent)
		fail(error, "打印机没有收下单据");
	bool clean = sent || job <= 0 ||
		     cupsCancelJob2(http, printer, job, 0) <= IPP_STATUS_OK_CONFLICTING;
	httpClose(http);
	if (ret_doubt != NULL)
		*ret_doubt = !clean;
	if (sent)
		*ret_job = job;
	return sent;
}

static enum spool_state state_of(ipp_jstate_t state)
{
	switch (state) {
	case IPP_JSTATE_HELD:
		return SPOOL_STATE_HELD;
	case IPP_JSTATE_PROCESSING:
		return SPOOL_STATE_PRINTING;
	case IPP_JSTATE_COMPLETED:
		return SPOOL_STATE_DONE;
	case IPP_JSTATE_CANCELED:
		return SPOOL_STATE_CANCELLED;
	case IPP_JSTATE_ABORTED:
		return SPOOL_STATE_ABORTED;
	default:
		return SPOOL_STATE_WAITING;
	}
}

bool spool_look(const char *server, const char *printer, const char *id,
	enum spool_state *ret_state, int *ret_job, GError **error)
{
	http_t *http = connect_to(server, error);
	if (http == NULL)
		return false;
	cups_job_t *jobs = NULL;
	int count = cupsGetJobs2(http, &jobs, printer, 0, CUPS_WHICHJOBS_ALL);
	bool answered = count > 0 || cupsLastError() <= IPP_STATUS_OK_CONFLICTING ||
			cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND;
	if (!answered)
		fail(error, "打印服务没有回答");
	httpClose(http);
	if (!answered)
		return false;
	*ret_state = SPOOL_STATE_UNKNOWN;
	*ret_job = 0;
	for (int i = 0; i < count; i++)
		if (g_strcmp0(jobs[i].title, id) == 0) {
			*ret_state = state_of(jobs[i].state);
			*ret_job = jobs[i].id;
		}
	cupsFreeJobs(count, jobs);
	return true;
}

bool spool_cancel(const char *server, const char *printer, int job, GError **error)
{
	http_t *http = connect_to(server, error);
	if (http == NULL)
		return false;
	bool good = cupsCancelJob2(http, printer, job, 0) <= IPP_STATUS_OK_CONFLICTING;
	if (!good)
		fail(error, "打印任务取消不了");
	httpClose(http);
	return good;
}
