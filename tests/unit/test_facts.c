#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/facts/facts_internal.h"

static struct address
address(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(text, &a), 0);
	return a;
}

/* A host that there is not. */
static struct facts *
made(void)
{
	struct fact_interface *in;
	struct address a;
	struct facts *f;

	assert_non_null(f = calloc(1, sizeof(*f)));
	assert_non_null(f->host_name = strdup("node1"));
	assert_non_null(f->machine_id = strdup("0123"));
	assert_non_null(in = facts_new_interface(f, "eth0"));
	a = address("10.2.15.3");
	assert_int_equal(facts_new_address(in, &a), 0);
	a = address("2001:db8::3");
	assert_int_equal(facts_new_address(in, &a), 0);
	assert_non_null(in = facts_new_interface(f, "br100"));
	in->is_bridge = 1;
	assert_int_equal(facts_new_program(&f->services, &f->nservices,
			     "nova-compute", 12, "nova-compute.service"),
	    0);
	assert_int_equal(
	    facts_new_program(&f->clients, &f->nclients, "virsh", 0, NULL), 0);
	assert_int_equal(facts_unseen(f, "%s: %d", "this", 1), 0);
	return f;
}

static void
addresses_and_interfaces(void **state)
{
	static const struct {
		const char *text;
		int has;
	} rows[] = {
		{ "10.2.15.3", 1 },
		{ "10.2.15.30", 0 },
		{ "2001:db8:0::3", 1 },
		{ "2001:db8::4", 0 },
		/* Everywhere. */
		{ "0.0.0.0", 1 },
		{ "::", 1 },
		{ "127.0.0.1", 1 },
		{ "127.0.1.1", 1 },
		{ "::1", 1 },
	};
	struct facts *f = made();
	struct address a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		a = address(rows[i].text);
		if (facts_has_address(f, &a) != rows[i].has)
			fail_msg("%s", rows[i].text);
	}
	assert_int_equal(facts_interface(f, "br100")->is_bridge, 1);
	assert_int_equal(facts_interface(f, "eth0")->is_bridge, 0);
	assert_null(facts_interface(f, "eth"));
	facts_free(f);
}

static void
json_there_and_back(void **state)
{
	struct facts *f = made(), *g;
	json_t *json, *again;

	(void)state;
	assert_non_null(json = facts_json(f));
	assert_non_null(g = facts_parse(json));
	assert_non_null(again = facts_json(g));
	assert_true(json_equal(json, again));
	assert_string_equal(g->host_name, "node1");
	assert_int_equal(g->ninterfaces, 2);
	assert_int_equal(g->interfaces[0].naddresses, 2);
	assert_string_equal(g->services[0].unit, "nova-compute.service");
	assert_int_equal(g->services[0].pid, 12);
	assert_null(g->clients[0].unit);
	assert_string_equal(g->unseen[0], "this: 1");
	json_decref(json);
	json_decref(again);
	facts_free(f);
	facts_free(g);
}

static void
other_forms_are_refused(void **state)
{
	static const char *const rows[] = {
		"[]",
		"{}",
		"{\"interfaces\":{}}",
		"{\"interfaces\":[1],\"services\":[],\"clients\":[],\"unseen\":"
		"[]}",
		"{\"interfaces\":[{\"name\":\"a\"}],\"services\":[],"
		"\"clients\":[],\"unseen\":[]}",
		"{\"interfaces\":[{\"name\":\"a\",\"addresses\":[\"x\"]}],"
		"\"services\":[],\"clients\":[],\"unseen\":[]}",
		"{\"interfaces\":[],\"services\":[{\"name\":\"a\",\"pid\":-1}],"
		"\"clients\":[],\"unseen\":[]}",
		"{\"interfaces\":[],\"services\":[{\"name\":1,\"pid\":1}],"
		"\"clients\":[],\"unseen\":[]}",
		"{\"interfaces\":[],\"services\":[],\"clients\":[{\"name\":"
		"\"a\",\"pid\":1,\"unit\":2}],\"unseen\":[]}",
		"{\"interfaces\":[],\"services\":[],\"clients\":[],\"unseen\":["
		"1]}",
		"{\"host_name\":1,\"interfaces\":[],\"services\":[],"
		"\"clients\":[],\"unseen\":[]}",
	};
	json_t *json;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		warn_forget();
		assert_non_null(json = json_loads(rows[i], 0, NULL));
		if (facts_parse(json) != NULL)
			fail_msg("%s", rows[i]);
		(void)warn_said(&n);
		assert_int_equal(n, 1);
		json_decref(json);
	}
	warn_forget();
}

/* What is true of every host that tests run on. */
static void
this_host(void **state)
{
	const struct fact_interface *lo;
	struct root *root;
	struct facts *f;
	size_t i;

	(void)state;
	assert_non_null(root = root_open("/"));
	assert_non_null(f = facts_here(root, NULL));
	assert_non_null(f->host_name);
	assert_non_null(lo = facts_interface(f, "lo"));
	assert_int_equal(lo->is_bridge, 0);
	assert_null(f->hypervisor_name);
	assert_int_equal(f->nclients, 0);
	for (i = 0; i < f->nservices; i++)
		assert_true(f->services[i].pid > 0);
	facts_free(f);
	root_close(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_and_interfaces),
		cmocka_unit_test(json_there_and_back),
		cmocka_unit_test(other_forms_are_refused),
		cmocka_unit_test(this_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
