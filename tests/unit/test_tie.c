/* tie: which places tie a node to its outer address; the table holds together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/look/tie.h"
#include "archive/look/tie_spot_table.h"
#include "archive/look/tie_table.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define OWN      "10.2.116.14"

/* One place, and the tie that it is, or NULL. */
struct spot {
	enum item_kind kind;
	const char *item; /* of a table: role.table */
	const char *label, *bytes, *want;
};

static const struct spot spots[] = {
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "--my_ip", OWN,
	    "own-address" },
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "[DEFAULT] my_ip", OWN,
	    "own-address" },
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "[DEFAULT] my_ip#2", OWN,
	    "own-address" },
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "[DEFAULT] my_ip",
	    "10.2.116.140", NULL },
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "[DEFAULT] not_my_ip", OWN,
	    NULL },
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "line 12", OWN, NULL },
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "[vnc] server_listen", OWN,
	    "vnc-listen" },
	{ ITEM_FILE, "file:/etc/cinder/cinder.conf", "[vnc] server_listen", OWN,
	    NULL },
	{ ITEM_DOMAIN, "domain:instance-00000001",
	    "/domain/devices/graphics[2]/@listen", OWN, "vnc-listen" },
	{ ITEM_DOMAIN, "domain:instance-00000001",
	    "/domain/devices/graphics/@port", OWN, NULL },
	{ ITEM_NETWORK, "network:default", "/domain/devices/graphics/@listen",
	    OWN, NULL },
	{ ITEM_TABLE, "nova.volumes", "provider_location",
	    OWN ":3260,1 iqn.2010-10.org.openstack:volume-1 1",
	    "iscsi-portal" },
	{ ITEM_TABLE, "cinder.volumes", "provider_location",
	    OWN ":3260,1 iqn.2010-10.org.openstack:volume-1 1",
	    "iscsi-portal" },
	{ ITEM_TABLE, "glance.volumes", "provider_location", OWN, NULL },
	{ ITEM_TABLE, "nova.block_device_mapping",
	    "connection_info data.target_portals[1]", OWN ":3260", NULL },
	{ ITEM_TABLE, "nova.block_device_mapping",
	    "connection_info data.target_portal", OWN ":3260", "iscsi-portal" },
	{ ITEM_TABLE, "nova.block_device_mapping",
	    "connection_info connector.ip", OWN, "storage-client" },
	{ ITEM_TABLE, "keystone.endpoint", "url", "http://" OWN ":5000/v3",
	    "endpoint" },
	{ ITEM_TABLE, "keystone.endpoint", "extra adminurl",
	    "http://" OWN ":35357/v2.0", "endpoint" },
	{ ITEM_TABLE, "nova_api.cell_mappings", "transport_url",
	    "rabbit://u:p@" OWN ":5672/", "cell-mapping" },
	{ ITEM_TABLE, "neutron.ml2_vxlan_endpoints", "ip_address", OWN,
	    "tunnel" },
	{ ITEM_TABLE, "nova.services", "host", "ip-10-2-116-14", "host-name" },
	{ ITEM_TABLE, "nova.services", "host", "compute1", NULL },
	{ ITEM_FILE, "file:/etc/mysql/mariadb.conf.d/50-server.cnf", "line 3",
	    "bind-address = " OWN, "listen" },
	{ ITEM_FILE, "file:/etc/mysql/mariadb.conf.d/50-server.cnf", "line 4",
	    "report-host = " OWN, NULL },
	{ ITEM_FILE, "file:/etc/memcached.conf", "line 9", "-l " OWN,
	    "listen" },
};

static struct address
parse(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(text, &a), 0);
	return a;
}

/* A manifest of a node with these own addresses, NULL-terminated. */
static struct manifest *
node(const char *const *own)
{
	struct manifest *m;
	struct address a;

	assert_non_null(m = manifest_new());
	for (; *own != NULL; own++) {
		a = parse(*own);
		assert_int_equal(
		    manifest_add_own(m, &a, 24, "interface eth0"), 0);
	}
	return m;
}

/* Give a place to the ties. */
static void
give(struct ties *t, const struct spot *s)
{
	struct sweep_place p = {
		.label = s->label, .bytes = s->bytes, .len = strlen(s->bytes)
	};
	const char *dot = strchr(s->item, '.');
	struct item *item;

	assert_non_null(item = item_new(s->kind));
	if (s->kind == ITEM_TABLE) {
		assert_int_equal(manifest_set(&item->name, "table:a.b"), 0);
		assert_int_equal(manifest_set(&item->table->table, dot + 1), 0);
		assert_non_null(item->table->role =
				    strndup(s->item, (size_t)(dot - s->item)));
	} else {
		assert_int_equal(manifest_set(&item->name, s->item), 0);
	}
	p.item = item;
	p.name = item->name;
	assert_int_equal(ties_place(t, &p), 0);
	item_free(item);
}

static const char *const one[] = { OWN, "127.0.0.1", OWN, NULL };

static void
places(void **state)
{
	struct manifest *m = node(one);
	struct ties *t;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(spots); i++) {
		print_message("%s %s %s\n", spots[i].item, spots[i].label,
		    spots[i].bytes);
		assert_non_null(t = ties_new(m));
		assert_int_equal(ties_own(t), 1);
		give(t, &spots[i]);
		if (spots[i].want == NULL) {
			assert_int_equal(ties_end(t), 0);
		} else {
			assert_int_equal(ties_end(t), 1);
			assert_string_equal(
			    ties_get(t, 0)->name, spots[i].want);
			assert_int_equal(ties_get(t, 0)->count, 1);
			assert_int_equal(ties_get(t, 0)->nplaces, 1);
		}
		assert_non_null(ties_outer(t, 0));
		ties_free(t);
	}
	manifest_free(m);
}

/* How the setting that would prevent it stands. */
static void
setting(void **state)
{
	static const struct spot row = { ITEM_TABLE, "cinder.volumes",
		"provider_location", OWN ":3260,1 iqn 1", NULL },
				 inner = { ITEM_FILE,
					 "file:/etc/cinder/cinder.conf",
					 "[lvm] target_ip_address",
					 "192.168.4.1", NULL },
				 outer = { ITEM_FILE,
					 "file:/etc/cinder/cinder.conf",
					 "[lvm] iscsi_ip_address", OWN, NULL };
	struct manifest *m = node(one);
	struct ties *t;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		assert_non_null(t = ties_new(m));
		if (i == 1)
			give(t, &inner);
		if (i == 2)
			give(t, &outer);
		give(t, &row);
		assert_int_equal(ties_end(t), 1);
		assert_int_equal(ties_get(t, 0)->now, i == 0   ? TIE_UNSET
						      : i == 1 ? TIE_SET
							       : TIE_OUTER);
		assert_int_equal(ties_get(t, 0)->count, i == 2 ? 2 : 1);
		ties_free(t);
	}
	manifest_free(m);
}

/* With an address that clients are given, the others are inner ones. */
static void
outer(void **state)
{
	static const char *const two[] = { OWN, "192.168.4.33", NULL };
	static const struct spot given = { ITEM_FILE,
		"file:/etc/nova/nova.conf", "[vnc] novncproxy_base_url",
		"http://" OWN ":6080/vnc_auto.html", NULL },
				 inner = { ITEM_FILE,
					 "file:/etc/nova/nova.conf",
					 "[DEFAULT] my_ip", "192.168.4.33",
					 NULL };
	struct manifest *m = node(two);
	struct ties *t;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_non_null(t = ties_new(m));
		give(t, &inner);
		if (i == 1)
			give(t, &given);
		assert_int_equal(ties_end(t), i == 0 ? 1 : 0);
		assert_int_equal(ties_own(t), 2);
		assert_non_null(ties_outer(t, 0));
		assert_int_equal(ties_outer(t, 0)->seen != NULL, i);
		assert_int_equal(ties_outer(t, 1) != NULL, i == 0);
		ties_free(t);
	}
	manifest_free(m);
}

/* Many places are counted, the first are kept. */
static void
many(void **state)
{
	struct manifest *m = node(one);
	struct ties *t;
	int i;

	(void)state;
	assert_non_null(t = ties_new(m));
	for (i = 0; i < 100; i++)
		give(t, &spots[0]);
	assert_int_equal(ties_end(t), 1);
	assert_int_equal(ties_get(t, 0)->count, 100);
	assert_int_equal(ties_get(t, 0)->nplaces, TIE_PLACES);
	assert_string_equal(
	    ties_get(t, 0)->places[0], "file:/etc/nova/nova.conf --my_ip");
	ties_free(t);
	manifest_free(m);
}

/* Every row shows somewhere, every spot is of a row, no name stands twice. */
static void
table(void **state)
{
	size_t i, s, n;

	(void)state;
	for (i = 0; i < COUNT(tie_rows); i++) {
		for (s = 0, n = 0; s < COUNT(tie_spots); s++)
			n += strcmp(tie_spots[s].tie, tie_rows[i].name) == 0;
		assert_true(n > 0);
		for (s = 0; s < i; s++)
			assert_string_not_equal(
			    tie_rows[s].name, tie_rows[i].name);
	}
	for (s = 0; s < COUNT(tie_spots); s++) {
		for (i = 0, n = 0; i < COUNT(tie_rows); i++)
			n += strcmp(tie_spots[s].tie, tie_rows[i].name) == 0;
		assert_int_equal(n, 1);
	}
	assert_true(COUNT(tie_public_options) > 0);
	assert_true(COUNT(tie_public_columns) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places),
		cmocka_unit_test(setting),
		cmocka_unit_test(outer),
		cmocka_unit_test(many),
		cmocka_unit_test(table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
