#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "archive/bundle/bundle.h"
#include "archive/limits.h"
#include "craft.h"
#include "look.h"

static const struct bundle_keys keys = { .trust = "k.pub", .root = "." };

static struct bundle *
open_good(const char *file)
{
	struct bundle *b;

	assert_int_equal(bundle_open(file, &keys, &b), OUTCOME_DONE);
	return b;
}

/* In front of the first item there is nothing to read, and no value. */
static void
test_no_item(void **state)
{
	struct bundle *b = open_good("good");
	struct buf out = BUF_EMPTY;
	const struct item *item;
	struct bundle_part *p;
	char c[2];
	int saved, rc;

	(void)state;
	assert_int_equal(bundle_part_open(b, PART_LIBVIRT, &p), OUTCOME_DONE);
	assert_int_equal(bundle_part_read(p, c, 2), 0);
	assert_int_equal(bundle_part_load(p, &out), 0);
	assert_int_equal(out.len, 0);
	saved = hush();
	rc = bundle_part_value(p, &out);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("nothing has no value to read");
	assert_int_equal(bundle_outcome(b), OUTCOME_FAILED);
	/* The part itself is as good as it was. */
	assert_int_equal(bundle_part_next(p, &item), 1);
	assert_int_equal(bundle_part_read(p, c, 0), 0);
	assert_int_equal(bundle_part_read(p, c, 2), 2);
	assert_memory_equal(c, "<s", 2);
	assert_int_equal(bundle_part_value(p, &out), 0);
	assert_string_equal(out.data, SAMPLE_VALUE);
	/* Once. */
	saved = hush();
	rc = bundle_part_value(p, &out);
	unhush(saved);
	assert_int_equal(rc, -1);
	assert_said("secret:" SAMPLE_UUID " has no value to read");
	bundle_part_close(p);
	bundle_close(b);
	buf_free(&out);
}

/* A signed bundle with one byte of a part's tar otherwise. */
static struct bundle *
with_changed(enum outer_id id, const char *text)
{
	struct buf tar = BUF_EMPTY;
	struct craft c;
	char *at;

	craft_open("good", &c);
	craft_unzip(&c.member[id], &tar);
	assert_non_null(at = memmem(tar.data, tar.len, text, strlen(text)));
	*at ^= 1;
	buf_clear(&c.member[id]);
	craft_zip(&tar, 0, &c.member[id]);
	craft_seal(&c, "k.key");
	craft_write(&c, "bad");
	craft_free(&c);
	buf_free(&tar);
	return open_good("bad");
}

/* Behind a refusal everything is refused, and it is said once. */
static void
assert_over(struct bundle *b, struct bundle_part *p, const char *text)
{
	struct buf out = BUF_EMPTY;
	const struct item *item;
	char c;

	assert_said(text);
	assert_int_equal(bundle_outcome(b), OUTCOME_REFUSED);
	assert_int_equal(bundle_part_read(p, &c, 1), -1);
	assert_int_equal(bundle_part_load(p, &out), -1);
	assert_int_equal(bundle_part_value(p, &out), -1);
	assert_int_equal(bundle_part_next(p, &item), -1);
	assert_null(item);
	assert_int_equal(out.len, 0);
	assert_said(text);
	assert_int_equal(bundle_outcome(b), OUTCOME_REFUSED);
	bundle_part_close(p);
	bundle_close(b);
	buf_free(&out);
}

/* The value of a secret, and the bytes in front of it: whoever passes them by,
 * finds what is wrong with them. */
static void
test_passed_by(void **state)
{
	static const char text[] = "size or digest of secret:" SAMPLE_UUID;
	static const char *const changed[] = { SAMPLE_VALUE, "<secret/>" };
	struct buf out = BUF_EMPTY;
	const struct item *item;
	struct bundle_part *p;
	struct bundle *b;
	int how, saved, rc;

	(void)state;
	for (how = 0; how < 4; how++) {
		b = with_changed(OUTER_LIBVIRT, changed[how & 1]);
		assert_int_equal(
		    bundle_part_open(b, PART_LIBVIRT, &p), OUTCOME_DONE);
		assert_int_equal(bundle_part_next(p, &item), 1);
		saved = hush();
		rc = how < 2 ? bundle_part_next(p, &item)
			     : bundle_part_value(p, &out);
		unhush(saved);
		assert_int_equal(rc, -1);
		assert_int_equal(out.len, 0);
		assert_over(b, p, text);
	}
	/* A new look at the part is a new look. */
	b = with_changed(OUTER_FILES, "my_ip = 10.2.116.14");
	saved = hush();
	assert_int_equal(
	    bundle_load(b, samples[1].name, &out), OUTCOME_REFUSED);
	unhush(saved);
	buf_clear(&out);
	assert_int_equal(bundle_part_open(b, PART_FILES, &p), OUTCOME_DONE);
	assert_int_equal(bundle_outcome(b), OUTCOME_DONE);
	bundle_part_close(p);
	assert_int_equal(bundle_load(b, samples[10].name, &out), OUTCOME_DONE);
	bundle_close(b);
	buf_free(&out);
}

/* More than fits into memory is no fault of the bundle's: it is read piece by
 * piece, or passed by. */
static void
test_large(void **state)
{
	const size_t piece = 1 << 20, n = LIMIT_ITEM / piece + 1;
	struct buf out = BUF_EMPTY;
	const struct item *item;
	struct item *large = sample_item(&samples[11]);
	struct bundle_part *p;
	struct bundle_new *w;
	struct bundle *b;
	char *bytes, *signer;
	uint64_t sum = 0;
	ssize_t got;
	size_t i;
	int saved;

	(void)state;
	assert_non_null(bytes = calloc(1, piece));
	assert_int_equal(bundle_create("large", "k.key", 0, &w), OUTCOME_DONE);
	sample_node(bundle_new_manifest(w));
	assert_int_equal(bundle_begin(w, large), 0);
	for (i = 0; i < n; i++)
		assert_int_equal(bundle_write(w, bytes, piece), 0);
	assert_int_equal(bundle_end(w, large), 0);
	sample_put(w, &samples[14]);
	assert_int_equal(bundle_commit(w, &signer), OUTCOME_DONE);
	free(signer);
	b = open_good("large");
	saved = hush();
	assert_int_equal(
	    bundle_load(b, samples[11].name, &out), OUTCOME_FAILED);
	unhush(saved);
	assert_said("table:nova.volumes is larger than 32 MiB");
	assert_int_equal(out.len, 0);
	assert_int_equal(bundle_part_open(b, PART_DATABASE, &p), OUTCOME_DONE);
	assert_int_equal(bundle_part_next(p, &item), 1);
	saved = hush();
	assert_int_equal(bundle_part_load(p, &out), -1);
	unhush(saved);
	assert_int_equal(bundle_outcome(b), OUTCOME_FAILED);
	while ((got = bundle_part_read(p, bytes, piece)) > 0)
		sum += (uint64_t)got;
	assert_int_equal(got, 0);
	assert_int_equal(sum, n * piece);
	assert_int_equal(bundle_part_next(p, &item), 1);
	assert_int_equal(bundle_part_load(p, &out), 0);
	assert_string_equal(out.data, samples[14].bytes);
	bundle_part_close(p);
	assert_int_equal(bundle_load(b, samples[14].name, &out), OUTCOME_DONE);
	bundle_close(b);
	assert_int_equal(unlink("large"), 0);
	free(bytes);
	buf_free(&out);
}

/* A part that ends while its digest is taken. */
static void
test_cut_meanwhile(void **state)
{
	struct bundle *b;
	struct stat st;
	enum outcome rc;
	int saved;

	(void)state;
	sample_bundle("big", "k.key", 1);
	b = open_good("big");
	assert_int_equal(stat("big", &st), 0);
	assert_int_equal(truncate("big", st.st_size - (200 << 10)), 0);
	saved = hush();
	rc = bundle_check_part(b, PART_DATABASE);
	unhush(saved);
	assert_int_equal(rc, OUTCOME_REFUSED);
	assert_said("shorter while it was read");
	assert_int_equal(bundle_check_part(b, PART_FILES), OUTCOME_DONE);
	bundle_close(b);
	assert_int_equal(unlink("big"), 0);
}

static void
test_socket(void **state)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX,
		.sun_path = "a socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct bundle *b;

	(void)state;
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(look_open("a socket", &keys, &b), OUTCOME_REFUSED);
	assert_said("a socket: refused: not a bundle but no regular file");
	assert_null(b);
	close(fd);
}

/* Where nobody is trusted, a bundle can only be looked at. */
static void
test_nobody(void **state)
{
	struct bundle *b;

	(void)state;
	assert_int_equal(
	    look_open("good", &(struct bundle_keys){ .root = "." }, &b),
	    OUTCOME_USAGE);
	assert_null(b);
	assert_said("nobody is trusted here");
	assert_int_equal(
	    look_open(
		"good", &(struct bundle_keys){ .root = ".", .look = 1 }, &b),
	    OUTCOME_DONE);
	assert_null(bundle_signer(b));
	assert_null(bundle_signer_file(b));
	bundle_close(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_item),
		cmocka_unit_test(test_passed_by),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_cut_meanwhile),
		cmocka_unit_test(test_socket),
		cmocka_unit_test(test_nobody),
	};

	return cmocka_run_group_tests(tests, look_setup, folder_teardown);
}
