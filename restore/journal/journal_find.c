#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/journal/journal_inner.h"
#include "restore/journal/state_dir.h"

int
journal_is_id(const char *name)
{
	/* d a digit, x a hex digit, all else itself. */
	static const char form[] = "ddddddddTddddddZ-xxxxxxxx";
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; form[i] != '\0' && name[i] != '\0'; i++) {
		if (form[i] == 'd' || form[i] == 'x') {
			if (memchr(digits, name[i], form[i] == 'd' ? 10 : 16) ==
			    NULL)
				return 0;
		} else if (name[i] != form[i])
			return 0;
	}
	return form[i] == name[i];
}

/* How far the journal is that is attached, without reading more of it than
 * must be: one that has ended says so in its last record. */
static int
look(struct journal *j, enum journal_state *state)
{
	struct journal_head head;
	const char *body;
	uint64_t at, way;
	struct stat st;
	int rc;

	if (fstat(j->fd, &st) == -1) {
		warn_errno("%s/journal: cannot be looked at", j->dir);
		return -1;
	}
	j->window.fd = j->fd;
	j->window.size = (uint64_t)st.st_size;
	rc = journal_record_before(j, j->window.size, &at, &head, &body);
	if (rc == 1 && head.type == RECORD_END && head.len == sizeof(way)) {
		memcpy(&way, body, sizeof(way));
		*state =
		    way == JOURNAL_FORWARD ? JOURNAL_APPLIED : JOURNAL_UNDONE;
		return 1;
	}
	if (rc == -1 || journal_scan(j, j->window.size) == -1)
		return -1;
	*state = journal_state(j);
	return 1;
}

/* 1 with the state of the journal of that name, 0 not there, -1 said. */
static int
state_of(const char *dir, int fd, const char *id, enum journal_state *state)
{
	struct journal *j;
	int rc;

	if ((j = journal_new(dir, id)) == NULL)
		return -1;
	if ((j->statefd = fcntl(fd, F_DUPFD_CLOEXEC, 3)) == -1) {
		warn_errno("%s", dir);
		rc = -1;
	} else if ((rc = journal_attach(j)) == 1) {
		rc = look(j, state);
	} else if (rc == 0) {
		/* The folder alone, or not even that any more. */
		*state = JOURNAL_UNSEALED;
		rc = j->dirfd != -1;
	}
	j->sealed = 0; /* only looked at */
	journal_close(j);
	return rc;
}

static int
by_name(const void *a, const void *b)
{

	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
names_free(char **names, size_t n)
{

	while (n-- > 0)
		free(names[n]);
	free(names);
}

/* The names of all journals in the folder, the oldest first: 0, or -1 said. */
static int
read_names(DIR *d, char ***names, size_t *n)
{
	struct dirent *e;
	char **more;

	*names = NULL;
	*n = 0;
	while (errno = 0, (e = readdir(d)) != NULL) {
		if (!journal_is_id(e->d_name))
			continue;
		more = reallocarray(*names, *n + 1, sizeof(*more));
		if (more == NULL)
			goto err1;
		*names = more;
		if ((more[*n] = strdup(e->d_name)) == NULL)
			goto err1;
		(*n)++;
	}
	if (errno != 0)
		goto err1;
	if (*n > 1)
		qsort(*names, *n, sizeof(**names), by_name);
	return 0;

err1:
	warn_errno("the folder of the restores' state cannot be read");
	names_free(*names, *n);
	return -1;
}

/* Those whose names start with ${prefix}: a broken one is in nobody's way who
 * asks for another. */
static int
walk(const char *dir, const char *prefix, journal_tell *tell, void *cookie)
{
	enum journal_state state;
	char **names;
	size_t n, i;
	DIR *d;
	int fd, rc;

	if ((rc = state_dir_open(dir, &fd)) != 1)
		return rc;
	if ((d = fdopendir(fd)) == NULL) {
		warn_errno("%s", dir);
		close(fd);
		return -1;
	}
	if ((rc = read_names(d, &names, &n)) == -1)
		goto out;
	for (i = 0; i < n && rc == 0; i++) {
		if (strncmp(names[i], prefix, strlen(prefix)) == 0 &&
		    (rc = state_of(dir, dirfd(d), names[i], &state)) == 1)
			rc = tell(cookie, names[i], state);
	}
	names_free(names, n);
out:
	closedir(d);
	return rc;
}

int
journal_list(const char *dir, journal_tell *tell, void *cookie)
{

	return walk(dir, "", tell, cookie);
}

struct search {
	int named;
	char *open, *newest; /* the unfinished one; the newest applied one */
	size_t hits;
};

static int
keep(char **to, const char *id)
{

	free(*to);
	if ((*to = strdup(id)) != NULL)
		return 0;
	warn_msg("out of memory");
	return -1;
}

/* journal_tell */
static int
consider(void *cookie, const char *id, enum journal_state state)
{
	struct search *s = cookie;

	if (state == JOURNAL_UNSEALED)
		return 0;
	if (s->named) {
		s->hits++;
		return keep(&s->newest, id);
	}
	if (state == JOURNAL_UNFINISHED)
		return keep(&s->open, id);
	return state == JOURNAL_APPLIED ? keep(&s->newest, id) : 0;
}

int
journal_find(const char *dir, const char *id, int unfinished, char **found)
{
	struct search s = { .named = id != NULL };
	int rc = -1;

	*found = NULL;
	if (id != NULL && id[0] == '\0')
		return 0;
	if (walk(dir, id == NULL ? "" : id, consider, &s) == -1)
		goto out;
	if (s.hits > 1) {
		warn_msg("%s: more than one restore's name starts so", id);
		goto out;
	}
	if (s.open != NULL) {
		*found = s.open;
		s.open = NULL;
	} else if (id != NULL || !unfinished) {
		*found = s.newest;
		s.newest = NULL;
	}
	rc = *found != NULL;
out:
	free(s.open);
	free(s.newest);
	return rc;
}

struct broom {
	const char *dir;
	int fd;
};

/* journal_tell */
static int
sweep_one(void *cookie, const char *id, enum journal_state state)
{
	struct broom *b = cookie;
	struct journal *j;
	int rc;

	if (state != JOURNAL_UNSEALED)
		return 0;
	if ((j = journal_new(b->dir, id)) == NULL)
		return -1;
	if ((j->statefd = fcntl(b->fd, F_DUPFD_CLOEXEC, 3)) == -1) {
		warn_errno("%s", b->dir);
		journal_close(j);
		return -1;
	}
	/* Looked at once more: what is sealed is never removed. */
	if ((rc = journal_attach(j)) == 1)
		rc = look(j, &state);
	if (rc == -1 || state != JOURNAL_UNSEALED)
		journal_close(j);
	else
		journal_discard(j);
	return rc == -1 ? -1 : 0;
}

int
journal_sweep(const char *dir)
{
	struct broom b = { .dir = dir };
	int rc;

	if ((rc = state_dir_open(dir, &b.fd)) != 1)
		return rc;
	rc = journal_list(dir, sweep_one, &b);
	close(b.fd);
	return rc;
}
