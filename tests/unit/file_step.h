#ifndef TESTS_UNIT_FILE_STEP_H
#define TESTS_UNIT_FILE_STEP_H

#include "tests/unit/tree.h"

#include <sys/xattr.h>

#include "archive/warn.h"
#include "restore/journal/step.h"
#include "tests/unit/said.h"

/**
 * file_step: a change of one file, made by hand, and all that stands at a path
 * in words.
 */
struct fixture {
	struct tree tree;
	struct restore r;
	struct restore_options opt;
	struct item_file will;
	struct root_file was;
	struct plan_cell cell;
	struct plan_record rec;
	char item[700], target[64];
	struct buf why;
};

#define TAG "20261122T161547Z-0a1b2c3d"

static inline int
setup(void **state)
{
	struct fixture *f;

	assert_non_null(f = calloc(1, sizeof(*f)));
	tree_make(&f->tree);
	f->r.opt = &f->opt;
	assert_non_null(f->r.root = root_open(f->tree.dir));
	assert_int_equal(root_temp_tag(f->r.root, TAG), 0);
	umask(022);
	warn_forget();
	*state = f;
	return 0;
}

static inline int
teardown(void **state)
{
	struct fixture *f = *state;

	root_file_free(&f->was);
	root_close(f->r.root);
	buf_free(&f->why);
	tree_remove(&f->tree);
	free(f);
	warn_forget();
	return 0;
}

/* What root_stat says now becomes the side before; ${bytes}: content or target
 * that it gets. NULL: only what the caller sets in f->will changes. */
static inline void
changes(
    struct fixture *f, const char *path, const char *before, const char *after)
{

	root_file_free(&f->was);
	assert_int_equal(root_stat(f->r.root, path, &f->was), 1);
	snprintf(f->item, sizeof(f->item), "file:%s", path);
	f->will = f->was.meta;
	snprintf(f->target, sizeof(f->target), "%s", after);
	if (f->will.type == FILE_SYMLINK)
		f->will.target = f->target;
	f->cell = (struct plan_cell){ f->will.type == FILE_SYMLINK ? "target"
								   : "content",
		before, strlen(before), f->target, strlen(after), 0 };
	f->rec = (struct plan_record){ .type = PLAN_CHANGE,
		.kind = ITEM_FILE,
		.item = f->item,
		.cells = &f->cell,
		.ncells = 1,
		.was = &f->was.meta,
		.will = &f->will };
}

/* The path is made. */
static inline void
creates(
    struct fixture *f, enum file_type type, const char *path, const char *bytes)
{

	snprintf(f->item, sizeof(f->item), "file:%s", path);
	snprintf(f->target, sizeof(f->target), "%s", bytes);
	f->will = (struct item_file){
		.type = type, .mode = 0640, .uid = getuid(), .gid = getgid()
	};
	if (type == FILE_SYMLINK)
		f->will.target = f->target;
	f->cell =
	    (struct plan_cell){ type == FILE_SYMLINK ? "target" : "content",
		    NULL, 0, f->target, strlen(bytes), 0 };
	f->rec = (struct plan_record){ .type = PLAN_CREATE,
		.kind = ITEM_FILE,
		.item = f->item,
		.cells = &f->cell,
		.ncells = type != FILE_DIRECTORY,
		.will = &f->will };
}

/* Type, mode, owner, time, attributes and content; malloced. */
static inline char *
words(const struct fixture *f, const char *path)
{
	struct root_file s;
	struct buf b = BUF_EMPTY;
	char *text, *words;
	size_t i;

	if (root_stat(f->r.root, path, &s) != 1)
		return strdup("nothing");
	assert_int_equal(
	    buf_addf(&b, "%d %04o %u:%u %lld.%09u", (int)s.meta.type,
		s.meta.mode, s.meta.uid, s.meta.gid, (long long)s.meta.mtime,
		s.meta.mtime_nsec),
	    0);
	for (i = 0; i < s.meta.nxattrs; i++) {
		assert_int_equal(
		    buf_addf(&b, " %s=", s.meta.xattrs[i].name), 0);
		assert_int_equal(
		    buf_add(&b, s.meta.xattrs[i].value, s.meta.xattrs[i].len),
		    0);
	}
	if (s.meta.type == FILE_SYMLINK) {
		assert_int_equal(buf_addf(&b, " -> %s", s.meta.target), 0);
	} else if (!s.is_other && s.meta.type == FILE_REGULAR) {
		assert_non_null(text = tree_text(&f->tree, path));
		assert_int_equal(buf_addf(&b, " \"%s\"", text), 0);
		free(text);
	}
	root_file_free(&s);
	words = malloc(b.len + 1);
	assert_non_null(words);
	memcpy(words, b.data, b.len + 1);
	buf_free(&b);
	return words;
}

static inline void
looks(struct fixture *f, enum step_state want, const char *why)
{
	enum step_state is;

	buf_clear(&f->why);
	is = file_look(&f->r, &f->rec, &f->why);
	if (is != want)
		fail_msg("%s: state %d, not %d: %s", f->item, (int)is,
		    (int)want, f->why.len > 0 ? f->why.data : "");
	if (why != NULL && (f->why.len == 0 || !strstr(f->why.data, why)))
		fail_msg("%s: \"%s\" is not in: %s", f->item, why,
		    f->why.len > 0 ? f->why.data : "");
}

/* The last error, which names that. */
static inline void
said(const char *what)
{

	if (strstr(said_last(), what) == NULL)
		fail_msg("%s: not in: %s", what, said_last());
	warn_forget();
}

/* Make, again, take back, again: each time what it should be, and nothing
 * beside it. */
static inline void
there_and_back(struct fixture *f, const char *path, const char *folder)
{
	size_t names = tree_count(&f->tree, folder);
	char *before = words(f, path), *now;

	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	looks(f, STEP_AFTER, NULL);
	assert_int_equal(
	    tree_count(&f->tree, folder), names + (f->rec.was == NULL));
	now = words(f, path);
	assert_int_equal(file_make(&f->r, &f->rec), 0);
	free(before);
	before = words(f, path);
	assert_string_equal(before, now);
	free(before);
	free(now);
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	looks(f, STEP_BEFORE, NULL);
	assert_int_equal(file_unmake(&f->r, &f->rec), 0);
	assert_int_equal(tree_count(&f->tree, folder), names);
	said_nothing();
}

#endif
