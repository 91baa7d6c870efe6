#include "restore/preflight/needs_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/definitions/definition.h"

struct needs *
needs_new(void)
{
	struct needs *n;

	if ((n = calloc(1, sizeof(*n))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	n->wanted = tally_new();
	n->brought = tally_new();
	if (n->wanted != NULL && n->brought != NULL)
		return n;
	needs_free(n);
	return NULL;
}

static void
want_clear(struct want *w)
{

	free(w->name);
	free(w->item);
	free(w->place);
}

void
needs_free(struct needs *n)
{
	size_t i;

	if (n == NULL)
		return;
	tally_free(n->wanted);
	tally_free(n->brought);
	for (i = 0; i < n->n; i++)
		want_clear(&n->w[i]);
	free(n->w);
	for (i = 0; i < n->nnames; i++)
		free(n->names[i]);
	free(n->names);
	free(n);
}

/* A uuid is the same in any case. */
static char *
name_of(int is_uuid, const char *s)
{
	char *copy = strdup(s), *c;

	for (c = copy; is_uuid && c != NULL && *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	if (copy == NULL)
		warn_msg("out of memory");
	return copy;
}

/* 0, or -1 said. */
static int
bring(struct needs *n, size_t below, const char *name)
{
	size_t cap;
	char **more;

	if (n->nnames == n->namescap) {
		cap = n->namescap ? n->namescap * 2 : 16;
		more = reallocarray(n->names, cap, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		n->names = more;
		n->namescap = cap;
	}
	n->names[n->nnames] = name_of(below == ITEM_SECRET, name);
	if (n->names[n->nnames] == NULL)
		return -1;
	name = n->names[n->nnames++];
	return tally_add(n->brought, below, name, strlen(name)) > 0 ? 0 : -1;
}

/* 0, or -1 said. */
static int
want(struct needs *n, const struct need *need)
{
	struct buf place = BUF_EMPTY;
	struct want *more, *w;
	size_t cap;

	if (n->n == n->cap) {
		cap = n->cap ? n->cap * 2 : 16;
		more = reallocarray(n->w, cap, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		n->w = more;
		n->cap = cap;
	}
	w = &n->w[n->n];
	*w = (struct want){ need->kind, NULL, NULL, NULL };
	w->name = name_of(need->kind == NEED_SECRET, need->name);
	if (w->name == NULL)
		return -1;
	switch (tally_add(n->wanted, need->kind, w->name, strlen(w->name))) {
	case 0:
		want_clear(w);
		return -1;
	case 1:
		break;
	default: /* told with the first one */
		want_clear(w);
		return 0;
	}
	n->n++;
	if (virt_xml_place(need->node, need->attr, &place) ||
	    (w->place = buf_steal(&place)) == NULL ||
	    (w->item = strdup(n->item)) == NULL) {
		buf_free(&place);
		warn_msg("out of memory");
		return -1;
	}
	return 0;
}

/* need_fn */
static int
found(void *cookie, const struct need *need)
{
	struct needs *n = cookie;

	return need->kind == NEED_MAKES ? bring(n, NEEDS_BRIDGE, need->name)
					: want(n, need);
}

int
needs_add(
    struct needs *n, enum item_kind kind, const char *item, xmlNodePtr top)
{
	struct buf use = BUF_EMPTY;
	int rc;

	n->item = item;
	if (bring(n, kind, definition_name(item)))
		return -1;
	if (kind != ITEM_SECRET)
		return need_walk(kind, top, found, n);
	rc = definition_use(top, &use);
	if (rc == 0 && use.len > 0)
		rc = bring(n, NEEDS_USAGE, use.data);
	buf_free(&use);
	return rc;
}

int
needs_brought(const struct needs *n, size_t below, const char *name)
{

	return tally_count(n->brought, below, name, strlen(name)) > 0;
}
