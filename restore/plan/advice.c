#include "restore/plan/advice.h"

#include <inttypes.h>

#include "restore/plan/there.h"

/* In how many spots of the bundle an address stands. */
static uint64_t
spots(const struct manifest *m, const struct address *a)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < m->nindex; i++) {
		if (address_compare(&m->index[i].addr, a) == 0)
			n += m->index[i].count;
	}
	return n;
}

/* The same address may be an interface's and my_ip: it is told once. */
static int
told_before(const struct manifest *m, size_t own)
{
	size_t i;

	for (i = 0; i < own; i++) {
		if (address_compare(&m->own[i].addr, &m->own[own].addr) == 0)
			return 1;
	}
	return 0;
}

static int
unused_rules(struct restore *r)
{
	size_t i;

	for (i = 0; i < addrmap_rules(r->map); i++) {
		if (addrmap_rule_uses(r->map, i) > 0 ||
		    addrmap_rule_derived(r->map, i))
			continue;
		if (plan_say(r->plan, PLAN_NOTE, ITEM_FILE, NULL, NULL,
			"unused-rule", "%s: the rule \"%s\" matched nothing",
			addrmap_rule_where(r->map, i),
			addrmap_rule_text(r->map, i)) == -1)
			return -1;
	}
	return 0;
}

/* Rules that nobody wrote must be seen. */
static int
derived_rules(struct restore *r)
{
	uint64_t uses;
	size_t i;

	for (i = 0; i < addrmap_rules(r->map); i++) {
		uses = addrmap_rule_uses(r->map, i);
		if (!addrmap_rule_derived(r->map, i) || uses == 0)
			continue;
		if (plan_say(r->plan, PLAN_NOTE, ITEM_FILE, NULL, NULL,
			"derived-rule",
			"a share's folder is named after it, and follows: %s "
			"(%s; %" PRIu64 " time%s)",
			addrmap_rule_text(r->map, i),
			addrmap_rule_where(r->map, i), uses,
			uses == 1 ? "" : "s") == -1)
			return -1;
	}
	return 0;
}

static int
uncovered(struct restore *r)
{
	const struct manifest *m = r->manifest;
	char text[ADDRESS_TEXT];
	struct address new;
	size_t i;

	for (i = 0; i < m->nown; i++) {
		if (address_special(&m->own[i].addr) || told_before(m, i) ||
		    addrmap_address(r->map, &m->own[i].addr, &new, NULL) !=
			ADDRMAP_NONE)
			continue;
		address_print(&m->own[i].addr, text);
		if (plan_say(r->plan, PLAN_NOTE, ITEM_FILE, NULL, NULL,
			"uncovered",
			"no rule covers %s, the old node's own "
			"address (%s), found %" PRIu64 " times in the bundle",
			text, m->own[i].where, spots(m, &m->own[i].addr)) == -1)
			return -1;
	}
	return 0;
}

/* A part that is not looked at is not proven to be free of old addresses. */
static int
left_out(struct restore *r)
{
	const struct {
		enum item_part part;
		int out;
		const char *option;
	} parts[] = {
		{ PART_FILES, r->opt->no_files, "--no-files" },
		{ PART_LIBVIRT, !there_has(r, PART_LIBVIRT),
		    r->opt->no_libvirt ? "--no-libvirt" : NULL },
		{ PART_DATABASE, !there_has(r, PART_DATABASE),
		    r->opt->no_database ? "--no-database" : NULL },
	};
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i].out)
			continue;
		if (plan_say(r->plan, PLAN_NOTE, ITEM_FILE, NULL, NULL,
			"left-out", "%s: not looked at (%s)",
			item_part_name(parts[i].part),
			parts[i].option != NULL
			    ? parts[i].option
			    : "the bundle has none that is wanted") == -1)
			return -1;
	}
	return 0;
}

/* Rows of other hosts are in other bundles, and stay as they are. */
static int
some_hosts(struct restore *r)
{
	const struct manifest *m = r->manifest;
	struct buf names = BUF_EMPTY;
	int rc = 0;
	size_t i;

	if (m->nhosts == 0 || !there_has(r, PART_DATABASE))
		return 0;
	for (i = 0; i < m->nhosts && rc == 0; i++)
		rc = buf_addf(&names, "%s%s", i > 0 ? ", " : "", m->hosts[i]);
	if (rc == 0)
		rc = plan_say(r->plan, PLAN_NOTE, ITEM_TABLE, NULL, NULL,
		    "hosts",
		    "the bundle has the rows of compute host%s %s only: those "
		    "of other hosts stay as they are",
		    m->nhosts == 1 ? "" : "s", names.data);
	buf_free(&names);
	return rc;
}

int
advice_add(struct restore *r)
{

	if (left_out(r) == -1 || some_hosts(r) == -1)
		return -1;
	if (addrmap_rules(r->map) == 0)
		return 0;
	if (unused_rules(r) == -1 || derived_rules(r) == -1)
		return -1;
	return uncovered(r);
}
