#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/look/join_private.h"
#include "archive/warn.h"

static const char *const names[JOIN_KINDS] = {
	[JOIN_NO_DEFINITION] = "instance without a definition",
	[JOIN_NO_ROW] = "instance without its rows",
	[JOIN_NO_INSTANCE] = "definition without an instance",
	[JOIN_NO_ATTACHMENT] = "volume without an attachment",
	[JOIN_NO_VOLUME] = "attachment without a volume",
	[JOIN_NO_BUNDLE] = "host without a bundle",
	[JOIN_FOREIGN] = "definition that is not nova's",
	[JOIN_OTHER_HOST] = "host without instances, without a bundle",
	[JOIN_TWICE] = "host with several bundles",
};

const char *
join_kind_name(enum join_kind kind)
{

	return names[kind];
}

/* The elements of a set, in an array. */
struct list {
	void **at;
	size_t n;
};

static int
list(const struct join_set *set, int (*by)(const void *a, const void *b),
    struct list *l)
{

	l->n = set->n;
	return (l->at = join_list(set, by)) == NULL ? -1 : 0;
}

static int
compare(const char *a, const char *b)
{

	return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

static int
by_host(const void *a, const void *b)
{
	const struct join_instance *x = *(void *const *)a;
	const struct join_instance *y = *(void *const *)b;
	int rc = compare(x->host, y->host);

	if (rc == 0)
		rc = x->id < y->id ? -1 : x->id > y->id;
	return rc != 0 ? rc : strcmp(x->uuid, y->uuid);
}

struct telling {
	struct join *j;
	join_fn *fn;
	void *cookie;
	struct list instances, volumes, hosts;
};

static int __attribute__((format(printf, 6, 7)))
tell(struct telling *t, enum join_kind kind, const char *name, const char *also,
    const char *host, const char *fmt, ...)
{
	struct join_finding f = { kind, kind <= JOIN_NO_BUNDLE, name, also,
		host, NULL };
	char *text;
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (rc < 0) {
		warn_msg("out of memory");
		return -1;
	}
	f.text = text;
	rc = t->fn(t->cookie, &f);
	free(text);
	return rc;
}

/* What nova calls it, unless instance_name_template says else. */
static const char *
nova_name(const struct join_instance *i, char name[32])
{

	snprintf(name, 32, "instance-%08" PRIx64, i->id);
	return name;
}

static int
tell_instances(struct telling *t, enum join_kind kind)
{
	const struct join_instance *i;
	char name[32];
	size_t k;

	for (k = 0; k < t->instances.n; k++) {
		i = t->instances.at[k];
		if (!i->live || !i->wants ||
		    (kind == JOIN_NO_ROW ? i->row : i->defined))
			continue;
		if (tell(t, kind, i->uuid, nova_name(i, name), i->host,
			"instance %s (%s) of host %s%s%s: no bundle has its "
			"%s",
			i->uuid, name, i->host, i->state ? ", " : "",
			i->state ? i->state : "",
			kind == JOIN_NO_ROW ? "rows" : "definition"))
			return -1;
	}
	return 0;
}

/* A definition whose name is made like nova's. */
static int
is_novas(const char *item)
{
	const char *name = strchr(item, ':') + 1;

	return strncmp(name, "instance-", 9) == 0 &&
	       strspn(name + 9, "0123456789abcdef") == 8 && name[9 + 8] == '\0';
}

static int
tell_domains(struct telling *t, enum join_kind kind)
{
	const struct join_file *file;
	const struct join_domain *d;
	size_t k;

	for (k = 0; k < t->j->ndomains; k++) {
		d = &t->j->domains[k];
		if (d->known || is_novas(d->item) != (kind == JOIN_NO_INSTANCE))
			continue;
		file = &t->j->files[d->file];
		if (tell(t, kind, d->item, d->uuid, file->host,
			"%s of %s (%s): %s", d->item, file->host, file->name,
			kind == JOIN_NO_INSTANCE
			    ? "no bundle has a live row of its instance"
			    : "no instance of nova's, by its name and uuid"))
			return -1;
	}
	return 0;
}

static int
tell_volumes(struct telling *t)
{
	const struct join_volume *v;
	size_t k;

	for (k = 0; k < t->volumes.n; k++) {
		v = t->volumes.at[k];
		if (v->row && v->in_use && v->attachment == NULL &&
		    tell(t, JOIN_NO_ATTACHMENT, v->id, NULL, NULL,
			"volume %s is in use: no bundle has a row that "
			"attaches it",
			v->id))
			return -1;
	}
	return 0;
}

/* An attachment without its volume; ${name} is room for what it is called. */
static int
tell_attachment(
    struct telling *t, const struct join_volume *v, struct buf *name)
{

	buf_clear(name);
	if (buf_adds(name, v->attachment) ||
	    (v->numbered && buf_addf(name, "%" PRIu64, v->number)))
		return -1;
	return tell(t, JOIN_NO_VOLUME, name->data, v->id, NULL,
	    "%s attaches volume %s: no bundle has a live row of it", name->data,
	    v->id);
}

static int
tell_attachments(struct telling *t)
{
	const struct join_volume *v;
	struct buf name = BUF_EMPTY;
	size_t k, n = 0;
	int rc = 0;

	for (k = 0; k < t->volumes.n && rc == 0; k++) {
		v = t->volumes.at[k];
		if (v->row || v->attachment == NULL)
			continue;
		n++;
		if (t->j->has_volumes)
			rc = tell_attachment(t, v, &name);
	}
	buf_free(&name);
	if (rc != 0)
		return rc;
	if (n == 0 || t->j->has_volumes)
		return 0;
	return tell(t, JOIN_NO_VOLUME, "volumes", NULL, NULL,
	    "%zu volume%s attached: no bundle has the rows of cinder", n,
	    n == 1 ? " is" : "s are");
}

static int
tell_host(struct telling *t, enum join_kind kind, const struct join_host *h)
{

	if (kind == JOIN_TWICE)
		return h->bundles < 2
			   ? 0
			   : tell(t, kind, h->name, NULL, h->name,
				 "host %s has %zu bundles: restore one of them",
				 h->name, h->bundles);
	if (h->bundles > 0 || h->compute != (kind == JOIN_NO_BUNDLE))
		return 0;
	if (kind == JOIN_NO_BUNDLE)
		return tell(t, kind, h->name, NULL, h->name,
		    "compute host %s: no bundle has its files and definitions",
		    h->name);
	return tell(t, kind, h->name, h->service, h->name,
	    "host %s (%s) has no bundle: its files are in none", h->name,
	    h->service != NULL ? h->service : "no service");
}

static int
tell_hosts(struct telling *t, enum join_kind kind)
{
	size_t k;

	for (k = 0; k < t->hosts.n; k++)
		if (tell_host(t, kind, t->hosts.at[k]))
			return -1;
	return 0;
}

static int
tell_all(struct telling *t)
{
	int rows = t->j->has_instances;

	if (tell_hosts(t, JOIN_NO_BUNDLE) || tell_instances(t, JOIN_NO_ROW) ||
	    tell_instances(t, JOIN_NO_DEFINITION))
		return -1;
	if (!rows &&
	    tell(t, JOIN_NO_ROW, "nova", NULL, NULL,
		"no bundle has the rows of nova: take one at the controller"))
		return -1;
	if ((rows && tell_domains(t, JOIN_NO_INSTANCE)) || tell_volumes(t) ||
	    tell_attachments(t))
		return -1;
	if ((rows && tell_domains(t, JOIN_FOREIGN)) ||
	    tell_hosts(t, JOIN_OTHER_HOST))
		return -1;
	return tell_hosts(t, JOIN_TWICE);
}

int
join_tell(struct join *j, join_fn *fn, void *cookie)
{
	struct telling t = { j, fn, cookie, { NULL, 0 }, { NULL, 0 },
		{ NULL, 0 } };
	int rc = -1;

	if (join_match(j) || list(&j->instances, by_host, &t.instances) ||
	    list(&j->volumes, NULL, &t.volumes) ||
	    list(&j->hosts, NULL, &t.hosts))
		goto out;
	rc = tell_all(&t);
out:
	free(t.instances.at);
	free(t.volumes.at);
	free(t.hosts.at);
	return rc;
}
