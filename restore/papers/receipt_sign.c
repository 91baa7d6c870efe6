#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "archive/keys/sign.h"
#include "archive/limits.h"
#include "archive/warn.h"
#include "restore/papers/receipt_inner.h"

char *
receipt_sig_name(const char *file)
{
	char *name;

	if (asprintf(&name, "%s.sig", file) == -1) {
		warn_msg("out of memory");
		return NULL;
	}
	return name;
}

/* A small new file. */
static int
write_file(const char *file, const void *bytes, size_t len,
    enum newfile_existing existing)
{
	struct newfile *f;

	if ((f = newfile_open(file, 0600, existing)) == NULL)
		return -1;
	if (newfile_write(f, bytes, len) == -1) {
		newfile_discard(f);
		return -1;
	}
	return newfile_commit(f);
}

int
receipt_sign(
    const char *file, const char *keyfile, enum newfile_existing existing)
{
	unsigned char sig[SIGN_LEN];
	struct buf all = BUF_EMPTY;
	struct sign_key *key;
	char *name;
	int rc = -1;

	if ((key = sign_open(keyfile)) == NULL)
		return -1;
	if ((name = receipt_sig_name(file)) == NULL)
		goto out;
	if (receipt_load(file, &all) == OUTCOME_DONE &&
	    sign_make(key, all.data, all.len, sig) == 0)
		rc = write_file(name, sig, sizeof(sig), existing);
	free(name);
out:
	sign_free(key);
	buf_free(&all);
	return rc;
}

/* The bytes of a key file: 1, 0 when there is none, -1 said. */
static int
read_key(const char *file, unsigned char key[CHANGE_KEY])
{
	size_t n;
	FILE *f;

	if ((f = fopen(file, "re")) == NULL) {
		if (errno == ENOENT)
			return 0;
		warn_errno("%s: cannot be opened", file);
		return -1;
	}
	n = fread(key, 1, CHANGE_KEY, f);
	fclose(f);
	if (n == CHANGE_KEY)
		return 1;
	warn_msg("%s: is not a key of %d bytes: remove it", file, CHANGE_KEY);
	return -1;
}

static int
make_key(const char *file, unsigned char key[CHANGE_KEY])
{

	if (getrandom(key, CHANGE_KEY, 0) != CHANGE_KEY) {
		warn_errno("no random bytes");
		return -1;
	}
	return write_file(file, key, CHANGE_KEY, NEWFILE_NEVER);
}

struct change_key *
receipt_key(const struct journal *j)
{
	unsigned char key[CHANGE_KEY];
	struct change_key *k = NULL;
	char *file;
	int there;

	if (asprintf(&file, "%s/receipt.key", journal_dir(j)) == -1) {
		warn_msg("out of memory");
		return NULL;
	}
	there = read_key(file, key);
	if (there == 1 || (there == 0 && make_key(file, key) == 0))
		k = change_key_new(key);
	explicit_bzero(key, sizeof(key));
	free(file);
	return k;
}
