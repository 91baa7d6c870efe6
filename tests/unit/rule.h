#ifndef TESTS_RULE_H
#define TESTS_RULE_H

/* Include behind cmocka.h: the rules of a manifest. */

#include "archive/manifest/manifest.h"
#include "edit.h"
#include "folder.h"

/* A good document with the first ${from} made ${to}, and what is said then;
 * NULL: it is still taken. */
struct rule {
	const char *from, *to, *text;
};

static inline void
rule_holds(const struct buf *good, const struct rule *r)
{
	struct buf bad = BUF_EMPTY;
	struct manifest *m;
	int saved;

	edit_copy(good, r->from, r->to, &bad);
	saved = hush();
	m = manifest_parse("FILE", bad.data, bad.len);
	unhush(saved);
	if ((m == NULL) != (r->text != NULL))
		fail_msg("%s -> %s: %s", r->from, r->to,
		    m == NULL ? "refused" : "taken");
	if (m == NULL) {
		assert_said(r->text);
		assert_said("FILE: refused: ");
	}
	manifest_free(m);
	buf_free(&bad);
}

#endif
