#include "restore/files/files_hold.h"

#include <string.h>

#include "archive/node/fileset_outside.h"
#include "restore/files/files.h"
#include "restore/plan/there.h"

/* Of what the sweep of a snapshot found, or would have found here. */
static const struct fileset_hold outside = { FILESET_OUTSIDE, "outside",
	"outside the catalogue", 0 };

static int
is_outside(const struct restore *r, const char *item)
{
	const struct item *known = manifest_find(r->manifest, item);

	return known != NULL && known->file != NULL &&
	       known->file->set != NULL &&
	       strcmp(known->file->set, FILESET_OUTSIDE) == 0;
}

const struct fileset_hold *
files_hold(const struct restore *r, const char *item)
{
	const struct fileset_hold *hold = fileset_held(files_path(item));

	if (hold == NULL && is_outside(r, item))
		hold = &outside;
	if (hold == NULL || hold->always || !restore_also(r, item, NULL))
		return hold;
	return NULL;
}

/* What is here now: its places that the map would change. */
static int
tell_places(struct restore *r, const struct item *item,
    const struct root_file *f, const struct buf *captured)
{
	struct held_cookie held = { r, ITEM_FILE, item->name, item->name };
	enum place_format format = item->file->format;
	struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;
	int rc = 1;

	if (f->meta.type == FILE_SYMLINK) {
		format = PLACE_VALUE;
		rc = buf_adds(&bytes, f->meta.target) ? -1 : 1;
	} else if (f->meta.type == FILE_REGULAR) {
		rc = there(r)->read(
		    r, item, files_path(item->name), captured, &bytes);
	}
	if (rc == 1)
		rc = files_map(r, item->name, format,
		    bytes.len > 0 ? bytes.data : "", bytes.len, &out,
		    restore_held, &held);
	else if (rc == THERE_OTHER)
		rc = plan_say(r->plan, PLAN_NOTE, ITEM_FILE, item->name, NULL,
		    "on-the-night",
		    "differs there (contents are not in a description)");
	buf_wipe(&bytes);
	buf_wipe(&out);
	return rc;
}

int
files_hold_tell(struct restore *r, const struct fileset_hold *hold,
    const struct item *item, const struct buf *captured)
{
	struct root_file f;
	int rc;

	rc = there(r)->stat(r, files_path(item->name), &f);
	if (rc == 0 && item->file->type != FILE_DIRECTORY)
		return plan_say(r->plan, PLAN_HELD, ITEM_FILE, item->name, NULL,
		    hold->name, "%s: it is not made here", hold->why);
	if (rc != 1)
		return rc;
	rc = f.is_other ? 0 : tell_places(r, item, &f, captured);
	root_file_free(&f);
	return rc;
}
