#ifndef RESTORE_ADDRMAP_INNER_H
#define RESTORE_ADDRMAP_INNER_H

#include "restore/map/addrmap.h"

/**
 * The map as its own files see it: parse adds rules, ready makes the tables,
 * query asks them.
 */
enum rule_kind {
	RULE_ADDRESS, /* also keep, ranges too */
	RULE_NAME,
	RULE_PATH,
	RULE_MACHINE,
	RULE_BRIDGE,
	RULE_HOST,
	RULE_FOLDER /* derived */
};
#define RULE_KINDS 7

struct rule {
	enum rule_kind kind;
	int keep;
	int prefix;              /* RULE_ADDRESS: 32 or 128 is one address */
	struct address from, to; /* RULE_ADDRESS; range: host bits zero */
	char *old, *new; /* the others; OLD of names and hosts in lower case */
	size_t old_len;
	char *text, *where;
	uint64_t uses;
};

/* Open addressing; a slot holds half a hash above the number of a rule plus
 * one, so that a miss never touches the rules.  Most misses do not even touch
 * the slots: of eight bits a slot, which stay in the processor's cache with
 * thousands of rules, the one that the hash names is 0. */
struct table {
	uint64_t *slots;
	uint64_t *bits; /* behind the slots, freed with them */
	size_t cap;     /* a power of two, or 0 */
};

struct addrmap {
	struct rule *rules;
	size_t nrules, cap;
	struct table addresses, strings;
	int prefixes4[33],
	    prefixes6[129]; /* the lengths in use, longest first */
	size_t nprefixes4, nprefixes6;
	size_t count[RULE_KINDS];
	size_t keeps;        /* keep rules among those for addresses */
	size_t longest_path; /* OLD of a path rule */
};

/* Make room for one more rule and return it zeroed, not counted yet; NULL said.
 */
struct rule *addrmap_room(struct addrmap *m) MUST_CHECK;

/* Free what a rule owns. */
void addrmap_rule_free(struct rule *r);

/* Zero the bits of ${a} behind the first ${prefix}. */
void addrmap_cut(struct address *a, int prefix);

/* The rule's NEW with the host bits of ${old}. */
void addrmap_translate(
    const struct rule *r, const struct address *old, struct address *new);

/* Put rule number ${i} into its table; return the number of the rule that is
 * there already, or ${i}. */
size_t addrmap_enter(struct addrmap *m, size_t i);

/**
 * The sides of a rule, each as text that is changed in place; ${where} is for
 * the message.  0, or -1 said.
 *   range  an address, or a range without host bits: ${a} and ${*prefix}
 *   name   a DNS name; its root dot is cut off
 *   path   an absolute path; slashes at its end are cut off
 *   word   a machine type or a bridge
 *   host   the name of a host, short or full
 */
int addrmap_range(
    const char *where, char *text, struct address *a, int *prefix) MUST_CHECK;
int addrmap_check_name(const char *where, char *s) MUST_CHECK;
int addrmap_check_path(const char *where, char *s) MUST_CHECK;
int addrmap_check_word(const char *where, char *s) MUST_CHECK;
int addrmap_check_host(const char *where, char *s) MUST_CHECK;

#endif
