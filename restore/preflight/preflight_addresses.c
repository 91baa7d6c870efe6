#include <stdio.h>

#include "restore/facts/facts.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/listens.h"
#include "restore/preflight/preflight.h"

/* The prefix length that the old node had where the new address comes from, or
 * -1. */
static int
prefix_of(struct restore *r, const struct address *new)
{
	const struct manifest *m = r->manifest;
	struct address to;
	size_t i;

	for (i = 0; i < m->nown; i++) {
		if (m->own[i].prefix == -1)
			continue;
		if (addrmap_address(r->map, &m->own[i].addr, &to, NULL) !=
		    ADDRMAP_NEW)
			to = m->own[i].addr;
		if (address_compare(&to, new) == 0)
			return m->own[i].prefix;
	}
	return -1;
}

/* One finding an address: the same one with other ports is counted in. */
static int
absent(struct restore *r, const struct listens *all, size_t at)
{
	const struct listen *first = &all->l[at];
	char text[ADDRESS_TEXT], prefix[16] = "LENGTH", others[48] = "";
	size_t i, places = first->places;
	int n;

	for (i = 0; i < all->n; i++) {
		if (i == at || !all->l[i].must ||
		    address_compare(&all->l[i].addr, &first->addr) != 0)
			continue;
		if (i < at)
			return 0;
		places += all->l[i].places;
	}
	address_print(&first->addr, text);
	if ((n = prefix_of(r, &first->addr)) != -1)
		snprintf(prefix, sizeof(prefix), "%d", n);
	if (places > 1)
		snprintf(others, sizeof(others), " and %zu more place%s",
		    places - 1, places == 2 ? "" : "s");
	return finding_add(r, PLAN_HOST, text, NULL, "address-absent",
	    "no interface here has this address, but %s %s%s %s it: ip address "
	    "add %s/%s dev INTERFACE, or change the map",
	    first->item, first->place, others, places > 1 ? "need" : "needs",
	    text, prefix);
}

enum outcome
preflight_addresses(struct restore *r)
{
	const struct listens *all;
	enum outcome rc;
	size_t i;

	rc = listens_find(r, &all);
	for (i = 0; rc == OUTCOME_DONE && i < all->n; i++) {
		if (all->l[i].must &&
		    !facts_has_address(r->facts, &all->l[i].addr) &&
		    absent(r, all, i))
			rc = OUTCOME_FAILED;
	}
	return rc;
}
