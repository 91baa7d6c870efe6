#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_new.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/zst.h"
#include "archive/warn.h"

/* Less than this waits in memory: most tables. */
#define IN_MEMORY (1u << 20)
#define CHUNK     (64u << 10)

static void
big_free(struct new_big *big)
{

	if (big == NULL)
		return;
	/* What runs has failed, or nobody wants what it makes. */
	if (errand_wait(big->errand) == -1 || lane_end(big->lane) == -1)
		big->n->failed = 1;
	zst_writer_free(big->zst);
	cipher_free(big->cipher);
	if (big->fd != -1)
		close(big->fd);
	digest_free(big->digest);
	buf_wipe(&big->bytes);
	free(big);
}

void
bundle_big_free(struct bundle_new *n)
{

	big_free(n->big);
	n->big = NULL;
	big_free(n->behind);
	n->behind = NULL;
}

int
bundle_settle(struct bundle_new *n)
{
	struct new_big *behind = n->behind;
	int rc;

	if (behind == NULL)
		return 0;
	n->behind = NULL;
	if ((rc = errand_wait(behind->errand)) == -1)
		n->failed = 1;
	behind->errand = NULL;
	big_free(behind);
	return rc;
}

/* What waits on a disk is encrypted, under a key that is nowhere else. */
static int
spool_sink(void *cookie, const void *bytes, size_t len)
{
	struct new_big *big = cookie;
	const char *from = bytes;
	char chunk[8192];
	size_t step;

	for (; len > 0; len -= step, from += step) {
		step = len < sizeof(chunk) ? len : sizeof(chunk);
		if (cipher_apply(big->cipher, from, chunk, step) == -1 ||
		    newfile_spool_write(
			big->n->newfile, big->fd, chunk, step) == -1)
			return -1;
	}
	return 0;
}

static ssize_t
spool_source(void *cookie, void *buf, size_t len)
{
	struct new_big *big = cookie;
	ssize_t done;

	do {
		done = read(big->fd, buf, len);
	} while (done == -1 && errno == EINTR);
	if (done == -1)
		warn_errno(
		    "cannot read back a temporary file of %s", big->n->file);
	else if (cipher_apply(big->cipher, buf, buf, (size_t)done) == -1)
		return -1;
	return done;
}

/* The lane's: bytes to the digest and the file. */
static int
take(void *cookie, const void *bytes, size_t len)
{
	struct new_big *big = cookie;

	if (digest_add(big->digest, bytes, len) == -1)
		return -1;
	return zst_write(big->zst, bytes, len);
}

int
bundle_begin(struct bundle_new *n, struct item *item)
{
	struct new_big *big;

	if (n->big != NULL) {
		warn_msg("%s is begun before %s is ended", item->name,
		    n->big->item->name);
		return -1;
	}
	item->size = 0;
	if (bundle_admit(n, item) == -1)
		return -1;
	if ((big = calloc(1, sizeof(*big))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	big->n = n;
	big->item = item;
	big->fd = -1;
	if ((big->digest = digest_new()) == NULL) {
		free(big);
		return -1;
	}
	n->big = big;
	return 0;
}

/* Memory is full: on with a file. */
static int
spill(struct new_big *big)
{

	if ((big->fd = newfile_spool(big->n->newfile)) == -1 ||
	    (big->cipher = cipher_private()) == NULL ||
	    (big->zst = zst_writer_new(ZST_FAST, spool_sink, big)) == NULL ||
	    (big->lane = lane_open(take, big)) == NULL ||
	    lane_write(big->lane, big->bytes.data, big->bytes.len) == -1)
		return -1;
	buf_wipe(&big->bytes);
	return 0;
}

int
bundle_write(struct bundle_new *n, const void *bytes, size_t len)
{
	struct new_big *big = n->big;
	int rc = 0;

	if (n->failed)
		return -1;
	if (big->lane == NULL && big->bytes.len + len > IN_MEMORY &&
	    big->bytes.len > 0)
		rc = spill(big);
	if (rc == 0)
		rc = big->lane != NULL ? lane_write(big->lane, bytes, len)
				       : buf_add(&big->bytes, bytes, len);
	if (rc == -1)
		n->failed = 1;
	else
		big->size += len;
	return rc;
}

/* All bytes are there: digest them, or wait until that is done. */
static int
finish(struct new_big *big)
{
	struct lane *lane = big->lane;

	big->lane = NULL;
	if (lane == NULL)
		return digest_add(big->digest, big->bytes.data, big->bytes.len);
	return lane_end(lane) == -1 || zst_end(big->zst) == -1 ? -1 : 0;
}

/* The lane's: bytes into the part. */
static int
into_part(void *cookie, const void *bytes, size_t len)
{

	return pack_write(cookie, bytes, len);
}

/* Read the file back: 0, or -1 said. */
static int
read_back(struct new_big *big, struct lane *to)
{
	struct zst_reader *r;
	ssize_t got = -1;
	char *chunk;

	if ((chunk = malloc(CHUNK)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	r = zst_reader_new("a temporary file", spool_source, big);
	while (r != NULL && (got = zst_read(r, chunk, CHUNK)) > 0)
		if (lane_write(to, chunk, (size_t)got) == -1) {
			got = -1;
			break;
		}
	zst_reader_free(r);
	explicit_bzero(chunk, CHUNK);
	free(chunk);
	return got == 0 ? 0 : -1;
}

/* The errand: the spooled bytes into the part. */
static int
copy_spool(void *cookie)
{
	struct new_big *big = cookie;
	struct lane *lane;
	int rc;

	if (lseek(big->fd, 0, SEEK_SET) == -1) {
		warn_errno(
		    "cannot read back a temporary file of %s", big->n->file);
		return -1;
	}
	if (cipher_seek(big->cipher, 0) == -1 ||
	    (lane = lane_open(into_part, big->n->pack)) == NULL)
		return -1;
	rc = read_back(big, lane);
	return lane_end(lane) == -1 ? -1 : rc;
}

/* Its bytes go into the part, now or while the next item is begun. */
static int
hand_over(struct bundle_new *n)
{
	struct new_big *big = n->big;

	if (bundle_to_part(n, (int)item_part(big->item->kind)) == -1 ||
	    pack_begin(n->pack, big->item, PACK_ITEM) == -1)
		return -1;
	if (big->zst == NULL)
		return pack_write(n->pack, big->bytes.data, big->bytes.len);
	if ((big->errand = errand_start(copy_spool, big)) == NULL)
		return -1;
	n->behind = big;
	n->big = NULL;
	return 0;
}

int
bundle_end(struct bundle_new *n, struct item *item)
{
	struct new_big *big = n->big;

	if (n->failed)
		goto err0;
	if (big == NULL || big->item != item) {
		warn_msg("%s is ended, but was not begun", item->name);
		goto err1;
	}
	if (finish(big) == -1)
		goto err1;
	item->size = big->size;
	if (digest_hex(big->digest, item->sha256) == -1 ||
	    bundle_admit(n, item) == -1)
		goto err0;
	if (hand_over(n) == -1 || manifest_add(n->manifest, item) == -1)
		goto err1;
	big_free(n->big);
	n->big = NULL;
	return 0;

err1:
	n->failed = 1;
err0:
	bundle_big_free(n);
	return -1;
}
