#ifndef ARCHIVE_JOIN_PRIVATE_H
#define ARCHIVE_JOIN_PRIVATE_H

#include "archive/look/join.h"

/* Inside the join rooms only. */

struct join_file {
	char *name, *created, *host;
};

struct join_instance {
	char *uuid;       /* first: the set compares it; in the same block */
	const char *host; /* or NULL; join_text has it, and the next one */
	const char *state;
	uint64_t id;
	size_t file; /* that it is known from */
	int row;     /* a bundle has its row */
	int live;    /* and that is no history */
	int wants;   /* its host has a definition of it */
	int defined;
};

struct join_domain {
	char *item, *uuid; /* uuid may be NULL */
	size_t file;
	int known;
};

struct join_volume {
	char *id;
	/* A row that attaches it: what it is called in front of its number, or
	 * all of it; NULL: there is none. */
	const char *attachment;
	uint64_t number;
	int numbered;
	int row, in_use;
};

struct join_host {
	char *name;
	int compute;   /* instances may be there */
	char *service; /* what else runs there, or NULL */
	size_t bundles;
};

/* A text that many share. */
struct join_text {
	char *text;
};

/* All of one kind, by their names, which are their first members. */
struct join_set {
	void **slots;     /* ${room} of them, a power of two; NULL: free */
	uint32_t *hashes; /* of what is in them */
	size_t n, room;
};

struct join {
	struct join_file *files;
	size_t nfiles;
	struct join_domain *domains;
	size_t ndomains;
	struct join_set instances, volumes, hosts, texts;
	int has_instances, has_volumes; /* tables were there */
	size_t most;                    /* a row that is held; 0: any */
};

/* The one of that name, made when it is not there; NULL said. */
struct join_instance *
join_instance(struct join *j, const char *uuid) MUST_CHECK;
struct join_volume *join_volume(struct join *j, const char *id) MUST_CHECK;
struct join_host *join_host(struct join *j, const char *name) MUST_CHECK;

/* A copy of a text (NULL of NULL) that lives as long as the join: 0, -1 said.
 */
int join_text(struct join *j, const char *text, const char **to) MUST_CHECK;

/* The one of that name, or NULL. */
void *join_find(const struct join_set *set, const char *name);

/* All, as ${by} sorts pointers to them (NULL: by their names), malloced; NULL
 * said. */
void **join_list(const struct join_set *set,
    int (*by)(const void *a, const void *b)) MUST_CHECK;

/* Is what file ${file} says newer than what ${known} says? */
int join_newer(const struct join *j, size_t file, size_t known);

/* The rows of the last file: DONE, FAILED, REFUSED. */
enum outcome join_rows(struct join *j, struct bundle *b) MUST_CHECK;

/* Which definitions are of which instances. */
int join_match(struct join *j) MUST_CHECK;

#endif
