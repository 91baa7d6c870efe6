#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/map/rewrite.h"
#include "tests/unit/chance.h"
#include "tests/unit/map_of.h"

/* "label: before > after (held) replaced/held" for each place. */
static int
list_place(void *cookie, const struct rewrite_place *p)
{

	return buf_addf(cookie, "%s: %.*s > %.*s (%s) %zu/%zu\n", p->label,
	    (int)p->before_len, p->before, (int)p->after_len, p->after,
	    p->held != NULL ? p->held : "-", p->matches, p->nheld);
}

static const char conf[] = "[a]\nb = 10.0.0.1,10.0.0.1,10.0.0.2\nc = 10.0.0.3\n"
			   "# 10.0.0.1\nu = m://x:10.0.0.1@10.0.0.1\nd = 1\n";

static void
places_are_told(void **state)
{
	struct addrmap *m = map_of("10.0.0.1 = 10.9.9.9\nkeep 10.0.0.3");
	struct rewrite_options opt = { .map = m, .count = 1 };
	struct buf out = BUF_EMPTY, list = BUF_EMPTY;

	(void)state;
	assert_int_equal(rewrite(&opt, PLACE_INI, conf, sizeof(conf) - 1, &out,
			     list_place, &list),
	    0);
	assert_string_equal(out.data,
	    "[a]\nb = 10.9.9.9,10.9.9.9,10.0.0.2\nc = 10.0.0.3\n"
	    "# 10.0.0.1\nu = m://x:10.0.0.1@10.9.9.9\nd = 1\n");
	assert_string_equal(list.data,
	    "[a] b: 10.0.0.1,10.0.0.1,10.0.0.2 > 10.9.9.9,10.9.9.9,10.0.0.2 "
	    "(-) 2/0\n"
	    "line 4: # 10.0.0.1 > # 10.0.0.1 (a comment) 0/1\n"
	    "[a] u: m://x:10.0.0.1@10.0.0.1 > m://x:10.0.0.1@10.9.9.9 "
	    "(inside a password) 1/1\n");
	assert_int_equal(addrmap_rule_uses(m, 0), 5);
	assert_int_equal(addrmap_rule_uses(m, 1), 1);
	opt.count = 0;
	assert_int_equal(
	    rewrite(&opt, PLACE_INI, conf, sizeof(conf) - 1, &out, NULL, NULL),
	    0);
	assert_int_equal(addrmap_rule_uses(m, 0), 5);
	buf_free(&out);
	buf_free(&list);
	addrmap_free(m);
}

static int
released_by_glob(void *cookie, const char *label)
{

	return fnmatch(cookie, label, 0) == 0;
}

static void
also_releases(void **state)
{
	static const struct {
		const char *glob, *hold_all, *out;
	} cases[] = {
		{ "line 4", NULL,
		    "[a]\nb = 9,9,10.0.0.2\nc = 10.0.0.3\n# 9\n"
		    "u = m://x:10.0.0.1@9\nd = 1\n" },
		{ "?a? u", NULL,
		    "[a]\nb = 9,9,10.0.0.2\nc = 10.0.0.3\n# 10.0.0.1\n"
		    "u = m://x:9@9\nd = 1\n" },
		{ "none", "deleted", NULL },
		{ "?a? b", "deleted",
		    "[a]\nb = 9,9,10.0.0.2\nc = 10.0.0.3\n# 10.0.0.1\n"
		    "u = m://x:10.0.0.1@10.0.0.1\nd = 1\n" },
		{ "*", "deleted",
		    "[a]\nb = 9,9,10.0.0.2\nc = 10.0.0.3\n# 9\n"
		    "u = m://x:9@9\nd = 1\n" },
	};
	struct addrmap *m = map_of("name 10.0.0.1x = y\n10.0.0.1 = 9.9.9.9");
	struct buf out = BUF_EMPTY, want = BUF_EMPTY;
	const char *c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char glob[16];
		struct rewrite_options opt = { .map = m,
			.hold_all = cases[i].hold_all,
			.released = released_by_glob,
			.cookie = glob };

		snprintf(glob, sizeof(glob), "%s", cases[i].glob);
		buf_clear(&out);
		buf_clear(&want);
		for (c = cases[i].out != NULL ? cases[i].out : conf; *c; c++)
			assert_int_equal(*c == '9' ? buf_adds(&want, "9.9.9.9")
						   : buf_addc(&want, *c),
			    0);
		assert_int_equal(rewrite(&opt, PLACE_INI, conf,
				     sizeof(conf) - 1, &out, NULL, NULL),
		    0);
		assert_string_equal(out.data, want.data);
	}
	buf_free(&out);
	buf_free(&want);
	addrmap_free(m);
}

static void
released_spellings(void **state)
{
	static const char *const cases[][2] = {
		{ "010.002.116.014", "10.2.15.14" },
		{ "ip-10-2-116-14", "ip-10-2-15-14" },
		{ "10.2.116.0/22", "10.2.15.0/22" },
	};
	struct addrmap *m = map_of("10.2.116.0/24 = 10.2.15.0/24");
	char all[] = "*";
	struct rewrite_options opt = {
		.map = m, .released = released_by_glob, .cookie = all
	};
	struct buf out = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&out);
		assert_int_equal(rewrite(&opt, PLACE_VALUE, cases[i][0],
				     strlen(cases[i][0]), &out, NULL, NULL),
		    0);
		assert_string_equal(out.data, cases[i][1]);
	}
	buf_free(&out);
	addrmap_free(m);
}

static int
refuse(void *cookie, const struct rewrite_place *p)
{

	(void)cookie;
	(void)p;
	return 7;
}

static void
results(void **state)
{
	struct addrmap *m = map_of("10.0.0.1 = 10.0.0.2");
	struct rewrite_options opt = { .map = m };
	struct buf out = BUF_EMPTY;

	(void)state;
	assert_int_equal(
	    rewrite(&opt, PLACE_VALUE, "10.0.0.1", 8, &out, refuse, NULL), 7);
	assert_int_equal(
	    rewrite(&opt, PLACE_VALUE, "10.0.0.3", 8, &out, refuse, NULL), 0);
	assert_int_equal(
	    rewrite(&opt, PLACE_XML, "<a>", 3, &out, NULL, NULL), -1);
	/* It appends. */
	buf_clear(&out);
	assert_int_equal(buf_adds(&out, "x "), 0);
	assert_int_equal(
	    rewrite(&opt, PLACE_VALUE, "10.0.0.1", 8, &out, NULL, NULL), 0);
	assert_string_equal(out.data, "x 10.0.0.2");
	assert_int_equal(
	    rewrite(&opt, PLACE_VALUE, "", 0, &out, NULL, NULL), 0);
	assert_string_equal(out.data, "x 10.0.0.2");
	buf_free(&out);
	addrmap_free(m);
}

/* Text like a configuration, with addresses of the ranges in it, in the
 * spelling that is written. */
static void
random_text(struct buf *b)
{
	static const char *const bits[] = { " ", ",", "=", "\n", "/24", "-",
		"_x", ":3260", "http://", "a@", "\"", "[", "]", "%20", ".", "1",
		"\n# ", "/export", "\n[s]\na = ", "ip-", "x" };
	size_t n = chance(60), i;

	buf_clear(b);
	assert_int_equal(buf_adds(b, "a = "), 0);
	for (i = 0; i < n; i++) {
		if (chance(3) == 0)
			assert_int_equal(buf_addf(b, "10.%u.%u.%u", chance(4),
					     chance(3), chance(300)),
			    0);
		else if (chance(8) == 0)
			assert_int_equal(buf_addf(b, "2001:db8:%x::%x ",
					     chance(4), chance(70000) + 1),
			    0);
		else
			assert_int_equal(
			    buf_adds(b,
				bits[chance(sizeof(bits) / sizeof(bits[0]))]),
			    0);
	}
}

/* A map and then its inverse give back the bytes, where the map is one to one
 * on what stands there. */
static void
inverse_is_identity(void **state)
{
	struct addrmap *m = map_of("10.0.0.0/16 = 10.1.0.0/16\n"
				   "10.1.0.0/16 = 10.0.0.0/16\n"
				   "10.2.0.0/24 = 10.3.0.0/24\n"
				   "10.3.0.0/24 = 10.2.0.0/24\n"
				   "10.2.1.7 = 10.2.1.8\n10.2.1.8 = 10.2.1.9\n"
				   "10.2.1.9 = 10.2.1.7\n"
				   "2001:db8:1::/48 = 2001:db8:2::/48\n"
				   "2001:db8:2::/48 = 2001:db8:1::/48");
	struct addrmap *inv =
	    map_of("10.1.0.0/16 = 10.0.0.0/16\n"
		   "10.0.0.0/16 = 10.1.0.0/16\n"
		   "10.3.0.0/24 = 10.2.0.0/24\n"
		   "10.2.0.0/24 = 10.3.0.0/24\n"
		   "10.2.1.8 = 10.2.1.7\n10.2.1.9 = 10.2.1.8\n"
		   "10.2.1.7 = 10.2.1.9\n"
		   "2001:db8:2::/48 = 2001:db8:1::/48\n"
		   "2001:db8:1::/48 = 2001:db8:2::/48");
	struct rewrite_options there = { .map = m }, back = { .map = inv };
	struct buf in = BUF_EMPTY, mid = BUF_EMPTY, out = BUF_EMPTY;
	static const enum place_format formats[] = { PLACE_INI, PLACE_FLAGS,
		PLACE_TEXT, PLACE_VALUE };
	int round, f, changed = 0;

	(void)state;
	chance_start();
	for (round = 0; round < 20000; round++) {
		random_text(&in);
		f = (int)chance(4);
		buf_clear(&mid);
		buf_clear(&out);
		assert_int_equal(rewrite(&there, formats[f], in.data, in.len,
				     &mid, NULL, NULL),
		    0);
		assert_int_equal(rewrite(&back, formats[f], mid.data, mid.len,
				     &out, NULL, NULL),
		    0);
		if (strcmp(in.data, out.data) != 0)
			fail_msg("%s\n--- became\n%s\n--- and\n%s", in.data,
			    mid.data, out.data);
		changed += strcmp(in.data, mid.data) != 0;
	}
	assert_true(changed > 10000);
	buf_free(&in);
	buf_free(&mid);
	buf_free(&out);
	addrmap_free(m);
	addrmap_free(inv);
}

/* One exact IPv4 rule, as sed would with the boundaries written out. */
static void
slow_rewrite(const char *s, const char *old, const char *new, struct buf *out)
{
	size_t n = strlen(old), i = 0, len = strlen(s);

	buf_clear(out);
	assert_int_equal(buf_adds(out, ""), 0);
	while (i < len) {
		int digit = i > 0 && s[i - 1] >= '0' && s[i - 1] <= '9';
		int dot = i > 1 && s[i - 1] == '.' && s[i - 2] >= '0' &&
			  s[i - 2] <= '9';
		int more = i + n < len && s[i + n] >= '0' && s[i + n] <= '9';
		int dot_more = i + n + 1 < len && s[i + n] == '.' &&
			       s[i + n + 1] >= '0' && s[i + n + 1] <= '9';

		if (!digit && !dot && strncmp(s + i, old, n) == 0 && !more &&
		    !dot_more) {
			assert_int_equal(buf_adds(out, new), 0);
			i += n;
		} else {
			assert_int_equal(buf_addc(out, s[i++]), 0);
		}
	}
}

static void
agrees_with_the_slow_one(void **state)
{
	static const char *const bits[] = { "10.2.116.14", "10.2.116.14",
		"10.2.116.1", "4", "1", ".", ".", "0", " ", "/", ":", "-", "x",
		"2.116.14", "10.", "," };
	struct addrmap *m = map_of("10.2.116.14 = 10.2.15.3");
	struct rewrite_options opt = { .map = m };
	struct buf in = BUF_EMPTY, out = BUF_EMPTY, want = BUF_EMPTY;
	size_t i, n;
	int round;

	(void)state;
	chance_start();
	for (round = 0; round < 100000; round++) {
		buf_clear(&in);
		buf_clear(&out);
		n = chance(12);
		for (i = 0; i < n + 1; i++)
			assert_int_equal(
			    buf_adds(&in,
				bits[chance(sizeof(bits) / sizeof(bits[0]))]),
			    0);
		assert_int_equal(rewrite(&opt, PLACE_VALUE, in.data, in.len,
				     &out, NULL, NULL),
		    0);
		slow_rewrite(in.data, "10.2.116.14", "10.2.15.3", &want);
		assert_string_equal(out.data, want.data);
	}
	buf_free(&in);
	buf_free(&out);
	buf_free(&want);
	addrmap_free(m);
}

/* Behind the "#" of host@backend#pool stands a share: no part of the name. */
static void
pools_follow(void **state)
{
	static const struct {
		const char *in, *out, *hold_all;
		enum catalog_hosts hosts;
	} cases[] = {
		{ "c1@nfs#10.0.0.1:/export", "c1@nfs#10.9.9.9:/export", NULL,
		    CATALOG_POOL },
		{ "10.0.0.1@nfs#10.0.0.1:/export",
		    "10.0.0.1@nfs#10.9.9.9:/export", NULL, CATALOG_POOL },
		{ "10.0.0.1@nfs", "10.0.0.1@nfs", NULL, CATALOG_POOL },
		{ "#10.0.0.1", "#10.9.9.9", NULL, CATALOG_POOL },
		{ "", "", NULL, CATALOG_POOL },
		{ "c1@nfs#10.0.0.1:/e", "c1@nfs#10.0.0.1:/e", NULL,
		    CATALOG_HOSTS },
		{ "c1@nfs#10.0.0.1:/e", "c1@nfs#10.0.0.1:/e", "deleted",
		    CATALOG_POOL },
		{ "h1@nfs#10.0.0.1:/e", "h2@nfs#10.9.9.9:/e", NULL,
		    CATALOG_POOL },
	};
	struct addrmap *m = map_of("10.0.0.1 = 10.9.9.9\nhost h1 = h2");
	struct buf out = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rewrite_options opt = { .map = m,
			.hold_all = cases[i].hold_all,
			.role = PLACE_HOST,
			.hosts = cases[i].hosts };

		buf_clear(&out);
		assert_int_equal(rewrite(&opt, PLACE_VALUE, cases[i].in,
				     strlen(cases[i].in), &out, NULL, NULL),
		    0);
		assert_string_equal(
		    out.data == NULL ? "" : out.data, cases[i].out);
	}
	buf_free(&out);
	addrmap_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_told),
		cmocka_unit_test(also_releases),
		cmocka_unit_test(pools_follow),
		cmocka_unit_test(released_spellings),
		cmocka_unit_test(results),
		cmocka_unit_test(inverse_is_identity),
		cmocka_unit_test(agrees_with_the_slow_one),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
