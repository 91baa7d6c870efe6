#include <inttypes.h>

#include "archive/look/tie.h"
#include "cmd/audit.h"

/* By enum tie_setting: for people, and for programs. */
static const struct {
	const char *text, *name;
} settings[] = {
	[TIE_UNSET] = { "not set here", "unset" },
	[TIE_OUTER] = { "set here, to the outer address", "outer" },
	[TIE_SET] = { "set here to something else: what was made before keeps "
		      "the outer address",
	    "set" },
};

/* Looks while the bar moves. */
struct looking {
	struct audit *a;
	struct ties *ties;
};

static int
on_place(void *cookie, const struct sweep_place *p)
{
	struct looking *l = cookie;

	progress_show(l->a->p, 0, 0, p->name);
	return ties_place(l->ties, p);
}

static void
put_outer(struct audit *a, const struct ties *ties)
{
	const struct tie_outer *outer;
	char addr[ADDRESS_TEXT];
	size_t i;

	report_open(a->r, "outer", '[');
	for (i = 0; i < ties_own(ties); i++) {
		if ((outer = ties_outer(ties, i)) == NULL)
			continue;
		address_print(&outer->addr, addr);
		report_line(a->r, "%s (%s): an outer address%s%s", addr,
		    outer->where,
		    outer->seen ? ", clients are given it by " : "",
		    outer->seen ? outer->seen : "");
		report_put(a->r, NULL,
		    json_pack("{s:s, s:o, s:o}", "address", addr, "where",
			report_text(outer->where), "seen",
			report_text(outer->seen)));
	}
	report_close(a->r);
}

static void
put_tie(struct audit *a, const struct tie *t)
{
	size_t i;

	report_line(a->r, "%s", "");
	report_line(a->r, "%s: %s (%" PRIu64 " place%s)", t->name, t->what,
	    t->count, t->count == 1 ? "" : "s");
	report_line(a->r, "  set   %s", t->setting);
	report_line(a->r, "  from  %s", t->since);
	if (t->now != TIE_UNSET)
		report_line(a->r, "  now   %s", settings[t->now].text);
	report_open(a->r, NULL, '{');
	report_put(a->r, "name", report_text(t->name));
	report_put(a->r, "what", report_text(t->what));
	report_put(a->r, "setting", report_text(t->setting));
	report_put(a->r, "since", report_text(t->since));
	report_put(a->r, "now", json_string(settings[t->now].name));
	report_put(a->r, "count", json_integer((json_int_t)t->count));
	report_open(a->r, "places", '[');
	for (i = 0; i < t->nplaces; i++) {
		report_line(
		    a->r, "  %s  %s", i == 0 ? "at  " : "    ", t->places[i]);
		report_put(a->r, NULL, report_text(t->places[i]));
	}
	report_close(a->r);
	if (t->count > t->nplaces)
		report_line(a->r, "        and %" PRIu64 " more (--find)",
		    t->count - t->nplaces);
	report_close(a->r);
}

static void
put_ties(struct audit *a, struct ties *ties)
{
	size_t i, n = ties_end(ties);

	put_outer(a, ties);
	report_open(a->r, "advice", '[');
	for (i = 0; i < n; i++)
		put_tie(a, ties_get(ties, i));
	report_close(a->r);
	report_put(a->r, "total", json_integer((json_int_t)n));
	if (ties_own(ties) == 0)
		audit_say(a, "no advice: the bundle names no address of its "
			     "node");
	else
		audit_say(a, "%zu thing%s tie%s this node to the place", n,
		    n == 1 ? "" : "s", n == 1 ? "s" : "");
}

enum outcome
audit_advice(struct audit *a)
{
	struct looking l = { a, NULL };
	enum outcome outcome;

	report_put(a->r, "file", report_text(a->operand));
	audit_say(a, "%s: not every place was looked at", a->file);
	if ((l.ties = ties_new(bundle_manifest(a->bundle))) == NULL)
		return OUTCOME_FAILED;
	outcome = sweep_bundle(a->bundle, on_place, &l);
	if (outcome == OUTCOME_DONE)
		put_ties(a, l.ties);
	ties_free(l.ties);
	return outcome;
}
