#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/mariadb.h"
#include "tests/unit/said.h"

#include "archive/database/db_schema.h"
#include "archive/database/tabfile.h"
#include "archive/warn.h"

static struct mariadb server;

/* A site of up to four databases on the test's server. */
struct place_of {
	const char *role, *user, *schema;
};

static enum outcome
connect_to(const struct place_of *p, size_t n, const char *defaults,
    struct db_set **set)
{
	struct site_database d[4] = { 0 };
	struct site site = { 0 };
	char url[4][600], role[4][20];
	static char source[] = "file:/etc/nova/nova.conf [database] connection";
	enum outcome rc;
	size_t i;

	for (i = 0; i < n; i++) {
		snprintf(url[i], sizeof(url[i]),
		    "mysql+pymysql://%s@/%s?charset=utf8&unix_socket=%s",
		    p[i].user, p[i].schema, server.socket);
		snprintf(role[i], sizeof(role[i]), "%s", p[i].role);
		d[i].role = role[i];
		d[i].url = url[i];
		d[i].source = source;
	}
	site.databases = d;
	site.ndatabases = n;
	rc = db_connect(&site, defaults, set);
	return rc;
}

static struct db_set *
root(const char *schema)
{
	struct place_of p = { "nova", "root:", schema };
	struct db_set *set;

	assert_int_equal(connect_to(&p, 1, NULL, &set), OUTCOME_DONE);
	return set;
}

static void
test_group(void **state)
{
	static const struct place_of p[] = {
		{ "nova", "nova:p%40w", "nova" },
		{ "cinder", "nova:p@w", "cinder" },
		{ "keystone", "keystone:k", "keystone" },
		{ "nova", "nova:p%40w", "nova" },
	};
	struct db_set *set;

	(void)state;
	assert_int_equal(connect_to(p, 4, NULL, &set), OUTCOME_DONE);
	assert_int_equal(set->nservers, 2);
	assert_int_equal(set->servers[0].nschemas, 2);
	assert_int_equal(set->servers[1].nschemas, 1);
	assert_ptr_equal(db_find(set, "cinder"), &set->servers[0]);
	assert_ptr_equal(db_find(set, "keystone"), &set->servers[1]);
	assert_null(db_find(set, "glance"));
	assert_non_null(strstr(set->servers[0].version, "MariaDB"));
	assert_int_equal(strncmp(set->servers[0].label, "unix:/", 6), 0);
	assert_string_equal(set->servers[0].schemas[0].source,
	    "file:/etc/nova/nova.conf [database] connection");
	db_close(set);
	db_close(NULL);
}

static const struct {
	const char *role, *user, *says[4];
} refused[] = {
	{ "nova", "nova:canary",
	    { "nova database (file:/etc/nova/nova.conf", "user 'nova'",
		"Access denied", "--no-database" } },
	{ "glance", "nobody:canary",
	    { "glance database", "user 'nobody'", "unix:/",
		"--defaults-file FILE" } },
};

static void
test_refused(void **state)
{
	struct db_set *set;
	struct place_of p;
	size_t i, j;

	(void)state;
	for (i = 0; i < 2; i++) {
		warn_forget();
		p.role = refused[i].role;
		p.user = refused[i].user;
		p.schema = "nova";
		assert_int_equal(connect_to(&p, 1, NULL, &set), OUTCOME_FAILED);
		for (j = 0; j < 4; j++)
			assert_true(said_any(refused[i].says[j]));
		assert_false(said_any("canary"));
	}
	warn_forget();
}

static void
test_no_mysql(void **state)
{
	static char role[] = "nova", source[] = "x";
	static char url[] = "sqlite:///canary";
	struct site_database d = { role, url, source, NULL };
	struct site site = { .databases = &d, .ndatabases = 1 };
	struct db_set *set;

	(void)state;
	assert_int_equal(db_connect(&site, NULL, &set), OUTCOME_FAILED);
	assert_true(said_any("neither MySQL nor MariaDB"));
	assert_false(said_any("canary"));
	site.ndatabases = 0;
	assert_int_equal(db_connect(&site, NULL, &set), OUTCOME_DONE);
	assert_int_equal(set->nservers, 0);
	db_close(set);
	warn_forget();
}

/* The options file's login opens all with one session. */
static void
test_defaults(void **state)
{
	static const struct place_of p[] = {
		{ "nova", "nova:wrong", "nova" },
		{ "keystone", "keystone:wrong", "keystone" },
	};
	struct db_set *set;
	char path[PATH_MAX];
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/my.cnf", server.dir);
	assert_non_null(f = fopen(path, "w"));
	fputs("[client]\nuser=root\npassword=\n", f);
	fclose(f);
	chmod(path, 0600);
	assert_int_equal(connect_to(p, 2, path, &set), OUTCOME_DONE);
	assert_int_equal(set->nservers, 1);
	assert_int_equal(set->servers[0].nschemas, 2);
	db_close(set);
	assert_int_equal(
	    connect_to(p, 2, "/nowhere.cnf", &set), OUTCOME_FAILED);
	assert_true(said_any("/nowhere.cnf"));
	warn_forget();
}

static void
test_table(void **state)
{
	struct db_set *set = root("odd");
	struct db *db = set->servers[0].db;
	struct item_table *t;
	struct item *item;
	size_t key[DB_KEY_MAX];

	(void)state;
	assert_non_null(item = item_new(ITEM_TABLE));
	assert_int_equal(db_table(db, "odd", "we`ird t", item), 1);
	t = item->table;
	assert_string_equal(item->name, "table:odd.we`ird t");
	assert_string_equal(item->path, "odd/we`ird t.txt");
	assert_int_equal(t->ncolumns, 6);
	assert_string_equal(t->columns[0].name, "a`b");
	assert_string_equal(t->columns[0].type, "varchar(20)");
	assert_string_equal(t->columns[0].charset, "latin1");
	assert_int_equal(t->columns[0].key, 2);
	assert_int_equal(t->columns[1].key, 1);
	assert_null(t->columns[1].charset);
	assert_int_equal(t->columns[1].nullable, 0);
	assert_int_equal(t->columns[2].nullable, 1);
	assert_int_equal(t->columns[3].generated, 1);
	assert_int_equal(t->columns[4].generated, 1);
	assert_int_equal(t->columns[5].generated, 0);
	assert_int_equal(db_key(t, key), 2);
	assert_int_equal(key[0], 1);
	assert_int_equal(key[1], 0);
	item_free(item);
	assert_non_null(item = item_new(ITEM_TABLE));
	assert_int_equal(db_table(db, "odd", "v", item), 0);
	assert_int_equal(db_table(db, "odd", "none", item), 0);
	assert_int_equal(db_table(db, "none", "v", item), 0);
	item_free(item);
	db_close(set);
}

static void
test_relation(void **state)
{
	struct db_set *set = root("odd");
	struct db *db = set->servers[0].db;
	enum db_relation what;
	uint64_t n;
	int innodb;

	(void)state;
	assert_int_equal(db_relation(db, "odd", "v", &what, &innodb), 0);
	assert_int_equal(what, DB_VIEW);
	assert_int_equal(db_relation(db, "odd", "isam", &what, &innodb), 0);
	assert_int_equal(what, DB_BASE_TABLE);
	assert_int_equal(innodb, 0);
	assert_int_equal(db_relation(db, "types", "t", &what, &innodb), 0);
	assert_int_equal(innodb, 1);
	assert_int_equal(db_relation(db, "odd", "x", &what, &innodb), 0);
	assert_int_equal(what, DB_ABSENT);
	assert_int_equal(db_schema_tables(db, "odd", &n), 0);
	assert_int_equal(n, 2);
	assert_int_equal(db_schema_tables(db, "none", &n), 0);
	assert_int_equal(n, 0);
	db_close(set);
}

/* Every value finds its own row again through a literal. */
static void
test_literal(void **state)
{
	struct db_set *set = root("types");
	struct db *db = set->servers[0].db;
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct item *item;
	struct db_rows *rows;
	static const char evil[] = "a'; DROP TABLE t; -- \\\0\xc3\xa9";
	struct db_value v = { evil, sizeof(evil) - 1 };

	(void)state;
	assert_non_null(item = item_new(ITEM_TABLE));
	assert_int_equal(db_table(db, "types", "lit", item), 1);
	assert_int_equal(
	    buf_adds(&sql, "SELECT n FROM types.lit WHERE s = "), 0);
	assert_int_equal(db_literal(&sql, &item->table->columns[1], &v), 0);
	assert_int_equal(buf_adds(&sql, " AND b = "), 0);
	assert_int_equal(db_literal(&sql, &item->table->columns[2], &v), 0);
	assert_int_equal(buf_adds(&sql, " AND n = "), 0);
	v.data = "-12";
	v.len = 3;
	assert_int_equal(db_literal(&sql, &item->table->columns[0], &v), 0);
	assert_null(strstr(sql.data, "DROP"));
	assert_non_null(strstr(sql.data, "n = -12"));
	assert_int_equal(db_select(db, &sql, 0, &rows), 0);
	assert_int_equal(db_width(rows), 1);
	assert_int_equal(db_next(rows, &cells), 1);
	assert_string_equal(cells[0].data, "-12");
	assert_int_equal(db_next(rows, &cells), 0);
	db_rows_free(rows);
	buf_clear(&sql);
	v.data = "1 OR 1=1";
	v.len = 8;
	assert_int_equal(db_literal(&sql, &item->table->columns[0], &v), 0);
	assert_null(strstr(sql.data, "OR"));
	buf_clear(&sql);
	v.data = NULL;
	assert_int_equal(db_literal(&sql, &item->table->columns[1], &v), 0);
	assert_string_equal(sql.data, "NULL");
	buf_clear(&sql);
	assert_int_equal(buf_adds(&sql, "SELECT nothing"), 0);
	assert_int_equal(db_select(db, &sql, 0, &rows), -1);
	assert_int_equal(db_run(db, "SELEKT"), -1);
	warn_forget();
	buf_free(&sql);
	item_free(item);
	db_close(set);
}

static char *
slurp(const char *path, size_t *len)
{
	static char bytes[1 << 20];
	FILE *f = fopen(path, "re");

	assert_non_null(f);
	*len = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	return bytes;
}

static const char *const tables[] = { "t", "text", "numbers", "times", "nokey",
	"charsets", "keys2", "big", NULL };

/* Generated columns are left out: neither they nor what depends on mysqldump's
 * version (MariaDB's writes them) can be loaded again. */
static void
test_generated(void **state)
{
	static const char want[] = "1\ty\t\\N\t7\n2\tx\t1\t7\n";
	struct db_set *set = root("types");
	struct db *db = set->servers[0].db;
	const struct db_value *cells;
	struct buf out = BUF_EMPTY;
	struct item *item;
	struct db_rows *rows;

	(void)state;
	assert_non_null(item = item_new(ITEM_TABLE));
	assert_int_equal(db_table(db, "types", "generated", item), 1);
	assert_int_equal(db_read_table(db, item->table, &rows), 0);
	while (db_next(rows, &cells) == 1)
		assert_int_equal(
		    tabfile_encode(&out, cells, db_width(rows)), 0);
	assert_string_equal(out.data, want);
	db_rows_free(rows);
	item_free(item);
	buf_free(&out);
	db_close(set);
}

/* mysqldump --tab into the server's folder: 0, or -1: there is none. */
static int
dump(void)
{
	static const char *const programs[] = { "/usr/bin/mariadb-dump",
		"/usr/bin/mysqldump", NULL };
	const char *program = mariadb_program(programs);
	char a[3][PATH_MAX], log[PATH_MAX / 2 + 8];
	char no[] = "--no-defaults", user[] = "--user=root";
	char order[] = "--order-by-primary", schema[] = "types";
	char single[] = "--single-transaction";
	char *argv[] = { a[0], no, a[1], user, order, single, a[2], schema,
		NULL };

	if (program == NULL)
		return -1;
	snprintf(a[0], sizeof(a[0]), "%s", program);
	snprintf(a[1], sizeof(a[1]), "--socket=%s", server.socket);
	snprintf(a[2], sizeof(a[2]), "--tab=%s", server.dir);
	snprintf(log, sizeof(log), "%s/dump.log", server.dir);
	if (mariadb_run(argv, log) != 0) {
		mariadb_show(log);
		fail();
	}
	return 0;
}

/* Byte for byte what mysqldump --tab writes. */
static void
test_dump(void **state)
{
	struct db_set *set = root("types");
	struct db *db = set->servers[0].db;
	const struct db_value *cells;
	struct buf out = BUF_EMPTY;
	struct item *item;
	struct db_rows *rows;
	char path[PATH_MAX];
	const char *want;
	size_t i, len;
	int rc;

	(void)state;
	if (dump()) {
		db_close(set);
		print_message("skipped: no mysqldump here\n");
		skip();
	}
	for (i = 0; tables[i] != NULL; i++) {
		assert_non_null(item = item_new(ITEM_TABLE));
		assert_int_equal(db_table(db, "types", tables[i], item), 1);
		assert_int_equal(db_read_table(db, item->table, &rows), 0);
		buf_clear(&out);
		while ((rc = db_next(rows, &cells)) == 1)
			assert_int_equal(
			    tabfile_encode(&out, cells, db_width(rows)), 0);
		assert_int_equal(rc, 0);
		db_rows_free(rows);
		item_free(item);
		snprintf(
		    path, sizeof(path), "%s/%s.txt", server.dir, tables[i]);
		want = slurp(path, &len);
		if (len != out.len || memcmp(want, out.data, len) != 0)
			fail_msg("%s:\n%.*s---\n%.*s", tables[i], (int)len,
			    want, (int)out.len, out.data);
	}
	buf_free(&out);
	db_close(set);
}

static const char make_tables[] =
    "CREATE DATABASE nova; CREATE DATABASE cinder; CREATE DATABASE keystone;"
    "CREATE USER nova@localhost IDENTIFIED BY 'p@w';"
    "GRANT ALL ON nova.* TO nova@localhost;"
    "GRANT ALL ON cinder.* TO nova@localhost;"
    "CREATE USER keystone@localhost IDENTIFIED BY 'k';"
    "CREATE DATABASE odd; USE odd;"
    "CREATE TABLE `we``ird t` (`a``b` varchar(20) CHARACTER SET latin1,"
    " id int NOT NULL, c text, g int AS (id + 1) VIRTUAL,"
    " h int AS (id + 2) STORED, d datetime DEFAULT CURRENT_TIMESTAMP,"
    " PRIMARY KEY (id, `a``b`)) CHARACTER SET utf8;"
    "CREATE VIEW v AS SELECT 1;"
    "CREATE TABLE isam (a int) ENGINE=MyISAM;"
    "CREATE DATABASE types CHARACTER SET utf8; USE types;"
    "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00';"
    "CREATE TABLE lit (n int PRIMARY KEY, s varchar(60), b varbinary(60));"
    "INSERT INTO lit VALUES (-12,"
    " X'61273b2044524f50205441424c4520743b202d2d205c00c3a9',"
    " X'61273b2044524f50205441424c4520743b202d2d205c00c3a9');"
    "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, a varchar(255),"
    " b text, c blob);"
    "INSERT INTO t VALUES (3, NULL, '', 'x'), (1, '\\\\N', 'a\tb', NULL),"
    " (2, 'a\nb', 'a\\\\b', X'00010a095c00ff'), (0, '', NULL, '');";

static const char make_types[] =
    "CREATE TABLE text (id varchar(36) PRIMARY KEY, c char(10),"
    " vb varbinary(9), bi binary(4), e enum('a','b\tc'), s set('x','y'),"
    " j JSON, lt longtext);"
    "INSERT INTO text VALUES ('b', 'pad ', X'00', X'01', 'b\tc', 'x,y',"
    " '{\"a\": \"10.2.116.14\\\\n\"}', REPEAT('\\\\', 5000)),"
    " ('A', NULL, NULL, NULL, NULL, '', '[]', '\\\\0'),"
    " ('\xc3\xa9', '', '', '', 'a', 'y', 'null', '\r\n');"
    "CREATE TABLE numbers (i bigint PRIMARY KEY, u bigint unsigned,"
    " z int(8) zerofill, d decimal(20,5), f float, f2 float(7,3), g double,"
    " t tinyint(1), n bool);"
    "INSERT INTO numbers VALUES"
    " (-9223372036854775808, 18446744073709551615, 42, -1.5, 3.14, 3.14159,"
    "  1e300, 1, false), (1, 0, 0, 0, 1e-20, 0, 0.1, 0, NULL),"
    " (2, NULL, NULL, NULL, 16777217, NULL, 1e15, 127, true),"
    " (0, 5, 123456789, 99999999999999.99999, -0.0, -1, 1e16, -1, 1);"
    "CREATE TABLE times (id int PRIMARY KEY, d datetime, d6 datetime(6),"
    " ts timestamp NULL, ts3 timestamp(3) NULL, da date, ti time, t6 time(6),"
    " y year);"
    "INSERT INTO times VALUES (1, '2012-10-30 11:12:13',"
    " '2012-10-30 11:12:13.000100', '2012-10-30 11:12:13',"
    " '2012-10-30 11:12:13.5', '2012-10-30', '-838:59:59', '00:00:00.000001',"
    " 2012), (2, '0000-00-00 00:00:00', '0000-00-00 00:00:00',"
    " '0000-00-00 00:00:00', NULL, '0000-00-00', '00:00:00', NULL, 0),"
    " (3, NULL, NULL, NULL, NULL, '2012-00-00', NULL, NULL, NULL);"
    "CREATE TABLE nokey (a int, b varchar(9));"
    "INSERT INTO nokey VALUES (1, 'x'), (2, NULL), (2, 'a');"
    "CREATE TABLE generated (id int PRIMARY KEY, a varchar(20),"
    " g varchar(40) AS (CONCAT(a, '!')) VIRTUAL, b int,"
    " h int AS (b + 1) STORED, inv int INVISIBLE DEFAULT 7);"
    "INSERT INTO generated (id, a, b) VALUES (2, 'x', 1), (1, 'y', NULL);"
    "CREATE TABLE charsets (id int PRIMARY KEY,"
    " l varchar(20) CHARACTER SET latin1, m varchar(20) CHARACTER SET utf8mb4,"
    " u varchar(20) CHARACTER SET utf8, b varchar(20) CHARACTER SET latin2)"
    " ; INSERT INTO charsets VALUES (1, X'e9', X'f09f9880', X'c3a9', X'b1');"
    "CREATE TABLE keys2 (b varchar(9) COLLATE utf8_general_ci, a int,"
    " v text, PRIMARY KEY (a, b));"
    "INSERT INTO keys2 VALUES ('b', 1, ''), ('A', 1, 'q'), ('a', 0, NULL);"
    "CREATE TABLE big (id int PRIMARY KEY, t mediumtext);"
    "INSERT INTO big SELECT seq, REPEAT('10.2.116.14\t', seq)"
    " FROM seq_1_to_200;";

static int
start(void **state)
{

	(void)state;
	mariadb_sql(&server, make_tables);
	mariadb_sql(&server, make_types);
	return 0;
}

static int
stop(void **state)
{

	(void)state;
	mariadb_stop(&server);
	warn_forget();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_group),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_mysql),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_relation),
		cmocka_unit_test(test_literal),
		cmocka_unit_test(test_generated),
		cmocka_unit_test(test_dump),
	};

	if (mariadb_start(&server) == 0)
		return 77;
	return cmocka_run_group_tests(tests, start, stop);
}
