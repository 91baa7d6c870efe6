/* The file that a new bundle goes into: what is there before, meanwhile and
 * when it ends early. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <time.h>

#include "archive/bundle/bundle.h"
#include "look.h"

static void
test_create_refused(void **state)
{
	static const struct {
		const char *file, *key, *text;
	} cases[] = {
		{ "there", "k.key",
		    "there exists already; --force replaces it" },
		{ "dir", "k.key", "is no regular file" },
		{ "nowhere/b", "k.key", "cannot open the folder nowhere" },
		{ "new", "none.key", "cannot open the key none.key" },
		{ "new", "k.pub", "is a public key" },
		{ "new", "wide.key", "chmod 600" },
	};
	struct buf b = BUF_EMPTY;
	struct bundle_new *n;
	size_t i, before;
	int saved;

	(void)state;
	file_write("there", "precious", 8);
	assert_int_equal(mkdir("dir", 0700), 0);
	file_read("k.key", &b);
	file_write("wide.key", b.data, b.len);
	assert_int_equal(chmod("wide.key", 0640), 0);
	before = folder_count(".");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		saved = hush();
		assert_int_equal(
		    bundle_create(cases[i].file, cases[i].key, 0, &n),
		    OUTCOME_FAILED);
		unhush(saved);
		assert_null(n);
		assert_said(cases[i].text);
	}
	assert_int_equal(folder_count("."), before);
	buf_clear(&b);
	file_read("there", &b);
	assert_string_equal(b.data, "precious");
	buf_free(&b);
}

static void
test_force(void **state)
{
	struct bundle_new *n;
	struct stat st;
	char *signer;
	mode_t old;

	(void)state;
	file_write("forced", "old", 3);
	assert_int_equal(chmod("forced", 0666), 0);
	old = umask(0);
	assert_int_equal(bundle_create("forced", "k.key", 1, &n), OUTCOME_DONE);
	umask(old);
	sample_node(bundle_new_manifest(n));
	assert_int_equal(bundle_commit(n, &signer), OUTCOME_DONE);
	free(signer);
	assert_int_equal(look("forced", "k.pub"), OUTCOME_DONE);
	assert_int_equal(stat("forced", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

/* Somebody made the file while the snapshot ran. */
static void
test_meanwhile(void **state)
{
	struct bundle_new *n = sample_begin("raced", "k.key", NULL);
	struct buf b = BUF_EMPTY;
	enum outcome rc;
	char *signer;
	int saved;

	(void)state;
	sample_put(n, &samples[1]);
	file_write("raced", "theirs", 6);
	saved = hush();
	rc = bundle_commit(n, &signer);
	unhush(saved);
	assert_int_equal(rc, OUTCOME_FAILED);
	assert_null(signer);
	assert_said("raced exists already");
	file_read("raced", &b);
	assert_string_equal(b.data, "theirs");
	buf_free(&b);
}

/* Nothing but the final file is ever in the folder, at no umask wider than
 * 0600; and discard leaves nothing. */
static void
test_traces(void **state)
{
	static const mode_t masks[] = { 0, 022, 077 };
	size_t i, k, before = folder_count(".");
	struct bundle_new *n;
	struct stat st;
	char *signer;
	mode_t old;

	(void)state;
	for (i = 0; i < 6; i++) {
		old = umask(masks[i % 3]);
		n = sample_begin("traced", "k.key", NULL);
		for (k = 0; k < SAMPLES; k++) {
			sample_put(n, &samples[k]);
			assert_int_equal(folder_count("."), before);
		}
		if (i < 3) {
			assert_int_equal(
			    bundle_commit(n, &signer), OUTCOME_DONE);
			free(signer);
			assert_int_equal(folder_count("."), before + 1);
			assert_int_equal(stat("traced", &st), 0);
			assert_int_equal(st.st_mode & 07777, 0600);
			assert_int_equal(unlink("traced"), 0);
		} else {
			bundle_discard(n);
			assert_int_equal(folder_count("."), before);
		}
		umask(old);
	}
}

/* Killed at any moment: no file, or a whole one. */
static void
test_killed(void **state)
{
	size_t before = folder_count(".");
	unsigned int seed = (unsigned int)time(NULL), i, whole = 0;
	struct timespec from, to;
	int64_t us;
	int status;
	pid_t pid;

	(void)state;
	/* How long it takes undisturbed. */
	clock_gettime(CLOCK_MONOTONIC, &from);
	sample_bundle("killed", "k.key", 1);
	clock_gettime(CLOCK_MONOTONIC, &to);
	us = (to.tv_sec - from.tv_sec) * 1000000 +
	     (to.tv_nsec - from.tv_nsec) / 1000;
	assert_int_equal(unlink("killed"), 0);
	print_message("seed %u\n", seed);
	srand(seed);
	for (i = 0; i < 20; i++) {
		if ((pid = fork()) == 0) {
			sample_bundle("killed", "k.key", 1);
			_exit(0);
		}
		assert_true(pid > 0);
		usleep((useconds_t)(rand() % (us * 5 / 4 + 1)));
		kill(pid, SIGKILL);
		assert_true(waitpid(pid, &status, 0) == pid);
		if (access("killed", F_OK) == 0) {
			whole++;
			assert_int_equal(look("killed", "k.pub"), OUTCOME_DONE);
			assert_int_equal(unlink("killed"), 0);
		}
		assert_int_equal(folder_count("."), before);
	}
	print_message("%u of 20 had come to their end\n", whole);
}

/* A disk of a given size, in a namespace of the child's own: 0 when a bundle
 * was made, 1 when it failed as it should, 2 not possible here, 3 else. */
static int
on_small_disk(int kib)
{
	struct bundle_new *n;
	struct item *item;
	struct bundle *b;
	char size[32], *signer, chunk[4096];
	uint64_t r = 1;
	int i, rc = 0;
	size_t k;

	snprintf(size, sizeof(size), "size=%dk", kib);
	if (unshare(CLONE_NEWNS) == -1 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == -1 ||
	    mount("none", "full", "tmpfs", 0, size) == -1)
		return 2;
	(void)hush();
	if (bundle_create("full/b", "k.key", 0, &n) != OUTCOME_DONE)
		return 3;
	sample_node(bundle_new_manifest(n));
	item = sample_item(&samples[11]);
	if (bundle_begin(n, item) == -1)
		return 3;
	for (i = 0; i < 512 && rc == 0; i++) {
		for (k = 0; k < sizeof(chunk); k += sizeof(r)) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			memcpy(chunk + k, &r, sizeof(r));
		}
		rc = bundle_write(n, chunk, sizeof(chunk));
	}
	if (rc == 0)
		rc = bundle_end(n, item);
	if (rc == 0) {
		rc = bundle_commit(n, &signer) == OUTCOME_DONE ? 0 : -1;
		free(signer);
	} else {
		bundle_discard(n);
		item_free(item);
	}
	if (rc == 0) {
		if (bundle_open("full/b",
			&(struct bundle_keys){ .trust = "k.pub" },
			&b) != OUTCOME_DONE)
			return 3;
		bundle_close(b);
		return 0;
	}
	assert_said("cannot write full/b: the disk is full (");
	assert_said(" in the folder full)");
	return folder_count("full") == 0 ? 1 : 3;
}

/* 2 MiB that do not shrink, three times on disk at the worst: on disks from far
 * too small to large enough, it fails at every stage. */
static void
test_full(void **state)
{
	int kib, status, failed = 0, made = 0;
	pid_t pid;

	(void)state;
	if (geteuid() != 0) {
		print_message("skipped: only root can mount a small tmpfs\n");
		skip();
	}
	assert_int_equal(mkdir("full", 0700), 0);
	for (kib = 64; kib < 10000; kib += 900) {
		fflush(stdout);
		if ((pid = fork()) == 0)
			_exit(on_small_disk(kib));
		assert_true(waitpid(pid, &status, 0) == pid);
		assert_true(WIFEXITED(status));
		if (WEXITSTATUS(status) == 2) {
			print_message(
			    "skipped: machine: no mount namespace here\n");
			skip();
		}
		if (WEXITSTATUS(status) > 1)
			fail_msg("on a disk of %d KiB", kib);
		failed += WEXITSTATUS(status) == 1;
		made += WEXITSTATUS(status) == 0;
	}
	assert_true(failed >= 3);
	assert_true(made >= 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_create_refused),
		cmocka_unit_test(test_force),
		cmocka_unit_test(test_meanwhile),
		cmocka_unit_test(test_traces),
		cmocka_unit_test(test_killed),
		cmocka_unit_test(test_full),
	};

	return cmocka_run_group_tests(tests, sample_setup, folder_teardown);
}
