#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/mask.h"
#include "archive/address/place_walk.h"
#include "archive/address/secret.h"
#include "archive/warn.h"

/* What is masked, as its text would be shown. */
struct shown {
	const char *in, *out;
};

static void
check(enum place_format format, const struct shown *cases, size_t n)
{
	struct buf b = BUF_EMPTY;
	size_t i;

	for (i = 0; i < n; i++) {
		buf_clear(&b);
		assert_int_equal(buf_adds(&b, ""), 0);
		assert_int_equal(
		    mask_item(format, cases[i].in, strlen(cases[i].in), &b), 0);
		assert_string_equal(b.data, cases[i].out);
	}
	buf_free(&b);
}
#define CHECK(format, cases)                                                   \
	check(format, cases, sizeof(cases) / sizeof((cases)[0]))

static void
names(void **state)
{
	static const struct {
		const char *name;
		int secret, spaced;
	} cases[] = {
		{ "password", 1, 1 },
		{ "OS_PASSWORD", 1, 1 },
		{ "adminPass", 1, 1 },
		{ "serverToken", 1, 1 },
		{ "PresharedKey", 1, 1 },
		{ "AuthLDAPBindPassword", 1, 1 },
		{ "key2", 1, 0 },
		{ "wep-key0", 1, 1 },
		{ "password_0", 1, 1 },
		{ "kek", 1, 0 },
		{ "psk", 1, 1 },
		{ "wpa-psk", 1, 1 },
		{ "wsrep_sst_auth", 1, 0 },
		{ "setcookie", 1, 1 },
		{ "swift_hash_path_suffix", 1, 0 },
		{ "key", 1, 0 },
		{ "token", 1, 0 },
		{ "bearer", 0, 1 },
		{ "basic", 0, 1 },
		{ "publicKey", 0, 1 },
		{ "public_key", 0, 1 },
		{ "secret_uuid", 0, 0 },
		{ "password_expires_at", 0, 0 },
		{ "keys", 0, 0 },
		{ "monkey", 0, 0 },
		{ "my_ip", 0, 0 },
		{ "2", 0, 0 },
		{ "", 0, 0 },
	};
	char longer[2000];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (place_is_secret(cases[i].name) != cases[i].secret)
			fail_msg("secret by its name: %s", cases[i].name);
		if (place_name_spaced(cases[i].name, strlen(cases[i].name)) !=
		    cases[i].spaced)
			fail_msg("word before one: %s", cases[i].name);
	}
	/* Judged by its end. */
	memset(longer, 'a', sizeof(longer));
	memcpy(longer + sizeof(longer) - 5, "Pass", 5);
	assert_true(place_is_secret(longer));
	/* Far from its end. */
	memset(longer, '_', sizeof(longer));
	memcpy(longer, "password", 8);
	longer[1000] = '\0';
	assert_true(place_is_secret(longer));
	longer[1000] = '_';
	longer[sizeof(longer) - 1] = '\0';
	assert_false(place_is_secret(longer));
}

static void
lines(void **state)
{
	static const struct shown cases[] = {
		{ "auth-pass mymaster x", "auth-pass mymaster ***" },
		{ "sentinel auth-pass mymaster x",
		    "sentinel auth-pass mymaster ***" },
		{ "  stats auth admin:x", "  stats auth admin:***" },
		{ "user a insecure-password x",
		    "user a insecure-password ***" },
		{ "user default on >x ~* +@all",
		    "user default on >*** ~* +@all" },
		{ "echo a >x", "echo a >x" },
		{ "SetEnv OS_PASSWORD x", "SetEnv OS_PASSWORD ***" },
		{ "AuthLDAPBindPassword \"x y\" z",
		    "AuthLDAPBindPassword \"***\" z" },
		{ "A=\"-setcookie x\"", "A=\"-setcookie ***\"" },
		{ "Authorization \"Basic eHh4\";",
		    "Authorization \"Basic ***\";" },
		{ "Authorization: Bearer x.y.z", "Authorization: Bearer ***" },
		{ "wpa-psk x", "wpa-psk ***" },
		{ "run --password x --at y", "run --password *** --at y" },
		{ "curl -u a:x http://h/", "curl -u a:*** http://h/" },
		{ "curl -u a http://h/", "curl -u a http://h/" },
		{ "curl --user 'a:x y'", "curl --user 'a:***'" },
		{ "thing -u h:8080", "thing -u h:8080" },
		{ "mysql -ua -px -h h", "mysql -ua -p*** -h h" },
		{ "cd / && mariadb-dump -px", "cd / && mariadb-dump -p***" },
		{ "ssh -p22 h", "ssh -p22 h" },
		{ "('user', 'a'), ('password', 'x')",
		    "('user', 'a'), ('password', '***')" },
		{ "['name', 'x']", "['name', 'x']" },
		{ "a:$6$abcdefgh$ijklmnop:1", "a:***:1" },
		{ "a:{SSHA}abcdefghijk", "a:***" },
		{ "costs $6 or {SHA}", "costs $6 or {SHA}" },
		/* What is none: paths, addresses, options, small numbers. */
		{ "ssl_certificate_key /etc/k.pem;",
		    "ssl_certificate_key /etc/k.pem;" },
		{ "the_token 10.2.116.14", "the_token 10.2.116.14" },
		{ "ask_password -x", "ask_password -x" },
		{ "max_key 5", "max_key 5" },
		{ "max_password 123456", "max_password ***" },
		{ "auth_token http://h:1/", "auth_token http://h:1/" },
		{ "password", "password" },
		{ "stats auth", "stats auth" },
		{ "auth-pass", "auth-pass" },
		{ "auth-pass one", "auth-pass one" },
		{ "mysql -p", "mysql -p" },
	};

	(void)state;
	CHECK(PLACE_TEXT, cases);
}

static void
keys(void **state)
{
	static const struct shown cases[] = {
		{ "-----BEGIN PRIVATE KEY-----\nQUJD\nREVG\n"
		  "-----END PRIVATE KEY-----\n",
		    "-----BEGIN PRIVATE KEY-----***"
		    "-----END PRIVATE KEY-----\n" },
		{ "a\n-----BEGIN RSA PRIVATE KEY-----\nQUJD",
		    "a\n-----BEGIN RSA PRIVATE KEY-----***" },
		{ "-----BEGIN PGP PRIVATE KEY BLOCK-----\nx\n-----END",
		    "-----BEGIN PGP PRIVATE KEY BLOCK-----***-----END" },
		{ "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----"
		  "\n-----BEGIN EC PRIVATE KEY-----\\nQUJD\\n-----END EC",
		    "-----BEGIN CERTIFICATE-----\nQUJD\n-----END "
		    "CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----***"
		    "-----END EC" },
		{ "-----BEGIN PUBLIC KEY-----\nQUJD\n",
		    "-----BEGIN PUBLIC KEY-----\nQUJD\n" },
		{ "-----BEGIN PRIVATE KEY-----",
		    "-----BEGIN PRIVATE KEY-----" },
		{ "-----BEGIN ", "-----BEGIN " },
	};
	static const struct shown json[] = {
		{ "{\"pem\": \"-----BEGIN PRIVATE KEY-----\\nQUJD\\n"
		  "-----END PRIVATE KEY-----\\n\", \"a\": 1}",
		    "{\"pem\": \"-----BEGIN PRIVATE KEY-----***"
		    "-----END PRIVATE KEY-----\\n\", \"a\": 1}" },
	};

	(void)state;
	CHECK(PLACE_TEXT, cases);
	CHECK(PLACE_JSON, json);
}

/* "password=abcdefghijkl" and what is none, in every coded form. */
static void
coded(void **state)
{
	static const struct shown cases[] = {
		{ "a = cGFzc3dvcmQ9YWJjZGVmZ2hpamts;", "a = ***;" },
		{ "a = cGFzc3dvcmQ9YWJjZGVmZ2hpamts", "a = ***" },
		{ "a=70617373776f72643d6162636465666768696a6b6c.", "a=***." },
		{ "a=cGFzc3dvcmQ9YWJjZGVmZ2hpamtsbQ==,", "a=***," },
		{ "q=%7B%22password%22%3A%22a.b%22%7D", "q=***" },
		{ "a: 70617373776f72643d6162636465666768696a6b6c", "a: ***" },
		{ "a: 70617373776F72643D6162636465666768696A6B6C", "a: ***" },
		{ "q: %7B%22password%22%3A%22abc%22%7D", "q: ***" },
		/* "nothing to be hidden here" */
		{ "a = bm90aGluZyB0byBiZSBoaWRkZW4gaGVyZQ==",
		    "a = bm90aGluZyB0byBiZSBoaWRkZW4gaGVyZQ==" },
		{ "p: /var/lib/nova/instances/instance-0000005f",
		    "p: /var/lib/nova/instances/instance-0000005f" },
		{ "u: 100%25", "u: 100%25" },
		{ "", "" },
	};
	/* '#cloud-config\nhostname: web1.example.com\npassword: abcdefghijkl\n'
	 * over two lines; and with what follows it. */
	static const struct shown wrapped[] = {
		{ "I2Nsb3VkLWNvbmZpZwpob3N0bmFtZTogd2ViMS5leGFt\n"
		  "  cGxlLmNvbQpwYXNzd29yZDogYWJjZGVmZ2hpamtsCg==\nnext: a\n",
		    "***\nnext: a\n" },
	};

	(void)state;
	CHECK(PLACE_TEXT, cases);
	CHECK(PLACE_TEXT, wrapped);
}

static int
has_x(const char *bytes, size_t len)
{

	return memchr(bytes, 'X', len) != NULL;
}

static int
out_of_memory(const char *bytes, size_t len)
{

	(void)bytes;
	(void)len;
	return -1;
}

/* Where it is, and what is passed on. */
static void
coded_places(void **state)
{
	/* "1234567890X12345" at 4. */
	static const char text[] = "abc MTIzNDU2Nzg5MFgxMjM0NQ== def";
	size_t pos = 0, off = 0, len = 0;

	(void)state;
	assert_int_equal(
	    secret_coded(text, strlen(text), has_x, &pos, &off, &len), 1);
	assert_int_equal(off, 4);
	assert_int_equal(len, 24);
	assert_int_equal(
	    secret_coded(text, strlen(text), has_x, &pos, &off, &len), 0);
	assert_int_equal(pos, strlen(text));
	pos = 0;
	assert_int_equal(
	    secret_coded(text, strlen(text), out_of_memory, &pos, &off, &len),
	    -1);
}

/* In JSON a secret may be a number, and stand in a list. */
static void
json(void **state)
{
	static const struct shown cases[] = {
		{ "{\"pin_key\": 1234, \"a\": 5, \"b_key\": null}",
		    "{\"pin_key\": ***, \"a\": 5, \"b_key\": null}" },
		{ "{\"user_token\": [12, \"x\", true], \"c\": [3]}",
		    "{\"user_token\": [***, \"***\", true], \"c\": [3]}" },
		{ "{\"serverToken\": \"x\"}", "{\"serverToken\": \"***\"}" },
	};

	(void)state;
	CHECK(PLACE_JSON, cases);
}

/* Settings that begin with a secret, and one that has no secret's name. */
static void
options(void **state)
{
	static const struct shown cases[] = {
		{ "[filter:tempauth]\nuser_a_b = x .admin http://h/\n",
		    "[filter:tempauth]\nuser_a_b = *** .admin http://h/\n" },
		{ "[filter:tempauth]\nuser_a_b = x\nuser_ = y\n",
		    "[filter:tempauth]\nuser_a_b = ***\nuser_ = y\n" },
		{ "[other]\nuser_a_b = x .admin\n",
		    "[other]\nuser_a_b = x .admin\n" },
		{ "[p11_crypto_plugin]\nlogin = x\n[a]\nlogin = y\n",
		    "[p11_crypto_plugin]\nlogin = ***\n[a]\nlogin = y\n" },
	};

	(void)state;
	CHECK(PLACE_INI, cases);
}

/* A long line of nothing but secrets, and one of nothing that is one, cost no
 * more than their length. */
static void
cost(void **state)
{
	static const char *const pieces[] = { "key=x ", "--password x ",
		"-u a:b ", "$6$", "Zm9v", "%41", "-----BEGIN ", "mysql -p",
		"('password', '", "password ", "=" };
	struct buf b = BUF_EMPTY;
	/* Valgrind looks at the memory, not at the time. */
	size_t i, n, len = getenv("NOVARK_SLOW") != NULL ? 8000 : 200000;
	char *text;

	(void)state;
	text = malloc(len + 1);
	assert_non_null(text);
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		n = strlen(pieces[i]);
		for (size_t at = 0; at < len; at += n)
			memcpy(
			    text + at, pieces[i], len - at < n ? len - at : n);
		buf_clear(&b);
		assert_int_equal(mask_value(PLACE_PLAIN, text, len, &b), 0);
	}
	free(text);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(lines),
		cmocka_unit_test(keys),
		cmocka_unit_test(coded),
		cmocka_unit_test(coded_places),
		cmocka_unit_test(json),
		cmocka_unit_test(options),
		cmocka_unit_test(cost),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
