#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/xattr.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/outer.h"
#include "look.h"

/* Everything that was put in comes out, in order, and nothing else. */
static void
test_round(void **state)
{
	struct bundle *bundle;
	struct stat st;
	int part;

	(void)state;
	sample_bundle("big", "k.key", 1);
	assert_int_equal(stat("big", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(
	    bundle_open(
		"big", &(struct bundle_keys){ .trust = "k.pub" }, &bundle),
	    OUTCOME_DONE);
	assert_string_equal(bundle_manifest(bundle)->host, "compute1");
	assert_int_equal(strlen(bundle_digest(bundle)), 64);
	assert_int_equal(strncmp(bundle_signer(bundle), "SHA256:", 7), 0);
	for (part = 0; part < ITEM_PARTS; part++)
		assert_true(bundle_part_size(bundle, (enum item_part)part) > 0);
	sample_comes(bundle);
	bundle_close(bundle);
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
		cmocka_unit_test(test_changed_meanwhile),
		cmocka_unit_test(test_by_hand),
	};

	return cmocka_run_group_tests(tests, look_setup, folder_teardown);
}
