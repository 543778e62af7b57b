/*
 * g_autoptr(thing) for a struct thing without a typedef. GLib's own macro wants a type name of one
 * word, and a typedef of that name would be shadowed by every variable called like its struct.
 */
#ifndef BASE_AUTOPTR_H
#define BASE_AUTOPTR_H

#include <glib.h>

/* Makes g_autoptr(name) call free_function on a struct name * that is not NULL. */
#define AUTOPTR(name, free_function)                                                               \
	typedef struct name *_GLIB_AUTOPTR_TYPENAME(name);                                         \
	static G_GNUC_UNUSED inline void _GLIB_AUTOPTR_FUNC_NAME(name)(struct name * *held)        \
	{                                                                                          \
		if (*held != NULL)                                                                 \
			free_function(*held);                                                      \
	}

#endif
