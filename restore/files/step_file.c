#include <string.h>

#include "archive/warn.h"
#include "restore/files/files.h"
#include "restore/files/names.h"
#include "restore/files/plan_names.h"
#include "restore/files/step_rename.h"

/* A file's step, and what stands there now. */
struct standing {
	struct restore *r;
	const struct plan_record *rec;
	const char *path;
	struct buf
	    old; /* where it stands while a folder above is not renamed */
	const struct plan_cell *bytes; /* content or target; NULL: a folder */
	int there;
	struct root_file file;
};

static const char other_bytes[] = "its content is another";

static int
is_bytes(const struct plan_cell *c)
{

	return strcmp(c->name, "content") == 0 ||
	       strcmp(c->name, "target") == 0;
}

/* The step's own parts: 0, or -1 when the record is none of a file (said). */
static int
standing_take(
    struct restore *r, const struct plan_record *rec, struct standing *s)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	s->r = r;
	s->rec = rec;
	for (i = 0; i < rec->ncells; i++)
		if (is_bytes(&rec->cells[i]))
			s->bytes = &rec->cells[i];
	if (rec->kind != ITEM_FILE || rec->will == NULL ||
	    (rec->type == PLAN_CHANGE) != (rec->was != NULL) ||
	    (rec->will->type == FILE_DIRECTORY) != (s->bytes == NULL) ||
	    (rec->was != NULL && rec->was->type != rec->will->type)) {
		warn_msg("%s: is no change of a file", rec->item);
		return -1;
	}
	s->path = files_path(rec->item);
	return 0;
}

static void
standing_free(struct standing *s)
{

	root_file_free(&s->file);
	buf_free(&s->old);
}

/* Has the file these bytes?  1; 0 with ${why}; -1 said. */
static int
same_bytes(struct standing *s, const char *bytes, size_t len, struct buf *why)
{
	struct buf now = BUF_EMPTY;
	int rc = 0;

	if (s->file.size == len)
		rc = root_read_nofollow(s->r->root, s->path, &now);
	if (rc == 1)
		rc = now.len == len &&
		     (len == 0 || memcmp(now.data, bytes, len) == 0);
	buf_wipe(&now);
	if (rc == 0 && buf_adds(why, other_bytes))
		rc = -1;
	return rc;
}

/* Is it as on one side of the record?  1; 0 with ${why}; -1 said. */
static int
is_side(struct standing *s, int after, struct buf *why)
{
	const struct item_file *meta = after ? s->rec->will : s->rec->was;
	int rc;

	if (meta == NULL && !s->there)
		return 1;
	if (meta == NULL || !s->there)
		return buf_adds(why, s->there ? "it is there" : "it is gone");
	if (!s->file.is_other && s->file.meta.type == FILE_REGULAR &&
	    meta->type == FILE_REGULAR) {
		rc = after ? same_bytes(
				 s, s->bytes->after, s->bytes->after_len, why)
			   : same_bytes(s, s->bytes->before,
				 s->bytes->before_len, why);
		if (rc != 1)
			return rc;
	}
	return root_same(s->r->root, s->path, meta, &s->file, why);
}

/* What stands there is on neither side: which difference tells more? */
static int
tell_other(struct standing *s, const struct buf *was, const struct buf *will,
    struct buf *why)
{

	if (s->path == s->old.data)
		return buf_addf(why, "%s: %s", s->path, was->data);
	if (s->rec->was == NULL && s->there)
		return buf_addf(
		    why, "something else stands there: %s", will->data);
	if (strcmp(will->data, other_bytes) == 0)
		will = was;
	return buf_adds(why, will->data);
}

/* What stands there; what is to be changed may stand under a name that another
 * change has yet to give to it, or has taken back.  0, or -1 said. */
static int
load(struct standing *s)
{
	struct root *root = s->r->root;
	int rc;

	if (root_clear_temp(root, s->path) ||
	    (s->there = root_stat(root, s->path, &s->file)) == -1)
		return -1;
	if (s->there || s->rec->was == NULL || s->rec->source == NULL ||
	    strcmp(s->rec->source, s->rec->item) == 0)
		return 0;
	rc = names_stands(root, s->rec->item, s->rec->source, &s->old);
	if (rc != 1)
		return rc;
	s->path = s->old.data;
	s->there = root_stat(root, s->path, &s->file);
	return s->there == -1 ? -1 : 0;
}

/* Look; ${s} is loaded, for standing_free. */
static enum step_state
look(struct standing *s, struct buf *why)
{
	struct buf was = BUF_EMPTY, will = BUF_EMPTY;
	enum step_state state = STEP_FAILED;
	int rc;

	if ((rc = root_parents(s->r->root, s->path, why)) != 1)
		return rc == 0 ? STEP_OTHER : STEP_FAILED;
	if (load(s))
		return STEP_FAILED;
	if ((rc = s->path == s->old.data ? 0 : is_side(s, 1, &will)) == 1)
		state = STEP_AFTER;
	else if (rc == 0 && (rc = is_side(s, 0, &was)) == 1)
		state = STEP_BEFORE;
	else if (rc == 0 && tell_other(s, &was, &will, why) == 0)
		state = STEP_OTHER;
	buf_free(&was);
	buf_free(&will);
	return state;
}

/* In front of the path in messages. */
static const char *
shown(const struct standing *s)
{
	const char *dir = root_dir(s->r->root);

	return strcmp(dir, "/") == 0 ? "" : dir;
}

/* Said: somebody else was here. */
static int
moved(const struct standing *s, const char *why)
{

	warn_msg(
	    "%s%s changed since the plan was made: %s", shown(s), s->path, why);
	return -1;
}

/* Act when it is on side ${from}: 0, or -1 said. */
static int
step(struct restore *r, const struct plan_record *rec, enum step_state from,
    int (*act)(struct standing *s))
{
	struct buf why = BUF_EMPTY;
	enum step_state state;
	struct standing s;
	int rc = -1;

	if (standing_take(r, rec, &s))
		return -1;
	state = look(&s, &why);
	if (state == from && s.path == s.old.data)
		warn_msg("%s%s is not renamed yet", shown(&s), s.path);
	else if (state == from)
		rc = act(&s);
	else if (state == STEP_BEFORE || state == STEP_AFTER)
		rc = 0;
	else if (state == STEP_OTHER)
		rc = moved(&s, why.data);
	if (rc == 1)
		rc = moved(&s, "something else stands there");
	standing_free(&s);
	buf_free(&why);
	return rc;
}

static int
make(struct standing *s)
{
	const struct plan_record *rec = s->rec;
	const char *bytes = NULL;
	size_t len = 0;

	if (rec->will->type == FILE_REGULAR) {
		bytes = s->bytes->after;
		len = s->bytes->after_len;
	}
	if (rec->was == NULL)
		return root_create(s->r->root, s->path, rec->will, bytes, len);
	return root_replace(
	    s->r->root, s->path, &s->file, rec->will, bytes, len, 0);
}

/* A folder that was made goes only when nothing is in it. */
static int
is_empty(struct standing *s)
{
	char **names;
	size_t n;
	int rc;

	if ((rc = root_list(s->r->root, s->path, &names, &n)) != 1)
		return rc == 0 ? 1 : -1;
	if (n > 0) {
		warn_msg(
		    "%s%s stays: it was made by the restore, and something "
		    "else is in it now: %s%s",
		    shown(s), s->path, names[0], n > 1 ? ", ..." : "");
		rc = -1;
	}
	root_names_free(names, n);
	return rc;
}

static int
unmake(struct standing *s)
{
	const struct plan_record *rec = s->rec;
	int regular = rec->will->type == FILE_REGULAR;

	if (rec->was != NULL)
		return root_replace(s->r->root, s->path, &s->file, rec->was,
		    regular ? s->bytes->before : NULL,
		    regular ? s->bytes->before_len : 0, 1);
	if (rec->will->type == FILE_DIRECTORY && is_empty(s) != 1)
		return -1;
	return root_remove(s->r->root, s->path, &s->file);
}

enum step_state
file_look(struct restore *r, const struct plan_record *rec, struct buf *why)
{
	enum step_state state;
	struct standing s;

	if (rename_is(rec))
		return rename_look(r, rec, why);
	if (standing_take(r, rec, &s))
		return STEP_FAILED;
	state = look(&s, why);
	standing_free(&s);
	return state;
}

int
file_make(struct restore *r, const struct plan_record *rec)
{

	if (rename_is(rec))
		return rename_make(r, rec);
	return step(r, rec, STEP_BEFORE, make);
}

int
file_unmake(struct restore *r, const struct plan_record *rec)
{

	if (rename_is(rec))
		return rename_unmake(r, rec);
	return step(r, rec, STEP_AFTER, unmake);
}
