/**
 * A map file.  What is taken is told again by the rules' own texts, and means
 * the same; what becomes of an address is what a slow reference says, which
 * asks every rule in turn.
 */
#include "restore/map/addrmap.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/slow_map.h"

static const size_t most = sizeof(((struct slow_map *)0)->rule) /
			   sizeof(((struct slow_map *)0)->rule[0]);

/* One side of a rule by the C library: 0, or -1. */
static int
slow_side(char *text, int *family, int *prefix, unsigned char a[16])
{
	char *slash = strchr(text, '/');

	if (slash != NULL)
		*slash = '\0';
	*family = strchr(text, ':') == NULL ? 4 : 6;
	*prefix = slash != NULL ? atoi(slash + 1) : *family == 4 ? 32 : 128;
	memset(a, 0, 16);
	return inet_pton(*family == 4 ? AF_INET : AF_INET6, text, a) == 1 ? 0
									  : -1;
}

/* The rule of that text, when it is about addresses: 1; else 0. */
static int
slow_rule(const char *rule, struct slow_rule *r)
{
	char text[256], *to;
	int family, prefix;

	MUST(strlen(rule) < sizeof(text) || strchr(rule, ' ') != NULL);
	snprintf(text, sizeof(text), "%s", rule);
	memset(r, 0, sizeof(*r));
	if (strncmp(text, "keep ", 5) == 0) {
		r->keep = 1;
		MUST(slow_side(text + 5, &r->family, &r->prefix, r->old) == 0);
		return 1;
	}
	if ((to = strstr(text, " = ")) == NULL || text[0] > 'f' ||
	    strncmp(text, "bridge ", 7) == 0)
		return 0;
	*to = '\0';
	MUST(slow_side(text, &r->family, &r->prefix, r->old) == 0);
	MUST(slow_side(to + 3, &family, &prefix, r->new) == 0);
	MUST(family == r->family && prefix == r->prefix);
	return 1;
}

/* What both say of one address. */
static void
ask(const struct addrmap *m, const struct slow_map *slow, int family,
    const unsigned char *bytes)
{
	const struct slow_rule *r = slow_find(slow, family, bytes);
	struct address old = { family, { 0 } }, new;
	unsigned char wanted[16];
	enum addrmap_answer answer;
	size_t rule, n = family == 4 ? 4 : 16;

	memcpy(old.bytes, bytes, n);
	answer = addrmap_address(m, &old, &new, &rule);
	MUST((answer == ADDRMAP_NONE) == (r == NULL));
	if (r == NULL)
		return;
	MUST(addrmap_rule_prefix(m, rule) == r->prefix);
	if (answer == ADDRMAP_KEEP) {
		MUST(r->keep || memcmp(r->old, r->new, n) == 0);
		return;
	}
	MUST(answer == ADDRMAP_NEW && !r->keep);
	slow_new(r, bytes, wanted);
	MUST(new.family == family &&memcmp(new.bytes, wanted, n) == 0);
}

/* Each address of a rule, and its neighbours bit by bit. */
static void
ask_all(const struct addrmap *m, const struct slow_map *slow)
{
	unsigned char near[16];
	const struct slow_rule *r;
	int bit, full;

	for (r = slow->rule; r < slow->rule + slow->n; r++) {
		full = r->family == 4 ? 32 : 128;
		ask(m, slow, r->family, r->old);
		ask(m, slow, r->family, r->new);
		for (bit = 0; bit < full; bit += 1 + full / 40) {
			memcpy(near, r->old, 16);
			near[bit / 8] ^= (unsigned char)(0x80 >> bit % 8);
			ask(m, slow, r->family, near);
		}
	}
}

/* The rules once more, by their texts: they say the same. */
static void
check_texts(const struct addrmap *m)
{
	struct addrmap *again = addrmap_new();
	size_t i;

	MUST(again != NULL);
	for (i = 0; i < addrmap_rules(m); i++)
		MUST(addrmap_add(again, addrmap_rule_text(m, i),
			 addrmap_rule_where(m, i)) == 0);
	MUST(addrmap_ready(again) == 0);
	MUST(addrmap_rules(again) == addrmap_rules(m));
	for (i = 0; i < addrmap_rules(m); i++) {
		MUST(strcmp(addrmap_rule_text(again, i),
			 addrmap_rule_text(m, i)) == 0);
		MUST(addrmap_rule_keeps(again, i) == addrmap_rule_keeps(m, i));
		MUST(
		    addrmap_rule_prefix(again, i) == addrmap_rule_prefix(m, i));
	}
	addrmap_free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct addrmap *m = addrmap_new();
	struct slow_map slow = { .n = 0 };
	char path[64];
	size_t i;
	int fd;

	MUST(m != NULL);
	fd = fuzz_file(data, len, path);
	if (addrmap_file(m, path) == 0 && addrmap_ready(m) == 0) {
		check_texts(m);
		for (i = 0; i < addrmap_rules(m) && slow.n < most; i++)
			slow.n += (size_t)slow_rule(
			    addrmap_rule_text(m, i), &slow.rule[slow.n]);
		if (i == addrmap_rules(m))
			ask_all(m, &slow);
	}
	close(fd);
	addrmap_free(m);
	warn_forget();
	return 0;
}
