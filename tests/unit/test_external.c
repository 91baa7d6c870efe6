/* Networks of neutron: on external ones the map applies, tenants' are held. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/database/db_query.h"
#include "archive/database/rows.h"
#include "archive/look/find.h"
#include "restore/journal/step.h"
#include "tests/unit/dbsite.h"
#include "tests/unit/journal_of.h"

static struct dbsite site;

#define KEY " varchar(36) PRIMARY KEY"
#define REF " varchar(36)"

/* Of the release in Debian 12: as many columns as matter here.  Networks: x is
 * external, f flat, t a tenant's (with segment), n a tenant's (without). */
static const char zed[] =
    "DROP DATABASE IF EXISTS neutron; CREATE DATABASE neutron CHARACTER SET"
    " utf8; USE neutron;"
    "CREATE TABLE subnetpools (id" KEY ");"
    "CREATE TABLE networks (id" KEY ");"
    "CREATE TABLE externalnetworks (network_id" KEY ", is_default bool);"
    "CREATE TABLE networksegments (id" KEY ", network_id" REF
    ", network_type varchar(32));"
    "CREATE TABLE subnets (id" KEY ", network_id" REF ", subnetpool_id" REF
    ", cidr varchar(64), gateway_ip varchar(64));"
    "CREATE TABLE subnetpoolprefixes (n int PRIMARY KEY, cidr varchar(64),"
    " subnetpool_id" REF ");"
    "CREATE TABLE ipallocationpools (id" KEY ", subnet_id" REF
    ", first_ip varchar(64), last_ip varchar(64));"
    "CREATE TABLE ipamsubnets (id" KEY ", neutron_subnet_id" REF ");"
    "CREATE TABLE ipamallocationpools (id" KEY ", ipam_subnet_id" REF
    ", first_ip varchar(64), last_ip varchar(64));"
    "CREATE TABLE ipallocations (port_id" REF ", ip_address varchar(64),"
    " subnet_id" REF ", network_id" REF ", PRIMARY KEY (ip_address, subnet_id,"
    " network_id));"
    "CREATE TABLE ipamallocations (ip_address varchar(64), status varchar(9),"
    " ipam_subnet_id" REF ", PRIMARY KEY (ip_address, ipam_subnet_id));"
    "CREATE TABLE dnsnameservers (address varchar(128), subnet_id" REF
    ", PRIMARY KEY (address, subnet_id));"
    "CREATE TABLE subnetroutes (n int PRIMARY KEY, destination varchar(64),"
    " nexthop varchar(64), subnet_id" REF ");"
    "CREATE TABLE floatingips (id" KEY ", floating_ip_address varchar(64),"
    " floating_network_id" REF ", fixed_ip_address varchar(64));"
    "CREATE TABLE local_ips (id" KEY ", network_id" REF
    ", local_ip_address varchar(64));"
    "CREATE TABLE ml2_vxlan_endpoints (n int PRIMARY KEY, ip_address"
    " varchar(64), host varchar(64));"
    "INSERT INTO subnetpools VALUES ('px'), ('pt');"
    "INSERT INTO networks VALUES ('x'), ('f'), ('t'), ('n');"
    "INSERT INTO externalnetworks VALUES ('x', 0);"
    "INSERT INTO networksegments VALUES ('g1', 'x', 'vlan'), ('g2', 'f',"
    " 'flat'), ('g3', 't', 'vxlan');"
    "INSERT INTO subnets VALUES ('sx', 'x', 'px', '10.2.116.0/24',"
    " '10.2.116.1'), ('sf', 'f', NULL, '10.2.116.0/24', '10.2.116.1'),"
    " ('st', 't', 'pt', '10.2.116.0/24', '10.2.116.1'), ('sn', 'n', NULL,"
    " '10.2.116.0/24', NULL), ('s0', NULL, NULL, '10.2.116.0/24', NULL);"
    "INSERT INTO subnetpoolprefixes VALUES (1, '10.2.116.0/24', 'px'),"
    " (2, '10.2.116.0/24', 'pt');"
    "INSERT INTO ipallocationpools VALUES ('ax', 'sx', '10.2.116.20',"
    " '10.2.116.30'), ('at', 'st', '10.2.116.20', '10.2.116.30');"
    "INSERT INTO ipamsubnets VALUES ('ix', 'sx'), ('it', 'st');"
    "INSERT INTO ipamallocationpools VALUES ('bx', 'ix', '10.2.116.20',"
    " '10.2.116.30'), ('bt', 'it', '10.2.116.20', '10.2.116.30');"
    "INSERT INTO ipallocations VALUES ('p1', '10.2.116.21', 'sx', 'x'),"
    " ('p2', '10.2.116.21', 'st', 't');"
    "INSERT INTO ipamallocations VALUES ('10.2.116.21', 'A', 'ix'),"
    " ('10.2.116.21', 'A', 'it');"
    "INSERT INTO dnsnameservers VALUES ('10.2.116.53', 'sx'),"
    " ('10.2.116.53', 'st');"
    "INSERT INTO subnetroutes VALUES (1, '10.2.116.0/24', '10.2.116.1', 'sx'),"
    " (2, '10.2.116.0/24', '10.2.116.1', 'st');"
    "INSERT INTO floatingips VALUES ('fx', '10.2.116.21', 'x',"
    " '10.2.116.99'), ('ft', '10.2.116.22', 't', NULL);"
    "INSERT INTO local_ips VALUES ('lt', 't', '10.2.116.23');"
    "INSERT INTO ml2_vxlan_endpoints VALUES (1, '10.2.116.14', 'c1');";

/* What is held, and what changes, by "ROW COLUMN". */
static const char *const zed_held[] = { "subnetpoolprefixes:2 cidr",
	"subnets:st cidr", "subnets:st gateway_ip", "subnets:sn cidr",
	"subnets:s0 cidr", "ipallocationpools:at first_ip",
	"ipallocationpools:at last_ip", "ipamallocationpools:bt first_ip",
	"ipamallocationpools:bt last_ip", "subnetroutes:2 destination",
	"ipallocations:10.2.116.21,st,t ip_address",
	"ipamallocations:10.2.116.21,it ip_address",
	"dnsnameservers:10.2.116.53,st address", "subnetroutes:2 nexthop",
	"floatingips:ft floating_ip_address", "floatingips:fx fixed_ip_address",
	"local_ips:lt local_ip_address", NULL };
static const char *const zed_changed[] = { "subnetpoolprefixes:1 cidr",
	"subnets:sx cidr", "subnets:sx gateway_ip", "subnets:sf cidr",
	"subnets:sf gateway_ip", "ipallocationpools:ax first_ip",
	"ipallocationpools:ax last_ip", "ipamallocationpools:bx first_ip",
	"ipamallocationpools:bx last_ip", "subnetroutes:1 destination",
	"ipallocations:10.2.116.21,sx,x ip_address",
	"ipamallocations:10.2.116.21,ix ip_address",
	"dnsnameservers:10.2.116.53,sx address", "subnetroutes:1 nexthop",
	"floatingips:fx floating_ip_address",
	"ml2_vxlan_endpoints:1 ip_address", NULL };

/* Folsom's quantum, with the table of either plugin. */
static const char folsom[] =
    "DROP DATABASE IF EXISTS neutron; CREATE DATABASE neutron CHARACTER SET"
    " utf8; USE neutron;"
    "CREATE TABLE networks (id" KEY ");"
    "CREATE TABLE externalnetworks (network_id" KEY ");"
    "CREATE TABLE ovs_network_bindings (network_id" KEY
    ", network_type varchar(32));"
    "CREATE TABLE network_bindings (network_id" KEY ", vlan_id int);"
    "CREATE TABLE subnets (id" KEY ", network_id" REF
    ", cidr varchar(64), gateway_ip varchar(64));"
    "INSERT INTO networks VALUES ('x'), ('f'), ('l'), ('t'), ('v');"
    "INSERT INTO externalnetworks VALUES ('x');"
    "INSERT INTO ovs_network_bindings VALUES ('f', 'flat'), ('t', 'gre');"
    "INSERT INTO network_bindings VALUES ('l', -1), ('v', 100);"
    "INSERT INTO subnets VALUES ('sx', 'x', '10.2.116.0/24', NULL),"
    " ('sf', 'f', '10.2.116.0/24', NULL), ('sl', 'l', '10.2.116.0/24', NULL),"
    " ('st', 't', '10.2.116.0/24', NULL), ('sv', 'v', '10.2.116.0/24', NULL);";
static const char *const folsom_held[] = { "subnets:st cidr", "subnets:sv cidr",
	NULL };
static const char *const folsom_changed[] = { "subnets:sx cidr",
	"subnets:sf cidr", "subnets:sl cidr", NULL };

/* Nobody says what is external. */
static const char silent[] =
    "DROP DATABASE IF EXISTS neutron; CREATE DATABASE neutron CHARACTER SET"
    " utf8; USE neutron;"
    "CREATE TABLE subnets (id" KEY ", network_id" REF ", cidr varchar(64));"
    "INSERT INTO subnets VALUES ('s', 'x', '10.2.116.0/24');";
static const char *const silent_held[] = { "subnets:s cidr", NULL };
static const char *const none[] = { NULL };

static const char *const maps[] = { "10.2.116.0/24 = 10.2.15.0/24", NULL };
static struct restore_options opt;

static int
among(const char *const *list, const char *row, const char *column)
{
	char name[128];

	for (; *list != NULL; list++) {
		snprintf(name, sizeof(name), "%s %s",
		    row + strlen("row:neutron."), column);
		if (strcmp(*list, name) == 0)
			return 1;
	}
	return 0;
}

static size_t
length(const char *const *list)
{
	size_t n = 0;

	while (list[n] != NULL)
		n++;
	return n;
}

/* The plan holds and changes just these. */
static void
expect_plan(
    struct plan *plan, const char *const *held, const char *const *changed)
{
	size_t nheld = length(held), nchanged = length(changed), i;
	const struct plan_record *rec;
	int rc;

	assert_int_equal(plan_rewind(plan), 0);
	while ((rc = plan_next(plan, &rec)) == 1) {
		if (rec->type == PLAN_HELD) {
			if (!among(held, rec->item, rec->place))
				fail_msg("held: %s %s", rec->item, rec->place);
			assert_string_equal(rec->name, "tenant");
			nheld--;
		}
		for (i = 0; rec->type == PLAN_CHANGE && i < rec->ncells; i++) {
			if (!among(changed, rec->item, rec->cells[i].name))
				fail_msg("changed: %s %s", rec->item,
				    rec->cells[i].name);
			nchanged--;
		}
	}
	assert_int_equal(rc, 0);
	assert_int_equal(nheld, 0);
	assert_int_equal(nchanged, 0);
}

/* The sweep of the bundle tells the same. */
struct looking {
	const struct find *find;
	const char *const *held, *const *changed;
	size_t n;
};

static int
on_place(void *cookie, const struct sweep_place *p)
{
	struct looking *l = cookie;
	size_t off, len;

	if (p->item->kind != ITEM_TABLE ||
	    find_match(l->find, p->bytes, p->len, &off, &len) == 0)
		return 0;
	l->n++;
	if (!among(p->held == NULL ? l->changed : l->held, p->name, p->label))
		fail_msg("%s %s: %s", p->name, p->label,
		    p->held == NULL ? "not held" : p->held);
	return 0;
}

static void
expect_sweep(const char *const *held, const char *const *changed)
{
	struct looking l = { NULL, held, changed, 0 };
	struct bundle *b = NULL;
	struct find *find;

	assert_int_equal(bundle_open(site.bundle,
			     &(struct bundle_keys){ .trust = site.trust }, &b),
	    OUTCOME_DONE);
	assert_non_null(find = find_new());
	assert_int_equal(find_add(find, "10.2.116.0/24"), 0);
	l.find = find;
	assert_int_equal(sweep_bundle(b, on_place, &l), OUTCOME_DONE);
	assert_int_equal(l.n, length(held) + length(changed));
	find_free(find);
	bundle_close(b);
}

/* Apply it; then nothing is left over, and nothing of a tenant was changed. */
static void
expect_applied(struct restore *r)
{
	struct journal *j = journal_of(r->plan, site.server.dir);

	assert_int_equal(rows_make(r, j, NULL, NULL), OUTCOME_DONE);
	journal_close(j);
	plan_free(r->plan);
	assert_non_null(r->plan = plan_new());
	assert_int_equal(plan_db(r), OUTCOME_DONE);
	assert_int_equal(plan_count(r->plan, PLAN_CHANGE, -1), 0);
	assert_int_equal(leftover_db(r), 0);
	assert_int_equal(plan_count(r->plan, PLAN_LEFTOVER, -1), 0);
}

static const struct {
	const char *what, *sql;
	const char *const *held, *const *changed;
} cases[] = {
	{ "zed", zed, zed_held, zed_changed },
	{ "folsom", folsom, folsom_held, folsom_changed },
	{ "nobody says", silent, silent_held, none },
};

static void
networks(void **state)
{
	struct restore r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].what);
		mariadb_sql(&site.server, cases[i].sql);
		assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
		expect_sweep(cases[i].held, cases[i].changed);
		opt = dbsite_options(&site, maps);
		memset(&r, 0, sizeof(r));
		assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
		assert_non_null(r.plan = plan_new());
		assert_int_equal(plan_db(&r), OUTCOME_DONE);
		expect_plan(r.plan, cases[i].held, cases[i].changed);
		expect_applied(&r);
		restore_close(&r);
	}
}

/* --also lets a tenant's network follow the map. */
static void
released(void **state)
{
	static const char *const also[] = { "row:neutron.subnets:st", NULL };
	struct restore r = { 0 };
	char *got;

	(void)state;
	mariadb_sql(&site.server, zed);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.also = also;
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_non_null(r.plan = plan_new());
	assert_int_equal(plan_db(&r), OUTCOME_DONE);
	expect_applied(&r);
	restore_close(&r);
	got = mariadb_get(&site.server, "SELECT GROUP_CONCAT(cidr ORDER BY id)"
					" FROM neutron.subnets");
	assert_string_equal(got, "10.2.116.0/24,10.2.15.0/24,10.2.116.0/24,"
				 "10.2.15.0/24,10.2.15.0/24");
	free(got);
}

/* Without the tables that say it, nothing changes; what is here decides of what
 * no bundle has. */
static void
set_of_ids(void **state)
{
	const struct db_value known[] = { { "x", 1 }, { "sx", 2 }, { "px", 2 },
		{ "f", 1 }, { "ax", 2 }, { "ix", 2 }, { "bx", 2 } };
	const struct db_value unknown[] = { { "t", 1 }, { "st", 2 },
		{ NULL, 0 }, { "", 0 }, { "x\0y", 3 }, { "xx", 2 } };
	struct external *e;
	struct db_set *set = NULL;
	struct site *s = NULL;
	struct root *root;
	struct oslo_source source;
	size_t i;

	(void)state;
	mariadb_sql(&site.server, zed);
	assert_non_null(root = root_open(site.root));
	source = site_source(root);
	assert_int_equal(site_load(&source, &s), 0);
	assert_int_equal(db_connect(s, site.cnf, &set), OUTCOME_DONE);
	assert_int_equal(db_begin_reading(set->servers[0].db), 0);
	e = external_here(set->servers[0].db, "neutron", "neutron");
	assert_non_null(e);
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		assert_int_equal(external_has(e, &known[i]), 1);
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		assert_int_equal(external_has(e, &unknown[i]), 0);
	assert_int_equal(external_has(NULL, &known[0]), 0);
	assert_int_equal(external_count(e), 8);
	external_free(e);
	e = external_here(set->servers[0].db, "nova", "nova");
	assert_non_null(e);
	assert_int_equal(external_count(e), 0);
	external_free(e);
	db_close(set);
	site_free(s);
	root_close(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(networks),
		cmocka_unit_test(released),
		cmocka_unit_test(set_of_ids),
	};

	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	warn_quiet(1);
	mariadb_sql(&site.server, "CREATE DATABASE nova; CREATE DATABASE"
				  " keystone; CREATE TABLE nova.instances"
				  " (id int PRIMARY KEY);");
	dbsite_mkdir(site.root, "etc/neutron");
	dbsite_write(site.root, "etc/neutron/neutron.conf",
	    "[database]\nconnection = mysql://n:canary@10.2.116.14/neutron\n");
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
