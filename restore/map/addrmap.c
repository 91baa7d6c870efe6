#include "restore/map/addrmap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/buf.h"
#include "archive/limits.h"
#include "archive/warn.h"
#include "restore/map/addrmap_inner.h"

struct addrmap *
addrmap_new(void)
{
	struct addrmap *m;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		warn_msg("out of memory");
	return m;
}

void
addrmap_rule_free(struct rule *r)
{

	free(r->old);
	free(r->new);
	free(r->text);
	free(r->where);
}

void
addrmap_free(struct addrmap *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->nrules; i++)
		addrmap_rule_free(&m->rules[i]);
	free(m->rules);
	free(m->addresses.slots);
	free(m->strings.slots);
	free(m);
}

struct rule *
addrmap_room(struct addrmap *m)
{
	size_t cap = m->cap ? m->cap * 2 : 16;
	struct rule *more;

	if (m->nrules == LIMIT_RULES) {
		warn_msg("a map has at most %u rules", LIMIT_RULES);
		return NULL;
	}
	if (m->nrules == m->cap) {
		if (cap > UINT32_MAX / 2 ||
		    (more = realloc(m->rules, cap * sizeof(*more))) == NULL) {
			warn_msg("out of memory");
			return NULL;
		}
		m->rules = more;
		m->cap = cap;
	}
	memset(&m->rules[m->nrules], 0, sizeof(*m->rules));
	return &m->rules[m->nrules];
}

/* All of a file, at most LIMIT_MAP bytes. */
static int
read_all(const char *file, struct buf *b)
{
	char *to;
	FILE *f;
	size_t n;

	if ((f = fopen(file, "re")) == NULL) {
		warn_errno("cannot open the map file %s", file);
		goto err0;
	}
	do {
		if ((to = buf_reserve(b, 65536)) == NULL)
			goto err1;
		n = fread(to, 1, 65536, f);
		b->len += n;
		if (b->len > LIMIT_MAP) {
			warn_msg("%s: too large for a map file", file);
			goto err1;
		}
	} while (n > 0);
	if (ferror(f)) {
		warn_errno("cannot read the map file %s", file);
		goto err1;
	}
	fclose(f);
	return 0;

err1:
	fclose(f);
err0:
	return -1;
}

/* One line of a file, with its place in front of what is said of it. */
static int
file_line(
    struct addrmap *m, const char *file, size_t number, char *line, size_t len)
{
	struct buf where = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&where, "%s:%zu", file, number))
		goto out;
	if (strlen(line) != len) {
		warn_msg("%s: the line has a NUL byte", where.data);
		goto out;
	}
	rc = addrmap_add(m, line, where.data);
out:
	buf_free(&where);
	return rc;
}

/* Bad lines of one file that are told. */
#define TOLD 20

int
addrmap_file(struct addrmap *m, const char *file)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct buf b = BUF_EMPTY;
	size_t i = 0, number = 0, bad = 0;
	char *nl;
	int rest, full = 0;

	if (read_all(file, &b)) {
		buf_free(&b);
		return -1;
	}
	/* Something else than a map has a million bad lines: the first tell. */
	if (b.len >= 3 && memcmp(b.data, bom, 3) == 0)
		i = 3;
	while (i < b.len && bad < TOLD && !full) {
		nl = memchr(b.data + i, '\n', b.len - i);
		if (nl == NULL)
			nl = b.data + b.len;
		*nl = '\0';
		if (file_line(m, file, ++number, b.data + i,
			(size_t)(nl - b.data) - i))
			bad++;
		full = bad > 0 && m->nrules == LIMIT_RULES;
		i = (size_t)(nl - b.data) + 1;
	}
	rest = i < b.len;
	if (rest && bad == TOLD)
		warn_msg("%s:%zu: read no further: too many lines are wrong",
		    file, number);
	buf_free(&b);
	return bad > 0 || rest ? -1 : 0;
}

/* Do two rules on the same OLD say the same? */
static int
agree(const struct rule *a, const struct rule *b)
{

	if (a->kind != RULE_ADDRESS)
		return strcmp(a->new, b->new) == 0;
	return a->keep == b->keep &&
	       (a->keep || address_compare(&a->to, &b->to) == 0);
}

static int
table_new(struct table *t, size_t rules)
{

	free(t->slots);
	for (t->cap = 16; t->cap < rules * 2; t->cap *= 2)
		;
	if ((t->slots = calloc(t->cap + t->cap / 32 + 1, sizeof(*t->slots))) ==
	    NULL) {
		warn_msg("out of memory");
		t->cap = 0;
		return -1;
	}
	t->bits = t->slots + t->cap;
	return 0;
}

/* The prefix lengths in use, longest first. */
static void
list_prefixes(struct addrmap *m)
{
	unsigned char has4[33] = { 0 }, has6[129] = { 0 };
	const struct rule *r;
	size_t i;
	int n;

	for (i = 0; i < m->nrules; i++) {
		r = &m->rules[i];
		if (r->kind == RULE_ADDRESS)
			(r->from.family == 4 ? has4 : has6)[r->prefix] = 1;
	}
	m->nprefixes4 = m->nprefixes6 = 0;
	for (n = 32; n >= 0; n--)
		if (has4[n])
			m->prefixes4[m->nprefixes4++] = n;
	for (n = 128; n >= 0; n--)
		if (has6[n])
			m->prefixes6[m->nprefixes6++] = n;
}

static int
by_new(const void *a, const void *b)
{
	const struct rule *const *x = a, *const *y = b;

	return strcasecmp((*x)->new, (*y)->new);
}

/* compute1 and compute1.old.example may well be one host. */
static int
same_label(const char *a, const char *b)
{
	size_t n = strcspn(a, ".");

	return n == strcspn(b, ".") && strncasecmp(a, b, n) == 0;
}

/* Two hosts that get one name would be one to nova: 0, or -1 said. */
static int
check_hosts(const struct addrmap *m)
{
	const struct rule **hosts;
	size_t i, n = 0;
	int rc = 0;

	if (m->count[RULE_HOST] < 2)
		return 0;
	if ((hosts = calloc(m->count[RULE_HOST], sizeof(*hosts))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < m->nrules && n < m->count[RULE_HOST]; i++)
		if (m->rules[i].kind == RULE_HOST)
			hosts[n++] = &m->rules[i];
	qsort(hosts, n, sizeof(*hosts), by_new);
	for (i = 1; i < n; i++) {
		if (by_new(&hosts[i - 1], &hosts[i]) != 0 ||
		    same_label(hosts[i - 1]->old, hosts[i]->old))
			continue;
		warn_msg("two hosts would have one name: \"%s\" (%s) and "
			 "\"%s\" (%s)",
		    hosts[i - 1]->text, hosts[i - 1]->where, hosts[i]->text,
		    hosts[i]->where);
		rc = -1;
	}
	free(hosts);
	return rc;
}

int
addrmap_ready(struct addrmap *m)
{
	size_t i, kept = 0, other;
	int rc = 0;

	if (table_new(&m->addresses, m->nrules) ||
	    table_new(&m->strings, m->nrules))
		return -1;
	memset(m->count, 0, sizeof(m->count));
	m->longest_path = m->keeps = 0;
	for (i = 0; i < m->nrules; i++) {
		struct rule r = m->rules[i];

		m->rules[i] = m->rules[kept];
		m->rules[kept] = r;
		if ((other = addrmap_enter(m, kept)) == kept) {
			m->count[r.kind]++;
			m->keeps += r.kind == RULE_ADDRESS && r.keep;
			if (r.kind == RULE_PATH && r.old_len > m->longest_path)
				m->longest_path = r.old_len;
			kept++;
			continue;
		}
		if (agree(&r, &m->rules[other]))
			continue;
		warn_msg(
		    "the map contradicts itself: \"%s\" (%s) and \"%s\" (%s)",
		    m->rules[other].text, m->rules[other].where, r.text,
		    r.where);
		rc = -1;
	}
	/* What was said twice is kept once. */
	while (m->nrules > kept)
		addrmap_rule_free(&m->rules[--m->nrules]);
	list_prefixes(m);
	return check_hosts(m) ? -1 : rc;
}

int
addrmap_has_hosts(const struct addrmap *m)
{

	return m->count[RULE_HOST] > 0;
}

int
addrmap_has_folders(const struct addrmap *m)
{

	return m->count[RULE_FOLDER] > 0;
}

int
addrmap_has_words(const struct addrmap *m)
{

	return m->count[RULE_MACHINE] > 0 || m->count[RULE_BRIDGE] > 0;
}

int
addrmap_has_keeps(const struct addrmap *m)
{

	return m->keeps > 0;
}

int
addrmap_rule_derived(const struct addrmap *m, size_t rule)
{

	return m->rules[rule].kind == RULE_FOLDER;
}

int
addrmap_has_names(const struct addrmap *m)
{

	return m->count[RULE_NAME] > 0;
}

int
addrmap_has_paths(const struct addrmap *m)
{

	return m->count[RULE_PATH] > 0;
}

void
addrmap_used(struct addrmap *m, size_t rule)
{

	m->rules[rule].uses++;
}

size_t
addrmap_rules(const struct addrmap *m)
{

	return m->nrules;
}

const char *
addrmap_rule_text(const struct addrmap *m, size_t rule)
{

	return m->rules[rule].text;
}

const char *
addrmap_rule_where(const struct addrmap *m, size_t rule)
{

	return m->rules[rule].where;
}

uint64_t
addrmap_rule_uses(const struct addrmap *m, size_t rule)
{

	return m->rules[rule].uses;
}

int
addrmap_rule_keeps(const struct addrmap *m, size_t rule)
{

	return m->rules[rule].keep;
}

int
addrmap_rule_prefix(const struct addrmap *m, size_t rule)
{

	return m->rules[rule].prefix;
}
