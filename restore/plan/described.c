#include "restore/plan/described.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "archive/bundle/digest.h"
#include "archive/manifest/table_facts.h"
#include "archive/warn.h"
#include "restore/definitions/definition.h"
#include "restore/files/files.h"
#include "restore/plan/there.h"

static const struct manifest *
manifest_of(const struct restore *r)
{

	return bundle_manifest(r->against);
}

/* Copy what the manifest says of a file: 0, or -1 said. */
static int
copy_meta(const struct item_file *from, struct item_file *to)
{

	*to = *from;
	to->user = to->group = to->target = to->set = NULL;
	to->xattrs = NULL;
	to->nxattrs = 0;
	if (manifest_set(&to->user, from->user) ||
	    manifest_set(&to->group, from->group) ||
	    manifest_set(&to->target, from->target))
		return -1;
	return 0;
}

/* 1, 0 when it is not there, -1 said. */
static int
find_file(struct restore *r, const char *path, const struct item **item)
{
	struct buf name = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&name, "file:%s", path) == 0) {
		*item = manifest_find(manifest_of(r), name.data);
		rc = *item != NULL;
	}
	buf_free(&name);
	return rc;
}

/* Xattrs are compared on the night. */
static int
described_stat(struct restore *r, const char *path, struct root_file *f)
{
	const struct item *item;
	int rc;

	memset(f, 0, sizeof(*f));
	if ((rc = find_file(r, path, &item)) != 1)
		return rc;
	f->size = item->size;
	rc = copy_meta(item->file, &f->meta) ? -1 : 1;
	if (rc == -1)
		root_file_free(f);
	return rc;
}

static int
is_digest(const char *sha256, const struct buf *bytes)
{
	char hex[65];

	if (digest_bytes(bytes->len > 0 ? bytes->data : "", bytes->len, hex))
		return -1;
	return strcmp(hex, sha256) == 0;
}

/* Only what we know already can be recognised by its digest. */
static int
described_read(struct restore *r, const struct item *item, const char *path,
    const struct buf *captured, struct buf *out)
{
	struct buf wanted = BUF_EMPTY;
	const struct buf *is = captured;
	const struct item *there;
	int rc;

	if ((rc = find_file(r, path, &there)) != 1)
		return rc;
	if ((rc = is_digest(there->sha256, captured)) == 0) {
		is = &wanted;
		rc = -1;
		if (files_map(r, item->name, item->file->format,
			captured->len > 0 ? captured->data : "", captured->len,
			&wanted, NULL, NULL) == 0)
			rc = is_digest(there->sha256, &wanted);
	}
	if (rc == 1)
		rc =
		    buf_add(out, is->len > 0 ? is->data : "", is->len) ? -1 : 1;
	else if (rc == 0)
		rc = THERE_OTHER;
	buf_wipe(&wanted);
	return rc;
}

/* Rights are looked at on the night. */
static int
described_may_write(struct restore *r, const char *path,
    const struct item_file *meta, const char **why)
{

	(void)r;
	(void)path;
	(void)meta;
	(void)why;
	return 1;
}

static int
described_supports(struct restore *r, enum item_kind kind)
{
	const json_t *kinds =
	    json_object_get(manifest_of(r)->description, "libvirt");
	size_t i;

	for (i = 0; i < json_array_size(kinds); i++)
		if (strcmp(json_string_value(json_array_get(kinds, i)),
			item_kind_name(kind)) == 0)
			return 1;
	return 0;
}

/* The current item of the part, as libvirt would give it. */
static int
fill_object(
    struct bundle_part *part, const struct item *item, struct virt_object *o)
{
	struct buf xml = BUF_EMPTY;

	o->kind = item->kind;
	o->persistent = item->virt->persistent;
	o->autostart = item->virt->autostart;
	o->active = item->virt->active;
	o->is_private = item->virt->is_private;
	if (bundle_part_load(part, &xml) ||
	    manifest_set(&o->name, definition_name(item->name)) ||
	    manifest_set(
		&o->uuid, item->virt->uuid == NULL ? "" : item->virt->uuid) ||
	    (o->xml = buf_steal(&xml)) == NULL) {
		buf_free(&xml);
		return -1;
	}
	return 0;
}

static int
give_object(struct bundle_part *part, const struct item *item, there_give *give,
    void *cookie)
{
	struct virt_object o = { .kind = item->kind };
	int rc;

	if ((rc = fill_object(part, item, &o)) == 0)
		rc = give(cookie, &o);
	virt_object_clear(&o);
	return rc;
}

static int
described_list(
    struct restore *r, enum item_kind kind, there_give *give, void *cookie)
{
	const struct item *item;
	struct bundle_part *part;
	int rc = 0, more = 0;

	if (bundle_part_open(r->against, PART_LIBVIRT, &part) != OUTCOME_DONE)
		return -1;
	while (rc == 0 && (more = bundle_part_next(part, &item)) == 1)
		if (item->kind == kind)
			rc = give_object(part, item, give, cookie);
	bundle_part_close(part);
	return more == -1 ? -1 : rc;
}

static int
copy_columns(const struct item_table *from, struct item_table *to)
{
	size_t i;

	to->columns = calloc(from->ncolumns + 1, sizeof(*to->columns));
	if (to->columns == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < from->ncolumns; i++) {
		to->ncolumns++;
		to->columns[i] = from->columns[i];
		to->columns[i].name = to->columns[i].type =
		    to->columns[i].charset = NULL;
		if (manifest_set(&to->columns[i].name, from->columns[i].name) ||
		    manifest_set(&to->columns[i].type, from->columns[i].type) ||
		    manifest_set(
			&to->columns[i].charset, from->columns[i].charset))
			return -1;
	}
	return 0;
}

static int
described_table(struct restore *r, const struct db_server *server,
    const char *schema, const char *table, struct item *item)
{
	struct item_table *to = item->table;
	struct buf name = BUF_EMPTY;
	const struct item *from;
	int rc = -1;

	(void)server;
	if (buf_addf(&name, "table:%s.%s", schema, table))
		goto done;
	rc = 0;
	if ((from = manifest_find(manifest_of(r), name.data)) == NULL)
		goto done;
	to->rows = from->table->rows;
	rc = -1;
	if (manifest_set(&item->name, name.data) == 0 &&
	    manifest_set(&to->schema, schema) == 0 &&
	    manifest_set(&to->table, table) == 0 &&
	    copy_columns(from->table, to) == 0 &&
	    table_facts_copy(from->table->facts, &to->facts) == 0)
		rc = 1;
done:
	buf_free(&name);
	return rc;
}

const struct there there_described = {
	described_stat,
	described_read,
	described_may_write,
	described_supports,
	described_list,
	described_table,
};
