#ifndef RESTORE_JOURNAL_INNER_H
#define RESTORE_JOURNAL_INNER_H

#include <sys/types.h>

#include "archive/buf.h"
#include "archive/bundle/digest.h"
#include "restore/journal/journal.h"
#include "restore/plan/plan_record.h"

/**
 * The journal as its own files see it.  On disk a record is
 *
 *   offset  length
 *        0       8  mark, "novarkJ1" (the 1 is the version of this form)
 *        8       8  type
 *       16       8  number of the record, from 0 on
 *       24       8  length of the body
 *       32       8  bytes of the file that were durable when it was written
 *       40    body
 *        .      64  SHA-256, hex: over the journal's ID, the offset of the
 *                   record in the file, its first 40 bytes and its body
 *        .       8  length of the body once more
 *
 * Numbers are this host's: a journal does not leave it.  ID and offset are in
 * the digest, so that an old block of another journal never verifies.
 */
#define JOURNAL_MARK "novarkJ1"
#define JOURNAL_HEAD 40u
#define JOURNAL_TAIL 72u

/* "20261122T161547Z-0123abcd" */
#define JOURNAL_ID 25

enum journal_type {
	RECORD_ASKED = 1,
	RECORD_CHANGE,
	RECORD_SEALED,
	RECORD_WAY,
	RECORD_INTENT,
	RECORD_DONE,
	RECORD_END
};

struct journal_head {
	char mark[8];
	uint64_t type, number, len, durable;
};

/* A sealed record's body. */
struct journal_seal_body {
	uint64_t changes;
	char digest[64];
};

/* A piece of the file in memory. */
struct journal_window {
	int fd;
	uint64_t size; /* of the file, or what of it is to be read */
	uint64_t at;
	size_t len;
	struct buf bytes;
};

struct journal {
	char id[JOURNAL_ID + 1];
	char *dir;   /* DIR/ID */
	int dirfd;   /* of that */
	int statefd; /* of DIR */
	int fd;
	json_t *asked;
	int sealed, ended, broken;
	enum journal_way way;
	uint64_t changes, intended, done;
	uint64_t made; /* the most that done and end said, going forward */
	char hex[65];  /* over the changes, once sealed */
	struct digest *over;      /* while changes come in */
	struct digest *digest;    /* of one record */
	uint64_t number, durable; /* of the next record; of the file */
	uint64_t first, last;     /* where the changes begin and end */
	uint64_t written;         /* bytes of the file */
	struct buf out, body;     /* to be written; being made */
	/* Reading the changes. */
	struct journal_window window;
	enum journal_way reading;
	uint64_t pos, next; /* offset; number of the change there */
	struct plan_decoded record;
};

/* An empty one, nothing open; NULL, said. */
struct journal *journal_new(const char *dir, const char *id) MUST_CHECK;

/* What a record of done or end means for ${j}. */
void journal_note_done(struct journal *j, uint64_t n);
void journal_note_end(struct journal *j);

/* Does it look like the name of a journal? */
int journal_is_id(const char *name);

/**
 * journal_attach(j):
 * Open folder and file below ${j}->statefd: 1; 0 when there is none, -1 said
 * (also: not ours alone).
 */
int journal_attach(struct journal *j) MUST_CHECK;

/**
 * journal_scan(j, size):
 * Read all of an attached one from its begin: what is asked, how far it is.
 * ${j}->written is where the records that hold end.  0, or -1 said: damaged.
 */
int journal_scan(struct journal *j, uint64_t size) MUST_CHECK;

/* Append the tail to a record of ${len} bytes at ${b}->data + ${start}, which
 * will stand at ${at} of the file: 0, or -1 said. */
int journal_record_close(
    struct journal *j, struct buf *b, size_t start, uint64_t at) MUST_CHECK;

/**
 * journal_record_at(j, at, head, body):
 * The record at ${at}: 1 with its head and body (in the window, until the next
 * call), 0 when what stands there is none, -1 said: it cannot be read.
 */
int journal_record_at(struct journal *j, uint64_t at, struct journal_head *head,
    const char **body) MUST_CHECK;

/* As that, the record that ends in front of ${end}; ${*at} is where it is. */
int journal_record_before(struct journal *j, uint64_t end, uint64_t *at,
    struct journal_head *head, const char **body) MUST_CHECK;

/* A later record than what holds, from ${at} on, that says more than ${at}
 * bytes were durable: 1, 0, -1 said. */
int journal_record_beyond(struct journal *j, uint64_t at) MUST_CHECK;

/* The bytes of a whole record with that body. */
uint64_t journal_record_size(uint64_t len);

#endif
