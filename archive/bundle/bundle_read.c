#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/bundle.h"
#include "archive/bundle/bundle_private.h"
#include "archive/bundle/digest.h"
#include "archive/bundle/gate.h"
#include "archive/bundle/sums.h"
#include "archive/keys/sign.h"
#include "archive/keys/trust.h"
#include "archive/limits.h"
#include "archive/warn.h"

/* The gate: nothing behind SHA256SUMS.sig is looked at before this holds. */
static enum outcome
check_signature(
    struct bundle *b, const struct trust *trust, const struct buf *sums)
{
	const char *signer;
	struct buf sig = BUF_EMPTY;
	enum outcome rc;

	if (!GATE(GATE_SIGNED, b->members[OUTER_SIG].size == SIGN_LEN)) {
		warn_msg(
		    "%s: refused: it is not signed (SHA256SUMS.sig has %llu "
		    "bytes, not 64)",
		    b->file, (unsigned long long)b->members[OUTER_SIG].size);
		return OUTCOME_REFUSED;
	}
	if ((rc = bundle_member_load(b, OUTER_SIG, SIGN_LEN, &sig)) !=
	    OUTCOME_DONE)
		goto done;
	rc = trust_check(trust, b->file, sums->data, sums->len,
	    (const unsigned char *)sig.data, sig.len, &signer);
	if (rc == OUTCOME_DONE && signer != NULL &&
	    (manifest_set(&b->signer, signer) == -1 ||
		manifest_set(&b->signer_file, trust_file(trust, signer)) == -1))
		rc = OUTCOME_FAILED;
	memcpy(b->signature, sig.data, SIGN_LEN);
done:
	buf_free(&sig);
	return rc;
}

static enum outcome
open_sums(struct bundle *b, const struct trust *trust)
{
	struct buf sums = BUF_EMPTY;
	enum outcome rc;

	rc = bundle_member_load(b, OUTER_SUMS, LIMIT_SUMS, &sums);
	if (rc == OUTCOME_DONE)
		rc = check_signature(b, trust, &sums);
	if (rc != OUTCOME_DONE)
		goto done;
	if (!GATE(GATE_SUMS, sums_parse(sums.data, sums.len, &b->sums) == 0)) {
		warn_msg("%s: refused: SHA256SUMS is not of the form that "
			 "novark writes",
		    b->file);
		rc = OUTCOME_REFUSED;
	} else if (digest_bytes(sums.data, sums.len, b->digest) == -1) {
		rc = OUTCOME_FAILED;
	}
done:
	buf_free(&sums);
	return rc;
}

/* Its bytes as they are parsed: ${*text} in ${json}, which may be changed. */
static enum outcome
reveal_manifest(const struct bundle *b, struct buf *json, char **text)
{
	unsigned char iv[CIPHER_IV];
	struct cipher *c;
	int rc;

	*text = json->data;
	if (!b->sealed)
		return OUTCOME_DONE;
	memcpy(iv, json->data, CIPHER_IV);
	*text += CIPHER_IV;
	if ((c = bundle_key_stream(b, iv)) == NULL)
		return OUTCOME_FAILED;
	rc = cipher_apply(c, *text, *text, json->len - CIPHER_IV);
	cipher_free(c);
	return rc == -1 ? OUTCOME_FAILED : OUTCOME_DONE;
}

/* It speaks of this very bundle. */
static enum outcome
check_identity(const struct bundle *b, const char *what)
{

	if (GATE(GATE_IDENTITY,
		strcmp(b->manifest->id, b->sums.id) == 0 &&
		    strcmp(b->manifest->created, b->sums.created) == 0 &&
		    strcmp(b->manifest->host, b->sums.host) == 0))
		return OUTCOME_DONE;
	warn_msg("%s: refused: its id, time or host is not the one in "
		 "SHA256SUMS",
	    what);
	return OUTCOME_REFUSED;
}

static enum outcome
open_manifest(struct bundle *b)
{
	const char *name = bundle_member_name(b, OUTER_MANIFEST);
	struct buf json = BUF_EMPTY;
	char hex[65], *what = NULL, *text;
	enum outcome rc;

	rc = bundle_member_load(b, OUTER_MANIFEST,
	    LIMIT_MANIFEST + (b->sealed ? CIPHER_IV : 0), &json);
	if (rc != OUTCOME_DONE)
		goto done;
	rc = OUTCOME_FAILED;
	if (asprintf(&what, "%s: %s", b->file, name) == -1) {
		what = NULL;
		warn_msg("out of memory");
		goto done;
	}
	if (digest_bytes(json.data, json.len, hex) == -1)
		goto done;
	rc = OUTCOME_REFUSED;
	if (!GATE(
		GATE_MANIFEST, strcmp(hex, b->sums.hex[OUTER_MANIFEST]) == 0)) {
		warn_msg("%s: refused: its digest is not the one in SHA256SUMS",
		    what);
		goto done;
	}
	if ((rc = reveal_manifest(b, &json, &text)) != OUTCOME_DONE)
		goto done;
	b->manifest =
	    manifest_parse(what, text, json.len - (size_t)(text - json.data));
	rc = b->manifest == NULL ? OUTCOME_REFUSED : check_identity(b, what);
done:
	free(what);
	buf_free(&json);
	return rc;
}

/* What the manifest declares is what will be unpacked: not too much? */
static enum outcome
check_budgets(const struct bundle *b)
{
	const char *why;
	int part;

	for (part = 0; part < ITEM_PARTS; part++) {
		why = bundle_budget(b->manifest, (enum item_part)part,
		    b->members[OUTER_FILES + part].size);
		if (!GATE(GATE_SIZES, why == NULL)) {
			warn_msg("%s: %s: refused: %s", b->file,
			    bundle_member_name(
				b, (enum outer_id)(OUTER_FILES + part)),
			    why);
			return OUTCOME_REFUSED;
		}
	}
	return OUTCOME_DONE;
}

/* The keys that may vouch for it: none is enough only for a look. */
static enum outcome
open_trust(const struct bundle_keys *keys, struct trust **out)
{
	enum outcome rc;

	rc = trust_open(keys->trust, keys->root, out);
	if (rc != OUTCOME_DONE || trust_any(*out) || keys->look)
		return rc;
	warn_msg("nobody is trusted here: give the public key of who signed "
		 "the bundle, --trust PUB, or put it into "
		 "etc/novark/trusted.d");
	return OUTCOME_USAGE;
}

/* All that is in front of the manifest. */
static enum outcome
open_outer(struct bundle *b, const char *file, const struct trust *trust)
{
	enum outcome rc;

	rc = stored_open(file, &b->stored);
	/* It is called the same, but that one is the bundle's. */
	b->stored.file = b->file;
	if (rc != OUTCOME_DONE ||
	    (rc = outer_scan(&b->stored, b->members)) != OUTCOME_DONE ||
	    (rc = open_sums(b, trust)) != OUTCOME_DONE)
		return rc;
	b->sealed = outer_sealed(b->members);
	if (!GATE(GATE_FORM, b->sums.sealed == b->sealed)) {
		warn_msg("%s: refused: SHA256SUMS lists the members of %s",
		    b->file,
		    b->sealed ? "a bundle that is not encrypted"
			      : "an encrypted bundle");
		return OUTCOME_REFUSED;
	}
	return OUTCOME_DONE;
}

enum outcome
bundle_open_shut(
    const char *file, const struct bundle_keys *keys, struct bundle **out)
{
	enum outcome rc = OUTCOME_FAILED;
	struct trust *trust = NULL;
	struct bundle *b;

	*out = NULL;
	if ((b = calloc(1, sizeof(*b))) == NULL) {
		warn_msg("out of memory");
		return rc;
	}
	b->stored.fd = -1;
	if ((b->file = strdup(stored_name(file))) == NULL) {
		warn_msg("out of memory");
		goto err0;
	}
	if ((rc = open_trust(keys, &trust)) != OUTCOME_DONE ||
	    (rc = open_outer(b, file, trust)) != OUTCOME_DONE)
		goto err0;
	if (b->sealed &&
	    (rc = bundle_key_open(b, keys->decrypt)) != OUTCOME_DONE)
		goto err0;
	if (!b->shut && ((rc = open_manifest(b)) != OUTCOME_DONE ||
			    (rc = check_budgets(b)) != OUTCOME_DONE))
		goto err0;
	trust_free(trust);
	*out = b;
	return OUTCOME_DONE;

err0:
	trust_free(trust);
	bundle_close(b);
	return rc;
}

enum outcome
bundle_open(
    const char *file, const struct bundle_keys *keys, struct bundle **out)
{
	enum outcome rc;

	if ((rc = bundle_open_shut(file, keys, out)) != OUTCOME_DONE ||
	    !(*out)->shut)
		return rc;
	warn_msg("%s is encrypted: --decrypt KEY, the private key of one of "
		 "its recipients, opens it",
	    (*out)->file);
	bundle_close(*out);
	*out = NULL;
	return OUTCOME_FAILED;
}

void
bundle_close(struct bundle *b)
{

	if (b == NULL)
		return;
	manifest_free(b->manifest);
	buf_free(&b->envelope);
	explicit_bzero(b->secret, sizeof(b->secret));
	stored_close(&b->stored);
	free(b->signer);
	free(b->signer_file);
	free(b->file);
	free(b);
}
