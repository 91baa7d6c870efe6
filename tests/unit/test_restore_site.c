#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/folder.h"

#include "restore/files/links.h"
#include "restore/restore_site.h"
#include "tests/unit/made.h"

/* Known links: path and target, in pairs. */
static const char *
known(void *cookie, const char *path)
{
	const char *const *pair;

	for (pair = cookie; *pair != NULL; pair += 2) {
		if (strcmp(pair[0], path) == 0)
			return pair[1];
	}
	return NULL;
}

static void
links_lead_somewhere(void **state)
{
	static const char *links[] = { "/etc/nova", "/srv/nova",
		"/srv/nova/nova.conf", "nova.conf.d/../real.conf", "/a",
		"../../b", "/b/c", "/a/d", "/up/x", "../etc/nova", "/self",
		"self", "/one", "two", "/two", "one", "/root", "/", NULL };
	static const struct {
		const char *path, *want;
	} table[] = {
		{ "/", "/" },
		{ "//x/./y//", "/x/y" },
		{ "/x/../../y", "/y" },
		{ "/etc/other", "/etc/other" },
		{ "/etc/nova2/nova.conf", "/etc/nova2/nova.conf" },
		{ "/etc/nova", "/srv/nova" },
		{ "/etc/nova/nova.conf", "/srv/nova/real.conf" },
		{ "/etc/nova/nova.conf.d", "/srv/nova/nova.conf.d" },
		{ "/up/x/api.conf", "/srv/nova/api.conf" },
		{ "/a/c/e", "/b/d/e" },
		{ "/root/etc/nova/x", "/srv/nova/x" },
		{ "/self", NULL },
		{ "/one/x", NULL },
	};
	int saved = hush();
	char *got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		got = links_resolve(table[i].path, known, links);
		if (table[i].want == NULL)
			assert_null(got);
		else
			assert_string_equal(got, table[i].want);
		free(got);
	}
	unhush(saved);
	warn_forget();
}

/* The site that a bundle gives through a map, on the host in "root". */
static struct site *
site_of(struct restore *r, const char *rule)
{
	static const struct restore_options none;

	memset(r, 0, sizeof(*r));
	r->opt = &none;
	r->lock = -1;
	r->bundle = made_open("b");
	r->manifest = bundle_manifest(r->bundle);
	assert_non_null(r->map = addrmap_new());
	if (rule != NULL)
		assert_int_equal(addrmap_add(r->map, rule, "--map"), 0);
	assert_int_equal(addrmap_ready(r->map), 0);
	mkdir("root", 0755);
	assert_non_null(r->root = root_open("root"));
	assert_int_equal(restore_site(r), OUTCOME_DONE);
	assert_non_null(r->site);
	return r->site;
}

static void
bundle_through_the_map(void **state)
{
	struct bundle_new *n = made_start("b");
	struct restore r;
	struct site *s;

	(void)state;
	made_file(n, "/etc/nova/nova.conf", PLACE_INI, 0640,
	    "[DEFAULT]\nmy_ip = 10.2.116.14\nhost = c1\n"
	    "[database]\nconnection = "
	    "mysql://nova:10.2.116.14@10.2.116.14/n\n");
	made_file(n, "/etc/nova/nova.conf.d/1.conf", PLACE_INI, 0640,
	    "[DEFAULT]\ninstances_path = /srv/$host\n");
	made_end(n);
	s = site_of(&r, "10.2.116.14 = 10.2.15.3");
	assert_int_equal(s->has_nova, 1);
	assert_string_equal(s->my_ip, "10.2.15.3");
	assert_string_equal(s->instances_path, "/srv/c1");
	assert_int_equal(s->ndatabases, 1);
	assert_string_equal(s->databases[0].role, "nova");
	/* A password stays, whatever it looks like. */
	assert_string_equal(
	    s->databases[0].url, "mysql://nova:10.2.116.14@10.2.15.3/n");
	assert_int_equal(addrmap_rule_uses(r.map, 0), 0);
	restore_close(&r);
}

static void
behind_links(void **state)
{
	struct bundle_new *n = made_start("b");
	struct restore r;
	struct site *s;

	(void)state;
	made_link(n, "/etc/nova", "../srv/nova");
	made_link(n, "/srv/nova/nova.conf", "real");
	made_file(n, "/srv/nova/nova.conf.d/1.conf", PLACE_INI, 0640,
	    "[DEFAULT]\nhost = c2\n");
	made_file(n, "/srv/nova/real", PLACE_FLAGS, 0640,
	    "--my_ip=10.2.116.14\n--sql_connection=mysql://n:p@10.2.116.14/"
	    "n\n");
	made_end(n);
	s = site_of(&r, "10.2.116.14 = 10.2.15.3");
	assert_int_equal(s->has_nova, 1);
	assert_string_equal(s->my_ip, "10.2.15.3");
	assert_string_equal(s->host, "c2");
	assert_int_equal(s->ndatabases, 1);
	assert_string_equal(s->databases[0].url, "mysql://n:p@10.2.15.3/n");
	restore_close(&r);
}

/* No nova.conf in the bundle: the host's own, which is what it is. */
static void
host_where_the_bundle_has_none(void **state)
{
	static const char conf[] = "[DEFAULT]\nmy_ip = 10.2.116.14\n";
	struct bundle_new *n = made_start("b");
	struct restore r;
	struct site *s;

	(void)state;
	made_file(n, "/etc/nova/other.conf", PLACE_INI, 0640,
	    "[DEFAULT]\nmy_ip = 10.9.9.9\n");
	made_end(n);
	s = site_of(&r, "10.2.116.14 = 10.2.15.3");
	assert_int_equal(s->has_nova, 0);
	assert_null(s->my_ip);
	restore_close(&r);
	assert_int_equal(mkdir("root/etc", 0755), 0);
	assert_int_equal(mkdir("root/etc/nova", 0755), 0);
	file_write("root/etc/nova/nova.conf", conf, strlen(conf));
	s = site_of(&r, "10.2.116.14 = 10.2.15.3");
	assert_int_equal(s->has_nova, 1);
	assert_string_equal(s->my_ip, "10.2.116.14");
	restore_close(&r);
	assert_int_equal(unlink("root/etc/nova/nova.conf"), 0);
}

static void
broken_configuration_is_said(void **state)
{
	struct bundle_new *n = made_start("b");
	struct restore r;
	int saved;

	(void)state;
	made_link(n, "/etc/nova/nova.conf", "nova.conf");
	made_end(n);
	memset(&r, 0, sizeof(r));
	r.bundle = made_open("b");
	r.manifest = bundle_manifest(r.bundle);
	assert_non_null(r.map = addrmap_new());
	assert_int_equal(addrmap_ready(r.map), 0);
	saved = hush();
	assert_int_equal(restore_site(&r), OUTCOME_FAILED);
	unhush(saved);
	warn_forget();
	restore_close(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_lead_somewhere),
		cmocka_unit_test(bundle_through_the_map),
		cmocka_unit_test(behind_links),
		cmocka_unit_test(host_where_the_bundle_has_none),
		cmocka_unit_test(broken_configuration_is_said),
	};

	return cmocka_run_group_tests_name(
	    "restore_site", tests, folder_setup, folder_teardown);
}
