#ifndef TESTS_UNIT_RANDOM_VALUE_H
#define TESTS_UNIT_RANDOM_VALUE_H

/**
 * Maps and values by chance: addresses in every form and spelling, their
 * neighbours, and what only looks like one.  Include behind cmocka.h.
 */

#include "tests/unit/chance.h"
#include "tests/unit/map_of.h"
#include "tests/unit/slow_map.h"

#define PICK(list) list[chance(sizeof(list) / sizeof(list[0]))]

/* Rules of which each run takes some: OLD and NEW.  What is new stands in no
 * document, so that every map has an inverse. */
static const struct {
	const char *old, *new;
	int prefix;
} rules[] = {
	{ "10.2.116.14", "44.2.15.3", 32 },
	{ "10.2.116.15", "44.2.15.200", 32 },
	{ "10.2.116.1", "44.111.115.143", 32 },
	{ "192.168.7.255", "45.0.0.1", 32 },
	{ "172.16.0.1", "46.1.1.1", 32 },
	{ "10.4.4.1", "10.4.4.2", 32 },
	{ "10.4.4.2", "10.4.4.1", 32 },
	{ "10.2.117.0", "66.1.5.0", 24 },
	{ "10.2.117.9", "47.9.9.9", 32 },
	{ "10.2.117.53", NULL, 32 },
	{ "10.2.118.0", "66.1.6.0", 24 },
	{ "10.3.0.0", "77.9.0.0", 16 },
	{ "10.3.9.0", "66.3.9.0", 24 },
	{ "2001:db8:1::e", "2a00:2::3a", 128 },
	{ "2001:db8:1::f", "2a00:2:0:0:1::f", 128 },
	{ "fe80::1", "fe80::aa:2b", 128 },
	{ "2001:db8:5::", "2a00:77:5::", 48 },
	{ "2001:db8:5::53", NULL, 128 },
	{ "2001:db8:6::", "2a00:77:6::", 48 },
	{ "64:ff9b::", "2a00:64::", 96 },
	{ "2001:db8:1::a02:740e", "2a00:2::a02:1f", 128 },
};

/* Addresses that the rules are about, and their neighbours. */
static const char *const four[] = { "10.2.116.14", "10.2.116.15", "10.2.116.1",
	"192.168.7.255", "172.16.0.1", "10.4.4.1", "10.4.4.2", "10.2.117.0",
	"10.2.117.9", "10.2.117.53", "10.2.117.200", "10.2.118.0",
	"10.2.118.77", "10.3.0.0", "10.3.9.1", "10.3.255.255", "10.2.116.140",
	"110.2.116.14", "10.2.116.16", "10.2.116.2", "127.0.0.1", "0.0.0.0" };
static const char *const six[] = { "2001:db8:1::e", "2001:db8:1::f", "fe80::1",
	"2001:db8:5::", "2001:db8:5::53", "2001:db8:5::1:2:3",
	"2001:db8:5:ff::9", "2001:db8:6::", "2001:db8:6:1::", "64:ff9b::1",
	"2001:db8:1::a02:740e", "2001:db8:1::ee", "::1",
	"::", "50:6:1:60:3b:a0:11:22" };
/* What is no address, or no whole one. */
static const char *const misses[] = { "10.2.116", "10.2.116.", ".2.116.14",
	"10.2..116.14", "10.2.116.256", "10.2.116.999", "1.5.10.2.116.14",
	"10.2.116.14.5", "010.002.116.014", "10.2.116.014", "10-2-116-14",
	"ip-10-2-116-14", "ip-10-2-117-9.ec2.internal", "10-2-116-140",
	"fa:16:3e:1a:66:d3", "50:06:01:60:3b:a0:11:22", "std::e", "10:22:3",
	"2001:db8:1:::e", "1:2:3:4:5:6:7:8:9",
	"2001:db8:1::e:3260:", "12001:db8:1::e", "::ffff:10.2.116.140",
	"2012-05-01 10:02:11", "e8f73117-1a19-4d3e-a8d5-f846199d3b75",
	"Linux 5.10.2.116.14", "10.2.116.% ", "1.2.3", "v1.1", "0x0a02740e",
	"2001:db8:1::eg" };
static const char *const words[] = { "", "", "portal", "iqn.2010-10.org:v",
	"lun-1", "eth0", "/dev/disk/by-path/ip-", "listen", "x", "5",
	"\xc3\xa9", "br100", "tcp", ",1", "0", "f", "e" };
static const char *const joints[] = { " ", " ", " ", ",", ";", "=", "@", "-",
	"_", ":", "[", "]", "(", ")", ".z", ". ", "%z", "x", "5", "%20", "%3A",
	"%5b", "\\n", "\\t", "\\u0020", "\\u005b", "$", "|", "/x", "{", "}",
	"%25" };

/* The map of a run, for novark and for the reference, and the way back. */
struct maps {
	struct addrmap *there, *back;
	struct slow_map slow;
};

static inline void
add_rule(struct buf *text, const char *old, const char *new, int prefix)
{
	int full = strchr(old, ':') == NULL ? 32 : 128;

	if (new == NULL)
		assert_int_equal(buf_addf(text, "keep %s\n", old), 0);
	else if (prefix == full)
		assert_int_equal(buf_addf(text, "%s = %s\n", old, new), 0);
	else
		assert_int_equal(
		    buf_addf(text, "%s/%d = %s/%d\n", old, prefix, new, prefix),
		    0);
}

static inline void
add_slow(struct slow_map *m, const char *old, const char *new, int prefix)
{
	struct slow_rule *r = &m->rule[m->n++];
	int family = strchr(old, ':') == NULL ? AF_INET : AF_INET6;

	memset(r, 0, sizeof(*r));
	r->family = family == AF_INET ? 4 : 6;
	r->prefix = prefix;
	r->keep = new == NULL;
	assert_int_equal(inet_pton(family, old, r->old), 1);
	if (new != NULL)
		assert_int_equal(inet_pton(family, new, r->new), 1);
}

static inline void
make_maps(struct maps *m)
{
	struct buf there = BUF_EMPTY, back = BUF_EMPTY;
	size_t i;

	memset(m, 0, sizeof(*m));
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		/* The two that swap come together. */
		if (chance(4) == 0 && i != 5 && i != 6)
			continue;
		add_rule(&there, rules[i].old, rules[i].new, rules[i].prefix);
		add_slow(&m->slow, rules[i].old, rules[i].new, rules[i].prefix);
		if (rules[i].new != NULL)
			add_rule(
			    &back, rules[i].new, rules[i].old, rules[i].prefix);
	}
	m->there = map_of(there.data);
	m->back = map_of(back.data);
	buf_free(&there);
	buf_free(&back);
}

static inline void
free_maps(struct maps *m)
{

	addrmap_free(m->there);
	addrmap_free(m->back);
}

static inline void
add(struct buf *b, const char *text)
{

	assert_int_equal(buf_adds(b, text), 0);
}

/* An IPv6 address in one of its spellings. */
static inline void
spell_six(struct buf *b, const char *text)
{
	static const char *const full[] = { "%04x", "%x", "%04X", "%X" };
	const char *how = full[chance(4)];
	unsigned char a[16];
	char group[8];
	size_t i;

	if (chance(2) == 0) {
		add(b, text);
		return;
	}
	assert_int_equal(inet_pton(AF_INET6, text, a), 1);
	for (i = 0; i < 8; i++) {
		if (i > 0)
			add(b, ":");
		if (i == 6 && chance(4) == 0) {
			assert_int_equal(buf_addf(b, "%u.%u.%u.%u", a[12],
					     a[13], a[14], a[15]),
			    0);
			return;
		}
		/* The formats stand above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(group, sizeof(group), how,
		    (unsigned)a[2 * i] << 8 | a[2 * i + 1]);
#pragma GCC diagnostic pop
		add(b, group);
	}
}

/* An IPv4 address inside an IPv6 one. */
static inline void
spell_mapped(struct buf *b, const char *text)
{
	static const char *const fronts[] = {
		"::ffff:", "::FFFF:", "0:0:0:0:0:ffff:", "64:ff9b::", "::"
	};
	unsigned char a[4];

	assert_int_equal(inet_pton(AF_INET, text, a), 1);
	add(b, PICK(fronts));
	if (chance(2) == 0)
		add(b, text);
	else
		assert_int_equal(
		    buf_addf(b, "%x:%x", (unsigned)a[0] << 8 | a[1],
			(unsigned)a[2] << 8 | a[3]),
		    0);
}

static inline void
add_address(struct buf *b)
{

	switch (chance(8)) {
	case 0:
		spell_mapped(b, PICK(four));
		break;
	case 1:
	case 2:
		spell_six(b, PICK(six));
		break;
	default:
		add(b, PICK(four));
	}
}

/* A form that OpenStack writes, by itself between blanks. */
static inline void
add_form(struct buf *b)
{
	static const char *const users[] = { "nova:p", "nova:10.2.116.14", "u",
		"10.2.116.14:x", "n:p%4010.2.117.9z" };
	const char *a = PICK(four), *s = PICK(six);

	add(b, " ");
	switch (chance(10)) {
	case 0:
		assert_int_equal(
		    buf_addf(b, "http://%s:5000/v3/$(tenant_id)s", a), 0);
		break;
	case 1:
		assert_int_equal(buf_addf(b, "http://[%s]:8774/", s), 0);
		break;
	case 2:
		assert_int_equal(
		    buf_addf(b, "mysql://%s@%s/nova", PICK(users), a), 0);
		break;
	case 3:
		assert_int_equal(buf_addf(b,
				     "%s:3260,1 iqn.2010-10.org:v-%u"
				     " 1",
				     a, chance(99)),
		    0);
		break;
	case 4:
		assert_int_equal(buf_addf(b,
				     "/dev/disk/by-path/ip-%s:3260-"
				     "iscsi-iqn-lun-1",
				     a),
		    0);
		break;
	case 5:
		assert_int_equal(
		    buf_addf(b, "[v2:%s:3300/0,v1:%s:6789/0]", a, PICK(four)),
		    0);
		break;
	case 6:
		assert_int_equal(buf_addf(b, "%s/%u", a, chance(33)), 0);
		break;
	case 7:
		assert_int_equal(buf_addf(b, "%s/%u", s, chance(129)), 0);
		break;
	case 8:
		assert_int_equal(buf_addf(b, "%%%s %%20%s", a, s), 0);
		break;
	default:
		assert_int_equal(
		    buf_addf(b, "%s:/export/%s-%s", a, a, PICK(four)), 0);
	}
	add(b, " ");
}

static inline void
make_value(struct buf *b)
{
	size_t n = 1 + chance(5);
	const char *miss;

	buf_clear(b);
	add(b, "");
	while (n-- > 0) {
		miss = "";
		switch (chance(6)) {
		case 0:
			miss = PICK(misses);
			add(b, miss);
			break;
		case 1:
			add(b, PICK(words));
			break;
		case 2:
			add_form(b);
			break;
		default:
			add_address(b);
		}
		/* Its last number could begin an IPv6 address, too. */
		if (n > 0)
			add(b, strchr(miss, '-') != NULL ? " " : PICK(joints));
	}
}

#endif
