#ifndef RESTORE_NEXT_INNER_H
#define RESTORE_NEXT_INNER_H

#include "restore/next/next_steps.h"

/**
 * The rooms of next_steps, each of which adds the steps of one subject.
 */
struct next {
	struct restore *r;
	struct next_steps *out;
	char **changed; /* names of the files that are changed */
	size_t nchanged;
	int old; /* a site before nova's ini files: the commands of its time */
};

/* Add a step; ${command} may be NULL, and is taken over, NULL or not.  0 or -1
 * said. */
int next_add(struct next *n, const char *text, char *command,
    const char *why) MUST_CHECK;

/* 1 when a file is changed whose name fits one of the globs, which are
 * separated by spaces. */
int next_changed(const struct next *n, const char *globs);

/* 1 when something is there below the root. */
int next_there(const struct next *n, const char *path);

/* 1 when the configuration names a database of that role. */
int next_role(const struct next *n, const char *role);

/* Append the restore that this one was, to be typed again; and a word of it. */
int next_again(const struct next *n, struct buf *out) MUST_CHECK;
int next_quote(const char *word, struct buf *out) MUST_CHECK;

int next_services(struct next *n) MUST_CHECK;
/* "systemctl restart A B": NULL when no such service is here; -1 said. */
int next_unit_command(
    const struct next *n, const char *units, char **command) MUST_CHECK;

int next_memcached(struct next *n) MUST_CHECK;
int next_certificates(struct next *n) MUST_CHECK;
int next_iscsi(struct next *n) MUST_CHECK;
int next_secrets(struct next *n) MUST_CHECK;
int next_cells(struct next *n) MUST_CHECK;
int next_instances(struct next *n) MUST_CHECK;
int next_held(struct next *n) MUST_CHECK;

#endif
