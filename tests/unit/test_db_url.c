#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_login.h"
#include "archive/database/db_url.h"

static void
same(const char *url, const char *what, const char *got, const char *want)
{

	if (got == NULL || want == NULL ? got != want : strcmp(got, want) != 0)
		fail_msg("%s: %s is %s, not %s", url, what,
		    got == NULL ? "absent" : got,
		    want == NULL ? "absent" : want);
}

static const struct {
	const char *url, *user, *password, *host, *schema, *socket;
	unsigned int port;
	int tcp;
} good[] = {
	{ "mysql://nova:pw@10.2.116.14/nova", "nova", "pw", "10.2.116.14",
	    "nova", NULL, 0, 0 },
	{ "mysql://nova:pw@10.2.116.14:3307/nova?charset=utf8", "nova", "pw",
	    "10.2.116.14", "nova", NULL, 3307, 0 },
	{ "mysql+pymysql://nova:p%40ss@ctl/nova?charset=utf8", "nova", "p@ss",
	    "ctl", "nova", NULL, 0, 1 },
	{ "mysql+mysqldb://n:x@h/d", "n", "x", "h", "d", NULL, 0, 0 },
	{ "mariadb+pymysql://n:x@h/d", "n", "x", "h", "d", NULL, 0, 1 },
	{ "MySQL://n:x@h/d", "n", "x", "h", "d", NULL, 0, 0 },
	{ "mysql://nova:p@ss:w@h/d", "nova", "p@ss:w", "h", "d", NULL, 0, 0 },
	{ "mysql://nova:a/b@h/d", "nova", "a/b", "h", "d", NULL, 0, 0 },
	{ "mysql://nova:a%2Fb%3a@h/d", "nova", "a/b:", "h", "d", NULL, 0, 0 },
	{ "mysql://nova:100%@h/d", "nova", "100%", "h", "d", NULL, 0, 0 },
	{ "mysql://nova:a%zz@h/d", "nova", "a%zz", "h", "d", NULL, 0, 0 },
	{ "mysql://nova:@h/d", "nova", "", "h", "d", NULL, 0, 0 },
	{ "mysql://nova@h/d", "nova", NULL, "h", "d", NULL, 0, 0 },
	{ "mysql://h/d", NULL, NULL, "h", "d", NULL, 0, 0 },
	{ "mysql:///d", NULL, NULL, NULL, "d", NULL, 0, 0 },
	{ "mysql://n:x@[2001:db8::e]:3306/d", "n", "x", "2001:db8::e", "d",
	    NULL, 3306, 0 },
	{ "mysql://n:x@[2001:db8::e]/d", "n", "x", "2001:db8::e", "d", NULL, 0,
	    0 },
	{ "mysql://n:x@/d?unix_socket=/run/mysqld/s.sock&charset=utf8", "n",
	    "x", NULL, "d", "/run/mysqld/s.sock", 0, 0 },
	{ "mysql://n:x@h/d?charset=utf8&unix_socket=%2Ftmp%2Fs", "n", "x", "h",
	    "d", "/tmp/s", 0, 0 },
	{ "mysql://n:x@h/d?mail=a@b", "n", "x", "h", "d", NULL, 0, 0 },
	{ "mysql://n:x@h:/d", "n", "x", "h", "d", NULL, 0, 0 },
	{ "mysql://n:x@h/no%76a", "n", "x", "h", "nova", NULL, 0, 0 },
};

static void
test_good(void **state)
{
	struct db_url u;
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (db_url_parse(good[i].url, &u, &why))
			fail_msg("%s: %s", good[i].url, why);
		same(good[i].url, "user", u.user, good[i].user);
		same(good[i].url, "password", u.password, good[i].password);
		same(good[i].url, "host", u.host, good[i].host);
		same(good[i].url, "schema", u.schema, good[i].schema);
		same(good[i].url, "socket", u.socket, good[i].socket);
		assert_int_equal(u.port, good[i].port);
		assert_int_equal(u.tcp, good[i].tcp);
		db_url_free(&u);
		assert_null(u.password);
	}
}

static const struct {
	const char *url, *why;
} bad[] = {
	{ "", "is no database URL" },
	{ "nova:hidden@h/d", "is no database URL" },
	{ "sqlite:////var/lib/nova/nova.sqlite", "neither MySQL" },
	{ "postgresql://n:hidden@h/d", "neither MySQL" },
	{ "mysqlx://n:hidden@h/d", "neither MySQL" },
	{ "://n:hidden@h/d", "neither MySQL" },
	{ "mysql://n:hidden@h", "no schema" },
	{ "mysql://n:hidden@h/", "no schema" },
	{ "mysql://n:hidden@h/?charset=utf8", "no schema" },
	{ "mysql://n:hidden@h?charset=utf8", "no schema" },
	{ "mysql://n:hidden@h:99999/d", "host or port" },
	{ "mysql://n:hidden@h:3306x/d", "host or port" },
	{ "mysql://n:hidden@h:123456/d", "host or port" },
	{ "mysql://n:hidden@[::1/d", "host or port" },
	{ "mysql://n:hidden@[::1]x/d", "host or port" },
	{ "mysql://n:hid%00den@h/d", "user or password" },
	{ "mysql://n:hidden@h/d?unix_socket=%00", "options" },
};

static void
test_bad(void **state)
{
	struct db_url u;
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (db_url_parse(bad[i].url, &u, &why) == 0)
			fail_msg("%s: taken", bad[i].url);
		if (strstr(why, bad[i].why) == NULL)
			fail_msg("%s: %s", bad[i].url, why);
		assert_null(strstr(why, "hid"));
		assert_null(u.password);
		assert_null(u.host);
	}
}

/* URL, what the options file says, and the way in that comes of both. */
static const struct {
	const char *url, *host, *socket, *user, *password;
	unsigned int port;
	const char *label, *luser, *lpassword;
} logins[] = {
	{ "mysql://n:x@10.2.116.14/d", NULL, NULL, NULL, NULL, 0,
	    "tcp:10.2.116.14:3306", "n", "x" },
	{ "mysql://n:x@10.2.116.14:3307/d", NULL, NULL, NULL, NULL, 0,
	    "tcp:10.2.116.14:3307", "n", "x" },
	{ "mysql://n:x@[2001:db8::e]/d", NULL, NULL, NULL, NULL, 0,
	    "tcp:[2001:db8::e]:3306", "n", "x" },
	{ "mysql://n:x@localhost/d", NULL, NULL, NULL, NULL, 0,
	    "unix:(default)", "n", "x" },
	{ "mysql+pymysql://n:x@localhost/d", NULL, NULL, NULL, NULL, 0,
	    "tcp:localhost:3306", "n", "x" },
	{ "mysql:///d", NULL, NULL, NULL, NULL, 0, "unix:(default)", NULL,
	    NULL },
	{ "mysql://n:x@h/d?unix_socket=/s", NULL, NULL, NULL, NULL, 0,
	    "unix:/s", "n", "x" },
	{ "mysql://n:x@h/d", NULL, "/t", NULL, NULL, 0, "unix:/t", "n", "x" },
	{ "mysql://n:x@h/d?unix_socket=/s", NULL, "/t", NULL, NULL, 0,
	    "unix:/t", "n", "x" },
	{ "mysql://n:x@h/d?unix_socket=/s", "g", NULL, NULL, NULL, 0,
	    "tcp:g:3306", "n", "x" },
	{ "mysql://n:x@h/d", "g", "/t", NULL, NULL, 0, "tcp:g:3306", "n", "x" },
	{ "mysql://n:x@h/d", "localhost", "/t", NULL, NULL, 0, "unix:/t", "n",
	    "x" },
	{ "mysql+pymysql://n:x@h/d", "localhost", NULL, NULL, NULL, 0,
	    "unix:(default)", "n", "x" },
	{ "mysql://n:x@h:1/d", "g", NULL, NULL, NULL, 0, "tcp:g:1", "n", "x" },
	{ "mysql://n:x@h:1/d", "g", NULL, NULL, NULL, 2, "tcp:g:2", "n", "x" },
	{ "mysql://n:x@h/d", NULL, NULL, "root", "r", 0, "tcp:h:3306", "root",
	    "r" },
	{ "mysql://n:x@h/d", NULL, NULL, "root", NULL, 0, "tcp:h:3306", "root",
	    NULL },
	{ "mysql://n:x@h/d", NULL, NULL, NULL, "", 0, "tcp:h:3306", "n", "" },
};

static void
test_login(void **state)
{
	struct db_defaults d;
	struct db_login l;
	struct db_url u;
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(logins) / sizeof(logins[0]); i++) {
		memset(&d, 0, sizeof(d));
		d.host = logins[i].host ? strdup(logins[i].host) : NULL;
		d.socket = logins[i].socket ? strdup(logins[i].socket) : NULL;
		d.user = logins[i].user ? strdup(logins[i].user) : NULL;
		if (logins[i].password != NULL)
			d.password = strdup(logins[i].password);
		d.port = logins[i].port;
		assert_int_equal(db_url_parse(logins[i].url, &u, &why), 0);
		assert_int_equal(db_login_set(&l, &u, &d), 0);
		same(logins[i].url, "label", l.label, logins[i].label);
		same(logins[i].url, "user", l.user, logins[i].luser);
		same(
		    logins[i].url, "password", l.password, logins[i].lpassword);
		db_login_free(&l);
		db_url_free(&u);
		db_defaults_free(&d);
	}
}

static const char options[] = "# a comment\n"
			      "[mysqld]\n"
			      "user = wrong\n"
			      "[client]\n"
			      "user = root\n"
			      "password = \"a\\\"b # c\"\n"
			      "; another\n"
			      "port=3307\n"
			      "[mysqldump]\n"
			      "socket = /wrong\n"
			      "[novark]\n"
			      "  socket =  /run/s  \n"
			      "host='h'\n"
			      "quick\n";

static void
write_file(char *path, const char *text)
{
	FILE *f;
	int fd;

	snprintf(path, 64, "%s", "/tmp/novark-defaults-XXXXXX");
	assert_true((fd = mkstemp(path)) >= 0);
	assert_non_null(f = fdopen(fd, "w"));
	fputs(text, f);
	fclose(f);
}

static void
test_defaults(void **state)
{
	struct db_defaults d;
	char path[64];

	(void)state;
	write_file(path, options);
	assert_int_equal(db_defaults_read(path, &d), 0);
	assert_string_equal(d.user, "root");
	assert_string_equal(d.password, "a\"b # c");
	assert_string_equal(d.socket, "/run/s");
	assert_string_equal(d.host, "h");
	assert_int_equal(d.port, 3307);
	db_defaults_free(&d);
	remove(path);
	write_file(path, "[client]\nport=many\n");
	assert_int_equal(db_defaults_read(path, &d), -1);
	remove(path);
	assert_int_equal(db_defaults_read(path, &d), -1);
	assert_int_equal(db_defaults_read("/", &d), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_login),
		cmocka_unit_test(test_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
