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

struct telling {
	struct join *j;
	join_fn *fn;
	void *cookie;
	void **hosts;
	/* What was found, one after the other. */
	int rc; /* 1: there is one */
	struct join_slip s;
};

/* The next that was found. */
static void
step(struct telling *t)
{
	struct pile_record r;

	if ((t->rc = pile_next(t->j->found, &r)) == 1)
		join_get(&r, &t->s);
}

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
	text = warn_text(fmt, ap);
	va_end(ap);
	if (text == NULL)
		return -1;
	f.text = text;
	rc = t->fn(t->cookie, &f);
	free(text);
	return rc;
}

/* What nova calls it, unless instance_name_template says else. */
static int
tell_instance(struct telling *t, const struct join_slip *s)
{
	const char *uuid = s->text[0], *state = s->text[1], *host;
	char name[32];

	snprintf(name, sizeof(name), "instance-%08" PRIx64, s->number);
	if (join_text(t->j, s->text[2], &host) == -1)
		return -1;
	return tell(t, s->kind, uuid, name, host,
	    "instance %s (%s) of host %s%s%s: no bundle has its %s", uuid, name,
	    host, state ? ", " : "", state ? state : "",
	    s->kind == JOIN_NO_ROW ? "rows" : "definition");
}

static int
tell_domain(struct telling *t, const struct join_slip *s)
{
	const struct join_file *file = &t->j->files[s->file];

	return tell(t, s->kind, s->text[0], s->text[1], file->host,
	    "%s of %s (%s): %s", s->text[0], file->host, file->name,
	    s->kind == JOIN_NO_INSTANCE
		? "no bundle has a live row of its instance"
		: "no instance of nova's, by its name and uuid");
}

static int
tell_volume(struct telling *t, const struct join_slip *s)
{

	return tell(t, s->kind, s->text[0], NULL, NULL,
	    "volume %s is in use: no bundle has a row that attaches it",
	    s->text[0]);
}

static int
tell_attachment(struct telling *t, const struct join_slip *s)
{

	return tell(t, s->kind, s->text[0], s->text[1], NULL,
	    "%s attaches volume %s: no bundle has a live row of it", s->text[0],
	    s->text[1]);
}

/* Attachments, where no bundle has volumes. */
static int
tell_loose(struct telling *t)
{
	size_t n = t->j->nloose;

	if (n == 0 || t->j->has_volumes)
		return 0;
	return tell(t, JOIN_NO_VOLUME, "volumes", NULL, NULL,
	    "%zu volume%s attached: no bundle has the rows of cinder", n,
	    n == 1 ? " is" : "s are");
}

/* All of a kind that was found. */
static int
tell_found(struct telling *t, enum join_kind kind,
    int (*each)(struct telling *t, const struct join_slip *s))
{

	for (; t->rc == 1 && t->s.kind == kind; step(t))
		if (each(t, &t->s))
			return -1;
	return t->rc == -1 ? -1 : 0;
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

	for (k = 0; k < t->j->hosts.n; k++)
		if (tell_host(t, kind, t->hosts[k]))
			return -1;
	return 0;
}

/* In the order of what join_match found. */
static int
tell_all(struct telling *t)
{

	if (tell_hosts(t, JOIN_NO_BUNDLE) ||
	    tell_found(t, JOIN_NO_ROW, tell_instance) ||
	    tell_found(t, JOIN_NO_DEFINITION, tell_instance))
		return -1;
	if (!t->j->has_instances &&
	    tell(t, JOIN_NO_ROW, "nova", NULL, NULL,
		"no bundle has the rows of nova: take one at the controller"))
		return -1;
	if (tell_found(t, JOIN_NO_INSTANCE, tell_domain) ||
	    tell_found(t, JOIN_NO_ATTACHMENT, tell_volume) ||
	    tell_found(t, JOIN_NO_VOLUME, tell_attachment) || tell_loose(t) ||
	    tell_found(t, JOIN_FOREIGN, tell_domain) ||
	    tell_hosts(t, JOIN_OTHER_HOST))
		return -1;
	return tell_hosts(t, JOIN_TWICE);
}

int
join_tell(struct join *j, join_fn *fn, void *cookie)
{
	struct telling t = { .j = j, .fn = fn, .cookie = cookie };
	int rc = -1;

	if (join_match(j) == -1 || pile_start(j->found) == -1 ||
	    (t.hosts = join_list(&j->hosts)) == NULL)
		return -1;
	step(&t);
	rc = tell_all(&t);
	free(t.hosts);
	return rc;
}
