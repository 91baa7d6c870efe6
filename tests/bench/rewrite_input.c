/**
 * rewrite_input BYTES: text as mysqldump writes it of a nova and cinder
 * database, at least so many bytes, the same at each run: instances with their
 * attached volumes (block_device_mapping with connection_info), network
 * caches and volumes.  The addresses in it are of a site: a compute node of
 * 10,000 is a row's host, one of 40 storage servers has its volumes; beside
 * them stand the instances' own.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Compute nodes, and storage servers, which come first, have addresses that no
 * other address is a part of, as sed asks for: 10.2.100.100 to 10.2.199.199. */
#define NODES   10000
#define STORAGE 40

static uint64_t state = 1;

static unsigned
any(unsigned below)
{

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((state >> 33) % below);
}

static const char *
node(unsigned n, char text[32])
{

	snprintf(text, 32, "10.2.%u.%u", 100 + n / 100, 100 + n % 100);
	return text;
}

static const char *
uuid(char text[37])
{

	snprintf(text, 37, "%08x-%04x-4%03x-a%03x-%06x%06x",
	    any(0x7fffffff) * 2 + any(2), any(0x10000), any(0x1000),
	    any(0x1000), any(0x1000000), any(0x1000000));
	return text;
}

static const char *
when(char text[20])
{

	snprintf(text, 20, "2026-%02u-%02u %02u:%02u:%02u", 1 + any(12),
	    1 + any(28), any(24), any(60), any(60));
	return text;
}

static size_t
instance(unsigned n, const char *id, const char *project)
{
	char a[20], b[20], r[16];
	int len;

	snprintf(r, sizeof(r), "r-%06x", any(0x1000000));
	len = printf(
	    "INSERT INTO `instances` VALUES ('%s','%s',NULL,%u,NULL,'%s','%s',"
	    "'','','',0,'nokey',NULL,1,'active',4096,2,'web-%u.example.org',"
	    "'compute-%04u',NULL,'%s',NULL,'%s',NULL,'Web server %u','Web "
	    "server %u','compute-%04u','nova',0,NULL,NULL,40,NULL,'%u',"
	    "'%s',NULL,'/dev/vda',NULL,NULL,'10.20.%u.%u',0,0,0,0,20,NULL,"
	    "'compute-%04u.example.org',0,0,'');\n",
	    when(a), when(b), n, "4c3f2a0f9e2b4b86a9d8a91b22b1c1de", project, n,
	    n % NODES, r, a, n, n, n % NODES, 3 + any(9), id, any(256),
	    any(256), n % NODES);
	return (size_t)len;
}

static size_t
mapping(unsigned n, const char *id, unsigned server, const char *volume)
{
	char a[20], b[20], ip[32], from[32];
	int len;

	node(server, ip);
	node(n % NODES, from);
	len = printf(
	    "INSERT INTO `block_device_mapping` VALUES "
	    "('%s','%s',NULL,%u,'/dev/vdb',0,NULL,'%s',40,NULL,"
	    "'{\\\"driver_volume_type\\\": \\\"iscsi\\\", \\\"connector\\\": "
	    "{\\\"platform\\\": \\\"x86_64\\\", \\\"host\\\": "
	    "\\\"compute-%04u\\\", \\\"do_local_attach\\\": false, "
	    "\\\"ip\\\": \\\"%s\\\", \\\"os_type\\\": \\\"linux\\\", "
	    "\\\"multipath\\\": false, \\\"initiator\\\": "
	    "\\\"iqn.1993-08.org.debian:01:%08x\\\"}, \\\"serial\\\": "
	    "\\\"%s\\\", \\\"data\\\": {\\\"access_mode\\\": \\\"rw\\\", "
	    "\\\"target_discovered\\\": false, \\\"encrypted\\\": false, "
	    "\\\"qos_specs\\\": null, \\\"target_iqn\\\": "
	    "\\\"iqn.2010-10.org.openstack:volume-%s\\\", "
	    "\\\"target_portal\\\": \\\"%s:3260\\\", \\\"volume_id\\\": "
	    "\\\"%s\\\", \\\"target_lun\\\": 1, \\\"device_path\\\": "
	    "\\\"/dev/disk/by-path/ip-%s:3260-iscsi-iqn.2010-10.org.openstack:"
	    "volume-%s-lun-1\\\", \\\"auth_method\\\": \\\"CHAP\\\", "
	    "\\\"auth_username\\\": \\\"%08x%08x\\\"}}','%s',NULL,'volume',"
	    "'volume',NULL,NULL,0,NULL,NULL,NULL,0,NULL);\n",
	    when(a), when(b), n, volume, n % NODES, from, any(0x7fffffff),
	    volume, volume, ip, volume, ip, volume, any(0x7fffffff),
	    any(0x7fffffff), id);
	return (size_t)len;
}

static size_t
volume(unsigned n, const char *id, unsigned server, const char *volume_id,
    const char *project)
{
	char a[20], b[20], ip[32];
	int len;

	node(server, ip);
	len = printf(
	    "INSERT INTO `volumes` VALUES ('%s','%s',NULL,0,'%s',NULL,"
	    "'4c3f2a0f9e2b4b86a9d8a91b22b1c1de','%s','storage-%02u@lvm#lvm',40,"
	    "'nova','in-use','attached','%s','%s',NULL,'data-%u','Data of web "
	    "server %u','%s:3260,%u iqn.2010-10.org.openstack:volume-%s 1',"
	    "NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'%s',NULL,NULL,0,1);"
	    "\n",
	    when(a), when(b), volume_id, project, server, a, b, n, n, ip,
	    1 + any(4000), volume_id, id);
	return (size_t)len;
}

static size_t
cache(unsigned n, const char *id, const char *project)
{
	char a[20], b[20], port[37], net[37];
	unsigned x = any(64), y = 2 + any(250);
	int len;

	uuid(port);
	uuid(net);
	len = printf(
	    "INSERT INTO `instance_info_caches` VALUES ('%s','%s',NULL,%u,"
	    "'[{\\\"profile\\\": {}, \\\"ovs_interfaceid\\\": null, "
	    "\\\"preserve_on_delete\\\": false, \\\"network\\\": "
	    "{\\\"bridge\\\": \\\"br100\\\", \\\"label\\\": \\\"private\\\", "
	    "\\\"meta\\\": {\\\"injected\\\": false, \\\"tenant_id\\\": "
	    "\\\"%s\\\", \\\"mtu\\\": 1450}, \\\"id\\\": \\\"%s\\\", "
	    "\\\"subnets\\\": [{\\\"ips\\\": [{\\\"meta\\\": {}, "
	    "\\\"type\\\": \\\"fixed\\\", \\\"version\\\": 4, \\\"address\\\": "
	    "\\\"192.168.%u.%u\\\", \\\"floating_ips\\\": [{\\\"meta\\\": {}, "
	    "\\\"version\\\": 4, \\\"type\\\": \\\"floating\\\", "
	    "\\\"address\\\": \\\"203.0.113.%u\\\"}]}], \\\"version\\\": 4, "
	    "\\\"meta\\\": {\\\"dhcp_server\\\": \\\"192.168.%u.1\\\"}, "
	    "\\\"dns\\\": [{\\\"meta\\\": {}, \\\"version\\\": 4, "
	    "\\\"type\\\": \\\"dns\\\", \\\"address\\\": \\\"10.2.10.53\\\"}], "
	    "\\\"routes\\\": [], \\\"cidr\\\": \\\"192.168.%u.0/24\\\", "
	    "\\\"gateway\\\": {\\\"meta\\\": {}, \\\"version\\\": 4, "
	    "\\\"type\\\": \\\"gateway\\\", \\\"address\\\": "
	    "\\\"192.168.%u.1\\\"}}]}, \\\"devname\\\": \\\"tap%.11s\\\", "
	    "\\\"vnic_type\\\": \\\"normal\\\", \\\"qbh_params\\\": null, "
	    "\\\"active\\\": true, \\\"type\\\": \\\"bridge\\\", "
	    "\\\"address\\\": \\\"fa:16:3e:%02x:%02x:%02x\\\", \\\"id\\\": "
	    "\\\"%s\\\", \\\"details\\\": {\\\"port_filter\\\": true, "
	    "\\\"datapath_type\\\": \\\"system\\\"}}]','%s',0);\n",
	    when(a), when(b), n, project, net, x, y, y, x, x, x, port, any(256),
	    any(256), any(256), port, id);
	return (size_t)len;
}

int
main(int argc, char **argv)
{
	char id[37], vol[37], project[33];
	uint64_t total, done = 0;
	unsigned n, v, server;

	if (argc != 2 || (total = strtoull(argv[1], NULL, 10)) == 0) {
		fprintf(stderr, "usage: rewrite_input BYTES\n");
		return 1;
	}
	for (n = 1; done < total; n++) {
		uuid(id);
		snprintf(project, sizeof(project), "%08x%08x%08x%08x",
		    any(64) * 0x1234567, 0x9e3779b9u, 0xabcdef01u, 0x13579bdfu);
		done += instance(n, id, project);
		for (v = 0; v < 2; v++) {
			server = any(STORAGE);
			uuid(vol);
			done += mapping(n, id, server, vol);
			done += volume(n, id, server, vol, project);
		}
		done += cache(n, id, project);
	}
	return fflush(stdout) != 0;
}
