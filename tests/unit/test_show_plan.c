#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "show_made.h"

static void
file_as_diff(void **state)
{
	struct plan *p = plan_new();
	const struct plan_cell c = cell("content",
	    "[DEFAULT]\nmy_ip = 10.2.116.14\n[database]\n"
	    "connection = mysql://nova:geheim1@10.2.116.14/nova\n"
	    "rabbit_password = geheim2\n",
	    "[DEFAULT]\nmy_ip = 10.2.15.3\n[database]\n"
	    "connection = mysql://nova:geheim1@10.2.15.3/nova\n"
	    "rabbit_password = geheim2\n",
	    0);

	(void)state;
	add(p, PLAN_CHANGE, ITEM_FILE, "file:/etc/nova/nova.conf",
	    "file:/etc/nova/nova.conf", &c, 1);
	show(p, 0, 0, 0);
	shows("--- file:/etc/nova/nova.conf\n+++ file:/etc/nova/nova.conf\n"
	      "@@ -1,5 +1,5 @@\n [DEFAULT]\n-my_ip = 10.2.116.14\n"
	      "+my_ip = 10.2.15.3\n");
	shows("-connection = mysql://nova:***@10.2.116.14/nova\n");
	shows("+connection = mysql://nova:***@10.2.15.3/nova\n");
	shows(" rabbit_password = ***\n");
	shows_not("geheim");
	shows("file             0        1        0        0        0\n");
	shows("restore: end\n");
	free(text);
}

static void
masked_value_changes(void **state)
{
	struct plan *p = plan_new();
	const struct plan_cell c =
	    cell("content", "password = geheim1\n", "password = geheim2\n", 0);
	const struct plan_cell row[] = {
		cell("provider_auth", "CHAP u geheim3", "CHAP u geheim4", 0),
		cell("provider_location", "a", "b", 1),
	};
	const struct plan_cell value = cell("value", "Z2VoZWlt", "Z2VoZWlu", 1);

	(void)state;
	add(p, PLAN_CHANGE, ITEM_FILE, "file:/etc/nova/nova.conf",
	    "file:/etc/nova/nova.conf", &c, 1);
	add(p, PLAN_CHANGE, ITEM_TABLE, "row:nova.volumes:7",
	    "table:nova.volumes", row, 2);
	add(p, PLAN_CHANGE, ITEM_SECRET, "secret:1", "secret:1", &value, 1);
	show(p, 0, 0, 0);
	shows("+++ file:/etc/nova/nova.conf\n(a masked value changes)\n");
	shows("@@ provider_auth @@ CHAP login of a volume\n(a masked value "
	      "changes)\n");
	shows("@@ provider_location @@ iSCSI portal of a volume\n(a masked "
	      "value changes)\n");
	shows("@@ value @@\n(a masked value changes)\n");
	shows_not("geheim");
	shows_not("Z2Vo");
	free(text);
}

static void
created_and_opaque(void **state)
{
	struct plan *p = plan_new();
	const struct plan_cell file[] = { cell("content", NULL, "a=1", 0),
		cell("mode", NULL, "0640", 0) };
	const struct plan_cell key = cell("content", "geheim", "geheim22", 1);
	const struct plan_cell xml = cell("xml", NULL,
	    "<domain>\n<graphics passwd='geheim' listen='10.2.15.3'/>\n"
	    "</domain>\n",
	    0);
	const struct plan_cell row[] = { cell("id", NULL, "7", 0),
		cell("provider_auth", NULL, "geheim", 0) };

	(void)state;
	add(p, PLAN_CREATE, ITEM_FILE, "file:/etc/nova/nova.conf",
	    "file:/etc/nova/nova.conf", file, 2);
	add(p, PLAN_CHANGE, ITEM_FILE, "file:/etc/nova/key",
	    "file:/etc/nova/key", &key, 1);
	add(p, PLAN_CREATE, ITEM_DOMAIN, "domain:i-1", "domain:i-1", &xml, 1);
	add(p, PLAN_CREATE, ITEM_TABLE, "row:nova.volumes:7",
	    "table:nova.volumes", row, 2);
	show(p, 0, 0, 0);
	shows("--- /dev/null\n+++ file:/etc/nova/nova.conf\n@@ -0,0 +1 @@\n"
	      "+a=1\n\\ No newline at end of file\n@@ mode @@\n+0640\n");
	shows("+++ file:/etc/nova/key\n(binary, 6 bytes to 8 bytes)\n");
	shows("+<graphics passwd='***' listen='10.2.15.3'/>\n");
	shows("+++ row:nova.volumes:7 (a new row, 2 columns)\n");
	shows_not("geheim");
	free(text);
}

static void
long_values_by_what_differs(void **state)
{
	struct plan *p = plan_new();
	char before[600], after[600];
	struct plan_cell c[3];

	(void)state;
	memset(before, 'x', sizeof(before));
	memset(after, 'x', sizeof(after));
	memcpy(before + 250, "[10.2.116.14]", 13);
	memcpy(after + 250, "[10.2.15.3]", 11);
	before[500] = after[498] = '\0';
	c[0] = cell("provider_location", before, after, 0);
	c[1] = cell("a", "line\ntwo\x1b[31m", NULL, 0);
	c[2] = cell("b", NULL, "", 0);
	add(p, PLAN_CHANGE, ITEM_TABLE, "row:nova.volumes:7",
	    "table:nova.volumes", c, 3);
	show(p, 0, 0, 0);
	shows("-...xxxx");
	shows("xx[10.2.116.14]xx");
	shows("xx[10.2.15.3]xx");
	shows_not("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
	/* A value stays on its line, and acts on no terminal. */
	shows("@@ a @@\n-line\\x0atwo\\x1b[31m\n+(null)\n");
	shows("@@ b @@\n-(null)\n+\n");
	free(text);
}

static void
told_as_text(void **state)
{

	(void)state;
	show(told_plan(), 0, 0, 0);
	shows("held      row:nova.fixed_ips:1 address: a tenant's own data: "
	      "10.2.116.14\n");
	shows("note      --map x: matched nothing\n");
	shows("drift     domain:i-1 /domain/name: something else\n");
	shows("finding   machine: domain:i-2\n          unknown machine\n");
	shows("waived    address-absent: 10.2.15.3\n"
	      "          no interface has it\n");
	shows_not("waivable");
	shows("row              0        0        1        0        0\n");
	shows("domain           0        0        0        1        1\n");
	free(text);
	show(told_plan(), 0, 1, 0);
	shows_not("held      row");
	shows_not("note ");
	shows("drift     domain:i-1");
	free(text);
}

static void
verify_as_text(void **state)
{
	struct plan *p = told_plan();
	const struct plan_cell c[] = { cell("xml", "a", "b", 0),
		cell("autostart", "0", "1", 0) };

	(void)state;
	add(p, PLAN_CREATE, ITEM_FILE, "file:/gone", "file:/gone", NULL, 0);
	add(p, PLAN_CHANGE, ITEM_DOMAIN, "domain:i-1", "domain:i-1", c, 2);
	show(p, 0, 0, 1);
	shows("missing   file:/gone\n");
	shows("differs   domain:i-1 xml\ndiffers   domain:i-1 autostart\n");
	shows("differs   domain:i-1 /domain/name: something else\n");
	shows("differs   domain:i-2: unknown machine\n");
	shows("leftover  file:/x line 3: 10.2.116.14\n");
	shows("held      row:nova.fixed_ips:1");
	shows("ran       domain:i-1 (when the snapshot was taken)\n");
	shows_not("ran       domain:i-2");
	free(text);
}

/* A long history is counted; each table, and each reason, for itself. */
static void
many_held(void **state)
{
	struct plan *p = plan_new();
	struct plan_record r = { .type = PLAN_HELD, .kind = ITEM_TABLE };
	static const char *const rows[] = { "row:a.b:1", "row:a.c:2" };
	static const char *const names[] = { "outside", "tenant" };
	size_t i, lines = 0;
	char *at;

	(void)state;
	r.text = "why: 10.2.116.14";
	for (i = 0; i < 4 * 30 - 8; i++) {
		r.item = rows[i % 2];
		r.name = names[i / 2 % 2];
		assert_int_equal(plan_add(p, &r), 0);
	}
	for (i = 0; i < 10; i++)
		assert_int_equal(plan_say(p, PLAN_HELD, ITEM_FILE, "file:/a",
				     "l", "comment", "a comment"),
		    0);
	show(p, 0, 0, 0);
	for (at = text; (at = strstr(at, "held      row:a.")) != NULL; at++)
		lines++;
	assert_int_equal(lines, 4 * 10 + 4);
	shows("held      row:a.b: 18 more places (outside; --json lists "
	      "them)\n");
	shows("held      row:a.c: 18 more places (tenant; --json lists "
	      "them)\n");
	shows_not("held      file: ");
	shows("row              0        0      112        0        0\n");
	free(text);
}

/* A cell of a table that the bundle does not have is still a value. */
static void
unknown_source(void **state)
{
	struct plan *p = plan_new();
	const struct plan_cell c =
	    cell("admin_password", "geheim1", "geheim2", 0);
	const struct plan_cell f = cell("content", "a\n", "b\n", 0);

	(void)state;
	add(p, PLAN_CHANGE, ITEM_TABLE, "row:x.y:7", "table:x.y", &c, 1);
	add(p, PLAN_CHANGE, ITEM_FILE, "file:/x", NULL, &f, 1);
	show(p, 0, 0, 0);
	shows("@@ admin_password @@\n(a masked value changes)\n");
	shows("-a\n+b\n");
	shows_not("geheim");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(file_as_diff),
		cmocka_unit_test(masked_value_changes),
		cmocka_unit_test(created_and_opaque),
		cmocka_unit_test(long_values_by_what_differs),
		cmocka_unit_test(told_as_text),
		cmocka_unit_test(verify_as_text),
		cmocka_unit_test(many_held),
		cmocka_unit_test(unknown_source),
	};

	return cmocka_run_group_tests_name("show_plan", tests, NULL, NULL);
}
