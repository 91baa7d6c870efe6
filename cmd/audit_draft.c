#include <inttypes.h>
#include <stdio.h>

#include "cmd/arrival.h"
#include "cmd/audit.h"
#include "cmd/draft.h"

/* By enum draft_class: the headline, the name for programs, and what stands
 * before a rule. */
static const struct {
	const char *title, *name, *before;
} classes[DRAFT_CLASSES] = {
	[DRAFT_OWN] = { "the captured node's own addresses: each needs a rule",
	    "own", "" },
	[DRAFT_MAPPED] = { "other addresses in places that a map changes",
	    "mapped", "# " },
	[DRAFT_HELD] = { "addresses only in places that are held (--also "
			 "releases them)",
	    "held", "# " },
	[DRAFT_SPECIAL] = { "loopback, wildcards, netmasks: they stay as they "
			    "are",
	    "special", "# " },
};

/* Counts while the bar moves. */
struct counting {
	struct audit *a;
	struct draft *draft;
	struct arrival *here; /* NULL: not asked for */
};

static int
on_place(void *cookie, const struct sweep_place *p)
{
	struct counting *c = cookie;

	progress_show(c->a->p, 0, 0, p->name);
	return draft_count(c->draft, p);
}

static void
print_address(const struct draft_entry *e, char text[ADDRESS_TEXT + 16])
{
	char addr[ADDRESS_TEXT];

	address_print(&e->addr, addr);
	if (e->prefix >= 0)
		snprintf(text, ADDRESS_TEXT + 16, "%s/%d", addr, e->prefix);
	else
		snprintf(text, ADDRESS_TEXT + 16, "%s", addr);
}

/* The network that an address is in: "10.2.116.0/24". */
static void
print_network(const struct address *a, int prefix, char text[ADDRESS_TEXT + 16])
{
	struct address net = *a;
	int i, bits = a->family == 4 ? 32 : 128;
	char addr[ADDRESS_TEXT];

	for (i = prefix; i < bits; i++)
		net.bytes[i / 8] &= (unsigned char)~(0x80 >> (i % 8));
	address_print(&net, addr);
	snprintf(text, ADDRESS_TEXT + 16, "%s/%d", addr, prefix);
}

/* The rule for an own address, with this host's in it where that is clear. */
static void
put_own(struct counting *c, const struct draft_entry *e, const char *addr)
{
	const struct arrival_address *to = NULL, *all;
	char text[ADDRESS_TEXT], net[ADDRESS_TEXT + 16], new[ADDRESS_TEXT + 16];
	size_t i, n = 0;

	if (c->here != NULL) {
		to = arrival_for(
		    c->here, bundle_manifest(c->a->bundle), &e->addr);
		all = arrival_all(c->here, &n);
		for (i = 0; to == NULL && i < n; i++) {
			address_print(&all[i].addr, text);
			report_line(c->a->r, "# here is %s on %s", text,
			    all[i].interface);
		}
	}
	if (to != NULL)
		address_print(&to->addr, text);
	if (to != NULL && address_compare(&to->addr, &e->addr) == 0)
		report_line(c->a->r, "keep %s  # stands here, on %s", addr,
		    to->interface);
	else if (to != NULL)
		report_line(c->a->r, "%s = %s  # here on %s", addr, text,
		    to->interface);
	else
		report_line(c->a->r, "%s = ?", addr);
	if (e->network < 0)
		return;
	/* A range keeps its host part: both sides are of one size. */
	print_network(&e->addr, e->network, net);
	snprintf(new, sizeof(new), "?");
	if (to != NULL && to->prefix == e->network)
		print_network(&to->addr, to->prefix, new);
	report_line(c->a->r, "# all of its network: %s = %s", net, new);
}

static void
put_entry_text(
    struct counting *c, const struct draft_entry *e, const char *addr)
{
	struct report *r = c->a->r;
	size_t i;

	if (e->class == DRAFT_SPECIAL) {
		report_line(r, "# %s  (%" PRIu64 ")", addr, e->count);
		return;
	}
	report_line(r, "%s", "");
	if (e->where != NULL)
		report_line(r, "# from %s", e->where);
	if (e->count == 0)
		report_line(r, "# in no place of this bundle");
	for (i = 0; i < e->nkinds; i++)
		report_line(r, "# %6" PRIu64 "  %s%s%s%s", e->kinds[i].count,
		    e->kinds[i].text, e->kinds[i].held ? "  (held: " : "",
		    e->kinds[i].held ? e->kinds[i].held : "",
		    e->kinds[i].held ? ")" : "");
	if (e->class == DRAFT_OWN)
		put_own(c, e, addr);
	else
		report_line(r, "%s%s = ?", classes[e->class].before, addr);
}

/* What --here makes of it. */
static void
put_here_json(struct counting *c, const struct draft_entry *e)
{
	const struct arrival_address *to;
	char text[ADDRESS_TEXT];

	if (c->here == NULL || e->class != DRAFT_OWN)
		return;
	to = arrival_for(c->here, bundle_manifest(c->a->bundle), &e->addr);
	if (to != NULL)
		address_print(&to->addr, text);
	report_put(c->a->r, "here", report_text(to != NULL ? text : NULL));
	report_put(c->a->r, "interface",
	    report_text(to != NULL ? to->interface : NULL));
}

static void
put_entry_json(
    struct counting *c, const struct draft_entry *e, const char *addr)
{
	struct report *r = c->a->r;
	size_t i;

	report_open(r, NULL, '{');
	report_put(r, "address", json_string(addr));
	report_put(r, "class", json_string(classes[e->class].name));
	report_put(r, "where", report_text(e->where));
	put_here_json(c, e);
	report_put(r, "count", json_integer((json_int_t)e->count));
	report_open(r, "kinds", '[');
	for (i = 0; i < e->nkinds; i++)
		report_put(r, NULL,
		    json_pack("{s:o, s:o, s:o}", "kind",
			report_text(e->kinds[i].text), "count",
			json_integer((json_int_t)e->kinds[i].count), "held",
			report_text(e->kinds[i].held)));
	report_close(r);
	report_close(r);
}

static void
put_head(struct audit *a)
{
	const struct manifest *m = bundle_manifest(a->bundle);

	report_line(a->r, "# A map to fill in, for %s of %s (bundle %s).",
	    m->host, m->created, m->id);
	report_line(a->r, "# Write the new address in the place of each \"?\"; "
			  "take the # away from");
	report_line(a->r, "# what changes, too. \"keep ADDRESS\" lets one "
			  "stay. A range keeps its host");
	report_line(a->r, "# part: 10.0.0.0/24 = 10.9.9.0/24. novark help map "
			  "has the other rules.");
}

static void
put_draft(struct counting *c)
{
	struct audit *a = c->a;
	const struct draft_entry *const *all, *e;
	char addr[ADDRESS_TEXT + 16];
	size_t n, i;
	int class = -1;

	all = draft_sorted(c->draft, &n);
	put_head(a);
	report_open(a->r, "addresses", '[');
	for (i = 0; i < n; i++) {
		e = all[i];
		if ((int)e->class != class) {
			class = (int)e->class;
			report_line(a->r, "%s", "");
			report_line(a->r, "# --- %s", classes[class].title);
		}
		print_address(e, addr);
		if (a->r->json)
			put_entry_json(c, e, addr);
		else
			put_entry_text(c, e, addr);
	}
	report_close(a->r);
	report_put(a->r, "total", json_integer((json_int_t)n));
	audit_say(a, "%zu address%s to look at", n, n == 1 ? "" : "es");
}

enum outcome
audit_draft_map(struct audit *a)
{
	struct counting c = { .a = a };
	enum outcome outcome = OUTCOME_FAILED;

	/* The map goes to a file: the outcome must not be in it. */
	report_bytes(a->r, "", 0, 0);
	report_put(a->r, "file", report_text(a->operand));
	audit_say(a, "%s: no map was drafted", a->file);
	if (a->o->here && (c.here = arrival_new()) == NULL)
		return OUTCOME_FAILED;
	if ((c.draft = draft_new()) == NULL)
		goto done;
	if (draft_own(c.draft, bundle_manifest(a->bundle)) == 0)
		outcome = sweep_bundle(a->bundle, on_place, &c);
	if (outcome == OUTCOME_DONE)
		put_draft(&c);
done:
	draft_free(c.draft);
	arrival_free(c.here);
	return outcome;
}
