/* Databases of nova's cells: found by cell_mappings, captured, restored each to
 * its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/database/cells.h"
#include "restore/journal/step.h"
#include "tests/unit/dbsite.h"
#include "tests/unit/journal_of.h"
#include "tests/unit/row_plan.h"

#define CONF                                                                   \
	"mysql+pymysql://nova:c%40n:ary@10.2.116.14:3307/nova?charset=utf8#x"

/* A URL or template, nova.conf's connection, what nova makes of it (NULL: it
 * cannot be filled). */
static const struct {
	const char *url, *connection, *want;
} fills[] = {
	{ "mysql://a:b@c/d", NULL, "mysql://a:b@c/d" },
	{ "mysql://a:b@c/d", CONF, "mysql://a:b@c/d" },
	{ "{scheme}://{username}:{password}@{hostname}:{port}/{path}?{query}",
	    CONF,
	    "mysql+pymysql://nova:c%40n:ary@10.2.116.14:3307/"
	    "nova?charset=utf8" },
	{ "{scheme}://{hostname}/nova_cell0?{query}#{fragment}", CONF,
	    "mysql+pymysql://10.2.116.14/nova_cell0?charset=utf8#x" },
	{ "{scheme}://{hostname}/x", "mysql://10.2.116.14",
	    "mysql://10.2.116.14/x" },
	{ "{scheme}://[{hostname}]:{port}/x", "mysql://[2001:db8::1]:3306/y",
	    "mysql://[2001:db8::1]:3306/x" },
	{ "{username}-{password}-{port}-{path}", "mysql://h/", "---" },
	{ "{username}", "mysql://u@h/", "u" },
	{ "{password}", "mysql://u:p@q@h/", "p@q" },
	{ "a{{b}}c", CONF, "a{b}c" },
	{ "", CONF, "" },
	{ "{scheme}", NULL, NULL },
	{ "{scheme}", "no url", NULL },
	{ "{nothing}", CONF, NULL },
	{ "{scheme", CONF, NULL },
	{ "{}", CONF, NULL },
	{ "{Scheme}", CONF, NULL },
};

static void
filling(void **state)
{
	struct buf out = BUF_EMPTY;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < sizeof(fills) / sizeof(fills[0]); i++) {
		buf_clear(&out);
		rc = cells_fill(fills[i].url, fills[i].connection, &out);
		assert_int_equal(rc, fills[i].want != NULL);
		if (rc == 1 && strcmp(out.data == NULL ? "" : out.data,
				   fills[i].want) != 0)
			fail_msg("case %zu: %s", i, out.data);
	}
	buf_free(&out);
}

static struct dbsite site;

#define NOVA(schema, url)                                                      \
	"DROP DATABASE IF EXISTS " schema "; CREATE DATABASE " schema          \
	" CHARACTER SET utf8; USE " schema ";"                                 \
	"CREATE TABLE instances (id int PRIMARY KEY, host varchar(99));"       \
	"CREATE TABLE volumes (id int PRIMARY KEY, provider_location"          \
	" varchar(99)); INSERT INTO volumes VALUES (1, '" url "');"

/* Two cells with URLs, one of them nova.conf's own database by another name of
 * its server, and cell0 by a template. */
static const char tables[] = NOVA("nova", "10.2.116.14:3260,1 iqn.main 1") NOVA(
    "nova_cell0", "10.2.116.14:3260,1 iqn.cell0 1") NOVA("nova_cell2",
    "10.2.116.14:3260,1 iqn.cell2 1") "DROP DATABASE IF EXISTS nova_api; "
				      "CREATE DATABASE nova_api CHARACTER SET"
				      " utf8; USE nova_api;"
				      "CREATE TABLE cell_mappings (created_at "
				      "datetime, id int PRIMARY KEY, uuid"
				      " varchar(36), name varchar(255), "
				      "transport_url text, database_connection"
				      " text, disabled bool);"
				      "INSERT INTO cell_mappings VALUES (NULL, "
				      "1, '0', 'cell0', 'none:///',"
				      " '{scheme}://"
				      "{username}:{password}@{hostname}/"
				      "nova_cell0?{query}', 0),"
				      " (NULL, 2, 'b', 'cell1', "
				      "'{scheme}://{hostname}',"
				      " 'mysql://nova:canary@10.2.116.14/"
				      "nova', 0),"
				      " (NULL, 3, 'c', NULL, "
				      "'rabbit://n:canary@10.2.116.14',"
				      " 'mysql://nova:canary@10.2.116.14/"
				      "nova_cell2', 0);";

static const char *const maps[] = { "10.2.116.14 = 10.2.15.3", NULL };
static struct restore_options opt;

/* The databases of the bundle, "ROLE SCHEMA SOURCE" a line. */
static void
expect_databases(const char *want)
{
	const struct manifest *m;
	struct buf out = BUF_EMPTY;
	struct bundle *b = NULL;
	size_t i;

	assert_int_equal(bundle_open(site.bundle,
			     &(struct bundle_keys){ .trust = site.trust }, &b),
	    OUTCOME_DONE);
	m = bundle_manifest(b);
	for (i = 0; i < m->ndatabases; i++)
		assert_int_equal(
		    buf_addf(&out, "%s %s %s\n", m->databases[i].role,
			m->databases[i].schema, m->databases[i].source),
		    0);
	assert_string_equal(out.data, want);
	buf_free(&out);
	bundle_close(b);
}

#define MAIN                                                                   \
	"nova nova file:/etc/nova/nova.conf [DEFAULT] sql_connection\n"        \
	"nova_api nova_api file:/etc/nova/nova.conf [api_database] "           \
	"connection\n"                                                         \
	"keystone keystone file:/etc/keystone/keystone.conf [sql] "            \
	"connection\n"
#define CELL(id, schema)                                                       \
	"nova " schema " row:nova_api.cell_mappings:" id                       \
	" database_connection\n"

/* Each row goes to the database that it came from, in any order of the sites',
 * and back. */
static void
each_to_its_own(void **state)
{
	struct journal *j;
	struct restore r;

	(void)state;
	mariadb_sql(&site.server, tables);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	expect_databases(MAIN CELL("1", "nova_cell0") CELL("3", "nova_cell2"));
	opt = dbsite_options(&site, maps);
	row_plan_open(&opt, &r);
	/* Three volumes; the URLs of two cells, the queue of one. */
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, ITEM_TABLE), 5);
	assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 0);
	j = journal_of(r.plan, site.server.dir);
	assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
	dbsite_cell(&site, "SELECT provider_location FROM nova.volumes",
	    "10.2.15.3:3260,1 iqn.main 1");
	dbsite_cell(&site, "SELECT provider_location FROM nova_cell0.volumes",
	    "10.2.15.3:3260,1 iqn.cell0 1");
	dbsite_cell(&site, "SELECT provider_location FROM nova_cell2.volumes",
	    "10.2.15.3:3260,1 iqn.cell2 1");
	/* A template is left alone. */
	dbsite_cell(&site,
	    "SELECT GROUP_CONCAT(database_connection, ' ',"
	    " transport_url ORDER BY id SEPARATOR '\\n') FROM"
	    " nova_api.cell_mappings",
	    "{scheme}://{username}:{password}@{hostname}/nova_cell0?{query} "
	    "none:///\n"
	    "mysql://nova:canary@10.2.15.3/nova {scheme}://{hostname}\n"
	    "mysql://nova:canary@10.2.15.3/nova_cell2 "
	    "rabbit://n:canary@10.2.15.3");
	assert_int_equal(rows_unmake(&r, j, NULL, NULL), OUTCOME_DONE);
	dbsite_cell(&site, "SELECT provider_location FROM nova_cell0.volumes",
	    "10.2.116.14:3260,1 iqn.cell0 1");
	journal_close(j);
	restore_close(&r);
}

/* A database of a cell that is not here is no reason to write into another. */
static void
never_into_another(void **state)
{
	static const char *const except[] = { "table:nova_cell*.*", NULL };
	const struct plan_record *rec;
	struct restore r;
	int rc, found = 0;

	(void)state;
	mariadb_sql(&site.server, tables);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server, "DROP DATABASE nova_cell0");
	opt = dbsite_options(&site, maps);
	row_plan_open(&opt, &r);
	assert_int_equal(plan_rewind(r.plan), 0);
	while ((rc = plan_next(r.plan, &rec)) == 1) {
		if (rec->type == PLAN_FINDING) {
			assert_non_null(strstr(rec->item, "nova_cell0"));
			found++;
		}
		if (rec->type == PLAN_CHANGE)
			assert_null(strstr(rec->item, "nova_cell0"));
	}
	assert_int_equal(rc, 0);
	assert_true(found > 0);
	restore_close(&r);
	/* Nor where the site has one database of that role alone. */
	mariadb_sql(&site.server, tables);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.except = except;
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, ITEM_TABLE), 3);
	assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 0);
	restore_close(&r);
}

/* What was said has it, and no password. */
static void
expect_said(const char *want)
{
	const char *const *lines;
	size_t n, found = 0;

	for (lines = warn_said(&n); n > 0; n--) {
		assert_null(strstr(lines[n - 1], "canary"));
		found += strstr(lines[n - 1], want) != NULL;
	}
	assert_int_equal(found, 1);
}

static enum outcome
take(const char *const *except, const char *defaults)
{
	struct snapshot_options o = { .output = site.bundle,
		.key = site.key,
		.root = site.root,
		.defaults_file = defaults,
		.except = except,
		.force = 1,
		.no_libvirt = 1 };
	struct snapshot_result result;
	enum outcome rc;

	warn_forget();
	rc = snapshot_take(&o, &result);
	snapshot_result_free(&result);
	return rc;
}

/* A cell that cannot be reached, or named: one message, with the way out. */
static void
unreachable(void **state)
{
	static const char *const except[] = { "table:nova_cell2.*", NULL };
	static const char *const row[] = { "row:nova_api.cell_mappings:3",
		NULL };

	(void)state;
	mariadb_sql(&site.server, tables);
	mariadb_sql(&site.server,
	    "UPDATE nova_api.cell_mappings SET database_connection ="
	    " 'postgresql://nova:canary@10.2.116.14/nova_cell2' WHERE id = 3");
	assert_int_equal(take(NULL, site.cnf), OUTCOME_FAILED);
	expect_said("nova database (row:nova_api.cell_mappings:3 "
		    "database_connection): the URL names a database that is "
		    "neither MySQL nor MariaDB; --not "
		    "'row:nova_api.cell_mappings:3' leaves it out");
	assert_int_equal(take(row, site.cnf), OUTCOME_DONE);
	expect_databases(MAIN CELL("1", "nova_cell0"));
	/* Its tables are not there, and the bundle says so. */
	mariadb_sql(&site.server,
	    "UPDATE nova_api.cell_mappings SET database_connection ="
	    " 'mysql://nova:canary@10.2.116.14/nova_cell9' WHERE id = 3");
	assert_int_equal(take(NULL, site.cnf), OUTCOME_DONE);
	expect_databases(MAIN CELL("1", "nova_cell0") CELL("3", "nova_cell9"));
	/* Left out by its schema's name. */
	mariadb_sql(&site.server, tables);
	assert_int_equal(take(except, site.cnf), OUTCOME_DONE);
	expect_databases(MAIN CELL("1", "nova_cell0"));
	/* A template that nothing fills. */
	mariadb_sql(&site.server,
	    "UPDATE nova_api.cell_mappings SET database_connection ="
	    " '{what}://nova:canary@10.2.116.14/x' WHERE id = 1");
	assert_int_equal(take(NULL, site.cnf), OUTCOME_DONE);
	expect_databases(MAIN CELL("3", "nova_cell2"));
}

/* No way to the server of a cell: as its login is not of the options file. */
static void
no_server(void **state)
{
	struct db_set *set = NULL;
	struct oslo_source source;
	struct site *s = NULL;
	struct root *root;

	(void)state;
	mariadb_sql(&site.server, tables);
	assert_non_null(root = root_open(site.root));
	source = site_source(root);
	assert_int_equal(site_load(&source, &s), 0);
	assert_int_equal(db_connect(s, site.cnf, &set), OUTCOME_DONE);
	mariadb_sql(&site.server,
	    "UPDATE nova_api.cell_mappings SET database_connection ="
	    " 'mysql://n:canary@h/nova_cell2?unix_socket=/nonexistent/s'"
	    " WHERE id = 3");
	/* The template is filled from nova.conf: 10.2.116.14 is left out, so
	 * that nothing connects there. */
	mariadb_sql(&site.server,
	    "UPDATE nova_api.cell_mappings SET database_connection ="
	    " 'mysql://n:canary@h/nova?unix_socket=/nonexistent/s'"
	    " WHERE id < 3");
	warn_forget();
	assert_int_equal(cells_connect(s, NULL, NULL, set), OUTCOME_FAILED);
	expect_said("--not 'table:nova_cell2.*' leaves it out");
	db_close(set);
	site_free(s);
	root_close(root);
}

/* One database under two addresses of its server is one. */
static void
one_server(void **state)
{
	struct site s = { 0 };
	struct db_set *set = NULL;
	char url[300];

	(void)state;
	mariadb_sql(&site.server, tables);
	snprintf(url, sizeof(url), "mysql://root@localhost/nova?unix_socket=%s",
	    site.server.socket);
	assert_int_equal(site_add_database(&s, "nova", url, "a", NULL), 0);
	snprintf(url, sizeof(url),
	    "mysql://root@localhost/nova?unix_socket=%s/.%s", site.server.dir,
	    strrchr(site.server.socket, '/'));
	assert_int_equal(site_add_database(&s, "nova", url, "b", NULL), 0);
	assert_int_equal(db_connect(&s, NULL, &set), OUTCOME_DONE);
	assert_int_equal(set->nservers, 1);
	assert_int_equal(set->servers[0].nschemas, 1);
	db_close(set);
	/* Another schema there is its own, on a session of its own. */
	snprintf(url, sizeof(url),
	    "mysql://root@localhost/nova_cell0?unix_socket=%s/.%s",
	    site.server.dir, strrchr(site.server.socket, '/'));
	assert_int_equal(site_add_database(&s, "nova", url, "c", NULL), 0);
	assert_int_equal(db_connect(&s, NULL, &set), OUTCOME_DONE);
	assert_int_equal(set->nservers, 2);
	db_close(set);
	while (s.ndatabases > 0)
		site_drop_database(&s);
	free(s.databases);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filling),
		cmocka_unit_test(each_to_its_own),
		cmocka_unit_test(never_into_another),
		cmocka_unit_test(unreachable),
		cmocka_unit_test(no_server),
		cmocka_unit_test(one_server),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	warn_quiet(1);
	mariadb_sql(&site.server, "CREATE DATABASE keystone");
	dbsite_write(site.root, "etc/nova/nova.conf",
	    "[DEFAULT]\nmy_ip=10.2.116.14\n"
	    "sql_connection=mysql://nova:canary@10.2.116.14/nova\n"
	    "[api_database]\n"
	    "connection=mysql://nova:canary@10.2.116.14/nova_api\n");
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
