#include "restore/files/stale_certificates.h"

#include <string.h>
#include <unistd.h>

#include "archive/node/certificates.h"

/* No file of certificates is larger. */
#define FILE_MAX (4u << 20)

/* A look at what stands here. */
struct look {
	const struct address *old, *new;
	int stale;
};

static int
names(const struct certificates_one *c, const struct address *a)
{
	size_t i;

	for (i = 0; i < c->naddresses; i++)
		if (address_compare(&c->addresses[i], a) == 0)
			return 1;
	return 0;
}

static int
look_at(void *cookie, const struct certificates_one *c)
{
	struct look *l = cookie;

	l->stale |= names(c, l->old) && !names(c, l->new);
	return 0;
}

/* Does the file here still need it?  1, 0, -1 said.  What is not here, or on
 * another host, is what it was. */
static int
is_stale(struct restore *r, const char *path, const struct address *old,
    const struct address *new)
{
	struct look l = { old, new, 0 };
	struct buf bytes = BUF_EMPTY;
	struct stat st;
	int fd = -1, rc;

	if (r->root == NULL || root_peek(r->root, path, &st, &fd) != 1)
		return 1;
	if (fd != -1)
		close(fd);
	if (fd == -1 || !S_ISREG(st.st_mode) || st.st_size > FILE_MAX)
		return 1;
	rc = root_read(r->root, path, &bytes);
	if (rc == 1 && bytes.len > 0)
		rc = certificates_walk(bytes.data, bytes.len, look_at, &l) == -1
			 ? -1
			 : l.stale;
	buf_wipe(&bytes);
	return rc;
}

static int
look_for(struct restore *r, const struct certificate *c, stale_fn *fn,
    void *cookie, const char **told)
{
	struct address new;
	size_t i;
	int rc;

	for (i = 0; i < c->naddresses; i++) {
		if (addrmap_address(r->map, &c->addresses[i], &new, NULL) !=
		    ADDRMAP_NEW)
			continue;
		if ((rc = is_stale(r, c->file, &c->addresses[i], &new)) == 0)
			continue;
		if (rc == -1)
			return -1;
		*told = c->file;
		return fn(cookie, c, &c->addresses[i]);
	}
	return 0;
}

int
stale_certificates(struct restore *r, stale_fn *fn, void *cookie)
{
	const struct manifest *m = r->manifest;
	struct buf name = BUF_EMPTY;
	const char *told = "";
	size_t i;
	int rc = 0;

	if (m == NULL || r->map == NULL)
		return 0;
	for (i = 0; rc == 0 && i < m->ncertificates; i++) {
		/* Several of one file are one step. */
		if (strcmp(m->certificates[i].file, told) == 0)
			continue;
		buf_clear(&name);
		if (buf_addf(&name, "file:%s", m->certificates[i].file))
			rc = -1;
		else if (restore_wants(r, name.data))
			rc =
			    look_for(r, &m->certificates[i], fn, cookie, &told);
	}
	buf_free(&name);
	return rc;
}

static int
note(void *cookie, const struct certificate *c, const struct address *old)
{
	struct restore *r = cookie;
	struct buf name = BUF_EMPTY;
	char text[ADDRESS_TEXT];
	int rc = -1;

	address_print(old, text);
	if (buf_addf(&name, "file:%s", c->file) == 0)
		rc = plan_say(r->plan, PLAN_NOTE, ITEM_FILE, name.data, NULL,
		    "certificate",
		    "this certificate must be issued again: it names %s (%s, "
		    "until %.10s)",
		    text, c->subject, c->not_after);
	buf_free(&name);
	return rc;
}

int
stale_certificates_note(struct restore *r)
{

	return stale_certificates(r, note, r);
}
