#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "archive/address/mask.h"
#include "archive/warn.h"
#include "tests/unit/chance.h"

static void
values(void **state)
{
	static const struct {
		enum place_role role;
		const char *in, *out;
	} cases[] = {
		{ PLACE_PLAIN, "", "" },
		{ PLACE_PLAIN, "10.2.116.14", "10.2.116.14" },
		{ PLACE_SECRET, "x", "***" },
		{ PLACE_SECRET, "", "" },
		{ PLACE_PLAIN, "mysql://nova:pw@h/nova",
		    "mysql://nova:***@h/nova" },
		{ PLACE_PLAIN, "mysql://nova@h/nova", "mysql://nova@h/nova" },
		{ PLACE_PLAIN, "mysql://nova:p@w@h/n", "mysql://nova:***@h/n" },
		{ PLACE_PLAIN, "mysql://nova:p/w@h/n", "mysql://nova:***@h/n" },
		{ PLACE_PLAIN, "rabbit://a:b@h1:1,c:d@h2:2/v",
		    "rabbit://a:***@h1:1,c:***@h2:2/v" },
		{ PLACE_PLAIN, "x http://a:b@c y http://d:e@f z",
		    "x http://a:***@c y http://d:***@f z" },
		{ PLACE_COMMENT, "# rabbit_password = x y",
		    "# rabbit_password = ***" },
		{ PLACE_COMMENT, "#sql_connection=mysql://n:p@h/n",
		    "#sql_connection=mysql://n:***@h/n" },
		{ PLACE_COMMENT, "# --admin_token=x", "# --admin_token=***" },
		{ PLACE_COMMENT, " a\n password: b\n c ",
		    " a\n password: ***\n c " },
		{ PLACE_PLAIN,
		    "{\\\"auth_password\\\": \\\"pw\\\", \\\"a\\\": 1}",
		    "{\\\"auth_password\\\": \\\"***\\\", \\\"a\\\": 1}" },
		{ PLACE_PLAIN, "x=http://a:b@h password=c",
		    "x=http://a:***@h password=***" },
		{ PLACE_COMMENT, "# auth_pass x", "# auth_pass ***" },
		{ PLACE_PLAIN, "a \"password\": \"x\\\"y\\\\\", z",
		    "a \"password\": \"***\", z" },
		{ PLACE_PLAIN, "{\\\"password\\\": \\\"x\\\\\\\"y\\\", z",
		    "{\\\"password\\\": \\\"***\\\", z" },
		{ PLACE_PLAIN, "a password=\\", "a password=***" },
		{ PLACE_PLAIN, "a password=\"x", "a password=\"***" },
		{ PLACE_PLAIN, "a password=\"", "a password=\"" },
		{ PLACE_PLAIN, "a password=\"x\\", "a password=\"***" },
		{ PLACE_HOST, "c1@nfs#10.0.0.1:/e", "c1@nfs#10.0.0.1:/e" },
		{ PLACE_PLAIN, "10.0.0.1:3260,1 iqn.2010:v 1",
		    "10.0.0.1:3260,1 iqn.2010:v 1" },
	};
	struct buf b = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		assert_int_equal(buf_adds(&b, ""), 0);
		assert_int_equal(mask_value(cases[i].role, cases[i].in,
				     strlen(cases[i].in), &b),
		    0);
		assert_string_equal(b.data, cases[i].out);
	}
	buf_free(&b);
}

static void
items(void **state)
{
	static const struct {
		enum place_format format;
		const char *in, *out;
	} cases[] = {
		{ PLACE_INI,
		    "[a]\nhost = b\n# x_password=c\nx_password = d e\n"
		    "connection = mysql://u:p@h/n\nz=1\n",
		    "[a]\nhost = b\n# x_password=***\nx_password = ***\n"
		    "connection = mysql://u:***@h/n\nz=1\n" },
		{ PLACE_FLAGS,
		    "--rabbit_password=a\n--sql_connection=m://u:p@h\n",
		    "--rabbit_password=***\n--sql_connection=m://u:***@h\n" },
		{ PLACE_TEXT, "export OS_PASSWORD=x\nexport OS_USER=y\n",
		    "export OS_PASSWORD=***\nexport OS_USER=y\n" },
		{ PLACE_TEXT, "  incominguser nova pw\n",
		    "  incominguser nova ***\n" },
		{ PLACE_XML, "<g passwd='x' listen='1'><!-- passwd='y' --></g>",
		    "<g passwd='***' listen='1'><!-- passwd='***' --></g>" },
		{ PLACE_XML, "<broken password='x'", "<broken password='***'" },
		{ PLACE_JSON,
		    "{\"auth_password\": \"x\", \"a\": [\"m://u:p@h\"]}",
		    "{\"auth_password\": \"***\", \"a\": [\"m://u:***@h\"]}" },
		{ PLACE_JSON, "not JSON, password=x",
		    "not JSON, password=***" },
		{ PLACE_VALUE, "m://u:p@h", "m://u:***@h" },
		{ PLACE_OPAQUE, "m://u:p@h", "m://u:p@h" },
		{ PLACE_INI, "", "" },
	};
	struct buf b = BUF_EMPTY;
	size_t i, said;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		assert_int_equal(buf_adds(&b, ""), 0);
		assert_int_equal(mask_item(cases[i].format, cases[i].in,
				     strlen(cases[i].in), &b),
		    0);
		assert_string_equal(b.data, cases[i].out);
	}
	(void)warn_said(&said);
	assert_int_equal(said, 0);
	buf_free(&b);
}

/* A canary in every place that is a secret never comes out. */
static void
canary(void **state)
{
	static const char *const lines[] = { "rabbit_password = CANARY",
		"password:CANARY", "#password=CANARY",
		"[x]\na_token=\"CANARY\"",
		"transport_url = rabbit://u:CANARY@h1,u:CANARY@h2/",
		"connection=mysql://u:a@CANARY@h/d",
		"connection=mysql://u:CANARY/CANARY@h/d",
		"url = http://u:CANARY,CANARY@h/",
		"; was connection=mysql://u:CANARY@h/d",
		"--rabbit_password=CANARY", "admin_password = a\n   CANARY" };
	static const enum place_format formats[] = { PLACE_INI, PLACE_FLAGS,
		PLACE_TEXT };
	struct buf b = BUF_EMPTY;
	size_t i, f;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		for (f = 0; f < 3; f++) {
			/* Only oslo knows continuation lines. */
			if (strchr(lines[i], '\n') != NULL &&
			    formats[f] != PLACE_INI)
				continue;
			buf_clear(&b);
			assert_int_equal(mask_item(formats[f], lines[i],
					     strlen(lines[i]), &b),
			    0);
			if (strstr(b.data, "CANARY") != NULL)
				fail_msg("%s", b.data);
		}
	}
	buf_free(&b);
}

/* mask_none says what mask_item in each of the formats would, of texts put
 * together by chance. */
static void
none(void **state)
{
	static const enum place_format formats[] = { PLACE_INI, PLACE_FLAGS,
		PLACE_TEXT, PLACE_XML, PLACE_JSON };
	static const char *const parts[] = { "<a b='1'>", "</a>", "<a/>", "\n",
		"\n", "\n", " ", "[vnc]\n", "my_ip = 10.2.116.14",
		"--my_ip=10.2.116.14", "password", " = ", "=", ": ", "***", "x",
		"http://a:b@c/", "http://a@c/", "# ", "{\"a\": \"b\"}",
		"{\"password\": \"b\"}", "\"", "cGFzc3dvcmQ9Z2VoZWltZXI=",
		"abcdefghijklmnopqrstuvwxyz0123456789", "%70assword=geheim",
		"<graphics passwd='geheim'/>", "<graphics passwd='***'/>",
		("-----BEGIN PRIVATE KEY-----\nabcd\n"
		 "-----END PRIVATE KEY-----\n") };
	struct buf text = BUF_EMPTY, masked = BUF_EMPTY;
	size_t i, f, n;
	int same, hidden = 0;

	(void)state;
	(void)chance_start();
	for (i = 0; i < 4000; i++) {
		buf_clear(&text);
		for (n = chance(9); n > 0; n--)
			assert_int_equal(
			    buf_adds(&text, parts[chance(sizeof(parts) /
							 sizeof(parts[0]))]),
			    0);
		for (f = 0, same = 1; f < 5; f++) {
			buf_clear(&masked);
			assert_int_equal(
			    mask_item(formats[f], text.len > 0 ? text.data : "",
				text.len, &masked),
			    0);
			same &= masked.len == text.len &&
				(text.len == 0 || memcmp(masked.data, text.data,
						      text.len) == 0);
		}
		assert_int_equal(mask_none(formats, 5,
				     text.len > 0 ? text.data : "", text.len),
		    same);
		hidden += !same;
	}
	assert_in_range(hidden, 400, 3600);
	buf_free(&text);
	buf_free(&masked);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),
		cmocka_unit_test(items),
		cmocka_unit_test(canary),
		cmocka_unit_test(none),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
