/* Columns of every kind, on servers set up in every way: the map changes what
 * it should, and every other byte stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "restore/journal/step.h"
#include "tests/unit/dbsite.h"
#include "tests/unit/journal_of.h"
#include "tests/unit/row_plan.h"

static struct dbsite site;
static struct restore_options opt;

static const char *const map[] = { "10.2.116.14=10.2.15.3", NULL };

/* nova.networks (dns1, dns2 and gateway are columns with an address) as
 * ${create} makes it, with ${insert} as its rows; a bundle; then ${here}. */
static void
begin(const char *create, const char *insert, const char *here)
{

	mariadb_sql(&site.server,
	    "DROP DATABASE IF EXISTS nova; CREATE DATABASE nova CHARACTER SET"
	    " utf8mb4; USE nova; CREATE TABLE instances (id int PRIMARY KEY);");
	mariadb_sql(&site.server, create);
	mariadb_sql(&site.server, insert);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, map);
	if (here != NULL)
		mariadb_sql(&site.server, here);
}

/* Captured, changed here; planned, made, verified, nothing left to do, taken
 * back.  ${see} reads the rows: what they are before and after. */
struct type {
	const char *what, *create, *insert, *here, *see, *before, *after;
};

static void
there_and_back(const struct type *t)
{
	struct restore r;
	struct journal *j;

	print_message("%s\n", t->what);
	begin(t->create, t->insert, t->here);
	dbsite_cell(&site, t->see, t->before);
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 0);
	assert_int_equal(plan_count(r.plan, PLAN_DRIFT, -1), 0);
	j = journal_of(r.plan, site.server.dir);
	assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
	dbsite_cell(&site, t->see, t->after);
	assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
	row_plan_expect(&opt, "");
	row_plan_verify(&opt, OUTCOME_DONE);
	assert_int_equal(rows_unmake(&r, j, NULL, NULL), OUTCOME_DONE);
	dbsite_cell(&site, t->see, t->before);
	journal_close(j);
	restore_close(&r);
}

#define SEE(columns)                                                           \
	"SELECT COALESCE(GROUP_CONCAT(" columns                                \
	" ORDER BY id SEPARATOR '|'), 'none') FROM nova.networks"
#define GONE "DELETE FROM nova.networks"

static const struct type types[] = {
	{ "columns in another order here",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(39), n "
	    "int,"
	    " dns2 varchar(39))",
	    "INSERT INTO networks VALUES (1, '10.2.116.14', 7, 'x')",
	    "ALTER TABLE nova.networks MODIFY dns2 varchar(39) FIRST, MODIFY n"
	    " int FIRST, ADD more int DEFAULT 5 FIRST",
	    SEE("id, dns1, n, dns2, more"), "110.2.116.147x5",
	    "110.2.15.37x5" },
	{ "the same, and the row is made",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(39), n "
	    "int,"
	    " dns2 varchar(39))",
	    "INSERT INTO networks VALUES (1, '10.2.116.14', 7, 'x')",
	    "ALTER TABLE nova.networks MODIFY dns2 varchar(39) FIRST, MODIFY n"
	    " int FIRST, ADD more int DEFAULT 5 FIRST; " GONE,
	    SEE("id, dns1, n, dns2, more"), "none", "110.2.15.37x5" },
	{ "generated columns on both sides",
	    "CREATE TABLE networks (v varchar(50) AS (CONCAT(dns1, '/v'))"
	    " VIRTUAL, id int PRIMARY KEY, s varchar(50) AS (CONCAT(dns1,"
	    " '/s')) STORED, dns1 varchar(39), w int AS (LENGTH(dns1)) VIRTUAL,"
	    " p int AS (id + 1) STORED, dns2 varchar(39))",
	    "INSERT INTO networks (id, dns1, dns2) VALUES (1, '10.2.116.14',"
	    " '10.2.116.14')",
	    NULL, SEE("v, ' ', s, ' ', w, ' ', p, ' ', dns2"),
	    "10.2.116.14/v 10.2.116.14/s 11 2 10.2.116.14",
	    "10.2.15.3/v 10.2.15.3/s 9 2 10.2.15.3" },
	{ "generated columns, and the row is made",
	    "CREATE TABLE networks (v varchar(50) AS (CONCAT(dns1, '/v'))"
	    " VIRTUAL, id int PRIMARY KEY, s varchar(50) AS (CONCAT(dns1,"
	    " '/s')) STORED, dns1 varchar(39), w int AS (LENGTH(dns1)) VIRTUAL,"
	    " dns2 varchar(39))",
	    "INSERT INTO networks (id, dns1, dns2) VALUES (1, '10.2.116.14',"
	    " 'x')",
	    GONE, SEE("v, ' ', s, ' ', w, ' ', dns2"), "none",
	    "10.2.15.3/v 10.2.15.3/s 9 x" },
	{ "character sets side by side: bytes stay",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(60) "
	    "CHARSET"
	    " latin1, dns2 varchar(60) CHARSET utf8mb3, gateway varchar(60)"
	    " CHARSET utf8mb4, label varchar(60) CHARSET ascii)",
	    "INSERT INTO networks VALUES (1, _latin1 X'e931302e322e3131362e3134"
	    "ff80', _utf8mb3 X'c3a92031302e322e3131362e3134', _utf8mb4 "
	    "X'f09f988031302e322e3131362e3134', 'x')",
	    NULL, SEE("HEX(dns1), ' ', HEX(dns2), ' ', HEX(gateway)"),
	    "E931302E322E3131362E3134FF80 C3A92031302E322E3131362E3134"
	    " F09F988031302E322E3131362E3134",
	    "E931302E322E31352E33FF80 C3A92031302E322E31352E33"
	    " F09F988031302E322E31352E33" },
	{ "character sets, and the row is made",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(60) "
	    "CHARSET"
	    " latin1, gateway varchar(60) CHARSET utf8mb4)",
	    "INSERT INTO networks VALUES (1, _latin1 X'e931302e322e3131362e3134"
	    "ff80', _utf8mb4 X'f09f988031302e322e3131362e3134')",
	    GONE, SEE("HEX(dns1), ' ', HEX(gateway)"), "none",
	    "E931302E322E31352E33FF80 F09F988031302E322E31352E33" },
	{ "NULL and empty are two",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(39),"
	    " dns2 varchar(39), gateway text)",
	    "INSERT INTO networks VALUES (1, NULL, '', '10.2.116.14'), (2, '',"
	    " NULL, '10.2.116.14'), (3, '10.2.116.14', NULL, '')",
	    NULL,
	    SEE("COALESCE(dns1, 'NULL'), ',', COALESCE(dns2, 'NULL'), ',',"
		" COALESCE(gateway, 'NULL')"),
	    "NULL,,10.2.116.14|,NULL,10.2.116.14|10.2.116.14,NULL,",
	    "NULL,,10.2.15.3|,NULL,10.2.15.3|10.2.15.3,NULL," },
	{ "NULL and empty, and the rows are made",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(39),"
	    " dns2 varchar(39), gateway text)",
	    "INSERT INTO networks VALUES (1, NULL, '', '10.2.116.14'), (2, '',"
	    " NULL, '\\\\N')",
	    GONE,
	    SEE("COALESCE(dns1, 'NULL'), ',', COALESCE(dns2, 'NULL'), ',',"
		" gateway"),
	    "none", "NULL,,10.2.15.3|,NULL,\\N" },
	{ "bytes: varbinary and blobs are text, too",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varbinary(39),"
	    " dns2 blob, gateway longblob)",
	    "INSERT INTO networks VALUES (1, '10.2.116.14', X'0031302e322e"
	    "3131362e313400ff', X'0a095c272231302e322e3131362e3134')",
	    NULL, SEE("dns1, ' ', HEX(dns2), ' ', HEX(gateway)"),
	    "10.2.116.14 0031302E322E3131362E313400FF"
	    " 0A095C272231302E322E3131362E3134",
	    "10.2.15.3 0031302E322E31352E3300FF"
	    " 0A095C272231302E322E31352E33" },
	{ "a blob of zero bytes and all others",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(39),"
	    " b blob)",
	    "INSERT INTO networks SELECT 1, '10.2.116.14', UNHEX(GROUP_CONCAT("
	    "LPAD(HEX(seq), 2, '0') ORDER BY seq SEPARATOR ''))"
	    " FROM seq_0_to_255",
	    GONE,
	    SEE("dns1, ' ', b = (SELECT UNHEX(GROUP_CONCAT(LPAD(HEX(seq), 2,"
		" '0') ORDER BY seq SEPARATOR '')) FROM seq_0_to_255)"),
	    "none", "10.2.15.3 1" },
	{ "fixed width: blanks and zero bytes at the end",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 char(20),"
	    " dns2 binary(15))",
	    "INSERT INTO networks VALUES (1, '10.2.116.14  ', '10.2.116.14')",
	    NULL, SEE("'[', dns1, '] ', HEX(dns2)"),
	    "[10.2.116.14] 31302E322E3131362E313400000000",
	    "[10.2.15.3] 31302E322E31352E33000000000000" },
	{ "fixed width in the key",
	    "CREATE TABLE networks (id int, dns1 binary(15), PRIMARY KEY (id,"
	    " dns1))",
	    "INSERT INTO networks VALUES (1, '10.2.116.14')", NULL,
	    SEE("HEX(dns1)"), "31302E322E3131362E313400000000",
	    "31302E322E31352E33000000000000" },
	{ "fixed width, and the row is made",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 char(20),"
	    " dns2 binary(15), gateway binary(3))",
	    "INSERT INTO networks VALUES (1, '10.2.116.14  ', '10.2.116.14',"
	    " X'0000')",
	    GONE, SEE("'[', dns1, '] ', HEX(dns2), ' ', HEX(gateway)"), "none",
	    "[10.2.15.3] 31302E322E31352E33000000000000 000000" },
	{ "zero dates, and dates of all kinds",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(39),"
	    " a datetime, b date, c timestamp NULL, d time, e year, f"
	    " datetime(6))",
	    "SET sql_mode = ''; INSERT INTO networks VALUES (1, '10.2.116.14',"
	    " '0000-00-00 00:00:00', '0000-00-00', '0000-00-00 00:00:00',"
	    " '-838:59:59', '0000', '2012-10-30 11:12:13.000001'), (2,"
	    " '10.2.116.14', '2012-00-01', '2012-02-00', NULL, NULL, 2012,"
	    " NULL)",
	    GONE,
	    SEE("dns1, ' ', a, ' ', b, ' ', COALESCE(c, '-'), ' ',"
		" COALESCE(d, '-'), ' ', e, ' ', COALESCE(f, '-')"),
	    "none",
	    "10.2.15.3 0000-00-00 00:00:00 0000-00-00 0000-00-00 00:00:00"
	    " -838:59:59 0000 2012-10-30 11:12:13.000001|10.2.15.3"
	    " 2012-00-01 00:00:00 2012-02-00 - - 2012 -" },
	{ "JSON, enum, set and bits",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 json, e"
	    " enum('10.2.116.14', 'b'), s set('x', 'y', 'z'), b bit(12))",
	    "INSERT INTO networks VALUES (1, '{\"b\":  \"10.2.116.14\",\"a\":"
	    "1.0}', 'b', 'x,z', b'100000000001')",
	    NULL, SEE("dns1, ' ', e, ' ', s, ' ', BIN(b)"),
	    "{\"b\":  \"10.2.116.14\",\"a\":1.0} b x,z 100000000001",
	    "{\"b\":  \"10.2.15.3\",\"a\":1.0} b x,z 100000000001" },
	{ "JSON, enum, set and bits, and the row is made",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 json, e"
	    " enum('10.2.116.14', 'b'), s set('x', 'y', 'z'), b bit(12))",
	    "INSERT INTO networks VALUES (1, '{\"b\":  \"10.2.116.14\",\"a\":"
	    "1.0}', 'b', 'x,z', b'100000000001')",
	    GONE, SEE("dns1, ' ', e, ' ', s, ' ', BIN(b)"), "none",
	    "{\"b\":  \"10.2.15.3\",\"a\":1.0} b x,z 100000000001" },
	{ "a key of many kinds",
	    "CREATE TABLE networks (id int, u bigint unsigned, d decimal(9,3),"
	    " t datetime, c char(4) CHARSET latin1, b varbinary(9), e enum('p',"
	    " 'q'), dns1 varchar(39), PRIMARY KEY (id, u, d, t, c, b, e))",
	    "INSERT INTO networks VALUES (-1, 18446744073709551615, -1.500,"
	    " '2012-10-30 11:12:13', X'e9', X'00ff5c', 'q', '10.2.116.14')",
	    NULL, SEE("u, ' ', d, ' ', t, ' ', HEX(c), HEX(b), e, ' ', dns1"),
	    "18446744073709551615 -1.500 2012-10-30 11:12:13 E900FF5Cq"
	    " 10.2.116.14",
	    "18446744073709551615 -1.500 2012-10-30 11:12:13 E900FF5Cq"
	    " 10.2.15.3" },
	{ "a time that the server sets stays",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(39), at"
	    " timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE"
	    " CURRENT_TIMESTAMP, at2 datetime NULL ON UPDATE"
	    " CURRENT_TIMESTAMP)",
	    "SET time_zone = '+00:00'; INSERT INTO networks VALUES (1,"
	    " '10.2.116.14', '2012-10-30 11:12:13', NULL)",
	    NULL, SEE("dns1, ' ', at, ' ', COALESCE(at2, '-')"),
	    "10.2.116.14 2012-10-30 11:12:13 -",
	    "10.2.15.3 2012-10-30 11:12:13 -" },
	{ "floats are not rounded",
	    "CREATE TABLE networks (id int PRIMARY KEY, dns1 varchar(39), f"
	    " float, d double, n decimal(30,10))",
	    "INSERT INTO networks VALUES (1, '10.2.116.14', 0.1, 1e-300,"
	    " 12345678901234567890.0123456789)",
	    GONE, SEE("dns1, ' ', f, ' ', d, ' ', n"), "none",
	    "10.2.15.3 0.1 1e-300 12345678901234567890.0123456789" },
};

static void
test_types(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		there_and_back(&types[i]);
}

/* Whatever a server's sessions begin with is not what novark's have. */
static void
test_modes(void **state)
{
	static const char *const modes[] = {
		("STRICT_ALL_TABLES,"
		 "NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO"),
		"NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,ANSI",
		"PAD_CHAR_TO_FULL_LENGTH", "TRADITIONAL,ORACLE"
	};
	static const struct type t = { "modes",
		"CREATE TABLE networks (id int PRIMARY KEY, dns1 char(60), dns2"
		" text, at datetime, k char(10), UNIQUE (k))",
		"INSERT INTO networks VALUES (1, '10.2.116.14', CONCAT("
		"X'5c4e275c5c220a', '10.2.116.14', X'5c'), '0000-00-00',"
		" 'k  ')",
		NULL,
		SEE("'[', RTRIM(dns1), ']', HEX(dns2), ' ', at, ' ',"
		    " RTRIM(k)"),
		"[10.2.116.14]5C4E275C5C220A31302E322E3131362E31345C"
		" 0000-00-00 00:00:00 k",
		"[10.2.15.3]5C4E275C5C220A31302E322E31352E335C"
		" 0000-00-00 00:00:00 k" };
	struct type one;
	char sql[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		snprintf(
		    sql, sizeof(sql), "SET GLOBAL sql_mode = '%s'", modes[i]);
		mariadb_sql(&site.server, sql);
		one = t;
		one.what = modes[i];
		there_and_back(&one);
		one.here = GONE;
		one.before = "none";
		there_and_back(&one);
	}
	mariadb_sql(&site.server, "SET GLOBAL sql_mode = DEFAULT");
}

/* An enum has no other value than its own: the map gives it one of them, or it
 * is a finding. */
static const struct {
	const char *type, *value;
	unsigned findings;
} enums[] = {
	{ "enum('10.2.116.14', 'b')", "10.2.116.14", 1 },
	{ "enum('10.2.116.14', '10.2.15.30', '10.2.15.3''', '10.2.15')",
	    "10.2.116.14", 1 },
	{ "enum('10.2.116.14', '10.2.15.3')", "10.2.116.14", 0 },
	{ "enum('it''s', '10.2.15.3', '10.2.116.14')", "10.2.116.14", 0 },
	{ "set('b', '10.2.116.14')", "b,10.2.116.14", 1 },
	{ "set('b', '10.2.116.14', '10.2.15.3')", "b,10.2.116.14", 0 },
};

static void
test_enum(void **state)
{
	struct restore r;
	char create[200], insert[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(enums) / sizeof(enums[0]); i++) {
		print_message("%s\n", enums[i].type);
		snprintf(create, sizeof(create),
		    "CREATE TABLE networks (id int PRIMARY KEY, dns1 %s)",
		    enums[i].type);
		snprintf(insert, sizeof(insert),
		    "INSERT INTO networks VALUES (1, '%s')", enums[i].value);
		begin(create, insert, NULL);
		row_plan_open(&opt, &r);
		assert_int_equal(
		    plan_count(r.plan, PLAN_FINDING, -1), enums[i].findings);
		assert_int_equal(
		    row_plan_says(r.plan, "it is none of those that"),
		    enums[i].findings);
		restore_close(&r);
		if (enums[i].findings == 0) {
			row_plan_apply(&opt, site.server.dir);
			row_plan_verify(&opt, OUTCOME_DONE);
		}
	}
}

/* A row that is longer than a reader takes is not captured. */
static void
test_too_long(void **state)
{

	(void)state;
	begin("CREATE TABLE networks (id int PRIMARY KEY, dns1 longtext)"
	      " ENGINE=MyISAM",
	    "INSERT INTO networks VALUES (7, '10.2.116.14')", NULL);
	mariadb_sql(&site.server,
	    "SET GLOBAL max_allowed_packet = 256 * 1024 * 1024;"
	    "SET @a = REPEAT('x', 8 * 1024 * 1024);"
	    "UPDATE nova.networks SET dns1 = '';"
	    "UPDATE nova.networks SET dns1 = CONCAT(@a, @a);"
	    "ALTER TABLE nova.networks ADD k longtext");
	mysql_close(site.server.mysql);
	assert_non_null(site.server.mysql = mysql_init(NULL));
	assert_non_null(mysql_real_connect(site.server.mysql, NULL, "root", "",
	    NULL, 0, site.server.socket, CLIENT_MULTI_STATEMENTS));
	mariadb_sql(&site.server,
	    "UPDATE nova.networks SET dns1 = REPEAT('x', 80 * 1024 * 1024)");
	warn_forget();
	assert_int_equal(dbsite_take(&site), OUTCOME_FAILED);
	assert_true(said_any("row:nova.networks:7: column dns1 has 83886080"
			     " bytes, and a row of a bundle 33554432"));
	assert_true(said_any("--not 'table:nova.networks'"));
	/* Of bytes that are written with two. */
	mariadb_sql(&site.server,
	    "UPDATE nova.networks SET dns1 = REPEAT(CHAR(9), 40 * 1024 *"
	    " 1024)");
	warn_forget();
	assert_int_equal(dbsite_take(&site), OUTCOME_FAILED);
	assert_true(said_any("column dns1 has 41943040 bytes"));
	/* Just short enough. */
	mariadb_sql(&site.server,
	    "UPDATE nova.networks SET dns1 = REPEAT('x', 30 * 1024 * 1024)");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_modes),
		cmocka_unit_test(test_enum),
		cmocka_unit_test(test_too_long),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	dbsite_write(site.root, "etc/keystone/keystone.conf", "[sql]\n");
	warn_quiet(1);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
