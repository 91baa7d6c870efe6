#include "restore/map/addrmap_inner.h"

/* Is ${a} in the network? */
static int
is_in(const struct address *a, const struct address *net, int prefix)
{
	struct address cut = *a;

	if (a->family != net->family)
		return 0;
	addrmap_cut(&cut, prefix);
	return address_compare(&cut, net) == 0;
}

/* The longest rule that all of the network falls under, or NULL. */
static const struct rule *
cover(const struct addrmap *m, const struct address *net, int prefix)
{
	const struct rule *r, *best = NULL;
	size_t i;

	for (i = 0; i < m->nrules; i++) {
		r = &m->rules[i];
		if (r->kind == RULE_ADDRESS && r->prefix <= prefix &&
		    is_in(net, &r->from, r->prefix) &&
		    (best == NULL || r->prefix > best->prefix))
			best = r;
	}
	return best;
}

enum addrmap_answer
addrmap_network(const struct addrmap *m, const struct address *old, int prefix,
    struct address *new, size_t *rule)
{
	const struct rule *all = cover(m, old, prefix), *r;
	size_t i;

	*new = *old;
	if (all != NULL && !all->keep)
		addrmap_translate(all, old, new);
	if (all != NULL && rule != NULL)
		*rule = (size_t)(all - m->rules);
	for (i = 0; i < m->nrules; i++) {
		r = &m->rules[i];
		if (r->kind != RULE_ADDRESS || r->prefix <= prefix ||
		    !is_in(&r->from, old, prefix))
			continue;
		if (!is_in(r->keep ? &r->from : &r->to, new, prefix))
			return ADDRMAP_PARTS;
	}
	if (all == NULL)
		return ADDRMAP_NONE;
	return all->keep ? ADDRMAP_KEEP : ADDRMAP_NEW;
}
