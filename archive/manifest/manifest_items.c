#include <string.h>

#include "archive/buf.h"
#include "archive/bundle/gate.h"
#include "archive/limits.h"
#include "archive/manifest/manifest_parsing.h"
#include "archive/manifest/manifest_private.h"
#include "archive/warn.h"

/* An item against those in front of it. */

static int
check_twin(const struct parsing *p, const struct item *item)
{
	const struct item *twin;

	if (!GATE(GATE_TWIN, manifest_find(p->m, item->name) == NULL)) {
		warn_msg(
		    "%s: refused: %s is listed twice", p->what, item->name);
		return -1;
	}
	if (manifest_twin(p->m, item, &twin) == -1)
		return -1;
	if (!GATE(GATE_TWIN, twin == NULL)) {
		manifest_twin_say(p->what, item, twin, "");
		return -1;
	}
	return 0;
}

int
manifest_parse_item(const struct parsing *p, json_t *json)
{
	struct item *item = item_parse(p->what, json);

	return item == NULL ? -1 : manifest_take_item(p, item);
}

int
manifest_take_item(const struct parsing *p, struct item *item)
{
	struct manifest *m = p->m;

	if (check_twin(p, item) == -1)
		goto err0;
	if (!GATE(GATE_ORDER,
		m->nitems == 0 || item_part(m->items[m->nitems - 1]->kind) <=
				      item_part(item->kind))) {
		warn_msg("%s: refused: %s stands behind items of a later part",
		    p->what, item->name);
		goto err0;
	}
	if (m->description == NULL && item->table != NULL &&
	    item->table->facts != NULL) {
		warn_msg("%s: refused: %s has facts, but this is no "
			 "description",
		    p->what, item->name);
		goto err0;
	}
	if (m->private->weight + item_weight(item) > LIMIT_MANIFEST_WEIGHT) {
		manifest_refuse(p, MANIFEST_TOO_HEAVY);
		goto err0;
	}
	if (manifest_add(m, item) == -1)
		goto err0;
	return 0;

err0:
	item_free(item);
	return -1;
}

/* Is each part of the way to the item, as far as it is listed, a folder? */
static int
check_way(const struct parsing *p, const struct item *item, struct buf *way)
{
	const struct item *over;
	char *slash;

	for (slash = way->data + strlen("file:/");
	     (slash = strchr(slash, '/')) != NULL; *slash++ = '/') {
		*slash = '\0';
		over = manifest_find(p->m, way->data);
		if (!GATE(GATE_WAY,
			over == NULL || over->file->type == FILE_DIRECTORY)) {
			warn_msg("%s: refused: %s: it stands below %s, which "
				 "is no folder",
			    p->what, item->name, over->name);
			return -1;
		}
	}
	return 0;
}

int
manifest_check_ways(const struct parsing *p)
{
	struct buf way = BUF_EMPTY;
	const struct item *item;
	size_t i, len = 0;
	int rc = 0;

	for (i = 0; i < p->m->nitems && rc == 0; i++) {
		item = p->m->items[i];
		if (item->kind != ITEM_FILE)
			break;
		/* Those of one folder stand beside each other. */
		if (len > 0 && strncmp(way.data, item->name, len) == 0 &&
		    strchr(item->name + len, '/') == NULL)
			continue;
		len = (size_t)(strrchr(item->name, '/') + 1 - item->name);
		buf_clear(&way);
		if ((rc = buf_adds(&way, item->name)) == 0)
			rc = check_way(p, item, &way);
	}
	buf_free(&way);
	return rc;
}
