/**
 * rewrite FORMAT MAP <IN >OUT: a stream through the map, cut at ends of lines:
 * large pieces of it as "value", or whatever place.h names; "json" is a value a
 * line, as rows have it.  Says on stderr how many tokens were replaced and
 * held.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "archive/buf.h"
#include "archive/warn.h"
#include "restore/map/rewrite.h"

#define PIECE (64u << 10)

struct told {
	size_t replaced, held;
};

static int
tell(void *cookie, const struct rewrite_place *place)
{
	struct told *t = cookie;

	t->replaced += place->matches;
	t->held += place->nheld;
	return 0;
}

static int
write_all(const char *data, size_t len)
{
	ssize_t n;

	for (; len > 0; data += n, len -= (size_t)n)
		if ((n = write(1, data, len)) <= 0) {
			warn_errno("cannot write");
			return -1;
		}
	return 0;
}

/* Whole lines: all at once, or each by itself. */
static int
put(const struct rewrite_options *opt, enum place_format format,
    const char *lines, size_t len, struct buf *out, struct told *t)
{
	const char *end = lines + len, *nl;

	if (format != PLACE_JSON)
		return rewrite(opt, format, lines, len, out, tell, t);
	for (; lines < end; lines = nl + 1) {
		nl = memchr(lines, '\n', (size_t)(end - lines));
		if (nl == NULL)
			return rewrite(opt, format, lines,
			    (size_t)(end - lines), out, tell, t);
		if (rewrite(opt, format, lines, (size_t)(nl - lines), out, tell,
			t) ||
		    buf_addc(out, '\n'))
			return -1;
	}
	return 0;
}

static int
stream(
    const struct rewrite_options *opt, enum place_format format, struct told *t)
{
	struct buf in = BUF_EMPTY, out = BUF_EMPTY;
	const char *nl;
	size_t whole;
	ssize_t n;
	char *to;
	int rc = -1;

	do {
		if ((to = buf_reserve(&in, PIECE)) == NULL)
			goto done;
		if ((n = read(0, to, PIECE)) < 0) {
			warn_errno("cannot read");
			goto done;
		}
		in.len += (size_t)n;
		nl = n == 0 ? NULL : memrchr(in.data, '\n', in.len);
		whole = nl != NULL ? (size_t)(nl - in.data) + 1
				   : (n == 0 ? in.len : 0);
		buf_clear(&out);
		if (put(opt, format, in.data, whole, &out, t) ||
		    write_all(out.data, out.len))
			goto done;
		memmove(in.data, in.data + whole, in.len - whole);
		in.len -= whole;
	} while (n > 0);
	rc = 0;
done:
	buf_free(&in);
	buf_free(&out);
	return rc;
}

int
main(int argc, char **argv)
{
	struct rewrite_options opt = { .role = PLACE_PLAIN, .count = 1 };
	struct told told = { 0, 0 };
	int format, rc = 1;

	if (argc != 3 || (format = place_format_parse(argv[1])) == -1) {
		fprintf(stderr, "usage: rewrite FORMAT MAP <IN >OUT\n");
		return 1;
	}
	if ((opt.map = addrmap_new()) == NULL)
		return 1;
	if (addrmap_file(opt.map, argv[2]) == 0 &&
	    addrmap_ready(opt.map) == 0 &&
	    stream(&opt, (enum place_format)format, &told) == 0)
		rc = 0;
	if (rc == 0)
		fprintf(stderr, "%zu replaced, %zu held\n", told.replaced,
		    told.held);
	addrmap_free(opt.map);
	return rc;
}
