#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "tests/unit/place_list.h"

static void
ini(void **state)
{
	static const struct walk_case cases[] = {
		{ PLACE_INI, "", "" },
		{ PLACE_INI, "\n\n", "" },
		{ PLACE_INI, "my_ip=1", "[DEFAULT] my_ip|p|1\n" },
		{ PLACE_INI, "my_ip = 1\n", "[DEFAULT] my_ip|p|1\n" },
		{ PLACE_INI, "  my_ip = 1\n", "[DEFAULT] my_ip|p|1\n" },
		{ PLACE_INI, "my_ip : 1=2\n", "[DEFAULT] my_ip|p|1=2\n" },
		{ PLACE_INI, "my_ip = 1:2\n", "[DEFAULT] my_ip|p|1:2\n" },
		{ PLACE_INI, "[vnc]\nserver_listen=1\n[a b]\nc=2",
		    "[vnc] server_listen|p|1\n[a b] c|p|2\n" },
		{ PLACE_INI, "[a]\nb=1\n[c]\nb=2\n[a]\nb=3\nb=4\n",
		    "[a] b|p|1\n[c] b|p|2\n[a] b#2|p|3\n[a] b#3|p|4\n" },
		{ PLACE_INI, "a=1\n[DEFAULT]\na=2\n",
		    "[DEFAULT] a|p|1\n[DEFAULT] a#2|p|2\n" },
		{ PLACE_INI, "a=1,\n  2,\n\t3\nb=4\n",
		    "[DEFAULT] a|p|1,\n  2,\n\t3\n[DEFAULT] b|p|4\n" },
		{ PLACE_INI, "a=\n  1\n", "[DEFAULT] a|p|1\n" },
		{ PLACE_INI, "a=1\n\n  2\n", "[DEFAULT] a|p|1\nline 3|p|2\n" },
		{ PLACE_INI, "a=1\n  # 2\nb=3\n",
		    "[DEFAULT] a|p|1\n  # 2\n[DEFAULT] b|p|3\n" },
		{ PLACE_INI, "a=1\r\n 2\r\nb=3\r\n",
		    "[DEFAULT] a|p|1\r\n 2\n[DEFAULT] b|p|3\n" },
		{ PLACE_INI, "#x\n;y\n # z\na=1 # in\n",
		    "line 1|c|#x\nline 2|c|;y\nline 3|c|# z\n"
		    "[DEFAULT] a|p|1 # in\n" },
		{ PLACE_INI, "a=1\n 2\nno option\n",
		    "[DEFAULT] a|p|1\n 2\nline 3|p|no option\n" },
		{ PLACE_INI, "a=\nb=\"1\"\n", "[DEFAULT] b|p|\"1\"\n" },
		{ PLACE_INI, "[switch:1.2.3.4]\na=1\n",
		    "line 1|p|[switch:1.2.3.4]\n[switch:1.2.3.4] a|p|1\n" },
		{ PLACE_INI, "1.2.3.4 = x\n",
		    "line 1|p|1.2.3.4\n[DEFAULT] 1.2.3.4|p|x\n" },
		{ PLACE_INI, "[broken\na=1\n", "[broken] a|p|1\n" },
		{ PLACE_INI, "[\na=1\n", "[] a|p|1\n" },
		{ PLACE_INI, "=1\n", "[DEFAULT] |p|1\n" },
		{ PLACE_INI, "host=a\nmy_host=b\nHOST=c\n[vnc]\nhost=d\n",
		    "[DEFAULT] host|h|a\n[DEFAULT] my_host|p|b\n"
		    "[DEFAULT] HOST|p|c\n[vnc] host|p|d\n" },
		{ PLACE_INI, "[lvm]\nbackend_host=a\n",
		    "[lvm] backend_host|h|a\n" },
		{ PLACE_INI,
		    "rabbit_password=a\n[x]\nssh-key=b\nconnection=c\n",
		    "[DEFAULT] rabbit_password|s|a\n[x] ssh-key|s|b\n"
		    "[x] connection|p|c\n" },
		{ PLACE_INI,
		    "flat_network_bridge=b\n[ovs]\nintegration_bridge=c\n",
		    "[DEFAULT] flat_network_bridge|b|b\n"
		    "[ovs] integration_bridge|b|c\n" },
	};

	(void)state;
	CHECK(cases);
}

static void
flags(void **state)
{
	static const struct walk_case cases[] = {
		{ PLACE_FLAGS, "--my_ip=1\n--a=2\n--a=3\n",
		    "--my_ip|p|1\n--a|p|2\n--a#2|p|3\n" },
		{ PLACE_FLAGS, "--verbose\n--nodaemon\n", "" },
		{ PLACE_FLAGS, "--my_ip 1\n-my_ip=2\n",
		    "--my_ip|p|1\n-my_ip|p|2\n" },
		{ PLACE_FLAGS, " --my_ip = 1\n", "--my_ip|p|= 1\n" },
		{ PLACE_FLAGS, "#--a=1\n// b\n",
		    "line 1|c|#--a=1\nline 2|c|// b\n" },
		{ PLACE_FLAGS, "--a=b:1=2\n", "--a|p|b:1=2\n" },
		{ PLACE_FLAGS, "--a=1\n  --b=2\n", "--a|p|1\n--b|p|2\n" },
		{ PLACE_FLAGS, "a=1\n[s]\nb=2\n--c=3\n",
		    "[DEFAULT] a|p|1\n[s] b|p|2\n--c|p|3\n" },
		{ PLACE_FLAGS,
		    "--host=a\n--rabbit_password=b\n"
		    "--flat_network_bridge=c\n",
		    "--host|h|a\n--rabbit_password|s|b\n"
		    "--flat_network_bridge|b|c\n" },
		{ PLACE_FLAGS, "--a=\n", "" },
	};

	(void)state;
	CHECK(cases);
}

static void
text(void **state)
{
	static const struct walk_case cases[] = {
		{ PLACE_TEXT, "", "" },
		{ PLACE_TEXT, "a b\n\n c \r\n", "line 1|p|a b\nline 3|p|c\n" },
		{ PLACE_TEXT, "# a\nb # c\nd#e\n",
		    "line 1|c|# a\nline 2|p|b \nline 2|c|# c\nline 3|p|d#e\n" },
		{ PLACE_TEXT, "export OS_PASSWORD=a b\n",
		    "line 1|p|export OS_PASSWORD=\nline 1|s|a b\n" },
		{ PLACE_TEXT, "x --password=a b\n",
		    "line 1|p|x --password=\nline 1|s|a\nline 1|p| b\n" },
		{ PLACE_TEXT, "'PASSWORD': 'a b', 'HOST': 'c'\n",
		    "line 1|p|'PASSWORD': '\nline 1|s|a b\n"
		    "line 1|p|', 'HOST': 'c'\n" },
		{ PLACE_TEXT, "{\\\"password\\\": \\\"a\\\", \\\"b\\\": 1}\n",
		    "line 1|p|{\\\"password\\\": \\\"\nline 1|s|a\n"
		    "line 1|p|\\\", \\\"b\\\": 1}\n" },
		{ PLACE_TEXT, "password=\n", "line 1|p|password=\n" },
		{ PLACE_TEXT, "token:a,secret:b\n",
		    "line 1|p|token:\nline 1|s|a,secret:b\n" },
		{ PLACE_TEXT, "x token:a,secret:b\n",
		    "line 1|p|x token:\nline 1|s|a\nline 1|p|,secret:\n"
		    "line 1|s|b\n" },
		{ PLACE_TEXT, "  incominguser nova pw x\n",
		    "line 1|p|incominguser nova \nline 1|s|pw x\n" },
		{ PLACE_TEXT, "  auth_pass a b\nrequirepass  c\npassword d\n",
		    "line 1|p|auth_pass \nline 1|s|a b\n"
		    "line 2|p|requirepass  \nline 2|s|c\n"
		    "line 3|p|password \nline 3|s|d\n" },
		{ PLACE_TEXT, "password = a\n",
		    "line 1|p|password = \nline 1|s|a\n" },
		{ PLACE_TEXT, "{default_pass, <<\"a\">>}, {b, <<\"c\">>}\n",
		    "line 1|p|{default_pass, <<\"\nline 1|s|a\n"
		    "line 1|p|\">>}, {b, <<\"c\">>}\n" },
		{ PLACE_TEXT, "password, token\n",
		    "line 1|p|password, token\n" },
		{ PLACE_TEXT, "incominguser nova\n",
		    "line 1|p|incominguser nova\n" },
		{ PLACE_TEXT, "user=a host=b\n", "line 1|p|user=a host=b\n" },
		{ PLACE_VALUE, "a\nb", "|p|a\nb\n" },
		{ PLACE_VALUE, "", "|p|\n" },
		{ PLACE_OPAQUE, "a", "" },
	};

	(void)state;
	CHECK(cases);
}

static int
stop_at_second(void *cookie, const struct place *p)
{
	int *n = cookie;

	(void)p;
	return ++*n == 2 ? 7 : 0;
}

/* What the function returns ends the walk, in every format. */
static void
stops(void **state)
{
	static const struct walk_case cases[] = {
		{ PLACE_INI, "a=1\nb=2\nc=3\n", NULL },
		{ PLACE_FLAGS, "--a=1\n#b\n--c=3\n", NULL },
		{ PLACE_TEXT, "a # b\nc\n", NULL },
		{ PLACE_XML, "<a b='1' c='2' d='3'/>", NULL },
		{ PLACE_JSON, "[\"1\",\"2\",\"3\"]", NULL },
	};
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		n = 0;
		assert_int_equal(
		    place_walk(cases[i].format, cases[i].bytes,
			strlen(cases[i].bytes), stop_at_second, &n),
		    7);
		assert_int_equal(n, 2);
	}
}

static void
format_names(void **state)
{
	int f;

	(void)state;
	for (f = PLACE_OPAQUE; f <= PLACE_VALUE; f++)
		assert_int_equal(
		    place_format_parse(place_format_name((enum place_format)f)),
		    f);
	assert_int_equal(place_format_parse("yaml"), -1);
	assert_int_equal(place_format_parse(""), -1);
}

static void
secret_names(void **state)
{
	static const char *const secret[] = { "password", "rabbit_password",
		"admin-password", "PASSWORD", "auth_password", "passwd", "key",
		"metadata_proxy_shared_secret", "admin_token", "fixed_key",
		"adminPass", "admin_pass", "auth_encryption_key", "token",
		"node.session.auth.password", "keyring", "chap_password",
		"aws_secret_access_key", "passphrase", "ssh_private_key",
		"memcache_secret_key", "dhchap_key" };
	static const char *const plain[] = { "", "my_ip", "connection", "host",
		"rbd_secret_uuid", "token_auth_url", "auth_url", "key_file",
		"ssl_key_file", "encryption_key_id", "public_key",
		"auth_username", "secret_type", "password_length", "keymap",
		"monkey", "compass", "tokens", "token_expiration",
		"keystone_authtoken" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(secret) / sizeof(secret[0]); i++)
		if (!place_is_secret(secret[i]))
			fail_msg("%s is not seen as secret", secret[i]);
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (place_is_secret(plain[i]))
			fail_msg("%s is seen as secret", plain[i]);
}

static void
userinfo(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "http://h/", "" },
		{ "http://h:80/a@b", "" },
		{ "a@b", "" },
		{ "u:p@h", "" },
		{ "://u:p@h", "" },
		{ "http://u@h", "u" },
		{ "http://u:p@h", "u:p" },
		{ "x http://u:p@h http://v:q@i", "u:p v:q" },
		{ "http://u:p@q@h/", "u:p@q" },
		{ "http://u:@h/", "u:" },
		{ "http://:p@h/", ":p" },
		{ "http://u:p/q@h/x", "u:p/q" },
		{ "http://u:p#q?r@h/x@y", "u:p#q?r" },
		{ "http://u:p,q@h/", "u:p,q" },
		{ "http://h/a:b@c", "" },
		{ "http://h?a=b@c", "" },
		{ "http://h:$(port)s/v1", "" },
		{ "http://h:$(port)s/v1 a@b", "" },
		{ "http://h:$(port)s/,http://u:p@h", "u:p" },
		{ "\"http://u:p@h\" a@b", "u:p" },
		{ "'http://u'@h", "" },
		{ "rabbit://u:p@h1:1,u2:p2@h2:2/v", "u:p u2:p2" },
		{ "rabbit://h1:1,u2:p2@h2:2,h3,u4:p4@h4/v", "u2:p2 u4:p4" },
		{ "rabbit://[::1]:1,u:p@[::2]:2/", "u:p" },
		{ "rabbit://u:p@[::1]:1,u:q@[::2]:2/", "u:p u:q" },
		{ "mysql+pymysql://u:p@h/d", "u:p" },
		{ "http:\\/\\/u:p@h\\/x", "u:p" },
		{ "m://u:p'q\"r@h/d", "u:p'q\"r" },
		{ "'m://u:p'q@h/d", "" },
		{ "a=\"m://u:p\",b=\"x@y\"", "" },
		{ "http://", "" },
		{ "http:/", "" },
		{ "http:", "" },
		{ "http://@h", "" },
	};
	struct buf b = BUF_EMPTY;
	size_t i, pos, off, n;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		assert_int_equal(buf_adds(&b, ""), 0);
		for (pos = 0; place_userinfo(
			 cases[i][0], strlen(cases[i][0]), &pos, &off, &n);)
			assert_int_equal(
			    buf_addf(&b, "%s%.*s", b.len > 0 ? " " : "", (int)n,
				cases[i][0] + off),
			    0);
		assert_string_equal(b.data, cases[i][1]);
		assert_int_equal(pos, strlen(cases[i][0]));
	}
	buf_free(&b);
}

/* All that a walker calls a place lies in the bytes, in their order. */
static int
in_order(void *cookie, const struct place *p)
{
	size_t *done = cookie;

	assert_true(p->off >= *done);
	*done = p->off + p->len;
	return 0;
}

static void
any_bytes(void **state)
{
	static const char alphabet[] = "<>/='\"a b\n[]{}:,#;-.!&\\1\t%@?\r";
	const char *s = getenv("SEED");
	unsigned seed = s != NULL ? (unsigned)strtoul(s, NULL, 10) : 20121u;
	size_t len, i, done;
	char *bytes;
	int round, f;

	(void)state;
	print_message("SEED=%u\n", seed);
	for (round = 0; round < 40000; round++) {
		seed = seed * 1103515245u + 12345u;
		len = (seed >> 16) % 40;
		/* Exactly as long as it is: a read behind it is seen. */
		assert_non_null(bytes = malloc(len + 1));
		for (i = 0; i < len; i++) {
			seed = seed * 1103515245u + 12345u;
			bytes[i] =
			    alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		for (f = PLACE_OPAQUE; f <= PLACE_VALUE; f++) {
			done = 0;
			assert_int_equal(place_walk_any((enum place_format)f,
					     bytes, len, in_order, &done),
			    0);
			assert_true(done <= len);
		}
		free(bytes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ini),
		cmocka_unit_test(flags),
		cmocka_unit_test(text),
		cmocka_unit_test(stops),
		cmocka_unit_test(format_names),
		cmocka_unit_test(secret_names),
		cmocka_unit_test(userinfo),
		cmocka_unit_test(any_bytes),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
