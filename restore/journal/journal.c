#include "restore/journal/journal.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/journal/journal_inner.h"
#include "restore/journal/state_dir.h"

/* Write when so much waits. */
#define BLOCK (256u << 10)

static int
make_id(char id[JOURNAL_ID + 1])
{
	time_t now = time(NULL);
	uint32_t random;
	struct tm tm;
	char day[32];

	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random) ||
	    gmtime_r(&now, &tm) == NULL ||
	    strftime(day, sizeof(day), "%Y%m%dT%H%M%SZ", &tm) != 16) {
		warn_errno("no name can be made for the journal");
		return -1;
	}
	snprintf(id, JOURNAL_ID + 1, "%.16s-%08" PRIx32, day, random);
	return 0;
}

struct journal *
journal_new(const char *dir, const char *id)
{
	struct journal *j;

	if ((j = calloc(1, sizeof(*j))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	j->fd = j->dirfd = j->statefd = -1;
	memcpy(j->id, id, JOURNAL_ID);
	if (asprintf(&j->dir, "%s/%s", dir, id) == -1) {
		j->dir = NULL;
		warn_msg("out of memory");
		goto err1;
	}
	if ((j->digest = digest_new()) == NULL ||
	    (j->over = digest_new()) == NULL)
		goto err1;
	return j;

err1:
	journal_close(j);
	return NULL;
}

/* What waits goes to the file. */
static int
flush(struct journal *j)
{
	size_t done = 0;
	ssize_t n;

	while (!j->broken && done < j->out.len) {
		n = write(j->fd, j->out.data + done, j->out.len - done);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			warn_errno("%s/journal: cannot be written", j->dir);
			j->broken = 1;
			break;
		}
		done += (size_t)n;
	}
	buf_clear(&j->out);
	return j->broken ? -1 : 0;
}

static int
sync_journal(struct journal *j)
{

	if (flush(j) == -1)
		return -1;
	/* What a failed fsync left out is never asked for again. */
	if (fsync(j->fd) == -1) {
		warn_errno("%s/journal: cannot be synced", j->dir);
		j->broken = 1;
		return -1;
	}
	j->durable = j->written;
	return 0;
}

/* A record whose body is ${j}->body. */
static int
add_record(struct journal *j, enum journal_type type)
{
	struct journal_head head = { .type = type,
		.number = j->number,
		.len = j->body.len,
		.durable = j->durable };
	size_t start = j->out.len;

	if (j->broken) {
		warn_msg("%s/journal: cannot be written any more", j->dir);
		return -1;
	}
	memcpy(head.mark, JOURNAL_MARK, sizeof(head.mark));
	if (buf_add(&j->out, &head, sizeof(head)) ||
	    buf_add(&j->out, j->body.data, j->body.len) ||
	    journal_record_close(j, &j->out, start, j->written)) {
		j->out.len = start;
		j->broken = 1;
		return -1;
	}
	j->number++;
	j->written += j->out.len - start;
	return j->out.len >= BLOCK ? flush(j) : 0;
}

static int
add_number(struct journal *j, enum journal_type type, uint64_t n)
{

	buf_clear(&j->body);
	if (buf_add(&j->body, &n, sizeof(n)))
		return -1;
	return add_record(j, type);
}

static int
add_asked(struct journal *j, const json_t *asked)
{
	char *text;
	int rc;

	if ((text = json_dumps(asked, JSON_COMPACT)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	buf_clear(&j->body);
	rc = buf_adds(&j->body, text);
	explicit_bzero(text, strlen(text));
	free(text);
	if (rc == 0)
		rc = add_record(j, RECORD_ASKED);
	j->first = j->last = j->written;
	return rc;
}

/* Folder and file, so that both outlive a power cut. */
static int
make_file(struct journal *j)
{

	if (mkdirat(j->statefd, j->id, 0700) == -1) {
		warn_errno("%s: cannot be made", j->dir);
		return -1;
	}
	j->dirfd = openat(
	    j->statefd, j->id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (j->dirfd == -1 || fchmod(j->dirfd, 0700) == -1 ||
	    fsync(j->statefd) == -1) {
		warn_errno("%s: cannot be made", j->dir);
		return -1;
	}
	j->fd = openat(j->dirfd, "journal",
	    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (j->fd == -1 || fchmod(j->fd, 0600) == -1 || fsync(j->dirfd) == -1) {
		warn_errno("%s/journal: cannot be made", j->dir);
		return -1;
	}
	return 0;
}

struct journal *
journal_create(const char *dir, const json_t *asked)
{
	char id[JOURNAL_ID + 1];
	struct journal *j;

	if (make_id(id) == -1 || (j = journal_new(dir, id)) == NULL)
		return NULL;
	if ((j->statefd = state_dir_make(dir)) == -1)
		goto err1;
	if (make_file(j) == -1 || add_asked(j, asked) == -1)
		goto err2;
	/* A copy: the caller's is the caller's. */
	j->asked = json_deep_copy(asked);
	if (j->asked == NULL) {
		warn_msg("out of memory");
		goto err2;
	}
	return j;

err2:
	journal_discard(j);
	return NULL;
err1:
	journal_close(j);
	return NULL;
}

int
journal_change(struct journal *j, const struct plan_record *rec)
{
	uint64_t len;

	if (j->sealed || rec->type > PLAN_CHANGE) {
		warn_msg("%s/journal: no place for such a record", j->dir);
		return -1;
	}
	buf_clear(&j->body);
	if (plan_encode(rec, &j->body) == -1)
		return -1;
	len = j->body.len;
	if (digest_add(j->over, &len, sizeof(len)) ||
	    digest_add(j->over, j->body.data, j->body.len) ||
	    add_record(j, RECORD_CHANGE))
		return -1;
	j->changes++;
	j->last = j->written;
	return 0;
}

int
journal_seal(struct journal *j)
{
	struct journal_seal_body seal = { .changes = j->changes };

	if (j->sealed) {
		warn_msg("%s/journal: is sealed already", j->dir);
		return -1;
	}
	if (digest_hex(j->over, j->hex) || sync_journal(j))
		return -1;
	memcpy(seal.digest, j->hex, sizeof(seal.digest));
	buf_clear(&j->body);
	if (buf_add(&j->body, &seal, sizeof(seal)) ||
	    add_record(j, RECORD_SEALED) || sync_journal(j))
		return -1;
	j->sealed = 1;
	return 0;
}

/* Before a record that only a sealed journal has. */
static int
check_sealed(const struct journal *j)
{

	if (j->sealed)
		return 0;
	warn_msg("%s/journal: is not sealed yet", j->dir);
	return -1;
}

int
journal_turn(struct journal *j, enum journal_way way)
{

	if (check_sealed(j) || add_number(j, RECORD_WAY, way) ||
	    sync_journal(j))
		return -1;
	j->way = way;
	j->ended = 0;
	j->done = way == JOURNAL_FORWARD ? 0 : j->intended;
	return 0;
}

static int
set_intended(struct journal *j, uint64_t n)
{

	if (n > j->changes) {
		warn_msg("%s/journal: has no such change", j->dir);
		return -1;
	}
	if (add_number(j, RECORD_INTENT, n) || sync_journal(j))
		return -1;
	j->intended = n;
	return 0;
}

int
journal_intend(struct journal *j, uint64_t n)
{

	if (check_sealed(j))
		return -1;
	return n <= j->intended ? 0 : set_intended(j, n);
}

int
journal_retract(struct journal *j, uint64_t n)
{

	if (check_sealed(j))
		return -1;
	return n >= j->intended ? 0 : set_intended(j, n);
}

int
journal_done(struct journal *j, uint64_t n)
{

	if (check_sealed(j) || add_number(j, RECORD_DONE, n))
		return -1;
	journal_note_done(j, n);
	return 0;
}

int
journal_sync(struct journal *j)
{

	return check_sealed(j) ? -1 : sync_journal(j);
}

int
journal_end(struct journal *j)
{

	if (check_sealed(j) || add_number(j, RECORD_END, j->way) ||
	    sync_journal(j))
		return -1;
	journal_note_end(j);
	return 0;
}

int
journal_rewind(struct journal *j, enum journal_way way)
{

	if (flush(j) == -1)
		return -1;
	j->reading = way;
	j->pos = way == JOURNAL_FORWARD ? j->first : j->last;
	j->next = way == JOURNAL_FORWARD ? 0 : j->changes;
	j->window.fd = j->fd;
	j->window.size = j->last;
	return 0;
}

/* What is done, and waits to be written, saves looking: it is no loss. */
void
journal_close(struct journal *j)
{

	if (j == NULL)
		return;
	if (j->sealed)
		(void)flush(j);
	if (j->fd != -1)
		close(j->fd);
	if (j->dirfd != -1)
		close(j->dirfd);
	if (j->statefd != -1)
		close(j->statefd);
	digest_free(j->digest);
	digest_free(j->over);
	json_decref(j->asked);
	plan_decoded_free(&j->record);
	buf_wipe(&j->out);
	buf_wipe(&j->body);
	buf_wipe(&j->window.bytes);
	free(j->dir);
	free(j);
}

void
journal_discard(struct journal *j)
{

	if (j == NULL)
		return;
	if (j->intended == 0 && j->statefd != -1) {
		if (j->fd != -1 && unlinkat(j->dirfd, "journal", 0) == -1)
			warn_errno("%s/journal: cannot be removed", j->dir);
		if (j->dirfd != -1 &&
		    unlinkat(j->statefd, j->id, AT_REMOVEDIR) == -1)
			warn_errno("%s: cannot be removed", j->dir);
		/* Nothing more is written to it. */
		j->sealed = 0;
	}
	journal_close(j);
}
