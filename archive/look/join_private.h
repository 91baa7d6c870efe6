#ifndef ARCHIVE_JOIN_PRIVATE_H
#define ARCHIVE_JOIN_PRIVATE_H

#include "archive/buf.h"
#include "archive/look/join.h"
#include "archive/look/pile.h"

/* Inside the join rooms only. */

struct join_file {
	char *name, *created, *host;
};

/* What is said of one thing at one place, or found out of it: a record of a
 * pile.  Of each kind its texts, any of which may be NULL. */
enum join_what {
	/* Said. */
	JOIN_SAYS_ROW,        /* of an instance: host, state */
	JOIN_SAYS_ELSEWHERE,  /* a bundle of other hosts of one: its host */
	JOIN_SAYS_DOMAIN,     /* a definition: item, uuid */
	JOIN_SAYS_VOLUME,     /* its row */
	JOIN_SAYS_ATTACHMENT, /* the row that attaches it: its name */
	/* An instance on its way to be matched: uuid, state. */
	JOIN_SAYS_INSTANCE,
	/* Found: uuid, state and host of an instance; item and uuid of a
	 * definition; id of a volume; name and volume of an attachment. */
	JOIN_SAYS_FOUND
};
#define JOIN_TEXTS 3

struct join_slip {
	enum join_what what;
	enum join_kind kind; /* that was found */
	uint64_t number;     /* of an instance; a definition's place */
	size_t file;         /* that it is known from */
	/* Of an instance. */
	int row;   /* a bundle has its row */
	int live;  /* and that is no history */
	int wants; /* its host has a definition of it */
	int defined;
	/* Of a volume. */
	int in_use;
	const char *text[JOIN_TEXTS];
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
	struct join_set hosts, texts;
	int has_instances, has_volumes; /* tables were there */
	size_t most;                    /* a row that is held; 0: any */
	/* Slips by the id of what they are about; then, of what is found, in
	 * the order in which it is told. */
	struct pile *seen, *found;
	size_t room; /* of the first; the others have a quarter */
	struct buf key, body;
	size_t ninstances, ndomains, nvolumes, nloose;
};

/* The one of that name, made when it is not there; NULL said. */
struct join_host *join_host(struct join *j, const char *name) MUST_CHECK;

/* Lay down a slip under the ${len} bytes of ${key}: 0, -1 said. */
int join_put(struct join *j, struct pile *p, const struct buf *key,
    const struct join_slip *s) MUST_CHECK;

/* The slip of a record, which has its texts. */
void join_get(const struct pile_record *r, struct join_slip *s);

/* Say something of an instance (a definition that has no uuid: of none) or a
 * volume: 0, -1 said. */
int
join_say(struct join *j, const char *id, const struct join_slip *s) MUST_CHECK;

/* Number, big end first, and a text with its NUL, behind a key. */
int join_key_number(struct buf *key, uint64_t number) MUST_CHECK;
int join_key_text(struct buf *key, const char *text) MUST_CHECK;

/* The number in a name that is made like nova's: 1, or 0. */
int join_novas(const char *item, uint64_t *number);

/* A copy of a text (NULL of NULL) that lives as long as the join: 0, -1 said.
 */
int join_text(struct join *j, const char *text, const char **to) MUST_CHECK;

/* All, by their names, malloced; NULL said. */
void **join_list(const struct join_set *set) MUST_CHECK;

/* Is what file ${file} says newer than what ${known} says? */
int join_newer(const struct join *j, size_t file, size_t known);

/* The rows of the last file: DONE, FAILED, REFUSED. */
enum outcome join_rows(struct join *j, struct bundle *b) MUST_CHECK;

/* Once behind the last file: which definitions are of which instances, and all
 * that is missing, into ${j}->found.  0, -1 said. */
int join_match(struct join *j) MUST_CHECK;

#endif
