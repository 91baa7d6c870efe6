#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/preflight/listens.h"

/* "ADDRESS:PORT!" for each, "!" where the host must have it. */
static void
expect(struct listens *l, const char *want)
{
	char got[1024] = "", one[128], text[ADDRESS_TEXT];
	size_t i;

	for (i = 0; i < l->n; i++) {
		address_print(&l->l[i].addr, text);
		snprintf(one, sizeof(one), "%s%s:%u%s", i == 0 ? "" : " ", text,
		    l->l[i].port, l->l[i].must ? "!" : "");
		strncat(got, one, sizeof(got) - strlen(got) - 1);
	}
	assert_string_equal(got, want);
}

static const struct {
	const char *item;
	enum place_format format;
	const char *bytes, *want;
} lines[] = {
	{ "file:/etc/nova/nova.conf", PLACE_INI,
	    "[DEFAULT]\nmy_ip = 10.2.15.3\n", "10.2.15.3:0!" },
	/* Flags have no section; no case, - as _. */
	{ "file:/etc/nova/nova.conf", PLACE_FLAGS, "--my_ip=10.2.15.3\n",
	    "10.2.15.3:0!" },
	{ "file:/etc/nova/nova.conf", PLACE_FLAGS,
	    "--osapi-compute-listen=10.2.15.3\n"
	    "--osapi_compute_listen_port=9000",
	    "10.2.15.3:9000!" },
	{ "file:/etc/nova/nova.conf", PLACE_INI,
	    "[DEFAULT]\nmetadata_listen=10.2.15.3\n", "10.2.15.3:8775!" },
	/* Another section's option is another option. */
	{ "file:/etc/nova/nova.conf", PLACE_INI,
	    "[x]\nmetadata_listen=10.2.15.3\n", "" },
	{ "file:/etc/nova/nova.conf", PLACE_INI,
	    "[DEFAULT]\nmetadata_listen=10.2.15.3\n[x]\n"
	    "metadata_listen_port=1\n",
	    "10.2.15.3:8775!" },
	/* A port that is none stays the usual one. */
	{ "file:/etc/glance/glance-api.conf", PLACE_INI,
	    "[DEFAULT]\nbind_host=10.2.15.3\nbind_port=99999\n",
	    "10.2.15.3:9292!" },
	{ "file:/etc/nova/nova.conf", PLACE_INI,
	    "[DEFAULT]\nmy_ip=10.2.15.3\n[vnc]\nserver_listen=$my_ip\n"
	    "[spice]\nhtml5proxy_host=$my_ip\n",
	    "10.2.15.3:0! 10.2.15.3:6082!" },
	{ "file:/etc/nova/nova.conf", PLACE_INI,
	    "[vnc]\nserver_listen=$my_ip\n", "" },
	/* Whatever is reached with a port; not comments, not networks. */
	{ "file:/etc/nova/nova.conf", PLACE_INI,
	    "[glance]\n#api=http://10.2.15.4:1\n"
	    "api_servers = http://10.2.15.3:9292,http://[2001:db8::1]:9293/v1\n"
	    "x = 10.2.15.0/24 10.2.15.9\n",
	    "10.2.15.3:9292 2001:db8::1:9293" },
	{ "file:/etc/mysql/mariadb.conf.d/50-server.cnf", PLACE_TEXT,
	    "[mysqld]\nbind-address            = 10.2.15.3\n",
	    "10.2.15.3:3306!" },
	{ "file:/etc/mysql/my.cnf", PLACE_TEXT,
	    "[mysqld]\nbind-address=10.2.15.3\nport=3307\n",
	    "10.2.15.3:3307!" },
	{ "file:/etc/memcached.conf", PLACE_TEXT,
	    "-d\n-p 11212\n-l 10.2.15.3\n", "10.2.15.3:11212!" },
	{ "file:/etc/sysconfig/memcached", PLACE_TEXT,
	    "PORT=\"11213\"\nOPTIONS=\"-v -l 10.2.15.3\"\n",
	    "10.2.15.3:11213!" },
	{ "file:/etc/rabbitmq/rabbitmq-env.conf", PLACE_TEXT,
	    "export RABBITMQ_NODE_IP_ADDRESS=10.2.15.3\n", "10.2.15.3:5672!" },
	{ "file:/etc/rabbitmq/rabbitmq.conf", PLACE_TEXT,
	    "listeners.tcp.default = 10.2.15.3:5673\n", "10.2.15.3:5673!" },
	{ "file:/etc/apache2/ports.conf", PLACE_TEXT,
	    "Listen 10.2.15.3:5000\nListen 80\n", "10.2.15.3:5000!" },
	{ "file:/etc/systemd/system/tgt.service.d/a.conf", PLACE_TEXT,
	    "ExecStart=/usr/sbin/tgtd -f --iscsi portal=10.2.15.3:3261\n",
	    "10.2.15.3:3261!" },
	{ "file:/etc/libvirt/qemu.conf", PLACE_TEXT,
	    "vnc_listen = \"10.2.15.3\"\n#spice_listen = \"10.2.15.4\"\n",
	    "10.2.15.3:0!" },
	/* Files that tell nothing of it. */
	{ "file:/etc/hosts", PLACE_TEXT, "10.2.15.3 node1\n", "" },
	{ "file:/etc/nova/nova.conf", PLACE_INI, "", "" },
	{ "file:/etc/nova/nova.conf", PLACE_INI, "[", "" },
	{ "file:/etc/nova/nova.conf", PLACE_INI, "[DEFAULT]\nmy_ip", "" },
	{ "file:/etc/nova/nova.conf", PLACE_INI, "[DEFAULT]\nmy_ip =", "" },
};

static void
options(void **state)
{
	struct item_file file;
	char name[128];
	struct item item;
	struct listens l;
	size_t i;

	(void)state;
	memset(&item, 0, sizeof(item));
	memset(&file, 0, sizeof(file));
	item.kind = ITEM_FILE;
	item.file = &file;
	item.name = name;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		memset(&l, 0, sizeof(l));
		snprintf(name, sizeof(name), "%s", lines[i].item);
		file.format = lines[i].format;
		assert_int_equal(listens_lines(&l, &item, lines[i].bytes,
				     strlen(lines[i].bytes)),
		    0);
		expect(&l, lines[i].want);
		listens_free(&l);
	}
}

static const struct {
	const char *devices, *want, *place;
} domains[] = {
	{ "<graphics listen='10.2.15.3'><listen type='address' "
	  "address='10.2.15.3'/></graphics>",
	    "10.2.15.3:0!", "/domain/devices/graphics/@listen" },
	{ "<graphics><listen type='address' address='10.2.15.3'/></graphics>",
	    "10.2.15.3:0!", "/domain/devices/graphics/listen/@address" },
	{ "<graphics listen='10.2.15.3'><listen address='10.2.15.3'/>"
	  "<listen address='10.2.15.4'/></graphics>",
	    "10.2.15.3:0! 10.2.15.4:0!", NULL },
	{ "<graphics listen='a name'/><graphics/><graphics><listen "
	  "type='socket'/></graphics>",
	    "", NULL },
	{ "<serial type='tcp'><source mode='bind' host='10.2.15.3' "
	  "service='7000'/></serial>",
	    "10.2.15.3:7000!", "/domain/devices/serial/source/@host" },
	{ "<channel type='udp'><source mode='connect' host='10.2.15.9' "
	  "service='1'/><source mode='bind' host='10.2.15.3' "
	  "service='2'/></channel>",
	    "10.2.15.3:2!", "/domain/devices/channel/source/@host" },
	{ "<interface type='server'><source address='10.2.15.3' "
	  "port='5558'/></interface>",
	    "10.2.15.3:5558!", "/domain/devices/interface/source/@address" },
	{ "<interface type='client'><source address='10.2.15.3' "
	  "port='5558'/></interface>",
	    "", NULL },
	{ "<disk><source><host name='10.2.15.3' port='3260'/></source></disk>",
	    "", NULL },
};

static void
definitions(void **state)
{
	struct listens l;
	char xml[1024];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(domains) / sizeof(domains[0]); i++) {
		memset(&l, 0, sizeof(l));
		snprintf(xml, sizeof(xml),
		    "<domain><devices>%s</devices></domain>",
		    domains[i].devices);
		assert_int_equal(
		    listens_domain(&l, "domain:a", xml, strlen(xml)), 0);
		expect(&l, domains[i].want);
		if (domains[i].place != NULL) {
			assert_string_equal(l.l[0].place, domains[i].place);
			assert_string_equal(l.l[0].item, "domain:a");
			assert_int_equal(l.l[0].places, 1);
		}
		listens_free(&l);
	}
	memset(&l, 0, sizeof(l));
	assert_int_equal(listens_domain(&l, "domain:a", "<domain/>", 9), 0);
	expect(&l, "");
	warn_forget();
	assert_int_equal(listens_domain(&l, "domain:a", "<domain", 7), -1);
	(void)warn_said(&n);
	assert_int_equal(n, 1);
	warn_forget();
}

/* The same again is counted; a host that must have it must. */
static void
once_each(void **state)
{
	char item[] = "file:/a", other[] = "file:/b", place[] = "line 1";
	struct listen one = { .port = 80, .item = item, .place = place };
	struct listens l;

	(void)state;
	memset(&l, 0, sizeof(l));
	assert_int_equal(address_parse("10.2.15.3", &one.addr), 0);
	assert_int_equal(listens_add(&l, &one), 0);
	one.item = other;
	one.must = 1;
	assert_int_equal(listens_add(&l, &one), 0);
	one.port = 81;
	assert_int_equal(listens_add(&l, &one), 0);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.l[0].places, 2);
	assert_int_equal(l.l[0].must, 1);
	assert_string_equal(l.l[0].item, "file:/a");
	listens_free(&l);
	assert_int_equal(l.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options),
		cmocka_unit_test(definitions),
		cmocka_unit_test(once_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
