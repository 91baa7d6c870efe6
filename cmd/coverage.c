#include "cmd/coverage.h"

#include <inttypes.h>
#include <string.h>

#define NUMBER(n) json_integer((json_int_t)(n))

/* What is counted of a manifest. */
struct covered {
	size_t looked, found;
	size_t groups[KIND_GROUPS];   /* kinds looked at in each */
	uint64_t tables, rows, files; /* outside the catalogue */
	uint64_t history, history_tables;
};

static void
count(const struct manifest *m, struct covered *c)
{
	const struct item *item;
	size_t i;

	memset(c, 0, sizeof(*c));
	c->looked = m->nkinds;
	for (i = 0; i < m->nkinds; i++) {
		c->groups[m->kinds[i].group]++;
		c->found += m->kinds[i].places > 0;
	}
	for (i = 0; i < m->nitems; i++) {
		item = m->items[i];
		if (item->table != NULL) {
			c->tables += item->table->outside != 0;
			c->rows += item->table->outside ? item->table->rows : 0;
			c->history += item->table->history;
			c->history_tables += item->table->history > 0;
		}
		c->files += item->file != NULL && item->file->set != NULL &&
			    strcmp(item->file->set, "outside") == 0;
	}
}

static const char *
plural(uint64_t n)
{

	return n == 1 ? "" : "s";
}

#define LINE(r, what, fmt, ...) report_label(r, 13, what, fmt, __VA_ARGS__)

/* Groups that the snapshot left out. */
static void
tell_unlooked(struct report *r, const struct covered *c)
{

	if (c->groups[KIND_FILE] == 0)
		LINE(r, "", "%s", "files and their options were not looked at");
	if (c->groups[KIND_LIBVIRT] == 0)
		LINE(r, "", "%s", "definitions were not looked at");
	if (c->groups[KIND_COLUMN] == 0)
		LINE(r, "", "%s", "databases were not looked at");
}

static void
tell_outside(
    struct report *r, const struct manifest *m, const struct covered *c)
{

	if (!m->sweep.done) {
		LINE(r, "", "%s",
		    "outside the catalogue: not swept (--no-sweep, or no own "
		    "address was known)");
		return;
	}
	LINE(r, "",
	    "outside the catalogue: %" PRIu64 " row%s in %" PRIu64
	    " table%s, %" PRIu64 " file%s hold an own address (%" PRIu64
	    " columns and %" PRIu64 " files searched)",
	    c->rows, plural(c->rows), c->tables, plural(c->tables), c->files,
	    plural(c->files), m->sweep.columns, m->sweep.files);
}

static void
tell_certificates(struct report *r, const struct manifest *m)
{
	const struct certificate *c;
	char text[ADDRESS_TEXT];
	size_t i;

	for (i = 0; i < m->ncertificates; i++) {
		c = &m->certificates[i];
		address_print(&c->addresses[0], text);
		LINE(r, i == 0 ? "certificates" : "",
		    "%s: to be issued again: it names %s%s (%s, until %.10s)",
		    c->file, text, c->naddresses > 1 ? " and others" : "",
		    c->subject, c->not_after);
	}
}

void
coverage_text(struct report *r, const struct manifest *m)
{
	struct covered c;

	if (m->description != NULL)
		return;
	count(m, &c);
	tell_certificates(r, m);
	if (m->nkinds == 0)
		LINE(r, "coverage", "%s",
		    "this bundle does not say which kinds of place were "
		    "looked at");
	else
		LINE(r, "coverage",
		    "%zu kinds of place looked at: %zu found, %zu absent here",
		    c.looked, c.found, c.looked - c.found);
	if (m->nkinds > 0)
		tell_unlooked(r, &c);
	tell_outside(r, m, &c);
	LINE(r, "",
	    "history: %" PRIu64 " row%s in %" PRIu64
	    " table%s, left alone by a restore",
	    c.history, plural(c.history), c.history_tables,
	    plural(c.history_tables));
}

static void
put_kinds(struct report *r, const struct manifest *m)
{
	const struct kind_places *k;
	size_t i;

	report_open(r, "kinds", '{');
	for (i = 0; i < m->nkinds; i++) {
		k = &m->kinds[i];
		if (i == 0 || k->group != k[-1].group)
			report_open(r, kind_group_name(k->group), '{');
		report_put(r, k->name, NUMBER(k->places));
		if (i + 1 == m->nkinds || k[1].group != k->group)
			report_close(r);
	}
	report_close(r);
}

static void
put_certificates(struct report *r, const struct manifest *m)
{
	const struct certificate *c;
	char text[ADDRESS_TEXT];
	size_t i, k;

	report_open(r, "certificates", '[');
	for (i = 0; i < m->ncertificates; i++) {
		c = &m->certificates[i];
		report_open(r, NULL, '{');
		report_put(r, "file", report_text(c->file));
		report_put(r, "subject", report_text(c->subject));
		report_put(r, "not_after", report_text(c->not_after));
		report_put(r, "named_by", report_text(c->named_by));
		report_open(r, "addresses", '[');
		for (k = 0; k < c->naddresses; k++) {
			address_print(&c->addresses[k], text);
			report_put(r, NULL, report_text(text));
		}
		report_close(r);
		report_close(r);
	}
	report_close(r);
}

void
coverage_json(struct report *r, const struct manifest *m)
{
	struct covered c;

	count(m, &c);
	put_certificates(r, m);
	report_open(r, "coverage", '{');
	report_put(r, "looked_at", NUMBER(c.looked));
	report_put(r, "found", NUMBER(c.found));
	report_put(r, "absent", NUMBER(c.looked - c.found));
	put_kinds(r, m);
	report_put(r, "swept", json_boolean(m->sweep.done));
	report_put(r, "outside",
	    json_pack("{s:o, s:o, s:o}", "tables", NUMBER(c.tables), "rows",
		NUMBER(c.rows), "files", NUMBER(c.files)));
	report_put(r, "searched",
	    json_pack("{s:o, s:o, s:o}", "tables", NUMBER(m->sweep.tables),
		"columns", NUMBER(m->sweep.columns), "files",
		NUMBER(m->sweep.files)));
	report_put(r, "history",
	    json_pack("{s:o, s:o}", "tables", NUMBER(c.history_tables), "rows",
		NUMBER(c.history)));
	report_close(r);
}
