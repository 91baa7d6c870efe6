#ifndef RESTORE_ADDRMAP_H
#define RESTORE_ADDRMAP_H

#include <stddef.h>
#include <stdint.h>

#include "archive/address/address.h"
#include "archive/outcome.h"

/**
 * addrmap: the map, OLD = NEW, thousands of rules, asked in one pass: a query
 * costs the same whatever the number of rules.  Rules (README, "The map"):
 * address, range, keep, name, path, machine, bridge, host.
 */
struct addrmap;

struct addrmap *addrmap_new(void) MUST_CHECK;
void addrmap_free(struct addrmap *m);

/**
 * addrmap_add(m, rule, where):
 * Add one rule, as a line of a map file; ${where} names it in messages
 * ("--map 10.2.116.14=10.2.15.3", "moves.map:12").  Blank lines and comments
 * are fine. 0, or -1 said: not a rule, prefix lengths that differ, IPv6 to
 * IPv4, host bits in a range.
 */
int
addrmap_add(struct addrmap *m, const char *rule, const char *where) MUST_CHECK;

/* Every line of a file: 0 or -1 (all bad lines are said, not the first only).
 */
int addrmap_file(struct addrmap *m, const char *file) MUST_CHECK;

/**
 * addrmap_derive(m, old, new, where):
 * Add a rule that nobody wrote, for it follows from the others: a folder named
 * ${old}, a whole part of a path, is named ${new} then; ${where} says what it
 * is derived from.  To be followed by addrmap_ready.  0, or -1 said.
 */
int addrmap_derive(struct addrmap *m, const char *old, const char *new,
    const char *where) MUST_CHECK;

/**
 * addrmap_ready(m):
 * Check the rules against each other and make them ready to be asked: a
 * contradiction (one OLD, two NEW; keep and change; two hosts that would have
 * one name) names both places.  0 or -1.  Again after more were added.
 */
int addrmap_ready(struct addrmap *m) MUST_CHECK;

/* How a query ended. */
enum addrmap_answer {
	ADDRMAP_NONE, /* no rule */
	ADDRMAP_KEEP, /* a keep rule */
	ADDRMAP_NEW,
	ADDRMAP_PARTS /* addrmap_network: rules for parts of it only */
};

/* rule (may be NULL) gets the number of the rule that decided, which is then
 * counted as used only by addrmap_used. */
enum addrmap_answer addrmap_address(const struct addrmap *m,
    const struct address *old, struct address *new, size_t *rule);
/**
 * addrmap_network(m, old, prefix, new, rule):
 * The same for a whole network, ${old} without host bits: NEW when one rule
 * moves all of it, and what finer rules there are for parts of it end inside
 * ${new}, too; PARTS when something in it moves otherwise (${new} is ${old}
 * when no rule moves all of it).  Costs a look at every rule.
 */
enum addrmap_answer addrmap_network(const struct addrmap *m,
    const struct address *old, int prefix, struct address *new, size_t *rule);
/* The prefix length of a rule on a range, 32 or 128 for an exact address. */
int addrmap_rule_prefix(const struct addrmap *m, size_t rule);

/* Whole DNS name (no port, no dot at the end), any case. NULL: no rule. */
const char *addrmap_name(
    const struct addrmap *m, const char *name, size_t len, size_t *rule);
/* A path: the longest rule whose OLD is it, or a leading part up to a slash.
 * ${*oldlen} of its bytes are replaced by the result. NULL: no rule. */
const char *addrmap_path(const struct addrmap *m, const char *path, size_t len,
    size_t *oldlen, size_t *rule);
/* Whole machine type, whole bridge name. NULL: no rule. */
const char *addrmap_machine(
    const struct addrmap *m, const char *s, size_t len, size_t *rule);
const char *addrmap_bridge(
    const struct addrmap *m, const char *s, size_t len, size_t *rule);
/* The name of a host, short or full, any case (what is behind a "@" is not for
 * the caller to pass).  NULL: no rule; the name itself when a rule keeps it. */
const char *addrmap_host(
    const struct addrmap *m, const char *name, size_t len, size_t *rule);

/* The derived name of a folder that has a derived rule, given whole.  NULL: no
 * rule. */
const char *addrmap_folder(
    const struct addrmap *m, const char *name, size_t len, size_t *rule);

/* Does the map have rules of that kind (so that a pass can be left out)? */
int addrmap_has_names(const struct addrmap *m);
int addrmap_has_paths(const struct addrmap *m);
int addrmap_has_hosts(const struct addrmap *m);
int addrmap_has_folders(const struct addrmap *m);
int addrmap_has_words(const struct addrmap *m); /* machine, bridge */
int addrmap_has_keeps(const struct addrmap *m); /* of addresses */

/* Count a use; the rules, their text, where they stand, and their uses. */
void addrmap_used(struct addrmap *m, size_t rule);
size_t addrmap_rules(const struct addrmap *m);
const char *addrmap_rule_text(const struct addrmap *m, size_t rule);
const char *addrmap_rule_where(const struct addrmap *m, size_t rule);
uint64_t addrmap_rule_uses(const struct addrmap *m, size_t rule);
int addrmap_rule_keeps(const struct addrmap *m, size_t rule);
/* Was it derived?  Then its text is OLD = NEW. */
int addrmap_rule_derived(const struct addrmap *m, size_t rule);

#endif
