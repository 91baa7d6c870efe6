#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/allow/code_file.h"
#include "restore/files/files.h"
#include "restore/files/files_hold.h"
#include "restore/files/files_way.h"
#include "restore/files/plan_names.h"
#include "restore/plan/there.h"
#include "restore/preflight/finding.h"
#include "restore/shares/shares.h"

/* What is on both sides of one item. */
struct sides {
	struct buf captured, current;
	struct names names;    /* where it stands, and where it belongs */
	int there;             /* 0: nothing stands here */
	struct root_file file; /* what stands here */
};

/* Text for people of who owns it: "nova:nova", or numbers. */
static int
owner_text(const struct item_file *f, struct buf *out)
{

	if (f->user != NULL && f->group != NULL)
		return buf_addf(out, "%s:%s", f->user, f->group);
	return buf_addf(
	    out, "%lu:%lu", (unsigned long)f->uid, (unsigned long)f->gid);
}

/* Append a cell of text; NULL before: it is made. */
static void
text_cell(struct plan_record *rec, struct plan_cell *cells, const char *name,
    const struct buf *before, const struct buf *after)
{
	struct plan_cell *c = &cells[rec->ncells++];

	*c = (struct plan_cell){ .name = name };
	if (before != NULL) {
		c->before = before->data;
		c->before_len = before->len;
	}
	c->after = after->data;
	c->after_len = after->len;
}

/* Add a change; ${main} (may be NULL) is its first cell. */
static int
add_change(struct restore *r, const struct item *item, const struct sides *s,
    const struct plan_cell *main)
{
	const struct item_file *old = &s->file.meta, *new = item->file;
	struct plan_record rec = { .kind = ITEM_FILE };
	struct plan_cell cells[3] = { { .name = NULL } };
	struct item_file will = s->there ? *old : *new;
	struct buf mode = BUF_EMPTY, owner = BUF_EMPTY, was = BUF_EMPTY;
	struct buf target = BUF_EMPTY;
	int rc = -1;

	if (s->there)
		will.mode = files_mode(new, old);
	will.format = new->format;
	will.set = new->set;
	rec.type = s->there ? PLAN_CHANGE : PLAN_CREATE;
	rec.item = s->names.item.data;
	rec.source = item->name;
	rec.cells = cells;
	rec.was = s->there ? old : NULL;
	rec.will = &will;
	if (main != NULL)
		cells[rec.ncells++] = *main;
	if (will.type == FILE_SYMLINK && main != NULL) {
		if (buf_add(&target, main->after, main->after_len))
			goto done;
		will.target = target.data;
	}
	if (buf_addf(&mode, "%04o", (unsigned int)will.mode) ||
	    buf_addf(&was, "%04o", (unsigned int)old->mode) ||
	    owner_text(new, &owner))
		goto done;
	if (new->type != FILE_SYMLINK && (!s->there || will.mode != old->mode))
		text_cell(&rec, cells, "mode", s->there ? &was : NULL, &mode);
	if (!s->there)
		text_cell(&rec, cells, "owner", NULL, &owner);
	rc = plan_add(r->plan, &rec);
done:
	buf_free(&target);
	buf_free(&mode);
	buf_free(&owner);
	buf_free(&was);
	return rc;
}

/* The file stays open to more than the captured one was: worth a line. */
static int
note_wide(struct restore *r, const struct item *item, uint32_t mode)
{

	if (item->file->type != FILE_REGULAR ||
	    (mode & 077u & ~item->file->mode) == 0)
		return 0;
	return plan_say(r->plan, PLAN_NOTE, ITEM_FILE, item->name, NULL, "mode",
	    "its mode here, %04o, is wider than it was, %04o: it stays",
	    (unsigned int)mode, (unsigned int)item->file->mode);
}

/* A change makes a new file under this name; others that the old one has, in
 * the root or out of it, keep the old one. */
static int
note_names(struct restore *r, const struct item *item, const struct sides *s)
{

	if (s->file.meta.type != FILE_REGULAR || s->file.links < 2)
		return 0;
	return plan_say(r->plan, PLAN_NOTE, ITEM_FILE, item->name, NULL,
	    "hard-link",
	    "it has another name here (hard link), which keeps what it has: "
	    "only this one is changed");
}

/* What the operator must know before a change. */
static int
add_concerns(struct restore *r, const struct item *item, const struct sides *s)
{
	const struct item_file *old = &s->file.meta, *new = item->file;
	const char *path = s->names.now.data, *why;

	if (s->there && (note_wide(r, item, files_mode(new, old)) ||
			    note_names(r, item, s)))
		return -1;
	if (code_file(r, item, path))
		return -1;
	if (r->reading ||
	    there(r)->may_write(r, path, s->there ? old : new, &why))
		return 0;
	return finding_add(r, ITEM_FILE, item->name, NULL, "file-permission",
	    "it cannot be written: %s (--not '%s' leaves it out)", why,
	    item->name);
}

static int
add_drift(
    struct restore *r, const struct item *item, const struct decide_output *out)
{
	struct plan_record rec = { .type = PLAN_DRIFT, .kind = ITEM_FILE };

	rec.item = rec.source = item->name;
	rec.place = out->where;
	rec.text = out->why;
	return plan_add(r->plan, &rec);
}

/* Turn what was decided into a record. */
static int
add_decision(struct restore *r, const struct item *item, const struct sides *s,
    enum decision what, const struct decide_output *out)
{
	struct plan_cell cell = { .name = "content" };
	int rc;

	if (item->file->type == FILE_SYMLINK)
		cell.name = "target";
	if (what == DECIDE_DRIFT)
		return add_drift(r, item, out);
	if (out->drifted) {
		rc = plan_say(r->plan, PLAN_NOTE, ITEM_FILE, item->name,
		    out->where, "drift", "%s; --on-drift decides: %s",
		    out->why == NULL ? "drifted" : out->why,
		    what == DECIDE_SAME ? "it stays" : "it is changed");
		if (rc)
			return rc;
	}
	if (what == DECIDE_SAME)
		return note_wide(r, item, s->file.meta.mode);
	if (s->there) {
		cell.before = s->current.len > 0 ? s->current.data : "";
		cell.before_len = s->current.len;
	}
	cell.after = out->after.len > 0 ? out->after.data : "";
	cell.after_len = out->after.len;
	cell.secret = item->file->type == FILE_REGULAR &&
		      item->file->format == PLACE_OPAQUE;
	if (add_concerns(r, item, s))
		return -1;
	return add_change(r, item, s, &cell);
}

/* Compare a file or link. */
static int
compare(struct restore *r, const struct item *item, const struct sides *s)
{
	struct held_cookie held = { r, ITEM_FILE, item->name, item->name };
	struct decide_output out = { .where = NULL };
	struct rewrite_options opt;
	struct decide_input in = { .rewrite = &opt };
	enum decision what;
	int rc = -1, fits;

	files_options(&held, 1, &opt);
	in.format =
	    item->file->type == FILE_SYMLINK ? PLACE_VALUE : item->file->format;
	in.captured = s->captured.len > 0 ? s->captured.data : "";
	in.captured_len = s->captured.len;
	if (s->there) {
		in.current = s->current.len > 0 ? s->current.data : "";
		in.current_len = s->current.len;
		/* What is here now may be broken: lines can be compared. */
		fits = place_fits(in.format, in.current, in.current_len);
		if (fits == -1)
			return -1;
		if (!fits)
			in.format = PLACE_TEXT;
	}
	in.policy = r->opt->on_drift;
	if ((what = decide(&in, &out, restore_held, &held)) != DECIDE_FAILED)
		rc = add_decision(r, item, s, what, &out);
	decide_free(&out);
	return rc;
}

/* Does the map touch what was captured?  1, 0, -1 said. */
static int
is_touched(struct restore *r, const struct item *item, const struct buf *bytes)
{
	const char *data = bytes->len > 0 ? bytes->data : "";
	struct buf wanted = BUF_EMPTY;
	int rc = -1;

	if (files_map(r, item->name, item->file->format, data, bytes->len,
		&wanted, NULL, NULL) == 0)
		rc = wanted.len != bytes->len ||
		     (wanted.len > 0 &&
			 memcmp(wanted.data, data, wanted.len) != 0);
	buf_wipe(&wanted);
	return rc;
}

/* A description tells that it differs, not in what: 0, or -1 said. */
static int
told_other(struct restore *r, const struct item *item, const struct sides *s)
{
	static const char differs[] =
	    "differs there (contents are not in a description)";
	int touched;

	if ((touched = is_touched(r, item, &s->captured)) == -1)
		return -1;
	if (!touched)
		return plan_say(r->plan, PLAN_NOTE, ITEM_FILE, item->name, NULL,
		    "on-the-night",
		    "%s; the map changes nothing in the captured one", differs);
	if (r->opt->on_drift == ON_DRIFT_STOP)
		return plan_say(r->plan, PLAN_DRIFT, ITEM_FILE, item->name,
		    NULL, NULL, "%s", differs);
	return plan_say(r->plan, PLAN_NOTE, ITEM_FILE, item->name, NULL,
	    "on-the-night", "%s; --on-drift decides on the night", differs);
}

/* What stands here now: 1 with ${s} filled, 0 when it is of another type
 * (told), -1 said. */
static int
load_current(struct restore *r, const struct item *item, struct sides *s)
{
	const char *path = s->names.now.data;
	struct root_file *f = &s->file;

	if ((s->there = there(r)->stat(r, path, f)) <= 0)
		return s->there < 0 ? -1 : 1;
	if (f->is_other || f->meta.type != item->file->type)
		return files_finding(r, item, "file-type", "what stands here",
		    " is of another type (file, folder, link) than in the "
		    "bundle: move it away");
	if (f->meta.type == FILE_SYMLINK)
		return buf_adds(&s->current, f->meta.target) ? -1 : 1;
	if (f->meta.type == FILE_DIRECTORY)
		return 1;
	s->there = there(r)->read(r, item, path, &s->captured, &s->current);
	if (s->there < 0) {
		warn_msg("--not '%s' leaves it out", item->name);
		return -1;
	}
	return s->there == THERE_OTHER ? told_other(r, item, s) : 1;
}

static int
plan_folder(struct restore *r, struct files_way *w, const struct item *item,
    const struct sides *s)
{

	if (s->there)
		return 0;
	if (files_way_made(w, s->names.now.data) || add_concerns(r, item, s))
		return -1;
	return add_change(r, item, s, NULL);
}

/* One item that is wanted. */
static enum outcome
plan_item(struct restore *r, struct files_way *w, struct bundle_part *part,
    const struct item *item)
{
	const struct fileset_hold *hold = files_hold(r, item->name);
	struct sides s = { .there = 0 };
	enum outcome rc = OUTCOME_FAILED;
	int fits = 1;

	if (item->file->type == FILE_REGULAR &&
	    bundle_part_load(part, &s.captured)) {
		rc = OUTCOME_REFUSED;
		goto done;
	}
	if (item->file->type == FILE_SYMLINK &&
	    buf_adds(&s.captured, item->file->target))
		goto done;
	if (hold != NULL) {
		if (files_hold_tell(r, hold, item, &s.captured) == 0)
			rc = OUTCOME_DONE;
		goto done;
	}
	if (names_find(r, item, &s.names))
		goto done;
	fits = plan_names_fit(r, item, &s.names);
	/* Only a write goes through the folders as they are. */
	if (fits == 1 && !r->reading)
		fits = files_way_fits(w, item, s.names.now.data);
	if (fits == 1)
		fits = load_current(r, item, &s);
	if (fits < 0)
		goto done;
	if (fits == 1 &&
	    plan_names_add(r, item, &s.names, s.there ? &s.file : NULL))
		goto done;
	if (fits == 1 &&
	    (item->file->type == FILE_DIRECTORY ? plan_folder(r, w, item, &s)
						: compare(r, item, &s)))
		goto done;
	rc = OUTCOME_DONE;
done:
	buf_wipe(&s.captured);
	buf_wipe(&s.current);
	names_free(&s.names);
	root_file_free(&s.file);
	return rc;
}

/* One pass: all items whose turn it is. */
static enum outcome
plan_pass(struct restore *r, int behind)
{
	struct files_way w = { .r = r };
	struct bundle_part *part;
	const struct item *item;
	enum outcome rc;
	int more = 1;

	rc = bundle_part_open(r->bundle, PART_FILES, &part);
	if (rc != OUTCOME_DONE)
		return rc;
	while (
	    rc == OUTCOME_DONE && (more = bundle_part_next(part, &item)) == 1)
		if (files_behind(item) == behind &&
		    restore_wants(r, item->name))
			rc = plan_item(r, &w, part, item);
	if (more < 0)
		rc = OUTCOME_REFUSED;
	bundle_part_close(part);
	files_way_free(&w);
	if (rc == OUTCOME_DONE && shares_plan(r))
		rc = OUTCOME_FAILED;
	return rc;
}

enum outcome
plan_files(struct restore *r)
{

	return plan_pass(r, 0);
}

enum outcome
plan_files_behind(struct restore *r)
{
	const struct manifest *m = r->manifest;
	size_t i;

	for (i = 0; i < m->nitems; i++)
		if (m->items[i]->kind == ITEM_FILE && files_behind(m->items[i]))
			return plan_pass(r, 1);
	return OUTCOME_DONE;
}
