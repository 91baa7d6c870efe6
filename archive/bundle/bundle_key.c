#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_private.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/gate.h"
#include "archive/keys/envelope.h"
#include "archive/limits.h"
#include "archive/warn.h"

/* KEY.cms as SHA256SUMS has it. */
static enum outcome
load(struct bundle *b)
{
	enum outcome rc;
	char hex[65];

	rc = bundle_member_load(b, OUTER_KEY, LIMIT_ENVELOPE, &b->envelope);
	if (rc != OUTCOME_DONE)
		return rc;
	if (digest_bytes(b->envelope.data, b->envelope.len, hex) == -1)
		return OUTCOME_FAILED;
	if (GATE(GATE_KEY, strcmp(hex, b->sums.hex[OUTER_KEY]) == 0))
		return OUTCOME_DONE;
	warn_msg("%s: KEY.cms: refused: its digest is not the one in "
		 "SHA256SUMS",
	    b->file);
	return OUTCOME_REFUSED;
}

/* What is encrypted has an IV in front. */
static enum outcome
check_sizes(const struct bundle *b)
{
	int id;

	for (id = OUTER_MANIFEST; id <= OUTER_DATABASE; id++) {
		if (b->members[id].size >= CIPHER_IV)
			continue;
		warn_msg("%s: refused: %s is shorter than its IV", b->file,
		    bundle_member_name(b, (enum outer_id)id));
		return OUTCOME_REFUSED;
	}
	return OUTCOME_DONE;
}

enum outcome
bundle_key_open(struct bundle *b, const char *decrypt)
{
	enum outcome rc;
	char *what;

	if ((rc = load(b)) != OUTCOME_DONE ||
	    (rc = check_sizes(b)) != OUTCOME_DONE)
		return rc;
	b->shut = decrypt == NULL;
	if (b->shut)
		return OUTCOME_DONE;
	if (!GATE(GATE_VOUCHED, b->signer != NULL)) {
		warn_msg("%s: nothing is decrypted before a signature holds: "
			 "--decrypt needs --trust PUB",
		    b->file);
		return OUTCOME_USAGE;
	}
	if (asprintf(&what, "%s: KEY.cms", b->file) == -1) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	rc = envelope_open(
	    what, b->envelope.data, b->envelope.len, decrypt, b->secret);
	free(what);
	return rc;
}

struct cipher *
bundle_key_stream(const struct bundle *b, const unsigned char iv[CIPHER_IV])
{

	return cipher_new(b->secret, iv);
}

enum outcome
bundle_recipients(const struct bundle *b, bundle_tell *tell, void *cookie)
{
	enum outcome rc;
	char *what;

	/* Not parsed before somebody vouches for it. */
	if (!b->sealed || b->signer == NULL)
		return OUTCOME_DONE;
	if (asprintf(&what, "%s: KEY.cms", b->file) == -1) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	rc = envelope_list(
	    what, b->envelope.data, b->envelope.len, tell, cookie);
	free(what);
	return rc;
}
