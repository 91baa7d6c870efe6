#ifndef TESTS_MADE_H
#define TESTS_MADE_H

/* Include behind folder.h: bundles made for a test, in the working directory.
 */

#include "archive/bundle/bundle.h"
#include "archive/manifest/manifest_private.h"
#include "keys.h"

/* The key that signs all of them: made.key, made.pub. */
static inline void
made_key(void)
{

	if (access("made.key", F_OK) != 0)
		assert_int_equal(keys_make("made"), 0);
}

static inline struct bundle_new *
made_start(const char *file)
{
	struct bundle_new *n = NULL;
	struct manifest *m;

	made_key();
	assert_int_equal(bundle_create(file, "made.key", 1, &n), OUTCOME_DONE);
	m = bundle_new_manifest(n);
	assert_int_equal(manifest_set(&m->host, "node1"), 0);
	assert_int_equal(
	    manifest_set(&m->instances_path, "/var/lib/nova/instances"), 0);
	return n;
}

static inline struct item *
made_item(enum item_kind kind, const char *name)
{
	struct item *item;

	assert_non_null(item = item_new(kind));
	assert_int_equal(manifest_set(&item->name, name), 0);
	if (kind != ITEM_TABLE)
		assert_non_null(item->path = item_member(item));
	return item;
}

static inline void
made_put(struct bundle_new *n, struct item *item, const char *bytes)
{

	assert_int_equal(bundle_put(n, item, bytes, strlen(bytes)), 0);
}

static inline void
made_file(struct bundle_new *n, const char *path, enum place_format format,
    uint32_t mode, const char *bytes)
{
	char name[256];
	struct item *item;

	snprintf(name, sizeof(name), "file:%s", path);
	item = made_item(ITEM_FILE, name);
	item->file->format = format;
	item->file->mode = mode;
	made_put(n, item, bytes);
}

static inline void
made_folder(struct bundle_new *n, const char *path)
{
	char name[256];
	struct item *item;

	snprintf(name, sizeof(name), "file:%s", path);
	item = made_item(ITEM_FILE, name);
	item->file->type = FILE_DIRECTORY;
	item->file->mode = 0755;
	made_put(n, item, "");
}

static inline void
made_link(struct bundle_new *n, const char *path, const char *target)
{
	char name[256];
	struct item *item;

	snprintf(name, sizeof(name), "file:%s", path);
	item = made_item(ITEM_FILE, name);
	item->file->type = FILE_SYMLINK;
	assert_int_equal(manifest_set(&item->file->target, target), 0);
	made_put(n, item, "");
}

static inline void
made_domain(struct bundle_new *n, const char *domain, int running,
    int autostart, const char *xml)
{
	char name[256];
	struct item *item;

	snprintf(name, sizeof(name), "domain:%s", domain);
	item = made_item(ITEM_DOMAIN, name);
	item->virt->persistent = 1;
	item->virt->active = running;
	item->virt->autostart = autostart;
	made_put(n, item, xml);
}

/* A secret, with a value unless that is NULL. */
static inline void
made_secret(
    struct bundle_new *n, const char *uuid, const char *xml, const char *value)
{
	char name[256];
	struct item *item;

	snprintf(name, sizeof(name), "secret:%s", uuid);
	item = made_item(ITEM_SECRET, name);
	item->virt->persistent = 1;
	assert_int_equal(manifest_set(&item->virt->uuid, uuid), 0);
	item->virt->is_private = value == NULL;
	if (value == NULL)
		made_put(n, item, xml);
	else
		assert_int_equal(bundle_put_secret(n, item, xml, strlen(xml),
				     value, strlen(value)),
		    0);
}

/* A table; columns by name, one blank between, a star behind those of the
 * key; rows as they stand in the .txt. */
static inline void
made_table(struct bundle_new *n, const char *role, const char *schema,
    const char *table, const char *columns, const char *rows)
{
	char name[256], *copy = strdup(columns), *save, *word;
	struct item *item;
	struct item_table *t;
	struct item_column *c;
	int keys = 0;

	assert_non_null(copy);
	snprintf(name, sizeof(name), "table:%s.%s", schema, table);
	item = made_item(ITEM_TABLE, name);
	t = item->table;
	assert_int_equal(manifest_set(&t->role, role), 0);
	assert_int_equal(manifest_set(&t->schema, schema), 0);
	assert_int_equal(manifest_set(&t->table, table), 0);
	assert_non_null(item->path = item_member(item));
	assert_non_null(t->columns = calloc(32, sizeof(*t->columns)));
	for (word = strtok_r(copy, " ", &save); word != NULL;
	     word = strtok_r(NULL, " ", &save)) {
		c = &t->columns[t->ncolumns++];
		if (word[strlen(word) - 1] == '*') {
			word[strlen(word) - 1] = '\0';
			c->key = ++keys;
		}
		assert_int_equal(manifest_set(&c->name, word), 0);
		assert_int_equal(manifest_set(&c->type, "varchar(255)"), 0);
		c->nullable = c->key == 0;
	}
	for (const char *s = rows; (s = strchr(s, '\n')) != NULL; s++)
		t->rows++;
	assert_int_equal(bundle_begin(n, item), 0);
	if (rows[0] != '\0')
		assert_int_equal(bundle_write(n, rows, strlen(rows)), 0);
	assert_int_equal(bundle_end(n, item), 0);
	free(copy);
}

static inline void
made_end(struct bundle_new *n)
{
	char *signer = NULL;

	assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
	free(signer);
}

static inline struct bundle *
made_open(const char *file)
{
	struct bundle *b = NULL;

	assert_int_equal(
	    bundle_open(file, &(struct bundle_keys){ .trust = "made.pub" }, &b),
	    OUTCOME_DONE);
	return b;
}

#endif
