#include <string.h>
#include <strings.h>

#include "archive/node/oslo.h"
#include "archive/node/site.h"
#include "archive/warn.h"
#include "restore/next/next_inner.h"

/* What lets nova-compute start, by itself, what ran before. */
static const char *const resumers[] = { "resume_guests_state_on_host_boot",
	"start_guests_on_host_boot" };

/* The option that is set, or NULL. */
static const char *
resumes(const struct next *n)
{
	static const char *const yes[] = { "true", "1", "yes", "on" };
	struct oslo_source source = site_source(n->r->root);
	const char *found = NULL, *value;
	struct oslo *o;
	size_t i, k;

	if (!next_there(n, "/etc/nova/nova.conf") ||
	    (o = oslo_load(&source, "/etc/nova/nova.conf")) == NULL)
		return NULL;
	for (i = 0; i < 2; i++) {
		value = oslo_get(o, "DEFAULT", resumers[i], NULL);
		for (k = 0; value != NULL && k < 4; k++) {
			if (strcasecmp(value, yes[k]) == 0)
				found = resumers[i];
		}
	}
	oslo_free(o);
	return found;
}

static int
add_instance(struct next *n, const struct item *item, const char *resumer)
{
	struct buf text = BUF_EMPTY, command = BUF_EMPTY, why = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&text, "bring up %s", item->name + strlen("domain:")) ==
		-1 ||
	    buf_addf(&command, "%s %s",
		n->old ? "nova reboot --hard"
		       : "openstack server reboot --hard",
		item->virt->uuid) == -1 ||
	    buf_adds(&why,
		"it ran when the snapshot was taken; through nova, not virsh, "
		"so that nova knows") == -1)
		goto out;
	if (resumer != NULL &&
	    buf_addf(&why,
		": nova-compute does so itself (%s), so only if it "
		"stays down",
		resumer) == -1)
		goto out;
	rc = next_add(n, text.data, buf_steal(&command), why.data);
out:
	buf_free(&text);
	buf_free(&command);
	buf_free(&why);
	return rc;
}

int
next_instances(struct next *n)
{
	const struct manifest *m = n->r->manifest;
	const char *resumer = resumes(n);
	size_t i;

	n->out->first_instance = n->out->n;
	for (i = 0; m != NULL && i < m->nitems; i++) {
		if (m->items[i]->kind != ITEM_DOMAIN ||
		    !m->items[i]->virt->active ||
		    !restore_wants(n->r, m->items[i]->name))
			continue;
		if (add_instance(n, m->items[i], resumer) == -1)
			return -1;
		n->out->instances++;
	}
	return 0;
}

int
next_secrets(struct next *n)
{
	const struct manifest *m = n->r->manifest;
	struct buf text = BUF_EMPTY, command = BUF_EMPTY;
	const struct item *item;
	size_t i;
	int rc = 0;

	for (i = 0; m != NULL && rc == 0 && i < m->nitems; i++) {
		item = m->items[i];
		if (item->kind != ITEM_SECRET || item->virt->has_value ||
		    !restore_wants(n->r, item->name))
			continue;
		buf_clear(&text);
		rc = buf_addf(
		    &text, "set the value of the secret %s", item->virt->uuid);
		if (rc == 0)
			rc = buf_addf(&command,
			    "virsh secret-set-value %s --interactive",
			    item->virt->uuid);
		if (rc == 0)
			rc = next_add(n, text.data, buf_steal(&command),
			    item->virt->is_private
				? "it is private: libvirt gave its value to "
				  "nobody"
				: "it had none when the snapshot was taken");
	}
	buf_free(&text);
	buf_free(&command);
	return rc;
}

int
next_cells(struct next *n)
{
	char *command;

	if (next_role(n, "nova_api")) {
		command = strdup("nova-manage cell_v2 list_cells");
		return next_add(n,
		    "look whether both cells lead to the new "
		    "address",
		    command,
		    "nova asks the database that stands there, whatever "
		    "nova.conf says");
	}
	return 0;
}
