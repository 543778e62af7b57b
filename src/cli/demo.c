#include "cli/demo.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/json.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "cli/cli.h"
#include "desk/desk.h"

#define DEMO_HALL "0000"
#define DEMO_WINDOW "3A"

struct demo_hub {
	pid_t process; /* 0: another demo's */
	int lock;
};

char *demo_home(int argc, char **argv)
{
	const char *named = g_getenv("YICHUANG_HOME");
	if (named != NULL && named[0] != '\0')
		return cli_home_of(argc, argv);
	for (int i = 1; i < argc; i++)
		if (g_str_has_prefix(argv[i], "--home"))
			return cli_home_of(argc, argv);
	return g_build_filename(g_get_user_data_dir(), "yichuang-demo", NULL);
}

const char *demo_hint(void)
{
	return "演示数据，人物都是虚构的。用户 "
	       "yanshi（窗口）、zhuguan（主管）、guanli（管理员），口令都是 yanshi123。\n"
	       "登录后输入 kbld（开便利店）试一件；部门那一边怎样办，见 README 的“演示”。";
}

static char *program_beside(const char *name)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = self == NULL ? NULL : g_path_get_dirname(self);
	return folder == NULL ? g_strdup(name) : g_build_filename(folder, name, NULL);
}

static char *hub_home(const char *home)
{
	return g_strconcat(home, "-hub", NULL);
}

/* ---- making what is missing ---- */

static bool exists(const char *home, const char *file)
{
	g_autofree char *path = g_build_filename(home, file, NULL);
	return g_file_test(path, G_FILE_TEST_EXISTS);
}

static bool install(const char *home, int64_t now_ms, GError **error)
{
	g_autofree char *data = cli_data_directory();
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, error);
	return store != NULL && catalogue_install(store, data, now_ms, NULL, error);
}

static bool make_home(const char *home, int64_t now_ms, GError **error)
{
	g_autofree char *parent = g_path_get_dirname(home);
	g_mkdir_with_parents(parent, 0700);
	if (!store_create(home, now_ms, error) || !install(home, now_ms, error))
		return false;
	g_autoptr(desk) desk = desk_open(home, STORE_MODE_WRITE, error);
	return desk != NULL && desk_demo_seed(desk, error);
}

/* Runs the hub's program to its end; its first line of output. g_free, NULL with error. */
static char *hub_says(const char *hub, const char *const *words, GError **error)
{
	g_autofree char *program = program_beside("yichuang-hub");
	g_autoptr(GPtrArray) arguments = g_ptr_array_new();
	g_ptr_array_add(arguments, program);
	g_ptr_array_add(arguments, (gpointer) "--home");
	g_ptr_array_add(arguments, (gpointer)hub);
	for (int i = 0; words[i] != NULL; i++)
		g_ptr_array_add(arguments, (gpointer)words[i]);
	g_ptr_array_add(arguments, NULL);
	char *output = NULL;
	int status = 0;
	if (!g_spawn_sync(NULL, (char **)arguments->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL,
		    &output, NULL, &status, NULL) ||
		status != 0) {
		g_free(output);
		err_set_next(error, ERR_CODE_INTERNAL, "演示中心没有建成",
			"请删去演示目录后再试，仍不行请看 yichuang-hub 的提示");
		return NULL;
	}
	output[strcspn(output, "\n")] = '\0';
	return output;
}

static bool write_private(const char *folder, const char *name, GKeyFile *file, GError **error)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	gsize size = 0;
	g_autofree char *text = g_key_file_to_data(file, &size, NULL);
	if (g_file_set_contents_full(
		    path, text, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
		return true;
	return err_set(error, ERR_CODE_IO, "写不了 %s", path);
}

static bool add_departments(const char *hub, GKeyFile *tokens, GError **error)
{
	g_autofree char *data = cli_data_directory();
	g_autofree char *path = g_build_filename(data, "catalogue", "departments.json", NULL);
	g_autoptr(json_t) document = json_read_file(path, error);
	if (document == NULL)
		return false;
	size_t index;
	json_t *department;
	json_array_foreach(json_object_get(document, "departments"), index, department)
	{
		const char *code = json_text(department, "code", ""),
			   *name = json_text(department, "name", "");
		g_autofree char *token =
			hub_says(hub, (const char *[]){"department", code, name, NULL}, error);
		if (token == NULL)
			return false;
		g_key_file_set_string(tokens, code, "token", token);
		g_key_file_set_string(tokens, code, "name", name);
	}
	return true;
}

static bool make_hub(const char *home, const char *hub, GError **error)
{
	g_autofree char *made = hub_says(hub, (const char *[]){"init", NULL}, error);
	g_autofree char *secret = made == NULL ? NULL
					       : hub_says(hub,
							 (const char *[]){"enrol", DEMO_HALL,
								 DEMO_WINDOW, "演示大厅", NULL},
							 error);
	if (secret == NULL)
		return false;
	g_autoptr(GKeyFile) config = g_key_file_new(), tokens = g_key_file_new();
	g_key_file_set_string(config, "hub", "secret", secret);
	g_key_file_set_string(config, "printer", "default", "folder");
	g_autofree char *departments = g_build_filename(hub, "departments.ini", NULL);
	g_key_file_set_string(config, "review", "tokens", departments);
	return add_departments(hub, tokens, error) &&
	       write_private(hub, "departments.ini", tokens, error) &&
	       write_private(home, "config.ini", config, error);
}

bool demo_prepare(const char *home, int64_t now_ms, GError **error)
{
	g_autofree char *hub = hub_home(home);
	if (!exists(home, "yichuang.db") && !make_home(home, now_ms, error))
		return false;
	return exists(home, "config.ini") || make_hub(home, hub, error);
}

/* ---- running the hub ---- */

static int free_port(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	int port = 0, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, size) == 0 &&
		getsockname(fd, (struct sockaddr *)&address, &size) == 0)
		port = ntohs(address.sin_port);
	if (fd >= 0)
		close(fd);
	return port;
}

static bool tell_home(const char *home, int port, GError **error)
{
	g_autofree char *path = g_build_filename(home, "config.ini", NULL);
	g_autofree char *url = g_strdup_printf("http://127.0.0.1:%d", port);
	g_autoptr(GKeyFile) config = g_key_file_new();
	g_key_file_load_from_file(config, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
	g_key_file_set_string(config, "hub", "url", url);
	g_key_file_set_string(config, "review", "url", url);
	return write_private(home, "config.ini", config, error);
}

static pid_t spawn_hub(const char *hub, int port)
{
	g_autofree char *program = program_beside("yichuang-hub");
	g_autofree char *listen_at = g_strdup_printf("127.0.0.1:%d", port);
	g_autofree char *log = g_build_filename(hub, "hub.log", NULL);
	pid_t process = fork();
	if (process != 0)
		return process;
	int nothing = open("/dev/null", O_RDONLY);
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(nothing, 0);
	dup2(out, 1);
	dup2(out, 2);
	close_range(3, ~0U, 0);
	setsid();
	execl(program, program, "--home", hub, "--listen", listen_at, "--demo", (char *)NULL);
	_exit(127);
}

struct demo_hub *demo_hub_start(const char *home, GError **error)
{
	g_autofree char *folder = hub_home(home);
	g_autofree char *lock = g_build_filename(folder, "demo.lock", NULL);
	struct demo_hub *hub = g_new0(struct demo_hub, 1);
	hub->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (hub->lock < 0 || flock(hub->lock, LOCK_EX | LOCK_NB) != 0)
		return hub; /* another demo of this home runs it */
	int port = free_port();
	if (port == 0 || !tell_home(home, port, error)) {
		demo_hub_stop(hub);
		return NULL;
	}
	hub->process = spawn_hub(folder, port);
	return hub;
}

void demo_hub_stop(struct demo_hub *hub)
{
	if (hub == NULL)
		return;
	if (hub->process > 0) {
		kill(hub->process, SIGTERM);
		waitpid(hub->process, NULL, 0);
	}
	if (hub->lock >= 0)
		close(hub->lock);
	g_free(hub);
}

/* ---- the subcommand without a terminal ---- */

bool cli_demo(struct cli *cli, GError **error)
{
	const char *home = cli_home(cli);
	g_autofree char *standard = g_build_filename(g_get_user_data_dir(), "yichuang-demo", NULL);
	if (!cli_home_is_chosen(cli))
		home = standard;
	if (cli_option(cli, "prepare") == NULL)
		return err_set(error, ERR_CODE_TERMINAL, NULL);
	if (!demo_prepare(home, cli_now_ms(cli), error))
		return false;
	g_autofree char *shown = text_clean(home, false);
	cli_say(cli, "演示数据在 %s", shown);
	cli_say(cli, "%s", demo_hint());
	cli_json(cli, json_pack("{s:s}", "home", shown));
	return true;
}
