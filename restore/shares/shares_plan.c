#include <string.h>

#include "restore/files/plan_names.h"
#include "restore/plan/there.h"
#include "restore/preflight/finding.h"
#include "restore/shares/shares.h"

/* A folder that a share is mounted on: before and after. */
struct mount {
	struct restore *r;
	struct buf old, new, item;
	const char *of; /* what its rule is derived from */
};

/* A finding of the old folder: 0, or -1 said. */
static int
tell(struct mount *m, const char *name, const char *what)
{

	return finding_add(m->r, ITEM_FILE, m->item.data, NULL, name,
	    "%s %s (%s): its share's folder is %s from now on (--not '%s' "
	    "leaves it)",
	    m->old.data, what, m->of, m->new.data, m->item.data);
}

/* How many names are in it: 0, 1 for any, -1 said. */
static int
is_used(struct mount *m)
{
	char **names;
	size_t n;
	int rc;

	if ((rc = root_list(m->r->root, m->old.data, &names, &n)) != 1)
		return rc;
	rc = n > 0;
	root_names_free(names, n);
	return rc;
}

static int
plan_folder(struct mount *m, const struct root_file *f)
{
	struct root_file new;
	int rc;

	if ((rc = is_used(m)) != 0)
		return rc < 0 ? -1
			      : tell(m, "folder-used",
				    "is no mount and holds something: look "
				    "what it is, and move it away");
	if ((rc = there(m->r)->stat(m->r, m->new.data, &new)) == 1) {
		/* nova has made it already; the other one is empty. */
		root_file_free(&new);
		return 0;
	}
	return rc < 0 ? -1
		      : plan_rename_add(m->r, m->item.data, m->old.data,
			    m->old.data, m->new.data, f);
}

/* One rule below one folder. */
static int
plan_mount(struct mount *m, const char *base, const char *old, const char *new)
{
	struct root_file f;
	int rc;

	buf_clear(&m->old);
	buf_clear(&m->new);
	buf_clear(&m->item);
	if (buf_addf(&m->old, "%s/%s", base, old) ||
	    buf_addf(&m->new, "%s/%s", base, new) ||
	    buf_addf(&m->item, "file:%s", m->old.data))
		return -1;
	if (!restore_wants(m->r, m->item.data))
		return 0;
	if (root_is_mount(m->r->root, m->old.data))
		return tell(m, "mounted",
		    "is mounted: unmount it, with nova and cinder stopped");
	if ((rc = there(m->r)->stat(m->r, m->old.data, &f)) != 1)
		return rc;
	if (!f.is_other && f.meta.type == FILE_DIRECTORY)
		rc = plan_folder(m, &f);
	else
		rc = 0;
	root_file_free(&f);
	return rc;
}

/* A rule's text is OLD = NEW. */
static int
plan_rule(struct mount *m, size_t rule)
{
	const struct site *site = m->r->site;
	const char *text = addrmap_rule_text(m->r->map, rule), *new;
	struct buf old = BUF_EMPTY;
	size_t i;
	int rc = 0;

	if ((new = strstr(text, " = ")) == NULL)
		return 0;
	if (buf_add(&old, text, (size_t)(new - text)))
		return -1;
	m->of = addrmap_rule_where(m->r->map, rule);
	for (i = 0; rc == 0 && i < site->nmounts; i++)
		rc = plan_mount(m, site->mounts[i], old.data, new + 3);
	buf_free(&old);
	return rc;
}

int
shares_plan(struct restore *r)
{
	struct mount m = { .r = r };
	size_t i;
	int rc = 0;

	/* What is mounted is no part of a description. */
	for (i = 0; rc == 0 && r->against == NULL && i < addrmap_rules(r->map);
	     i++)
		if (addrmap_rule_derived(r->map, i))
			rc = plan_rule(&m, i);
	buf_free(&m.old);
	buf_free(&m.new);
	buf_free(&m.item);
	return rc;
}
