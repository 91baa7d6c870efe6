#ifndef TESTS_RESTORE_BLANK_H
#define TESTS_RESTORE_BLANK_H

/* Include behind cmocka.h: a restore that looks at nothing. */

#include <string.h>

#include "archive/warn.h"
#include "restore/plan/pick.h"
#include "restore/restore.h"

/* A restore with nothing open but the map. */
static inline void
blank(struct restore *r, struct restore_options *opt)
{
	static struct manifest none;

	memset(opt, 0, sizeof(*opt));
	memset(r, 0, sizeof(*r));
	r->opt = opt;
	r->lock = -1;
	r->manifest = &none;
	r->map = addrmap_new();
	assert_non_null(r->map);
	assert_int_equal(addrmap_ready(r->map), 0);
}

/* The manifest of a bundle with one file and one domain, and own addresses. */
static inline struct manifest *
small_manifest(void)
{
	static const char *const own[] = { "10.2.116.14", "127.0.0.1",
		"10.2.116.14", "192.168.4.1", "10.2.117.1" };
	struct manifest *m = manifest_new();
	struct item *file = item_new(ITEM_FILE),
		    *domain = item_new(ITEM_DOMAIN);
	struct address a;
	size_t i;

	assert_non_null(m);
	assert_non_null(file);
	assert_non_null(domain);
	assert_int_equal(
	    manifest_set(&file->name, "file:/etc/nova/nova.conf"), 0);
	assert_int_equal(manifest_set(&file->path, "etc/nova/nova.conf"), 0);
	assert_int_equal(manifest_set(&domain->name, "domain:i-1"), 0);
	assert_int_equal(manifest_set(&domain->path, "domains/i-1.xml"), 0);
	assert_int_equal(
	    manifest_count(m, PLACE_TEXT, "192.168.4.1 192.168.4.1", 23), 0);
	assert_int_equal(manifest_add(m, file), 0);
	assert_int_equal(manifest_add(m, domain), 0);
	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		assert_int_equal(address_parse(own[i], &a), 0);
		assert_int_equal(
		    manifest_add_own(m, &a, -1, "interface eth0"), 0);
	}
	return m;
}

#endif
