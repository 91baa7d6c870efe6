#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/journal/journal_inner.h"

/* Read so much at once: changes of rows are small and many. */
#define WINDOW (256u << 10)

_Static_assert(sizeof(struct journal_head) == JOURNAL_HEAD, "no padding");
_Static_assert(sizeof(struct journal_seal_body) == 72, "no padding");

uint64_t
journal_record_size(uint64_t len)
{

	return JOURNAL_HEAD + len + JOURNAL_TAIL;
}

/* The digest of the record whose head and body are these. */
static int
record_digest(struct journal *j, uint64_t at, const char *record, size_t len,
    char hex[65])
{

	if (digest_add(j->digest, j->id, JOURNAL_ID) ||
	    digest_add(j->digest, &at, sizeof(at)) ||
	    digest_add(j->digest, record, len))
		return -1;
	return digest_hex(j->digest, hex);
}

int
journal_record_close(
    struct journal *j, struct buf *b, size_t start, uint64_t at)
{
	uint64_t len = b->len - start - JOURNAL_HEAD;
	char hex[65];

	if (record_digest(j, at, b->data + start, b->len - start, hex) ||
	    buf_add(b, hex, 64))
		return -1;
	return buf_add(b, &len, sizeof(len));
}

/* Fill the window from ${from} on: 0, or -1 said.  A file that is shorter than
 * it was is an error, not its end. */
static int
window_fill(struct journal *j, uint64_t from, size_t len)
{
	struct journal_window *w = &j->window;
	ssize_t got;
	char *to;

	buf_clear(&w->bytes);
	w->len = 0;
	if ((to = buf_reserve(&w->bytes, len)) == NULL)
		return -1;
	w->at = from;
	while (w->len < len) {
		got = pread(
		    w->fd, to + w->len, len - w->len, (off_t)(from + w->len));
		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1) {
			warn_errno("%s/journal: cannot be read", j->dir);
			return -1;
		}
		if (got == 0) {
			warn_msg("%s/journal: is shorter than it was", j->dir);
			return -1;
		}
		w->len += (size_t)got;
	}
	return 0;
}

/* The bytes at ${at}, within the file: NULL, said. */
static const char *
window_get(struct journal *j, uint64_t at, size_t len)
{
	struct journal_window *w = &j->window;
	uint64_t from = at, end = at + len;
	size_t want = len;

	if (at >= w->at && end <= w->at + w->len)
		return w->bytes.data + (at - w->at);
	if (want < WINDOW) {
		/* Backwards when what is asked for lies in front. */
		want = WINDOW;
		if (w->len > 0 && at < w->at)
			from = end > WINDOW ? end - WINDOW : 0;
		if (want > w->size - from)
			want = (size_t)(w->size - from);
	}
	if (window_fill(j, from, want) == -1)
		return NULL;
	return w->bytes.data + (at - from);
}

int
journal_record_at(struct journal *j, uint64_t at, struct journal_head *head,
    const char **body)
{
	uint64_t left = j->window.size - at, behind;
	const char *bytes;
	char hex[65];
	size_t len;

	if (left < journal_record_size(0))
		return 0;
	if ((bytes = window_get(j, at, JOURNAL_HEAD)) == NULL)
		return -1;
	memcpy(head, bytes, JOURNAL_HEAD);
	if (memcmp(head->mark, JOURNAL_MARK, sizeof(head->mark)) != 0 ||
	    head->len > left - journal_record_size(0))
		return 0;
	len = (size_t)head->len;
	if ((bytes = window_get(
		 j, at, (size_t)journal_record_size(head->len))) == NULL)
		return -1;
	if (record_digest(j, at, bytes, JOURNAL_HEAD + len, hex) == -1)
		return -1;
	memcpy(&behind, bytes + JOURNAL_HEAD + len + 64, sizeof(behind));
	if (memcmp(hex, bytes + JOURNAL_HEAD + len, 64) != 0 || behind != len)
		return 0;
	*body = bytes + JOURNAL_HEAD;
	return 1;
}

int
journal_record_before(struct journal *j, uint64_t end, uint64_t *at,
    struct journal_head *head, const char **body)
{
	const char *bytes;
	uint64_t len;

	if (end < journal_record_size(0))
		return 0;
	if ((bytes = window_get(j, end - sizeof(len), sizeof(len))) == NULL)
		return -1;
	memcpy(&len, bytes, sizeof(len));
	if (len > end - journal_record_size(0))
		return 0;
	*at = end - journal_record_size(len);
	/* All of it at once, or its front would be read before its rear. */
	if (window_get(j, *at, (size_t)journal_record_size(len)) == NULL)
		return -1;
	return journal_record_at(j, *at, head, body);
}

/* The next mark behind ${at}: 1 with ${*found}, 0, -1 said. */
static int
find_mark(struct journal *j, uint64_t at, uint64_t *found)
{
	const size_t mark = sizeof(JOURNAL_MARK) - 1;
	const char *bytes, *hit;
	size_t len;

	while (j->window.size - at >= journal_record_size(0)) {
		len = WINDOW;
		if (len > j->window.size - at)
			len = (size_t)(j->window.size - at);
		if ((bytes = window_get(j, at, len)) == NULL)
			return -1;
		hit = memmem(bytes, len, JOURNAL_MARK, mark);
		if (hit != NULL) {
			*found = at + (uint64_t)(hit - bytes);
			return 1;
		}
		at += len - mark + 1;
	}
	return 0;
}

int
journal_record_beyond(struct journal *j, uint64_t at)
{
	struct journal_head head;
	uint64_t pos = at;
	const char *body;
	int rc;

	while ((rc = find_mark(j, pos, &pos)) == 1) {
		if ((rc = journal_record_at(j, pos, &head, &body)) == -1)
			return -1;
		if (rc == 1 && head.durable > at)
			return 1;
		pos++;
	}
	return rc;
}
