/**
 * A part: what is written of an item, with libarchive or past it, libarchive
 * reads back as the item has it, and novark's own reader, too.  The input has
 * an item a line:
 *
 *   TYPE MODE UID GID MTIME USER GROUP PATH [TEXT]
 *
 * TYPE is f, d or l; numbers are octal but for the time; "-" is no user or
 * group; TEXT is the bytes of a file, and the target of a link.
 */
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include "archive/bundle/pack_entry.h"
#include "archive/node/path.h"
#include "tests/fuzz/fuzz.h"

#define MOST 16

struct source {
	const char *pos, *end;
};

/* zst_sink */
static int
keep(void *cookie, const void *bytes, size_t len)
{

	return buf_add(cookie, bytes, len);
}

/* zst_source */
static ssize_t
give(void *cookie, void *to, size_t len)
{
	struct source *s = cookie;

	if (len > (size_t)(s->end - s->pos))
		len = (size_t)(s->end - s->pos);
	memcpy(to, s->pos, len);
	s->pos += len;
	return (ssize_t)len;
}

/* The line as an item, its bytes in ${text}; NULL: it is none. */
static struct item *
parse(const char *line, const char **text)
{
	char type, user[128], group[128], path[512];
	struct item *item;
	struct item_file *f;
	unsigned mode, uid, gid;
	long long mtime;
	int n = 0;

	if (sscanf(line, "%c %o %o %o %lld %127s %127s %511s%n", &type, &mode,
		&uid, &gid, &mtime, user, group, path, &n) != 8 ||
	    strchr("fdl", type) == NULL || mode > 07777 ||
	    path_check(path) == -1)
		return NULL;
	*text = line[n] == ' ' ? line + n + 1 : line + n;
	if (type == 'l' && **text == '\0')
		return NULL;
	MUST((item = item_new(ITEM_FILE)) != NULL);
	f = item->file;
	f->type = type == 'f'   ? FILE_REGULAR
		  : type == 'd' ? FILE_DIRECTORY
				: FILE_SYMLINK;
	f->mode = mode;
	f->uid = uid;
	f->gid = gid;
	f->mtime = mtime;
	MUST(manifest_set(&item->name, path) == 0);
	MUST(manifest_set(&item->path, path) == 0);
	MUST(strcmp(user, "-") == 0 || manifest_set(&f->user, user) == 0);
	MUST(strcmp(group, "-") == 0 || manifest_set(&f->group, group) == 0);
	MUST(type != 'l' || manifest_set(&f->target, *text) == 0);
	if (type != 'f')
		*text = "";
	item->size = strlen(*text);
	return item;
}

/* 1, or 0 where libarchive does not take it: a name that is not UTF-8. */
static int
write_all(struct item **items, const char **texts, size_t n, struct buf *out)
{
	struct pack_writer *w = pack_writer_new(keep, out);
	int good = 1;
	size_t i;

	MUST(w != NULL);
	for (i = 0; good && i < n; i++)
		good = pack_begin(w, items[i], PACK_ITEM) == 0 &&
		       pack_write(w, texts[i], items[i]->size) == 0;
	good = good && pack_end(w) == 0;
	pack_writer_free(w);
	return good;
}

static void
read_theirs(
    struct item **items, const char **texts, size_t n, const struct buf *part)
{
	struct archive *a = archive_read_new();
	struct archive_entry *e;
	char room[4096];
	size_t i;

	MUST(a != NULL && archive_read_support_format_tar(a) == ARCHIVE_OK &&
	     archive_read_support_filter_zstd(a) == ARCHIVE_OK);
	MUST(archive_read_open_memory(a, part->data, part->len) == ARCHIVE_OK);
	for (i = 0; i < n; i++) {
		MUST(archive_read_next_header(a, &e) == ARCHIVE_OK);
		MUST(pack_entry_differs(e, items[i], PACK_ITEM) == NULL);
		MUST(items[i]->size <= sizeof(room));
		MUST(archive_read_data(a, room, sizeof(room)) ==
		     (la_ssize_t)items[i]->size);
		MUST(memcmp(room, texts[i], items[i]->size) == 0);
	}
	MUST(archive_read_next_header(a, &e) == ARCHIVE_EOF);
	archive_read_free(a);
}

static void
read_ours(
    struct item **items, const char **texts, size_t n, const struct buf *part)
{
	struct source s = { part->data, part->data + part->len };
	struct pack_reader *r = pack_reader_new("a part", 1 << 20, give, &s);
	char room[4096];
	size_t i;

	MUST(r != NULL);
	for (i = 0; i < n; i++) {
		MUST(pack_next(r, items[i], PACK_ITEM) == 0);
		MUST(pack_read(r, room, sizeof(room)) ==
		     (ssize_t)items[i]->size);
		MUST(memcmp(room, texts[i], items[i]->size) == 0);
	}
	MUST(pack_finish(r) == 0);
	pack_reader_free(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *pos = (const char *)data, *end = pos + len;
	static char lines[MOST][2048];
	struct item *items[MOST];
	const char *texts[MOST];
	struct buf part = BUF_EMPTY;
	size_t n = 0;

	(void)setlocale(LC_CTYPE, "C.UTF-8");
	while (n < MOST && fuzz_line(&pos, end, lines[n], sizeof(lines[n])))
		if ((items[n] = parse(lines[n], &texts[n])) != NULL)
			n++;
	if (write_all(items, texts, n, &part)) {
		read_theirs(items, texts, n, &part);
		read_ours(items, texts, n, &part);
	}
	while (n > 0)
		item_free(items[--n]);
	buf_free(&part);
	warn_forget();
	return 0;
}
