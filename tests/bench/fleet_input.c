/**
 * fleet_input FOLDER KEY BUNDLES INSTANCES: the bundles of a fleet, as
 * snapshots of its nodes would be: NODE.bundle with nova.conf and INSTANCES
 * definitions; beside them "control.bundle" with the rows of all.  Signed with
 * KEY.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/bundle.h"

/* Where it went wrong has been said. */
static void
must(int good)
{

	if (!good)
		exit(1);
}

/* A text of its own: to be freed. */
__attribute__((format(printf, 1, 2))) static char *
text(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	must(n != -1);
	return s;
}

static void
set(char **to, char *from)
{

	must(manifest_set(to, from) == 0);
	free(from);
}

static struct bundle_new *
begin(const char *dir, const char *key, const char *host)
{
	char *file = text("%s/%s.bundle", dir, host);
	struct bundle_new *n;
	struct manifest *m;

	must(bundle_create(file, key, 1, &n) == OUTCOME_DONE);
	free(file);
	m = bundle_new_manifest(n);
	set(&m->host, text("%s", host));
	set(&m->instances_path, text("/var/lib/nova/instances"));
	return n;
}

static void
end(struct bundle_new *n)
{
	char *signer;

	must(bundle_commit(n, &signer) == OUTCOME_DONE);
	free(signer);
}

static void
configure(struct bundle_new *n, unsigned node, const char *host)
{
	char *bytes = text("[DEFAULT]\nhost = %s\nmy_ip = 10.2.%u.%u\n[vnc]\n"
			   "server_listen = 10.2.%u.%u\n",
	    host, node / 250, node % 250 + 1, node / 250, node % 250 + 1);
	struct item *item = item_new(ITEM_FILE);

	must(item != NULL);
	set(&item->name, text("file:/etc/nova/nova.conf"));
	item->file->mode = 0640;
	item->file->format = PLACE_INI;
	must(bundle_put(n, item, bytes, strlen(bytes)) == 0);
	free(bytes);
}

static char *
uuid_of(unsigned id)
{

	return text("5bd1e995-1a19-4d3e-a8d5-%012x", id);
}

/* A definition as nova and libvirt write it. */
static void
define(struct bundle_new *n, unsigned node, unsigned id)
{
	struct item *item = item_new(ITEM_DOMAIN);
	char *uuid = uuid_of(id), *bytes;

	must(item != NULL);
	bytes = text(
	    "<domain type='kvm'>\n  <name>instance-%08x</name>\n"
	    "  <uuid>%s</uuid>\n  <memory unit='KiB'>524288</memory>\n"
	    "  <vcpu placement='static'>1</vcpu>\n"
	    "  <os>\n    <type arch='x86_64' "
	    "machine='pc-i440fx-7.2'>hvm</type>\n"
	    "    <boot dev='hd'/>\n  </os>\n"
	    "  <features>\n    <acpi/>\n    <apic/>\n  </features>\n"
	    "  <clock offset='utc'/>\n  <devices>\n"
	    "    <emulator>/usr/bin/qemu-system-x86_64</emulator>\n"
	    "    <disk type='file' device='disk'>\n"
	    "      <driver name='qemu' type='qcow2' cache='none'/>\n"
	    "      <source file='/var/lib/nova/instances/%s/disk'/>\n"
	    "      <target dev='vda' bus='virtio'/>\n    </disk>\n"
	    "    <interface type='bridge'>\n"
	    "      <mac address='fa:16:3e:%02x:%02x:%02x'/>\n"
	    "      <source bridge='br-int'/>\n      <model type='virtio'/>\n"
	    "    </interface>\n"
	    "    <graphics type='vnc' port='-1' autoport='yes' "
	    "listen='10.2.%u.%u'/>\n"
	    "    <video>\n      <model type='virtio' heads='1'/>\n"
	    "    </video>\n  </devices>\n</domain>\n",
	    id, uuid, uuid, id >> 16 & 255, id >> 8 & 255, id & 255, node / 250,
	    node % 250 + 1);
	set(&item->name, text("domain:instance-%08x", id));
	item->virt->persistent = item->virt->active = 1;
	set(&item->virt->uuid, uuid);
	must(bundle_put(n, item, bytes, strlen(bytes)) == 0);
	free(bytes);
}

/* A table of nova, its columns by name, the first the key. */
static struct item *
table(struct bundle_new *n, const char *name, const char *const *columns)
{
	struct item *item = item_new(ITEM_TABLE);
	struct item_table *t;
	size_t i;

	must(item != NULL);
	t = item->table;
	set(&item->name, text("table:nova.%s", name));
	set(&t->role, text("nova"));
	set(&t->schema, text("nova"));
	set(&t->table, text("%s", name));
	for (i = 0; columns[i] != NULL; i++)
		t->ncolumns++;
	t->columns = calloc(t->ncolumns, sizeof(*t->columns));
	must(t->columns != NULL);
	for (i = 0; i < t->ncolumns; i++) {
		set(&t->columns[i].name, text("%s", columns[i]));
		set(&t->columns[i].type, text("varchar(255)"));
		t->columns[i].key = i == 0;
		t->columns[i].nullable = i > 0;
	}
	must(bundle_begin(n, item) == 0);
	return item;
}

static void
row(struct bundle_new *n, struct item *item, char *line)
{

	item->table->rows++;
	must(bundle_write(n, line, strlen(line)) == 0);
	free(line);
}

/* The rows of all nodes. */
static void
control(struct bundle_new *n, unsigned nodes, unsigned each)
{
	static const char *const instance[] = { "id", "uuid", "host",
		"vm_state", "launched_at", "access_ip_v4", "deleted", NULL };
	static const char *const service[] = { "id", "host", "binary",
		"deleted", NULL };
	struct item *item;
	unsigned i;
	char *uuid;

	item = table(n, "instances", instance);
	for (i = 0; i < nodes * each; i++) {
		uuid = uuid_of(i + 1);
		row(n, item,
		    text("%u\t%s\tnode%05u\tactive\t2026-01-02 03:04:05\t"
			 "10.2.%u.%u\t0\n",
			i + 1, uuid, i / each, i / each / 250,
			i / each % 250 + 1));
		free(uuid);
	}
	must(bundle_end(n, item) == 0);
	item = table(n, "services", service);
	for (i = 0; i < nodes; i++)
		row(n, item, text("%u\tnode%05u\tnova-compute\t0\n", i + 1, i));
	must(bundle_end(n, item) == 0);
}

int
main(int argc, char *argv[])
{
	unsigned i, k, nodes, each;
	struct bundle_new *n;
	char *host;

	if (argc != 5) {
		fprintf(stderr,
		    "usage: fleet_input FOLDER KEY BUNDLES INSTANCES\n");
		return 2;
	}
	nodes = (unsigned)strtoul(argv[3], NULL, 10);
	each = (unsigned)strtoul(argv[4], NULL, 10);
	for (i = 0; i < nodes; i++) {
		host = text("node%05u", i);
		n = begin(argv[1], argv[2], host);
		configure(n, i, host);
		for (k = 0; k < each; k++)
			define(n, i, i * each + k + 1);
		end(n);
		free(host);
	}
	n = begin(argv[1], argv[2], "control");
	control(n, nodes, each);
	end(n);
	return 0;
}
