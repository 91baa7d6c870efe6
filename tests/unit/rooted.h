#ifndef TESTS_UNIT_ROOTED_H
#define TESTS_UNIT_ROOTED_H

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tests/unit/tree.h"

#include "archive/node/root_internal.h"
#include "archive/node/site.h"
#include "archive/warn.h"

/* A folder of the test's own as the root of a node; what is to be written there
 * belongs to whoever runs the test. */
struct rooted {
	struct tree tree;
	struct root *root;
	struct site *site; /* the test's to load */
	struct item_file file, folder, link;
};

static inline void
rooted_open(struct rooted *f)
{

	tree_make(&f->tree);
	assert_non_null(f->root = root_open(f->tree.dir));
	f->file.type = FILE_REGULAR;
	f->file.mode = 0640;
	f->folder.type = FILE_DIRECTORY;
	f->folder.mode = 0750;
	f->link.type = FILE_SYMLINK;
	f->file.uid = f->folder.uid = f->link.uid = getuid();
	f->file.gid = f->folder.gid = f->link.gid = getgid();
	warn_forget();
}

static inline void
rooted_close(struct rooted *f)
{

	site_free(f->site);
	root_close(f->root);
	tree_remove(&f->tree);
	warn_forget();
}

/* For each test: a struct of that size that begins with this one. */
static inline int
rooted_new(void **state, size_t size)
{

	assert_non_null(*state = calloc(1, size));
	rooted_open(*state);
	return 0;
}

static inline int
rooted_setup(void **state)
{

	return rooted_new(state, sizeof(struct rooted));
}

/* The same without openat2: all that holds with it holds without. */
static inline int
rooted_setup_walk(void **state)
{
	struct rooted *f;

	rooted_setup(state);
	f = *state;
	f->root->no_openat2 = 1;
	return 0;
}

static inline int
rooted_teardown(void **state)
{

	rooted_close(*state);
	free(*state);
	return 0;
}

#define ROOTED(test)                                                           \
	cmocka_unit_test_setup_teardown(test, rooted_setup, rooted_teardown)
#define ROOTED_BOTH(test)                                                      \
	ROOTED(test), cmocka_unit_test_setup_teardown(                         \
			  test, rooted_setup_walk, rooted_teardown)

/* What the node is, anew: as site_load. */
static inline int
rooted_load(struct rooted *f)
{
	struct oslo_source s = site_source(f->root);

	site_free(f->site);
	f->site = NULL;
	return site_load(&s, &f->site);
}

/* chattr: 0, or -1 where the file system has no such thing. */
static inline int
rooted_flags(const char *path, int flags)
{
	int fd = open(path, O_RDONLY), rc;
	long wide = flags; /* the kernel takes an int, the request says long */

	if (fd == -1)
		return -1;
	rc = ioctl(fd, FS_IOC_SETFLAGS, &wide);
	close(fd);
	return rc;
}

#endif
