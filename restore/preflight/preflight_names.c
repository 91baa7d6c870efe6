#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "restore/facts/facts.h"
#include "restore/preflight/finding.h"
#include "restore/preflight/preflight.h"

#define NOVA_CONF "file:/etc/nova/nova.conf"
#define HOSTNAME  "file:/etc/hostname"

/* What happens to a node that nova takes for another one (which release does
 * what: see the manual). */
#define DANGER                                                                 \
	"nova takes a host of another name for another host: up to Kilo it "   \
	"destroys the instances that it finds here, later releases orphan "    \
	"them or do not start"

/* The name through the map's host rules. */
static const char *
wanted_name(const struct restore *r, const char *name)
{
	const char *new = addrmap_host(r->map, name, strlen(name), NULL);

	return new != NULL ? new : name;
}

/* Does anything in the bundle know the host by its name? */
static int
knows_name(const struct restore *r)
{
	size_t i;

	if (manifest_find(r->manifest, NOVA_CONF) != NULL)
		return 1;
	for (i = 0; i < r->manifest->nitems; i++) {
		if (r->manifest->items[i]->kind == ITEM_TABLE)
			return 1;
	}
	return 0;
}

static int
brings(const struct restore *r, const char *item)
{

	return !r->opt->no_files && restore_wants(r, item) &&
	       manifest_find(r->manifest, item) != NULL;
}

/* What nova will call this host once the restore is made, malloced in ${*to};
 * NULL: nobody knows.  0, or -1 said. */
static int
name_here(struct restore *r, char **to)
{
	struct oslo_source source;
	struct site *site = NULL;
	const char *name = r->facts->host_name;

	*to = NULL;
	if (brings(r, NOVA_CONF)) {
		if (r->site->host_is_set)
			name = r->site->host;
		else if (brings(r, HOSTNAME) && r->root != NULL &&
			 strcmp(root_dir(r->root), "/") != 0)
			/* Not running yet: it will come up with that name. */
			name = r->manifest->host;
	} else if (r->root != NULL) {
		source = site_source(r->root);
		if (site_load(&source, &site) == -1)
			return -1;
		if (site->host_is_set)
			name = site->host;
	}
	if (name != NULL && (*to = strdup(name)) == NULL) {
		site_free(site);
		return -1;
	}
	site_free(site);
	return 0;
}

static int
host_name(struct restore *r)
{
	const char *old = r->manifest->host, *want = wanted_name(r, old);
	char *here;
	int rc = 0;

	if (!knows_name(r))
		return 0;
	if (name_here(r, &here))
		return -1;
	if (here != NULL && strcasecmp(here, want) != 0)
		rc = finding_add(r, PLAN_HOST, here, NULL, "host-name",
		    "nova will call this host %s, but its rows %s host %s; "
		    "%s: hostnamectl set-hostname %s (or host = %s in "
		    "nova.conf), or in the map: host %s = %s",
		    here, want == old ? "are of" : "will be of", want, DANGER,
		    want, want, old, here);
	free(here);
	return rc;
}

static int
hypervisor_name(struct restore *r)
{
	const char *old = r->manifest->hypervisor_name;
	const char *here = r->facts->hypervisor_name;

	if (old == NULL || here == NULL || !knows_name(r) ||
	    strcasecmp(here, wanted_name(r, old)) == 0)
		return 0;
	return finding_add(r, PLAN_HOST, here, NULL, "hypervisor-name",
	    "libvirt calls this host %s, but nova's rows have the hypervisor "
	    "%s; %s: mend the host name and its line in /etc/hosts (hostname "
	    "--fqdn must say %s), or in the map: host %s = %s",
	    here, wanted_name(r, old), DANGER, wanted_name(r, old), old, here);
}

/* The id in a compute_id file, without blanks: 1, 0 when there is none. */
static int
take_id(struct buf *b)
{

	if (b->len == 0)
		return 0;
	b->data[strcspn(b->data, " \t\r\n")] = '\0';
	return b->data[0] != '\0';
}

/* What stands here where the captured node has its id, or where nova looks
 * before. */
static int
compare_id(struct restore *r, const char *item, const char *captured)
{
	const char *path = item + strlen("file:");
	struct buf here = BUF_EMPTY;
	int rc;

	if ((rc = root_read(r->root, path, &here)) == 1 && take_id(&here) &&
	    strcasecmp(here.data, captured) != 0)
		rc = finding_add(r, ITEM_FILE, item, NULL, "compute-id",
		    "nova's compute_id here is %s, the captured node's is %s; "
		    "nova then takes this host for another one and does not "
		    "start, or registers it anew: if no other node has it, "
		    "move the file here away",
		    here.data, captured);
	buf_free(&here);
	return rc == -1 ? -1 : 0;
}

static int
is_compute_id(const struct item *item)
{
	static const char end[] = "/compute_id";
	size_t len = strlen(item->name);

	return item->kind == ITEM_FILE && item->file->type == FILE_REGULAR &&
	       len > sizeof(end) &&
	       strcmp(item->name + len - (sizeof(end) - 1), end) == 0;
}

/* One that stands here although the captured node had none. */
static int
new_id(struct restore *r)
{
	struct buf path = BUF_EMPTY;
	struct root_file f;
	int rc;

	if (r->root == NULL || manifest_find(r->manifest, NOVA_CONF) == NULL)
		return 0;
	if (buf_addf(&path, "%s/compute_id", r->site->state_path))
		return -1;
	if ((rc = root_stat(r->root, path.data, &f)) == 1) {
		root_file_free(&f);
		rc = plan_say(r->plan, PLAN_NOTE, PLAN_HOST, NULL, NULL,
		    "compute-id",
		    "%s stands here, and the captured node had none: "
		    "nova-compute has run here as another node, or under a "
		    "later release",
		    path.data);
	}
	buf_free(&path);
	return rc;
}

static int
compute_id(struct restore *r)
{
	const struct manifest *m = r->manifest;
	struct buf captured = BUF_EMPTY;
	int rc = 0, found = 0;
	size_t i;

	for (i = 0; i < m->nitems && rc == 0; i++) {
		if (!is_compute_id(m->items[i]))
			continue;
		found = 1;
		if (r->root == NULL)
			return plan_say(r->plan, PLAN_NOTE, PLAN_HOST, NULL,
			    NULL, "unseen",
			    "not looked at: nova's compute_id there (a "
			    "description does not have it)");
		buf_clear(&captured);
		if (bundle_load(r->bundle, m->items[i]->name, &captured) !=
		    OUTCOME_DONE)
			rc = -1;
		else if (take_id(&captured))
			rc = compare_id(r, m->items[i]->name, captured.data);
	}
	buf_free(&captured);
	return rc == 0 && !found ? new_id(r) : rc;
}

int
preflight_names(struct restore *r)
{

	if (host_name(r) || hypervisor_name(r))
		return -1;
	return compute_id(r);
}
