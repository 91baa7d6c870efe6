#include "restore/next/next_steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/node/path.h"
#include "archive/warn.h"
#include "restore/journal/journal.h"
#include "restore/next/next_inner.h"
#include "restore/papers/paper.h"

int
next_add(struct next *n, const char *text, char *command, const char *why)
{
	struct next_steps *out = n->out;
	struct next_step *more;

	more = reallocarray(out->step, out->n + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	out->step = more;
	more += out->n;
	*more = (struct next_step){ strdup(text), command, strdup(why) };
	out->n++;
	if (more->text != NULL && more->why != NULL)
		return 0;
	warn_msg("out of memory");
	return -1;

err0:
	free(command);
	warn_msg("out of memory");
	return -1;
}

int
next_there(const struct next *n, const char *path)
{
	struct root_file f;

	if (root_stat(n->r->root, path, &f) != 1)
		return 0;
	root_file_free(&f);
	return 1;
}

int
next_role(const struct next *n, const char *role)
{
	const struct site *s = n->r->site;
	size_t i;

	for (i = 0; s != NULL && i < s->ndatabases; i++) {
		if (strcmp(s->databases[i].role, role) == 0)
			return 1;
	}
	return 0;
}

/* Does the name fit one of the globs? */
static int
fits(const char *globs, const char *name)
{
	char glob[64];
	size_t len;

	for (; *globs != '\0'; globs += len + strspn(globs + len, " ")) {
		len = strcspn(globs, " ");
		if (len >= sizeof(glob))
			continue;
		memcpy(glob, globs, len);
		glob[len] = '\0';
		if (path_glob(glob, name))
			return 1;
	}
	return 0;
}

int
next_changed(const struct next *n, const char *globs)
{
	size_t i;

	for (i = 0; i < n->nchanged; i++) {
		if (fits(globs, n->changed[i]))
			return 1;
	}
	return 0;
}

static int
add_changed(struct next *n, const char *item)
{
	char **more;

	more = reallocarray(n->changed, n->nchanged + 1, sizeof(*more));
	if (more != NULL)
		n->changed = more;
	if (more == NULL || (more[n->nchanged] = strdup(item)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	n->nchanged++;
	return 0;
}

/* The files of the bundle that hold an address which the map replaces. */
static int
mark_manifest(struct next *n)
{
	const struct manifest *m = n->r->manifest;
	const struct item *item, *last = NULL;
	struct address new;
	size_t i;

	for (i = 0; i < m->nindex; i++) {
		item = m->items[m->index[i].item];
		if (item == last || item->kind != ITEM_FILE ||
		    addrmap_address(n->r->map, &m->index[i].addr, &new, NULL) !=
			ADDRMAP_NEW)
			continue;
		last = item;
		if (add_changed(n, item->name) == -1)
			return -1;
	}
	return 0;
}

/* The files that the journal changes, or takes back. */
static int
mark_journal(struct next *n)
{
	const struct plan_record *rec;
	uint64_t nth;
	int more;

	if (journal_rewind(n->r->journal, JOURNAL_FORWARD) == -1)
		return -1;
	while ((more = journal_next(n->r->journal, &rec, &nth)) == 1) {
		if (rec->kind == ITEM_FILE && add_changed(n, rec->item) == -1)
			return -1;
	}
	return more;
}

/* The flag files of 2011 and 2012 tell the time. */
static int
find_age(struct next *n)
{
	struct buf b = BUF_EMPTY;
	int rc;

	if ((rc = root_read(n->r->root, "/etc/nova/nova.conf", &b)) == 1)
		n->old = oslo_dialect(b.data == NULL ? "" : b.data, b.len) ==
			 PLACE_FLAGS;
	buf_wipe(&b);
	return rc == -1 ? -1 : 0;
}

int
next_steps_find(struct restore *r, struct next_steps *out)
{
	struct next n = { .r = r, .out = out };
	size_t i;
	int rc = 0;

	memset(out, 0, sizeof(*out));
	/* A bundle that could not be opened again has closed all else, too. */
	if (r->root == NULL)
		return 0;
	if (r->manifest != NULL && r->map != NULL)
		rc = mark_manifest(&n);
	else if (r->journal != NULL)
		rc = mark_journal(&n);
	if (rc == 0)
		rc = find_age(&n);
	if (rc == 0)
		rc = next_services(&n);
	for (i = 0; i < n.nchanged; i++)
		free(n.changed[i]);
	free(n.changed);
	return rc;
}

void
next_steps_free(struct next_steps *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		free(s->step[i].text);
		free(s->step[i].command);
		free(s->step[i].why);
	}
	free(s->step);
	memset(s, 0, sizeof(*s));
}

json_t *
next_steps_json(const struct next_steps *s)
{
	json_t *list, *one;
	size_t i;

	if ((list = json_array()) == NULL)
		goto err0;
	for (i = 0; i < s->n; i++) {
		one = json_pack("{s:I,s:o,s:o,s:o}", "order",
		    (json_int_t)(i + 1), "text", paper_text(s->step[i].text),
		    "command", paper_text(s->step[i].command), "why",
		    paper_text(s->step[i].why));
		if (one == NULL || json_array_append_new(list, one) == -1)
			goto err1;
	}
	return list;

err1:
	json_decref(list);
err0:
	warn_msg("out of memory");
	return NULL;
}
