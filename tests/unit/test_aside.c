#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/aside.h"
#include "archive/limits.h"
#include "tests/unit/unnamed.h"

/* Byte ${i} of what is laid aside. */
static unsigned char
byte_of(uint64_t i)
{

	return (unsigned char)(i * 2654435761u >> 13);
}

static void
fill(unsigned char *buf, size_t len, uint64_t from)
{
	size_t i;

	for (i = 0; i < len; i++)
		buf[i] = byte_of(from + i);
}

/* Read at every kind of place, and see that it is what was added. */
static void
check(struct aside *a, uint64_t size)
{
	static unsigned char back[70000], want[70000];
	const uint64_t at[] = { 0, 1, 15, 16, 17, 4095, size / 2, size - 1 };
	const size_t lens[] = { 0, 1, 16, 33, sizeof(back) };
	size_t i, j;
	ssize_t n, all;

	for (i = 0; i < sizeof(at) / sizeof(at[0]); i++)
		for (j = 0; j < sizeof(lens) / sizeof(lens[0]); j++) {
			all = (ssize_t)(lens[j] < size - at[i] ? lens[j]
							       : size - at[i]);
			n = aside_read(a, back, lens[j], at[i]);
			assert_int_equal(n, all);
			fill(want, (size_t)n, at[i]);
			assert_memory_equal(back, want, (size_t)n);
		}
	assert_int_equal(aside_read(a, back, 5, size), 0);
	assert_int_equal(aside_read(a, back, 5, size + 7), 0);
}

static void
aside_keeps(void **state)
{
	static unsigned char buf[50000];
	const size_t lens[] = { 1, 512, 7, sizeof(buf), 16384, 3, 40000 };
	char dir[] = "/tmp/test_aside.XXXXXX";
	const char *was = getenv("TMPDIR");
	char *kept = was == NULL ? NULL : strdup(was);
	uint64_t size = 0;
	struct aside *a;
	unsigned char *raw;
	size_t i;
	int fd;

	(void)state;
	assert_non_null(mkdtemp(dir));
	setenv("TMPDIR", dir, 1);
	assert_non_null(a = aside_new("a test"));
	assert_int_equal(aside_read(a, buf, 5, 0), 0);
	for (i = 0; i < 70; i++) {
		fill(buf, lens[i % 7], size);
		assert_int_equal(aside_add(a, buf, lens[i % 7]), 0);
		size += lens[i % 7];
		assert_int_equal(aside_size(a), size);
	}
	check(a, size);
	/* A little is in memory, more on a disk. */
	assert_int_equal(unnamed_file(dir), -1);
	while (size <= LIMIT_ASIDE_MEMORY + 100000) {
		fill(buf, sizeof(buf), size);
		assert_int_equal(aside_add(a, buf, sizeof(buf)), 0);
		size += sizeof(buf);
	}
	check(a, size);
	assert_true((fd = unnamed_file(dir)) != -1);
	/* There it is nothing that anybody could read. */
	assert_non_null(raw = malloc(1 << 20));
	assert_int_equal(pread(fd, raw, 1 << 20, 0), 1 << 20);
	fill(buf, 64, 1000);
	assert_null(memmem(raw, 1 << 20, buf, 16));
	assert_int_equal(lseek(fd, 0, SEEK_END), (off_t)size);
	free(raw);
	aside_free(a);
	assert_int_equal(unnamed_file(dir), -1);
	assert_int_equal(rmdir(dir), 0);
	if (kept == NULL)
		unsetenv("TMPDIR");
	else
		setenv("TMPDIR", kept, 1);
	free(kept);
	aside_free(NULL);
}

/* The limit is looked at before anything is read. */
static void
aside_ends(void **state)
{
	struct aside *a;
	char c = 'x';

	(void)state;
	assert_non_null(a = aside_new("a test"));
	assert_int_equal(aside_add(a, &c, 1), 0);
	assert_int_equal(aside_add(a, &c, (size_t)LIMIT_ASIDE), -1);
	assert_int_equal(aside_size(a), 1);
	aside_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(aside_keeps),
		cmocka_unit_test(aside_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
