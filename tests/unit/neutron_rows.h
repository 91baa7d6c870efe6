#ifndef TESTS_UNIT_NEUTRON_ROWS_H
#define TESTS_UNIT_NEUTRON_ROWS_H

/**
 * Tables whose keys hold addresses, on the test's own server.  Include behind
 * cmocka.h.
 */

#include "restore/journal/step.h"
#include "tests/unit/dbsite.h"
#include "tests/unit/journal_of.h"
#include "tests/unit/row_plan.h"

static struct dbsite site;
static struct restore_options opt;

static const char *const map[] = { "10.2.116.0/24=10.2.15.0/24", NULL };
static const char *const also[] = { "row:neutron.*", NULL };

/* As neutron's models have them (fewer columns), and a table of nova's that has
 * an address beside the key. */
static const char neutron_base[] =
    "SET foreign_key_checks = 0;"
    "DROP DATABASE IF EXISTS nova; DROP DATABASE IF EXISTS neutron;"
    "SET foreign_key_checks = 1;"
    "CREATE DATABASE neutron CHARACTER SET utf8mb4; USE neutron;"
    "CREATE TABLE subnets (id varchar(36) PRIMARY KEY, cidr varchar(64),"
    " gateway_ip varchar(64)) ENGINE=InnoDB;"
    "INSERT INTO subnets VALUES ('s1', '10.9.0.0/24', NULL),"
    " ('s2', '10.9.1.0/24', NULL);"
    "CREATE TABLE dnsnameservers (address varchar(128), subnet_id varchar(36),"
    " `order` int NOT NULL DEFAULT 0, PRIMARY KEY (address, subnet_id),"
    " FOREIGN KEY (subnet_id) REFERENCES subnets (id) ON DELETE CASCADE)"
    " ENGINE=InnoDB;"
    "INSERT INTO dnsnameservers VALUES ('10.2.116.14', 's1', 1),"
    " ('10.2.116.14', 's2', 2), ('10.2.116.140', 's1', 3);"
    "CREATE TABLE ipallocations (port_id varchar(36), ip_address varchar(64),"
    " subnet_id varchar(36), network_id varchar(36),"
    " PRIMARY KEY (ip_address, subnet_id, network_id)) ENGINE=InnoDB;"
    "INSERT INTO ipallocations VALUES ('p1', '10.2.116.14', 's1', 'n1'),"
    " (NULL, '10.2.116.15', 's1', 'n1'), ('p3', '10.7.7.7', 's1', 'n1');"
    "CREATE TABLE ipavailabilityranges (allocation_pool_id varchar(36),"
    " first_ip varchar(64), last_ip varchar(64),"
    " PRIMARY KEY (allocation_pool_id, first_ip, last_ip),"
    " UNIQUE (first_ip, allocation_pool_id)) ENGINE=InnoDB;"
    "INSERT INTO ipavailabilityranges VALUES"
    " ('a1', '10.2.116.10', '10.2.116.14');"
    "CREATE TABLE allowedaddresspairs (port_id varchar(36),"
    " mac_address varchar(32), ip_address varchar(64),"
    " PRIMARY KEY (port_id, mac_address, ip_address)) ENGINE=InnoDB;"
    "INSERT INTO allowedaddresspairs VALUES ('p1', 'm', '10.2.116.14');"
    "CREATE TABLE subnetroutes (destination varchar(64), nexthop varchar(64),"
    " subnet_id varchar(36), PRIMARY KEY (destination, nexthop, subnet_id))"
    " ENGINE=InnoDB;"
    "INSERT INTO subnetroutes VALUES ('0.0.0.0/0', '10.2.116.14', 's1');"
    "CREATE DATABASE nova CHARACTER SET latin1; USE nova;"
    "CREATE TABLE networks (dns1 varchar(39), label varchar(20),"
    " gateway varchar(39), deleted int, id int, host varchar(20),"
    " PRIMARY KEY (id, dns1)) ENGINE=InnoDB;"
    "INSERT INTO networks VALUES ('10.2.116.14', 'one', '10.2.116.14', 0, 1,"
    " 'c1'), ('10.2.116.14', 'old', '10.2.116.14', 2, 2, 'c1');";

/* The statements, or NULL; the bundle is taken before them. */
static inline void
neutron_rows(const char *before, const char *const *maps, const char *after)
{

	mariadb_sql(&site.server, neutron_base);
	if (before != NULL)
		mariadb_sql(&site.server, before);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	if (after != NULL)
		mariadb_sql(&site.server, after);
}

#define DNS                                                                    \
	"SELECT GROUP_CONCAT(address, ' ', subnet_id, ' ', `order`"            \
	" ORDER BY address, subnet_id SEPARATOR '\n') FROM"                    \
	" neutron.dnsnameservers"

/* 0 when the machine has no server; dbsite_stop ends it. */
static inline int
neutron_rows_start(void)
{

	if (dbsite_start(&site) == 0)
		return 0;
	dbsite_mkdir(site.root, "etc/neutron");
	dbsite_write(site.root, "etc/neutron/neutron.conf",
	    "[database]\nconnection=mysql://n:canary@10.2.116.14/neutron\n");
	dbsite_write(site.root, "etc/keystone/keystone.conf", "[sql]\n");
	warn_quiet(1);
	return 1;
}

#endif
