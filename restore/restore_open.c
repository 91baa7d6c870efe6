#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/bundle/stored.h"
#include "archive/warn.h"
#include "restore/allow/allow.h"
#include "restore/allow/schema.h"
#include "restore/facts/facts.h"
#include "restore/journal/asked.h"
#include "restore/journal/journal.h"
#include "restore/journal/reopen.h"
#include "restore/plan/described.h"
#include "restore/plan/pick.h"
#include "restore/plan/there.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/listens.h"
#include "restore/restore_site.h"
#include "restore/rows/proof.h"
#include "restore/rows/restore_cells.h"
#include "restore/shares/shares.h"

/* All bad rules are said, not the first only. */
static enum outcome
open_map(struct restore *r)
{
	const char *const *at;
	char *where;
	int bad = 0;

	if ((r->map = addrmap_new()) == NULL)
		return OUTCOME_FAILED;
	for (at = r->opt->maps; at != NULL && *at != NULL; at++) {
		if (asprintf(&where, "--map %s", *at) == -1) {
			warn_msg("out of memory");
			return OUTCOME_FAILED;
		}
		bad |= addrmap_add(r->map, *at, where);
		free(where);
	}
	for (at = r->opt->map_files; at != NULL && *at != NULL; at++)
		bad |= addrmap_file(r->map, *at);
	if (bad || addrmap_ready(r->map) == -1)
		return OUTCOME_USAGE;
	return OUTCOME_DONE;
}

static enum outcome
open_bundle(struct restore *r)
{
	const struct bundle_keys keys = { .trust = r->opt->trust,
		.decrypt = r->opt->decrypt,
		.root = r->opt->root };
	enum outcome rc;

	/* All of it, before this host is asked anything, and also the parts
	 * that this restore leaves out: what differs anywhere is refused,
	 * whole. */
	rc = bundle_open(r->opt->bundle, &keys, &r->bundle);
	if (rc != OUTCOME_DONE ||
	    (rc = bundle_check_look(r->bundle, shares_glance, &r->shares)) !=
		OUTCOME_DONE)
		return rc;
	r->manifest = bundle_manifest(r->bundle);
	if (r->manifest->description != NULL) {
		warn_msg(
		    "%s: refused: a description of %s holds nothing to "
		    "restore; novark restore BUNDLE --dry-run --against %s "
		    "plans against it",
		    stored_name(r->opt->bundle), r->manifest->host,
		    r->opt->bundle);
		return OUTCOME_REFUSED;
	}
	return pick_check(r) == -1 ? OUTCOME_USAGE : shares_derive(r);
}

static enum outcome
open_host(struct restore *r)
{
	const char *dir = r->opt->root == NULL ? "/" : r->opt->root;
	const char *uri;
	enum outcome rc;

	if ((r->root = root_open(dir)) == NULL)
		return OUTCOME_FAILED;
	if ((rc = restore_site(r)) != OUTCOME_DONE)
		return rc;
	if (!r->opt->no_libvirt && pick_has(r, PART_LIBVIRT)) {
		uri = r->opt->connect == NULL ? r->site->libvirt_uri
					      : r->opt->connect;
		if ((r->virt = virt_open(uri)) == NULL ||
		    (r->schemas = schemas_new()) == NULL)
			return OUTCOME_FAILED;
	}
	if (r->opt->no_database || !pick_has(r, PART_DATABASE))
		return OUTCOME_DONE;
	if ((rc = restore_cells(r)) == OUTCOME_DONE)
		rc = db_connect(r->site, r->opt->defaults_file, &r->db);
	return rc;
}

static enum outcome
open_there(struct restore *r)
{
	enum outcome rc;

	if (r->opt->against != NULL) {
		rc = described_open(r);
		return rc == OUTCOME_DONE ? restore_site(r) : rc;
	}
	if ((rc = open_host(r)) != OUTCOME_DONE || r->reading)
		return rc;
	r->facts = facts_here(r->root, r->virt);
	return r->facts == NULL ? OUTCOME_FAILED : OUTCOME_DONE;
}

enum outcome
restore_open(const struct restore_options *opt, struct restore *r)
{
	enum outcome rc;

	r->opt = opt;
	r->lock = -1;
	if (finding_check(opt->waive) || allow_check(opt->allow))
		return OUTCOME_USAGE;
	if ((rc = open_map(r)) != OUTCOME_DONE)
		return rc;
	if ((rc = open_bundle(r)) != OUTCOME_DONE)
		return rc;
	return open_there(r);
}

static void
close_host(struct restore *r)
{

	facts_free(r->facts);
	db_close(r->db);
	schemas_free(r->schemas);
	virt_close(r->virt);
	site_free(r->site);
	root_close(r->root);
	r->facts = NULL;
	r->db = NULL;
	r->schemas = NULL;
	r->virt = NULL;
	r->site = NULL;
	r->root = NULL;
}

enum outcome
restore_load(struct restore *r)
{
	const struct asked_bundle *was = asked_bundle(r->asked);
	enum outcome rc;

	close_host(r);
	if (strcmp(r->opt->bundle, STORED_STREAM) == 0) {
		warn_msg("the bundle came by standard input, and is not there "
			 "any more");
		return OUTCOME_FAILED;
	}
	if ((rc = open_map(r)) != OUTCOME_DONE ||
	    (rc = open_bundle(r)) != OUTCOME_DONE)
		return rc;
	if (strcmp(bundle_digest(r->bundle), was->digest) != 0) {
		warn_msg("%s: is not the bundle that was restored (%s of %s)",
		    r->opt->bundle, was->id, was->created);
		return OUTCOME_REFUSED;
	}
	return open_host(r);
}

void
restore_close(struct restore *r)
{

	journal_close(r->journal);
	plan_free(r->plan);
	proof_free(r->proof);
	if (r->listens != NULL)
		listens_free(r->listens);
	free(r->listens);
	external_free(r->external);
	close_host(r);
	bundle_close(r->against);
	bundle_close(r->bundle);
	addrmap_free(r->map);
	if (r->opt != NULL && r->lock != -1)
		close(r->lock);
	free(r->state_dir);
	/* The options may be its. */
	asked_free(r->asked);
}
