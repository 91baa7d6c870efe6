#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "archive/aside.h"
#include "archive/bundle/outer.h"
#include "archive/limits.h"
#include "archive/look/pile.h"
#include "failing.h"
#include "look.h"

/* What is laid aside, in memory and on a disk: the same bytes, or a failure. */
static int
lay(struct aside *a, const char *bytes, size_t len)
{
	static char back[100000];
	uint64_t off;
	ssize_t n;

	for (off = 0; off <= LIMIT_ASIDE_MEMORY; off += len)
		if (aside_add(a, bytes, len) == -1)
			return -1;
	if ((n = aside_read(a, back, len, aside_size(a) - len)) == -1)
		return -1;
	if ((size_t)n != len || memcmp(back, bytes, len) != 0)
		failing_wrong("other bytes");
	return 0;
}

static int
lay_aside(void *cookie)
{
	static char bytes[100000];
	struct aside *a;
	int rc = -1;

	(void)cookie;
	memset(bytes, 'x', sizeof(bytes));
	failing_on();
	if ((a = aside_new("a test")) != NULL)
		rc = lay(a, bytes, sizeof(bytes));
	failing_off();
	aside_free(a);
	return rc;
}

static void
test_aside(void **state)
{

	(void)state;
	failing_run("aside", lay_aside, NULL);
}

/* Records of a pile that have no room in memory: all of them, sorted, or a
 * failure.  The last one is longer than what is laid aside at once. */
static int
add_records(struct pile *p, const char *body)
{
	static const char keys[] = "cabbed";
	struct pile_record r;
	size_t i;

	for (i = 0; keys[i] != '\0'; i++) {
		r = (struct pile_record){ keys + i, 1, body,
			keys[i + 1] == '\0' ? 20000 : 100 };
		if (pile_add(p, &r) == -1)
			return -1;
	}
	return 0;
}

static int
read_records(struct pile *p, const char *body)
{
	static const char sorted[] = "abbcde";
	struct pile_record r;
	size_t i;
	int rc;

	if (pile_start(p) == -1)
		return -1;
	for (i = 0; (rc = pile_next(p, &r)) == 1; i++)
		if (sorted[i] == '\0' || r.klen != 1 || r.key[0] != sorted[i] ||
		    r.blen != (sorted[i] == 'd' ? 20000 : 100) ||
		    memcmp(r.body, body, r.blen) != 0)
			failing_wrong("another record");
	if (rc == 0 && sorted[i] != '\0')
		failing_wrong("too few records");
	return rc;
}

static int
pile_up(void *cookie)
{
	static char body[20000];
	struct pile *p;
	int rc = -1;

	(void)cookie;
	memset(body, 'x', sizeof(body));
	failing_on();
	if ((p = pile_new("a test", 150)) != NULL &&
	    add_records(p, body) == 0 && read_records(p, body) == 0)
		rc = read_records(p, body);
	failing_off();
	if (rc == 0 && pile_runs(p) < 3)
		failing_wrong("too few runs");
	pile_free(p);
	return rc;
}

static void
test_pile(void **state)
{

	(void)state;
	failing_visits(8);
	failing_run("pile", pile_up, NULL);
}

/* A bundle by standard input, through a pipe that holds all of it. */
static int
read_stream(void *cookie)
{
	const struct buf *good = cookie;
	struct outer_member m[OUTER_ALL];
	struct stored s = STORED_EMPTY;
	int fds[2], saved, rc = -1;
	char first[10];

	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	assert_true(fcntl(fds[1], F_SETPIPE_SZ, 1 << 20) >= (int)good->len);
	assert_int_equal(write(fds[1], good->data, good->len), good->len);
	close(fds[1]);
	assert_true((saved = dup(STDIN_FILENO)) != -1);
	assert_int_equal(dup2(fds[0], STDIN_FILENO), STDIN_FILENO);
	close(fds[0]);
	failing_on();
	if (stored_open(STORED_STREAM, &s) == OUTCOME_DONE &&
	    outer_scan(&s, m) == OUTCOME_DONE &&
	    stored_read(&s, first, sizeof(first), m[OUTER_SUMS].off) ==
		OUTCOME_DONE)
		rc = 0;
	failing_off();
	stored_close(&s);
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(saved);
	if (rc == 0 && memcmp(first, "# novark-b", sizeof(first)) != 0)
		failing_wrong("other bytes");
	return rc;
}

static void
test_stream(void **state)
{
	struct buf good = BUF_EMPTY;

	(void)state;
	file_read("good", &good);
	failing_visits(4);
	failing_run("stream", read_stream, &good);
	buf_free(&good);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_aside, failing_loud),
		cmocka_unit_test_teardown(test_pile, failing_loud),
		cmocka_unit_test_teardown(test_stream, failing_loud),
	};

	return cmocka_run_group_tests(tests, look_setup, folder_teardown);
}
