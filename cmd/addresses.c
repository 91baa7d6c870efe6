#include "cmd/addresses.h"

#include <stdio.h>

#define NUMBER(n) json_integer((json_int_t)(n))

struct counting {
	struct draft *draft;
	struct whose *whose;
	void (*tick)(void *cookie, const char *item);
	void *cookie;
};

static int
on_place(void *cookie, const struct sweep_place *p)
{
	struct counting *c = cookie;

	if (c->tick != NULL)
		c->tick(c->cookie, p->name);
	if (c->whose != NULL && whose_place(c->whose, p) == -1)
		return -1;
	return draft_count(c->draft, p);
}

enum outcome
addresses_count(struct draft *d, struct whose *w, struct bundle *b,
    void (*tick)(void *cookie, const char *item), void *cookie)
{
	struct counting c = { d, w, tick, cookie };
	const struct manifest *m = bundle_manifest(b);

	if (draft_own(d, m) == -1 || (w != NULL && whose_bundle(w, m) == -1))
		return OUTCOME_FAILED;
	return sweep_bundle(b, on_place, &c);
}

static void
print(const struct address *a, int prefix, char text[ADDRESS_TEXT + 16])
{
	char addr[ADDRESS_TEXT];

	address_print(a, addr);
	if (prefix >= 0)
		snprintf(text, ADDRESS_TEXT + 16, "%s/%d", addr, prefix);
	else
		snprintf(text, ADDRESS_TEXT + 16, "%s", addr);
}

/* "rule": what the map says of it; "becomes": the new one, or null. */
static void
put_rule(
    struct report *r, const struct draft_entry *e, const struct addrmap *map)
{
	static const char *const answers[] = {
		[ADDRMAP_NONE] = "none",
		[ADDRMAP_KEEP] = "keep",
		[ADDRMAP_NEW] = "new",
		[ADDRMAP_PARTS] = "parts",
	};
	enum addrmap_answer answer;
	char text[ADDRESS_TEXT + 16];
	struct address to;

	if (map == NULL) {
		report_put(r, "rule", json_null());
		report_put(r, "becomes", json_null());
		return;
	}
	if (e->prefix >= 0)
		answer = addrmap_network(map, &e->addr, e->prefix, &to, NULL);
	else
		answer = addrmap_address(map, &e->addr, &to, NULL);
	report_put(r, "rule", json_string(answers[answer]));
	if (answer != ADDRMAP_NEW) {
		report_put(r, "becomes", json_null());
		return;
	}
	print(&to, e->prefix, text);
	report_put(r, "becomes", json_string(text));
}

static void
put(struct report *r, const struct draft_entry *e, const struct addrmap *map)
{
	char text[ADDRESS_TEXT + 16];
	size_t i;

	print(&e->addr, e->prefix, text);
	report_open(r, NULL, '{');
	report_put(r, "address", json_string(text));
	report_put(r, "own", json_boolean(e->class == DRAFT_OWN));
	report_put(r, "where", report_text(e->where));
	put_rule(r, e, map);
	report_put(r, "places", NUMBER(e->count));
	report_open(r, "kinds", '[');
	for (i = 0; i < e->nkinds; i++)
		report_put(r, NULL,
		    json_pack("{s:o, s:o, s:o}", "kind",
			report_text(e->kinds[i].text), "places",
			NUMBER(e->kinds[i].count), "held",
			report_text(e->kinds[i].held)));
	report_close(r);
	report_close(r);
}

void
addresses_json(struct report *r, struct draft *d, const struct addrmap *map)
{
	const struct draft_entry *const *all;
	size_t n, i;

	all = draft_sorted(d, &n);
	report_open(r, "addresses", '[');
	for (i = 0; i < n; i++) {
		if (all[i]->class != DRAFT_SPECIAL)
			put(r, all[i], map);
	}
	report_close(r);
}
