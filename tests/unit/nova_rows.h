#ifndef TESTS_UNIT_NOVA_ROWS_H
#define TESTS_UNIT_NOVA_ROWS_H

/**
 * Two small databases, nova and keystone, on the test's own server, and what a
 * plan says of them.  Include behind cmocka.h.
 */

#include "restore/journal/step.h"
#include "tests/unit/dbsite.h"
#include "tests/unit/journal_of.h"
#include "tests/unit/row_plan.h"

static struct dbsite site;
static struct restore_options opt;

static const char *const maps[] = { "10.2.116.14=10.2.15.3",
	"bridge br100 = br-ext", NULL };

static const char nova_rows[] =
    "SET foreign_key_checks = 0;"
    "DROP DATABASE IF EXISTS nova; DROP DATABASE IF EXISTS keystone;"
    "DROP DATABASE IF EXISTS moved; SET foreign_key_checks = 1;"
    "CREATE DATABASE nova CHARACTER SET utf8; USE nova;"
    "CREATE TABLE networks (id int PRIMARY KEY, deleted bool,"
    " bridge varchar(20), dns1 varchar(39)) ENGINE=InnoDB;"
    "INSERT INTO networks VALUES (1, 0, 'br100', '10.2.116.14');"
    "CREATE TABLE instances (id int PRIMARY KEY, deleted bool,"
    " host varchar(255), user_data text, odd varchar(30), b longblob,"
    " f float, d datetime, s timestamp NULL) ENGINE=InnoDB;"
    "INSERT INTO instances VALUES (1, 0, 'ip-10-2-116-14', '10.2.116.14',"
    " 'x10.2.116.14', X'00ff5c0a', 3.14, '0000-00-00 00:00:00',"
    " '2012-10-30 11:12:13'), (2, 0, 'c1', NULL, NULL, '', NULL, NULL, NULL);"
    "CREATE TABLE volumes (id int PRIMARY KEY, deleted bool,"
    " provider_location varchar(38), provider_auth varchar(40),"
    " instance_id int, FOREIGN KEY (instance_id) REFERENCES instances (id))"
    " ENGINE=InnoDB;"
    "INSERT INTO volumes VALUES (7, 0, '10.2.116.14:3260,1 iqn.a 1',"
    " 'CHAP 10.2.116.14 canary', 1), (8, 1, '10.2.116.14:3260,1 iqn.b 1',"
    " NULL, NULL), (9, 0, '10.2.116.140:3260,1 iqn.c 1', NULL, 2);"
    "CREATE TABLE block_device_mapping (id int PRIMARY KEY, deleted int,"
    " connection_info mediumtext, volume_id int,"
    " FOREIGN KEY (volume_id) REFERENCES volumes (id)) ENGINE=InnoDB;"
    "INSERT INTO block_device_mapping VALUES (3, 0, '{\"data\":"
    " {\"target_portal\": \"10.2.116.14:3260\", \"auth_password\":"
    " \"canary\"}, \"serial\": \"s\"}', 7), (4, 4,"
    " '{\"data\": {\"target_portal\": \"10.2.116.14:3260\"}}', 8);"
    "CREATE TABLE services (id int, host varchar(20)) ENGINE=InnoDB;"
    "INSERT INTO services VALUES (1, '10.2.116.14');"
    "CREATE TABLE dns_domains (domain varchar(80), n int,"
    " PRIMARY KEY (domain, n)) ENGINE=InnoDB;"
    "INSERT INTO dns_domains VALUES ('10.2.116.14', 2), ('a,\\nb', 1);"
    "CREATE DATABASE keystone CHARACTER SET utf8; USE keystone;"
    "CREATE TABLE endpoint (id varchar(64) PRIMARY KEY, url text, extra text)"
    " ENGINE=InnoDB;"
    "INSERT INTO endpoint VALUES ('a', 'http://u:canary@10.2.116.14:5000/',"
    " '{\"publicurl\": \"http://10.2.116.14:8774/v2/$(tenant_id)s\"}');";

static inline void
nova_rows_anew(void)
{

	mariadb_sql(&site.server, nova_rows);
}

/* Apply the plan as it is now. */
static inline enum outcome
nova_rows_make(struct restore *r)
{
	struct journal *j = journal_of(r->plan, site.server.dir);
	enum outcome rc;

	rc = rows_make(r, j, NULL, NULL);
	journal_close(j);
	return rc;
}

/* Records of the plan. */
#define DNS                                                                    \
	"CHANGE row:nova.dns_domains:10.2.116.14,2 [10.2.116.14,2] "           \
	"domain=10.2.15.3\n"
#define HELD                                                                   \
	"HELD row:nova.instances:1 host host\n"                                \
	"HELD row:nova.instances:1 user_data tenant\n"                         \
	"HELD row:nova.instances:1 odd outside\n"
#define NOTE    "NOTE table:nova.services no-key\n"
#define NETWORK "CHANGE row:nova.networks:1 [1] bridge=br-ext dns1=10.2.15.3\n"
#define AUTH    "HELD row:nova.volumes:7 provider_auth secret\n"
#define VOLUME                                                                 \
	"CHANGE row:nova.volumes:7 [7]"                                        \
	" provider_location=10.2.15.3:3260,1 iqn.a 1\n"
/* History is counted, not listed. */
#define OLD ""
#define BDM                                                                    \
	"CHANGE row:nova.block_device_mapping:3 [3] "                          \
	"connection_info={\"data\":"                                           \
	" {\"target_portal\": \"10.2.15.3:3260\", \"auth_password\":"          \
	" \"canary\"}, \"serial\": \"s\"}\n"
#define OLD2 ""
#define ENDPOINT                                                               \
	"CHANGE row:keystone.endpoint:a [a] "                                  \
	"url=http://u:canary@10.2.15.3:5000/"                                  \
	" extra={\"publicurl\":"                                               \
	" \"http://10.2.15.3:8774/v2/$(tenant_id)s\"}\n"
#define FRONT NOTE NETWORK DNS HELD
#define BACK  OLD BDM OLD2 ENDPOINT

#endif
