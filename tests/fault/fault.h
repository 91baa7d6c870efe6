#ifndef TESTS_FAULT_FAULT_H
#define TESTS_FAULT_FAULT_H

/**
 * fault: a preloaded object that ends novark, or fails it, at its k-th call.
 *
 * Purpose: the tests that kill and fail everywhere.  Only calls made by the
 * program's own code count (by return address): what libvirt, the database's
 * client and libc do inside is theirs.
 *
 * Calling sequence: LD_PRELOAD=fault.so NOVARK_FAULT=WORDS novark ..., the
 * words separated by commas:
 *
 *   do=count|kill|fail|short|lose|late|hook
 *                   kill: SIGKILL before the call; fail: it fails with errno;
 *                   short: it takes less than it was given; lose: the
 *                   connection (database, libvirtd) is cut before the call;
 *                   late: behind it, so that the answer is lost; hook: a
 *                   program is run before it
 *   at=K            the K-th call (from 1)
 *   how=once|on|every   that one, all from there on, every second from there
 *   kinds=A+B       of these kinds (see fault.c); change: all that change
 *                   something, look: all that do not
 *   errno=NAME      EIO ...; of the database a number, such as 1213
 *   libs=A+B        in kind alloc: also calls from libraries named so
 *   hook=FILE       gets K as its argument
 *   notmpfile=1     the file system has no files without a name
 *   report=FILE     at the end, or just before the kill: "points N", "fired
 *                   N", "at KIND CALL WHERE OBJECT", for each journal "journal
 *                   FILE SIZE DURABLE", for what is left open "open WHAT"
 *   trace=FILE      a line for each call that counts: K KIND CALL WHERE OBJECT;
 *                   WHERE is for addr2line
 *
 * On exit or crash: nothing is left but report and trace.  The words are gone
 * from the environment, so that no child sees them.
 *
 * Errors: words that are not understood end the program with 99.
 */
enum fault_kind {
	/* What changes something. */
	FAULT_WRITE,
	FAULT_SYNC,
	FAULT_NAME, /* rename, link, unlink, mkdir, symlink */
	FAULT_META, /* mode, owner, attributes, times */
	FAULT_MAKE, /* open that may make a file */
	FAULT_LOCK,
	FAULT_VIRT,
	FAULT_SQL,
	FAULT_COMMIT,
	/* What does not. */
	FAULT_OPEN,
	FAULT_READ,
	FAULT_STAT,
	FAULT_CLOSE,
	FAULT_STREAM, /* FILE: only files without a name are written so */
	FAULT_VIRTLOOK,
	FAULT_SQLLOOK,
	/* Only when named. */
	FAULT_ALLOC
};

enum fault_act {
	FAULT_REAL, /* do the call */
	FAULT_FAIL, /* do not: errno is set */
	FAULT_SHORT,
	FAULT_LOSE,
	FAULT_LATE
};

/* Count a call made from ${caller} and tell what is to be done.  The object is
 * ${path}, or with NULL the descriptor's file. */
enum fault_act fault_point(enum fault_kind kind, const char *name,
    const char *path, int fd, const void *caller);

/* The number of errno=NUMBER: a database's error. */
unsigned fault_number(void);

/* Is the caller the program's own code? */
int fault_ours(const void *caller);
int fault_no_tmpfile(void);

/* What the program's own code has open. */
void fault_opened(int fd, const void *caller);
void fault_closed(int fd);
void fault_handle(const char *what, int step);

/* Bytes of the descriptor's file are durable. */
void fault_durable(int fd);

/* The next object's function of that name. */
void *fault_real(const char *name);

#define CALLER __builtin_return_address(0)
/* POSIX's way from an object's to a function's pointer. */
#define REAL(name)                                                             \
	do {                                                                   \
		if (real == NULL)                                              \
			*(void **)&real = fault_real(#name);                   \
	} while (0)

#endif
