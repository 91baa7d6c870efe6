/**
 * The tar inside a part.  The input is a recipe, a line each; what is no such
 * line is passed:
 *
 *   head TYPE MODE UID GID SIZE MTIME NAME [LINK]   a ustar header, numbers
 * octal user NAME      user and group of the headers that follow front NAME
 * their prefix; "-" is none pax TEXT       a pax header with one record; \n
 * parts it into several, and each gets its length raw TEXT       a pax header
 * with just these bytes text TEXT      so many bytes of an entry, and zero
 * bytes to a whole block zero N         N zero bytes poke OFF N     the byte at
 * OFF, from the end when negative, becomes N sum OFF        the header at OFF
 * gets its sum cut N          the last N bytes are gone
 *
 * Of what is taken libarchive, which shares no line with tar.c, sees the same
 * entries with the same bytes, where it takes it.
 */
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include "archive/bundle/tar.h"
#include "tests/fuzz/fuzz.h"

#define BLOCK 512

struct recipe {
	struct buf tar;
	char user[33], front[156];
};

struct source {
	const char *pos, *end;
};

static void
put(char *to, size_t size, const char *text)
{
	size_t len = strlen(text);

	memcpy(to, text, len < size ? len : size);
}

static void
add_zeros(struct recipe *r, size_t n)
{
	static const char zeros[4096];

	MUST(buf_add(&r->tar, zeros, n < 4096 ? n : 4096) == 0);
}

static void
pad(struct recipe *r)
{

	add_zeros(r, -r->tar.len % BLOCK);
}

static void
sum(char *h)
{
	unsigned int n = 0;
	char text[9];
	size_t i;

	memset(h + 148, ' ', 8);
	for (i = 0; i < BLOCK; i++)
		n += (unsigned char)h[i];
	snprintf(text, sizeof(text), "%06o", n);
	memcpy(h + 148, text, 7);
}

/* The fields of a header as text, each where it belongs. */
static void
add_head(struct recipe *r, char type, char field[7][128])
{
	static const struct {
		size_t at, size;
	} to[7] = { { 100, 8 }, { 108, 8 }, { 116, 8 }, { 124, 12 },
		{ 136, 12 }, { 0, 100 }, { 157, 100 } };
	char h[BLOCK] = "";
	size_t i;

	for (i = 0; i < 7; i++)
		put(h + to[i].at, to[i].size, field[i]);
	h[156] = type;
	memcpy(h + 257,
	    "ustar\0"
	    "00",
	    8);
	put(h + 265, 32, r->user);
	put(h + 297, 32, r->user);
	put(h + 345, 155, r->front);
	sum(h);
	MUST(buf_add(&r->tar, h, sizeof(h)) == 0);
}

static void
add_records(struct recipe *r, const char *bytes, size_t len)
{
	char field[7][128] = { "644", "0", "0", "", "0", "x", "" };

	snprintf(field[3], sizeof(field[3]), "%zo", len);
	add_head(r, 'x', field);
	MUST(buf_add(&r->tar, bytes, len) == 0);
	pad(r);
}

/* "KEY=VALUE", with "\n" between several, as records. */
static void
add_pax(struct recipe *r, const char *text)
{
	struct buf b = BUF_EMPTY;
	const char *next;
	size_t len, all;

	for (; *text != '\0'; text = next) {
		next = strstr(text, "\\n");
		len = next == NULL ? strlen(text) : (size_t)(next - text);
		next = next == NULL ? text + len : next + 2;
		/* Its length counts itself. */
		all = len + 3;
		all += all >= 10;
		all += all >= 100;
		MUST(buf_addf(&b, "%zu %.*s\n", all, (int)len, text) == 0);
	}
	add_records(r, b.len > 0 ? b.data : "", b.len);
	buf_free(&b);
}

static void
poke(struct recipe *r, long off, long value)
{
	size_t at = off < 0 ? r->tar.len + (size_t)off : (size_t)off;

	if (at < r->tar.len)
		r->tar.data[at] = (char)value;
}

static void
cook(struct recipe *r, const char *line)
{
	char field[7][128], type;
	unsigned long n;
	long off, value;

	memset(field, 0, sizeof(field));
	if (sscanf(line, "head %c %127s %127s %127s %127s %127s %127s %127s",
		&type, field[0], field[1], field[2], field[3], field[4],
		field[5], field[6]) >= 7)
		add_head(r, type, field);
	else if (sscanf(line, "zero %lu", &n) == 1)
		add_zeros(r, n);
	else if (sscanf(line, "poke %ld %ld", &off, &value) == 2)
		poke(r, off, value);
	else if (sscanf(line, "sum %lu", &n) == 1 && n < r->tar.len &&
		 r->tar.len - n >= BLOCK)
		sum(r->tar.data + n);
	else if (sscanf(line, "cut %lu", &n) == 1)
		r->tar.len -= n < r->tar.len ? n : r->tar.len;
	else if (strncmp(line, "user ", 5) == 0)
		snprintf(r->user, sizeof(r->user), "%.32s", line + 5);
	else if (strncmp(line, "front ", 6) == 0)
		snprintf(r->front, sizeof(r->front), "%.155s",
		    strcmp(line, "front -") == 0 ? "" : line + 6);
	else if (strncmp(line, "pax ", 4) == 0)
		add_pax(r, line + 4);
	else if (strncmp(line, "raw ", 4) == 0)
		add_records(r, line + 4, strlen(line + 4));
	else if (strncmp(line, "text ", 5) == 0) {
		MUST(buf_adds(&r->tar, line + 5) == 0);
		pad(r);
	}
}

/* tar_source, in pieces. */
static ssize_t
read_piece(void *cookie, void *buf, size_t len)
{
	struct source *s = cookie;
	size_t n = (size_t)(s->end - s->pos);

	if (n > len)
		n = len;
	memcpy(buf, s->pos, n);
	s->pos += n;
	return (ssize_t)n;
}

/* An entry with its bytes, as text. */
static void
tell(struct archive_entry *e, const struct buf *bytes, struct buf *out)
{
	const char *name = archive_entry_pathname(e), *key;
	const char *link = archive_entry_symlink(e);
	const void *value;
	size_t len;

	MUST(buf_addf(out, "%s %o %o %lld %lld %lld %lld %s", name,
		 (unsigned)archive_entry_filetype(e),
		 (unsigned)archive_entry_perm(e),
		 (long long)archive_entry_uid(e),
		 (long long)archive_entry_gid(e),
		 (long long)archive_entry_size(e),
		 (long long)archive_entry_mtime(e), link ? link : "-") == 0);
	archive_entry_xattr_reset(e);
	while (archive_entry_xattr_next(e, &key, &value, &len) == ARCHIVE_OK)
		MUST(buf_addf(out, " %s=", key) == 0 &&
		     buf_add(out, value, len) == 0);
	MUST(buf_add(out, "\n", 1) == 0);
	MUST(buf_add(out, bytes->data, bytes->len) == 0);
}

/* Names that no item has, and of which the two make different things: then
 * there is nothing to compare. */
static int
is_odd(struct archive_entry *e)
{
	const char *name = archive_entry_pathname(e);
	const char *link = archive_entry_symlink(e);

	return name == NULL || name[0] == '\0' || strstr(name, "//") != NULL ||
	       name[strlen(name) - 1] == '/' ||
	       (archive_entry_filetype(e) == AE_IFLNK &&
		   (link == NULL || link[0] == '\0'));
}

/* By novark: 1 with all of it in ${out}; 0 odd; -1 refused. */
static int
read_ours(const struct buf *tar, struct buf *out)
{
	struct source s = { tar->data, tar->data + tar->len };
	struct tar_reader *t = tar_new(read_piece, &s);
	struct archive_entry *e = archive_entry_new();
	struct buf bytes = BUF_EMPTY;
	int rc, odd = 0;
	char room[100];
	ssize_t n;

	MUST(t != NULL && e != NULL);
	while ((rc = tar_next(t, e)) == 1) {
		odd |= is_odd(e);
		buf_clear(&bytes);
		while ((n = tar_read(t, room, sizeof(room))) > 0)
			MUST(buf_add(&bytes, room, (size_t)n) == 0);
		if (n == -1) {
			rc = -1;
			break;
		}
		MUST(bytes.len == (size_t)archive_entry_size(e));
		tell(e, &bytes, out);
	}
	MUST(rc == 0 || tar_why(t) != NULL);
	archive_entry_free(e);
	buf_free(&bytes);
	tar_free(t);
	return rc == -1 ? -1 : !odd;
}

static void
read_theirs(const struct buf *tar, struct buf *out)
{
	struct archive *a = archive_read_new();
	struct buf bytes = BUF_EMPTY;
	struct archive_entry *e;
	char room[100];
	int rc, odd = 0;
	ssize_t n;

	MUST(a != NULL && archive_read_support_format_tar(a) == ARCHIVE_OK);
	MUST(archive_read_open_memory(a, tar->data, tar->len) == ARCHIVE_OK);
	while ((rc = archive_read_next_header(a, &e)) == ARCHIVE_OK) {
		buf_clear(&bytes);
		while ((n = archive_read_data(a, room, sizeof(room))) > 0)
			MUST(buf_add(&bytes, room, (size_t)n) == 0);
		odd |= n != 0;
		/* It passes a record's target where the header has none. */
		odd |= is_odd(e);
		tell(e, &bytes, out);
	}
	if (rc != ARCHIVE_EOF || odd)
		buf_clear(out);
	buf_free(&bytes);
	archive_read_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *pos = (const char *)data, *end = pos + len;
	struct buf ours = BUF_EMPTY, theirs = BUF_EMPTY;
	struct recipe r = { .tar = BUF_EMPTY };
	char line[600];
	int steps = 0;

	/* libarchive converts names from UTF-8 to the locale's. */
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	MUST(buf_adds(&r.tar, "") == 0);
	while (steps++ < 64 && fuzz_line(&pos, end, line, sizeof(line)))
		cook(&r, line);
	if (read_ours(&r.tar, &ours) == 1) {
		read_theirs(&r.tar, &theirs);
		/* It stops at a name that is not UTF-8, which no item has, and
		 * at a field that is no number though a record says it. */
		MUST(theirs.len == 0 || fuzz_same(&ours, &theirs));
	}
	buf_free(&r.tar);
	buf_free(&ours);
	buf_free(&theirs);
	warn_forget();
	return 0;
}
