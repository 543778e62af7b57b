#include "cli/sibling.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"
#include "cli/cli.h"

struct sibling {
	const char *word;
	const char *program;
	bool keep; /* the word itself is a subcommand of the program */
};

static const struct sibling siblings[] = {
	{"sync", "yichuang-agent", true},
	{"review", "yichuang-agent", true},
	{"agent", "yichuang-agent", false},
	{"print", "yichuang-print", true},
	{"printer", "yichuang-print", true},
};

static char *beside(const char *name)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	if (self == NULL)
		return g_strdup(name);
	g_autofree char *folder = g_path_get_dirname(self);
	return g_build_filename(folder, name, NULL);
}

/* ---- commands ---- */

/* Where the subcommand's word stands in argv: the first that is neither a global option nor its
 * value. */
static int find_word(int argc, char **argv)
{
	static const char *const valued[] = {"--home", "--as", "--now", "--secret-file", NULL};
	for (int i = 1; i < argc; i++) {
		if (g_strv_contains(valued, argv[i]))
			i++;
		else if (argv[i][0] != '-')
			return i;
	}
	return 0;
}

static const struct sibling *find_sibling(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(siblings); i++)
		if (strcmp(siblings[i].word, word) == 0)
			return &siblings[i];
	return NULL;
}

int sibling_exec(int argc, char **argv)
{
	int at = find_word(argc, argv);
	const struct sibling *sibling = at == 0 ? NULL : find_sibling(argv[at]);
	if (sibling == NULL)
		return -1;
	g_autofree char *program = beside(sibling->program);
	g_autofree char *home = cli_home_of(argc, argv);
	g_autoptr(GPtrArray) arguments = g_ptr_array_new();
	g_ptr_array_add(arguments, program);
	/* The home stands first, whatever the environment says there. */
	g_ptr_array_add(arguments, (gpointer) "--home");
	g_ptr_array_add(arguments, home);
	for (int i = 1; i < argc; i++)
		if (i != at || sibling->keep)
			g_ptr_array_add(arguments, argv[i]);
	g_ptr_array_add(arguments, NULL);
	execv(program, (char **)arguments->pdata);
	fprintf(stderr, "缺少程序 %s。请重新安装。\n", sibling->program);
	return 1;
}

/* ---- a document into a file ---- */

/* The data as a private file of its own, for the sibling to read; unlink and g_free its path. */
static char *write_data(const json_t *data, GError **error)
{
	size_t size = 0;
	char *path = NULL;
	g_autofree char *bytes = json_frozen(data, &size);
	int file = g_file_open_tmp("yichuang-XXXXXX.json", &path, NULL);
	if (file >= 0)
		close(file);
	if (file >= 0 && g_file_set_contents(path, bytes, (gssize)size, NULL))
		return path;
	g_free(path);
	err_set(error, ERR_CODE_IO, "临时文件写不了，请检查磁盘空间");
	return NULL;
}

static bool run_render(char **arguments, int *ret_pages, GError **error)
{
	g_autofree char *said = NULL, *complaint = NULL;
	int status = 0;
	if (!g_spawn_sync(NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complaint,
		    &status, NULL))
		return err_set(error, ERR_CODE_IO, "缺少程序 yichuang-print。请重新安装");
	if (!g_spawn_check_wait_status(status, NULL)) {
		g_autofree char *sentence = text_clean(g_strchomp(complaint), false);
		const char *name = "yichuang-print: ";
		return err_set(error, ERR_CODE_IO, "%s",
			g_str_has_prefix(sentence, name) ? sentence + strlen(name) : sentence);
	}
	g_autoptr(json_t) answer = json_read(said, strlen(said), "yichuang-print", error);
	*ret_pages = (int)json_integer_or(answer, "pages", 0);
	return answer != NULL;
}

bool sibling_render(const char *home, const char *kind, const json_t *data, const char *path,
	int *ret_pages, GError **error)
{
	g_autofree char *program = beside("yichuang-print");
	g_autofree char *file = write_data(data, error);
	char *arguments[] = {program, (char *)"--home", (char *)home, (char *)"--json",
		(char *)"--render", (char *)kind, file, (char *)path, NULL};
	if (file == NULL)
		return false;
	bool done = run_render(arguments, ret_pages, error);
	unlink(file);
	return done;
}

/* ---- the agent ---- */

static bool agent_runs(const char *home)
{
	g_autofree char *path = g_build_filename(home, "agent.lock", NULL);
	int file = open(path, O_RDWR | O_CLOEXEC);
	bool runs = file >= 0 && flock(file, LOCK_EX | LOCK_NB) != 0;
	if (file >= 0)
		close(file);
	return runs;
}

/* In the grandchild: nothing of the screen's may stay open or be written to. */
static void become_agent(char *program, char *home)
{
	int nothing = open("/dev/null", O_RDWR);
	for (int fd = 0; fd <= 2; fd++)
		dup2(nothing, fd);
	close_range(3, ~0U, 0);
	char *arguments[] = {program, (char *)"--home", home, NULL};
	execv(program, arguments);
	_exit(127);
}

void sibling_start_agent(const char *home)
{
	g_autofree char *program = beside("yichuang-agent");
	g_autofree char *whole = g_canonicalize_filename(home, NULL);
	if (agent_runs(home) || access(program, X_OK) != 0)
		return;
	pid_t child = fork();
	if (child == 0) {
		setsid();
		if (fork() == 0)
			become_agent(program, whole);
		_exit(0);
	}
	/* The child ends at once; for the agent itself nobody waits. */
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
}
