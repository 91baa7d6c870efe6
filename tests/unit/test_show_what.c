#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/warn.h"
#include "cmd/show_what.h"

/* A bundle with a file, a domain and a table. */
static struct manifest *
bundle(void)
{
	static const struct {
		enum item_kind kind;
		const char *name;
	} items[] = {
		{ ITEM_FILE, "file:/etc/nova/nova.conf" },
		{ ITEM_DOMAIN, "domain:i-1" },
		{ ITEM_TABLE, "table:nova.volumes" },
	};
	struct manifest *m = manifest_new();
	struct item *item;
	size_t i;

	assert_non_null(m);
	for (i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		assert_non_null(item = item_new(items[i].kind));
		assert_int_equal(manifest_set(&item->name, items[i].name), 0);
		if (item->file != NULL) {
			item->file->format = PLACE_INI;
			assert_int_equal(
			    manifest_set(&item->file->set, "nova"), 0);
		}
		if (item->table != NULL) {
			assert_int_equal(
			    manifest_set(&item->table->role, "nova"), 0);
			assert_int_equal(
			    manifest_set(&item->table->table, "volumes"), 0);
		}
		assert_int_equal(manifest_add(m, item), 0);
	}
	return m;
}

/* What show_what says of a place. */
static const struct {
	enum item_kind kind;
	const char *item, *source, *place, *what, *want;
} places[] = {
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "file:/etc/nova/nova.conf",
	    "[DEFAULT] my_ip", NULL, "own address" },
	{ ITEM_FILE, "file:/etc/nova/nova.conf", "file:/etc/nova/nova.conf",
	    "[DEFAULT] my_ip", "told", "told" },
	{ ITEM_FILE, "file:/etc/nova/nova.conf", NULL, NULL, NULL, NULL },
	{ ITEM_FILE, "file:/gone", "file:/gone", "line 1", NULL, NULL },
	{ ITEM_DOMAIN, "domain:i-1", "domain:i-1",
	    "/domain/devices/graphics/@listen", NULL,
	    "console's listen address (VNC, SPICE)" },
	{ ITEM_DOMAIN, "domain:i-1", "domain:i-1", "autostart", NULL, NULL },
	{ ITEM_TABLE, "row:nova.volumes:7", "table:nova.volumes",
	    "provider_location", NULL, "iSCSI portal of a volume" },
	/* As those that plan_say made. */
	{ ITEM_TABLE, "row:nova.volumes:7", "row:nova.volumes:7",
	    "provider_location data.x", NULL, "iSCSI portal of a volume" },
	{ ITEM_TABLE, "row:nova.volumes:7", "table:nova.volumes", "unknown",
	    NULL, NULL },
	{ ITEM_TABLE, "row:other.volumes:7", "row:other.volumes:7",
	    "provider_location", NULL, NULL },
	{ PLAN_HOST, NULL, NULL, "x", NULL, NULL },
};

static void
test_what(void **state)
{
	struct manifest *m = bundle();
	struct plan_record rec;
	const char *got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		memset(&rec, 0, sizeof(rec));
		rec.type = PLAN_HELD;
		rec.kind = places[i].kind;
		rec.item = places[i].item;
		rec.source = places[i].source;
		rec.place = places[i].place;
		rec.what = places[i].what;
		got = show_what(m, &rec, rec.place);
		if (places[i].want == NULL)
			assert_null(got);
		else
			assert_string_equal(got, places[i].want);
	}
	manifest_free(m);
}

static int
note(void *cookie, const char *place, const char *what)
{
	char *said = cookie;
	size_t at = strlen(said);

	snprintf(said + at, 1000 - at, "%s=%s\n", place, what ? what : "-");
	return strcmp(place, "[DEFAULT] stop") == 0 ? 7 : 0;
}

static int
places_of(const struct plan_record *rec, char *said)
{
	struct manifest *m = bundle();
	int rc;

	said[0] = '\0';
	rc = show_places(m, rec, note, said);
	manifest_free(m);
	return rc;
}

static void
test_places(void **state)
{
	struct plan_cell c[2] = { { .name = "content" }, { .name = "mode" } };
	struct plan_record rec = { .type = PLAN_CHANGE, .kind = ITEM_FILE };
	char said[1000];

	(void)state;
	rec.item = rec.source = "file:/etc/nova/nova.conf";
	rec.cells = c;
	rec.ncells = 2;
	c[0].before = "[DEFAULT]\nmy_ip = a\nsame = a\n[vnc]\n"
		      "server_listen = a\n";
	c[0].after = "[DEFAULT]\nmy_ip = bbb\nsame = a\n[vnc]\n"
		     "server_listen = b\n";
	c[0].before_len = strlen(c[0].before);
	c[0].after_len = strlen(c[0].after);
	c[1].before = "0600";
	c[1].after = "0640";
	assert_int_equal(places_of(&rec, said), 0);
	assert_string_equal(said, "[DEFAULT] my_ip=own address\n"
				  "[vnc] server_listen=VNC listen address\n");
	/* Where the places are no longer the same ones, no more is said. */
	c[0].after = "[DEFAULT]\nmy_ip = b\nother = c\nsame = d\n";
	c[0].after_len = strlen(c[0].after);
	assert_int_equal(places_of(&rec, said), 0);
	assert_string_equal(said, "[DEFAULT] my_ip=own address\n");
	c[0].before = "[DEFAULT]\nstop = a\nmy_ip = a\n";
	c[0].after = "[DEFAULT]\nstop = b\nmy_ip = b\n";
	c[0].before_len = c[0].after_len = strlen(c[0].after);
	assert_int_equal(places_of(&rec, said), 7);
	rec.type = PLAN_CREATE;
	assert_int_equal(places_of(&rec, said), 0);
	assert_string_equal(said, "");
}

static void
test_cells(void **state)
{
	const struct plan_cell c[] = {
		{ "provider_location", "a", 1, "b", 1, 0 },
		{ "no_such", "a", 1, "b", 1, 0 },
		{ "id", "7", 1, "7", 1, 0 },
	};
	struct plan_record rec = { .type = PLAN_CHANGE, .kind = ITEM_TABLE };
	char said[1000];

	(void)state;
	rec.item = "row:nova.volumes:7";
	rec.source = "table:nova.volumes";
	rec.cells = c;
	rec.ncells = 3;
	assert_int_equal(places_of(&rec, said), 0);
	assert_string_equal(
	    said, "provider_location=iSCSI portal of a volume\nno_such=-\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_cells),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
