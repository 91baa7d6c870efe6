#include "restore/plan/pick.h"

#include <stdio.h>
#include <stdlib.h>

#include "archive/node/path.h"
#include "archive/warn.h"

static int
any_fits(const char *const *globs, const char *name)
{

	for (; globs != NULL && *globs != NULL; globs++) {
		if (path_glob(*globs, name))
			return 1;
	}
	return 0;
}

int
restore_wants(const struct restore *r, const char *item)
{

	if (r->opt->only != NULL && r->opt->only[0] != NULL &&
	    !any_fits(r->opt->only, item))
		return 0;
	return !any_fits(r->opt->except, item);
}

int
restore_also(const struct restore *r, const char *item, const char *label)
{
	char *both;
	int rc;

	if (r->opt->also == NULL || any_fits(r->opt->also, item))
		return r->opt->also != NULL;
	if (label == NULL || asprintf(&both, "%s %s", item, label) == -1)
		return 0;
	rc = any_fits(r->opt->also, both);
	free(both);
	return rc;
}

int
pick_check(const struct restore *r)
{
	const char *const *glob;
	size_t i;
	int rc = 0;

	for (glob = r->opt->only; glob != NULL && *glob != NULL; glob++) {
		for (i = 0; i < r->manifest->nitems; i++) {
			if (path_glob(*glob, r->manifest->items[i]->name))
				break;
		}
		if (i == r->manifest->nitems) {
			warn_msg(
			    "--only %s: the bundle has no such item (novark "
			    "audit --list shows their names)",
			    *glob);
			rc = -1;
		}
	}
	return rc;
}

int
pick_has(const struct restore *r, enum item_part part)
{
	size_t i;

	for (i = 0; i < r->manifest->nitems; i++) {
		if (item_part(r->manifest->items[i]->kind) == part &&
		    restore_wants(r, r->manifest->items[i]->name))
			return 1;
	}
	return 0;
}
