#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/needs_inner.h"

struct telling {
	struct needs *n;
	struct restore *r;
	struct facts *f;
	const struct want *w;
	struct tally *seen; /* nwfilters that were followed */
};

/* " (N more need it)", or nothing. */
static const char *
others(const struct telling *t, char *text, size_t size)
{
	const struct want *w = t->w;
	size_t n = tally_count(t->n->wanted, w->kind, w->name, strlen(w->name));

	text[0] = '\0';
	if (n > 1)
		(void)snprintf(text, size, " (%zu more need it)", n - 1);
	return text;
}

static enum item_kind
kind_of_item(const char *item)
{
	char word[16];
	size_t n = strcspn(item, ":");
	int kind;

	if (n >= sizeof(word))
		return ITEM_DOMAIN;
	memcpy(word, item, n);
	word[n] = '\0';
	kind = item_kind_parse(word);
	return kind == -1 ? ITEM_DOMAIN : (enum item_kind)kind;
}

static int
missing(struct telling *t, const char *finding, const char *what,
    const char *name, const char *by, const char *help)
{
	char more[64];

	return finding_add(t->r, kind_of_item(t->w->item), t->w->item,
	    t->w->place, finding, "%s %s%s%s is neither here nor restored%s%s",
	    what, name, by, others(t, more, sizeof(more)),
	    help != NULL ? ": " : "", help != NULL ? help : "");
}

/* A filter that is here, with all below it; ${by} is who refers to it. */
static int
nwfilter(struct telling *t, const char *name, const char *by)
{
	static const char nova[] =
	    "define it first; nova-compute makes those named nova-... itself "
	    "when it starts an instance, where you count on that, waive it";
	const struct fact_object *o;
	char text[320] = "";
	size_t i;
	int rc;

	switch (tally_add(t->seen, 0, name, strlen(name))) {
	case 0:
		return -1;
	case 1:
		break;
	default:
		return 0;
	}
	if (needs_brought(t->n, ITEM_NWFILTER, name))
		return 0;
	if ((rc = facts_object(t->f, ITEM_NWFILTER, name, &o)) == -1)
		return -1;
	if (rc == 0) {
		if (by != NULL)
			(void)snprintf(text, sizeof(text),
			    ", which nwfilter:%s refers to,", by);
		return missing(t, "missing-nwfilter", "the nwfilter", name,
		    text,
		    strncmp(name, "nova-", 5) == 0 ? nova : "define it first");
	}
	for (i = 0; rc != -1 && i < o->nrefs; i++)
		rc = nwfilter(t, o->refs[i], name);
	return rc == -1 ? -1 : 0;
}

static int
object(struct telling *t, enum item_kind kind, const char *finding,
    const char *what)
{
	const struct fact_object *o;
	int rc;

	if (needs_brought(t->n, kind, t->w->name))
		return 0;
	if ((rc = facts_object(t->f, kind, t->w->name, &o)) != 0)
		return rc == 1 ? 0 : -1;
	return missing(t, finding, what, t->w->name, "", "define it first");
}

static int
secret_use(struct telling *t)
{
	const struct fact_object *o;
	int rc;

	if (needs_brought(t->n, NEEDS_USAGE, t->w->name))
		return 0;
	if ((rc = facts_secret(t->f, t->w->name, &o)) != 0)
		return rc == 1 ? 0 : -1;
	return missing(t, "missing-secret", "a secret for", t->w->name, "",
	    "define it first, and set its value");
}

/* 1 a network here makes that bridge when it starts, 0 none does, -1 said. */
static int
network_makes(struct telling *t, const char *name)
{
	const struct fact_object *o;
	size_t i, j;

	/* This reads the networks. */
	if (facts_object(t->f, ITEM_NETWORK, "", &o) == -1)
		return -1;
	for (i = 0; i < t->f->nobjects; i++) {
		o = &t->f->objects[i];
		for (j = 0; o->kind == ITEM_NETWORK && j < o->nrefs; j++)
			if (strcmp(o->refs[j], name) == 0)
				return 1;
	}
	return 0;
}

/* The bridges here, as words. */
static int
bridges(const struct facts *f, struct buf *out)
{
	const struct fact_interface *in;
	size_t i;

	for (i = 0; i < f->ninterfaces; i++) {
		in = &f->interfaces[i];
		if (in->is_bridge &&
		    buf_addf(out, "%s%s", out->len > 0 ? ", " : "", in->name))
			return -1;
	}
	return out->len > 0 ? 0 : buf_adds(out, "none");
}

static int
bridge(struct telling *t)
{
	const struct want *w = t->w;
	const struct fact_interface *in = facts_interface(t->f, w->name);
	const char *what = "no interface here is the bridge";
	struct buf words = BUF_EMPTY;
	char more[64];
	int rc;

	if (in != NULL && (in->is_bridge || w->kind != NEED_BRIDGE))
		return 0;
	if (needs_brought(t->n, NEEDS_BRIDGE, w->name))
		return 0;
	if ((rc = network_makes(t, w->name)) != 0)
		return rc == 1 ? 0 : -1;
	if (in != NULL)
		what = "here this interface is no bridge:";
	(void)others(t, more, sizeof(more));
	if (w->kind == NEED_DEVICE)
		return finding_add(t->r, kind_of_item(w->item), w->item,
		    w->place, "missing-bridge",
		    "no interface here is %s%s, which a macvtap stands on: "
		    "give an interface that name",
		    w->name, more);
	if ((rc = bridges(t->f, &words)) == 0)
		rc = finding_add(t->r, kind_of_item(w->item), w->item, w->place,
		    "missing-bridge",
		    "%s %s%s; bridges here: %s; make it, or in the map: bridge "
		    "%s = NAME",
		    what, w->name, more, words.data, w->name);
	buf_free(&words);
	return rc;
}

static int
tell(struct telling *t)
{

	switch (t->w->kind) {
	case NEED_NWFILTER:
		return nwfilter(t, t->w->name, NULL);
	case NEED_NETWORK:
		return object(
		    t, ITEM_NETWORK, "missing-network", "the network");
	case NEED_POOL:
		return object(t, ITEM_POOL, "missing-pool", "the storage pool");
	case NEED_SECRET:
		return object(t, ITEM_SECRET, "missing-secret", "the secret");
	case NEED_USAGE:
		return secret_use(t);
	case NEED_BRIDGE:
	case NEED_SWITCH:
	case NEED_DEVICE:
	case NEED_MAKES:
		break;
	}
	return bridge(t);
}

int
needs_tell(struct needs *n, struct restore *r, struct facts *f)
{
	struct telling t = { n, r, f, NULL, NULL };
	size_t i;
	int rc = 0;

	if ((t.seen = tally_new()) == NULL)
		return -1;
	for (i = 0; rc == 0 && i < n->n; i++) {
		t.w = &n->w[i];
		rc = tell(&t);
	}
	tally_free(t.seen);
	return rc;
}
