#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_private.h"
#include "archive/node/path.h"
#include "archive/warn.h"

/* An item whose name is folded to another text. */
struct twin {
	char *key;
	const struct item *item;
};

static int
by_key(const void *a, const void *b)
{
	const struct twin *x = a, *y = b;

	return strcmp(x->key, y->key);
}

/**
 * The name under which twins meet.  Files of Linux may differ in case alone,
 * and some below etc do; but two that only the code points of one character
 * tell apart are never meant.  Of all else, what looks alike is one too many:
 * MySQL takes two such tables for one wherever its files lie on a disk that
 * does, and a person takes two such domains for one.
 */
static enum path_fold
how(const struct item *item)
{

	return item->kind == ITEM_FILE ? PATH_FOLD_SAME : PATH_FOLD_LIKE;
}

/* The one whose folded name is that text, or NULL. */
static const struct item *
find_twin(const struct manifest *m, const struct item *item, char *text)
{
	struct twin key = { text, item }, **node;
	const struct item *twin = manifest_find(m, text);

	if ((twin == NULL || twin == item) && m->private->twins != NULL &&
	    (node = tfind(&key, &m->private->twins, by_key)) != NULL)
		twin = (*node)->item;
	return twin == item ? NULL : twin;
}

int
manifest_twin(
    const struct manifest *m, const struct item *item, const struct item **twin)
{
	char *key;

	*twin = NULL;
	if (path_folded(item->name, how(item))) {
		*twin = find_twin(m, item, item->name);
		return 0;
	}
	if ((key = path_fold(item->name, how(item))) == NULL)
		return -1;
	*twin = find_twin(m, item, key);
	free(key);
	return 0;
}

void
manifest_twin_say(const char *what, const struct item *item,
    const struct item *twin, const char *hint)
{
	char *a = path_bytes(item->name), *b = path_bytes(twin->name);

	if (a != NULL && b != NULL)
		warn_msg("%s: refused: %s: its name is a twin of %s%s", what, a,
		    b, hint);
	free(a);
	free(b);
}

int
manifest_twin_add(struct manifest *m, const struct item *item)
{
	struct twin *t;
	void *node;

	if (path_folded(item->name, how(item)))
		return 0;
	if ((t = malloc(sizeof(*t))) == NULL)
		goto err0;
	t->item = item;
	if ((t->key = path_fold(item->name, how(item))) == NULL)
		goto err1;
	if (strcmp(t->key, item->name) == 0) {
		free(t->key);
		free(t);
		return 0;
	}
	if ((node = tsearch(t, &m->private->twins, by_key)) == NULL)
		goto err2;
	if (*(struct twin **)node != t) {
		free(t->key);
		free(t);
	}
	return 0;

err2:
	free(t->key);
err1:
	free(t);
err0:
	warn_msg("out of memory");
	return -1;
}

static void
forget(void *node)
{
	struct twin *t = node;

	free(t->key);
	free(t);
}

void
manifest_twin_free(struct manifest *m)
{

	tdestroy(m->private->twins, forget);
}
