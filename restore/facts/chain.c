#include "restore/facts/chain.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/look/tally.h"
#include "archive/warn.h"
#include "restore/preflight/finding.h"

struct chain {
	struct restore *r;
	struct facts *f;
	struct allow *allow; /* or NULL */
	struct tally *seen;
	char **paths; /* those of ${seen} */
	size_t npaths, cap;
	/* The chain that is followed: who has it, and the images so far. */
	const char *item, *place;
	const char *before[LIMIT_CHAIN];
	size_t depth;
};

struct chain *
chain_new(struct restore *r, struct facts *f, struct allow *a)
{
	struct chain *c;

	if ((c = calloc(1, sizeof(*c))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	c->r = r;
	c->f = f;
	c->allow = a;
	if ((c->seen = tally_new()) == NULL) {
		free(c);
		return NULL;
	}
	return c;
}

void
chain_free(struct chain *c)
{
	size_t i;

	if (c == NULL)
		return;
	tally_free(c->seen);
	for (i = 0; i < c->npaths; i++)
		free(c->paths[i]);
	free(c->paths);
	free(c);
}

/* Keep a copy of the path: NULL, said. */
static const char *
keep(struct chain *c, const char *path)
{
	char **more;
	size_t cap;

	if (c->npaths == c->cap) {
		cap = c->cap ? c->cap * 2 : 16;
		more = reallocarray(c->paths, cap, sizeof(*more));
		if (more == NULL)
			goto err0;
		c->paths = more;
		c->cap = cap;
	}
	if ((c->paths[c->npaths] = strdup(path)) != NULL)
		return c->paths[c->npaths++];
err0:
	warn_msg("out of memory");
	return NULL;
}

static int
note(struct chain *c, const char *name, const char *path, const char *why)
{

	return plan_say(c->r->plan, PLAN_NOTE, PLAN_HOST, c->item, c->place,
	    name, "%s %s: what is behind it is not followed", path, why);
}

/* Append a word as a shell takes it: 0 or -1. */
static int
shell_word(struct buf *b, const char *word)
{
	static const char plain[] = "/._+-:=@%,";
	const char *s;

	for (s = word; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && strchr(plain, *s) == NULL)
			break;
	if (*s == '\0' && s != word)
		return buf_adds(b, word);
	if (buf_addc(b, '\''))
		return -1;
	for (s = word; *s != '\0'; s++)
		if (*s == '\'' ? buf_adds(b, "'\\''") : buf_addc(b, *s))
			return -1;
	return buf_addc(b, '\'');
}

/* "qemu-img rebase -u -F FORMAT -b BACKING IMAGE": 0 or -1. */
static int
rebase(
    struct buf *b, const char *format, const char *backing, const char *image)
{

	return buf_adds(b, "qemu-img rebase -u -F ") || shell_word(b, format) ||
	       buf_adds(b, " -b ") || shell_word(b, backing) ||
	       buf_addc(b, ' ') || shell_word(b, image);
}

/* What is behind is not here.  The map knows where such paths went? */
static int
tell_missing(struct chain *c, const struct fact_file *image, const char *path)
{
	const char *new, *format = image->backing_format;
	struct buf to = BUF_EMPTY, cmd = BUF_EMPTY;
	size_t cut, rule;
	int rc = -1;

	new = addrmap_path(c->r->map, path, strlen(path), &cut, &rule);
	if (new == NULL) {
		rc = finding_add(c->r, ITEM_DOMAIN, c->item, c->place,
		    "missing-backing",
		    "%s, behind %s, is not here: copy it there", path,
		    image->path);
		goto done;
	}
	if (buf_adds(&to, new) || buf_adds(&to, path + cut) ||
	    rebase(&cmd, format != NULL ? format : "raw", to.data, image->path))
		goto done;
	rc = finding_add(c->r, ITEM_DOMAIN, c->item, c->place,
	    "missing-backing",
	    "%s, behind %s, is not here; images are not changed, and the map "
	    "makes it %s: %s",
	    path, image->path, to.data, cmd.data);
done:
	buf_free(&cmd);
	buf_free(&to);
	return rc;
}

static int
tell_format(struct chain *c, const struct fact_file *image)
{
	struct buf cmd = BUF_EMPTY;
	int rc;

	rc = rebase(&cmd, "raw", image->backing, image->path);
	if (rc == 0)
		rc = finding_add(c->r, ITEM_DOMAIN, c->item, c->place,
		    "backing-format",
		    "%s does not say which format %s behind it has, and "
		    "libvirt does not guess: %s (or -F qcow2, if that is what "
		    "it is)",
		    image->path, image->backing, cmd.data);
	buf_free(&cmd);
	return rc;
}

/* Does QEMU take the name for a protocol's?  As it does: a colon before any
 * slash. */
static int
has_protocol(const char *name)
{

	return name[strcspn(name, ":/")] == ':';
}

int
chain_path(const char *image, const char *name, struct buf *out)
{
	static const char file[] = "file:";
	const char *slash = strrchr(image, '/');

	if (strncmp(name, file, strlen(file)) == 0)
		name += strlen(file);
	else if (has_protocol(name))
		return 1;
	if (name[0] != '/' && buf_add(out, image, (size_t)(slash - image) + 1))
		return -1;
	return buf_adds(out, name);
}

static int
follow(struct chain *c, const struct fact_file *file, const char *format);

/* Go on behind ${image}, to ${path}, which has ${format} (NULL: not said). */
static int
behind(struct chain *c, const struct fact_file *image, const char *path,
    const char *format)
{
	struct fact_file file;
	int rc = 0;

	if (facts_file(c->f, path, &file))
		return -1;
	switch (file.type) {
	case FACT_ABSENT:
		rc = tell_missing(c, image, path);
		break;
	case FACT_UNKNOWN:
		rc = note(c, "unseen-file", path, "cannot be looked at here");
		break;
	case FACT_REGULAR:
	case FACT_BLOCK:
		if (format != NULL)
			rc = follow(c, &file, format);
		break;
	case FACT_FOLDER:
	case FACT_OTHER:
		rc = finding_add(c->r, ITEM_DOMAIN, c->item, c->place,
		    "missing-backing", "%s, behind %s, is no file", path,
		    image->path);
	}
	facts_file_free(&file);
	return rc;
}

/* What the header of ${image} names: 0, or -1 said. */
static int
named(struct chain *c, const struct fact_file *image, const char *name,
    const char *format)
{
	struct buf path = BUF_EMPTY;
	int rc, may;

	rc = chain_path(image->path, name, &path);
	if (rc != -1 && c->allow != NULL) {
		may = allow_image(c->allow, c->item, c->place, image->path,
		    name, rc == 0 ? path.data : NULL);
		if (may != 0) {
			buf_free(&path);
			return may == 1 ? 0 : -1;
		}
	}
	if (rc == 0)
		rc = behind(c, image, path.data, format);
	else if (rc == 1)
		rc = note(c, "not-followed", name, "is no file's name");
	buf_free(&path);
	return rc;
}

static int
follow_qcow2(struct chain *c, const struct fact_file *file)
{

	switch (file->image) {
	case FACT_NO_IMAGE:
		return finding_add(c->r, ITEM_DOMAIN, c->item, c->place,
		    "disk-format",
		    "%s is no qcow2 image, as it is said to be: copy it again, "
		    "or look what it is (qemu-img info)",
		    file->path);
	case FACT_BROKEN:
		return finding_add(c->r, ITEM_DOMAIN, c->item, c->place,
		    "disk-format",
		    "%s begins as a qcow2 image, but its header does not hold: "
		    "copy it again (qemu-img info tells more)",
		    file->path);
	case FACT_UNREAD:
		return note(c, "unseen-file", file->path, "cannot be read");
	case FACT_QCOW2:
		break;
	}
	/* Raw bytes, with nothing behind them. */
	if (file->data != NULL && named(c, file, file->data, "raw"))
		return -1;
	if (file->backing == NULL)
		return 0;
	if (file->backing_format == NULL && !has_protocol(file->backing) &&
	    tell_format(c, file))
		return -1;
	return named(c, file, file->backing, file->backing_format);
}

/* Formats whose images may have others behind them, and which are not read. */
static int
is_unread(const char *format)
{
	static const char *const formats[] = { "qcow", "qed", "vmdk" };
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(format, formats[i]) == 0)
			return 1;
	return 0;
}

static int
follow(struct chain *c, const struct fact_file *file, const char *format)
{
	const char *path;
	size_t i;
	int rc;

	for (i = 0; i < c->depth; i++)
		if (strcmp(c->before[i], file->path) == 0)
			break;
	if (i < c->depth || c->depth == LIMIT_CHAIN)
		return finding_add(c->r, ITEM_DOMAIN, c->item, c->place,
		    "missing-backing", "%s is behind %s", file->path,
		    i < c->depth ? "itself: no chain of images ends there"
				 : "more images than libvirt follows");
	if ((path = keep(c, file->path)) == NULL)
		return -1;
	if ((i = tally_add(c->seen, 0, path, strlen(path))) != 1)
		return i == 0 ? -1 : 0;
	if (is_unread(format))
		return note(c, "not-followed", file->path,
		    "is of a format that novark does not read");
	if (strcmp(format, "qcow2") != 0)
		return 0;
	c->before[c->depth++] = path;
	rc = follow_qcow2(c, file);
	c->depth--;
	return rc;
}

int
chain_follow(struct chain *c, const char *item, const char *place,
    const struct fact_file *file, const char *format)
{

	c->item = item;
	c->place = place;
	c->depth = 0;
	return follow(c, file, format);
}
