#include "restore/map/rewrite_match.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "restore/map/rewrite.h"

static int
alnum(char c)
{

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

static int
hex(char c)
{

	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

static int
name_char(char c)
{

	return alnum(c) || c == '_' || c == '.' || c == '-';
}

/* A path goes on with these, or ends. */
static int
path_char(char c)
{

	return alnum(c) || (c != '\0' && strchr("._/-+~@%", c) != NULL);
}

static void
use(struct matcher *m, size_t rule)
{

	if (m->used != NULL)
		addrmap_used(m->used, rule);
}

static void
set(struct match *n, size_t off, size_t len, const char *new, size_t rule)
{

	n->off = off;
	n->len = len;
	n->new = new;
	n->new_len = strlen(new);
	n->held = NULL;
	n->rule = rule;
	n->host = 0;
}

/* The next name of a host, of a list or up to "@backend", that has a rule. */
static int
host(struct matcher *m, struct match *n)
{
	size_t *pos = &m->pos[MATCH_WHOLE], s, e, rule;
	const char *new;

	while (*pos < m->len) {
		for (s = *pos; s < m->len && strchr(", \t", m->bytes[s]); s++)
			;
		if (m->hosts == HOST_PLACE_LIST)
			for (e = s; e < m->len && name_char(m->bytes[e]); e++)
				;
		else
			for (e = s; e < m->len && m->bytes[e] != '@'; e++)
				;
		*pos =
		    m->hosts == HOST_PLACE_LIST && e < m->len ? e + 1 : m->len;
		new = addrmap_host(m->map, m->bytes + s, e - s, &rule);
		if (new == NULL)
			continue;
		if (addrmap_rule_keeps(m->map, rule)) {
			use(m, rule);
			continue;
		}
		set(n, s, e - s, new, rule);
		n->host = 1;
		return 1;
	}
	return 0;
}

/* Machine types and bridges: the whole value or nothing. */
static int
whole(struct matcher *m, struct match *n)
{
	const char *new = NULL;
	size_t rule;

	if (m->hosts != HOST_PLACE_NONE)
		return host(m, n);

	if (m->pos[MATCH_WHOLE] > 0)
		return 0;
	m->pos[MATCH_WHOLE] = 1;
	if (m->role == PLACE_MACHINE)
		new = addrmap_machine(m->map, m->bytes, m->len, &rule);
	else if (m->role == PLACE_BRIDGE)
		new = addrmap_bridge(m->map, m->bytes, m->len, &rule);
	if (new == NULL)
		return 0;
	set(n, 0, m->len, new, rule);
	return 1;
}

/* May an absolute path start at the slash at i?  Not inside another path, and
 * not in the path of a URL, but for file:// ones. */
static int
path_starts(const char *b, size_t i)
{

	if (i == 0)
		return 1;
	if (i >= 7 && memcmp(b + i - 7, "file://", 7) == 0)
		return 1;
	if (i >= 2 && b[i - 2] == '\\' && strchr("nrtbf", b[i - 1]) != NULL)
		return 1;
	return (unsigned char)b[i - 1] <= ' ' ||
	       strchr("\"'`=:,;>([{|<&!", b[i - 1]) != NULL;
}

static int
path(struct matcher *m, struct match *n)
{
	size_t *pos = &m->pos[MATCH_PATH], i, e, old, rule;
	const char *slash, *new;

	while (*pos < m->len &&
	       (slash = memchr(m->bytes + *pos, '/', m->len - *pos)) != NULL) {
		i = (size_t)(slash - m->bytes);
		*pos = i + 1;
		if (!path_starts(m->bytes, i) ||
		    (i + 1 < m->len && slash[1] == '/'))
			continue;
		for (e = i; e < m->len && path_char(m->bytes[e]);)
			e++;
		*pos = e;
		new = addrmap_path(m->map, slash, e - i, &old, &rule);
		if (new == NULL)
			continue;
		*pos = i + old;
		set(n, i, old, new, rule);
		return 1;
	}
	*pos = m->len;
	return 0;
}

/* A whole part of a path that a derived rule knows. */
static int
folder(struct matcher *m, struct match *n)
{
	size_t *pos = &m->pos[MATCH_FOLDER], i, e, rule;
	const char *slash, *new;

	while (*pos < m->len &&
	       (slash = memchr(m->bytes + *pos, '/', m->len - *pos)) != NULL) {
		i = (size_t)(slash - m->bytes) + 1;
		for (e = i; e < m->len && m->bytes[e] != '/' &&
			    path_char(m->bytes[e]);)
			e++;
		*pos = e;
		new = addrmap_folder(m->map, m->bytes + i, e - i, &rule);
		if (new == NULL)
			continue;
		set(n, i, e - i, new, rule);
		return 1;
	}
	*pos = m->len;
	return 0;
}

/* The rule for the name [s, e): with the bytes of an escape in front cut off,
 * or as it stands. */
static const char *
name_rule(const struct matcher *m, size_t *s, size_t e, size_t *rule)
{
	const char *b = m->bytes, *new;
	size_t skip = 0;

	if (*s > 0 && b[*s - 1] == '%' && e - *s > 2 && hex(b[*s]) &&
	    hex(b[*s + 1]))
		skip = 2;
	else if (*s > 0 && b[*s - 1] == '\\' && e - *s > 5 && b[*s] == 'u')
		skip = 5;
	else if (*s > 0 && b[*s - 1] == '\\' && e - *s > 1 &&
		 strchr("nrtbf", b[*s]) != NULL)
		skip = 1;
	if (skip > 0 && (new = addrmap_name(m->map, b + *s + skip,
			     e - *s - skip, rule)) != NULL) {
		*s += skip;
		return new;
	}
	return addrmap_name(m->map, b + *s, e - *s, rule);
}

static int
name(struct matcher *m, struct match *n)
{
	size_t *pos = &m->pos[MATCH_NAME], s, e, rule;
	const char *new;

	while (*pos < m->len) {
		for (s = *pos; s < m->len && !name_char(m->bytes[s]);)
			s++;
		for (e = s; e < m->len && name_char(m->bytes[e]);)
			e++;
		*pos = e;
		while (e > s && m->bytes[e - 1] == '.')
			e--;
		if (s == e || (new = name_rule(m, &s, e, &rule)) == NULL)
			continue;
		set(n, s, e - s, new, rule);
		return 1;
	}
	return 0;
}

/* Is the token a network that its rule, a range, covers only in part? */
static int
wider(const struct matcher *m, const struct address_token *t,
    const struct address *old, size_t rule)
{
	int prefix = addrmap_rule_prefix(m->map, rule), full, i;

	full = old->family == 4 ? 32 : 128;
	if (prefix == full || t->prefix < 0 || t->prefix >= prefix)
		return 0;
	for (i = t->prefix; i < full; i++)
		if (old->bytes[i / 8] & (0x80 >> (i % 8)))
			return 0;
	return 1;
}

/* What the map says of an address inside the token, at off. */
static enum addrmap_answer
ask(struct matcher *m, const struct address_token *t, const struct address *old,
    size_t off, size_t len, struct match *n)
{
	enum addrmap_answer answer;
	struct address new;

	answer = addrmap_address(m->map, old, &new, &n->rule);
	if (answer == ADDRMAP_NONE)
		return answer;
	use(m, n->rule);
	n->off = off;
	n->len = len;
	n->held = NULL;
	n->host = 0;
	if (answer != ADDRMAP_NEW)
		return answer;
	n->new_len = address_print(&new, n->text);
	if (wider(m, t, old, n->rule))
		n->held = HELD_WIDE;
	return answer;
}

/* The IPv4 address in the last four bytes. */
static struct address
tail_of(const struct address *a)
{
	struct address r = { 4, { 0 } };

	memcpy(r.bytes, a->bytes + (a->family == 4 ? 0 : 12), 4);
	return r;
}

/* A token of IPv6 spelling: the whole by an IPv6 rule, else its IPv4 tail. */
static enum addrmap_answer
ask6(struct matcher *m, const struct address_token *t, struct match *n)
{
	struct address all = t->addr, tail = tail_of(&t->addr);
	struct address_token whole = *t, part = *t;
	enum addrmap_answer answer;
	char v4[ADDRESS_TEXT];
	size_t i = 0;

	if (t->spelling == ADDRESS_MAPPED) {
		all = (struct address){ 6, { 0 } };
		all.bytes[10] = all.bytes[11] = 0xff;
		memcpy(all.bytes + 12, tail.bytes, 4);
		whole.prefix += t->prefix >= 0 ? 96 : 0;
	} else if (t->prefix >= 0) {
		part.prefix = t->prefix > 96 ? t->prefix - 96 : 0;
	}
	answer = ask(m, &whole, &all, t->off, t->len, n);
	if (answer != ADDRMAP_NONE)
		return answer;
	if (memchr(m->bytes + t->off, '.', t->len) != NULL) {
		for (i = t->len; m->bytes[t->off + i - 1] != ':';)
			i--;
		return ask(m, &part, &tail, t->off + i, t->len - i, n);
	}
	if (t->spelling != ADDRESS_MAPPED)
		return ADDRMAP_NONE;
	answer = ask(m, &part, &tail, t->off, t->len, n);
	if (answer == ADDRMAP_NEW) {
		memcpy(v4, n->text, sizeof(v4));
		snprintf(n->text, sizeof(n->text), "::ffff:%.15s", v4);
		n->new_len = strlen(n->text);
	}
	return answer;
}

static int
address(struct matcher *m, struct match *n)
{
	enum addrmap_answer answer;
	struct address_token t;
	char *c;

	while (address_scan_next(&m->scan, &t)) {
		if (t.addr.family == 6 || t.spelling == ADDRESS_MAPPED)
			answer = ask6(m, &t, n);
		else
			answer = ask(m, &t, &t.addr, t.off, t.len, n);
		if (answer != ADDRMAP_NEW)
			continue;
		n->new = n->text;
		if (t.spelling == ADDRESS_PADDED)
			n->held = HELD_PADDED;
		if (t.spelling != ADDRESS_DASHED)
			return 1;
		n->held = HELD_DASHED;
		for (c = n->text; *c != '\0'; c++)
			if (*c == '.')
				*c = '-';
		return 1;
	}
	return 0;
}

/* Look for the next one of a kind. */
static void
advance(struct matcher *m, enum match_kind kind)
{
	static int (*const find[MATCH_KINDS])(struct matcher *,
	    struct match *) = { whole, path, folder, name, address };

	if (!find[kind](m, &m->next[kind]))
		m->next[kind].off = SIZE_MAX;
	else if (kind != MATCH_ADDRESS)
		use(m, m->next[kind].rule);
}

void
match_start(struct matcher *m, struct addrmap *map, enum place_role role,
    enum host_place hosts, const char *bytes, size_t len, int count)
{
	size_t k;

	m->map = map;
	m->used = count ? map : NULL;
	m->bytes = bytes;
	m->len = len;
	m->role = role;
	m->end = 0;
	m->hosts = addrmap_has_hosts(map) ? hosts : HOST_PLACE_NONE;
	for (k = 0; k < MATCH_KINDS; k++) {
		m->pos[k] = 0;
		m->next[k].off = SIZE_MAX;
	}
	if (role == PLACE_MACHINE || role == PLACE_BRIDGE ||
	    m->hosts != HOST_PLACE_NONE)
		advance(m, MATCH_WHOLE);
	if (addrmap_has_paths(map))
		advance(m, MATCH_PATH);
	if (addrmap_has_folders(map))
		advance(m, MATCH_FOLDER);
	if (addrmap_has_names(map))
		advance(m, MATCH_NAME);
	address_scan_start(&m->scan, bytes, len, 0);
	advance(m, MATCH_ADDRESS);
}

const struct match *
match_next(struct matcher *m)
{
	const struct match *best = NULL, *n;
	size_t k;

	for (k = 0; k < MATCH_KINDS; k++) {
		n = &m->next[k];
		/* What overlaps the one before, that one too, is past. */
		while (n->off < m->end)
			advance(m, (enum match_kind)k);
		if (n->off != SIZE_MAX &&
		    (best == NULL || n->off < best->off ||
			(n->off == best->off && n->len > best->len)))
			best = n;
	}
	if (best != NULL)
		m->end = best->off + best->len;
	return best;
}
