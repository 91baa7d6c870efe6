#ifndef TESTS_WRONG_MADE_H
#define TESTS_WRONG_MADE_H

#include "bytes.h"

/**
 * made: what a recipe asks for, before any of it is bytes of a bundle.
 */

/* A change: a verb and its words, in the order of the recipe. */
struct edit {
	char *verb;
	struct bytes a, b, c;
	struct edit *next;
};

void edit_add(struct edit **list, const char *verb, const struct bytes *a,
    const struct bytes *b, const struct bytes *c);
/* The last one of that verb (and first word, where ${a} is not NULL). */
const struct edit *
edit_find(const struct edit *list, const char *verb, const char *a);
void edit_free(struct edit *list);

enum part { FILES, LIBVIRT, DATABASE };
#define PARTS 3

/* An item of the manifest with its entry in a tar; or, where ${kind} is NULL,
 * an entry that no manifest lists. */
struct thing {
	const char *kind; /* "file", "domain", ... */
	enum part part;
	const char *type; /* of a file: "regular", "folder", "symlink" */
	struct bytes name, data, target, value;
	struct bytes role, columns; /* of a table */
	int has_value;
	unsigned long long zeros; /* so many zero bytes behind ${data} */
	unsigned long count;      /* so many like it, %d being the number */
	unsigned int mode;
	long long uid, gid, mtime;
	struct bytes user, group, format;
	struct edit *xattrs; /* "xattr" NAME BYTES */
	struct edit *json;   /* "json" FROM TO */
	struct edit *tar;    /* a field and its value */
	struct thing *next;
};

struct made {
	struct thing *things, *last;
	struct edit *manifest; /* "swap" FROM TO */
	struct edit *sums;
	struct edit *parts; /* "window", ... PART VALUE */
	struct edit *outer; /* "order", ... MEMBER VALUE */
	struct edit *sign;
};

/* Read a recipe, or die. */
void made_read(const char *file, struct made *m);
void made_free(struct made *m);

/* The entry's path that follows from kind and name, appended. */
void
thing_path(const struct thing *t, const struct bytes *name, struct bytes *out);

/* The whole MANIFEST.json, appended. */
void manifest_write(const struct made *m, struct bytes *out);

/* SHA-256 of ${data} and so many zero bytes behind it, in hex. */
void
digest_hex(const struct bytes *data, unsigned long long zeros, char hex[65]);

/* The bytes of a part as they stand in the bundle, appended. */
void part_write(const struct made *m, enum part part, struct bytes *out);

/* The whole bundle, signed with the key of that file. */
void outer_write(const struct made *m, const char *key, struct bytes *out);

extern const char *const part_names[PARTS];

#endif
