#ifndef TESTS_UNIT_NOBODY_H
#define TESTS_UNIT_NOBODY_H

/* Include behind cmocka.h: for a test that root runs, do it as a user without
 * rights, as far as the kernel goes. */

#include <grp.h>
#include <unistd.h>

/* Who that is, and the one other group. */
#define NOBODY       65534
#define NOBODYS_CLUB 4242

static inline int
as_nobody(int (*look)(void *), void *cookie)
{
	const gid_t groups[] = { NOBODYS_CLUB };
	gid_t were[64];
	int rc, n = getgroups(64, were);

	assert_true(n >= 0);
	assert_int_equal(setgroups(1, groups), 0);
	assert_int_equal(setegid(NOBODY), 0);
	assert_int_equal(seteuid(NOBODY), 0);
	rc = look(cookie);
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(setegid(0), 0);
	assert_int_equal(setgroups((size_t)n, were), 0);
	return rc;
}

#endif
