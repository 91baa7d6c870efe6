#include "archive/snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/database/cells.h"
#include "archive/keys/trust.h"
#include "archive/node/path.h"
#include "archive/snapshot/snapshot_kinds.h"
#include "archive/snapshot/snapshot_left.h"
#include "archive/version.h"
#include "archive/warn.h"

static int
any_fits(const char *const *globs, const char *name)
{

	for (; globs != NULL && *globs != NULL; globs++)
		if (path_glob(*globs, name))
			return 1;
	return 0;
}

int
snapshot_leaves_out(const struct snapshot *s, const char *name)
{

	return any_fits(s->opt->except, name);
}

int
snapshot_wants(const struct snapshot *s, const char *name)
{
	const char *const *only = s->opt->only;

	if (only != NULL && *only != NULL && !any_fits(only, name))
		return 0;
	return !snapshot_leaves_out(s, name);
}

int
snapshot_may_want(const struct snapshot *s, const char *prefix)
{
	const char *const *glob = s->opt->only;
	size_t len, plain;

	if (glob == NULL || *glob == NULL)
		return 1;
	for (len = strlen(prefix); *glob != NULL; glob++) {
		plain = strcspn(*glob, "*?[\\");
		if (strncmp(*glob, prefix, plain < len ? plain : len) == 0)
			return 1;
	}
	return 0;
}

int
snapshot_sweeps(const struct snapshot *s)
{

	return !s->opt->no_sweep && s->opt->describe == NULL &&
	       bundle_new_manifest(s->bundle)->nown > 0;
}

void
snapshot_tick(const struct snapshot *s, uint64_t done, const char *what)
{

	if (s->opt->tick != NULL)
		s->opt->tick(s->opt->cookie, done, what);
}

/* Everything that may be missing, in the order of how fast that shows. */
static enum outcome
open_all(struct snapshot *s)
{
	const struct snapshot_options *opt = s->opt;
	struct oslo_source source;
	enum outcome rc;
	const char *uri;

	if ((s->root = root_open(opt->root)) == NULL)
		return OUTCOME_FAILED;
	source = snapshot_left_source(s);
	if (site_load(&source, &s->site)) {
		warn_info("--not 'file:PATH' passes over a configuration file, "
			  "and what it names");
		return OUTCOME_FAILED;
	}
	rc = opt->stream > 0
		 ? bundle_create_stream(opt->stream, opt->output, opt->key,
		       &s->streamed, &s->bundle)
		 : bundle_create(opt->output, opt->key, opt->force, &s->bundle);
	if (rc != OUTCOME_DONE)
		return rc;
	if (trust_may_sign(opt->key, opt->root) == -1)
		return OUTCOME_FAILED;
	if (opt->encrypt_to != NULL &&
	    bundle_encrypt(s->bundle, opt->encrypt_to) == -1)
		return OUTCOME_FAILED;
	if (!opt->no_libvirt) {
		uri = opt->connect ? opt->connect : s->site->libvirt_uri;
		snapshot_tick(s, 0, uri);
		if ((s->virt = virt_open(uri)) == NULL)
			return OUTCOME_FAILED;
		if (opt->describe != NULL)
			virt_without_secrets(s->virt);
	}
	if (!opt->no_database && s->site->ndatabases == 0 &&
	    opt->hosts != NULL) {
		warn_msg("--host picks rows, and the configuration of this "
			 "node names no database: take it at the controller");
		return OUTCOME_FAILED;
	}
	if (opt->no_database || s->site->ndatabases == 0)
		return OUTCOME_DONE;
	snapshot_tick(s, 0, "databases");
	rc = db_connect(s->site, opt->defaults_file, &s->db);
	return rc != OUTCOME_DONE ? rc
				  : cells_connect(s->site, opt->defaults_file,
					opt->except, s->db);
}

/* The databases that were reached. */
static int
add_databases(struct snapshot *s, struct manifest *m)
{
	struct captured_database d;
	struct db_server *server;
	size_t i, j;

	for (i = 0; s->db != NULL && i < s->db->nservers; i++) {
		server = &s->db->servers[i];
		for (j = 0; j < server->nschemas; j++) {
			d.role = server->schemas[j].role;
			d.schema = server->schemas[j].schema;
			d.source = server->schemas[j].source;
			d.server = server->label;
			d.version = server->version;
			if (manifest_add_database(m, &d))
				return -1;
		}
	}
	return 0;
}

static int
names_role(const struct site *site, const char *role)
{
	size_t i;

	for (i = 0; i < site->ndatabases; i++)
		if (strcmp(site->databases[i].role, role) == 0)
			return 1;
	return 0;
}

/* What is not as on a usual node is said, in the manifest too. */
static int
add_warnings(struct snapshot *s, struct manifest *m)
{

	if (!s->site->has_nova &&
	    manifest_warn(m, NULL,
		"there is no /etc/nova/nova.conf: instances, libvirt and "
		"databases are looked for in their usual places"))
		return -1;
	if (s->site->has_nova && !names_role(s->site, "nova") &&
	    !s->opt->no_database &&
	    manifest_warn(m, NULL,
		"nova.conf names no database: rows must be taken at the "
		"controller"))
		return -1;
	return snapshot_left_warn(s, m);
}

/* What nova-compute will ask libvirt for at its start. */
static int
add_hypervisor(struct snapshot *s, struct manifest *m)
{
	char *name;
	int rc = 0;

	if (s->virt == NULL)
		return 0;
	if ((name = virt_host_name(s->virt)) != NULL && name[0] != '\0')
		rc = manifest_set(&m->hypervisor_name, name);
	free(name);
	return rc ? -1 : manifest_set(&m->hypervisor, virt_version(s->virt));
}

static int
fill_manifest(struct snapshot *s)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	const char *uri;

	uri = s->opt->connect ? s->opt->connect : s->site->libvirt_uri;
	if (manifest_set(&m->novark, NOVARK_VERSION) ||
	    manifest_set(&m->host, s->site->host) ||
	    manifest_set(&m->instances_path, s->site->instances_path) ||
	    manifest_set(&m->libvirt_uri, uri) || add_hypervisor(s, m))
		return -1;
	if (s->opt->describe != NULL &&
	    (m->description = s->opt->describe(s)) == NULL)
		return -1;
	return add_databases(s, m) || add_warnings(s, m) ? -1 : 0;
}

/* That the bundle was searched whole, or why not. */
static int
note_sweep(struct snapshot *s)
{
	struct manifest *m = bundle_new_manifest(s->bundle);

	m->sweep.done = snapshot_sweeps(s);
	if (m->sweep.done || s->opt->describe != NULL)
		return 0;
	return manifest_warn(m, NULL,
	    "what is outside the catalogue was not searched for addresses of "
	    "this node: %s",
	    s->opt->no_sweep ? "--no-sweep"
			     : "none is known (--address ADDR tells of one)");
}

/* Read it all. */
static int
capture(struct snapshot *s)
{

	if (fill_manifest(s) || snapshot_own(s) || note_sweep(s))
		return -1;
	snapshot_tick(s, 0, "files");
	if (!s->opt->no_files && snapshot_files(s))
		return -1;
	if (s->virt != NULL && snapshot_virt(s))
		return -1;
	if (s->db != NULL && (snapshot_accounts(s) || snapshot_db(s)))
		return -1;
	return snapshot_kinds(s);
}

/* Count what the manifest holds, before the commit takes it away. */
static int
count(struct snapshot *s, struct snapshot_result *result)
{
	const struct manifest *m = bundle_new_manifest(s->bundle);
	size_t i;

	for (i = 0; i < m->nitems; i++) {
		result->items[m->items[i]->kind]++;
		if (m->items[i]->table != NULL)
			result->rows += m->items[i]->table->rows;
	}
	result->nwarnings = m->nwarnings;
	return manifest_set(&result->id, m->id);
}

static enum outcome
commit(struct snapshot *s, struct snapshot_result *result)
{
	struct bundle_new *bundle = s->bundle;
	enum outcome rc;
	struct stat st;

	if (count(s, result))
		return OUTCOME_FAILED;
	snapshot_tick(s, 0, s->opt->output);
	s->bundle = NULL;
	rc = bundle_commit(bundle, &result->signer);
	result->size = s->streamed;
	if (rc == OUTCOME_DONE && s->opt->stream == 0 &&
	    stat(s->opt->output, &st) == 0)
		result->size = (uint64_t)st.st_size;
	return rc;
}

enum outcome
snapshot_take(
    const struct snapshot_options *opt, struct snapshot_result *result)
{
	struct snapshot s = { .opt = opt };
	enum outcome rc;

	memset(result, 0, sizeof(*result));
	if ((rc = open_all(&s)) == OUTCOME_DONE)
		rc = capture(&s) ? OUTCOME_FAILED : commit(&s, result);
	bundle_discard(s.bundle);
	db_close(s.db);
	virt_close(s.virt);
	site_free(s.site);
	root_close(s.root);
	return rc;
}

void
snapshot_result_free(struct snapshot_result *result)
{

	free(result->id);
	free(result->signer);
	memset(result, 0, sizeof(*result));
}
