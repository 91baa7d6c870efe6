/* What of a bundle a restore is asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "restore_blank.h"

static void
globs_pick_items(void **state)
{
	static const char *const a[] = { "file:*", NULL };
	static const char *const b[] = { "file:/etc/nova/*", "domain:i-1",
		NULL };
	static const char *const c[] = { "*.conf", NULL };
	static const char *const none[] = { NULL };
	static const struct {
		const char *const *only, *const *except;
		const char *item;
		int want;
	} table[] = {
		{ NULL, NULL, "file:/etc/nova/nova.conf", 1 },
		{ none, none, "file:/etc/nova/nova.conf", 1 },
		{ a, NULL, "file:/etc/nova/nova.conf", 1 },
		{ a, NULL, "domain:i-1", 0 },
		{ b, NULL, "domain:i-1", 1 },
		{ b, NULL, "domain:i-11", 0 },
		{ b, NULL, "file:/etc/cinder/cinder.conf", 0 },
		{ NULL, c, "file:/etc/nova/nova.conf", 0 },
		{ NULL, c, "domain:i-1", 1 },
		{ a, c, "file:/etc/nova/nova.conf", 0 },
		{ a, c, "file:/etc/nova/policy.json", 1 },
	};
	struct restore_options opt;
	struct restore r;
	size_t i;

	(void)state;
	blank(&r, &opt);
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		opt.only = table[i].only;
		opt.except = table[i].except;
		assert_int_equal(
		    restore_wants(&r, table[i].item), table[i].want);
	}
	restore_close(&r);
}

static void
globs_release_places(void **state)
{
	static const char *const whole[] = { "row:nova.fixed_ips:*", NULL };
	static const char *const place[] = { "file:* line 8", NULL };
	static const char *const none[] = { NULL };
	static const struct {
		const char *const *also;
		const char *item, *label;
		int want;
	} table[] = {
		{ NULL, "file:/a", "line 8", 0 },
		{ none, "file:/a", "line 8", 0 },
		{ whole, "row:nova.fixed_ips:7", "address", 1 },
		{ whole, "row:nova.fixed_ips:7", NULL, 1 },
		{ whole, "row:nova.volumes:7", "address", 0 },
		{ place, "file:/a", "line 8", 1 },
		{ place, "file:/a", "line 80", 0 },
		{ place, "file:/a", NULL, 0 },
	};
	struct restore_options opt;
	struct restore r;
	size_t i;

	(void)state;
	blank(&r, &opt);
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		opt.also = table[i].also;
		assert_int_equal(
		    restore_also(&r, table[i].item, table[i].label),
		    table[i].want);
	}
	restore_close(&r);
}

static void
only_must_fit_something(void **state)
{
	static const char *const good[] = { "domain:*", NULL };
	static const char *const bad[] = { "domain:*", "table:*", "x", NULL };
	struct manifest *m = small_manifest();
	struct restore_options opt;
	struct restore r;
	size_t n;

	(void)state;
	blank(&r, &opt);
	r.manifest = m;
	assert_int_equal(pick_check(&r), 0);
	assert_int_equal(pick_has(&r, PART_FILES), 1);
	assert_int_equal(pick_has(&r, PART_LIBVIRT), 1);
	assert_int_equal(pick_has(&r, PART_DATABASE), 0);
	opt.only = good;
	assert_int_equal(pick_check(&r), 0);
	assert_int_equal(pick_has(&r, PART_FILES), 0);
	assert_int_equal(pick_has(&r, PART_LIBVIRT), 1);
	opt.only = bad;
	warn_forget();
	assert_int_equal(pick_check(&r), -1);
	/* Each of them is said. */
	(void)warn_said(&n);
	assert_int_equal(n, 2);
	assert_non_null(strstr(warn_said(&n)[0], "--only table:*"));
	warn_forget();
	restore_close(&r);
	manifest_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(globs_pick_items),
		cmocka_unit_test(globs_release_places),
		cmocka_unit_test(only_must_fit_something),
	};

	return cmocka_run_group_tests_name("pick", tests, NULL, NULL);
}
