#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/buf.h"
#include "failing.h"
#include "folder.h"
#include "restore/map/addrmap.h"

static const char rules[] = "# a move\n"
			    "10.2.116.14 = 10.2.15.3\n"
			    "10.2.116.0/24 = 10.2.15.0/24 # the rest\n"
			    "2001:db8:1::/64 = 2001:db8:2::/64\n"
			    "keep 10.2.116.53\n"
			    "name ctl.old.example = ctl.new.example\n"
			    "path /usr/bin/kvm = /usr/bin/qemu-system-x86_64\n"
			    "machine pc-1.0 = pc-i440fx-7.2\n"
			    "bridge br100 = br-ext\n"
			    "host compute1 = compute-a1\n"
			    "host compute2 = compute-a2\n"
			    "\n";

/* All queries, as text. */
static void
ask(const struct addrmap *m, struct buf *out)
{
	static const char *const addresses[] = { "10.2.116.14", "10.2.116.53",
		"10.2.116.20", "10.9.9.9", "2001:db8:1::7" };
	struct address old, new;
	char text[ADDRESS_TEXT];
	size_t i, rule, len;
	const char *s;
	int rc;

	for (i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		assert_int_equal(address_parse(addresses[i], &old), 0);
		rc = (int)addrmap_address(m, &old, &new, &rule);
		address_print(&new, text);
		assert_int_equal(buf_addf(out, "%d %s\n", rc,
				     rc == ADDRMAP_NEW ? text : "-"),
		    0);
	}
	s = addrmap_name(m, "CTL.old.example", 15, &rule);
	assert_int_equal(buf_adds(out, s == NULL ? "-" : s), 0);
	s = addrmap_path(m, "/usr/bin/kvm", 12, &len, &rule);
	assert_int_equal(buf_adds(out, s == NULL ? "-" : s), 0);
	s = addrmap_machine(m, "pc-1.0", 6, &rule);
	assert_int_equal(buf_adds(out, s == NULL ? "-" : s), 0);
	s = addrmap_bridge(m, "br100", 5, &rule);
	assert_int_equal(buf_adds(out, s == NULL ? "-" : s), 0);
	s = addrmap_host(m, "compute1", 8, &rule);
	assert_int_equal(buf_adds(out, s == NULL ? "-" : s), 0);
	s = addrmap_folder(m, "old-folder", 10, &rule);
	assert_int_equal(buf_adds(out, s == NULL ? "-" : s), 0);
}

/* A map is read whole, or refused: no rule is ever dropped. */
static int
read_map(void *cookie)
{
	const struct buf *want = cookie;
	struct buf got = BUF_EMPTY;
	struct addrmap *m;
	int rc = -1;

	failing_on();
	if ((m = addrmap_new()) == NULL)
		goto out;
	if (addrmap_add(m, "10.2.117.1=10.2.16.1", "--map") == -1 ||
	    addrmap_file(m, "moves.map") == -1 || addrmap_ready(m) == -1 ||
	    addrmap_derive(m, "old-folder", "new-folder", "a share") == -1 ||
	    addrmap_ready(m) == -1)
		goto out;
	rc = 0;
out:
	failing_off();
	if (rc == 0) {
		ask(m, &got);
		assert_int_equal(addrmap_rules(m), 12);
		if (want->len > 0)
			assert_string_equal(got.data, want->data);
	}
	addrmap_free(m);
	buf_free(&got);
	return rc;
}

static void
test_map(void **state)
{
	struct buf want = BUF_EMPTY;
	struct addrmap *m;

	(void)state;
	file_write("moves.map", rules, sizeof(rules) - 1);
	assert_non_null(m = addrmap_new());
	assert_int_equal(addrmap_add(m, "10.2.117.1=10.2.16.1", "--map"), 0);
	assert_int_equal(addrmap_file(m, "moves.map"), 0);
	assert_int_equal(
	    addrmap_derive(m, "old-folder", "new-folder", "a share"), 0);
	assert_int_equal(addrmap_ready(m), 0);
	ask(m, &want);
	addrmap_free(m);
	failing_visits(20);
	failing_run("map", read_map, &want);
	buf_free(&want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_map, failing_loud),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
