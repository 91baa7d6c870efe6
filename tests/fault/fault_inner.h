#ifndef TESTS_FAULT_FAULT_INNER_H
#define TESTS_FAULT_FAULT_INNER_H

#include <sys/types.h>

#include <limits.h>
#include <stdint.h>

#include "tests/fault/fault.h"

/* What fault.c and fault_words.c share. */
#define BIT(k) (1u << (k))
#define CHANGE (BIT(FAULT_COMMIT + 1) - 1)
#define LOOK   (BIT(FAULT_SQLLOOK + 1) - 1 - CHANGE)
#define FILES                                                                  \
	(BIT(FAULT_WRITE) | BIT(FAULT_SYNC) | BIT(FAULT_NAME) |                \
	    BIT(FAULT_META) | BIT(FAULT_MAKE) | BIT(FAULT_LOCK) |              \
	    BIT(FAULT_OPEN) | BIT(FAULT_READ) | BIT(FAULT_STAT) |              \
	    BIT(FAULT_CLOSE) | BIT(FAULT_STREAM))
#define REMOTE                                                                 \
	(BIT(FAULT_SQL) | BIT(FAULT_COMMIT) | BIT(FAULT_SQLLOOK) |             \
	    BIT(FAULT_VIRT) | BIT(FAULT_VIRTLOOK))

enum what { COUNT, KILL, FAIL, SHORT, LOSE, LATE, HOOK };
enum how { ONCE, ON, EVERY };

#define MAX_FD    1024
#define MAX_RANGE 16
struct fault {
	int active;
	pid_t pid;
	enum what what;
	enum how how;
	unsigned kinds, may;
	int error;
	unsigned number; /* a database's error */
	uint64_t at, points, fired;
	char report[PATH_MAX], hook[PATH_MAX], libs[128], first[PATH_MAX + 64];
	int trace, no_tmpfile;
	int mysql, virt; /* connections open */
	struct {
		uintptr_t from, to, base;
		int library;
	} ranges[MAX_RANGE];
	size_t nranges;
	unsigned char open[MAX_FD];
	struct {
		char file[PATH_MAX];
		uint64_t durable;
	} journals[4];
	size_t njournals;
};
extern struct fault f;

extern const char *const fault_kinds[];

/* Take in one word of NOVARK_FAULT. */
void fault_word(char *word);

/* Not understood: the end of the program. */
void fault_bad(const char *word);

/* A file of our own, made anew: a descriptor, or -1. */
int fault_create(const char *file);

#endif
