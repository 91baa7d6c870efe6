#include "restore/files/files.h"

#include <string.h>

#include "archive/node/fileset.h"
#include "restore/files/files_hold.h"
#include "restore/preflight/finding.h"

int
files_behind(const struct item *item)
{

	return item->file->set != NULL &&
	       strcmp(item->file->set, FILESET_SNAPSHOTS) == 0;
}

const char *
files_path(const char *item)
{

	return item + strlen("file:");
}

static int
released(void *cookie, const char *label)
{
	const struct held_cookie *held = cookie;

	return restore_also(held->r, held->item, label);
}

void
files_options(struct held_cookie *held, int count, struct rewrite_options *opt)
{
	const struct fileset_hold *hold = files_hold(held->r, held->item);

	memset(opt, 0, sizeof(*opt));
	opt->map = held->r->map;
	if (hold != NULL)
		opt->hold_all = hold->why;
	else
		opt->released = released;
	opt->cookie = held;
	opt->count = count;
	opt->role = PLACE_PLAIN;
	if (strcmp(held->item, "file:/etc/hostname") == 0)
		opt->hosts = CATALOG_HOSTS;
}

int
files_map(struct restore *r, const char *item, enum place_format format,
    const char *bytes, size_t len, struct buf *out, rewrite_fn *fn,
    void *cookie)
{
	struct held_cookie held = { r, ITEM_FILE, item, item };
	struct rewrite_options opt;
	int fits;

	files_options(&held, 0, &opt);
	if ((fits = place_fits(format, bytes, len)) == -1)
		return -1;
	if (!fits)
		format = PLACE_TEXT;
	return rewrite(&opt, format, bytes, len, out, fn, cookie);
}

int
files_finding(struct restore *r, const struct item *item, const char *name,
    const char *what, const char *text)
{

	return finding_add(r, ITEM_FILE, item->name, NULL, name,
	    "%s%s (--not '%s' leaves it out)", what, text, item->name);
}

/* The same name, or the same number where one has none. */
static int
same_name(const char *a, uint32_t an, const char *b, uint32_t bn)
{

	return a != NULL && b != NULL ? strcmp(a, b) == 0 : an == bn;
}

/* Its mode is then part of its access list, and goes with that. */
static int
has_list(const struct item_file *f)
{
	size_t i;

	for (i = 0; i < f->nxattrs; i++)
		if (strcmp(f->xattrs[i].name, "system.posix_acl_access") == 0)
			return 1;
	return 0;
}

uint32_t
files_mode(const struct item_file *captured, const struct item_file *here)
{

	if (has_list(here) ||
	    !same_name(captured->user, captured->uid, here->user, here->uid) ||
	    !same_name(captured->group, captured->gid, here->group, here->gid))
		return here->mode;
	return here->mode & ~(077u & ~captured->mode);
}
