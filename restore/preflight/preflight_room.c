#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/files/files.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/preflight.h"

#define STATE_DIR "/var/lib/novark"

/* Of a journal's record, beside its values. */
#define RECORD 512

/* What is written to one file system. */
struct volume {
	struct root_room room;
	char *path;           /* the first that is written there */
	int64_t bytes, files; /* more than there is now, at the end */
	uint64_t most; /* the largest file: it stands twice for a while */
};

struct volumes {
	struct volume *v;
	size_t n;
};

static void
volumes_free(struct volumes *all)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		free(all->v[i].path);
	free(all->v);
}

static struct volume *
volume_of(struct volumes *all, const struct root_room *room, const char *path)
{
	struct volume *more;
	size_t i;

	for (i = 0; i < all->n; i++) {
		if (all->v[i].room.dev == room->dev)
			return &all->v[i];
	}
	more = reallocarray(all->v, all->n + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	all->v = more;
	more += all->n;
	*more = (struct volume){ .room = *room };
	if ((more->path = strdup(path)) == NULL)
		goto err0;
	all->n++;
	return more;

err0:
	warn_msg("out of memory");
	return NULL;
}

static uint64_t
whole_blocks(const struct volume *v, uint64_t bytes)
{
	uint64_t block = v->room.block;

	return (bytes + block - 1) / block * block;
}

/* One change to a file. */
static int
add_file(struct restore *r, struct volumes *all, const struct plan_record *rec)
{
	struct root_room room;
	uint64_t before, after;
	struct volume *v;
	size_t i;

	if (root_room(r->root, files_path(rec->item), &room))
		return -1;
	if ((v = volume_of(all, &room, files_path(rec->item))) == NULL)
		return -1;
	if (rec->type == PLAN_CREATE)
		v->files++;
	for (i = 0; i < rec->ncells; i++) {
		if (strcmp(rec->cells[i].name, "content") != 0)
			continue;
		before = whole_blocks(v, rec->cells[i].before_len);
		after = whole_blocks(v, rec->cells[i].after_len);
		v->bytes += (int64_t)after - (int64_t)before;
		if (after > v->most)
			v->most = after;
	}
	return 0;
}

/* What the journal has of a change: its values, before and after. */
static uint64_t
in_journal(const struct plan_record *rec)
{
	uint64_t n = RECORD;
	size_t i;

	for (i = 0; i < rec->ncells; i++)
		n += rec->cells[i].before_len + rec->cells[i].after_len;
	return n;
}

/* The state folder, or the folder above that is there. */
static int
state_room(const struct restore *r, struct root_room *room)
{
	char *way, *slash;
	int fd, rc = -1;

	if (r->opt->state_dir == NULL)
		return root_room(r->root, STATE_DIR, room);
	if ((way = strdup(r->opt->state_dir)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	while ((fd = open(way, O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1 &&
	       errno == ENOENT) {
		if ((slash = strrchr(way, '/')) == NULL)
			strcpy(way, way[0] == '.' ? "" : ".");
		else
			slash[slash == way] = '\0';
	}
	if (fd != -1)
		rc = root_room_at(fd, room);
	if (rc == -1)
		warn_errno("%s", way);
	if (fd != -1)
		close(fd);
	free(way);
	return rc;
}

static int
tell(struct restore *r, const struct volume *v)
{
	int64_t need = v->bytes + (int64_t)v->most;

	if (need > 0 && (uint64_t)need > v->room.bytes &&
	    finding_add(r, PLAN_HOST, v->path, NULL, "no-room",
		"the file system that this is on has %ju kB left, and the "
		"restore needs %ju kB there: make room",
		(uintmax_t)(v->room.bytes / 1024),
		(uintmax_t)(need + 1023) / 1024))
		return -1;
	if (v->files > 0 && (uint64_t)v->files > v->room.files)
		return finding_add(r, PLAN_HOST, v->path, NULL, "no-room",
		    "the file system that this is on has room for %ju files "
		    "more, and the restore makes %jd: make room",
		    (uintmax_t)v->room.files, (intmax_t)v->files);
	return 0;
}

static int
add_all(struct restore *r, struct volumes *all)
{
	const struct plan_record *rec;
	struct root_room room;
	uint64_t journal = 0;
	struct volume *v;
	int more;

	if (plan_rewind(r->plan) == -1)
		return -1;
	while ((more = plan_next(r->plan, &rec)) == 1) {
		if (rec->type != PLAN_CREATE && rec->type != PLAN_CHANGE)
			continue;
		journal += in_journal(rec);
		if (rec->kind == ITEM_FILE && add_file(r, all, rec))
			return -1;
	}
	if (more == -1 || journal == 0)
		return more;
	if (state_room(r, &room) ||
	    (v = volume_of(all, &room,
		 r->opt->state_dir != NULL ? r->opt->state_dir : STATE_DIR)) ==
		NULL)
		return -1;
	v->bytes += (int64_t)whole_blocks(v, journal);
	v->files += 3;
	return 0;
}

int
preflight_room(struct restore *r)
{
	struct volumes all = { NULL, 0 };
	size_t i;
	int rc;

	/* A description does not tell of room. */
	if (r->root == NULL)
		return plan_say(r->plan, PLAN_NOTE, PLAN_HOST, NULL, NULL,
		    "unseen", "not looked at: the room on its file systems");
	rc = add_all(r, &all);
	for (i = 0; rc == 0 && i < all.n; i++)
		rc = tell(r, &all.v[i]);
	volumes_free(&all);
	return rc;
}
