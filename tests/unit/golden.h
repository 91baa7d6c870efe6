#ifndef TESTS_UNIT_GOLDEN_H
#define TESTS_UNIT_GOLDEN_H

/* Include behind cmocka.h: the bundles of tests/golden, put together. */

#include "archive/bundle/base64.h"
#include "archive/bundle/outer.h"
#include "archive/bundle/sums.h"
#include "craft.h"

/* A file of tests/golden/${which}: its bytes, out of base64 where it is named
 * so.  1, or 0: it is not there. */
static inline int
golden_text(
    const char *top, const char *which, const char *name, struct buf *out)
{
	struct buf raw = BUF_EMPTY;
	char *path;
	size_t i, to = 0;
	int plain;

	assert_true(asprintf(&path, "%s/tests/golden/%s/%s.base64", top, which,
			name) != -1);
	if ((plain = access(path, R_OK) == -1))
		path[strlen(path) - strlen(".base64")] = '\0';
	if (plain && access(path, R_OK) == -1) {
		free(path);
		return 0;
	}
	file_read(path, plain ? out : &raw);
	free(path);
	if (plain)
		return 1;
	for (i = 0; i < raw.len; i++)
		if (raw.data[i] != '\n')
			raw.data[to++] = raw.data[i];
	assert_int_equal(base64_decode(raw.data, to, out), 0);
	buf_free(&raw);
	return 1;
}

/* One of those files, as it is, under that name. */
static inline void
golden_copy(
    const char *top, const char *which, const char *name, const char *to)
{
	struct buf bytes = BUF_EMPTY;

	assert_int_equal(golden_text(top, which, name, &bytes), 1);
	file_write(to, bytes.data, bytes.len);
	buf_free(&bytes);
}

/* The bundle into a file, and the public key of who signed it. */
static inline void
golden_make(
    const char *top, const char *which, const char *file, const char *pub)
{
	struct buf out = BUF_EMPTY, member = BUF_EMPTY;
	int sealed = golden_text(top, which, "KEY.cms", &member);
	const enum outer_id *order;
	const char *name;
	size_t i, n;

	order = outer_order(sealed, &n);
	for (i = 0; i < n; i++) {
		name =
		    sealed ? outer_name_sealed(order[i]) : outer_name(order[i]);
		buf_clear(&member);
		assert_int_equal(golden_text(top, which, name, &member), 1);
		craft_add(&out, name, &member);
	}
	craft_end(&out);
	file_write(file, out.data, out.len);
	buf_free(&member);
	buf_free(&out);
	golden_copy(top, which, "signer.pub", pub);
}

#endif
