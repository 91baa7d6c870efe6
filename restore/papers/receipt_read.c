#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/keys/sign.h"
#include "archive/keys/trust.h"
#include "archive/limits.h"
#include "archive/warn.h"
#include "restore/papers/receipt_inner.h"

struct receipt {
	struct buf all;
	FILE *f; /* over all */
	char *file, *signer;
	struct paper *paper;
};

#define BEGINNING "{\n\"kind\":\"" RECEIPT_KIND "\",\n"

/* Open a regular file, and tell its size: a descriptor, or -1 said. */
static int
open_regular(const char *file, uint64_t *size)
{
	struct stat st;
	int fd;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd == -1 || fstat(fd, &st) == -1) {
		warn_errno("cannot open %s", file);
		if (fd != -1)
			close(fd);
		return -1;
	}
	*size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : UINT64_MAX;
	return fd;
}

/* Read a file of at most ${limit} bytes, whole. */
static enum outcome
load(const char *file, uint64_t limit, struct buf *out)
{
	enum outcome rc = OUTCOME_REFUSED;
	uint64_t size;
	ssize_t n;
	char *to;
	int fd;

	if ((fd = open_regular(file, &size)) == -1)
		return OUTCOME_FAILED;
	if (size > limit) {
		warn_msg("%s: refused: %s", file,
		    size == UINT64_MAX ? "no regular file" : "it is too long");
		goto out;
	}
	rc = OUTCOME_FAILED;
	if ((to = buf_reserve(out, (size_t)size)) == NULL)
		goto out;
	while (out->len < size) {
		n = read(fd, out->data + out->len, (size_t)size - out->len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0) {
			warn_errno("%s: cannot be read", file);
			goto out;
		}
		out->len += (size_t)n;
	}
	rc = OUTCOME_DONE;
out:
	close(fd);
	return rc;
}

enum outcome
receipt_load(const char *file, struct buf *out)
{

	return load(file, LIMIT_RECEIPT, out);
}

int
receipt_begins(const char *file)
{
	char bytes[sizeof(BEGINNING) - 1];
	int fd, yes;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd == -1)
		return 0;
	yes = read(fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes) &&
	      memcmp(bytes, BEGINNING, sizeof(bytes)) == 0;
	close(fd);
	return yes;
}

/* The gate: nothing is parsed before this holds. */
static enum outcome
check_signature(struct receipt *r, const struct bundle_keys *keys)
{
	struct buf sig = BUF_EMPTY;
	struct trust *trust = NULL;
	const char *signer;
	enum outcome rc = OUTCOME_FAILED;
	char *name = NULL;

	if ((name = receipt_sig_name(r->file)) == NULL ||
	    (rc = trust_open(keys->trust, keys->root, &trust)) != OUTCOME_DONE)
		goto out;
	if (access(name, F_OK) == -1 && errno == ENOENT) {
		if (keys->trust == NULL)
			goto out;
		warn_msg("%s: refused: it is not signed (there is no %s)",
		    r->file, name);
		rc = OUTCOME_REFUSED;
		goto out;
	}
	if ((rc = load(name, SIGN_LEN, &sig)) != OUTCOME_DONE)
		goto out;
	rc = trust_check(trust, r->file, r->all.data, r->all.len,
	    (const unsigned char *)(sig.len == 0 ? "" : sig.data), sig.len,
	    &signer);
	if (rc == OUTCOME_DONE && signer != NULL &&
	    (r->signer = strdup(signer)) == NULL) {
		warn_msg("out of memory");
		rc = OUTCOME_FAILED;
	}
out:
	free(name);
	buf_free(&sig);
	trust_free(trust);
	return rc;
}

/* Every element of a list. */
static int
check_list(struct paper *p, int changes)
{
	const json_t *json;
	const char *why;
	int more;

	while ((more = paper_element(p, &json)) == 1) {
		why = changes ? change_check(json)
		      : json_is_object(json)
			  ? NULL
			  : "an element of a list is no object";
		if (why != NULL)
			return paper_refuse(p, why);
	}
	return more;
}

/* All of it, before any of it is shown. */
static int
check_all(struct paper *p)
{
	const json_t *value;
	const char *name;
	int more, changes = 0;

	while ((more = paper_next(p, &name, &value)) == 1) {
		if (value != NULL)
			continue;
		changes += strcmp(name, "changes") == 0;
		if (check_list(p, strcmp(name, "changes") == 0) == -1)
			return -1;
	}
	if (more == 0 && changes != 1)
		return paper_refuse(p, "it does not tell the changes");
	return more == 0 ? paper_rewind(p) : -1;
}

enum outcome
receipt_open(
    const char *file, const struct bundle_keys *keys, struct receipt **out)
{
	enum outcome rc = OUTCOME_FAILED;
	struct receipt *r;

	*out = NULL;
	if ((r = calloc(1, sizeof(*r))) == NULL ||
	    (r->file = strdup(file)) == NULL) {
		warn_msg("out of memory");
		goto err0;
	}
	if ((rc = receipt_load(file, &r->all)) != OUTCOME_DONE)
		goto err0;
	if ((rc = check_signature(r, keys)) != OUTCOME_DONE)
		goto err0;
	rc = OUTCOME_FAILED;
	if ((r->f = fmemopen(r->all.data, r->all.len, "r")) == NULL) {
		warn_errno("%s: cannot be read", file);
		goto err0;
	}
	rc = OUTCOME_REFUSED;
	r->paper = paper_open(r->f, r->file, RECEIPT_KIND, RECEIPT_VERSION);
	if (r->paper == NULL || check_all(r->paper) == -1)
		goto err0;
	*out = r;
	return OUTCOME_DONE;

err0:
	receipt_close(r);
	return rc;
}

void
receipt_close(struct receipt *r)
{

	if (r == NULL)
		return;
	paper_close(r->paper);
	if (r->f != NULL)
		fclose(r->f);
	buf_free(&r->all);
	free(r->signer);
	free(r->file);
	free(r);
}

struct paper *
receipt_paper(struct receipt *r)
{

	return r->paper;
}

const char *
receipt_signer(const struct receipt *r)
{

	return r->signer;
}
