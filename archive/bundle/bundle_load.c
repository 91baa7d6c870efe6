#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_private.h"
#include "archive/warn.h"

enum outcome
bundle_load(struct bundle *b, const char *name, struct buf *out)
{
	const struct item *want, *item;
	struct bundle_part *p;
	enum outcome rc;
	int n;

	if ((want = manifest_find(b->manifest, name)) == NULL) {
		warn_msg("%s holds no item %s", b->file, name);
		return OUTCOME_FAILED;
	}
	if (!manifest_carries(b->manifest, item_part(want->kind))) {
		warn_msg("%s is a description: it lists %s, without its "
			 "contents",
		    b->file, name);
		return OUTCOME_FAILED;
	}
	if ((rc = bundle_part_open(b, item_part(want->kind), &p)) !=
	    OUTCOME_DONE)
		return rc;
	rc = OUTCOME_FAILED;
	while ((n = bundle_part_next(p, &item)) == 1)
		if (item == want) {
			n = bundle_part_load(p, out);
			break;
		}
	if (n == 0)
		rc = OUTCOME_DONE;
	else if (bundle_outcome(b) != OUTCOME_DONE)
		rc = bundle_outcome(b);
	bundle_part_close(p);
	return rc;
}
