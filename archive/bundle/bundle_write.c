#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_new.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/pack.h"
#include "archive/bundle/sums.h"
#include "archive/keys/sign.h"
#include "archive/limits.h"
#include "archive/version.h"
#include "archive/warn.h"

/* A random id, the time, the version: what a manifest starts with. */
static int
start_manifest(struct manifest *m)
{
	unsigned char id[16];
	char hex[33], created[64];
	struct tm tm;
	time_t now;
	size_t i;

	if (getrandom(id, sizeof(id), 0) != (ssize_t)sizeof(id) ||
	    time(&now) == (time_t)-1 || gmtime_r(&now, &tm) == NULL ||
	    strftime(created, sizeof(created), "%Y-%m-%dT%H:%M:%SZ", &tm) ==
		0) {
		warn_errno("cannot make an id for the bundle");
		return -1;
	}
	for (i = 0; i < sizeof(id); i++)
		snprintf(hex + 2 * i, 3, "%02x", (unsigned int)id[i]);
	if (manifest_set(&m->id, hex) == -1 ||
	    manifest_set(&m->created, created) == -1 ||
	    manifest_set(&m->novark, NOVARK_VERSION) == -1)
		return -1;
	return 0;
}

/* All but where it will stand: NULL, said. */
static struct bundle_new *
create(const char *file, const char *key)
{
	struct bundle_new *n;
	int i;

	if ((n = calloc(1, sizeof(*n))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	for (i = 0; i < ITEM_PARTS; i++)
		n->parts[i].stored.fd = -1;
	if ((n->file = strdup(file)) == NULL) {
		warn_msg("out of memory");
		goto err0;
	}
	if ((n->key = sign_open(key)) == NULL ||
	    (n->digest = digest_new()) == NULL ||
	    (n->manifest = manifest_new()) == NULL ||
	    start_manifest(n->manifest) == -1)
		goto err0;
	return n;

err0:
	bundle_discard(n);
	return NULL;
}

enum outcome
bundle_create(
    const char *file, const char *key, int force, struct bundle_new **out)
{

	if ((*out = create(file, key)) == NULL)
		return OUTCOME_FAILED;
	(*out)->newfile =
	    newfile_open(file, 0600, force ? NEWFILE_FORCE : NEWFILE_KEEP);
	if ((*out)->newfile != NULL)
		return OUTCOME_DONE;
	bundle_discard(*out);
	*out = NULL;
	return OUTCOME_FAILED;
}

enum outcome
bundle_create_stream(int fd, const char *name, const char *key, uint64_t *size,
    struct bundle_new **out)
{

	if ((*out = create(name, key)) == NULL)
		return OUTCOME_FAILED;
	(*out)->streams = 1;
	if (((*out)->newfile = newfile_stream(fd, name, size)) != NULL)
		return OUTCOME_DONE;
	bundle_discard(*out);
	*out = NULL;
	return OUTCOME_FAILED;
}

void
bundle_discard(struct bundle_new *n)
{
	int i;

	if (n == NULL)
		return;
	bundle_big_free(n);
	pack_writer_free(n->pack);
	for (i = 0; i < ITEM_PARTS; i++)
		stored_close(&n->parts[i].stored);
	bundle_seal_free(n);
	digest_free(n->digest);
	manifest_free(n->manifest);
	newfile_discard(n->newfile);
	sign_free(n->key);
	free(n->file);
	free(n);
}

struct manifest *
bundle_new_manifest(struct bundle_new *n)
{

	return n->manifest;
}

/* Bytes of the part that is being written as they will stand in the bundle. */
static int
part_store(struct bundle_new *n, const void *bytes, size_t len)
{
	struct new_part *part = &n->parts[n->current];

	part->size += len;
	if (digest_add(n->digest, bytes, len) == -1)
		return -1;
	if (n->streams)
		return aside_add(part->stored.aside, bytes, len);
	return newfile_spool_write(n->newfile, part->stored.fd, bytes, len);
}

/* Its compressed bytes, on their way to disk. */
static int
part_sink(void *cookie, const void *bytes, size_t len)
{
	struct bundle_new *n = cookie;
	const char *from = bytes;
	char chunk[8192];
	size_t step;

	if (n->cipher == NULL)
		return part_store(n, bytes, len);
	for (; len > 0; len -= step, from += step) {
		step = len < sizeof(chunk) ? len : sizeof(chunk);
		if (cipher_apply(n->cipher, from, chunk, step) == -1 ||
		    part_store(n, chunk, step) == -1)
			return -1;
	}
	return 0;
}

/* Begin the current part. */
static int
start_part(struct bundle_new *n)
{
	struct stored *part = &n->parts[n->current].stored;
	unsigned char iv[CIPHER_IV];

	part->file = "a temporary file";
	if (n->streams)
		part->aside = aside_new(n->file);
	else
		part->fd = newfile_spool(n->newfile);
	if (part->aside == NULL && part->fd == -1)
		return -1;
	if (n->to != NULL && ((n->cipher = bundle_seal_start(n, iv)) == NULL ||
				 part_store(n, iv, sizeof(iv)) == -1))
		return -1;
	n->pack = pack_writer_new(part_sink, n);
	return n->pack == NULL ? -1 : 0;
}

/* End the part that is being written. */
static int
end_part(struct bundle_new *n)
{

	if (pack_end(n->pack) == -1 ||
	    digest_hex(n->digest, n->parts[n->current].sha256) == -1)
		return -1;
	pack_writer_free(n->pack);
	n->pack = NULL;
	cipher_free(n->cipher);
	n->cipher = NULL;
	n->current++;
	return 0;
}

int
bundle_to_part(struct bundle_new *n, int part)
{

	if (bundle_settle(n) == -1)
		return -1;
	while (n->current < part)
		if ((n->pack == NULL && start_part(n) == -1) ||
		    end_part(n) == -1)
			return -1;
	if (part == ITEM_PARTS || n->pack != NULL)
		return 0;
	return start_part(n);
}

int
bundle_admit(struct bundle_new *n, struct item *item)
{
	const struct manifest *m = n->manifest;
	const struct item *twin;
	const char *why;

	if (n->failed) {
		warn_msg("%s: nothing more can be put into it after a failure",
		    n->file);
		return -1;
	}
	if (m->host != NULL &&
	    (why = sums_check(m->id, m->created, m->host)) != NULL) {
		warn_msg("cannot make the bundle %s: %s", n->file, why);
		return -1;
	}
	if (item->path == NULL && (item->path = item_member(item)) == NULL)
		return -1;
	if ((why = item_check(item)) != NULL) {
		warn_msg("%s cannot stand in a bundle: %s", item->name, why);
		return -1;
	}
	if (manifest_find(m, item->name) != NULL) {
		warn_msg("%s is there twice", item->name);
		return -1;
	}
	if (manifest_twin(m, item, &twin) == -1)
		return -1;
	if (twin != NULL) {
		manifest_twin_say(n->file, item, twin,
		    "; rename one, or leave it out with --not");
		return -1;
	}
	if (!manifest_has_room(m, item)) {
		manifest_room_say(m, item);
		return -1;
	}
	if ((int)item_part(item->kind) < n->current) {
		warn_msg("%s comes after a later part was begun", item->name);
		return -1;
	}
	return 0;
}

/* Entry and bytes into the part, the item into the manifest. */
static int
put(struct bundle_new *n, struct item *item, const void *bytes, size_t len,
    const void *value, size_t value_len)
{

	if (bundle_to_part(n, (int)item_part(item->kind)) == -1 ||
	    pack_begin(n->pack, item, PACK_ITEM) == -1 ||
	    pack_write(n->pack, bytes, len) == -1)
		return -1;
	if (value != NULL && (pack_begin(n->pack, item, PACK_VALUE) == -1 ||
				 pack_write(n->pack, value, value_len) == -1))
		return -1;
	return manifest_add(n->manifest, item);
}

/* Of an item with size and digest: admit, count, put. */
static int
put_digested(struct bundle_new *n, struct item *item, const void *bytes,
    size_t len, const void *value, size_t value_len)
{

	if (bundle_admit(n, item) == -1)
		return -1;
	if (item->file == NULL || item->file->type == FILE_REGULAR)
		if (manifest_count_item(
			n->manifest, item, item_format(item), bytes, len) == -1)
			return -1;
	if (put(n, item, bytes, len, value, value_len) == -1) {
		n->failed = 1;
		return -1;
	}
	return 0;
}

int
bundle_put_digested(
    struct bundle_new *n, struct item *item, const void *bytes, size_t len)
{

	return put_digested(n, item, bytes, len, NULL, 0);
}

int
bundle_put_secret(struct bundle_new *n, struct item *item, const void *xml,
    size_t len, const void *value, size_t value_len)
{
	item->size = len;
	if (digest_bytes(xml, len, item->sha256) == -1)
		return -1;
	if (value != NULL) {
		item->virt->has_value = 1;
		item->virt->value_size = value_len;
		if (digest_bytes(value, value_len, item->virt->value_sha256) ==
		    -1)
			return -1;
	}
	return put_digested(n, item, xml, len, value, value_len);
}

int
bundle_put(
    struct bundle_new *n, struct item *item, const void *bytes, size_t len)
{

	return bundle_put_secret(n, item, bytes, len, NULL, 0);
}

int
bundle_list(struct bundle_new *n, struct item *item)
{

	if (bundle_admit(n, item) == -1)
		return -1;
	return manifest_add(n->manifest, item);
}
