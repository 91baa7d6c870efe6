#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "sample.h"
#include "spoil.h"

/*
 * One case for each step of the trust gate (archive/bundle/gate.h), called by
 * its name: a bundle that keeps every rule but that one, signed by the right
 * key.  It is refused, and for that reason.  tests/09-gate.sh runs builds of
 * this in which one step is switched off, and sees the case of that name fail.
 */
struct gate_case {
	const char *step, *text; /* what the refusal says */
	void (*spoil)(
	    const struct gate_case *g, struct craft *c, struct buf *file);
	const char *from, *to; /* what some of them change, and where */
	size_t at;
	enum outer_id id;
	enum outcome want;
	const char *decrypt;
	int look;  /* nobody vouches: the step before would refuse it else */
	int outer; /* what is spoiled is the file, not a member */
};

/* --- the outer tar: in the file as it stands */
static void
header(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)c;
	/* Owned by somebody else. */
	file->data[114] = '1';
	tar_sum(file->data);
}

static void
padding(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	file->data[OUTER_BLOCK + c->member[OUTER_SUMS].len] = 1;
}

static void
length(const struct gate_case *g, struct craft *c, struct buf *file)
{
	static const char zeros[OUTER_BLOCK];

	(void)g;
	(void)c;
	assert_int_equal(buf_add(file, zeros, sizeof(zeros)), 0);
}

/* --- the signature */
static void
is_signed(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	c->member[OUTER_SIG].len--;
}

static void
signature(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	craft_sign(c, "other.key");
}

static void
revoked(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf pub = BUF_EMPTY;

	(void)c;
	(void)g;
	(void)file;
	file_read("k.pub", &pub);
	file_write("etc/novark/revoked.d/k.pub", pub.data, pub.len);
	buf_free(&pub);
}

/* --- encryption */
static void
form(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf *sums = &c->member[OUTER_SUMS];
	struct sums s;

	(void)g;
	(void)file;
	assert_int_equal(sums_parse(sums->data, sums->len, &s), 0);
	s.sealed = 1;
	memset(s.hex[OUTER_KEY], '0', 64);
	buf_clear(sums);
	assert_int_equal(sums_print(&s, sums), 0);
	craft_sign(c, "k.key");
}

static void
other_envelope(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	sealed(c, file, "another envelope");
}

static void
an_envelope(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	sealed(c, file, "no envelope");
}

/* --- SHA256SUMS and manifest */
static void
sums(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	assert_int_equal(buf_adds(&c->member[OUTER_SUMS], "# more\n"), 0);
	craft_sign(c, "k.key");
}

static void
manifest(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	edit(&c->member[OUTER_MANIFEST], "node1.example", "node2.example");
}

static void
lines(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)file;
	edit(&c->member[OUTER_MANIFEST], g->from, g->to);
	craft_seal(c, "k.key");
}

static void
twin(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar;
	char *line;
	size_t at;

	(void)g;
	(void)file;
	line = line_of(c, samples[SAMPLES - 1].name);
	add_line(c, samples[SAMPLES - 1].name, line);
	free(line);
	/* Its entry, which has no bytes, twice, too. */
	tar_open(c, OUTER_DATABASE, &tar);
	at = tar.len - 1024 - 512;
	tar.len -= 1024;
	assert_non_null(buf_reserve(&tar, 2048));
	assert_int_equal(buf_add(&tar, tar.data + at, 512), 0);
	tar_zeros(&tar, 1024);
	tar_close(c, OUTER_DATABASE, &tar);
}

/* nova.conf is a file: what is below it would be written through it. */
static void
way(const struct gate_case *g, struct craft *c, struct buf *file)
{
	static const char from[] = "etc/nova/empty",
			  to[] = "etc/nova/nova.conf/e";
	struct buf tar;
	char *at;

	(void)g;
	(void)file;
	edit(&c->member[OUTER_MANIFEST], "file:/etc/nova/empty",
	    "file:/etc/nova/nova.conf/e");
	edit(&c->member[OUTER_MANIFEST], "\"etc/nova/empty\"",
	    "\"etc/nova/nova.conf/e\"");
	tar_open(c, OUTER_FILES, &tar);
	at = tar_at(&tar, from);
	memcpy(at, to, sizeof(to));
	tar_sum(at);
	tar_close(c, OUTER_FILES, &tar);
}

static void
order(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf late = BUF_EMPTY;
	char *line;

	(void)g;
	(void)file;
	line = line_of(c, "file:/etc/nova/empty");
	assert_int_equal(buf_adds(&late, line), 0);
	edit(&late, "file:/etc/nova/empty", "file:/etc/nova/later");
	edit(&late, "\"etc/nova/empty\"", "\"etc/nova/later\"");
	add_line(c, samples[SAMPLES - 1].name, late.data);
	craft_seal(c, "k.key");
	buf_free(&late);
	free(line);
}

/* --- the parts */
static void
part(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar = BUF_EMPTY;

	(void)g;
	(void)file;
	craft_unzip(&c->member[OUTER_FILES], &tar);
	buf_clear(&c->member[OUTER_FILES]);
	craft_zip(&tar, 0, &c->member[OUTER_FILES]);
	buf_free(&tar);
}

/* A comment of 512 KiB in front of the first entry. */
static void
budget(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar, out = BUF_EMPTY;

	(void)g;
	(void)file;
	tar_open(c, OUTER_LIBVIRT, &tar);
	tar_comment(&out, 512u << 10);
	assert_int_equal(buf_add(&out, tar.data, tar.len), 0);
	buf_free(&tar);
	tar_close(c, OUTER_LIBVIRT, &out);
}

static void
absent(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)g;
	(void)file;
	tar_open(c, OUTER_DATABASE, &tar);
	tar.len -= 512;
	memset(tar.data + tar.len - 1024, 0, 1024);
	tar_close(c, OUTER_DATABASE, &tar);
}

static void
more(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar;
	char *last;

	(void)g;
	(void)file;
	tar_open(c, OUTER_DATABASE, &tar);
	tar_zeros(&tar, 512);
	last = tar.data + tar.len - 1024 - 512;
	memcpy(last, last - 512, 512);
	memcpy(last, "accounts/x", 11);
	tar_sum(last);
	tar_close(c, OUTER_DATABASE, &tar);
}

static void
tail(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)g;
	(void)file;
	tar_open(c, OUTER_FILES, &tar);
	tar_zeros(&tar, 512);
	tar_close(c, OUTER_FILES, &tar);
}

static void
tail_of_frame(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	assert_int_equal(buf_addc(&c->member[OUTER_FILES], '\0'), 0);
	craft_seal(c, "k.key");
}

/* --- an entry: ${to} for ${from}, of the same length, in the tar of a part */
static void
bytes(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)file;
	tar_open(c, g->id, &tar);
	edit(&tar, g->from, g->to);
	tar_close(c, g->id, &tar);
}

/* ${to} at an offset of the header of etc/nova/${from}. */
static void
field(const struct gate_case *g, struct craft *c, struct buf *file)
{
	char name[64], *at;
	struct buf tar;

	(void)file;
	snprintf(name, sizeof(name), "etc/nova/%s", g->from);
	tar_open(c, OUTER_FILES, &tar);
	at = tar_at(&tar, name);
	memcpy(at + g->at, g->to, strlen(g->to));
	tar_sum(at);
	tar_close(c, OUTER_FILES, &tar);
}

#define FILE_CASE(step, text, spoil)                                           \
	{                                                                      \
		step, text, spoil, NULL, NULL, 0, 0, OUTCOME_REFUSED, NULL, 0, \
		    1                                                          \
	}
#define CASE(step, text, spoil)                                                \
	{                                                                      \
		step, text, spoil, NULL, NULL, 0, 0, OUTCOME_REFUSED, NULL, 0, \
		    0                                                          \
	}
#define LOOK_CASE(step, text, spoil)                                           \
	{                                                                      \
		step, text, spoil, NULL, NULL, 0, 0, OUTCOME_REFUSED, NULL, 1, \
		    0                                                          \
	}
#define EDIT_CASE(step, text, spoil, id, from, to)                             \
	{                                                                      \
		step, text, spoil, from, to, 0, id, OUTCOME_REFUSED, NULL, 0,  \
		    0                                                          \
	}
#define FIELD_CASE(step, text, name, at, to)                                   \
	{                                                                      \
		step, "is not what the manifest says (its " text ")", field,   \
		    name, to, at, OUTER_FILES, OUTCOME_REFUSED, NULL, 0, 0     \
	}

static const struct gate_case cases[] = {
	FILE_CASE("GATE_HEADER", "the tar header of SHA256SUMS is", header),
	FILE_CASE("GATE_PADDING", "the padding behind SHA256SUMS is", padding),
	FILE_CASE("GATE_LENGTH", "512 bytes follow its end", length),
	LOOK_CASE("GATE_SIGNED", "has 63 bytes, not 64", is_signed),
	CASE("GATE_SIGNATURE", "the signature does not hold", signature),
	CASE("GATE_REVOKED", "that signed it is revoked", revoked),
	LOOK_CASE("GATE_REVOKED", "that signed it is revoked", revoked),
	CASE("GATE_SUMS", "SHA256SUMS is not of the form", sums),
	CASE("GATE_FORM", "the members of an encrypted bundle", form),
	FILE_CASE("GATE_KEY", "KEY.cms: refused: its digest", other_envelope),
	{ "GATE_VOUCHED", "nothing is decrypted before", an_envelope, NULL,
	    NULL, 0, 0, OUTCOME_USAGE, "k.key", 1, 1 },
	CASE("GATE_MANIFEST", "MANIFEST.json: refused: its digest", manifest),
	EDIT_CASE("GATE_IDENTITY", "its id, time or host is not", lines,
	    OUTER_MANIFEST, "\"host\":\"compute1\"", "\"host\":\"compute2\""),
	EDIT_CASE("GATE_ITEM", "its file set is not plain text", lines,
	    OUTER_MANIFEST, "\"set\":\"nova\"", "\"set\":\"no\\u001bva\""),
	CASE("GATE_TWIN", "twice", twin),
	CASE("GATE_WAY", "which is no folder", way),
	CASE("GATE_ORDER", "behind items of a later part", order),
	CASE("GATE_PART", "files.tar.zst: refused: its digest", part),
	CASE("GATE_BUDGET", "more than the manifest says", budget),
	CASE("GATE_ABSENT", "is missing in it", absent),
	CASE("GATE_MORE", "the manifest does not list", more),
	CASE("GATE_TAIL", "bytes follow the end of its tar", tail),
	CASE("GATE_TAIL", "bytes follow the zstd frame", tail_of_frame),
	FIELD_CASE("GATE_NAME", "name", "empty", 9, "other"),
	FIELD_CASE("GATE_TYPE", "type", "empty", 156, "6"),
	FIELD_CASE("GATE_TARGET", "target", "link.conf", 157, "../../shadow"),
	FIELD_CASE("GATE_MODE", "mode", "empty", 100, "004755"),
	FIELD_CASE("GATE_OWNER", "owner", "empty", 108, "000001"),
	FIELD_CASE("GATE_OWNER", "owner", "empty", 265, "root"),
	FIELD_CASE("GATE_TIME", "time", "empty", 136, "00000000001"),
	EDIT_CASE("GATE_XATTRS", "(its extended attributes)", bytes,
	    OUTER_FILES, "user.note=a", "user.note=b"),
	EDIT_CASE("GATE_SIZE", "(its size)", lines, OUTER_MANIFEST,
	    "networks/default.xml\",\"size\":",
	    "networks/default.xml\",\"size\":1"),
	EDIT_CASE("GATE_DIGEST", "size or digest of network:default", bytes,
	    OUTER_LIBVIRT, "192.168.122.1", "192.168.122.2"),
};
#define CASES (sizeof(cases) / sizeof(cases[0]))

static enum outcome
look(const struct gate_case *g, int spoiled)
{
	const struct bundle_keys keys = { .trust = g->look ? NULL : "k.pub",
		.decrypt = spoiled ? g->decrypt : NULL,
		.root = ".",
		.look = g->look };
	int saved = hush();
	struct bundle *b;
	enum outcome rc;

	if ((rc = bundle_open_shut("bundle", &keys, &b)) == OUTCOME_DONE) {
		rc = bundle_check(b);
		bundle_close(b);
	}
	unhush(saved);
	return rc;
}

static void
test_step(void **state)
{
	const struct gate_case *g = *state;
	struct buf file = BUF_EMPTY;
	struct craft c;
	enum outcome rc;

	/* Nothing but what is spoiled is wrong with it. */
	craft_open("good", &c);
	craft_seal(&c, "k.key");
	craft_write(&c, "bundle");
	assert_int_equal(look(g, 0), OUTCOME_DONE);
	/* Of the outer tar the bytes are spoiled, of all else a member. */
	file_read("bundle", &file);
	g->spoil(g, &c, &file);
	if (g->outer)
		file_write("bundle", file.data, file.len);
	else
		craft_write(&c, "bundle");
	rc = look(g, 1);
	unlink("etc/novark/revoked.d/k.pub");
	buf_free(&file);
	craft_free(&c);
	if (rc != g->want)
		fail_msg("%s: %d, not %d", g->step, rc, g->want);
	assert_said(g->text);
	assert_said("bundle: ");
}

static int
setup(void **state)
{
	char *id;

	umask(022);
	if (folder_setup(state) == -1 || sign_keygen("k", &id) == -1)
		return -1;
	free(id);
	if (sign_keygen("other", &id) == -1)
		return -1;
	free(id);
	sample_bundle("good", "k.key", 0);
	return mkdir("etc", 0755) | mkdir("etc/novark", 0755) |
	       mkdir("etc/novark/revoked.d", 0755);
}

int
main(void)
{
	struct CMUnitTest tests[CASES] = { { 0 } };
	struct gate_case states[CASES];
	void *dir;
	size_t i;
	int rc;

	memcpy(states, cases, sizeof(cases));
	for (i = 0; i < CASES; i++) {
		tests[i].name = cases[i].step;
		tests[i].test_func = test_step;
		tests[i].initial_state = &states[i];
	}
	/* The folder is no group's: its state would take the place of each
	 * test's own. */
	if (setup(&dir) != 0)
		return 1;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	return folder_teardown(&dir) == 0 ? rc : 1;
}
