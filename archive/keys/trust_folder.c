#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/keys/trust_private.h"
#include "archive/limits.h"
#include "archive/warn.h"

int
trust_add_file(struct trust_keys *to, const char *file)
{
	struct trust_key *more;

	more = reallocarray(to->keys, to->n + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	to->keys = more;
	more += to->n;
	if ((more->key = sign_trust(file)) == NULL)
		return -1;
	if ((more->file = strdup(file)) == NULL) {
		warn_msg("out of memory");
		sign_free(more->key);
		return -1;
	}
	to->n++;
	return 0;
}

void
trust_keys_free(struct trust_keys *keys)
{

	while (keys->n > 0) {
		sign_free(keys->keys[--keys->n].key);
		free(keys->keys[keys->n].file);
	}
	free(keys->keys);
	keys->keys = NULL;
}

/* May only root and the caller change what is at ${dir}${name}? */
static int
check_guarded(const char *dir, const char *name)
{
	struct stat st;
	char *path;
	int rc = 0;

	if (asprintf(&path, "%s%s", dir, name) == -1) {
		warn_msg("out of memory");
		return -1;
	}
	if (stat(path, &st) == -1) {
		warn_errno("cannot look at %s", path);
		rc = -1;
	} else if ((st.st_mode & 022) != 0 ||
		   (st.st_uid != 0 && st.st_uid != geteuid())) {
		warn_msg("others may change %s (mode %04o, owner %lu), and so "
			 "which keys are trusted: give it to root and "
			 "chmod go-w it",
		    path, (unsigned int)st.st_mode & 07777,
		    (unsigned long)st.st_uid);
		rc = -1;
	}
	free(path);
	return rc;
}

/* A key beside others; the folder of revoked ones may stand there, too. */
static int
is_key(const struct dirent *e)
{

	return e->d_name[0] != '.' && strcmp(e->d_name, "revoked.d") != 0;
}

static int
add_name(struct trust_keys *to, const char *dir, const char *name, int guarded)
{
	char *file;
	int rc;

	if (asprintf(&file, "%s%s%s", dir,
		dir[0] != '\0' && dir[strlen(dir) - 1] == '/' ? "" : "/",
		name) == -1) {
		warn_msg("out of memory");
		return -1;
	}
	rc = guarded ? check_guarded(file, "") : 0;
	if (rc == 0)
		rc = trust_add_file(to, file);
	free(file);
	return rc;
}

/* Is there no such name?  A link to nowhere is one. */
static int
is_absent(const char *dir)
{
	struct stat st;

	return lstat(dir, &st) == -1 && errno == ENOENT;
}

int
trust_add_folder(struct trust_keys *to, const char *dir, int guarded)
{
	struct dirent **list;
	int i, n, rc = 0;

	if (is_absent(dir))
		return 0;
	if ((n = scandir(dir, &list, is_key, alphasort)) == -1) {
		warn_errno("cannot read the keys in %s", dir);
		return -1;
	}
	if (guarded &&
	    (check_guarded(dir, "/..") == -1 || check_guarded(dir, "") == -1))
		rc = -1;
	if (rc == 0 && (size_t)n > LIMIT_TRUST) {
		warn_msg("%s holds more than %u files: no folder of keys", dir,
		    LIMIT_TRUST);
		rc = -1;
	}
	for (i = 0; i < n; i++) {
		if (rc == 0)
			rc = add_name(to, dir, list[i]->d_name, guarded);
		free(list[i]);
	}
	free(list);
	return rc;
}
