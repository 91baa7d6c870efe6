#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/bundle/bundle.h"
#include "craft.h"
#include "sample.h"

/*
 * One case for each step of the trust gate (archive/bundle/gate.h), called by
 * its name: a bundle that keeps every rule but that one, signed by the right
 * key.  It is refused, and for that reason.  tests/09-gate.sh runs builds of
 * this in which one step is switched off, and sees the case of that name fail.
 */
struct gate_case {
	const char *step, *text; /* what the refusal says */
	void (*spoil)(struct craft *c, struct buf *file);
	int look;  /* nobody vouches: the step before would refuse it else */
	int outer; /* what is spoiled is the file, not a member */
};

/* Change the one place that holds ${from}. */
static void
edit(struct buf *b, const char *from, const char *to)
{
	char *at = memmem(b->data, b->len, from, strlen(from));
	struct buf rest = BUF_EMPTY;
	size_t off;

	assert_non_null(at);
	off = (size_t)(at - b->data);
	assert_int_equal(
	    buf_add(&rest, at + strlen(from), b->len - off - strlen(from)), 0);
	b->len = off;
	assert_int_equal(buf_adds(b, to), 0);
	assert_int_equal(buf_add(b, rest.data, rest.len), 0);
	buf_free(&rest);
}

static void
edit_manifest(struct craft *c, const char *from, const char *to)
{

	edit(&c->member[OUTER_MANIFEST], from, to);
	craft_seal(c, "k.key");
}

/* The whole line of the manifest that lists that item, without what follows
 * the object. */
static char *
line_of(struct craft *c, const char *name)
{
	const struct buf *m = &c->member[OUTER_MANIFEST];
	char *key, *line;
	const char *at;

	assert_true(asprintf(&key, "{\"name\":\"%s\"", name) > 0);
	assert_non_null(at = strstr(m->data, key));
	free(key);
	assert_non_null(line = strndup(at, strcspn(at, "\n")));
	strrchr(line, '}')[1] = '\0';
	return line;
}

/* Put a line behind that of the last item. */
static void
add_line(struct craft *c, const char *line)
{
	char *last, *both;

	last = line_of(c, samples[SAMPLES - 1].name);
	assert_true(asprintf(&both, "%s,\n%s", last, line) > 0);
	edit(&c->member[OUTER_MANIFEST], last, both);
	free(both);
	free(last);
}

/* Behind this, tar_close makes it a member again. */
static void
tar_open(struct craft *c, enum outer_id id, struct buf *tar)
{

	*tar = (struct buf)BUF_EMPTY;
	craft_unzip(&c->member[id], tar);
}

static void
tar_close(struct craft *c, enum outer_id id, struct buf *tar)
{

	buf_clear(&c->member[id]);
	craft_zip(tar, 0, &c->member[id]);
	buf_free(tar);
	craft_seal(c, "k.key");
}

/* The header of an entry. */
static char *
tar_at(struct buf *tar, const char *name)
{
	size_t off;

	for (off = 0; off + 512 <= tar->len; off += 512)
		if (strcmp(tar->data + off, name) == 0)
			return tar->data + off;
	fail_msg("no entry %s", name);
	return NULL;
}

/* Its checksum, right again. */
static void
tar_sum(char *header)
{
	unsigned int sum = 0, i;

	memset(header + 148, ' ', 8);
	for (i = 0; i < 512; i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
}

/* Set a field of a header of a file's entry. */
static void
set_field(struct craft *c, const char *name, size_t at, const char *value)
{
	struct buf tar;
	char *header;

	tar_open(c, OUTER_FILES, &tar);
	header = tar_at(&tar, name);
	memcpy(header + at, value, strlen(value));
	tar_sum(header);
	tar_close(c, OUTER_FILES, &tar);
}

/* --- the outer tar: in the file as it stands */
static void
header(struct craft *c, struct buf *file)
{

	(void)c;
	/* Owned by somebody else. */
	file->data[114] = '1';
	tar_sum(file->data);
}

static void
padding(struct craft *c, struct buf *file)
{

	file->data[OUTER_BLOCK + c->member[OUTER_SUMS].len] = 1;
}

static void
length(struct craft *c, struct buf *file)
{
	static const char zeros[OUTER_BLOCK];

	(void)c;
	assert_int_equal(buf_add(file, zeros, sizeof(zeros)), 0);
}

/* --- the signature */
static void
is_signed(struct craft *c, struct buf *file)
{

	(void)file;
	c->member[OUTER_SIG].len--;
}

static void
signature(struct craft *c, struct buf *file)
{

	(void)file;
	craft_sign(c, "other.key");
}

static void
revoked(struct craft *c, struct buf *file)
{
	struct buf pub = BUF_EMPTY;

	(void)c;
	(void)file;
	file_read("k.pub", &pub);
	file_write("etc/novark/revoked.d/k.pub", pub.data, pub.len);
	buf_free(&pub);
}

/* --- SHA256SUMS and manifest */
static void
sums(struct craft *c, struct buf *file)
{

	(void)file;
	assert_int_equal(buf_adds(&c->member[OUTER_SUMS], "# more\n"), 0);
	craft_sign(c, "k.key");
}

static void
manifest(struct craft *c, struct buf *file)
{

	(void)file;
	edit(&c->member[OUTER_MANIFEST], "node1.example", "node2.example");
}

static void
identity(struct craft *c, struct buf *file)
{

	(void)file;
	edit_manifest(c, "\"host\":\"compute1\"", "\"host\":\"compute2\"");
}

static void
item(struct craft *c, struct buf *file)
{

	(void)file;
	edit_manifest(c, "\"set\":\"nova\"", "\"set\":\"no\\u001bva\"");
}

static void
twin(struct craft *c, struct buf *file)
{
	struct buf tar;
	char *line;
	size_t at;

	(void)file;
	line = line_of(c, samples[SAMPLES - 1].name);
	add_line(c, line);
	free(line);
	/* Its entry, which has no bytes, twice, too. */
	tar_open(c, OUTER_DATABASE, &tar);
	at = tar.len - 1024 - 512;
	tar.len -= 1024;
	assert_int_equal(buf_reserve(&tar, 2048) == NULL, 0);
	assert_int_equal(buf_add(&tar, tar.data + at, 512), 0);
	memset(buf_reserve(&tar, 1024), 0, 1024);
	tar.len += 1024;
	tar_close(c, OUTER_DATABASE, &tar);
}

static void
order(struct craft *c, struct buf *file)
{
	struct buf late = BUF_EMPTY;
	char *line;

	(void)file;
	line = line_of(c, "file:/etc/nova/empty");
	assert_int_equal(buf_adds(&late, line), 0);
	edit(&late, "file:/etc/nova/empty", "file:/etc/nova/later");
	edit(&late, "\"etc/nova/empty\"", "\"etc/nova/later\"");
	add_line(c, late.data);
	craft_seal(c, "k.key");
	buf_free(&late);
	free(line);
}

/* --- the parts */
static void
part(struct craft *c, struct buf *file)
{
	struct buf tar = BUF_EMPTY;

	(void)file;
	craft_unzip(&c->member[OUTER_FILES], &tar);
	buf_clear(&c->member[OUTER_FILES]);
	craft_zip(&tar, 0, &c->member[OUTER_FILES]);
	buf_free(&tar);
}

/* A comment of 512 KiB in front of the first entry. */
static void
budget(struct craft *c, struct buf *file)
{
	struct buf tar, out = BUF_EMPTY;
	char header[512] = "comment";
	size_t size = 512u << 10;
	char *pax;
	int n;

	(void)file;
	assert_non_null(pax = calloc(1, size + 512));
	n = snprintf(pax, size, "%zu comment=", size);
	memset(pax + n, 'x', size - (size_t)n - 1);
	pax[size - 1] = '\n';
	memcpy(header + 100, "0000600", 7);
	snprintf(header + 124, 12, "%011zo", size);
	memcpy(header + 136, "00000000000", 11);
	header[156] = 'x';
	memcpy(header + 257, "ustar\00000", 8);
	tar_sum(header);
	tar_open(c, OUTER_LIBVIRT, &tar);
	assert_int_equal(buf_add(&out, header, 512), 0);
	assert_int_equal(buf_add(&out, pax, size), 0);
	assert_int_equal(buf_add(&out, tar.data, tar.len), 0);
	buf_free(&tar);
	free(pax);
	tar_close(c, OUTER_LIBVIRT, &out);
}

static void
absent(struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)file;
	tar_open(c, OUTER_DATABASE, &tar);
	tar.len -= 512;
	memset(tar.data + tar.len - 1024, 0, 1024);
	tar_close(c, OUTER_DATABASE, &tar);
}

static void
more(struct craft *c, struct buf *file)
{
	struct buf tar;
	char *last;

	(void)file;
	tar_open(c, OUTER_DATABASE, &tar);
	memset(buf_reserve(&tar, 512), 0, 512);
	tar.len += 512;
	last = tar.data + tar.len - 1024 - 512;
	memcpy(last, last - 512, 512);
	memcpy(last, "accounts/x", 11);
	tar_sum(last);
	tar_close(c, OUTER_DATABASE, &tar);
}

static void
tail(struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)file;
	tar_open(c, OUTER_FILES, &tar);
	memset(buf_reserve(&tar, 512), 0, 512);
	tar.len += 512;
	tar_close(c, OUTER_FILES, &tar);
}

static void
tail_of_frame(struct craft *c, struct buf *file)
{

	(void)file;
	assert_int_equal(buf_addc(&c->member[OUTER_FILES], '\0'), 0);
	craft_seal(c, "k.key");
}

/* --- an entry */
static void
name(struct craft *c, struct buf *file)
{

	(void)file;
	set_field(c, "etc/nova/empty", 0, "etc/nova/other");
}

static void
type(struct craft *c, struct buf *file)
{

	(void)file;
	/* A FIFO. */
	set_field(c, "etc/nova/empty", 156, "6");
}

static void
target(struct craft *c, struct buf *file)
{

	(void)file;
	set_field(c, "etc/nova/link.conf", 157, "../../../etc/shadow");
}

static void
mode(struct craft *c, struct buf *file)
{

	(void)file;
	set_field(c, "etc/nova/empty", 100, "004755");
}

static void
owner(struct craft *c, struct buf *file)
{

	(void)file;
	set_field(c, "etc/nova/empty", 265, "root");
}

static void
mtime(struct craft *c, struct buf *file)
{

	(void)file;
	set_field(c, "etc/nova/empty", 136, "00000000001");
}

static void
xattrs(struct craft *c, struct buf *file)
{
	static const char note[] = "user.note=a";
	struct buf tar;
	char *at;

	(void)file;
	tar_open(c, OUTER_FILES, &tar);
	at = memmem(tar.data, tar.len, note, strlen(note));
	assert_non_null(at);
	at[strlen(note) - 1] = 'b';
	tar_close(c, OUTER_FILES, &tar);
}

static void
size(struct craft *c, struct buf *file)
{
	char *line, *at, *longer;

	(void)file;
	line = line_of(c, "network:default");
	assert_non_null(at = strstr(line, "\"size\":"));
	at += strlen("\"size\":");
	assert_true(
	    asprintf(&longer, "%.*s1%s", (int)(at - line), line, at) > 0);
	edit_manifest(c, line, longer);
	free(longer);
	free(line);
}

static void
digest(struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)file;
	tar_open(c, OUTER_LIBVIRT, &tar);
	edit(&tar, "192.168.122.1", "192.168.122.2");
	tar_close(c, OUTER_LIBVIRT, &tar);
}

#define ENTRY "is not what the manifest says "

static const struct gate_case cases[] = {
	{ "GATE_HEADER", "the tar header of SHA256SUMS is", header, 0, 1 },
	{ "GATE_PADDING", "the padding behind SHA256SUMS is", padding, 0, 1 },
	{ "GATE_LENGTH", "512 bytes follow its end", length, 0, 1 },
	{ "GATE_SIGNED", "has 63 bytes, not 64", is_signed, 1, 0 },
	{ "GATE_SIGNATURE", "the signature does not hold", signature, 0, 0 },
	{ "GATE_REVOKED", "that signed it is revoked", revoked, 0, 0 },
	{ "GATE_REVOKED", "that signed it is revoked", revoked, 1, 0 },
	{ "GATE_SUMS", "SHA256SUMS is not of the form", sums, 0, 0 },
	{ "GATE_MANIFEST", "MANIFEST.json: refused: its digest", manifest, 0,
	    0 },
	{ "GATE_IDENTITY", "its id, time or host is not", identity, 0, 0 },
	{ "GATE_ITEM", "its file set is not plain text", item, 0, 0 },
	{ "GATE_TWIN", "twice", twin, 0, 0 },
	{ "GATE_ORDER", "behind items of a later part", order, 0, 0 },
	{ "GATE_PART", "files.tar.zst: refused: its digest", part, 0, 0 },
	{ "GATE_BUDGET", "more than the manifest says", budget, 0, 0 },
	{ "GATE_ABSENT", "is missing in it", absent, 0, 0 },
	{ "GATE_MORE", "the manifest does not list", more, 0, 0 },
	{ "GATE_TAIL", "bytes follow the end of its tar", tail, 0, 0 },
	{ "GATE_TAIL", "bytes follow the zstd frame", tail_of_frame, 0, 0 },
	{ "GATE_NAME", ENTRY "(its name)", name, 0, 0 },
	{ "GATE_TYPE", ENTRY "(its type)", type, 0, 0 },
	{ "GATE_TARGET", ENTRY "(its target)", target, 0, 0 },
	{ "GATE_MODE", ENTRY "(its mode)", mode, 0, 0 },
	{ "GATE_OWNER", ENTRY "(its owner)", owner, 0, 0 },
	{ "GATE_TIME", ENTRY "(its time)", mtime, 0, 0 },
	{ "GATE_XATTRS", ENTRY "(its extended attributes)", xattrs, 0, 0 },
	{ "GATE_SIZE", ENTRY "(its size)", size, 0, 0 },
	{ "GATE_DIGEST", "size or digest of network:default", digest, 0, 0 },
};
#define CASES (sizeof(cases) / sizeof(cases[0]))

static enum outcome
look(const struct gate_case *g)
{
	const struct bundle_keys keys = {
		.trust = g->look ? NULL : "k.pub", .root = ".", .look = g->look
	};
	int saved = hush();
	struct bundle *b;
	enum outcome rc;

	if ((rc = bundle_open("bundle", &keys, &b)) == OUTCOME_DONE) {
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
	assert_int_equal(look(g), OUTCOME_DONE);
	/* Of the outer tar the bytes are spoiled, of all else a member. */
	file_read("bundle", &file);
	g->spoil(&c, &file);
	if (g->outer)
		file_write("bundle", file.data, file.len);
	else
		craft_write(&c, "bundle");
	rc = look(g);
	unlink("etc/novark/revoked.d/k.pub");
	buf_free(&file);
	craft_free(&c);
	if (rc != OUTCOME_REFUSED)
		fail_msg("%s: %d, not refused", g->step, rc);
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
