#ifndef TESTS_FUZZ_MAPS_H
#define TESTS_FUZZ_MAPS_H

/**
 * maps: the map that rewriting targets go through, for novark and for the slow
 * reference, and the way back.  No new address is an old one but for the two
 * that swap, so that the way there has an inverse.
 */

#include "restore/map/addrmap.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/slow_map.h"

struct maps {
	struct addrmap *there, *back;
	struct slow_map slow;
};

struct maps_rule {
	const char *old, *new;
	int prefix;
};

static inline void
maps_slow(struct slow_map *m, const struct maps_rule *rule)
{
	struct slow_rule *r = &m->rule[m->n++];
	int family = strchr(rule->old, ':') == NULL ? AF_INET : AF_INET6;

	r->family = family == AF_INET ? 4 : 6;
	r->prefix = rule->prefix;
	r->keep = rule->new == NULL;
	MUST(inet_pton(family, rule->old, r->old) == 1);
	MUST(r->keep || inet_pton(family, rule->new, r->new) == 1);
}

static inline void
maps_add(struct addrmap *m, const char *old, const char *new, int prefix)
{
	char line[160];

	if (new == NULL)
		snprintf(line, sizeof(line), "keep %s", old);
	else
		snprintf(line, sizeof(line), "%s/%d = %s/%d", old, prefix, new,
		    prefix);
	MUST(addrmap_add(m, line, "here") == 0);
}

static inline struct maps *
maps_get(void)
{
	static const struct maps_rule rules[] = {
		{ "10.2.116.14", "44.2.15.3", 32 },
		{ "10.2.116.1", "44.111.115.143", 32 },
		{ "10.4.4.1", "10.4.4.2", 32 },
		{ "10.4.4.2", "10.4.4.1", 32 },
		{ "10.2.117.0", "66.1.5.0", 24 },
		{ "10.2.117.53", NULL, 32 },
		{ "10.3.0.0", "77.9.0.0", 16 },
		{ "2001:db8:1::e", "2a00:2::3a", 128 },
		{ "fe80::1", "fe80::aa:2b", 128 },
		{ "2001:db8:5::", "2a00:77:5::", 48 },
		{ "2001:db8:5::53", NULL, 128 },
		{ "64:ff9b::", "2a00:64::", 96 },
	};
	static struct maps m;
	size_t i;

	if (m.there != NULL)
		return &m;
	m.there = addrmap_new();
	m.back = addrmap_new();
	MUST(m.there != NULL && m.back != NULL);
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		maps_slow(&m.slow, &rules[i]);
		maps_add(m.there, rules[i].old, rules[i].new, rules[i].prefix);
		if (rules[i].new != NULL)
			maps_add(m.back, rules[i].new, rules[i].old,
			    rules[i].prefix);
	}
	MUST(addrmap_ready(m.there) == 0 && addrmap_ready(m.back) == 0);
	return &m;
}

#endif
