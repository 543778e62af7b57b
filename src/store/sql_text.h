/* A piece of SQL as scripts/embed-sql.sh embeds it: the name of its file, and its text. */
#ifndef STORE_SQL_TEXT_H
#define STORE_SQL_TEXT_H

struct sql_text {
	const char *name;
	const char *sql;
};

#endif
