#ifndef TESTS_WHOLE_H
#define TESTS_WHOLE_H

/* Include behind sample.h: a manifest that has every key there is, beside its
 * items.  Nothing here asserts: each is 0, or -1 as the manifest's room says.
 */

#include "archive/manifest/table_facts.h"

#define WHOLE_ID   "0123456789abcdef0123456789abcdef"
#define WHOLE_TIME "2026-11-22T16:15:47Z"

/* What a snapshot tells beside its items. */
static inline int
whole_node(struct manifest *m)
{
	struct address a[2] = { { 4, { 10, 2, 116, 14 } },
		{ 6, { 0x20, 1, 0xd, 0xb8 } } };
	char file[] = "/etc/a.pem", subject[] = "CN = a",
	     by[] = "file:/x [a] b", time[] = WHOLE_TIME, nova[] = "nova",
	     server[] = "tcp:10.2.116.14:3306", version[] = "10.11";
	const struct certificate c = { file, subject, time, by, a, 2 };
	const struct captured_database d = { nova, nova, server, version, by };

	if (manifest_set(&m->id, WHOLE_ID) == -1 ||
	    manifest_set(&m->created, WHOLE_TIME) == -1 ||
	    manifest_set(&m->novark, "0.1") == -1 ||
	    manifest_set(&m->host, "compute1") == -1 ||
	    manifest_set(&m->instances_path, "/var/lib/nova") == -1 ||
	    manifest_set(&m->libvirt_uri, "qemu:///system") == -1 ||
	    manifest_set(&m->hypervisor_name, "node1") == -1 ||
	    manifest_set(&m->hypervisor, "libvirt 9.0.0") == -1)
		return -1;
	if (manifest_add_own(m, &a[0], 24, "interface eth0") == -1 ||
	    manifest_add_own(m, &a[1], -1, "nova.conf my_ip") == -1 ||
	    manifest_add_database(m, &d) == -1 ||
	    manifest_add_certificate(m, &c) == -1 ||
	    manifest_add_host(m, "one") == -1 ||
	    manifest_add_elsewhere(m, "two") == -1 ||
	    manifest_add_elsewhere_instance(m, SAMPLE_UUID, 3) == -1 ||
	    manifest_warn(m, NULL, "one") == -1 ||
	    manifest_warn(m, "domain:x", "a\n%s", "\xff") == -1)
		return -1;
	m->sweep = (struct manifest_sweep){ 1, 30, 40, 50, 6, 7 };
	return 0;
}

/* Of a table, in a description. */
static inline int
whole_facts(struct item *item)
{
	struct table_facts *f = item->table->facts = table_facts_new();

	return f == NULL || manifest_set(&f->engine, "InnoDB") == -1 ||
		       table_facts_need(f, "size") == -1 ||
		       table_facts_trigger(f, "INSERT", "tg a b") == -1 ||
		       table_facts_unique(f, "u1", "a", "utf8mb4_bin", 10) ==
			   -1 ||
		       table_facts_unique(f, "u1", "b", NULL, 0) == -1
		   ? -1
		   : 0;
}

#endif
