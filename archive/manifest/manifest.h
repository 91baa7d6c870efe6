#ifndef ARCHIVE_MANIFEST_H
#define ARCHIVE_MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "archive/address/address.h"
#include "archive/address/kind.h"
#include "archive/address/place.h"
#include "archive/buf.h"

/**
 * manifest: what a bundle says of itself; the document is in FORMAT.md.
 * While a snapshot runs it is built with the _add functions; one that was
 * parsed is only read.  All strings are NUL-terminated UTF-8 and owned by the
 * manifest; optional ones are NULL when absent.
 */
enum item_kind {
	ITEM_FILE,
	ITEM_SECRET,
	ITEM_NWFILTER,
	ITEM_NETWORK,
	ITEM_POOL,
	ITEM_DOMAIN,
	ITEM_TABLE,
	ITEM_ACCOUNT
};
#define ITEM_KINDS 8

enum item_part { PART_FILES, PART_LIBVIRT, PART_DATABASE };
#define ITEM_PARTS 3

enum file_type { FILE_REGULAR, FILE_DIRECTORY, FILE_SYMLINK };

struct json_t;
struct table_facts;

struct file_xattr {
	char *name;
	char *value;
	size_t len;
};

struct item_file {
	enum file_type type;
	uint32_t mode; /* permission bits, 07777 */
	uint32_t uid, gid;
	char *user, *group;        /* names at the source, or NULL */
	int64_t mtime;             /* seconds */
	uint32_t mtime_nsec;       /* on disk only: no bundle has it */
	char *target;              /* of a symlink */
	struct file_xattr *xattrs; /* by name */
	size_t nxattrs;
	enum place_format format; /* how its places are found */
	int fits;  /* place_fits is known to say 1; no part of the manifest */
	char *set; /* row of the file set it came from */
};

struct item_virt {
	char *uuid;
	int persistent, autostart, active;
	char *source; /* domain captured from this libvirt.xml (libvirt had
		       * lost it), else NULL: from libvirt */
	char *file;   /* item name of the domain's libvirt.xml, or NULL */
	/* A secret's value: its own member "secrets/UUID.base64", as libvirt
	 * stores it.  Absent (has_value 0) when private or never set. */
	int has_value, is_private;
	uint64_t value_size;
	char value_sha256[65];
};

struct item_column {
	char *name;
	char *type;    /* COLUMN_TYPE as the server says: varchar(255) */
	char *charset; /* CHARACTER_SET_NAME, or NULL: not a text column */
	int nullable;
	int generated; /* computed by the server: not in the .txt */
	int on_update; /* here only: the server sets it when the row changes */
	int key;       /* 1.. = position in the primary key (where there is
			* none, in a unique one without NULL), 0 = not in it */
};

struct item_table {
	char *role; /* nova, nova_api, cinder, keystone, glance, neutron ... */
	char *schema, *table;
	uint64_t rows;
	uint64_t history; /* of these, those that are history (catalog.h) */
	int outside;      /* not in the catalogue: only the rows that the sweep
			   * found an address in */
	struct item_column *columns; /* in ordinal order, generated ones too */
	size_t ncolumns;
	int no_primary; /* on a server only: the key is a unique one */
	struct table_facts *facts; /* of a destination, else NULL */
};

/* An account of a database server that is bound to an address or a name.  Its
 * bytes tell what it may do, for people; no password, no hash. */
struct item_account {
	char *user;   /* "": everybody */
	char *host;   /* 10.2.116.14, 10.2.116.%, 10.2.116.0/255.255.255.0 */
	char **roles; /* of the databases on the servers that have it */
	size_t nroles;
};

struct item {
	char *name; /* "file:/etc/nova/nova.conf" */
	enum item_kind kind;
	char *path;      /* member name inside its part, no leading slash */
	uint64_t size;   /* bytes of that member; 0 for folders and links */
	char sha256[65]; /* lower-case hex of those bytes */
	struct item_file *file;       /* ITEM_FILE */
	struct item_virt *virt;       /* ITEM_SECRET ... ITEM_DOMAIN */
	struct item_table *table;     /* ITEM_TABLE */
	struct item_account *account; /* ITEM_ACCOUNT */
	int block; /* all that it points to lies in the same block */
};

/* An address of the captured node itself. */
struct own_address {
	struct address addr;
	int prefix;  /* of the interface, or -1 */
	char *where; /* "interface eth0", "nova.conf my_ip" */
};

/* A database that the configuration names, or nova's cell_mappings. */
struct captured_database {
	char *role, *schema;
	char *server;  /* "tcp:10.2.116.14:3306" or "unix:/run/..."; no user */
	char *version; /* as the server says */
	char *source;  /* "file:/etc/nova/nova.conf [database] connection", or
			* "row:nova_api.cell_mappings:2 database_connection" */
};

struct manifest_warning {
	char *item; /* or NULL: of the whole */
	char *text;
};

/* One line of the address index: how often an address stands in an item. */
struct address_count {
	struct address addr;
	size_t item; /* index into items */
	uint64_t count;
};

/* What the sweep of a snapshot looked at (all columns of text, the text files
 * below etc and the instances), for addresses of the node and --address. */
struct manifest_sweep {
	int done; /* 0: --no-sweep; then all else is 0, too */
	uint64_t tables, columns, files;  /* looked at, outside the catalogue */
	uint64_t found_rows, found_files; /* captured as outside */
};

/* A live instance of a host whose rows are not in the bundle. */
struct elsewhere_instance {
	char *uuid;
	uint64_t id; /* of its row */
};

/* A compute host that --host left out: what another bundle has to have. */
struct elsewhere_host {
	char *host;
	struct elsewhere_instance *instances;
	size_t ninstances;
};

/* How many places of a kind (kind.h) there are. */
struct kind_places {
	enum kind_group group;
	char *name;
	uint64_t places;
};

/* A TLS certificate that names own addresses: no map changes it. */
struct certificate {
	char *file;      /* path on the node */
	char *subject;   /* "CN = ctl.example" */
	char *not_after; /* 2027-11-22T10:00:00Z */
	char *named_by;  /* "file:/etc/nova/nova.conf [DEFAULT] cert", or NULL:
			  * it stands in a file of the file set */
	struct address *addresses; /* the own ones that it names */
	size_t naddresses;
};

struct manifest {
	char *id;      /* 32 hex digits, random */
	char *created; /* 2026-11-22T16:15:47Z */
	char *host;    /* nova's host name of the node */
	char *novark;  /* version that wrote it */
	char *instances_path, *libvirt_uri;
	char *hypervisor_name; /* the host's name, as libvirt gives it: nova's
				  hypervisor_hostname; or NULL */
	char *hypervisor; /* libvirt's and the hypervisor's versions, as text */
	/* Of a destination: a JSON object, FORMAT.md section 4.  Then only the
	 * libvirt part carries bytes.  NULL: an ordinary bundle. */
	struct json_t *description;
	/* --host: rows of these compute hosts only; none: all. */
	char **hosts;
	size_t nhosts;
	struct elsewhere_host *elsewhere;
	size_t nelsewhere;
	struct manifest_sweep sweep;
	/* By group: every kind that was looked for, found (places) or not. */
	struct kind_places *kinds;
	size_t nkinds;
	struct certificate *certificates;
	size_t ncertificates;
	struct item **items;
	size_t nitems;
	struct own_address *own;
	size_t nown;
	struct captured_database *databases;
	size_t ndatabases;
	struct manifest_warning *warnings;
	size_t nwarnings;
	struct address_count *index; /* by item, then by address */
	size_t nindex;
	struct manifest_private *private;
};

/* An empty manifest, or NULL. */
struct manifest *manifest_new(void) MUST_CHECK;

/* Free it and all that hangs on it.  NULL is fine. */
void manifest_free(struct manifest *m);

/* A zeroed item with its kind's own part allocated; NULL when memory ends. */
struct item *item_new(enum item_kind kind) MUST_CHECK;
void item_free(struct item *item);

/* Copy a string into ${*to} (freed first; NULL is copied as NULL): 0 or -1. */
int manifest_set(char **to, const char *value) MUST_CHECK;

/**
 * manifest_add(m, item):
 * Hand ${item} over to ${m}.  Return 0; or -1 (said by warn) when an item of
 * that name is there already or memory ends: then ${item} is still the
 * caller's.
 */
int manifest_add(struct manifest *m, struct item *item) MUST_CHECK;

int manifest_add_own(struct manifest *m, const struct address *a, int prefix,
    const char *where) MUST_CHECK;
int manifest_add_database(struct manifest *m,
    const struct captured_database *d) MUST_CHECK; /* copies */
int manifest_add_host(struct manifest *m, const char *name) MUST_CHECK;
/* A host that is left out, and an instance of the host that was added last. */
int manifest_add_elsewhere(struct manifest *m, const char *host) MUST_CHECK;
int manifest_add_elsewhere_instance(
    struct manifest *m, const char *uuid, uint64_t id) MUST_CHECK;
/* Keep a warning and say it (warn_info).  ${item} may be NULL. */
int manifest_warn(struct manifest *m, const char *item, const char *fmt, ...)
    __attribute__((format(printf, 3, 4))) MUST_CHECK;

/**
 * manifest_count(m, format, bytes, len):
 * Count every address in the places of ${bytes} for the item that is added
 * next.  May be called many times for one item (a table: once per value).
 * Comments count too; bytes that are not of ${format} are counted as text.
 */
int manifest_count(struct manifest *m, enum place_format format,
    const char *bytes, size_t len) MUST_CHECK;

/* The same for the bytes of an item, whose kinds of place (kind.h) are counted,
 * too: comments are of none. */
int manifest_count_item(struct manifest *m, const struct item *item,
    enum place_format format, const char *bytes, size_t len) MUST_CHECK;

/* ${n} places more of a kind; KIND_NONE is none. */
int manifest_count_kind(struct manifest *m, size_t kind, uint64_t n) MUST_CHECK;

/* All is counted: keep the kinds of these groups, bits 1 << KIND_OPTION and so
 * on, that were looked at. */
int manifest_settle_kinds(struct manifest *m, unsigned int groups) MUST_CHECK;

int manifest_add_certificate(
    struct manifest *m, const struct certificate *c) MUST_CHECK; /* copies */

/* 1 when the bytes of a part's items are in the bundle: a description lists
 * files and tables only. */
int manifest_carries(const struct manifest *m, enum item_part part);

/* May the item come next, or would no reader take so many (limits.h)?  For
 * whoever makes a bundle: room is kept for what the manifest says beside them.
 */
int manifest_has_room(const struct manifest *m, const struct item *item);
/* Say so, and what could be left out. */
void manifest_room_say(const struct manifest *m, const struct item *item);

/* The item of that name, or NULL. */
const struct item *manifest_find(const struct manifest *m, const char *name);

/**
 * manifest_twin(m, item, twin):
 * ${*twin} is an item of ${m} that is not ${item}, but has its name in other
 * bytes: of a file, the same characters; of all else, also what differs in case
 * or form alone.  NULL: there is none.  0, or -1 said.
 */
int manifest_twin(const struct manifest *m, const struct item *item,
    const struct item **twin) MUST_CHECK;

/* Say that ${item} has a twin: ${what} (what it is in) in front, ${hint} (or
 * "") behind; their bytes are told apart. */
void manifest_twin_say(const char *what, const struct item *item,
    const struct item *twin, const char *hint);

/**
 * item_member(item):
 * The malloced path of an item inside its part, which follows from its name:
 * "etc/nova/nova.conf", "domains/NAME.xml", "SCHEMA/TABLE.txt".  In names of
 * libvirt objects, tables and accounts, a byte that cannot stand there is
 * written %XX.
 * NULL when memory ends.
 */
char *item_member(const struct item *item) MUST_CHECK;

/* How addresses are found in the bytes of an item; a table's, as a whole, are
 * text. */
enum place_format item_format(const struct item *item);

/* Add the role of a database to an account that has it not: 0 or -1. */
int item_account_role(struct item_account *a, const char *role) MUST_CHECK;

/**
 * item_check(item):
 * NULL when ${item} is one that a bundle may hold: name, kind and path agree,
 * strings are UTF-8 without control bytes, numbers within limits.h; else which
 * rule it breaks (static).  Reader and writer both ask.  Untrusted input: yes.
 */
const char *item_check(const struct item *item) MUST_CHECK;

enum item_part item_part(enum item_kind kind);
const char *item_kind_name(enum item_kind kind); /* "file", "domain", ... */
int item_kind_parse(const char *name);           /* -1: no such kind */
const char *item_type_name(enum file_type type); /* "regular", ... */
int item_type_parse(const char *name);           /* -1: no such type */
const char *item_part_name(enum item_part part); /* "files", "libvirt", ... */

/**
 * manifest_print(m, out):
 * Append the JSON document.  The same manifest gives the same bytes.
 */
int manifest_print(const struct manifest *m, struct buf *out) MUST_CHECK;

/**
 * manifest_parse(what, bytes, len):
 * Read a document; ${what} names it in messages.  Strict: unknown or missing
 * keys, wrong types, an item that item_check refuses, duplicates, counts beyond
 * limits.h are refused (said by warn, with the item's name and the rule).  NULL
 * then.  Memory: little more than the manifest itself, one entry is parsed at a
 * time.  Untrusted input: yes.
 */
struct manifest *
manifest_parse(const char *what, const char *bytes, size_t len) MUST_CHECK;

#endif
