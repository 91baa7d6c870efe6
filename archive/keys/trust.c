#include "archive/keys/trust.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/bundle/gate.h"
#include "archive/keys/trust_private.h"
#include "archive/warn.h"

/* The folder ${name} below ${dir}: 0, or -1 said. */
static int
add_below(struct trust_keys *to, const char *dir, const char *name, int guarded)
{
	char *path;
	int rc;

	if (asprintf(&path, "%s%s", dir, name) == -1) {
		warn_msg("out of memory");
		return -1;
	}
	rc = trust_add_folder(to, path, guarded);
	free(path);
	return rc;
}

/* A root without its last slashes: "" is "/". */
static char *
root_prefix(const char *root)
{
	size_t len = root == NULL ? 0 : strlen(root);
	char *prefix;

	while (len > 0 && root[len - 1] == '/')
		len--;
	if ((prefix = strndup(len == 0 ? "" : root, len)) == NULL)
		warn_msg("out of memory");
	return prefix;
}

/* Those revoked below a root, and by this machine. */
static int
add_void(struct trust *t, const char *prefix)
{

	if (add_below(&t->revoked, prefix, TRUST_VOID, 1) == -1)
		return -1;
	return prefix[0] == '\0' ? 0
				 : add_below(&t->revoked, "", TRUST_VOID, 1);
}

/* revoked.d beside the file or folder of that name. */
static int
add_beside(struct trust *t, const char *path)
{
	size_t len = strlen(path);
	char *dir;
	int rc;

	while (len > 0 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	if ((dir = strndup(path, len)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	rc = add_below(&t->revoked, dir, "revoked.d", 0);
	free(dir);
	return rc;
}

/* What the operator names, and what is revoked in it or beside it. */
static int
add_named(struct trust *t, const char *path)
{
	struct stat st;

	if ((t->from = strdup(path)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (stat(path, &st) == -1 || !S_ISDIR(st.st_mode))
		return trust_add_file(&t->trusted, path) == -1
			   ? -1
			   : add_beside(t, path);
	if (trust_add_folder(&t->trusted, path, 0) == -1)
		return -1;
	if (t->trusted.n == 0) {
		warn_msg("%s: no public key stands in it", path);
		return -1;
	}
	/* Beside it by its name, and, where that is a link or ".", in truth. */
	if (add_below(&t->revoked, path, "/revoked.d", 0) == -1 ||
	    add_below(&t->revoked, path, "/../revoked.d", 0) == -1)
		return -1;
	return add_beside(t, path);
}

/* The trust store: a folder that is not there is no error. */
static int
add_store(struct trust *t, const char *prefix)
{

	if (asprintf(&t->from, "%s" TRUST_STORE, prefix) == -1) {
		t->from = NULL;
		warn_msg("out of memory");
		return -1;
	}
	return trust_add_folder(&t->trusted, t->from, 1);
}

enum outcome
trust_open(const char *path, const char *root, struct trust **out)
{
	struct trust *t;
	char *prefix;
	int rc;

	*out = NULL;
	if ((prefix = root_prefix(root)) == NULL)
		return OUTCOME_FAILED;
	if ((t = calloc(1, sizeof(*t))) == NULL) {
		warn_msg("out of memory");
		free(prefix);
		return OUTCOME_FAILED;
	}
	rc = path != NULL ? add_named(t, path) : add_store(t, prefix);
	if (rc == 0)
		rc = add_void(t, prefix);
	free(prefix);
	if (rc == -1) {
		trust_free(t);
		return OUTCOME_FAILED;
	}
	*out = t;
	return OUTCOME_DONE;
}

void
trust_free(struct trust *t)
{

	if (t == NULL)
		return;
	trust_keys_free(&t->trusted);
	trust_keys_free(&t->revoked);
	free(t->from);
	free(t);
}

int
trust_any(const struct trust *t)
{

	return t->trusted.n > 0;
}

/* The key of that fingerprint, or NULL. */
static const struct trust_key *
find_id(const struct trust_keys *keys, const char *id)
{
	size_t i;

	for (i = 0; i < keys->n; i++)
		if (strcmp(sign_id(keys->keys[i].key), id) == 0)
			return &keys->keys[i];
	return NULL;
}

static void
say_nobody(const struct trust *t, const char *what)
{

	if (t->trusted.n == 1)
		warn_msg("%s: refused: the signature does not hold under the "
			 "key %s: another key signed it, or it was changed",
		    what, sign_id(t->trusted.keys[0].key));
	else
		warn_msg("%s: refused: the signature holds under none of the "
			 "%zu keys in %s: another key signed it, or it was "
			 "changed",
		    what, t->trusted.n, t->from);
}

enum outcome
trust_check(const struct trust *t, const char *what, const void *bytes,
    size_t len, const unsigned char *sig, size_t siglen, const char **signer)
{
	const struct trust_key *k;
	size_t i;

	*signer = NULL;
	for (i = 0; i < t->revoked.n; i++) {
		k = &t->revoked.keys[i];
		if (!GATE(GATE_REVOKED,
			sign_check(k->key, bytes, len, sig, siglen) == -1)) {
			warn_msg("%s: refused: the key %s that signed it is "
				 "revoked (%s)",
			    what, sign_id(k->key), k->file);
			return OUTCOME_REFUSED;
		}
	}
	if (t->trusted.n == 0)
		return OUTCOME_DONE;
	for (i = 0; i < t->trusted.n; i++) {
		k = &t->trusted.keys[i];
		if (GATE(GATE_SIGNATURE,
			sign_check(k->key, bytes, len, sig, siglen) == 0)) {
			*signer = sign_id(k->key);
			return OUTCOME_DONE;
		}
	}
	say_nobody(t, what);
	return OUTCOME_REFUSED;
}

const char *
trust_file(const struct trust *t, const char *signer)
{
	const struct trust_key *k = find_id(&t->trusted, signer);

	return k == NULL ? NULL : k->file;
}

/* The revoked key of that fingerprint, or none, in ${*revoked}, which lives as
 * long as ${t}: 0, or -1 said. */
static int
look_up(struct trust *t, const char *root, const char *id,
    const struct trust_key **revoked)
{
	char *prefix;
	int rc;

	*revoked = NULL;
	if ((prefix = root_prefix(root)) == NULL)
		return -1;
	if ((rc = add_void(t, prefix)) == 0)
		*revoked = find_id(&t->revoked, id);
	free(prefix);
	return rc;
}

enum outcome
trust_still(const char *root, const char *what, const char *signer)
{
	enum outcome rc = OUTCOME_DONE;
	const struct trust_key *revoked;
	struct trust t = { 0 };

	if (look_up(&t, root, signer, &revoked) == -1) {
		rc = OUTCOME_FAILED;
	} else if (revoked != NULL) {
		warn_msg("%s: refused: the key %s that signed it is revoked "
			 "(%s)",
		    what, signer, revoked->file);
		rc = OUTCOME_REFUSED;
	}
	trust_keys_free(&t.revoked);
	return rc;
}

int
trust_may_sign(const char *file, const char *root)
{
	const struct trust_key *revoked;
	struct trust t = { 0 };
	struct sign_key *k;
	int rc;

	if ((k = sign_open(file)) == NULL)
		return -1;
	rc = look_up(&t, root, sign_id(k), &revoked);
	if (revoked != NULL) {
		warn_msg("the key %s (%s) is revoked (%s): what it signs is "
			 "refused; sign with another",
		    file, sign_id(k), revoked->file);
		rc = -1;
	}
	trust_keys_free(&t.revoked);
	sign_free(k);
	return rc;
}
