#ifndef TESTS_GATE_SPOIL_H
#define TESTS_GATE_SPOIL_H

/* Include behind cmocka.h: what breaks one rule of the trust gate, and no
 * other, in the bundle that sample.h makes. */

#include "sample.h"
#include "spoil.h"

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
static inline void
header(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)c;
	/* Owned by somebody else. */
	file->data[114] = '1';
	tar_sum(file->data);
}

static inline void
padding(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	file->data[OUTER_BLOCK + c->member[OUTER_SUMS].len] = 1;
}

static inline void
length(const struct gate_case *g, struct craft *c, struct buf *file)
{
	static const char zeros[OUTER_BLOCK];

	(void)g;
	(void)c;
	assert_int_equal(buf_add(file, zeros, sizeof(zeros)), 0);
}

/* --- the signature */
static inline void
is_signed(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	c->member[OUTER_SIG].len--;
}

static inline void
signature(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	craft_sign(c, "other.key");
}

static inline void
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
static inline void
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

static inline void
other_envelope(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	sealed(c, file, "another envelope");
}

static inline void
an_envelope(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	sealed(c, file, "no envelope");
}

/* --- SHA256SUMS and manifest */
static inline void
sums(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	assert_int_equal(buf_adds(&c->member[OUTER_SUMS], "# more\n"), 0);
	craft_sign(c, "k.key");
}

static inline void
manifest(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	edit(&c->member[OUTER_MANIFEST], "node1.example", "node2.example");
}

static inline void
lines(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)file;
	edit(&c->member[OUTER_MANIFEST], g->from, g->to);
	craft_seal(c, "k.key");
}

static inline void
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
static inline void
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

static inline void
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
static inline void
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
static inline void
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

static inline void
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

static inline void
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

static inline void
tail(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)g;
	(void)file;
	tar_open(c, OUTER_FILES, &tar);
	tar_zeros(&tar, 512);
	tar_close(c, OUTER_FILES, &tar);
}

static inline void
tail_of_frame(const struct gate_case *g, struct craft *c, struct buf *file)
{

	(void)g;
	(void)file;
	assert_int_equal(buf_addc(&c->member[OUTER_FILES], '\0'), 0);
	craft_seal(c, "k.key");
}

/* --- an entry: ${to} for ${from}, of the same length, in the tar of a part */
static inline void
bytes(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)file;
	tar_open(c, g->id, &tar);
	edit(&tar, g->from, g->to);
	tar_close(c, g->id, &tar);
}

/* One byte of the tar of the definitions: behind its first entry's bytes, of
 * which there are fewer than a block; or of its last block. */
static inline void
fill(const struct gate_case *g, struct craft *c, struct buf *file)
{
	struct buf tar;

	(void)file;
	tar_open(c, OUTER_LIBVIRT, &tar);
	tar.data[g->at == 0 ? tar.len - 1 : g->at] = 1;
	tar_close(c, OUTER_LIBVIRT, &tar);
}

/* ${to} at an offset of the header of etc/nova/${from}. */
static inline void
field(const struct gate_case *g, struct craft *c, struct buf *file)
{
	char name[64], *at;
	struct buf tar;

	(void)file;
	snprintf(name, sizeof(name), "etc/nova/%s", g->from);
	tar_open(c, OUTER_FILES, &tar);
	at = tar_at(&tar, name);
	memcpy(at + g->at, g->to, strlen(g->to));
	if (g->at != 148)
		tar_sum(at);
	tar_close(c, OUTER_FILES, &tar);
}

#endif
