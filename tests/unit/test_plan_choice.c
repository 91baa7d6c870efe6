#include "tests/unit/file_plan.h"

/* What of the files is looked into, held or left alone. */

static void
test_choice(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->here, "/etc/nova/a", "10.2.116.14");
	snapshot(f);
	tree_file(&f->there, "/etc/nova/a", "10.2.116.14");
	tree_file(&f->there, "/etc/nova/nova.conf", conf);
	f->only[0] = "file:*/a";
	plan(f, "change file:/etc/nova/a\n");
	leftovers(f, "leftover file:/etc/nova/a line 1 =leftover\n");
	f->only[0] = NULL;
	f->leave[0] = "file:*/a";
	plan(f, HELD "change file:/etc/nova/nova.conf\n");
	/* --also: a held place is released. */
	f->also[0] = "file:/etc/nova/nova.conf line 1";
	plan(f, "held file:/etc/nova/nova.conf --rabbit_password =secret\n"
		"change file:/etc/nova/nova.conf\n");
	assert_int_equal(apply(f), 0);
	leftovers(f, "");
	f->also[0] = NULL;
}

/* An address in the name of a file: held, told. */
static void
test_names(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->here, "/etc/iscsi/nodes/iqn/10.2.116.14,3260,1/default",
	    "node.conn[0].address = 10.2.116.14\n");
	f->leave[0] = "*nova*";
	snapshot(f);
	plan(f, "create file:/etc\n"
		"create file:/etc/iscsi\n"
		"create file:/etc/iscsi/nodes\n"
		"create file:/etc/iscsi/nodes/iqn\n"
		"create file:/etc/iscsi/nodes/iqn/10.2.15.3,3260,1\n"
		"create file:/etc/iscsi/nodes/iqn/10.2.15.3,3260,1/default\n");
	assert_int_equal(apply(f), 0);
	leftovers(f, "");
}

/* A swap: both addresses are old and new; what is right is no leftover. */
static void
test_swap(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->here, "/etc/nova/a", "10.0.0.1 10.0.0.2\n");
	f->maps[0] = "10.0.0.1=10.0.0.2";
	f->maps[1] = "10.0.0.2=10.0.0.1";
	f->only[0] = "file:*/a";
	snapshot(f);
	tree_file(&f->there, "/etc/nova/a", "10.0.0.1 10.0.0.2\n");
	plan(f, "change file:/etc/nova/a\n");
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, "/etc/nova/a", "10.0.0.2 10.0.0.1\n");
	plan(f, "");
	leftovers(f, "");
}

/* Files of this host that the bundle knows nothing of. */
static void
test_strangers(void **state)
{
	struct fixture *f = *state;

	snapshot(f);
	tree_file(&f->there, "/etc/nova/nova.conf", conf_new);
	tree_file(&f->there, "/etc/nova/x.conf",
	    "# 10.2.116.14\n[a]\nb = 10.2.116.14\npassword = 10.2.116.14\n");
	tree_bytes(&f->there, "/etc/nova/bin",
	    "\0"
	    "10.2.116.14",
	    12);
	tree_file(&f->there, "/etc/nova/broken.xml", "<a>10.2.116.14");
	tree_file(&f->there, "/etc/other", "10.2.116.14");
	leftovers(f, "leftover file:/etc/nova/broken.xml line 1 =leftover\n"
		     "held file:/etc/nova/x.conf line 1 =comment\n"
		     "leftover file:/etc/nova/x.conf [a] b =leftover\n"
		     "held file:/etc/nova/x.conf [a] password =secret\n"
		     "held file:/etc/other line 1 =outside\n");
}

/* The machine's own network: looked into, and left alone without --also. */
static void
test_own_network(void **state)
{
	static const char old[] = "iface eth0\n\taddress 10.2.116.14\n";
	static const char new[] = "iface eth0\n\taddress 10.2.15.3\n";
	static const char path[] = "/etc/network/interfaces";
	struct fixture *f = *state;

	tree_file(&f->here, path, old);
	tree_file(&f->there, path, old);
	f->only[0] = "file:/etc/network/interfaces";
	snapshot(f);
	plan(f, "held file:/etc/network/interfaces line 2 =own-network\n");
	leftovers(f, "");
	/* Whatever it is by then, it is no drift. */
	tree_file(&f->there, path, new);
	plan(f, "");
	tree_file(&f->there, path, "iface eth7\n");
	plan(f, "");
	assert_int_equal(unlink(tree_path(&f->there, path)), 0);
	plan(f, "held file:/etc/network/interfaces =own-network\n");
	tree_file(&f->there, path, old);
	f->also[0] = "file:/etc/network/*";
	plan(f, "change file:/etc/network/interfaces\n");
	assert_int_equal(apply(f), 0);
	tree_holds(&f->there, path, new);
}

/* What nobody may rewrite stays, even against --also. */
static void
test_never(void **state)
{
	static const char path[] = "/etc/openvswitch/conf.db";
	struct fixture *f = *state;

	tree_file(&f->here, path, "OVSDB JSON 1 2\n10.2.116.14\n");
	tree_file(&f->there, path, "OVSDB JSON 1 2\n10.2.116.14\n");
	f->only[0] = "file:/etc/openvswitch/*";
	f->also[0] = "*";
	snapshot(f);
	plan(f, "held file:/etc/openvswitch/conf.db line 2 =ovs-database\n");
	leftovers(f, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_choice),
		TEST(test_names),
		TEST(test_swap),
		TEST(test_strangers),
		TEST(test_own_network),
		TEST(test_never),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
