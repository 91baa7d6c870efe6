#include <stdio.h>
#include <string.h>

#include "archive/look/compare.h"
#include "archive/warn.h"

/* Two items, and who is told. */
struct pair {
	const struct item *a, *b;
	compare_fn *fn;
	void *cookie;
};

static int
tell(const struct pair *p, const char *what, const char *before,
    const char *after)
{
	struct compare_event e = { COMPARE_ABOUT, p->a, p->b, p->a->name, what,
		before, after, 0, 0, NULL, 0, NULL, NULL };

	e.before_len = strlen(before);
	e.after_len = strlen(after);
	return p->fn(p->cookie, &e);
}

static int
about_text(const struct pair *p, const char *what, const char *before,
    const char *after)
{

	if (before == NULL)
		before = "-";
	if (after == NULL)
		after = "-";
	return strcmp(before, after) == 0 ? 0 : tell(p, what, before, after);
}

static int
about_flag(const struct pair *p, const char *what, int before, int after)
{

	if ((before != 0) == (after != 0))
		return 0;
	return tell(p, what, before ? "yes" : "no", after ? "yes" : "no");
}

static int
about_owner(
    const struct pair *p, const struct item_file *a, const struct item_file *b)
{
	char before[160], after[160];

	snprintf(before, sizeof(before), "%s (%u):%s (%u)",
	    a->user ? a->user : "-", a->uid, a->group ? a->group : "-", a->gid);
	snprintf(after, sizeof(after), "%s (%u):%s (%u)",
	    b->user ? b->user : "-", b->uid, b->group ? b->group : "-", b->gid);
	return about_text(p, "owner", before, after);
}

static int
same_xattrs(const struct item_file *a, const struct item_file *b)
{
	size_t i;

	if (a->nxattrs != b->nxattrs)
		return 0;
	for (i = 0; i < a->nxattrs; i++) {
		if (strcmp(a->xattrs[i].name, b->xattrs[i].name) != 0 ||
		    a->xattrs[i].len != b->xattrs[i].len ||
		    (a->xattrs[i].len > 0 &&
			memcmp(a->xattrs[i].value, b->xattrs[i].value,
			    a->xattrs[i].len) != 0))
			return 0;
	}
	return 1;
}

static int
about_file(const struct pair *p)
{
	static const char *const types[] = { "file", "folder", "symlink" };
	const struct item_file *a = p->a->file, *b = p->b->file;
	char before[16], after[16];

	snprintf(before, sizeof(before), "%04o", a->mode & 07777u);
	snprintf(after, sizeof(after), "%04o", b->mode & 07777u);
	if (about_text(p, "type", types[a->type], types[b->type]) ||
	    about_text(p, "mode", before, after) || about_owner(p, a, b) ||
	    about_text(p, "target", a->target, b->target))
		return -1;
	if (!same_xattrs(a, b))
		return tell(p, "extended attributes", "as they were", "others");
	return 0;
}

static int
about_virt(const struct pair *p)
{
	const struct item_virt *a = p->a->virt, *b = p->b->virt;

	if (about_text(p, "uuid", a->uuid, b->uuid) ||
	    about_flag(p, "persistent", a->persistent, b->persistent) ||
	    about_flag(p, "autostart", a->autostart, b->autostart) ||
	    about_flag(p, "running", a->active, b->active) ||
	    about_text(p, "recovered from", a->source, b->source) ||
	    about_flag(p, "value captured", a->has_value, b->has_value))
		return -1;
	if (a->has_value && b->has_value &&
	    strcmp(a->value_sha256, b->value_sha256) != 0)
		return tell(p, "value", "***", "*** (another)");
	return 0;
}

/* What it may do stands in its bytes. */
static int
about_account(const struct pair *p)
{
	const struct item_account *a = p->a->account, *b = p->b->account;
	size_t i;

	for (i = 0; i < a->nroles && i < b->nroles; i++)
		if (strcmp(a->roles[i], b->roles[i]) != 0)
			return about_text(
			    p, "database", a->roles[i], b->roles[i]);
	if (a->nroles == b->nroles)
		return 0;
	return about_text(p, "database", i < a->nroles ? a->roles[i] : NULL,
	    i < b->nroles ? b->roles[i] : NULL);
}

int
compare_about(const struct item *first, const struct item *second,
    compare_fn *fn, void *cookie)
{
	const struct pair p = { first, second, fn, cookie };

	if (first->file != NULL && second->file != NULL)
		return about_file(&p);
	if (first->virt != NULL && second->virt != NULL)
		return about_virt(&p);
	if (first->account != NULL && second->account != NULL)
		return about_account(&p);
	return 0;
}
