/**
 * Rows and files with addresses in every form and spelling, and with what only
 * looks like one, through the map: a slow reference (slow_map.h) says what must
 * come out, and the inverse map brings back what was there.  SEED=N repeats a
 * run, CASES=N makes it longer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "restore/map/rewrite.h"
#include "tests/unit/random_value.h"

/* A row's cell or a file while it is made: as it is, as the reference wants it,
 * and as it is spelled after the way there and back. */
struct document {
	struct buf was, wanted, again, value;
	struct maps *m;
	size_t replaced;
};

/* Bytes that stay. */
static void
put(struct document *d, const char *text)
{

	add(&d->was, text);
	add(&d->wanted, text);
	add(&d->again, text);
}

/* A value that the map is asked about; ${held}: it stays. */
static void
put_value(struct document *d, int held)
{
	struct slow_map *slow = &d->m->slow;

	make_value(&d->value);
	if (held) {
		put(d, d->value.data);
		return;
	}
	add(&d->was, d->value.data);
	slow->replaced = 0;
	slow->same = 0;
	slow_value(slow, d->value.data, &d->wanted);
	d->replaced += slow->replaced;
	slow->same = 1;
	slow_value(slow, d->value.data, &d->again);
}

static void
make_plain(struct document *d)
{

	put_value(d, 0);
}

/* Both kinds of configuration. */
static void
make_options(struct document *d, const char *dash, const char *section)
{
	static const char *const names[] = { "my_ip", "portal", "listen",
		"novncproxy_base_url", "glance_api_servers" };
	static const char *const between[] = { "=", " = ", "= " };
	size_t n = 1 + chance(6);

	put(d, section);
	while (n-- > 0) {
		switch (chance(5)) {
		case 0:
			put(d, chance(2) ? "# " : "#");
			put_value(d, 1);
			break;
		case 1:
			put(d, dash);
			put(d, "rabbit_password=");
			put_value(d, 1);
			break;
		default:
			put(d, dash);
			put(d, PICK(names));
			put(d, *dash == '\0' ? PICK(between) : "=");
			put_value(d, 0);
		}
		put(d, chance(4) ? "\n" : "\r\n");
	}
}

static void
make_ini(struct document *d)
{

	make_options(d, "", chance(2) ? "[vnc]\n" : "");
}

static void
make_flags(struct document *d)
{

	make_options(d, "--", "");
}

static void
make_text(struct document *d)
{
	size_t n = 1 + chance(5);

	while (n-- > 0) {
		put(d, "listen ");
		put_value(d, 0);
		if (chance(3) == 0) {
			put(d, " # was ");
			put_value(d, 1);
		}
		put(d, "\n");
	}
}

static void
make_json(struct document *d)
{
	static const char *const keys[] = { "\"target_portal\": \"",
		"\"10.2.116.14\": \"", "\"device_path\":\"" };
	size_t n = 1 + chance(4);

	put(d, "{\"n\": 10.2, ");
	while (n-- > 0) {
		if (chance(5) == 0) {
			put(d, "\"auth_password\": \"");
			put_value(d, 1);
		} else {
			put(d, PICK(keys));
			put_value(d, 0);
		}
		put(d, n > 0 ? "\",  " : "\", ");
	}
	put(d, "\"hosts\": [\"");
	put_value(d, 0);
	put(d, "\", null, true]}");
}

static void
make_xml(struct document *d)
{
	size_t n = 1 + chance(4);

	put(d, "<x>");
	while (n-- > 0) {
		switch (chance(4)) {
		case 0:
			put(d, "<!--");
			put(d, "10.2.116.14 2001:db8:1::e");
			put(d, "-->");
			break;
		case 1:
			put(d, "<g passwd='");
			put_value(d, 1);
			put(d, "' listen=\"");
			put_value(d, 0);
			put(d, "\"/>");
			break;
		case 2:
			put(d, "<source dev = '");
			put_value(d, 0);
			put(d, "'\n/>");
			break;
		default:
			put(d, "<a>");
			put_value(d, 0);
			put(d, "</a>");
		}
	}
	put(d, "</x>\n");
}

static const struct {
	enum place_format format;
	void (*make)(struct document *d);
} formats[] = {
	{ PLACE_VALUE, make_plain },
	{ PLACE_JSON, make_json },
	{ PLACE_INI, make_ini },
	{ PLACE_FLAGS, make_flags },
	{ PLACE_TEXT, make_text },
	{ PLACE_XML, make_xml },
};

static int
count(void *cookie, const struct rewrite_place *place)
{

	*(size_t *)cookie += place->matches;
	return 0;
}

static void
expect(const struct document *d, const char *what, const struct buf *got,
    const struct buf *want)
{

	if (got->len != want->len ||
	    (got->len > 0 && memcmp(got->data, want->data, got->len) != 0))
		fail_msg("%s\n--- was\n%s\n--- got\n%s\n--- wanted\n%s", what,
		    d->was.data, got->data == NULL ? "" : got->data,
		    want->data);
}

/* One document: 1 when there and back are the very same bytes. */
static int
one(struct maps *m, size_t *replaced)
{
	struct document d = { .m = m };
	struct rewrite_options opt = { .role = PLACE_PLAIN };
	struct buf there = BUF_EMPTY, back = BUF_EMPTY;
	size_t at = chance(sizeof(formats) / sizeof(formats[0])), n = 0;
	const char *name = place_format_name(formats[at].format);
	int same;

	formats[at].make(&d);
	opt.map = m->there;
	assert_int_equal(rewrite(&opt, formats[at].format, d.was.data,
			     d.was.len, &there, count, &n),
	    0);
	expect(&d, name, &there, &d.wanted);
	if (n != d.replaced)
		fail_msg("%s: %zu tokens replaced, not %zu", d.was.data, n,
		    d.replaced);
	opt.map = m->back;
	assert_int_equal(rewrite(&opt, formats[at].format, there.data,
			     there.len, &back, NULL, NULL),
	    0);
	expect(&d, "and back", &back, &d.again);
	*replaced += n;
	same = d.again.len == d.was.len &&
	       (d.was.len == 0 ||
		   memcmp(d.again.data, d.was.data, d.was.len) == 0);
	buf_free(&there);
	buf_free(&back);
	buf_free(&d.was);
	buf_free(&d.wanted);
	buf_free(&d.again);
	buf_free(&d.value);
	return same;
}

static void
test_random(void **state)
{
	const char *cases = getenv("CASES");
	size_t n = cases == NULL ? 10000 : strtoul(cases, NULL, 10), i;
	size_t replaced = 0, same = 0;
	struct maps m;

	(void)state;
	make_maps(&m);
	for (i = 0; i < n; i++) {
		if (i % 100 == 99) {
			free_maps(&m);
			make_maps(&m);
		}
		same += (size_t)one(&m, &replaced);
	}
	free_maps(&m);
	print_message("%zu documents, %zu addresses replaced, %zu the same "
		      "bytes again\n",
	    n, replaced, same);
	assert_true(replaced > n);
	assert_true(same > n / 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random) };

	(void)chance_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
