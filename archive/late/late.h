#ifndef ARCHIVE_LATE_H
#define ARCHIVE_LATE_H

#include <stdatomic.h>
#include <string.h>

#include "archive/outcome.h"

/**
 * late: libraries that are loaded at the first call into them.
 *
 * Purpose: libvirt and the database's client bring fifty libraries along, which
 * cost every start of the program 15 ms and 15 MiB; who only looks at a bundle
 * needs none of them, and need not have them.
 *
 * The program is not linked with these libraries but with one door for each of
 * their functions that it calls, of the same name (late_virt.c, late_mysql.c):
 * callers know nothing of it.  A call without its door does not link: add a
 * line there.  Doors are no part of the library that unit tests are linked
 * with; those take the real ones.
 *
 * Where a library is not there, a door returns what its function returns when
 * it fails, and the function that tells why says what is missing.
 *
 * Packages: no tool sees in the program that it needs these.  What is to stand
 * in Depends, by soname: libvirt.so.0 (Debian: libvirt0), libmariadb.so.3
 * (libmariadb3).
 *
 * Threads: any of them may be the first.
 */
enum late { LATE_VIRT, LATE_MYSQL };

/**
 * late_find(library, name):
 * The function of that name, which is never let go; NULL (silent): late_why.
 * What was preloaded comes first, as with a library that is linked.
 */
void *late_find(enum late library, const char *name) MUST_CHECK;

/* Why this thread's last late_find gave NULL. */
const char *late_why(void);

/* Find the function once and call it; ${none}: what follows where there is
 * none.  Everything but its body. */
#define LATE_CALL(library, name, none)                                         \
	static _Atomic(void *) known;                                          \
	void *found = atomic_load_explicit(&known, memory_order_acquire);      \
	__typeof__(&name) call;                                                \
                                                                               \
	if (found == NULL) {                                                   \
		if ((found = late_find(library, #name)) == NULL)               \
			none;                                                  \
		atomic_store_explicit(&known, found, memory_order_release);    \
	}                                                                      \
	memcpy(&call, &found, sizeof(call))

/* A door: ${ret} ${name}${params}, called with ${args}; ${none} where the
 * library is not there. */
#define LATE(library, ret, name, params, args, none)                           \
	ret name params                                                        \
	{                                                                      \
		LATE_CALL(library, name, return none);                         \
		return call args;                                              \
	}

/* The same for a function that returns nothing. */
#define LATE_VOID(library, name, params, args)                                 \
	void name params                                                       \
	{                                                                      \
		LATE_CALL(library, name, return );                             \
		call args;                                                     \
	}

#endif
