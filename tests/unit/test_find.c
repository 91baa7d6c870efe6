/* find: what is looked for; sweep: every place of a bundle is seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/look/find.h"
#include "cmd/draft.h"
#include "tests/unit/folder.h"
#include "tests/unit/made.h"

/* What is looked for, where, how often it is found, and where first. */
static const struct {
	const char *wanted, *bytes;
	size_t n, off, len;
} matches[] = {
	{ "10.2.116.14", "10.2.116.14", 1, 0, 11 },
	{ "10.2.116.14", "10.2.116.140", 0, 0, 0 },
	{ "10.2.116.14", "110.2.116.14", 0, 0, 0 },
	{ "10.2.116.14", "10.2.116.14.5", 0, 0, 0 },
	{ "10.2.116.14", "", 0, 0, 0 },
	{ "10.2.116.14", "ip-10.2.116.14:3260-iscsi-", 1, 3, 11 },
	{ "10.2.116.14", "nova:p@10.2.116.14/nova", 1, 7, 11 },
	{ "10.2.116.14", "10.2.116.140 10.2.116.14 10.2.116.14", 2, 13, 11 },
	{ "10.2.116.0/24", "10.2.116.0 10.2.116.255 10.2.117.0", 2, 0, 10 },
	{ "10.2.116.14/24", "10.2.116.99", 1, 0, 11 },
	{ "10.2.112.0/21", "10.2.119.255 10.2.120.0 10.2.111.255", 1, 0, 12 },
	{ "0.0.0.0/0", "x 1.2.3.4 y ::1", 1, 2, 7 },
	{ "10.2.116.14/32", "10.2.116.14 10.2.116.15", 1, 0, 11 },
	{ "2001:db8::e", "2001:db8::e", 1, 0, 11 },
	{ "2001:db8::e", "[2001:DB8:0:0::000E]:6080", 1, 1, 18 },
	{ "2001:0db8:0000:0000:0000:0000:0000:000e", "2001:db8::e", 1, 0, 11 },
	{ "[2001:db8::e]", "2001:db8::e", 1, 0, 11 },
	{ "2001:db8::e", "2001:db8::e0", 0, 0, 0 },
	{ "2001:db8::/32", "2001:db8:ffff::1 2001:db9::1", 1, 0, 16 },
	{ "::/0", "10.2.3.4 ::1", 1, 9, 3 },
	{ "ctl.old.example", "http://ctl.old.example:5000", 1, 7, 15 },
	{ "ctl.old.example", "CTL.Old.Example", 1, 0, 15 },
	{ "ctl.old.example", "xctl.old.example", 0, 0, 0 },
	{ "ctl.old.example", "x.ctl.old.example", 0, 0, 0 },
	{ "ctl.old.example", "ctl.old.example.com", 0, 0, 0 },
	{ "ctl.old.example", "ctl.old.examples", 0, 0, 0 },
	{ "ctl.old.example", "ctl.old.example-2", 0, 0, 0 },
	{ "ctl.old.example", "at ctl.old.example.", 1, 3, 15 },
	{ "ctl.old.example", "ctl.old.example,ctl.old.example", 2, 0, 15 },
	{ "ctl.old.example", "ctl-old.example", 0, 0, 0 },
	{ "cloud01", "host=cloud01", 1, 5, 7 },
	{ "cloud01", "cloud011", 0, 0, 0 },
	{ "cloud01", "cloud0", 0, 0, 0 },
};

static void
matching(void **state)
{
	size_t i, n, off, len;
	struct find *f;

	(void)state;
	for (i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
		off = len = 0;
		assert_non_null(f = find_new());
		assert_int_equal(find_add(f, matches[i].wanted), 0);
		n = find_match(
		    f, matches[i].bytes, strlen(matches[i].bytes), &off, &len);
		find_free(f);
		if (n != matches[i].n || off != matches[i].off ||
		    len != matches[i].len)
			fail_msg("%s in %s: %zu at %zu, %zu long",
			    matches[i].wanted, matches[i].bytes, n, off, len);
	}
}

/* Several at once: a token counts once, the leftmost comes first. */
static void
several(void **state)
{
	static const char bytes[] = "b.example 10.2.3.4 ::1 10.2.3.5";
	size_t off = 99, len = 99;
	struct find *f;

	(void)state;
	assert_non_null(f = find_new());
	assert_int_equal(
	    find_match(f, bytes, sizeof(bytes) - 1, &off, &len), 0);
	assert_int_equal(find_add(f, "10.2.3.0/24"), 0);
	assert_int_equal(find_add(f, "10.2.3.4"), 0);
	assert_int_equal(find_add(f, "::1"), 0);
	assert_int_equal(
	    find_match(f, bytes, sizeof(bytes) - 1, &off, &len), 3);
	assert_int_equal(off, 10);
	assert_int_equal(find_add(f, "b.example"), 0);
	assert_int_equal(
	    find_match(f, bytes, sizeof(bytes) - 1, &off, &len), 4);
	assert_int_equal(off, 0);
	assert_int_equal(len, 9);
	find_free(f);
}

/* A network, as the pattern of an account is one. */
static void
networks(void **state)
{
	static const struct {
		const char *wanted, *net;
		int prefix, met;
	} cases[] = {
		{ "10.2.116.14", "10.2.116.0", 24, 1 },
		{ "10.2.117.14", "10.2.116.0", 24, 0 },
		{ "10.2.116.14", "10.2.0.0", 16, 1 },
		{ "10.2.116.14", "10.2.116.14", 32, 1 },
		{ "10.2.116.14", "10.2.116.15", 32, 0 },
		{ "10.2.116.0/24", "10.2.116.0", 24, 1 },
		{ "10.2.0.0/16", "10.2.116.0", 24, 1 },
		{ "10.2.116.0/26", "10.2.116.0", 24, 1 },
		{ "10.3.0.0/16", "10.2.116.0", 24, 0 },
		{ "2001:db8:1::e", "2001:db8:1::", 48, 1 },
		{ "2001:db8:1::e", "10.2.116.0", 24, 0 },
		{ "ctl.example", "10.2.116.0", 24, 0 },
	};
	struct address net;
	struct find *f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_non_null(f = find_new());
		assert_int_equal(find_add(f, cases[i].wanted), 0);
		assert_int_equal(address_parse(cases[i].net, &net), 0);
		if (find_network(f, &net, cases[i].prefix) != cases[i].met)
			fail_msg("%s and %s/%d", cases[i].wanted, cases[i].net,
			    cases[i].prefix);
		find_free(f);
	}
}

static void
refusals(void **state)
{
	static const char *const bad[] = { "", "10.2.3", "10.2.3.4.5",
		"10.2.3.256", "10.2.3.4/33", "10.2.3.4/", "10.2.3.4/-1",
		"10.2.3.4/ 8", "10.2.3.4/24/8", "2001:db8::/129", "2001:db8",
		":::", "a..b", ".a", "a.", "a b", "a/24", "1.2", "[10.2.3.4",
		"10.2.3.4 " };
	struct find *f;
	size_t i;
	int saved, rc;

	(void)state;
	assert_non_null(f = find_new());
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		saved = hush();
		rc = find_add(f, bad[i]);
		unhush(saved);
		if (rc != -1)
			fail_msg("not refused: '%s'", bad[i]);
		assert_said("neither an address nor a range nor a DNS name");
	}
	find_free(f);
}

/* The bundle that the sweep is tried on. */
static void
make_site(const char *file)
{
	struct bundle_new *n = made_start(file);

	made_folder(n, "/etc/iscsi/10.9.9.9");
	made_folder(n, "/etc/iscsi/nodes/10.9.9.9,3260");
	made_file(n, "/etc/iscsi/nodes/10.9.9.9,3260/default", PLACE_TEXT, 0600,
	    "address = 10.9.9.9\n");
	made_file(n, "/etc/nova/blob", PLACE_OPAQUE, 0600, "x\001 10.9.9.9 y");
	made_file(n, "/etc/nova/empty", PLACE_INI, 0600, "");
	made_link(n, "/etc/nova/link", "/srv/10.9.9.9/conf");
	made_file(n, "/etc/nova/nova.conf", PLACE_INI, 0640,
	    "[DEFAULT]\n# was 10.9.9.9\nmy_ip = 10.9.9.9\n"
	    "admin_password = 10.9.9.9\n");
	made_secret(n, "0e6a8f5e-1111-4222-8333-444455556666",
	    "<secret><description>10.9.9.9</description></secret>",
	    "MTAuOS45Ljk=");
	made_domain(n, "one", 1, 0,
	    "<domain><name>one</name><devices><graphics listen='10.9.9.9'/>"
	    "</devices></domain>");
	made_table(n, "nova", "nova", "volumes",
	    "id* deleted provider_location provider_auth other",
	    "7\t0\t10.9.9.9:3260,1 iqn 1\tCHAP 10.9.9.9 x\t10.9.9.9\n"
	    "8\t1\t10.9.9.9:3260,1 iqn 1\t\\N\t\\N\n");
	made_table(n, "nova", "nova", "fixed_ips", "address", "10.9.9.9\n");
	made_table(n, "nova", "nova", "block_device_mapping",
	    "a* b* deleted connection_info",
	    "1\tx\t0\t{\"data\": {\"target_portal\": \"10.9.9.9:3260\"}}\n");
	made_end(n);
}

/* Every place with the address: name, label, held (NULL: not). */
static const struct {
	const char *name, *label, *held;
} places[] = {
	{ "file:/etc/iscsi/10.9.9.9", "name", "the name of a file" },
	{ "file:/etc/iscsi/nodes/10.9.9.9,3260", "name", NULL },
	{ "file:/etc/iscsi/nodes/10.9.9.9,3260/default", "line 1", NULL },
	{ "file:/etc/nova/blob", "binary", "a binary file" },
	{ "file:/etc/nova/link", "target", NULL },
	{ "file:/etc/nova/nova.conf", "line 2", "a comment" },
	{ "file:/etc/nova/nova.conf", "[DEFAULT] my_ip", NULL },
	{ "file:/etc/nova/nova.conf", "[DEFAULT] admin_password",
	    "a secret by its name" },
	{ "secret:0e6a8f5e-1111-4222-8333-444455556666", "/secret/description",
	    NULL },
	{ "domain:one", "/domain/devices/graphics/@listen", NULL },
	{ "row:nova.volumes:7", "provider_location", NULL },
	{ "row:nova.volumes:7", "provider_auth", "a secret by its name" },
	{ "row:nova.volumes:7", "other", "outside the catalogue" },
	{ "row:nova.volumes:8", "provider_location",
	    "a deleted row (history)" },
	{ "row:nova.fixed_ips:#1", "address", NULL },
	{ "row:nova.block_device_mapping:1,x",
	    "connection_info data.target_portal", NULL },
};
#define PLACES (sizeof(places) / sizeof(places[0]))

struct seen {
	const struct find *find;
	int seen[PLACES];
	int stop_after;
};

static int
on_place(void *cookie, const struct sweep_place *p)
{
	struct seen *s = cookie;
	size_t i, off, len;

	if (find_match(s->find, p->bytes, p->len, &off, &len) == 0)
		return 0;
	for (i = 0; i < PLACES; i++) {
		if (strcmp(places[i].name, p->name) == 0 &&
		    strcmp(places[i].label, p->label) == 0)
			break;
	}
	if (i == PLACES)
		fail_msg("nobody expects %s %s", p->name, p->label);
	s->seen[i]++;
	if ((p->held == NULL) != (places[i].held == NULL) ||
	    (p->held != NULL && strcmp(p->held, places[i].held) != 0))
		fail_msg("%s %s is held: %s", p->name, p->label,
		    p->held ? p->held : "not");
	if (strcmp(p->label, "provider_auth") == 0 ||
	    strstr(p->label, "password") != NULL)
		assert_int_equal(p->role, PLACE_SECRET);
	return --s->stop_after == 0 ? -1 : 0;
}

static void
sweeping(void **state)
{
	struct seen s = { .stop_after = -1 };
	struct find *f;
	struct bundle *b;
	size_t i;

	(void)state;
	make_site("site.bundle");
	b = made_open("site.bundle");
	assert_non_null(f = find_new());
	assert_int_equal(find_add(f, "10.9.9.9"), 0);
	s.find = f;
	assert_int_equal(sweep_bundle(b, on_place, &s), OUTCOME_DONE);
	for (i = 0; i < PLACES; i++) {
		if (s.seen[i] != 1)
			fail_msg("%s %s: seen %d times", places[i].name,
			    places[i].label, s.seen[i]);
	}
	/* Whoever is asked may end it, at any place. */
	for (i = 1; i <= PLACES; i++) {
		s.stop_after = (int)i;
		assert_int_equal(sweep_bundle(b, on_place, &s), OUTCOME_FAILED);
	}
	find_free(f);
	bundle_close(b);
}

/* The draft of a map counts the same places, and gathers them by kind. */
static void
drafting(void **state)
{
	const struct draft_entry *const *all, *e;
	struct address own;
	struct manifest *m;
	struct bundle *b;
	struct draft *d;
	size_t n, i;
	uint64_t sum = 0;

	(void)state;
	make_site("draft.bundle");
	b = made_open("draft.bundle");
	assert_non_null(m = manifest_new());
	assert_non_null(d = draft_new());
	assert_int_equal(address_parse("10.9.9.9", &own), 0);
	assert_int_equal(manifest_add_own(m, &own, 24, "interface eth0"), 0);
	assert_int_equal(address_parse("10.1.1.1", &own), 0);
	assert_int_equal(manifest_add_own(m, &own, -1, "my_ip"), 0);
	assert_int_equal(address_parse("127.0.0.1", &own), 0);
	assert_int_equal(manifest_add_own(m, &own, 8, "interface lo"), 0);
	assert_int_equal(draft_own(d, m), 0);
	assert_int_equal(sweep_bundle(b, draft_count, d), OUTCOME_DONE);
	all = draft_sorted(d, &n);
	assert_int_equal(n, 2);
	e = all[0];
	assert_int_equal(e->class, DRAFT_OWN);
	assert_string_equal(e->where, "interface eth0");
	assert_int_equal(e->network, 24);
	assert_int_equal(e->count, PLACES);
	for (i = 0; i < e->nkinds; i++) {
		sum += e->kinds[i].count;
		assert_true(
		    i == 0 || e->kinds[i - 1].count >= e->kinds[i].count);
	}
	assert_int_equal(sum, PLACES);
	assert_int_equal(all[1]->count, 0);
	assert_int_equal(all[1]->class, DRAFT_OWN);
	draft_free(d);
	manifest_free(m);
	bundle_close(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matching),
		cmocka_unit_test(several),
		cmocka_unit_test(networks),
		cmocka_unit_test(refusals),
		cmocka_unit_test(sweeping),
		cmocka_unit_test(drafting),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
