/* The bell: a datagram socket in the home. The path may be long, so it is named through its folder.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/err.h"
#include "store/store.h"

static int open_folder(const char *home, struct sockaddr_un *ret_address)
{
	int folder = open(home, O_PATH | O_DIRECTORY | O_CLOEXEC);
	ret_address->sun_family = AF_UNIX;
	g_snprintf(ret_address->sun_path, sizeof ret_address->sun_path, "/proc/self/fd/%d/bell",
		folder);
	return folder;
}

void store_ring(struct store *store)
{
	struct sockaddr_un address = {0};
	int folder = open_folder(store_home(store), &address);
	int bell = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* Nobody listening or a full queue: whoever comes looks at the store anyway. */
	if (folder >= 0 && bell >= 0)
		(void)sendto(
			bell, "!", 1, MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof address);
	if (bell >= 0)
		close(bell);
	if (folder >= 0)
		close(folder);
}

int store_bell_listen(const char *home, GError **error)
{
	struct sockaddr_un address = {0};
	int folder = open_folder(home, &address);
	int bell = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool good = folder >= 0 && bell >= 0;
	if (good)
		(void)unlinkat(folder, "bell", 0);
	good = good && bind(bell, (struct sockaddr *)&address, sizeof address) == 0 &&
	       fchmodat(folder, "bell", 0600, 0) == 0;
	if (folder >= 0)
		close(folder);
	if (good)
		return bell;
	if (bell >= 0)
		close(bell);
	err_set(error, ERR_CODE_IO, NULL);
	return -1;
}
