#ifndef TESTS_UNIT_PLACE_LIST_H
#define TESTS_UNIT_PLACE_LIST_H

#include "archive/address/place.h"
#include "archive/buf.h"

/* The places of some bytes, as text to compare. */

/* Each place as "label|role|bytes", one a line. */
static inline int
list_place(void *cookie, const struct place *p)
{
	static const char roles[] = "pcsmbht";

	return buf_addf(cookie, "%s|%c|%.*s\n", p->label, roles[p->role],
	    (int)p->len, p->bytes);
}

struct walk_case {
	enum place_format format;
	const char *bytes, *places;
};

static inline void
check_cases(const struct walk_case *c, size_t n)
{
	struct buf b = BUF_EMPTY;
	size_t i;

	for (i = 0; i < n; i++) {
		buf_clear(&b);
		assert_int_equal(place_walk(c[i].format, c[i].bytes,
				     strlen(c[i].bytes), list_place, &b),
		    0);
		assert_string_equal(b.data != NULL ? b.data : "", c[i].places);
	}
	buf_free(&b);
}

#define CHECK(cases) check_cases(cases, sizeof(cases) / sizeof((cases)[0]))

#endif
