#include "archive/limits.h"
#include "archive/look/join.h"
#include "cmd/audit.h"

/* Joining may hold a row of LIMIT_ITEM, checking holds none: beside a large
 * manifest that would be too much memory for what is refused in the end. */
#define ROW_MOST (1u << 20)

static int
is_small(const struct bundle *b)
{

	return bundle_manifest_size(b) <= LIMIT_MANIFEST / 2 &&
	       bundle_manifest(b)->nindex <= 50000;
}

/* The part of rows, checked as it is joined; where a row is too long for both
 * at once, one behind the other. */
static enum outcome
check_rows(struct audit *a)
{
	enum outcome outcome;

	if ((a->join = join_new()) == NULL)
		return OUTCOME_FAILED;
	if (!is_small(a->bundle))
		join_limit(a->join, ROW_MOST);
	outcome = audit_join_add(a);
	if (outcome != OUTCOME_PARTIAL)
		return outcome;
	join_free(a->join);
	a->join = NULL;
	a->joined = 0;
	outcome = bundle_check_part(a->bundle, PART_DATABASE);
	return outcome == OUTCOME_DONE ? audit_join_add(a) : outcome;
}

/* Every digest.  Of a single bundle the rows are joined as they are checked: a
 * join that was not checked to its end is of no use, and there is no other. */
static enum outcome
check_and_join(struct audit *a)
{
	int alone = a->files[1] == NULL &&
		    bundle_manifest(a->bundle)->description == NULL;
	enum outcome outcome;

	if (!alone) {
		outcome = bundle_check(a->bundle);
		bundle_watch(a->bundle, NULL, NULL);
		return outcome == OUTCOME_DONE ? audit_join_add(a) : outcome;
	}
	outcome = bundle_check_part(a->bundle, PART_FILES);
	if (outcome == OUTCOME_DONE)
		outcome = bundle_check_part(a->bundle, PART_LIBVIRT);
	if (outcome == OUTCOME_DONE)
		outcome = check_rows(a);
	if (outcome != OUTCOME_DONE)
		a->joined = 0;
	return outcome;
}

/* bundle_tick */
static void
tick(void *cookie, uint64_t n)
{
	struct audit *a = cookie;

	a->checked += n;
	progress_bytes(a->p, a->checked, a->bytes, "checking every digest");
}

enum outcome
audit_check(struct audit *a)
{
	enum outcome outcome;

	a->checked = 0;
	a->bytes = bundle_bytes(a->bundle);
	bundle_watch(a->bundle, tick, a);
	outcome = bundle_is_shut(a->bundle) ? bundle_check(a->bundle)
					    : check_and_join(a);
	bundle_watch(a->bundle, NULL, NULL);
	return outcome;
}
