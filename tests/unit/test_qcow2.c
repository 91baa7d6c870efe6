#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/limits.h"
#include "restore/facts/qcow2.h"
#include "tests/unit/chance.h"
#include "tests/unit/tree.h"

/* A header, made by hand. */
struct image {
	unsigned char b[8192];
	size_t len; /* where the next extension goes */
};

static void
put32(unsigned char *b, uint32_t v)
{

	b[0] = (unsigned char)(v >> 24);
	b[1] = (unsigned char)(v >> 16);
	b[2] = (unsigned char)(v >> 8);
	b[3] = (unsigned char)v;
}

static void
make(struct image *i, uint32_t version)
{

	memset(i, 0, sizeof(*i));
	memcpy(i->b, "QFI\xfb", 4);
	put32(i->b + 4, version);
	put32(i->b + 20, 12); /* clusters of 4 KiB */
	put32(i->b + 28, 1u << 20);
	i->len = 72;
	if (version == 3) {
		put32(i->b + 100, 104);
		i->len = 104;
	}
}

static void
extend(struct image *i, uint32_t type, const char *text, uint32_t len)
{

	put32(i->b + i->len, type);
	put32(i->b + i->len + 4, len);
	memcpy(i->b + i->len + 8, text, strlen(text));
	i->len += 8 + (len + 7) / 8 * 8;
}

static void
name(struct image *i, const char *text)
{

	put32(i->b + 12, (uint32_t)i->len);
	put32(i->b + 16, (uint32_t)strlen(text));
	memcpy(i->b + i->len, text, strlen(text));
	i->len += strlen(text);
}

#define FORMAT 0xe2792acau
#define DATA   0x44415441u

static void
test_forms(void **state)
{
	uint32_t version;
	struct image i;
	struct qcow2 q;
	const char *why;

	(void)state;
	for (version = 2; version <= 3; version++) {
		make(&i, version);
		assert_int_equal(qcow2_parse(i.b, 4096, &q, &why), 1);
		assert_int_equal(q.version, version);
		assert_int_equal(q.size, 1u << 20);
		assert_null(q.backing);
		assert_null(q.backing_format);
		qcow2_free(&q);
		/* A word that we do not know, the format, the end, the name. */
		extend(&i, 0x6803f857, "", 48);
		extend(&i, FORMAT, "raw", 3);
		extend(&i, 0, "", 0);
		name(&i, "../_base/precise");
		assert_int_equal(qcow2_wants(i.b, 4096), i.len);
		assert_int_equal(qcow2_parse(i.b, i.len, &q, &why), 1);
		assert_string_equal(q.backing, "../_base/precise");
		assert_string_equal(q.backing_format, "raw");
		assert_null(q.data);
		qcow2_free(&q);
	}
	/* No end: the name of the backing file ends them. */
	make(&i, 2);
	extend(&i, FORMAT, "qcow2", 5);
	name(&i, "base");
	assert_int_equal(qcow2_parse(i.b, i.len, &q, &why), 1);
	assert_string_equal(q.backing, "base");
	assert_string_equal(q.backing_format, "qcow2");
	qcow2_free(&q);
	/* A data file, with the bit and without. */
	make(&i, 3);
	extend(&i, DATA, "data.raw", 8);
	assert_int_equal(qcow2_parse(i.b, 4096, &q, &why), 1);
	assert_null(q.data);
	qcow2_free(&q);
	i.b[79] = 4;
	assert_int_equal(qcow2_parse(i.b, 4096, &q, &why), 1);
	assert_string_equal(q.data, "data.raw");
	qcow2_free(&q);
}

static void
test_no_image(void **state)
{
	struct qcow2 q;
	const char *why;

	(void)state;
	assert_int_equal(
	    qcow2_parse((const unsigned char *)"", 0, &q, &why), 0);
	assert_int_equal(
	    qcow2_parse((const unsigned char *)"QFI", 3, &q, &why), 0);
	assert_int_equal(
	    qcow2_parse((const unsigned char *)"QFI\xfa....", 8, &q, &why), 0);
	assert_int_equal(qcow2_wants((const unsigned char *)"KDMV....", 8), 0);
}

/* One number of a good image is made bad: every rule that refuses one. */
static void
test_broken(void **state)
{
	static const struct {
		uint32_t version;
		size_t at;
		uint32_t value;
		const char *why;
	} bad[] = {
		{ 3, 4, 1, "version" },
		{ 3, 4, 4, "version" },
		{ 3, 20, 8, "clusters" },
		{ 3, 20, 22, "clusters" },
		{ 3, 20, 0x100000c, "clusters" },
		{ 3, 8, 1, "bounds" },
		{ 3, 12, 103, "bounds" },
		{ 3, 12, 4097, "bounds" },
		{ 3, 12, 4096, "bounds" },
		{ 2, 12, 71, "bounds" },
		{ 3, 16, 1024, "bounds" },
		{ 3, 16, 0xffffffff, "bounds" },
		{ 3, 16, 1023, "cut off" },
		{ 3, 100, 96, "length" },
		{ 3, 100, 107, "length" },
		{ 3, 100, 4104, "cut off" },
		{ 3, 100, 0xfffffff8, "cut off" },
		{ 3, 108, 0xffffffff, "longer" },
		{ 3, 108, 16, "too long" },
		{ 3, 76, 4, "another file" },
	};
	struct image i;
	struct qcow2 q;
	const char *why;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(bad) / sizeof(bad[0]); n++) {
		make(&i, bad[n].version);
		extend(&i, FORMAT, "raw", 3);
		extend(&i, 1, "", 8);
		extend(&i, 0, "", 0);
		name(&i, "base");
		put32(i.b + bad[n].at, bad[n].value);
		why = NULL;
		if (qcow2_parse(i.b, i.len, &q, &why) != -1)
			fail_msg("%zu: taken", n);
		assert_non_null(why);
		if (strstr(why, bad[n].why) == NULL)
			fail_msg("%zu: %s", n, why);
		assert_null(q.backing);
		assert_null(q.backing_format);
	}
	/* NUL bytes in names; a format that is there twice. */
	make(&i, 2);
	name(&i, "ba e");
	i.b[i.len - 2] = '\0';
	assert_int_equal(qcow2_parse(i.b, i.len, &q, &why), -1);
	make(&i, 2);
	extend(&i, FORMAT, "raw", 4);
	assert_int_equal(qcow2_parse(i.b, 4096, &q, &why), -1);
	make(&i, 2);
	extend(&i, FORMAT, "", 0);
	assert_int_equal(qcow2_parse(i.b, 4096, &q, &why), 1);
	assert_null(q.backing_format);
	qcow2_free(&q);
	make(&i, 2);
	extend(&i, FORMAT, "raw", 3);
	extend(&i, FORMAT, "raw", 3);
	assert_int_equal(qcow2_parse(i.b, 4096, &q, &why), -1);
	assert_non_null(strstr(why, "twice"));
}

/* Whatever the bytes, an answer, nothing read behind them (ASan), and names
 * that are within the rules. */
static int
parse_copy(const unsigned char *bytes, size_t len)
{
	unsigned char *copy = malloc(len + 1);
	const char *why = "";
	struct qcow2 q;
	int rc;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	/* No byte behind the last one. */
	copy = realloc(copy, len > 0 ? len : 1);
	assert_non_null(copy);
	assert_true(qcow2_wants(copy, len) <= LIMIT_QCOW2);
	rc = qcow2_parse(copy, len, &q, &why);
	assert_non_null(why);
	if (rc == 1) {
		assert_true(q.backing == NULL || strlen(q.backing) <= 1023);
		assert_true(
		    q.backing_format == NULL || strlen(q.backing_format) <= 15);
		qcow2_free(&q);
	}
	free(copy);
	return rc;
}

static void
test_truncated(void **state)
{
	struct image i;
	size_t len, whole;
	uint32_t version;

	(void)state;
	for (version = 2; version <= 3; version++) {
		make(&i, version);
		extend(&i, FORMAT, "qcow2", 5);
		extend(&i, DATA, "data", 4);
		extend(&i, 0, "", 0);
		name(&i, "/var/lib/nova/instances/_base/precise");
		whole = i.len;
		for (len = 0; len <= whole; len++)
			assert_int_equal(parse_copy(i.b, len), len < 4 ? 0
							       : len < whole
								   ? -1
								   : 1);
	}
}

static void
test_random(void **state)
{
	size_t n, k, count[3] = { 0, 0, 0 };
	struct image i;

	(void)state;
	srandom(chance_start());
	for (n = 0; n < 200000; n++) {
		make(&i, n % 2 == 0 ? 2 : 3);
		extend(&i, FORMAT, "raw", 3);
		extend(&i, DATA, "data", 4);
		extend(&i, 0, "", 0);
		name(&i, "base");
		for (k = (size_t)random() % 6; k > 0; k--)
			i.b[4 + (size_t)random() % 160] =
			    (unsigned char)(random() % 4 == 0 ? random() % 256
							      : random() % 4);
		count[parse_copy(i.b, (size_t)random() % 400 + 4) + 1]++;
	}
	/* Both happened. */
	assert_true(count[0] > 1000 && count[2] > 1000);
	assert_int_equal(count[1], 0);
}

/* qemu-img create -f qcow2 -o OPTION [-b BACKING -F qcow2] DIR/NAME 1M: its
 * exit code. */
static int
qemu_img(const struct tree *t, const char *option, const char *backing,
    const char *file)
{
	char path[700];
	const char *args[] = { "qemu-img", "create", "-q", "-f", "qcow2", "-o",
		option, path, backing != NULL ? "-b" : "1M", backing, "-F",
		"qcow2", NULL };
	char *argv[13];
	pid_t pid;
	int status;

	(void)snprintf(path, sizeof(path), "%s/%s", t->dir, file);
	memcpy(argv, args, sizeof(argv));
	if (posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ) != 0)
		return -1;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
real(const struct tree *t, const char *file, const char *backing,
    const char *format)
{
	static unsigned char bytes[1 << 21];
	char path[700];
	struct qcow2 q;
	const char *why = "";
	size_t n, wants;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", t->dir, file);
	assert_non_null(f = fopen(path, "re"));
	n = fread(bytes, 1, QCOW2_FIRST, f);
	wants = qcow2_wants(bytes, n);
	assert_true(wants > 0);
	if (wants > n)
		n += fread(bytes + n, 1, wants - n, f);
	(void)fclose(f);
	if (qcow2_parse(bytes, n, &q, &why) != 1)
		fail_msg("%s: %s", file, why);
	assert_int_equal(q.size, 1 << 20);
	if (backing == NULL) {
		assert_null(q.backing);
	} else {
		assert_string_equal(q.backing, backing);
		assert_string_equal(q.backing_format, format);
	}
	qcow2_free(&q);
}

static void
test_real(void **state)
{
	static const char *const options[] = { "compat=0.10", "compat=1.1",
		"cluster_size=512", "cluster_size=2M",
		"compat=1.1,lazy_refcounts=on", "extended_l2=on" };
	char base[600], longer[1100];
	struct tree t;
	size_t i, len;

	(void)state;
	tree_make(&t);
	if (qemu_img(&t, "compat=1.1", NULL, "base") != 0) {
		tree_remove(&t);
		skip();
	}
	real(&t, "base", NULL, NULL);
	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		(void)snprintf(base, sizeof(base), "over%zu", i);
		assert_int_equal(qemu_img(&t, options[i], "base", base), 0);
		real(&t, base, "base", "qcow2");
	}
	/* A name as long as QEMU takes one. */
	len = (size_t)snprintf(longer, sizeof(longer), "%s", t.dir);
	while (len < 1016)
		len +=
		    (size_t)snprintf(longer + len, sizeof(longer) - len, "/.");
	(void)snprintf(longer + len, sizeof(longer) - len, "/base");
	assert_int_equal(qemu_img(&t, "compat=1.1", longer, "far"), 0);
	real(&t, "far", longer, "qcow2");
	tree_remove(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_no_image),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_real),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
