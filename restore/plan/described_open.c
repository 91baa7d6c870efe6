#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/facts/facts.h"
#include "restore/plan/described.h"
#include "restore/plan/pick.h"

/* The server of that name in the set, made when it is new. */
static struct db_server *
server_of(struct db_set *set, const struct captured_database *d)
{
	struct db_server *more, *s;
	size_t i;

	for (i = 0; i < set->nservers; i++)
		if (strcmp(set->servers[i].label, d->server) == 0)
			return &set->servers[i];
	more = reallocarray(set->servers, set->nservers + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	set->servers = more;
	s = memset(&more[set->nservers], 0, sizeof(*more));
	set->nservers++;
	if (manifest_set(&s->label, d->server) ||
	    manifest_set(&s->version, d->version))
		return NULL;
	return s;
}

static int
add_schema(struct db_set *set, const struct captured_database *d)
{
	struct db_schema *more, *to;
	struct db_server *s;

	if ((s = server_of(set, d)) == NULL)
		return -1;
	more = reallocarray(s->schemas, s->nschemas + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	s->schemas = more;
	to = memset(&more[s->nschemas++], 0, sizeof(*more));
	if (manifest_set(&to->role, d->role) ||
	    manifest_set(&to->schema, d->schema) ||
	    manifest_set(&to->source, d->source))
		return -1;
	return 0;
}

/* The databases of the description, without sessions. */
static struct db_set *
open_databases(const struct manifest *m)
{
	struct db_set *set;
	size_t i;

	if ((set = calloc(1, sizeof(*set))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	for (i = 0; i < m->ndatabases; i++)
		if (add_schema(set, &m->databases[i])) {
			db_close(set);
			return NULL;
		}
	return set;
}

enum outcome
described_open(struct restore *r)
{
	const struct restore_options *opt = r->opt;
	const struct bundle_keys keys = { .trust = opt->against_trust == NULL
						       ? opt->trust
						       : opt->against_trust,
		.decrypt = opt->decrypt,
		.root = opt->root };
	const struct manifest *m;
	enum outcome rc;

	rc = bundle_open(opt->against, &keys, &r->against);
	if (rc != OUTCOME_DONE ||
	    (rc = bundle_check(r->against)) != OUTCOME_DONE)
		return rc;
	m = bundle_manifest(r->against);
	if (m->description == NULL) {
		warn_msg("%s: refused: a bundle, no description: novark "
			 "snapshot --describe makes one at the destination",
		    opt->against);
		return OUTCOME_REFUSED;
	}
	r->facts = facts_parse(json_object_get(m->description, "facts"));
	if (r->facts == NULL) {
		warn_msg("%s: refused: its facts cannot be read", opt->against);
		return OUTCOME_REFUSED;
	}
	r->against_virt = !opt->no_libvirt && pick_has(r, PART_LIBVIRT) &&
			  json_object_get(m->description, "libvirt") != NULL;
	if (opt->no_database || !pick_has(r, PART_DATABASE) ||
	    m->ndatabases == 0)
		return OUTCOME_DONE;
	r->db = open_databases(m);
	return r->db == NULL ? OUTCOME_FAILED : OUTCOME_DONE;
}

int
described_site(struct restore *r)
{
	const struct manifest *m = bundle_manifest(r->against);

	if ((r->site = calloc(1, sizeof(*r->site))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (manifest_set(&r->site->host, m->host) ||
	    manifest_set(&r->site->instances_path, m->instances_path) ||
	    manifest_set(&r->site->libvirt_uri, m->libvirt_uri))
		return -1;
	return 0;
}

static int
note(struct restore *r, const char *name, const char *text)
{

	return plan_say(
	    r->plan, PLAN_NOTE, PLAN_HOST, NULL, NULL, name, "%s", text);
}

int
described_notes(struct restore *r)
{
	const struct manifest *m;

	if (r->against == NULL)
		return 0;
	m = bundle_manifest(r->against);
	if (plan_say(r->plan, PLAN_NOTE, PLAN_HOST, NULL, NULL, "against",
		"planned against the description of %s, taken %s: what changed "
		"there since is not known",
		m->host, m->created) ||
	    note(r, "on-the-night",
		"not in a description, looked at on the night: rights to "
		"write, extended attributes, the contents of files that "
		"differ, values of secrets, passwords of consoles, rows"))
		return -1;
	if (pick_has(r, PART_LIBVIRT) && !r->opt->no_libvirt &&
	    !r->against_virt &&
	    note(r, "on-the-night",
		"the description has no libvirt part: definitions are compared "
		"on the night"))
		return -1;
	if (pick_has(r, PART_DATABASE) && !r->opt->no_database &&
	    r->db == NULL &&
	    note(r, "on-the-night",
		"the description has no database: tables and rows are compared "
		"on the night"))
		return -1;
	return 0;
}
