#include <string.h>

#include "restore/facts/chain.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/paths_inner.h"

/* What is only counted, and told once behind all. */
struct sum {
	const struct path_want *first;
	size_t n;
};

struct telling {
	struct paths *p;
	struct restore *r;
	struct facts *f;
	struct chain *chain;
	struct sum logins, shares, unseen;
};

static void
count(struct sum *s, const struct path_want *w)
{

	if (s->n++ == 0)
		s->first = w;
}

/* " (N more need it)", or nothing. */
static const char *
others(
    const struct telling *t, const struct path_want *w, char *text, size_t size)
{
	size_t n =
	    tally_count(t->p->wanted, w->row->needs, w->path, strlen(w->path));

	text[0] = '\0';
	if (n > 1)
		(void)snprintf(text, size, " (%zu more need it)", n - 1);
	return text;
}

/* Is it one of the files, or the folder of one, that this restore makes? */
static int
is_restored(const struct restore *r, const struct path_want *w)
{
	const struct manifest *m = r->manifest;
	size_t i, len = strlen(w->path);
	const char *path;

	for (i = 0; !r->opt->no_files && i < m->nitems; i++) {
		if (m->items[i]->kind != ITEM_FILE)
			continue;
		path = m->items[i]->name + strlen("file:");
		if (strncmp(path, w->path, len) == 0 &&
		    (path[len] == '\0' || path[len] == '/') &&
		    restore_wants(r, m->items[i]->name))
			return 1;
	}
	return 0;
}

/* A device that is there only while its volume is attached: nova logs in to the
 * target, or the fabric, when it attaches, so nothing can be said now. */
static int
is_attached(const char *path)
{
	static const char by_path[] = "/dev/disk/by-path/";

	return strncmp(path, by_path, strlen(by_path)) == 0 &&
	       (strstr(path, "-iscsi-") != NULL ||
		   strstr(path, "-fc-") != NULL);
}

/* The same of a file on a share: BASE/HASH/FILE. */
static int
is_on_share(const struct site *site, const char *path)
{
	const char *hash;
	size_t i, len;

	for (i = 0; site != NULL && i < site->nmounts; i++) {
		len = strlen(site->mounts[i]);
		if (strncmp(path, site->mounts[i], len) != 0 ||
		    path[len] != '/')
			continue;
		hash = path + len + 1;
		len = strspn(hash, "0123456789abcdef");
		if (hash[len] == '/' &&
		    (len == 32 || (len > 8 && len <= 20 &&
				      strspn(hash, "0123456789") == len)))
			return 1;
	}
	return 0;
}

static int
absent(struct telling *t, const struct path_want *w)
{
	char more[64];

	if (is_on_share(t->r->site, w->path)) {
		count(&t->shares, w);
		return 0;
	}
	if (is_attached(w->path)) {
		count(&t->logins, w);
		return 0;
	}
	if (is_restored(t->r, w))
		return 0;
	(void)others(t, w, more, sizeof(more));
	if (w->optional)
		return plan_say(t->r->plan, PLAN_NOTE, PLAN_HOST, w->item,
		    w->place, "optional-disk",
		    "%s %s is not here%s; it starts without it", w->row->what,
		    w->path, more);
	return finding_add(t->r, ITEM_DOMAIN, w->item, w->place,
	    w->row->finding, "%s %s is not here%s: %s", w->row->what, w->path,
	    more, w->row->needs == PATH_PARENT ? "make it" : "bring it there");
}

static int
present(
    struct telling *t, const struct path_want *w, const struct fact_file *file)
{
	int image = file->type == FACT_REGULAR || file->type == FACT_BLOCK;

	if (w->row->needs == PATH_PARENT && file->type != FACT_FOLDER)
		return finding_add(t->r, ITEM_DOMAIN, w->item, w->place,
		    w->row->finding, "%s %s is no folder", w->row->what,
		    w->path);
	if (w->row->needs == PATH_DISK && !image)
		return finding_add(t->r, ITEM_DOMAIN, w->item, w->place,
		    w->row->finding, "%s %s is neither file nor block device",
		    w->row->what, w->path);
	if (w->row->needs == PATH_DISK && w->format != NULL)
		return chain_follow(
		    t->chain, w->item, w->place, file, w->format);
	return 0;
}

static int
tell(struct telling *t, const struct path_want *w)
{
	struct fact_file file;
	int rc = 0;

	if (facts_file(t->f, w->path, &file))
		return -1;
	if (file.type == FACT_ABSENT)
		rc = absent(t, w);
	else if (file.type == FACT_UNKNOWN)
		count(&t->unseen, w);
	else
		rc = present(t, w, &file);
	facts_file_free(&file);
	return rc;
}

/* What was counted. */
static int
tell_sums(const struct telling *t)
{
	const struct path_want *w;

	if ((w = t->logins.first) != NULL &&
	    plan_say(t->r->plan, PLAN_NOTE, PLAN_HOST, w->item, w->place,
		"attached-later",
		"%s is made when nova attaches the volume (it logs in to the "
		"target then): not looked at, as %zu of such devices in all",
		w->path, t->logins.n))
		return -1;
	if ((w = t->shares.first) != NULL &&
	    plan_say(t->r->plan, PLAN_NOTE, PLAN_HOST, w->item, w->place,
		"mounted-later",
		"%s is there when nova mounts its share: not looked at, as %zu "
		"of such files in all",
		w->path, t->shares.n))
		return -1;
	if ((w = t->unseen.first) != NULL &&
	    plan_say(t->r->plan, PLAN_NOTE, PLAN_HOST, w->item, w->place,
		"unseen-file",
		"whether %s is there cannot be told here, as of %zu files in "
		"all",
		w->path, t->unseen.n))
		return -1;
	return 0;
}

int
paths_tell(struct paths *p, struct restore *r, struct facts *f, struct allow *a)
{
	struct telling t = { .p = p, .r = r, .f = f };
	size_t i;
	int rc = 0;

	if ((t.chain = chain_new(r, f, a)) == NULL)
		return -1;
	for (i = 0; rc == 0 && i < p->n; i++)
		rc = tell(&t, &p->w[i]);
	if (rc == 0)
		rc = tell_sums(&t);
	chain_free(t.chain);
	return rc;
}
