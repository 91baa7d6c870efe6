#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/buf.h"
#include "restore/plan/spool.h"
#include "tests/unit/unnamed.h"

/* The file of a spool, which has no name, by its link in /proc. */
static void
spool_bytes(const char *dir, struct buf *out)
{
	int fd = unnamed_file(dir);
	ssize_t len;
	char *to;

	assert_int_not_equal(fd, -1);
	assert_non_null(to = buf_reserve(out, 1 << 20));
	len = pread(fd, to, 1 << 20, 0);
	assert_true(len > 0);
	out->len += (size_t)len;
}

/* What waits there is nothing that anybody could read. */
static void
spool_is_encrypted(void **state)
{
	static const char secret[] = "the-pass-word-of-the-site";
	char dir[] = "/tmp/test_plan.XXXXXX", back[sizeof(secret)];
	const char *was = getenv("TMPDIR");
	char *kept = was == NULL ? NULL : strdup(was);
	struct buf raw = BUF_EMPTY;
	long at;
	FILE *f;
	int i;

	(void)state;
	assert_non_null(mkdtemp(dir));
	setenv("TMPDIR", dir, 1);
	assert_non_null(f = spool_open());
	for (i = 0; i < 5000; i++)
		assert_int_equal(fwrite(secret, sizeof(secret), 1, f), 1);
	assert_int_equal(fflush(f), 0);
	spool_bytes(dir, &raw);
	assert_int_equal(raw.len, 5000 * sizeof(secret));
	assert_null(memmem(raw.data, raw.len, secret, 8));
	/* Nor does the same text look the same twice. */
	assert_null(memmem(raw.data + 64, raw.len - 64, raw.data, 8));
	for (i = 4999; i >= 0; i -= 7) {
		at = (long)((size_t)i * sizeof(secret));
		assert_int_equal(fseek(f, at, SEEK_SET), 0);
		assert_int_equal(ftell(f), at);
		assert_int_equal(fread(back, sizeof(back), 1, f), 1);
		assert_memory_equal(back, secret, sizeof(secret));
	}
	/* On at the end, but never over what is there. */
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	assert_int_equal(fwrite(secret, sizeof(secret), 1, f), 1);
	assert_int_equal(fseek(f, -(long)sizeof(secret), SEEK_END), 0);
	assert_int_equal(fread(back, sizeof(back), 1, f), 1);
	assert_memory_equal(back, secret, sizeof(secret));
	assert_int_equal(fread(back, 1, 1, f), 0);
	assert_int_equal(fseek(f, 5, SEEK_SET), 0);
	assert_int_equal(fwrite("x", 1, 1, f), 1);
	errno = 0;
	assert_int_equal(fflush(f), EOF);
	assert_int_equal(errno, EINVAL);
	(void)fclose(f);
	buf_free(&raw);
	assert_int_equal(rmdir(dir), 0);
	if (kept != NULL)
		setenv("TMPDIR", kept, 1);
	else
		unsetenv("TMPDIR");
	free(kept);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spool_is_encrypted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
