#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/stored.h"
#include "archive/look/join.h"
#include "cmd/addresses.h"
#include "cmd/audit.h"
#include "cmd/audit_files.h"
#include "cmd/audit_receipt.h"
#include "cmd/cmd.h"
#include "cmd/listing.h"
#include "cmd/page/page.h"
#include "restore/papers/receipt.h"

/* Behind every outcome line of a bundle whose signature was not looked at. */
#define NOBODY                                                                 \
	"nobody vouches for it: without --trust PUB no signature was checked"

void
audit_say(struct audit *a, const char *fmt, ...)
{
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	free(a->text);
	a->text = text;
}

static void
tick(void *cookie, const char *item)
{

	progress_show(cookie, 0, 0, item);
}

/* For the page: where each address stands. */
static enum outcome
count_addresses(struct audit *a)
{

	if (a->draft == NULL || bundle_manifest(a->bundle)->description)
		return OUTCOME_DONE;
	return addresses_count(a->draft, a->whose, a->bundle, tick, a->p);
}

/* The listing, and unless --list the check of every digest. */
static enum outcome
audit_contents(struct audit *a)
{
	enum outcome outcome;

	outcome = listing_text(a->r, a->file, a->bundle);
	if (outcome == OUTCOME_DONE)
		outcome = listing_json(a->r, a->operand, a->bundle);
	if (outcome != OUTCOME_DONE) {
		audit_say(a, "%s", a->file);
		return outcome;
	}
	if (a->o->list) {
		audit_say(a, "%sthe digests of the parts were not checked",
		    a->vouched ? "signature holds; " : "");
		return OUTCOME_DONE;
	}
	outcome = audit_check(a);
	if (outcome == OUTCOME_DONE)
		outcome = count_addresses(a);
	if (outcome == OUTCOME_DONE)
		audit_say(a, "%s",
		    a->vouched ? "signature and all digests hold"
			       : "all digests hold");
	else
		audit_say(a, "%s", a->file);
	return outcome;
}

/* Has a description what is asked for?  Files and tables it only lists. */
static int
is_carried(struct audit *a)
{
	const struct manifest *m = bundle_manifest(a->bundle);
	const struct options *o = a->o;
	const struct item *item;

	if (m->description == NULL)
		return 1;
	if (o->find != NULL || o->diff != NULL || o->draft_map || o->advice) {
		audit_say(a,
		    "%s is a description: it has no contents to look into",
		    a->file);
		return 0;
	}
	item = o->cat != NULL ? manifest_find(m, o->cat) : NULL;
	if (item == NULL || manifest_carries(m, item_part(item->kind)))
		return 1;
	audit_say(a, "%s is a description: it lists %s without its contents",
	    a->file, o->cat);
	return 0;
}

static enum outcome
audit_bundle(struct audit *a)
{
	const struct options *o = a->o;

	if (!is_carried(a))
		return OUTCOME_REFUSED;
	if (o->cat != NULL)
		return audit_cat(a);
	if (o->find != NULL)
		return audit_find(a);
	if (o->diff != NULL)
		return audit_diff(a);
	if (o->draft_map)
		return audit_draft_map(a);
	if (o->advice)
		return audit_advice(a);
	return audit_contents(a);
}

/* The one option that looks into the contents, or NULL. */
static const char *
look_inside(const struct options *o)
{

	return o->list           ? "--list"
	       : o->cat != NULL  ? "--cat"
	       : o->find != NULL ? "--find"
	       : o->diff != NULL ? "--diff"
	       : o->draft_map    ? "--draft-map"
	       : o->advice       ? "--advice"
				 : NULL;
}

/* An encrypted bundle without a key: what stands outside. */
static enum outcome
audit_shut(struct audit *a)
{
	const char *look = look_inside(a->o);
	enum outcome outcome;

	if (look != NULL) {
		report_put(a->r, "file", report_text(a->operand));
		audit_say(a, "%s is encrypted: %s needs --decrypt KEY", a->file,
		    look);
		return OUTCOME_FAILED;
	}
	outcome = listing_shut(a->r, a->operand, a->bundle);
	if (outcome == OUTCOME_DONE)
		outcome = audit_check(a);
	if (outcome == OUTCOME_DONE)
		audit_say(a, "%s; it is encrypted, --decrypt KEY opens it",
		    a->vouched ? "signature and all digests of what is stored "
				 "hold"
			       : "all digests of what is stored hold");
	else
		audit_say(a, "%s", a->file);
	return outcome;
}

/* What the file is, it says itself. */
static enum outcome
audit_open(struct audit *a)
{
	enum outcome outcome;

	if (a->file == a->operand && receipt_begins(a->file))
		return audit_receipt(a);
	outcome = bundle_open_shut(a->operand, &a->keys, &a->bundle);
	if (outcome == OUTCOME_DONE) {
		a->vouched = bundle_signer(a->bundle) != NULL;
		return bundle_is_shut(a->bundle) ? audit_shut(a)
						 : audit_bundle(a);
	}
	audit_say(a, "%s", a->file);
	report_put(a->r, "file", report_text(a->operand));
	return outcome;
}

/* One FILE, as an object of the document. */
static enum outcome
audit_file(struct audit *a)
{
	enum outcome outcome;

	report_open(a->r, NULL, '{');
	a->vouched = 0;
	outcome = audit_open(a);
	if (!a->vouched &&
	    (outcome == OUTCOME_DONE || outcome == OUTCOME_DIFFERS)) {
		audit_say(a, "%s; " NOBODY, a->text ? a->text : "");
		outcome = OUTCOME_REFUSED;
	}
	progress_show(a->p, 0, 0, "");
	report_put(a->r, "outcome", json_string(report_outcome(outcome)));
	report_close(a->r);
	bundle_close(a->bundle);
	a->bundle = NULL;
	return outcome;
}

/* All of several FILEs; the outcome is that of the worst. */
static enum outcome
audit_files(struct audit *a)
{
	enum outcome worst = OUTCOME_DONE, outcome;
	size_t i, good = 0, missing;

	report_open(a->r, "bundles", '[');
	for (i = 0; a->files[i] != NULL; i++) {
		a->operand = a->files[i];
		a->file = stored_name(a->operand);
		outcome = audit_file(a);
		if (a->files[1] != NULL) {
			report_line(a->r, "%s: %s%s%s", a->file,
			    outcome == OUTCOME_DONE ? ""
						    : report_outcome(outcome),
			    outcome == OUTCOME_DONE ? "" : ": ",
			    a->text ? a->text : "");
			report_line(a->r, "%s", "");
		}
		good += outcome == OUTCOME_DONE;
		worst = report_worse(worst, outcome);
	}
	report_close(a->r);
	if (a->whose != NULL && whose_end(a->whose) == -1)
		worst = report_worse(worst, OUTCOME_FAILED);
	if (a->draft != NULL)
		addresses_json(a->r, a->draft, NULL);
	worst = report_worse(worst, audit_join(a, &missing));
	if (i > 1 && a->joined > 1 && missing > 0)
		audit_say(a, "%zu of %zu files hold; joined: %zu missing", good,
		    i, missing);
	else if (i > 1)
		audit_say(a, "%zu of %zu files hold%s", good, i,
		    a->joined > 1 ? "; joined: nothing is missing" : "");
	return worst;
}

enum outcome
cmd_audit(const struct options *o)
{
	struct report r;
	struct progress p;
	struct audit a = { .o = o,
		.keys = { o->trust, o->decrypt, o->root, .look = 1 },
		.r = &r,
		.p = &p };
	struct page *page = NULL;
	enum outcome outcome;

	report_start(&r, "audit", o->json, o->quiet);
	if (o->find != NULL && (a.find = audit_wanted(o->find)) == NULL)
		return report_end(&r, OUTCOME_USAGE, "nothing was looked for");
	if ((a.files = audit_files_list(o)) == NULL ||
	    page_start(o->html, o->force, &r, &page) == -1 ||
	    (page != NULL && (a.draft = draft_new()) == NULL)) {
		outcome = report_end(&r, OUTCOME_FAILED, "nothing was done");
		goto done;
	}
	a.whose = page_whose(page);
	progress_start(&p, o->quiet);
	outcome = audit_files(&a);
	progress_end(&p);
	if (a.text == NULL)
		r.failed = 1;
	outcome = report_end(&r, outcome, "%s", a.text ? a.text : "");
done:
	page_free(page);
	draft_free(a.draft);
	free(a.text);
	audit_files_free(a.files);
	find_free(a.find);
	join_free(a.join);
	return outcome;
}
