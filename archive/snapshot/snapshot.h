#ifndef ARCHIVE_SNAPSHOT_H
#define ARCHIVE_SNAPSHOT_H

#include "archive/bundle/bundle.h"
#include "archive/database/db.h"
#include "archive/libvirt/virt.h"
#include "archive/node/root.h"
#include "archive/node/site.h"

/**
 * snapshot: host state into a bundle.  snapshot_take opens everything first
 * (libvirt, databases, configuration), so that what is missing stops it before
 * the long work; then reads files, libvirt and databases, and commits.
 */
struct closure;
struct json_t;
struct snapshot;

struct snapshot_options {
	const char *output, *key; /* required */
	int stream; /* if not 0: write it there, and ${output} is its name */
	const char *root;          /* NULL: / */
	const char *connect;       /* NULL: from nova.conf */
	const char *defaults_file; /* NULL: none */
	/* Globs on item names, ended by NULL; NULL: all are in, none is out. */
	const char *const *only, *const *except;
	/* Addresses of the node besides those it tells, ended by NULL; or NULL.
	 */
	const char *const *addresses;
	/* Rows of these compute hosts only (archive/belong), ended by NULL; or
	 * NULL: all rows. */
	const char *const *hosts;
	/* Certificates to encrypt to, ended by NULL; or NULL: it is not. */
	const char *const *encrypt_to;
	int force, no_files, no_libvirt, no_database, no_sweep;
	/* Not NULL: a description of this host instead of a snapshot: what is
	 * here, without contents, values and rows.  Gives what else is to be
	 * said of it: a new JSON object, or NULL said. */
	struct json_t *(*describe)(struct snapshot *s);
	/* Called with each item, or what else is at work, and how many files or
	 * rows there were so far (0: it has none); NULL: nobody looks. */
	void (*tick)(void *cookie, uint64_t done, const char *what);
	void *cookie;
};

struct snapshot_result {
	char *id, *signer;
	uint64_t items[ITEM_KINDS];
	uint64_t rows;
	uint64_t size; /* of the bundle */
	size_t nwarnings;
};

enum outcome snapshot_take(const struct snapshot_options *opt,
    struct snapshot_result *result) MUST_CHECK;
void snapshot_result_free(struct snapshot_result *result);

/* What the three parts share. */
struct snapshot {
	const struct snapshot_options *opt;
	struct root *root;
	struct site *site;
	struct virt *virt; /* NULL: --no-libvirt */
	struct db_set *db; /* NULL: --no-database */
	struct bundle_new *bundle;
	struct named_certificates *named; /* while files are read; or NULL */
	struct closure *closure; /* of --host, while rows are read; or NULL */
	uint64_t files, rows;    /* that were read so far */
	uint64_t streamed;       /* bytes that went out */
};

/* 1 when --only and --not let an item of this name in. */
int snapshot_wants(const struct snapshot *s, const char *name);

/* 1 when --not names it. */
int snapshot_leaves_out(const struct snapshot *s, const char *name);

/* 0 when --only lets in no name that begins with ${prefix} ("file:"). */
int snapshot_may_want(const struct snapshot *s, const char *prefix);

/* 1 when what is outside the catalogue is searched, too: not with --no-sweep,
 * not for a description, and not when no own address is known. */
int snapshot_sweeps(const struct snapshot *s);

/* Tell who looks what is at work now: an item's name, "libvirt", "signing"; and
 * how many there were of it, 0: it is not counted. */
void snapshot_tick(const struct snapshot *s, uint64_t done, const char *what);

/* Each captures its part: 0, or -1 said. */
int snapshot_files(struct snapshot *s) MUST_CHECK;
int snapshot_virt(struct snapshot *s) MUST_CHECK;
int snapshot_db(struct snapshot *s) MUST_CHECK;
/* Who may log in to the servers from an address or a name, in front of the
 * rows: 0, or -1 said. */
int snapshot_accounts(struct snapshot *s) MUST_CHECK;
/* The node's own addresses (interfaces, my_ip, --address) into the manifest:
 * first, for a sweep looks for them. */
int snapshot_own(struct snapshot *s) MUST_CHECK;

#endif
