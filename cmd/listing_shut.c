#include "archive/bundle/stored.h"
#include "cmd/listing.h"

struct recipients {
	struct report *r;
	size_t n;
};

/* bundle_tell */
static int
tell(void *cookie, const char *issuer, const char *serial)
{
	struct recipients *to = cookie;

	report_label(to->r, LISTING_LABEL, to->n++ == 0 ? "recipients" : "",
	    "certificate %s of %s", serial, issuer);
	report_open(to->r, NULL, '{');
	report_put(to->r, "issuer", report_text(issuer));
	report_put(to->r, "serial", report_text(serial));
	report_close(to->r);
	return 0;
}

/* bundle_tell */
static int
tell_json(void *cookie, const char *issuer, const char *serial)
{

	report_put(cookie, NULL,
	    json_pack("{s:o, s:o}", "issuer", report_text(issuer), "serial",
		report_text(serial)));
	return 0;
}

void
listing_recipients_json(struct report *r, const struct bundle *b)
{

	report_put(r, "encrypted", json_boolean(bundle_is_encrypted(b)));
	report_open(r, "recipients", '[');
	if (bundle_is_encrypted(b) &&
	    bundle_recipients(b, tell_json, r) != OUTCOME_DONE)
		r->failed = 1;
	report_close(r);
}

enum outcome
listing_recipients(struct report *r, const struct bundle *b)
{
	struct recipients to = { r, 0 };
	enum outcome rc;

	report_put(r, "encrypted", json_boolean(bundle_is_encrypted(b)));
	report_open(r, "recipients", '[');
	rc = bundle_recipients(b, tell, &to);
	report_close(r);
	if (bundle_is_encrypted(b) && to.n == 0)
		report_label(r, LISTING_LABEL, "encrypted", "%s",
		    "to whom is not read: nobody vouches for it");
	return rc;
}

static void
list_stored(struct report *r, const struct bundle *b)
{
	char size[REPORT_SIZE];
	uint64_t bytes;
	const char *name;
	int k;

	report_line(r, "%s", "");
	report_line(r, "%-10s %12s", "STORED", "SIZE");
	report_size(bundle_manifest_size(b), size);
	report_line(r, "%-10s %12s", "manifest", size);
	report_open(r, "stored", '{');
	report_put(
	    r, "manifest", json_integer((json_int_t)bundle_manifest_size(b)));
	for (k = 0; k < ITEM_PARTS; k++) {
		name = item_part_name((enum item_part)k);
		bytes = bundle_part_size(b, (enum item_part)k);
		report_size(bytes, size);
		report_line(r, "%-10s %12s", name, size);
		report_put(r, name, json_integer((json_int_t)bytes));
	}
	report_close(r);
	report_line(r, "%s", "");
}

void
listing_signer(struct report *r, const struct bundle *b)
{
	const char *signer = bundle_signer(b), *file = bundle_signer_file(b);

	if (signer == NULL)
		report_label(r, LISTING_LABEL, "signed by",
		    "not checked: no --trust key");
	else
		report_label(
		    r, LISTING_LABEL, "signed by", "%s  (%s)", signer, file);
	report_put(r, "signer", report_text(signer));
	report_put(r, "signer_file", report_text(file));
}

enum outcome
listing_shut(struct report *r, const char *file, const struct bundle *b)
{
	enum outcome rc;

	report_label(r, LISTING_LABEL, "bundle", "%s", stored_name(file));
	report_label(r, LISTING_LABEL, "id", "%s", bundle_id(b));
	report_label(r, LISTING_LABEL, "host", "%s", bundle_host(b));
	report_label(r, LISTING_LABEL, "created", "%s", bundle_created(b));
	report_put(r, "file", report_text(file));
	report_put(r, "id", report_text(bundle_id(b)));
	report_put(r, "host", report_text(bundle_host(b)));
	report_put(r, "created", report_text(bundle_created(b)));
	listing_signer(r, b);
	report_put(r, "digest", report_text(bundle_digest(b)));
	rc = listing_recipients(r, b);
	list_stored(r, b);
	return rc;
}
