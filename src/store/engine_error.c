#include "store/engine.h"

#include <errno.h>

static bool is_no_room(int why)
{
	return why == ENOSPC || why == EDQUOT || why == EFBIG;
}

/*
 * A full disk hides behind an I/O error when a limit or a quota, not the file system, says no.
 * SQLite keeps errno for us except when a COMMIT fails; then errno itself still has it.
 */
static bool is_full(sqlite3 *db, int rc)
{
	int still = errno;
	if ((rc & 0xff) == SQLITE_FULL || rc == SQLITE_IOERR_SHMSIZE)
		return true;
	if ((rc & 0xff) != SQLITE_IOERR && (rc & 0xff) != SQLITE_CANTOPEN)
		return false;
	return (db && is_no_room(sqlite3_system_errno(db))) || is_no_room(still);
}

static enum err_code code_of(sqlite3 *db, int rc)
{
	if (is_full(db, rc))
		return ERR_CODE_STORE_FULL;
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return ERR_CODE_EXISTS;
	default:
		break;
	}
	switch (rc & 0xff) {
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return ERR_CODE_STORE_READ_ONLY;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_CODE_STORE_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CODE_STORE_CORRUPT;
	case SQLITE_CANTOPEN:
		return ERR_CODE_STORE_OPEN;
	default:
		return ERR_CODE_STORE;
	}
}

bool engine_fail(sqlite3 *db, int rc, GError **error)
{
	enum err_code code = code_of(db, rc);
	if (code != ERR_CODE_STORE)
		return err_set(error, code, NULL);
	return err_set(error, code, "%s（%s）", err_sentence(code),
		db ? sqlite3_errmsg(db) : sqlite3_errstr(rc));
}
