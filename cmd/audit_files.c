#include "cmd/audit_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/warn.h"

#define SUFFIX ".bundle"

struct list {
	char **files; /* ${n} of them, and NULL */
	size_t n;
};

void
audit_files_free(char **files)
{
	size_t i;

	for (i = 0; files != NULL && files[i] != NULL; i++)
		free(files[i]);
	free(files);
}

/* ${dir} is a folder's name, with its slash, or "". */
static int
add(struct list *l, const char *dir, const char *name)
{
	char **more;

	more = reallocarray(l->files, l->n + 2, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	l->files = more;
	more[l->n] = NULL;
	if (asprintf(&more[l->n], "%s%s", dir, name) == -1) {
		more[l->n] = NULL;
		warn_msg("out of memory");
		return -1;
	}
	more[++l->n] = NULL;
	return 0;
}

static int
is_bundle(const struct dirent *e)
{
	size_t len = strlen(e->d_name);

	return e->d_name[0] != '.' && len > strlen(SUFFIX) &&
	       strcmp(e->d_name + len - strlen(SUFFIX), SUFFIX) == 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{

	return strcmp((*a)->d_name, (*b)->d_name);
}

/* What is in a folder: their number, or -1 said. */
static int
add_folder(struct list *l, const char *name)
{
	size_t len = strlen(name);
	struct dirent **all;
	char *dir = NULL;
	int i, n, rc = 0;

	if ((n = scandir(name, &all, is_bundle, by_name)) == -1) {
		warn_errno("cannot list the folder %s", name);
		return -1;
	}
	if (asprintf(&dir, "%s%s", name, name[len - 1] == '/' ? "" : "/") ==
	    -1) {
		dir = NULL;
		warn_msg("out of memory");
		rc = -1;
	}
	for (i = 0; i < n; i++) {
		if (rc == 0)
			rc = add(l, dir, all[i]->d_name);
		free(all[i]);
	}
	free(all);
	free(dir);
	return rc == -1 ? -1 : n;
}

char **
audit_files_list(const struct options *o)
{
	int one = o->cat != NULL || o->find != NULL || o->diff != NULL ||
		  o->draft_map || o->advice;
	struct list l = { NULL, 0 };
	struct stat st;
	size_t i;
	int n;

	for (i = 0; o->files[i] != NULL; i++) {
		n = 0;
		if (!one && stat(o->files[i], &st) == 0 && S_ISDIR(st.st_mode))
			n = add_folder(&l, o->files[i]);
		if (n == -1 || (n == 0 && add(&l, "", o->files[i]) == -1)) {
			audit_files_free(l.files);
			return NULL;
		}
	}
	return l.files;
}
