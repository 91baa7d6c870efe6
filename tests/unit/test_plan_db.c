#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "restore/journal/step.h"
#include "tests/unit/dbsite.h"
#include "tests/unit/journal_of.h"

static struct dbsite site;

static const char base[] =
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

static int
setup(void **state)
{

	(void)state;
	mariadb_sql(&site.server, base);
	return 0;
}

static const char *const maps[] = { "10.2.116.14=10.2.15.3",
	"bridge br100 = br-ext", NULL };

static const char *const types[] = { "CREATE", "CHANGE", "HELD", "DRIFT",
	"FINDING", "NOTE", "LEFTOVER" };

static void
add_cells(struct buf *out, const struct plan_record *rec)
{
	const struct plan_cell *c;
	size_t i;

	for (i = 0; i < rec->ncells; i++) {
		c = &rec->cells[i];
		assert_int_equal(buf_addf(out, " %s=", c->name), 0);
		if (c->secret)
			assert_int_equal(buf_adds(out, "***"), 0);
		else if (c->after == NULL)
			assert_int_equal(buf_adds(out, "NULL"), 0);
		else
			assert_int_equal(
			    buf_add(out, c->after, c->after_len), 0);
	}
}

/* The plan as text, one record a line. */
static char *
list(struct plan *plan)
{
	const struct plan_record *rec;
	struct buf out = BUF_EMPTY;
	char *text;
	int rc;

	assert_int_equal(plan_rewind(plan), 0);
	while ((rc = plan_next(plan, &rec)) == 1) {
		if (rec->kind != ITEM_TABLE)
			continue;
		assert_int_equal(
		    buf_addf(&out, "%s %s", types[rec->type], rec->item), 0);
		if (rec->place != NULL)
			assert_int_equal(buf_addf(&out, " %s", rec->place), 0);
		if (rec->name != NULL)
			assert_int_equal(buf_addf(&out, " %s", rec->name), 0);
		add_cells(&out, rec);
		assert_int_equal(buf_addc(&out, '\n'), 0);
		if (rec->text != NULL)
			assert_null(strstr(rec->text, "canary"));
	}
	assert_int_equal(rc, 0);
	assert_non_null(text = buf_steal(&out));
	return text;
}

static struct restore_options opt;

/* Plan the restore: r is left open. */
static void
open_plan(struct restore *r)
{

	memset(r, 0, sizeof(*r));
	assert_int_equal(restore_open(&opt, r), OUTCOME_DONE);
	assert_non_null(r->plan = plan_new());
	assert_int_equal(plan_db(r), OUTCOME_DONE);
}

/* What the plan says must be want. */
static void
expect_plan(const char *want)
{
	struct restore r;
	char *got;

	open_plan(&r);
	got = list(r.plan);
	if (strcmp(got, want) != 0)
		fail_msg("got:\n%swant:\n%s", got, want);
	free(got);
	restore_close(&r);
}

/* Apply the plan as it is now. */
static enum outcome
apply(struct restore *r)
{
	struct journal *j = journal_of(r->plan, site.server.dir);
	enum outcome rc;

	rc = rows_make(r, j, NULL, NULL);
	journal_close(j);
	return rc;
}

static void
expect_cell(const char *sql, const char *want)
{
	char *got = mariadb_get(&site.server, sql);

	if (got == NULL || strcmp(got, want) != 0)
		fail_msg("%s: %s", sql, got == NULL ? "NULL" : got);
	free(got);
}

#define DNS "CHANGE row:nova.dns_domains:10.2.116.14,2 domain=10.2.15.3\n"
#define HELD                                                                   \
	"HELD row:nova.instances:1 host host\n"                                \
	"HELD row:nova.instances:1 user_data tenant\n"                         \
	"HELD row:nova.instances:1 odd outside\n"
#define NOTE    "NOTE table:nova.services no-key\n"
#define NETWORK "CHANGE row:nova.networks:1 bridge=br-ext dns1=10.2.15.3\n"
#define AUTH    "HELD row:nova.volumes:7 provider_auth secret\n"
#define VOLUME                                                                 \
	"CHANGE row:nova.volumes:7"                                            \
	" provider_location=10.2.15.3:3260,1 iqn.a 1\n"
/* History is counted, not listed. */
#define OLD ""
#define BDM                                                                    \
	"CHANGE row:nova.block_device_mapping:3 connection_info={\"data\":"    \
	" {\"target_portal\": \"10.2.15.3:3260\", \"auth_password\":"          \
	" \"canary\"}, \"serial\": \"s\"}\n"
#define OLD2 ""
#define ENDPOINT                                                               \
	"CHANGE row:keystone.endpoint:a url=http://u:canary@10.2.15.3:5000/"   \
	" extra={\"publicurl\":"                                               \
	" \"http://10.2.15.3:8774/v2/$(tenant_id)s\"}\n"
#define FRONT NOTE NETWORK DNS HELD
#define BACK  OLD BDM OLD2 ENDPOINT

/* What is here, and what the plan then says. */
static const struct {
	const char *what, *sql, *plan;
	enum decide_policy policy;
} cases[] = {
	{ "nothing changed", "SELECT 1", FRONT AUTH VOLUME BACK, 0 },
	{ "done already",
	    "UPDATE nova.volumes SET provider_location ="
	    " '10.2.15.3:3260,1 iqn.a 1' WHERE id = 7",
	    FRONT AUTH BACK, 0 },
	{ "changed where the map does not touch",
	    "UPDATE nova.networks SET deleted = 2;"
	    "UPDATE nova.instances SET odd = 'new', f = 1",
	    FRONT AUTH VOLUME BACK, 0 },
	{ "changed beside the place",
	    "UPDATE nova.block_device_mapping SET connection_info ="
	    " '{\"data\": {\"target_portal\": \"10.2.116.14:3260\"}}'"
	    " WHERE id = 3",
	    FRONT AUTH VOLUME OLD
	    "CHANGE row:nova.block_device_mapping:3 connection_info={\"data\":"
	    " {\"target_portal\": \"10.2.15.3:3260\"}}\n" OLD2 ENDPOINT,
	    0 },
	{ "drift stops",
	    "UPDATE nova.volumes SET provider_location = '10.9.9.9:3260,1"
	    " iqn.a 1' WHERE id = 7",
	    FRONT
	    "DRIFT row:nova.volumes:7 provider_location drift\n" AUTH BACK,
	    ON_DRIFT_STOP },
	{ "drift is kept",
	    "UPDATE nova.volumes SET provider_location = '10.9.9.9:3260,1"
	    " iqn.a 1' WHERE id = 7",
	    FRONT AUTH BACK, ON_DRIFT_KEEP },
	{ "drift is rewritten",
	    "UPDATE nova.volumes SET provider_location = '10.2.116.14:9,1"
	    " iqn.z 1' WHERE id = 7",
	    FRONT AUTH
	    "CHANGE row:nova.volumes:7 provider_location=10.2.15.3:9,1 iqn.z"
	    " 1\n" BACK,
	    ON_DRIFT_REWRITE },
	{ "drift is replayed",
	    "UPDATE nova.volumes SET provider_location = 'x' WHERE id = 7",
	    FRONT AUTH VOLUME BACK, ON_DRIFT_REPLAY },
	{ "NULL stops",
	    "UPDATE nova.volumes SET provider_location = NULL WHERE id = 7",
	    FRONT
	    "DRIFT row:nova.volumes:7 provider_location drift\n" AUTH BACK,
	    ON_DRIFT_STOP },
	{ "NULL is kept",
	    "UPDATE nova.volumes SET provider_location = NULL WHERE id = 7",
	    FRONT AUTH BACK, ON_DRIFT_KEEP },
	{ "NULL is rewritten: still NULL",
	    "UPDATE nova.volumes SET provider_location = NULL WHERE id = 7",
	    FRONT AUTH BACK, ON_DRIFT_REWRITE },
	{ "NULL is replayed",
	    "UPDATE nova.volumes SET provider_location = NULL WHERE id = 7",
	    FRONT AUTH VOLUME BACK, ON_DRIFT_REPLAY },
	{ "a row is gone",
	    "DELETE FROM nova.block_device_mapping WHERE id = 3;"
	    "DELETE FROM nova.volumes WHERE id = 7",
	    FRONT AUTH
	    "CREATE row:nova.volumes:7 id=7 deleted=0"
	    " provider_location=10.2.15.3:3260,1 iqn.a 1 provider_auth=***"
	    " instance_id=1\n" OLD
	    "CREATE row:nova.block_device_mapping:3 id=3 deleted=0"
	    " connection_info={\"data\": {\"target_portal\":"
	    " \"10.2.15.3:3260\", \"auth_password\": \"canary\"},"
	    " \"serial\": \"s\"} volume_id=7\n" OLD2 ENDPOINT,
	    0 },
	{ "a new row is nobody's",
	    "INSERT INTO nova.networks VALUES (5, 0, 'br100', '10.2.116.14')",
	    FRONT AUTH VOLUME BACK, 0 },
};

static void
test_cases(void **state)
{
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setup(state);
		if (i == 0)
			assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
		mariadb_sql(&site.server, cases[i].sql);
		opt = dbsite_options(&site, maps);
		opt.on_drift = cases[i].policy;
		print_message("%s\n", cases[i].what);
		expect_plan(cases[i].plan);
	}
}

/* What is left alone as history: its places and rows, table by table. */
static void
test_past(void **state)
{
	static const char *const also[] = { "row:nova.volumes:8", NULL };
	const struct past_table *t;
	struct restore r;
	size_t n;

	setup(state);
	mariadb_sql(&site.server,
	    "USE nova; CREATE TABLE migrations (id int PRIMARY KEY, deleted "
	    "int,"
	    " dest_host varchar(39), source_compute varchar(39), status"
	    " varchar(20)); INSERT INTO migrations VALUES"
	    " (1, 0, '10.2.116.14', '10.2.116.14', 'done'),"
	    " (2, 0, '10.2.116.14', 'c', 'confirmed'),"
	    " (3, 0, '10.2.116.14', 'c', 'finished');"
	    "CREATE TABLE instance_faults (id int PRIMARY KEY, details text);"
	    "INSERT INTO instance_faults VALUES (1, 'no 10.2.116.14'),"
	    " (2, 'x');");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	open_plan(&r);
	t = past_tables(plan_past(r.plan), &n);
	assert_int_equal(n, 4);
	assert_string_equal(t[0].item, "table:nova.instance_faults");
	assert_int_equal(t[0].places, 1);
	assert_int_equal(t[0].rows, 1);
	assert_string_equal(t[1].item, "table:nova.migrations");
	assert_int_equal(t[1].places, 3);
	assert_int_equal(t[1].rows, 2);
	assert_string_equal(t[2].item, "table:nova.volumes");
	assert_string_equal(t[3].item, "table:nova.block_device_mapping");
	assert_int_equal(t[3].places, 1);
	restore_close(&r);
	/* What --also releases is no history any more. */
	opt.also = also;
	open_plan(&r);
	t = past_tables(plan_past(r.plan), &n);
	assert_int_equal(n, 3);
	assert_string_equal(t[2].item, "table:nova.block_device_mapping");
	restore_close(&r);
	/* The story goes on with a bundle of the tables as they began. */
	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
}

/* The tables here differ: nothing of them is planned, all is said. */
static const struct {
	const char *sql, *item, *name, *text;
} findings[] = {
	{ "DROP TABLE nova.block_device_mapping",
	    "table:nova.block_device_mapping", "table-missing",
	    "no table nova.block_device_mapping that this login may read: "
	    "make it (nova-manage db sync" },
	{ "ALTER TABLE nova.volumes MODIFY provider_location varchar(39)",
	    "table:nova.volumes", "column-type",
	    "provider_location is varchar(39) here, was varchar(38)" },
	{ "ALTER TABLE nova.volumes DROP COLUMN provider_auth",
	    "table:nova.volumes", "column-missing",
	    "nova.volumes has no column provider_auth here, captured as" },
	{ "ALTER TABLE nova.networks DROP PRIMARY KEY, ADD PRIMARY KEY"
	  " (id, bridge)",
	    "table:nova.networks", "column-type",
	    "another part in the primary key" },
	{ "ALTER TABLE nova.networks ADD k int NOT NULL DEFAULT 1,"
	  " DROP PRIMARY KEY, ADD PRIMARY KEY (id, k)",
	    "table:nova.networks", "column-type",
	    "primary key has column k here" },
	{ "ALTER TABLE nova.networks MODIFY dns1 varchar(39) CHARACTER SET"
	  " utf16",
	    "table:nova.networks", "charset", "character set utf16 here" },
	{ "ALTER TABLE nova.networks DROP dns1, ADD dns1 varchar(39) AS"
	  " (bridge) VIRTUAL",
	    "table:nova.networks", "column-type", "generated here" },
};

static void
test_findings(void **state)
{
	const struct plan_record *rec;
	struct restore r;
	size_t i;
	int found, rc;

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	for (i = 0; i < sizeof(findings) / sizeof(findings[0]); i++) {
		setup(state);
		mariadb_sql(&site.server, findings[i].sql);
		opt = dbsite_options(&site, maps);
		open_plan(&r);
		assert_int_equal(plan_rewind(r.plan), 0);
		found = 0;
		while ((rc = plan_next(r.plan, &rec)) == 1) {
			if (rec->type != PLAN_FINDING)
				continue;
			assert_string_equal(rec->item, findings[i].item);
			assert_string_equal(rec->name, findings[i].name);
			found += strstr(rec->text, findings[i].text) != NULL;
		}
		assert_int_equal(rc, 0);
		if (found != 1)
			fail_msg("%s: not said", findings[i].sql);
		assert_int_equal(restore_plan(&r), OUTCOME_UNSAFE);
		restore_close(&r);
	}
}

/* Types that are the same by another name, and wider character sets, agree. */
static void
test_agree(void **state)
{

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server,
	    "ALTER TABLE nova.networks MODIFY id int(5),"
	    " MODIFY dns1 varchar(39) CHARACTER SET utf8mb4;"
	    "ALTER TABLE nova.volumes ADD COLUMN extra int FIRST");
	opt = dbsite_options(&site, maps);
	expect_plan(FRONT AUTH VOLUME BACK);
}

static void
test_too_long(void **state)
{
	static const char *const longer[] = { "10.2.116.14=110.222.115.103",
		NULL };

	setup(state);
	mariadb_sql(&site.server,
	    "ALTER TABLE nova.volumes MODIFY provider_location varchar(27)");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, longer);
	opt.only = (const char *const[]){ "table:nova.volumes", NULL };
	expect_plan("FINDING row:nova.volumes:7 provider_location too-long\n"
		    "HELD row:nova.volumes:7 provider_auth secret\n"
		    "CHANGE row:nova.volumes:7 provider_location="
		    "110.222.115.103:3260,1 iqn.a 1\n" OLD);
}

static void
test_also(void **state)
{
	static const char *const also[] = { "row:nova.instances:1 user_data",
		"row:nova.volumes:8", NULL };

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.also = also;
	expect_plan(NOTE NETWORK DNS
	    "HELD row:nova.instances:1 host host\n"
	    "HELD row:nova.instances:1 odd outside\n"
	    "CHANGE row:nova.instances:1 user_data=10.2.15.3\n" AUTH VOLUME
	    "CHANGE row:nova.volumes:8"
	    " provider_location=10.2.15.3:3260,1 iqn.b 1\n" BDM OLD2 ENDPOINT);
}

static void
test_pick(void **state)
{
	static const char *const only[] = { "table:nova.volumes",
		"table:keystone.*", NULL };
	static const char *const except[] = { "row:nova.volumes:7", NULL };

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.only = only;
	expect_plan(AUTH VOLUME OLD ENDPOINT);
	opt.except = except;
	expect_plan(OLD ENDPOINT);
}

/* Applied, every byte is as planned, nothing else has changed, and a second
 * plan is empty. */
static void
test_apply(void **state)
{
	struct restore r;

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server, "DELETE FROM nova.block_device_mapping;"
				  "DELETE FROM nova.volumes WHERE id < 9;"
				  "UPDATE nova.volumes SET instance_id = NULL;"
				  "DELETE FROM nova.instances WHERE id = 1");
	opt = dbsite_options(&site, maps);
	open_plan(&r);
	assert_int_equal(apply(&r), OUTCOME_DONE);
	restore_close(&r);
	expect_cell("SELECT connection_info FROM nova.block_device_mapping"
		    " WHERE id = 3",
	    "{\"data\": {\"target_portal\": \"10.2.15.3:3260\","
	    " \"auth_password\": \"canary\"}, \"serial\": \"s\"}");
	expect_cell("SELECT GROUP_CONCAT(HEX(b), ' ', f, ' ', d, ' ', s)"
		    " FROM nova.instances WHERE id = 1",
	    "00FF5C0A 3.14 0000-00-00 00:00:00 2012-10-30 11:12:13");
	expect_cell("SELECT CONCAT(bridge, dns1) FROM nova.networks",
	    "br-ext10.2.15.3");
	expect_cell("SELECT url FROM keystone.endpoint",
	    "http://u:canary@10.2.15.3:5000/");
	expect_cell("SELECT provider_location FROM nova.volumes WHERE id = 9",
	    "10.2.116.140:3260,1 iqn.c 1");
	expect_cell("SELECT COUNT(*) FROM nova.volumes WHERE id = 8", "1");
	expect_cell(
	    "SELECT domain FROM nova.dns_domains WHERE n = 2", "10.2.15.3");
	expect_plan(NOTE HELD AUTH OLD OLD2);
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_int_equal(restore_verify(&r), OUTCOME_DONE);
	restore_close(&r);
}

/* What moves between plan and apply is found at the write. */
static const struct {
	const char *sql, *said;
} moved[] = {
	{ "UPDATE keystone.endpoint SET url = 'http://other/'",
	    "column url has changed" },
	{ "UPDATE keystone.endpoint SET url = NULL", "column url has changed" },
	{ "DELETE FROM keystone.endpoint", "the row is gone" },
	{ "ALTER TABLE keystone.endpoint DROP url", "has no column url" },
	{ "ALTER TABLE keystone.endpoint MODIFY id varchar(64), DROP PRIMARY "
	  "KEY",
	    "another primary key" },
	{ "DROP TABLE keystone.endpoint", "has no table keystone.endpoint" },
	{ "INSERT INTO nova.instances (id) VALUES (1)",
	    "row:nova.instances:1: a row with this key is here, and its "
	    "column" },
	{ "UPDATE keystone.endpoint SET url = UPPER(url)",
	    "column url has changed" },
};

static void
test_moved(void **state)
{
	const char *const *lines;
	struct restore r;
	size_t i, n;
	int said;

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	for (i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
		setup(state);
		mariadb_sql(&site.server,
		    "UPDATE nova.volumes SET instance_id = NULL;"
		    "DELETE FROM nova.instances WHERE id = 1");
		opt = dbsite_options(&site, maps);
		warn_forget();
		open_plan(&r);
		mariadb_sql(&site.server, moved[i].sql);
		assert_int_equal(apply(&r), OUTCOME_UNSAFE);
		lines = warn_said(&n);
		for (said = 0; n > 0; n--) {
			said |= strstr(lines[n - 1], moved[i].said) != NULL;
			assert_null(strstr(lines[n - 1], "canary"));
		}
		if (!said)
			fail_msg(
			    "%s: %s is not said", moved[i].sql, moved[i].said);
		/* What was written before is taken back. */
		expect_cell("SELECT dns1 FROM nova.networks", "10.2.116.14");
		restore_close(&r);
	}
	warn_forget();
}

static void
test_leftover(void **state)
{
	struct restore r;
	char *got;

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_non_null(r.plan = plan_new());
	mariadb_sql(&site.server,
	    "UPDATE nova.networks SET bridge = 'br0', dns1 = NULL;"
	    "INSERT INTO nova.networks VALUES (5, 0, '', '10.2.116.14'),"
	    " (6, 1, '', '10.2.116.14')");
	assert_int_equal(leftover_db(&r), 0);
	got = list(r.plan);
	assert_string_equal(got,
	    "LEFTOVER row:nova.networks:5 dns1 leftover\n"
	    "LEFTOVER row:nova.dns_domains:10.2.116.14,2 domain leftover\n"
	    "LEFTOVER row:nova.volumes:7 provider_location leftover\n"
	    "LEFTOVER row:nova.block_device_mapping:3"
	    " connection_info data.target_portal leftover\n"
	    "LEFTOVER row:keystone.endpoint:a url leftover\n"
	    "LEFTOVER row:keystone.endpoint:a extra publicurl leftover\n");
	free(got);
	restore_close(&r);
}

/* A swap: what is right holds what looks old; what is not right is found. */
static void
test_swap(void **state)
{
	static const char *const swap[] = { "10.2.116.14=10.2.15.3",
		"10.2.15.3=10.2.116.14", NULL };
	struct restore r;
	char *got;

	setup(state);
	mariadb_sql(&site.server,
	    "INSERT INTO nova.networks VALUES (2, 0, '10.2.15.3', '10.2.15.3'),"
	    " (3, 0, '10.2.116.14', 'x 10.2.15.3')");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, swap);
	opt.only = (const char *const[]){ "table:nova.networks", NULL };
	open_plan(&r);
	assert_int_equal(apply(&r), OUTCOME_DONE);
	expect_cell("SELECT GROUP_CONCAT(bridge, ' ', dns1) FROM nova.networks",
	    "br100 10.2.15.3,10.2.116.14 10.2.116.14,10.2.15.3 x 10.2.116.14");
	restore_close(&r);
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_int_equal(restore_verify(&r), OUTCOME_DONE);
	restore_close(&r);
	mariadb_sql(&site.server,
	    "INSERT INTO nova.networks VALUES (9, 0, '10.2.15.3', '')");
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_int_equal(restore_verify(&r), OUTCOME_DIFFERS);
	got = list(r.plan);
	assert_string_equal(
	    got, "LEFTOVER row:nova.networks:9 bridge leftover\n");
	free(got);
	restore_close(&r);
}

/* A table that the bundle does not have: what is held in it is said here. */
static void
test_new_table(void **state)
{
	struct restore r;
	char *got;

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server,
	    "CREATE TABLE nova.provider_fw_rules (id int PRIMARY KEY,"
	    " cidr varchar(30)) ENGINE=InnoDB;"
	    "INSERT INTO nova.provider_fw_rules VALUES (1, '10.2.116.14/32');"
	    "CREATE TABLE nova.fixed_ips (id int PRIMARY KEY,"
	    " address varchar(30)) ENGINE=InnoDB;"
	    "INSERT INTO nova.fixed_ips VALUES (1, '10.2.116.14')");
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:nova.provider*",
		"table:nova.fixed*", "table:nova.n*", NULL };
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_USAGE);
	restore_close(&r);
	opt.only = NULL;
	opt.except =
	    (const char *const[]){ "table:*.[!pf]*", "account:*", NULL };
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_null(r.db);
	assert_int_equal(
	    db_connect(r.site, opt.defaults_file, &r.db), OUTCOME_DONE);
	assert_non_null(r.plan = plan_new());
	assert_int_equal(leftover_db(&r), 0);
	got = list(r.plan);
	assert_string_equal(got,
	    "HELD row:nova.provider_fw_rules:1 cidr tenant\n"
	    "LEFTOVER row:nova.fixed_ips:1 address leftover\n");
	free(got);
	restore_close(&r);
}

/* Types without a character set that hold an address all the same; keys of
 * several kinds; what the server would compare in its own way. */
static void
test_types(void **state)
{
	struct restore r;

	setup(state);
	mariadb_sql(&site.server,
	    "DROP TABLE nova.networks;"
	    "CREATE TABLE nova.networks (u uuid, i inet6, b varbinary(9),"
	    " d datetime, n decimal(9,2), gateway inet6, cidr varbinary(40),"
	    " bit_ bit(9), f float, e enum('br100', 'br-ext'),"
	    " bridge char(20) COLLATE utf8_general_ci,"
	    " PRIMARY KEY (u, i, b, d, n)) ENGINE=InnoDB;"
	    "INSERT INTO nova.networks VALUES"
	    " ('123e4567-e89b-12d3-a456-426655440000', '::1', X'00095c',"
	    " '2012-10-30 01:02:03', 1.50, '::ffff:10.2.116.14',"
	    " '10.2.116.14/32', b'101011100', 3.14, 'br100', 'br100'),"
	    " ('123e4567-e89b-12d3-a456-426655440001', '::2', '',"
	    " '0000-00-00', -1, '2001:db8::1', NULL, b'1010', 1e30, 'br-ext',"
	    " 'BR100')");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:nova.networks", NULL };
	mariadb_sql(&site.server, "CREATE TABLE nova.was AS SELECT * FROM"
				  " nova.networks");
	mariadb_sql(&site.server, "DELETE FROM nova.networks WHERE n < 0");
	open_plan(&r);
	assert_int_equal(plan_count(r.plan, PLAN_CREATE, ITEM_TABLE), 1);
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, ITEM_TABLE), 1);
	assert_int_equal(apply(&r), OUTCOME_DONE);
	restore_close(&r);
	expect_cell("SELECT GROUP_CONCAT(gateway, ' ', cidr, ' ', bridge)"
		    " FROM nova.networks WHERE n > 0",
	    "::ffff:10.2.15.3 10.2.15.3/32 br-ext");
	expect_cell("SELECT COUNT(*) FROM nova.networks a JOIN nova.was b"
		    " USING (u, i, b, d, n, f, bit_, e)",
	    "2");
	expect_plan("");
}

/* An engine without transactions is said. */
static void
test_engine(void **state)
{

	setup(state);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server, "ALTER TABLE nova.networks ENGINE=MyISAM");
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:nova.networks", NULL };
	expect_plan(NETWORK "FINDING table:nova.networks no-transactions\n");
}

/* More rows than a batch, keys of text, keys in another order here. */
static void
test_batches(void **state)
{
	struct restore r;

	setup(state);
	mariadb_sql(&site.server,
	    "INSERT INTO keystone.endpoint SELECT MD5(seq),"
	    " CONCAT('http://10.2.116.', IF(seq % 10, 200, 14), ':',"
	    " seq, '/'), NULL FROM seq_1_to_2750");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server,
	    "DELETE FROM keystone.endpoint WHERE url LIKE '%00/';"
	    "ALTER TABLE keystone.endpoint CONVERT TO CHARACTER SET utf8"
	    " COLLATE utf8_bin");
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:keystone.*", NULL };
	open_plan(&r);
	assert_int_equal(plan_count(r.plan, PLAN_CREATE, ITEM_TABLE), 28);
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, ITEM_TABLE), 275 - 27);
	assert_int_equal(apply(&r), OUTCOME_DONE);
	restore_close(&r);
	open_plan(&r);
	assert_int_equal(plan_count(r.plan, PLAN_CREATE, -1), 0);
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, -1), 0);
	restore_close(&r);
	expect_cell("SELECT COUNT(*) FROM keystone.endpoint WHERE url LIKE"
		    " 'http://10.2.15.3:%'",
	    "275");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_past),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_also),
		cmocka_unit_test(test_pick),
		cmocka_unit_test(test_apply),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_leftover),
		cmocka_unit_test(test_swap),
		cmocka_unit_test(test_new_table),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_engine),
		cmocka_unit_test(test_batches),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	warn_quiet(1);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
