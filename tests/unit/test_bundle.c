#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/xattr.h>

#include "archive/bundle/bundle.h"
#include "craft.h"
#include "sample.h"

/* Group setup: a key, another, and a bundle without the big table. */
static int
setup(void **state)
{
	char *id;

	if (folder_setup(state) == -1 || sign_keygen("k", &id) == -1)
		return -1;
	free(id);
	if (sign_keygen("other", &id) == -1)
		return -1;
	free(id);
	sample_bundle("good", "k.key", 0);
	return 0;
}

/* Open and check everything, as audit does: the first thing that is not DONE.
 */
static enum outcome
look(const char *file, const char *trust)
{
	struct bundle *b;
	enum outcome rc;

	if ((rc = bundle_open(file,
		 &(struct bundle_keys){
		     .trust = trust, .root = ".", .look = trust == NULL },
		 &b)) != OUTCOME_DONE)
		return rc;
	rc = bundle_check(b);
	bundle_close(b);
	return rc;
}

static enum outcome
quiet_look(const char *file, const char *trust)
{
	int saved = hush();
	enum outcome rc = look(file, trust);

	unhush(saved);
	return rc;
}

/* Refused, and one message with that text. */
static void
assert_refused(const char *file, const char *text)
{
	enum outcome rc = quiet_look(file, "k.pub");

	if (rc != OUTCOME_REFUSED)
		fail_msg("%d, not refused: %s", rc, text);
	assert_said(text);
	assert_said(file);
}

static void
assert_big(struct bundle_part *p)
{
	static char got[SAMPLE_ROWS * 40];
	size_t have = 0, at = 0, len;
	char row[64];
	ssize_t n;
	unsigned int i;

	while ((n = bundle_part_read(p, got + have, 7777)) > 0)
		have += (size_t)n;
	assert_int_equal(n, 0);
	for (i = 0; i < SAMPLE_ROWS; i++) {
		len = sample_row(row, sizeof(row), i);
		assert_memory_equal(got + at, row, len);
		at += len;
	}
	assert_int_equal(at, have);
}

/* Everything that was put in comes out, in order, and nothing else. */
static void
test_round(void **state)
{
	const struct item *item;
	struct bundle_part *p;
	struct buf b = BUF_EMPTY;
	struct bundle *bundle;
	struct stat st;
	size_t i = 0;
	char one;
	int part, rc;

	(void)state;
	sample_bundle("big", "k.key", 1);
	assert_int_equal(stat("big", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(
	    bundle_open(
		"big", &(struct bundle_keys){ .trust = "k.pub" }, &bundle),
	    OUTCOME_DONE);
	assert_int_equal(bundle_manifest(bundle)->nitems, SAMPLES);
	assert_string_equal(bundle_manifest(bundle)->host, "compute1");
	assert_int_equal(strlen(bundle_digest(bundle)), 64);
	assert_int_equal(strncmp(bundle_signer(bundle), "SHA256:", 7), 0);
	for (part = 0; part < ITEM_PARTS; part++) {
		assert_true(bundle_part_size(bundle, (enum item_part)part) > 0);
		assert_int_equal(
		    bundle_part_open(bundle, (enum item_part)part, &p),
		    OUTCOME_DONE);
		while ((rc = bundle_part_next(p, &item)) == 1) {
			assert_string_equal(item->name, samples[i].name);
			if (samples[i].bytes == NULL) {
				assert_big(p);
				i++;
				continue;
			}
			buf_clear(&b);
			assert_int_equal(bundle_part_load(p, &b), 0);
			assert_int_equal(b.len, strlen(samples[i].bytes));
			assert_string_equal(b.data, samples[i].bytes);
			/* Nothing is left; and asking again is no error. */
			assert_int_equal(bundle_part_read(p, &one, 1), 0);
			i++;
		}
		assert_int_equal(rc, 0);
		assert_null(item);
		assert_int_equal(bundle_part_next(p, &item), 0);
		bundle_part_close(p);
	}
	assert_int_equal(i, SAMPLES);
	assert_int_equal(bundle_outcome(bundle), OUTCOME_DONE);
	assert_int_equal(bundle_check(bundle), OUTCOME_DONE);
	bundle_close(bundle);
	buf_free(&b);
	assert_int_equal(unlink("big"), 0);
}

/* Skipping, stopping half-way, the value before and behind the bytes. */
static void
test_values(void **state)
{
	const struct item *item;
	struct bundle_part *p;
	struct buf b = BUF_EMPTY;
	struct bundle *bundle;
	int how, saved, rc;
	char some[4];

	(void)state;
	assert_int_equal(
	    bundle_open(
		"good", &(struct bundle_keys){ .trust = "k.pub" }, &bundle),
	    OUTCOME_DONE);
	for (how = 0; how < 4; how++) {
		assert_int_equal(
		    bundle_part_open(bundle, PART_LIBVIRT, &p), OUTCOME_DONE);
		assert_int_equal(bundle_part_next(p, &item), 1);
		assert_int_equal(item->virt->has_value, 1);
		buf_clear(&b);
		if (how == 1)
			assert_int_equal(bundle_part_load(p, &b), 0);
		if (how == 2)
			assert_int_equal(bundle_part_read(p, some, 4), 4);
		buf_clear(&b);
		if (how < 3) {
			assert_int_equal(bundle_part_value(p, &b), 0);
			assert_string_equal(b.data, SAMPLE_VALUE);
		}
		/* The second secret has none. */
		assert_int_equal(bundle_part_next(p, &item), 1);
		assert_int_equal(item->virt->has_value, 0);
		assert_int_equal(item->virt->is_private, 1);
		saved = hush();
		rc = bundle_part_value(p, &b);
		unhush(saved);
		assert_int_equal(rc, -1);
		assert_said("has no value");
		assert_int_equal(bundle_part_next(p, &item), 1);
		assert_string_equal(item->name, "nwfilter:no-mac-spoofing");
		bundle_part_close(p);
	}
	bundle_part_close(NULL);
	bundle_close(bundle);
	bundle_close(NULL);
	buf_free(&b);
}

static void
test_load(void **state)
{
	struct buf b = BUF_EMPTY;
	struct bundle *bundle;
	enum outcome rc;
	size_t i;
	int saved;

	(void)state;
	assert_int_equal(
	    bundle_open("good", &(struct bundle_keys){ .root = ".", .look = 1 },
		&bundle),
	    OUTCOME_DONE);
	assert_null(bundle_signer(bundle));
	for (i = 0; i < SAMPLES; i++) {
		if (samples[i].bytes == NULL)
			continue;
		buf_clear(&b);
		assert_int_equal(
		    bundle_load(bundle, samples[i].name, &b), OUTCOME_DONE);
		assert_string_equal(b.data, samples[i].bytes);
	}
	saved = hush();
	rc = bundle_load(bundle, "file:/etc/passwd", &b);
	unhush(saved);
	assert_int_equal(rc, OUTCOME_FAILED);
	assert_said("good holds no item file:/etc/passwd");
	bundle_close(bundle);
	buf_free(&b);
}

/* How far on to the next byte to try: inside manifest and parts, which one
 * digest each covers, not every one. */
static size_t
stride(const struct outer_member *m, size_t i)
{
	int k;

	/* Under valgrind a look takes a tenth of a second. */
	if (getenv("NOVARK_SLOW") != NULL)
		return 131;
	for (k = OUTER_MANIFEST; k < OUTER_MEMBERS; k++)
		if (i > m[k].off && i + 8 < m[k].off + m[k].size)
			return 7;
	return 1;
}

/* Bytes with one bit turned, in a bundle that is otherwise good. */
static void
test_flipped(void **state)
{
	struct outer_member m[OUTER_ALL];
	struct buf good = BUF_EMPTY;
	size_t i, taken = 0;
	unsigned char c;
	int fd;

	(void)state;
	file_read("good", &good);
	file_write("flipped", good.data, good.len);
	assert_true((fd = open("flipped", O_RDWR | O_CLOEXEC)) != -1);
	assert_int_equal(outer_scan(fd, "flipped", m), OUTCOME_DONE);
	for (i = 0; i < good.len; i += stride(m, i)) {
		c = (unsigned char)good.data[i] ^ (unsigned char)(1u << i % 8);
		assert_true(pwrite(fd, &c, 1, (off_t)i) == 1);
		if (quiet_look("flipped", "k.pub") != OUTCOME_REFUSED) {
			print_error("byte %zu\n", i);
			taken++;
		}
		assert_true(pwrite(fd, good.data + i, 1, (off_t)i) == 1);
	}
	close(fd);
	assert_int_equal(taken, 0);
	assert_int_equal(look("flipped", "k.pub"), OUTCOME_DONE);
	buf_free(&good);
}

/* Cut off at every block, and a byte beside each; and longer than it was. */
static void
test_length(void **state)
{
	static const char tail[10240];
	struct buf good = BUF_EMPTY, b = BUF_EMPTY;
	size_t i;

	(void)state;
	file_read("good", &good);
	for (i = 0; i < good.len; i += i % 512 == 1 ? 510 : 1) {
		file_write("cut", good.data, i);
		if (quiet_look("cut", "k.pub") != OUTCOME_REFUSED)
			fail_msg("taken, cut at %zu", i);
	}
	file_write("cut", good.data, good.len - OUTER_END);
	assert_refused("cut", "its end is missing");
	for (i = 1; i <= sizeof(tail); i += i < 4 ? 1 : 509) {
		craft_set(&b, good.data, good.len);
		assert_int_equal(buf_add(&b, tail, i), 0);
		file_write("long", b.data, b.len);
		assert_refused("long", "bytes follow its end");
	}
	craft_set(&b, good.data, good.len);
	assert_int_equal(buf_add(&b, good.data, good.len), 0);
	file_write("long", b.data, b.len);
	assert_refused("long", "bytes follow its end");
	buf_free(&good);
	buf_free(&b);
}

/* Members by number; 6 and up are names of the table below. */
static void
test_members(void **state)
{
	static const char *const names[] = { "extra", "KEY.cms",
		"MANIFEST.json.enc", "../../etc/passwd" };
	static const struct {
		const char *list, *text;
	} cases[] = {
		{ "102345",
		    "the member SHA256SUMS.sig stands where SHA256SUMS" },
		{ "021345", "the member MANIFEST.json stands where" },
		{ "013245", "stands where MANIFEST.json belongs" },
		{ "012435", "stands where files.tar.zst belongs" },
		{ "012354", "stands where libvirt.tar.zst belongs" },
		{ "12345", "stands where SHA256SUMS belongs" },
		{ "02345", "stands where SHA256SUMS.sig belongs" },
		{ "01345", "stands where MANIFEST.json belongs" },
		{ "01235", "stands where libvirt.tar.zst belongs" },
		{ "01234", "the member database.tar.zst is missing" },
		{ "0", "the member SHA256SUMS.sig is missing" },
		{ "", "the file" },
		{ "0123455", "the unknown member database.tar.zst follows" },
		{ "0012345", "the member SHA256SUMS stands where" },
		{ "0122345", "the member MANIFEST.json stands where files" },
		{ "0123456", "the unknown member extra follows" },
		{ "6012345", "the unknown member extra stands where" },
		{ "0162345", "the unknown member extra stands where" },
		{ "0172345", "the member MANIFEST.json stands where "
			     "MANIFEST.json.enc belongs" },
		{ "018345", "the member MANIFEST.json.enc stands where "
			    "MANIFEST.json belongs" },
		{ "0192345", "the unknown member ../../etc/passwd stands" },
	};
	struct buf b = BUF_EMPTY, x = BUF_EMPTY;
	struct craft c;
	const char *p;
	size_t i;
	int id;

	(void)state;
	craft_open("good", &c);
	craft_set(&x, "x", 1);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		for (p = cases[i].list; *p != '\0'; p++) {
			id = *p - '0';
			if (id < OUTER_MEMBERS)
				craft_add(&b, outer_name((enum outer_id)id),
				    &c.member[id]);
			else
				craft_add(&b, names[id - OUTER_MEMBERS], &x);
		}
		if (cases[i].list[0] != '\0')
			craft_end(&b);
		file_write("members", b.data == NULL ? "" : b.data, b.len);
		assert_refused("members", cases[i].text);
	}
	buf_free(&b);
	buf_free(&x);
	craft_free(&c);
}

/* Signatures that are none; keys that are not the one. */
static void
test_signature(void **state)
{
	static const size_t lens[] = { 0, 1, 63, 65, 128 };
	char sig[128] = { 0 };
	struct craft c;
	size_t i;

	(void)state;
	craft_open("good", &c);
	for (i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		craft_set(&c.member[OUTER_SIG], sig, lens[i]);
		craft_write(&c, "sig");
		assert_refused("sig", "it is not signed");
		/* Without a key too: there is no unsigned bundle. */
		assert_int_equal(quiet_look("sig", NULL), OUTCOME_REFUSED);
	}
	craft_set(&c.member[OUTER_SIG], sig, SIGN_LEN);
	craft_write(&c, "sig");
	assert_refused(
	    "sig", "the signature does not hold under the key SHA256:");
	craft_seal(&c, "other.key");
	craft_write(&c, "sig");
	assert_refused("sig", "the signature does not hold");
	assert_int_equal(look("sig", "other.pub"), OUTCOME_DONE);
	assert_int_equal(quiet_look("good", "other.pub"), OUTCOME_REFUSED);
	/* A key that cannot be read is no verdict on the bundle. */
	assert_int_equal(quiet_look("good", "not-there.pub"), OUTCOME_FAILED);
	assert_int_equal(quiet_look("good", "k.key"), OUTCOME_FAILED);
	assert_int_equal(quiet_look("good", "good"), OUTCOME_FAILED);
	craft_free(&c);
}

/* The gate: what is behind a wrong signature is not even looked at; only that
 * is ever said.  Behind a right one each is found. */
static void
test_gate(void **state)
{
	static const struct {
		enum outer_id id;
		const char *bytes, *text;
	} cases[] = {
		{ OUTER_SUMS, "hello\n", "SHA256SUMS is not of the form" },
		{ OUTER_SUMS, "", "SHA256SUMS is not of the form" },
		{ OUTER_MANIFEST, "{}", "keys are missing" },
		{ OUTER_MANIFEST, "", "no JSON" },
		{ OUTER_MANIFEST, "[[[[[", "no JSON" },
		{ OUTER_FILES, "x", "files.tar.zst: refused: not what zstd" },
		{ OUTER_LIBVIRT, "",
		    "libvirt.tar.zst: refused: the zstd frame" },
		{ OUTER_DATABASE, "(\xb5/\xfd", "database.tar.zst: refused" },
	};
	struct craft c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		craft_open("good", &c);
		craft_set(&c.member[cases[i].id], cases[i].bytes,
		    strlen(cases[i].bytes));
		if (cases[i].id == OUTER_SUMS)
			craft_sign(&c, "other.key");
		else
			craft_seal(&c, "other.key");
		craft_write(&c, "gate");
		assert_refused("gate", "the signature does not hold");
		craft_sign(&c, "k.key");
		craft_write(&c, "gate");
		assert_refused("gate", cases[i].text);
		craft_free(&c);
	}
}

/* A member that is not the one that SHA256SUMS tells of, signature right. */
static void
test_digests(void **state)
{
	struct craft c, d;
	int i;

	(void)state;
	for (i = OUTER_MANIFEST; i < OUTER_MEMBERS; i++) {
		craft_open("good", &c);
		assert_int_equal(buf_addc(&c.member[i], ' '), 0);
		craft_write(&c, "digest");
		assert_refused(
		    "digest", "its digest is not the one in SHA256SUMS");
		assert_said(outer_name((enum outer_id)i));
		assert_int_equal(quiet_look("digest", NULL), OUTCOME_REFUSED);
		craft_free(&c);
	}
	/* Parts of another bundle, with its digests: the manifest knows. */
	sample_bundle("twin", "k.key", 1);
	for (i = OUTER_MANIFEST; i < OUTER_MEMBERS; i++) {
		craft_open("good", &c);
		craft_open("twin", &d);
		craft_set(&c.member[i], d.member[i].data, d.member[i].len);
		craft_seal(&c, "k.key");
		craft_write(&c, "mixed");
		/* Files and definitions are the very same in both. */
		if (i == OUTER_FILES || i == OUTER_LIBVIRT)
			assert_int_equal(look("mixed", "k.pub"), OUTCOME_DONE);
		else
			assert_refused("mixed",
			    i == OUTER_MANIFEST ? "its id, time or host"
						: "database.tar.zst: refused");
		craft_free(&c);
		craft_free(&d);
	}
	assert_int_equal(unlink("twin"), 0);
}

/* The bytes of an item are not those of the manifest. */
static void
test_item_digest(void **state)
{
	struct buf tar = BUF_EMPTY;
	struct craft c;
	char *at;

	(void)state;
	craft_open("good", &c);
	craft_unzip(&c.member[OUTER_FILES], &tar);
	at = memmem(tar.data, tar.len, "my_ip = 10.2.116.14", 19);
	assert_non_null(at);
	at[18] = '5';
	buf_clear(&c.member[OUTER_FILES]);
	craft_zip(&tar, 0, &c.member[OUTER_FILES]);
	craft_seal(&c, "k.key");
	craft_write(&c, "item");
	assert_refused("item", "size or digest of file:/etc/nova/nova.conf");
	craft_free(&c);
	/* A secret's value. */
	craft_open("good", &c);
	buf_clear(&tar);
	craft_unzip(&c.member[OUTER_LIBVIRT], &tar);
	at = memmem(tar.data, tar.len, SAMPLE_VALUE, strlen(SAMPLE_VALUE));
	assert_non_null(at);
	at[0] = 'd';
	buf_clear(&c.member[OUTER_LIBVIRT]);
	craft_zip(&tar, 0, &c.member[OUTER_LIBVIRT]);
	craft_seal(&c, "k.key");
	craft_write(&c, "item");
	assert_refused("item", "size or digest of secret:" SAMPLE_UUID);
	craft_free(&c);
	buf_free(&tar);
}

/* The file changes under the reader: found, whenever it happens. */
static void
test_changed_meanwhile(void **state)
{
	struct buf good = BUF_EMPTY, out = BUF_EMPTY;
	const struct item *item;
	struct bundle_part *p;
	struct bundle *b;
	int saved, fd, rc;

	(void)state;
	file_read("good", &good);
	file_write("live", good.data, good.len);
	assert_int_equal(
	    bundle_open("live", &(struct bundle_keys){ .trust = "k.pub" }, &b),
	    OUTCOME_DONE);
	/* Replaced by name: not seen, we hold the file. */
	assert_int_equal(rename("live", "away"), 0);
	file_write("live", "x", 1);
	assert_int_equal(bundle_check(b), OUTCOME_DONE);
	/* Overwritten in place. */
	assert_true((fd = open("away", O_RDWR | O_CLOEXEC)) != -1);
	assert_true(
	    pwrite(fd, "zzzz", 4, (off_t)good.len - OUTER_END - 512) == 4);
	saved = hush();
	rc = (int)bundle_check(b);
	unhush(saved);
	assert_int_equal(rc, OUTCOME_REFUSED);
	assert_true(pwrite(fd, good.data + good.len - OUTER_END - 512, 4,
			(off_t)good.len - OUTER_END - 512) == 4);
	/* Between the digest of the part and the unpacking. */
	assert_int_equal(bundle_part_open(b, PART_FILES, &p), OUTCOME_DONE);
	assert_int_equal(ftruncate(fd, 512), 0);
	saved = hush();
	while ((rc = bundle_part_next(p, &item)) == 1)
		continue;
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_int_equal(bundle_outcome(b), OUTCOME_REFUSED);
	assert_said("shorter while it was read");
	bundle_part_close(p);
	saved = hush();
	assert_int_equal(
	    bundle_load(b, "file:/etc/nova/nova.conf", &out), OUTCOME_REFUSED);
	unhush(saved);
	bundle_close(b);
	close(fd);
	buf_free(&good);
	buf_free(&out);
}

/* What is no bundle at all. */
static void
test_no_bundle(void **state)
{
	static const struct {
		const char *file, *text;
		enum outcome rc;
	} cases[] = {
		{ "not-there", "cannot open not-there", OUTCOME_FAILED },
		{ "k.pub/x", "cannot open k.pub/x", OUTCOME_FAILED },
		{ ".", "a folder", OUTCOME_REFUSED },
		{ "fifo", "no regular file", OUTCOME_REFUSED },
		{ "/dev/null", "no regular file", OUTCOME_REFUSED },
		{ "nothing", "the file is empty", OUTCOME_REFUSED },
		{ "short", "no tar", OUTCOME_REFUSED },
		{ "text", "no tar", OUTCOME_REFUSED },
		{ "zeros", "no tar", OUTCOME_REFUSED },
		{ "any.tar", "the unknown member k.pub stands",
		    OUTCOME_REFUSED },
		{ "any.tgz", "no tar", OUTCOME_REFUSED },
	};
	char big[4096];
	size_t i;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	file_write("nothing", "", 0);
	file_write("short", "hello", 5);
	memset(big, 'x', sizeof(big));
	file_write("text", big, sizeof(big));
	memset(big, 0, sizeof(big));
	file_write("zeros", big, sizeof(big));
	assert_int_equal(
	    run_program(NULL, "tar", "-cf", "any.tar", "k.pub", NULL), 0);
	assert_int_equal(
	    run_program(NULL, "tar", "-czf", "any.tgz", "good", NULL), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    quiet_look(cases[i].file, "k.pub"), cases[i].rc);
		assert_said(cases[i].text);
	}
	assert_int_equal(symlink("good", "link"), 0);
	assert_int_equal(look("link", "k.pub"), OUTCOME_DONE);
	assert_int_equal(unlink("fifo"), 0);
}

/* Headers that another tar would take, but that are not the ones we write. */
static void
test_headers(void **state)
{
	static const struct {
		size_t off;
		const char *bytes;
		size_t len;
	} cases[] = {
		{ 100, "0000644", 7 },
		{ 108, "0001750", 7 },
		{ 136, "00000000001", 11 },
		{ 156, "\0", 1 },
		{ 156, "1", 1 },
		{ 156, "5", 1 },
		{ 156, "x", 1 },
		{ 157, "/etc/passwd", 11 },
		{ 257, "ustar  ", 8 },
		{ 265, "root", 4 },
		{ 345, "usr", 3 },
		{ 500, "x", 1 },
		{ 124, "\x80\0\0\0\0\0\0\0\0\0\0\x40", 12 },
		{ 124, "        100 ", 12 },
	};
	struct buf good = BUF_EMPTY;
	struct craft c;
	unsigned char *h;
	unsigned int sum;
	size_t i, k, at;

	(void)state;
	craft_open("good", &c);
	at = OUTER_BLOCK + c.member[OUTER_SUMS].len;
	at += outer_padding(at);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&good);
		file_read("good", &good);
		h = (unsigned char *)good.data + at;
		memcpy(h + cases[i].off, cases[i].bytes, cases[i].len);
		/* With the checksum right. */
		memset(h + 148, ' ', 8);
		for (sum = 0, k = 0; k < OUTER_BLOCK; k++)
			sum += h[k];
		snprintf((char *)h + 148, 7, "%06o", sum);
		file_write("header", good.data, good.len);
		assert_refused(
		    "header", "the tar header of SHA256SUMS.sig is damaged");
	}
	craft_free(&c);
	buf_free(&good);
}

/* A manifest that lies about an item, with everything signed. */
static void
test_lying_manifest(void **state)
{
	static const struct {
		const char *from, *to, *text;
	} cases[] = {
		{ "\"mode\":\"0640\"", "\"mode\":\"4755\"", "(its mode)" },
		{ "\"uid\":107", "\"uid\":0", "(its owner)" },
		{ "\"mtime\":1329912000", "\"mtime\":0", "(its time)" },
		{ "../nova/nova.conf", "/etc/shadow", "(its target)" },
		{ "\"size\":16,", "\"size\":15,", "(its size)" },
		{ "\"user.note\"", "\"user.notf\"", "(its extended" },
		{ "\"host\":\"compute1\"", "\"host\":\"compute2\"",
		    "id, time or host" },
		{ "\"part\":\"libvirt\"", "\"part\":\"files\"",
		    "not of its part" },
	};
	struct buf json = BUF_EMPTY;
	struct craft c;
	size_t i;
	char *at;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		craft_open("good", &c);
		buf_clear(&json);
		at = strstr(c.member[OUTER_MANIFEST].data, cases[i].from);
		assert_non_null(at);
		assert_int_equal(
		    buf_add(&json, c.member[OUTER_MANIFEST].data,
			(size_t)(at - c.member[OUTER_MANIFEST].data)),
		    0);
		assert_int_equal(buf_adds(&json, cases[i].to), 0);
		assert_int_equal(
		    buf_adds(&json, at + strlen(cases[i].from)), 0);
		craft_set(&c.member[OUTER_MANIFEST], json.data, json.len);
		craft_seal(&c, "k.key");
		craft_write(&c, "lying");
		assert_refused("lying", cases[i].text);
		craft_free(&c);
	}
	buf_free(&json);
}

/* With no novark at hand. */
static void
test_by_hand(void **state)
{
	struct buf b = BUF_EMPTY;
	char value[16];
	struct stat st;

	(void)state;
	assert_int_equal(mkdir("hand", 0700), 0);
	assert_int_equal(run_program("list", "tar", "-tf", "good", NULL), 0);
	file_read("list", &b);
	assert_string_equal(b.data,
	    "SHA256SUMS\nSHA256SUMS.sig\nMANIFEST.json\nfiles.tar.zst\n"
	    "libvirt.tar.zst\ndatabase.tar.zst\n");
	assert_int_equal(
	    run_program(NULL, "tar", "-C", "hand", "-xf", "good", NULL), 0);
	assert_int_equal(chdir("hand"), 0);
	assert_int_equal(run_program(NULL, "openssl", "pkeyutl", "-verify",
			     "-rawin", "-pubin", "-inkey", "../k.pub", "-in",
			     "SHA256SUMS", "-sigfile", "SHA256SUMS.sig", NULL),
	    0);
	assert_int_equal(run_program(NULL, "sha256sum", "--strict", "-c",
			     "SHA256SUMS", NULL),
	    0);
	assert_int_equal(
	    run_program("files.tar", "zstd", "-dc", "files.tar.zst", NULL), 0);
	assert_int_equal(
	    run_program(NULL, "tar", "--xattrs", "--xattrs-include=*",
		"--no-same-owner", "-xpf", "files.tar", NULL),
	    0);
	buf_clear(&b);
	file_read("etc/nova/nova.conf", &b);
	assert_string_equal(b.data, samples[1].bytes);
	assert_int_equal(stat("etc/nova/nova.conf", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(st.st_mtime, 1329912000);
	assert_int_equal(lstat("etc/nova/link.conf", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(access("etc/nova/\xc3\xa4\xe2\x82\xac.conf", F_OK), 0);
	if (getxattr("etc/nova/nova.conf", "user.note", value, 16) == 5)
		assert_memory_equal(value, "a\0\n=\xff", 5);
	else
		print_message("no user attributes on this file system\n");
	assert_int_equal(
	    run_program("libvirt.tar", "zstd", "-dc", "libvirt.tar.zst", NULL),
	    0);
	assert_int_equal(
	    run_program(NULL, "tar", "-xf", "libvirt.tar", NULL), 0);
	buf_clear(&b);
	file_read("secrets/" SAMPLE_UUID ".base64", &b);
	assert_string_equal(b.data, SAMPLE_VALUE);
	assert_int_equal(stat("secrets/" SAMPLE_UUID ".base64", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(access("pools/a%2Fb 100%25.xml", F_OK), 0);
	assert_int_equal(run_program("database.tar", "zstd", "-dc",
			     "database.tar.zst", NULL),
	    0);
	assert_int_equal(
	    run_program(NULL, "tar", "-xf", "database.tar", NULL), 0);
	buf_clear(&b);
	file_read("nova/volumes.txt", &b);
	assert_string_equal(b.data, samples[11].bytes);
	buf_free(&b);
	assert_int_equal(chdir(".."), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_signature),
		cmocka_unit_test(test_gate),
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_item_digest),
		cmocka_unit_test(test_changed_meanwhile),
		cmocka_unit_test(test_no_bundle),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_lying_manifest),
		cmocka_unit_test(test_by_hand),
	};

	return cmocka_run_group_tests(tests, setup, folder_teardown);
}
