#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/digest.h"
#include "archive/warn.h"
#include "golden.h"
#include "restore/restore.h"

/* What the truck may do to a bundle, all of it: the golden bundle of format 1
 * with every bit of what is signed or plain turned over, every byte of the
 * parts, cut off at every length.  Each is refused by a look at everything, as
 * audit does it, and by a restore, with one message; and nothing stands in the
 * destination that did not stand there. */
#define GOLD "gold.bundle"
#define PUB  "signer.pub"
#define KEY  "ec.key"
#define DEST "dest"

struct storm {
	char *top, *dir; /* of the tests; where all is: the group's folder */
	struct buf bytes;
	struct outer_member members[OUTER_ALL];
	int fd;              /* of the bundle */
	const char *decrypt; /* the key that opens it; NULL: it is plain */
	char tree[65];
	size_t cases, every;
};

/* Under valgrind, or with ASan, one case of so many. */
static size_t
sample_rate(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return 29;
#else
	return getenv("NOVARK_SLOW") != NULL ? 997 : 1;
#endif
}

static struct buf tree_text; /* nftw has no cookie */

static int
tree_add(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	struct buf bytes = BUF_EMPTY;
	int rc;

	(void)ftw;
	rc = buf_addf(&tree_text, "%s %o %u:%u %lld %lld.%ld %lld.%ld\n", path,
	    st->st_mode, st->st_uid, st->st_gid, (long long)st->st_ino,
	    (long long)st->st_mtim.tv_sec, st->st_mtim.tv_nsec,
	    (long long)st->st_ctim.tv_sec, st->st_ctim.tv_nsec);
	if (rc == 0 && type == FTW_F) {
		file_read(path, &bytes);
		rc = buf_add(&tree_text, bytes.data, bytes.len);
		buf_free(&bytes);
	}
	return rc;
}

/* A digest of all that stands in the destination, times and owners too. */
static void
tree_hash(char hex[65])
{

	assert_int_equal(nftw(DEST, tree_add, 16, FTW_PHYS), 0);
	assert_int_equal(digest_bytes(tree_text.data, tree_text.len, hex), 0);
	buf_clear(&tree_text);
}

/* From now on it is about that one of the golden bundles. */
static void
take(struct storm *s, const char *which)
{

	if (s->fd != -1)
		close(s->fd);
	golden_make(s->top, which, GOLD, PUB);
	buf_clear(&s->bytes);
	file_read(GOLD, &s->bytes);
	assert_true((s->fd = open(GOLD, O_RDWR | O_CLOEXEC)) != -1);
	assert_int_equal(
	    outer_scan(
		&(struct stored){ .file = GOLD, .fd = s->fd }, s->members),
	    OUTCOME_DONE);
	if (!outer_sealed(s->members))
		return;
	golden_copy(s->top, which, KEY, KEY);
	s->decrypt = KEY;
}

static int
setup(void **state)
{
	static const char conf[] = "[DEFAULT]\nmy_ip = 10.2.15.3\n";
	struct storm *s = calloc(1, sizeof(*s));
	char top[4096];
	void *dir;

	if (s == NULL || getcwd(top, sizeof(top)) == NULL ||
	    folder_setup(&dir) == -1)
		return -1;
	s->dir = dir;
	s->every = sample_rate();
	s->top = strdup(top);
	s->fd = -1;
	take(s, "format-1");
	if (mkdir(DEST, 0755) == -1 || mkdir(DEST "/etc", 0755) == -1 ||
	    mkdir(DEST "/etc/nova", 0750) == -1)
		return -1;
	file_write(DEST "/etc/nova/nova.conf", conf, sizeof(conf) - 1);
	tree_hash(s->tree);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct storm *s = *state;
	void *dir = s->dir;

	close(s->fd);
	free(s->top);
	buf_free(&s->bytes);
	buf_free(&tree_text);
	free(s);
	return folder_teardown(&dir);
}

/* As audit looks at everything. */
static enum outcome
look(const struct storm *s)
{
	const struct bundle_keys keys = { .trust = PUB, .decrypt = s->decrypt };
	struct bundle *b;
	enum outcome rc;

	if ((rc = bundle_open(GOLD, &keys, &b)) != OUTCOME_DONE)
		return rc;
	rc = bundle_check(b);
	bundle_close(b);
	return rc;
}

/* As a restore does, up to its plan; ${no_files}: of no part at all. */
static enum outcome
plan(const struct storm *s, int no_files)
{
	static const char *const maps[] = { "10.2.116.14=10.2.15.3", NULL };
	const struct restore_options opt = { .bundle = GOLD,
		.trust = PUB,
		.decrypt = s->decrypt,
		.maps = maps,
		.root = DEST,
		.no_libvirt = 1,
		.no_database = 1,
		.no_files = no_files };
	enum outcome rc;
	struct restore r;

	memset(&r, 0, sizeof(r));
	if ((rc = restore_open(&opt, &r)) == OUTCOME_DONE &&
	    (rc = restore_idle(&r)) == OUTCOME_DONE)
		rc = restore_plan(&r);
	restore_close(&r);
	return rc;
}

/* One message, which names the file and that it is refused. */
static void
check_said(const char *what, uint64_t at)
{
	const char *const *said;
	size_t n;

	said = warn_said(&n);
	if (n != 1 || strncmp(said[0], GOLD ": ", sizeof(GOLD) + 1) != 0 ||
	    strstr(said[0], "refused: ") == NULL)
		fail_msg("%s, %llu: %zu messages: %s", what,
		    (unsigned long long)at, n, n > 0 ? said[0] : "-");
	warn_forget();
}

/* The bundle as it now is must be refused. */
static void
refused(struct storm *s, const char *what, uint64_t at)
{
	enum outcome rc;

	s->cases++;
	if ((rc = look(s)) != OUTCOME_REFUSED)
		fail_msg("%s, %llu: a look says %d", what,
		    (unsigned long long)at, (int)rc);
	check_said(what, at);
	/* What only a restore does is behind what both do. */
	if (s->cases % 32 != 0)
		return;
	if ((rc = plan(s, s->cases % 64 == 0)) != OUTCOME_REFUSED)
		fail_msg("%s, %llu: a restore says %d", what,
		    (unsigned long long)at, (int)rc);
	check_said(what, at);
}

static void
put(struct storm *s, uint64_t at, unsigned char byte)
{

	assert_int_equal(pwrite(s->fd, &byte, 1, (off_t)at), 1);
}

/* Turn over each of the bits ${mask}s in each byte from ${from} to ${to}. */
static void
flip(struct storm *s, const char *what, uint64_t from, uint64_t to,
    const unsigned char *masks, size_t n)
{
	unsigned char was;
	uint64_t at;
	size_t i, k = 0;

	for (at = from; at < to; at++) {
		was = (unsigned char)s->bytes.data[at];
		for (i = 0; i < n; i++) {
			if (k++ % s->every != 0)
				continue;
			put(s, at, was ^ masks[i]);
			refused(s, what, at);
		}
		put(s, at, was);
	}
}

static const unsigned char bits[] = { 1, 2, 4, 8, 16, 32, 64, 128 };
static const unsigned char whole[] = { 0xff };

/* Nothing was changed by all that, and the bundle is whole again. */
static void
all_as_before(struct storm *s)
{
	char hex[65];

	tree_hash(hex);
	assert_string_equal(hex, s->tree);
	assert_int_equal(look(s), OUTCOME_DONE);
}

/* What the golden one is. */
static void
test_whole(void **state)
{
	struct storm *s = *state;
	enum outcome rc;
	int saved;

	assert_int_equal(look(s), OUTCOME_DONE);
	saved = hush();
	rc = plan(s, 0);
	unhush(saved);
	assert_int_not_equal(rc, OUTCOME_REFUSED);
	assert_int_not_equal(rc, OUTCOME_FAILED);
	all_as_before(s);
}

/* Headers, and what is not ciphertext or a part: each bit; else each byte. */
static void
test_bits(void **state)
{
	struct storm *s = *state;
	const struct outer_member *m;
	const char *name;
	int saved = hush();
	size_t i, n;
	enum outer_id id;
	const enum outer_id *order = outer_order(s->decrypt != NULL, &n);

	for (i = 0; i < n; i++) {
		id = order[i];
		m = &s->members[id];
		name = outer_name(id);
		flip(s, "header", m->off - OUTER_BLOCK, m->off, bits, 8);
		if (id <= OUTER_SIG || id == OUTER_KEY ||
		    (id == OUTER_MANIFEST && s->decrypt == NULL))
			flip(s, name, m->off, m->off + m->size, bits, 8);
		else
			flip(s, name, m->off, m->off + m->size, whole, 1);
		flip(s, "padding", m->off + m->size,
		    m->off + m->size + outer_padding(m->size), &bits[i], 1);
	}
	flip(s, "end", s->bytes.len - OUTER_END, s->bytes.len, whole, 1);
	unhush(saved);
	all_as_before(s);
}

/* Every byte of the parts made every other value, in turn by its place. */
static void
test_values(void **state)
{
	struct storm *s = *state;
	unsigned char mask;
	uint64_t at;
	int i, saved = hush();

	for (i = OUTER_FILES; i < OUTER_MEMBERS; i++) {
		for (at = s->members[i].off;
		     at < s->members[i].off + s->members[i].size; at++) {
			mask = (unsigned char)(1 + at * 37 % 255);
			flip(s, "value", at, at + 1, &mask, 1);
		}
	}
	unhush(saved);
	all_as_before(s);
}

/* Cut off at every length, and longer than it is. */
static void
test_lengths(void **state)
{
	struct storm *s = *state;
	size_t len;
	int saved = hush();

	for (len = s->bytes.len; len-- > 0;) {
		if (len % s->every != 0)
			continue;
		assert_int_equal(ftruncate(s->fd, (off_t)len), 0);
		refused(s, "length", len);
	}
	assert_int_equal(pwrite(s->fd, s->bytes.data, s->bytes.len, 0),
	    (ssize_t)s->bytes.len);
	for (len = 1; len <= 2048; len++) {
		if (len % s->every != 0)
			continue;
		assert_int_equal(
		    ftruncate(s->fd, (off_t)(s->bytes.len + len)), 0);
		refused(s, "longer", len);
	}
	assert_int_equal(ftruncate(s->fd, (off_t)s->bytes.len), 0);
	unhush(saved);
	all_as_before(s);
}

/* Two pieces of 512 bytes in each other's place. */
static void
test_swapped(void **state)
{
	struct storm *s = *state;
	size_t n = s->bytes.len / OUTER_BLOCK, i, j;
	const char *a, *b;
	int saved = hush();

	for (i = 0; i < n; i++) {
		for (j = i + 1; j < n; j++) {
			a = s->bytes.data + i * OUTER_BLOCK;
			b = s->bytes.data + j * OUTER_BLOCK;
			if ((i * n + j) % s->every != 0 ||
			    memcmp(a, b, OUTER_BLOCK) == 0)
				continue;
			assert_int_equal(pwrite(s->fd, b, OUTER_BLOCK,
					     (off_t)(i * OUTER_BLOCK)),
			    OUTER_BLOCK);
			assert_int_equal(pwrite(s->fd, a, OUTER_BLOCK,
					     (off_t)(j * OUTER_BLOCK)),
			    OUTER_BLOCK);
			refused(s, "swapped", i * n + j);
			assert_int_equal(pwrite(s->fd, a, OUTER_BLOCK,
					     (off_t)(i * OUTER_BLOCK)),
			    OUTER_BLOCK);
			assert_int_equal(pwrite(s->fd, b, OUTER_BLOCK,
					     (off_t)(j * OUTER_BLOCK)),
			    OUTER_BLOCK);
		}
	}
	unhush(saved);
	all_as_before(s);
}

/* The encrypted one, one case of so many: what is new in it is all that matters
 * here. */
static void
test_sealed(void **state)
{
	struct storm *s = *state;
	size_t every = s->every;

	assert_true(s->cases >= 20000 || every > 1);
	s->every = every * 13;
	take(s, "format-1-sealed");
	test_whole(state);
	test_bits(state);
	test_lengths(state);
	s->every = every;
}

static void
test_count(void **state)
{
	struct storm *s = *state;

	printf("# figure: golden bundle: %zu damaged ones, all refused\n",
	    s->cases);
	if (s->every == 1)
		assert_true(s->cases >= 20000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_bits),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_swapped),
		cmocka_unit_test(test_sealed),
		cmocka_unit_test(test_count),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
