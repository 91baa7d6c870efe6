#ifndef TESTS_REWRITE_BOTH_H
#define TESTS_REWRITE_BOTH_H

/**
 * rewrite_both: with a rule for machine types every place is made out; without
 * one only those in which something matches.  Both must say and do the same.
 */

#include "restore/map/rewrite.h"

#define BOTH_SOME                                                              \
	"10.2.116.14 = 10.2.15.3\n10.9.0.0/16 = 10.8.0.0/16\n"                 \
	"2001:db8:1::/64 = 2001:db8:2::/64\nname ctl.old = ctl.new\n"          \
	"path /old/dir = /new/dir\n"
#define BOTH_ALL BOTH_SOME "machine zz-1 = zz-2\n"

/* "label: before > after (held) replaced/held" for each place. */
static inline int
both_place(void *cookie, const struct rewrite_place *p)
{

	return buf_addf(cookie, "%s: %.*s > %.*s (%s) %zu/%zu\n", p->label,
	    (int)p->before_len, p->before, (int)p->after_len, p->after,
	    p->held != NULL ? p->held : "-", p->matches, p->nheld);
}

static inline void
both_check(const struct buf *a, const struct buf *b)
{

	assert_int_equal(a->len, b->len);
	assert_true(a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* The bytes through both maps. */
static inline void
both_are_the_same(struct addrmap *some, struct addrmap *all,
    enum place_format format, const char *bytes, size_t len)
{
	struct rewrite_options opt = { .count = 1, .role = PLACE_PLAIN };
	struct buf out[2] = { BUF_EMPTY, BUF_EMPTY },
		   list[2] = { BUF_EMPTY, BUF_EMPTY };
	int k;

	for (k = 0; k < 2; k++) {
		opt.map = k == 0 ? some : all;
		assert_int_equal(rewrite(&opt, format, bytes, len, &out[k],
				     both_place, &list[k]),
		    0);
		/* Whatever a rewrite does, or tells, was to be expected. */
		if (out[k].len != len ||
		    (len > 0 && memcmp(out[k].data, bytes, len) != 0))
			assert_int_equal(
			    rewrite_may(opt.map, format, bytes, len), 1);
		if (list[k].len > 0)
			assert_true(rewrite_may(opt.map, format, bytes, len) ||
				    rewrite_may_tell(format, bytes, len));
	}
	both_check(&out[0], &out[1]);
	both_check(&list[0], &list[1]);
	for (k = 0; k < 2; k++) {
		buf_free(&out[k]);
		buf_free(&list[k]);
	}
}

#endif
