/**
 * tree: what stands below a folder, a line each, sorted: path, type, mode,
 * owner, attributes, and size and digest of the content (or the target).
 *
 *   tree DIR [PATH...]            leaves out the paths, which are below DIR
 *   tree --set FILE NAME VALUE    gives a file an attribute; 77 where it cannot
 *                                 have one
 *
 * One process, because the tests that kill everywhere look some thousand times.
 */
#include <sys/stat.h>
#include <sys/xattr.h>

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
by_name(const FTSENT **a, const FTSENT **b)
{

	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void
die(const char *what)
{

	fprintf(stderr, "tree: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* FNV-1a: enough to tell whether something is the same. */
static uint64_t
digest(uint64_t h, const unsigned char *p, size_t n)
{

	while (n-- > 0)
		h = (h ^ *p++) * 1099511628211u;
	return h;
}

static void
content(const char *file)
{
	unsigned char block[65536];
	uint64_t h = 14695981039346656037u;
	ssize_t n;
	int fd;

	if ((fd = open(file, O_RDONLY | O_NOFOLLOW)) == -1)
		die(file);
	while ((n = read(fd, block, sizeof(block))) > 0)
		h = digest(h, block, (size_t)n);
	if (n == -1)
		die(file);
	close(fd);
	printf(" %016" PRIx64, h);
}

static int
by_text(const void *a, const void *b)
{

	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
attributes(const char *file)
{
	char list[4096], value[4096], *names[64], *p;
	size_t n = 0, i;
	ssize_t len, got;

	if ((len = llistxattr(file, list, sizeof(list))) <= 0)
		return;
	for (p = list; p < list + len && n < 64; p += strlen(p) + 1)
		names[n++] = p;
	qsort(names, n, sizeof(names[0]), by_text);
	for (i = 0; i < n; i++) {
		got = lgetxattr(file, names[i], value, sizeof(value));
		printf(" %s=%016" PRIx64, names[i],
		    digest(
			0, (unsigned char *)value, got > 0 ? (size_t)got : 0));
	}
}

static void
line(const FTSENT *e, size_t skip)
{
	const struct stat *st = e->fts_statp;
	char target[4096];
	ssize_t n;

	printf("%s %o %u:%u", e->fts_path + skip, (unsigned)st->st_mode,
	    (unsigned)st->st_uid, (unsigned)st->st_gid);
	attributes(e->fts_accpath);
	if (S_ISREG(st->st_mode)) {
		printf(" %jd", (intmax_t)st->st_size);
		content(e->fts_accpath);
	} else if (S_ISLNK(st->st_mode)) {
		if ((n = readlink(e->fts_accpath, target, sizeof(target))) ==
		    -1)
			die(e->fts_path);
		printf(" -> %.*s", (int)n, target);
	}
	putchar('\n');
}

static int
is_left_out(const char *path, char *const *out)
{

	for (; *out != NULL; out++)
		if (path[0] == '/' && strcmp(path + 1, *out) == 0)
			return 1;
	return 0;
}

int
main(int argc, char *argv[])
{
	char *roots[2];
	size_t skip;
	FTSENT *e;
	FTS *f;

	if (argc == 5 && strcmp(argv[1], "--set") == 0) {
		if (setxattr(argv[2], argv[3], argv[4], strlen(argv[4]), 0) ==
		    0)
			return 0;
		if (errno == ENOTSUP)
			return 77;
		die(argv[2]);
	}
	if (argc < 2) {
		fprintf(stderr, "usage: tree DIR [PATH...]\n");
		return 2;
	}
	roots[0] = argv[1];
	roots[1] = NULL;
	skip = strlen(argv[1]);
	if ((f = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name)) == NULL)
		die(argv[1]);
	while ((e = fts_read(f)) != NULL) {
		if (e->fts_info == FTS_DP)
			continue;
		if (e->fts_info == FTS_ERR || e->fts_info == FTS_DNR ||
		    e->fts_info == FTS_NS) {
			errno = e->fts_errno;
			die(e->fts_path);
		}
		if (is_left_out(e->fts_path + skip, argv + 2))
			fts_set(f, e, FTS_SKIP);
		else
			line(e, skip);
	}
	fts_close(f);
	return fflush(stdout) == 0 ? 0 : 1;
}
