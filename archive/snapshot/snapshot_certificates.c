#include "archive/snapshot/snapshot_certificates.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/address/kind.h"
#include "archive/limits.h"
#include "archive/node/certificates.h"
#include "archive/warn.h"

/* No file of certificates is larger; more paths than these are not noted. */
#define FILE_MAX  (4u << 20)
#define NAMED_MAX 4096

/* A path that a file names, and where; or, by NULL, that was looked at. */
struct named {
	char *path, *by;
};

struct named_certificates {
	struct named *named;
	size_t n, cap;
};

static struct named *
find(const struct named_certificates *c, const char *path)
{
	size_t i;

	for (i = 0; c != NULL && i < c->n; i++)
		if (strcmp(c->named[i].path, path) == 0)
			return &c->named[i];
	return NULL;
}

/* A path once: 0, or -1 said. */
static int
add(struct snapshot *s, const char *path, const char *by)
{
	struct named_certificates *c = s->named;
	struct named *more;

	if (c == NULL && (c = s->named = calloc(1, sizeof(*c))) == NULL)
		goto err0;
	if ((more = find(c, path)) != NULL) {
		/* It stands in the set: it needs no other look. */
		if (by == NULL) {
			free(more->by);
			more->by = NULL;
		}
		return 0;
	}
	if (c->n == NAMED_MAX)
		return 0;
	if (c->n == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 16;
		more = reallocarray(c->named, c->cap, sizeof(*more));
		if (more == NULL)
			goto err0;
		c->named = more;
	}
	more = &c->named[c->n];
	more->by = NULL;
	if ((more->path = strdup(path)) == NULL)
		goto err0;
	c->n++;
	return by == NULL ? 0 : manifest_set(&more->by, by);

err0:
	warn_msg("out of memory");
	return -1;
}

/* What is told of each certificate. */
struct telling {
	struct manifest *m;
	const char *file, *by;
};

/* One of a file: into the manifest when it is for an own address. */
static int
tell(void *cookie, const struct certificates_one *one)
{
	struct telling *t = cookie;
	struct certificate c = { .file = NULL };
	struct address *own;
	char text[ADDRESS_TEXT];
	size_t i, k;
	int rc = 0;

	if ((own = calloc(one->naddresses, sizeof(*own))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < one->naddresses; i++) {
		for (k = 0; k < t->m->nown; k++)
			if (address_compare(
				&one->addresses[i], &t->m->own[k].addr) == 0)
				break;
		if (k < t->m->nown)
			own[c.naddresses++] = one->addresses[i];
	}
	if (c.naddresses > 0) {
		if (manifest_set(&c.file, t->file) ||
		    manifest_set(&c.subject, one->subject) ||
		    manifest_set(&c.not_after, one->not_after) ||
		    manifest_set(&c.named_by, t->by)) {
			rc = -1;
		} else {
			address_print(&own[0], text);
			warn_info("%s: this certificate has to be issued again "
				  "for the new address: it names %s",
			    t->file, text);
			c.addresses = own;
			rc = manifest_add_certificate(t->m, &c);
		}
	}
	free(c.file);
	free(c.subject);
	free(c.not_after);
	free(c.named_by);
	free(own);
	return rc;
}

static int
look_into(struct snapshot *s, const char *path, const char *by,
    const struct buf *bytes)
{
	struct telling t = { bundle_new_manifest(s->bundle), path, by };

	return bytes->len == 0
		   ? 0
		   : certificates_walk(bytes->data, bytes->len, tell, &t);
}

/* Does a path end as files of certificates do? */
static int
looks_so(const char *path)
{
	static const char *const ends[] = { ".pem", ".crt", ".cer", ".cert",
		NULL };
	size_t len = strlen(path), i, n;

	for (i = 0; ends[i] != NULL; i++) {
		n = strlen(ends[i]);
		if (len > n && strcmp(path + len - n, ends[i]) == 0)
			return 1;
	}
	return 0;
}

struct noting {
	struct snapshot *s;
	const struct item *item;
};

/* The absolute paths in a place that name a certificate by its option, or by
 * how they end ("bind :443 ssl crt /etc/x.pem"). */
static int
note_place(void *cookie, const struct place *p)
{
	static const char apart[] = " \t\r\n\"',;:=<>(){}[]|";
	const struct noting *n = cookie;
	struct buf path = BUF_EMPTY, by = BUF_EMPTY;
	size_t i, e, kind;
	int rc = 0, option;

	if (p->role == PLACE_COMMENT || p->role == PLACE_SECRET ||
	    memchr(p->bytes, '/', p->len) == NULL)
		return 0;
	kind = kind_of(
	    n->item->name, n->item->file->set, p->label, p->bytes, p->len);
	option = kind_is_certificate(kind);
	for (i = 0; rc == 0 && i < p->len; i = e + 1) {
		for (e = i; e < p->len && p->bytes[e] != '\0' &&
			    strchr(apart, p->bytes[e]) == NULL;)
			e++;
		if (e - i < 2 || e - i > LIMIT_NAME || p->bytes[i] != '/')
			continue;
		buf_clear(&path);
		buf_clear(&by);
		rc = buf_add(&path, p->bytes + i, e - i);
		if (rc == 0 && (option || looks_so(path.data)) &&
		    (rc = buf_addf(&by, "%s %s", n->item->name, p->label)) == 0)
			rc = add(n->s, path.data, by.data);
	}
	buf_free(&path);
	buf_free(&by);
	return rc;
}

int
snapshot_certificates_note(
    struct snapshot *s, const struct item *item, const struct buf *bytes)
{
	struct noting n = { s, item };
	enum place_format format = item->file->format;

	if (bytes->len == 0)
		return 0;
	if (certificates_in(bytes->data, bytes->len)) {
		if (bytes->len > FILE_MAX)
			return 0;
		if (add(s, item->name + strlen("file:"), NULL))
			return -1;
		return look_into(s, item->name + strlen("file:"), NULL, bytes);
	}
	if (format == PLACE_OPAQUE || format == PLACE_XML)
		return 0;
	return place_walk_any(format, bytes->data, bytes->len, note_place, &n);
}

/* A file that is named: 0, or -1 said. */
static int
look_at_file(struct snapshot *s, int fd, const char *path, const char *by)
{
	struct buf bytes = BUF_EMPTY;
	char *room;
	ssize_t n = 0;
	int rc = -1;

	while ((room = buf_reserve(&bytes, 65536)) != NULL &&
	       bytes.len <= FILE_MAX) {
		if ((n = read(fd, room, 65536)) == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		bytes.len += (size_t)n;
	}
	if (n == -1)
		rc = manifest_warn(bundle_new_manifest(s->bundle), NULL,
		    "%s, which %s names, cannot be read: it was not looked for "
		    "addresses",
		    path, by);
	else if (room != NULL)
		rc = bytes.len > FILE_MAX ? 0 : look_into(s, path, by, &bytes);
	buf_wipe(&bytes);
	return rc;
}

static int
look_at(struct snapshot *s, const char *path, const char *by, int folders);

/* A folder that is named: the files in it. */
static int
look_in_folder(struct snapshot *s, const char *path, const char *by)
{
	struct buf child = BUF_EMPTY;
	char **names = NULL;
	size_t n = 0, i;
	int rc;

	rc = root_list(s->root, path, &names, &n);
	for (i = 0; rc == 1 && i < n && i < NAMED_MAX; i++) {
		buf_clear(&child);
		if (buf_addf(&child, "%s/%s", path, names[i]) ||
		    look_at(s, child.data, by, 0))
			rc = -1;
	}
	root_names_free(names, n);
	buf_free(&child);
	return rc == -1 ? -1 : 0;
}

static int
look_at(struct snapshot *s, const char *path, const char *by, int folders)
{
	const struct named *known = find(s->named, path);
	struct buf name = BUF_EMPTY;
	struct stat st;
	int fd = -1, rc;

	/* Looked at by itself, or left out. */
	if (!folders && known != NULL)
		return 0;
	if (buf_addf(&name, "file:%s", path))
		return -1;
	rc = snapshot_leaves_out(s, name.data);
	buf_free(&name);
	if (rc || root_peek(s->root, path, &st, &fd) != 1)
		return 0;
	if (S_ISDIR(st.st_mode))
		rc = folders ? look_in_folder(s, path, by) : 0;
	else if (!S_ISREG(st.st_mode))
		rc = 0;
	else if (fd == -1)
		rc = manifest_warn(bundle_new_manifest(s->bundle), NULL,
		    "%s, which %s names, cannot be read: it was not looked for "
		    "addresses",
		    path, by);
	else
		rc = look_at_file(s, fd, path, by);
	if (fd != -1)
		close(fd);
	return rc;
}

int
snapshot_certificates_end(struct snapshot *s)
{
	struct named_certificates *c = s->named;
	size_t i;

	for (i = 0; c != NULL && i < c->n; i++)
		if (c->named[i].by != NULL &&
		    look_at(s, c->named[i].path, c->named[i].by, 1))
			return -1;
	return 0;
}

void
snapshot_certificates_free(struct snapshot *s)
{
	struct named_certificates *c = s->named;
	size_t i;

	for (i = 0; c != NULL && i < c->n; i++) {
		free(c->named[i].path);
		free(c->named[i].by);
	}
	if (c != NULL)
		free(c->named);
	free(c);
	s->named = NULL;
}
