/* What find_glance passes by holds nothing: whatever the places of random bytes
 * hold, however it is spelled or coded, was worth a look. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "archive/address/inner.h"
#include "archive/address/place.h"
#include "archive/database/tabfile.h"
#include "archive/look/find.h"
#include "archive/warn.h"
#include "tests/unit/chance.h"

#define ROUNDS 15000

/* What is looked for, and how it may stand somewhere. */
static const struct {
	const char *what;
	const char *spelled[6];
} cases[] = {
	{ "10.2.116.14",
	    { "10.2.116.14", "010.002.116.014", "10-2-116-14",
		"::ffff:10.2.116.14", "::FFFF:a02:740e", "%2010.2.116.14" } },
	{ "0.0.0.7", { "0.0.0.7", "000.00.0.007", "0-0-0-7" } },
	{ "10.2.116.0/24", { "10.2.116.9", "10.2.116.255", "10-2-116-0" } },
	{ "10.2.116.0/23", { "10.2.117.1", "010.002.116.001" } },
	{ "10.2.0.0/16", { "10.2.0.1", "10.2.255.3", "10.02.1.1" } },
	{ "172.16.0.0/12", { "172.20.1.1", "172.31.0.1" } },
	{ "10.0.0.0/8", { "10.9.8.7", "x-10-9-8-7" } },
	{ "2001:db8::14", { "2001:db8::14", "2001:0DB8:0:0::14",
			      "2001:db8:0:0:0:0:0:14", "2001:db8::0.0.0.20" } },
	{ "2001:db8:1::/48", { "2001:db8:1::", "2001:0db8:0001:2::3" } },
	{ "fe80::/10", { "fe80::1", "FEBF::2" } },
	{ "::5", { "::5", "0:0:0:0:0:0:0:5" } },
	{ "ctl.old.example", { "ctl.old.example", "CTL.Old.example" } },
	{ "db", { "db", "DB" } },
};
#define CASES (sizeof(cases) / sizeof(cases[0]))

/* What there is beside it. */
static const char *const beside[] = { "", " ", "a", "7", ".", "\t", "\\", "\n",
	"\"", "=", "-", ":", "/", "@", "password=", "\\n", "%0a", "#", "[", "{",
	"\r\n", "\x1f", "volume-0000001", "9d5ed678fe57bcca610140957afab571",
	"attached", "{\"ip\": \"", "\"}", "<a b='", "'/>", "listen = " };
#define BESIDE (sizeof(beside) / sizeof(beside[0]))

static void
noise(struct buf *b, unsigned most)
{
	unsigned n = chance(most + 1);

	while (n-- > 0)
		assert_int_equal(buf_adds(b, beside[chance(BESIDE)]), 0);
}

/* Base64 of it, of either alphabet, in lines of any length or in one. */
static void
to_base64(const struct buf *in, struct buf *out)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
				    "qrstuvwxyz0123456789+/";
	static const char url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
				  "qrstuvwxyz0123456789-_";
	const char *letters = chance(2) ? plain : url;
	unsigned width = chance(3) ? 0 : 1 + chance(40), pads = chance(2),
		 line = 0;
	unsigned word = 0, bits = 0;
	size_t i;

	for (i = 0; i < in->len || bits > 0;) {
		if (bits < 6 && i < in->len) {
			word = word << 8 | (unsigned char)in->data[i++];
			bits += 8;
		} else if (bits < 6) {
			word <<= 6 - bits;
			bits = 6;
		}
		for (; bits >= 6; bits -= 6) {
			assert_int_equal(
			    buf_addc(out, letters[word >> (bits - 6) & 63]), 0);
			if (width > 0 && ++line % width == 0)
				assert_int_equal(
				    buf_adds(out, chance(2) ? "\n" : "\r\n"),
				    0);
		}
	}
	for (i = in->len; pads && i % 3 != 0; i++)
		assert_int_equal(buf_addc(out, '='), 0);
}

static void
to_gzip(const struct buf *in, struct buf *out)
{
	z_stream z;
	char *to;

	memset(&z, 0, sizeof(z));
	assert_int_equal(
	    deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_non_null(to = buf_reserve(out, in->len + 200));
	z.next_in = (Bytef *)in->data;
	z.avail_in = (uInt)in->len;
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)in->len + 200;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->len += z.total_out;
	deflateEnd(&z);
}

/* Code it so many times. */
static void
code(struct buf *b, unsigned layers)
{
	struct buf out;

	while (layers-- > 0) {
		out = (struct buf)BUF_EMPTY;
		if (chance(3) == 0)
			to_gzip(b, &out);
		else
			to_base64(b, &out);
		buf_free(b);
		*b = out;
	}
}

/* Bytes in which it may stand, coded or not. */
static void
make(struct buf *b, size_t which)
{
	struct buf core = BUF_EMPTY;
	const char *text;

	while ((text = cases[which].spelled[chance(6)]) == NULL)
		continue;
	noise(&core, chance(2) ? 0 : 3);
	assert_int_equal(buf_adds(&core, text), 0);
	noise(&core, chance(2) ? 0 : 3);
	code(&core, chance(2) ? 0 : 1 + chance(2));
	noise(b, chance(2) ? 0 : 20);
	assert_int_equal(buf_add(b, core.data, core.len), 0);
	noise(b, chance(2) ? 0 : 20);
	buf_free(&core);
}

struct look {
	const struct find *f;
	size_t n;
};

static int
on_inner(void *cookie, const char *how, const char *bytes, size_t len)
{
	struct look *l = cookie;
	size_t off, mlen;

	(void)how;
	l->n += find_match(l->f, bytes, len, &off, &mlen);
	return 0;
}

static int
on_place(void *cookie, const struct place *p)
{
	struct look *l = cookie;
	size_t off, mlen;

	l->n += find_match(l->f, p->bytes, p->len, &off, &mlen);
	return inner_walk(p->bytes, p->len, on_inner, l);
}

/* How much its places hold, whatever it is taken for. */
static size_t
places(const struct find *f, const struct buf *b, int rows)
{
	static const enum place_format formats[] = { PLACE_VALUE, PLACE_JSON,
		PLACE_TEXT, PLACE_INI, PLACE_FLAGS, PLACE_XML };
	struct look l = { f, 0 };
	size_t i;

	for (i = 0; i < (rows ? 2 : 6); i++)
		assert_int_equal(
		    place_walk_any(formats[i], b->data, b->len, on_place, &l),
		    0);
	return l.n;
}

/* Rows of three cells, and where each begins. */
static void
encode(struct buf *rows, const struct buf *cell)
{
	struct db_value cells[3] = { { "12", 2 }, { NULL, 0 }, { "end", 3 } };

	cells[1 + chance(2)] = (struct db_value){ cell->data, cell->len };
	assert_int_equal(tabfile_encode(rows, cells, 3), 0);
}

static void
test_passes_nothing(void **unused)
{
	size_t which, found = 0, glanced;
	struct buf value, rows;
	struct find *f;
	unsigned i, k;

	(void)unused;
	for (i = 0; i < ROUNDS; i++) {
		which = chance(CASES);
		value = (struct buf)BUF_EMPTY;
		rows = (struct buf)BUF_EMPTY;
		assert_non_null(f = find_new());
		assert_int_equal(find_add(f, cases[which].what), 0);
		make(&value, which);
		if (places(f, &value, 0) > 0) {
			found++;
			glanced = find_glance(f, value.data, value.len, 0);
			assert_true(glanced < value.len);
		}
		for (k = chance(4); k > 0; k--)
			assert_int_equal(buf_adds(&rows, "1\t\\N\tx\n"), 0);
		encode(&rows, &value);
		glanced = find_glance(f, rows.data, rows.len, 1);
		if (places(f, &value, 1) > 0)
			assert_true(glanced < rows.len);
		buf_free(&value);
		buf_free(&rows);
		find_free(f);
	}
	assert_true(found > ROUNDS / 4);
}

/* And it does pass by what there is most of. */
static void
test_passes_much(void **unused)
{
	static const char row[] =
	    "2012-11-05 03:20:02\t\\N\t0\t7\t7d1f0a52-3c4e-4b8f-9a61-00000007\t"
	    "{\"auth_password\": \"9d5ed678fe57bcca610140957afab571\", "
	    "\"target_portal\": \"10.2.116.140:3260\", \"target_iqn\": "
	    "\"iqn.2010-10.org.openstack:volume-00000007\", \"at\": "
	    "\"2012-11-05T03:20:02.000000\"}\tfa:16:3e:ff:ff:01\n";
	static const char *const wanted[] = { "10.2.116.14", "10.2.115.0/24",
		"2001:db8::14", "ctl.old.example" };
	struct buf rows = BUF_EMPTY;
	struct find *f;
	size_t i;

	(void)unused;
	for (i = 0; i < 500; i++)
		assert_int_equal(buf_adds(&rows, row), 0);
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		assert_non_null(f = find_new());
		assert_int_equal(find_add(f, wanted[i]), 0);
		assert_int_equal(
		    find_glance(f, rows.data, rows.len, 1), rows.len);
		find_free(f);
	}
	buf_free(&rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_passes_nothing),
		cmocka_unit_test(test_passes_much),
	};

	(void)chance_start();
	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
