#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/address/catalog_table.h"

static size_t
position(const char *role, const char *table)
{
	const char *const *t = catalog_tables(role);
	size_t i;

	for (i = 0; t[i] != NULL; i++)
		if (strcmp(t[i], table) == 0)
			return i + 1;
	return 0;
}

/* Every column's table is captured, and no column is named twice. */
static void
test_whole(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		if (position(columns[i].role, columns[i].table) == 0 &&
		    !catalog_found(columns[i].role, columns[i].table))
			fail_msg("%s.%s is in no list", columns[i].role,
			    columns[i].table);
		for (j = 0; j < i; j++)
			if (strcmp(columns[i].role, columns[j].role) == 0 &&
			    strcmp(columns[i].table, columns[j].table) == 0 &&
			    strcmp(columns[i].column, columns[j].column) == 0)
				fail_msg("%s.%s.%s is there twice",
				    columns[i].role, columns[i].table,
				    columns[i].column);
		assert_true(columns[i].form == PLACE_VALUE ||
			    columns[i].form == PLACE_JSON);
		assert_true(columns[i].what != NULL);
		assert_int_equal(columns[i].form == PLACE_JSON,
		    columns[i].kind == CATALOG_FORM_JSON);
		assert_int_equal(columns[i].through != NULL,
		    columns[i].class == CATALOG_NETWORK);
	}
}

/* A table is captured whole, or by its rows, and then for a column. */
static void
test_found(void **state)
{
	size_t i, j;

	(void)state;
	assert_int_equal(catalog_found("keystone", "user"), 1);
	assert_int_equal(catalog_found("nova", "user"), 0);
	assert_int_equal(catalog_found("keystone", "endpoint"), 0);
	for (i = 0; i < sizeof(founds) / sizeof(founds[0]); i++) {
		assert_int_equal(position(founds[i].role, founds[i].table), 0);
		for (j = 0; j < sizeof(columns) / sizeof(columns[0]); j++)
			if (strcmp(columns[j].role, founds[i].role) == 0 &&
			    strcmp(columns[j].table, founds[i].table) == 0)
				break;
		assert_true(j < sizeof(columns) / sizeof(columns[0]));
	}
}

/* Each has its own name. */
static void
test_forms(void **state)
{
	static const char *const names[] = { "plain", "net", "url", "portal",
		"json", "text" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_string_equal(
		    catalog_form_name((enum catalog_form)i), names[i]);
	assert_int_equal(
	    catalog_column("nova", "volumes", "provider_location")->kind,
	    CATALOG_FORM_PORTAL);
	assert_int_equal(catalog_column("keystone", "endpoint", "url")->kind,
	    CATALOG_FORM_URL);
	assert_int_equal(catalog_column("neutron", "subnets", "cidr")->kind,
	    CATALOG_FORM_NET);
}

/* What tells of external networks is captured, in that order. */
static void
test_externals(void **state)
{
	const struct catalog_external *e;
	size_t n, i, before = 0, at;

	(void)state;
	e = catalog_externals(&n);
	assert_true(n > 0);
	for (i = 0; i < n; i++) {
		at = position(e[i].role, e[i].table);
		assert_true(at > 0 && at >= before);
		before = at;
		assert_int_equal(e[i].test == NULL, e[i].is == NULL);
	}
}

static const struct {
	const char *role, *table, *value;
	int over;
} over[] = {
	{ "nova", "migrations", "done", 1 },
	{ "nova", "migrations", "confirmed", 1 },
	{ "nova", "migrations", "completed", 1 },
	{ "nova", "migrations", "cancelled", 1 },
	{ "nova", "migrations", "finished", 0 },
	{ "nova", "migrations", "migrating", 0 },
	{ "nova", "migrations", "don", 0 },
	{ "nova", "migrations", "", 0 },
	{ "nova", "migrations", NULL, 0 },
	{ "nova", "instances", "done", 0 },
	{ "cinder", "migrations", "done", 0 },
};

static void
test_over(void **state)
{
	size_t i;

	(void)state;
	assert_string_equal(catalog_over("nova", "migrations"), "status");
	assert_null(catalog_over("nova", "instances"));
	for (i = 0; i < sizeof(over) / sizeof(over[0]); i++)
		if (catalog_is_over(over[i].role, over[i].table, over[i].value,
			over[i].value == NULL ? 0 : strlen(over[i].value)) !=
		    over[i].over)
			fail_msg("case %zu", i);
}

/* What is left out on purpose has its reason, and is in no list. */
static void
test_dropped(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(dropped) / sizeof(dropped[0]); i++) {
		assert_int_equal(
		    position(dropped[i].role, dropped[i].table), 0);
		assert_string_equal(
		    catalog_dropped(dropped[i].role, dropped[i].table),
		    dropped[i].why);
	}
	assert_non_null(catalog_dropped("nova", "console_auth_tokens"));
	assert_null(catalog_dropped("nova", "instances"));
}

static void
test_unique_tables(void **state)
{
	const char *const *t;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		for (t = roles[i].tables, j = 0; t[j] != NULL; j++)
			assert_int_equal(position(roles[i].role, t[j]), j + 1);
}

/* Foreign keys of the releases: the child, its parent. */
static const char *const parents[][3] = {
	{ "nova", "compute_nodes", "services" },
	{ "nova", "instance_info_caches", "instances" },
	{ "nova", "instance_metadata", "instances" },
	{ "nova", "volumes", "instances" },
	{ "nova", "block_device_mapping", "instances" },
	{ "nova", "block_device_mapping", "volumes" },
	{ "nova", "block_device_mapping", "snapshots" },
	{ "nova", "iscsi_targets", "volumes" },
	{ "nova", "migrations", "instances" },
	{ "nova", "virtual_interfaces", "networks" },
	{ "nova", "virtual_interfaces", "instances" },
	{ "nova", "fixed_ips", "networks" },
	{ "nova", "fixed_ips", "virtual_interfaces" },
	{ "nova", "fixed_ips", "instances" },
	{ "nova", "floating_ips", "fixed_ips" },
	{ "nova", "security_group_rules", "security_groups" },
	{ "nova", "consoles", "console_pools" },
	{ "nova", "instance_actions_events", "instance_actions" },
	{ "nova", "sm_backend_config", "sm_flavors" },
	{ "nova", "aggregate_hosts", "aggregates" },
	{ "nova_api", "host_mappings", "cell_mappings" },
	{ "nova_api", "aggregate_hosts", "aggregates" },
	{ "keystone", "endpoint", "service" },
	{ "keystone", "endpoint", "region" },
	{ "keystone", "idp_remote_ids", "identity_provider" },
	{ "glance", "image_locations", "images" },
	{ "glance", "image_properties", "images" },
	{ "cinder", "volumes", "services" },
	{ "cinder", "volumes", "groups" },
	{ "cinder", "volumes", "consistencygroups" },
	{ "cinder", "snapshots", "volumes" },
	{ "cinder", "snapshots", "cgsnapshots" },
	{ "cinder", "snapshots", "group_snapshots" },
	{ "cinder", "volume_attachment", "volumes" },
	{ "cinder", "attachment_specs", "volume_attachment" },
	{ "cinder", "volume_admin_metadata", "volumes" },
	{ "neutron", "networks", "standardattributes" },
	{ "neutron", "subnets", "networks" },
	{ "neutron", "externalnetworks", "networks" },
	{ "neutron", "networksegments", "networks" },
	{ "neutron", "subnetpoolprefixes", "subnetpools" },
	{ "neutron", "ipallocationpools", "subnets" },
	{ "neutron", "ipamallocationpools", "ipamsubnets" },
	{ "neutron", "ipamallocations", "ipamsubnets" },
	{ "neutron", "ipamavailabilityranges", "ipamallocationpools" },
	{ "neutron", "meteringlabelrules", "meteringlabels" },
	{ "neutron", "subnets", "networksegments" },
	{ "neutron", "ports", "networks" },
	{ "neutron", "ipallocations", "ports" },
	{ "neutron", "ipallocations", "subnets" },
	{ "neutron", "ipavailabilityranges", "ipallocationpools" },
	{ "neutron", "routers", "ports" },
	{ "neutron", "routerroutes", "routers" },
	{ "neutron", "floatingips", "routers" },
	{ "neutron", "portforwardings", "floatingips" },
	{ "neutron", "ml2_port_bindings", "ports" },
	{ "neutron", "ml2_port_binding_levels", "networksegments" },
	{ "neutron", "ml2_distributed_port_bindings", "ports" },
	{ "neutron", "address_associations", "address_groups" },
	{ "neutron", "securitygrouprules", "securitygroups" },
};

static void
test_parents(void **state)
{
	size_t i, child, parent;

	(void)state;
	for (i = 0; i < sizeof(parents) / sizeof(parents[0]); i++) {
		child = position(parents[i][0], parents[i][1]);
		parent = position(parents[i][0], parents[i][2]);
		if (parent == 0 || child <= parent)
			fail_msg("%s.%s stands before %s", parents[i][0],
			    parents[i][1], parents[i][2]);
	}
}

static const struct {
	const char *role, *table, *column;
	enum catalog_class class;
	enum place_format form;
	enum place_role place;
} known[] = {
	{ "nova", "block_device_mapping", "connection_info", CATALOG_ADDRESS,
	    PLACE_JSON, PLACE_PLAIN },
	{ "nova", "volumes", "provider_location", CATALOG_ADDRESS, PLACE_VALUE,
	    PLACE_PLAIN },
	{ "cinder", "volumes", "provider_location", CATALOG_ADDRESS,
	    PLACE_VALUE, PLACE_PLAIN },
	{ "cinder", "volume_attachment", "connector", CATALOG_ADDRESS,
	    PLACE_JSON, PLACE_PLAIN },
	{ "nova", "networks", "bridge", CATALOG_ADDRESS, PLACE_VALUE,
	    PLACE_BRIDGE },
	{ "nova", "instances", "host", CATALOG_HOST, PLACE_VALUE, PLACE_HOST },
	{ "nova", "instances", "user_data", CATALOG_TENANT, PLACE_VALUE,
	    PLACE_TENANT },
	{ "nova", "security_group_rules", "cidr", CATALOG_TENANT, PLACE_VALUE,
	    PLACE_TENANT },
	{ "cinder", "volumes", "host", CATALOG_HOST, PLACE_VALUE, PLACE_HOST },
	{ "neutron", "subnets", "cidr", CATALOG_NETWORK, PLACE_VALUE,
	    PLACE_PLAIN },
	{ "neutron", "ipallocations", "ip_address", CATALOG_NETWORK,
	    PLACE_VALUE, PLACE_PLAIN },
	{ "neutron", "floatingips", "floating_ip_address", CATALOG_NETWORK,
	    PLACE_VALUE, PLACE_PLAIN },
	{ "neutron", "floatingips", "fixed_ip_address", CATALOG_TENANT,
	    PLACE_VALUE, PLACE_TENANT },
	{ "neutron", "ml2_vxlan_endpoints", "ip_address", CATALOG_ADDRESS,
	    PLACE_VALUE, PLACE_PLAIN },
	{ "nova", "instance_faults", "details", CATALOG_HISTORY, PLACE_VALUE,
	    PLACE_PLAIN },
	{ "nova", "migrations", "dest_host", CATALOG_ADDRESS, PLACE_VALUE,
	    PLACE_PLAIN },
	{ "nova", "volumes", "provider_auth", CATALOG_OUTSIDE, PLACE_VALUE,
	    PLACE_SECRET },
	{ "keystone", "endpoint", "url", CATALOG_ADDRESS, PLACE_VALUE,
	    PLACE_PLAIN },
	{ "keystone", "endpoint", "extra", CATALOG_ADDRESS, PLACE_JSON,
	    PLACE_PLAIN },
	{ "nova_api", "cell_mappings", "transport_url", CATALOG_ADDRESS,
	    PLACE_VALUE, PLACE_PLAIN },
	{ "nova_api", "request_specs", "spec", CATALOG_HOST, PLACE_JSON,
	    PLACE_HOST },
};

static void
test_known(void **state)
{
	const struct catalog_column *c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		c = catalog_column(
		    known[i].role, known[i].table, known[i].column);
		assert_non_null(c);
		assert_int_equal(c->class, known[i].class);
		assert_int_equal(c->form, known[i].form);
		assert_int_equal(c->place, known[i].place);
	}
	assert_null(catalog_column("nova", "instances", "vcpus"));
	assert_null(catalog_column("nova", "endpoint", "url"));
	assert_null(catalog_column("heat", "stack", "name"));
}

static void
test_roles(void **state)
{

	(void)state;
	assert_null(catalog_tables("heat")[0]);
	assert_int_equal(position("nova", "console_auth_tokens"), 0);
	assert_int_equal(position("keystone", "token"), 0);
	assert_string_equal(catalog_deleted("nova", "instances"), "deleted");
	assert_string_equal(catalog_deleted("cinder", "volumes"), "deleted");
	assert_null(catalog_deleted("keystone", "endpoint"));
	assert_null(catalog_deleted("nova", "endpoint"));
	assert_null(catalog_deleted("heat", "stack"));
	assert_int_equal(catalog_required("nova", "instances"), 1);
	assert_int_equal(catalog_required("nova", "volumes"), 0);
	assert_int_equal(catalog_required("keystone", "service"), 0);
	assert_int_equal(catalog_required("heat", "stack"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_unique_tables),
		cmocka_unit_test(test_parents),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_externals),
		cmocka_unit_test(test_over),
		cmocka_unit_test(test_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
