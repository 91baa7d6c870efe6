#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_new.h"
#include "archive/bundle/bundle_private.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/outer.h"
#include "archive/bundle/sums.h"
#include "archive/limits.h"
#include "archive/warn.h"

#define CHUNK (256u << 10)

static const char zeros[OUTER_END];

static int
write_header(struct bundle_new *n, enum outer_id id, uint64_t size)
{
	unsigned char block[OUTER_BLOCK];

	outer_header(n->to == NULL ? outer_name(id) : outer_name_sealed(id),
	    size, block);
	return newfile_write(n->newfile, block, sizeof(block));
}

/* A member that is in memory. */
static int
write_member(
    struct bundle_new *n, enum outer_id id, const void *bytes, size_t len)
{

	if (write_header(n, id, len) == -1 ||
	    newfile_write(n->newfile, bytes, len) == -1)
		return -1;
	return newfile_write(n->newfile, zeros, outer_padding(len));
}

/* A part; what comes back from the disk must be what went there. */
static int
write_part(struct bundle_new *n, enum outer_id id, struct new_part *part)
{
	char *chunk, hex[65];
	uint64_t off;
	size_t len;

	if (write_header(n, id, part->size) == -1)
		return -1;
	if ((chunk = malloc(CHUNK)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (off = 0; off < part->size; off += len) {
		len = part->size - off < CHUNK ? (size_t)(part->size - off)
					       : CHUNK;
		if (stored_read(&part->stored, chunk, len, off) !=
			OUTCOME_DONE ||
		    digest_add(n->digest, chunk, len) == -1 ||
		    newfile_write(n->newfile, chunk, len) == -1)
			goto err0;
	}
	free(chunk);
	/* Give its room back before the next part is copied. */
	stored_close(&part->stored);
	if (digest_hex(n->digest, hex) == -1)
		return -1;
	if (strcmp(hex, part->sha256) != 0) {
		warn_msg("cannot write %s: a temporary file came back changed",
		    n->file);
		return -1;
	}
	return newfile_write(n->newfile, zeros, outer_padding(part->size));

err0:
	free(chunk);
	return -1;
}

/* The members that are held in memory. */
struct members {
	struct buf sums, key, manifest;
	unsigned char sig[SIGN_LEN];
};

/* SHA256SUMS of what is ready, and its signature. */
static int
make_sums(struct bundle_new *n, struct members *mem)
{
	const struct manifest *m = n->manifest;
	struct sums s;
	int i;

	memset(&s, 0, sizeof(s));
	memcpy(s.id, m->id, strlen(m->id));
	memcpy(s.created, m->created, strlen(m->created));
	memcpy(s.host, m->host, strlen(m->host));
	s.sealed = n->to != NULL;
	if (digest_bytes(mem->manifest.data, mem->manifest.len,
		s.hex[OUTER_MANIFEST]) == -1 ||
	    (s.sealed && digest_bytes(mem->key.data, mem->key.len,
			     s.hex[OUTER_KEY]) == -1))
		return -1;
	for (i = 0; i < ITEM_PARTS; i++)
		memcpy(s.hex[OUTER_FILES + i], n->parts[i].sha256, 65);
	if (sums_print(&s, &mem->sums) == -1)
		return -1;
	return sign_make(n->key, mem->sums.data, mem->sums.len, mem->sig);
}

/* What no reader would take is not written: the manifest is read back.  It
 * takes the place of the one that it was made of: two of them would be the most
 * that a snapshot ever has in memory. */
static int
check_readable(struct bundle_new *n, const struct buf *json)
{
	const struct manifest *m = n->manifest;
	const char *why;
	int part;

	if ((why = sums_check(m->id, m->created, m->host)) != NULL) {
		warn_msg("cannot make the bundle %s: %s", n->file, why);
		return -1;
	}
	if (json->len > LIMIT_MANIFEST) {
		warn_msg("cannot finish %s: its manifest is longer than %u MiB",
		    n->file, LIMIT_MANIFEST >> 20);
		return -1;
	}
	manifest_free(n->manifest);
	n->manifest = manifest_parse(n->file, json->data, json->len);
	if (n->manifest == NULL)
		return -1;
	for (part = 0; part < ITEM_PARTS; part++) {
		why = bundle_budget(
		    n->manifest, (enum item_part)part, n->parts[part].size);
		if (why != NULL) {
			warn_msg("cannot finish %s: %s: %s", n->file,
			    outer_name((enum outer_id)(OUTER_FILES + part)),
			    why);
			return -1;
		}
	}
	return 0;
}

/* The manifest as it will stand, and the key for it: 0 or -1. */
static int
make_members(struct bundle_new *n, struct members *mem)
{
	struct buf json = BUF_EMPTY;
	int rc = -1;

	if (manifest_print(n->manifest, &json) == -1 ||
	    check_readable(n, &json) == -1)
		goto done;
	if (n->to == NULL) {
		mem->manifest = json;
		return make_sums(n, mem);
	}
	if (bundle_seal(n, json.data, json.len, &mem->manifest) == 0 &&
	    bundle_seal_key(n, &mem->key) == 0)
		rc = make_sums(n, mem);
done:
	buf_free(&json);
	return rc;
}

static int
assemble(struct bundle_new *n, const struct members *mem)
{
	int i;

	if (write_member(n, OUTER_SUMS, mem->sums.data, mem->sums.len) == -1 ||
	    write_member(n, OUTER_SIG, mem->sig, sizeof(mem->sig)) == -1 ||
	    (n->to != NULL && write_member(n, OUTER_KEY, mem->key.data,
				  mem->key.len) == -1) ||
	    write_member(
		n, OUTER_MANIFEST, mem->manifest.data, mem->manifest.len) == -1)
		return -1;
	for (i = 0; i < ITEM_PARTS; i++)
		if (write_part(n, (enum outer_id)(OUTER_FILES + i),
			&n->parts[i]) == -1)
			return -1;
	return newfile_write(n->newfile, zeros, OUTER_END);
}

enum outcome
bundle_commit(struct bundle_new *n, char **signer)
{
	struct members mem = { BUF_EMPTY, BUF_EMPTY, BUF_EMPTY, { 0 } };
	enum outcome rc = OUTCOME_FAILED;

	*signer = NULL;
	if (n->failed || n->big != NULL) {
		warn_msg("cannot finish %s: an item is incomplete", n->file);
		goto done;
	}
	if (bundle_to_part(n, ITEM_PARTS) == -1 ||
	    make_members(n, &mem) == -1 || assemble(n, &mem) == -1 ||
	    manifest_set(signer, sign_id(n->key)) == -1)
		goto done;
	if (newfile_commit(n->newfile) == 0)
		rc = OUTCOME_DONE;
	n->newfile = NULL;
done:
	if (rc != OUTCOME_DONE) {
		free(*signer);
		*signer = NULL;
	}
	buf_free(&mem.sums);
	buf_free(&mem.key);
	buf_free(&mem.manifest);
	bundle_discard(n);
	return rc;
}
