#include "cmd/move.h"

#include <string.h>

#include "cmd/addresses.h"
#include "cmd/listing.h"

void
move_options(const struct options *o, struct restore_options *opt)
{
	int policy = ON_DRIFT_STOP;

	memset(opt, 0, sizeof(*opt));
	/* The table of options has let nothing else through. */
	if (o->on_drift != NULL && decide_policy_parse(o->on_drift) != -1)
		policy = decide_policy_parse(o->on_drift);
	opt->bundle = o->files == NULL ? NULL : o->files[0];
	opt->trust = o->trust;
	opt->decrypt = o->decrypt;
	opt->maps = o->maps;
	opt->map_files = o->map_files;
	opt->root = o->root;
	opt->connect = o->connect;
	opt->defaults_file = o->defaults_file;
	opt->state_dir = o->state_dir;
	opt->only = o->only;
	opt->except = o->except;
	opt->also = o->also;
	opt->waive = o->waive;
	opt->allow = o->allow;
	opt->against = o->against;
	opt->against_trust = o->against_trust;
	opt->on_drift = (enum decide_policy)policy;
	opt->no_files = o->no_files;
	opt->no_libvirt = o->no_libvirt;
	opt->no_database = o->no_database;
}

void
move_describe(struct report *r, const struct restore *re)
{
	const struct manifest *there;
	size_t i;

	report_put(r, "bundle", report_text(re->opt->bundle));
	report_put(r, "id", report_text(re->manifest->id));
	report_put(r, "created", report_text(re->manifest->created));
	report_put(r, "host", report_text(re->manifest->host));
	report_open(r, "rows_of", '[');
	for (i = 0; i < re->manifest->nhosts; i++)
		report_put(r, NULL, report_text(re->manifest->hosts[i]));
	report_close(r);
	report_put(r, "signer", report_text(bundle_signer(re->bundle)));
	report_put(
	    r, "signer_file", report_text(bundle_signer_file(re->bundle)));
	listing_recipients_json(r, re->bundle);
	if (re->against == NULL)
		return;
	there = bundle_manifest(re->against);
	report_put(r, "against",
	    json_pack("{s:o, s:o, s:o, s:o, s:o}", "file",
		report_text(re->opt->against), "id", report_text(there->id),
		"created", report_text(there->created), "host",
		report_text(there->host), "signer",
		report_text(bundle_signer(re->against))));
}

int
move_addresses(struct report *r, const struct restore *re, struct whose *w)
{
	struct draft *d;
	int rc = -1;

	if ((d = draft_new()) == NULL)
		return -1;
	if (addresses_count(d, w, re->bundle, NULL, NULL) == OUTCOME_DONE &&
	    (w == NULL || whose_end(w) == 0)) {
		addresses_json(r, d, re->map);
		rc = 0;
	}
	draft_free(d);
	return rc;
}

uint64_t
move_differences(const struct plan *plan)
{

	return plan_count(plan, PLAN_CREATE, -1) +
	       plan_count(plan, PLAN_CHANGE, -1) +
	       plan_count(plan, PLAN_DRIFT, -1) +
	       plan_count(plan, PLAN_FINDING, -1);
}

const char *
move_plural(uint64_t n)
{

	return n == 1 ? "" : "s";
}

const char *
move_none_left(const struct restore *re)
{

	return re->manifest->nhosts == 0
		   ? "no old address is left"
		   : "no old address is left in the rows of its hosts";
}
