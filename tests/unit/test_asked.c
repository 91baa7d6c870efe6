#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>

#include "tests/unit/folder.h"

#include "archive/bundle/bundle_private.h"
#include "restore/journal/asked.h"

static struct site_database databases[] = {
	{ (char *)(uintptr_t) "nova",
	    (char *)(uintptr_t) "mysql://n:p@\xe9@h/nova",
	    (char *)(uintptr_t) "file:/etc/nova/nova.conf [database]", NULL },
	{ (char *)(uintptr_t) "cinder", (char *)(uintptr_t) "mysql://c@h/c",
	    (char *)(uintptr_t) "s", NULL },
};
static struct site_address addresses[] = {
	{ (char *)(uintptr_t) "10.2.15.3",
	    (char *)(uintptr_t) "nova.conf my_ip" },
};
static char *files[] = { (char *)(uintptr_t) "/etc/nova/nova.conf", NULL };

/* A restore as it is when it is open, without any of it being so. */
struct fake {
	struct restore_options opt;
	struct restore r;
	struct bundle bundle;
	struct manifest manifest;
	struct site site;
};

static const char *const maps[] = { "10.2.116.14=10.2.15.3", NULL };
static const char *const map_files[] = { "moves.map", NULL };
static const char *const only[] = { "file:*", "row:\xff*", NULL };
static const char *const waive[] = { "missing-disk:domain:*", NULL };

static void
fake_open(struct fake *f)
{
	static const char rules[] = "# the move\n"
				    "keep 10.2.116.53  # stays\n"
				    "name a.example = b.example\n";

	memset(f, 0, sizeof(*f));
	f->opt.bundle = "node.bundle";
	f->opt.trust = "/keys/move.pub";
	f->opt.maps = maps;
	f->opt.map_files = map_files;
	f->opt.root = "tree";
	f->opt.connect = "qemu:///system";
	f->opt.only = only;
	f->opt.waive = waive;
	f->opt.on_drift = ON_DRIFT_REWRITE;
	f->opt.no_libvirt = 1;
	f->manifest.id = (char *)(uintptr_t) "0123456789abcdef0123456789abcdef";
	f->manifest.created = (char *)(uintptr_t) "2026-11-22T16:15:47Z";
	f->manifest.host = (char *)(uintptr_t) "cloud01";
	memset(f->bundle.digest, 'd', 64);
	f->bundle.signer = (char *)(uintptr_t) "SHA256:x";
	f->site.host = (char *)(uintptr_t) "cloud01";
	f->site.libvirt_uri = (char *)(uintptr_t) "qemu:///system";
	f->site.databases = databases;
	f->site.ndatabases = 2;
	f->site.addresses = addresses;
	f->site.naddresses = 1;
	f->site.files = files;
	f->site.nfiles = 1;
	f->site.has_nova = 1;
	f->r.opt = &f->opt;
	f->r.bundle = &f->bundle;
	f->r.manifest = &f->manifest;
	f->r.site = &f->site;
	assert_non_null(f->r.map = addrmap_new());
	file_write("moves.map", rules, sizeof(rules) - 1);
	assert_int_equal(addrmap_add(f->r.map, maps[0], "--map"), 0);
	assert_int_equal(addrmap_file(f->r.map, "moves.map"), 0);
	assert_int_equal(addrmap_ready(f->r.map), 0);
}

/* As text and back, as the journal does it. */
static json_t *
through_text(json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);
	json_t *again;

	assert_non_null(text);
	json_decref(json);
	again = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	free(text);
	assert_non_null(again);
	return again;
}

static void
check_site(const struct asked *a)
{
	struct site *s = asked_site(a);

	assert_non_null(s);
	assert_string_equal(s->host, "cloud01");
	assert_null(s->my_ip);
	assert_string_equal(s->libvirt_uri, "qemu:///system");
	assert_int_equal(s->ndatabases, 2);
	assert_string_equal(s->databases[0].role, "nova");
	/* A login that is not UTF-8 is one all the same. */
	assert_string_equal(s->databases[0].url, databases[0].url);
	assert_string_equal(s->databases[1].source, "s");
	assert_int_equal(s->naddresses, 1);
	assert_string_equal(s->addresses[0].where, "nova.conf my_ip");
	assert_int_equal(s->nfiles, 1);
	assert_string_equal(s->files[0], "/etc/nova/nova.conf");
	assert_int_equal(s->has_nova, 1);
	site_free(s);
}

static void
there_and_back(void **state)
{
	const struct restore_options *o;
	char cwd[512], want[600];
	struct addrmap *map;
	struct asked *a;
	struct fake f;
	json_t *json;
	size_t i;

	(void)state;
	fake_open(&f);
	assert_non_null(json = asked_json(&f.r));
	json = through_text(json);
	assert_non_null(a = asked_parse(json));
	json_decref(json);
	o = asked_options(a);
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	snprintf(want, sizeof(want), "%s/node.bundle", cwd);
	assert_string_equal(o->bundle, want);
	assert_string_equal(asked_bundle(a)->file, want);
	snprintf(want, sizeof(want), "%s/tree", cwd);
	assert_string_equal(o->root, want);
	assert_string_equal(o->trust, "/keys/move.pub");
	assert_string_equal(o->connect, "qemu:///system");
	assert_null(o->defaults_file);
	assert_null(o->state_dir);
	assert_null(o->map_files);
	assert_null(o->except);
	assert_null(o->also);
	assert_string_equal(o->only[0], only[0]);
	assert_string_equal(o->only[1], only[1]);
	assert_null(o->only[2]);
	assert_string_equal(o->waive[0], waive[0]);
	assert_int_equal(o->on_drift, ON_DRIFT_REWRITE);
	assert_int_equal(o->no_libvirt, 1);
	assert_int_equal(o->no_files, 0);
	assert_int_equal(o->no_database, 0);
	assert_string_equal(asked_bundle(a)->id, f.manifest.id);
	assert_string_equal(asked_bundle(a)->host, "cloud01");
	assert_string_equal(asked_bundle(a)->signer, "SHA256:x");
	assert_string_equal(asked_bundle(a)->digest, f.bundle.digest);
	assert_int_equal(strlen(asked_started(a)), 20);
	check_site(a);
	/* The rules, wherever they came from, make the same map. */
	assert_non_null(map = addrmap_new());
	for (i = 0; o->maps[i] != NULL; i++)
		assert_int_equal(addrmap_add(map, o->maps[i], "again"), 0);
	assert_int_equal(i, 3);
	assert_int_equal(addrmap_ready(map), 0);
	for (i = 0; i < 3; i++)
		assert_string_equal(
		    addrmap_rule_text(map, i), addrmap_rule_text(f.r.map, i));
	addrmap_free(map);
	asked_free(a);
	addrmap_free(f.r.map);
}

/* A member that is missing or of another kind, each in turn. */
static void
other_forms_are_refused(void **state)
{
	static const char *const members[] = { "bundle", "trust", "map", "root",
		"connect", "defaults_file", "state_dir", "only", "except",
		"also", "on_drift", "no_files", "no_libvirt", "no_database",
		"waived", "site", "host", "started" };
	static const char *const inner[][2] = { { "bundle", "file" },
		{ "bundle", "id" }, { "bundle", "digest" },
		{ "site", "databases" }, { "site", "addresses" },
		{ "site", "files" }, { "site", "has_nova" },
		{ "site", "host" } };
	struct fake f;
	json_t *good, *json, *at;
	size_t i, n = sizeof(members) / sizeof(members[0]);
	int saved, how;

	(void)state;
	fake_open(&f);
	assert_non_null(good = asked_json(&f.r));
	for (how = 0; how < 2; how++) {
		for (i = 0; i < n + sizeof(inner) / sizeof(inner[0]); i++) {
			const char *key = i < n ? members[i] : inner[i - n][1];

			assert_non_null(json = json_deep_copy(good));
			at = i < n ? json
				   : json_object_get(json, inner[i - n][0]);
			if (how == 0)
				assert_int_equal(json_object_del(at, key), 0);
			else
				assert_int_equal(json_object_set_new(
						     at, key, json_integer(7)),
				    0);
			saved = hush();
			if (asked_parse(json) != NULL)
				fail_msg("taken: %s", key);
			assert_said("not of the form");
			unhush(saved);
			json_decref(json);
		}
	}
	json_decref(good);
	asked_free(NULL);
	addrmap_free(f.r.map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(other_forms_are_refused),
	};

	return cmocka_run_group_tests_name(
	    "asked", tests, folder_setup, folder_teardown);
}
