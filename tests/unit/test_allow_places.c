#include "tests/unit/allow_world.h"

#include <sys/sysmacros.h>

#include "restore/allow/code_file.h"
#include "restore/allow/folder.h"
#include "restore/allow/host_disk.h"

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

/* Paths of a disk, and whether they may be. */
static int
disk_may(struct world *w, const char *path)
{
	struct folders *f;
	struct buf why = BUF_EMPTY;
	int rc;

	assert_non_null(f = folders_new(&w->r));
	rc = folders_judge(f, "disk", path, &why);
	assert_int_not_equal(rc, -1);
	assert_int_equal(rc == 1, why.len == 0);
	folders_free(f);
	buf_free(&why);
	return rc;
}

static void
instances(struct world *w, const char *path)
{

	free(w->site.instances_path);
	w->site.instances_path = writable(path);
}

/* A link leads where it leads on the node. */
static void
test_links(void **state)
{
	static const char *const ways[][3] = {
		/* link, target, may a disk "LINK" be there */
		{ "/var/lib/nova/instances/in", "a/disk", "1" },
		{ "/var/lib/nova/instances/root",
		    "/var/lib/nova/instances/a/disk", "1" },
		{ "/var/lib/nova/instances/base", "/var/lib/nova/mnt/x", "1" },
		{ "/var/lib/nova/instances/out", "/etc/shadow", NULL },
		{ "/var/lib/nova/instances/up", "../../../../etc/shadow",
		    NULL },
		{ "/var/lib/nova/instances/none", "/etc/none", NULL },
		{ "/var/lib/nova/instances/loop", "loop", NULL },
		{ "/var/lib/nova/instances/far", "out", NULL },
	};
	struct world *w = *state;
	char name[200];
	size_t i;

	tree_file(&w->tree, "/var/lib/nova/instances/a/disk", "x");
	tree_file(&w->tree, "/var/lib/nova/mnt/x", "x");
	tree_file(&w->tree, "/etc/shadow", "x");
	for (i = 0; i < COUNT(ways); i++) {
		assert_int_equal(
		    symlink(ways[i][1], tree_path(&w->tree, ways[i][0])), 0);
		assert_int_equal(disk_may(w, ways[i][0]), ways[i][2] != NULL);
	}
	/* A folder on the way. */
	assert_int_equal(
	    symlink("/etc", tree_path(&w->tree, "/var/lib/nova/instances/b")),
	    0);
	assert_int_equal(disk_may(w, "/var/lib/nova/instances/b/shadow"), 0);
	assert_int_equal(disk_may(w, "/var/lib/nova/instances/b/new"), 0);
	assert_int_equal(disk_may(w, "/var/lib/nova/instances/c/new"), 1);
	/* The instances folder itself may be behind one. */
	assert_int_equal(
	    symlink("/data", tree_path(&w->tree, "/var/lib/nova/i")), 0);
	tree_file(&w->tree, "/data/a/disk", "x");
	instances(w, "/var/lib/nova/i");
	assert_int_equal(disk_may(w, "/var/lib/nova/i/a/disk"), 1);
	assert_int_equal(disk_may(w, "/data/a/disk"), 0);
	/* But not behind one that leads into the system. */
	instances(w, "/var/lib/nova/instances/b");
	assert_int_equal(disk_may(w, "/var/lib/nova/instances/b/x"), 0);
	(void)snprintf(name, sizeof(name), "/var/lib/nova/instances/%0120d", 1);
	assert_int_equal(disk_may(w, name), 0);
}

/* Folders that a bundle may say are the instances'. */
static void
test_system(void **state)
{
	static const struct {
		const char *path;
		int may;
	} bases[] = { { "/", 0 }, { "//", 0 }, { "/etc", 0 }, { "/etc/", 0 },
		{ "/./etc/nova", 0 }, { "/usr/share", 0 }, { "/root", 0 },
		{ "/var", 0 }, { "/var/lib", 0 }, { "/var/lib/mysql", 0 },
		{ "/var/lib/nova", 0 }, { "/var/lib/nova/", 0 },
		{ "/var/lib/libvirt", 0 }, { "/var/lib/libvirt/qemu/save", 0 },
		{ "/home", 0 }, { "/home/a/.ssh", 0 }, { "/dev", 0 },
		{ "/dev/mapper", 0 }, { "/proc/self/root", 0 },
		{ "/srv/../etc", 0 }, { "instances", 0 }, { "", 0 },
		{ "/tmp", 0 }, { "/var/lib/nova/instances", 1 },
		{ "/var/lib/libvirt/images", 1 }, { "/srv/nova", 1 },
		{ "/data/nova/instances/", 1 }, { "/mnt", 1 },
		{ "/home/nova/instances", 1 }, { "/etcetera", 1 } };
	struct world *w = *state;
	struct folders *f;
	struct buf why = BUF_EMPTY;
	char path[200];
	size_t i;

	for (i = 0; i < COUNT(bases); i++) {
		instances(w, bases[i].path);
		(void)snprintf(path, sizeof(path), "%s/x/disk", bases[i].path);
		assert_int_equal(disk_may(w, path), bases[i].may);
		if (bases[i].path[0] != '/')
			continue;
		assert_non_null(f = folders_new(&w->r));
		assert_int_equal(folders_judge(f, "pool", bases[i].path, &why),
		    bases[i].may);
		buf_clear(&why);
		/* A pool's folder is one for disks, or not, in the same way. */
		assert_int_equal(folders_pool(f, bases[i].path), 0);
		assert_int_equal(
		    folders_judge(f, "disk", path, &why), bases[i].may);
		buf_clear(&why);
		folders_free(f);
	}
	buf_free(&why);
}

/* Disks in a captured pool, whether it changes or stays. */
static void
test_pool(void **state)
{
	static const char pool[] = "<pool type='dir'><name>p</name><target>"
				   "<path>/srv/images</path></target></pool>";
	static const char disk[] =
	    "<disk type='file'><driver type='raw'/><source "
	    "file='/srv/images/a'/><target dev='vda'/></disk>";
	struct world *w = *state;

	assert_string_equal(judged_domain(w, "", disk),
	    "disk /domain/devices/disk/source/@file\n");
	world_anew(w);
	assert_string_equal(judged(w, ITEM_POOL, "pool:p", pool), "");
	assert_string_equal(judged_domain(w, "", disk), "");
	world_anew(w);
	assert_int_equal(allow_pool(w->allow, pool, strlen(pool)), 0);
	assert_string_equal(judged_domain(w, "", disk), "");
	warn_forget();
	assert_int_equal(allow_pool(w->allow, "<none", 5), -1);
}

/* What the host uses is none for a guest, and what is no block device. */
static void
test_host_disk(void **state)
{
	static const char disk[] =
	    "<disk type='block'><driver type='raw'/><source "
	    "dev='/dev/x'/><target dev='vda'/></disk>";
	struct world *w = *state;
	struct buf why = BUF_EMPTY;
	struct stat st;
	char line[512];
	unsigned int a, b;
	FILE *f;

	assert_string_equal(judged_domain(w, "", disk), "");
	tree_file(&w->tree, "/dev/x", "");
	assert_string_equal(judged_domain(w, "", disk),
	    "host-disk /domain/devices/disk/source/@dev\n");
	assert_int_equal(unlink(tree_path(&w->tree, "/dev/x")), 0);
	/* Something mounted of which there is a block device. */
	assert_non_null(f = fopen("/proc/self/mountinfo", "re"));
	for (a = 0; a == 0 && fgets(line, sizeof(line), f) != NULL;)
		if (sscanf(line, "%*s %*s %u:%u", &a, &b) != 2)
			a = 0;
	fclose(f);
	if (a == 0 || mknod(tree_path(&w->tree, "/dev/x"), S_IFBLK | 0600,
			  makedev(a, b)) == -1)
		skip();
	assert_int_equal(host_disk(w->r.root, "/dev/x", &why), 1);
	assert_string_equal(why.data, "is mounted by this host");
	buf_clear(&why);
	assert_int_equal(stat(tree_path(&w->tree, "/dev/x"), &st), 0);
	assert_int_equal(unlink(tree_path(&w->tree, "/dev/x")), 0);
	/* A number that no driver has. */
	if (mknod(tree_path(&w->tree, "/dev/x"), S_IFBLK | 0600,
		makedev(4000, 77)) == -1)
		skip();
	assert_int_equal(host_disk(w->r.root, "/dev/x", &why), 0);
	buf_free(&why);
}

/* Files that the system runs or obeys. */
static void
test_code(void **state)
{
	static const char *const allow[] = { "hook:file:/etc/cron.d/*", NULL };
	static const struct {
		const char *path;
		enum file_type type;
		int may;
	} files[] = {
		{ "/etc/libvirt/hooks/qemu", FILE_REGULAR, 0 },
		{ "/etc/libvirt/hooks/qemu.d/x", FILE_SYMLINK, 0 },
		{ "/etc/libvirt/hooks", FILE_DIRECTORY, 1 },
		{ "/etc/libvirt/qemu.conf", FILE_REGULAR, 1 },
		{ "/etc/crontab", FILE_REGULAR, 0 },
		{ "/etc/crontabs", FILE_REGULAR, 1 },
		{ "/etc/sudoers.d/x", FILE_REGULAR, 0 },
		{ "/etc/ld.so.preload", FILE_REGULAR, 0 },
		{ "/root/.ssh/authorized_keys", FILE_REGULAR, 0 },
		{ "/root/keystonerc", FILE_REGULAR, 0 },
		{ "/root/openrc", FILE_REGULAR, 1 },
		{ "/root/.my.cnf", FILE_REGULAR, 1 },
		{ "/etc/systemd/system/x.service", FILE_REGULAR, 0 },
		{ "/etc/systemd/system/tgt.service.d/a.conf", FILE_REGULAR, 1 },
		{ "/usr/bin/x", FILE_REGULAR, 0 },
		{ "/lib", FILE_SYMLINK, 0 },
		{ "/etc/nova/nova.conf", FILE_REGULAR, 1 },
		{ "/etc/network/interfaces", FILE_REGULAR, 1 },
	};
	struct world *w = *state;
	struct item_file file;
	struct item item = { .kind = ITEM_FILE, .file = &file };
	const struct plan_record *rec;
	char name[100];
	size_t i;

	memset(&file, 0, sizeof(file));
	for (i = 0; i < COUNT(files); i++) {
		(void)snprintf(name, sizeof(name), "file:%s", files[i].path);
		item.name = name;
		file.type = files[i].type;
		world_fresh(w);
		assert_int_equal(code_file(&w->r, &item, files[i].path), 0);
		assert_int_equal(
		    plan_count(w->r.plan, PLAN_FINDING, -1), !files[i].may);
	}
	(void)snprintf(name, sizeof(name), "file:/etc/cron.d/x");
	file.type = FILE_REGULAR;
	world_fresh(w);
	w->opt.allow = allow;
	assert_int_equal(code_file(&w->r, &item, "/etc/cron.d/x"), 0);
	assert_int_equal(plan_count(w->r.plan, PLAN_WAIVED, -1), 1);
	w->r.reading = 1;
	assert_int_equal(code_file(&w->r, &item, "/etc/cron.d/x"), 0);
	assert_int_equal(plan_count(w->r.plan, PLAN_NOTE, -1), 0);
	w->opt.allow = NULL;
	assert_int_equal(code_file(&w->r, &item, "/etc/cron.d/x"), 0);
	assert_int_equal(plan_count(w->r.plan, PLAN_NOTE, -1), 1);
	assert_int_equal(plan_rewind(w->r.plan), 0);
	while (plan_next(w->r.plan, &rec) == 1)
		assert_string_equal(rec->name, "not-allowed");
}

int
main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_links),
		TEST(test_system),
		TEST(test_pool),
		TEST(test_host_disk),
		TEST(test_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
