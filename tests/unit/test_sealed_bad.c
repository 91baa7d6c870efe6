#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "archive/keys/envelope.h"
#include "archive/limits.h"
#include "certs.h"
#include "craft.h"
#include "sample.h"
#include "sealed.h"

static const char *const to_ec[] = { "ec.pem", NULL };

static int
setup(void **state)
{

	if (sample_setup(state) == -1)
		return -1;
	certs_make("ec", "P-256", 2);
	sample_sealed("good", "k.key", 0, to_ec);
	return 0;
}

/* Refused with and without the key, or with it only: one message. */
static void
assert_refused(const char *file, const char *text, int shut_too)
{

	assert_int_equal(look_with(file, &with_ec, 0), OUTCOME_REFUSED);
	assert_said(text);
	assert_said(file);
	assert_int_equal(look_with(file, &no_key, 1),
	    shut_too ? OUTCOME_REFUSED : OUTCOME_DONE);
	if (shut_too)
		assert_said(text);
}

/* All digests and the signature right, and yet not what FORMAT.md says. */
static void
test_signed_nonsense(void **state)
{
	struct craft good, c;
	static char longer[LIMIT_ENVELOPE + 1];
	int id;

	(void)state;
	sample_sealed("second", "k.key", 0, to_ec);
	craft_open("good", &good);
	for (id = OUTER_MANIFEST; id < OUTER_ALL; id++) {
		craft_open("second", &c);
		craft_set(
		    &c.member[id], good.member[id].data, good.member[id].len);
		craft_seal(&c, "k.key");
		craft_write(&c, "bad");
		/* Another's key, or a member under another key. */
		assert_refused("bad",
		    id == OUTER_KEY || id == OUTER_MANIFEST
			? "MANIFEST.json.enc: refused: no JSON that can be"
			: ".tar.zst.enc: refused: not what zstd can read",
		    0);
		craft_set(&c.member[id], "fifteen bytes..", 15);
		craft_seal(&c, "k.key");
		craft_write(&c, "bad");
		assert_refused("bad",
		    id == OUTER_KEY ? "KEY.cms: refused: it is no CMS in DER"
				    : ".enc is shorter than its IV",
		    id != OUTER_KEY);
		craft_set(&c.member[id], longer, sizeof(longer));
		craft_seal(&c, "k.key");
		craft_write(&c, "bad");
		if (id == OUTER_KEY)
			assert_refused(
			    "bad", "KEY.cms is longer than 65536 bytes", 1);
		craft_free(&c);
	}
	craft_free(&good);
	/* One bit of an IV: nothing of the text is right any more. */
	for (id = OUTER_MANIFEST; id <= OUTER_DATABASE; id++) {
		craft_open("good", &c);
		c.member[id].data[15] ^= 1;
		craft_seal(&c, "k.key");
		craft_write(&c, "bad");
		assert_refused("bad", outer_name_sealed((enum outer_id)id), 0);
		craft_free(&c);
	}
}

/* The limit is that of the plain manifest: as long as that, with spaces, and
 * one byte more. */
static void
test_longest_manifest(void **state)
{
	unsigned char key[CIPHER_KEY];
	struct buf text = BUF_EMPTY;
	struct cipher *cipher;
	struct craft c;
	size_t len, more;
	char *to;

	(void)state;
	for (more = 0; more < 2; more++) {
		craft_open("good", &c);
		assert_int_equal(envelope_open("b", c.member[OUTER_KEY].data,
				     c.member[OUTER_KEY].len, "ec.key", key),
		    OUTCOME_DONE);
		cipher = cipher_new(
		    key, (unsigned char *)c.member[OUTER_MANIFEST].data);
		assert_non_null(cipher);
		len = c.member[OUTER_MANIFEST].len - CIPHER_IV;
		buf_clear(&text);
		assert_non_null(to = buf_reserve(&text, LIMIT_MANIFEST + 1));
		memset(to, ' ', LIMIT_MANIFEST + 1);
		assert_int_equal(
		    cipher_apply(cipher,
			c.member[OUTER_MANIFEST].data + CIPHER_IV, to, len),
		    0);
		assert_int_equal(to[0], '{');
		len = LIMIT_MANIFEST + more;
		assert_int_equal(cipher_seek(cipher, 0), 0);
		assert_int_equal(cipher_apply(cipher, to, to, len), 0);
		c.member[OUTER_MANIFEST].len = CIPHER_IV;
		assert_int_equal(
		    buf_add(&c.member[OUTER_MANIFEST], to, len), 0);
		craft_seal(&c, "k.key");
		craft_write(&c, "long");
		if (more == 0)
			assert_int_equal(
			    look_with("long", &with_ec, 0), OUTCOME_DONE);
		else
			assert_refused(
			    "long", "MANIFEST.json.enc is longer than", 0);
		cipher_free(cipher);
		craft_free(&c);
	}
	buf_free(&text);
}

/* Members of the one form under the sums, or the names, of the other. */
static void
test_forms(void **state)
{
	struct craft plain, sealed, c;
	struct buf out = BUF_EMPTY;
	int i;

	(void)state;
	sample_bundle("plain2", "k.key", 0);
	craft_open("plain2", &plain);
	craft_open("good", &sealed);
	/* Downgraded: the sealed one's sums over a plain bundle's members. */
	c = plain;
	c.member[OUTER_SUMS] = sealed.member[OUTER_SUMS];
	c.member[OUTER_SIG] = sealed.member[OUTER_SIG];
	craft_write(&c, "bad");
	assert_refused(
	    "bad", "SHA256SUMS lists the members of an encrypted", 1);
	c = sealed;
	c.member[OUTER_SUMS] = plain.member[OUTER_SUMS];
	c.member[OUTER_SIG] = plain.member[OUTER_SIG];
	craft_write(&c, "bad");
	assert_refused("bad", "members of a bundle that is not encrypted", 1);
	/* KEY.cms left out: the rest has the wrong names. */
	for (i = 0; i < OUTER_MEMBERS; i++)
		craft_add(&out, outer_name_sealed((enum outer_id)i),
		    &sealed.member[i]);
	craft_end(&out);
	file_write("bad", out.data, out.len);
	assert_refused("bad",
	    "the member MANIFEST.json.enc stands where MANIFEST.json belongs",
	    1);
	/* Twice, and behind the manifest. */
	buf_clear(&out);
	craft_add(&out, "SHA256SUMS", &sealed.member[OUTER_SUMS]);
	craft_add(&out, "SHA256SUMS.sig", &sealed.member[OUTER_SIG]);
	craft_add(&out, "KEY.cms", &sealed.member[OUTER_KEY]);
	craft_add(&out, "KEY.cms", &sealed.member[OUTER_KEY]);
	craft_end(&out);
	file_write("bad", out.data, out.len);
	assert_refused("bad",
	    "the member KEY.cms stands where MANIFEST.json.enc belongs", 1);
	buf_free(&out);
	craft_free(&plain);
	craft_free(&sealed);
}

/* A bit of every other byte in front of the manifest, some behind it, and some
 * ends. */
static void
test_flips(void **state)
{
	struct outer_member m[OUTER_ALL];
	struct buf raw = BUF_EMPTY;
	size_t i, n = 0, step;
	int fd;

	(void)state;
	file_read("good", &raw);
	fd = open("good", O_RDONLY);
	assert_int_equal(
	    outer_scan(&(struct stored){ .file = "good", .fd = fd }, m),
	    OUTCOME_DONE);
	close(fd);
	for (i = 0; i < raw.len; i += step) {
		step = i < m[OUTER_MANIFEST].off ? 2 : 401;
		raw.data[i] ^= (char)(1 << i % 8);
		file_write("bad", raw.data, raw.len);
		if (look_with("bad", &with_ec, 0) != OUTCOME_REFUSED ||
		    (i % 5 == 0 &&
			look_with("bad", &no_key, 1) != OUTCOME_REFUSED))
			fail_msg("byte %zu", i);
		raw.data[i] ^= (char)(1 << i % 8);
		n++;
	}
	for (i = 0; i < raw.len; i += 499) {
		file_write("bad", raw.data, i);
		if (look_with("bad", &with_ec, 0) != OUTCOME_REFUSED ||
		    look_with("bad", &no_key, 1) != OUTCOME_REFUSED)
			fail_msg("cut at %zu", i);
		n++;
	}
	print_message("%zu cases\n", n);
	warn_forget();
	buf_free(&raw);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signed_nonsense),
		cmocka_unit_test(test_longest_manifest),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_flips),
	};

	return cmocka_run_group_tests(tests, setup, folder_teardown);
}
