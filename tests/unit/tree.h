#ifndef TESTS_UNIT_TREE_H
#define TESTS_UNIT_TREE_H

/* A folder of one's own for a test, below $TMPDIR, and files in it. */
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tree {
	char dir[512];
};

static inline void
tree_make(struct tree *t)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(t->dir, sizeof(t->dir), "%s/novark-unit-XXXXXX",
	    tmp != NULL && *tmp == '/' ? tmp : "/tmp");
	assert_non_null(mkdtemp(t->dir));
}

static inline int
tree_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{

	(void)st;
	(void)ftw;
	if (type == FTW_DNR)
		chmod(path, 0700);
	return remove(path);
}

static inline void
tree_remove(struct tree *t)
{

	nftw(t->dir, tree_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The full name of a path of the node; the latest eight live. */
static inline const char *
tree_path(const struct tree *t, const char *path)
{
	static char names[8][1024];
	static unsigned int at;

	at = (at + 1) % 8;
	snprintf(names[at], sizeof(names[at]), "%s%s", t->dir, path);
	return names[at];
}

/* Make the folders of a path. */
static inline void
tree_folders(const struct tree *t, const char *path)
{
	char part[1024];
	size_t i;

	for (i = 1; path[i] != '\0'; i++) {
		if (path[i] != '/')
			continue;
		snprintf(part, sizeof(part), "%s%.*s", t->dir, (int)i, path);
		mkdir(part, 0755);
	}
}

static inline void
tree_bytes(
    const struct tree *t, const char *path, const void *bytes, size_t len)
{
	FILE *f;

	tree_folders(t, path);
	assert_non_null(f = fopen(tree_path(t, path), "w"));
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(tree_path(t, path), 0644), 0);
}

static inline void
tree_file(const struct tree *t, const char *path, const char *text)
{

	tree_bytes(t, path, text, strlen(text));
}

static inline void
tree_link(const struct tree *t, const char *path, const char *target)
{

	tree_folders(t, path);
	assert_int_equal(symlink(target, tree_path(t, path)), 0);
}

/* Whole content; malloced. */
static inline char *
tree_text(const struct tree *t, const char *path)
{
	char *text;
	FILE *f;
	size_t n;

	if ((f = fopen(tree_path(t, path), "r")) == NULL)
		return NULL;
	assert_non_null(text = malloc(65536));
	n = fread(text, 1, 65535, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static inline void
tree_holds(const struct tree *t, const char *path, const char *text)
{
	char *got = tree_text(t, path);

	assert_non_null(got);
	assert_string_equal(got, text);
	free(got);
}

/* How many names stand in a folder, temporary ones too. */
static inline size_t
tree_count(const struct tree *t, const char *path)
{
	size_t n = 0;
	DIR *d;

	assert_non_null(d = opendir(tree_path(t, path)));
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2; /* . and .. */
}

#endif
