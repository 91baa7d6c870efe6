#include <stdlib.h>
#include <string.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_private.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/gate.h"
#include "archive/warn.h"

#define CHUNK (64u << 10)

const char *
bundle_member_name(const struct bundle *b, enum outer_id id)
{

	return outer_sealed(b->members) ? outer_name_sealed(id)
					: outer_name(id);
}

enum outcome
bundle_member_load(
    struct bundle *b, enum outer_id id, size_t limit, struct buf *out)
{
	const struct outer_member *m = &b->members[id];
	enum outcome rc;
	char *to;

	if (m->size > limit) {
		warn_msg("%s: refused: %s is longer than %zu bytes", b->file,
		    bundle_member_name(b, id), limit);
		return OUTCOME_REFUSED;
	}
	if ((to = buf_reserve(out, (size_t)m->size)) == NULL)
		return OUTCOME_FAILED;
	rc = stored_read(&b->stored, to, (size_t)m->size, m->off);
	if (rc == OUTCOME_DONE) {
		out->len += (size_t)m->size;
		out->data[out->len] = '\0';
	}
	return rc;
}

/* All bytes of a member into ${d}. */
static enum outcome
digest_member(struct bundle *b, const struct outer_member *m, struct digest *d)
{
	enum outcome rc = OUTCOME_DONE;
	uint64_t off;
	char *chunk;
	size_t len;

	if ((chunk = malloc(CHUNK)) == NULL) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	for (off = 0; off < m->size && rc == OUTCOME_DONE; off += len) {
		len = m->size - off < CHUNK ? (size_t)(m->size - off) : CHUNK;
		rc = stored_read(&b->stored, chunk, len, m->off + off);
		if (rc == OUTCOME_DONE && digest_add(d, chunk, len) == -1)
			rc = OUTCOME_FAILED;
		/* Of one that can be opened, what is in it is told. */
		if (b->shut && b->tick != NULL)
			b->tick(b->cookie, len);
	}
	free(chunk);
	return rc;
}

enum outcome
bundle_member_check(struct bundle *b, enum outer_id id)
{
	enum outcome rc;
	struct digest *d;
	char hex[65];

	if ((d = digest_new()) == NULL)
		return OUTCOME_FAILED;
	rc = digest_member(b, &b->members[id], d);
	if (rc == OUTCOME_DONE && digest_hex(d, hex) == -1)
		rc = OUTCOME_FAILED;
	digest_free(d);
	if (rc != OUTCOME_DONE ||
	    GATE(GATE_PART, strcmp(hex, b->sums.hex[id]) == 0))
		return rc;
	warn_msg("%s: %s: refused: its digest is not the one in SHA256SUMS",
	    b->file, bundle_member_name(b, id));
	return OUTCOME_REFUSED;
}
