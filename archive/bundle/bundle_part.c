#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_private.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/gate.h"
#include "archive/bundle/pack.h"
#include "archive/limits.h"
#include "archive/warn.h"

#define CHUNK (64u << 10)

/* An item with more bytes than this is worth a thread for its digest. */
#define LARGE (1u << 20)

/* How far the current item was read. */
enum stage {
	STAGE_BYTES, /* its own bytes are being read */
	STAGE_VALUE, /* they held; a secret's value comes next */
	STAGE_OVER   /* all of it held */
};

struct bundle_part {
	struct bundle *b;
	char *what; /* "FILE: files.tar.zst" */
	struct pack_reader *pack;
	struct digest *digest;
	struct cipher *cipher; /* of an encrypted bundle */
	uint64_t off, end;     /* stored bytes still to read */
	size_t next;           /* index of the item that comes next */
	const struct item *item;
	enum stage stage;
	uint64_t done; /* bytes of the current entry */
	enum item_part part;
	int over;             /* the end of the part was reached */
	enum outcome trouble; /* why a -1 */
};

/* Refused, unless the system failed. */
static int
trouble(struct bundle_part *p)
{

	if (p->trouble == OUTCOME_DONE)
		p->trouble = OUTCOME_REFUSED;
	p->b->outcome = p->trouble;
	return -1;
}

/* Not the bundle's fault, and the part can still be read on: -1. */
static int
failed(struct bundle_part *p)
{

	p->b->outcome = OUTCOME_FAILED;
	return -1;
}

static ssize_t
source(void *cookie, void *buf, size_t len)
{
	struct bundle_part *p = cookie;
	enum outcome rc;

	if (len > p->end - p->off)
		len = (size_t)(p->end - p->off);
	rc = stored_read(&p->b->stored, buf, len, p->off);
	if (rc != OUTCOME_DONE) {
		p->trouble = rc;
		return -1;
	}
	if (p->cipher != NULL && cipher_apply(p->cipher, buf, buf, len) == -1) {
		p->trouble = OUTCOME_FAILED;
		return -1;
	}
	p->off += len;
	return (ssize_t)len;
}

/* Of an encrypted part: its IV, and what follows is decrypted as it is read. */
static enum outcome
start_stream(struct bundle_part *p)
{
	unsigned char iv[CIPHER_IV];
	enum outcome rc;

	rc = stored_read(&p->b->stored, iv, CIPHER_IV, p->off);
	if (rc != OUTCOME_DONE)
		return rc;
	p->off += CIPHER_IV;
	p->cipher = bundle_key_stream(p->b, iv);
	return p->cipher == NULL ? OUTCOME_FAILED : OUTCOME_DONE;
}

/* What the part may unpack to, and which item is its first. */
static uint64_t
find_items(struct bundle_part *p)
{
	const struct manifest *m = p->b->manifest;
	uint64_t budget = 0;
	size_t i;

	p->next = m->nitems;
	for (i = m->nitems; i-- > 0;) {
		if (item_part(m->items[i]->kind) != p->part ||
		    !manifest_carries(m, p->part))
			continue;
		p->next = i;
		budget += pack_budget(m->items[i]);
	}
	return budget;
}

enum outcome
bundle_part_open(
    struct bundle *b, enum item_part part, struct bundle_part **out)
{
	enum outer_id id = (enum outer_id)(OUTER_FILES + (int)part);
	enum outcome rc = OUTCOME_FAILED;
	struct bundle_part *p;

	*out = NULL;
	b->outcome = OUTCOME_DONE;
	if ((p = calloc(1, sizeof(*p))) == NULL ||
	    asprintf(&p->what, "%s: %s", b->file, bundle_member_name(b, id)) ==
		-1) {
		warn_msg("out of memory");
		free(p);
		return rc;
	}
	p->b = b;
	p->part = part;
	p->off = b->members[id].off;
	p->end = p->off + b->members[id].size;
	/* Whole, before any of it is decrypted or unpacked. */
	if ((p->digest = digest_new()) == NULL ||
	    (rc = bundle_member_check(b, id)) != OUTCOME_DONE ||
	    (b->sealed && (rc = start_stream(p)) != OUTCOME_DONE))
		goto err0;
	rc = OUTCOME_FAILED;
	if ((p->pack = pack_reader_new(p->what, find_items(p), source, p)) ==
	    NULL)
		goto err0;
	*out = p;
	return OUTCOME_DONE;

err0:
	bundle_part_close(p);
	return rc;
}

const char *
bundle_part_file(const struct bundle_part *p)
{

	return p->b->file;
}

void
bundle_part_close(struct bundle_part *p)
{

	if (p == NULL)
		return;
	pack_reader_free(p->pack);
	digest_free(p->digest);
	cipher_free(p->cipher);
	free(p->what);
	free(p);
}

/* The current entry is at its end: size and digest must be the manifest's. */
static int
entry_over(struct bundle_part *p, uint64_t size, const char *sha256)
{
	char hex[65];

	if (digest_hex(p->digest, hex) == -1) {
		p->trouble = OUTCOME_FAILED;
		return -1;
	}
	if (!GATE(GATE_SIZE, p->done == size) ||
	    !GATE(GATE_DIGEST, strcmp(hex, sha256) == 0)) {
		warn_msg(
		    "%s: refused: size or digest of %s is not the one in the "
		    "manifest",
		    p->what, p->item->name);
		return -1;
	}
	p->done = 0;
	return 0;
}

/* Some bytes of the current entry, counted and digested. */
static ssize_t
entry_read(struct bundle_part *p, void *buf, size_t len)
{
	ssize_t n;

	if ((n = pack_read(p->pack, buf, len)) <= 0)
		return n;
	p->done += (uint64_t)n;
	if (p->b->tick != NULL)
		p->b->tick(p->b->cookie, (uint64_t)n);
	if (digest_add(p->digest, buf, (size_t)n) == -1) {
		p->trouble = OUTCOME_FAILED;
		return -1;
	}
	return n;
}

ssize_t
bundle_part_read(struct bundle_part *p, void *buf, size_t len)
{
	ssize_t n;

	if (p->trouble != OUTCOME_DONE)
		return -1;
	if (p->item == NULL || p->stage != STAGE_BYTES || len == 0)
		return 0;
	if ((n = entry_read(p, buf, len)) > 0)
		return n;
	if (n == -1 || entry_over(p, p->item->size, p->item->sha256) == -1)
		return trouble(p);
	p->stage = p->item->virt != NULL && p->item->virt->has_value
		       ? STAGE_VALUE
		       : STAGE_OVER;
	return 0;
}

int
bundle_part_load(struct bundle_part *p, struct buf *out)
{
	size_t piece = CHUNK;
	ssize_t n;
	char *to;

	if (p->item != NULL && p->item->size > LIMIT_ITEM) {
		warn_msg("%s is larger than %u MiB", p->item->name,
		    LIMIT_ITEM >> 20);
		return failed(p);
	}
	/* Whoever wipes it wipes all that is reserved. */
	if (p->item != NULL && p->item->size < piece)
		piece = (size_t)p->item->size + 1;
	do {
		if ((to = buf_reserve(out, piece)) == NULL)
			return failed(p);
		if ((n = bundle_part_read(p, to, piece)) == -1)
			return -1;
		out->len += (size_t)n;
		out->data[out->len] = '\0';
	} while (n > 0);
	return 0;
}

/* What is left of the current item's own bytes. */
static int
skip_bytes(struct bundle_part *p)
{
	size_t used = 0;
	char chunk[8192];
	ssize_t n;

	while ((n = bundle_part_read(p, chunk, sizeof(chunk))) > 0)
		used = sizeof(chunk);
	explicit_bzero(chunk, used);
	return (int)n;
}

int
bundle_part_value(struct bundle_part *p, struct buf *out)
{
	const struct item_virt *v;
	struct buf value = BUF_EMPTY;
	ssize_t n = 0;
	char *to;

	if (skip_bytes(p) == -1)
		return -1;
	if (p->stage != STAGE_VALUE) {
		warn_msg("%s has no value to read",
		    p->item == NULL ? "nothing" : p->item->name);
		return failed(p);
	}
	v = p->item->virt;
	/* Reserved at once, so that no copy is left behind by growing. */
	if ((to = buf_reserve(&value, (size_t)v->value_size + 1)) == NULL)
		return failed(p);
	if (pack_next(p->pack, p->item, PACK_VALUE) == -1)
		goto err0;
	while (value.len <= v->value_size &&
	       (n = entry_read(p, to + value.len,
		    (size_t)v->value_size + 1 - value.len)) > 0)
		value.len += (size_t)n;
	if (n == -1 || entry_over(p, v->value_size, v->value_sha256) == -1)
		goto err0;
	p->stage = STAGE_OVER;
	if (out != NULL && buf_add(out, value.data, value.len) == -1) {
		buf_wipe(&value);
		return failed(p);
	}
	buf_wipe(&value);
	return 0;

err0:
	buf_wipe(&value);
	return trouble(p);
}

int
bundle_part_next(struct bundle_part *p, const struct item **item)
{
	const struct manifest *m = p->b->manifest;

	*item = NULL;
	if (skip_bytes(p) == -1)
		return -1;
	if (p->item != NULL && p->stage == STAGE_VALUE &&
	    bundle_part_value(p, NULL) == -1)
		return -1;
	p->item = NULL;
	if (p->next == m->nitems ||
	    item_part(m->items[p->next]->kind) != p->part) {
		if (!p->over && pack_finish(p->pack) == -1)
			return trouble(p);
		p->over = 1;
		return 0;
	}
	if (pack_next(p->pack, m->items[p->next], PACK_ITEM) == -1)
		return trouble(p);
	if (m->items[p->next]->size > LARGE && digest_aside(p->digest) == -1)
		return failed(p);
	p->item = *item = m->items[p->next++];
	p->stage = STAGE_BYTES;
	p->done = 0;
	return 1;
}
