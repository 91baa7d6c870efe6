/* The words of NOVARK_FAULT. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/fault/fault_inner.h"

const char *const fault_kinds[] = {
	[FAULT_WRITE] = "write",
	[FAULT_SYNC] = "sync",
	[FAULT_NAME] = "name",
	[FAULT_META] = "meta",
	[FAULT_MAKE] = "make",
	[FAULT_LOCK] = "lock",
	[FAULT_VIRT] = "virt",
	[FAULT_SQL] = "sql",
	[FAULT_COMMIT] = "commit",
	[FAULT_OPEN] = "open",
	[FAULT_READ] = "read",
	[FAULT_STAT] = "stat",
	[FAULT_CLOSE] = "close",
	[FAULT_STREAM] = "stream",
	[FAULT_VIRTLOOK] = "virtlook",
	[FAULT_SQLLOOK] = "sqllook",
	[FAULT_ALLOC] = "alloc",
};
#define KINDS (sizeof(fault_kinds) / sizeof(fault_kinds[0]))

/* Which calls may fail so at all, by their manual pages. */
static const struct {
	const char *name;
	int number;
	unsigned kinds;
} errors[] = {
	{ "EIO", EIO, FILES },
	{ "ENOSPC", ENOSPC,
	    BIT(FAULT_WRITE) | BIT(FAULT_SYNC) | BIT(FAULT_NAME) |
		BIT(FAULT_META) | BIT(FAULT_MAKE) | BIT(FAULT_STREAM) },
	{ "EDQUOT", EDQUOT,
	    BIT(FAULT_WRITE) | BIT(FAULT_SYNC) | BIT(FAULT_NAME) |
		BIT(FAULT_META) | BIT(FAULT_MAKE) | BIT(FAULT_STREAM) },
	{ "EINTR", EINTR,
	    BIT(FAULT_WRITE) | BIT(FAULT_READ) | BIT(FAULT_LOCK) },
	{ "EMFILE", EMFILE, BIT(FAULT_MAKE) | BIT(FAULT_OPEN) },
	{ "EACCES", EACCES,
	    BIT(FAULT_NAME) | BIT(FAULT_MAKE) | BIT(FAULT_OPEN) |
		BIT(FAULT_STAT) },
	{ "EPERM", EPERM, BIT(FAULT_META) | BIT(FAULT_NAME) },
	{ "ENOMEM", ENOMEM, BIT(FAULT_ALLOC) },
};
#define ERRORS (sizeof(errors) / sizeof(errors[0]))

static const char *const whats[] = { "count", "kill", "fail", "short", "lose",
	"late", "hook" };
static const char *const hows[] = { "once", "on", "every" };

void
fault_bad(const char *word)
{

	fprintf(stderr, "fault: not understood: %s\n", word);
	_exit(99);
}

/* The place in a list of names, or the end of the program. */
static int
lookup(const char *const *names, size_t n, const char *value)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(names[i], value) == 0)
			return (int)i;
	fault_bad(value);
	return 0;
}

static unsigned
parse_kinds(char *value)
{
	unsigned bits = 0;
	char *word, *save = NULL;

	for (word = strtok_r(value, "+", &save); word != NULL;
	     word = strtok_r(NULL, "+", &save)) {
		if (strcmp(word, "change") == 0)
			bits |= CHANGE;
		else if (strcmp(word, "look") == 0)
			bits |= LOOK;
		else
			bits |= BIT(lookup(fault_kinds, KINDS, word));
	}
	return bits;
}

static void
parse_errno(const char *value)
{
	size_t i;

	for (i = 0; i < ERRORS; i++) {
		if (strcmp(errors[i].name, value) != 0)
			continue;
		f.error = errors[i].number;
		f.may = errors[i].kinds;
		return;
	}
	f.number = (unsigned)strtoul(value, NULL, 10);
	f.may = REMOTE;
	if (f.number == 0)
		fault_bad(value);
}

void
fault_word(char *word)
{
	char *value = strchr(word, '=');

	if (value == NULL)
		fault_bad(word);
	*value++ = '\0';
	if (strcmp(word, "do") == 0)
		f.what = (enum what)lookup(whats, 7, value);
	else if (strcmp(word, "how") == 0)
		f.how = (enum how)lookup(hows, 3, value);
	else if (strcmp(word, "at") == 0)
		f.at = strtoull(value, NULL, 10);
	else if (strcmp(word, "kinds") == 0)
		f.kinds = parse_kinds(value);
	else if (strcmp(word, "errno") == 0)
		parse_errno(value);
	else if (strcmp(word, "libs") == 0)
		snprintf(f.libs, sizeof(f.libs), "%s", value);
	else if (strcmp(word, "hook") == 0)
		snprintf(f.hook, sizeof(f.hook), "%s", value);
	else if (strcmp(word, "report") == 0)
		snprintf(f.report, sizeof(f.report), "%s", value);
	else if (strcmp(word, "trace") == 0)
		f.trace = fault_create(value);
	else if (strcmp(word, "notmpfile") == 0)
		f.no_tmpfile = 1;
	else
		fault_bad(word);
}
