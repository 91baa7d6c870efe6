#ifndef TESTS_SAID_H
#define TESTS_SAID_H

/* Include behind cmocka.h: what was said to the user since warn_forget. */

#include <string.h>

#include "archive/warn.h"

/* The last message, or "". */
static inline const char *
said_last(void)
{
	const char *const *said;
	size_t n;

	said = warn_said(&n);
	return n > 0 ? said[n - 1] : "";
}

/* Is that text in one of them? */
static inline int
said_any(const char *text)
{
	const char *const *said;
	size_t n;

	for (said = warn_said(&n); n > 0; n--)
		if (strstr(said[n - 1], text) != NULL)
			return 1;
	return 0;
}

/* One message, just one, with that text in it. */
static inline void
assert_said(const char *text)
{
	const char *const *said;
	size_t n;

	said = warn_said(&n);
	if (n != 1)
		fail_msg("%zu messages, not one, for: %s (%s, %s)", n, text,
		    n > 0 ? said[0] : "-", n > 1 ? said[1] : "-");
	if (strstr(said[0], text) == NULL)
		fail_msg("said: %s\n  not: %s", said[0], text);
}

/* The same, and the next is to come. */
static inline void
said_one(const char *text)
{

	assert_said(text);
	warn_forget();
}

static inline void
said_nothing(void)
{

	if (said_last()[0] != '\0')
		fail_msg("said: %s", said_last());
}

#endif
