#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

/* Include behind cmocka.h: items of every kind, with their bytes, as a snapshot
 * would put them into a bundle. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/bundle.h"
#include "folder.h"
#include "keys.h"

#define SAMPLE_UUID    "0b4b9c0e-8a0e-4b52-9d0a-0e3a5a6c7d01"
#define SAMPLE_PRIVATE "0b4b9c0e-8a0e-4b52-9d0a-0e3a5a6c7d02"
#define SAMPLE_VALUE   "c3VwZXIgc2VjcmV0"

/* What stands in a sample: one row an item, in order. */
struct sample {
	enum item_kind kind;
	const char *name;
	const char *bytes; /* NULL: the big table */
	enum file_type type;
};

static const struct sample samples[] = {
	{ ITEM_FILE, "file:/etc/nova", "", FILE_DIRECTORY },
	{ ITEM_FILE, "file:/etc/nova/nova.conf",
	    "[DEFAULT]\nmy_ip = 10.2.116.14\nvnc = 10.2.116.14\n",
	    FILE_REGULAR },
	{ ITEM_FILE, "file:/etc/nova/empty", "", FILE_REGULAR },
	{ ITEM_FILE, "file:/etc/nova/link.conf", "", FILE_SYMLINK },
	{ ITEM_FILE, "file:/etc/nova/\xc3\xa4\xe2\x82\xac.conf", "x\n",
	    FILE_REGULAR },
	{ ITEM_SECRET, "secret:" SAMPLE_UUID, "<secret/>\n", FILE_REGULAR },
	{ ITEM_SECRET, "secret:" SAMPLE_PRIVATE, "<secret private='yes'/>\n",
	    FILE_REGULAR },
	{ ITEM_NWFILTER, "nwfilter:no-mac-spoofing", "<filter/>\n",
	    FILE_REGULAR },
	{ ITEM_NETWORK, "network:default",
	    "<network><ip address='192.168.122.1'/></network>\n",
	    FILE_REGULAR },
	{ ITEM_POOL, "pool:a/b 100%", "<pool/>\n", FILE_REGULAR },
	{ ITEM_DOMAIN, "domain:instance-0000005f",
	    "<domain><graphics listen='10.2.116.14'/></domain>\n",
	    FILE_REGULAR },
	{ ITEM_TABLE, "table:nova.volumes",
	    "7\t10.2.116.14:3260,1 iqn.2010-10.org:volume-7 0\t\\N\n",
	    FILE_REGULAR },
	{ ITEM_TABLE, "table:nova.none", "", FILE_REGULAR },
	{ ITEM_TABLE, "table:nova.big", NULL, FILE_REGULAR },
	{ ITEM_ACCOUNT, "account:nova@10.2.116.14",
	    "nova\taccount\tnova\t10.2.116.14\n"
	    "nova\tschema\tnova\tSELECT,INSERT\n",
	    FILE_REGULAR },
	{ ITEM_ACCOUNT, "account:@10.2.116.0/255.255.255.0", "", FILE_REGULAR },
};
#define SAMPLES (sizeof(samples) / sizeof(samples[0]))

/* Rows of the big table: more than waits in memory. */
#define SAMPLE_ROWS 60000

static inline size_t
sample_row(char *to, size_t size, unsigned int i)
{

	return (size_t)snprintf(to, size, "%u\t%08x\t10.9.%u.%u\n", i,
	    i * 2654435761u, (i >> 8) & 255, i & 255);
}

static inline void
sample_table(struct item *item)
{
	struct item_table *t = item->table;
	size_t i;

	assert_int_equal(manifest_set(&t->role, "nova"), 0);
	assert_int_equal(manifest_set(&t->schema, "nova"), 0);
	assert_int_equal(
	    manifest_set(&t->table, strchr(item->name, '.') + 1), 0);
	assert_non_null(t->columns = calloc(4, sizeof(*t->columns)));
	t->ncolumns = 4;
	for (i = 0; i < 4; i++) {
		assert_int_equal(manifest_set(&t->columns[i].name,
				     i == 0   ? "id"
				     : i == 1 ? "provider_location"
				     : i == 2 ? "deleted_at"
					      : "computed"),
		    0);
		assert_int_equal(manifest_set(&t->columns[i].type,
				     i == 0 ? "int(11)" : "varchar(255)"),
		    0);
	}
	t->columns[0].key = 1;
	assert_int_equal(manifest_set(&t->columns[1].charset, "utf8"), 0);
	t->columns[1].nullable = t->columns[2].nullable = 1;
	t->columns[3].generated = 1;
	t->rows = strcmp(t->table, "big") == 0    ? SAMPLE_ROWS
		  : strcmp(t->table, "none") == 0 ? 0
						  : 1;
}

static inline void
sample_file(struct item *item, const struct sample *s)
{
	struct item_file *f = item->file;

	f->type = s->type;
	f->mode = s->type == FILE_REGULAR   ? 0640
		  : s->type == FILE_SYMLINK ? 0777
					    : 02750;
	f->uid = 107;
	f->gid = 3000000;
	f->mtime = 1329912000;
	f->format = s->type == FILE_REGULAR ? PLACE_INI : PLACE_OPAQUE;
	assert_int_equal(manifest_set(&f->user, "nova"), 0);
	if (s->type == FILE_SYMLINK)
		assert_int_equal(
		    manifest_set(&f->target, "../nova/nova.conf"), 0);
	if (strcmp(s->name, "file:/etc/nova/nova.conf") != 0)
		return;
	assert_int_equal(manifest_set(&f->group, "nova"), 0);
	assert_int_equal(manifest_set(&f->set, "nova"), 0);
	assert_non_null(f->xattrs = calloc(2, sizeof(*f->xattrs)));
	f->nxattrs = 2;
	assert_int_equal(manifest_set(&f->xattrs[0].name, "user.empty"), 0);
	assert_non_null(f->xattrs[0].value = calloc(1, 1));
	assert_int_equal(manifest_set(&f->xattrs[1].name, "user.note"), 0);
	assert_non_null(f->xattrs[1].value = malloc(5));
	memcpy(f->xattrs[1].value, "a\0\n=\xff", 5);
	f->xattrs[1].len = 5;
}

static inline void
sample_account(struct item *item)
{
	const char *name = strchr(item->name, ':') + 1;
	struct item_account *a = item->account;

	assert_non_null(a->user = strndup(name, strcspn(name, "@")));
	assert_int_equal(manifest_set(&a->host, strchr(name, '@') + 1), 0);
	assert_int_equal(item_account_role(a, "nova"), 0);
	assert_int_equal(item_account_role(a, "cinder"), 0);
	assert_int_equal(item_account_role(a, "nova"), 0);
}

static inline struct item *
sample_item(const struct sample *s)
{
	struct item *item = item_new(s->kind);

	assert_non_null(item);
	assert_int_equal(manifest_set(&item->name, s->name), 0);
	if (s->kind == ITEM_FILE) {
		sample_file(item, s);
	} else if (s->kind == ITEM_TABLE) {
		sample_table(item);
	} else if (s->kind == ITEM_ACCOUNT) {
		sample_account(item);
	} else {
		item->virt->persistent = 1;
		item->virt->active = s->kind == ITEM_DOMAIN;
		item->virt->is_private =
		    strcmp(s->name, "secret:" SAMPLE_PRIVATE) == 0;
		assert_int_equal(
		    manifest_set(&item->virt->uuid,
			s->kind == ITEM_SECRET ? strchr(s->name, ':') + 1
					       : SAMPLE_UUID),
		    0);
	}
	return item;
}

static inline void
sample_put(struct bundle_new *n, const struct sample *s)
{
	struct item *item = sample_item(s);
	char row[64];
	unsigned int i;
	size_t len;

	if (s->bytes == NULL) {
		assert_int_equal(bundle_begin(n, item), 0);
		for (i = 0; i < SAMPLE_ROWS; i++) {
			len = sample_row(row, sizeof(row), i);
			assert_int_equal(bundle_write(n, row, len), 0);
		}
		assert_int_equal(bundle_end(n, item), 0);
	} else if (strcmp(s->name, "secret:" SAMPLE_UUID) == 0) {
		assert_int_equal(
		    bundle_put_secret(n, item, s->bytes, strlen(s->bytes),
			SAMPLE_VALUE, strlen(SAMPLE_VALUE)),
		    0);
	} else {
		assert_int_equal(
		    bundle_put(n, item, s->bytes, strlen(s->bytes)), 0);
	}
}

/* What a snapshot says of the node. */
static inline void
sample_node(struct manifest *m)
{
	char nova[] = "nova", server[] = "tcp:10.2.116.14:3306",
	     version[] = "5.5.5-10.11", source[] = "file:/etc/nova/nova.conf";
	const struct captured_database d = { nova, nova, server, version,
		source };
	struct address a;

	assert_int_equal(manifest_set(&m->host, "compute1"), 0);
	assert_int_equal(manifest_set(&m->instances_path, "/var/lib/nova"), 0);
	assert_int_equal(manifest_set(&m->libvirt_uri, "qemu:///system"), 0);
	assert_int_equal(manifest_set(&m->hypervisor_name, "node1.example"), 0);
	assert_int_equal(address_parse("10.2.116.14", &a), 0);
	assert_int_equal(manifest_add_own(m, &a, 24, "interface eth0"), 0);
	assert_int_equal(address_parse("2001:db8::1", &a), 0);
	assert_int_equal(manifest_add_own(m, &a, -1, "nova.conf my_ip"), 0);
	assert_int_equal(manifest_add_database(m, &d), 0);
}

/* A bundle to come, signed by KEY.key; encrypted to the certificates, unless
 * that is NULL. */
static inline struct bundle_new *
sample_begin(const char *file, const char *key, const char *const *to)
{
	struct bundle_new *n;

	assert_int_equal(bundle_create(file, key, 0, &n), OUTCOME_DONE);
	if (to != NULL)
		assert_int_equal(bundle_encrypt(n, to), 0);
	sample_node(bundle_new_manifest(n));
	return n;
}

/* A whole one; ${big} counts the big table in. */
static inline void
sample_sealed(const char *file, const char *key, int big, const char *const *to)
{
	struct bundle_new *n = sample_begin(file, key, to);
	char *signer;
	size_t i;
	int saved;

	saved = hush();
	assert_int_equal(manifest_warn(bundle_new_manifest(n),
			     "domain:instance-0000005f", "torn\n%s", "\xff"),
	    0);
	unhush(saved);
	for (i = 0; i < SAMPLES; i++)
		if (big || samples[i].bytes != NULL)
			sample_put(n, &samples[i]);
	assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
	free(signer);
}

static inline void
sample_bundle(const char *file, const char *key, int big)
{

	sample_sealed(file, key, big, NULL);
}

/* The bytes of the current item are those of the big table. */
static inline void
sample_table_comes(struct bundle_part *p)
{
	static char got[SAMPLE_ROWS * 40];
	size_t have = 0, at = 0, len;
	unsigned int i;
	char row[64];
	ssize_t n;

	while ((n = bundle_part_read(p, got + have, 7777)) > 0)
		have += (size_t)n;
	assert_int_equal(n, 0);
	for (i = 0; i < SAMPLE_ROWS; i++) {
		len = sample_row(row, sizeof(row), i);
		assert_memory_equal(got + at, row, len);
		at += len;
	}
	assert_int_equal(at, have);
}

/* Those of a part are what was put in, from the sample ${i} on: the sample
 * behind the last. */
static inline size_t
sample_part_comes(struct bundle_part *p, size_t i)
{
	struct buf b = BUF_EMPTY;
	const struct item *item;
	char one;
	int rc;

	for (; (rc = bundle_part_next(p, &item)) == 1; i++) {
		assert_string_equal(item->name, samples[i].name);
		if (samples[i].bytes == NULL) {
			sample_table_comes(p);
			continue;
		}
		buf_clear(&b);
		assert_int_equal(bundle_part_load(p, &b), 0);
		assert_int_equal(b.len, strlen(samples[i].bytes));
		assert_string_equal(b.data, samples[i].bytes);
		/* Nothing is left; and asking again is no error. */
		assert_int_equal(bundle_part_read(p, &one, 1), 0);
	}
	assert_int_equal(rc, 0);
	assert_null(item);
	assert_int_equal(bundle_part_next(p, &item), 0);
	buf_free(&b);
	return i;
}

/* Everything that was put in comes out, in order, and nothing else. */
static inline void
sample_comes(struct bundle *b)
{
	struct bundle_part *p;
	size_t i = 0;
	int part;

	assert_int_equal(bundle_manifest(b)->nitems, SAMPLES);
	for (part = 0; part < ITEM_PARTS; part++) {
		assert_int_equal(bundle_part_open(b, (enum item_part)part, &p),
		    OUTCOME_DONE);
		i = sample_part_comes(p, i);
		bundle_part_close(p);
	}
	assert_int_equal(i, SAMPLES);
	assert_int_equal(bundle_outcome(b), OUTCOME_DONE);
	assert_int_equal(bundle_check(b), OUTCOME_DONE);
}

/* Group setup: a folder, and in it the key k. */
static inline int
sample_setup(void **state)
{

	return folder_setup(state) == -1 ? -1 : keys_make("k");
}

#endif
