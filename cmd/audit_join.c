#include <string.h>

#include "archive/look/join.h"
#include "cmd/audit.h"

/* Of one bundle alone, so many of a kind and a host are told as text: a
 * controller's has no definition of any instance.  JSON has them all. */
#define SHOWN 10

enum outcome
audit_join_add(struct audit *a)
{
	const struct manifest *m = bundle_manifest(a->bundle);

	if (m->description != NULL)
		return OUTCOME_DONE;
	if (a->join == NULL && (a->join = join_new()) == NULL)
		return OUTCOME_FAILED;
	progress_show(a->p, 0, 0, "joining");
	a->joined++;
	return join_add(a->join, a->file, a->bundle);
}

struct showing {
	struct report *r;
	int alone; /* one bundle: only what is missing is worth a line */
	int notes;
	size_t missing;
	/* Of the run of one kind and host: told, and not told. */
	enum join_kind kind;
	const char *host;
	size_t told, untold;
};

/* The end of a run. */
static void
end_run(struct showing *s)
{

	if (s->untold > 0)
		report_line(s->r,
		    "missing  %zu more like that%s%s (--json lists them)",
		    s->untold, s->host == NULL ? "" : " of host ",
		    s->host == NULL ? "" : s->host);
	s->told = s->untold = 0;
}

/* Is this one of too many alike? */
static int
is_one_of_many(struct showing *s, const struct join_finding *f)
{
	const char *host = f->host == NULL ? "" : f->host;

	if (s->told > 0 && (s->kind != f->kind ||
			       strcmp(s->host == NULL ? "" : s->host, host)))
		end_run(s);
	s->kind = f->kind;
	s->host = f->host;
	if (s->alone && s->told == SHOWN) {
		s->untold++;
		return 1;
	}
	s->told++;
	return 0;
}

static void
show_text(struct showing *s, const struct join_finding *f)
{

	if ((s->alone && !f->missing) || is_one_of_many(s, f))
		return;
	if (s->alone && s->missing == 1)
		report_line(s->r, "what this bundle alone does not cover:");
	report_line(
	    s->r, "%s  %s", f->missing ? "missing" : "note   ", f->text);
}

/* Two lists: what is missing, then notes. */
static int
show(void *cookie, const struct join_finding *f)
{
	struct showing *s = cookie;

	if (!f->missing && !s->notes) {
		report_close(s->r);
		report_open(s->r, "notes", '[');
		s->notes = 1;
	}
	s->missing += f->missing != 0;
	show_text(s, f);
	if (report_documents(s->r))
		report_put(s->r, NULL,
		    json_pack("{s:s, s:o, s:o, s:o, s:o}", "kind",
			join_kind_name(f->kind), "name", report_text(f->name),
			"also", report_text(f->also), "host",
			report_text(f->host), "text", report_text(f->text)));
	return 0;
}

static void
put_number(struct report *r, const char *name, size_t n)
{

	report_put(r, name, json_integer((json_int_t)n));
}

/* How much was joined. */
static void
put_counts(struct report *r, const struct join_counts *n)
{

	put_number(r, "bundles", n->bundles);
	put_number(r, "hosts", n->hosts);
	put_number(r, "instances", n->instances);
	put_number(r, "definitions", n->definitions);
	put_number(r, "volumes", n->volumes);
	if (n->bundles > 1)
		report_line(r,
		    "joined: %zu bundles, %zu hosts, %zu instances, %zu "
		    "definitions, %zu volumes",
		    n->bundles, n->hosts, n->instances, n->definitions,
		    n->volumes);
}

enum outcome
audit_join(struct audit *a, size_t *missing)
{
	struct showing s = { .r = a->r, .alone = a->joined < 2 };
	struct join_counts n;
	int rc;

	*missing = 0;
	if (a->joined == 0)
		return OUTCOME_DONE;
	if (join_count(a->join, &n) == -1)
		return OUTCOME_FAILED;
	if (a->joined == 1 && !n.rows)
		return OUTCOME_DONE;
	report_open(a->r, "join", '{');
	put_counts(a->r, &n);
	report_open(a->r, "missing", '[');
	rc = join_tell(a->join, show, &s);
	end_run(&s);
	if (!s.notes) {
		report_close(a->r);
		report_open(a->r, "notes", '[');
	}
	report_close(a->r);
	report_close(a->r);
	if (rc != 0)
		return OUTCOME_FAILED;
	if (!s.alone || s.missing > 0)
		report_line(a->r, "%s", "");
	*missing = s.missing;
	return n.bundles > 1 && s.missing > 0 ? OUTCOME_DIFFERS : OUTCOME_DONE;
}
