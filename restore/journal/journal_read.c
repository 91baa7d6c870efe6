#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "archive/judge/json_judge.h"
#include "archive/limits.h"
#include "archive/warn.h"
#include "restore/journal/journal_inner.h"
#include "restore/journal/state_dir.h"

/* Folder or file: ours, and closed to all others? */
static int
check_ours(const char *dir, const char *file, int fd, mode_t type)
{
	struct stat st;

	if (fstat(fd, &st) == -1) {
		warn_errno("%s%s: cannot be looked at", dir, file);
		return -1;
	}
	if ((st.st_mode & S_IFMT) != type || st.st_uid != geteuid() ||
	    (st.st_mode & 077) != 0) {
		warn_msg("%s%s: is not as novark makes it (another's, open to "
			 "others, or something else): it is not used",
		    dir, file);
		return -1;
	}
	return 0;
}

int
journal_attach(struct journal *j)
{

	j->dirfd = openat(
	    j->statefd, j->id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (j->dirfd == -1 && errno == ENOENT)
		return 0;
	if (j->dirfd == -1) {
		warn_errno("%s: cannot be opened", j->dir);
		return -1;
	}
	if (check_ours(j->dir, "", j->dirfd, S_IFDIR) == -1)
		return -1;
	j->fd = openat(
	    j->dirfd, "journal", O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	/* Cut between folder and file. */
	if (j->fd == -1 && errno == ENOENT)
		return 0;
	if (j->fd == -1) {
		warn_errno("%s/journal: cannot be opened", j->dir);
		return -1;
	}
	return check_ours(j->dir, "/journal", j->fd, S_IFREG) == -1 ? -1 : 1;
}

/* A number as the whole body. */
static int
take_number(const struct journal_head *head, const char *body, uint64_t max,
    uint64_t *n)
{

	if (head->len != sizeof(*n))
		return -1;
	memcpy(n, body, sizeof(*n));
	return *n <= max ? 0 : -1;
}

static int
take_asked(struct journal *j, const struct journal_head *head, const char *body)
{

	if (j->asked != NULL)
		return -1;
	j->asked = json_open(body, (size_t)head->len, JSON_REJECT_DUPLICATES,
	    JSON_ANY_WEIGHT, NULL);
	return j->asked == NULL ? -1 : 0;
}

static int
take_change(
    struct journal *j, const struct journal_head *head, const char *body)
{

	if (j->asked == NULL || j->sealed)
		return -1;
	if (digest_add(j->over, &head->len, sizeof(head->len)) ||
	    digest_add(j->over, body, (size_t)head->len))
		return -1;
	j->changes++;
	return 0;
}

static int
take_sealed(
    struct journal *j, const struct journal_head *head, const char *body)
{
	struct journal_seal_body seal;

	if (j->asked == NULL || j->sealed || head->len != sizeof(seal))
		return -1;
	memcpy(&seal, body, sizeof(seal));
	if (digest_hex(j->over, j->hex) || seal.changes != j->changes ||
	    memcmp(seal.digest, j->hex, sizeof(seal.digest)) != 0)
		return -1;
	j->sealed = 1;
	return 0;
}

void
journal_note_done(struct journal *j, uint64_t n)
{

	j->done = n;
	if (j->way == JOURNAL_FORWARD ? n > j->made : n < j->made)
		j->made = n;
}

void
journal_note_end(struct journal *j)
{

	j->ended = 1;
	j->made = j->way == JOURNAL_FORWARD ? j->changes : 0;
}

/* What a record behind the seal says. */
static int
take_course(
    struct journal *j, const struct journal_head *head, const char *body)
{
	/* Also where there are no changes, there are two ways. */
	uint64_t n, max = head->type == RECORD_WAY || head->type == RECORD_END
			      ? JOURNAL_BACK
			      : j->changes;

	if (!j->sealed || take_number(head, body, max, &n) == -1)
		return -1;
	switch ((enum journal_type)head->type) {
	case RECORD_INTENT:
		j->intended = n;
		return 0;
	case RECORD_DONE:
		journal_note_done(j, n);
		return 0;
	case RECORD_WAY:
	case RECORD_END:
		j->way = (enum journal_way)n;
		j->ended = 0;
		if (head->type == RECORD_END)
			journal_note_end(j);
		else
			j->done = n == JOURNAL_FORWARD ? 0 : j->intended;
		return 0;
	default:
		return -1;
	}
}

/* 0; -1 when a record that holds stands where it cannot. */
static int
take_record(
    struct journal *j, const struct journal_head *head, const char *body)
{

	if (head->number != j->number || head->durable > j->written)
		return -1;
	j->number++;
	if (head->type == RECORD_ASKED)
		return take_asked(j, head, body);
	if (head->type == RECORD_CHANGE)
		return take_change(j, head, body);
	if (head->type == RECORD_SEALED)
		return take_sealed(j, head, body);
	return take_course(j, head, body);
}

static int
damaged(const struct journal *j)
{

	warn_msg("%s/journal: is damaged at byte %" PRIu64 ": nothing can be "
		 "resumed or taken back by it; keep the folder, and move it "
		 "elsewhere to go on without it",
	    j->dir, j->written);
	return -1;
}

int
journal_scan(struct journal *j, uint64_t size)
{
	struct journal_head head;
	const char *body;
	int rc;

	j->window.fd = j->fd;
	j->window.size = size;
	while ((rc = journal_record_at(j, j->written, &head, &body)) == 1) {
		if (take_record(j, &head, body) == -1)
			return damaged(j);
		j->written += journal_record_size(head.len);
		if (head.type == RECORD_ASKED)
			j->first = j->written;
		if (head.type == RECORD_ASKED || head.type == RECORD_CHANGE)
			j->last = j->written;
	}
	if (rc == 0)
		rc = journal_record_beyond(j, j->written);
	return rc == 1 ? damaged(j) : rc;
}

/* Only what was durable stays, and is durable before more is written. */
static int
cut_tail(struct journal *j, uint64_t size)
{

	if (j->written < size && ftruncate(j->fd, (off_t)j->written) == -1) {
		warn_errno("%s/journal: cannot be written", j->dir);
		return -1;
	}
	if (lseek(j->fd, (off_t)j->written, SEEK_SET) == -1 ||
	    fsync(j->fd) == -1) {
		warn_errno("%s/journal: cannot be synced", j->dir);
		return -1;
	}
	j->durable = j->written;
	return 0;
}

struct journal *
journal_open(const char *dir, const char *id)
{
	struct journal *j;
	struct stat st;
	int rc;

	if (!journal_is_id(id)) {
		warn_msg("%s: is no restore's name", id);
		return NULL;
	}
	if ((j = journal_new(dir, id)) == NULL)
		return NULL;
	if ((rc = state_dir_open(dir, &j->statefd)) == 1)
		rc = journal_attach(j);
	if (rc == 0)
		warn_msg("%s: there is no such journal", j->dir);
	if (rc != 1)
		goto err1;
	if (fstat(j->fd, &st) == -1) {
		warn_errno("%s/journal: cannot be looked at", j->dir);
		goto err1;
	}
	if (journal_scan(j, (uint64_t)st.st_size) == -1)
		goto err1;
	if (!j->sealed) {
		warn_msg("%s: was cut before anything was changed", j->dir);
		goto err1;
	}
	if (cut_tail(j, (uint64_t)st.st_size) == -1)
		goto err1;
	return j;

err1:
	/* Nothing waits to be written. */
	journal_close(j);
	return NULL;
}

static int
no_change(const struct journal *j)
{

	warn_msg("%s/journal: does not hold what was written to it", j->dir);
	return -1;
}

int
journal_next(struct journal *j, const struct plan_record **rec, uint64_t *n)
{
	struct journal_head head;
	const char *body;
	uint64_t at = j->pos;
	int rc;

	if (j->reading == JOURNAL_FORWARD && j->next == j->changes)
		return 0;
	if (j->reading == JOURNAL_BACK && j->next == 0)
		return 0;
	if (j->reading == JOURNAL_FORWARD)
		rc = journal_record_at(j, at, &head, &body);
	else
		rc = journal_record_before(j, j->pos, &at, &head, &body);
	if (rc == -1)
		return -1;
	if (rc == 0 || head.type != RECORD_CHANGE ||
	    plan_decode(body, (size_t)head.len, &j->record) == -1)
		return no_change(j);
	if (j->reading == JOURNAL_FORWARD) {
		j->pos = at + journal_record_size(head.len);
		*n = j->next++;
	} else {
		j->pos = at;
		*n = --j->next;
	}
	*rec = &j->record.r;
	return 1;
}
