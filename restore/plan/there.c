#include "restore/plan/there.h"

#include "archive/database/db_facts.h"

const struct there *
there(const struct restore *r)
{

	return r->against != NULL ? &there_described : &there_here;
}

int
there_has(const struct restore *r, enum item_part part)
{

	if (part == PART_FILES)
		return !r->opt->no_files;
	if (part == PART_DATABASE)
		return r->db != NULL;
	return r->virt != NULL || r->against_virt;
}

static int
here_stat(struct restore *r, const char *path, struct root_file *f)
{

	return root_stat(r->root, path, f);
}

static int
here_read(struct restore *r, const struct item *item, const char *path,
    const struct buf *captured, struct buf *out)
{

	(void)item;
	(void)captured;
	return root_read_nofollow(r->root, path, out);
}

static int
here_may_write(struct restore *r, const char *path,
    const struct item_file *meta, const char **why)
{

	return root_may_write(r->root, path, meta, why);
}

static int
here_supports(struct restore *r, enum item_kind kind)
{

	return virt_supports(r->virt, kind);
}

static int
here_list(
    struct restore *r, enum item_kind kind, there_give *give, void *cookie)
{
	struct virt_listing *l;
	struct virt_object *o;
	int rc = 0, more = 0;

	if ((l = virt_listing_open(r->virt, kind, NULL, NULL)) == NULL)
		return -1;
	while (rc == 0 && (more = virt_listing_next(l, &o)) == 1)
		if (o->xml != NULL)
			rc = give(cookie, o);
	virt_listing_close(l);
	return more == -1 ? -1 : rc;
}

static int
here_table(struct restore *r, const struct db_server *server,
    const char *schema, const char *table, struct item *item)
{
	int rc;

	(void)r;
	if ((rc = db_table(server->db, schema, table, item)) != 1)
		return rc;
	return db_table_facts(server->db, schema, table, &item->table->facts)
		   ? -1
		   : 1;
}

const struct there there_here = {
	here_stat,
	here_read,
	here_may_write,
	here_supports,
	here_list,
	here_table,
};
