#ifndef TESTS_UNIT_VIRT_NODE_H
#define TESTS_UNIT_VIRT_NODE_H

#include "tests/unit/tree.h"

#include "archive/snapshot/snapshot.h"
#include "archive/warn.h"
#include "tests/unit/embed.h"
#include "tests/unit/keys.h"

/**
 * virt_node: a node with a libvirt (embed, or the one of $NOVARK_TEST_URI), a
 * key and a bundle, for tests of what goes between libvirt and a bundle.  All
 * tests of a program share one embed root, emptied between them: libvirt opens
 * no second one in a process.
 */
static struct embed virt_node_embed;
static struct virt *virt_node_session; /* one: libvirt takes some 30 in all */

struct virt_node {
	struct tree tree;
	const char *uri;
	struct virt *v;
	char key[600], pub[600], bundle[600];
	struct snapshot_options snap;
};

#define UUID_A "e8f73117-1a19-4d3e-a8d5-f846199d3b01"
#define UUID_B "e8f73117-1a19-4d3e-a8d5-f846199d3b02"
#define UUID_C "e8f73117-1a19-4d3e-a8d5-f846199d3b03"
#define QEMU   "/usr/bin/qemu-system-x86_64"

/* A small domain; the latest four live. */
static inline const char *
domain_xml(const char *name, const char *uuid, const char *listen,
    unsigned int memory, const char *emulator, const char *machine)
{
	static char xml[4][2048];
	static unsigned int at;

	at = (at + 1) % 4;
	snprintf(xml[at], sizeof(xml[at]),
	    "<domain type='qemu'><name>%s</name><uuid>%s</uuid>"
	    "<memory>%u</memory>"
	    "<os><type arch='x86_64' machine='%s'>hvm</type></os><devices>"
	    "<emulator>%s</emulator>"
	    "<graphics type='vnc' autoport='yes' listen='%s'/>"
	    "</devices></domain>",
	    name, uuid, memory, machine, emulator, listen);
	return xml[at];
}

static inline const char *
domain_at(const char *name, const char *uuid, const char *listen)
{

	return domain_xml(name, uuid, listen, 65536, QEMU, "pc");
}

/* 0, or -1: skip. */
static inline int
virt_node_make(struct virt_node *n)
{
	char name[560];

	memset(n, 0, sizeof(*n));
	if ((n->uri = getenv("NOVARK_TEST_URI")) == NULL) {
		if (virt_node_embed.uri[0] == '\0' &&
		    embed_make(&virt_node_embed)) {
			embed_remove(&virt_node_embed);
			return -1;
		}
		n->uri = virt_node_embed.uri;
	}
	tree_make(&n->tree);
	tree_file(&n->tree, "/etc/nova/nova.conf", "--my_ip=10.2.116.14\n");
	snprintf(name, sizeof(name), "%s/k", n->tree.dir);
	assert_int_equal(keys_make(name), 0);
	snprintf(n->key, sizeof(n->key), "%s.key", name);
	snprintf(n->pub, sizeof(n->pub), "%s.pub", name);
	snprintf(n->bundle, sizeof(n->bundle), "%s/b", n->tree.dir);
	n->snap.output = n->bundle;
	n->snap.key = n->key;
	n->snap.root = n->tree.dir;
	n->snap.connect = n->uri;
	n->snap.force = 1;
	n->snap.no_files = n->snap.no_database = 1;
	if (virt_node_session == NULL)
		virt_node_session = virt_open(n->uri);
	assert_non_null(n->v = virt_node_session);
	warn_quiet(1);
	warn_forget();
	return 0;
}

/* Forget every definition that is here. */
static inline void
virt_node_lose(struct virt_node *n)
{
	struct virt_object *o;
	size_t i, count;
	int kind;

	for (kind = ITEM_DOMAIN; kind >= ITEM_SECRET; kind--) {
		assert_int_equal(virt_list(n->v, (enum item_kind)kind, NULL,
				     NULL, &o, &count),
		    0);
		/* nwfilters: those that refer to others come last. */
		for (i = count; i-- > 0;)
			assert_int_equal(
			    virt_undefine(n->v, o[i].kind, o[i].name), 0);
		virt_objects_free(o, count);
	}
}

static inline void
virt_node_remove(struct virt_node *n)
{

	virt_node_lose(n);
	tree_remove(&n->tree);
	warn_forget();
}

/* Behind all tests: a group teardown. */
static inline int
virt_node_end(void **state)
{

	(void)state;
	virt_close(virt_node_session);
	if (virt_node_embed.uri[0] != '\0')
		embed_remove(&virt_node_embed);
	return 0;
}

static inline void
define(
    struct virt_node *n, enum item_kind kind, const char *name, const char *xml)
{

	assert_int_equal(virt_define(n->v, kind, name, xml), 0);
}

static inline void
define_domain(
    struct virt_node *n, const char *name, const char *uuid, const char *listen)
{

	define(n, ITEM_DOMAIN, name, domain_at(name, uuid, listen));
}

static inline void
take(struct virt_node *n)
{
	struct snapshot_result result;

	assert_int_equal(snapshot_take(&n->snap, &result), OUTCOME_DONE);
	snapshot_result_free(&result);
}

#endif
