#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "restore/next/next_steps.h"

/* A restore that ended: a root of its own, a bundle's manifest, a map. */
struct world {
	struct restore r;
	struct restore_options opt;
	struct manifest *m;
	struct addrmap *map;
	struct site site;
	struct site_database databases[4];
	struct next_steps steps;
};

static void
put(const char *path, const char *text)
{
	char dir[256], *at;

	snprintf(dir, sizeof(dir), "%s", path);
	for (at = strchr(dir, '/'); at != NULL; at = strchr(at + 1, '/')) {
		*at = '\0';
		mkdir(dir, 0755);
		*at = '/';
	}
	file_write(path, text, strlen(text));
}

static int
begin(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	char cwd[512], name[600];
	static unsigned n;

	assert_non_null(w);
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	snprintf(name, sizeof(name), "%s/root%u", cwd, n++);
	assert_int_equal(mkdir(name, 0755), 0);
	assert_non_null(w->r.root = root_open(name));
	assert_non_null(w->m = manifest_new());
	assert_non_null(w->r.map = w->map = addrmap_new());
	assert_int_equal(
	    addrmap_add(w->r.map, "10.2.116.14 = 10.2.15.3", "test"), 0);
	assert_int_equal(addrmap_ready(w->r.map), 0);
	w->opt.bundle = "node.bundle";
	w->opt.trust = "it's.pub";
	w->r.opt = &w->opt;
	w->r.manifest = w->m;
	w->r.site = &w->site;
	w->site.databases = w->databases;
	*state = w;
	assert_int_equal(chdir(name), 0);
	return 0;
}

static int
end(void **state)
{
	struct world *w = *state;

	next_steps_free(&w->steps);
	plan_free(w->r.plan);
	addrmap_free(w->map);
	manifest_free(w->m);
	root_close(w->r.root);
	free(w);
	return chdir("..");
}

static struct item *
add(struct world *w, enum item_kind kind, const char *name, const char *uuid)
{
	struct item *item;

	assert_non_null(item = item_new(kind));
	assert_int_equal(manifest_set(&item->name, name), 0);
	assert_non_null(item->path = item_member(item));
	if (uuid != NULL)
		assert_int_equal(manifest_set(&item->virt->uuid, uuid), 0);
	assert_int_equal(manifest_add(w->m, item), 0);
	return item;
}

static void
role(struct world *w, const char *name)
{

	w->databases[w->site.ndatabases++].role = (char *)(uintptr_t)name;
}

static void
find(struct world *w)
{

	next_steps_free(&w->steps);
	assert_int_equal(next_steps_find(&w->r, &w->steps), 0);
}

/* The number of the step with that command, from 1 on; 0: there is none. */
static size_t
step(const struct world *w, const char *command)
{
	size_t i;

	for (i = 0; i < w->steps.n; i++) {
		if (w->steps.step[i].command != NULL &&
		    strcmp(w->steps.step[i].command, command) == 0)
			return i + 1;
	}
	return 0;
}

/* Nothing of OpenStack is here: nothing is left to do. */
static void
test_nothing(void **state)
{
	struct world *w = *state;
	json_t *json;

	find(w);
	assert_int_equal(w->steps.n, 0);
	assert_non_null(json = next_steps_json(&w->steps));
	assert_int_equal(json_array_size(json), 0);
	json_decref(json);
	w->r.manifest = NULL;
	w->r.map = NULL;
	w->r.site = NULL;
	find(w);
	assert_int_equal(step(w, "systemctl restart nova-compute"), 0);
	root_close(w->r.root);
	w->r.root = NULL;
	find(w);
	assert_int_equal(w->steps.n, 0);
}

/* What ran comes up through nova, in the words of its time. */
static void
test_instances(void **state)
{
	struct world *w = *state;
	struct item *item;

	put("etc/nova/nova.conf", "[DEFAULT]\nmy_ip = 10.2.15.3\n");
	add(w, ITEM_DOMAIN, "domain:a", "uuid-a")->virt->active = 1;
	add(w, ITEM_DOMAIN, "domain:b", "uuid-b");
	add(w, ITEM_DOMAIN, "domain:c", "uuid-c")->virt->active = 1;
	find(w);
	assert_int_equal(w->steps.instances, 2);
	assert_true(step(w, "openstack server reboot --hard uuid-a") >
		    step(w, "systemctl restart nova-compute"));
	assert_int_equal(step(w, "openstack server reboot --hard uuid-b"), 0);
	assert_int_equal(step(w, "openstack server reboot --hard uuid-c"),
	    w->steps.first_instance + 2);
	assert_null(strstr(
	    w->steps.step[w->steps.first_instance].why, "resume_guests"));
	put("etc/nova/nova.conf",
	    "--my_ip=10.2.15.3\n--resume_guests_state_on_host_boot=true\n");
	find(w);
	assert_true(step(w, "nova reboot --hard uuid-a") > 0);
	assert_non_null(strstr(w->steps.step[w->steps.first_instance].why,
	    "resume_guests_state_on_host_boot"));
	put("etc/nova/nova.conf", "--start_guests_on_host_boot=False\n");
	find(w);
	assert_null(
	    strstr(w->steps.step[w->steps.first_instance].why, "guests"));
	/* What was left out is nobody's concern. */
	w->opt.except = (const char *const[]){ "domain:c", NULL };
	find(w);
	assert_int_equal(w->steps.instances, 1);
	/* Secrets that libvirt did not give away, before nova's agents. */
	item = add(w, ITEM_SECRET, "secret:uuid-s", "uuid-s");
	item->virt->is_private = 1;
	item = add(w, ITEM_SECRET, "secret:uuid-t", "uuid-t");
	item->virt->has_value = 1;
	find(w);
	assert_true(
	    step(w, "virsh secret-set-value uuid-s --interactive") > 0 &&
	    step(w, "virsh secret-set-value uuid-s --interactive") <
		step(w, "systemctl restart nova-compute"));
	assert_int_equal(
	    step(w, "virsh secret-set-value uuid-t --interactive"), 0);
}

/* Databases tell which services a controller has, where no unit is found. */
static void
test_roles(void **state)
{
	static const char *const order[] = { "systemctl restart keystone",
		"systemctl restart glance-api",
		"systemctl restart nova-api nova-scheduler",
		"nova-manage cell_v2 list_cells",
		"systemctl restart nova-compute" };
	struct world *w = *state;
	size_t i, at = 0;

	put("etc/nova/nova.conf", "[DEFAULT]\n");
	put("etc/keystone/keystone.conf", "[DEFAULT]\n");
	put("etc/glance/glance-api.conf", "[DEFAULT]\n");
	put("etc/cinder/cinder.conf", "[DEFAULT]\n");
	find(w);
	assert_int_equal(w->steps.n, 1);
	role(w, "keystone");
	role(w, "glance");
	role(w, "nova");
	role(w, "nova_api");
	find(w);
	assert_int_equal(w->steps.n, 5);
	for (i = 0; i < 5; i++) {
		assert_true(step(w, order[i]) > at);
		at = step(w, order[i]);
	}
}

/* Units decide as soon as one is known. */
static void
test_units(void **state)
{
	struct world *w = *state;

	put("etc/nova/nova.conf", "[DEFAULT]\n");
	put("etc/keystone/keystone.conf", "[DEFAULT]\n");
	role(w, "keystone");
	role(w, "nova");
	put("lib/systemd/system/apache2.service", "");
	put("usr/lib/systemd/system/openstack-nova-api.service", "");
	put("etc/systemd/system/nova-conductor.service", "");
	put("etc/init.d/nova-compute", "");
	find(w);
	assert_true(step(w, "systemctl restart apache2") > 0);
	assert_true(
	    step(w, "systemctl restart openstack-nova-api nova-conductor") > 0);
	assert_true(step(w, "service nova-compute restart") > 0);
	assert_int_equal(w->steps.n, 3);
}

static void
hold(struct world *w, enum item_kind kind, const char *item, const char *name)
{

	assert_int_equal(
	    plan_say(w->r.plan, PLAN_HELD, kind, item, "p", name, "%s", "why"),
	    0);
}

/* Held places, by reason: with the command that releases them. */
static void
test_held(void **state)
{
	struct world *w = *state;
	char name[64];
	int i;

	assert_non_null(w->r.plan = plan_new());
	hold(w, ITEM_FILE, "file:/etc/x", "comment");
	hold(w, ITEM_TABLE, "row:nova.t:7", "history");
	find(w);
	assert_int_equal(w->steps.n, 0);
	hold(w, ITEM_TABLE, "row:nova.t:7", "tenant");
	hold(w, ITEM_TABLE, "row:nova.t:8", "tenant");
	hold(w, ITEM_FILE, "file:/etc/o'x", "tenant");
	w->opt.maps = (const char *const[]){ "a = b", NULL };
	w->opt.no_libvirt = 1;
	find(w);
	assert_int_equal(w->steps.n, 1);
	assert_string_equal(w->steps.step[0].text,
	    "decide about 3 places held: a tenant's own data");
	assert_string_equal(w->steps.step[0].command,
	    "novark restore node.bundle --trust 'it'\\''s.pub' --map 'a = b' "
	    "--no-libvirt --also 'row:nova.t:*' --also 'file:/etc/o'\\''x'");
	for (i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "domain:%d", i);
		hold(w, ITEM_DOMAIN, name, "host");
	}
	find(w);
	assert_int_equal(w->steps.n, 2);
	assert_non_null(strstr(w->steps.step[1].text, "20 places"));
	assert_non_null(strstr(w->steps.step[1].text, "14 of them elsewhere"));
	/* Without a bundle there is no restore to be run again. */
	w->r.manifest = NULL;
	find(w);
	assert_int_equal(w->steps.n, 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(test_nothing),
		TEST(test_instances),
		TEST(test_roles),
		TEST(test_units),
		TEST(test_held),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
