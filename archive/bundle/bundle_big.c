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

void
bundle_big_free(struct bundle_new *n)
{
	struct new_big *big = &n->big;

	zst_writer_free(big->zst);
	cipher_free(big->cipher);
	if (big->fd != -1)
		close(big->fd);
	digest_free(big->digest);
	buf_wipe(&big->bytes);
	memset(big, 0, sizeof(*big));
	big->fd = -1;
}

/* What waits on a disk is encrypted, under a key that is nowhere else. */
static int
spool_sink(void *cookie, const void *bytes, size_t len)
{
	struct bundle_new *n = cookie;
	const char *from = bytes;
	char chunk[8192];
	size_t step;

	for (; len > 0; len -= step, from += step) {
		step = len < sizeof(chunk) ? len : sizeof(chunk);
		if (cipher_apply(n->big.cipher, from, chunk, step) == -1 ||
		    newfile_spool_write(n->newfile, n->big.fd, chunk, step) ==
			-1)
			return -1;
	}
	return 0;
}

static ssize_t
spool_source(void *cookie, void *buf, size_t len)
{
	struct bundle_new *n = cookie;
	ssize_t done;

	do {
		done = read(n->big.fd, buf, len);
	} while (done == -1 && errno == EINTR);
	if (done == -1)
		warn_errno("cannot read back a temporary file of %s", n->file);
	else if (cipher_apply(n->big.cipher, buf, buf, (size_t)done) == -1)
		return -1;
	return done;
}

int
bundle_begin(struct bundle_new *n, struct item *item)
{

	if (n->big.item != NULL) {
		warn_msg("%s is begun before %s is ended", item->name,
		    n->big.item->name);
		return -1;
	}
	item->size = 0;
	if (bundle_admit(n, item) == -1)
		return -1;
	if ((n->big.digest = digest_new()) == NULL)
		return -1;
	n->big.item = item;
	return 0;
}

/* Memory is full: on with a file. */
static int
spill(struct bundle_new *n)
{
	struct new_big *big = &n->big;

	if (big->zst == NULL) {
		if ((big->fd = newfile_spool(n->newfile)) == -1 ||
		    (big->cipher = cipher_private()) == NULL ||
		    (big->zst = zst_writer_new(ZST_FAST, spool_sink, n)) ==
			NULL)
			return -1;
	}
	if (zst_write(big->zst, big->bytes.data, big->bytes.len) == -1)
		return -1;
	buf_clear(&big->bytes);
	return 0;
}

int
bundle_write(struct bundle_new *n, const void *bytes, size_t len)
{
	struct new_big *big = &n->big;

	if (n->failed)
		return -1;
	if (digest_add(big->digest, bytes, len) == -1 ||
	    (big->bytes.len + len > IN_MEMORY && big->bytes.len > 0 &&
		spill(n) == -1) ||
	    buf_add(&big->bytes, bytes, len) == -1) {
		n->failed = 1;
		return -1;
	}
	big->size += len;
	return 0;
}

/* The spooled bytes into the part. */
static int
copy_spool(struct bundle_new *n)
{
	struct zst_reader *r;
	char *chunk;
	ssize_t got = -1;

	if (spill(n) == -1 || zst_end(n->big.zst) == -1)
		return -1;
	if (lseek(n->big.fd, 0, SEEK_SET) == -1) {
		warn_errno("cannot read back a temporary file of %s", n->file);
		return -1;
	}
	if (cipher_seek(n->big.cipher, 0) == -1)
		return -1;
	if ((chunk = malloc(CHUNK)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	r = zst_reader_new("a temporary file", spool_source, n);
	while (r != NULL && (got = zst_read(r, chunk, CHUNK)) > 0)
		if (pack_write(n->pack, chunk, (size_t)got) == -1) {
			got = -1;
			break;
		}
	zst_reader_free(r);
	explicit_bzero(chunk, CHUNK);
	free(chunk);
	return got == 0 ? 0 : -1;
}

int
bundle_end(struct bundle_new *n, struct item *item)
{
	struct new_big *big = &n->big;
	int rc = -1;

	if (n->failed)
		goto err0;
	if (big->item != item) {
		warn_msg("%s is ended, but was not begun", item->name);
		goto err1;
	}
	item->size = big->size;
	if (digest_hex(big->digest, item->sha256) == -1 ||
	    bundle_admit(n, item) == -1)
		goto err0;
	if (bundle_to_part(n, (int)item_part(item->kind)) == -1 ||
	    pack_begin(n->pack, item, PACK_ITEM) == -1)
		goto err1;
	if (big->zst == NULL)
		rc = pack_write(n->pack, big->bytes.data, big->bytes.len);
	else
		rc = copy_spool(n);
	if (rc == -1 || manifest_add(n->manifest, item) == -1)
		goto err1;
	bundle_big_free(n);
	return 0;

err1:
	n->failed = 1;
err0:
	bundle_big_free(n);
	return -1;
}
