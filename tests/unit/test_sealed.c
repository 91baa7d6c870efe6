#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_new.h"
#include "archive/keys/envelope.h"
#include "certs.h"
#include "craft.h"
#include "sample.h"
#include "sealed.h"

static const char *const both[] = { "rsa.pem", "ec.pem", NULL };

static int
setup(void **state)
{

	if (sample_setup(state) == -1)
		return -1;
	certs_make("rsa", "RSA-2048", 1);
	certs_make("ec", "P-256", 2);
	certs_make("other", "P-256", 3);
	sample_sealed("good", "k.key", 0, both);
	return 0;
}

/* Everything comes out again, for each of the recipients. */
static void
test_round(void **state)
{
	static const char *const keys[] = { "rsa.key", "ec.key" };
	struct bundle_keys k = { .trust = "k.pub" };
	struct bundle *b;
	size_t who;

	(void)state;
	sample_sealed("big", "k.key", 1, both);
	for (who = 0; who < 2; who++) {
		k.decrypt = keys[who];
		assert_int_equal(bundle_open("big", &k, &b), OUTCOME_DONE);
		assert_true(bundle_is_encrypted(b) && !bundle_is_shut(b));
		sample_comes(b);
		bundle_close(b);
	}
}

/* Nothing of what is in it can be seen in it. */
static void
test_hidden(void **state)
{
	static const char *const words[] = { "/etc/nova", "nova.conf",
		"10.2.116.14", SAMPLE_VALUE, "instance-0000005f", "\"items\"" };
	struct buf raw = BUF_EMPTY;
	size_t i;

	(void)state;
	file_read("good", &raw);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (memmem(raw.data, raw.len, words[i], strlen(words[i])) !=
		    NULL)
			fail_msg("%s can be read in it", words[i]);
	/* These can: so the search would find the others. */
	assert_non_null(memmem(raw.data, raw.len, "compute1", 8));
	assert_non_null(memmem(raw.data, raw.len, "KEY.cms", 7));
	buf_free(&raw);
}

static int
count(void *cookie, const char *issuer, const char *serial)
{

	assert_true(
	    strcmp(issuer, "CN=rsa") == 0 || strcmp(issuer, "CN=ec") == 0);
	assert_true(strcmp(serial, "01") == 0 || strcmp(serial, "02") == 0);
	++*(int *)cookie;
	return 0;
}

/* Without the private key: what SHA256SUMS tells, and no more. */
static void
test_shut(void **state)
{
	struct bundle_keys nobody = { .root = ".", .look = 1 };
	struct bundle *b;
	int n = 0;

	(void)state;
	assert_int_equal(bundle_open_shut("good", &no_key, &b), OUTCOME_DONE);
	assert_true(bundle_is_encrypted(b) && bundle_is_shut(b));
	assert_null(bundle_manifest(b));
	assert_int_equal(strlen(bundle_id(b)), 32);
	assert_int_equal(strlen(bundle_created(b)), 20);
	assert_string_equal(bundle_host(b), "compute1");
	assert_int_equal(strlen(bundle_digest(b)), 64);
	assert_non_null(bundle_signer(b));
	assert_true(bundle_manifest_size(b) > 1000);
	assert_true(bundle_part_size(b, PART_FILES) > 16);
	assert_int_equal(bundle_recipients(b, count, &n), OUTCOME_DONE);
	assert_int_equal(n, 2);
	assert_int_equal(bundle_check(b), OUTCOME_DONE);
	bundle_close(b);

	/* Whoever wants what is in it needs the key. */
	assert_int_equal(look_with("good", &no_key, 0), OUTCOME_FAILED);
	assert_said("good is encrypted: --decrypt KEY");

	/* Nobody vouches: KEY.cms is not parsed, and nothing is decrypted. */
	assert_int_equal(bundle_open_shut("good", &nobody, &b), OUTCOME_DONE);
	n = 0;
	assert_int_equal(bundle_recipients(b, count, &n), OUTCOME_DONE);
	assert_int_equal(n, 0);
	bundle_close(b);
	nobody.decrypt = "ec.key";
	assert_int_equal(look_with("good", &nobody, 1), OUTCOME_USAGE);
	assert_said("nothing is decrypted before a signature holds");

	/* A key of nobody; the bundle is not to blame. */
	assert_int_equal(look_with("good",
			     &(struct bundle_keys){
				 .trust = "k.pub", .decrypt = "other.key" },
			     0),
	    OUTCOME_FAILED);
	assert_said("opens it for none of its 2 recipients");

	/* A plain one is not changed by any of that. */
	sample_bundle("plain", "k.key", 0);
	assert_int_equal(look_with("plain", &with_ec, 0), OUTCOME_DONE);
	assert_int_equal(bundle_open_shut("plain", &no_key, &b), OUTCOME_DONE);
	assert_true(!bundle_is_encrypted(b) && !bundle_is_shut(b));
	n = 0;
	assert_int_equal(bundle_recipients(b, count, &n), OUTCOME_DONE);
	assert_int_equal(n, 0);
	bundle_close(b);
}

/* No key and no IV is ever used again, whatever is the same. */
#define MANY 20
static void
test_unique(void **state)
{
	static unsigned char ivs[4 * MANY][CIPHER_IV], keys[MANY][CIPHER_KEY];
	struct craft c;
	char name[32];
	size_t i, k;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "unique%zu", i);
		sample_sealed(name, "k.key", 0, both);
		craft_open(name, &c);
		assert_int_equal(c.sealed, 1);
		assert_int_equal(
		    envelope_open(name, c.member[OUTER_KEY].data,
			c.member[OUTER_KEY].len, "ec.key", keys[i]),
		    OUTCOME_DONE);
		for (k = 0; k < 4; k++)
			memcpy(ivs[4 * i + k],
			    c.member[OUTER_MANIFEST + k].data, CIPHER_IV);
		craft_free(&c);
		assert_int_equal(unlink(name), 0);
	}
	for (i = 0; i < 4 * MANY; i++)
		for (k = 0; k < i; k++)
			assert_memory_not_equal(ivs[i], ivs[k], CIPHER_IV);
	for (i = 0; i < MANY; i++)
		for (k = 0; k < i; k++)
			assert_memory_not_equal(keys[i], keys[k], CIPHER_KEY);
}

/* In how many of the files that are open here do the 16 bytes stand? */
static size_t
find_open(const char *bytes)
{
	char entry[64];
	struct buf raw = BUF_EMPTY;
	size_t found = 0;
	struct stat st;
	int fd;

	for (fd = 3; fd < 64; fd++) {
		snprintf(entry, sizeof(entry), "/proc/self/fd/%d", fd);
		if (stat(entry, &st) == -1 || !S_ISREG(st.st_mode))
			continue;
		buf_clear(&raw);
		file_read(entry, &raw);
		found +=
		    raw.len > 0 && memmem(raw.data, raw.len, bytes, 16) != NULL;
	}
	buf_free(&raw);
	return found;
}

#define NOISE (3u << 20)
#define ROW   (64u << 10)

static size_t
find_noise(const unsigned char *noise)
{
	size_t i, found = 0;

	for (i = 1000; i < 1u << 20; i += 100000)
		found += find_open((const char *)noise + i);
	return found;
}

/* Write a table of bytes that do not compress; in how many files do they stand
 * while the table grows, and once it is in its part? */
static void
write_noise(const char *const *to, size_t *growing, size_t *there)
{
	static unsigned char noise[NOISE];
	struct sample s = { ITEM_TABLE, "table:nova.noise", "", FILE_REGULAR };
	struct item *item = sample_item(&s);
	struct bundle_new *n;
	uint64_t x = 88172645463325252u;
	size_t i;
	char *signer;

	for (i = 0; i < NOISE; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		noise[i] = (unsigned char)(x >> 32);
		if (memchr("\0\t\n\\", noise[i], 4) != NULL)
			noise[i] |= 0x80;
		/* In rows of three columns. */
		if (i % ROW == 0)
			noise[i] = '1';
		else if (i % ROW == 1 || i % ROW == ROW - 2)
			noise[i] = '\t';
		else if (i % ROW == ROW - 1)
			noise[i] = '\n';
	}
	item->table->rows = NOISE / ROW;
	assert_int_equal(bundle_create("noise", "k.key", 1, &n), OUTCOME_DONE);
	if (to != NULL)
		assert_int_equal(bundle_encrypt(n, to), 0);
	sample_node(bundle_new_manifest(n));
	assert_int_equal(bundle_begin(n, item), 0);
	for (i = 0; i < NOISE; i += 65536)
		assert_int_equal(bundle_write(n, noise + i, 65536), 0);
	*growing = find_noise(noise);
	/* On its way into the part, and there. */
	assert_int_equal(bundle_end(n, item), 0);
	*growing += to != NULL ? find_noise(noise) : 0;
	assert_int_equal(bundle_settle(n), 0);
	*there = find_noise(noise);
	assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
	free(signer);
}

/* No plaintext on a disk, not for a moment. */
static void
test_disk(void **state)
{
	size_t growing, there;

	(void)state;
	/* Of a plain bundle it is seen, so that we know that we would see it;
	 * what only waits is encrypted there, too. */
	write_noise(NULL, &growing, &there);
	assert_int_equal(growing, 0);
	assert_true(there > 5);
	write_noise(both, &growing, &there);
	assert_int_equal(growing, 0);
	assert_int_equal(there, 0);
	assert_int_equal(look_with("noise", &with_ec, 0), OUTCOME_DONE);
}

/* A certificate that cannot be taken: nothing is written. */
static void
test_no_bundle(void **state)
{
	static const char *const bad[] = { "ec.pem", "k.pub", NULL };
	struct bundle_new *n;
	int saved;

	(void)state;
	assert_int_equal(bundle_create("never", "k.key", 0, &n), OUTCOME_DONE);
	saved = hush();
	assert_int_equal(bundle_encrypt(n, bad), -1);
	unhush(saved);
	assert_said("k.pub is a public key");
	bundle_discard(n);
	assert_int_equal(access("never", F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_shut),
		cmocka_unit_test(test_unique),
		cmocka_unit_test(test_disk),
		cmocka_unit_test(test_no_bundle),
	};

	return cmocka_run_group_tests(tests, setup, folder_teardown);
}
