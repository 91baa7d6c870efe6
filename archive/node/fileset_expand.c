#include "archive/node/fileset_expand.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"

/* A folder on the way. */
struct level {
	struct level *up;
	struct buf real;          /* its real path; "" is the root */
	int fd;                   /* open for looks, or -1 */
	struct fileset_list ways; /* what led here from the one above */
	/* Names that are no patterns, and files of the set: one slot for each
	 * goal. */
	struct fileset_goal *took;
	size_t ntook;
};

/* 1: it is a file of the set; 0; or -1 said. */
static int enter(struct fileset *fs, struct level *up, const char *part,
    size_t len, const struct fileset_goal *goals, size_t n);

/* The ways to a folder lead to something: they belong to the set. */
static int
arrived(struct fileset *fs, struct level *l)
{
	size_t i;

	for (; l != NULL; l = l->up) {
		for (i = 0; i < l->ways.n; i++)
			if (fileset_note(&fs->found, l->ways.all[i].path,
				FILESET_WAY, 0, &l->ways.all[i].st))
				return -1;
		fileset_forget(&l->ways, 0);
	}
	return 0;
}

/* The first part of what a goal looks for. */
static size_t
part_of(const struct fileset_goal *g)
{

	return strcspn(g->rest, "/");
}

static int
is_pattern(const struct fileset_goal *g)
{
	size_t len = part_of(g), i;

	for (i = g->literal; i < len; i++)
		if (strchr("*?[", g->rest[i]) != NULL)
			return 1;
	return 0;
}

/* "**" means all that is there, and is no part of a path. */
static int
is_all(const struct fileset_goal *g)
{

	return g->literal == 0 && strcmp(g->rest, "**") == 0;
}

/* Take the first part off. */
static void
shorten(struct fileset_goal *g)
{
	size_t n = part_of(g);

	n += strspn(g->rest + n, "/");
	g->rest += n;
	g->literal -= n < g->literal ? n : g->literal;
}

/* Does the first part of a goal, a pattern, fit a name? */
static int
fits(const struct fileset_goal *g, const char *name)
{
	char glob[256];
	size_t len = part_of(g), plain = strcspn(g->rest, "*?[\\");

	/* Most names differ at once, and fnmatch is slow to say so. */
	if (len >= sizeof(glob) ||
	    strncmp(g->rest, name, plain < len ? plain : len) != 0)
		return 0;
	if (len == 1 && g->rest[0] == '*')
		return name[0] != '.';
	memcpy(glob, g->rest, len);
	glob[len] = '\0';
	return fnmatch(glob, name, FNM_PERIOD) == 0;
}

/* Those of the goals that want ${part}, without it. */
static size_t
choose_same(const struct fileset_goal *goals, size_t n, const char *part,
    size_t len, struct fileset_goal *out)
{
	size_t i, m = 0;

	for (i = 0; i < n; i++) {
		if (is_all(&goals[i]) || is_pattern(&goals[i]) ||
		    part_of(&goals[i]) != len ||
		    memcmp(goals[i].rest, part, len) != 0)
			continue;
		out[m] = goals[i];
		shorten(&out[m++]);
	}
	return m;
}

/* Those whose pattern a name fits, without the pattern. */
static size_t
choose_fitting(const struct fileset_goal *goals, size_t n, const char *name,
    struct fileset_goal *out)
{
	size_t i, m = 0;

	for (i = 0; i < n; i++) {
		if (is_all(&goals[i]) || !is_pattern(&goals[i]) ||
		    !fits(&goals[i], name))
			continue;
		out[m] = goals[i];
		shorten(&out[m++]);
	}
	return m;
}

/* The parts that are no patterns: each is entered once, for all its goals. */
static int
named(struct fileset *fs, struct level *l, const struct fileset_goal *goals,
    size_t n, struct fileset_goal *some)
{
	size_t i, k, len, m;
	int rc;

	for (i = 0; i < n; i++) {
		len = part_of(&goals[i]);
		if (is_all(&goals[i]) || is_pattern(&goals[i]))
			continue;
		for (k = 0; k < i; k++)
			if (!is_pattern(&goals[k]) &&
			    part_of(&goals[k]) == len &&
			    memcmp(goals[k].rest, goals[i].rest, len) == 0)
				break;
		if (k < i)
			continue;
		m = choose_same(goals, n, goals[i].rest, len, some);
		rc = m > 0 ? enter(fs, l, goals[i].rest, len, some, m) : 0;
		if (rc == -1)
			return -1;
		if (rc == 1)
			l->took[l->ntook++] = goals[i];
	}
	return 0;
}

/* Was it found by a goal that has no pattern? */
static int
is_taken(const struct level *l, const char *name)
{
	size_t i, len = strlen(name);

	for (i = 0; i < l->ntook; i++)
		if (part_of(&l->took[i]) == len &&
		    memcmp(l->took[i].rest, name, len) == 0)
			return 1;
	return 0;
}

/* The patterns, name by name. */
static int
listed(struct fileset *fs, struct level *l, const struct fileset_goal *goals,
    size_t n, struct fileset_goal *some)
{
	char **names;
	size_t count, i, m, left = 0;
	int rc;

	for (i = 0; i < n; i++)
		if (!is_all(&goals[i]) && is_pattern(&goals[i]))
			break;
	if (i == n)
		return 0;
	rc = root_list_in(fs->r, l->real.data, l->fd, &names, &count);
	if (rc <= 0)
		return rc;
	for (i = 0, rc = 0; i < count; i++) {
		m = rc < 0 ? 0 : choose_fitting(goals, n, names[i], some);
		if (m > 0)
			rc = enter(fs, l, names[i], strlen(names[i]), some, m);
		if (rc == 1 || is_taken(l, names[i]))
			free(names[i]);
		else
			names[left++] = names[i];
		rc = rc < 0 ? rc : 0;
	}
	if (rc < 0) {
		root_names_free(names, left);
		return -1;
	}
	return fileset_listings_add(&fs->listings, l->real.data, names, left);
}

/* In a folder: what the goals say of it, and of what is in it. */
static int
look_in(struct fileset *fs, struct level *l, const struct fileset_goal *goals,
    size_t n)
{
	struct fileset_goal *some;
	int rc;

	if (fs->ways && arrived(fs, l))
		return -1;
	if ((some = calloc(2 * n, sizeof(*some))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	l->took = some + n;
	if ((rc = named(fs, l, goals, n, some)) == 0)
		rc = listed(fs, l, goals, n, some);
	free(some);
	return rc;
}

/* The end of some goals' ways: what stands there belongs to their sets.  1: it
 * is no folder; 0; or -1 said. */
static int
take(struct fileset *fs, struct level *up, const char *path,
    const struct fileset_goal *g)
{
	struct stat st;
	int rc;

	if ((rc = root_look(fs->r, up->fd, path, &st)) <= 0)
		return rc;
	if (arrived(fs, up))
		return -1;
	if (S_ISDIR(st.st_mode) || fileset_temp(path))
		return 0;
	return fileset_one(fs, path, g->set, g->order, &st) == 0 ? 1 : -1;
}

/* Walk on into ${part}, behind links: 1, 0 nothing is there, -1 said. */
static int
walk_on(struct fileset *fs, struct level *l, const char *path, const char *part)
{
	struct stat st;

	/* Nearly always a folder. */
	if (strcmp(part, ".") != 0 && strcmp(part, "..") != 0 &&
	    (l->fd = root_folder(fs->r, l->up->fd, path)) != -1) {
		if (fstat(l->fd, &st) == -1) {
			warn_errno("%s cannot be looked at", path);
			return -1;
		}
		if (buf_adds(&l->real, path) ||
		    fileset_note(&l->ways, path, FILESET_WAY, 0, &st))
			return -1;
		return 1;
	}
	if (buf_adds(&l->real, l->up->real.data))
		return -1;
	return fileset_way(fs->r, part, &l->real, &l->ways);
}

/* All that is behind a name: "**", and what lies deeper. */
static int
behind(struct fileset *fs, struct level *up, const char *path, const char *part,
    const struct fileset_goal *goals, size_t n)
{
	struct level l = { .up = up, .fd = -1 };
	size_t i, deeper = 0;
	int rc, all = 0;

	rc = walk_on(fs, &l, path, part);
	for (i = 0; i < n && rc >= 0; i++) {
		deeper += goals[i].rest[0] != '\0' && !is_all(&goals[i]);
		if (!is_all(&goals[i]))
			continue;
		/* A link that leads nowhere is still one. */
		if (!all++ && (rc == 1 || l.ways.n > 0) && arrived(fs, &l))
			rc = -1;
		if (rc == 1 && fileset_below(fs, l.real.data, goals[i].set,
				   goals[i].order))
			rc = -1;
	}
	if (rc >= 0 && fs->ways && arrived(fs, &l))
		rc = -1;
	if (rc == 1 && l.fd == -1)
		l.fd = root_folder(fs->r, -1, l.real.data);
	if (rc == 1 && deeper > 0 && l.fd != -1)
		rc = look_in(fs, &l, goals, n);
	if (l.fd != -1)
		close(l.fd);
	fileset_forget(&l.ways, 0);
	buf_free(&l.real);
	return rc < 0 ? -1 : 0;
}

/* One name in a folder, which some goals want. */
static int
enter(struct fileset *fs, struct level *up, const char *part, size_t len,
    const struct fileset_goal *goals, size_t n)
{
	struct buf path = BUF_EMPTY, name = BUF_EMPTY;
	size_t i, further = 0;
	int rc = -1, taken = 0;

	if (buf_add(&name, part, len) ||
	    fileset_child(&path, up->real.data, name.data))
		goto done;
	for (i = 0, rc = 0; i < n && rc >= 0; i++) {
		if (goals[i].rest[0] != '\0')
			further++;
		else if ((rc = take(fs, up, path.data, &goals[i])) == 1)
			taken = 1;
	}
	if (rc >= 0 && further > 0)
		rc = behind(fs, up, path.data, name.data, goals, n);
done:
	buf_free(&name);
	buf_free(&path);
	return rc < 0 ? -1 : taken;
}

int
fileset_expand(struct fileset *fs, const struct fileset_goal *goals, size_t n)
{
	struct level top = { .fd = -1 };
	int rc = -1;

	if (n == 0)
		return 0;
	if ((top.fd = root_folder(fs->r, -1, "/")) == -1)
		warn_errno("%s cannot be opened", root_dir(fs->r));
	else if (buf_adds(&top.real, "") == 0)
		rc = look_in(fs, &top, goals, n);
	if (top.fd != -1)
		close(top.fd);
	buf_free(&top.real);
	return rc;
}
