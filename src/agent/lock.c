#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "agent/agent.h"
#include "base/err.h"

struct agent_lock {
	int file;
};

static int open_lock(const char *home, int flags)
{
	g_autofree char *path = g_build_filename(home, "agent.lock", NULL);
	return open(path, flags | O_CLOEXEC, 0600);
}

static int read_holder(int file)
{
	char text[32] = "";
	ssize_t size = pread(file, text, sizeof text - 1, 0);
	return size > 0 ? (int)g_ascii_strtoll(text, NULL, 10) : 0;
}

static struct agent_lock *refuse(int file, GError **error)
{
	g_autofree char *sentence =
		g_strdup_printf("本数据目录已有后台程序在运行（进程 %d）", read_holder(file));
	err_set_next(error, ERR_CODE_STORE_BUSY, sentence, "不必再启动一个");
	close(file);
	return NULL;
}

struct agent_lock *agent_lock_take(const char *home, GError **error)
{
	if (!g_file_test(home, G_FILE_TEST_IS_DIR)) {
		err_set(error, ERR_CODE_HOME_MISSING, NULL);
		return NULL;
	}
	int file = open_lock(home, O_RDWR | O_CREAT);
	if (file < 0) {
		err_set(error, ERR_CODE_IO, "写不了 agent.lock");
		return NULL;
	}
	if (flock(file, LOCK_EX | LOCK_NB) != 0)
		return refuse(file, error);
	g_autofree char *text = g_strdup_printf("%d\n", (int)getpid());
	if (ftruncate(file, 0) != 0 || pwrite(file, text, strlen(text), 0) < 0)
		g_warning("agent.lock: %s", g_strerror(errno));
	struct agent_lock *lock = g_new0(struct agent_lock, 1);
	lock->file = file;
	return lock;
}

/* The file stays: removing it would let two take two different ones. */
void agent_lock_free(struct agent_lock *lock)
{
	if (lock == NULL)
		return;
	close(lock->file);
	g_free(lock);
}

int agent_lock_holder(const char *home)
{
	int file = open_lock(home, O_RDWR);
	if (file < 0)
		return 0;
	int holder = flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : read_holder(file);
	close(file);
	return holder;
}
