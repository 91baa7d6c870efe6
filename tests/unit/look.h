#ifndef TESTS_LOOK_H
#define TESTS_LOOK_H

/* Include behind cmocka.h: open a bundle and check all of it, as audit does. */

#include "sample.h"

/* With those keys, or shut; quietly: the first outcome that is not DONE. */
static inline enum outcome
look_with(const char *file, const struct bundle_keys *keys, int shut)
{
	struct bundle *b = NULL;
	enum outcome rc;
	int saved = hush();

	rc = shut ? bundle_open_shut(file, keys, &b)
		  : bundle_open(file, keys, &b);
	if (rc == OUTCOME_DONE) {
		rc = bundle_check(b);
		bundle_close(b);
	} else {
		assert_null(b);
	}
	unhush(saved);
	return rc;
}

/* Open it, quietly. */
static inline enum outcome
look_open(const char *file, const struct bundle_keys *with, struct bundle **b)
{
	int saved = hush();
	enum outcome rc = bundle_open(file, with, b);

	unhush(saved);
	return rc;
}

/* ${trust} NULL: whoever signed it. */
static inline enum outcome
look(const char *file, const char *trust)
{
	const struct bundle_keys keys = {
		.trust = trust, .root = ".", .look = trust == NULL
	};

	return look_with(file, &keys, 0);
}

/* Refused under k.pub, and one message with that text. */
static inline void
look_refused(const char *file, const char *text)
{
	enum outcome rc = look(file, "k.pub");

	if (rc != OUTCOME_REFUSED)
		fail_msg("%d, not refused: %s", rc, text);
	assert_said(text);
	assert_said(file);
}

/* Group setup: the key k, another, and the bundle "good" without the big
 * table. */
static inline int
look_setup(void **state)
{

	if (sample_setup(state) == -1 || keys_make("other") == -1)
		return -1;
	sample_bundle("good", "k.key", 0);
	return 0;
}

#endif
