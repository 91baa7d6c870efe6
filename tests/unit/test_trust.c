#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>

#include "archive/keys/sign.h"
#include "archive/keys/trust.h"
#include "archive/limits.h"
#include "folder.h"

/* Keys a, b, c; what each is called, and its signature of MESSAGE. */
#define KEYS    3
#define MESSAGE "nothing lost"

static char *ids[KEYS];
static unsigned char sigs[KEYS][SIGN_LEN];

static int
setup(void **state)
{
	static const char *const names[KEYS] = { "a", "b", "c" };
	struct sign_key *k;
	char file[16];
	int i;

	umask(022);
	if (folder_setup(state) == -1)
		return -1;
	for (i = 0; i < KEYS; i++) {
		snprintf(file, sizeof(file), "%s.key", names[i]);
		if (sign_keygen(names[i], &ids[i]) == -1 ||
		    (k = sign_open(file)) == NULL ||
		    sign_make(k, MESSAGE, strlen(MESSAGE), sigs[i]) == -1)
			return -1;
		sign_free(k);
	}
	return 0;
}

static int
teardown(void **state)
{
	int i;

	for (i = 0; i < KEYS; i++)
		free(ids[i]);
	return folder_teardown(state);
}

/* Make a folder, and those above it. */
static void
folder(const char *path)
{
	char part[256];
	size_t i;

	for (i = 1; i <= strlen(path); i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		snprintf(part, sizeof(part), "%.*s", (int)i, path);
		assert_true(mkdir(part, 0755) == 0 || errno == EEXIST);
	}
}

static void
copy(const char *from, const char *to)
{
	struct buf b = BUF_EMPTY;

	file_read(from, &b);
	file_write(to, b.data, b.len);
	assert_int_equal(chmod(to, 0644), 0);
	buf_free(&b);
}

/* Does MESSAGE with the signature of key ${i} pass?  The signer in ${id}. */
static enum outcome
check(const char *path, const char *root, int i, char id[64])
{
	const char *signer = NULL;
	struct trust *t = NULL;
	enum outcome rc;
	int saved = hush();

	id[0] = '\0';
	rc = trust_open(path, root, &t);
	if (rc == OUTCOME_DONE) {
		rc = trust_check(t, "bundle", MESSAGE, strlen(MESSAGE), sigs[i],
		    SIGN_LEN, &signer);
		if (signer != NULL)
			snprintf(id, 64, "%s", signer);
	} else {
		assert_null(t);
	}
	trust_free(t);
	unhush(saved);
	return rc;
}

static void
assert_passes(const char *path, const char *root, int i)
{
	char id[64];

	if (check(path, root, i, id) != OUTCOME_DONE)
		fail_msg("key %d does not pass", i);
	assert_string_equal(id, ids[i]);
}

static void
assert_is(const char *path, const char *root, int i, enum outcome want,
    const char *text)
{
	char id[64];
	enum outcome rc = check(path, root, i, id);

	if (rc != want)
		fail_msg("%d, not %d: %s", rc, want, text);
	assert_string_equal(id, "");
	assert_said(text);
}

static void
test_file(void **state)
{

	(void)state;
	folder("root");
	assert_passes("a.pub", "root", 0);
	assert_passes("./a.pub", NULL, 0);
	assert_is("a.pub", "root", 1, OUTCOME_REFUSED, ids[0]);
	assert_is("none.pub", "root", 0, OUTCOME_FAILED, "none.pub");
	assert_is("a.key", "root", 0, OUTCOME_FAILED, "is a private key");
}

static void
test_folder(void **state)
{

	(void)state;
	folder("root");
	folder("two");
	assert_is("two", "root", 0, OUTCOME_FAILED, "two: no public key");
	copy("a.pub", "two/x.pub");
	copy("b.pub", "two/y");
	file_write("two/.hidden", "no key", 6);
	assert_passes("two", "root", 0);
	assert_passes("two/", "root", 1);
	assert_is(
	    "two", "root", 2, OUTCOME_REFUSED, "none of the 2 keys in two");
	/* What is no public key there is never passed over. */
	file_write("two/README", "keys of the site\n", 17);
	assert_is("two", "root", 0, OUTCOME_FAILED, "two/README is no key");
	unlink("two/README");
	copy("a.key", "two/a.key");
	assert_is(
	    "two", "root", 0, OUTCOME_FAILED, "two/a.key is a private key");
	unlink("two/a.key");
	folder("two/more");
	assert_is("two", "root", 0, OUTCOME_FAILED, "two/more is no regular");
	rmdir("two/more");
	assert_int_equal(symlink("nowhere", "two/link"), 0);
	assert_is("two", "root", 0, OUTCOME_FAILED, "two/link");
	unlink("two/link");
	file_write("two/empty", "", 0);
	assert_is("two", "root", 0, OUTCOME_FAILED, "two/empty is no key");
	unlink("two/empty");
	assert_passes("two", "root", 1);
}

static void
test_store(void **state)
{
	struct trust *t;

	(void)state;
	folder("site");
	/* No store: nobody vouches, and that is no error. */
	assert_int_equal(trust_open(NULL, "site", &t), OUTCOME_DONE);
	assert_int_equal(trust_any(t), 0);
	trust_free(t);
	folder("site/etc/novark/trusted.d");
	assert_int_equal(trust_open(NULL, "site", &t), OUTCOME_DONE);
	assert_int_equal(trust_any(t), 0);
	trust_free(t);
	copy("a.pub", "site/etc/novark/trusted.d/a.pub");
	assert_int_equal(trust_open(NULL, "site/", &t), OUTCOME_DONE);
	assert_int_equal(trust_any(t), 1);
	trust_free(t);
	assert_passes(NULL, "site", 0);
	assert_is(NULL, "site", 1, OUTCOME_REFUSED, ids[0]);
	copy("c.pub", "site/etc/novark/trusted.d/c.pub");
	assert_passes(NULL, "site//", 2);
	assert_is(NULL, "site", 1, OUTCOME_REFUSED,
	    "the 2 keys in site/etc/novark/trusted.d");
	/* What is given is instead of it, not beside it. */
	assert_is("b.pub", "site", 0, OUTCOME_REFUSED, ids[1]);
}

static void
test_guarded(void **state)
{
	static const char *const paths[] = { "g/etc/novark",
		"g/etc/novark/trusted.d", "g/etc/novark/trusted.d/a.pub",
		"g/etc/novark/revoked.d", "g/etc/novark/revoked.d/b.pub" };
	struct stat st;
	size_t i;

	(void)state;
	folder("g/etc/novark/trusted.d");
	folder("g/etc/novark/revoked.d");
	copy("a.pub", "g/etc/novark/trusted.d/a.pub");
	copy("b.pub", "g/etc/novark/revoked.d/b.pub");
	assert_passes(NULL, "g", 0);
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		assert_int_equal(stat(paths[i], &st), 0);
		assert_int_equal(chmod(paths[i], 0775), 0);
		assert_is(NULL, "g", 0, OUTCOME_FAILED, "others may change g/");
		assert_int_equal(chmod(paths[i], 0757), 0);
		assert_is(NULL, "g", 0, OUTCOME_FAILED, "others may change g/");
		assert_int_equal(chmod(paths[i], st.st_mode & 07777), 0);
		if (geteuid() == 0) {
			assert_int_equal(chown(paths[i], 4711, 0), 0);
			assert_is(NULL, "g", 0, OUTCOME_FAILED, "owner 4711");
			assert_int_equal(chown(paths[i], 0, 0), 0);
		}
	}
	assert_passes(NULL, "g", 0);
}

/* A link to nowhere, a file: no folder is passed over that should be there. */
static void
test_no_folder(void **state)
{

	(void)state;
	folder("n/etc/novark");
	assert_int_equal(symlink("away", "n/etc/novark/revoked.d"), 0);
	assert_is("a.pub", "n", 0, OUTCOME_FAILED, "n/etc/novark/revoked.d");
	unlink("n/etc/novark/revoked.d");
	file_write("n/etc/novark/revoked.d", "", 0);
	assert_is("a.pub", "n", 0, OUTCOME_FAILED, "n/etc/novark/revoked.d");
	unlink("n/etc/novark/revoked.d");
	file_write("n/etc/novark/trusted.d", "", 0);
	assert_is(NULL, "n", 0, OUTCOME_FAILED, "n/etc/novark/trusted.d");
	assert_passes("a.pub", "n", 0);
}

/* Wherever it is revoked, whatever is given. */
static void
test_revoked(void **state)
{
	static const struct {
		const char *dir, *trust;
	} cases[] = {
		{ "r/etc/novark/revoked.d", "a.pub" },
		{ "r/etc/novark/revoked.d", "r/keys" },
		{ "r/etc/novark/revoked.d", NULL },
		{ "r/keys/revoked.d", "r/keys" },
		{ "r/keys/revoked.d", "r/keys/a.pub" },
		{ "r/revoked.d", "r/keys" },
		{ "r/revoked.d", "r/keys//" },
		{ "r/revoked.d", "r/keys/." },
		{ "r/revoked.d", "r/link" },
		{ "r/keys/revoked.d", "r/link" },
		{ "s/revoked.d", "s/link" },
		{ "r/revoked.d", "s/link" },
	};
	char file[256], id[64];
	size_t i;

	(void)state;
	folder("r/etc/novark/trusted.d");
	folder("r/keys");
	folder("s");
	copy("a.pub", "r/keys/a.pub");
	copy("b.pub", "r/keys/b.pub");
	copy("a.pub", "r/etc/novark/trusted.d/a.pub");
	copy("b.pub", "r/etc/novark/trusted.d/b.pub");
	assert_int_equal(symlink("keys", "r/link"), 0);
	assert_int_equal(symlink("../r/keys", "s/link"), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_passes(cases[i].trust, "r", 0);
		folder(cases[i].dir);
		snprintf(file, sizeof(file), "%s/stolen", cases[i].dir);
		copy("a.pub", file);
		if (check(cases[i].trust, "r", 0, id) != OUTCOME_REFUSED)
			fail_msg("case %zu: not refused", i);
		assert_said("is revoked (");
		assert_said(ids[0]);
		/* The others are as good as before. */
		if (i != 0 && i != 4)
			assert_passes(cases[i].trust, "r", 1);
		unlink(file);
		rmdir(cases[i].dir);
	}
}

/* Even where nobody is trusted, and where the one that is revoked is not known
 * by its file. */
static void
test_revoked_alone(void **state)
{
	struct trust *t;
	char id[64];
	int saved;

	(void)state;
	folder("v/etc/novark/revoked.d");
	copy("a.pub", "v/etc/novark/revoked.d/stolen.pub");
	assert_int_equal(trust_open(NULL, "v", &t), OUTCOME_DONE);
	assert_int_equal(trust_any(t), 0);
	trust_free(t);
	assert_is(NULL, "v", 0, OUTCOME_REFUSED,
	    "revoked (v/etc/novark/revoked.d/stolen.pub)");
	assert_int_equal(check(NULL, "v", 1, id), OUTCOME_DONE);
	assert_string_equal(id, "");
	assert_is("a.pub", "v", 1, OUTCOME_REFUSED, "does not hold");
	assert_int_equal(trust_may_sign("b.key", "v"), 0);
	assert_int_equal(trust_may_sign("a.key", NULL), 0);
	assert_int_equal(trust_still("v", "bundle", ids[1]), OUTCOME_DONE);
	assert_int_equal(trust_still("w", "bundle", ids[0]), OUTCOME_DONE);
	saved = hush();
	assert_int_equal(trust_still("v/", "bundle", ids[0]), OUTCOME_REFUSED);
	assert_said("bundle: refused: the key SHA256:");
	warn_forget();
	assert_int_equal(trust_may_sign("a.key", "v//"), -1);
	assert_said("a.key (SHA256:");
	assert_said("is revoked (v/etc/novark/revoked.d/stolen.pub)");
	warn_forget();
	assert_int_equal(trust_may_sign("none.key", "v"), -1);
	unhush(saved);
	assert_said("none.key");
	/* A revocation that cannot be read is none that may be passed over. */
	file_write("v/etc/novark/revoked.d/broken", "SHA256:abc", 10);
	assert_is("b.pub", "v", 1, OUTCOME_FAILED, "broken is no key");
	saved = hush();
	assert_int_equal(trust_may_sign("b.key", "v"), -1);
	assert_said("broken is no key");
	warn_forget();
	assert_int_equal(trust_still("v", "bundle", ids[1]), OUTCOME_FAILED);
	unhush(saved);
	assert_said("broken is no key");
}

static void
test_many(void **state)
{
	char file[64];
	unsigned int i;

	(void)state;
	folder("many");
	for (i = 0; i < LIMIT_TRUST; i++) {
		snprintf(file, sizeof(file), "many/%04u", i);
		assert_int_equal(link(i == 7 ? "b.pub" : "a.pub", file), 0);
	}
	assert_passes("many", "root", 1);
	assert_int_equal(link("a.pub", "many/last"), 0);
	assert_is("many", "root", 1, OUTCOME_FAILED, "more than 1024 files");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_store),
		cmocka_unit_test(test_guarded),
		cmocka_unit_test(test_no_folder),
		cmocka_unit_test(test_revoked),
		cmocka_unit_test(test_revoked_alone),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
